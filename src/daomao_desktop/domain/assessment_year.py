"""The steps of an assessment year: their order, their dates and what each state allows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from daomao_desktop.domain.calendar import NO_OVERRIDES, PublicNotice, public_notice
from daomao_desktop.domain.dates import chinese_date
from daomao_desktop.domain.scheme import Edition, YearState
from daomao_desktop.domain.scheme_settings import SchemeSettings


def step_problem(
    *,
    edition: Edition,
    state: YearState,
    to: YearState,
    on: date,
    previous_on: date | None,
    today: date,
    posted_on: date | None,
    settings: SchemeSettings,
    overrides: Mapping[date, bool] = NO_OVERRIDES,
    paper: bool = False,
) -> str | None:
    """Why the year cannot go from ``state`` to ``to`` on that day, as a sentence, or None.

    One step at a time, and one back: the town may send 镇审 back to 村评 (退回). ``paper``: the
    village entered the town's decision from paper, then 上报 → 生效 is one step (the town's inner
    dates are not known there and never invented).
    ``posted_on``: the day of 公示.
    """
    return order_problem(edition, state, to, paper=paper) or _date_problem(
        state, to, on, previous_on, today, posted_on, settings, overrides
    )


def next_state(edition: Edition, state: YearState, *, paper: bool = False) -> YearState | None:
    """The step that comes next here; None after 归档.

    A village that has the town's paper goes straight to 生效; one that knows the town's dates may
    record its steps one by one instead.
    """
    return YearState.IN_FORCE if _may_jump(edition, state, paper=paper) else state.next


def may_return(edition: Edition, state: YearState) -> bool:
    """Whether the town may send the year back to 村评 (退回): only while it is in 镇审."""
    return edition is Edition.TOWN and state is YearState.TOWN


def _may_jump(edition: Edition, state: YearState, *, paper: bool) -> bool:
    waiting = (YearState.REPORTED, YearState.TOWN, YearState.DECIDED)
    return paper and edition is Edition.VILLAGE and state in waiting


_IN_FORCE = YearState.IN_FORCE.order
_FIRST_HALF = 6  # the last month of it


def order_problem(edition: Edition, state: YearState, to: YearState, *, paper: bool) -> str | None:
    """Why the step does not follow, on whatever day, or None."""
    if to is state:
        return f"本年度已经是“{state.value}”，不用再推进。"
    if to is YearState.VILLAGE and may_return(edition, state):
        return None
    if to.order < state.order:
        return f"本年度已经到“{state.value}”，不能退回“{to.value}”。"
    if to is state.next or (to is YearState.IN_FORCE and _may_jump(edition, state, paper=paper)):
        return None
    if edition is Edition.VILLAGE and to is YearState.IN_FORCE and state is YearState.REPORTED:
        return "还没有录入镇里确定的等次，请先用“据镇文件录入”登记，再推进到“生效”。"
    following = next_state(edition, state, paper=paper)
    if following is None:
        return f"本年度已经“{state.value}”，没有下一步。"
    return f"一次只能推进一步：现在是“{state.value}”，下一步是“{following.value}”。"


def _date_problem(
    state: YearState,
    to: YearState,
    on: date,
    previous_on: date | None,
    today: date,
    posted_on: date | None,
    settings: SchemeSettings,
    overrides: Mapping[date, bool],
) -> str | None:
    if on > today:
        return f"“{to.value}”的日期 {chinese_date(on)} 晚于今天，请改为实际日期。"
    if previous_on is not None and on < previous_on:
        return (
            f"“{to.value}”的日期 {chinese_date(on)} 早于"
            f"“{state.value}”的日期 {chinese_date(previous_on)}。"
        )
    if state is YearState.PUBLIC_NOTICE and to is YearState.IN_FORCE:
        if posted_on is None:
            return "没有登记公示日期，不能生效。"
        notice = public_notice(posted_on, settings.notice_days, overrides)
        if on < notice.in_force_from:
            return _too_early(notice, settings.notice_days)
    return None


def _too_early(notice: PublicNotice, days: int) -> str:
    doubt = "（该年放假安排未知，按周一至周五计算）" if notice.guessed else ""
    return (
        f"公示不少于 {days} 个工作日：{chinese_date(notice.posted)}张贴，"
        f"到 {chinese_date(notice.last_day)}期满，"
        f"{chinese_date(notice.in_force_from)}起才能生效{doubt}。"
    )


def first_year(today: date, states: Mapping[int, YearState]) -> int:
    """The year the pages begin with; ``states``: of the years assessed here, history left out.

    An assessment between 村评 and 公示 is what everyone works at. Without one, the first half of
    a year belongs to the papers of the year before, until that is 归档 or this year is 生效, too.
    """
    last = today.year - 1
    running = [
        year
        for year, state in states.items()
        if last <= year <= today.year and YearState.VILLAGE.order <= state.order < _IN_FORCE
    ]
    if running:
        return max(running)
    ahead = states.get(today.year, YearState.PREPARING).order >= _IN_FORCE
    over = states.get(last) is YearState.ARCHIVED
    return today.year if today.month > _FIRST_HALF or ahead or over else last


def settings_are_frozen(state: YearState) -> bool:
    """From 村评 on a year keeps the settings it started with."""
    return state.order >= YearState.VILLAGE.order


def proposals_open(state: YearState) -> bool:
    """The branch scores and proposes in 村评; from 上报 on the village's part is locked."""
    return state is YearState.VILLAGE


def decisions_open(state: YearState) -> bool:
    """Grades are decided in 镇审 and 镇定; afterwards a change is a correction."""
    return state in (YearState.TOWN, YearState.DECIDED)


def documents_open(state: YearState) -> bool:
    """Criticism, commendation and deduction only from 生效 on."""
    return state.order >= _IN_FORCE


def posting_open(state: YearState) -> bool:
    """The grades are posted when they are fixed, and until they are in force."""
    return state in (YearState.DECIDED, YearState.PUBLIC_NOTICE)
