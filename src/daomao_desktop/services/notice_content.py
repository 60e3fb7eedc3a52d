"""What goes into a year's documents, and why one is refused (documents.md, kinds)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from daomao_desktop.domain.assessment import Component, maximum
from daomao_desktop.domain.dates import chinese_date
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.notices import (
    DocumentKind,
    DocumentState,
    commendation_problem,
    criticism_problem,
    deduction_problem,
)
from daomao_desktop.domain.scheme import BottomLine, Edition, Grade, YearState
from daomao_desktop.errors import NotFound, Refused
from daomao_desktop.services.assessment_book import YearBook
from daomao_desktop.services.rewards import DeductionRow, deduction_of, runs
from daomao_desktop.store.conduct import Finding
from daomao_desktop.store.notices import IssuedDocument
from daomao_desktop.store.roster import Village

if TYPE_CHECKING:  # reportlab comes with the kinds: loaded when a document is really set
    from daomao_desktop.documents.kinds.commendation import Commendation
    from daomao_desktop.documents.kinds.criticism import Criticism
    from daomao_desktop.documents.kinds.deduction import Deduction

# 18 digits of an ID number or 11 of a mobile, whatever stands around them.
_PRIVATE = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9})(?!\d)")


@dataclass(frozen=True, slots=True)
class Order:
    """The document asked for.

    ``meeting``: branch meeting that decided a criticism (default: that of the proposal).
    ``persons``: whom a commendation names (default: everyone 优秀), ``best``: who of them is 十佳.
    """

    kind: DocumentKind
    person_uid: str | None
    dated: date
    meeting: date | None = None
    persons: tuple[str, ...] = ()
    best: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """A document ready to be set: who issues it, its data, and what is kept beside the bytes."""

    organ: str
    prefix: str
    village_uid: str | None
    data: Criticism | Commendation | Deduction
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The title as it stands in document and register."""
        from daomao_desktop.documents.kinds import commendation, criticism, deduction

        match self.data:
            case criticism.Criticism():
                return criticism.title(self.data)
            case commendation.Commendation():
                return commendation.title(self.data)
            case deduction.Deduction():
                return deduction.title(self.data)

    def numbered(self, number: str) -> Content:
        """The same document with its number."""
        return replace(self, data=replace(self.data, number=number))

    def typeset(self) -> bytes:
        """The PDF; the same content gives the same bytes. Raises DaomaoError."""
        from daomao_desktop.documents.kinds import commendation, criticism, deduction
        from daomao_desktop.documents.typesetting import typeset

        match self.data:
            case criticism.Criticism():
                return typeset(criticism.compose(self.data))
            case commendation.Commendation():
                return typeset(commendation.compose(self.data))
            case deduction.Deduction():
                return typeset(deduction.compose(self.data))


def content_of(
    book: YearBook,
    order: Order,
    existing: Sequence[IssuedDocument],
) -> Content:
    """The document's content from what is recorded, without number; raises Refused.

    ``existing``: the year's documents.
    """
    if book.history:
        raise Refused(f"{book.year}年是补录的历史年度，不制发文书。")
    _check_day(book, order)
    live = [one for one in existing if one.state is DocumentState.ISSUED]
    if order.kind is DocumentKind.COMMENDATION:
        return _commendation(book, order, live)
    if order.person_uid is None:
        raise NotFound("请选择村民小组长。")
    person_uid = book.root(order.person_uid)
    village = _village(book, person_uid)
    if order.kind is DocumentKind.CRITICISM:
        return _criticism(book, order, person_uid, village, live)
    return _deduction(book, order, person_uid, village, live)


def issued_for(
    book: YearBook, live: Sequence[IssuedDocument], kind: DocumentKind, person_uid: str
) -> IssuedDocument | None:
    """The document of that kind signed off for the person, joined records included."""
    for one in live:
        if one.kind is kind and one.person_uid and book.root(one.person_uid) == person_uid:
            return one
    return None


def _check_day(book: YearBook, order: Order) -> None:
    if order.dated > book.today:
        raise Refused(f"成文日期{chinese_date(order.dated)}晚于今天，请改为实际日期。")
    step = book.step(YearState.IN_FORCE)
    if step is not None and order.dated < step.on:
        raise Refused(
            f"成文日期{chinese_date(order.dated)}早于考核结果生效的{chinese_date(step.on)}，"
            "请改为生效以后的日期。"
        )


def _village(book: YearBook, person_uid: str) -> Village:
    group = book.roster.groups.get(book.group_of(person_uid) or "")
    if group is None:
        raise NotFound(f"{book.name(person_uid)}在{book.year}年没有参加考核。")
    book.roster.require_writable(group.village_uid)
    return book.roster.village(group.village_uid)


def _criticism(
    book: YearBook,
    order: Order,
    uid: str,
    village: Village,
    live: Sequence[IssuedDocument],
) -> Content:
    from daomao_desktop.documents.kinds.criticism import Criticism

    assessment = book.assessments.get(uid)
    meeting = order.meeting or (assessment.proposal_meeting_on if assessment else None)
    row = deduction_of(book, uid)
    amount = row.deduction or Money(0)
    grade = book.decided().get(uid)
    problem = criticism_problem(
        state=book.state,
        grade=grade,
        meeting_on=meeting,
        dated=order.dated,
        is_issued=issued_for(book, live, DocumentKind.CRITICISM, uid) is not None,
        amount=_amount_told(book, live, DocumentKind.DEDUCTION, uid) or amount,
        computed=amount,
    )
    if problem is not None or grade is None:
        raise Refused(problem or "没有确定等次。")
    base, amount = _known(row)
    person = book.roster.persons.get(uid)
    if person is None or person.sex is None:
        raise Refused("没有登记性别，请先在小组长资料中补上。")
    broken, facts = _facts(book, uid)
    clauses = tuple(line for line in BottomLine if line in {one.bottom_line for one in broken})
    group = book.roster.group(book.group_of(uid) or "")
    data = Criticism(
        organ=village.branch_name,
        village=village.name,
        group=group.name,
        name=person.name,
        sex=person.sex,
        year=book.year,
        grade=grade,
        meeting_on=meeting,
        base=base,
        amount=amount,
        dated=order.dated,
        facts=facts,
        clauses=clauses,
        two_years=uid in runs(book).runs,
        percent=book.settings.deduction_percent,
    )
    kept = {
        "meeting": meeting.isoformat() if meeting else None,
        "persons": [uid],
        "facts": list(facts),
        "clauses": [clause.value for clause in clauses],
        "base_fen": base.fen,
        "amount_fen": amount.fen,
        "two_years": data.two_years,
    }
    return Content(village.branch_name, village.branch_prefix, village.uid, data, kept)


def _deduction(
    book: YearBook,
    order: Order,
    uid: str,
    village: Village,
    live: Sequence[IssuedDocument],
) -> Content:
    from daomao_desktop.documents.kinds.deduction import Deduction

    grade = book.decided().get(uid)
    problem = deduction_problem(
        state=book.state,
        grade=grade,
        is_issued=issued_for(book, live, DocumentKind.DEDUCTION, uid) is not None,
    )
    if problem is not None or grade is None:
        raise Refused(problem or "没有确定等次。")
    row = deduction_of(book, uid)
    base, amount = _known(row)
    told = _amount_told(book, live, DocumentKind.CRITICISM, uid)
    if told is not None and told != amount:
        raise Refused(
            f"已签发的通报批评写明扣减 {told} 元，现在计算为 {amount} 元，"
            "请核对岗位补贴，或先作废通报批评。"
        )
    months = set(row.monthly)
    data = Deduction(
        organ=village.committee_name,
        village=village.name,
        group=row.group,
        name=row.name,
        year=book.year,
        grade=grade,
        months=row.months,
        base=base,
        amount=amount,
        dated=order.dated,
        monthly=months.pop() if len(months) == 1 else None,
        percent=book.settings.deduction_percent,
    )
    kept = {"persons": [uid], "base_fen": base.fen, "amount_fen": amount.fen, "months": row.months}
    return Content(village.committee_name, village.committee_prefix, village.uid, data, kept)


def _commendation(book: YearBook, order: Order, live: Sequence[IssuedDocument]) -> Content:
    from daomao_desktop.documents.kinds.commendation import Commendation, Honoured

    if book.edition is Edition.VILLAGE:
        raise Refused("表彰通报由镇里制发，村里不能签发。")
    grades = book.decided()
    excellent = [uid for uid, grade in grades.items() if grade is Grade.EXCELLENT]
    named = [book.root(uid) for uid in order.persons] or sorted(excellent, key=book.order)
    best = {book.root(uid) for uid in order.best}
    assessed = sum(grade.counts for grade in grades.values())
    problem = commendation_problem(
        state=book.state,
        grades=[grades.get(uid) for uid in named],
        best=len(best),
        assessed=assessed,
        excellent=len(excellent),
    )
    if problem is None and any(one.kind is DocumentKind.COMMENDATION for one in live):
        problem = f"{book.year}年度的表彰通报已经签发，不能重复制发；有错请先作废。"
    if problem is None and not best <= set(named):
        problem = "“十佳”人员要在表彰名单里，请核对名单。"
    if problem is not None:
        raise Refused(problem)
    people = []
    for uid in named:
        group = book.roster.group(book.group_of(uid) or "")
        village = book.roster.village(group.village_uid).name
        honoured = Honoured(book.name(uid), village, group.name, best=uid in best)
        people.append(honoured)
    town = book.roster.town()
    organs = (town.committee_name, town.government_name)
    data = Commendation(
        organs=organs,
        year=book.year,
        people=tuple(people),
        assessed=assessed,
        excellent=len(excellent),
        dated=order.dated,
    )
    kept = {"persons": named, "best": sorted(best), "assessed": assessed}
    return Content("、".join(organs), town.prefix, None, data, kept)


def _known(row: DeductionRow) -> tuple[Money, Money]:
    if row.base is None or row.deduction is None:
        raise Refused(f"{row.problem}。")
    return row.base, row.deduction


def _amount_told(
    book: YearBook, live: Sequence[IssuedDocument], kind: DocumentKind, uid: str
) -> Money | None:
    """The amount another document already signed off for the person states."""
    issued = issued_for(book, live, kind, uid)
    fen = (issued.content or {}).get("amount_fen") if issued else None
    return None if fen is None else Money(fen)


def _facts(book: YearBook, uid: str) -> tuple[list[Finding], tuple[str, ...]]:
    """Confirmed findings of the year, and the facts: theirs, then the lines of evidence.

    Lines under a component with full points speak for the person and are left out. Without any,
    the reason of proposal or decision; nothing is invented.
    """
    broken = [one for one in book.findings.get(uid, ()) if one.confirmed]
    facts = [one.facts.strip() for one in broken]
    assessment = book.assessments.get(uid)
    if assessment is not None:
        told = {one.uid for one in broken}
        for line in book.evidence.get(assessment.uid, ()):
            full = maximum(Component(line.component), book.settings)
            if line.record_uid not in told and assessment.points.get(line.component) != full:
                facts.append(line.text.strip())
        if not facts:
            facts = [assessment.proposal_reason or assessment.decision_reason or ""]
    found = tuple(dict.fromkeys(fact for fact in facts if fact))
    if any(_PRIVATE.search(fact) for fact in found):
        raise Refused("事实里写有身份证号码或手机号码，文书不得出现，请先改掉。")
    return broken, found
