"""履职记录: quick entry with keys, many at once, findings."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from daomao_desktop.domain.scheme import BottomLine, Role, Side
from daomao_desktop.services import conduct, duties
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.dialogs.form_sheet import FormSheet
from daomao_desktop.ui.pages.duties import DutiesPage
from tests.ui.conftest import settle


@pytest.fixture
def page(qtbot: QtBot, village_context: Context) -> DutiesPage:
    made = DutiesPage(village_context)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.enter()
    settle(qtbot, village_context.operations)
    return made


def test_the_newest_year_with_records_is_shown_first(
    qtbot: QtBot, page: DutiesPage, village_context: Context
) -> None:
    assert page.year.value() == 2025, "in January 2026 nothing is recorded yet"
    assert page.duty_tab.pane.table.isVisible()
    page.year.set_value(2026)
    assert page.duty_tab.pane.hidden.isVisible()
    page.duty_tab.pane.all_wanted.emit()
    assert page.year.value() is None
    shown = page.duty_tab.pane.filter.rowCount()
    assert shown == len(duties.list_duties(village_context.desk))


def test_a_digit_on_the_table_starts_an_entry_of_that_role(
    qtbot: QtBot, page: DutiesPage, village_context: Context
) -> None:
    before = len(duties.list_duties(village_context.desk))
    QTest.keyClick(page.duty_tab.pane.table, Qt.Key.Key_3)
    assert page.duty_form.choice("role") is Role.MEDIATION
    assert page.duty_form.focusWidget() is page.duty_form.person
    QTest.keyClicks(page.duty_form.person, "oywh")
    page.duty_form.put("content", "调解邻里用水争执")
    page.save_entry()
    settle(qtbot, village_context.operations)
    rows = duties.list_duties(village_context.desk, role=Role.MEDIATION)
    assert rows[0].name == "欧阳文华"
    assert rows[0].content == "调解邻里用水争执"
    assert len(page.duty_tab.pane.model.rows) == before + 1
    assert page.duty_form.text("content") == ""  # ready for the next one


def test_one_event_with_many_leaders(
    qtbot: QtBot, page: DutiesPage, village_context: Context
) -> None:
    page._on_many()
    sheet = page.window().findChild(FormSheet)
    assert isinstance(sheet, FormSheet)
    sheet.form.put("role", Role.CONVENER)
    sheet.form.put("content", "召集组务会")
    sheet.form.people._tick(True)  # type: ignore[attr-defined]
    sheet._on_save()
    settle(qtbot, village_context.operations)
    rows = duties.list_duties(village_context.desk, year=2026, role=Role.CONVENER)
    assert len(rows) == 8
    assert len({row.person_uid for row in rows}) == 8


def test_filters_by_year_role_and_words(
    qtbot: QtBot, page: DutiesPage, village_context: Context
) -> None:
    page.enter(Place("duties", year=2025, filter=Role.OPINION.value))
    shown = page.duty_tab.pane.filter.shown()
    assert shown
    assert {(row.on.year, row.role) for row in shown} == {(2025, Role.OPINION)}
    page.role.set_value(None)
    with qtbot.waitSignal(page.search.searched):
        page.search.setText("排查")
    assert all("排查" in row.content for row in page.duty_tab.pane.filter.shown())


def test_a_finding_is_recorded_and_confirmed(
    qtbot: QtBot, page: DutiesPage, village_context: Context
) -> None:
    page.tabs.setCurrentIndex(1)
    page.new_entry()
    form = page.finding_form
    QTest.keyClicks(form.person, "oywh")
    form.put("bottom_line", BottomLine.SERVICE)
    form.put("side", Side.MUST)
    form.put("facts", "群众来访没有接待")
    page.save_entry()
    settle(qtbot, village_context.operations)
    row = conduct.list_findings(village_context.desk, year=2026)[0]
    assert (row.name, row.confirmed) == ("欧阳文华", False)
    page.finding_tab.panel.open_record(row.uid)
    settle(qtbot, village_context.operations)
    form.put("confirmed", True)
    page.save_entry()
    settle(qtbot, village_context.operations)
    assert conduct.list_findings(village_context.desk, year=2026)[0].confirmed


def test_a_record_is_opened_changed_and_kept(
    qtbot: QtBot, page: DutiesPage, village_context: Context
) -> None:
    page.year.set_value(2025)
    first = page.duty_tab.pane.filter.row(0)
    page.duty_tab.pane.table.opened.emit(0)
    settle(qtbot, village_context.operations)
    page.duty_form.put("result", "已回访")
    assert page.unsaved()
    page.save_entry()
    settle(qtbot, village_context.operations)
    kept = duties.duty_draft(village_context.desk, first.uid)
    assert (kept.result, kept.person_uid) == ("已回访", first.person_uid)


def test_the_date_of_the_last_record_is_kept_for_the_next_one(
    qtbot: QtBot, page: DutiesPage, village_context: Context
) -> None:
    page.new_entry()
    assert page.duty_form.day("on") == village_context.desk.today(), "at first it is today"
    day = page.duty_form.rows.field("on")
    assert isinstance(day, QLineEdit)
    QTest.keyClicks(page.duty_form.person, "oywh")
    page.duty_form.put("role", Role.MEDIATION)
    page.duty_form.put("content", "调解邻里用水争执")
    day.setFocus()
    day.selectAll()
    QTest.keyClicks(day, "12-3")
    page.save_entry()
    settle(qtbot, village_context.operations)
    assert page.duty_form.text("content") == "", "ready for the next one"
    assert page.duty_form.day("on") == date(2025, 12, 3)
    page.duty_tab.panel.cancel()
    page.new_entry()
    assert page.duty_form.day("on") == date(2025, 12, 3)
    QTest.keyClick(page.duty_form.rows.field("on"), Qt.Key.Key_T)
    assert page.duty_form.day("on") == village_context.desk.today()
