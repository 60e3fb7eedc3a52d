"""The form beside a table: it always shows the record that is highlighted in the table.

Every step (save, delete, print, revisions) is about that one record, or about the rows selected
together with it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Generic

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.errors import DaomaoError
from daomao_desktop.services.desk import Changes
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.base import ask_save
from daomao_desktop.ui.forms.base import Form
from daomao_desktop.ui.pages.base import UNDONE_BELOW
from daomao_desktop.ui.pages.record_kind import Draft, RecordService, RecordWords, Row
from daomao_desktop.ui.pages.record_menu import RecordMenu, open_recycle_bin
from daomao_desktop.ui.pages.table_page import TablePane
from daomao_desktop.ui.typing_keeper import TypingKeeper
from daomao_desktop.ui.widgets.buttons import allow, button, menu_button
from daomao_desktop.ui.widgets.mouse import once_released
from daomao_desktop.ui.widgets.row_menu import RowStep
from daomao_desktop.ui.widgets.side_panel import SidePanel


class RecordPanel(SidePanel, Generic[Row, Draft]):
    """``stale`` asks for the rows to be read again, ``missed`` says that a record is in none.

    A subclass says what a new entry starts from, and how a record is called.
    """

    stale = Signal()
    missed = Signal(str)

    def __init__(
        self,
        form: Form[Draft],
        panes: Sequence[TablePane[Row]],
        uid_of: Callable[[Row], str],
        service: RecordService[Draft],
        permission: Permission,
        words: RecordWords,
        context: Context,
    ) -> None:
        super().__init__(form)
        self.form = form
        self.uid: str | None = None
        self.last: Draft | None = None  # the entry added last: the next one may begin like it
        self._context = context
        self._panes = panes
        self._uid_of = uid_of
        self._service = service
        self._permission = permission
        self._words = words
        self._writable = True
        self._wanted: tuple[str, bool] | None = None  # to be shown once its row is there
        self._kept: str | None = None  # saved just now; its row is still to come
        self._place = -1  # where the keyboard goes on after rows were removed
        self._before: str | None = None  # highlighted before a new entry was begun
        self._covered = False  # the banner says that the table does not show the record
        self.close_button.clicked.disconnect()
        self.close_button.clicked.connect(lambda _checked=False: self.guard(self._drop))
        self.more = self.build_more()
        self.save = button("保存", self.save_entry, role="primary", tip="保存（Ctrl+S）")
        self.buttons.addWidget(self.more)
        self.buttons.addStretch(1)
        self.buttons.addWidget(button("取消", self.cancel))
        self.buttons.addWidget(self.save)
        self.hide()
        self._menu: RecordMenu[Row] = RecordMenu(self, uid_of, service, permission, words, context)
        self.keeper = TypingKeeper(form, context, self.banner)
        form.submitted.connect(self.save_entry)
        form.changed.connect(self.banner.settle)
        for pane in panes:
            pane.steps = self._menu.steps
            pane.chosen.connect(self._on_chosen)
            pane.renewed.connect(self._on_renewed)
            pane.table.opened.connect(self._on_opened)
            pane.table.deleted.connect(lambda _row: self.remove_selected())

    # What differs

    def build_more(self) -> QToolButton:
        """The button 更多 with its menu."""
        return menu_button("更多", [("删除…", self.remove_selected), ("回收站…", self.recycle_bin)])

    def fresh(self) -> Draft:
        """What a new entry starts from."""
        raise NotImplementedError

    def caption(self, draft: Draft, row: Row | None, /) -> tuple[str, str]:
        """The panel's title, and the quiet line below it; no row: a new entry."""
        raise NotImplementedError

    def kept_words(self, _draft: Draft, /) -> str:
        """The sentence after saving."""
        return f"已保存一{self._words.unit}{self._words.noun}。"

    def first_field(self, _new: bool, /) -> str:
        """Where typing begins."""
        return self.form.rows.names[0]

    def allow_steps(self, refusal: str) -> None:
        """The steps of the present record; ``refusal`` says why it cannot be changed."""
        allow(self.more.menu().actions()[0], refusal if self.uid else "还没有保存。")

    def after_adding(self, _uid: str) -> None:
        """The next one: entries come in rows."""
        self.start()

    # The record

    @property
    def pane(self) -> TablePane[Row]:
        """The table in front."""
        return next((one for one in self._panes if not one.isHidden()), self._panes[0])

    @property
    def row(self) -> Row | None:
        """The row of the record in the form, shown or not."""
        return self.pane.row_of(self.uid) if self.uid else None

    @property
    def dirty(self) -> bool:
        return self.form.dirty and self._writable and not self.isHidden()

    def unsaved(self) -> str:
        """What would be lost by leaving, in words; empty when nothing would."""
        return f"“{self.keeper.title}”" if self.dirty else ""

    def refusal_of(self, row: Row | None) -> str:
        """Why that record cannot be changed here; no row: a new entry."""
        elsewhere = "" if row is None or row.writable else self._words.elsewhere
        return self._context.refusal(self._permission) or elsewhere

    def acted_on(self) -> tuple[Row, ...]:
        """What a step is about: the rows selected, else the record in the form."""
        own = self.row if not self.isHidden() else None
        return self.pane.selected() or ((own,) if own is not None else ())

    def open_record(self, uid: str, *, focus: bool = False) -> None:
        """Highlights a record and shows it in the form, after asking about what is unsaved.

        Where search or filters hide it, they are lifted as far as that takes.
        """
        self.guard(lambda: self._show_record(uid, focus=focus))

    def start(self, draft: Draft | None = None) -> None:
        """A new entry, from ``draft`` or afresh; no row is highlighted: it is none of them."""
        current = self.pane.current()
        self._before = self._uid_of(current) if current is not None else self._before
        self.uid = None
        self.pane.unselect()
        draft = self.fresh() if draft is None else draft
        self.form.load(draft)
        self._tell_record(draft, None)
        self._watch()
        self.form.rows.field(self.first_field(True)).setFocus()

    def save_refusal(self) -> str:
        """Why nothing can be saved now; empty when it can."""
        if self.isHidden():
            return "现在没有要保存的：先打开一条，或者新增一条。"
        return "" if self.save.isEnabled() else self.save.toolTip()

    def save_entry(self) -> None:
        if not self.isHidden() and self.save.isEnabled():
            self.form.save(self._keep)

    def save_then(self, then: Callable[[], object]) -> None:
        """Saves what is unsaved, and goes on when that went well."""
        if not self.dirty:
            then()
        elif self.save.isEnabled():
            self.form.save(lambda draft: self._keep(draft, then))

    def guard(self, then: Callable[[], object]) -> None:
        """Goes on at once, or after asking when something is unsaved."""
        if not self.dirty:
            then()
            return

        def leave() -> None:
            self.form.saved()
            then()

        ask_save(self.window(), self.unsaved(), lambda: self.save_then(then), leave)

    def cancel(self) -> None:
        """取消: the record as it is stored; a new entry is given up."""
        self.form.saved()
        if self.uid is None:
            self._drop()
            if self._before is not None:
                self.pane.select_key(self._before)
        else:
            self._load(self.uid)

    def show_again(self, uids: Collection[str]) -> None:
        """Undo or redo brought these back: what was typed stays, with a word; else table and form
        show what the records are now, and a record that is no more takes its form with it."""
        if self.isVisible() and self.form.dirty:
            if self.uid in uids:
                self.banner.tell(UNDONE_BELOW)
        elif self.isVisible() and self.uid in uids:
            self._load(self.uid or "")
        else:
            self.pane.seek(uids)

    def _show_record(self, uid: str, *, focus: bool = False, wait: bool = True) -> None:
        pane = self.pane
        row = pane.row_of(uid)
        if row is None:
            if not wait:
                self.missed.emit(uid)
                return
            self._wanted = (uid, focus)
            if pane.was_read:
                self.stale.emit()
            return
        self.uid = uid
        pane.show_key(uid)
        self._load(uid, focus=focus)

    def _load(self, uid: str, *, focus: bool = False) -> None:
        desk = self._context.desk

        def loaded(draft: Draft) -> None:
            if self.uid != uid:
                return
            self.form.load(draft)
            self._tell_record(draft, self.row)
            self._follow()
            self._watch()
            if focus:
                self.form.rows.field(self.first_field(False)).setFocus()

        def gone(error: DaomaoError) -> None:
            if self.uid == uid:
                self._drop()
            self._context.tell(error.sentence)

        self._context.operations.query(
            lambda: self._service.draft(desk, uid), loaded, gone, owner=self
        )

    def _tell_record(self, draft: Draft, row: Row | None) -> None:
        self.tell(*self.caption(draft, row))
        refusal = self.refusal_of(row)
        self._writable = not refusal
        allow(self.save, refusal, "保存（Ctrl+S）")
        self.allow_steps(refusal)
        self.show()

    def _watch(self) -> None:
        """What is typed from here on is kept; what was typed here before comes back."""
        slot = replace(self._words.slot, uid=self.uid or "")
        about = (self._words.about or self._words.noun) + ("" if self.uid else "（新）")
        self.keeper.watch(slot, about, stored=self.uid is not None, writable=self._writable)

    def _keep(self, draft: Draft, then: Callable[[], object] | None = None) -> None:
        desk, uid, service = self._context.desk, self.uid, self._service
        self.save.setEnabled(False)

        def work() -> Changes:
            return service.add(desk, draft) if uid is None else service.change(desk, uid, draft)

        def done(changes: Changes) -> None:
            self.save.setEnabled(True)
            self.form.saved()
            self._context.tell(self.kept_words(draft))
            self.last = draft if uid is None else self.last
            stored = uid or next(iter(changes.uids), "")
            self._kept = stored if self.isVisible() else None
            if then is not None:
                if uid is None:
                    self._drop()  # not to be saved once more
                then()
            elif uid is None:
                self.after_adding(stored)
            else:
                self._load(uid)
                if self.has_keyboard:
                    self.pane.table.setFocus()

        def refused(error: DaomaoError) -> None:
            self.save.setEnabled(True)
            if not self.form.show_error(error):
                self.banner.tell_of_step(str(error))

        self._context.operations.command(work, done, refused, owner=self)

    def _drop(self) -> None:
        self.form.saved()
        self.uid = None
        self.behind = self.pane.table  # the one in front now
        self.close_up()

    # Table and form are one thing

    def _on_chosen(self, row: Row) -> None:
        uid = self._uid_of(row)
        if self.isHidden() or uid == self.uid:
            return
        if self.dirty:
            once_released(self, lambda: self._ask_to_leave(uid))
        else:
            self._show_record(uid)

    def _ask_to_leave(self, uid: str) -> None:
        self._follow()
        self.guard(lambda: self._show_record(uid))

    def _on_opened(self, number: int) -> None:
        self.open_record(self._uid_of(self.pane.filter.row(number)), focus=True)

    def _on_renewed(self, read: bool) -> None:
        """Other rows, or others of them: the form's record is looked for among them."""
        if self._wanted is not None and read:
            (uid, focus), self._wanted = self._wanted, None
            self._show_record(uid, focus=focus, wait=False)
            return
        self._follow()
        if not read:
            return
        self._tell_where()
        if self._place >= 0 and self.pane.filter.rowCount():
            place, self._place = min(self._place, self.pane.filter.rowCount() - 1), -1
            self.pane.table.selectRow(place)

    def _follow(self) -> None:
        """The form's record is highlighted, or nothing; what hides it is said."""
        if self.isHidden():
            return
        pane, uid = self.pane, self.uid
        if uid is None:
            pane.unselect()
        elif pane.row_of(uid) is None:
            if pane.was_read and not self.dirty:
                self._drop()
            else:
                pane.unselect()
        elif not pane.select_key(uid):
            pane.unselect()
            words = f"（{pane.filters.words()}）" if pane.filters.words() else ""
            self.banner.tell(
                f"左边现在显示的{words}里没有这一{self._words.unit}。",
                "banner",
                ("显示它", lambda: self._uncover(uid)),
            )
            self._covered = True
        elif self._covered:
            self._covered = False
            self.banner.tell("")

    def _uncover(self, uid: str) -> None:
        row = self.pane.row_of(uid)
        if row is not None:
            self.pane.filters.uncover(row)
            self._follow()

    def _tell_where(self) -> None:
        """What was saved and is not seen: where it went, and the way there."""
        uid, pane = self._kept, self.pane
        row = pane.row_of(uid)
        if uid is None or row is None:
            return  # the rows are older than it
        self._kept = None
        if pane.filter.place(lambda one: one is row) < 0:
            words = f"现在只显示“{pane.filters.words()}”，看不到它。"
            self._context.tell_more(words, ("去看", lambda: self.open_record(uid)))

    # Steps taken with the rows selected

    def remove_selected(self) -> None:
        """Delete: all rows selected that may be removed, after one question."""
        self._menu.remove(self.acted_on(), min(self.pane.table.rows(), default=-1))

    def recycle_bin(self) -> None:
        """Shows what was removed, and takes it back."""
        open_recycle_bin(self, self._context, self._service)

    def more_steps(self, _row: Row, /) -> Sequence[RowStep]:
        """Further steps of one row, for the menu of the rows."""
        return ()

    def removed(self, uids: Sequence[str], place: int) -> None:
        """These are gone; the keyboard goes on at that row."""
        if self.uid in uids:
            self._drop()
        self._place = place
