"""Dates typed short: what is left out comes from today and from the year shown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daomao_desktop.domain.dates import PartialDate, parse_date
from daomao_desktop.domain.typed_dates import typed_date

TODAY = date(2026, 1, 20)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("1月5日", "2026-01-05"),
        ("1-5", "2026-01-05"),
        ("1.5", "2026-01-05"),
        ("1/5", "2026-01-05"),
        ("０１－０５", "2026-01-05"),
        (" 1 月 5 号 ", "2026-01-05"),
        ("一月五日", "2026-01-05"),
        ("十二月三十一日", "2025-12-31"),
        ("26-1-5", "2026-01-05"),
        ("26年1月5日", "2026-01-05"),
        ("26.1.5", "2026-01-05"),
        ("1-20", "2026-01-20"),
        ("1-21", "2025-01-21"),
        ("12-31", "2025-12-31"),
        ("2-29", "2024-02-29"),
        ("5日", "2026-01-05"),
        ("21日", "2025-12-21"),
        ("今天", "2026-01-20"),
        ("昨天", "2026-01-19"),
        ("前天", "2026-01-18"),
        ("20260115", "2026-01-15"),
        ("2026年1月15日", "2026-01-15"),
        ("99-1-5", "1999-01-05"),
    ],
)
def test_short_dates_are_the_last_such_day(text: str, iso: str) -> None:
    assert typed_date(text, TODAY).iso == iso


@pytest.mark.parametrize(
    ("text", "year", "iso"),
    [
        ("1-5", 2025, "2025-01-05"),
        ("12-31", 2025, "2025-12-31"),
        ("12-31", 2026, "2025-12-31"),  # of 2026 it is still to come
        ("2-29", 2025, "2024-02-29"),
        ("26-1-5", 2025, "2026-01-05"),  # a year that is there is that year
    ],
)
def test_the_year_shown_is_the_year_left_out(text: str, year: int, iso: str) -> None:
    assert typed_date(text, TODAY, year=year).iso == iso


def test_a_date_that_may_be_to_come_is_the_nearest() -> None:
    assert typed_date("1-25", TODAY, ahead=True).iso == "2026-01-25"
    assert typed_date("12-25", TODAY, ahead=True).iso == "2025-12-25"
    assert typed_date("25日", TODAY, ahead=True).iso == "2026-01-25"


def test_a_month_is_not_taken_for_a_day() -> None:
    for text, iso in (("1987.06", "1987-06"), ("87.6", "1987-06"), ("26年1月", "2026-01")):
        assert typed_date(text, TODAY, month_enough=True).iso == iso
    assert typed_date("87-6-20", TODAY, month_enough=True).iso == "1987-06-20"
    for text in ("1-5", "5日", "1月5日"):
        with pytest.raises(ValueError, match=text):
            typed_date(text, TODAY, month_enough=True)


@pytest.mark.parametrize(
    "text", ["", "13-1", "1-32", "2-30", "0-5", "1--5", "105", "-5", "32日", "明年"]
)
def test_what_is_no_date_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(ValueError, match="不是日期"):
        typed_date(text, TODAY)


@pytest.mark.parametrize("text", ["1月5日", "1-5", "1.5", "26-1-5", "5日", "今天", "87.6"])
def test_a_file_is_read_as_strictly_as_ever(text: str) -> None:
    with pytest.raises(ValueError, match="不是日期"):
        parse_date(text)


@given(st.dates(date(1905, 1, 1), date(2099, 12, 31)), st.dates(date(1910, 1, 1), date(2095, 1, 1)))
def test_a_short_date_is_never_in_the_future_and_never_another_day(day: date, today: date) -> None:
    found = typed_date(f"{day.month}-{day.day}", today).first
    assert found <= today
    assert (found.month, found.day) == (day.month, day.day)
    assert today - found < timedelta(days=366 * 8)
    whole = typed_date(day.isoformat(), today)
    assert whole == PartialDate.of(day)
