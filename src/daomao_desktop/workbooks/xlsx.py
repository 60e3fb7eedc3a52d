"""Reading xlsx: openpyxl's read-only mode, helped by our own look into the package."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from daomao_desktop.errors import FileProblem
from daomao_desktop.workbooks.cells import (
    CellValue,
    Fault,
    Moment,
    Number,
    RawSheet,
    is_blank,
)
from daomao_desktop.workbooks.formats import decimals, shows_day
from daomao_desktop.workbooks.limits import (
    EXCEL_ROWS,
    MAX_COLUMNS,
    MAX_ROWS,
    broken,
    too_many_rows,
)
from daomao_desktop.workbooks.package import Marks, check_package, sheet_marks, sheet_members

_DECORATION = ("docProps/", "xl/theme/", "xl/pivot", "xl/drawings/", "xl/charts/", "customXml/")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_xlsx(data: bytes, name: str) -> tuple[RawSheet, ...]:
    """All sheets with their cached values; raises FileProblem with one sentence."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            check_package(archive, name)
            marks = {
                title: sheet_marks(archive.read(path), name)
                for title, path in sheet_members(archive).items()
            }
        with warnings.catch_warnings():
            # openpyxl warns about styles and validations it drops; none of them is a value
            warnings.simplefilter("ignore")
            return _sheets_somehow(data, name, marks)
    except FileProblem:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged part happens to trip over
        raise broken(name) from error


def _sheets_somehow(data: bytes, name: str, marks: dict[str, Marks]) -> tuple[RawSheet, ...]:
    """With everything, else without what carries no values: openpyxl is strict about all of it."""
    try:
        return _sheets(data, name, marks)
    except FileProblem:
        raise
    except Exception:
        try:
            return _sheets(_without(data, _DECORATION), name, marks)
        except FileProblem:
            raise
        except Exception:
            # dates lose their format here and are read from their serial numbers
            return _sheets(_without(data, (*_DECORATION, "xl/styles.xml")), name, marks)


def _without(data: bytes, unwanted: tuple[str, ...]) -> bytes:
    """The package without the parts whose names start so."""
    buffer = BytesIO()
    with ZipFile(BytesIO(data)) as archive, ZipFile(buffer, "w") as copy:
        for member in archive.namelist():
            if not member.startswith(unwanted):
                copy.writestr(member, archive.read(member))
    return buffer.getvalue()


def _sheets(data: bytes, name: str, marks: dict[str, Marks]) -> tuple[RawSheet, ...]:
    import openpyxl  # 154 ms, only paid by who imports a file

    workbook = openpyxl.load_workbook(
        BytesIO(data), read_only=True, data_only=True, keep_links=False
    )
    try:
        sheets = []
        count = 0
        for sheet in workbook.worksheets:
            rows = []
            blank = None  # openpyxl gives one and the same for rows left out: often a million
            mark = marks.get(sheet.title, Marks())
            sheet.reset_dimensions()  # what a file says about its own size is often wrong
            for number, cells in enumerate(
                sheet.iter_rows(max_row=EXCEL_ROWS, max_col=MAX_COLUMNS), 1
            ):
                if cells is blank:
                    continue
                values = _row(cells, number, mark)
                if values:
                    rows.append((number, values))
                    count += 1
                    if count > MAX_ROWS:
                        raise too_many_rows(name)
                else:
                    blank = cells
            sheets.append(
                RawSheet(
                    sheet.title,
                    tuple(rows),
                    tuple(mark.merged),
                    hidden=sheet.sheet_state != "visible",
                )
            )
        return tuple(sheets)
    finally:
        workbook.close()


def _row(cells: Iterable[Any], number: int, mark: Marks) -> tuple[CellValue, ...]:
    """Values up to the last one that is not blank; an empty tuple for a blank row."""
    values: list[CellValue] = []
    # rows come padded to the widest we take, mostly with this one object
    from openpyxl.cell.read_only import EMPTY_CELL

    present = [(column, cell) for column, cell in enumerate(cells, 1) if cell is not EMPTY_CELL]
    for column, cell in present:
        value: CellValue = None
        if mark.uncomputed and (number, column) in mark.uncomputed:
            value = Fault("公式", uncomputed=True)
        elif cell.value is not None:
            value = _value(cell)
        if not is_blank(value):
            values += [None] * (column - 1 - len(values))
            values.append(value)
    return tuple(values)


def _value(cell: Any) -> CellValue:
    value = cell.value
    if cell.data_type == "e":
        return Fault(str(value))
    if isinstance(value, str):
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
    if isinstance(value, float) and not value.is_integer():
        return Number(value, decimals(_format_of(cell)))
    if isinstance(value, datetime) and not shows_day(_format_of(cell)):
        return Moment(value)
    return value  # type: ignore[no-any-return]


def _format_of(cell: Any) -> str:
    try:
        return str(cell.number_format)
    except IndexError:  # the file's styles were left out or are damaged
        return "General"
