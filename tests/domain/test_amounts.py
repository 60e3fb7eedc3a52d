"""Amounts in words, and amounts as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daomao_desktop.domain.amounts import LARGEST, in_words, parse_money
from daomao_desktop.domain.money import Money

AMOUNTS = st.integers(0, LARGEST.fen).map(Money)


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (120_000, "壹仟贰佰元整"),
        (79_999, "柒佰玖拾玖元玖角玖分"),
        (1_000_550, "壹万零伍元伍角整"),
        (5, "伍分"),
        (10_000_000_000, "壹亿元整"),
        (0, "零元整"),
        (50, "伍角整"),
        (10_005, "壹佰元零伍分"),
        (1_000, "壹拾元整"),
        (1_050_000, "壹万零伍佰元整"),
        (10_500_000, "壹拾万伍仟元整"),
        (10_000_050_000, "壹亿零伍佰元整"),
        (10_001_000_000, "壹亿零壹万元整"),
        (10_000_500_000, "壹亿零伍仟元整"),
        (100_000_000_000_000, "壹万亿元整"),
        (100_050_000_000_000, "壹万零伍亿元整"),
        (-70_000, "负柒佰元整"),
    ],
)
def test_amounts_in_words(fen: int, words: str) -> None:
    assert in_words(Money(fen)) == words


def test_amounts_beyond_the_largest_are_refused() -> None:
    assert in_words(LARGEST).endswith("玖角玖分")
    with pytest.raises(ValueError, match="太大"):
        in_words(Money(LARGEST.fen + 1))


@given(AMOUNTS)
def test_words_read_back(amount: Money) -> None:
    assert parse_money(in_words(amount)) == amount


@given(AMOUNTS)
def test_figures_read_back(amount: Money) -> None:
    assert parse_money(str(amount)) == amount
    assert parse_money(f"￥{amount}元") == amount


@given(AMOUNTS)
def test_words_never_double_a_zero_nor_end_in_one(amount: Money) -> None:
    words = in_words(amount)
    assert "零零" not in words
    assert "零元" not in words or words == "零元整"
    assert words.endswith("分") != words.endswith("整")


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("500", 50_000),
        ("500元", 50_000),
        ("500.0", 50_000),
        ("1,200.50", 120_050),
        ("１，２００．５０元", 120_050),
        ("伍佰", 50_000),
        ("伍佰元整", 50_000),
        ("五百元", 50_000),
        ("人民币伍佰元整", 50_000),
        ("¥ 500", 50_000),
        ("500元/月", 50_000),
        ("1.2万元", 1_200_000),
        ("3元5角", 350),
        ("0.05", 5),
        ("-12.5", -1_250),
        ("负壹元整", -100),
    ],
)
def test_money_as_people_type_it(text: str, fen: int) -> None:
    assert parse_money(text) == Money(fen)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "元",
        "五百左右",
        "1.2.3",
        "12,00",
        "1,2000",
        "500.005",
        "abc",
        "5e2",
        "nan",
        "500-600",
        "一千五",
        "整",
    ],
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="金额"):
        parse_money(text)


def test_money_prints_and_rounds_half_away_from_zero() -> None:
    assert str(Money(-120_050)) == "-1,200.50"
    assert Money(3).percent(50) == Money(2)
    assert Money(-3).percent(50) == Money(-2)
    assert Money(2).percent(20) == Money(0)
