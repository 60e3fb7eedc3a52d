"""A page with one table: search, filters, footer with the count, empty state."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from daomao_desktop.ui.context import Context
from daomao_desktop.ui.table_models.base import Column, RowFilter, RowsModel
from daomao_desktop.ui.theme import Look, px, set_role
from daomao_desktop.ui.widgets.data_table import DataTable
from daomao_desktop.ui.widgets.parts import EmptyState, label
from daomao_desktop.ui.widgets.row_menu import RowStep

Row = TypeVar("Row")
_TYPED = ("name", "title", "content", "place", "result", "facts", "source", "remark")


@dataclass(frozen=True, slots=True)
class Filters(Generic[Row]):
    """What narrows a table: ``words`` says it (2025年、“张”), empty for nothing; ``uncover`` lifts
    as little of it as a row needs to be shown."""

    words: Callable[[], str]
    uncover: Callable[[Row], object]


class TablePane(QWidget, Generic[Row]):
    """A table with its footer; an empty state instead while there is nothing at all.

    Another sentence stands there while search and filters hide every row; ``all_wanted`` fires
    when the operator asks for all of them. ``title`` heads the list when it is printed. ``key``
    names a row: it stays the current one when the rows are read again. ``chosen`` carries the row
    the operator makes the current one, ``renewed`` says that the rows were read (True) or filtered
    anew.
    """

    all_wanted = Signal()
    chosen = Signal(object)
    renewed = Signal(bool)

    def __init__(
        self,
        name: str,
        columns: Sequence[Column[Row]],
        context: Context,
        *,
        key: Callable[[Row], object] | None = None,
        title: str = "",
        unit: str = "条",
        summary: Callable[[Sequence[Row]], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        set_role(self, "plain")
        self._unit = unit
        self._key = key
        self._columns = tuple(columns)
        self.title = title
        self._was_read = self._renewing = False
        self._sought: frozenset[str] = frozenset()
        self.filters: Filters[Row] = Filters(str, lambda _row: None)
        self._summary = summary
        self.model: RowsModel[Row] = RowsModel(columns, context.appearance.colours, self)
        self.filter: RowFilter[Row] = RowFilter(self.model, self)
        self.table = DataTable(name, context.preferences)
        self.table.show_model(self.filter)
        self.table.chosen.connect(self._on_chosen)
        self.steps: Callable[[tuple[Row, ...]], Sequence[RowStep]] = lambda _rows: ()
        self.table.row_steps = self._row_steps
        self._context = context
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

    @property
    def unit(self) -> str:
        return self._unit

    @property
    def shown_count(self) -> int:
        return self.filter.rowCount()

    @property
    def total_count(self) -> int:
        return len(self.model.rows)

    @property
    def narrowed(self) -> bool:
        """Whether search or filters hide a row."""
        return self.shown_count != self.total_count

    @property
    def was_read(self) -> bool:
        return self._was_read

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Replaces the rows."""
        self._was_read = True
        self._context.show_names("".join({_words(row) for row in rows}))
        with self._in_place(read=True):
            self.model.set_rows(rows)
        sought, self._sought = self._sought, frozenset()
        if sought:
            self.select(lambda row: not _names(row).isdisjoint(sought))

    def seek(self, uids: Collection[str]) -> None:
        """Once rows are read again, the first of these records or persons is the current one."""
        self._sought = frozenset(uids)

    def set_test(self, test: Callable[[Row], bool] | None) -> None:
        """Only rows the test accepts are shown; None shows all."""
        with self._in_place(read=False):
            self.filter.set_test(test)

    @contextmanager
    def _in_place(self, *, read: bool) -> Iterator[None]:
        """What becomes current because rows come and go is not chosen by anybody."""
        before = self.current()
        self._renewing = True
        yield
        self.count()
        if before is not None and self._key is not None and self.current() is not before:
            self.select_key(self._key(before))
        self._renewing = False
        self.renewed.emit(read)

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
            text = f"显示 {shown} {self._unit}，{text}"
        if self._summary is not None and shown:
            text += f" · {self._summary(self.filter.shown())}"
        self.footer.setText(text if total else "")

    def current(self) -> Row | None:
        number = self.table.current_row()
        return self.filter.row(number) if 0 <= number < self.filter.rowCount() else None

    def selected(self) -> tuple[Row, ...]:
        return tuple(self.filter.row(number) for number in self.table.rows())

    def shown_columns(self) -> tuple[Column[Row], ...]:
        """The columns in the order in which they stand on the screen."""
        return tuple(self._columns[number] for number in self.table.shown_columns())

    def shown_keys(self) -> list[object]:
        """The keys of the rows shown, in the order shown."""
        assert self._key is not None  # asked of lists that have them
        return [self._key(row) for row in self.filter.shown()]

    def row_of(self, key: object) -> Row | None:
        """The row of that key, shown or not."""
        named = self._key
        rows = self.model.rows if named is not None else ()
        return next((row for row in rows if named is not None and named(row) == key), None)

    def select_key(self, key: object) -> bool:
        """Makes that row the current one; False when it is not shown."""
        row = self.row_of(key)
        return row is not None and self.select(lambda one: one is row)

    def show_key(self, key: object) -> bool:
        """As ``select_key``, lifting what hides the row; False when there is no such row."""
        row = self.row_of(key)
        if row is None or self.select_key(key):
            return row is not None
        self.filters.uncover(row)
        return self.select_key(key)

    def unselect(self) -> None:
        """No row is the current one: what is done next is not about any of them."""
        flags = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().setCurrentIndex(QModelIndex(), flags.Clear)

    def select(self, test: Callable[[Row], bool]) -> bool:
        """Makes the first row the test accepts the current one; False when none is shown."""
        number = self.filter.place(test)
        if number < 0:
            return False
        self.table.selectRow(number)
        self.table.scrollTo(self.table.currentIndex())
        return True

    def select_all(self, test: Callable[[Row], bool]) -> bool:
        """Selects every row the test accepts, at once; False when none is shown."""
        shown = [n for n in range(self.filter.rowCount()) if test(self.filter.row(n))]
        chosen = QItemSelection()
        for number in shown:
            index = self.filter.index(number, 0)
            chosen.select(index, index)
        flags = QItemSelectionModel.SelectionFlag
        model = self.table.selectionModel()
        model.select(chosen, flags.ClearAndSelect | flags.Rows)
        if shown:
            model.setCurrentIndex(self.filter.index(shown[0], 0), flags.NoUpdate)
        return bool(shown)

    def _row_steps(self) -> list[Sequence[RowStep]]:
        """What the menu of the rows offers: the page's steps, and the list on paper."""
        refusal = "" if self.shown_count else "没有可以打印的行。"
        paper = RowStep("打印这张列表…", self.print_list, refusal=refusal)
        return [self.steps(self.selected()), [paper] if self.title else []]

    def print_list(self) -> None:
        """The list as it is shown, looked at before it is printed."""
        from daomao_desktop.ui.pages.list_paper import print_list

        print_list(self, self._context, self.window())

    def _on_chosen(self, number: int) -> None:
        if number >= 0 and not self._renewing:
            self.chosen.emit(self.filter.row(number))

    def _on_look(self, look: Look) -> None:
        self.model.set_colours(look.colours)


def _words(row: object) -> str:
    """What of a row may need the face of rare characters: names, and what people typed."""
    return "".join(getattr(row, name, None) or "" for name in _TYPED)


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
