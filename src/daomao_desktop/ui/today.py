"""What day it is for the fields: the desk's day, as the pages and services have it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

_clock: Callable[[], date] = date.today


def use(clock: Callable[[], date]) -> None:
    """Fields take the day from there (the sample office has a day of its own)."""
    global _clock
    _clock = clock


def today() -> date:
    """The day it is."""
    return _clock()
