"""The same row twice, and the same person twice with different data, within one file."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from typing import Generic, TypeVar

from daomao_desktop.workbooks.headings import Heading
from daomao_desktop.workbooks.labels import labels_of
from daomao_desktop.workbooks.notes import Sheet
from daomao_desktop.workbooks.table import Notes, Row, Table, read_tables

Entry = TypeVar("Entry")


class Repeats(Generic[Entry]):
    """Takes entries with their rows; identical ones once, contradicting ones not at all.

    ``content``: an entry without its place, for comparing. Each rule is a key that two different
    entries must not share (None: the rule says nothing of this entry), the field to point at, and
    what a clash is, with the place of the other cell.
    """

    def __init__(
        self,
        content: Callable[[Entry], Hashable],
        rules: Sequence[tuple[Callable[[Entry], Hashable | None], str, str]],
    ) -> None:
        self._content = content
        self._rules = rules
        self._kept: list[tuple[Entry, Row]] = []
        self._seen: dict[Hashable, Row] = {}
        self._owners: list[dict[Hashable, Row]] = [{} for _ in rules]

    def take(self, entry: Entry, row: Row) -> None:
        content = self._content(entry)
        if (earlier := self._seen.get(content)) is not None:
            row.warn(None, f"与{_place(earlier, row)}完全相同，只导入一次")
            return
        self._seen[content] = row
        for (key_of, field, clash), owners in zip(self._rules, self._owners, strict=True):
            key = key_of(entry)
            if key is None:
                continue
            owner = owners.setdefault(key, row)
            if owner is not row:
                cell = owner.cell(field)
                other = _place(owner, row) if cell is None else f"{owner.ref.sheet}!{cell}"
                row.error(field, f"与 {other} {clash}")
                owner.failed = True
        self._kept.append((entry, row))

    def entries(self) -> tuple[Entry, ...]:
        """Those that no error touches, in order."""
        return tuple(entry for entry, row in self._kept if not row.failed)


def read_entries(
    path: Path,
    headings: Sequence[Heading],
    repeats: Repeats[Entry],
    reader_of: Callable[[Table], Callable[[Row], Entry | None]],
) -> Sheet[Entry]:
    """The entries of every sheet of a file that holds this area. Raises FileProblem.

    ``reader_of`` looks at a sheet once and gives the function that reads its rows: an entry, or
    None where an error was noted or nothing is meant.
    """
    notes = Notes()
    tables = read_tables(path, headings, notes)
    for table in tables:
        read = reader_of(table)
        for row in table.rows():
            entry = read(row)
            if entry is not None:
                repeats.take(entry, row)
    return Sheet(repeats.entries(), tuple(notes.items), labels_of(Path(path), tables))


def _place(earlier: Row, row: Row) -> str:
    same_sheet = earlier.ref.sheet == row.ref.sheet
    return f"第{earlier.number}行" if same_sheet else str(earlier.ref)
