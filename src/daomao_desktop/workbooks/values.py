"""One cell → one value. Each function raises Unreadable with the end of a sentence: 不是日期."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import TypeAlias, TypeVar

from daomao_desktop.domain.amounts import parse_money
from daomao_desktop.domain.dates import PartialDate, parse_date
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.numerals import chinese_integer, half_width
from daomao_desktop.workbooks.cells import CellValue, Moment, Number, shown

T = TypeVar("T")
E = TypeVar("E", bound=Enum)
Parser: TypeAlias = Callable[[CellValue], T]
_FIRST_SERIAL, _LAST_SERIAL = 7_306, 73_415  # 1920-01-01 and 2100-12-31 in Excel's count


class Unreadable(ValueError):
    """Why a cell cannot be read; ``str()`` follows the quoted cell: “1988.13” 不是日期."""


def text(value: CellValue) -> str:
    """Any cell as text, without space around it and with plain line breaks."""
    return shown(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def squeezed(value: CellValue) -> str:
    """A cell as one half-width word without any space."""
    return "".join(half_width(shown(value)).split())


def partial_date(value: CellValue) -> PartialDate:
    """A day or a month, from an Excel date, a figure such as 1987.06 or any usual spelling."""
    match value:
        case Moment():
            return PartialDate(value.value.year, value.value.month)
        case datetime() | date():
            return PartialDate(value.year, value.month, value.day)
        case int() if not isinstance(value, bool) and _FIRST_SERIAL <= value <= _LAST_SERIAL:
            return PartialDate.of(_from_serial(value))
        case Number() if _FIRST_SERIAL <= value.value <= _LAST_SERIAL:
            return PartialDate.of(_from_serial(int(value.value)))
    try:
        return parse_date(_plain_figure(value))
    except ValueError:
        raise Unreadable("不是日期") from None


def day(value: CellValue) -> date:
    """A date that names the day."""
    found = partial_date(value)
    if found.day is None:
        raise Unreadable("只有年月，请写到日")
    return found.first


def _from_serial(serial: int) -> date:
    """An Excel date that lost its format; Excel counts from a day too early (29 February 1900)."""
    return date(1899, 12, 30) + timedelta(days=serial)


def _plain_figure(value: CellValue) -> str:
    """Numbers without what their format adds (1987.1 shown as 1987.10), texts as they are."""
    return f"{value.value:.15g}" if isinstance(value, Number) else shown(value)


def money(value: CellValue) -> Money:
    """A monthly amount that is not negative."""
    written = _plain_figure(value)
    if re.search("[年季]", written):
        raise Unreadable("不是每月的金额，请换算成每月")
    try:
        amount = parse_money(written)
    except ValueError as error:
        too_fine = "最多到分" in str(error)
        raise Unreadable("的金额最多到分" if too_fine else "不是金额") from None
    if amount.fen < 0:
        raise Unreadable("是负数，金额不能为负")
    return amount


def year(value: CellValue) -> int:
    """2025, 2025年, 2025年度, 二〇二五年."""
    plain = re.sub("(?:年度?|度)$", "", squeezed(value))
    try:
        found = chinese_integer(re.sub(r"\.0+$", "", plain))
    except ValueError:
        raise Unreadable("不是年度，请写成 2025") from None
    if not 1990 <= found <= 2100:
        raise Unreadable("不是年度，请写成 2025")
    return found


def hundredths(value: CellValue) -> int:
    """A score from 0 to 100 with at most two decimals, in hundredths."""
    plain = half_width(_plain_figure(value)).strip().removesuffix("分").strip()
    if not re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]*)?", plain):
        raise Unreadable("不是 0 到 100 的分数")
    score = Decimal(plain) * 100
    if score != int(score):
        raise Unreadable("的分数最多两位小数")
    if score > 10_000:
        raise Unreadable("不是 0 到 100 的分数")
    return int(score)


def one_of(kind: type[E], synonyms: Mapping[str, E], refusal: str) -> Parser[E]:
    """A parser for the words of an enum and their synonyms."""
    words = {member.value: member for member in kind} | dict(synonyms)

    def parse(value: CellValue) -> E:
        found = words.get(squeezed(value))
        if found is None:
            raise Unreadable(refusal)
        return found

    return parse
