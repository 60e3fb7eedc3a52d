"""Icons by name, drawn by QtAwesome in the colours of the theme."""

from __future__ import annotations

import warnings
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from PySide6.QtGui import QIcon

from daomao_desktop.ui.theme import Colours

NAMES = {
    "home": "home",
    "roster": "users",
    "duties": "edit",
    "assessment": "chart-bar",
    "notices": "file-alt",
    "system": "cog",
}


def load_library() -> ModuleType:
    """QtAwesome, imported late: it takes a quarter of a second, which the worker spends instead."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own, about Qt names it no longer needs
        from qtawesome import iconic_font

    library: ModuleType = iconic_font
    return library


@cache
def _face() -> Any:
    """The one face our icons are in; ``qtawesome.icon`` would load all twelve, for 150 ms."""
    library = load_library()
    folder = Path(str(library.__file__)).parent / "fonts"
    face = next(folder.glob("fontawesome5-solid-webfont-[0-9]*.ttf")).name
    names = next(folder.glob("fontawesome5-solid-webfont-charmap-*.json")).name
    return library.IconicFont(("fa5s", face, names))


def icon(name: str, colours: Colours) -> QIcon:
    """The icon, muted, and in the accent colour where its item is selected."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result: QIcon = _face().icon(
            f"fa5s.{NAMES[name]}",
            color=colours.muted,
            color_selected=colours.accent,
            color_active=colours.accent,
        )
    return result
