"""Writing a list that prints well on A4, runs nothing, and can be imported again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from copy import copy
from datetime import date
from decimal import Decimal
from enum import Enum
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.money import Money
from daomao_desktop.files import replace_file
from daomao_desktop.workbooks.cells import column_letter
from daomao_desktop.workbooks.headings import Heading

Written: TypeAlias = str | int | Decimal | Money | PartialDate | date | Enum | None
HEADING_ROW = 2
EXAMPLE = "示例"  # what the number column of a template's example row says
_TEXT, _DAY, _MONTH, _MONEY = "@", "yyyy-mm-dd", 'yyyy"年"m"月"', "#,##0.00"
_EARLIEST_YEAR = 1901  # Excel's calendar starts in 1900, and gets its first months wrong
_LARGEST = Money(10**13)  # beyond it a spreadsheet's fifteen digits do not hold every 分
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_RUNNABLE = ("=", "+", "-", "@", "\t", "\r")


def write_table(
    path: Path,
    sheet: str,
    title: str,
    headings: Sequence[Heading],
    rows: Iterable[Sequence[Written]],
    *,
    mark_required: bool = False,
    open_rows: int = 0,
) -> None:
    """One sheet: title, headings, rows numbered from 1; raises FileProblem where it cannot go.

    ``headings`` without the number column, which is put in front; ``open_rows``: how many empty
    rows below get the drop-downs too (templates); ``mark_required``: their headings in red.
    """
    # 154 ms, only paid by who exports a file
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.worksheet.worksheet import Worksheet

    workbook = Workbook()
    page = workbook.active
    assert isinstance(page, Worksheet)
    page.title = sheet
    workbook.properties.creator = ""
    line = Side(style="thin", color="FF9CA3AF")
    box = Border(left=line, right=line, top=line, bottom=line)
    width = len(headings) + 1
    page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    _put(page["A1"], title)
    page["A1"].font = Font(size=16, bold=True)
    page["A1"].alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    page.row_dimensions[1].height = 34
    for column, heading in enumerate((None, *headings), 1):
        cell = page.cell(HEADING_ROW, column, "序号" if heading is None else heading.title)
        red = mark_required and heading is not None and heading.required
        cell.font = Font(bold=True, color="FFDC2626" if red else "FF1F2937")
        cell.fill = PatternFill("solid", fgColor="FFF1F5F9")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = box
        letter = column_letter(column)
        page.column_dimensions[letter].width = 6 if heading is None else heading.width
    looks: dict[tuple[str, bool, bool], Any] = {}
    last = HEADING_ROW
    for last, values in enumerate(rows, HEADING_ROW + 1):
        number: Written = last - HEADING_ROW
        for column, value in enumerate((EXAMPLE if mark_required else number, *values), 1):
            entry: Any = page.cell(last, column)
            _put(entry, value)
            centred = column == 1 or headings[column - 2].width <= 15
            look = entry.number_format, bool(entry.quotePrefix), centred
            if look in looks:
                entry._style = copy(looks[look])  # noqa: SLF001 - a style built anew takes 1 ms
                continue
            entry.border = box
            if mark_required:
                entry.font = Font(italic=True, color="FF64748B")
            entry.alignment = Alignment(
                horizontal="center" if centred else "left", vertical="center", wrap_text=True
            )
            looks[look] = entry._style  # noqa: SLF001
    _drop_downs(page, headings, last + open_rows)
    _layout(page, headings, width, last)
    buffer = BytesIO()
    workbook.save(buffer)
    replace_file(path, buffer.getvalue())


def _put(cell: Any, value: Written) -> None:
    """A value with its type and format; text can never become a formula."""
    match value:
        case None:
            return
        case Enum():
            _put(cell, str(value.value))
        case Money() if value < _LARGEST:
            cell.value = Decimal(value.fen) / 100
            cell.number_format = _MONEY
        case PartialDate() if value.year >= _EARLIEST_YEAR:
            cell.value = value.first
            cell.number_format = _MONTH if value.day is None else _DAY
        case date():
            _put(cell, PartialDate.of(value))
        case int() | Decimal():
            cell.value = value
            if isinstance(value, Decimal):
                cell.number_format = "0.00"
        case _:
            text = str(value.iso if isinstance(value, PartialDate) else value)
            cell.number_format = _TEXT
            cell.value = _LOOKS_ESCAPED.sub("_x005F_", _possible(text))
            cell.data_type = "s"  # what openpyxl guessed from an = or a # at its start is void
            if text.startswith(_RUNNABLE):
                cell.quotePrefix = True


def _possible(text: str) -> str:
    """Without the characters that XML cannot carry, with plain line breaks."""
    return _IMPOSSIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _drop_downs(page: Any, headings: Sequence[Heading], last: int) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    if last <= HEADING_ROW:
        return
    for column, heading in enumerate(headings, 2):
        if heading.choices:
            choice = DataValidation(
                type="list",
                formula1=f'"{",".join(heading.choices)}"',
                allow_blank=True,
                showErrorMessage=True,
                errorTitle=heading.title,
                error=f"请从下拉列表中选择{heading.title}",
            )
            letter = column_letter(column)
            choice.add(f"{letter}{HEADING_ROW + 1}:{letter}{last}")
            page.add_data_validation(choice)


def _layout(page: Any, headings: Sequence[Heading], width: int, last: int) -> None:
    """Panes, and a page setup that needs no touching before printing."""
    fields = [heading.field for heading in headings]
    frozen = fields.index("name") + 3 if "name" in fields else 2
    page.freeze_panes = f"{column_letter(frozen)}{HEADING_ROW + 1}"
    page.print_area = f"A1:{column_letter(width)}{last}"
    page.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    wide = sum(heading.width for heading in headings) > 95  # characters an upright page holds
    page.page_setup.orientation = "landscape" if wide else "portrait"
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_options.horizontalCentered = True
    page.page_margins.left = page.page_margins.right = 0.5
    page.oddFooter.center.text = "第 &P 页，共 &N 页"
