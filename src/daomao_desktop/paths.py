"""Where things lie on disk: the program's own resources and the office's data folder."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

PORTABLE = "portable.txt"  # lies in the folder that goes onto a stick, see packaging/windows


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
    """``data`` beside a portable program, else the user's own (``%LOCALAPPDATA%``, XDG)."""
    beside = _portable_folder()
    if beside is not None:
        return beside / "data"
    from platformdirs import user_data_path  # only the default path needs it

    return user_data_path("daomao-desktop", appauthor=False)


def log_dir() -> Path:
    """Where logs go: they tell of the program, of nobody's records. ``logs`` beside a portable
    program, else the user's own folder for them."""
    beside = _portable_folder()
    if beside is not None:
        return beside / "logs"
    from platformdirs import user_log_path  # as above

    return user_log_path("daomao-desktop", appauthor=False)


def _portable_folder() -> Path | None:
    """The folder of a portable program (on a stick), None for an installed one.

    An office beside the program tells it too, should the mark be lost; any other ``data`` is
    somebody else's.
    """
    if getattr(sys, "frozen", False):
        beside = Path(sys.executable).resolve().parent
        if (beside / PORTABLE).is_file() or (beside / "data" / "keys.json").is_file():
            return beside
    return None
