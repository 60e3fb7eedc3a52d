"""ID numbers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daomao_desktop.domain.identity import (
    id_birth,
    id_problem,
    id_sex,
    id_shape_problem,
    normalise_id,
)
from daomao_desktop.domain.scheme import Sex

GOOD = "11010519491231002X"  # the example of GB 11643-1999


def test_the_standards_example() -> None:
    assert id_problem(GOOD) is None
    assert id_birth(GOOD) == date(1949, 12, 31)
    assert id_sex(GOOD) is Sex.FEMALE


def check_digit(body: str) -> str:
    """Written out from GB 11643 (ISO 7064 MOD 11-2), apart from the library."""
    total = sum(int(digit) * pow(2, 17 - at, 11) for at, digit in enumerate(body))
    return "10X98765432"[total % 11]


@given(
    st.integers(100_000, 999_999),
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.integers(0, 999),
)
def test_only_the_right_check_digit_passes(district: int, born: date, sequence: int) -> None:
    body = f"{district}{born:%Y%m%d}{sequence:03d}"
    right = check_digit(body)
    for last in "0123456789X":
        wrong = id_problem(body + last)
        assert (wrong is None) == (last == right)
        assert wrong is None or "校验位" in wrong
    assert id_birth(body + right) == born
    assert id_sex(body + right) is (Sex.MALE if sequence % 2 else Sex.FEMALE)


@pytest.mark.parametrize(
    "text",
    [
        " 11010519491231002x ",
        "110105 19491231 002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "'11010519491231002×",
    ],
)
def test_spellings_of_one_number(text: str) -> None:
    assert normalise_id(text) == GOOD


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("", "现在是0位"),
        ("110105491231002", "现在是15位"),
        (GOOD + "1", "现在是19位"),
        ("1101051949123100A2", "前17位应为数字"),
        ("11010519491331002X", "出生日期不存在"),
        ("110105194912310021", "校验位"),
    ],
)
def test_what_is_wrong_is_said_without_the_number(number: str, words: str) -> None:
    sentence = id_problem(number)
    assert sentence is not None
    assert words in sentence
    assert not number or number not in sentence


def test_a_wrong_check_digit_is_no_problem_of_shape() -> None:
    assert id_shape_problem("110105194912310021") is None
    assert id_shape_problem("1101051949") is not None


def test_nothing_is_read_from_what_is_no_number() -> None:
    assert id_birth("1234") is None
    assert id_sex("11010519491231AB2X") is None
    assert id_birth("11010519490230002X") is None
