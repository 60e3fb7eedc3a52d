"""A name of rare characters is no box for long, whichever list shows it first."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

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
