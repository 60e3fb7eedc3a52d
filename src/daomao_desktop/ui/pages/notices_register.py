"""奖惩文书 → 发文登记簿: everything drafted or signed off, and what happens to it afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QToolButton, QWidget

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.notices import DocumentKind, DocumentState
from daomao_desktop.services import notices
from daomao_desktop.services.desk import Changes
from daomao_desktop.services.notices import NoticeRow
from daomao_desktop.services.unsaved import Slot
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.base import confirm
from daomao_desktop.ui.dialogs.form_sheet import FormSheet
from daomao_desktop.ui.dialogs.freeform import FreeformSheet
from daomao_desktop.ui.dialogs.preview import PreviewSheet
from daomao_desktop.ui.dialogs.save_all import SaveAllSheet
from daomao_desktop.ui.dialogs.table_preview import open_kind
from daomao_desktop.ui.dialogs.wanted import wanted_of
from daomao_desktop.ui.forms.delivery import Delivery, DeliveryForm, ReasonForm
from daomao_desktop.ui.pages.record_menu import show_revisions
from daomao_desktop.ui.pages.table_page import Tab, TablePane
from daomao_desktop.ui.table_models.notices import notice_columns
from daomao_desktop.ui.widgets.buttons import allow, button, menu_button
from daomao_desktop.ui.widgets.row_menu import RowStep, only_one

_NO_ISSUED = "请先在登记簿里选中一份已签发的文书。"


class RegisterTab(Tab):
    """``tell`` shows a sentence above the page; empty takes it away."""

    def __init__(
        self, context: Context, tell: Callable[[str], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._tell = tell
        self.pane: TablePane[NoticeRow] = TablePane(
            "register",
            notice_columns(),
            context,
            title="发文清单",
            key=lambda row: row.uid,
            unit="份",
        )
        self.pane.table.opened.connect(lambda _row: self.preview())
        self.pane.steps = self._row_steps
        self.pane.empty.tell(
            "还没有发过文",
            "在“该发的文书”里预览并签发后，会按文号登记在这里；程序里没有的，用“自拟公文”自己写。",
        )
        self.delivered = button("登记送达、张贴…", self.deliver)
        self.copy = button("照此另拟…", self.write_like, tip="照一份自拟公文另写一份，日期改成今天")
        self.save = button("存为 PDF…", self.save_all, tip="选中的几份；只选一份时存全部")
        self.void = button("作废…", self.void_one, role="danger")
        self.more: QToolButton = menu_button(
            "更多",
            [
                ("删除草稿", self.drop),
                ("打印登记簿", self.print_register),
                ("起始号…", self.set_numbers),
            ],
        )
        drop, _register, numbers = self.more.menu().actions()
        refusal = context.refusal(Permission.ISSUE)
        allow(self.void, refusal)
        allow(drop, refusal)
        allow(self.copy, refusal, self.copy.toolTip())
        allow(self.delivered, context.refusal(Permission.RECORD))
        allow(
            numbers,
            context.refusal(Permission.ADMINISTER),
            "以前手工编过号的，从下一个号开始",
        )
        self.fill(self.pane, (self.delivered, self.copy, self.save, self.void, self.more))

    def open_form(self, slot: Slot) -> bool:
        """Goes on with what was typed about a document; False when it is not in the register."""
        if not self.pane.select(lambda row: row.uid == slot.uid):
            return False
        (self.void_one if slot.form == "void" else self.deliver)()
        return True

    def _row_steps(self, rows: Sequence[NoticeRow]) -> Sequence[RowStep]:
        one = only_one(rows)
        state = rows[0].state if len(rows) == 1 else None
        issued = one or ("" if state is DocumentState.ISSUED else "只有已签发的才可以。")
        draft = one or ("" if state is DocumentState.DRAFT else "已签发的只能作废。")
        written = one or ("" if _written(rows[0]) else "只有自拟公文才可以照着另拟。")
        may_issue = self._context.refusal(Permission.ISSUE)
        may_record = self._context.refusal(Permission.RECORD)
        return (
            RowStep("打开…", self.preview, "回车", "" if rows else "请先选文书。"),
            RowStep("登记送达、张贴…", self.deliver, refusal=may_record or issued),
            RowStep("照此另拟…", self.write_like, refusal=may_issue or written),
            RowStep("历次修改…", lambda: self._show_revisions(rows[0]), refusal=one),
            RowStep("删除草稿…", self.drop, refusal=may_issue or draft),
            RowStep("作废…", self.void_one, refusal=may_issue or issued),
        )

    def _show_revisions(self, row: NoticeRow) -> None:
        show_revisions(self, self._context, row.number or row.title, row.uid)

    def preview(self) -> None:
        """Enter and 预览: a draft the office wrote goes on being written, all else is shown."""
        chosen = self.pane.selected()
        self._tell("" if chosen else "请先在登记簿里选文书。")
        if len(chosen) == 1 and _written(chosen[0], DocumentState.DRAFT):
            FreeformSheet(self._context, chosen[0].uid, parent=self.window()).open()
        elif chosen:
            PreviewSheet(
                self._context, [wanted_of(row) for row in chosen], parent=self.window()
            ).open()

    def write_like(self) -> None:
        """照此另拟: a new paper like one the office wrote, also like a voided one."""
        row = self.pane.current()
        if row is None or not _written(row):
            self._tell("请先在登记簿里选中一份自拟公文。")
            return
        self._tell("")
        FreeformSheet(self._context, row.uid, copy=True, parent=self.window()).open()

    def save_all(self) -> None:
        """The documents selected, or all that are shown when only one is."""
        chosen: Sequence[NoticeRow] = self.pane.selected()
        if len(chosen) < 2:
            chosen = self.pane.filter.shown()
        uids = [row.uid for row in chosen if row.state is not DocumentState.DRAFT]
        if not uids:
            self._tell("还没有已签发的文书可以存。")
            return
        self._tell("")
        years = {row.year or row.dated.year for row in chosen}
        name = f"{years.pop()}年度文书" if len(years) == 1 else "文书"
        SaveAllSheet(self._context, uids, name, self.window()).open()

    def void_one(self) -> None:
        row = self._row(DocumentState.ISSUED, _NO_ISSUED)
        if row is None:
            return
        desk = self._context.desk
        form = ReasonForm("作废理由")
        form.load("")
        kept = "作废后文号保留，不再使用；" if row.number else "作废的仍留在登记簿里；"
        FormSheet(
            f"作废 {row.number or row.kind.value}",
            form,
            self._context,
            lambda reason: notices.void_notice(desk, row.uid, reason),
            Slot("notices", "void", row.uid),
            note=f"{row.title}\n{kept}需要时可以重新起草。",
            button="作废",
            parent=self.window(),
        ).open()

    def deliver(self) -> None:
        row = self._row(DocumentState.ISSUED, _NO_ISSUED)
        if row is None:
            return
        desk = self._context.desk
        posted = row.kind is DocumentKind.PUBLIC_NOTICE
        form = DeliveryForm(posted=posted)
        usual = row.dated if posted else desk.today()
        form.load(Delivery(row.delivered_on or usual, row.receipt or ""))

        def keep(delivery: Delivery) -> Changes:
            assert delivery.on is not None  # the form asked for it
            return notices.record_delivery(desk, row.uid, delivery.on, delivery.receipt)

        FormSheet(
            "登记张贴" if posted else f"登记送达 {row.number or row.kind.value}",
            form,
            self._context,
            keep,
            Slot("notices", "delivery", row.uid),
            note=row.title,
            parent=self.window(),
        ).open()

    def drop(self) -> None:
        row = self._row(DocumentState.DRAFT, "请先在登记簿里选中一份草稿；已签发的只能作废。")
        if row is None:
            return
        desk = self._context.desk
        confirm(
            self.window(),
            f"删除草稿“{row.title}”？草稿没有编号，需要时可以重新起草。",
            "删除草稿",
            lambda: self._context.operations.command(lambda: notices.discard_draft(desk, row.uid)),
            danger=True,
        )

    def print_register(self) -> None:
        """The register of the year the selected row is numbered in, else of the newest."""
        row = self.pane.current()
        years = [one.dated.year for one in ([row] if row else self.pane.model.rows)]
        year = max(years, default=self._context.desk.today().year)
        open_kind(self._context, year, DocumentKind.REGISTER, self.window(), self._tell)

    def set_numbers(self) -> None:
        from daomao_desktop.ui.dialogs.starting_number import open_starting_number

        open_starting_number(self._context, self.window())

    def _row(self, state: DocumentState, otherwise: str) -> NoticeRow | None:
        row = self.pane.current()
        if row is None or row.state is not state:
            self._tell(otherwise)
            return None
        self._tell("")
        return row


def _written(row: NoticeRow, state: DocumentState | None = None) -> bool:
    """Whether the office wrote it itself, and it is in that state."""
    return row.kind is DocumentKind.FREEFORM and state in (None, row.state)
