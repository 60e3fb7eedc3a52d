"""What every page is: a title, the areas it shows, and what the menus may ask of it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from enum import Enum
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from daomao_desktop.services.desk import Area, Changes
from daomao_desktop.services.unsaved import Slot
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.pages.table_page import TablePane
from daomao_desktop.ui.theme import px, set_role
from daomao_desktop.ui.widgets.data_table import DataTable
from daomao_desktop.ui.widgets.parts import Banner, PageHeader, SearchBox
from daomao_desktop.ui.widgets.side_panel import SidePanel

UNDONE_BELOW = "这条记录刚才撤销或重做过一步；这里填的还没有保存，请核对后再保存。"
"""A form's banner: what is typed in it stays, what it was typed over is another by now."""


class Ask(Enum):
    """What the menu 操作 may ask of the page in front."""

    NEW = "新增"
    SAVE = "保存"
    FIND = "查找"
    PRINT = "打印"
    REFRESH = "刷新"


class Page(QWidget):
    """Base of the pages. A page reads when it is first shown and again when its areas change."""

    title: ClassVar[str] = ""
    areas: ClassVar[frozenset[Area]] = frozenset()
    reads_year: ClassVar[bool] = False  # what it shows is read for one year

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "plain")
        self.context = context
        self._stale = True
        self._was_entered = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(16), px(10), px(16), px(10))
        layout.setSpacing(px(8))
        self.header = PageHeader(self.title)
        layout.addWidget(self.header)
        self.banner = Banner()
        layout.addWidget(self.banner)
        self.layout_ = layout
        context.operations.changed.connect(self._on_changed)
        if self.reads_year:
            context.working_year.changed.connect(self._on_year)

    def enter(self, place: Place | None = None) -> None:
        """The page comes to the front; ``place`` says what a link wants to see there."""
        if not self._was_entered:
            self._was_entered = True
            for tabs in self.findChildren(QTabWidget):
                tabs.currentChanged.connect(lambda _index: self.banner.settle())
            for table in self.findChildren(DataTable):
                table.chosen.connect(lambda _row: self.banner.settle())
        self.banner.settle()
        year = place.year if place is not None else None
        if year is not None and year != self.context.working_year.year:
            if self.unsaved():
                self.guard(lambda: self.enter(place))
                return
            self.context.working_year.set(year)
        if self._stale:
            self._stale = False
            self.refresh()
        if place is not None:
            self.show_place(place)
        slot = place.slot if place is not None else None
        if slot is not None:  # queued behind what the page reads
            self.context.operations.query(
                lambda: None, lambda _none: self._resume(slot), owner=self, title=""
            )

    def take_focus(self) -> None:
        """Where the keyboard goes on working: the table, where one is shown."""
        tables = (table for table in self.findChildren(DataTable) if table.isVisible())
        (next(tables, None) or self).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nobody closer wanted closes the form beside the table, as its button does."""
        panels = (panel for panel in self.findChildren(SidePanel) if panel.isVisible())
        panel = next(panels, None) if event.key() == Qt.Key.Key_Escape else None
        if panel is None:
            super().keyPressEvent(event)
        else:
            panel.close_button.click()

    def refresh(self) -> None:
        """Reads again what the page shows."""

    def show_place(self, place: Place) -> None:
        """Shows what a link asked for."""

    def open_form(self, slot: Slot) -> bool:
        """Opens one of the page's forms, to go on typing; False when its record is gone."""
        del slot
        return False

    def _resume(self, slot: Slot) -> None:
        if not self.open_form(slot):
            self.banner.tell("这份内容原来的那条记录已经不在，或者不能再改，没有地方接着填。")

    def new_entry(self) -> None:
        """Ctrl+N."""

    def save_entry(self) -> None:
        """Ctrl+S."""

    def find_entry(self) -> None:
        """Ctrl+F: into the search of what is shown."""
        box = self._search
        if box is not None:
            box.setFocus()
            box.selectAll()

    def print_entry(self) -> None:
        """Ctrl+P: the list in front, as it is shown."""
        pane = self._list
        if pane is not None:
            pane.print_list()

    def ask(self, ask: Ask) -> None:
        """What the menu and its keys ask for, after ``refusal`` let it pass."""
        {
            Ask.NEW: self.new_entry,
            Ask.SAVE: self.save_entry,
            Ask.FIND: self.find_entry,
            Ask.PRINT: self.print_entry,
            Ask.REFRESH: self.refresh,
        }[ask]()

    def refusal(self, ask: Ask) -> str:
        """Why that cannot be done now, in one sentence; empty when it can."""
        reasons: dict[Ask, Callable[[], str]] = {
            Ask.NEW: self.new_refusal,
            Ask.SAVE: self.save_refusal,
            Ask.FIND: lambda: "" if self._search is not None else "这一页没有查找。",
            Ask.PRINT: self.print_refusal,
        }
        return reasons[ask]() if ask in reasons else ""

    def new_refusal(self) -> str:
        """Why nothing can be entered here."""
        return "这一页没有可以新增的。"

    def save_refusal(self) -> str:
        """Why nothing can be saved now."""
        return "现在没有要保存的。"

    def print_refusal(self) -> str:
        """Why nothing can be printed now."""
        pane = self._list
        if pane is None:
            return "这一页没有可以打印的。"
        return "" if pane.shown_count else "现在没有显示任何一行，没有可以打印的。"

    @property
    def _search(self) -> SearchBox | None:
        boxes = (box for box in self.findChildren(SearchBox) if box.isVisibleTo(self))
        return next(boxes, None)

    @property
    def _list(self) -> TablePane[Any] | None:
        """The list in front that can be printed."""
        panes = (pane for pane in self.findChildren(TablePane) if pane.isVisibleTo(self))
        return next((pane for pane in panes if pane.title), None)

    def unsaved(self) -> str:
        """What would be lost by leaving, in words; empty when nothing would."""
        return ""

    def save_then(self, then: Callable[[], object]) -> None:
        """Saves what is unsaved and goes on with ``then``; where something is wrong, it stays
        with the sentence beside the field."""
        then()

    def discard(self) -> None:
        """Drops what is unsaved, after the operator agreed."""

    def remember(self) -> None:
        """Keeps widths and choices for the next time; called when the window closes."""

    def guard(self, then: Callable[[], object]) -> None:
        """Goes on with ``then`` at once, or after asking when something is unsaved."""
        from daomao_desktop.ui.dialogs.base import ask_save

        words = self.unsaved()
        if not words:
            then()
            return

        def leave() -> None:
            self.discard()
            then()

        ask_save(self, words, lambda: self.save_then(then), leave)

    def show_again(self, uids: Collection[str]) -> None:
        """Undo or redo brought these records and persons back: the selection goes there, and a
        form that is open on one of them shows what it is now."""
        if self.isVisible():
            for pane in self.findChildren(TablePane):
                pane.seek(uids)

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & self.areas:
            if changes.brought_back:
                self.show_again(changes.uids)
            self._read_again()

    def _on_year(self, _year: int) -> None:
        self._read_again()

    def _read_again(self) -> None:
        """At once where it is seen, else when it comes to the front."""
        self._stale = not self.isVisible()
        if not self._stale:
            self.refresh()
