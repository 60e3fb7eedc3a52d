"""Masks of private values on screen and in exports (ID numbers, phones, bank accounts)."""

from __future__ import annotations

import re

from daomao_desktop.domain.numerals import half_width

# 18 digits of an ID number or 11 of a mobile, whatever stands around them.
_PRIVATE = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9})(?!\d)")


def mask_id(number: str) -> str:
    """460006198706156577 → 460006************ (short ones are starred whole)."""
    return _masked(number, head=6, tail=0)


def mask_phone(number: str) -> str:
    """13812341234 → 138****1234."""
    return _masked(number, head=3, tail=4)


def mask_account(number: str) -> str:
    """6222021234567890 → ************7890."""
    return _masked(number, head=0, tail=4)


# Written by hand in a text: ID numbers, mobiles, landlines with area code, bank accounts.
_IN_TEXT = re.compile(
    r"(?<![0-9])(?:"
    r"(?P<id>[0-9]{17}[0-9Xx]|[0-9]{15})"
    r"|(?P<phone>1[3-9][0-9](?:[ -]?[0-9]{4}){2}|0[0-9]{2,3}[ -]?[0-9]{7,8})"
    r"|(?P<account>[0-9]{16,19}|[0-9]{4}(?:[ -][0-9]{4}){3}(?:[ -]?[0-9]{1,3})?)"
    r")(?![0-9])"
)


def mask_in_text(text: str) -> str:
    """The text with private numbers somebody wrote into it masked, as it may be printed."""
    plain = half_width(text)  # one character for one: places agree
    found, end = [], 0
    for match in _IN_TEXT.finditer(plain):
        mask = {"id": mask_id, "phone": mask_phone, "account": mask_account}[match.lastgroup or ""]
        found += [text[end : match.start()], mask(match[0])]
        end = match.end()
    return "".join([*found, text[end:]])


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


def private_numbers(text: str) -> tuple[str, ...]:
    """ID and mobile numbers in a text, as they stand there."""
    return tuple(_PRIVATE.findall(text))
