"""The line at the foot of the window: what was done, and the steps offered after it."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from daomao_desktop.ui.main_window import MainWindow
from daomao_desktop.ui.widgets import told_line
from daomao_desktop.ui.widgets.parts import PageHeader
from tests.ui.conftest import activate


def test_a_step_offered_is_taken_by_mouse_and_by_keyboard(
    qtbot: QtBot, town_window: MainWindow
) -> None:
    taken: list[str] = []
    activate(qtbot, town_window)
    town_window.tell("已删除。", ("撤销", lambda: taken.append("撤销")))
    line = town_window.told
    assert line.words.text() == "已删除。"
    QTest.mouseClick(line.buttons[0], Qt.MouseButton.LeftButton)
    assert taken == ["撤销"]
    assert (line.words.text(), line.buttons) == ("", [])
    town_window.tell(
        "已导出。", ("打开文件", lambda: taken.append("文件")), ("打开文件夹", taken.clear)
    )
    QTest.keyClick(town_window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert town_window.focusWidget() is line.buttons[0]
    QTest.keyClick(line.buttons[0], Qt.Key.Key_Space)
    assert taken == ["撤销", "文件"]


def test_where_no_step_is_offered_the_key_says_so(qtbot: QtBot, town_window: MainWindow) -> None:
    activate(qtbot, town_window)
    QTest.keyClick(town_window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert town_window.told.words.text() == "下面一行现在没有按钮。"


def test_what_was_told_is_not_lost_to_what_the_worker_does(town_window: MainWindow) -> None:
    town_window.tell("已保存。")
    town_window.statusBar().showMessage("正在读取…")
    town_window._on_busy(None)
    assert town_window.told.isVisible()
    assert town_window.told.words.text() == "已保存。"


def test_a_long_path_makes_the_window_no_wider(town_window: MainWindow) -> None:
    town_window.tell("已导出到花名册.xlsx", ("打开文件", lambda: None))
    before = town_window.minimumSizeHint().width()
    town_window.tell(f"已导出到 /{'很长的文件夹/' * 40}花名册.xlsx", ("打开文件", lambda: None))
    assert town_window.minimumSizeHint().width() == before
    town_window.told.grab()


def test_the_line_empties_itself_but_not_under_the_keyboard(
    qtbot: QtBot, town_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(told_line, "OFFERED_MS", 30)
    activate(qtbot, town_window)
    town_window.tell("已删除。", ("撤销", lambda: None))
    town_window.told.buttons[0].setFocus()
    qtbot.wait(100)
    assert town_window.told.words.text() == "已删除。"
    town_window.navigation.setFocus()
    qtbot.waitUntil(lambda: not town_window.told.words.text())


def test_the_line_beside_a_title_is_shortened_with_a_mark_and_told_whole(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    real = QFontMetrics.elidedText

    def watched(self: QFontMetrics, *how: Any) -> str:
        drawn.append(real(self, *how))
        return drawn[-1]

    monkeypatch.setattr(QFontMetrics, "elidedText", watched)
    header = PageHeader("奖惩文书")
    qtbot.addWidget(header)
    header.note.setText("2025年度考核：生效 · 待签发 6 份，另有 2 份还缺条件")
    header.resize(300, 60)
    header.grab()
    assert drawn
    assert drawn[-1].endswith("…")
    assert header.note.toolTip().endswith("还缺条件")
    drawn.clear()
    header.resize(1200, 60)
    header.grab()
    assert not drawn
