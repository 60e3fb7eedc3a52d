"""One assessment year inside a transaction, indexed: a handful of selects, no query per row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from daomao_desktop.domain.money import Money
from daomao_desktop.domain.notice_settings import NoticeSettings
from daomao_desktop.domain.rewards import SubsidyRate, monthly_due
from daomao_desktop.domain.roster import Period, months_in_post, post_months
from daomao_desktop.domain.scheme import Grade, YearState
from daomao_desktop.domain.scheme_settings import SchemeSettings
from daomao_desktop.errors import NotFound, Refused
from daomao_desktop.services.accounts import settings_of
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.notice_settings import notice_settings_of
from daomao_desktop.services.roster_book import RosterBook
from daomao_desktop.store import assessment as store
from daomao_desktop.store import roster as roster_store
from daomao_desktop.store.assessment import Assessment, AssessmentYear, EvidenceLine, YearStep
from daomao_desktop.store.conduct import Finding, findings
from daomao_desktop.store.engine import Session
from daomao_desktop.store.roster import Appointment, PostSubsidy


@dataclass(frozen=True, slots=True)
class Assessed:
    """A person in post during the year, joined records as one, at the post held last in it."""

    person_uid: str
    name: str
    village_uid: str
    village: str
    group_uid: str
    group: str
    group_number: int | None
    months: int


class YearBook:
    """The year's row, steps, persons and assessments; persons go by their leading record's uid."""

    def __init__(self, desk: Desk, session: Session, year: int) -> None:
        self.session = session
        self.edition = desk.edition
        self.today = desk.today()
        self.year = year
        self.roster = RosterBook(desk, session)
        self.row = store.year_row(session, year)
        self.steps: list[YearStep] = store.steps_of(session, self.row.uid) if self.row else []
        frozen = self.row.settings if self.row else None
        self.settings = SchemeSettings.from_json(frozen) if frozen else settings_of(session)
        self._roots = roster_store.person_keys(session)
        self._removed: dict[str, str] | None = None
        self.assessments: dict[str, Assessment] = {}
        if self.row:
            self._take(store.assessments_in(session, self.row.uid))
        self.leaders: dict[str, Assessed] = {} if self.history else self._in_post()

    # -- the year

    @property
    def state(self) -> YearState:
        """筹备 until the first step."""
        return self.row.state if self.row else YearState.PREPARING

    @property
    def history(self) -> bool:
        """Whether the year was entered afterwards (补录)."""
        return self.row is not None and self.row.history

    def step(self, state: YearState) -> YearStep | None:
        """The step into that state, if it was taken."""
        return next((step for step in self.steps if step.state is state), None)

    def require(self, *states: YearState) -> None:
        """Raises Refused unless the year is in one of these states."""
        if self.history:
            raise Refused(f"{self.year}年是补录的历史年度，没有考核步骤。")
        if self.state not in states:
            words = "或".join(f"“{state.value}”" for state in states)
            raise Refused(f"{self.year}年度考核现在是“{self.state.value}”，到{words}才能这样做。")

    def made(self) -> AssessmentYear:
        """The year's row, made on first need."""
        if self.row is None:
            self.row = AssessmentYear(year=self.year)
            self.session.add(self.row)
            self.session.flush()  # the tables know no relationships: parents go first
        return self.row

    # -- persons

    def root(self, person_uid: str) -> str:
        """The leading record of the person; raises NotFound."""
        if person_uid not in self._roots:
            raise NotFound("没有这个人的记录，请刷新后再试。")
        return self._roots[person_uid]

    def reading(self, person_uid: str) -> tuple[str, str]:
        """Pinyin and initials of the name, to find the person by; empty of one removed."""
        person = self.roster.persons.get(person_uid)
        return (person.pinyin, person.initials) if person else ("", "")

    def name(self, person_uid: str) -> str:
        """The person's name, also of one in the 回收站."""
        person = self.roster.persons.get(person_uid)
        if person is not None:
            return person.name
        if self._removed is None:
            removed = roster_store.persons(self.session, recycled=True)
            self._removed = {one.uid: one.name for one in removed}
        return self._removed.get(person_uid, "（已删除）")

    def group_of(self, person_uid: str) -> str | None:
        """The group a person is assessed in."""
        assessment = self.assessments.get(person_uid)
        if assessment is not None and (assessment.decision is not None or self.history):
            return assessment.group_uid
        leader = self.leaders.get(person_uid)
        return leader.group_uid if leader else (assessment.group_uid if assessment else None)

    def label(self, person_uid: str) -> str:
        """Place and name as sentences name a person: 联光村第3村民小组王强."""
        group = self.group_of(person_uid)
        place = self.roster.place(group) if group in self.roster.groups and group else ""
        return place + self.name(person_uid)

    def order(self, person_uid: str) -> tuple[int, str, int, str, str]:
        """Sort key: villages in their order, groups by number, persons by pinyin."""
        group = self.roster.groups.get(self.group_of(person_uid) or "")
        village = self.roster.villages.get(group.village_uid) if group else None
        person = self.roster.persons.get(person_uid)
        number = group.number if group and group.number is not None else 10_000
        return (
            village.position if village else 10_000,
            village.name if village else "",
            number,
            group.name if group else "",
            person.pinyin if person else "",
        )

    def posts(self, person_uid: str) -> list[Appointment]:
        """The person's appointments that overlap the year, from the earliest."""
        if person_uid not in self.roster.persons:
            return []
        first, last = date(self.year, 1, 1), date(self.year, 12, 31)
        return [
            post
            for post in self.roster.posts(person_uid)
            if post.counted_from.first <= last and (post.ended is None or post.ended >= first)
        ]

    def monthly(self, person_uid: str) -> dict[int, Money | None]:
        """Month in post (1–12) → the post subsidy that held then, None where it is not known."""
        found: dict[int, Money | None] = {}
        for post in self.posts(person_uid):
            village = self.roster.group(post.group_uid).village_uid
            months = post_months([_period(post)], self.year)
            due = monthly_due(
                months,
                self.year,
                [_rate(row) for row in self.roster.subsidies(person_uid)],
                [_rate(row) for row in self.roster.village_subsidies(village)],
            )
            for month, money in zip(months, due, strict=True):
                found[month] = found.get(month) or money
        return dict(sorted(found.items()))

    def _in_post(self) -> dict[str, Assessed]:
        found = []
        for uid, person in self.roster.persons.items():
            posts = self.posts(uid) if self._roots[uid] == uid else []
            if not posts:
                continue
            group = self.roster.group(posts[-1].group_uid)
            village = self.roster.village(group.village_uid)
            found.append(
                Assessed(
                    person_uid=uid,
                    name=person.name,
                    village_uid=village.uid,
                    village=village.name,
                    group_uid=group.uid,
                    group=group.name,
                    group_number=group.number,
                    months=months_in_post(map(_period, posts), self.year),
                )
            )
        self.leaders = {one.person_uid: one for one in found}
        return {uid: self.leaders[uid] for uid in sorted(self.leaders, key=self.order)}

    # -- what else is recorded, loaded once when first asked for

    @cached_property
    def notice_settings(self) -> NoticeSettings:
        """What documents are drafted by; unlike ``settings`` never frozen into the year."""
        return notice_settings_of(self.session)

    @cached_property
    def findings(self) -> dict[str, tuple[Finding, ...]]:
        """Findings of the year by person, the earliest first, confirmed or not."""
        grouped: dict[str, list[Finding]] = {}
        for finding in reversed(findings(self.session, year=self.year)):
            grouped.setdefault(self.root(finding.person_uid), []).append(finding)
        return {uid: tuple(found) for uid, found in grouped.items()}

    @cached_property
    def evidence(self) -> dict[str, tuple[EvidenceLine, ...]]:
        """Evidence lines by assessment (its uid), in their order."""
        grouped: dict[str, list[EvidenceLine]] = {}
        for line in store.evidence_in(self.session, self.row.uid) if self.row else ():
            grouped.setdefault(line.assessment_uid, []).append(line)
        return {uid: tuple(lines) for uid, lines in grouped.items()}

    @cached_property
    def grades_by_year(self) -> dict[str, dict[int, Grade]]:
        """Person → year → grade, of every year known here."""
        found: dict[str, dict[int, Grade]] = {}
        for year, uid, grade in store.decided_grades(self.session):
            # Two records joined later may both hold a grade of a year: the harsher one counts.
            held = found.setdefault(self.root(uid), {})
            if held.get(year) is not Grade.INCOMPETENT:
                held[year] = grade
        return found

    # -- assessments

    def assessment(self, person_uid: str) -> Assessment:
        """The person's assessment of this year, made on first need; raises NotFound."""
        uid = self.root(person_uid)
        if uid not in self.assessments:
            leader = self.leaders.get(uid)
            if leader is None:
                raise NotFound(f"{self.name(uid)}在{self.year}年没有任职，不参加当年考核。")
            made = Assessment(year_uid=self.made().uid, person_uid=uid, group_uid=leader.group_uid)
            self.session.add(made)
            self.assessments[uid] = made
        assessment = self.assessments[uid]
        if uid in self.leaders and assessment.decision is None:  # moved since the proposal
            assessment.group_uid = self.leaders[uid].group_uid
        return assessment

    def too_short(self, person_uid: str) -> bool:
        """Whether the person was in post for too few months to be graded (不定等次)."""
        leader = self.leaders.get(person_uid)
        return leader is not None and leader.months < self.settings.minimum_months

    def short_reason(self, person_uid: str) -> str:
        """Why the person gets no grade, as recorded with 不定等次."""
        months = self.leaders[person_uid].months
        return f"{self.year}年任职{months}个月，不足{self.settings.minimum_months}个月"

    def decided(self) -> dict[str, Grade]:
        """Grades entered so far, by person."""
        return {
            uid: one.decision for uid, one in self.assessments.items() if one.decision is not None
        }

    def grades(self) -> dict[str, Grade]:
        """As ``decided``, with 不定等次 for those too short in post who have no entry yet."""
        short = {uid: Grade.UNGRADED for uid in self.leaders if self.too_short(uid)}
        return {**short, **self.decided()}

    def to_grade(self) -> list[Assessed]:
        """Those in post long enough to get a grade, in the order of lists."""
        return [one for one in self.leaders.values() if not self.too_short(one.person_uid)]

    def _take(self, assessments: Iterable[Assessment]) -> None:
        """Indexes by person; of two records joined later the one with a decision counts."""
        known = [(self._roots.get(one.person_uid, one.person_uid), one) for one in assessments]
        # the last one wins: decided over undecided, then the leading record's
        known.sort(key=lambda pair: (pair[1].decision is not None, pair[1].person_uid == pair[0]))
        self.assessments.update(known)


def _rate(row: PostSubsidy) -> SubsidyRate:
    return SubsidyRate(row.since, row.monthly)


def _period(post: Appointment) -> Period:
    return Period(post.counted_from, post.ended)
