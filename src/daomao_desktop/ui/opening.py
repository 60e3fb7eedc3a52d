"""A file just written is one click away: 打开文件, 打开文件夹.

The frozen program has cleaned its environment at its start (see ``__main__``): what is opened
from here finds the system's own libraries.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from daomao_desktop.ui.widgets.told_line import Step


def open_path(path: Path) -> bool:
    """Opens a file or folder with the system's program for it; False when there is none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def opening(path: Path, refuse: Callable[[str], object]) -> tuple[Step, ...]:
    """The steps offered after a file (or a folder full of them) was written.

    ``refuse`` gets the sentence when it cannot be opened.
    """

    def step(what: Path, words: str) -> Callable[[], object]:
        def run() -> None:
            if not what.exists():
                refuse(f"“{what}”已经不在那里了。")
            elif not open_path(what):
                refuse(f"这台电脑没有能打开它的程序，请自己打开{words}：{what}")

        return run

    if path.is_dir():
        return (("打开文件夹", step(path, "文件夹")),)
    return (
        ("打开文件", step(path, "文件")),
        ("打开文件夹", step(path.parent, "文件夹")),
    )
