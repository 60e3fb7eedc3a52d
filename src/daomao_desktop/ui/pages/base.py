"""What every page is: a title, the areas it shows, and what the menus may ask of it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from daomao_desktop.services.desk import Area, Changes
from daomao_desktop.services.unsaved import Slot
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.pages.table_page import TablePane
from daomao_desktop.ui.theme import px, set_role
from daomao_desktop.ui.widgets.data_table import DataTable
from daomao_desktop.ui.widgets.parts import Banner, PageHeader
from daomao_desktop.ui.widgets.side_panel import SidePanel

UNDONE_BELOW = "这条记录刚才撤销或重做过一步；这里填的还没有保存，请核对后再保存。"
"""A form's banner: what is typed in it stays, what it was typed over is another by now."""


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
        """Ctrl+F."""

    def print_entry(self) -> None:
        """Ctrl+P."""

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
