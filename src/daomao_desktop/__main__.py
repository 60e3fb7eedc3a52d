"""Entry point of ``daomao-desktop`` and ``python -m daomao_desktop``."""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Runs the command line; returns the exit code (0 done, 1 refused or failed, 2 wrong usage)."""
    _give_back_library_path()
    from daomao_desktop.cli import run  # after the entry point, so that --help stays quick

    return run(sys.argv[1:])


def _give_back_library_path() -> None:
    """The frozen program on Linux finds its own libraries first; ``lp`` and a browser must not.

    PyInstaller's start has put its folder into LD_LIBRARY_PATH, which our process needs no more.
    """
    if not getattr(sys, "frozen", False) or sys.platform != "linux":
        return
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    os.environ.pop("LD_LIBRARY_PATH", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before


if __name__ == "__main__":
    sys.exit(main())
