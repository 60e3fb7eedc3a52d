"""Files are asked for where papers are kept, and next where the last one was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from daomao_desktop.ui.context import Place
from daomao_desktop.ui.dialogs.file_dialog import FileDialog
from daomao_desktop.ui.main_window import MainWindow
from tests.ui.conftest import settle


@pytest.fixture(autouse=True)
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The program was started in one folder, the operator keeps papers in another."""
    started, papers = tmp_path / "程序", tmp_path / "文档"
    started.mkdir()
    papers.mkdir()
    monkeypatch.chdir(started)
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _place: str(papers))
    FileDialog.last = None
    yield papers
    FileDialog.last = None


def _asked(qtbot: QtBot, window: MainWindow, entry: str) -> QFileDialog:
    page = window.page
    assert page is not None
    menu = page.excel.button.menu()  # type: ignore[attr-defined]
    menu.aboutToShow.emit()
    next(one for one in menu.actions() if one.text().startswith(entry)).trigger()
    qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(QFileDialog)))
    return next(d for d in window.findChildren(QFileDialog) if d.isVisible())


@pytest.mark.parametrize("entry", ["导入", "下载模板", "导出"])
def test_files_are_asked_for_where_papers_are_kept(
    qtbot: QtBot, town_window: MainWindow, documents: Path, entry: str
) -> None:
    town_window.go(Place("roster"))
    settle(qtbot, town_window.context.operations)
    dialog = _asked(qtbot, town_window, entry)
    assert Path(dialog.directory().absolutePath()) == documents
    dialog.reject()


def test_the_next_file_is_asked_for_where_the_last_one_was(
    qtbot: QtBot, town_window: MainWindow, documents: Path
) -> None:
    stick = documents / "U盘"
    stick.mkdir()
    town_window.go(Place("roster"))
    settle(qtbot, town_window.context.operations)
    first = _asked(qtbot, town_window, "下载模板")
    first.setDirectory(str(stick))
    first.selectFile("花名册.xlsx")
    first.accept()
    settle(qtbot, town_window.context.operations)
    assert list(stick.glob("*.xlsx"))
    again = _asked(qtbot, town_window, "导入")
    assert Path(again.directory().absolutePath()) == stick
    again.reject()
