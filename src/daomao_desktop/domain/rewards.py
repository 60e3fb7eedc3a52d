"""What a grade brings about: deduction, two-year run, the ten best (R1, R4a, R4b)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from daomao_desktop.domain.assessment import excellent_cap
from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.scheme import Grade

DEDUCTION_PERCENT = 20
MOST_BEST = 10


class Honour(Enum):
    """What somebody graded 优秀 is honoured as (R1)."""

    BEST = "“十佳”村民小组长"
    EXCELLENT = "优秀村民小组长"


@dataclass(frozen=True, slots=True)
class SubsidyRate:
    """A monthly post subsidy from a month on."""

    since: PartialDate
    monthly: Money


def monthly_due(
    months: Iterable[int],
    year: int,
    own: Sequence[SubsidyRate],
    village: Sequence[SubsidyRate] = (),
) -> tuple[Money | None, ...]:
    """For each month in post the subsidy that held on its 15th; a person's own rate goes first.

    None where no rate is known for the month: it must be named, not taken for nothing.
    """
    return tuple(
        _rate_on(date(year, month, 15), own) or _rate_on(date(year, month, 15), village)
        for month in months
    )


def _rate_on(day: date, rates: Sequence[SubsidyRate]) -> Money | None:
    held = [rate for rate in rates if rate.since.first <= day]
    return max(held, key=lambda rate: rate.since.first).monthly if held else None


def year_due(monthly_by_month: Sequence[Money]) -> Money:
    """The year's subsidy due: the sum over the months in post."""
    return Money(sum(monthly.fen for monthly in monthly_by_month))


def deduction(base: Money, percent: int = DEDUCTION_PERCENT) -> Money:
    """R4a: 20% of the base, half a 分 rounded up. Raises ValueError for a negative base."""
    if base.fen < 0:
        raise ValueError("扣减基数不能是负数")
    return base.percent(percent)


def deduction_parts(total: Money, parts: int) -> tuple[Money, ...]:
    """The deduction in equal parts; the last one settles the remainder."""
    if parts < 1 or total.fen < 0:
        raise ValueError("分次扣减至少一次，金额不能是负数")
    part = Money(total.fen // parts)
    return (part,) * (parts - 1) + (total - part * (parts - 1),)


@dataclass(frozen=True, slots=True)
class Runs:
    """Persons 不称职 two years running, and those whose run a gap breaks (for human review)."""

    runs: frozenset[str]
    review: frozenset[str]


def two_year_runs(grades: Mapping[str, Mapping[int, Grade]], year: int) -> Runs:
    """R4b, by person across groups and villages: person → year → grade."""
    runs, review = set(), set()
    for person, years in grades.items():
        if years.get(year) is not Grade.INCOMPETENT:
            continue
        before = years.get(year - 1)
        if before is Grade.INCOMPETENT:
            runs.add(person)
        elif before is None or not before.counts:
            graded = [past for past, grade in years.items() if past < year and grade.counts]
            if graded and years[max(graded)] is Grade.INCOMPETENT:
                review.add(person)
    return Runs(frozenset(runs), frozenset(review))


def ten_best_limit(assessed: int, excellent: int) -> int:
    """R1: at most ten, only from 优秀, so never more than ⌊N/10⌋ of those assessed."""
    return min(MOST_BEST, excellent, excellent_cap(assessed))
