"""Each leader's assessment: points per component, evidence lines, score, suggestion (A1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.assessment import (
    Component,
    Suggestion,
    maximum,
    points_problem,
)
from daomao_desktop.domain.scheme import BottomLine, Grade, Role, Side, YearState
from daomao_desktop.errors import FieldProblem, InvalidInput, NotFound, Refused
from daomao_desktop.services.assessment_book import YearBook
from daomao_desktop.services.assessment_scores import Score, scores
from daomao_desktop.services.desk import Area, Changes, Desk
from daomao_desktop.services.rewards import runs
from daomao_desktop.store.assessment import EvidenceLine, duty_counts, evidence_of
from daomao_desktop.store.conduct import Finding

HIGHEST_RATE = 10_000
LONGEST_LINE = 500


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """One person of the year's table.

    Scores in hundredths of a point. ``run``: 不称职 for the second year running; ``review``: the
    run is broken by a gap. ``writable``: the village's part is written at this desk.
    """

    person_uid: str
    name: str
    village_uid: str
    village: str
    group_uid: str
    group: str
    months: int
    village_score: int | None
    town_score: int | None
    total: int | None
    suggestion: Suggestion
    proposal: Grade | None
    proposal_reason: str | None
    proposal_meeting_on: date | None
    decision: Grade | None
    decision_reason: str | None
    corrected_from: Grade | None
    correction_reason: str | None
    source: str | None
    paper_number: str | None
    paper_on: date | None
    run: bool
    review: bool
    too_short: bool
    writable: bool
    pinyin: str = ""
    initials: str = ""

    @property
    def gradable(self) -> bool:
        """Whether one of 优秀, 称职 and 不称职 will be given: in post, and long enough."""
        return self.months > 0 and not self.too_short


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A line of evidence; ``record_uid`` may point at a duty record or a finding."""

    component: Component
    text: str
    record_kind: str | None
    record_uid: str | None


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A finding of the year as the sheet shows it beside the bottom lines."""

    uid: str
    bottom_line: BottomLine
    side: Side
    on: date
    facts: str
    confirmed: bool
    grave: bool


@dataclass(frozen=True, slots=True)
class AssessmentSheet:
    """A leader's sheet: ``points`` as entered (hundredths), ``maxima`` beside them.

    ``satisfaction_rate`` in hundredths of a percent; ``proposed_bottom_lines`` is what the
    confirmed findings give and stands where nothing is entered; ``missing`` names components
    without data; ``locked`` is the reason why nothing can be entered, or None.
    """

    row: AssessmentRow
    year: int
    state: YearState
    points: dict[Component, int | None]
    maxima: dict[Component, int]
    satisfaction_rate: int | None
    evidence: tuple[EvidenceRow, ...]
    role_counts: dict[Role, int]
    findings: tuple[FoundRow, ...]
    proposed_bottom_lines: int
    missing: tuple[Component, ...]
    locked: str | None


@dataclass(frozen=True, slots=True)
class EvidenceDraft:
    """A line of evidence as typed; ``record_kind``: "duty" or "finding" where it points at one."""

    component: Component
    text: str
    record_kind: str | None = None
    record_uid: str | None = None


@dataclass(frozen=True, slots=True)
class SheetDraft:
    """Points in hundredths by component (None: no data), evidence in its order."""

    points: Mapping[Component, int | None]
    satisfaction_rate: int | None = None
    evidence: tuple[EvidenceDraft, ...] = field(default=())


def list_assessments(desk: Desk, year: int) -> tuple[AssessmentRow, ...]:
    """Everyone of the year: villages in their order, groups by number."""
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        book = YearBook(desk, session, year)
        return rows_of(book, scores(book))


def rows_of(book: YearBook, figures: Mapping[str, Score]) -> tuple[AssessmentRow, ...]:
    """The table's rows of a year already loaded."""
    found = runs(book)
    concerned = sorted({*book.leaders, *book.assessments}, key=book.order)
    return tuple(
        _row(book, uid, figures.get(uid), run=uid in found.runs, review=uid in found.review)
        for uid in concerned
    )


def assessment_sheet(desk: Desk, year: int, person_uid: str) -> AssessmentSheet:
    """One leader's sheet; raises NotFound for somebody who was not in post that year."""
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        book = YearBook(desk, session, year)
        uid = book.root(person_uid)
        if uid not in book.leaders:
            raise NotFound(f"{book.label(uid)}在{year}年没有任职，没有考核表。")
        found = runs(book)
        score = scores(book)[uid]
        assessment = book.assessments.get(uid)
        stored = assessment.points if assessment else {}
        lines = evidence_of(session, [assessment.uid] if assessment else [])
        counts = dict.fromkeys(Role, 0)
        for record_uid, role, count in duty_counts(session, year):
            if book.root(record_uid) == uid:
                counts[role] += count
        return AssessmentSheet(
            row=_row(book, uid, score, run=uid in found.runs, review=uid in found.review),
            year=year,
            state=book.state,
            points={component: stored.get(component.value) for component in Component},
            maxima={component: maximum(component, book.settings) for component in Component},
            satisfaction_rate=assessment.satisfaction_rate if assessment else None,
            evidence=tuple(
                EvidenceRow(Component(line.component), line.text, line.record_kind, line.record_uid)
                for line in lines
            ),
            role_counts=counts,
            findings=tuple(_found(one) for one in score.findings),
            proposed_bottom_lines=score.proposed_bottom_lines,
            missing=score.village.missing,
            locked=_lock(book, uid),
        )


def save_sheet(desk: Desk, year: int, person_uid: str, draft: SheetDraft) -> Changes:
    """Keeps points and evidence in 筹备 and 村评.

    Raises Refused once the village has reported (上报), InvalidInput with the component's key as
    the field's name.
    """
    desk.require(Permission.PROPOSE)
    with desk.store.writing(desk.operator.uid) as session:
        book = YearBook(desk, session, year)
        uid = book.root(person_uid)
        lock = _lock(book, uid)
        if lock is not None:
            raise Refused(lock)
        problems = _problems(book, draft)
        if problems:
            raise InvalidInput(problems)
        assessment = book.assessment(uid)
        assessment.points = {
            component.value: points
            for component, points in draft.points.items()
            if points is not None
        }
        assessment.satisfaction_rate = draft.satisfaction_rate
        session.flush()  # the lines refer to the assessment
        _replace_lines(book, assessment.uid, draft.evidence)
    return Changes(frozenset({Area.ASSESSMENT}), (uid,))


def _row(
    book: YearBook, uid: str, score: Score | None, *, run: bool, review: bool
) -> AssessmentRow:
    assessment = book.assessments.get(uid)
    group_uid = book.group_of(uid) or ""
    group = book.roster.groups.get(group_uid)
    village = book.roster.villages.get(group.village_uid) if group else None
    leader = book.leaders.get(uid)
    decision = assessment.decision if assessment else None
    if decision is None and book.too_short(uid):
        decision = Grade.UNGRADED
    pinyin, initials = book.reading(uid)
    return AssessmentRow(
        person_uid=uid,
        name=book.name(uid),
        village_uid=village.uid if village else "",
        village=village.name if village else "",
        group_uid=group_uid,
        group=group.name if group else "",
        months=leader.months if leader else 0,
        village_score=score.village.total if score else None,
        town_score=assessment.town_score if assessment else None,
        total=score.total if score else None,
        suggestion=score.suggestion if score else Suggestion(None, ()),
        proposal=assessment.proposal if assessment else None,
        proposal_reason=assessment.proposal_reason if assessment else None,
        proposal_meeting_on=assessment.proposal_meeting_on if assessment else None,
        decision=decision,
        decision_reason=assessment.decision_reason if assessment else None,
        corrected_from=assessment.corrected_from if assessment else None,
        correction_reason=assessment.correction_reason if assessment else None,
        source=assessment.source if assessment else None,
        paper_number=assessment.paper_number if assessment else None,
        paper_on=assessment.paper_on if assessment else None,
        run=run,
        review=review,
        too_short=book.too_short(uid),
        writable=village is not None and book.roster.writable(village.uid),
        pinyin=pinyin,
        initials=initials,
    )


def _found(one: Finding) -> FoundRow:
    return FoundRow(
        uid=one.uid,
        bottom_line=one.bottom_line,
        side=one.side,
        on=one.on,
        facts=one.facts,
        confirmed=one.confirmed,
        grave=one.grave,
    )


def _lock(book: YearBook, uid: str) -> str | None:
    """Why the sheet cannot be written now, or None."""
    if book.history:
        return f"{book.year}年是补录的历史年度，没有考核表。"
    if book.state.order >= YearState.REPORTED.order:
        return f"{book.year}年度考核已经“{book.state.value}”，村评的内容已锁定，不能再改。"
    leader = book.leaders.get(uid)
    if leader is not None and not book.roster.writable(leader.village_uid):
        return f"{leader.village}的考核由该村自己填写，镇里只能查看。"
    return None


def _problems(book: YearBook, draft: SheetDraft) -> tuple[FieldProblem, ...]:
    found = []
    for component, points in draft.points.items():
        problem = None if points is None else points_problem(component, points, book.settings)
        if problem is not None:
            found.append(FieldProblem(component.value, problem))
    rate = draft.satisfaction_rate
    if rate is not None and not 0 <= rate <= HIGHEST_RATE:
        found.append(FieldProblem("satisfaction_rate", "满意率应在 0 到 100% 之间。"))
    for line in draft.evidence:
        text = line.text.strip()
        if not text or len(text) > LONGEST_LINE:
            found.append(
                FieldProblem(
                    "evidence",
                    f"“{line.component.label}”的依据应写 1 到 {LONGEST_LINE} 个字。",
                )
            )
    return tuple(found)


def _replace_lines(book: YearBook, assessment_uid: str, drafts: tuple[EvidenceDraft, ...]) -> None:
    """Lines keep their row by position; those no longer there go to the 回收站."""
    lines = list(evidence_of(book.session, [assessment_uid]))
    for position, draft in enumerate(drafts):
        if position < len(lines):
            line = lines[position]
            line.component, line.text = draft.component.value, draft.text.strip()
            line.record_kind, line.record_uid = draft.record_kind, draft.record_uid
            line.position = position
        else:
            book.session.add(
                EvidenceLine(
                    assessment_uid=assessment_uid,
                    component=draft.component.value,
                    text=draft.text.strip(),
                    position=position,
                    record_kind=draft.record_kind,
                    record_uid=draft.record_uid,
                )
            )
    for line in lines[len(drafts) :]:
        line.deleted_at = datetime.now(UTC)
