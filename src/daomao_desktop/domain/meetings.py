"""Quorum and majority of a group's meeting, in whole numbers, with the arithmetic as printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

EARLIEST_NOTICE_DAYS = 10


class MeetingRule(Enum):
    """Which rule a matter falls under; the value is its name as printed."""

    A = "一般组务"
    B = "集体财产与成员权益"


class Basis(Enum):
    """Whom rule A counts: those over 18, or households; rule B counts members."""

    ADULTS = "十八周岁以上村民"
    HOUSEHOLDS = "户代表"
    MEMBERS = "集体经济组织成员"

    @property
    def unit(self) -> str:
        return "户" if self is Basis.HOUSEHOLDS else "人"


@dataclass(frozen=True, slots=True)
class Count:
    """Entitled and present on one basis, and the votes on one item."""

    basis: Basis
    entitled: int
    present: int
    favour: int
    against: int = 0
    abstained: int = 0

    def problems(self) -> tuple[str, ...]:
        """What cannot be true of these numbers, one sentence each."""
        numbers = (self.entitled, self.present, self.favour, self.against, self.abstained)
        if min(numbers) < 0:
            return ("人数和票数不能是负数。",)
        found = []
        if self.present > self.entitled:
            found.append(f"实到 {self.present} 超过应到 {self.entitled}，请核对。")
        votes = self.favour + self.against + self.abstained
        if votes > self.present:
            found.append(f"同意、反对、弃权合计 {votes} 票，超过实到 {self.present}，请核对。")
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the meeting could decide and did; ``arithmetic`` is printed below the minutes.

    ``passed`` speaks of quorum and votes; a resolution ``holds`` if notice was given in time too.
    """

    has_quorum: bool
    passed: bool
    notice_in_time: bool
    arithmetic: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return self.passed and self.notice_in_time


def has_quorum(entitled: int, present: int) -> bool:
    """Both rules: at least two thirds present; nobody entitled is no quorum."""
    return entitled > 0 and present * 3 >= entitled * 2


def is_passed(rule: MeetingRule, count: Count) -> bool:
    """A: more than half of those present; B: two thirds of all members. Needs a quorum."""
    if not has_quorum(count.entitled, count.present):
        return False
    if rule is MeetingRule.A:
        return count.favour * 2 > count.present
    return count.favour * 3 >= count.entitled * 2


def is_notice_in_time(rule: MeetingRule, notice_on: date | None, held_on: date) -> bool:
    """B asks for ten days between notice and meeting; A sets no period."""
    if rule is MeetingRule.A:
        return True
    return notice_on is not None and (held_on - notice_on).days >= EARLIEST_NOTICE_DAYS


def judge(
    rule: MeetingRule, count: Count, *, notice_on: date | None = None, held_on: date
) -> Verdict:
    """The verdict on one item. Raises ValueError where the numbers contradict each other."""
    problems = count.problems()
    if problems:
        raise ValueError(problems[0])
    quorum = has_quorum(count.entitled, count.present)
    passed = is_passed(rule, count)
    in_time = is_notice_in_time(rule, notice_on, held_on)
    lines = [_quorum_line(count, quorum=quorum), _vote_line(rule, count, passed=passed)]
    if rule is MeetingRule.B:
        lines.append(_notice_line(notice_on, held_on, in_time=in_time))
    return Verdict(quorum, passed, in_time, tuple(lines))


def _quorum_line(count: Count, *, quorum: bool) -> str:
    unit = count.basis.unit
    left, right = count.present * 3, count.entitled * 2
    return (
        f"{count.basis.value}应到 {count.entitled} {unit}，实到 {count.present} {unit}："
        f"{count.present}×3＝{left} {_sign(left >= right)} {count.entitled}×2＝{right}，"
        f"{'达到' if quorum else '未达到'}三分之二。"
    )


def _vote_line(rule: MeetingRule, count: Count, *, passed: bool) -> str:
    if rule is MeetingRule.A:
        left, right = count.favour * 2, count.present
        sign = "＞" if left > right else "≤"
        sum_text = f"{count.favour}×2＝{left} {sign} 实到 {right}"
        asked = "到会的过半数"
    else:
        left, right = count.favour * 3, count.entitled * 2
        sum_text = f"{count.favour}×3＝{left} {_sign(left >= right)} {count.entitled}×2＝{right}"
        asked = "全体成员的三分之二"
    # The result, not the share: a majority of a meeting without a quorum carries nothing.
    return f"同意 {count.favour} 票：{sum_text}（须{asked}），{'通过' if passed else '未通过'}。"


def _notice_line(notice_on: date | None, held_on: date, *, in_time: bool) -> str:
    if notice_on is None:
        return f"没有登记通知日期，须提前 {EARLIEST_NOTICE_DAYS} 日通知。"
    days = (held_on - notice_on).days
    return (
        f"提前 {days} 日通知，{'符合' if in_time else '不符合'}"
        f"提前 {EARLIEST_NOTICE_DAYS} 日的要求。"
    )


def _sign(at_least: bool) -> str:
    return "≥" if at_least else "＜"
