"""Entry point of ``daomao-desktop`` and ``python -m daomao_desktop``."""

from __future__ import annotations

import sys


def main() -> int:
    """Runs the command line; returns the exit code (0 done, 1 refused or failed, 2 wrong usage)."""
    from daomao_desktop.cli import run  # after the entry point, so that --help stays quick

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
