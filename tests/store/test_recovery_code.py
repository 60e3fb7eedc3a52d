"""The recovery code on paper: read tolerantly, every slip of the pen noticed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daomao_desktop.errors import StoreError
from daomao_desktop.store.recovery_code import ALPHABET, new_code, read_code

full_width = {ord(symbol): ord(symbol) + 0xFEE0 for symbol in ALPHABET}


def test_it_has_eight_groups_of_four_and_differs_each_time() -> None:
    code = new_code()
    groups = code.split("-")
    assert [len(group) for group in groups] == [4] * 8
    assert set("".join(groups)) <= set(ALPHABET)
    assert not set("01ILO") & set(ALPHABET)
    assert code != new_code()


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code,
        lambda code: code.lower(),
        lambda code: code.replace("-", " "),
        lambda code: code.replace("-", ""),
        lambda code: code.translate(full_width).replace("-", "　"),
        lambda code: f"  {code.replace('-', '—')}。\n",
    ],
)
def test_it_is_read_as_people_type_it(typed) -> None:  # type: ignore[no-untyped-def]
    code = new_code()
    assert read_code(typed(code)) == code


@given(st.integers(0, 31), st.sampled_from(ALPHABET))
def test_one_wrong_character_names_its_group(place: int, symbol: str) -> None:
    symbols = list(new_code().replace("-", ""))
    if symbols[place] == symbol:
        return
    symbols[place] = symbol
    with pytest.raises(StoreError, match=f"第 {place // 4 + 1} 组"):
        read_code("".join(symbols))


@given(st.integers(0, 7), st.integers(0, 2))
def test_two_exchanged_characters_name_their_group(group: int, place: int) -> None:
    groups = new_code().split("-")
    text = groups[group]
    if text[place] == text[place + 1]:
        return
    groups[group] = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    with pytest.raises(StoreError, match=f"第 {group + 1} 组"):
        read_code("-".join(groups))


def test_exchanged_groups_are_noticed() -> None:
    groups = new_code().split("-")
    groups[1], groups[2] = "2222", groups[1]
    with pytest.raises(StoreError, match="第 2 组"):
        read_code("-".join(groups))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("", "现在是 0 个"), ("ABCD-EFGH", "现在是 8 个"), ("O" + "A" * 31, "“O”")],
)
def test_wrong_length_and_wrong_letters_are_told(typed: str, sentence: str) -> None:
    with pytest.raises(StoreError, match=sentence):
        read_code(typed)
