"""帮助 → 关于: facts that can be copied, and the licences in full."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from daomao_desktop import __version__
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs import about
from daomao_desktop.ui.dialogs.about import AboutSheet, LicencesSheet
from daomao_desktop.ui.main_window import MainWindow
from tests.ui.conftest import settle


def press(sheet: QWidget, words: str) -> None:
    next(b for b in sheet.findChildren(QPushButton) if b.text() == words).click()


@pytest.fixture
def sheet(
    qtbot: QtBot, town_context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[AboutSheet]:
    monkeypatch.setattr(about, "log_dir", lambda: tmp_path)
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    made = AboutSheet(town_context, parent)
    made.open()
    yield made
    parent.close()


def test_what_is_told_can_be_copied(
    sheet: AboutSheet, town_context: Context, tmp_path: Path
) -> None:
    press(sheet, "复制")
    copied = QGuiApplication.clipboard().text()
    for fact in (
        __version__,
        "镇版",
        "MIT",
        str(town_context.folder),
        str(tmp_path),
        "Qt 6.",
        "free disk",
    ):
        assert fact in copied
    assert len(copied.splitlines()) == len(sheet.facts)


def test_the_logs_folder_is_opened(
    sheet: AboutSheet, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answers = [True, False]
    asked: list[QUrl] = []

    def open_url(url: QUrl) -> bool:
        asked.append(url)
        return answers.pop(0)

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    press(sheet, "打开日志文件夹")
    assert asked == [QUrl.fromLocalFile(str(tmp_path))]
    assert not sheet.banner.isVisible()
    press(sheet, "打开日志文件夹")
    assert str(tmp_path) in sheet.banner.words.text()


def test_the_licences_are_read_in_full(
    qtbot: QtBot, sheet: AboutSheet, town_context: Context
) -> None:
    press(sheet, "第三方许可…")
    licences = sheet.findChild(LicencesSheet)
    assert isinstance(licences, LicencesSheet)
    settle(qtbot, town_context.operations)
    text = licences.text.toPlainText()
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "SQLAlchemy" in text
    press(licences, "复制")
    assert QGuiApplication.clipboard().text() == text


def test_the_menu_leads_to_it(qtbot: QtBot, town_window: MainWindow) -> None:
    town_window._on_about()
    assert town_window.findChild(AboutSheet) is not None
    town_window.findChild(AboutSheet).close()  # type: ignore[union-attr]
