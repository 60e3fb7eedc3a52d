"""What stands below a field or above a page is true of what is there now."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit
from pytestqt.qtbot import QtBot

from daomao_desktop.domain.duties import DutyDraft
from daomao_desktop.domain.scheme import Role, YearState
from daomao_desktop.errors import FieldProblem, InvalidInput
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.dialogs.passwords import PasswordDraft, PasswordForm
from daomao_desktop.ui.forms.base import Form
from daomao_desktop.ui.forms.duty import DutyForm, ManyDuties, ManyDutiesForm
from daomao_desktop.ui.forms.grading import StepDraft, StepForm
from daomao_desktop.ui.pages.duties import DutiesPage
from daomao_desktop.ui.theme import Appearance
from daomao_desktop.ui.widgets.people import Someone
from tests.ui.conftest import activate, rested, settle
from tests.ui.notices_window import entered

TODAY = date(2026, 1, 20)
PEOPLE = (Someone("1", "王顺", "wang shun", "ws", "第1村民小组"),)


@pytest.fixture(autouse=True)
def _look(appearance: Appearance) -> None:
    """Every form is laid out in the program's own look."""


def _shown(qtbot: QtBot, form: Form[object]) -> None:
    qtbot.addWidget(form)
    form.show()
    activate(qtbot, form)


def _duty_form(qtbot: QtBot) -> DutyForm:
    form = DutyForm(lambda: TODAY)
    _shown(qtbot, form)  # type: ignore[arg-type]
    form.person.set_people(PEOPLE)
    form.load(DutyDraft("1", "", Role.OPINION, date(2026, 2, 1), ""))
    assert form.check() is None
    return form


def test_an_error_goes_with_the_first_key_in_its_field(qtbot: QtBot) -> None:
    form = _duty_form(qtbot)
    assert form.rows.error("on")
    assert form.rows.error("content")
    QTest.keyClicks(form.rows.field("content"), "x")
    assert form.rows.error("content") == ""
    assert form.rows.error("on"), "that one was not touched"


def test_a_field_is_looked_at_again_when_it_is_left(qtbot: QtBot) -> None:
    form = _duty_form(qtbot)
    day = form.rows.field("on")
    assert isinstance(day, QLineEdit)
    day.setFocus()
    day.selectAll()
    QTest.keyClicks(day, "20260301")
    assert form.rows.error("on") == "", "nobody is told off in the middle of typing"
    QTest.keyClick(day, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: bool(form.rows.error("on")))
    day.setFocus()
    day.selectAll()
    QTest.keyClicks(day, "20260119")
    QTest.keyClick(day, Qt.Key.Key_Tab)
    rested(qtbot, form)
    assert form.rows.error("on") == ""


def test_a_field_that_was_only_passed_through_is_not_told_off(qtbot: QtBot) -> None:
    form = DutyForm(lambda: TODAY)
    _shown(qtbot, form)  # type: ignore[arg-type]
    form.load(DutyDraft("", "", None, TODAY, ""))
    form.rows.field("role").setFocus()
    for _ in range(4):
        QTest.keyClick(form.focusWidget(), Qt.Key.Key_Tab)
    rested(qtbot, form)
    assert [form.rows.error(name) for name in form.rows.names] == [""] * len(form.rows.names)


def test_an_error_mended_by_way_of_another_field_goes_too(qtbot: QtBot) -> None:
    form = PasswordForm(by_code=False)
    _shown(qtbot, form)  # type: ignore[arg-type]
    form.load(PasswordDraft("old", "correct horse 42", "correct horse 43"))
    assert form.check() is None
    assert form.rows.error("again")
    new = form.rows.field("new")
    assert isinstance(new, QLineEdit)
    new.setFocus()
    new.selectAll()
    QTest.keyClicks(new, "correct horse 43")
    QTest.keyClick(new, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: form.rows.error("again") == "")


def test_what_a_service_found_stays_until_its_field_is_edited(qtbot: QtBot) -> None:
    form = _duty_form(qtbot)
    form.load(DutyDraft("1", "", Role.OPINION, TODAY, "调解"))
    form.show_error(InvalidInput((FieldProblem("on", "这天不在任。"),)))
    form.rows.field("on").setFocus()
    QTest.keyClick(form.rows.field("on"), Qt.Key.Key_Tab)
    QTest.keyClicks(form.rows.field("place"), "1")
    QTest.keyClick(form.rows.field("place"), Qt.Key.Key_Tab)
    rested(qtbot, form)
    assert form.rows.error("on") == "这天不在任。"
    QTest.keyClick(form.rows.field("on"), Qt.Key.Key_Down)
    assert form.rows.error("on") == ""


def test_ticks_take_their_errors_away(qtbot: QtBot) -> None:
    many = ManyDutiesForm(lambda: TODAY, PEOPLE)
    _shown(qtbot, many)  # type: ignore[arg-type]
    many.load(ManyDuties(DutyDraft("", "", Role.CONVENER, TODAY, "开会"), ()))
    assert many.check() is None
    many.people._tick(True)
    assert many.rows.error("person_uid") == ""
    assert many.dirty, "a tick is something typed, too"
    step = StepForm(YearState.VILLAGE, ["联光村没有满意度"])
    _shown(qtbot, step)  # type: ignore[arg-type]
    step.load(StepDraft(YearState.VILLAGE, TODAY))
    assert step.check() is None
    box = step.rows.field("acknowledged")
    assert isinstance(box, QCheckBox)
    box.click()
    assert step.rows.error("acknowledged") == ""


def test_a_warning_does_not_follow_onto_the_next_tab(qtbot: QtBot, town_context: Context) -> None:
    page = entered(qtbot, town_context, Place("notices", tab="tables"))
    page.tables.pane.table.clearSelection()
    page.tables.preview()
    assert page.banner.isVisible()
    page.tabs.setCurrentIndex(1)
    assert not page.banner.isVisible()


def test_a_warning_goes_with_the_record_it_spoke_of(qtbot: QtBot, town_context: Context) -> None:
    page = entered(qtbot, town_context, Place("notices", tab="tables"))
    table = page.tables.pane.table
    table.clearSelection()
    page.tables.preview()
    assert page.banner.isVisible()
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert not page.banner.isVisible()


def test_what_a_service_refused_goes_with_the_first_change_and_with_the_record(
    qtbot: QtBot, village_context: Context
) -> None:
    page = DutiesPage(village_context)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    page.enter()
    settle(qtbot, village_context.operations)
    panel = page.duty_tab.panel
    row = page.duty_tab.pane.model.rows[0]
    panel.open_record(row.uid)
    settle(qtbot, village_context.operations)
    panel.banner.tell_of_step("这天没有任职。")
    assert panel.banner.isVisible()
    QTest.keyClicks(panel.form.rows.field("content"), "x")
    assert not panel.banner.isVisible()
    panel.form.saved()
    panel.banner.tell_of_step("这天没有任职。")
    panel.open_record(page.duty_tab.pane.model.rows[1].uid)
    settle(qtbot, village_context.operations)
    assert not panel.banner.isVisible()
