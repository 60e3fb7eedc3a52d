"""What the summary of a year's grades and the register of its documents list (A2, A3)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import TYPE_CHECKING

from daomao_desktop.domain.privacy import mask_in_text
from daomao_desktop.domain.rewards import two_year_runs
from daomao_desktop.domain.scheme import Edition, Grade, YearState
from daomao_desktop.services.assessment_book import YearBook
from daomao_desktop.services.assessment_scores import scores
from daomao_desktop.services.assessment_sheet import AssessmentRow, rows_of
from daomao_desktop.services.assessment_year import has_paper
from daomao_desktop.services.notice_steps import row_of
from daomao_desktop.services.table_registration import corrections
from daomao_desktop.store import notices as store
from daomao_desktop.store.engine import Session

if TYPE_CHECKING:  # reportlab comes with the engine: loaded when a table is really made
    from daomao_desktop.documents.kinds.register import Register
    from daomao_desktop.documents.kinds.summary import Summary, SummaryRow


def summary(book: YearBook, dated: date) -> Summary:
    """Everyone's scores and grades, as proposed until the town has decided."""
    from daomao_desktop.documents.kinds.summary import Summary

    own = book.roster.own_village if book.edition is Edition.VILLAGE else None
    decided = book.state.order >= YearState.DECIDED.order
    decided = decided or (book.edition is Edition.VILLAGE and has_paper(book))
    planning = not decided and any(one.decision for one in book.assessments.values())
    rows = [
        _summary_row(book, row, decided=decided, planning=planning)
        for row in rows_of(book, scores(book))
        if own in (None, row.village_uid)
        and (row.person_uid in book.leaders or row.decision is not None)
    ]
    town, village = book.roster.town(), book.roster.villages.get(own or "")
    return Summary(
        town=town.name,
        village=village.name if village else "",
        organ=village.branch_name if village else town.committee_name,
        year=book.year,
        state=book.state,
        decided=decided,
        rows=tuple(rows),
        dated=dated,
    )


def _summary_row(
    book: YearBook, row: AssessmentRow, *, decided: bool, planning: bool
) -> SummaryRow:
    from daomao_desktop.documents.kinds.summary import SummaryRow

    uid = row.person_uid
    grade = row.decision if decided else Grade.UNGRADED if row.too_short else row.proposal
    known = book.grades_by_year.get(uid, {})
    others = {year: word for year, word in known.items() if year != book.year}
    found = two_year_runs({uid: {**others, book.year: grade} if grade else others}, book.year)
    remarks = []
    if grade is Grade.UNGRADED:
        short = book.short_reason(uid) if row.too_short else ""
        remarks.append(row.decision_reason or short)
    if uid in found.review:
        remarks.append("不称职年度有间断，请核对")
    remarks += [f"更正：{line}" for line in corrections(book.assessments.get(uid))]
    group = book.roster.groups.get(row.group_uid)
    assessment = book.assessments.get(uid)
    return SummaryRow(
        village=row.village,
        group=f"{group.number}组" if group and group.number is not None else row.group,
        name=row.name,
        months=row.months,
        village_score=row.village_score,
        town_score=row.town_score,
        total=row.total,
        rate=assessment.satisfaction_rate if assessment else None,
        grade=grade,
        previous=known.get(book.year - 1),
        planned=row.decision if planning else None,
        run=uid in found.runs,
        remark=mask_in_text("；".join(filter(None, remarks))),
    )


def register(book: YearBook, dated: date) -> Register:
    """Every document numbered in the year, voided ones too; two selects.

    Most of them assess the year before: what is looked up is the number, 〔2026〕 under 2026.
    """
    from daomao_desktop.documents.kinds.register import Register, RegisterRow

    printed = _printed(book.session)
    rows = []
    for document in store.registered(book.session, book.year):
        row = row_of(document)
        copies, files = printed[row.uid]
        rows.append(
            RegisterRow(
                number=row.number or "",
                title=row.title,
                organ=row.organ,
                dated=row.dated,
                issued_on=_local_day(row.issued_at, book.today),
                copies=copies,
                files=files,
                delivered_on=row.delivered_on,
                delivery=mask_in_text(row.receipt or ""),
                state=row.state,
                voided_on=row.voided_on,
                void_reason=mask_in_text(row.void_reason or ""),
            )
        )
    village = book.roster.villages.get(book.roster.own_village or "")
    own = village.name if village and book.edition is Edition.VILLAGE else ""
    return Register(book.roster.town().name + own, book.year, tuple(rows), dated)


def _printed(session: Session) -> dict[str, tuple[int, int]]:
    """Document → copies printed on paper, times it was written to a file."""
    counts: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for uid, target, copies in store.print_counts(session):
        paper, files = counts[uid]
        # 文件 and 打印到文件: everything else is a printer
        is_file = target.endswith("文件")
        counts[uid] = (paper, files + copies) if is_file else (paper + copies, files)
    return counts


def _local_day(at: datetime | None, today: date) -> date | None:
    """The day on this PC; where the day is fixed (the demo) its clock runs on, the day does not."""
    return min(at.astimezone().date(), today) if at else None
