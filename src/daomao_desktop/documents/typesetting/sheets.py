"""Sheets after the text: attachments with lists, and forms (GB/T 9704-2012, 7.3.7 and 8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from daomao_desktop.documents.fonts import Face
from daomao_desktop.documents.typesetting.document import (
    Align,
    Column,
    FormTable,
    ListTable,
    Sheet,
)
from daomao_desktop.documents.typesetting.geometry import (
    BOTTOM,
    LEFT,
    RIGHT,
    ROW,
    SIZE_2,
    SIZE_4,
    TEXT_WIDTH,
    row_top,
)
from daomao_desktop.documents.typesetting.marks import Page, RuleMark
from daomao_desktop.documents.typesetting.text import SetLine, plain, single
from daomao_desktop.documents.typesetting.title import break_title

RULE = 0.5
_LINE = SIZE_4 * 1.35  # pitch of lines inside a cell
_PAD = 5.0  # points between a cell's text and its sides
_CELL_ROW = 0.9 * ROW


@dataclass(frozen=True, slots=True)
class _Cell:
    lines: tuple[SetLine, ...]
    x: float
    width: float
    align: Align

    @property
    def height(self) -> float:
        return len(self.lines) * _LINE + 2 * _PAD


def draw_sheet(pages: list[Page], sheet: Sheet, names: Sequence[str]) -> float:
    """Draw a sheet on pages of its own, appended; returns the bottom of what is on the last."""
    page = Page()
    pages.append(page)
    row = 0
    if sheet.marker:  # 附件, 黑体, flush left in the first row; its title in the third
        page.marks.append(single(sheet.marker, Face.HEI).at(LEFT, row_top(0)))
        row = 2
    for title_line in break_title(sheet.title, tuple(names)):
        text = single(title_line, Face.TITLE, SIZE_2)
        page.marks.append(text.at(LEFT + (TEXT_WIDTH - text.width) / 2, row_top(row), SIZE_2))
        row += 1
    top = row_top(row) + ROW / 2
    if sheet.above:
        text = single(sheet.above, Face.FANG)
        page.marks.append(text.at(RIGHT - text.width, top))
        top += ROW
    if isinstance(sheet.table, ListTable):
        bottom = _list(pages, sheet.table, top, names)
    else:
        bottom = _form(page, sheet.table, top, names)
    for line_text in sheet.below:
        for line in plain(line_text, Face.FANG, TEXT_WIDTH, names=names, size=SIZE_4):
            bottom += _LINE
            pages[-1].marks.append(line.at(LEFT, bottom - _LINE + _PAD, SIZE_4))
    return bottom


def _cell(
    text: str, face: Face, x: float, width: float, align: Align, names: Sequence[str]
) -> _Cell:
    room = width - 2 * _PAD
    line = single(text, face, SIZE_4)
    lines = [line]
    if line.width > room:
        lines = plain(text, face, room, names=names, size=SIZE_4, ragged=True)
    return _Cell(tuple(lines), x, width, align)


def _draw_row(page: Page, cells: Sequence[_Cell], top: float, height: float) -> None:
    """Texts of one row, centred in height, then its rules on all sides."""
    for cell in cells:
        y = top + (height - len(cell.lines) * _LINE + _LINE - SIZE_4) / 2
        for line in cell.lines:
            x = {
                Align.LEFT: cell.x + _PAD,
                Align.CENTRE: cell.x + (cell.width - line.width) / 2,
                Align.RIGHT: cell.x + cell.width - _PAD - line.width,
            }[cell.align]
            page.marks.append(line.at(x, y, SIZE_4))
            y += _LINE
    left, right = cells[0].x, cells[-1].x + cells[-1].width
    page.rule(top, RULE, x=left, x2=right)
    page.rule(top + height, RULE, x=left, x2=right)
    for x in [*(cell.x for cell in cells), right]:
        page.marks.append(RuleMark(x, top - RULE / 2, x, top + height + RULE / 2, RULE))


def _columns(shares: Sequence[float]) -> list[tuple[float, float]]:
    total = sum(shares)
    x = LEFT
    places = []
    for share in shares:
        width = TEXT_WIDTH * share / total
        places.append((x, width))
        x += width
    return places


def _list(pages: list[Page], table: ListTable, top: float, names: Sequence[str]) -> float:
    """A list whose heading is repeated on every page and whose rows are never split."""
    places = _columns([column.share for column in table.columns])

    def cells(texts: Sequence[str], face: Face, columns: Sequence[Column]) -> list[_Cell]:
        return [
            _cell(text, face, x, width, column.align, names)
            for text, (x, width), column in zip(texts, places, columns, strict=True)
        ]

    heading_columns = [Column(c.heading, c.share) for c in table.columns]
    heading = cells([column.heading for column in table.columns], Face.HEI, heading_columns)
    heading_height = max(_CELL_ROW, *(cell.height for cell in heading))
    _draw_row(pages[-1], heading, top, heading_height)
    y = top + heading_height
    for texts in table.rows:
        row = cells(texts, Face.FANG, table.columns)
        height = max(_CELL_ROW, *(cell.height for cell in row))
        if y + height > BOTTOM + 0.5:
            pages.append(Page())
            y = row_top(0)
            _draw_row(pages[-1], heading, y, heading_height)
            y += heading_height
        _draw_row(pages[-1], row, y, height)
        y += height
    return y


def _form(page: Page, table: FormTable, top: float, names: Sequence[str]) -> float:
    """A form of labelled boxes."""
    y = top
    for row in table.rows:
        places = _columns([cell.share for cell in row.cells])
        cells = [
            _cell(
                cell.text,
                Face.HEI if cell.label else Face.FANG,
                x,
                width,
                Align.CENTRE if cell.label else Align.LEFT,
                names,
            )
            for cell, (x, width) in zip(row.cells, places, strict=True)
        ]
        height = max(row.height * ROW, *(cell.height for cell in cells))
        _draw_row(page, cells, y, height)
        y += height
    return y
