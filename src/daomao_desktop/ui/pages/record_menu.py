"""The steps taken with a table's records: the menu of the rows and what its entries open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtWidgets import QWidget

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.services.desk import Changes
from daomao_desktop.services.revisions import record_revisions
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.base import confirm
from daomao_desktop.ui.dialogs.recycle_bin import RecycleBinSheet
from daomao_desktop.ui.dialogs.revisions import RevisionsSheet
from daomao_desktop.ui.pages.record_kind import RecordRow, RecordService, RecordWords, Row
from daomao_desktop.ui.widgets.row_menu import RowStep, only_one

Shown = TypeVar("Shown", bound=RecordRow, contravariant=True)


class RecordForm(Protocol[Shown]):
    """What the menu asks of the panel beside the table."""

    def open_record(self, uid: str, *, focus: bool = False) -> None: ...
    def remove_selected(self) -> None: ...
    def recycle_bin(self) -> None: ...
    def removed(self, uids: Sequence[str], place: int) -> None: ...
    def more_steps(self, row: Shown, /) -> Sequence[RowStep]: ...
    def window(self) -> QWidget: ...


class RecordMenu(Generic[Row]):
    """打开, what the panel adds, 历次修改 and 删除."""

    def __init__(
        self,
        panel: RecordForm[Row],
        uid_of: Callable[[Row], str],
        service: RecordService[Any],
        permission: Permission,
        words: RecordWords,
        context: Context,
    ) -> None:
        self._panel = panel
        self._uid_of = uid_of
        self._service = service
        self._permission = permission
        self._words = words
        self._context = context

    def steps(self, rows: Sequence[Row]) -> Sequence[RowStep]:
        """The entries for the rows selected, those that cannot be done with their reason."""
        one = only_one(rows)
        more = () if one else self._panel.more_steps(rows[0])
        return (
            RowStep("打开", lambda: self._open(rows[0]), "回车", one),
            *more,
            RowStep("历次修改…", lambda: self._show_revisions(rows[0]), refusal=one),
            RowStep("删除…", self._panel.remove_selected, "Delete", self._refusal(rows)),
            RowStep("回收站…", self._panel.recycle_bin),
        )

    def remove(self, rows: Sequence[Row], place: int) -> None:
        """Removes these in one go when the operator agrees; ``place``: of the first of them.

        Those recorded elsewhere stay, and the question says so; where none may go, the line says
        why.
        """
        refusal = self._refusal(rows)
        if refusal:
            self._context.tell(refusal)
            return
        may = [row for row in rows if row.writable]
        uids = [self._uid_of(row) for row in may]
        desk, operations = self._context.desk, self._context.operations

        def removed(_changes: Changes) -> None:
            self._panel.removed(uids, place)
            self._context.tell(f"已移到回收站：{len(uids)} {self._words.unit}。")

        confirm(
            self._panel.window(),
            removal_question(may, len(rows) - len(may), self._words),
            "移到回收站",
            lambda: operations.command(lambda: self._service.remove(desk, uids), removed),
            danger=True,
        )

    def _refusal(self, rows: Sequence[Row]) -> str:
        """Why none of these can be removed."""
        refusal = self._context.refusal(self._permission)
        if not rows:
            return refusal or f"请先选要删除的{self._words.noun}。"
        return refusal or ("" if any(row.writable for row in rows) else self._words.elsewhere)

    def _open(self, row: Row) -> None:
        self._panel.open_record(self._uid_of(row), focus=True)

    def _show_revisions(self, row: Row) -> None:
        show_revisions(self._panel.window(), self._context, row.name, self._uid_of(row))


def open_recycle_bin(owner: QWidget, context: Context, service: RecordService[Any]) -> None:
    """What was removed, and taking it back."""
    desk = context.desk
    RecycleBinSheet(
        context.operations,
        lambda: [(r.uid, f"{r.text}（{r.removed_on} 删除）") for r in service.recycled(desk)],
        lambda uid: service.restore(desk, uid),
        parent=owner.window(),
    ).open()


def show_revisions(owner: QWidget, context: Context, about: str, uid: str) -> None:
    """历次修改 of a record."""
    desk = context.desk
    RevisionsSheet(context, about, lambda: record_revisions(desk, uid), owner.window()).open()


def removal_question(rows: Sequence[RecordRow], left: int, words: RecordWords) -> str:
    """What is about to be removed: how many, and the first of them by name."""
    names = list(dict.fromkeys(row.name for row in rows))
    if len(rows) == 1:
        what = f"删除{names[0]}的这{words.unit}{words.noun}？"
    else:
        shown = "、".join(names[:3])
        more = "等" if len(names) > 3 else ""
        what = f"删除选中的 {len(rows)} {words.unit}{words.noun}（{shown}{more}）？"
    stay = f"另外 {left} {words.unit}不在这里登记，不会删除。" if left else ""
    return f"{what}{words.warning}{stay}删除后在回收站里可以恢复。"
