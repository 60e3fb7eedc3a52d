"""奖惩文书: candidates, preview of many, register, void, delivery, starting number; 系统."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from daomao_desktop.domain.notices import DocumentState
from daomao_desktop.domain.scheme_settings import SchemeSettings
from daomao_desktop.services import accounts, notices
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.dialogs.form_sheet import FormSheet
from daomao_desktop.ui.dialogs.preview import PreviewSheet
from daomao_desktop.ui.dialogs.print_sheet import PrintSheet
from daomao_desktop.ui.pages.notices import NoticesPage
from daomao_desktop.ui.pages.system import SystemPage
from tests.ui.conftest import settle


@pytest.fixture
def page(qtbot: QtBot, town_context: Context) -> NoticesPage:
    made = NoticesPage(town_context)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.enter(Place("notices", year=2025))
    settle(qtbot, town_context.operations)
    return made


def _preview(page: NoticesPage) -> PreviewSheet:
    sheet = page.window().findChild(PreviewSheet)
    assert isinstance(sheet, PreviewSheet)
    return sheet


def _form(page: NoticesPage | SystemPage) -> FormSheet[object]:
    sheet = page.window().findChild(FormSheet)
    assert isinstance(sheet, FormSheet)
    return sheet


def _issue_all(qtbot: QtBot, page: NoticesPage, context: Context) -> None:
    page._on_all()
    sheet = _preview(page)
    settle(qtbot, context.operations)
    assert sheet.sign.text() == "签发这 5 份并打印"
    sheet._on_sign()
    settle(qtbot, context.operations)
    for dialog in sheet.findChildren(PrintSheet):
        dialog.close()
    sheet.close()
    settle(qtbot, context.operations)


def test_what_the_year_calls_for(page: NoticesPage) -> None:
    kinds = [row.kind.value for row in page.candidates.model.rows]
    assert kinds == ["通报批评"] * 2 + ["岗位补贴扣减通知"] * 2 + ["表彰通报"]
    assert "待签发 5 份" in page.header.note.text()
    assert page.candidates.table.current_row() == 0


def test_all_are_signed_off_together_and_printed_again_unchanged(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    _issue_all(qtbot, page, town_context)
    desk = town_context.desk
    rows = notices.list_notices(desk)
    assert len(rows) == 5
    assert {row.state for row in rows} == {DocumentState.ISSUED}
    assert not page.all.isEnabled()
    first = {row.uid: notices.stored_pdf(desk, row.uid) for row in rows}
    page.tabs.setCurrentIndex(1)
    page.register.table.selectRow(0)
    page.print_entry()
    settle(qtbot, town_context.operations)
    sheet = _preview(page)
    assert not sheet.sign.isVisible()
    assert sheet.print_only.isVisible()
    assert sheet.pane.pages >= 1
    sheet.close()
    assert {row.uid: notices.stored_pdf(desk, row.uid) for row in rows} == first


def test_a_wrong_date_is_said_and_nothing_signed(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    page.print_entry()
    settle(qtbot, town_context.operations)
    sheet = _preview(page)
    assert sheet.sign.isEnabled()
    sheet.dated.setText("2026-2-1")
    sheet._on_dates()
    settle(qtbot, town_context.operations)
    assert "晚于今天" in sheet.banner.words.text()
    assert not sheet.sign.isEnabled()
    sheet.close()


def test_voiding_keeps_the_number_and_needs_a_reason(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    _issue_all(qtbot, page, town_context)
    page.tabs.setCurrentIndex(1)
    page.register.table.selectRow(0)
    row = page.register.current()
    assert row is not None
    page._on_void()
    sheet = _form(page)
    sheet._on_save()
    assert sheet.form.rows.error("reason")
    sheet.form.put("reason", "姓名打错")
    sheet._on_save()
    settle(qtbot, town_context.operations)
    after = next(r for r in page.register.model.rows if r.uid == row.uid)
    assert (after.state, after.number) == (DocumentState.VOID, row.number)
    assert after.void_reason == "姓名打错"


def test_delivery_is_recorded(qtbot: QtBot, page: NoticesPage, town_context: Context) -> None:
    _issue_all(qtbot, page, town_context)
    page.tabs.setCurrentIndex(1)
    page.register.table.selectRow(0)
    page._on_delivered()
    sheet = _form(page)
    sheet.form.put("receipt", "本人签收")
    sheet._on_save()
    settle(qtbot, town_context.operations)
    row = page.register.model.rows[0]
    assert (row.receipt, row.delivered_on) == ("本人签收", town_context.desk.today())


def test_a_draft_can_be_dropped(qtbot: QtBot, page: NoticesPage, town_context: Context) -> None:
    page.print_entry()
    settle(qtbot, town_context.operations)
    _preview(page).close()
    settle(qtbot, town_context.operations)
    page.tabs.setCurrentIndex(1)
    page.register.table.selectRow(0)
    assert page.register.current() is not None
    page._on_void()  # a draft is not voided: the page says what to choose
    assert "已签发" in page.banner.words.text()
    page._on_drop()
    button = next(
        b
        for b in page.window().findChildren(QPushButton)
        if b.text() == "删除草稿" and b is not page.drop
    )
    button.click()
    settle(qtbot, town_context.operations)
    assert notices.list_notices(town_context.desk) == ()


def test_the_starting_number_is_set_once(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    page._on_numbers()
    settle(qtbot, town_context.operations)
    sheet = _form(page)
    sheet.form.put("prefix", "联光党支")
    sheet.form.put("n", 7)
    sheet._on_save()
    settle(qtbot, town_context.operations)
    _issue_all(qtbot, page, town_context)
    numbers = {row.number for row in notices.list_notices(town_context.desk)}
    assert "联光党支〔2026〕7号" in numbers


def test_the_settings_are_kept_and_wrong_ones_said(qtbot: QtBot, town_context: Context) -> None:
    page = SystemPage(town_context)
    qtbot.addWidget(page)
    page.enter()
    settle(qtbot, town_context.operations)
    page.tabs.setCurrentIndex(1)
    page.scheme.put("weight_tasks", 25)
    page.save_entry()
    settle(qtbot, town_context.operations)
    assert page.scheme.rows.error("weight_roles")
    assert page.unsaved()
    page.scheme.put("weight_satisfaction", 25)
    page.save_entry()
    settle(qtbot, town_context.operations)
    kept = accounts.scheme_settings(town_context.desk)
    assert kept == SchemeSettings(weight_tasks=25, weight_satisfaction=25)
    assert not page.unsaved()


def test_the_self_check_answers(qtbot: QtBot, town_context: Context) -> None:
    page = SystemPage(town_context)
    qtbot.addWidget(page)
    page.enter()
    page._on_check()
    settle(qtbot, town_context.operations)
    assert page.check_words.text().startswith("✓")
