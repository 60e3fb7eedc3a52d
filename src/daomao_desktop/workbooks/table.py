"""From sheets to rows whose fields can be asked for, with a note for everything that is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from daomao_desktop.domain.privacy import is_masked, mask_id
from daomao_desktop.errors import FileProblem
from daomao_desktop.workbooks.cells import (
    CellValue,
    Fault,
    Merged,
    RawSheet,
    cell_name,
    column_letter,
    is_blank,
    shown,
)
from daomao_desktop.workbooks.headings import Header, Heading, find_header
from daomao_desktop.workbooks.notes import CellNote, RowRef, Severity
from daomao_desktop.workbooks.reading import read_workbook
from daomao_desktop.workbooks.rows import RowKind, filled_down, kind_of
from daomao_desktop.workbooks.values import Parser, Unreadable, text

T = TypeVar("T")
_PLACEHOLDERS = {"/", "／", "\\", "-", "－", "—", "——", "--", "―", "、", "."}
_SHOWN_LENGTH = 30


@dataclass(slots=True)
class Notes:
    """Collects what is said about one file."""

    items: list[CellNote] = field(default_factory=list)

    def add(
        self, severity: Severity, sheet: str, row: int | None, cell: str | None, sentence: str
    ) -> None:
        self.items.append(CellNote(sheet, cell, row, severity, sentence))


@dataclass(slots=True)
class Row:
    """One row of data; a required field that fails marks the row as ``failed``.

    ``vacant``: the row names a post that nobody holds.
    """

    table: Table
    number: int
    cells: Sequence[CellValue]
    failed: bool = False
    vacant: bool = False

    @property
    def ref(self) -> RowRef:
        columns = self.table.header.columns
        cells = {name: cell_name(self.number, column) for name, column in columns.items()}
        return RowRef(self.table.sheet.name, self.number, cells)

    def raw(self, name: str) -> CellValue:
        """The cell of a field; None where the column or the value is missing."""
        column = self.table.header.columns.get(name)
        if column is None:
            return None
        value = self.cells[column - 1] if column <= len(self.cells) else None
        if is_blank(value):
            area = self.table.inherited.get((self.number, column))
            value = None if area is None else self.table.tops.get((area.top, column))
        return None if is_blank(value) else value

    def supplied(self, name: str) -> CellValue:
        """As raw, but None for stars (a masked export) and a lone stroke."""
        value = self.raw(name)
        if not isinstance(value, str):
            return value
        stars = not value.strip().strip("*＊")
        if self.table.headings[name].private:
            stars = is_masked(value)
        return None if stars or value.strip() in _PLACEHOLDERS else value

    def cell(self, name: str) -> str | None:
        """Where a field stands: "F7", or None where the sheet has no such column."""
        column = self.table.header.columns.get(name)
        return None if column is None else cell_name(self.number, column)

    def required(self, name: str, parse: Parser[T]) -> T | None:
        """The value, or an error in the report and None."""
        return self._need(name, self.supplied(name), parse)

    def _need(self, name: str, value: CellValue, parse: Parser[T]) -> T | None:
        if value is None:
            self.error(name, f"「{self.table.headings[name].title}」没有填写")
            return None
        try:
            return parse(_usable(value))
        except Unreadable as reason:
            self.error(name, f"{self.quote(name, value)} {reason}")
            return None

    def optional(self, name: str, parse: Parser[T]) -> T | None:
        """The value; None where there is none, and with a warning where it cannot be read."""
        return self._read(name, self.supplied(name), parse)

    def words(self, name: str) -> str | None:
        """Free text such as a remark: kept as it is, be it a lone stroke or a star."""
        return self._read(name, self.raw(name), text)

    def required_words(self, name: str) -> str | None:
        """Free text that must be there."""
        return self._need(name, self.raw(name), text)

    def _read(self, name: str, value: CellValue, parse: Parser[T]) -> T | None:
        if value is None:
            return None
        try:
            return parse(_usable(value))
        except Unreadable as reason:
            self.warn(name, f"{self.quote(name, value)} {reason}，此项未导入")
            return None

    def quote(self, name: str, value: CellValue) -> str:
        """The cell in quotation marks, shortened, private values masked."""
        if isinstance(value, Fault) and value.uncomputed:
            return value.text
        written = " ".join(shown(value).split())
        if self.table.headings[name].private and any(char.isdigit() for char in written):
            written = mask_id(written)
        if len(written) > _SHOWN_LENGTH:
            written = f"{written[:_SHOWN_LENGTH]}…"
        return f"“{written}”"

    def error(self, name: str | None, sentence: str) -> None:
        self.failed = True
        self.note(Severity.ERROR, name, sentence)

    def warn(self, name: str | None, sentence: str) -> None:
        self.note(Severity.WARNING, name, sentence)

    def note(self, severity: Severity, name: str | None, sentence: str) -> None:
        cell = None if name is None else self.cell(name)
        self.table.notes.add(severity, self.table.sheet.name, self.number, cell, sentence)


@dataclass(slots=True)
class Table:
    """A sheet with its header understood."""

    sheet: RawSheet
    header: Header
    headings: dict[str, Heading]
    notes: Notes
    inherited: dict[tuple[int, int], Merged] = field(default_factory=dict)
    tops: dict[tuple[int, int], CellValue] = field(default_factory=dict)

    def rows(self) -> Iterator[Row]:
        """The rows of data; what is passed over is noted."""
        self._prepare_merged()
        blanks: list[int] = []
        expected = self.header.last + 1
        for number, cells in self.sheet.rows:
            if number <= self.header.last:
                continue
            blanks += range(expected, min(number, expected + 1_000))
            expected = number + 1
            kind = kind_of(number, cells, self.header, self.sheet.merged)
            if kind is RowKind.BLANK:
                blanks.append(number)
            elif kind is RowKind.DATA:
                self._note_blanks(blanks)
                yield Row(self, number, cells)
            else:
                self._note_blanks(blanks)
                first = next(shown(value) for value in cells if not is_blank(value))
                self._note(number, f"是{kind.value}（{' '.join(first.split())[:12]}），已略过")

    def _prepare_merged(self) -> None:
        columns = {
            column: name
            for name, column in self.header.columns.items()
            if self.headings[name].fill_down
        }
        self.inherited = filled_down(self.sheet.merged, columns, self.header.last)
        areas = set(self.inherited.values())
        values = dict(self.sheet.rows)
        for area in sorted(areas, key=lambda area: (area.top, area.left)):
            cells = values.get(area.top, ())
            value = cells[area.left - 1] if area.left <= len(cells) else None
            self.tops[area.top, area.left] = value
            if not is_blank(value):
                title = self.headings[columns[area.left]].title
                written = " ".join(shown(value).split())[:_SHOWN_LENGTH]
                self.notes.add(
                    Severity.NOTE,
                    self.sheet.name,
                    area.top,
                    area.name,
                    f"是合并单元格，「{title}」各行都按“{written}”读入",
                )

    def _note(self, row: int | None, sentence: str) -> None:
        self.notes.add(Severity.NOTE, self.sheet.name, row, None, sentence)

    def _note_blanks(self, blanks: list[int]) -> None:
        """Blank rows inside the list are told once each run; those after its end are not."""
        if blanks:
            first, last = blanks[0], blanks[-1]
            what = "是空行" if first == last else f"至第{last}行是空行"
            self._note(first, f"{what}，已略过")
            blanks.clear()


def _usable(value: CellValue) -> CellValue:
    """Raises Unreadable for a cell that has no value to read."""
    if isinstance(value, Fault):
        if value.uncomputed:
            raise Unreadable("没有算出结果，请用 WPS 或 Excel 打开并保存后再导入")
        raise Unreadable("是表格里的错误值")
    return value


def read_tables(path: Path, headings: Sequence[Heading], notes: Notes) -> list[Table]:
    """Every sheet of the file that holds this area; raises FileProblem where none does."""
    sheets = read_workbook(Path(path))
    found: list[tuple[RawSheet, Header | None]] = []
    for sheet in sheets:
        if sheet.hidden and sheet.rows:
            notes.add(Severity.NOTE, sheet.name, None, None, "是隐藏的工作表，已略过")
        else:
            found.append((sheet, find_header(sheet, headings)))
    if not any(header for _, header in found):
        wanted = "、".join(f"「{heading.title}」" for heading in headings if heading.required)
        raise FileProblem(
            f"“{Path(path).name}”里没有找到表头：工作表前十行中应有{wanted}等列，请对照模板检查。"
        )
    known = {heading.field: heading for heading in headings}
    complete = any(header and not _missing(header, headings) for _, header in found)
    tables = []
    for sheet, header in found:
        if header is None:
            if sheet.rows:
                notes.add(Severity.NOTE, sheet.name, None, None, "没有要导入的表头，已略过")
            continue
        if missing := _missing(header, headings):
            severity = Severity.WARNING if complete else Severity.ERROR
            titles = "、".join(f"「{title}」" for title in missing)
            notes.add(severity, sheet.name, header.last, None, f"表头里缺少{titles}列，本表未读取")
            continue
        if _note_header(sheet, header, known, notes):
            tables.append(Table(sheet, header, known, notes))
    return tables


def _missing(header: Header, headings: Sequence[Heading]) -> list[str]:
    return [
        heading.title
        for heading in headings
        if heading.required and heading.field not in header.columns
    ]


def _note_header(sheet: RawSheet, header: Header, known: dict[str, Heading], notes: Notes) -> bool:
    """Tells what is unknown or twice there; False where the sheet cannot be read because of it."""
    if any(number < header.first for number, _ in sheet.rows):
        notes.add(
            Severity.NOTE, sheet.name, None, None, f"表头在第{header.first}行，以上的标题已略过"
        )
    for column, title in header.unknown.items():
        cell = cell_name(header.last, column)
        notes.add(Severity.NOTE, sheet.name, header.last, cell, f"「{title}」列不认识，已略过")
    clear = [
        _note_repeated(sheet, header, known[name], columns, notes)
        for name, columns in header.repeated.items()
    ]
    return all(clear)


def _note_repeated(
    sheet: RawSheet, header: Header, heading: Heading, columns: Sequence[int], notes: Notes
) -> bool:
    """Two columns for one field: False, and an error, where a required one has two values."""
    used = header.columns[heading.field]
    places = "、".join(column_letter(column) for column in (used, *columns))
    several = f"「{heading.title}」有{1 + len(columns)}列（{places}）"
    differ = any(
        number > header.last and _at(cells, column) not in (None, _at(cells, used))
        for number, cells in sheet.rows
        for column in columns
    )
    cell = cell_name(header.last, columns[0])
    if differ and heading.required:
        sentence = f"{several}且内容不同，请只留一列，本表未读取"
        notes.add(Severity.ERROR, sheet.name, header.last, cell, sentence)
        return False
    severity = Severity.WARNING if differ else Severity.NOTE
    sentence = f"{several}，只读取{column_letter(used)}列"
    notes.add(severity, sheet.name, header.last, cell, sentence)
    return True


def _at(cells: Sequence[CellValue], column: int) -> str | None:
    value = cells[column - 1] if column <= len(cells) else None
    return None if is_blank(value) else "".join(shown(value).split())
