"""The month that a spreadsheet loses: 1987.1 may be January, or October typed as 1987.10."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.numerals import half_width
from daomao_desktop.workbooks.cells import CellValue, Number, RawSheet, shown
from daomao_desktop.workbooks.headings import Header
from daomao_desktop.workbooks.values import Unreadable, partial_date

_YEAR_MONTH = re.compile(r"((?:19|20)[0-9]{2})\.([0-9]{1,2})")
_AMBIGUOUS = re.compile(r"((?:19|20)[0-9]{2})\.1")


@dataclass(frozen=True, slots=True)
class MonthStyle:
    """How a column writes its months: ``padded`` 1987.08 or 1987.10, ``bare`` 1987.8."""

    padded: bool
    bare: bool
    typed: bool

    def read(self, value: CellValue, certain: date | None = None) -> PartialDate:
        """As partial_date, with the month of 1987.1 settled; raises Unreadable where it is not.

        ``certain``: the birth date in the ID number, which settles it where the year agrees.
        """
        found = _AMBIGUOUS.fullmatch(_figure(value))
        if found is None:
            return partial_date(value)
        year = int(found[1])
        if certain is not None and certain.year == year and certain.month in (1, 10):
            return PartialDate(year, certain.month)
        if isinstance(value, Number) and value.decimals == 2:
            return PartialDate(year, 10)
        if self.padded and not self.bare:
            return PartialDate(year, 10)
        if isinstance(value, str) and self.typed and self.bare and not self.padded:
            return PartialDate(year, 1)
        raise Unreadable(f"分不清是{year}年1月还是10月，请写成“{year}年1月”或“{year}年10月”")


def month_style(sheet: RawSheet, header: Header, field: str) -> MonthStyle:
    """How the other cells of a column write months."""
    column = header.columns.get(field)
    padded = bare = False
    for number, cells in sheet.rows:
        if column is None or number <= header.last or column > len(cells):
            continue
        match = _YEAR_MONTH.fullmatch(_figure(cells[column - 1]))
        if match is None:
            continue
        month = match[2]
        padded |= month.startswith("0") or month == "10"
        bare |= month in "23456789"
    return MonthStyle(padded, bare, sheet.typed)


def _figure(value: CellValue) -> str:
    """Year and month as the cell holds them, whatever its format adds."""
    if isinstance(value, Number):
        return f"{value.value:.15g}"
    return "".join(half_width(shown(value)).split()) if isinstance(value, str) else ""
