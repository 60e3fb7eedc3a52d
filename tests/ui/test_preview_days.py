"""What stands in the fields above a draft's page counts; a stale page is never signed off."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from daomao_desktop.domain.notices import DocumentState
from daomao_desktop.services import notices
from daomao_desktop.services.notices import NoticeRow
from daomao_desktop.store import roster as store
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.dialogs.preview import PreviewSheet
from daomao_desktop.ui.pages.notices import NoticesPage
from tests.services.notice_office import text_of
from tests.ui.conftest import settle
from tests.ui.notices_window import entered, preview_of

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot: QtBot, town_context: Context) -> NoticesPage:
    return entered(qtbot, town_context, Place("notices", year=2025))


def _opened(qtbot: QtBot, page: NoticesPage, context: Context, rows: int = 1) -> PreviewSheet:
    """The preview of the first papers called for, on screen."""
    page.candidates.table.selectRow(0)
    if rows > 1:
        page._preview([page._wanted(row) for row in page.candidates.model.rows[:rows]])
    else:
        page.print_entry()
    settle(qtbot, context.operations)
    sheet = preview_of(page)
    qtbot.waitUntil(sheet.isVisible)
    return sheet


def _type(field: QLineEdit, text: str) -> None:
    """As a clerk does: into the field, over what stands in it, and no Enter."""
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def _click(qtbot: QtBot, context: Context, button: QPushButton) -> None:
    qtbot.mouseClick(button, LEFT)
    settle(qtbot, context.operations)


def _register(context: Context) -> tuple[NoticeRow, ...]:
    return notices.list_notices(context.desk)


def test_a_date_typed_and_not_entered_is_shown_before_anything_is_signed(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    sheet = _opened(qtbot, page, town_context)
    _type(sheet.dated, "20260119")
    _click(qtbot, town_context, sheet.sign)
    (row,) = _register(town_context)
    assert row.state is DocumentState.DRAFT
    assert row.dated == date(2026, 1, 19)
    assert "2026年1月19日" in text_of(notices.preview(town_context.desk, row.uid))
    assert "重排" in sheet.banner.words.text()
    assert sheet.sign.isEnabled()
    assert not sheet.stale
    sheet.close()


def test_a_date_that_cannot_be_read_is_said_and_nothing_signed(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    sheet = _opened(qtbot, page, town_context)
    _type(sheet.dated, "0119")
    _click(qtbot, town_context, sheet.sign)
    assert "“0119”不是日期" in sheet.banner.words.text()
    assert sheet.focusWidget() is sheet.dated
    (row,) = _register(town_context)
    assert (row.state, row.dated) == (DocumentState.DRAFT, town_context.desk.today())
    sheet.close()


def test_after_a_refused_date_another_one_can_be_signed(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    sheet = _opened(qtbot, page, town_context)
    _type(sheet.dated, "20260201")
    _click(qtbot, town_context, sheet.sign)
    assert "晚于今天" in sheet.banner.words.text()
    assert not sheet.sign.isEnabled()
    _type(sheet.dated, "20260119")
    assert sheet.sign.isEnabled()
    _click(qtbot, town_context, sheet.sign)
    (row,) = _register(town_context)
    assert (row.state, row.dated) == (DocumentState.DRAFT, date(2026, 1, 19))
    assert not sheet.stale
    sheet.close()


def test_a_meeting_typed_before_turning_the_page_is_kept(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    sheet = _opened(qtbot, page, town_context, rows=2)
    _type(sheet.meeting, "20251212")
    _click(qtbot, town_context, sheet.after)
    assert sheet._at == 1
    assert sheet.meeting.text() == ""
    _click(qtbot, town_context, sheet.before)
    assert sheet.meeting.day() == date(2025, 12, 12)
    sheet.close()
    settle(qtbot, town_context.operations)
    assert sorted(str(row.meeting) for row in _register(town_context)) == ["2025-12-12", "None"]


def test_a_date_typed_before_turning_the_page_is_that_of_the_papers_still_to_be_drafted(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    sheet = _opened(qtbot, page, town_context, rows=3)
    _type(sheet.dated, "20260119")
    _click(qtbot, town_context, sheet.after)
    assert sheet.dated.day() == date(2026, 1, 19)
    sheet.close()
    settle(qtbot, town_context.operations)
    assert {row.dated for row in _register(town_context)} == {date(2026, 1, 19)}


def test_the_field_shows_the_day_of_the_draft_not_of_today(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    first = page.candidates.model.rows[0]
    notices.draft_notice(
        town_context.desk, first.kind, 2025, first.person_uid, dated=date(2026, 1, 16)
    )
    page.refresh()
    settle(qtbot, town_context.operations)
    sheet = _opened(qtbot, page, town_context)
    assert sheet.dated.day() == date(2026, 1, 16)
    assert not sheet.stale
    sheet.close()


def test_what_was_changed_elsewhere_since_the_page_was_seen_is_shown_first(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    first = page.candidates.model.rows[0]
    sheet = _opened(qtbot, page, town_context)
    with town_context.desk.store.writing(town_context.desk.operator.uid) as session:
        person = session.get(store.Person, first.person_uid)
        assert person is not None
        person.name = "冯改名"
    _click(qtbot, town_context, sheet.sign)
    assert "与看过的版面不一样" in sheet.banner.words.text()
    (row,) = _register(town_context)
    assert row.state is DocumentState.DRAFT
    assert sheet.sign.isEnabled()  # the new page is shown: now it may be signed
    sheet.close()
