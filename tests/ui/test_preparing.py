"""While the list of 奖惩文书 is looked at, faces are prepared: no preview waits for a font."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from daomao_desktop.documents import font_files
from daomao_desktop.errors import DaomaoError
from daomao_desktop.services import preparation
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.pages.notices import NoticesPage
from tests.ui.conftest import settle
from tests.ui.notices_window import notices_page, preview_of


@pytest.fixture
def page(qtbot: QtBot, town_context: Context, monkeypatch: pytest.MonkeyPatch) -> NoticesPage:
    """The page of a program that has read no font yet, on screen."""
    monkeypatch.setattr(font_files, "_LOADED", {})
    return notices_page(qtbot, town_context)


def test_the_first_preview_reads_no_font(
    qtbot: QtBot, page: NoticesPage, town_context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.enter(Place("notices", year=2025))
    settle(qtbot, town_context.operations)
    assert page._preparing._preparation.done
    rows = page.candidates.model.rows
    ordinary = next(place for place, row in enumerate(rows) if max(row.name) < "\U00010000")
    page.candidates.table.selectRow(ordinary)  # a rare character's font is read when it turns up
    read: list[object] = []
    monkeypatch.setattr(font_files, "_parse", read.append)
    QTest.mouseClick(page.open, Qt.MouseButton.LeftButton)
    settle(qtbot, town_context.operations)
    sheet = preview_of(page)
    assert read == []
    assert sheet.pane.pages >= 1
    sheet.close()


def test_what_the_clerk_asks_for_comes_between_two_pieces_of_it(
    qtbot: QtBot, page: NoticesPage, town_context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparation, "SECONDS", 0.0)  # one step at a go
    page.enter(Place("notices", year=2025))
    qtbot.waitUntil(lambda: page._preparing._at_work)
    asked = page._preparing._preparation
    seen: list[bool] = []
    town_context.operations.query(lambda: asked.done, seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [False]
    settle(qtbot, town_context.operations)
    assert asked.done


def test_it_stops_when_another_page_is_shown_and_goes_on_later(
    qtbot: QtBot, page: NoticesPage, town_context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparation, "SECONDS", 0.0)
    page.enter(Place("notices", year=2025))
    qtbot.waitUntil(lambda: page._preparing._at_work)
    page.hide()
    settle(qtbot, town_context.operations)
    assert not page._preparing._preparation.done
    page.show()
    page.enter()
    settle(qtbot, town_context.operations)
    assert page._preparing._preparation.done


def test_a_damaged_font_is_told_by_the_document_not_by_the_list(
    qtbot: QtBot, page: NoticesPage, town_context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(_file: str) -> None:
        raise DaomaoError("字体文件 fang.ttf 缺失或损坏，请重新安装程序。")

    monkeypatch.setattr(font_files, "_parse", damaged)
    told: list[object] = []
    town_context.operations.failed.connect(told.append)
    town_context.operations.broke.connect(told.append)
    page.enter(Place("notices", year=2025))
    settle(qtbot, town_context.operations)
    assert told == []
    page.print_entry()
    settle(qtbot, town_context.operations)
    sheet = preview_of(page)
    assert "fang.ttf" in sheet.banner.words.text()
    sheet.close()
