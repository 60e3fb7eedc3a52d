"""Rates and scores of the satisfaction survey."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daomao_desktop.domain.scheme_settings import SchemeSettings
from daomao_desktop.domain.survey import SurveyCounts, formula_in_words, survey_result

SETTINGS = SchemeSettings()
WORKED = SurveyCounts(60, 55, 3, 30, 14, 6, 2)


def test_the_worked_case() -> None:
    result = survey_result(WORKED, SETTINGS)
    assert (result.valid, result.rate, result.score, result.marks) == (52, 8462, 8240, ())
    assert result.formula == (
        "满意率＝(30＋14)÷52＝84.62%；得分＝(100×30＋80×14)÷(52－2)＝82.40"
        "（基本满意按 80% 折算，不计“不了解”）"
    )


def test_the_settings_stand_in_the_formula() -> None:
    other = replace(SETTINGS, survey_basic_coefficient=60, survey_leaves_out_unknown=False)
    result = survey_result(WORKED, other)
    assert result.score == 7385  # 3840 / 52 = 73.846…
    assert "60×14)÷52＝73.85（基本满意按 60% 折算，计入“不了解”）" in result.formula


def test_the_formula_in_words_has_the_settings_too() -> None:
    assert formula_in_words(SETTINGS) == (
        "满意率＝（满意＋基本满意）÷有效票；测评得分＝（100×满意＋80×基本满意）÷（有效票－不了解）"
    )
    other = replace(SETTINGS, survey_basic_coefficient=60, survey_leaves_out_unknown=False)
    assert formula_in_words(other).endswith("＝（100×满意＋60×基本满意）÷有效票")


def test_nothing_to_score_is_invalid() -> None:
    for counts in (SurveyCounts(10, 5, 0, 0, 0, 0, 5), SurveyCounts(10, 5, 5, 0, 0, 0, 0)):
        result = survey_result(counts, SETTINGS)
        assert (result.rate, result.score) == (None, None)
        assert "测评无效" in result.marks[0]
    counted = replace(SETTINGS, survey_leaves_out_unknown=False)
    assert survey_result(SurveyCounts(10, 5, 0, 0, 0, 0, 5), counted).score == 0


def test_few_ballots_and_a_low_turnout_are_marked() -> None:
    few = survey_result(SurveyCounts(12, 9, 0, 9, 0, 0, 0), SETTINGS)
    assert few.marks == ("有效票 9 张，少于 10 张。",)
    assert survey_result(SurveyCounts(12, 10, 0, 10, 0, 0, 0), SETTINGS).marks == ()
    low = survey_result(SurveyCounts(60, 39, 0, 39, 0, 0, 0), SETTINGS)
    assert low.marks == ("收回 39 张，不到发出 60 张的三分之二。",)
    assert survey_result(SurveyCounts(60, 40, 0, 40, 0, 0, 0), SETTINGS).marks == ()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"issued": 54}, "returned"),
        ({"void": 56, "satisfied": 0, "basic": 0, "dissatisfied": 0, "unknown": 0}, "void"),
        ({"satisfied": 31}, "satisfied"),
        ({"unknown": 1}, "satisfied"),
        ({"basic": -1}, "basic"),
    ],
)
def test_impossible_counts_are_named(changes: dict[str, int], field: str) -> None:
    counts = replace(WORKED, **changes)
    assert [problem.field for problem in counts.problems()] == [field]
    with pytest.raises(ValueError, match=r"票|收回"):
        survey_result(counts, SETTINGS)


@given(
    st.lists(st.integers(0, 300), min_size=4, max_size=4), st.integers(0, 50), st.integers(0, 50)
)
def test_figures_agree_with_fractions(answers: list[int], void: int, unreturned: int) -> None:
    valid = sum(answers)
    counts = SurveyCounts(valid + void + unreturned, valid + void, void, *answers)
    result = survey_result(counts, SETTINGS)
    a, b, _, d = answers
    if valid == d:
        assert result.score is None
        return
    assert result.rate is not None
    assert result.score is not None
    half = Fraction(1, 2)
    assert abs(result.rate - Fraction(10_000 * (a + b), valid)) <= half
    assert abs(result.score - Fraction(100 * (100 * a + 80 * b), valid - d)) <= half
    assert 0 <= result.rate <= 10_000
    assert 0 <= result.score <= 10_000
