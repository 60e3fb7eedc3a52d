"""What an Excel import did or would do: one report for every area."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from daomao_desktop.services.desk import Area, Changes, Desk
from daomao_desktop.services.import_village import Differing
from daomao_desktop.store import audit
from daomao_desktop.store.engine import Session
from daomao_desktop.workbooks.notes import CellNote, RowRef, Severity


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Lines name persons and cells: they are for the screen, never for a log.

    ``created``: villages and groups made on the way. ``refused``: errors stopped the whole import
    and nothing was written. With ``dry_run`` nothing was written either. ``differing``: the
    workbook names another village than its rows are written into, and nobody has confirmed that;
    then nothing was written, too.
    """

    area: Area
    dry_run: bool = False
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    created: tuple[str, ...] = ()
    unchanged: int = 0
    notes: tuple[CellNote, ...] = ()
    refused: bool = False
    differing: Differing | None = None

    @property
    def errors(self) -> tuple[CellNote, ...]:
        return tuple(note for note in self.notes if note.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[CellNote, ...]:
        return tuple(note for note in self.notes if note.severity is Severity.WARNING)

    @property
    def changes(self) -> Changes:
        """The areas that look different now."""
        if self.refused or self.dry_run:
            return Changes(frozenset())
        places = {Area.ROSTER} if self.created else set()
        return Changes(frozenset({self.area, Area.ASSESSMENT, *places}))

    @property
    def refusal(self) -> str:
        """The one sentence for a refused import."""
        if self.differing is not None:
            return f"{self.differing.sentence}没有导入任何内容。"
        return f"有 {len(self.errors)} 处错误，没有导入任何内容；请按上面列出的单元格改正后再导入。"

    @property
    def summary(self) -> str:
        """One sentence saying how much was, or would be, done."""
        if self.refused:
            return self.refusal
        counts = [
            f"{word} {len(lines)}"
            for word, lines in (("新增", self.added), ("修改", self.changed), ("调整", self.moved))
            if lines
        ]
        if self.unchanged:
            counts.append(f"未变 {self.unchanged}")
        if not counts:
            return "没有可导入的行。"
        head = "预演（没有写入）" if self.dry_run else "已导入"
        return f"{head}：{'，'.join(counts)}。"

    def lines(self) -> list[str]:
        """The whole report for printing: cells first, then what was done, then the sum."""
        printed = [f"村名不符 {self.differing.sentence}"] if self.differing is not None else []
        printed += [f"{_MARKS[note.severity]} {note}" for note in self.notes]
        for word, entries in (
            ("新建", self.created),
            ("新增", self.added),
            ("修改", self.changed),
            ("调整", self.moved),
        ):
            printed += [f"{word} {entry}" for entry in entries]
        return [*printed, *([] if self.refused else [self.summary])]

    def as_json(self) -> dict[str, Any]:
        """For ``--json``: plain values only."""
        return {
            "area": self.area.value,
            "dry_run": self.dry_run,
            "refused": self.refused,
            "village_differs": self.differing.sentence if self.differing else None,
            "added": list(self.added),
            "changed": list(self.changed),
            "moved": list(self.moved),
            "created": list(self.created),
            "unchanged": self.unchanged,
            "notes": [
                {"severity": _MARKS[note.severity], "text": str(note)} for note in self.notes
            ],
        }


_MARKS = {Severity.ERROR: "错误", Severity.WARNING: "注意", Severity.NOTE: "说明"}


class _NothingWritten(Exception):
    """Leaves a writing transaction by rolling it back."""


@dataclass(slots=True)
class Attempt:
    """An import on the way: it is rolled back at the end unless ``keep`` was set."""

    session: Session
    keep: bool = False


@contextmanager
def attempt(desk: Desk, area: Area, what: str) -> Iterator[Attempt]:
    """One writing transaction for a whole import, in the operator's name.

    A dry run thus runs the very code of the import and leaves no trace, not even an audit entry.
    ``what`` (导入花名册) is noted beside what the import wrote: by it the step is known.
    """
    try:
        with desk.store.writing(desk.operator.uid) as session:
            trial = Attempt(session)
            yield trial
            session.flush()  # the store's constraints speak in a dry run too
            if not trial.keep:
                raise _NothingWritten
            if "begun" in session.info:
                audit.note(session, area, what)
    except _NothingWritten:
        return


def error_at(row: RowRef | None, field: str, sentence: str) -> CellNote:
    """An error of the store's rules at the cell of that field."""
    return note_at(row, field, Severity.ERROR, sentence)


def note_at(row: RowRef | None, field: str, severity: Severity, sentence: str) -> CellNote:
    """A note at the cell of that field, or at its row where the sheet has no such column."""
    if row is None:
        return CellNote("", None, None, severity, sentence)
    return CellNote(row.sheet, row.cells.get(field), row.row, severity, sentence)


def in_order(notes: Iterable[CellNote]) -> tuple[CellNote, ...]:
    """Notes as the clerk walks through the file: sheet, row, then as they came."""
    kept = list(notes)
    sheets = list(dict.fromkeys(note.sheet for note in kept))
    return tuple(sorted(kept, key=lambda note: (sheets.index(note.sheet), note.row or 0)))
