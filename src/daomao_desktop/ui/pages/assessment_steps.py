"""Steps of the assessment year: advance, paper, correction, scoring, Excel, details."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.scheme import Edition, YearState
from daomao_desktop.services import assessment, assessment_workbook
from daomao_desktop.services.assessment import AssessmentRow, YearView
from daomao_desktop.services.desk import Changes
from daomao_desktop.services.revisions import assessment_revisions
from daomao_desktop.services.unsaved import Slot
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.form_sheet import FormSheet
from daomao_desktop.ui.dialogs.revisions import RevisionsSheet
from daomao_desktop.ui.dialogs.score_sheet import ScoreSheet
from daomao_desktop.ui.dialogs.table_preview import open_form
from daomao_desktop.ui.dialogs.year_details import YearDetailsSheet
from daomao_desktop.ui.forms.grading import (
    CorrectionForm,
    GradeDraft,
    PaperDraft,
    PaperForm,
    StepDraft,
    StepForm,
)
from daomao_desktop.ui.pages.base import Page
from daomao_desktop.ui.pages.excel_menu import ExcelMenu, Export, Import
from daomao_desktop.ui.pages.table_page import TablePane
from daomao_desktop.ui.widgets.row_menu import RowStep, only_one

_ADVICE = {
    YearState.PUBLIC_NOTICE: "公示在“奖惩文书”里起草打印，这里填的日期要与公示上的张贴日期相同。"
}


def advance(page: QWidget, context: Context, view: YearView) -> None:
    """The next step, with its day and the checklist of what is missing."""
    to = view.next_state
    if to is None:
        return
    desk = context.desk
    form = StepForm(to, view.missing)
    form.load(StepDraft(to, desk.today()))

    def keep(draft: StepDraft) -> Changes:
        assert draft.on is not None  # the form asked for it
        return assessment.advance(desk, view.year, to, draft.on, draft.acknowledged)

    FormSheet(
        f"{view.year}年度考核：进入“{to.value}”",
        form,
        context,
        keep,
        Slot("assessment", "step", to.name, view.year),
        note=f"现在是“{view.state.value}”。一次一步，填实际发生的日期。{_ADVICE.get(to, '')}",
        button=f"进入{to.value}",
        on_done=lambda _changes: context.tell(f"{view.year}年度考核：{to.value}"),
        width=560,
        parent=page.window(),
    ).open()


def send_back(page: QWidget, context: Context, view: YearView) -> None:
    """退回: from 镇审 back to 村评; proposals are open again, decisions entered so far stay."""
    desk, to = context.desk, YearState.VILLAGE
    form = StepForm(to, ())
    form.load(StepDraft(to, desk.today()))

    def keep(draft: StepDraft) -> Changes:
        assert draft.on is not None  # the form asked for it
        return assessment.advance(desk, view.year, to, draft.on)

    FormSheet(
        f"{view.year}年度考核：退回“{to.value}”",
        form,
        context,
        keep,
        Slot("assessment", "back", "", view.year),
        note="退回后村里可以改打分和建议等次，再上报、再镇审；镇里已经填的等次保留。",
        button="退回村评",
        on_done=lambda _changes: context.tell(f"{view.year}年度考核已退回村评。"),
        width=560,
        parent=page.window(),
    ).open()


def enter_paper(page: QWidget, context: Context, year: int, rows: Sequence[AssessmentRow]) -> None:
    """据镇文件录入: what the town's document says."""
    desk = context.desk
    form = PaperForm([(r.person_uid, r.name, r.decision or r.proposal) for r in rows])
    known = next((r for r in rows if r.paper_number), None)
    form.load(
        PaperDraft(known.paper_number or "" if known else "", known.paper_on if known else None, ())
    )

    def keep(draft: PaperDraft) -> Changes:
        assert draft.on is not None  # the form asked for it
        return assessment.enter_paper(desk, year, draft.number, draft.on, dict(draft.grades))

    FormSheet(
        f"{year}年度考核：据镇文件录入",
        form,
        context,
        keep,
        Slot("assessment", "paper", "", year),
        note="照镇里文件上的等次填写；先按村里的建议填好，请逐一核对。",
        width=560,
        parent=page.window(),
    ).open()


def correct(page: QWidget, context: Context, year: int, row: AssessmentRow) -> None:
    """A grade found wrong after 生效."""
    desk = context.desk
    form = CorrectionForm()
    form.load(GradeDraft())

    def keep(draft: GradeDraft) -> Changes:
        assert draft.grade is not None  # the form asked for it
        return assessment.correct_decision(
            desk, year, row.person_uid, draft.grade, draft.reason or ""
        )

    now = row.decision.value if row.decision else "没有等次"
    FormSheet(
        f"更正{row.name}的{year}年度等次",
        form,
        context,
        keep,
        Slot("assessment", "correction", row.person_uid, year),
        note=f"现在是“{now}”。已签发的文书如果受影响，要先作废。",
        button="更正",
        parent=page.window(),
    ).open()


def score(page: QWidget, context: Context, year: int, person_uid: str) -> None:
    """The scoring sheet of one leader."""
    ScoreSheet(context, year, person_uid, parent=page.window()).open()


def details(page: QWidget, context: Context, view: YearView) -> None:
    """What is missing, two-year runs, deductions."""
    YearDetailsSheet(context, view, parent=page.window()).open()


def row_steps(
    page: Page, context: Context, view: YearView | None, rows: Sequence[AssessmentRow]
) -> Sequence[RowStep]:
    """The menu of the rows."""
    if view is None:
        return ()
    one, desk, year = only_one(rows), context.desk, view.year
    scored = one or ("补录的年度没有打分表。" if view.history else "")

    def revisions() -> None:
        read = partial(assessment_revisions, desk, year, rows[0].person_uid)
        RevisionsSheet(context, f"{rows[0].name}{year}年度考核", read, page.window()).open()

    def form() -> None:
        open_form(context, year, rows[0].person_uid, page.window(), page.banner.tell_of_step)

    def sheet() -> None:
        page.guard(lambda: score(page, context, year, rows[0].person_uid))

    return (
        RowStep("打分表…", sheet, "回车", scored),
        RowStep("登记表…", form, refusal=one),
        RowStep("历次修改…", revisions, refusal=one),
    )


def excel_menu(
    page: QWidget, context: Context, pane: Callable[[], TablePane[AssessmentRow]]
) -> ExcelMenu:
    """Proposals and grades by spreadsheet, and grades of years before this program (补录)."""
    desk = context.desk
    year = context.working_year
    decisions = partial(assessment_workbook.import_decisions, desk)

    def proposed(uids: Sequence[str] | None) -> Callable[[Path], object]:
        return partial(assessment_workbook.export_proposals, desk, year=year.year, person_uids=uids)

    def decided(uids: Sequence[str] | None) -> Callable[[Path], object]:
        return partial(assessment_workbook.export_decisions, desk, year=year.year, person_uids=uids)

    town = desk.edition is Edition.TOWN
    decide = context.refusal(Permission.DECIDE if town else Permission.RECORD)
    propose = context.refusal(Permission.PROPOSE)
    return ExcelMenu(
        page,
        context,
        pane,
        [
            Import(
                "导入建议等次",
                partial(assessment_workbook.import_proposals, desk),
                propose,
                ("proposals.xlsx", "建议等次模板"),
            ),
            Import(
                "导入确定等次",
                partial(decisions, history=False),
                decide,
                ("decisions.xlsx", "确定等次模板"),
            ),
            Import("补录往年等次", partial(decisions, history=True), decide),
        ],
        [
            Export("导出建议等次", "的建议等次", lambda: f"{year.year}年度建议等次.xlsx", proposed),
            Export("导出确定等次", "的确定等次", lambda: f"{year.year}年度确定等次.xlsx", decided),
        ],
    )
