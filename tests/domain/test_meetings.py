"""Quorum and majority."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daomao_desktop.domain.meetings import (
    Basis,
    Count,
    MeetingRule,
    has_quorum,
    is_notice_in_time,
    is_passed,
    judge,
)

HELD = date(2026, 3, 20)


def count(present: int, favour: int, basis: Basis = Basis.ADULTS, entitled: int = 55) -> Count:
    return Count(basis, entitled, present, favour)


def test_the_worked_cases() -> None:
    assert has_quorum(55, 37)
    assert not has_quorum(55, 36)
    assert is_passed(MeetingRule.A, count(37, 19))
    assert not is_passed(MeetingRule.A, count(37, 18))
    assert is_passed(MeetingRule.B, count(37, 37))
    assert not is_passed(MeetingRule.B, count(37, 36))


def test_half_is_not_more_than_half_and_no_quorum_decides_nothing() -> None:
    assert not is_passed(MeetingRule.A, count(38, 19))
    assert not is_passed(MeetingRule.A, count(36, 36))
    assert not has_quorum(0, 0)
    assert has_quorum(54, 36)  # two thirds to a head are enough
    assert is_passed(MeetingRule.B, count(36, 36, entitled=54))


@given(st.integers(0, 400), st.integers(0, 400), st.integers(0, 400))
def test_the_integers_agree_with_fractions(entitled: int, present: int, favour: int) -> None:
    quorum = entitled > 0 and Fraction(present, entitled) >= Fraction(2, 3)
    assert has_quorum(entitled, present) == quorum
    votes = count(present, favour, entitled=entitled)
    half = present > 0 and Fraction(favour, present) > Fraction(1, 2)
    assert is_passed(MeetingRule.A, votes) == (quorum and half)
    most = entitled > 0 and Fraction(favour, entitled) >= Fraction(2, 3)
    assert is_passed(MeetingRule.B, votes) == (quorum and most)


@given(st.integers(1, 400), st.data())
def test_rule_b_is_never_easier_than_rule_a(entitled: int, data: st.DataObject) -> None:
    present = data.draw(st.integers(0, entitled))
    votes = count(present, data.draw(st.integers(0, present)), entitled=entitled)
    assert is_passed(MeetingRule.A, votes) or not is_passed(MeetingRule.B, votes)


def test_rule_b_asks_for_ten_days() -> None:
    assert is_notice_in_time(MeetingRule.B, date(2026, 3, 10), HELD)
    assert not is_notice_in_time(MeetingRule.B, date(2026, 3, 11), HELD)
    assert not is_notice_in_time(MeetingRule.B, None, HELD)
    assert is_notice_in_time(MeetingRule.A, None, HELD)


def test_the_arithmetic_as_printed() -> None:
    verdict = judge(MeetingRule.A, count(37, 19), held_on=HELD)
    assert verdict.holds
    assert verdict.arithmetic == (
        "十八周岁以上村民应到 55 人，实到 37 人：37×3＝111 ≥ 55×2＝110，达到三分之二。",
        "同意 19 票：19×2＝38 ＞ 实到 37（须到会的过半数），通过。",
    )


def test_a_resolution_under_rule_b_needs_its_notice() -> None:
    votes = count(37, 37, Basis.MEMBERS)
    late = judge(MeetingRule.B, votes, notice_on=date(2026, 3, 15), held_on=HELD)
    assert (late.passed, late.holds) == (True, False)
    assert late.arithmetic[2] == "提前 5 日通知，不符合提前 10 日的要求。"
    assert "没有登记通知日期" in judge(MeetingRule.B, votes, held_on=HELD).arithmetic[2]
    in_time = judge(MeetingRule.B, votes, notice_on=date(2026, 3, 10), held_on=HELD)
    assert in_time.holds
    assert in_time.arithmetic[1].endswith("37×3＝111 ≥ 55×2＝110（须全体成员的三分之二），通过。")


def test_households_without_quorum() -> None:
    verdict = judge(MeetingRule.A, count(10, 10, Basis.HOUSEHOLDS, 20), held_on=HELD)
    assert not verdict.has_quorum
    assert not verdict.passed
    assert verdict.arithmetic[0].startswith("户代表应到 20 户，实到 10 户：10×3＝30 ＜ 20×2＝40")
    assert verdict.arithmetic[1].endswith("未通过。")


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        (Count(Basis.ADULTS, 10, 11, 5), "超过应到"),
        (Count(Basis.ADULTS, 10, 8, 5, 3, 1), "超过实到"),
        (Count(Basis.ADULTS, 10, 8, -1), "负数"),
    ],
)
def test_numbers_that_contradict_each_other(numbers: Count, words: str) -> None:
    assert words in numbers.problems()[0]
    with pytest.raises(ValueError, match=words):
        judge(MeetingRule.A, numbers, held_on=HELD)


def test_numbers_that_fit() -> None:
    assert Count(Basis.ADULTS, 10, 8, 5, 2, 1).problems() == ()
