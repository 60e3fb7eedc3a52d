"""Suggested grades, places and the cap."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daomao_desktop.domain.assessment import (
    Place,
    SchemeSettings,
    Standing,
    Suggestion,
    cap_allows,
    cap_count,
    cap_problem,
    excellent_cap,
    excellent_places,
    grade_counts,
    parse_grade,
    reason_needed,
    suggest,
)
from daomao_desktop.domain.scheme import Grade

SETTINGS = SchemeSettings()
BEST = Standing(months=12, total=9000, satisfaction_rate=8500, place=Place.WITHIN)


@pytest.mark.parametrize(("assessed", "cap"), [(199, 19), (9, 0), (10, 1), (0, 0), (24, 2)])
def test_the_cap(assessed: int, cap: int) -> None:
    assert excellent_cap(assessed) == cap
    assert cap_allows(cap, assessed)
    assert not cap_allows(cap + 1, assessed)


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_the_cap_is_exact_and_never_shrinks(excellent: int, assessed: int) -> None:
    assert excellent_cap(assessed) <= excellent_cap(assessed + 1)
    allowed = excellent == 0 or (assessed > 0 and Fraction(excellent, assessed) <= Fraction(1, 10))
    assert cap_allows(excellent, assessed) == allowed
    assert (cap_problem(excellent, assessed) is None) == allowed


def test_the_hard_stop_says_what_is_too_many() -> None:
    sentence = cap_problem(2, 19)
    assert sentence == "优秀 2 人超过上限：参加考核 19 人，优秀不超过 10%，最多 1 人。"


def test_who_counts_against_the_cap() -> None:
    grades = [Grade.EXCELLENT, Grade.COMPETENT, Grade.UNGRADED, None, None]
    open_ = cap_count(grades, settled=False)
    assert (open_.excellent, open_.assessed, open_.cap) == (1, 4, 0)
    settled = cap_count(grades, settled=True)
    assert (settled.excellent, settled.assessed) == (1, 2)
    assert cap_count([None] * 20, settled=False).cap == 2


def test_grades_are_four_words() -> None:
    for grade in Grade:
        assert parse_grade(f" {grade.value} ") is grade
    assert parse_grade("称 职") is Grade.COMPETENT
    for text in ("", "基本称职", "合格", "优"):
        with pytest.raises(ValueError, match="不是考核等次"):
            parse_grade(text)


def test_grades_are_counted_with_noughts() -> None:
    counts = grade_counts(iter([Grade.EXCELLENT, Grade.COMPETENT, Grade.COMPETENT]))
    assert list(counts) == list(Grade)
    assert list(counts.values()) == [1, 2, 0, 0]


def test_places_are_the_first_tenth_of_the_town() -> None:
    scores: dict[str, int | None] = {f"p{at}": 9900 - at for at in range(20)}
    places = excellent_places(scores, 20)
    assert places.within == {"p0", "p1"}
    assert places.tied == ()
    assert (places.of("p1"), places.of("p2")) == (Place.WITHIN, Place.OUTSIDE)


def test_a_tie_across_the_last_place_is_listed_not_broken() -> None:
    scores: dict[str, int | None] = {f"p{at}": 8000 for at in range(20)}
    scores |= {"p5": 9500, "p3": 9300, "p9": 9300, "p4": None}
    places = excellent_places(scores, 20)
    assert places.within == {"p5"}
    assert places.tied == ("p3", "p9")
    assert places.of("p9") is Place.TIED
    assert places.of("p4") is Place.OUTSIDE


def test_a_tie_above_the_last_place_is_no_matter() -> None:
    scores: dict[str, int | None] = {f"p{at}": 8000 for at in range(20)}
    places = excellent_places({**scores, "p5": 9500, "p6": 9500}, 20)
    assert places.within == {"p5", "p6"}
    assert places.tied == ()


def test_below_ten_nobody_has_a_place() -> None:
    assert excellent_places({"a": 9900}, 9).of("a") is Place.OUTSIDE


@given(st.lists(st.integers(0, 30), max_size=60))
def test_places_never_exceed_the_cap_and_follow_the_order(values: list[int]) -> None:
    scores: dict[str, int | None] = {str(at): value for at, value in enumerate(values)}
    places = excellent_places(scores, len(values))
    cap = excellent_cap(len(values))
    assert len(places.within) <= cap
    assert not places.within & set(places.tied)
    if places.tied:
        assert len(places.within) < cap < len(places.within) + len(places.tied)
    else:
        assert len(places.within) == cap
    listed = [values[int(one)] for one in (*places.within, *places.tied)]
    others = [value for at, value in enumerate(values) if places.of(str(at)) is Place.OUTSIDE]
    assert not (listed and others and cap) or min(listed) > max(others)


def test_excellent_needs_every_condition() -> None:
    assert suggest(BEST, SETTINGS).grade is Grade.EXCELLENT
    for changes in (
        {"total": 8999},
        {"satisfaction_rate": 8499},
        {"satisfaction_rate": None},
        {"has_measure": True},
        {"has_bottom_line_loss": True},
        {"place": Place.OUTSIDE},
    ):
        suggestion = suggest(replace(BEST, **changes), SETTINGS)
        assert suggestion.grade is Grade.COMPETENT
        assert len(suggestion.reasons) == 1


def test_a_tied_place_is_left_to_the_committee() -> None:
    tied = suggest(replace(BEST, place=Place.TIED), SETTINGS)
    assert tied.grade is None
    assert "并列" in tied.reasons[0]
    below = replace(BEST, place=Place.TIED, total=8000)
    assert suggest(below, SETTINGS).grade is Grade.COMPETENT


def test_a_village_does_not_know_the_towns_places() -> None:
    suggestion = suggest(replace(BEST, place=None), SETTINGS)
    assert suggestion.grade is Grade.EXCELLENT
    assert "名额由镇里统筹" in suggestion.reasons[0]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"total": 5999}, "低于 60.00"),
        ({"satisfaction_rate": 4999}, "低于 50.00%"),
        ({"veto": True}, "一票否决"),
        ({"veto": True, "total": None}, "一票否决"),
        ({"total": None, "satisfaction_rate": 4000}, "满意率 40.00%"),
    ],
)
def test_incompetent_for_any_one_failing(changes: dict[str, object], words: str) -> None:
    suggestion = suggest(replace(BEST, **changes), SETTINGS)  # type: ignore[arg-type]
    assert suggestion.grade is Grade.INCOMPETENT
    assert words in suggestion.reasons[0]


def test_the_edges_of_competent() -> None:
    edge = replace(BEST, total=6000, satisfaction_rate=5000)
    assert suggest(edge, SETTINGS).grade is Grade.COMPETENT


def test_less_than_six_months_is_not_graded() -> None:
    short = replace(BEST, months=5)
    assert suggest(short, SETTINGS).grade is Grade.UNGRADED
    assert "5 个月" in suggest(short, SETTINGS).reasons[0]
    assert suggest(replace(BEST, months=6), SETTINGS).grade is Grade.EXCELLENT
    assert suggest(short, replace(SETTINGS, minimum_months=5)).grade is Grade.EXCELLENT


def test_nothing_to_weigh_means_no_suggestion_and_no_reason() -> None:
    nothing = suggest(Standing(months=12, total=None), SETTINGS)
    assert nothing.grade is None
    for grade in Grade:
        assert not reason_needed(grade, nothing, None)


def test_a_reason_is_needed_where_the_proposal_differs() -> None:
    suggestion = Suggestion(Grade.COMPETENT, ())
    assert not reason_needed(Grade.COMPETENT, suggestion, None)
    assert reason_needed(Grade.EXCELLENT, suggestion, None)
    assert reason_needed(Grade.EXCELLENT, suggestion, "  ")
    assert not reason_needed(Grade.EXCELLENT, suggestion, "抢险救灾表现突出")
