"""Raw cells of any kind of spreadsheet, before anything is understood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Number:
    """A number with a fraction, and how many decimals its cell format shows (None: General)."""

    value: float
    decimals: int | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A date cell whose format shows no day (1963年9月)."""

    value: datetime


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell without a usable value: an error value, or a formula never computed."""

    text: str
    uncomputed: bool = False


CellValue: TypeAlias = (
    str | int | float | bool | datetime | date | time | timedelta | Number | Moment | Fault | None
)


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged range; rows and columns count from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def name(self) -> str:
        return f"{cell_name(self.top, self.left)}:{cell_name(self.bottom, self.right)}"


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet's rows by number (blank rows left out), each a tuple starting at column A.

    ``typed``: cells know whether they hold text or a number (not so in csv).
    """

    name: str
    rows: tuple[tuple[int, tuple[CellValue, ...]], ...]
    merged: tuple[Merged, ...] = ()
    hidden: bool = False
    typed: bool = True


def column_letter(column: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """(7, 6) → F7."""
    return f"{column_letter(column)}{row}"


def is_blank(value: CellValue) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def shown(value: CellValue) -> str:
    """A cell as a clerk would read it aloud, for notes and for text columns."""
    match value:
        case None:
            return ""
        case str():
            return value.strip()
        case bool():
            return "TRUE" if value else "FALSE"
        case Number():
            return _figure(value.value, value.decimals)
        case float():
            return _figure(value, None)
        case Moment():
            return f"{value.value.year}年{value.value.month}月"
        case datetime():
            day = f"{value:%Y-%m-%d}"
            return day if value.time() == time() else f"{day} {value:%H:%M}"
        case Fault():
            return value.text
        case _:
            return str(value)


def _figure(value: float, decimals: int | None) -> str:
    if decimals is not None:
        return f"{value:.{decimals}f}"
    # fifteen digits: what is beyond is noise of binary fractions, never typed by a clerk
    return str(int(value)) if value.is_integer() and abs(value) < 1e21 else f"{value:.15g}"
