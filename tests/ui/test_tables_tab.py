"""表册: forms of chosen people or of all, summary and register, shown, printed, saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from daomao_desktop.domain.notices import DocumentKind
from daomao_desktop.errors import Refused
from daomao_desktop.services import roster, year_tables
from daomao_desktop.services.desk import Desk
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.dialogs.print_sheet import PrintSheet
from daomao_desktop.ui.dialogs.table_preview import TablePreviewSheet, open_form
from daomao_desktop.ui.operations import Job
from daomao_desktop.ui.pages.assessment import AssessmentPage
from daomao_desktop.ui.pages.notices import NoticesPage
from daomao_desktop.ui.printing import page_count
from tests.services.notice_office import issued, text_of
from tests.ui.conftest import Told, searched, settle
from tests.ui.notices_window import entered


@pytest.fixture
def page(qtbot: QtBot, town_context: Context) -> NoticesPage:
    return entered(qtbot, town_context, Place("notices", tab="tables", year=2025))


def shown(page: NoticesPage | AssessmentPage) -> TablePreviewSheet:
    sheet = [s for s in page.window().findChildren(TablePreviewSheet) if s.isVisible()][-1]
    assert isinstance(sheet, TablePreviewSheet)
    return sheet


def test_everyone_in_post_has_a_form(page: NoticesPage, town_context: Context) -> None:
    assert page.tabs.currentWidget() is page.tables
    papers = year_tables.table_papers(town_context.desk, 2025, DocumentKind.REGISTRATION)
    assert page.tables.pane.model.rows == papers
    assert len(papers) == 24
    assert page.year.isVisible()
    assert not page.all.isVisible()


def test_chosen_people_are_shown_together_with_enter(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    table = page.tables.pane.table
    page.preview()
    assert "请先选人" in page.banner.words.text()
    table.selectRow(0)
    page.print_entry()
    settle(qtbot, town_context.operations)
    one = shown(page)
    assert page.banner.words.text() == ""
    assert one.windowTitle() == page.tables.pane.model.row(0).title
    pages = one.pane.pages
    assert pages >= 2
    one.reject()
    table.selectAll()
    page.search.setText("联光村")
    page._filter()
    table.selectAll()
    page.print_entry()
    settle(qtbot, town_context.operations)
    many = shown(page)
    assert many.windowTitle() == "2025年度考核登记表（8人）"
    assert many.pane.pages == 8 * pages
    many.reject()


def test_all_forms_the_summary_and_the_register(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    for step, title in (
        (page.tables.all, "2025年度考核登记表（24人）"),
        (page.tables.summary, "汇总表"),
    ):
        step.click()
        settle(qtbot, town_context.operations)
        sheet = shown(page)
        assert title in sheet.windowTitle()
        assert sheet.pane.pages >= 1
        assert "共" in sheet.words.text()
        sheet.reject()
        settle(qtbot, town_context.operations)


def test_the_register_is_opened_by_the_year_of_its_numbers(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    """The year assessed is 2025, its papers are numbered 〔2026〕: both years are offered."""
    row = issued(town_context.desk, DocumentKind.CRITICISM, "吴𠮷")
    assert (row.year, row.number) == (2025, "联光党支〔2026〕1号")
    page.refresh()
    settle(qtbot, town_context.operations)
    menu = page.tables.register.menu()
    assert [action.text() for action in menu.actions()] == ["2026年", "2025年"]
    QTimer.singleShot(50, lambda: qtbot.keyClick(menu, Qt.Key.Key_Down))
    QTimer.singleShot(100, lambda: qtbot.keyClick(menu, Qt.Key.Key_Return))
    qtbot.mouseClick(page.tables.register, Qt.MouseButton.LeftButton)
    settle(qtbot, town_context.operations)
    sheet = shown(page)
    assert sheet.windowTitle() == "2026年度发文登记簿"
    text = text_of(sheet._pdf)
    assert "〔2026〕1号" in text
    assert "关于给予吴𠮷通报批评" in text
    sheet.reject()


def test_what_is_shown_is_printed_and_saved(
    qtbot: QtBot, page: NoticesPage, town_context: Context, tmp_path: Path
) -> None:
    page.tables.summary.click()
    settle(qtbot, town_context.operations)
    sheet = shown(page)
    sheet._on_print()
    settle(qtbot, town_context.operations)
    dialog = sheet.findChild(PrintSheet)
    assert isinstance(dialog, PrintSheet)
    out = tmp_path / "out.pdf"
    dialog.file.setText(str(out))
    dialog.printer.setCurrentIndex(dialog.printer.count() - 1)
    dialog._on_print()
    settle(qtbot, town_context.operations)
    assert page_count(out.read_bytes()) == sheet.pane.pages
    sheet._on_save()
    settle(qtbot, town_context.operations)
    (chooser,) = sheet.findChildren(QFileDialog)
    assert chooser.selectedFiles()[0].endswith("汇总表.pdf")
    chooser.fileSelected.emit(str(tmp_path / "saved.pdf"))
    chooser.close()
    settle(qtbot, town_context.operations)
    assert (tmp_path / "saved.pdf").read_bytes() == sheet._pdf
    sheet.reject()


def test_making_them_is_stopped_and_nothing_is_left(
    qtbot: QtBot, page: NoticesPage, town_context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []
    real = Job.progress

    def progress(job: Job, done: int, total: int) -> None:
        told.append(done)
        if done == 3:
            job.cancel()
        real(job, done, total)

    monkeypatch.setattr(Job, "progress", progress)
    page.tables.all.click()
    settle(qtbot, town_context.operations)
    assert max(told) == 3
    assert not [s for s in page.window().findChildren(TablePreviewSheet) if isValid(s)]


def test_a_year_without_forms_says_why(
    qtbot: QtBot, page: NoticesPage, town_context: Context
) -> None:
    page.enter(Place("notices", tab="tables", year=2026))
    settle(qtbot, town_context.operations)
    assert page.tables.pane.model.rows == ()
    words = page.tables.pane.empty._words.text()
    assert "村评" in words
    assert not page.tables.all.isEnabled()
    assert not page.tables.summary.isEnabled()


def test_the_assessment_page_leads_to_form_and_summary(qtbot: QtBot, town_context: Context) -> None:
    page = AssessmentPage(town_context)
    qtbot.addWidget(page)
    page.show()
    page.enter(Place("assessment", year=2025))
    settle(qtbot, town_context.operations)
    form, every, summary = page.papers.menu().actions()
    form.trigger()
    assert "请先选" in page.banner.words.text()
    page.pane.table.selectRow(0)
    for action, title in ((form, "登记表"), (every, "（24人）"), (summary, "汇总表")):
        action.trigger()
        settle(qtbot, town_context.operations)
        sheet = shown(page)
        assert title in sheet.windowTitle()
        sheet.reject()
        settle(qtbot, town_context.operations)


def test_somebody_without_a_form_is_told(
    qtbot: QtBot, town_context: Context, monkeypatch: pytest.MonkeyPatch, told: Told
) -> None:
    uid = roster.list_leaders(town_context.desk)[0].person_uid
    page = AssessmentPage(town_context)
    qtbot.addWidget(page)

    def refuse(desk: Desk, year: int, kind: DocumentKind) -> tuple[object, ...]:
        raise Refused("还在“筹备”。")

    open_form(town_context, 2025, "nobody", page, told.sentences.append)
    settle(qtbot, town_context.operations)
    monkeypatch.setattr(year_tables, "table_papers", refuse)
    open_form(town_context, 2025, uid, page, told.sentences.append)
    settle(qtbot, town_context.operations)
    assert told.sentences == ["2025年没有此人的登记表。", "还在“筹备”。"]


def test_the_forms_of_people_are_counted_as_people(qtbot: QtBot, town_context: Context) -> None:
    page = entered(qtbot, town_context, Place("notices", tab="tables", year=2025))
    page.search.setText("w")
    searched(qtbot, page.search)
    footer = page.tables.pane.footer.text()
    assert footer.endswith("人")
    assert "条" not in footer
    assert "份" not in footer
