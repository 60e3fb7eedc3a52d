"""A table of frozen rows: what each column shows, how it sorts, and which rows pass the filter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QColor

from daomao_desktop.ui.theme import Colours

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex

SORT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 2
GROWS_ROLE = int(Qt.ItemDataRole.UserRole) + 3


class Tone(Enum):
    """A cell that needs attention; the words say it too, colour is never the only sign."""

    ERROR = "error"
    GOOD = "good"
    WARN = "warn"
    MUTED = "muted"


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: heading, text shown, and optionally what to sort by, tone and tooltip.

    ``grows``: takes the room that is left; else the last column not set to the right does.
    """

    title: str
    text: Callable[[Row], str]
    sort: Callable[[Row], Any] | None = None
    right: bool = False
    grows: bool = False
    tone: Callable[[Row], Tone | None] | None = None
    tip: Callable[[Row], str] | None = None


def chinese_key(text: str) -> bytes:
    """Sorts Chinese words by pinyin: the order GB 2312 gives its usual characters.

    Names do better: their pinyin is kept in the store, and their columns sort by it.
    """
    return text.encode("gb18030", errors="replace")


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Shows a sequence of rows; ``set_rows`` replaces them all."""

    def __init__(
        self, columns: Sequence[Column[Row]], colours: Colours, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._colours = colours
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows

    def set_rows(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def set_colours(self, colours: Colours) -> None:
        """For a change of theme."""
        self._colours = colours
        if self._rows:
            last = self.index(len(self._rows) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.ForegroundRole])

    def row(self, number: int) -> Row:
        return self._rows[number]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole and self._columns[section].right:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == GROWS_ROLE:
            return self._columns[section].grows
        return None

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == SORT_ROLE:
            return column.sort(row) if column.sort else chinese_key(column.text(row))
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.TextAlignmentRole:
            if column.right:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and column.tone:
            tone = column.tone(row)
            return QColor(getattr(self._colours, tone.value)) if tone else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return (column.tip(row) if column.tip else column.text(row)) or None
        return None


class RowFilter(QSortFilterProxyModel, Generic[Row]):
    """Sorts by the sort role and lets rows pass that a test accepts."""

    def __init__(self, model: RowsModel[Row], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._test: Callable[[Row], bool] | None = None
        self.setSourceModel(model)
        self.setSortRole(SORT_ROLE)

    def set_test(self, test: Callable[[Row], bool] | None) -> None:
        """Only rows the test accepts are shown; None shows all."""
        self._test = test
        self.beginFilterChange()
        self.endFilterChange()

    def row(self, number: int) -> Row:
        """The row shown at that place."""
        return self._model.row(self.mapToSource(self.index(number, 0)).row())

    def shown(self) -> tuple[Row, ...]:
        """All rows that pass, in the order shown."""
        return tuple(self.row(number) for number in range(self.rowCount()))

    def place(self, test: Callable[[Row], bool]) -> int:
        """Where the first row the test accepts is shown, -1 when none is."""
        return next((n for n in range(self.rowCount()) if test(self.row(n))), -1)

    def filterAcceptsRow(self, source_row: int, _source_parent: Index) -> bool:
        return self._test is None or self._test(self._model.row(source_row))

    def lessThan(self, source_left: Index, source_right: Index) -> bool:
        left = self._model.data(source_left, SORT_ROLE)
        right = self._model.data(source_right, SORT_ROLE)
        if left is None or right is None:  # what is not known stands last
            return left is not None
        return bool(left < right)
