"""One spelling for one name."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daomao_desktop.domain.names import (
    LONGEST_NAME,
    clean_name,
    has_private_use,
    name_problem,
    spread_name,
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("王　强", "王强"),
        (" 李 \u3000㛃\n", "李㛃"),
        ("王\ue863", "王䶮"),  # 䶮 as Python's gb18030 and old fonts place it
        ("\ue831某", "\U000215d7某"),
        ("林\ue864", "林龻"),
        ("艾合买提•买买提", "艾合买提·买买提"),
        ("艾合买提 ・ 买买提", "艾合买提·买买提"),
        ("艾合买提．买买提", "艾合买提·买买提"),
        ("阿依 Gül", "阿依 Gül"),
        ("Mary   Ann", "Mary Ann"),
        ("ＡＢ", "AB"),
        ("𠮷\ufeff田", "𠮷田"),
        ("葛\U000e0100某", "葛某"),
        ("Gu\u0308l", "Gül"),
        ("\uf9d1某", "六某"),  # a compatibility ideograph is its unified one
    ],
)
def test_one_spelling(text: str, name: str) -> None:
    assert clean_name(text) == name


def test_legacy_codes_of_gb18030_come_out_as_standard_characters() -> None:
    rest = [
        code
        for code in (0xFE00 + low for low in range(0x50, 0xA1) if low != 0x7F)
        if has_private_use(clean_name(code.to_bytes(2, "big").decode("gb18030")))
    ]
    assert rest == []


@given(st.text(max_size=20))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_name(text)
    assert clean_name(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once == once.strip()


def test_two_characters_are_spread_and_others_left() -> None:
    assert spread_name("王强") == "王　强"
    assert spread_name("𠮷强") == "𠮷　强"
    for name in ("王大海", "AB", "王", "欧阳修文"):
        assert spread_name(name) == name
    assert clean_name(spread_name("王强")) == "王强"


@pytest.mark.parametrize(
    "name", ["王强", "王", "李㛃", "𠮷䶮", "艾合买提·买买提", "Mary Ann", "王\ue000"]
)
def test_plausible_names(name: str) -> None:
    assert name_problem(name) is None


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "请填写"),
        ("··", "只有间隔号"),
        ("王强1", "只能有"),
        ("王强（女）", "只能有"),
        ("8人", "只能有"),
        ("王" * (LONGEST_NAME + 1), "不能超过"),
    ],
)
def test_implausible_names(name: str, words: str) -> None:
    assert words in (name_problem(name) or "")


def test_unknown_private_characters_are_noticed() -> None:
    assert has_private_use("王\ue000")
    assert not has_private_use("王䶮")
