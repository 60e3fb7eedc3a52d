"""The form of a leader, with the steps that are taken with one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QToolButton

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.roster import LeaderDraft
from daomao_desktop.domain.scheme import Edition
from daomao_desktop.services import roster
from daomao_desktop.services.roster import GroupRow, LeaderRow
from daomao_desktop.services.unsaved import Slot
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.forms.leader import LeaderForm, PrivateField
from daomao_desktop.ui.pages import roster_steps
from daomao_desktop.ui.pages.record_kind import RecordService, RecordWords
from daomao_desktop.ui.pages.record_panel import RecordPanel
from daomao_desktop.ui.pages.table_page import TablePane
from daomao_desktop.ui.widgets.buttons import allow, menu_button
from daomao_desktop.ui.widgets.row_menu import RowStep

_SERVICE = RecordService(
    roster.leader_draft,
    roster.add_leader,
    roster.change_leader,
    roster.remove_leaders,
    roster.restore_leader,
    roster.recycled,
)
_WORDS = RecordWords(
    "记录",
    Slot("roster", "leader"),
    about="小组长",
    elsewhere="这个村自己登记资料，镇里只能查看。",
    warning="只在录错人时才需要删除，不再担任的请登记卸任。",
)


class LeaderPanel(RecordPanel[LeaderRow, LeaderDraft]):
    """``village`` is the one a new leader is of, ``groups`` those somebody can be moved to."""

    form: LeaderForm

    def __init__(self, context: Context, panes: Sequence[TablePane[LeaderRow]]) -> None:
        self._town = context.desk.edition is Edition.TOWN
        form = LeaderForm(today=context.desk.today, town=self._town, on_reveal=self._on_reveal)
        super().__init__(
            form, panes, lambda row: row.person_uid, _SERVICE, Permission.RECORD, _WORDS, context
        )
        self.village = ""
        self.groups: tuple[GroupRow, ...] = ()

    def build_more(self) -> QToolButton:
        return menu_button(
            "更多",
            [
                ("档案与经历…", self._on_page),
                ("调到别的组…", lambda: self._step(roster_steps.move)),
                ("登记卸任…", lambda: self._step(roster_steps.end)),
                ("合并同一人的两条记录…", lambda: self._step(roster_steps.join)),
                ("删除…", self.remove_selected),
                ("回收站…", self.recycle_bin),
            ],
        )

    def fresh(self) -> LeaderDraft:
        return LeaderDraft(village_uid=self.village, group="", name="")

    def caption(self, draft: LeaderDraft, _row: LeaderRow | None, /) -> tuple[str, str]:
        if self.uid is None:
            return "新增小组长", ""
        notes = len(draft.to_verify)
        return draft.name, f"！待核实 {notes} 处，写在下面各栏。" if notes else ""

    def kept_words(self, draft: LeaderDraft, /) -> str:
        return self.form.saved_words(draft)

    def first_field(self, new: bool, /) -> str:
        if not new:
            return "name"
        return "village_uid" if self._town and not self.village else "group"

    def allow_steps(self, refusal: str) -> None:
        page, *changes = self.more.menu().actions()[:5]
        lacking = "" if self.uid else "还没有保存。"
        allow(page, lacking)
        for entry in changes:
            allow(entry, refusal or lacking)
        for show in self.form.reveal_buttons.values():
            allow(show, self._context.refusal(Permission.REVEAL), "显示会记入操作记录")

    def after_adding(self, uid: str) -> None:
        """What is still to be verified about the new one is seen at once."""
        self.open_record(uid)
        self.pane.table.setFocus()

    def _on_reveal(self, field: PrivateField) -> None:
        if self.uid is not None:
            roster_steps.reveal(self._context, self.form, self.uid, field)

    def _step(self, step: roster_steps.Step, row: LeaderRow | None = None) -> None:
        row = row or self.row
        if row is not None:
            rows = self.pane.model.rows
            self.guard(lambda: step(self, self._context, row, rows, self.groups))

    def more_steps(self, row: LeaderRow, /) -> Sequence[RowStep]:
        refusal = self.refusal_of(row)

        def page() -> None:
            roster_steps.person_page(self, self._context, row.person_uid)

        def step(step: roster_steps.Step) -> Callable[[], None]:
            return lambda: self._step(step, row)

        return (
            RowStep("档案与经历…", page),
            RowStep("调到别的组…", step(roster_steps.move), refusal=refusal),
            RowStep("登记卸任…", step(roster_steps.end), refusal=refusal),
        )

    def _on_page(self) -> None:
        if self.uid is not None:
            roster_steps.person_page(self, self._context, self.uid)
