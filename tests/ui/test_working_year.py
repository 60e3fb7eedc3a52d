"""One year for all pages: chosen on one it is shown on each, and none of them reads twice."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from daomao_desktop.app import Program
from daomao_desktop.domain.scheme import Grade, YearState
from daomao_desktop.services import accounts, assessment, demo
from daomao_desktop.services.assessment import DecisionDraft, ProposalDraft
from daomao_desktop.services.desk import Desk
from daomao_desktop.ui.context import Place
from daomao_desktop.ui.dialogs.base import Sheet
from daomao_desktop.ui.main_window import MainWindow
from daomao_desktop.ui.operations import Operations
from daomao_desktop.ui.pages.assessment import AssessmentPage
from daomao_desktop.ui.pages.base import Page
from daomao_desktop.ui.pages.duties import DutiesPage
from daomao_desktop.ui.pages.home import HomePage
from daomao_desktop.ui.pages.notices import NoticesPage
from daomao_desktop.ui.theme import Appearance
from tests.ui.conftest import settle

DAY = date(2026, 1, 20)
WITH_A_YEAR = ("home", "duties", "assessment", "notices")


def _take_to_decided(desk: Desk, year: int) -> None:
    steps = (YearState.VILLAGE, YearState.REPORTED, YearState.TOWN, YearState.DECIDED)
    for state in steps:
        assessment.advance(desk, year, state, DAY, True)
        people = [row.person_uid for row in assessment.list_assessments(desk, year)]
        if state is YearState.VILLAGE:
            assessment.propose(
                desk, year, [ProposalDraft(uid, Grade.COMPETENT, "称职", DAY) for uid in people]
            )
        elif state is YearState.TOWN:
            assessment.decide(desk, year, [DecisionDraft(uid, Grade.COMPETENT) for uid in people])


def _shown(page: Page) -> int:
    """The year a page says it shows, in its box and in its content."""
    assert isinstance(page, HomePage | DutiesPage | AssessmentPage | NoticesPage)
    year = page.year.value()
    if isinstance(page, HomePage):
        assert page.count_card.heading.text() == f"{year}年履职次数"
    elif isinstance(page, AssessmentPage):
        assert page.view is not None
        assert page.view.year == year
    elif isinstance(page, NoticesPage):
        assert page.header.note.text().startswith(f"{year}年度")
    else:
        assert {row.on.year for row in page.duty_tab.pane.filter.shown()} <= {year}
    assert isinstance(year, int)
    return year


def _go(qtbot: QtBot, window: MainWindow, place: Place) -> Page:
    window.go(place)
    settle(qtbot, window.context.operations)
    assert window.page is not None
    return window.page


def _pick(page: Page, key: Qt.Key) -> None:
    """With the arrow keys, as at the desk."""
    assert isinstance(page, HomePage | DutiesPage | AssessmentPage | NoticesPage)
    page.year.setFocus()
    QTest.keyClick(page.year, key)


@pytest.mark.parametrize("chooser", WITH_A_YEAR)
def test_a_year_chosen_on_one_page_is_shown_on_all(
    qtbot: QtBot, town_window: MainWindow, chooser: str
) -> None:
    for key in WITH_A_YEAR:
        assert _shown(_go(qtbot, town_window, Place(key))) == 2025, key
    page = _go(qtbot, town_window, Place(chooser))
    _pick(page, Qt.Key.Key_Up)
    settle(qtbot, town_window.context.operations)
    assert town_window.context.working_year.year == 2026
    for key in WITH_A_YEAR:
        assert _shown(_go(qtbot, town_window, Place(key))) == 2026, key


def test_papers_are_of_the_year_that_has_just_been_worked_at(
    qtbot: QtBot, town_window: MainWindow
) -> None:
    page = _go(qtbot, town_window, Place("notices"))  # opened before, on 2025
    assert _shown(page) == 2025
    page = _go(qtbot, town_window, Place("assessment"))
    _pick(page, Qt.Key.Key_Up)
    settle(qtbot, town_window.context.operations)
    _take_to_decided(town_window.context.desk, 2026)
    page.refresh()
    settle(qtbot, town_window.context.operations)
    page = _go(qtbot, town_window, Place("notices"))
    assert _shown(page) == 2026
    assert isinstance(page, NoticesPage)
    assert "镇定" in page.header.note.text()


def test_a_link_sets_the_year_for_all(qtbot: QtBot, town_window: MainWindow) -> None:
    assert _shown(_go(qtbot, town_window, Place("assessment", year=2024))) == 2024
    for key in WITH_A_YEAR:
        assert _shown(_go(qtbot, town_window, Place(key))) == 2024, key


def test_every_year_of_the_records_alone_stays_on_its_page(
    qtbot: QtBot, town_window: MainWindow
) -> None:
    page = _go(qtbot, town_window, Place("duties"))
    assert isinstance(page, DutiesPage)
    page.year.set_value(None)
    assert town_window.context.working_year.year == 2025
    assert _shown(_go(qtbot, town_window, Place("notices"))) == 2025
    page = _go(qtbot, town_window, Place("duties"))
    assert page.year.value() is None  # type: ignore[attr-defined]
    _go(qtbot, town_window, Place("notices", year=2024))
    assert _shown(_go(qtbot, town_window, Place("duties"))) == 2024


def test_no_page_reads_twice_for_a_year(
    qtbot: QtBot, town_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: Counter[str] = Counter()

    def counted(real: Callable[[Page], None]) -> Callable[[Page], None]:
        def refresh(page: Page) -> None:
            read[page.title] += 1
            real(page)

        return refresh

    for kind in (HomePage, DutiesPage, AssessmentPage, NoticesPage):
        monkeypatch.setattr(kind, "refresh", counted(kind.refresh))
    _go(qtbot, town_window, Place("assessment", year=2024))  # first opened, and by a link
    assert read == {"年度考核": 1}
    page = _go(qtbot, town_window, Place("assessment", year=2025))  # from the page itself
    assert read == {"年度考核": 2}
    _pick(page, Qt.Key.Key_Up)
    settle(qtbot, town_window.context.operations)
    assert read == {"年度考核": 3}
    _go(qtbot, town_window, Place("notices"))
    _go(qtbot, town_window, Place("home"))
    _go(qtbot, town_window, Place("duties"))
    assert read == {"年度考核": 3, "奖惩文书": 1, "首页": 1, "履职记录": 1}
    _go(qtbot, town_window, Place("notices", year=2025))
    _go(qtbot, town_window, Place("duties"))
    _go(qtbot, town_window, Place("home"))
    assert read == {"年度考核": 3, "奖惩文书": 2, "首页": 2, "履职记录": 1}


def test_another_year_asks_before_a_chosen_grade_is_lost(
    qtbot: QtBot, town_window: MainWindow
) -> None:
    assessment.advance(town_window.context.desk, 2026, YearState.VILLAGE, DAY, True)
    page = _go(qtbot, town_window, Place("assessment", year=2026))
    assert isinstance(page, AssessmentPage)
    page.pane.table.selectRow(0)
    page.panel.proposal.put("grade", Grade.COMPETENT)
    _pick(page, Qt.Key.Key_Down)
    (asked,) = page.findChildren(Sheet)
    assert page.year.value() == 2026
    asked.reject()
    QApplication.processEvents()
    assert town_window.context.working_year.year == 2026
    assert page.panel.dirty
    _pick(page, Qt.Key.Key_Down)
    asked = next(one for one in page.findChildren(Sheet) if one.isVisible())
    drop = next(one for one in asked.findChildren(QPushButton) if one.text() == "不保存")
    qtbot.mouseClick(drop, Qt.MouseButton.LeftButton)
    settle(qtbot, town_window.context.operations)
    assert _shown(page) == 2025


def test_the_window_begins_with_the_running_assessment(
    qtbot: QtBot, qapp: QApplication, appearance: Appearance, town_demo: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "资料"
    shutil.copytree(town_demo, folder)
    desk = accounts.open_desk(folder, demo.PASSWORD, today=demo.today)
    assessment.advance(desk, 2026, YearState.VILLAGE, DAY, True)
    accounts.close_desk(desk)
    with ExitStack() as stack:
        program = Program(qapp, stack)
        program.appearance = appearance
        program.start(folder)
        program._sample = True  # the sample's day
        program.window.submitted.emit("演示", demo.PASSWORD)  # type: ignore[union-attr]
        qtbot.waitSignal(program.ready, timeout=20_000).wait()
        operations: Operations = program.operations
        settle(qtbot, operations)
        window = program.window
        assert isinstance(window, MainWindow)
        assert window.context.working_year.year == 2026
        assert window.page is not None
        assert _shown(window.page) == 2026
        program.close()
        if shiboken6.isValid(window):
            window.hide()
            window.deleteLater()
