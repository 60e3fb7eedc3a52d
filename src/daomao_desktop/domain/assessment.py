"""The suggested grade and the ten-per-cent cap (A3); scores and settings come from their rooms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from daomao_desktop.domain.scheme import Grade
from daomao_desktop.domain.scheme_settings import (
    FIXED_NOTE,
    SETTING_LABELS,
    SETTING_NOTE,
    MissingPolicy,
    SchemeSettings,
    setting_note,
)
from daomao_desktop.domain.scoring import (
    Component,
    ScoreSheet,
    adjustment_points,
    figure,
    funds_points,
    maximum,
    parse_score,
    points_problem,
    satisfaction_points,
    task_points,
    total_score,
    village_score,
)

__all__ = [
    "FIXED_NOTE",
    "SETTING_LABELS",
    "SETTING_NOTE",
    "CapCount",
    "Component",
    "MissingPolicy",
    "Place",
    "Places",
    "SchemeSettings",
    "ScoreSheet",
    "Standing",
    "Suggestion",
    "adjustment_points",
    "cap_allows",
    "cap_count",
    "cap_problem",
    "excellent_cap",
    "excellent_places",
    "figure",
    "funds_points",
    "grade_counts",
    "maximum",
    "parse_grade",
    "parse_score",
    "points_problem",
    "reason_needed",
    "satisfaction_points",
    "setting_note",
    "suggest",
    "task_points",
    "total_score",
    "village_score",
]


def excellent_cap(assessed: int) -> int:
    """How many may be 优秀 among N assessed: ⌊N/10⌋ (A3)."""
    return assessed // 10


@dataclass(frozen=True, slots=True)
class CapCount:
    """How many 优秀 there are, and among how many assessed."""

    excellent: int
    assessed: int

    @property
    def cap(self) -> int:
        return excellent_cap(self.assessed)


def cap_count(grades: Iterable[Grade | None], *, settled: bool) -> CapCount:
    """Counts everyone's grade against the cap; None: not graded yet.

    While grades are being given all who will get one count, so that the order does not matter;
    ``settled`` (from 镇定 on): those who got one.
    """
    given = tuple(grades)
    assessed = sum(1 for grade in given if (not settled if grade is None else grade.counts))
    return CapCount(given.count(Grade.EXCELLENT), assessed)


def cap_allows(excellent: int, assessed: int) -> bool:
    """A3: 优秀 is at most ten per cent of those assessed."""
    return excellent * 10 <= assessed


def cap_problem(excellent: int, assessed: int) -> str | None:
    """The sentence of the hard stop, or None where the cap holds."""
    if cap_allows(excellent, assessed):
        return None
    return (
        f"优秀 {excellent} 人超过上限：参加考核 {assessed} 人，"
        f"优秀不超过 10%，最多 {excellent_cap(assessed)} 人。"
    )


def parse_grade(text: str) -> Grade:
    """One of the four words, inner spaces allowed. Raises ValueError with a sentence."""
    try:
        return Grade("".join(text.split()))
    except ValueError:
        words = "、".join(grade.value for grade in Grade)
        raise ValueError(f"“{text.strip()}” 不是考核等次（{words}）") from None


class Place(Enum):
    """Where a score stands against the town's first ⌊N/10⌋ places."""

    WITHIN = "名额内"
    TIED = "并列在最后一个名额"
    OUTSIDE = "名额外"


@dataclass(frozen=True, slots=True)
class Places:
    """Who stands within the places, and who is tied across the last one (for the committee)."""

    within: frozenset[str]
    tied: tuple[str, ...]

    def of(self, person: str) -> Place:
        if person in self.within:
            return Place.WITHIN
        return Place.TIED if person in self.tied else Place.OUTSIDE


def excellent_places(scores: Mapping[str, int | None], assessed: int) -> Places:
    """The first ⌊N/10⌋ of the town by total score; a tie across the last place is not broken."""
    known = {person: score for person, score in scores.items() if score is not None}
    ordered = sorted(known.values(), reverse=True)
    cap = excellent_cap(assessed)
    if cap == 0:
        return Places(frozenset(), ())
    if len(ordered) <= cap:
        return Places(frozenset(known), ())
    last = ordered[cap - 1]
    is_tie = ordered[cap] == last
    within = (p for p, score in known.items() if score > last or (score == last and not is_tie))
    tied = (person for person, score in known.items() if is_tie and score == last)
    return Places(frozenset(within), tuple(tied))


@dataclass(frozen=True, slots=True)
class Standing:
    """What the suggestion looks at, for one person and year.

    ``total`` in hundredths, ``satisfaction_rate`` in hundredths of a percent; ``place``: None
    where the whole town's scores are not known here.
    """

    months: int
    total: int | None
    satisfaction_rate: int | None = None
    has_measure: bool = False
    has_bottom_line_loss: bool = False
    veto: bool = False
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The grade the figures suggest (None: they suggest none) and why, one sentence each."""

    grade: Grade | None
    reasons: tuple[str, ...]


def suggest(standing: Standing, settings: SchemeSettings) -> Suggestion:
    """The suggested grade; the committee decides, a proposal that differs needs a reason."""
    if standing.months < settings.minimum_months:
        return Suggestion(
            Grade.UNGRADED,
            (f"当年任职 {standing.months} 个月，不满 {settings.minimum_months} 个月，不定等次。",),
        )
    failings = _failings(standing, settings)
    if failings:
        return Suggestion(Grade.INCOMPETENT, failings)
    total = standing.total
    if total is None:
        return Suggestion(None, ("没有可以计分的资料，不提出建议等次。",))
    obstacles = _obstacles(standing, total, settings)
    if obstacles:
        return Suggestion(Grade.COMPETENT, obstacles)
    if standing.place is Place.TIED:
        return Suggestion(None, ("总分并列在优秀的最后一个名额，由镇党委研究确定。",))
    reason = f"总分 {figure(total)} 分，达到优秀条件。"
    if standing.place is None:
        reason = f"总分 {figure(total)} 分，达到优秀条件，名额由镇里统筹。"
    return Suggestion(Grade.EXCELLENT, (reason,))


def _failings(standing: Standing, settings: SchemeSettings) -> tuple[str, ...]:
    failings = []
    if standing.veto:
        failings.append("有查实的严重违反底线行为，一票否决。")
    if standing.total is not None and standing.total < settings.incompetent_below:
        failings.append(
            f"总分 {figure(standing.total)} 分，低于 {figure(settings.incompetent_below)} 分。"
        )
    rate = standing.satisfaction_rate
    if rate is not None and rate < settings.incompetent_rate:
        failings.append(f"满意率 {figure(rate)}%，低于 {figure(settings.incompetent_rate)}%。")
    return tuple(failings)


def _obstacles(standing: Standing, total: int, settings: SchemeSettings) -> tuple[str, ...]:
    """What keeps a person from 优秀."""
    obstacles = []
    if total < settings.excellent_from:
        obstacles.append(
            f"总分 {figure(total)} 分，未达到优秀线 {figure(settings.excellent_from)} 分。"
        )
    rate = standing.satisfaction_rate
    if rate is None:
        obstacles.append("没有有效的满意度测评结果，不能建议优秀。")
    elif rate < settings.excellent_rate:
        obstacles.append(f"满意率 {figure(rate)}%，未达到 {figure(settings.excellent_rate)}%。")
    if standing.has_measure:
        obstacles.append("当年受过约谈提醒或更重的处理。")
    if standing.has_bottom_line_loss:
        obstacles.append("当年有查实的违反“五必须五不准”问题。")
    if standing.place is Place.OUTSIDE:
        obstacles.append("总分排名在优秀名额之外。")
    return tuple(obstacles)


def reason_needed(proposal: Grade, suggestion: Suggestion, reason: str | None) -> bool:
    """Whether a proposal differs from the suggestion and its reason is lacking."""
    differs = suggestion.grade is not None and proposal is not suggestion.grade
    return differs and not (reason or "").strip()


def grade_counts(grades: Iterable[Grade]) -> dict[Grade, int]:
    """How many of each grade, zeros included, in the scheme's order."""
    given = tuple(grades)
    return {grade: given.count(grade) for grade in Grade}
