"""Criticism and deduction: what goes into them and why one is refused (R4a, R4b)."""

from __future__ import annotations

from collections.abc import Sequence

from daomao_desktop.domain.assessment import Component, maximum
from daomao_desktop.domain.conduct import tells
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.notices import DocumentKind, criticism_problem, deduction_problem
from daomao_desktop.domain.privacy import private_numbers
from daomao_desktop.domain.scheme import BottomLine
from daomao_desktop.errors import Refused
from daomao_desktop.services.assessment_book import YearBook
from daomao_desktop.services.notice_content import Content, Order, issued_for, writable_village
from daomao_desktop.services.rewards import DeductionRow, deduction_of, runs
from daomao_desktop.store.conduct import Finding
from daomao_desktop.store.notices import IssuedDocument


def criticism(book: YearBook, order: Order, uid: str, live: Sequence[IssuedDocument]) -> Content:
    """The notice of criticism of one person; raises Refused."""
    from daomao_desktop.documents.kinds import criticism as kind

    village = writable_village(book, uid)
    assessment = book.assessments.get(uid)
    meeting = order.meeting or (assessment.proposal_meeting_on if assessment else None)
    row = deduction_of(book, uid)
    amount = row.deduction or Money(0)
    grade = book.decided().get(uid)
    broken, facts = _facts(book, uid)
    problem = criticism_problem(
        state=book.state,
        grade=grade,
        meeting_on=meeting,
        dated=order.dated,
        facts=facts,
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
    if any(private_numbers(fact) for fact in facts):
        raise Refused("事实里写有身份证号码或手机号码，文书不得出现，请先改掉。")
    clauses = tuple(line for line in BottomLine if line in {one.bottom_line for one in broken})
    group = book.roster.group(book.group_of(uid) or "")
    data = kind.Criticism(
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
        rectify_days=book.notice_settings.rectify_days,
        objection_days=book.notice_settings.objection_days,
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
    return Content(village.branch_name, village.branch_prefix, village.uid, kind, data, kept)


def deduction(book: YearBook, order: Order, uid: str, live: Sequence[IssuedDocument]) -> Content:
    """The notice of deduction for one person; raises Refused."""
    from daomao_desktop.documents.kinds import deduction as kind

    village = writable_village(book, uid)
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
    data = kind.Deduction(
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
        objection_days=book.notice_settings.objection_days,
    )
    kept = {"persons": [uid], "base_fen": base.fen, "amount_fen": amount.fen, "months": row.months}
    return Content(village.committee_name, village.committee_prefix, village.uid, kind, data, kept)


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

    Lines under a component with full points speak for the person and are left out. The reason of
    proposal or decision is an opinion: it is never told as a fact, whatever else lacks.
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
    return broken, tuple(dict.fromkeys(fact for fact in facts if tells(fact)))
