"""Enter, Esc and the focus: what a key does is about what the eye is on."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from daomao_desktop.ui.dialogs.base import Sheet
from daomao_desktop.ui.forms.duty import DutyForm
from daomao_desktop.ui.widgets.buttons import button
from daomao_desktop.ui.widgets.people import Someone
from tests.ui.conftest import activate


def test_enter_in_a_person_field_takes_the_name_and_does_not_submit(qtbot: QtBot) -> None:
    form = DutyForm(lambda: date(2026, 1, 20))
    qtbot.addWidget(form)
    form.person.set_people(
        (
            Someone("1", "王顺", "wangshun", "ws", "第1村民小组"),
            Someone("2", "王秀兰", "wangxiulan", "wxl", "第2村民小组"),
        )
    )
    form.show()
    activate(qtbot, form)
    submitted: list[bool] = []
    form.submitted.connect(lambda: submitted.append(True))
    form.person.setFocus()
    QTest.keyClicks(form.person, "wang")
    QTest.keyClick(form.person, Qt.Key.Key_Return)
    assert (form.person.uid(), form.person.text()) == ("1", "王顺　第1村民小组")
    assert form.focusWidget() is not form.person
    form.person.clear()
    form.person.setFocus()
    QTest.keyClicks(form.person, "wang")
    popup = form.person.completer().popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert form.person.uid() == "2"
    form.person.setFocus()
    form.person.selectAll()
    QTest.keyClicks(form.person, "nobody")
    QTest.keyClick(form.person, Qt.Key.Key_Return)
    assert form.person.uid() == ""
    assert submitted == []


def test_enter_presses_the_button_that_has_the_focus(qtbot: QtBot) -> None:
    sheet = Sheet("请确认")
    qtbot.addWidget(sheet)
    pressed: list[str] = []
    other = sheet.add_button("重新排版", lambda: pressed.append("重新排版"))
    sheet.add_button("签发", lambda: pressed.append("签发"), "primary", default=True)
    sheet.open()
    other.setFocus()
    QTest.keyClick(other, Qt.Key.Key_Return)
    assert pressed == ["重新排版"]


def test_the_focus_of_a_button_at_work_comes_back_to_it(qtbot: QtBot) -> None:
    window, row = QWidget(), QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addWidget(row)
    save, switch = button("保存"), button("字号：正常")
    QVBoxLayout(row).addWidget(save)
    layout.addWidget(switch)
    window.show()
    activate(qtbot, window)
    for away, back in ((save.setEnabled, save.setEnabled), (save.setVisible, save.setVisible)):
        save.setFocus()
        away(False)
        assert not switch.hasFocus()
        back(True)
        assert save.hasFocus()
    save.setEnabled(False)
    switch.setFocus()
    save.setEnabled(True)
    assert switch.hasFocus(), "who went on by himself stays there"
