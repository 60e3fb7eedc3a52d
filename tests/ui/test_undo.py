"""撤销 in the window: keys, menu and the button beside the line; fields keep their own undo."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from daomao_desktop.domain.duties import DutyDraft
from daomao_desktop.domain.scheme import Role, YearState
from daomao_desktop.domain.scoring import Component
from daomao_desktop.services import accounts, assessment, demo, duties, roster
from daomao_desktop.services.roster import LeaderRow
from daomao_desktop.ui import excel
from daomao_desktop.ui.context import Place
from daomao_desktop.ui.dialogs.import_report import ImportReportSheet
from daomao_desktop.ui.dialogs.recycle_bin import RecycleBinSheet
from daomao_desktop.ui.dialogs.score_sheet import ScoreSheet
from daomao_desktop.ui.main_window import MainWindow
from daomao_desktop.ui.operations import Operations
from daomao_desktop.ui.pages.assessment import AssessmentPage
from daomao_desktop.ui.pages.duties import DutiesPage
from daomao_desktop.ui.pages.roster import RosterPage
from tests.services.office import roster_file
from tests.services.undo_office import dump, whole
from tests.ui.conftest import settle

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def typed(field: QWidget, text: str) -> None:
    """As an input method hands over what was chosen."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


class At:
    """The window at its page of duties, a form open for a new entry."""

    def __init__(self, qtbot: QtBot, window: MainWindow, operations: Operations) -> None:
        self.qtbot, self.window, self.operations = qtbot, window, operations
        self.desk = window.context.desk
        window.go(Place("duties"))
        self.settle()
        assert isinstance(window.page, DutiesPage)
        self.page = window.page
        self.tab = self.page.duty_tab
        row = next(r for r in roster.list_leaders(self.desk) if r.writable)
        self.person: LeaderRow = row
        self.back_at_the_table()

    def settle(self) -> None:
        settle(self.qtbot, self.operations)

    def key(self, key: Qt.Key, *more: Qt.KeyboardModifier) -> None:
        """Pressed where the focus is, as a clerk does."""
        modifiers = CTRL
        for one in more:
            modifiers |= one
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
        self.settle()

    def new_duty(self, text: str) -> None:
        self.page.new_entry()
        today = self.desk.today()
        self.tab.form.load(
            DutyDraft(self.person.person_uid, "", Role.MEDIATION, min(today, date(2026, 1, 5)), "")
        )
        field = self.content
        field.setFocus()
        typed(field, text)
        self.key(Qt.Key.Key_S)

    @property
    def content(self) -> QWidget:
        return self.tab.form.rows.field("content")

    @property
    def said(self) -> str:
        return self.window.told.words.text()

    def offered(self, title: str) -> QPushButton:
        (found,) = [one for one in self.window.told.buttons if one.text() == title]
        return found

    def entry(self, word: str) -> QAction:
        (menu,) = [
            action.menu()
            for action in self.window.menuBar().actions()
            if action.text().startswith("操作")
        ]
        if not menu.isVisible():
            menu.popup(self.window.mapToGlobal(self.window.rect().center()))
        found: QAction = next(a for a in menu.actions() if a.text().startswith(word))
        return found

    def put_menu_away(self) -> None:
        popup = QApplication.activePopupWidget()
        assert popup is not None
        popup.hide()
        self.back_at_the_table()

    def back_at_the_table(self) -> None:
        """As a window manager does when what lay above the window is gone."""
        self.window.activateWindow()
        with self.qtbot.waitActive(self.window):
            pass
        self.page.take_focus()


@pytest.fixture
def at(qtbot: QtBot, town_window: MainWindow, operations: Operations) -> At:
    return At(qtbot, town_window, operations)


def test_ctrl_z_after_saving_brings_the_records_back(at: At) -> None:
    before = dump(at.desk)
    at.new_duty("调解了一起纠纷")
    after = dump(at.desk)
    assert after != before
    # The form is ready for the next entry: its fields hold nothing to take back.
    at.key(Qt.Key.Key_Z)
    assert dump(at.desk) == before
    assert at.said.startswith("已撤销：新增履职记录（")
    at.key(Qt.Key.Key_Y)
    assert dump(at.desk) == after
    assert at.said.startswith("已重做：新增履职记录（")
    at.key(Qt.Key.Key_Z)
    at.key(Qt.Key.Key_Z, SHIFT)
    assert dump(at.desk) == after
    whole(at.desk)


def test_the_line_that_tells_what_was_done_offers_to_take_it_back(at: At) -> None:
    before = dump(at.desk)
    at.new_duty("调解了一起纠纷")
    assert at.said.startswith("已保存一条履职记录。")
    button = at.offered("撤销")
    assert button.accessibleDescription() == at.said

    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    at.settle()
    assert dump(at.desk) == before
    again = at.offered("重做")
    again.setFocus()
    QTest.keyClick(again, Qt.Key.Key_Space)
    at.settle()
    assert dump(at.desk) != before
    assert at.offered("撤销")


def test_the_button_takes_back_its_own_step_only(at: At) -> None:
    at.new_duty("第一件")
    first = at.offered("撤销")
    at.operations.command(
        lambda: duties.add_duty(
            at.desk, DutyDraft(at.person.person_uid, "", Role.FUNDS, date(2026, 1, 4), "第二件")
        )
    )
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)  # before the second one is told of
    at.settle()
    assert "之后又做了别的" in at.said
    assert "第二件" in str(dump(at.desk))
    assert "第一件" in str(dump(at.desk))


def test_typing_in_a_field_is_taken_back_before_any_record(at: At) -> None:
    at.new_duty("调解了一起纠纷")
    saved = dump(at.desk)
    field = at.content
    field.setFocus()
    typed(field, "又一件")
    at.key(Qt.Key.Key_Z)
    assert "又一件" not in at.tab.form.text("content")
    for _ in range(5):  # a finger that stays on the key
        at.key(Qt.Key.Key_Z)
    assert dump(at.desk) == saved
    assert "没有可以再撤销的输入" in at.said
    at.key(Qt.Key.Key_Y)
    assert at.tab.form.text("content") == "又一件"


def test_what_is_being_typed_keeps_the_key_from_the_records(at: At) -> None:
    at.new_duty("调解了一起纠纷")
    saved = dump(at.desk)
    field = at.content
    field.setFocus()
    typed(field, "又一件")
    at.tab.form.rows.field("place").setFocus()
    at.key(Qt.Key.Key_Z)
    assert dump(at.desk) == saved
    assert "先保存或取消" in at.said
    # The menu always means the step.
    at.entry("撤销").trigger()
    at.put_menu_away()
    at.settle()
    assert dump(at.desk) != saved
    assert at.tab.form.text("content") == "又一件"


def test_the_menu_names_the_step_or_says_why_there_is_none(at: At) -> None:
    entry = at.entry("撤销")
    assert not entry.isEnabled()
    assert entry.toolTip() == "登录以后还没有可以撤销的操作。"
    assert not at.entry("重做").isEnabled()
    at.put_menu_away()
    at.key(Qt.Key.Key_Z)  # grey is the menu only: the key answers
    assert at.said == "登录以后还没有可以撤销的操作。"

    at.new_duty("调解了一起纠纷")
    entry = at.entry("撤销")
    assert entry.isEnabled()
    assert entry.text().startswith(f"撤销：新增履职记录（{at.person.name} ")
    assert entry.text().endswith("\tCtrl+Z")
    at.put_menu_away()


def test_a_step_that_cannot_be_taken_back_says_so(at: At) -> None:
    at.new_duty("调解了一起纠纷")
    saved = dump(at.desk)
    # Not a command: the stack of steps hears of it all the same.
    at.operations.query(
        lambda: accounts.change_password(at.desk, demo.PASSWORD, "heping-2027"),
        lambda _nothing: None,
    )
    at.settle()
    at.key(Qt.Key.Key_Z)
    assert at.said == "操作员和口令的改动不能撤销，请在“系统”里改回。"
    assert dump(at.desk) == saved
    entry = at.entry("撤销")
    assert not entry.isEnabled()
    assert "不能撤销" in entry.toolTip()
    at.put_menu_away()


def test_a_removed_record_comes_back_selected(at: At) -> None:
    rows = [row for row in at.tab.pane.model.rows if row.writable]
    row = rows[3]
    before = dump(at.desk)
    at.operations.command(lambda: duties.remove_duty(at.desk, row.uid))
    at.settle()
    assert at.said.startswith("已删除履职记录（")
    at.page.take_focus()
    at.key(Qt.Key.Key_Z)
    assert dump(at.desk) == before
    current = at.tab.pane.current()
    assert current is not None
    assert current.uid == row.uid


def test_an_open_form_shows_what_undo_brought_back(at: At) -> None:
    row = next(row for row in at.tab.pane.model.rows if row.writable)
    at.tab.panel.open_record(row.uid)
    at.settle()
    old = at.tab.form.text("content")
    at.content.setFocus()
    typed(at.content, "补充")
    at.key(Qt.Key.Key_S)
    assert "补充" in at.tab.form.text("content")

    at.page.take_focus()
    at.key(Qt.Key.Key_Z)
    assert at.tab.form.text("content") == old
    assert not at.tab.panel.dirty

    at.key(Qt.Key.Key_Y)
    at.content.setFocus()
    typed(at.content, "还在写")
    at.entry("撤销").trigger()
    at.put_menu_away()
    at.settle()
    assert "还在写" in at.tab.form.text("content")
    assert "撤销或重做过一步" in at.tab.panel.banner.words.text()


def test_a_form_goes_with_the_record_that_was_taken_back(at: At) -> None:
    at.new_duty("调解了一起纠纷")
    uid = max(row.uid for row in at.tab.pane.model.rows)
    at.tab.panel.open_record(uid)
    at.settle()
    assert not at.tab.panel.isHidden()
    at.page.take_focus()
    at.key(Qt.Key.Key_Z)
    assert at.tab.panel.isHidden()


def test_an_import_is_one_step(at: At, tmp_path: Path) -> None:
    at.window.go(Place("roster"))
    at.settle()
    page = at.window.page
    assert isinstance(page, RosterPage)
    before = dump(at.desk)
    path = roster_file(
        tmp_path / "新.csv",
        (at.person.village, "91组", "赵甲", "男", "", "2021-06", "", "500"),
        (at.person.village, "92组", "赵乙", "男", "", "2021-06", "", "500"),
    )
    excel.import_file(page, page.context, page.import_step, path)
    at.settle()
    (report,) = at.window.findChildren(ImportReportSheet)
    next(one for one in report.findChildren(QPushButton) if one.text() == "写入").click()
    at.settle()
    assert at.said.startswith("已导入")
    at.offered("撤销").click()
    at.settle()
    assert dump(at.desk) == before
    assert at.said == "已撤销：导入花名册（2 人）。"


def test_grades_are_taken_back_and_the_panel_shows_it(at: At) -> None:
    year = at.desk.today().year
    for state in (YearState.VILLAGE, YearState.REPORTED, YearState.TOWN):
        assessment.advance(at.desk, year, state, at.desk.today(), acknowledge=True)
    at.window.go(Place("assessment", year=year))
    at.settle()
    page = at.window.page
    assert isinstance(page, AssessmentPage)
    page.refresh()
    at.settle()
    before = dump(at.desk)
    page.pane.select(lambda row: not row.too_short)
    chosen = page.panel._rows[0]
    grade = page.panel.decision.grade
    grade.setFocus()
    QTest.keyClick(grade, Qt.Key.Key_Down)
    assert page.panel.dirty
    at.key(Qt.Key.Key_Z)  # a choice is no typing, and nothing stored is touched
    assert "还没有保存：先保存或取消" in at.said
    assert dump(at.desk) == before

    at.key(Qt.Key.Key_S)
    assert at.said.startswith("已保存 1 人")
    assert dump(at.desk) != before
    at.key(Qt.Key.Key_Z)
    assert dump(at.desk) == before
    assert at.said == f"已撤销：保存等次（{chosen.name}）。"
    assert grade.value() is None
    assert page.panel._rows[0].person_uid == chosen.person_uid


def test_a_score_sheet_is_told_of_by_its_name_and_taken_back(at: At) -> None:
    year = at.desk.today().year
    person = next(row for row in assessment.list_assessments(at.desk, year) if row.writable)
    before = dump(at.desk)
    sheet = ScoreSheet(at.window.context, year, person.person_uid, at.window)
    sheet.open()
    at.settle()
    typed(sheet.scores.fields[Component.D1], "5")
    QTest.mouseClick(sheet.save_button, Qt.MouseButton.LeftButton)
    at.settle()
    assert at.said == f"已保存考核评分（{person.name}）。"
    at.offered("撤销").click()
    at.settle()
    assert dump(at.desk) == before


def test_taking_back_out_of_the_bin_goes_back_into_it(at: At) -> None:
    row = next(row for row in at.tab.pane.model.rows if row.writable)
    duties.remove_duty(at.desk, row.uid)
    before = dump(at.desk)
    at.tab.panel.recycle_bin()
    at.settle()
    (sheet,) = at.window.findChildren(RecycleBinSheet)
    QTest.mouseClick(sheet._button, Qt.MouseButton.LeftButton)
    at.settle()
    assert dump(at.desk) != before
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    at.back_at_the_table()
    at.key(Qt.Key.Key_Z)
    assert dump(at.desk) == before
    assert at.said.startswith("已撤销：恢复履职记录（")
