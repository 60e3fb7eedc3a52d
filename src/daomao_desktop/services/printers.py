"""The printers this user's system knows, without Qt: information for ``check --self``."""

from __future__ import annotations

import sys


def printer_names() -> tuple[str, ...]:
    """Names in the system's order; empty where there is none or the system does not tell."""
    if sys.platform == "win32":
        import winreg

        where = r"Software\Microsoft\Windows NT\CurrentVersion\Devices"
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, where) as key:
                places = range(winreg.QueryInfoKey(key)[1])
                return tuple(winreg.EnumValue(key, place)[0] for place in places)
        except OSError:
            return ()
    return _of_cups()


def _of_cups() -> tuple[str, ...]:
    import shutil
    import subprocess

    lpstat = shutil.which("lpstat")
    if lpstat is None:
        return ()
    try:
        done = subprocess.run([lpstat, "-e"], capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return tuple(done.stdout.decode(errors="replace").split())
