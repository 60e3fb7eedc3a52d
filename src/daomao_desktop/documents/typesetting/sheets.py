"""Sheets: attachments with lists, forms, and reports of them (GB/T 9704-2012, 7.3.7 and 8)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import ceil

from daomao_desktop.documents.fonts import Face, width
from daomao_desktop.documents.typesetting.cells import (
    PITCH,
    Cell,
    Points,
    columns,
    draw_row,
    pad,
    set_cell,
)
from daomao_desktop.documents.typesetting.document import (
    BROUGHT_FORWARD,
    CARRIED_OVER,
    Align,
    FormTable,
    ListTable,
    Report,
    Sheet,
)
from daomao_desktop.documents.typesetting.geometry import ROW, SIZE_2, SIZE_4, Area
from daomao_desktop.documents.typesetting.marks import Page
from daomao_desktop.documents.typesetting.numbering import number_page
from daomao_desktop.documents.typesetting.text import SetLine, plain, single
from daomao_desktop.documents.typesetting.title import break_title
from daomao_desktop.errors import DaomaoError

_LEAST = 0.9 * ROW / SIZE_4  # of the size: a list's row is at least this high
_PACKED = 1.05  # of a cell's width: text whose marks are squeezed takes hardly less
_LOOSE = 0.5  # points a row may reach below the 版心


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[Cell, ...]
    height: float
    grows: float = 0.0

    def draw(self, page: Page, top: float) -> float:
        """Put the row on the page; returns its bottom."""
        draw_row(page, self.cells, top, self.height)
        return top + self.height


@dataclass(frozen=True, slots=True)
class _Table:
    """Rows ready to be drawn; ``carried`` sets what is carried over after a row, with its label."""

    heading: _Row | None
    rows: list[_Row]
    carried: Callable[[int, str], _Row] | None = None


class RowTooHigh(DaomaoError):
    """A row of a table is higher than a page."""


def report_pages(report: Report) -> list[Page]:
    """All pages of a report, each sheet on pages of its own.

    Raises MissingGlyph, and DaomaoError where a row does not fit on a page.
    """
    pages: list[Page] = []
    for sheet in report.sheets:
        draw_sheet(pages, sheet, report.names)
    if report.numbered:
        for number, page in enumerate(pages, 1):
            number_page(page, number)
    return pages


def fits_one_page(sheet: Sheet, names: Sequence[str] = ()) -> bool:
    """Whether the sheet takes one page and no more. Raises MissingGlyph."""
    pages: list[Page] = []
    area = Page(landscape=sheet.landscape).area
    if isinstance(sheet.table, FormTable) and _least(sheet.table, area, sheet.size) > area.height:
        return False
    try:
        draw_sheet(pages, sheet, names)
    except RowTooHigh:
        return False
    return len(pages) == 1


def _least(table: FormTable, area: Area, size: float) -> float:
    """Points a form takes at least: from the widths of its texts alone, which takes no time."""
    total = 0.0
    for row in table.rows:
        places = columns([cell.share for cell in row.cells], area.left, area.width)
        lines = max(
            sum(
                max(1, ceil(width(part, Face.FANG, size) / (room * _PACKED)))
                for part in cell.text.split("\n")
            )
            + bool(cell.foot)
            for cell, (_x, room) in zip(row.cells, places, strict=True)
        )
        total += max(row.height * ROW, lines * PITCH * size + 2 * pad(size))
    return total


def draw_sheet(pages: list[Page], sheet: Sheet, names: Sequence[str]) -> float:
    """Draw a sheet on pages of its own, appended; returns the bottom of what is on the last.

    Raises MissingGlyph, and DaomaoError where a row does not fit on a page.
    """
    pages.append(Page(landscape=sheet.landscape))
    area = pages[-1].area
    top = _above(pages[-1], sheet, names)
    if isinstance(sheet.table, ListTable):
        table = _list(sheet.table, area, sheet.size, names)
    else:
        table = _Table(None, _form(sheet.table, area, sheet.size, names))
    below = [
        line
        for text in sheet.below
        for line in plain(text, Face.FANG, area.width, names=names, size=sheet.size)
    ]
    foot = len(below) * PITCH * sheet.size + pad(sheet.size) if below else 0.0
    table = replace(table, rows=_grown(table.rows, area.bottom - foot - top))
    bottom = _rows(pages, table, top, foot)
    return _below(pages, below, bottom, foot, sheet.size)


def _above(page: Page, sheet: Sheet, names: Sequence[str]) -> float:
    """Marker, title and what stands right above the table; returns the table's top."""
    area = page.area
    top = area.top
    if sheet.marker:  # 附件, 黑体, flush left in the first row; its title in the third
        page.marks.append(single(sheet.marker, Face.HEI).at(area.left, top))
        top += 2 * ROW
    if sheet.title:
        for title_line in break_title(sheet.title, tuple(names), most=int(area.width / SIZE_2)):
            text = single(title_line, Face.TITLE, SIZE_2)
            page.marks.append(text.at(area.left + (area.width - text.width) / 2, top, SIZE_2))
            top += ROW
        top += ROW / 2
    if sheet.above:
        lines = plain(sheet.above, Face.FANG, area.width, names=names, size=sheet.size)
        for line in lines:
            x = area.right - line.width if len(lines) == 1 else area.left
            page.marks.append(line.at(x, top, sheet.size))
            top += PITCH * sheet.size
        top += pad(sheet.size) / 2
    return top


def _rows(pages: list[Page], table: _Table, top: float, foot: float) -> float:
    """Draw rows below each other, the heading again on every page; returns the last one's bottom.

    ``foot`` points below the table keep its last row with them on their page.
    """
    area = pages[-1].area
    carried, last = table.carried, len(table.rows) - 1

    def begin(top: float, place: int) -> float:
        y = table.heading.draw(pages[-1], top) if table.heading else top
        return carried(place - 1, BROUGHT_FORWARD).draw(pages[-1], y) if carried and place else y

    y = begin(top, 0)
    for place, row in enumerate(table.rows):
        need = row.height
        if place == last:
            need += foot if foot + need < area.height / 2 else 0.0
        elif carried:
            need += carried(place, CARRIED_OVER).height
        if y + need > area.bottom + _LOOSE:
            if carried and place:
                carried(place - 1, CARRIED_OVER).draw(pages[-1], y)
            pages.append(Page(landscape=pages[-1].landscape))
            y = begin(area.top, place)
            if y + need > area.bottom + _LOOSE:
                raise RowTooHigh(_too_high(row))
        y = row.draw(pages[-1], y)
    return y


def _grown(rows: list[_Row], room: float) -> list[_Row]:
    """Rows that share what is left of ``room`` points, where they all fit into it."""
    spare = room - sum(row.height for row in rows)
    parts = sum(row.grows for row in rows)
    if spare <= 0 or not parts:
        return rows
    return [replace(row, height=row.height + spare * row.grows / parts) for row in rows]


def _too_high(row: _Row) -> str:
    cell = max(row.cells, key=lambda one: len(one.lines))
    text = "".join(piece.text for line, _x in cell.lines for piece in line.pieces)
    begin = f"表中“{text[:10]}……”这一格的文字太多" if text else "表中有一行太高"
    return f"{begin}，一页排不下，请缩短后再排版。"


def _below(
    pages: list[Page], lines: Sequence[SetLine], bottom: float, foot: float, size: float
) -> float:
    """Draw the lines under a table, on a new page where they do not fit; returns the bottom."""
    area = pages[-1].area
    if lines and bottom + foot > area.bottom + _LOOSE:
        pages.append(Page(landscape=pages[-1].landscape))
        bottom = area.top
    for line in lines:
        if bottom + pad(size) + PITCH * size > area.bottom + _LOOSE:
            pages.append(Page(landscape=pages[-1].landscape))
            bottom = area.top
        pages[-1].marks.append(line.at(area.left, bottom + pad(size), size))
        bottom += PITCH * size
    return bottom


def _list(table: ListTable, area: Area, size: float, names: Sequence[str]) -> _Table:
    """A list's heading and rows."""
    places = columns([column.share for column in table.columns], area.left, area.width)
    everything = [*table.rows, *table.carried]
    points = [
        Points.of([texts[number] for texts in everything], places[number][1], size)
        if column.align is Align.DECIMAL
        else None
        for number, column in enumerate(table.columns)
    ]

    def row(texts: Sequence[str]) -> _Row:
        cells = [
            set_cell(text, Face.FANG, place, column.align, size=size, names=names, points=at)
            for text, place, column, at in zip(texts, places, table.columns, points, strict=True)
        ]
        return _Row(tuple(cells), max(_LEAST * size, *(cell.height for cell in cells)))

    def carried(place: int, label: str) -> _Row:
        return row([text.replace(CARRIED_OVER, label) for text in table.carried[place]])

    heading = tuple(
        set_cell(column.heading, Face.HEI, place, Align.CENTRE, size=size)
        for column, place in zip(table.columns, places, strict=True)
    )
    return _Table(
        _Row(heading, max(_LEAST * size, *(cell.height for cell in heading))),
        [row(texts) for texts in table.rows],
        carried if table.carried else None,
    )


def _form(table: FormTable, area: Area, size: float, names: Sequence[str]) -> list[_Row]:
    """Rows of labelled boxes."""
    rows = []
    for row in table.rows:
        places = columns([cell.share for cell in row.cells], area.left, area.width)
        cells = tuple(
            set_cell(
                cell.text,
                Face.HEI if cell.label else Face.FANG,
                place,
                cell.align or (Align.CENTRE if cell.label else Align.LEFT),
                size=cell.size or size,
                names=names,
                foot=cell.foot,
            )
            for cell, place in zip(row.cells, places, strict=True)
        )
        height = max(row.height * ROW, *(cell.height for cell in cells))
        rows.append(_Row(cells, height, row.grows))
    return rows
