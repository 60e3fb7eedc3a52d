"""Masks of private values on screen and in exports (ID numbers, phones, bank accounts)."""

from __future__ import annotations

from daomao_desktop.domain.numerals import half_width


def mask_id(number: str) -> str:
    """460006198706156577 → 460006************ (short ones are starred whole)."""
    return _masked(number, head=6, tail=0)


def mask_phone(number: str) -> str:
    """13812341234 → 138****1234."""
    return _masked(number, head=3, tail=4)


def mask_account(number: str) -> str:
    """6222021234567890 → ************7890."""
    return _masked(number, head=0, tail=4)


def _masked(value: str, head: int, tail: int) -> str:
    """At least four stars, or nothing but stars: a mask must never show a whole value."""
    hidden = len(value) - head - tail
    if hidden < 4:
        return "*" * len(value)
    return value[:head] + "*" * hidden + value[len(value) - tail :]


def is_masked(text: str) -> bool:
    """Whether a cell or field holds a mask and therefore supplies nothing."""
    plain = half_width(text).strip()
    return "**" in plain or plain == "*"
