"""What a number format tells of a value: how many decimals, whether it shows a day."""

from __future__ import annotations

import re


def _bare(number_format: str) -> str:
    """A format's first section without colours and locales, e.g. [$-804]."""
    return re.sub(r"\[[^\]]*\]", "", number_format).partition(";")[0]


def decimals(number_format: str) -> int | None:
    """Decimals that it shows: "0.00" → 2, "General" → None."""
    shape = re.search(r"[0#?](?:\.([0?#]*))?(?![0#?,.])", _bare(number_format))
    return None if shape is None else len(shape[1] or "")


def shows_day(number_format: str) -> bool:
    """Whether a date in this format names the day; 1987年6月 does not."""
    return re.search("[dD日]", _bare(number_format)) is not None
