"""What is to be printed, as plain data: one official document with its sheets."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import Enum


class Format(Enum):
    """Formats of GB/T 9704-2012: with a red head, as a letter (信函), or without any head."""

    FILE = "file"
    LETTER = "letter"
    PLAIN = "plain"


class Align(Enum):
    """How a table's cells stand in their column."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: heading, share of the table's width, alignment of its cells."""

    heading: str
    share: float
    align: Align = Align.CENTRE


@dataclass(frozen=True, slots=True)
class ListTable:
    """A list with its heading repeated on every page; rows are never split."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell of a form: a label, or text or an empty place to write in."""

    text: str
    share: float
    label: bool = False


@dataclass(frozen=True, slots=True)
class FormRow:
    """Cells side by side, ``height`` in grid rows; it grows with its text."""

    cells: tuple[FormCell, ...]
    height: float = 1.5


@dataclass(frozen=True, slots=True)
class FormTable:
    """A form of labelled boxes on one page."""

    rows: tuple[FormRow, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of its own after the text.

    An attachment carries its ``marker`` (附件, 附件1), is numbered on and stands before the 版记; a
    sheet without a marker (送达回证) stands after everything and carries no page number.
    """

    title: str
    table: ListTable | FormTable
    marker: str = ""
    above: str = ""
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """One document; texts are printed as they are, the engine adds only what GB/T 9704 fixes.

    ``organs``: one, or several in joint issue, the leading one first; ``masthead_suffix`` (文件)
    follows the organ, or stands right of several. ``number``: 大茂党〔2026〕5号. ``title`` may hold
    line feeds where it must break. ``body``: one entry a paragraph, its level read from its
    numbering. ``signature``: signing organs in order. ``names``: persons' names of two to four
    characters that no line may part. ``subject``: for the file's metadata.
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
