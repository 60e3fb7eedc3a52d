"""Icons by name, drawn by QtAwesome in the colours of the theme."""

from __future__ import annotations

import warnings

from PySide6.QtGui import QIcon

from daomao_desktop.ui.theme import Colours

NAMES = {
    "home": "fa5s.home",
    "roster": "fa5s.users",
    "duties": "fa5s.edit",
    "assessment": "fa5s.chart-bar",
    "notices": "fa5s.file-alt",
    "system": "fa5s.cog",
    "font": "fa5s.font",
    "dark": "fa5s.moon",
    "light": "fa5s.sun",
}


def icon(name: str, colours: Colours) -> QIcon:
    """The icon, muted, and in the accent colour where its item is selected."""
    with warnings.catch_warnings():
        # Imported late (its fonts cost a tenth of a second), its own warnings aside.
        warnings.simplefilter("ignore")
        import qtawesome

        result: QIcon = qtawesome.icon(
            NAMES[name],
            color=colours.muted,
            color_selected=colours.accent,
            color_active=colours.accent,
        )
    return result
