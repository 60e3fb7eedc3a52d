"""The table every page uses: one row selected, Enter opens, Ctrl+C copies, columns remembered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import nlargest
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from daomao_desktop.ui.preferences import Preferences
from daomao_desktop.ui.table_models.base import GROWS_ROLE
from daomao_desktop.ui.theme import px
from daomao_desktop.ui.widgets.row_menu import RowStep, pop_up

ROWS_MEASURED = 100
_SHIFT = Qt.KeyboardModifier.ShiftModifier
WIDEST = 320  # pixels at the normal size


class DataTable(QTableView):
    """``opened`` (Enter, double click), ``deleted`` (Delete) and ``chosen`` carry a row number."""

    opened = Signal(int)
    deleted = Signal(int)
    chosen = Signal(int)

    def __init__(
        self, name: str, preferences: Preferences | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._preferences = preferences
        self._restored = False
        self._filled: tuple[int, int] | None = None  # the column that grew, and its own width
        self._filling = False
        self._by_hand = False
        self.row_steps: Callable[[], Sequence[Sequence[RowStep]]] = tuple
        self.setObjectName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSortingEnabled(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionsMovable(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_columns)
        header.sectionResized.connect(self._on_resized)
        header.sectionMoved.connect(self._on_moved)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self._fit()

    def show_model(self, model: QAbstractItemModel) -> None:
        """Attaches the model, in the order given by its rows, with the columns as remembered."""
        self.setModel(model)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.selectionModel().currentRowChanged.connect(
            lambda now, _before: self.chosen.emit(now.row())
        )
        model.modelReset.connect(self._on_reset)

    def fit_columns(self) -> None:
        """Widths as the operator set them, now or the last time, else by content."""
        header = self.horizontalHeader()
        if self._by_hand or self.model() is None or self.model().rowCount() == 0:
            return
        state = self._preferences.columns(self._key()) if self._preferences else None
        self._filling = True
        sorted_by = header.sortIndicatorSection(), header.sortIndicatorOrder()
        if state is not None and header.restoreState(state):
            header.setSortIndicator(*sorted_by)
            self._by_hand = True
        else:
            for column in range(header.count()):
                if not self.isColumnHidden(column):
                    self.setColumnWidth(column, self._width_of(column))
        self._filling = False
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._restored = True
        self._filled = None
        self._fill()

    def remember(self) -> None:
        """Keeps widths, order and choice of the columns for the next time, if they were changed."""
        if self._preferences is not None and self._by_hand:
            self._shrink()
            self._preferences.save_columns(self._key(), self.horizontalHeader().saveState())

    def current_row(self) -> int:
        """The current row of the model shown, -1 when there is none."""
        return self.currentIndex().row() if self.model() is not None else -1

    def rows(self) -> list[int]:
        """The selected rows of the model shown, from top to bottom."""
        return sorted({index.row() for index in self.selectionModel().selectedRows()})

    def selectRow(self, row: int) -> None:
        """This row and no other; Qt's own adds to the selection while Ctrl is held (Ctrl+S)."""
        first = self.model().index(row, self.horizontalHeader().logicalIndex(0))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(first, flags.ClearAndSelect | flags.Rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current_row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self.opened.emit(row)
        elif event.key() == Qt.Key.Key_Delete and self.rows():
            self.deleted.emit(self.rows()[0])
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_F10 and event.modifiers() == _SHIFT:
            self._pop_up(None)  # the menu key comes as an event of its own, this one only here
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The steps of the rows selected; by key it opens at the current row."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        self._pop_up(None if by_key else event.globalPos())

    def _pop_up(self, place: QPoint | None) -> None:
        """No place: below the current row."""
        below = self.visualRect(self.currentIndex()).bottomLeft()
        copy = RowStep("复制", self.copy, "Ctrl+C", "" if self.rows() else "请先选要复制的行。")
        pop_up(self, [*self.row_steps(), [copy]], place or self.viewport().mapToGlobal(below))

    def copy(self) -> None:
        """The selected rows into the clipboard."""
        QGuiApplication.clipboard().setText(self.as_text())

    def as_text(self) -> str:
        """The selected rows as text with tabs, headings first, ready for a spreadsheet."""
        model, columns = self.model(), self.shown_columns()
        headings = [model.headerData(c, Qt.Orientation.Horizontal) for c in columns]
        rows = [[model.index(row, c).data() for c in columns] for row in self.rows()]
        return "\n".join("\t".join(str(one or "") for one in line) for line in (headings, *rows))

    def shown_columns(self) -> list[int]:
        """The numbers of the columns, as they stand on the screen."""
        present = (c for c in range(self.model().columnCount()) if not self.isColumnHidden(c))
        return sorted(present, key=self.horizontalHeader().visualIndex)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()
            if self._restored:
                self._by_hand = False  # the other size has widths of its own
                self.fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fill()

    def _fill(self) -> None:
        """Gives the room that is left to one column: stripes and selection reach the edge."""
        if not self._restored or self._filling:
            return
        self._shrink()
        column = self._growing()
        if column < 0:
            return
        header = self.horizontalHeader()
        own = header.sectionSize(column)
        room = self.viewport().width() - (header.length() - own)
        self._filled = (column, own)
        if room > own:
            self._set_width(column, room)

    def _shrink(self) -> None:
        """The column that grew has its own width again."""
        if self._filled is not None and not self.isColumnHidden(self._filled[0]):
            self._set_width(*self._filled)
        self._filled = None

    def _growing(self) -> int:
        """The visible column that takes the room left, -1 when there is none."""
        header, model = self.horizontalHeader(), self.model()
        shown = [c for c in range(header.count()) if not self.isColumnHidden(c)]
        shown.sort(key=header.visualIndex, reverse=True)
        across = Qt.Orientation.Horizontal
        alignment = Qt.ItemDataRole.TextAlignmentRole
        grows = (c for c in shown if model.headerData(c, across, GROWS_ROLE))
        left = (c for c in shown if model.headerData(c, across, alignment) is None)
        return next(grows, next(left, -1))

    def _set_width(self, column: int, width: int) -> None:
        self._filling = True
        self.setColumnWidth(column, width)
        self._filling = False

    def _on_moved(self, *_places: int) -> None:
        if not self._filling:
            self._by_hand = True
            self._fill()

    def _on_resized(self, column: int, _old: int, new: int) -> None:
        if self._filling or not self._restored:
            return
        self._by_hand = True
        if self._filled is not None and self._filled[0] == column and new:
            self._filled = (column, new)
        # By hand: what is left is given away once the mouse is up, not under it.
        QTimer.singleShot(0, self, self._fill)

    def _width_of(self, column: int) -> int:
        """By the heading and the first rows; a long text does not push the others away."""
        model = self.model()
        bold = QFont(self.font())
        bold.setBold(True)
        title = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        needed = QFontMetrics(bold).horizontalAdvance(title) + px(24)
        metrics = self.fontMetrics()
        rows = range(min(model.rowCount(), ROWS_MEASURED))
        texts = {str(model.index(row, column).data() or "") for row in rows}
        # Measuring costs more than counting: only what may be the widest is measured.
        for text in nlargest(3, texts, key=_breadth):
            needed = max(needed, metrics.horizontalAdvance(text) + px(24))
        return min(needed, px(WIDEST))

    def _key(self) -> str:
        large = self.font().pointSizeF() > 12
        # Another set of columns (a later release, the other edition) starts with its own widths.
        key = f"{self._name}-{self.model().columnCount()}"
        return f"{key}-large" if large else key

    def _fit(self) -> None:
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(1)  # or the rows stick to the old minimum
        rows.setDefaultSectionSize(px(30))
        self.horizontalHeader().setFixedHeight(px(36))

    def _on_reset(self) -> None:
        self.fit_columns()

    def _on_columns(self, where: QPoint) -> None:
        model: Any = self.model()
        if model is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for column in range(model.columnCount()):
            title = model.headerData(column, Qt.Orientation.Horizontal)
            action = menu.addAction(str(title))
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(column))
            action.toggled.connect(lambda on, c=column: self.setColumnHidden(c, not on))
        menu.popup(self.horizontalHeader().mapToGlobal(where))


def _breadth(text: str) -> int:
    """About how wide it is drawn, in half characters."""
    return sum(2 if char > "\u2e7f" else 1 for char in text)
