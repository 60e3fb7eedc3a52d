"""What each leader's registration form says: the year's records, scores and grades (A1, A2)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from daomao_desktop.domain.assessment import Component
from daomao_desktop.domain.dates import chinese_date
from daomao_desktop.domain.privacy import mask_in_text
from daomao_desktop.domain.scheme import Edition, Grade, Role, YearState
from daomao_desktop.services.assessment_book import Assessed, YearBook
from daomao_desktop.services.assessment_scores import Score, scores
from daomao_desktop.services.rewards import runs
from daomao_desktop.store.assessment import Assessment, EvidenceLine
from daomao_desktop.store.duties import DutyRecord, duties

if TYPE_CHECKING:  # reportlab comes with the engine: loaded when a form is really made
    from daomao_desktop.documents.kinds.registration import Registration, RoleRecords

_MOST_TOLD = 5  # duty records a role that the form may quote


def leaders_here(book: YearBook) -> list[Assessed]:
    """Those with a form at this desk, in the order of lists: a village has its own people only."""
    own = book.roster.own_village if book.edition is Edition.VILLAGE else None
    return [one for one in book.leaders.values() if own in (None, one.village_uid)]


def registrations(book: YearBook, leaders: Collection[Assessed]) -> list[Registration]:
    """The forms of these leaders; a handful of selects, however many they are."""
    figures, in_run = scores(book), runs(book).runs
    records = _duties(book, leaders)
    return [
        _registration(
            book,
            one,
            figures[one.person_uid],
            records.get(one.person_uid, []),
            run=one.person_uid in in_run,
        )
        for one in leaders
    ]


def is_decided(book: YearBook, assessment: Assessment | None) -> bool:
    """Whether the grade entered is the town's decision: from 镇定 on, or taken from its paper."""
    if assessment is None or assessment.decision is None:
        return False
    return book.state.order >= YearState.DECIDED.order or assessment.paper_number is not None


def corrections(assessment: Assessment | None) -> list[str]:
    """不称职→称职：reason, one for each correction."""
    return ((assessment.correction_reason if assessment else None) or "").splitlines()


def _duties(book: YearBook, leaders: Collection[Assessed]) -> dict[str, list[DutyRecord]]:
    """Duty records of the year by person, the newest first."""
    uids = [uid for one in leaders for uid in book.roster.records(one.person_uid)]
    found: dict[str, list[DutyRecord]] = {}
    for record in duties(book.session, year=book.year, person_uids=uids):
        found.setdefault(book.root(record.person_uid), []).append(record)
    return found


def _registration(
    book: YearBook, one: Assessed, score: Score, records: list[DutyRecord], *, run: bool
) -> Registration:
    from daomao_desktop.documents.kinds.registration import Registration, Told

    uid = one.person_uid
    person = book.roster.person(uid)
    posts = book.posts(uid)
    assessment = book.assessments.get(uid)
    lines = book.evidence.get(assessment.uid, ()) if assessment else ()
    entered = bool(assessment and assessment.points)
    decided = is_decided(book, assessment)
    step = book.step(YearState.DECIDED)
    started = posts[-1].started if posts else None
    return Registration(
        year=book.year,
        organ=book.roster.village(one.village_uid).branch_name,
        village=one.village,
        group=one.group,
        name=one.name,
        sex=person.sex.value if person.sex else "",
        ethnicity=person.ethnicity or "",
        birth=f"{person.birth.year}年{person.birth.month}月" if person.birth else "",
        political_status=person.political_status.value if person.political_status else "",
        education=person.education or "",
        started=str(started) if started else "",
        months=one.months,
        roles=_roles(records, lines),
        findings=tuple(
            (
                found.bottom_line,
                Told(found.on, "（情节严重）" * found.grave + mask_in_text(found.facts)),
            )
            for found in score.findings
            if found.confirmed
        ),
        # Full points for the bottom lines stand only where somebody has begun to score.
        points=score.points if entered else {},
        evidence=tuple((Component(line.component), mask_in_text(line.text)) for line in lines),
        missing=score.village.missing if entered else (),
        village_score=score.village.total,
        town_score=assessment.town_score if assessment else None,
        total=score.total,
        satisfaction_rate=assessment.satisfaction_rate if assessment else None,
        settings=book.settings,
        proposal=assessment.proposal if assessment else None,
        proposal_reason=mask_in_text((assessment.proposal_reason if assessment else None) or ""),
        meeting_on=assessment.proposal_meeting_on if assessment else None,
        decision=assessment.decision if assessment and decided else None,
        decision_reason=_decision_reason(assessment) if decided else "",
        decided_on=step.on if step and book.edition is Edition.TOWN else None,
        basis=_basis(assessment),
        remarks=_remarks(book, uid, decided=decided, run=run),
    )


def _roles(records: Iterable[DutyRecord], lines: Iterable[EvidenceLine]) -> tuple[RoleRecords, ...]:
    """All six roles; quoted first is what an evidence line cites, then what came to a result."""
    from daomao_desktop.documents.kinds.registration import RoleRecords, Told

    cited = {line.record_uid for line in lines}
    by_role: dict[Role, list[DutyRecord]] = {role: [] for role in Role}
    for record in records:
        by_role[record.role].append(record)
    found = []
    for role, of_role in by_role.items():
        of_role.sort(key=lambda one: (one.uid not in cited, not one.result))  # else the newest
        told = tuple(Told(one.on, mask_in_text(one.content)) for one in of_role[:_MOST_TOLD])
        found.append(RoleRecords(role, len(of_role), told))
    return tuple(found)


def _decision_reason(assessment: Assessment | None) -> str:
    """Why the grade was decided; the reason for none (不定等次) stands among the remarks."""
    if assessment is None or assessment.decision is Grade.UNGRADED:
        return ""
    return mask_in_text(assessment.decision_reason or "")


def _basis(assessment: Assessment | None) -> str:
    if assessment is None or not assessment.paper_number:
        return ""
    on = f"（{chinese_date(assessment.paper_on)}）" if assessment.paper_on else ""
    return assessment.paper_number + on


def _remarks(book: YearBook, uid: str, *, decided: bool, run: bool) -> tuple[str, ...]:
    assessment = book.assessments.get(uid)
    remarks = []
    if decided and run:
        remarks.append(f"{book.year - 1}年度、{book.year}年度连续两年考核为“不称职”。")
    ungraded = decided and assessment is not None and assessment.decision is Grade.UNGRADED
    if ungraded or book.too_short(uid):
        reason = (assessment.decision_reason if assessment and ungraded else None) or ""
        if not reason and book.too_short(uid):
            reason = book.short_reason(uid)
        remarks.append(f"不定等次{f'：{mask_in_text(reason)}' if reason else ''}。")
    remarks += [f"等次更正：{mask_in_text(line)}。" for line in corrections(assessment)]
    return tuple(remarks)
