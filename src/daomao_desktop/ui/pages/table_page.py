"""A page with one table: search, filters, footer with the count, empty state."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from daomao_desktop.ui.context import Context
from daomao_desktop.ui.table_models.base import Column, RowFilter, RowsModel
from daomao_desktop.ui.theme import Look, px, set_role
from daomao_desktop.ui.widgets.data_table import DataTable
from daomao_desktop.ui.widgets.parts import EmptyState, label

Row = TypeVar("Row")


class TablePane(QWidget, Generic[Row]):
    """A table with its footer; an empty state instead while there is nothing at all.

    Another sentence stands there while search and filters hide every row; ``all_wanted`` fires
    when the operator asks for all of them.
    """

    all_wanted = Signal()

    def __init__(
        self,
        name: str,
        columns: Sequence[Column[Row]],
        context: Context,
        *,
        unit: str = "条",
        summary: Callable[[Sequence[Row]], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        set_role(self, "plain")
        self._unit = unit
        self._was_read = False
        self._sought: frozenset[str] = frozenset()
        self._summary = summary
        self.model: RowsModel[Row] = RowsModel(columns, context.appearance.colours, self)
        self.filter: RowFilter[Row] = RowFilter(self.model, self)
        self.table = DataTable(name, context.preferences)
        self.table.show_model(self.filter)
        self.empty = EmptyState()
        self.hidden = EmptyState()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.hidden)
        self._stack.addWidget(self.empty)
        self.footer = label("", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(4))
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.footer)
        self._appearance = context.appearance
        context.appearance.changed.connect(self._on_look)

    def set_rows(self, rows: Sequence[Row], same: Callable[[Row], object] | None = None) -> None:
        """Replaces the rows; ``same`` names a row, so that the current one stays current."""
        before = self.current() if same else None
        self._was_read = True
        self.model.set_rows(rows)
        self.count()
        sought, self._sought = self._sought, frozenset()
        if sought and self.select(lambda row: not _names(row).isdisjoint(sought)):
            return
        if same is not None and before is not None:
            key = same(before)
            self.select(lambda row: same(row) == key)

    def seek(self, uids: Collection[str]) -> None:
        """Once rows are read again, the first of these records or persons is the current one."""
        self._sought = frozenset(uids)

    def set_test(self, test: Callable[[Row], bool] | None) -> None:
        self.filter.set_test(test)
        self.count()

    def count(self) -> None:
        """The footer: how many are shown of how many, and sums where the page wants them."""
        shown, total = self.filter.rowCount(), len(self.model.rows)
        if total and not shown:
            self.hidden.tell(
                "没有符合条件的",
                f"共 {total} {self._unit}，都被上面的查找和筛选隐去了。",
                ("显示全部", self.all_wanted.emit),
            )
        shows_table = shown or not self._was_read  # not called empty before it was read
        self._stack.setCurrentWidget(
            self.table if shows_table else self.hidden if total else self.empty
        )
        text = f"共 {total} {self._unit}"
        if shown != total:
            text = f"显示 {shown} 条，{text}"
        if self._summary is not None and shown:
            text += f" · {self._summary(self.filter.shown())}"
        self.footer.setText(text if total else "")

    def current(self) -> Row | None:
        number = self.table.current_row()
        return self.filter.row(number) if 0 <= number < self.filter.rowCount() else None

    def selected(self) -> tuple[Row, ...]:
        return tuple(self.filter.row(number) for number in self.table.rows())

    def select(self, test: Callable[[Row], bool]) -> bool:
        """Makes the first row the test accepts the current one; False when none is shown."""
        number = self.filter.place(test)
        if number < 0:
            return False
        self.table.selectRow(number)
        self.table.scrollTo(self.table.currentIndex())
        return True

    def _on_look(self, look: Look) -> None:
        self.model.set_colours(look.colours)


def _names(row: object) -> set[str]:
    """What a row goes by: its record's uid where it has one, else its person's."""
    uid = getattr(row, "uid", None) or getattr(row, "person_uid", None)
    return {uid} if isinstance(uid, str) else set()


class Tab(QWidget):
    """A pane below a row of buttons, as a page with several tabs holds them."""

    def fill(self, content: QWidget, buttons: Sequence[QWidget] = ()) -> None:
        """Lays them out; called once."""
        set_role(self, "plain")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, px(8), 0, 0)
        layout.setSpacing(px(6))
        if buttons:
            row = QHBoxLayout()
            for one in buttons:
                row.addWidget(one)
            row.addStretch(1)
            layout.addLayout(row)
        layout.addWidget(content, 1)


def side_by_side(left: QWidget, right: QWidget) -> QHBoxLayout:
    """Table and form beside each other, the table taking what is left."""
    layout = QHBoxLayout()
    layout.setSpacing(px(12))
    layout.addWidget(left, 1)
    layout.addWidget(right, 0)
    layout.setAlignment(right, Qt.AlignmentFlag(0))
    return layout
