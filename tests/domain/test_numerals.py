"""Chinese numerals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daomao_desktop.domain.numerals import chinese_integer, half_width


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("三", 3),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("廿一", 21),
        ("一百零五", 105),
        ("一百十五", 115),
        ("伍佰", 500),
        ("壹仟贰佰", 1200),
        ("两千零三", 2003),
        ("一万零五", 10_005),
        ("十万五千", 105_000),
        ("一亿", 100_000_000),
        ("壹亿零伍佰", 100_000_500),
        ("二〇二一", 2021),
        ("零", 0),
        ("１２", 12),
        ("12", 12),
    ],
)
def test_reads_what_people_write(text: str, number: int) -> None:
    assert chinese_integer(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "东坡",
        "百",
        "一千五",
        "一百五",
        "一万五",
        "三三十",
        "十百",
        "一千零",
        "-3",
        "3.5",
        "五百百",
        "万",
        "²",
    ],
)
def test_refuses_what_is_no_number_or_ambiguous(text: str) -> None:
    with pytest.raises(ValueError, match="不是数字"):
        chinese_integer(text)


def _spoken(number: int) -> str:
    """1 to 9999, an independent and simple writer."""
    text = "".join(
        "零一二三四五六七八九"[int(digit)] + ("" if digit == "0" else unit)
        for digit, unit in zip(f"{number:04d}", "千百十 ", strict=True)
    ).replace(" ", "")
    while "零零" in text:
        text = text.replace("零零", "零")
    return text.strip("零")


@given(st.integers(1, 9999))
def test_reads_back_every_spoken_number(number: int) -> None:
    assert chinese_integer(_spoken(number)) == number


@given(st.integers(1, 9999), st.integers(1000, 9999))
def test_sections_of_ten_thousand(high: int, low: int) -> None:
    assert chinese_integer(f"{_spoken(high)}万{_spoken(low)}") == high * 10_000 + low


def test_half_width_leaves_superscripts_alone() -> None:
    assert half_width("（１２．５）　５²①") == "(12.5) 5²①"
