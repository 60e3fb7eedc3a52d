"""Qt's own dialogs speak Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QMessageBox,
    QPushButton,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from daomao_desktop.ui.chinese import speak_chinese
from daomao_desktop.ui.theme import Appearance


@pytest.fixture
def _chinese(qapp: QApplication) -> Iterator[None]:
    before, owner = QLocale(), QObject()
    assert speak_chinese(qapp, owner), "the translation is part of the program"
    yield
    for translator in owner.findChildren(QTranslator):
        qapp.removeTranslator(translator)
    QLocale.setDefault(before)


def _english(window: QWidget) -> list[str]:
    texts: list[str] = []
    for kind in (QLabel, QPushButton):
        texts += [one.text() for one in window.findChildren(kind) if one.isVisible()]
    return [text for text in texts if re.search("[A-Za-z]{2}", text)]


@pytest.mark.usefixtures("_chinese")
def test_a_file_dialog_has_no_english_word(
    qtbot: QtBot, appearance: Appearance, tmp_path: Path
) -> None:
    (tmp_path / "资料").mkdir()
    dialog = QFileDialog(None, "导出花名册", str(tmp_path), "表格 (*.xlsx)")
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.show()
    tree = dialog.findChild(QTreeView)
    assert isinstance(tree, QTreeView)
    qtbot.waitUntil(lambda: tree.model().rowCount(tree.rootIndex()) == 1)
    assert _english(dialog) == []
    labels = {one.text() for one in dialog.findChildren(QLabel)}
    assert any(text.startswith("查找范围") for text in labels)
    assert any(text.startswith("文件名") for text in labels)
    model = tree.model()
    cells = [model.index(0, column, tree.rootIndex()).data() for column in range(3)]
    assert "文件夹" in cells
    headings = [model.headerData(n, tree.header().orientation()) for n in range(4)]
    assert not [text for text in headings if re.search("[A-Za-z]", str(text))]


@pytest.mark.usefixtures("_chinese")
def test_a_box_has_chinese_buttons(qtbot: QtBot, appearance: Appearance) -> None:
    buttons = QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel
    box = QMessageBox(QMessageBox.Icon.Question, "问", "继续吗", buttons)
    qtbot.addWidget(box)
    box.show()
    assert _english(box) == []
    assert [button.text() for button in box.buttons() if not button.text()] == []
    cancel = box.button(QMessageBox.StandardButton.Cancel)
    assert cancel.text() == "取消"
    assert QCoreApplication.translate("nowhere", "untouched") == "untouched"
