"""Leaving something unsaved: one question everywhere; Enter saves, Esc stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from daomao_desktop.domain.accounts import OperatorRole
from daomao_desktop.domain.scheme import Grade, YearState
from daomao_desktop.services import accounts, assessment, conduct, duties, notices, roster
from daomao_desktop.services.desk import Desk
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.dialogs.base import Sheet
from daomao_desktop.ui.dialogs.form_sheet import FormSheet
from daomao_desktop.ui.dialogs.freeform import FreeformSheet
from daomao_desktop.ui.dialogs.score_sheet import ScoreSheet
from daomao_desktop.ui.main_window import MainWindow
from daomao_desktop.ui.operations import Operations
from daomao_desktop.ui.pages import system_forms
from daomao_desktop.ui.pages.assessment import AssessmentPage
from daomao_desktop.ui.pages.duties import DutiesPage
from daomao_desktop.ui.pages.roster import RosterPage
from daomao_desktop.ui.pages.system import SystemPage
from tests.services.office import acting_as
from tests.ui.conftest import settle

Typing = Callable[[QtBot, MainWindow], Callable[[], object]]


def _shown(qtbot: QtBot, window: MainWindow, place: Place) -> QWidget:
    window.go(place)
    settle(qtbot, window.context.operations)
    assert window.page is not None
    return window.page


def _roster(qtbot: QtBot, window: MainWindow) -> Callable[[], object]:
    page = _shown(qtbot, window, Place("roster"))
    assert isinstance(page, RosterPage)
    page.pane.table.opened.emit(0)
    settle(qtbot, window.context.operations)
    QTest.keyClicks(page.form.rows.field("remark"), "typed")
    person = page.panel.uid
    assert person is not None
    desk = window.context.desk
    return lambda: roster.leader_draft(desk, person).remark


def _duties(qtbot: QtBot, window: MainWindow) -> Callable[[], object]:
    page = _shown(qtbot, window, Place("duties"))
    assert isinstance(page, DutiesPage)
    page.duty_tab.pane.table.opened.emit(0)
    settle(qtbot, window.context.operations)
    QTest.keyClicks(page.duty_form.rows.field("remark"), "typed")
    uid, desk = page.duty_tab.panel.uid, window.context.desk
    assert uid is not None
    return lambda: duties.duty_draft(desk, uid).remark


def _findings(qtbot: QtBot, window: MainWindow) -> Callable[[], object]:
    page = _shown(qtbot, window, Place("duties", tab="findings"))
    assert isinstance(page, DutiesPage)
    desk = window.context.desk
    uid = next(row.uid for row in conduct.list_findings(desk) if row.writable)
    page.finding_tab.panel.open_record(uid)
    settle(qtbot, window.context.operations)
    QTest.keyClicks(page.finding_form.rows.field("source"), "typed")
    return lambda: conduct.finding_draft(desk, uid).source


def _grades(qtbot: QtBot, window: MainWindow) -> Callable[[], object]:
    desk = window.context.desk
    assessment.advance(desk, 2026, YearState.VILLAGE, date(2026, 1, 20), True)
    page = _shown(qtbot, window, Place("assessment", year=2026))
    assert isinstance(page, AssessmentPage)
    page.pane.table.selectRow(0)
    page.panel.proposal.put("grade", Grade.COMPETENT)
    QTest.keyClicks(page.panel.proposal.rows.field("reason"), "typed")
    person = page.panel._rows[0].person_uid
    rows = lambda: assessment.list_assessments(desk, 2026)  # noqa: E731
    return lambda: next(r.proposal_reason for r in rows() if r.person_uid == person)


def _scheme(qtbot: QtBot, window: MainWindow) -> Callable[[], object]:
    page = _shown(qtbot, window, Place("system"))
    assert isinstance(page, SystemPage)
    page.tabs.setCurrentIndex(1)
    before, desk = page.scheme.draft(), window.context.desk
    page.scheme.put("minimum_months", 7)
    assert page.scheme.draft() != before
    return lambda: "typed" if accounts.scheme_settings(desk) != before else None


PAGES: dict[str, Typing] = {
    "roster": _roster,
    "duties": _duties,
    "findings": _findings,
    "grades": _grades,
    "scheme": _scheme,
}


def question(window: QWidget) -> Sheet:
    """The question now asked."""
    (found,) = asked(window)
    return found


def asked(window: QWidget) -> list[Sheet]:
    """The questions about something unsaved that now stand there."""
    sheets = [sheet for sheet in window.findChildren(Sheet) if sheet.isVisible()]
    return [sheet for sheet in sheets if sheet.windowTitle() == "还没有保存"]


def words(sheet: Sheet) -> list[str]:
    return [one.text() for one in sheet.findChildren(QPushButton) if one.isVisible()]


@pytest.mark.parametrize("place", PAGES)
def test_alt_f4_asks_and_enter_saves(qtbot: QtBot, town_window: MainWindow, place: str) -> None:
    stored = PAGES[place](qtbot, town_window)
    before = stored()
    closed: list[bool] = []
    town_window.closed.connect(lambda: closed.append(True))
    town_window.close()
    sheet = question(town_window)
    assert words(sheet) == ["不保存", "取消", "保存"]
    assert any("还没有保存" in one.text() for one in sheet.findChildren(QLabel))
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not closed
    assert stored() == before
    town_window.close()
    assert question(town_window).focusWidget().text() == "保存"  # type: ignore[attr-defined]
    QTest.keyClick(question(town_window), Qt.Key.Key_Return)
    settle(qtbot, town_window.context.operations)
    assert closed
    assert str(stored()).startswith("typed")


@pytest.mark.parametrize("place", PAGES)
def test_what_is_not_wanted_is_left_and_another_page_opens(
    qtbot: QtBot, town_window: MainWindow, place: str
) -> None:
    stored = PAGES[place](qtbot, town_window)
    before = stored()
    town_window.go(Place("home"))
    (drop,) = [b for b in question(town_window).findChildren(QPushButton) if b.text() == "不保存"]
    drop.click()
    settle(qtbot, town_window.context.operations)
    assert stored() == before
    assert town_window.navigation.currentRow() == 0


def test_what_is_wrong_keeps_the_window_open_and_is_said_beside_the_field(
    qtbot: QtBot, town_window: MainWindow
) -> None:
    _duties(qtbot, town_window)
    page = town_window.page
    assert isinstance(page, DutiesPage)
    page.duty_form.put("content", "")
    page.tabs.setCurrentIndex(1)  # also from the other tab
    town_window.close()
    QTest.keyClick(question(town_window), Qt.Key.Key_Return)
    settle(qtbot, town_window.context.operations)
    assert town_window.isVisible()
    assert page.tabs.currentIndex() == 0
    assert page.duty_form.rows.error("content")
    assert page.unsaved()


def test_two_forms_of_a_page_are_named_and_saved_together(
    qtbot: QtBot, town_window: MainWindow
) -> None:
    first, second = _duties(qtbot, town_window), _findings(qtbot, town_window)
    page = town_window.page
    assert isinstance(page, DutiesPage)
    assert page.unsaved() == (
        f"“{page.duty_tab.panel.keeper.title}”和“{page.finding_tab.panel.keeper.title}”"
    )
    town_window.close()
    QTest.keyClick(question(town_window), Qt.Key.Key_Return)
    settle(qtbot, town_window.context.operations)
    assert str(first()).startswith("typed")
    assert str(second()).startswith("typed")


def test_another_row_asks_too(qtbot: QtBot, town_window: MainWindow) -> None:
    stored = _duties(qtbot, town_window)
    page = town_window.page
    assert isinstance(page, DutiesPage)
    before = page.duty_tab.panel.uid
    page.duty_tab.pane.table.opened.emit(3)
    QTest.keyClick(question(town_window), Qt.Key.Key_Return)
    settle(qtbot, town_window.context.operations)
    assert str(stored()).startswith("typed")
    assert page.duty_tab.panel.uid != before
    assert not page.unsaved()


def test_other_grades_ask_too(qtbot: QtBot, town_window: MainWindow) -> None:
    stored = _grades(qtbot, town_window)
    page = town_window.page
    assert isinstance(page, AssessmentPage)
    own = page.panel.people
    for key, people in ((Qt.Key.Key_Escape, own), (Qt.Key.Key_Return, None)):
        table = page.pane.table
        spot = table.visualRect(table.model().index(3, 2)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        qtbot.waitUntil(lambda: bool(asked(town_window)))
        assert page.panel.people == own  # until it is answered
        QTest.keyClick(question(town_window), key)
        settle(qtbot, town_window.context.operations)
        now = frozenset(row.person_uid for row in page.pane.selected())
        assert now == page.panel.people
        assert (now == own) == (people is not None)
    assert stored() == "typed"


def test_who_may_not_save_is_not_asked(
    qtbot: QtBot, town_context: Context, operations: Operations
) -> None:
    reader = acting_as(town_context.desk, OperatorRole.TOWN_READER)
    page = RosterPage(replace(town_context, desk=reader))
    qtbot.addWidget(page)
    page.show()
    page.enter()
    settle(qtbot, operations)
    page.show_place(Place("roster", uid=page.pane.filter.row(0).person_uid))
    settle(qtbot, operations)
    QTest.keyClicks(page.form.rows.field("remark"), "typed")
    assert page.form.dirty
    assert not page.unsaved()


def test_esc_on_a_sheet_asks_and_enter_saves(qtbot: QtBot, town_context: Context) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    system_forms.village(parent, town_context)
    (sheet,) = parent.findChildren(FormSheet)
    sheet.form.put("name", "新丰村")
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    asked = question(sheet)
    assert words(asked) == ["不保存", "取消", "保存"]
    QTest.keyClick(asked, Qt.Key.Key_Return)
    settle(qtbot, town_context.operations)
    assert not isValid(sheet)
    assert "新丰村" in [v.name for v in roster.list_villages(town_context.desk)]


def test_a_step_is_not_taken_by_a_bare_enter(qtbot: QtBot, town_window: MainWindow) -> None:
    """进入村评 changes the year: Enter on the question goes back to the sheet."""
    page = _shown(qtbot, town_window, Place("assessment", year=2026))
    assert isinstance(page, AssessmentPage)
    page._on_next()
    (sheet,) = town_window.findChildren(FormSheet)
    sheet.form.put("acknowledged", True)
    sheet.reject()
    asked = question(sheet)
    assert words(asked) == ["不保存", "取消", "进入村评"]
    QTest.keyClick(asked, Qt.Key.Key_Return)
    settle(qtbot, town_window.context.operations)
    assert sheet.isVisible()
    assert _state(town_window.context.desk) is YearState.PREPARING
    sheet._leave()


def _state(desk: Desk) -> YearState:
    return assessment.year_view(desk, 2026).state


@pytest.mark.parametrize("name", ["addressee", "dated", "note"])
def test_a_paper_asks_whatever_was_typed_first(
    qtbot: QtBot, town_context: Context, name: str
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    paper = FreeformSheet(town_context, parent=parent)
    paper.open()
    settle(qtbot, town_context.operations)
    QTest.keyClicks(paper.form.rows.field(name), "1")
    QTest.keyClick(paper, Qt.Key.Key_Escape)
    assert words(question(paper)) == ["不保存", "取消", "保存草稿"]
    QTest.keyClick(question(paper), Qt.Key.Key_Escape)
    assert isValid(paper)
    assert paper.isVisible()


def test_scores_and_papers_ask_the_same(qtbot: QtBot, town_context: Context) -> None:
    desk = town_context.desk
    assessment.advance(desk, 2026, YearState.VILLAGE, date(2026, 1, 20), True)
    person = assessment.list_assessments(desk, 2026)[0].person_uid
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    scores = ScoreSheet(town_context, 2026, person, parent)
    scores.open()
    settle(qtbot, town_context.operations)
    QTest.keyClicks(next(iter(scores.scores.fields.values())), "5")
    QTest.keyClick(scores, Qt.Key.Key_Escape)
    assert words(question(scores)) == ["不保存", "取消", "保存"]
    QTest.keyClick(question(scores), Qt.Key.Key_Return)
    settle(qtbot, town_context.operations)
    assert not isValid(scores)
    assert 500 in assessment.assessment_sheet(desk, 2026, person).points.values()
    paper = FreeformSheet(town_context, parent=parent)
    paper.open()
    settle(qtbot, town_context.operations)
    QTest.keyClicks(paper.form.rows.field("title"), "typed")
    QTest.keyClick(paper, Qt.Key.Key_Escape)
    assert words(question(paper)) == ["不保存", "取消", "保存草稿"]
    QTest.keyClick(question(paper), Qt.Key.Key_Return)
    settle(qtbot, town_context.operations)
    assert "typed" in [row.title for row in notices.list_notices(desk)]
