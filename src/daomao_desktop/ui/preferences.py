"""What this PC remembers about the window: look, sizes, columns. No record of anybody."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from daomao_desktop.ui.theme import Look


class Preferences:
    """Kept as ``window.ini`` in the data folder; an unreadable file means the defaults."""

    def __init__(self, folder: Path) -> None:
        self._settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)

    def look(self) -> Look:
        return Look(dark=self._flag("look/dark"), large=self._flag("look/large"))

    def save_look(self, look: Look) -> None:
        self._settings.setValue("look/dark", look.dark)
        self._settings.setValue("look/large", look.large)

    def rare_names(self) -> bool:
        """Whether a name here has needed the face of rare characters: then it is loaded early."""
        return self._flag("look/rare")

    def save_rare_names(self) -> None:
        self._settings.setValue("look/rare", True)

    def columns(self, table: str) -> QByteArray | None:
        """The header state of a table, as QHeaderView saves it."""
        value = self._settings.value(f"columns/{table}")
        return value if isinstance(value, QByteArray) else None

    def save_columns(self, table: str, state: QByteArray) -> None:
        self._settings.setValue(f"columns/{table}", state)

    def geometry(self) -> QByteArray | None:
        value = self._settings.value("window/geometry")
        return value if isinstance(value, QByteArray) else None

    def save_geometry(self, state: QByteArray) -> None:
        self._settings.setValue("window/geometry", state)

    def _flag(self, key: str) -> bool:
        return str(self._settings.value(key, "false")).lower() == "true"
