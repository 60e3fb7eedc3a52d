"""Readings of names for sorting and searching."""

from __future__ import annotations

import pytest

from daomao_desktop.services.pinyin import reading


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("王顺", "wang shun", "ws"),
        ("单小红", "shan xiao hong", "sxh"),
        ("仇英", "qiu ying", "qy"),
        ("任强", "ren qiang", "rq"),
        ("解珍", "xie zhen", "xz"),
        ("曾国强", "zeng guo qiang", "zgq"),
        ("区文", "ou wen", "ow"),
        ("王䶮", "wang yan", "wy"),
        ("欧阳明", "ou yang ming", "oym"),
        ("阿里木·买买提", "a li mu mai mai ti", "almmmt"),
    ],
)
def test_names_are_read_as_surnames_are(name: str, pinyin: str, initials: str) -> None:
    assert reading(name) == (pinyin, initials)


def test_a_character_without_a_reading_stays() -> None:
    pinyin, initials = reading("陈\U00030000")
    assert pinyin.startswith("chen ")
    assert initials == "c\U00030000"
