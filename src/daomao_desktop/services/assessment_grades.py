"""Proposals of the branch and decisions of the town, inside one transaction (A1–A3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from daomao_desktop.domain.assessment import Suggestion, cap_count, cap_problem, reason_needed
from daomao_desktop.domain.dates import chinese_date
from daomao_desktop.domain.notices import parse_document_number
from daomao_desktop.domain.scheme import Edition, Grade, YearState
from daomao_desktop.errors import FieldProblem, Refused
from daomao_desktop.services.assessment_book import YearBook

HIGHEST_SCORE = 10_000


@dataclass(frozen=True, slots=True)
class ProposalDraft:
    """The grade the branch proposes; ``meeting_on`` is 支委会日期, ``reason`` 理由."""

    person_uid: str
    grade: Grade | None
    reason: str | None = None
    meeting_on: date | None = None


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """The grade fixed for a person; ``town_score`` (镇日常评分) in hundredths of a point."""

    person_uid: str
    grade: Grade | None
    town_score: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """The town's document a village enters decisions from: 依据文号, 文件日期."""

    number: str
    on: date


@dataclass(frozen=True, slots=True)
class HistoryDraft:
    """A grade of a year before this program was used; ``group_uid``: the group led then."""

    person_uid: str
    grade: Grade
    group_uid: str | None = None
    town_score: int | None = None
    source: str | None = None


def proposal_problem(
    book: YearBook, draft: ProposalDraft, suggestion: Suggestion | None
) -> FieldProblem | None:
    """Why the proposal is not accepted; the sentence names the person."""
    uid = book.root(draft.person_uid)
    who = book.label(uid)
    if uid not in book.leaders:
        return FieldProblem("person_uid", f"{who}在{book.year}年没有任职，不参加当年考核。")
    book.roster.require_writable(book.leaders[uid].village_uid)
    if draft.grade is None:
        return FieldProblem("grade", f"请为{who}选择建议等次。")
    if draft.meeting_on is not None and draft.meeting_on > book.today:
        return FieldProblem(
            "meeting_on",
            f"{who}的支委会日期{chinese_date(draft.meeting_on)}晚于今天，请填实际开会的日期。",
        )
    short = _short_problem(book, uid, draft.grade)
    if short is not None:
        return short
    if suggestion and suggestion.grade and reason_needed(draft.grade, suggestion, draft.reason):
        return FieldProblem(
            "reason",
            f"{who}按得分建议为“{suggestion.grade.value}”，改为“{draft.grade.value}”要写理由。",
        )
    return None


def write_proposal(book: YearBook, draft: ProposalDraft) -> bool:
    """Keeps a proposal already checked; returns whether anything changed."""
    assessment = book.assessment(draft.person_uid)
    before = (assessment.proposal, assessment.proposal_reason, assessment.proposal_meeting_on)
    after = (draft.grade, tidy(draft.reason), draft.meeting_on)
    if before != after:
        assessment.proposal, assessment.proposal_reason, assessment.proposal_meeting_on = after
    return before != after


def decision_problem(book: YearBook, draft: DecisionDraft) -> FieldProblem | None:
    """Why the decision is not accepted, apart from the cap; the sentence names the person."""
    uid = book.root(draft.person_uid)
    who = book.label(uid)
    if uid not in book.leaders and uid not in book.assessments:
        return FieldProblem("person_uid", f"{who}在{book.year}年没有任职，不参加当年考核。")
    if draft.grade is None:
        return FieldProblem("grade", f"请为{who}选择等次。")
    if draft.town_score is not None and not 0 <= draft.town_score <= HIGHEST_SCORE:
        return FieldProblem("town_score", f"{who}的镇日常评分应在 0 到 100 分之间。")
    return _short_problem(book, uid, draft.grade)


def write_decision(book: YearBook, draft: DecisionDraft, paper: Paper | None = None) -> bool:
    """Keeps a decision already checked; returns whether anything changed."""
    uid = book.root(draft.person_uid)
    assessment = book.assessment(uid)
    reason = tidy(draft.reason)
    if draft.grade is Grade.UNGRADED and reason is None and book.too_short(uid):
        reason = book.short_reason(uid)
    before = (
        assessment.decision,
        assessment.town_score,
        assessment.decision_reason,
        assessment.paper_number,
        assessment.paper_on,
    )
    after = (
        draft.grade,
        assessment.town_score if draft.town_score is None else draft.town_score,
        reason,
        paper.number if paper else None,
        paper.on if paper else None,
    )
    if before != after:
        assessment.decision, assessment.town_score, assessment.decision_reason = after[:3]
        assessment.paper_number, assessment.paper_on = after[3:]
    return before != after


def refuse_over_cap(book: YearBook, changed: Iterable[DecisionDraft] = ()) -> None:
    """A3 as a hard stop on the state that would result; raises Refused with the cap in figures.

    The ten per cent are of the whole town: a village, which sees its own people only, records
    what the town's paper says. Until 镇定 they are of all who are to be graded, as on the bar, so
    that the order of entry does not matter; 镇定 itself looks at those decided.
    """
    if book.edition is Edition.VILLAGE:
        return
    result = book.decided()
    result.update(
        {book.root(draft.person_uid): draft.grade for draft in changed if draft.grade is not None}
    )
    grades: list[Grade | None] = list(result.values())
    settled = book.history or book.state.order >= YearState.DECIDED.order
    if not settled:
        grades += [None for one in book.to_grade() if one.person_uid not in result]
    count = cap_count(grades, settled=settled)
    problem = cap_problem(count.excellent, count.assessed)
    if problem is not None:
        raise Refused(problem)


def excess(grades: Iterable[Grade]) -> str | None:
    """The sentence about too many 优秀 among these grades, or None."""
    given = list(grades)
    return cap_problem(given.count(Grade.EXCELLENT), sum(grade.counts for grade in given))


def paper_problems(number: str | None, on: date | None, today: date) -> list[FieldProblem]:
    """Why a decision cannot be entered from this document (据镇文件录入)."""
    found = []
    written = None
    if not (number or "").strip():
        found.append(FieldProblem("number", "请填写依据文号，即镇里确定等次的文件字号。"))
    else:
        try:
            written = parse_document_number(number or "")
        except ValueError as error:
            found.append(FieldProblem("number", str(error)))
    if on is None:
        found.append(FieldProblem("on", "请填写镇文件的日期。"))
    elif on > today:
        found.append(FieldProblem("on", f"镇文件的日期{chinese_date(on)}晚于今天，请核对。"))
    elif written and not on.year - 1 <= written.year <= on.year:  # numbered before New Year's Day
        words = f"依据文号{written}的年份与文件日期{chinese_date(on)}对不上，请核对。"
        found.append(FieldProblem("number", words))
    return found


def paper_of(number: str, on: date) -> Paper:
    """The document, its number as it is written on paper; ``paper_problems`` found none."""
    return Paper(str(parse_document_number(number)), on)


def tidy(text: str | None) -> str | None:
    """The text without outer spaces; None where nothing is left."""
    return (text or "").strip() or None


def _short_problem(book: YearBook, uid: str, grade: Grade) -> FieldProblem | None:
    if book.too_short(uid) and grade is not Grade.UNGRADED:
        return FieldProblem(
            "grade",
            f"{book.label(uid)}{book.short_reason(uid)}，只能是“不定等次”，"
            f"不能定为“{grade.value}”。",
        )
    return None
