"""Training of leaders: the village once a quarter, the town once or twice a year (T1–T3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from daomao_desktop.domain.scheme import TrainingContent

TOWN_LEAST, TOWN_MOST = 1, 2


class QuarterState(Enum):
    """Whether a quarter has its village training."""

    HELD = "已培训"
    DUE = "本季度尚未培训"
    MISSED = "缺培训"
    AHEAD = "未到"


def quarter_of(day: date) -> int:
    """1 to 4."""
    return (day.month + 2) // 3


def quarter_states(held: Iterable[date], year: int, today: date) -> tuple[QuarterState, ...]:
    """The year's four quarters as of today; a running quarter without training is due (T2)."""
    done = {quarter_of(day) for day in held if day.year == year and day <= today}
    now = (today.year, quarter_of(today))

    def state(quarter: int) -> QuarterState:
        if quarter in done:
            return QuarterState.HELD
        if (year, quarter) < now:
            return QuarterState.MISSED
        return QuarterState.DUE if (year, quarter) == now else QuarterState.AHEAD

    return tuple(state(quarter) for quarter in range(1, 5))


def missing_quarters(held: Iterable[date], year: int, today: date) -> tuple[int, ...]:
    """Quarters that are over and had no village training: flagged the day after they end."""
    states = quarter_states(held, year, today)
    return tuple(at for at, state in enumerate(states, 1) if state is QuarterState.MISSED)


@dataclass(frozen=True, slots=True)
class TownSessions:
    """The town's sessions of a year against 1–2; only too few is a fault (T1)."""

    count: int
    is_fault: bool
    sentence: str | None


def town_sessions(count: int, *, year_is_over: bool) -> TownSessions:
    """None yet is a fault only once the year is over; more than two is information."""
    if count < TOWN_LEAST:
        words = "全年没有组织" if year_is_over else "今年还没有组织"
        return TownSessions(count, year_is_over, f"镇里{words}村民小组长培训，方案要求每年1至2次。")
    if count > TOWN_MOST:
        return TownSessions(
            count, is_fault=False, sentence=f"镇里已培训 {count} 次，多于方案的1至2次，仅作提示。"
        )
    return TownSessions(count, is_fault=False, sentence=None)


def contents_lacking(held: Iterable[TrainingContent]) -> tuple[TrainingContent, ...]:
    """Which of the three contents a leader's sessions have not covered yet (T3)."""
    covered = set(held)
    return tuple(content for content in TrainingContent if content not in covered)
