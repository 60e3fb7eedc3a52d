"""Masks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daomao_desktop.domain.privacy import (
    is_masked,
    mask_account,
    mask_id,
    mask_in_text,
    mask_phone,
)


def test_masks() -> None:
    assert mask_id("46000619870615657X") == "460006************"
    assert mask_phone("13812341234") == "138****1234"
    assert mask_account("6222021234567890") == "************7890"


@given(st.text(alphabet="0123456789X-", min_size=1, max_size=24))
def test_a_mask_hides_at_least_four_characters_or_everything(value: str) -> None:
    for mask in (mask_id, mask_phone, mask_account):
        hidden = mask(value)
        assert len(hidden) == len(value)
        assert hidden.count("*") >= min(4, len(value))
        assert is_masked(hidden)
        assert mask(hidden) == hidden


def test_what_is_a_mask() -> None:
    assert is_masked("＊＊＊")
    assert is_masked(" * ")
    assert not is_masked("13812341234")
    assert not is_masked("")
    assert not is_masked("3*4")
    assert mask_phone("") == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("联系王某13812341234，已回复", "联系王某138****1234，已回复"),
        ("电话138 1234 1234", "电话138******1234"),
        ("电话138-1234-1234", "电话138******1234"),
        ("１３８１２３４１２３４", "138****1234"),
        ("身份证46000619870615657X和460006870615657", "身份证460006************和460006*********"),
        ("转入6222021234567890123", "转入***************0123"),
        ("转入6222 0212 3456 7890 123", "转入******************* 123"),
        ("村委0898-62345678", "村委089******5678"),
        ("2025年6月12日（20250612）发补贴3500.00元", "2025年6月12日（20250612）发补贴3500.00元"),
        ("", ""),
    ],
)
def test_numbers_written_into_a_text_are_masked(text: str, shown: str) -> None:
    assert mask_in_text(text) == shown
    assert mask_in_text(shown) == shown
