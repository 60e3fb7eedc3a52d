"""Tries what packaging/linux/build.sh made: the bundle, its window, the .deb.

python packaging/check_linux.py    (as root it also installs and removes the .deb)
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bundle_checks import (
    INSTALLED_MB,
    INSTALLER_MB,
    PASSWORD,
    ROOT,
    VILLAGE,
    Result,
    Start,
    commands,
    licences,
    must,
    office,
    papers_from_source,
    run,
    screen,
    shown,
    size_mb,
    step,
    still_there,
)
from guest import STICK, Guest, Running

BUILD = ROOT / "build" / "linux"
BUNDLE = BUILD / "dist" / "daomao-desktop"
DEMO = ROOT / "resources" / "demo"


def starter(program: Path | str, **extra: str) -> Start:
    """Starts this program's command line, in an environment without Python's own settings."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    environment |= {"DAOMAO_PASSWORD": PASSWORD, **extra}

    def start(*words: str, seconds: int = 120) -> Result:
        return run([program, *words], seconds=seconds, environment=environment)

    return start


def libraries_are_complete() -> None:
    """Every library the bundle names is in it or on this system."""
    inside = [path for path in BUNDLE.rglob("*") if path.is_file() and ".so" in path.name]
    for path in (BUNDLE / "daomao-desktop", *inside):
        found = must(run(["ldd", path], seconds=30))
        assert "not found" not in found, f"{path}: {found}"


def others_find_their_libraries(folder: Path) -> None:
    """Programs that ours starts, such as ``lpstat``, get no libraries of the bundle."""
    seen, told = folder / "seen", folder / "lpstat"
    told.write_text(f'#!/bin/sh\necho "$LD_LIBRARY_PATH" >>"{seen}"\n')
    told.chmod(0o755)
    for before in ("", "/of/the/user"):
        path = f"{folder}:{os.environ['PATH']}"
        start = starter(BUNDLE / "daomao-desktop", PATH=path, LD_LIBRARY_PATH=before)
        must(start("check", "--self"))
    assert seen.read_text().splitlines() == ["", "/of/the/user"], seen.read_text()


def window(
    program: Path | str, picture: Path, meanwhile: Callable[[], None] = lambda: None
) -> None:
    """The window opens, signs in, is seen, and stays open ``meanwhile``."""
    with screen() as environment, tempfile.TemporaryDirectory() as state:
        environment["XDG_STATE_HOME"] = state  # no crash of another run is told of
        process = subprocess.Popen(
            [program, "--demo"], env=environment, stdin=subprocess.DEVNULL, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            shown(environment, picture)
            meanwhile()
            assert process.poll() is None, "the program ended by itself"
        finally:
            process.terminate()
            said, _ = process.communicate(timeout=20)
    assert not said.strip(), f"the window said: {said}"


def read_only(folder: Path, source: Path) -> None:
    """The program needs to write nowhere beside itself."""
    home = folder / "只读"
    home.mkdir()
    subprocess.run(["mount", "--bind", BUNDLE, home], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", home], check=True)
        out = folder / "只读 文书"
        start = starter(home / "daomao-desktop")
        must(start("print", "--demo", "--year", "2025", "--out", str(out), seconds=300))
        office(start, folder / "只读 资料", folder)
    finally:
        subprocess.run(["umount", home], check=True)
    assert len(list(out.iterdir())) == len(list(source.iterdir()))


def stick(folder: Path) -> None:
    """The data folder on a FAT32 stick, taken out properly and by a power cut in an import."""
    program, data = BUNDLE / "daomao-desktop", STICK / "资料"
    at = ("--data", str(data))
    duties = (*at, "import", "duties", str(DEMO / "履职记录-联光村.csv"))
    guest = Guest(folder)
    with Running(guest) as running:
        start = in_guest(running, program)
        must(start("init", *VILLAGE, "--operator", "陈文书", *at))
        must(start(*at, "import", "leaders", str(DEMO / "花名册-联光村.csv")))
        must(start(*at, "export", "leaders", str(STICK / "花名册.xlsx")))
    with Running(guest) as running:
        still_there(in_guest(running, program), data)
        before = guest.stick.stat().st_mtime_ns
        running.begin([program, *duties], {"DAOMAO_PASSWORD": PASSWORD})
        end = time.monotonic() + 300
        while guest.stick.stat().st_mtime_ns == before:
            assert running.on(), "the guest ended before the import reached the stick"
            assert time.monotonic() < end, "the import did not reach the stick in 300 s"
            time.sleep(0.01)
        running.cut()  # just when the import reaches the stick
    with Running(guest) as running:
        start = in_guest(running, program)
        still_there(start, data)
        must(start(*duties))
        still_there(start, data)


def in_guest(running: Running, program: Path) -> Start:
    """Starts this program's command line in the guest."""

    def start(*words: str, **_limits: int) -> Result:
        number = running.begin([program, *words], {"DAOMAO_PASSWORD": PASSWORD})
        return running.ended(number)

    return start


def deb(package: Path, source: Path, folder: Path) -> None:
    """Installed, used, upgraded over itself and removed, with the user's data kept."""
    home = folder / "王文书"
    start = starter("/usr/bin/daomao-desktop", HOME=str(home), XDG_DATA_HOME=str(home / "share"))
    data = home / "share" / "daomao-desktop"
    subprocess.run(["dpkg", "-i", package], check=True, stdout=subprocess.DEVNULL)
    try:
        commands(start, folder, source)
        office(start, data, folder)
        must(start("check"))  # finds the user's own folder without --data
        subprocess.run(["dpkg", "-i", package], check=True, stdout=subprocess.DEVNULL)
        must(start("check"))
        window("/usr/bin/daomao-desktop", BUILD / "window-installed.png", lambda: refused(package))
        must(start("version"))
        must(run(["desktop-file-validate", "/usr/share/applications/daomao-desktop.desktop"],
                 seconds=20))  # fmt: skip
    finally:
        subprocess.run(["dpkg", "-r", "daomao-desktop"], check=True, stdout=subprocess.DEVNULL)
    assert not Path("/opt/daomao-desktop").exists()
    assert not Path("/usr/bin/daomao-desktop").exists()
    still_there(starter(BUNDLE / "daomao-desktop"), data)


def refused(package: Path) -> None:
    """Neither replaced nor removed while its window is open, in words of one sentence."""
    for words in (["dpkg", "-i", package], ["dpkg", "-r", "daomao-desktop"]):
        said = must(run(words, seconds=120), 1)
        assert said.count("村民小组长工作台正在运行，请先关闭它") == 1, said
        state = must(run(["dpkg", "-s", "daomao-desktop"], seconds=20))
        assert " ok installed\n" in state, state


def main() -> int:
    """All checks; the first failure ends them with a traceback."""
    [package] = (ROOT / "dist").glob("*.deb")
    with tempfile.TemporaryDirectory(prefix="daomao 检查 ") as name:
        folder = Path(name)
        source = papers_from_source(folder)
        with step("sizes"):
            assert size_mb(package) <= INSTALLER_MB, size_mb(package)
            assert size_mb(BUNDLE) <= INSTALLED_MB, size_mb(BUNDLE)
            print(f" {size_mb(package):.1f} MB, installed {size_mb(BUNDLE):.1f} MB", end="")
        with step("licences"):
            licences(BUNDLE, "libxcb-cursor0（Debian）", "zlib1g（Debian）")
        with step("every library is found"):
            libraries_are_complete()
        commands(starter(BUNDLE / "daomao-desktop"), folder, source)
        with step("programs that it starts find their own libraries"):
            others_find_their_libraries(folder)
        with step("the window opens and signs in"):
            window(BUNDLE / "daomao-desktop", BUILD / "window.png")
        with step("data on a FAT32 stick, and the power goes"):
            place = folder / "虚拟机"
            place.mkdir()
            stick(place)
        if os.getuid() == 0:
            with step("a read-only program folder"):
                read_only(folder, source)
            installed = folder / "deb"
            installed.mkdir()
            with step("the .deb: installed, used, upgraded, removed"):
                deb(package, source, installed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
