"""Tables of a Word copy: name lists and forms as rows and cells that can be corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from daomao_desktop.documents.fonts import Face
from daomao_desktop.documents.typesetting.cells import PITCH, pad
from daomao_desktop.documents.typesetting.document import Align, FormTable, ListTable
from daomao_desktop.documents.typesetting.geometry import ROW, SIZE_4
from daomao_desktop.documents.word import styles
from daomao_desktop.documents.word.elements import element, twips

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement

_CENTRE, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
_ALIGNED = {Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT, Align.CENTRE: _CENTRE}
_RULE = 0.5  # points

ALL_RULES = dict.fromkeys(("top", "left", "bottom", "right", "insideH", "insideV"), _RULE)
"""A table of boxes."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell ``width`` points wide; ``foot``: a line of its own at the right.

    ``pitch``: from line to line, of the size.
    """

    text: str
    width: float
    face: Face = Face.FANG
    size: float = SIZE_4
    align: WD_ALIGN_PARAGRAPH = _CENTRE
    foot: str = ""
    style: str = styles.TABLE
    pitch: float = PITCH


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side; ``height`` points at least, or exactly. ``heading``: on every page."""

    cells: tuple[Cell, ...]
    height: float
    exact: bool = False
    heading: bool = False


def list_rows(table: ListTable, width: float, size: float) -> list[Row]:
    """A list with its heading; amounts stand at the right, one point below the other."""
    total = sum(column.share for column in table.columns)
    widths = [column.share / total * width for column in table.columns]
    least = 0.9 * ROW / SIZE_4 * size
    heading = tuple(
        Cell(column.heading, wide, Face.HEI, size)
        for column, wide in zip(table.columns, widths, strict=True)
    )
    rows = [Row(heading, least, heading=True)]
    for texts in table.rows:
        cells = tuple(
            Cell(text, wide, size=size, align=_ALIGNED.get(column.align, _RIGHT))
            for text, wide, column in zip(texts, widths, table.columns, strict=True)
        )
        rows.append(Row(cells, least))
    return rows


def form_rows(table: FormTable, width: float, size: float) -> list[Row]:
    """Labelled boxes, each row with its own widths."""
    rows = []
    for row in table.rows:
        total = sum(cell.share for cell in row.cells)
        cells = tuple(
            Cell(
                cell.text,
                cell.share / total * width,
                Face.HEI if cell.label else Face.FANG,
                cell.size or size,
                _ALIGNED.get(cell.align or (Align.CENTRE if cell.label else Align.LEFT), _RIGHT),
                cell.foot,
            )
            for cell in row.cells
        )
        rows.append(Row(cells, row.height * ROW))
    return rows


def add_table(
    word: WordDocument,
    rows: Sequence[Row],
    *,
    rules: Mapping[str, float] = ALL_RULES,
    padding: float | None = None,
) -> None:
    """Appends the table; rows of different widths share one grid.

    ``rules``: their thickness in points by side.
    """
    edges = sorted({_edge(at) for row in rows for at in _ends(row)})
    sides = pad(SIZE_4) if padding is None else padding
    margins = [element(side, w=twips(sides), type="dxa") for side in ("left", "right")]
    lines = [
        element(side, val="single", sz=round(rules[side] * 8), space=0, color="000000")
        if side in rules
        else element(side, val="nil")
        for side in ALL_RULES
    ]
    made = element(
        "tbl",
        element(
            "tblPr",
            element("tblW", w=edges[-1], type="dxa"),
            element("tblInd", w=0, type="dxa"),
            element("tblBorders", *lines),
            element("tblLayout", type="fixed"),
            element("tblCellMar", *margins),
        ),
        element(
            "tblGrid",
            *(
                element("gridCol", w=end - begin)
                for begin, end in zip([0, *edges], edges, strict=False)
            ),
        ),
        *(_row(row, edges) for row in rows),
    )
    word.element.body.insert_element_before(made, "w:sectPr")
    table = Table(made, word)
    for word_row, row in zip(made.tr_lst, rows, strict=True):
        for tc, cell in zip(word_row.tc_lst, row.cells, strict=True):
            _fill(tc, cell, table)


def _ends(row: Row) -> list[float]:
    return list(accumulate(cell.width for cell in row.cells))


def _edge(at: float) -> int:
    """In whole points' twips, so that edges meant to meet do so."""
    return round(at) * 20


def _row(row: Row, edges: Sequence[int]) -> BaseOxmlElement:
    properties = [element("cantSplit")]
    properties.append(
        element("trHeight", val=twips(row.height), hRule="exact" if row.exact else "atLeast")
    )
    if row.heading:
        properties.append(element("tblHeader"))
    cells = []
    begin = 0
    for end in map(_edge, _ends(row)):
        span = sum(1 for edge in edges if begin < edge <= end)
        inside = [element("tcW", w=end - begin, type="dxa")]
        if span > 1:
            inside.append(element("gridSpan", val=span))
        inside.append(element("vAlign", val="center"))
        cells.append(element("tc", element("tcPr", *inside)))
        begin = end
    return element("tr", element("trPr", *properties), *cells)


def _fill(tc: BaseOxmlElement, cell: Cell, table: Table) -> None:
    lines = [(text, cell.align) for text in cell.text.split("\n")]
    if cell.foot:
        lines.append((cell.foot, _RIGHT))
    for text, align in lines:
        p = element("p")
        tc.append(p)
        paragraph = Paragraph(p, table)
        paragraph.style = cell.style
        paragraph.paragraph_format.line_spacing = Pt(cell.pitch * cell.size)
        paragraph.alignment = align
        if text:
            run = paragraph.add_run(text)
            run.font.size = Pt(cell.size)
            if cell.style == styles.TABLE:
                styles.set_face(run, cell.face)
