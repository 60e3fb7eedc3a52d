"""Quarters and town sessions."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daomao_desktop.domain.scheme import TrainingContent
from daomao_desktop.domain.training import (
    QuarterState,
    contents_lacking,
    missing_quarters,
    quarter_of,
    quarter_states,
    town_sessions,
)

DAYS = st.dates(date(2025, 1, 1), date(2025, 12, 31))


def test_quarters() -> None:
    assert [quarter_of(date(2025, month, 1)) for month in range(1, 13)] == [1] * 3 + [2] * 3 + [
        3
    ] * 3 + [4] * 3


def test_a_missing_second_quarter_is_flagged_on_the_first_of_july() -> None:
    held = [date(2025, 2, 10)]
    assert missing_quarters(held, 2025, date(2025, 7, 1)) == (2,)
    assert missing_quarters(held, 2025, date(2025, 6, 30)) == ()
    assert quarter_states(held, 2025, date(2025, 6, 30)) == (
        QuarterState.HELD,
        QuarterState.DUE,
        QuarterState.AHEAD,
        QuarterState.AHEAD,
    )


def test_other_years_and_planned_sessions_do_not_count() -> None:
    held = [date(2024, 5, 1), date(2025, 5, 20)]
    assert quarter_states(held, 2025, date(2025, 5, 19))[1] is QuarterState.DUE
    assert missing_quarters(held, 2024, date(2026, 1, 1)) == (1, 3, 4)
    assert missing_quarters([], 2027, date(2026, 1, 1)) == ()


@given(st.lists(DAYS), DAYS, DAYS)
def test_a_further_session_or_an_earlier_day_never_adds_a_gap(
    held: list[date], further: date, today: date
) -> None:
    gaps = set(missing_quarters(held, 2025, today))
    assert set(missing_quarters([*held, further], 2025, today)) <= gaps
    assert gaps == set(range(1, quarter_of(today))) - {
        quarter_of(day) for day in held if day <= today
    }


@pytest.mark.parametrize(
    ("count", "is_over", "is_fault", "words"),
    [
        (0, True, True, "全年没有"),
        (0, False, False, "今年还没有"),
        (1, True, False, None),
        (2, True, False, None),
        (3, True, False, "仅作提示"),
    ],
)
def test_town_sessions(count: int, is_over: bool, is_fault: bool, words: str | None) -> None:
    found = town_sessions(count, year_is_over=is_over)
    assert found.is_fault is is_fault
    assert (found.sentence is None) if words is None else words in (found.sentence or "")


def test_contents_not_covered_yet() -> None:
    held = [TrainingContent.POLICY, TrainingContent.POLICY]
    assert contents_lacking(held) == (TrainingContent.POLITICAL, TrainingContent.ABILITY)
    assert contents_lacking(TrainingContent) == ()
