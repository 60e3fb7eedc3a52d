"""Points and scores."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daomao_desktop.domain.scheme import Measure, Role
from daomao_desktop.domain.scheme_settings import MissingPolicy, SchemeSettings
from daomao_desktop.domain.scoring import (
    Component,
    ScoreSheet,
    adjustment_points,
    figure,
    funds_points,
    maximum,
    parse_score,
    points_problem,
    rounded,
    satisfaction_points,
    task_points,
    total_in_words,
    total_score,
    village_score,
)

SETTINGS = SchemeSettings()
ZERO = replace(SETTINGS, missing_policy=MissingPolicy.ZERO)
BLOCK = replace(SETTINGS, missing_policy=MissingPolicy.BLOCK)
WEIGHED = [component for component in Component if component is not Component.ADJUSTMENT]
FULL: dict[Component, int | None] = {one: maximum(one, SETTINGS) for one in WEIGHED}


def test_the_weights_are_forty_thirty_ten_twenty() -> None:
    roles = {one: maximum(one, SETTINGS) for one in Component if one.role is not None}
    assert list(roles.values()) == [600, 600, 800, 800, 600, 600]
    rest = (Component.TASKS, Component.BOTTOM_LINES, Component.SATISFACTION, Component.ADJUSTMENT)
    assert [maximum(one, SETTINGS) for one in rest] == [3000, 1000, 2000, 500]


def test_components_and_roles() -> None:
    for role in Role:
        assert Component.of(role).role is role
        assert Component.of(role).label == role.value
    assert Component.TASKS.role is None
    assert len({component.label for component in Component}) == len(Component)


def test_full_points_are_a_hundred() -> None:
    assert village_score(FULL, SETTINGS) == ScoreSheet(10_000, (), 10_000, 1)
    assert total_score(village_score(FULL, SETTINGS), 10_000, SETTINGS) == 10_000


def test_what_is_missing_is_named_and_reweighed() -> None:
    points = {**FULL, Component.SATISFACTION: None, Component.TASKS: None, Component.D1: 300}
    sheet = village_score(points, SETTINGS)
    assert sheet.missing == (Component.TASKS, Component.SATISFACTION)
    assert sheet.total == 9400  # 47 of the 50 points that can be weighed


def test_what_is_missing_may_count_as_nothing_or_block() -> None:
    points = {**FULL, Component.SATISFACTION: None}
    assert village_score(points, ZERO).total == 8000
    blocked = village_score(points, BLOCK)
    assert (blocked.total, blocked.missing) == (None, (Component.SATISFACTION,))
    assert village_score(FULL, BLOCK).total == 10_000


@pytest.mark.parametrize("settings", [SETTINGS, ZERO, BLOCK])
def test_nothing_to_weigh_is_no_score(settings: SchemeSettings) -> None:
    for points in ({}, {Component.BOTTOM_LINES: 1000}, {Component.ADJUSTMENT: 500}):
        sheet = village_score(points, settings)
        assert sheet.total is None
        assert Component.TASKS in sheet.missing
    assert total_score(None, None, settings) is None


def test_the_adjustment_stays_within_nought_and_a_hundred() -> None:
    assert village_score({**FULL, Component.ADJUSTMENT: 500}, SETTINGS).total == 10_000
    assert village_score({**FULL, Component.ADJUSTMENT: -500}, SETTINGS).total == 9500
    nothing: dict[Component, int | None] = dict.fromkeys(WEIGHED, 0)
    assert village_score({**nothing, Component.ADJUSTMENT: -500}, SETTINGS).total == 0


def test_scores_are_rounded_once_at_the_end() -> None:
    # The exact village score is 1000/3 = 333.33…; 70% of it is 233.33…, of 333 only 233.1.
    sheet = ScoreSheet(333, (), 1000, 3)
    assert total_score(sheet, 4, SETTINGS) == 235  # 233.33… + 1.2 = 234.53…
    assert total_score(333, 4, SETTINGS) == 234  # 233.1 + 1.2 = 234.3


def test_seventy_thirty() -> None:
    assert total_score(9000, 8000, SETTINGS) == 8700
    assert total_score(8333, 7777, SETTINGS) == 8166  # 5833.1 + 2333.1


def test_a_side_without_a_score() -> None:
    assert total_score(9000, None, SETTINGS) == 9000
    assert total_score(None, 8000, SETTINGS) == 8000
    assert total_score(9000, None, ZERO) == 6300
    assert total_score(9000, None, BLOCK) is None
    assert total_score(ScoreSheet(None, ()), 8000, SETTINGS) == 8000
    assert total_score(None, 8000, replace(SETTINGS, village_share=100)) is None


POINTS = st.fixed_dictionaries(
    {one: st.none() | st.integers(0, maximum(one, SETTINGS)) for one in WEIGHED}
)


@given(POINTS, st.sampled_from([SETTINGS, ZERO, BLOCK]), st.none() | st.integers(0, 10_000))
def test_scores_are_bounded_and_agree_with_fractions(
    points: dict[Component, int | None], settings: SchemeSettings, town: int | None
) -> None:
    sheet = village_score(points, settings)
    assert set(sheet.missing) == {one for one in WEIGHED if points[one] is None}
    if sheet.total is None:
        return
    assert 0 <= sheet.total <= 10_000
    assert abs(Fraction(sheet.numerator, sheet.denominator) - sheet.total) <= Fraction(1, 2)
    total = total_score(sheet, town, settings)
    assert total is None or 0 <= total <= 10_000
    if settings is ZERO:
        assert sheet.total == sum(value or 0 for value in points.values())


@given(POINTS, st.sampled_from(WEIGHED))
def test_more_points_never_lower_the_score(
    points: dict[Component, int | None], component: Component
) -> None:
    before = points[component]
    if before is None or before == maximum(component, SETTINGS):
        return
    low = village_score(points, SETTINGS).total
    high = village_score({**points, component: before + 1}, SETTINGS).total
    assert (low is None and high is None) or (low is not None and high is not None and low <= high)


@given(st.fractions(-1000, 1000))
def test_rounding_is_half_away_from_zero(value: Fraction) -> None:
    whole = rounded(value)
    assert abs(whole - value) <= Fraction(1, 2)
    assert abs(whole - value) != Fraction(1, 2) or abs(whole) > abs(value)


def test_tasks_are_a_share_less_two_points_each_overdue() -> None:
    assert task_points(10, 10, 0, SETTINGS) == 3000
    assert task_points(2, 3, 1, SETTINGS) == 1800
    assert task_points(0, 4, 4, SETTINGS) == 0
    assert task_points(0, 0, 0, SETTINGS) is None
    assert task_points(1, 7, 0, SETTINGS) == 429  # 428.57…


def test_funds_lose_two_points_a_rule_not_met() -> None:
    assert [funds_points(800, unmet, SETTINGS) for unmet in range(5)] == [800, 600, 400, 200, 0]
    assert funds_points(100, 1, SETTINGS) == 0


def test_satisfaction_is_scaled_to_its_weight() -> None:
    assert satisfaction_points(8240, SETTINGS) == 1648
    assert satisfaction_points(10_000, SETTINGS) == 2000


def test_adjustment_of_measures_is_limited() -> None:
    assert adjustment_points(1, [], SETTINGS) == 200
    assert adjustment_points(9, [], SETTINGS) == 500
    assert adjustment_points(0, [Measure.TALK], SETTINGS) == -200
    assert adjustment_points(0, [Measure.ADMONITION], SETTINGS) == -200
    assert adjustment_points(0, [Measure.CRITICISM], SETTINGS) == -300
    assert adjustment_points(1, [Measure.CIRCULATED], SETTINGS) == -300
    assert adjustment_points(0, list(Measure), SETTINGS) == -500


def test_points_beyond_the_maximum_are_named() -> None:
    assert points_problem(Component.D3, 800, SETTINGS) is None
    assert points_problem(Component.D3, 801, SETTINGS) == "“纠纷调解员”应在 0.00 到 8.00 分之间。"
    assert points_problem(Component.D1, -1, SETTINGS) is not None
    assert points_problem(Component.ADJUSTMENT, -500, SETTINGS) is None
    assert points_problem(Component.ADJUSTMENT, -501, SETTINGS) is not None


@given(st.integers(0, 10_000))
def test_figures_read_back(score: int) -> None:
    assert parse_score(figure(score)) == score
    assert parse_score(f" {figure(score)}分") == score


def test_figures() -> None:
    assert (figure(9250), figure(5), figure(-205)) == ("92.50", "0.05", "-2.05")
    assert parse_score("９２．５") == 9250


@pytest.mark.parametrize(
    "text", ["", "分", "100.01", "-1", "92.555", "九十", "9 2", ".5", "1e2", "²"]
)
def test_what_is_no_score(text: str) -> None:
    with pytest.raises(ValueError, match="分数"):
        parse_score(text)


@pytest.mark.parametrize(
    ("village", "town", "settings", "words"),
    [
        (8520, 9000, SETTINGS, "总分＝85.20×70%＋90.00×30%＝86.64"),
        (8520, 9000, replace(SETTINGS, village_share=60), "总分＝85.20×60%＋90.00×40%＝87.12"),
        (8520, None, SETTINGS, "总分＝村评分＝85.20（没有镇日常评分，按其余项目折算）"),
        (None, 9000, SETTINGS, "总分＝镇日常评分＝90.00（没有村评分，按其余项目折算）"),
        (8520, None, ZERO, "总分＝85.20×70%＋0.00×30%＝59.64（没有镇日常评分，按零分计）"),
        (8520, None, BLOCK, ""),
        (None, None, SETTINGS, ""),
    ],
)
def test_the_total_is_told_in_words(
    village: int | None, town: int | None, settings: SchemeSettings, words: str
) -> None:
    assert total_in_words(village, town, total_score(village, town, settings), settings) == words


def test_a_total_of_an_unrounded_score_says_so() -> None:
    third = ScoreSheet(8333, (), 25_000, 3)
    total = total_score(third, 8001, SETTINGS)
    # 8333.33…×70% + 2400.3 = 8233.63…; 8333×70% + 2400.3 = 8233.4
    assert total == 8234
    words = total_in_words(third.total, 8001, total, SETTINGS)
    assert words.endswith("＝82.34（按取两位小数前的村评分计算）")
