"""发文登记簿: papers the office wrote, saving many as PDF, printing the register; signing many."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from daomao_desktop.domain.accounts import OperatorRole
from daomao_desktop.domain.freeform import FreeformDraft, Organ
from daomao_desktop.domain.notices import DocumentKind, DocumentState
from daomao_desktop.errors import FileProblem
from daomao_desktop.services import freeform, notice_runs, notices
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.dialogs.freeform import FreeformSheet
from daomao_desktop.ui.dialogs.preview import PreviewSheet
from daomao_desktop.ui.dialogs.print_sheet import PrintSheet
from daomao_desktop.ui.dialogs.save_all import SaveAllSheet
from daomao_desktop.ui.dialogs.table_preview import TablePreviewSheet
from daomao_desktop.ui.dialogs.wanted import Wanted
from daomao_desktop.ui.operations import Job
from daomao_desktop.ui.pages.notices import NoticesPage
from daomao_desktop.ui.printing import page_count
from tests.ui.conftest import settle
from tests.ui.notices_window import asked, notices_page, sign_only


@pytest.fixture
def page(qtbot: QtBot, town_context: Context) -> NoticesPage:
    return notices_page(qtbot, town_context)


def enter(qtbot: QtBot, page: NoticesPage) -> None:
    page.enter(Place("notices", tab="register", year=2025))
    settle(qtbot, page.context.operations)


def draft(context: Context, title: str) -> str:
    day = context.desk.today()
    made = FreeformDraft(
        organ=Organ.TOWN_GOVERNMENT, title=title, body=("请按时参加。",), dated=day
    )
    return freeform.save_freeform(context.desk, made)


def issued(context: Context, *titles: str) -> list[str]:
    uids = [draft(context, title) for title in titles]
    for uid in uids:
        notices.issue_notice(context.desk, uid)
    return uids


def editor(page: NoticesPage) -> FreeformSheet:
    (sheet,) = [s for s in page.window().findChildren(FreeformSheet) if s.isVisible()]
    return sheet


def wanted(context: Context, *titles: str) -> list[Wanted]:
    return [
        Wanted(DocumentKind.FREEFORM, 2026, None, draft(context, title), name=title)
        for title in titles
    ]


def preview(qtbot: QtBot, page: NoticesPage, documents: list[Wanted]) -> PreviewSheet:
    sheet = PreviewSheet(page.context, documents, page)
    sheet.open()
    settle(qtbot, page.context.operations)
    return sheet


def test_a_paper_is_written_from_the_page_and_goes_on_from_the_register(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    enter(qtbot, page)
    page.new_entry()
    settle(qtbot, town_context.operations)
    sheet = editor(page)
    sheet.form.put("title", "关于开会的通知")
    sheet._on_save()
    settle(qtbot, town_context.operations)
    sheet.reject()
    (row,) = page.register.model.rows
    assert (row.title, row.state) == ("关于开会的通知", DocumentState.DRAFT)
    page.register.table.selectRow(0)
    page.print_entry()
    settle(qtbot, town_context.operations)
    assert editor(page).form.draft().title == "关于开会的通知"
    editor(page).reject()


def test_one_signed_off_is_shown_and_another_written_like_it(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    issued(town_context, "关于防汛的通知")
    enter(qtbot, page)
    page.issued.write_like()
    assert "选中一份自拟公文" in page.banner.words.text()
    page.register.table.selectRow(0)
    page.print_entry()
    settle(qtbot, town_context.operations)
    (sheet,) = page.window().findChildren(PreviewSheet)
    assert sheet.print_only.isVisible()
    sheet.close()
    page.issued.write_like()
    settle(qtbot, town_context.operations)
    assert editor(page).form.draft().title == "关于防汛的通知"
    assert editor(page)._uid is not None
    editor(page).reject()


def test_who_may_only_read_writes_nothing(qtbot: QtBot, town_context: Context) -> None:
    desk = town_context.desk
    reader = replace(desk, operator=replace(desk.operator, role=OperatorRole.TOWN_READER))
    page = NoticesPage(replace(town_context, desk=reader))
    qtbot.addWidget(page)
    assert not page.write.isEnabled()
    assert "不能" in page.write.toolTip()
    page.new_entry()
    assert page.window().findChild(FreeformSheet) is None
    assert not page.issued.copy.isEnabled()


def test_the_register_is_printed_of_the_year_of_the_row(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    issued(town_context, "关于防汛的通知")
    enter(qtbot, page)
    page.issued.print_register()
    settle(qtbot, town_context.operations)
    (sheet,) = page.window().findChildren(TablePreviewSheet)
    assert "2026" in sheet.windowTitle()
    sheet.reject()


def test_all_are_saved_one_file_each_or_as_one(
    qtbot: QtBot, page: NoticesPage, town_context: Context, tmp_path: Path
) -> None:
    enter(qtbot, page)
    page.issued.save_all()
    assert "还没有已签发" in page.banner.words.text()
    issued(town_context, "关于防汛的通知", "关于抗旱的通知")
    draft(town_context, "还是草稿")
    page.refresh()
    settle(qtbot, town_context.operations)
    page.issued.save_all()
    (sheet,) = page.window().findChildren(SaveAllSheet)
    assert sheet.path.text().endswith("2026年度文书")
    assert not sheet.sides.isVisible()
    sheet.path.setText("")
    sheet._on_save()
    assert sheet.rows.error("path")
    folder = tmp_path / "文书"
    sheet.path.setText(str(folder))
    for _ in range(2):  # the second run replaces the files of the first
        sheet._on_save()
        settle(qtbot, town_context.operations)
        assert "2 份已存到" in sheet.banner.words.text()
    assert sorted(path.name for path in folder.iterdir()) == [
        "大茂府〔2026〕1号 关于防汛的通知.pdf",
        "大茂府〔2026〕2号 关于抗旱的通知.pdf",
    ]
    sheet.merged.setChecked(True)
    assert sheet.path.text() == str(tmp_path / "文书.pdf")  # what was typed is not lost
    assert sheet.sides.isVisible()
    sheet.sides.setChecked(True)
    sheet.path.setText(str(tmp_path / "全部"))
    sheet._on_save()
    settle(qtbot, town_context.operations)
    assert "已存到" in sheet.banner.words.text()
    assert page_count((tmp_path / "全部.pdf").read_bytes()) == 3
    sheet.reject()


def test_a_place_that_takes_nothing_is_said_in_one_sentence(
    qtbot: QtBot, page: NoticesPage, town_context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    uids = issued(town_context, "甲", "乙")

    def full(*_: object) -> None:
        raise FileProblem("磁盘已满，没有写成，请腾出空间后再试。")

    monkeypatch.setattr(notice_runs, "replace_file", full)
    sheet = SaveAllSheet(town_context, uids, "文书", page)
    sheet.open()
    sheet._on_save()
    settle(qtbot, town_context.operations)
    assert sheet.banner.words.text() == "磁盘已满，没有写成，请腾出空间后再试。"
    assert sheet.save.isEnabled()
    sheet.reject()


def _stop_after(monkeypatch: pytest.MonkeyPatch, done: int) -> None:
    real = Job.go_on

    def go_on(job: Job, at: int, total: int) -> bool:
        if at == done:
            job.cancel()
        return real(job, at, total)

    monkeypatch.setattr(Job, "go_on", go_on)


def test_saving_is_stopped_between_files(
    qtbot: QtBot,
    page: NoticesPage,
    town_context: Context,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sheet = SaveAllSheet(town_context, issued(town_context, "甲", "乙", "丙"), "文书", page)
    sheet.open()
    sheet.path.setText(str(tmp_path / "out"))
    _stop_after(monkeypatch, 1)
    sheet._on_save()
    settle(qtbot, town_context.operations)
    assert sheet.banner.words.text() == "已停止，存了 1 份，其余没有存。"
    assert len(list((tmp_path / "out").iterdir())) == 1
    sheet.reject()


def test_what_cannot_be_signed_is_listed_with_its_reason(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    sheet = preview(qtbot, page, wanted(town_context, "甲", "", "乙"))
    assert sheet.sign.text() == "签发这 3 份并打印…"
    question = asked(qtbot, town_context, sheet)
    assert question.numbers.text() == "将编文号：大茂府〔2026〕1号—2号"
    told = [one.text() for one in question.findChildren(QLabel)]
    assert any(
        words.startswith("另有 1 份这次不能签发：\n· 自拟公文：请填写标题") for words in told
    )
    question.sign_only.click()
    settle(qtbot, town_context.operations)
    words = sheet.banner.words.text()
    assert words.startswith("签发了 2 份，还有 1 份没有签发。\n自拟公文：请填写标题")
    assert not sheet.findChildren(PrintSheet)  # nothing is printed behind the operator's back
    assert sheet.print_only.text() == "打印已签发的 2 份…"
    assert sheet.sign.text() == "签发并打印…"
    assert sheet.save_all.isVisible()
    assert sheet.heading.text() == "自拟公文　甲（已签发）"
    assert sheet.place.text() == "第 1 / 3 份"
    sheet.close()


def test_signing_is_stopped_between_documents_and_goes_on_later(
    qtbot: QtBot, page: NoticesPage, town_context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = preview(qtbot, page, wanted(town_context, "甲", "乙", "丙"))
    question = asked(qtbot, town_context, sheet)
    with monkeypatch.context() as patched:
        _stop_after(patched, 2)
        question.sign_only.click()
        settle(qtbot, town_context.operations)
    assert sheet.banner.words.text() == "签发了 2 份，已停止，还有 1 份没有签发。"
    states = [row.state for row in notices.list_notices(town_context.desk)]
    assert sorted(state.value for state in states) == ["已签发", "已签发", "草稿"]
    assert sheet.sign.isEnabled()
    sign_only(qtbot, town_context, sheet)
    assert sheet.all_issued
    sheet.close()


def test_closing_while_signing_stops_first(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    sheet = preview(qtbot, page, wanted(town_context, "甲", "乙"))
    asked(qtbot, town_context, sheet).sign_only.click()
    sheet.reject()  # at once: the worker has not answered yet
    assert sheet.isVisible()
    settle(qtbot, town_context.operations)
    QApplication.processEvents()
    sheet.reject()
    settle(qtbot, town_context.operations)


def test_progress_and_stop_are_inside_the_dialog(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    sheet = preview(qtbot, page, wanted(town_context, "甲"))
    job = Job("正在签发…", None, lambda _job: None)
    job.done, job.total, job.cancellable = 1, 3, True
    town_context.operations.busy.emit(job)
    assert sheet.work.isVisible()
    assert sheet.work.words.text() == "正在签发…（1 / 3）"
    job.cancellable = False
    town_context.operations.busy.emit(job)
    assert not sheet.work.isVisible()
    town_context.operations.busy.emit(None)
    sheet.close()
