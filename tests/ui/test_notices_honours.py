"""奖惩文书: the public notice, the ten best and the form of the commendation."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from daomao_desktop.domain.notice_settings import CommendationForm, NoticeSettings
from daomao_desktop.domain.notices import DocumentKind, DocumentState
from daomao_desktop.domain.scheme import YearState
from daomao_desktop.services import notices
from daomao_desktop.services.notice_settings import save_notice_settings
from daomao_desktop.store import assessment as store
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.dialogs.preview import PreviewSheet
from daomao_desktop.ui.dialogs.print_sheet import PrintSheet
from daomao_desktop.ui.dialogs.ten_best import TenBestSheet
from daomao_desktop.ui.dialogs.wanted import Wanted
from daomao_desktop.ui.pages.notices import NoticesPage
from tests.services.notice_office import text_of
from tests.ui.conftest import settle
from tests.ui.notices_window import asked, entered, form_of, preview_of


@pytest.fixture
def page(qtbot: QtBot, town_context: Context) -> NoticesPage:
    return entered(qtbot, town_context, Place("notices", year=2025))


def _set_back(context: Context, state: YearState) -> None:
    """As if the year 2025 had not gone further than that."""
    with context.desk.store.writing(context.desk.operator.uid) as session:
        row = store.year_row(session, 2025)
        assert row is not None
        row.state = state
        for step in store.steps_of(session, row.uid):
            if step.state.order > state.order:
                step.deleted_at = session.info["at"]


def _public_notice(
    qtbot: QtBot, page: NoticesPage, context: Context, state: YearState
) -> PreviewSheet:
    """Its preview, in a year that has come as far as that."""
    _set_back(context, state)
    page.refresh()
    settle(qtbot, context.operations)
    page.candidates.table.selectRow(0)
    page.print_entry()
    settle(qtbot, context.operations)
    sheet = preview_of(page)
    sheet.show()
    return sheet


def test_the_public_notice_in_three_steps_from_the_decision(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    sheet = _public_notice(qtbot, page, town_context, YearState.DECIDED)
    assert sheet.heading.text() == "公示（草稿）"
    assert sheet.days.dated_label.text() == "张贴日期"
    assert sheet.until.isVisible()
    assert not sheet.meeting.isVisible()
    sheet.dated.setText("20260105")
    sheet.until.setText("2026-1-9")
    sheet._on_dates()
    settle(qtbot, town_context.operations)
    assert "至少公示到2026年1月12日" in sheet.banner.words.text()
    assert not sheet.sign.isEnabled()
    sheet.until.setText("2026-1-14")
    sheet._on_dates()
    settle(qtbot, town_context.operations)
    question = asked(qtbot, town_context, sheet)
    assert question.numbers.text() == "这类文书不编文号。"
    question.sign_only.click()
    settle(qtbot, town_context.operations)
    (row,) = notices.list_notices(town_context.desk)
    assert (row.state, row.number) == (DocumentState.ISSUED, None)
    assert (row.dated, row.until) == (date(2026, 1, 5), date(2026, 1, 14))
    sheet.close()
    settle(qtbot, town_context.operations)
    page.tabs.setCurrentIndex(1)
    page.register.table.selectRow(0)
    assert page.register.model.index(0, 0).data() == "（不编号）"
    buttons = [one for one in page.findChildren(QPushButton) if "张贴" in one.text()]
    buttons[0].click()
    form = form_of(page)
    assert form.windowTitle() == "登记张贴"
    form.form.put("on", date(2026, 1, 5))
    form.form.put("receipt", "镇公示栏")
    form._on_save()
    settle(qtbot, town_context.operations)
    assert page.register.model.rows[0].receipt == "镇公示栏"


def test_what_is_doubtful_about_the_days_is_said_above_the_page(
    qtbot: QtBot, town_context: Context
) -> None:
    _set_back(town_context, YearState.DECIDED)
    wanted = Wanted(DocumentKind.PUBLIC_NOTICE, 2025, None, doubt="请对照放假通知核对。")
    sheet = PreviewSheet(town_context, [wanted])
    qtbot.addWidget(sheet)
    settle(qtbot, town_context.operations)
    assert sheet.banner.words.text() == "请对照放假通知核对。"
    assert sheet.sign.isEnabled()
    sheet.close()


def test_where_the_posting_is_recorded_its_day_is_not_asked_for(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    sheet = _public_notice(qtbot, page, town_context, YearState.PUBLIC_NOTICE)
    assert not sheet.dated.isVisible()
    assert sheet.until.isVisible()
    sheet.close()
    settle(qtbot, town_context.operations)
    (row,) = notices.list_notices(town_context.desk)
    assert row.dated == date(2026, 1, 5)


def test_the_ten_best_are_chosen_on_the_commendations_page(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    kinds = [row.kind for row in page.candidates.model.rows]
    page.candidates.table.selectRow(kinds.index(DocumentKind.COMMENDATION))
    page.print_entry()
    settle(qtbot, town_context.operations)
    sheet = preview_of(page)
    sheet.show()
    assert sheet.best.isVisible()
    sheet.best.click()
    settle(qtbot, town_context.operations)
    chooser = sheet.findChild(TenBestSheet)
    assert isinstance(chooser, TenBestSheet)
    first = chooser.people.list.item(0)
    name = first.text().split("　")[0]
    first.setCheckState(Qt.CheckState.Checked)
    chooser.choose.click()
    settle(qtbot, town_context.operations)
    sheet._on_dates()  # setting the page anew keeps the choice
    settle(qtbot, town_context.operations)
    (row,) = notices.list_notices(town_context.desk)
    text = text_of(notices.preview(town_context.desk, row.uid))
    assert f"“十佳”村民小组长（1名）：{name}" in text
    sheet.close()


def test_the_form_of_the_commendation_is_named(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    save_notice_settings(town_context.desk, NoticeSettings(CommendationForm.DECISION))
    page.refresh()
    settle(qtbot, town_context.operations)
    row = [one.kind for one in page.candidates.model.rows].index(DocumentKind.COMMENDATION)
    assert page.candidates.model.index(row, 0).data() == "表彰决定"
    page.candidates.table.selectRow(row)
    page.print_entry()
    settle(qtbot, town_context.operations)
    sheet = preview_of(page)
    assert sheet.heading.text() == "表彰决定（草稿）"
    sheet.close()


def test_a_public_notice_is_not_offered_on_both_sides(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    sheet = _public_notice(qtbot, page, town_context, YearState.PUBLIC_NOTICE)
    question = asked(qtbot, town_context, sheet)
    assert not question.duplex.isVisible()
    assert any("贴在墙上" in one.text() for one in question.findChildren(QLabel))
    question.sign_only.click()
    settle(qtbot, town_context.operations)
    qtbot.mouseClick(sheet.print_only, Qt.MouseButton.LeftButton)
    settle(qtbot, town_context.operations)
    (dialog,) = [one for one in sheet.findChildren(PrintSheet) if one.isVisible()]
    assert not dialog.duplex.isVisible()
    assert any("贴在墙上" in one.text() for one in dialog.findChildren(QLabel))
    dialog.close()
    sheet.close()
    settle(qtbot, town_context.operations)
