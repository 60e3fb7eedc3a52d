"""履职记录: one table over the six roles, quick entry, and the findings beside it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTabWidget, QWidget

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.conduct import FindingDraft
from daomao_desktop.domain.duties import DutyDraft
from daomao_desktop.domain.roster import matches
from daomao_desktop.domain.scheme import Edition, Role
from daomao_desktop.services import conduct, duties, duties_workbook, roster
from daomao_desktop.services.conduct import FindingRow
from daomao_desktop.services.desk import Area
from daomao_desktop.services.duties import DutyRow
from daomao_desktop.services.imports import ImportReport
from daomao_desktop.services.roster import LeaderRow
from daomao_desktop.services.unsaved import Slot
from daomao_desktop.ui import excel
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.dialogs.form_sheet import FormSheet
from daomao_desktop.ui.forms.base import Form
from daomao_desktop.ui.forms.duty import DutyForm, ManyDuties, ManyDutiesForm, role_key
from daomao_desktop.ui.forms.finding import FindingForm
from daomao_desktop.ui.pages.base import Page
from daomao_desktop.ui.pages.excel_menu import ExcelMenu, Export, Import
from daomao_desktop.ui.pages.record_kind import RecordService
from daomao_desktop.ui.pages.record_tab import RecordTab
from daomao_desktop.ui.pages.table_page import Filters
from daomao_desktop.ui.table_models.records import duty_columns, finding_columns
from daomao_desktop.ui.widgets.buttons import allow, button
from daomao_desktop.ui.widgets.choices import ChoiceBox
from daomao_desktop.ui.widgets.fields import DateField
from daomao_desktop.ui.widgets.parts import SearchBox
from daomao_desktop.ui.widgets.people import Someone, people
from daomao_desktop.ui.working_year import YearBox

_TEMPLATE = ("duties.xlsx", "履职记录模板")


@dataclass(frozen=True, slots=True)
class _Reading:
    duties: tuple[DutyRow, ...]
    findings: tuple[FindingRow, ...]
    leaders: tuple[LeaderRow, ...]


class DutiesPage(Page):
    """Two tabs: what was done, and what was found against the bottom lines."""

    title = "履职记录"
    areas = frozenset({Area.DUTIES, Area.CONDUCT, Area.ROSTER})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._town = context.desk.edition is Edition.TOWN
        self._people: tuple[Someone, ...] = ()
        today = context.desk.today
        self.duty_form = DutyForm(today)
        self.duty_tab: RecordTab[DutyRow, DutyDraft] = RecordTab(
            "duties",
            duty_columns(town=self._town),
            self.duty_form,
            RecordService(
                duties.duty_draft,
                duties.add_duty,
                duties.change_duty,
                duties.remove_duties,
                duties.restore_duty,
                duties.recycled_duties,
            ),
            context,
            Permission.RECORD,
            lambda: self._fresh_duty(None),
            "履职记录",
        )
        self.finding_form = FindingForm(today)
        self.finding_tab: RecordTab[FindingRow, FindingDraft] = RecordTab(
            "findings",
            finding_columns(town=self._town),
            self.finding_form,
            RecordService(
                conduct.finding_draft,
                conduct.add_finding,
                conduct.change_finding,
                conduct.remove_findings,
                conduct.restore_finding,
                conduct.recycled_findings,
            ),
            context,
            Permission.FINDINGS,
            lambda: FindingDraft("", "", None, None, self._usual_day(self.finding_tab), ""),
            "底线发现",
        )
        self._build_header()
        for form in (self.duty_form, self.finding_form):
            self._read_days_in_year(form)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.duty_tab, "六员履职")
        self.tabs.addTab(self.finding_tab, "底线发现（五必须五不准）")
        self.tabs.currentChanged.connect(lambda _index: self._on_tab())
        self.layout_.addWidget(self.tabs, 1)
        self.duty_tab.pane.table.installEventFilter(self)
        for tab in self._tabs:
            tab.pane.all_wanted.connect(self._on_all)
            tab.panel.stale.connect(self.refresh)
            tab.panel.missed.connect(lambda _uid: context.tell("这条记录已经不在了，可能已删除。"))
        self.duty_tab.pane.filters = Filters(lambda: self._words(duty=True), self._uncover)
        self.finding_tab.pane.filters = Filters(lambda: self._words(duty=False), self._uncover)
        self._fill_empty()
        self._on_tab()

    def _build_header(self) -> None:
        self.search = SearchBox("姓名 / 拼音 / 组 / 内容")
        self.search.searched.connect(lambda _text: self._filter())
        self.year = YearBox(self.context.working_year, every="全部年度")
        self.year.currentIndexChanged.connect(lambda _index: self._filter())
        self.context.working_year.changed.connect(self._on_year)
        self.role = ChoiceBox()
        self.role.setAccessibleName("职责")
        self.role.set_choices([(role, role.value) for role in Role], "六员全部")
        self.role.currentIndexChanged.connect(lambda _index: self._filter())
        self.excel = ExcelMenu(
            self,
            self.context,
            lambda: self.duty_tab.pane,
            [
                Import(
                    "导入履职记录",
                    self.import_step,
                    self.context.refusal(Permission.RECORD),
                    _TEMPLATE,
                )
            ],
            [Export("导出履职记录", "履职记录", self._export_name, self._export)],
        )
        self.many = button("批量登记…", self._on_many, tip="一次活动，多位小组长参加")
        self.new = button("登记", self.new_entry, role="primary")
        refusal = self.context.refusal(Permission.RECORD)
        allow(self.many, refusal, "一次活动，多位小组长参加")
        for widget in (self.search, self.year, self.role, self.excel.button, self.many, self.new):
            self.header.add(widget)

    def _fill_empty(self) -> None:
        self.duty_tab.pane.empty.tell(
            "还没有履职记录",
            "小组长做了什么，一件事登记一条；已有的 Excel 台账可以直接导入。",
            ("登记一条", self.new_entry),
            ("导入履职记录…", self._on_import),
            ("下载模板…", lambda: self.excel.save_template(_TEMPLATE)),
        )
        self.finding_tab.pane.empty.tell(
            "没有底线发现",
            "五必须没有做到、五不准有违反的，登记在这里；核实后计入考核。",
            ("登记一条", self.new_entry),
        )

    # Reading

    def refresh(self) -> None:
        desk = self.context.desk

        def read() -> _Reading:
            return _Reading(
                duties.list_duties(desk), conduct.list_findings(desk), roster.list_leaders(desk)
            )

        self.context.operations.query(read, self._on_read, owner=self)

    def _on_read(self, reading: _Reading) -> None:
        self._people = people(reading.leaders, town=self._town)
        self.duty_form.person.set_people(self._people)
        self.finding_form.person.set_people(self._people)
        self._offer_years(reading)
        self._filter()
        self.duty_tab.pane.set_rows(reading.duties)
        self.finding_tab.pane.set_rows(reading.findings)

    def _offer_years(self, reading: _Reading) -> None:
        """The years with records, and this one."""
        known = {row.on.year for row in reading.duties} | {row.on.year for row in reading.findings}
        self.year.offer(known | {self.context.desk.today().year})

    def _on_year(self, _year: int) -> None:
        """Everything is read already: another year only shows other rows of it."""
        self._filter()

    def _on_all(self) -> None:
        """显示全部: search and filters let everything pass."""
        self.search.clear()
        self.role.set_value(None)
        self.year.set_value(None)
        self._filter()

    def _filter(self) -> None:
        query, year, role = self.search.text().strip(), self.year.value(), self.role.value()

        def fits(row: DutyRow | FindingRow, words: str) -> bool:
            if year is not None and row.on.year != year:
                return False
            return matches(query, row.name, row.pinyin, row.initials, row.group, words)

        self.duty_tab.pane.set_test(
            lambda row: (role is None or row.role is role) and fits(row, row.content)
        )
        self.finding_tab.pane.set_test(lambda row: fits(row, row.facts))

    def _words(self, *, duty: bool) -> str:
        """What narrows the table, as a sentence names it."""
        query, year = self.search.text().strip(), self.year.value()
        role = self.role.value() if duty else None
        parts = (
            f"{year}年" if year is not None else "",
            role.value if role is not None else "",
            f"查找“{query}”" if query else "",
        )
        return "、".join(filter(None, parts))

    def _uncover(self, row: DutyRow | FindingRow) -> None:
        """The year of that row; role and search only as long as they let it pass."""
        if self.year.value() not in (None, row.on.year):
            self.year.set_value(row.on.year)
        if isinstance(row, DutyRow) and self.role.value() not in (None, row.role):
            self.role.set_value(None)
        if self._tab.pane.filter.place(lambda one: one.uid == row.uid) < 0:
            self.search.clear()
            self._filter()

    # Menus and links

    @property
    def _tabs(self) -> tuple[RecordTab[Any, Any], RecordTab[Any, Any]]:
        return self.duty_tab, self.finding_tab

    @property
    def _tab(self) -> RecordTab[Any, Any]:
        return self._tabs[self.tabs.currentIndex()]

    def show_place(self, place: Place) -> None:
        if place.tab == "findings":
            self.tabs.setCurrentIndex(1)
        elif place.tab == "duties":
            self.tabs.setCurrentIndex(0)
        if place.filter is not None:
            role = next((role for role in Role if role.value == place.filter), None)
            self.role.set_value(role)
        if place.uid is not None:
            self._tab.panel.open_record(place.uid)

    def show_again(self, uids: Collection[str]) -> None:
        for tab in self._tabs:
            tab.panel.show_again(uids)

    def open_form(self, slot: Slot) -> bool:
        if slot.form == "many":
            self._on_many()
            return True
        tab = self.duty_tab if slot.form == "duties" else self.finding_tab
        self.tabs.setCurrentWidget(tab)
        if slot.uid:
            tab.panel.open_record(slot.uid, focus=True)
        else:
            tab.panel.start()
        return True

    def new_entry(self) -> None:
        if self.new.isEnabled():
            self.guard(self._tab.panel.start)

    def new_refusal(self) -> str:
        return "" if self.new.isEnabled() else self.new.toolTip()

    def save_refusal(self) -> str:
        return self._tab.panel.save_refusal()

    def save_entry(self) -> None:
        self._tab.panel.save_entry()

    def unsaved(self) -> str:
        return "和".join(tab.panel.unsaved() for tab in self._dirty_tabs)

    @property
    def _dirty_tabs(self) -> list[RecordTab[Any, Any]]:
        return [tab for tab in self._tabs if tab.panel.dirty]

    def save_then(self, then: Callable[[], object]) -> None:
        tab = next(iter(self._dirty_tabs), None)
        if tab is None:
            then()
        else:
            self.tabs.setCurrentWidget(tab)  # what is wrong has to be seen
            tab.panel.save_then(lambda: self.save_then(then))

    def discard(self) -> None:
        self.duty_form.saved()
        self.finding_form.saved()

    def remember(self) -> None:
        self.duty_tab.pane.table.remember()
        self.finding_tab.pane.table.remember()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys 1–6 on the table start an entry of that role."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            number = role_key(event)
            if number is not None and self.context.may(Permission.RECORD):
                role = list(Role)[number - 1]
                self.guard(lambda: self._start(role))
                return True
        return super().eventFilter(watched, event)

    def _start(self, role: Role) -> None:
        self.duty_tab.panel.start(self._fresh_duty(role))
        self.duty_form.person.setFocus()

    def _fresh_duty(self, role: Role | None) -> DutyDraft:
        return DutyDraft("", "", role, self._usual_day(self.duty_tab), "")

    def _read_days_in_year(self, form: Form[Any]) -> None:
        """A day without its year is one of the year that the page shows."""
        day = form.rows.field("on")
        assert isinstance(day, DateField)
        day.shown_year = self.year.value

    def _usual_day(self, tab: RecordTab[Any, Any]) -> date:
        """The day of the record kept last, today at first: entries of one day come in rows."""
        last: date | None = tab.panel.last.on if tab.panel.last is not None else None
        return last or self.context.desk.today()

    def _on_tab(self) -> None:
        first = self.tabs.currentIndex() == 0
        for widget in (self.role, self.excel.button, self.many):
            widget.setVisible(first)
        needed = Permission.RECORD if first else Permission.FINDINGS
        allow(self.new, self.context.refusal(needed), "登记一条（Ctrl+N）")

    # Steps

    def _on_many(self) -> None:
        desk = self.context.desk
        form = ManyDutiesForm(desk.today, self._people)
        self._read_days_in_year(form)
        form.load(ManyDuties(self._fresh_duty(None), ()))
        FormSheet(
            "一次活动，多位小组长",
            form,
            self.context,
            lambda draft: duties.add_duty_for_many(desk, draft.duty, draft.persons),
            Slot("duties", "many"),
            button="登记",
            on_done=lambda changes: self.context.tell(f"已登记 {len(changes.uids)} 条履职记录。"),
            width=600,
            parent=self.window(),
        ).open()

    def _on_import(self) -> None:
        excel.choose_and_import(self, self.context, "导入履职记录", self.import_step)

    def import_step(self, path: Path, **choices: bool) -> ImportReport:
        """The service behind the import; runs in the worker."""
        return duties_workbook.import_duties(self.context.desk, path, **choices)

    def _export_name(self) -> str:
        return f"履职记录{self.year.value() or ''}.xlsx"

    def _export(self, uids: Sequence[str] | None) -> Callable[[Path], object]:
        desk, year = self.context.desk, self.year.value() if uids is not None else None
        return lambda path: duties_workbook.export_duties(desk, path, year=year, uids=uids)
