"""What branch and town do in an assessment year: propose, decide, enter from paper, correct.

The rest of the room is re-exported here: the year and its steps, the sheets of each leader.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.notices import DocumentState
from daomao_desktop.domain.scheme import Edition, Grade, YearState
from daomao_desktop.errors import FieldProblem, InvalidInput, NotFound, Refused
from daomao_desktop.services.assessment_book import YearBook
from daomao_desktop.services.assessment_grades import (
    DecisionDraft,
    HistoryDraft,
    ProposalDraft,
    decision_problem,
    excess,
    paper_of,
    paper_problems,
    proposal_problem,
    refuse_over_cap,
    tidy,
    write_decision,
    write_proposal,
)
from daomao_desktop.services.assessment_scores import scores
from daomao_desktop.services.assessment_sheet import (
    AssessmentRow,
    AssessmentSheet,
    EvidenceDraft,
    EvidenceRow,
    FoundRow,
    SheetDraft,
    assessment_sheet,
    list_assessments,
    save_sheet,
)
from daomao_desktop.services.assessment_year import (
    StepRow,
    YearView,
    advance,
    working_year,
    year_view,
    years,
)
from daomao_desktop.services.desk import Area, Changes, Desk
from daomao_desktop.services.rewards import DeductionRow
from daomao_desktop.store.assessment import Assessment
from daomao_desktop.store.notices import IssuedDocument, documents

__all__ = [
    "DECIDING",
    "ENTERING",
    "AssessmentRow",
    "AssessmentSheet",
    "DecisionDraft",
    "DeductionRow",
    "EvidenceDraft",
    "EvidenceRow",
    "FoundRow",
    "HistoryDraft",
    "ProposalDraft",
    "SheetDraft",
    "StepRow",
    "YearView",
    "advance",
    "assessment_sheet",
    "correct_decision",
    "decide",
    "enter_history",
    "enter_paper",
    "list_assessments",
    "propose",
    "save_sheet",
    "working_year",
    "year_view",
    "years",
]

DECIDING = (YearState.TOWN, YearState.DECIDED)
ENTERING = (YearState.REPORTED, *DECIDING)  # a village may enter the paper while it waits


def propose(desk: Desk, year: int, drafts: Sequence[ProposalDraft]) -> Changes:
    """Keeps the branch's proposals, all or none, in 村评.

    Raises Refused outside 村评 or for a village written elsewhere, InvalidInput for a draft: a
    proposal that differs from the suggestion needs a reason, no meeting lies in the future.
    """
    desk.require(Permission.PROPOSE)
    with desk.store.writing(desk.operator.uid) as session:
        book = YearBook(desk, session, year)
        book.require(YearState.VILLAGE)
        figures = scores(book)
        problems = []
        for draft in drafts:
            score = figures.get(book.root(draft.person_uid))
            problems.append(proposal_problem(book, draft, score.suggestion if score else None))
        _raise(problems)
        for draft in drafts:
            write_proposal(book, draft)
    return _changed([draft.person_uid for draft in drafts])


def decide(desk: Desk, year: int, drafts: Sequence[DecisionDraft]) -> Changes:
    """Fixes grades in the town, all or none, in 镇审 or 镇定.

    Raises Refused when the state that would result has more than ten per cent 优秀.
    """
    desk.require(Permission.DECIDE)
    if desk.edition is Edition.VILLAGE:
        raise Refused("等次由镇党委确定，村里请用“据镇文件录入”登记镇文件上的等次。")
    with desk.store.writing(desk.operator.uid) as session:
        book = YearBook(desk, session, year)
        book.require(*DECIDING)
        _raise([decision_problem(book, draft) for draft in drafts])
        refuse_over_cap(book, drafts)
        for draft in drafts:
            write_decision(book, draft)
    return _changed([draft.person_uid for draft in drafts])


def enter_paper(
    desk: Desk, year: int, number: str, on: date, grades: Mapping[str, Grade]
) -> Changes:
    """A village enters what the town's document says (据镇文件录入): person → grade.

    From 上报 on, until the year is in force. Raises InvalidInput without number or date.
    """
    desk.require(Permission.RECORD)
    if desk.edition is Edition.TOWN:
        raise Refused("镇里直接确定等次，不用据文件录入。")
    with desk.store.writing(desk.operator.uid) as session:
        book = YearBook(desk, session, year)
        book.require(*ENTERING)
        drafts = [DecisionDraft(uid, grade) for uid, grade in grades.items()]
        problems = [decision_problem(book, draft) for draft in drafts]
        _raise([*paper_problems(number, on, book.today), *problems])
        paper = paper_of(number, on)
        for draft in drafts:
            write_decision(book, draft, paper)
    return _changed(grades)


def enter_history(desk: Desk, year: int, rows: Sequence[HistoryDraft], source: str) -> Changes:
    """Enters grades of a year before this program was used (补录); tenure is not checked.

    ``source`` stands where a row names none. A broken cap is a warning of the year's view. Raises
    Refused for a year that is live here or not over yet.
    """
    desk.require(Permission.RECORD if desk.edition is Edition.VILLAGE else Permission.DECIDE)
    with desk.store.writing(desk.operator.uid) as session:
        book = open_history(YearBook(desk, session, year))
        for row in rows:
            write_history(book, row, source)
    return _changed([row.person_uid for row in rows])


def open_history(book: YearBook) -> YearBook:
    """Makes the year a history year on first need; raises Refused where it cannot be one."""
    if book.history:
        return book
    if book.steps:
        raise Refused(f"{book.year}年度考核正在本机进行，不能补录，请直接导入或确定等次。")
    if book.year > book.today.year:
        raise Refused(f"{book.year}年还没有到，不能补录。")
    row = book.made()
    row.history = True
    row.state = YearState.ARCHIVED
    return book


def write_history(book: YearBook, draft: HistoryDraft, source: str) -> str:
    """Keeps one grade of a history year; returns 新增, 修改 or 未变."""
    uid = book.root(draft.person_uid)
    assessment = book.assessments.get(uid)
    kept = assessment.source if assessment is not None else None
    after = (draft.grade, tidy(draft.source) or kept or source, draft.town_score)
    if assessment is None:
        assessment = Assessment(
            year_uid=book.made().uid, person_uid=uid, group_uid=_group_then(book, uid, draft)
        )
        book.session.add(assessment)
        book.assessments[uid] = assessment
    elif (assessment.decision, assessment.source, assessment.town_score) == after:
        return "未变"
    word = "新增" if assessment.decision is None else "修改"
    assessment.decision, assessment.source, assessment.town_score = after
    return word


def correct_decision(desk: Desk, year: int, person_uid: str, grade: Grade, reason: str) -> Changes:
    """Corrects a grade after 生效; both values and the reason are kept.

    Raises Refused over the cap, or while a document signed off on the old grade stands.
    """
    desk.require(Permission.RECORD if desk.edition is Edition.VILLAGE else Permission.DECIDE)
    if not reason.strip():
        raise InvalidInput((FieldProblem("reason", "更正等次要写明理由。"),))
    with desk.store.writing(desk.operator.uid) as session:
        book = YearBook(desk, session, year)
        uid = book.root(person_uid)
        if not book.history:
            book.require(YearState.IN_FORCE, YearState.ARCHIVED)
        assessment = book.assessments.get(uid)
        if assessment is None or assessment.decision is None:
            raise NotFound(f"{book.label(uid)}在{year}年没有确定等次，没有可更正的。")
        before = assessment.decision
        if before is grade:
            raise Refused(f"{book.label(uid)}现在就是“{grade.value}”，不用更正。")
        _refuse_standing_documents(book, uid)
        if not book.history:
            _raise([decision_problem(book, DecisionDraft(uid, grade))])
            refuse_over_cap(book, [DecisionDraft(uid, grade)])
        line = f"{before.value}→{grade.value}：{reason.strip()}"
        kept = [assessment.correction_reason] if assessment.correction_reason else []
        assessment.correction_reason = "\n".join([*kept, line])
        assessment.corrected_from = before
        assessment.decision = grade
    return _changed([uid])


def history_excess(book: YearBook) -> str | None:
    """The warning about a history year with too many 优秀; a village sees too few to tell."""
    if book.edition is Edition.VILLAGE:
        return None
    return excess(book.decided().values())


def _group_then(book: YearBook, uid: str, draft: HistoryDraft) -> str:
    """The group named, else the one led in that year, else the last one known."""
    if draft.group_uid:
        return draft.group_uid
    posts = book.posts(uid) or book.roster.posts(uid)
    if not posts:
        raise NotFound(f"{book.name(uid)}没有任职记录，请先在小组长中登记任职，再补录等次。")
    return posts[-1].group_uid


def _refuse_standing_documents(book: YearBook, uid: str) -> None:
    for document in documents(book.session, assessment_year=book.year):
        if document.state is DocumentState.ISSUED and uid in _concerned(book, document):
            raise Refused(
                f"依据原等次签发的《{document.title}》还有效，请先作废这份文书，再更正等次。"
            )


def _concerned(book: YearBook, document: IssuedDocument) -> set[str]:
    named: list[str] = (document.content or {}).get("persons", [])
    uids = [*named, *([document.person_uid] if document.person_uid else [])]
    return {book.root(one) for one in uids}


def _raise(problems: Sequence[FieldProblem | None]) -> None:
    found = tuple(problem for problem in problems if problem is not None)
    if found:
        raise InvalidInput(found)


def _changed(uids: Iterable[str]) -> Changes:
    return Changes(frozenset({Area.ASSESSMENT, Area.ROSTER, Area.NOTICES}), tuple(uids))
