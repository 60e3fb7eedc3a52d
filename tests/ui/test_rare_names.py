"""A name of rare characters is no box for long, whichever list shows it first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from daomao_desktop.services import duties
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.pages.assessment import AssessmentPage
from daomao_desktop.ui.pages.base import Page
from daomao_desktop.ui.pages.duties import DutiesPage
from daomao_desktop.ui.pages.notices import NoticesPage
from daomao_desktop.ui.pages.roster import RosterPage
from tests.ui.conftest import settle


@pytest.mark.parametrize("kind", [RosterPage, DutiesPage, AssessmentPage, NoticesPage])
def test_every_list_asks_for_the_face_its_names_need(
    qtbot: QtBot,
    town_context: Context,
    monkeypatch: pytest.MonkeyPatch,
    kind: type[Page],
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(Context, "show_names", lambda _self, names: asked.append(names))
    page = kind(town_context)
    qtbot.addWidget(page)
    page.show()
    page.enter(Place("", year=2025))
    settle(qtbot, town_context.operations)
    assert "文昌盛" in "".join(asked) or kind is NoticesPage
    assert len("".join(asked)) > 20


def test_a_list_asks_for_the_face_that_what_was_written_needs(
    qtbot: QtBot, town_context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = duties.list_duties(town_context.desk)[0]
    draft = duties.duty_draft(town_context.desk, some.uid)
    duties.change_duty(
        town_context.desk, some.uid, replace(draft, content="走访吴𠮷家", place="䶮坡")
    )
    asked: list[str] = []
    monkeypatch.setattr(Context, "show_names", lambda _self, names: asked.append(names))
    page = DutiesPage(town_context)
    qtbot.addWidget(page)
    page.enter(Place("", year=2025))
    settle(qtbot, town_context.operations)
    assert {"𠮷", "䶮"} <= set("".join(asked))
