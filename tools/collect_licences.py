"""Writes the licences of everything in the bundle into one text; the build calls it.

    python tools/collect_licences.py FILE

It fails where the licence of a package is not known.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from daomao_desktop.services.licences import compose

PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"


def collect(target: Path) -> Path:
    """Writes the text of the packages that pyproject.toml requires and of theirs."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(compose(project["dependencies"]), encoding="utf-8", newline="\n")
    return target


if __name__ == "__main__":
    print(collect(Path(sys.argv[1])))
