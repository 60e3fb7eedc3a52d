"""Wherever a name can be searched for, pinyin and initials find it, and a group its people."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from daomao_desktop.domain.roster import matches
from daomao_desktop.services import notices
from daomao_desktop.services.pinyin import reading
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.pages.assessment import AssessmentPage
from daomao_desktop.ui.pages.base import Page
from daomao_desktop.ui.pages.duties import DutiesPage
from daomao_desktop.ui.pages.notices import NoticesPage
from daomao_desktop.ui.pages.roster import RosterPage
from daomao_desktop.ui.pages.table_page import TablePane
from tests.ui.conftest import searched, settle

SEARCHES: dict[str, tuple[type[Page], Place, Callable[[Page], TablePane[object]]]] = {
    "小组长": (RosterPage, Place("roster"), lambda page: page.pane),  # type: ignore[attr-defined]
    "履职": (DutiesPage, Place("duties"), lambda page: page.duty_tab.pane),  # type: ignore[attr-defined]
    "考核": (AssessmentPage, Place("assessment"), lambda page: page.pane),  # type: ignore[attr-defined]
    "该发": (NoticesPage, Place("notices"), lambda page: page.candidates),  # type: ignore[attr-defined]
    "登记簿": (
        NoticesPage,
        Place("notices", tab="register"),
        lambda page: page.register,  # type: ignore[attr-defined]
    ),
    "表册": (
        NoticesPage,
        Place("notices", tab="tables"),
        lambda page: page.tables.pane,  # type: ignore[attr-defined]
    ),
}


@pytest.mark.parametrize("where", SEARCHES)
def test_a_name_is_found_by_its_initials(qtbot: QtBot, town_context: Context, where: str) -> None:
    kind, place, pane_of = SEARCHES[where]
    year = 2024 if where in ("该发", "登记簿") else 2025
    if where == "登记簿":
        _draft_one(town_context, year)
    page = kind(town_context)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    page.enter(Place(place.page, tab=place.tab, year=year))
    settle(qtbot, town_context.operations)
    pane = pane_of(page)
    names = [str(row.name) for row in pane.model.rows if row.name]  # type: ignore[attr-defined]
    assert names, "there is somebody to be found"
    spoken = {name: reading(name)[1] for name in names}
    wanted, initials = next((n, i) for n, i in reversed(spoken.items()) if i.isascii())
    QTest.keyClicks(page.search, initials)  # type: ignore[attr-defined]
    searched(qtbot, page.search)  # type: ignore[attr-defined]
    shown = [row.name for row in pane.filter.shown()]  # type: ignore[attr-defined]
    assert wanted in shown
    assert len(shown) < len(pane.model.rows) or len(set(names)) == 1


def _draft_one(context: Context, year: int) -> None:
    found = notices.notice_candidates(context.desk, year)
    one = next(c for c in found if c.person_uid and c.problem is None and c.initials.isascii())
    notices.draft_notice(context.desk, one.kind, year, one.person_uid)


def test_every_word_is_looked_for_in_every_text_of_the_row() -> None:
    row = ("王顺", "wang shun", "ws", "第3村民小组", "联光村", "通报批评")
    for query in ("", "ws", "联光", "ws 3组", "通报 王", "ＷＳ"):
        assert matches(query, *row), query
    for query in ("zs", "ws 表彰", "4组"):
        assert not matches(query, *row), query
