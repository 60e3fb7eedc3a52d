"""小组长: the table, search and filters, and the form beside it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.roster import matches
from daomao_desktop.domain.scheme import Edition
from daomao_desktop.services import roster, roster_workbook
from daomao_desktop.services.desk import Area
from daomao_desktop.services.imports import ImportReport
from daomao_desktop.services.roster import GroupRow, LeaderRow, VillageRow
from daomao_desktop.services.unsaved import Slot
from daomao_desktop.ui import excel
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.pages import roster_steps
from daomao_desktop.ui.pages.base import Page
from daomao_desktop.ui.pages.excel_menu import ExcelMenu, Export, Import
from daomao_desktop.ui.pages.roster_panel import LeaderPanel
from daomao_desktop.ui.pages.table_page import Filters, TablePane
from daomao_desktop.ui.table_models.roster import leader_columns
from daomao_desktop.ui.theme import px
from daomao_desktop.ui.widgets.buttons import allow, button
from daomao_desktop.ui.widgets.choices import ChoiceBox
from daomao_desktop.ui.widgets.parts import SearchBox

_TEMPLATE = ("leaders.xlsx", "花名册模板")
_ALL, _VERIFY, _ENDING = "全部", "待核实", "一年内届满"


@dataclass(frozen=True, slots=True)
class _Reading:
    former: bool
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
        self._elsewhere: str | None = None  # looked for among the others, too
        self._build_header()
        self.pane = self._build_pane("leaders", former=False)
        self.former = self._build_pane("former-leaders", former=True)
        self.former.hide()
        self.panel = LeaderPanel(context, (self.pane, self.former))
        self.form = self.panel.form
        self.panel.stale.connect(self.refresh)
        self.panel.missed.connect(self._on_missed)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(self.pane, 1)
        row.addWidget(self.former, 1)
        row.addWidget(self.panel)
        self.layout_.addLayout(row, 1)
        self._fill_empty()

    def _build_pane(self, name: str, *, former: bool) -> TablePane[LeaderRow]:
        columns = leader_columns(town=self._town, former=former)
        pane: TablePane[LeaderRow] = TablePane(
            name,
            columns,
            self.context,
            title="已卸任小组长名单" if former else "小组长名单",
            key=lambda row: row.person_uid,
            unit="人",
        )
        pane.filters = Filters(self._words, self._uncover)
        pane.all_wanted.connect(self._on_all)
        return pane

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
        self.excel = ExcelMenu(
            self,
            self.context,
            lambda: self._shown,
            [
                Import(
                    "导入花名册",
                    self.import_step,
                    self.context.refusal(Permission.RECORD),
                    _TEMPLATE,
                )
            ],
            [
                Export(
                    "导出花名册",
                    f"（{words}）",
                    lambda: "小组长花名册.xlsx",
                    partial(self._export, unmasked),
                    partial(self._export_refusal, unmasked),
                )
                for unmasked, words in (
                    (False, "隐去证件号和电话"),
                    (True, "完整的，记入操作记录"),
                )
            ],
        )
        self.new = button("新增", self.new_entry, role="primary")
        allow(self.new, self.context.refusal(Permission.RECORD), "新增小组长（Ctrl+N）")
        for widget in (self.search, self.village, self.show_only, self.excel.button, self.new):
            self.header.add(widget)

    def _fill_empty(self) -> None:
        if self.context.may(Permission.RECORD):
            self.pane.empty.tell(
                "还没有小组长",
                "把现有的花名册（Excel 或 WPS 表格）导进来最快，也可以一个一个地录入。",
                ("导入花名册…", self._on_import),
                ("下载模板…", lambda: self.excel.save_template(_TEMPLATE)),
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
                former,
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
        if reading.former != self._shows_former:
            return  # the others were asked for meanwhile
        self.village.set_choices(((v.uid, v.name) for v in reading.villages), "全部村")
        self.form.set_places(reading.villages, reading.groups)
        self.panel.groups = reading.groups
        self._filter_rows()
        self._shown.set_rows(reading.leaders)
        verify = sum(1 for row in reading.leaders if row.to_verify)
        self.header.note.setText(f"待核实 {verify} 人" if verify else "")

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

    def _words(self) -> str:
        """What narrows the table, as a sentence names it."""
        query, only = self.search.text().strip(), self.show_only.value()
        village = self.village.currentText() if self.village.value() is not None else ""
        shown = self.show_only.currentText() if only != _ALL else ""
        return "、".join(filter(None, (village, shown, f"查找“{query}”" if query else "")))

    def _uncover(self, row: LeaderRow) -> None:
        """The village of that person; what else hides the row is lifted."""
        if self.village.value() not in (None, row.village_uid):
            self.village.set_value(row.village_uid)
        shown = self._shown
        if shown.filter.place(lambda one: one.person_uid == row.person_uid) < 0:
            self.search.clear()
            self._filter_rows()
        if shown.filter.place(lambda one: one.person_uid == row.person_uid) < 0:
            self.show_only.set_value(_ALL)

    def _on_missed(self, uid: str) -> None:
        """Somebody not among those in post is looked for among the former ones, and back."""
        if self._elsewhere == uid:
            self._elsewhere = None
            self.context.tell("这个人的记录已经不在了，可能已删除。")
            self.show_only.set_value(_ALL)
            return
        self._elsewhere = uid
        self.show_only.set_value(_ALL if self._shows_former else "former")
        self.panel.open_record(uid)

    # Menus and links

    def show_place(self, place: Place) -> None:
        if place.filter in (_VERIFY, _ENDING):
            self.show_only.set_value(place.filter)
        if place.uid:
            self._elsewhere = None
            self.panel.open_record(place.uid)

    def show_again(self, uids: Collection[str]) -> None:
        self.panel.show_again(uids)

    def open_form(self, slot: Slot) -> bool:
        if slot.form == "leader":
            if slot.uid:
                self.panel.open_record(slot.uid, focus=True)
            else:
                self.panel.start()
            return True
        row = self._shown.row_of(slot.uid)
        if row is None:
            return False
        step = roster_steps.KEPT[slot.form]
        step(self, self.context, row, self._shown.model.rows, self.panel.groups)
        return True

    def new_entry(self) -> None:
        if self.context.may(Permission.RECORD):
            self.panel.village = self.village.value() or ""
            self.guard(self.panel.start)

    def new_refusal(self) -> str:
        return self.context.refusal(Permission.RECORD)

    def save_refusal(self) -> str:
        return self.panel.save_refusal()

    def save_entry(self) -> None:
        self.panel.save_entry()

    def unsaved(self) -> str:
        return self.panel.unsaved()

    def save_then(self, then: Callable[[], object]) -> None:
        self.panel.save_then(then)

    def discard(self) -> None:
        self.form.saved()

    def remember(self) -> None:
        self.pane.table.remember()
        self.former.table.remember()

    # Excel

    def _on_import(self) -> None:
        excel.choose_and_import(self, self.context, "导入花名册", self.import_step)

    def import_step(self, path: Path, **choices: bool) -> ImportReport:
        """The service behind the import; runs in the worker."""
        return roster_workbook.import_leaders(self.context.desk, path, **choices)

    def _export(self, unmasked: bool, uids: Sequence[str] | None) -> Callable[[Path], object]:
        desk = self.context.desk
        return lambda path: roster_workbook.export_leaders(
            desk, path, unmasked=unmasked, person_uids=uids
        )

    def _export_refusal(self, unmasked: bool) -> str:
        if self._shows_former:
            return "花名册里只有现任的小组长；已卸任的可以打印出来（Ctrl+P）。"
        return self.context.refusal(Permission.REVEAL) if unmasked else ""
