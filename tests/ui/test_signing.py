"""签发 asks once, by name and number, before anything is numbered."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeWidget
from pytestqt.qtbot import QtBot

from daomao_desktop.domain.freeform import FreeformDraft, Organ
from daomao_desktop.domain.notices import DocumentState
from daomao_desktop.services import freeform, notices
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.dialogs.preview import PreviewSheet
from daomao_desktop.ui.dialogs.signing import SigningSheet
from daomao_desktop.ui.pages.notices import NoticesPage
from daomao_desktop.ui.printing import TO_FILE, page_count
from tests.ui.conftest import settle
from tests.ui.notices_window import all_previewed, asked, entered

LEFT = Qt.MouseButton.LeftButton
pytestmark = pytest.mark.usefixtures("no_printers")


@pytest.fixture
def page(qtbot: QtBot, town_context: Context) -> NoticesPage:
    return entered(qtbot, town_context, Place("notices", year=2025))


@pytest.fixture
def sheet(qtbot: QtBot, page: NoticesPage, town_context: Context) -> PreviewSheet:
    """The preview of all seven papers the year calls for."""
    return all_previewed(qtbot, town_context, page)


def _rows(table: QTreeWidget) -> list[tuple[str, ...]]:
    items = (table.topLevelItem(row) for row in range(table.topLevelItemCount()))
    return [tuple(one.text(column) for column in range(4)) for one in items if one is not None]


def _states(context: Context) -> set[DocumentState]:
    return {row.state for row in notices.list_notices(context.desk)}


def test_one_click_on_sign_numbers_nothing_and_names_what_would_be(
    qtbot: QtBot, sheet: PreviewSheet, town_context: Context
) -> None:
    qtbot.mouseClick(sheet.sign, LEFT)
    settle(qtbot, town_context.operations)
    (question,) = sheet.findChildren(SigningSheet)
    assert _states(town_context) == {DocumentState.DRAFT}
    assert len(notices.list_notices(town_context.desk)) == 1  # only the one looked at
    words = question.numbers.text()
    assert words.startswith("将编文号：")
    rows = _rows(question.papers)
    assert len(rows) == 7
    names = {row.name for row in notices.notice_candidates(town_context.desk, 2025) if row.name}
    assert {row[2] for row in rows[:4]} <= names
    assert {row[3] for row in rows} == {"2026年1月20日"}
    assert all(row[0].partition("〔")[0] in words for row in rows)
    QTest.keyClick(question, Qt.Key.Key_Escape)
    settle(qtbot, town_context.operations)
    qtbot.waitUntil(sheet.sign.isEnabled)
    assert _states(town_context) == {DocumentState.DRAFT}
    sheet.close()


def test_what_is_confirmed_is_signed_under_those_numbers_and_printed(
    qtbot: QtBot, sheet: PreviewSheet, town_context: Context, tmp_path: Path
) -> None:
    question = asked(qtbot, town_context, sheet)
    promised = {row[0] for row in _rows(question.papers)}
    out = tmp_path / "全部.pdf"
    question.printer.set_value(TO_FILE)
    question.file.setText(str(out))
    qtbot.mouseClick(question.print_button, LEFT)
    settle(qtbot, town_context.operations)
    qtbot.waitUntil(lambda: "已存为" in sheet.banner.words.text(), timeout=20_000)
    rows = notices.list_notices(town_context.desk)
    assert {row.number for row in rows} == promised
    desk = town_context.desk
    pages = sum(page_count(notices.stored_pdf(desk, row.uid)) for row in rows)
    assert page_count(out.read_bytes()) >= pages
    sheet.close()


def test_when_the_numbers_have_moved_on_it_is_asked_again(
    qtbot: QtBot, sheet: PreviewSheet, town_context: Context
) -> None:
    question = asked(qtbot, town_context, sheet)
    first = next(row[0] for row in _rows(question.papers) if row[1] == "表彰通报")
    desk = town_context.desk
    draft = FreeformDraft(
        organ=Organ.TOWN_COMMITTEE, title="抢先的", body=("一。",), dated=desk.today()
    )
    notices.issue_notice(desk, freeform.save_freeform(desk, draft))
    question.sign_only.click()
    settle(qtbot, town_context.operations)
    (again,) = [one for one in sheet.findChildren(SigningSheet) if one.isVisible()]
    assert "不是刚才列出的" in again.banner.words.text()
    rows = _rows(again.papers)
    assert rows[0][1] == "表彰通报"
    assert rows[0][0] != first
    again.sign_only.click()
    settle(qtbot, town_context.operations)
    assert sheet.all_issued
    numbers = [r.number for r in notices.list_notices(desk) if r.number is not None]
    assert len(numbers) == len(set(numbers)) == 8
    sheet.close()
