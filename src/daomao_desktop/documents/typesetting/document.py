"""What is to be printed, as plain data: an official document, a report of tables, an award."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import Enum

from daomao_desktop.documents.typesetting.geometry import SIZE_4


class Format(Enum):
    """Formats of GB/T 9704-2012: with a red head, as a letter (信函), or without any head."""

    FILE = "file"
    LETTER = "letter"
    PLAIN = "plain"


class Align(Enum):
    """How a table's cells stand in their column.

    DECIMAL: numbers below each other by their decimal points, the widest centred in the column.
    """

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    DECIMAL = "decimal"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: heading, share of the table's width, alignment of its cells."""

    heading: str
    share: float
    align: Align = Align.CENTRE


CARRIED_OVER = "过次页"
BROUGHT_FORWARD = "承前页"


@dataclass(frozen=True, slots=True)
class ListTable:
    """A list with its heading repeated on every page; rows are never split.

    ``carried``: for tables of money, one a row: the totals up to that row, with 过次页 in the cell
    that says so. Where a page ends they stand at its foot, and as 承前页 at the head of the next.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    carried: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell of a form: a label, or text or an empty place to write in.

    Unless ``align`` says otherwise a label is centred and text stands left. ``foot``: a line in
    the cell's lower right corner, where somebody signs; the text then begins at the cell's top.
    ``size`` in points; None is the sheet's.
    """

    text: str
    share: float
    label: bool = False
    align: Align | None = None
    foot: str = ""
    size: float | None = None


@dataclass(frozen=True, slots=True)
class FormRow:
    """Cells side by side, ``height`` in grid rows; it grows with its text.

    ``grows``: its part of what the table leaves free of its page (0: none of it), so that there
    is room to write in.
    """

    cells: tuple[FormCell, ...]
    height: float = 1.5
    grows: float = 0.0


@dataclass(frozen=True, slots=True)
class FormTable:
    """A form of labelled boxes; one longer than a page goes on, its rows never split."""

    rows: tuple[FormRow, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table on pages of its own.

    In an official document an attachment carries its ``marker`` (附件, 附件1), is numbered on and
    stands before the 版记; a sheet without a marker (送达回证) stands after everything, on paper of
    its own, and carries no page number. ``above`` stands right above the table, ``below`` are lines
    under it. ``size`` is that of the table's text in points: 四号, or 小四 (12) where there are
    many columns.
    """

    title: str
    table: ListTable | FormTable
    marker: str = ""
    above: str = ""
    below: tuple[str, ...] = ()
    landscape: bool = False
    size: float = SIZE_4


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """One document; texts are printed as they are, the engine adds only what GB/T 9704 fixes.

    ``organs``: one, or several in joint issue, the leading one first; ``masthead_suffix`` (文件)
    follows the organ, or stands right of several. ``number``: 大茂党〔2026〕5号. ``title`` may hold
    line feeds where it must break. ``body``: one entry a paragraph, its level read from its
    numbering. ``signature``: signing organs in order. ``names``: persons' names of two to four
    characters that no line may part. ``subject``: for the file's metadata. ``posted``: to be hung
    on a wall, so that nothing of it may stand on a sheet's back.
    """

    format: Format
    title: str
    body: tuple[str, ...]
    organs: tuple[str, ...] = ()
    masthead_suffix: str = ""
    number: str = ""
    signer: str = ""
    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""
    addressee: str = ""
    attachments: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    date: datetime.date | None = None
    seal: bool = True
    note: str = ""
    copies_to: str = ""
    printed_by: str = ""
    printed_on: datetime.date | None = None
    names: tuple[str, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    subject: str = ""
    posted: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """Tables and forms without an official head.

    ``title``, ``author`` (an organ) and ``subject`` are for the file's metadata. ``names`` as in an
    official document. ``numbered``: whether its pages carry page numbers.
    """

    sheets: tuple[Sheet, ...]
    title: str
    author: str = ""
    names: tuple[str, ...] = ()
    subject: str = ""
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Award:
    """A certificate of honour (荣誉证书): one landscape page.

    ``addressee`` is the name alone, 同志： follows it. ``body``: paragraphs. ``organs``: those
    whose seals it will bear. ``number`` is printed as 编号：…. A blank bought printed has its own
    ``border`` and mostly its heading (``titled``: it is printed here); what is printed is moved
    by ``right`` and ``down`` (mm) to where the blank wants it.
    """

    heading: str
    addressee: str
    body: tuple[str, ...]
    organs: tuple[str, ...]
    date: datetime.date
    number: str = ""
    names: tuple[str, ...] = ()
    subject: str = ""
    border: bool = True
    titled: bool = True
    right: float = 0.0
    down: float = 0.0


Paper = OfficialDocument | Report | Award
