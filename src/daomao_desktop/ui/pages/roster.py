"""小组长: the table, search and filters, and the form beside it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.roster import LeaderDraft, matches
from daomao_desktop.domain.scheme import Edition
from daomao_desktop.errors import DaomaoError
from daomao_desktop.services import roster, roster_workbook
from daomao_desktop.services.desk import Area, Changes
from daomao_desktop.services.imports import ImportReport
from daomao_desktop.services.roster import GroupRow, LeaderRow, VillageRow
from daomao_desktop.ui import excel
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.forms.leader import LeaderForm, PrivateField
from daomao_desktop.ui.pages import roster_steps
from daomao_desktop.ui.pages.base import Page
from daomao_desktop.ui.pages.table_page import TablePane
from daomao_desktop.ui.table_models.roster import leader_columns
from daomao_desktop.ui.theme import px
from daomao_desktop.ui.widgets.buttons import allow, button, menu_button
from daomao_desktop.ui.widgets.choices import ChoiceBox
from daomao_desktop.ui.widgets.parts import SearchBox
from daomao_desktop.ui.widgets.side_panel import SidePanel

_ALL, _VERIFY, _ENDING = "全部", "待核实", "一年内届满"


@dataclass(frozen=True, slots=True)
class _Reading:
    leaders: tuple[LeaderRow, ...]
    villages: tuple[VillageRow, ...]
    groups: tuple[GroupRow, ...]


class RosterPage(Page):
    """Present leaders, or former ones; a row chosen shows in the form beside the table."""

    title = "小组长"
    areas = frozenset({Area.ROSTER})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._town = context.desk.edition is Edition.TOWN
        self._person: str | None = None
        self._villages: tuple[VillageRow, ...] = ()
        self._groups: tuple[GroupRow, ...] = ()
        self._writable = True
        self._build_header()
        self.pane: TablePane[LeaderRow] = TablePane(
            "leaders", leader_columns(town=self._town), context, unit="人"
        )
        self.former: TablePane[LeaderRow] = TablePane(
            "former-leaders", leader_columns(town=self._town, former=True), context, unit="人"
        )
        self.former.hide()
        self._build_panel()
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(self.pane, 1)
        row.addWidget(self.former, 1)
        row.addWidget(self.panel)
        self.layout_.addLayout(row, 1)
        for pane in (self.pane, self.former):
            pane.table.chosen.connect(self._on_chosen)
            pane.table.opened.connect(self._on_opened)
            pane.table.deleted.connect(lambda _row: self._on_remove())
            pane.all_wanted.connect(self._on_all)
        self._fill_empty()

    def _build_header(self) -> None:
        self.search = SearchBox("姓名 / 拼音 / 组")
        self.search.searched.connect(lambda _text: self._filter())
        self.village = ChoiceBox()
        self.village.setAccessibleName("村")
        self.village.setVisible(self._town)
        self.village.set_choices((), "全部村")
        self.village.currentIndexChanged.connect(lambda _index: self._filter())
        self.show_only = ChoiceBox()
        self.show_only.setAccessibleName("显示")
        self.show_only.set_choices(
            ((_ALL, "现任"), (_VERIFY, _VERIFY), (_ENDING, _ENDING), ("former", "已卸任"))
        )
        self.show_only.currentIndexChanged.connect(lambda _index: self._filter())
        more = menu_button(
            "Excel",
            [
                ("导入花名册…", self._on_import),
                ("导出花名册（隐去证件号和电话）…", lambda: self._on_export(False)),
                ("导出完整花名册（记入操作记录）…", lambda: self._on_export(True)),
            ],
        )
        actions = more.menu().actions()
        allow(actions[0], self.context.refusal(Permission.RECORD))
        allow(actions[2], self.context.refusal(Permission.REVEAL))
        more.menu().setToolTipsVisible(True)
        self.excel = more
        self.new = button("新增", self.new_entry, role="primary")
        allow(self.new, self.context.refusal(Permission.RECORD), "新增小组长（Ctrl+N）")
        for widget in (self.search, self.village, self.show_only, more, self.new):
            self.header.add(widget)

    def _build_panel(self) -> None:
        self.form = LeaderForm(
            today=self.context.desk.today, town=self._town, on_reveal=self._on_reveal
        )
        self.panel = SidePanel(self.form)
        self.panel.close_button.clicked.disconnect()
        self.panel.close_button.clicked.connect(lambda: self.guard(self.panel.hide))
        self.form.submitted.connect(self.save_entry)
        self.form.changed.connect(self.panel.banner.settle)
        self.steps = menu_button(
            "更多",
            [
                ("档案与经历…", self._on_page),
                ("调到别的组…", lambda: self._step(roster_steps.move)),
                ("登记卸任…", lambda: self._step(roster_steps.end)),
                ("合并同一人的两条记录…", lambda: self._step(roster_steps.join)),
                ("删除…", self._on_remove),
                ("回收站…", lambda: roster_steps.recycle_bin(self, self.context)),
            ],
        )
        self.save = button("保存", self.save_entry, role="primary", tip="保存（Ctrl+S）")
        cancel = button("取消", self._on_cancel)
        self.panel.buttons.addWidget(self.steps)
        self.panel.buttons.addStretch(1)
        self.panel.buttons.addWidget(cancel)
        self.panel.buttons.addWidget(self.save)
        self.panel.hide()

    def _fill_empty(self) -> None:
        if self.context.may(Permission.RECORD):
            self.pane.empty.tell(
                "还没有小组长",
                "把现有的花名册（Excel 或 WPS 表格）导进来最快，也可以一个一个地录入。",
                ("导入花名册…", self._on_import),
                ("新增一位", self.new_entry),
            )
        else:
            self.pane.empty.tell("还没有小组长", "由经办或管理员录入后，这里就能看到。")
        self.former.empty.tell("没有已卸任的小组长", "登记卸任后，会移到这里，经历都保留。")

    # Reading

    def refresh(self) -> None:
        desk, former = self.context.desk, self._shows_former

        def read() -> _Reading:
            return _Reading(
                roster.list_leaders(desk, former=former),
                roster.list_villages(desk),
                roster.list_groups(desk),
            )

        self.context.operations.query(read, self._on_read, owner=self)

    @property
    def _shows_former(self) -> bool:
        return bool(self.show_only.value() == "former")

    @property
    def _shown(self) -> TablePane[LeaderRow]:
        return self.former if self._shows_former else self.pane

    def _on_read(self, reading: _Reading) -> None:
        self._villages, self._groups = reading.villages, reading.groups
        self.village.set_choices(((v.uid, v.name) for v in reading.villages), "全部村")
        self.form.set_places(reading.villages, reading.groups)
        self.context.show_names("".join(row.name for row in reading.leaders))
        pane = self._shown
        pane.set_rows(reading.leaders, lambda row: row.person_uid)
        self._filter_rows()
        verify = sum(1 for row in reading.leaders if row.to_verify)
        self.header.note.setText(f"待核实 {verify} 人" if verify else "")
        if self._person and not self.form.dirty:
            pane.select(lambda row: row.person_uid == self._person)

    def _filter(self) -> None:
        former = self._shows_former
        if former == self.pane.isHidden():
            self._filter_rows()
            return
        self.pane.setVisible(not former)
        self.former.setVisible(former)
        self.refresh()

    def _on_all(self) -> None:
        """显示全部: search and filters let everybody pass."""
        self.search.clear()
        self.village.set_value(None)
        if not self._shows_former:
            self.show_only.set_value(_ALL)
        self._filter_rows()

    def _filter_rows(self) -> None:
        query = self.search.text().strip()
        village, only = self.village.value(), self.show_only.value()
        today = self.context.desk.today()

        def test(row: LeaderRow) -> bool:
            if village is not None and row.village_uid != village:
                return False
            if only == _VERIFY and not row.to_verify:
                return False
            if only == _ENDING and (row.term_ends is None or (row.term_ends - today).days > 365):
                return False
            return not query or matches(query, row.name, row.pinyin, row.initials, row.group)

        self._shown.set_test(test)

    # Menus and links

    def show_place(self, place: Place) -> None:
        if place.filter in (_VERIFY, _ENDING):
            self.show_only.set_value(place.filter)
        if place.uid:
            self._person = place.uid
            self._load(place.uid)

    def show_again(self, uids: Collection[str]) -> None:
        super().show_again(uids)
        desk, person = self.context.desk, self._person
        if self.panel.isHidden():
            self._person = None  # the selection follows the record, not who was shown before
        elif person is not None and person in uids:
            self.form_again(self.panel, self.form, lambda: roster.leader_draft(desk, person))

    def find_entry(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def new_entry(self) -> None:
        if not self.context.may(Permission.RECORD):
            return
        self.guard(self._on_new)

    def save_entry(self) -> None:
        if self.panel.isHidden() or not self.save.isEnabled():
            return
        self.form.save(self._keep)

    def unsaved(self) -> str:
        dirty = self.form.dirty and self._writable and not self.panel.isHidden()
        return "右边表单里填的内容" if dirty else ""

    def save_then(self, then: Callable[[], object]) -> None:
        if not self.unsaved():
            then()
        elif self.save.isEnabled():
            self.form.save(lambda draft: self._keep(draft, then))

    def discard(self) -> None:
        self.form.saved()

    def remember(self) -> None:
        self.pane.table.remember()
        self.former.table.remember()

    # The form

    def _on_new(self) -> None:
        village = self.village.value() or ""
        self._person = None
        self.form.load(LeaderDraft(village_uid=village, group="", name=""))
        self._show_panel("新增小组长", "", writable=True)
        self.steps.setEnabled(False)
        self.form.rows.field("village_uid" if self._town and not village else "group").setFocus()

    def _on_chosen(self, row: int) -> None:
        pane = self._shown
        if row < 0:
            return
        person = pane.filter.row(row).person_uid
        if person == self._person or self.form.dirty:
            if self.form.dirty and person != self._person:
                words = "这里的改动还没有保存：先保存或取消，再换人。"
                self.panel.banner.tell_of_step(words, "banner")
            else:
                self.panel.banner.settle()
            return
        if not self.panel.isHidden():
            self._load(person)

    def _on_opened(self, row: int) -> None:
        person = self._shown.filter.row(row).person_uid
        self.guard(lambda: self._load(person, focus=True))

    def _load(self, person_uid: str, *, focus: bool = False) -> None:
        desk = self.context.desk
        self._person = person_uid

        def loaded(draft: LeaderDraft) -> None:
            if self._person != person_uid:
                return
            row = next((r for r in self._shown.model.rows if r.person_uid == person_uid), None)
            self.form.load(draft)
            notes = list(row.to_verify) if row else []
            self._show_panel(
                f"{draft.name}",
                "待核实：" + "；".join(notes) if notes else "",
                writable=row is None or row.writable,
            )
            self.steps.setEnabled(True)
            if focus:
                self.form.rows.field("name").setFocus()

        self.context.operations.query(
            lambda: roster.leader_draft(desk, person_uid), loaded, owner=self
        )

    def _show_panel(self, title: str, note: str, *, writable: bool) -> None:
        self.panel.tell(title, note)
        refusal = self.context.refusal(Permission.RECORD)
        if not refusal and not writable:
            refusal = "这个村自己登记资料，镇里只能查看。"
        self._writable = not refusal
        allow(self.save, refusal, "保存（Ctrl+S）")
        for entry in self.steps.menu().actions()[1:5]:
            allow(entry, refusal)
        for show in self.form.reveal_buttons.values():
            allow(show, self.context.refusal(Permission.REVEAL), "显示会记入操作记录")
        self.panel.show()

    def _keep(self, draft: LeaderDraft, then: Callable[[], object] | None = None) -> None:
        desk, person = self.context.desk, self._person
        self.save.setEnabled(False)

        def work() -> Changes:
            if person is None:
                return roster.add_leader(desk, draft)
            return roster.change_leader(desk, person, draft)

        def done(changes: Changes) -> None:
            self.save.setEnabled(True)
            self.form.saved()
            self.context.tell(f"已保存：{draft.name}")
            uid = person or next(iter(changes.uids), None)
            if uid is not None:
                self._load(uid)
            if then is not None:
                then()

        def refused(error: DaomaoError) -> None:
            self.save.setEnabled(True)
            if not self.form.show_error(error):
                self.panel.banner.tell_of_step(str(error))

        # Clean before the answer comes: the refresh of the table must not ask about leaving.
        self.context.operations.command(work, done, refused, owner=self)

    def _on_cancel(self) -> None:
        self.form.saved()
        if self._person is not None:
            self._load(self._person)
        else:
            self.panel.hide()

    def _on_reveal(self, field: PrivateField) -> None:
        if self._person is not None:
            roster_steps.reveal(self.context, self.form, self._person, field)

    # Steps

    def _row(self) -> LeaderRow | None:
        return next((r for r in self._shown.model.rows if r.person_uid == self._person), None)

    def _step(self, step: roster_steps.Step) -> None:
        row = self._row()
        if row is not None:
            self.guard(lambda: step(self, self.context, row, self._shown.model.rows, self._groups))

    def _on_page(self) -> None:
        if self._person is not None:
            roster_steps.person_page(self, self.context, self._person)

    def _on_remove(self) -> None:
        row = self._shown.current() or self._row()
        if row is not None and self.context.may(Permission.RECORD):
            roster_steps.remove(self, self.context, row)

    def _on_import(self) -> None:
        excel.choose_and_import(self, self.context, "导入花名册", self.import_step)

    def import_step(self, path: Path, dry_run: bool, skip_bad: bool) -> ImportReport:
        """The service behind the import; runs in the worker."""
        return roster_workbook.import_leaders(
            self.context.desk, path, dry_run=dry_run, skip_bad=skip_bad
        )

    def _on_export(self, unmasked: bool) -> None:
        desk = self.context.desk
        excel.choose_and_export(
            self,
            self.context,
            "导出花名册",
            "小组长花名册.xlsx",
            lambda path: roster_workbook.export_leaders(desk, path, unmasked=unmasked),
        )
