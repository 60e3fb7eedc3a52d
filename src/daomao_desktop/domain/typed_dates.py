"""Dates as they are typed into a form, where today and the year shown say what is left out.

A file has no such day: workbooks and the command line read dates with domain.dates alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from daomao_desktop.domain.dates import LATEST_YEAR, PartialDate, parse_date
from daomao_desktop.domain.numerals import chinese_integer, half_width

_WORDS = {"今": 0, "昨": 1, "前": 2}
_RELATIVE = re.compile(r"([今昨前])[天日]")
_SHORT_YEAR = re.compile(
    r"([0-9]{2})(?:年|[.\-/、—–])([0-9]{1,2})(?:月|[.\-/、—–])([0-9]{1,2})[日号]?"
)
_SHORT_YEAR_MONTH = re.compile(r"([0-9]{2})(?:年|[.\-/、—–])([0-9]{1,2})月?")
_NO_YEAR = re.compile(r"([0-9]{1,2})(?:月|[.\-/、—–])([0-9]{1,2})[日号]?")
_CHINESE = re.compile(r"([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]")
_DAY = re.compile(r"([0-9]{1,2})[日号]")
_LEAP_YEARS = 8  # a 29 February is at most so many years away


def typed_date(
    text: str,
    today: date,
    *,
    year: int | None = None,
    ahead: bool = False,
    month_enough: bool = False,
) -> PartialDate:
    """What parse_date reads, and besides: 1-5, 1.5, 1/5, 1月5日, 一月五日, 5日, 26-1-5, 今天,
    昨天, 前天. Raises ValueError with a sentence.

    A date without a year is the one in ``year`` (the year shown) if that is not after today;
    without such a year, or where that is still to come, the last one up to today. ``ahead``: of a
    field whose date may be still to come it is the nearest, before or after today. 5日 is of this
    month or the last one in the same way. Two digits of a year are of this century up to next
    year, beyond it of the last: 26-1-5 is 2026, 87-6-20 is 1987.
    ``month_enough``: of birthdays and the like, where no year is the nearest one: the year has to
    be there, and 87.6 is June 1987.
    """
    plain = "".join(half_width(text).split())
    try:
        return parse_date(plain)
    except ValueError:
        pass
    try:
        return _short(plain, today, year=year, ahead=ahead, month_enough=month_enough)
    except ValueError:
        raise ValueError(f"“{text.strip()}” 不是日期") from None


def _short(
    plain: str, today: date, *, year: int | None, ahead: bool, month_enough: bool
) -> PartialDate:
    if found := _RELATIVE.fullmatch(plain):
        return PartialDate.of(today - timedelta(days=_WORDS[found[1]]))
    if found := _SHORT_YEAR.fullmatch(plain):
        return PartialDate(_century(int(found[1]), today), int(found[2]), int(found[3]))
    if month_enough:
        if found := _SHORT_YEAR_MONTH.fullmatch(plain):
            return PartialDate(_century(int(found[1]), today), int(found[2]))
        raise ValueError(plain)
    if found := _DAY.fullmatch(plain):
        days = _days_of_months(int(found[1]), today)
        return PartialDate.of(_chosen(days, today, year=None, ahead=ahead))
    if found := _NO_YEAR.fullmatch(plain):
        month, day = int(found[1]), int(found[2])
    elif found := _CHINESE.fullmatch(plain):
        month, day = chinese_integer(found[1]), chinese_integer(found[2])
    else:
        raise ValueError(plain)
    days = _days_of_years(month, day, today, year)
    return PartialDate.of(_chosen(days, today, year=year, ahead=ahead))


def _century(two_digits: int, today: date) -> int:
    this = today.year // 100 * 100 + two_digits
    return this if this <= today.year + 1 else this - 100


def _days_of_years(month: int, day: int, today: date, year: int | None) -> Iterator[date]:
    years = {*range(today.year - _LEAP_YEARS, today.year + 2)} | ({year} if year else set())
    for one in years:
        if one <= LATEST_YEAR:
            yield from _day(one, month, day)


def _days_of_months(day: int, today: date) -> Iterator[date]:
    for months in (-2, -1, 0, 1):  # two months back: the last one may have no 31st
        years, month = divmod(today.month - 1 + months, 12)
        yield from _day(today.year + years, month + 1, day)


def _day(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield date(year, month, day)
    except ValueError:
        return


def _chosen(days: Iterator[date], today: date, *, year: int | None, ahead: bool) -> date:
    known = sorted(days)
    past = [day for day in known if day <= today]
    of_year = [day for day in past if day.year == year]
    if of_year:
        return of_year[-1]
    if ahead and known:
        return min(known, key=lambda day: abs(day - today))
    if not past:
        raise ValueError("there is no such day")
    return past[-1]
