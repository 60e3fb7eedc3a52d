"""A tab of records: table on the left, form on the right; duties and findings share it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.errors import DaomaoError
from daomao_desktop.services.desk import Changes, Desk
from daomao_desktop.services.roster import RecycledRow
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.base import ask_save, confirm
from daomao_desktop.ui.dialogs.recycle_bin import RecycleBinSheet
from daomao_desktop.ui.forms.base import Form
from daomao_desktop.ui.pages.table_page import TablePane
from daomao_desktop.ui.table_models.base import Column
from daomao_desktop.ui.theme import px, set_role
from daomao_desktop.ui.widgets.buttons import allow, button, menu_button
from daomao_desktop.ui.widgets.side_panel import SidePanel


class RecordRow(Protocol):
    """What the tab asks of a row."""

    @property
    def uid(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def writable(self) -> bool: ...


Row = TypeVar("Row", bound=RecordRow)
Draft = TypeVar("Draft")


@dataclass(frozen=True, slots=True)
class RecordService(Generic[Draft]):
    """The services behind a tab."""

    draft: Callable[[Desk, str], Draft]
    add: Callable[[Desk, Draft], Changes]
    change: Callable[[Desk, str, Draft], Changes]
    remove: Callable[[Desk, str], Changes]
    restore: Callable[[Desk, str], Changes]
    recycled: Callable[[Desk], tuple[RecycledRow, ...]]


class RecordTab(QWidget, Generic[Row, Draft]):
    """``fresh()`` makes the draft a new entry starts from."""

    def __init__(
        self,
        name: str,
        columns: Sequence[Column[Row]],
        form: Form[Draft],
        service: RecordService[Draft],
        context: Context,
        permission: Permission,
        fresh: Callable[[], Draft],
        noun: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        set_role(self, "plain")
        self.context = context
        self.form = form
        self._service = service
        self._permission = permission
        self._fresh = fresh
        self._noun = noun
        self._uid: str | None = None
        self._writable = True
        self.pane: TablePane[Row] = TablePane(name, columns, context)
        self.panel = SidePanel(form)
        self.panel.close_button.clicked.disconnect()
        self.panel.close_button.clicked.connect(self._on_close)
        self.more = menu_button(
            "更多", [("删除…", self._on_remove), ("回收站…", self._on_recycle_bin)]
        )
        self.save = button("保存", self.save_entry, role="primary", tip="保存（Ctrl+S）")
        self.panel.buttons.addWidget(self.more)
        self.panel.buttons.addStretch(1)
        self.panel.buttons.addWidget(button("取消", self._on_cancel))
        self.panel.buttons.addWidget(self.save)
        self.panel.hide()
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(self.pane, 1)
        row.addWidget(self.panel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, px(8), 0, 0)
        layout.addLayout(row)
        form.submitted.connect(self.save_entry)
        form.changed.connect(self.panel.banner.settle)
        table = self.pane.table
        table.chosen.connect(self._on_chosen)
        table.opened.connect(self._on_opened)
        table.deleted.connect(lambda _row: self._on_remove())

    @property
    def dirty(self) -> bool:
        return self.form.dirty and self._writable and not self.panel.isHidden()

    def set_rows(self, rows: Sequence[Row]) -> None:
        self.pane.set_rows(rows, lambda row: row.uid)

    def start(self, draft: Draft | None = None) -> None:
        """A new entry, from ``draft`` or afresh."""
        self._uid = None
        self.form.load(self._fresh() if draft is None else draft)
        self._show(f"登记{self._noun}", writable=True)
        self.form.rows.field(self.form.rows.names[0]).setFocus()

    def save_entry(self) -> None:
        if not self.panel.isHidden() and self.save.isEnabled():
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

    def unsaved(self) -> str:
        """What would be lost by leaving, in words; empty when nothing would."""
        return f"右边的{self._noun}" if self.dirty else ""

    def draft_shown(self, uids: Collection[str]) -> Callable[[], Draft] | None:
        """Reads the record the form is open on, if it is one of these."""
        desk, uid = self.context.desk, self._uid
        return (lambda: self._service.draft(desk, uid)) if uid is not None and uid in uids else None

    def select(self, uid: str) -> None:
        """Shows one record, for a link."""
        self._load(uid)

    def _keep(self, draft: Draft, then: Callable[[], object] | None = None) -> None:
        desk, uid, service = self.context.desk, self._uid, self._service
        self.save.setEnabled(False)

        def work() -> Changes:
            return service.add(desk, draft) if uid is None else service.change(desk, uid, draft)

        def done(_changes: Changes) -> None:
            self.save.setEnabled(True)
            self.form.saved()
            self.context.tell(f"已保存一条{self._noun}。")
            if uid is None:
                self.start()  # the next one: entries come in rows
            else:
                self._load(uid)
            if then is not None:
                then()

        def refused(error: DaomaoError) -> None:
            self.save.setEnabled(True)
            if not self.form.show_error(error):
                self.panel.banner.tell_of_step(str(error))

        self.context.operations.command(work, done, refused, owner=self)

    def _load(self, uid: str, *, focus: bool = False) -> None:
        desk = self.context.desk
        self._uid = uid

        def loaded(draft: Draft) -> None:
            if self._uid != uid:
                return
            row = next((r for r in self.pane.model.rows if r.uid == uid), None)
            self.form.load(draft)
            self._show(f"修改{self._noun}", writable=row is None or row.writable)
            if focus:
                self.form.rows.field(self.form.rows.names[0]).setFocus()

        self.context.operations.query(lambda: self._service.draft(desk, uid), loaded, owner=self)

    def _show(self, title: str, *, writable: bool) -> None:
        self.panel.tell(title)
        refusal = self.context.refusal(self._permission)
        if not refusal and not writable:
            refusal = "这条记录不在这里登记，只能查看。"
        self._writable = not refusal
        allow(self.save, refusal, "保存（Ctrl+S）")
        allow(self.more.menu().actions()[0], refusal if self._uid else "还没有保存。")
        self.panel.show()

    def _on_chosen(self, row: int) -> None:
        if row < 0 or self.panel.isHidden() or self.form.dirty:
            if row >= 0 and self.dirty and self.pane.filter.row(row).uid != self._uid:
                words = "这里的改动还没有保存：先保存或取消，再换一条。"
                self.panel.banner.tell_of_step(words, "banner")
            else:
                self.panel.banner.settle()
            return
        uid = self.pane.filter.row(row).uid
        if uid != self._uid and self._uid is not None:
            self._load(uid)

    def _on_opened(self, row: int) -> None:
        uid = self.pane.filter.row(row).uid
        self.guard(lambda: self._load(uid, focus=True))

    def _on_cancel(self) -> None:
        self.form.saved()
        if self._uid is None:
            self.panel.hide()
        else:
            self._load(self._uid)

    def _on_close(self) -> None:
        self.guard(self._drop)

    def _drop(self) -> None:
        self.form.saved()
        self.panel.hide()

    def _on_remove(self) -> None:
        row = self.pane.current()
        uid = row.uid if row is not None else self._uid
        if uid is None or not self.context.may(self._permission):
            return
        desk = self.context.desk
        name = row.name if row is not None else ""

        def removed(_changes: Any) -> None:
            self._drop()
            self.context.tell("已移到回收站。")

        confirm(
            self.window(),
            f"删除{name}的这条{self._noun}？在回收站里可以恢复。",
            "移到回收站",
            lambda: self.context.operations.command(
                lambda: self._service.remove(desk, uid), removed, owner=self
            ),
            danger=True,
        )

    def _on_recycle_bin(self) -> None:
        desk, service = self.context.desk, self._service
        RecycleBinSheet(
            self.context.operations,
            lambda: [(r.uid, f"{r.text}（{r.removed_on} 删除）") for r in service.recycled(desk)],
            lambda uid: service.restore(desk, uid),
            parent=self.window(),
        ).open()
