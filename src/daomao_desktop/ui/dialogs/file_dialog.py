"""Asking for a file or a folder, where papers are kept and not where the program was started."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def usual_folder() -> Path:
    """The operator's documents, else his home: never the folder the program was started in."""
    place = QStandardPaths.StandardLocation
    folder = Path(QStandardPaths.writableLocation(place.DocumentsLocation))
    return folder if folder.is_dir() else Path(QStandardPaths.writableLocation(place.HomeLocation))


class FileDialog(QFileDialog):
    """Begins in the folder where a file was chosen last, as long as the program runs.

    ``name``: the file's usual name, or a path of which the whole counts; none when one that exists
    is asked for. It goes when it is closed.
    """

    last: ClassVar[Path | None] = None

    def __init__(self, parent: QWidget, title: str, name: str = "", pattern: str = "") -> None:
        last = FileDialog.last
        folder = last if last is not None and last.is_dir() else usual_folder()
        super().__init__(parent, title, str(folder / name), pattern)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fileSelected.connect(self._remember)

    def ask_to_save(self, suffix: str) -> None:
        """Opens it for a file to be written; a name without an ending gets ``suffix``."""
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.setDefaultSuffix(suffix)
        self.open()

    def ask_for(self, what: QFileDialog.FileMode) -> None:
        """Opens it for a file or a folder that exists."""
        self.setFileMode(what)
        self.open()

    def _remember(self, chosen: str) -> None:
        path = Path(chosen)
        FileDialog.last = path if path.is_dir() else path.parent
