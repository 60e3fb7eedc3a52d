"""Dates as offices write them: a day, or only a month (1987-06)."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from daomao_desktop.domain.numerals import chinese_integer, half_width


def chinese_date(day: date) -> str:
    """2026年1月15日: Arabic digits, four-digit year, no padding zeros (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A local date of day or month precision; ``day`` is None where only the month is known.

    Raises ValueError for a date that does not exist.
    """

    year: int
    month: int
    day: int | None = None

    def __post_init__(self) -> None:
        date(self.year, self.month, 1 if self.day is None else self.day)

    @classmethod
    def of(cls, day: date) -> PartialDate:
        return cls(day.year, day.month, day.day)

    @classmethod
    def from_iso(cls, text: str) -> PartialDate:
        """Reads "1987-06" or "1987-06-20" (the form the store keeps)."""
        parts = [int(part) for part in text.split("-")]
        if len(parts) not in (2, 3):
            raise ValueError(text)
        return cls(*parts)

    @property
    def iso(self) -> str:
        base = f"{self.year:04d}-{self.month:02d}"
        return base if self.day is None else f"{base}-{self.day:02d}"

    @property
    def first(self) -> date:
        """The earliest day it can mean."""
        return date(self.year, self.month, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day it can mean."""
        return date(self.year, self.month, self.day or monthrange(self.year, self.month)[1])

    def __str__(self) -> str:
        """As shown: 1987年6月 or 1987年6月20日, no padding zeros."""
        text = f"{self.year}年{self.month}月"
        return text if self.day is None else f"{text}{self.day}日"

    def __lt__(self, other: PartialDate) -> bool:
        return (self.year, self.month, self.day or 0) < (other.year, other.month, other.day or 0)


EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
_SEPARATED = re.compile(
    r"([0-9]{4})(?:年|[.\-/、—–])([0-9]{1,2})(?:月|[.\-/、—–])?(?:(?<![0-9])([0-9]{1,2})[日号]?)?"
)
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})?")
_CHINESE = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月(?:(.{1,3})[日号])?"
)
_MIDNIGHT = re.compile(r"(?<=[0-9])[T ]+0{1,2}:00(?::00(?:\.0+)?)?$")


def parse_date(text: str) -> PartialDate:
    """2021.6, 2021年6月, 2021/6/20, 20210620, 2021-06, 二〇二一年六月; full width too.

    A year alone, a two-digit year and years outside 1900–2100 raise ValueError with a sentence.
    """
    plain = "".join(_MIDNIGHT.sub("", half_width(text).strip()).split())
    match = _SEPARATED.fullmatch(plain) or _COMPACT.fullmatch(plain)
    try:
        if match is not None:
            numbers = [int(part) for part in match.groups() if part]
        else:
            chinese = _CHINESE.fullmatch(plain)
            if chinese is None:
                raise ValueError(plain)
            numbers = [chinese_integer(part) for part in chinese.groups() if part]
        if not EARLIEST_YEAR <= numbers[0] <= LATEST_YEAR:
            raise ValueError(plain)
        return PartialDate(*numbers)
    except ValueError:
        raise ValueError(f"“{text.strip()}” 不是日期") from None


def parse_day(text: str) -> date:
    """As parse_date, but the day must be there. Raises ValueError with a sentence."""
    found = parse_date(text)
    if found.day is None:
        raise ValueError(f"“{text.strip()}” 只有年月，请写到日")
    return found.first
