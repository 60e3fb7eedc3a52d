"""What reading a workbook has to say: one sentence a cell, row or sheet, never an exception."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Generic, TypeVar

Entry = TypeVar("Entry")


class Severity(Enum):
    """ERROR stops the import, WARNING is imported all the same, NOTE only tells."""

    ERROR = "错误"
    WARNING = "提醒"
    NOTE = "说明"


@dataclass(frozen=True, slots=True)
class RowRef:
    """A row of a sheet as the clerk sees it; ``row`` counts from 1.

    ``cells``: each field's place in it ("F7"), so that whoever finds a contradiction can name it.
    """

    sheet: str
    row: int
    cells: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.sheet}第{self.row}行"


@dataclass(frozen=True, slots=True)
class CellNote:
    """One sentence about a place; ``cell`` is "F7" or "B4:B6", ``row`` None for a whole sheet.

    The sentence may name persons (never ID or phone numbers in full): show it, do not log it.
    """

    sheet: str
    cell: str | None
    row: int | None
    severity: Severity
    sentence: str

    @property
    def place(self) -> str:
        """花名册!F7, 花名册第7行, or only the sheet."""
        if self.cell is not None:
            return f"{self.sheet}!{self.cell}"
        return self.sheet if self.row is None else f"{self.sheet}第{self.row}行"

    def __str__(self) -> str:
        return f"{self.place} {self.sentence}".lstrip()


@dataclass(frozen=True, slots=True)
class Label:
    """A text about the whole list; ``what`` is it: 表格标题, 工作表名, 文件名."""

    what: str
    text: str


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Entry]):
    """All entries of one file, in order, the notes about it, and what it is called by whom.

    ``labels``: titles first, then the sheets' names and the file's.
    """

    entries: tuple[Entry, ...]
    notes: tuple[CellNote, ...]
    labels: tuple[Label, ...] = ()

    def of(self, severity: Severity) -> tuple[CellNote, ...]:
        return tuple(note for note in self.notes if note.severity is severity)

    @property
    def errors(self) -> tuple[CellNote, ...]:
        return self.of(Severity.ERROR)

    @property
    def warnings(self) -> tuple[CellNote, ...]:
        return self.of(Severity.WARNING)
