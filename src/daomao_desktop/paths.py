"""Where things lie on disk: the program's own resources and the office's data folder."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path


@cache
def _resource_root() -> Path:
    package = Path(__file__).resolve().parent
    candidates = [package / "resources", package.parents[1] / "resources"]
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:  # PyInstaller unpacks next to the program
        candidates.insert(0, Path(frozen) / "daomao_desktop" / "resources")
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    return candidates[0]


def resource(relative: str) -> Path:
    """Path of a shipped file, whether installed, editable or frozen; it is not checked to exist."""
    return _resource_root() / relative


def default_data_dir() -> Path:
    """The platform's data folder of this user (``%LOCALAPPDATA%``, XDG)."""
    from platformdirs import user_data_path  # only the default path needs it

    return user_data_path("daomao-desktop", appauthor=False)


def log_dir() -> Path:
    """Where this user's logs go: they tell of the program, of nobody's records."""
    from platformdirs import user_log_path  # as above

    return user_log_path("daomao-desktop", appauthor=False)
