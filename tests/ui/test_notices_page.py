"""奖惩文书: candidates, preview of many, register, void, delivery, starting number; 系统."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from daomao_desktop.domain.accounts import OperatorRole
from daomao_desktop.domain.notices import DocumentState
from daomao_desktop.domain.scheme import YearState
from daomao_desktop.domain.scheme_settings import SchemeSettings
from daomao_desktop.services import accounts, demo, notices, overview
from daomao_desktop.services.accounts import OperatorDraft
from daomao_desktop.services.overview import DueKind
from daomao_desktop.store import assessment as store
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.pages import system_forms
from daomao_desktop.ui.pages.notices import NoticesPage
from daomao_desktop.ui.pages.system import SystemPage
from tests.ui.conftest import settle
from tests.ui.notices_window import entered, form_of, preview_of, sign_only


@pytest.fixture
def page(qtbot: QtBot, town_context: Context) -> NoticesPage:
    return entered(qtbot, town_context, Place("notices", year=2025))


def _issue_all(qtbot: QtBot, page: NoticesPage, context: Context) -> None:
    page._on_all()
    sheet = preview_of(page)
    settle(qtbot, context.operations)
    assert sheet.sign.text() == "签发这 7 份并打印…"
    sign_only(qtbot, context, sheet)
    sheet.close()
    settle(qtbot, context.operations)


def test_what_the_year_calls_for(page: NoticesPage) -> None:
    kinds = [row.kind.value for row in page.candidates.model.rows]
    assert kinds == (["通报批评"] * 2 + ["岗位补贴扣减通知"] * 2 + ["表彰通报"] + ["荣誉证书"] * 2)
    assert "待签发 7 份" in page.header.note.text()
    assert page.candidates.table.current_row() == 0


def test_all_are_signed_off_together_and_printed_again_unchanged(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    _issue_all(qtbot, page, town_context)
    desk = town_context.desk
    rows = notices.list_notices(desk)
    assert len(rows) == 7
    assert {row.state for row in rows} == {DocumentState.ISSUED}
    assert not page.all.isEnabled()
    first = {row.uid: notices.stored_pdf(desk, row.uid) for row in rows}
    page.tabs.setCurrentIndex(1)
    page.register.table.selectRow(0)
    page.print_entry()
    settle(qtbot, town_context.operations)
    sheet = preview_of(page)
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
    sheet = preview_of(page)
    assert sheet.sign.isEnabled()
    sheet.dated.setText("2026-2-1")
    sheet._on_dates()
    settle(qtbot, town_context.operations)
    assert "晚于今天" in sheet.banner.words.text()
    assert not sheet.sign.isEnabled()
    sheet.close()


def _forget_meeting(context: Context, person_uid: str | None) -> None:
    """As in a year decided from a spreadsheet that named no branch meeting."""
    with context.desk.store.writing(context.desk.operator.uid) as session:
        row = store.year_row(session, 2025)
        assert row is not None
        for one in store.assessments_in(session, row.uid):
            if one.person_uid == person_uid:
                one.proposal_meeting_on = None


def test_a_meeting_nobody_named_is_asked_for_and_not_lent(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    first, second = page.candidates.model.rows[:2]
    for row in (first, second):
        _forget_meeting(town_context, row.person_uid)
    page.refresh()
    settle(qtbot, town_context.operations)
    assert [row.needs_meeting for row in page.candidates.model.rows[:3]] == [True, True, False]
    assert page.all.isEnabled()
    page._on_all()
    settle(qtbot, town_context.operations)
    sheet = preview_of(page)
    assert "支部会议日期" in sheet.banner.words.text()
    assert not sheet.sign.isEnabled()
    assert notices.list_notices(town_context.desk) == ()
    sheet.meeting.setText("20251212")
    sheet._on_dates()
    settle(qtbot, town_context.operations)
    assert sheet.sign.isEnabled()
    sheet._on_sign()  # the second one still lacks its day: it is shown, nothing is signed
    settle(qtbot, town_context.operations)
    assert sheet._at == 1
    assert sheet.meeting.text() == ""
    states = {row.state for row in notices.list_notices(town_context.desk)}
    assert states == {DocumentState.DRAFT}
    sheet.meeting.setText("20251215")
    sheet._on_dates()
    settle(qtbot, town_context.operations)
    sheet._show(0)
    assert sheet.meeting.day() == date(2025, 12, 12)
    settle(qtbot, town_context.operations)
    sheet.close()
    settle(qtbot, town_context.operations)
    meetings = {row.person_uid: row.meeting for row in notices.list_notices(town_context.desk)}
    assert meetings[first.person_uid] == date(2025, 12, 12)
    assert meetings[second.person_uid] == date(2025, 12, 15)


def test_what_cannot_be_issued_is_not_counted_as_waiting(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    """The same numbers here and on the first page, drafted or not."""
    for row in page.candidates.model.rows[:2]:
        _forget_meeting(town_context, row.person_uid)
    third = page.candidates.model.rows[2]
    notices.draft_notice(town_context.desk, third.kind, 2025, third.person_uid)
    page.refresh()
    settle(qtbot, town_context.operations)
    assert page.header.note.text().endswith(" · 待签发 5 份，另有 2 份还缺条件")
    due = overview.overview(town_context.desk, 2026).due
    told = [one.sentence for one in due if one.kind is DueKind.NOTICES and one.year == 2025]
    assert told == ["2025年度文书：待签发 5 份，另有 2 份还缺条件。"]
    assert not [one for one in due if one.kind is DueKind.DRAFTS]  # the draft is told already


def test_before_the_year_is_in_force_no_meeting_is_asked_for(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    uid = page.candidates.model.rows[0].person_uid
    _forget_meeting(town_context, uid)
    with town_context.desk.store.writing(town_context.desk.operator.uid) as session:
        row = store.year_row(session, 2025)
        assert row is not None
        row.state = YearState.PUBLIC_NOTICE
    page.refresh()
    settle(qtbot, town_context.operations)
    assert not any(row.needs_meeting for row in page.candidates.model.rows)
    possible = [row.kind.value for row in page.candidates.model.rows if not row.problem]
    assert possible == ["公示"]
    page.candidates.table.selectRow(1)
    page.print_entry()
    assert "尚未生效" in page.banner.words.text()


def test_voiding_keeps_the_number_and_needs_a_reason(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    _issue_all(qtbot, page, town_context)
    page.tabs.setCurrentIndex(1)
    page.register.table.selectRow(0)
    row = page.register.current()
    assert row is not None
    page.issued.void_one()
    sheet = form_of(page)
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
    page.issued.deliver()
    sheet = form_of(page)
    sheet.form.put("receipt", "本人签收")
    sheet._on_save()
    settle(qtbot, town_context.operations)
    row = page.register.model.rows[0]
    assert (row.receipt, row.delivered_on) == ("本人签收", town_context.desk.today())


def test_a_draft_can_be_dropped(qtbot: QtBot, page: NoticesPage, town_context: Context) -> None:
    page.print_entry()
    settle(qtbot, town_context.operations)
    preview_of(page).close()
    settle(qtbot, town_context.operations)
    page.tabs.setCurrentIndex(1)
    page.register.table.selectRow(0)
    assert page.register.current() is not None
    page.issued.void_one()  # a draft is not voided: the page says what to choose
    assert "已签发" in page.banner.words.text()
    page.issued.drop()
    button = next(b for b in page.window().findChildren(QPushButton) if b.text() == "删除草稿")
    button.click()
    settle(qtbot, town_context.operations)
    assert notices.list_notices(town_context.desk) == ()


def test_the_starting_number_is_set_once(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    page.issued.set_numbers()
    settle(qtbot, town_context.operations)
    sheet = form_of(page)
    box = sheet.form.rows.field("prefix")
    assert isinstance(box, QComboBox)
    offered = [box.itemText(number) for number in range(1, box.count())]
    assert offered[:4] == ["大茂党", "大茂府", "大茂纪", "联光党支"]
    assert len(offered) == len(set(offered))
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


def test_the_towns_names_are_changed(qtbot: QtBot, town_context: Context) -> None:
    page = SystemPage(town_context)
    qtbot.addWidget(page)
    page.enter()
    settle(qtbot, town_context.operations)
    system_forms.town(page, town_context, accounts.office(town_context.desk))
    sheet = form_of(page)
    sheet.form.put("prefix", "大茂〔2026〕")
    sheet._on_save()
    assert sheet.form.rows.error("prefix")
    sheet.form.put("prefix", "茂党")
    sheet._on_save()
    settle(qtbot, town_context.operations)
    assert accounts.office(town_context.desk).prefix == "茂党"


def test_an_operator_is_put_out_of_use(qtbot: QtBot, town_context: Context) -> None:
    desk = town_context.desk
    draft = OperatorDraft("周经办", "经办", OperatorRole.TOWN_CLERK, "jingban-2026")
    accounts.add_operator(desk, draft, demo.PASSWORD)
    page = SystemPage(town_context)
    qtbot.addWidget(page)
    page.enter()
    settle(qtbot, town_context.operations)
    stops = [b for b in page.findChildren(QPushButton) if b.accessibleName() == "停用经办"]
    assert len(stops) == 1
    stops[0].click()
    agree = next(b for b in page.window().findChildren(QPushButton) if b.text() == "停用")
    agree.click()
    settle(qtbot, town_context.operations)
    assert [one.label for one in accounts.list_operators(desk)] == [desk.operator.label]


def test_preview_is_grey_over_an_empty_list_and_asks_for_a_row_where_none_is_chosen(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    assert page.open.isEnabled()
    page.candidates.table.clearSelection()
    page.open.click()
    assert "请先选文书" in page.banner.words.text()
    page.search.setText("查无此人")
    page._filter()
    assert not page.open.isEnabled()
    assert "没有可以预览的" in page.open.toolTip()
    page.tabs.setCurrentIndex(2)
    page.search.clear()
    page._filter()
    assert page.open.isEnabled()
    page.tabs.setCurrentIndex(1)  # nothing has a number yet
    assert page.open.isEnabled() is bool(page.register.shown_count)
