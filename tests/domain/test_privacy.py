"""Masks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from daomao_desktop.domain.privacy import is_masked, mask_account, mask_id, mask_phone


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
