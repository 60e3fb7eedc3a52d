"""Working days and the period of a public notice (公示)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

NO_OVERRIDES: Mapping[date, bool] = MappingProxyType({})


def known_year(year: int) -> bool:
    """Whether the State Council's holidays of that year are known to the program."""
    import chinese_calendar  # imported when a notice is counted, not at start-up

    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def is_working_day(day: date, overrides: Mapping[date, bool] = NO_OVERRIDES) -> bool:
    """Whether offices work that day: the office's own table first, then the State Council's.

    In a year that is not known the weekdays count.
    """
    if day in overrides:
        return overrides[day]
    import chinese_calendar  # imported when a notice is counted, not at start-up

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """A notice's period; ``guessed``: some of its days lie in a year whose holidays are unknown."""

    posted: date
    last_day: date
    in_force_from: date
    guessed: bool


def public_notice(
    posted: date, days: int = 5, overrides: Mapping[date, bool] = NO_OVERRIDES
) -> PublicNotice:
    """Posted Monday 5 January 2026: five working days end on Monday 12, in force from 13.

    The posting day is not counted. Raises ValueError for fewer than one day.
    """
    if days < 1:
        raise ValueError("公示至少一个工作日")
    day, left, guessed = posted, days, False
    while left:
        day += timedelta(days=1)
        guessed = guessed or (day not in overrides and not known_year(day.year))
        left -= is_working_day(day, overrides)
    return PublicNotice(posted, day, day + timedelta(days=1), guessed)


def working_days(posted: date, until: date, overrides: Mapping[date, bool] = NO_OVERRIDES) -> int:
    """How many working days lie between the posting day, not counted, and ``until``, counted."""
    return sum(
        is_working_day(posted + timedelta(days=after), overrides)
        for after in range(1, (until - posted).days + 1)
    )
