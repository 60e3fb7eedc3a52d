"""The steps of an assessment year."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from daomao_desktop.domain.assessment_year import (
    decisions_open,
    documents_open,
    first_year,
    may_return,
    next_state,
    posting_open,
    proposals_open,
    settings_are_frozen,
    step_problem,
)
from daomao_desktop.domain.scheme import Edition, YearState
from daomao_desktop.domain.scheme_settings import SchemeSettings

TODAY = date(2026, 1, 20)


def problem(state: YearState, to: YearState, **changes: Any) -> str | None:
    """A step of the town on 15 January 2026, the one before on 5 January."""
    asked: dict[str, Any] = {
        "edition": Edition.TOWN,
        "on": date(2026, 1, 15),
        "previous_on": date(2026, 1, 5),
        "today": TODAY,
        "posted_on": date(2026, 1, 5),
        "settings": SchemeSettings(),
    }
    return step_problem(state=state, to=to, **{**asked, **changes})


@pytest.mark.parametrize("edition", Edition)
def test_one_step_at_a_time(edition: Edition) -> None:
    for state, following in pairwise(YearState):
        assert problem(state, following, edition=edition) is None
        assert next_state(edition, state) is following
        for to in YearState:
            back = (state, to, edition) == (YearState.TOWN, YearState.VILLAGE, Edition.TOWN)
            if to is not following and not back:
                assert problem(state, to, edition=edition) is not None
    assert next_state(edition, YearState.ARCHIVED) is None


def test_the_town_may_send_its_review_back_to_the_villages() -> None:
    back = (YearState.TOWN, YearState.VILLAGE)
    assert problem(*back) is None
    assert may_return(Edition.TOWN, YearState.TOWN)
    assert "早于" in (problem(*back, on=date(2026, 1, 4)) or "")
    assert "晚于今天" in (problem(*back, on=date(2026, 1, 21)) or "")
    assert "不能退回" in (problem(*back, edition=Edition.VILLAGE) or "")
    assert not may_return(Edition.VILLAGE, YearState.TOWN)
    for state in YearState:
        if state is not YearState.TOWN:
            assert not may_return(Edition.TOWN, state)


def test_the_sentence_names_the_next_step() -> None:
    sentence = problem(YearState.VILLAGE, YearState.DECIDED)
    assert sentence == "一次只能推进一步：现在是“村评”，下一步是“上报”。"
    assert "不能退回" in (problem(YearState.DECIDED, YearState.VILLAGE) or "")
    assert "不用再推进" in (problem(YearState.DECIDED, YearState.DECIDED) or "")


def test_days_in_the_future_or_before_the_last_step_are_refused() -> None:
    step = (YearState.PREPARING, YearState.VILLAGE)
    assert problem(*step, on=TODAY) is None
    assert "晚于今天" in (problem(*step, on=date(2026, 1, 21)) or "")
    assert problem(*step, on=date(2026, 1, 5)) is None
    assert "早于" in (problem(*step, on=date(2026, 1, 4)) or "")
    assert problem(*step, on=date(2020, 1, 1), previous_on=None) is None


def test_a_notice_runs_its_five_working_days() -> None:
    step = (YearState.PUBLIC_NOTICE, YearState.IN_FORCE)
    for day in (8, 12):
        sentence = problem(*step, on=date(2026, 1, day))
        assert sentence is not None
        assert "2026年1月12日期满，2026年1月13日起才能生效。" in sentence
    assert problem(*step, on=date(2026, 1, 13)) is None
    assert problem(*step, on=date(2026, 1, 13), overrides={date(2026, 1, 6): False}) is not None
    assert "没有登记公示日期" in (problem(*step, posted_on=None) or "")


def test_a_guessed_notice_says_so() -> None:
    sentence = problem(
        YearState.PUBLIC_NOTICE,
        YearState.IN_FORCE,
        on=date(2099, 1, 6),
        previous_on=date(2099, 1, 5),
        posted_on=date(2099, 1, 5),
        today=date(2099, 1, 6),
    )
    assert "放假安排未知" in (sentence or "")


def test_only_a_village_with_the_towns_paper_may_jump() -> None:
    jump = (YearState.REPORTED, YearState.IN_FORCE)
    village: dict[str, Any] = {"edition": Edition.VILLAGE, "posted_on": None}
    assert problem(*jump, **village, paper=True) is None
    assert next_state(Edition.VILLAGE, YearState.REPORTED, paper=True) is YearState.IN_FORCE
    assert "据镇文件录入" in (problem(*jump, **village) or "")
    assert problem(*jump, paper=True) is not None  # the town itself never jumps
    assert problem(YearState.VILLAGE, YearState.IN_FORCE, **village, paper=True) is not None
    assert problem(*jump, **village, paper=True, on=date(2026, 1, 4)) is not None


def test_a_notice_the_village_recorded_is_counted_there_too() -> None:
    step = (YearState.PUBLIC_NOTICE, YearState.IN_FORCE)
    early: dict[str, Any] = {"edition": Edition.VILLAGE, "paper": True, "on": date(2026, 1, 8)}
    assert problem(*step, **early) is not None


def test_what_each_state_allows() -> None:
    assert [state.value for state in YearState if proposals_open(state)] == ["村评"]
    assert [state.value for state in YearState if decisions_open(state)] == ["镇审", "镇定"]
    assert [state.value for state in YearState if documents_open(state)] == ["生效", "归档"]
    assert [state.value for state in YearState if posting_open(state)] == ["镇定", "公示"]
    assert [state.value for state in YearState if not settings_are_frozen(state)] == ["筹备"]


@pytest.mark.parametrize(
    ("today", "states", "year"),
    [
        # Nothing kept yet: in the first half the year before is assessed, then the present one.
        (date(2026, 1, 2), {}, 2025),
        (date(2026, 6, 30), {}, 2025),
        (date(2026, 7, 1), {}, 2026),
        # What runs is what everyone works at, whatever the month.
        (date(2026, 12, 5), {2026: YearState.VILLAGE, 2025: YearState.IN_FORCE}, 2026),
        (date(2026, 8, 1), {2025: YearState.PUBLIC_NOTICE}, 2025),
        (date(2026, 1, 20), {2026: YearState.VILLAGE, 2025: YearState.TOWN}, 2026),
        # In force: its papers are still to be written, until the summer or 归档.
        (date(2026, 1, 20), {2025: YearState.IN_FORCE}, 2025),
        (date(2026, 9, 1), {2025: YearState.IN_FORCE}, 2026),
        (date(2026, 2, 1), {2025: YearState.ARCHIVED}, 2026),
        (date(2026, 1, 20), {2026: YearState.IN_FORCE, 2025: YearState.IN_FORCE}, 2026),
        # A year long past, never finished, and one ahead of its time keep nobody back.
        (date(2026, 9, 1), {2019: YearState.VILLAGE}, 2026),
        (date(2026, 9, 1), {2027: YearState.VILLAGE}, 2026),
        (date(2026, 1, 20), {2025: YearState.PREPARING}, 2025),
    ],
)
def test_the_year_to_begin_with(today: date, states: dict[int, YearState], year: int) -> None:
    assert first_year(today, states) == year
