"""Leaders named in a document's text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

MOST_IN_TEXT = 10
"""Up to so many names stand in the text, more in an attached list (documents.md, section 2)."""


class Named(Protocol):
    """Somebody with the group led, as printed after the village."""

    @property
    def name(self) -> str: ...
    @property
    def village(self) -> str: ...
    @property
    def group(self) -> str: ...


def listed(people: Iterable[Named]) -> str:
    """王强（联光村第3村民小组组长）、…"""
    return "、".join(f"{one.name}（{one.village}{one.group}组长）" for one in people)
