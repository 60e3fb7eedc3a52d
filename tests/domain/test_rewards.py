"""Deductions, two-year runs, the ten best."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.rewards import (
    Runs,
    SubsidyRate,
    deduction,
    deduction_parts,
    monthly_due,
    ten_best_limit,
    two_year_runs,
    year_due,
)
from daomao_desktop.domain.scheme import Grade

GOOD, BAD, NONE = Grade.COMPETENT, Grade.INCOMPETENT, Grade.UNGRADED


@pytest.mark.parametrize(
    ("monthly", "months", "due", "less"),
    [(50_000, 7, 350_000, 70_000), (33_333, 12, 399_996, 79_999), (50_000, 0, 0, 0)],
)
def test_the_worked_deductions(monthly: int, months: int, due: int, less: int) -> None:
    base = year_due([Money(monthly)] * months)
    assert base == Money(due)
    assert deduction(base) == Money(less)


def test_half_a_fen_is_rounded_up() -> None:
    assert [deduction(Money(fen)).fen for fen in (2, 3, 7, 8)] == [0, 1, 1, 2]
    assert deduction(Money(5), 50) == Money(3)
    with pytest.raises(ValueError, match="负数"):
        deduction(Money(-1))


@given(st.integers(0, 10**9), st.integers(1, 24))
def test_parts_sum_to_the_whole_and_the_last_settles(total: int, parts: int) -> None:
    paid = deduction_parts(Money(total), parts)
    assert len(paid) == parts
    assert sum(part.fen for part in paid) == total
    assert len(set(paid[:-1])) <= 1
    assert 0 <= paid[-1].fen - total // parts < parts


def test_parts_of_a_deduction() -> None:
    assert deduction_parts(Money(70_000), 3) == (Money(23_333), Money(23_333), Money(23_334))
    for total, parts in ((100, 0), (-1, 1)):
        with pytest.raises(ValueError, match="分次扣减"):
            deduction_parts(Money(total), parts)


def test_the_rate_of_each_month_is_the_one_held_on_its_15th() -> None:
    own = [SubsidyRate(PartialDate(2025, 6, 16), Money(60_000))]
    village = [
        SubsidyRate(PartialDate(2025, 3), Money(50_000)),
        SubsidyRate(PartialDate(2021, 1), Money(40_000)),
    ]
    due = monthly_due([2, 3, 6, 7], 2025, own, village)
    assert due == (Money(40_000), Money(50_000), Money(50_000), Money(60_000))
    assert monthly_due([1], 2025, own) == (None,)
    on_the_day = [SubsidyRate(PartialDate(2025, 1, 15), Money(1))]
    assert monthly_due([1], 2025, on_the_day) == (Money(1),)
    assert monthly_due([7], 2025, [SubsidyRate(PartialDate(2025, 1), Money(0))], village) == (
        Money(0),
    )


def test_a_run_follows_the_person() -> None:
    grades = {
        "moved": {2023: BAD, 2024: BAD},
        "first": {2023: GOOD, 2024: BAD},
        "better": {2023: BAD, 2024: GOOD},
        "new": {2024: BAD},
    }
    assert two_year_runs(grades, 2024) == Runs(frozenset({"moved"}), frozenset())


def test_a_gap_breaks_the_run_and_is_shown() -> None:
    grades = {
        "exempt": {2023: BAD, 2024: NONE, 2025: BAD},
        "absent": {2023: BAD, 2025: BAD},
        "long": {2021: BAD, 2022: NONE, 2025: BAD},
        "mended": {2022: BAD, 2023: GOOD, 2024: NONE, 2025: BAD},
        "fresh": {2024: NONE, 2025: BAD},
    }
    assert two_year_runs(grades, 2025) == Runs(frozenset(), frozenset({"exempt", "absent", "long"}))


YEARS = st.dictionaries(st.integers(2018, 2026), st.sampled_from(Grade))


@given(st.dictionaries(st.sampled_from("abcd"), YEARS))
def test_runs_and_reviews_exclude_each_other(grades: dict[str, dict[int, Grade]]) -> None:
    found = two_year_runs(grades, 2025)
    assert not found.runs & found.review
    for person, years in grades.items():
        pair = (years.get(2024), years.get(2025))
        assert (person in found.runs) == (pair == (BAD, BAD))
        if person in found.review:
            assert pair[1] is BAD
            assert pair[0] in (None, NONE)


@pytest.mark.parametrize(
    ("assessed", "excellent", "limit"),
    [(199, 19, 10), (100, 10, 10), (99, 9, 9), (199, 3, 3), (9, 1, 0)],
)
def test_the_ten_best_are_fewer_below_a_hundred(assessed: int, excellent: int, limit: int) -> None:
    assert ten_best_limit(assessed, excellent) == limit
