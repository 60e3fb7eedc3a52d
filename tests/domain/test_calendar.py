"""Working days and public notices."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daomao_desktop.domain.calendar import (
    is_working_day,
    known_year,
    public_notice,
    working_days,
)

DAYS = st.dates(date(2004, 1, 1), date(2026, 12, 31))


def test_the_worked_case() -> None:
    notice = public_notice(date(2026, 1, 5))
    assert (notice.last_day, notice.in_force_from) == (date(2026, 1, 12), date(2026, 1, 13))
    assert not notice.guessed


def test_holidays_and_adjusted_working_days() -> None:
    assert not is_working_day(date(2025, 10, 1))  # a Wednesday
    assert is_working_day(date(2025, 9, 28))  # a Sunday worked for the holiday
    assert not is_working_day(date(2025, 11, 1))  # a Saturday
    # Posted on the last day before the National Day week of 2025 (1 to 8 October).
    assert public_notice(date(2025, 9, 30)).last_day == date(2025, 10, 14)


def test_the_offices_own_table_goes_first() -> None:
    typhoon = {date(2026, 1, 6): False, date(2026, 1, 10): True}
    assert not is_working_day(date(2026, 1, 6), typhoon)
    assert is_working_day(date(2026, 1, 10), typhoon)
    assert public_notice(date(2026, 1, 5), overrides=typhoon).last_day == date(2026, 1, 12)
    assert public_notice(date(2026, 1, 5), overrides={date(2026, 1, 6): False}).last_day == date(
        2026, 1, 13
    )


def test_an_unknown_year_counts_weekdays_and_says_so() -> None:
    assert known_year(2026)
    assert not known_year(2099)
    assert is_working_day(date(2099, 1, 1))  # a Thursday
    assert not is_working_day(date(2099, 1, 3))
    notice = public_notice(date(2099, 1, 5))
    assert (notice.last_day, notice.guessed) == (date(2099, 1, 12), True)
    table = {date(2099, 1, 5) + timedelta(days=at): at < 6 for at in range(1, 20)}
    assert not public_notice(date(2099, 1, 5), overrides=table).guessed


@given(DAYS, st.integers(1, 30))
def test_exactly_that_many_working_days(posted: date, days: int) -> None:
    notice = public_notice(posted, days)
    counted = [
        posted + timedelta(days=at)
        for at in range(1, (notice.last_day - posted).days + 1)
        if is_working_day(posted + timedelta(days=at))
    ]
    assert len(counted) == days
    assert counted[-1] == notice.last_day
    assert notice.in_force_from == notice.last_day + timedelta(days=1)


@given(DAYS, st.integers(1, 20), st.integers(0, 20), st.integers(0, 5))
def test_later_or_longer_never_ends_earlier(
    posted: date, days: int, later: int, longer: int
) -> None:
    first = public_notice(posted, days)
    second = public_notice(posted + timedelta(days=later), days + longer)
    assert first.last_day <= second.last_day


def test_a_notice_of_no_days_is_refused() -> None:
    with pytest.raises(ValueError, match="至少一个工作日"):
        public_notice(date(2026, 1, 5), 0)


@given(DAYS, st.integers(1, 12))
def test_a_notices_working_days_are_those_asked_for(posted: date, days: int) -> None:
    notice = public_notice(posted, days)
    assert working_days(posted, notice.last_day) == days
    assert working_days(posted, notice.last_day - timedelta(days=1)) == days - 1


def test_the_posting_day_is_no_day_of_the_notice() -> None:
    monday = date(2026, 1, 5)
    assert working_days(monday, monday) == 0
    assert working_days(monday, date(2026, 1, 6)) == 1
    assert working_days(monday, date(2026, 1, 4)) == 0
