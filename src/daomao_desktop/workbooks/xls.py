"""Reading xls (and WPS's et, which is the same inside) with calamine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from daomao_desktop.errors import FileProblem
from daomao_desktop.workbooks.biff import Book, Damaged, look_into
from daomao_desktop.workbooks.cells import (
    CellValue,
    Fault,
    Merged,
    Moment,
    Number,
    RawSheet,
    is_blank,
)
from daomao_desktop.workbooks.formats import decimals, shows_day
from daomao_desktop.workbooks.limits import (
    ERROR_VALUES,
    MAX_COLUMNS,
    MAX_ROWS,
    broken,
    locked,
    too_big,
    too_many_rows,
    with_links,
    with_macros,
)

_STREAMS = ("Workbook", "Book")  # the second name is that of Excel 95


def _as_listed(text: str) -> bytes:
    """A name as the container's directory writes it."""
    return text.encode("utf-16-le")


def read_xls(data: bytes, name: str) -> tuple[RawSheet, ...]:
    """All sheets; raises FileProblem with one sentence."""
    if _as_listed("EncryptedPackage") in data:
        raise locked(name)
    if _as_listed("_VBA_PROJECT") in data:
        raise with_macros(name)
    try:
        book = look_into(_stream(data, name))
    except Damaged as error:
        raise broken(name) from error
    if book.locked:
        raise locked(name)
    if book.macros:
        raise with_macros(name)
    if book.linked:
        raise with_links(name)
    if book.too_wide:
        raise too_big(name)
    return _read(data, name, book)


def _stream(data: bytes, name: str) -> bytes:
    """The workbook's stream out of the container (MS-CFB), whose every length is checked.

    calamine trusts these lengths and would abort the process; hence the strictest level.
    """
    from olefile import DEFECT_INCORRECT, OleFileIO

    try:
        with OleFileIO(BytesIO(data), raise_defects=DEFECT_INCORRECT) as container:
            for stream in _STREAMS:
                if container.exists(stream):
                    content: bytes = container.openstream(stream).read()
                    return content
    except Exception as error:  # olefile raises several kinds for a damaged file
        raise broken(name) from error
    raise FileProblem(f"“{name}”不是 Excel 表格，请导入 xlsx、xls 或 csv。")


def _read(data: bytes, name: str, book: Book) -> tuple[RawSheet, ...]:
    from python_calamine import PasswordError, SheetVisibleEnum, load_workbook

    try:
        workbook = load_workbook(BytesIO(data))
        sheets = []
        count = 0
        for index, about in enumerate(workbook.sheets_metadata):
            sheet = workbook.get_sheet_by_index(index)
            rows = _rows(sheet, book.formats[index])
            count += len(rows)
            if count > MAX_ROWS:
                raise too_many_rows(name)
            merged = tuple(
                Merged(top + 1, left + 1, bottom + 1, right + 1)
                for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
            )
            hidden = about.visible != SheetVisibleEnum.Visible
            sheets.append(RawSheet(about.name, rows, merged, hidden))
        return tuple(sheets)
    except FileProblem:
        raise
    except PasswordError as error:
        raise locked(name) from error
    except Exception as error:  # calamine raises several kinds for a damaged file
        raise broken(name) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # a Rust panic is no Exception
            raise broken(name) from error
        raise


def _rows(
    sheet: Any, formats: Mapping[tuple[int, int], str]
) -> tuple[tuple[int, tuple[CellValue, ...]], ...]:
    if sheet.start is None:
        return ()
    first_row, first_column = sheet.start
    found = []
    for number, cells in enumerate(sheet.to_python(), first_row + 1):
        values: list[CellValue] = [None] * first_column
        for column, cell in enumerate(cells[: MAX_COLUMNS - first_column], first_column + 1):
            values.append(_value(cell, formats.get((number, column), "General")))
        while values and is_blank(values[-1]):
            values.pop()
        if values:
            found.append((number, tuple(values)))
    return tuple(found)


def _value(cell: Any, number_format: str) -> CellValue:
    if isinstance(cell, float):  # the old format knows no whole numbers
        whole = cell.is_integer() and abs(cell) < 1e15
        return int(cell) if whole else Number(cell, decimals(number_format))
    if isinstance(cell, str) and cell in ERROR_VALUES:
        return Fault(cell)
    if isinstance(cell, date) and number_format != "General" and not shows_day(number_format):
        return Moment(cell if isinstance(cell, datetime) else datetime.combine(cell, time()))
    return cell  # type: ignore[no-any-return]
