"""Findings about the bottom lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daomao_desktop.domain.conduct import (
    LONGEST_TEXT,
    FindingDraft,
    bottom_line_points,
    check_finding,
    is_veto,
    pairs_broken,
)
from daomao_desktop.domain.scheme import BottomLine, Side
from daomao_desktop.domain.scheme_settings import SchemeSettings

TODAY = date(2026, 1, 15)
GOOD = FindingDraft("p", "g", BottomLine.DILIGENCE, Side.MUST_NOT, TODAY, "连续两周不在岗")
SETTINGS = SchemeSettings()


def finding(pair: BottomLine, *, confirmed: bool = True, grave: bool = False) -> FindingDraft:
    return replace(GOOD, bottom_line=pair, confirmed=confirmed, grave=grave)


def test_a_complete_finding_passes() -> None:
    assert check_finding(GOOD, TODAY) == ()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"person_uid": ""}, "person_uid"),
        ({"group_uid": ""}, "group_uid"),
        ({"bottom_line": None}, "bottom_line"),
        ({"side": None}, "side"),
        ({"on": None}, "on"),
        ({"on": date(2026, 1, 16)}, "on"),
        ({"facts": " "}, "facts"),
        ({"facts": "。…… ——"}, "facts"),
        ({"facts": "字" * (LONGEST_TEXT + 1)}, "facts"),
    ],
)
def test_each_mistake_stands_at_its_field(changes: dict[str, object], field: str) -> None:
    problems = check_finding(replace(GOOD, **changes), TODAY)  # type: ignore[arg-type]
    assert [problem.field for problem in problems] == [field]


def test_two_points_a_pair_and_all_where_nothing_was_found() -> None:
    first, second = finding(BottomLine.OBEDIENCE), finding(BottomLine.INTEGRITY)
    assert bottom_line_points([], SETTINGS) == 1000
    assert bottom_line_points([first, first], SETTINGS) == 800
    assert bottom_line_points([first, second], SETTINGS) == 600
    assert bottom_line_points([finding(pair) for pair in BottomLine], SETTINGS) == 0
    assert pairs_broken([second, first]) == (BottomLine.OBEDIENCE, BottomLine.INTEGRITY)


def test_only_confirmed_findings_count() -> None:
    rumour = finding(BottomLine.OBEDIENCE, confirmed=False, grave=True)
    assert bottom_line_points([rumour], SETTINGS) == 1000
    assert not is_veto([rumour])
    assert is_veto([replace(rumour, confirmed=True)])
    assert not is_veto([finding(BottomLine.OBEDIENCE)])


@given(st.lists(st.sampled_from(BottomLine)), st.sampled_from(BottomLine), st.integers(0, 100))
def test_a_further_finding_never_raises_the_points(
    pairs: list[BottomLine], further: BottomLine, weight: int
) -> None:
    settings = replace(SETTINGS, weight_bottom_lines=weight)
    found = [finding(pair) for pair in pairs]
    fewer, more = found, [*found, finding(further)]
    assert bottom_line_points(more, settings) <= bottom_line_points(fewer, settings)
    lost = weight * 100 - bottom_line_points(more, settings)
    assert lost * 5 == weight * 100 * len(set(pairs) | {further})
