"""奖惩文书: what the year's grades call for, the register of documents, the year's tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QTabWidget, QWidget

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.roster import matches
from daomao_desktop.services import assessment, notices
from daomao_desktop.services.desk import Area
from daomao_desktop.services.notices import Candidate, NoticeRow
from daomao_desktop.services.unsaved import Slot
from daomao_desktop.services.year_tables import TablePaper
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.dialogs.freeform import LIKE, FreeformSheet
from daomao_desktop.ui.dialogs.preview import PreviewSheet
from daomao_desktop.ui.dialogs.wanted import Days, Wanted, days_of
from daomao_desktop.ui.pages.base import Page
from daomao_desktop.ui.pages.notices_register import RegisterTab
from daomao_desktop.ui.pages.notices_tables import Forms, TablesTab, read_forms
from daomao_desktop.ui.pages.table_page import Filters, Tab, TablePane
from daomao_desktop.ui.preparing import Preparing
from daomao_desktop.ui.table_models.notices import candidate_columns
from daomao_desktop.ui.widgets.buttons import allow, button
from daomao_desktop.ui.widgets.parts import SearchBox
from daomao_desktop.ui.widgets.row_menu import RowStep
from daomao_desktop.ui.working_year import YearBox


@dataclass(frozen=True, slots=True)
class _Reading:
    year: int
    years: tuple[int, ...]
    candidates: tuple[Candidate, ...]
    register: tuple[NoticeRow, ...]
    forms: Forms
    state: str


class NoticesPage(Page):
    """Choose, preview, sign off, print."""

    title = "奖惩文书"
    areas = frozenset({Area.NOTICES, Area.ASSESSMENT, Area.ROSTER})
    reads_year = True

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.year = YearBox(context.working_year)
        self.search = SearchBox("姓名 / 拼音 / 标题 / 文号")
        self.search.searched.connect(lambda _text: self._filter())
        self.all = button("全部预览", self._on_all, tip="该发而没有签发的，一次看完")
        self.open = button("预览", self.preview, role="primary")
        self.write = button("自拟公文…", self.new_entry, tip="会议通知、请示、函，自己写（Ctrl+N）")
        allow(self.write, context.refusal(Permission.ISSUE), self.write.toolTip())
        for widget in (self.search, self.year, self.write, self.all, self.open):
            self.header.add(widget)
        self.candidates: TablePane[Candidate] = TablePane(
            "candidates",
            candidate_columns(),
            context,
            title="该发的文书",
            key=lambda row: (row.kind, row.person_uid),
            unit="份",
        )
        self.candidates.table.opened.connect(lambda _row: self.preview())
        self.candidates.steps = lambda rows: (
            RowStep("预览…", self.preview, "回车", "" if rows else "请先选文书。"),
        )
        called = Tab()
        called.fill(self.candidates)
        self.issued = RegisterTab(context, self.banner.tell_of_step)
        self.tables = TablesTab(context, self.banner.tell_of_step)
        self.register = self.issued.pane
        for pane in (self.candidates, self.register, self.tables.pane):
            pane.all_wanted.connect(self._on_show_all)
            pane.renewed.connect(lambda _read: self._allow_preview())
            pane.filters = Filters(self._words, lambda _row: self._on_show_all())
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(called, "该发的文书")
        self.tabs.addTab(self.issued, "发文登记簿")
        self.tabs.addTab(self.tables, "表册")
        self.tabs.currentChanged.connect(lambda _index: self._on_tab())
        self.layout_.addWidget(self.tabs, 1)
        self._on_tab()
        self._preparing = Preparing(context, self)

    # Reading

    def enter(self, place: Place | None = None) -> None:
        super().enter(place)
        self._preparing.resume()

    def refresh(self) -> None:
        desk, year = self.context.desk, self.context.working_year.year

        def read() -> _Reading:
            return _Reading(
                year,
                assessment.years(desk),
                notices.notice_candidates(desk, year),
                notices.list_notices(desk),
                read_forms(desk, year),
                assessment.year_view(desk, year).state.value,
            )

        self.context.operations.query(read, self._on_read, owner=self)

    def _on_read(self, reading: _Reading) -> None:
        if reading.year != self.context.working_year.year:
            return  # another year was chosen meanwhile
        self.year.offer(reading.years)
        self.candidates.set_rows(reading.candidates)
        self.register.set_rows(reading.register)
        numbered = {row.dated.year for row in reading.register}
        self.tables.show_forms(reading.year, reading.forms, numbered)
        open_ = [c for c in reading.candidates if not c.issued]
        self.header.note.setText(
            f"{reading.year}年度考核：{reading.state}"
            + (f" · {told}" if (told := notices.waiting(reading.candidates)) else "")
        )
        self.all.setEnabled(any(_possible(c) for c in open_))
        self.candidates.empty.tell(
            f"{reading.year}年没有要发的文书",
            f"{reading.year}年度考核现在是“{reading.state}”。等次生效以后，通报批评和补贴"
            "扣减通知列在这里；镇里的公示从镇定起、表彰和荣誉证书从生效起列在这里。",
            ("去年度考核", lambda: self.context.go(Place("assessment", year=reading.year))),
        )
        self._filter()
        if self.candidates.table.current_row() < 0 and self.candidates.filter.rowCount():
            self.candidates.table.selectRow(0)
        self._preparing.go_on()

    def _filter(self) -> None:
        text = self.search.text().strip()
        self.candidates.set_test(
            lambda row: matches(
                text, row.name, row.pinyin, row.initials, row.group, row.village, row.paper
            )
        )
        self.register.set_test(
            lambda row: matches(
                text, row.name, row.pinyin, row.initials, "", row.title, row.number, row.organ
            )
        )
        self.tables.pane.set_test(
            lambda row: matches(text, row.name, row.pinyin, row.initials, row.group, row.village)
        )

    def _words(self) -> str:
        """What narrows the table in front, as a sentence names it."""
        query = self.search.text().strip()
        year = "" if self._shown is self.register else f"{self.context.working_year.year}年度"
        return "、".join(filter(None, (year, f"查找“{query}”" if query else "")))

    def _on_show_all(self) -> None:
        self.search.clear()
        self._filter()

    # Menus and links

    def show_place(self, place: Place) -> None:
        self.tabs.setCurrentIndex({"register": 1, "tables": 2}.get(place.tab or "", 0))
        self._shown.table.setFocus()

    def new_entry(self) -> None:
        """Ctrl+N: a paper the office writes itself."""
        if self.write.isEnabled():
            FreeformSheet(self.context, parent=self.window()).open()

    def new_refusal(self) -> str:
        return "" if self.write.isEnabled() else self.write.toolTip()

    def open_form(self, slot: Slot) -> bool:
        self.tabs.setCurrentWidget(self.issued)
        self._on_show_all()
        if slot.form != "freeform":
            return self.issued.open_form(slot)
        like = slot.uid.startswith(LIKE)
        uid = slot.uid.removeprefix(LIKE) or None
        FreeformSheet(self.context, uid, copy=like, parent=self.window()).open()
        return True

    def print_entry(self) -> None:
        """Ctrl+P: the papers selected; where none is, the list."""
        if self._shown.selected():
            self.preview()
        else:
            super().print_entry()

    def preview(self) -> None:
        """Enter and 预览: the documents selected."""
        tab = self.tabs.currentWidget()
        if isinstance(tab, RegisterTab | TablesTab):
            tab.preview()
        else:
            chosen = self.candidates.selected()
            if not chosen:
                self.banner.tell_of_step("请先选文书：按住 Ctrl 或 Shift 可以选几份。")
                return
            self._preview([self._wanted(c) for c in chosen if _possible(c)])
            stuck = next((c for c in chosen if not _possible(c)), None)
            self.banner.tell_of_step((stuck.problem or "") if stuck is not None else "")

    def remember(self) -> None:
        self.candidates.table.remember()
        self.register.table.remember()
        self.tables.pane.table.remember()

    @property
    def _shown(self) -> TablePane[Candidate] | TablePane[NoticeRow] | TablePane[TablePaper]:
        return (self.candidates, self.register, self.tables.pane)[self.tabs.currentIndex()]

    def _on_tab(self) -> None:
        tab = self.tabs.currentIndex()
        self.year.setVisible(tab != 1)  # the register is of all years
        self.all.setVisible(tab == 0)
        self._allow_preview()

    def _allow_preview(self) -> None:
        refusal = "" if self._shown.shown_count else "下面没有可以预览的文书。"
        allow(self.open, refusal, "预览、签发、打印（回车）")

    # Steps

    def _wanted(self, row: Candidate) -> Wanted:
        document = row.document
        return Wanted(
            row.kind,
            self.context.working_year.year,
            row.person_uid,
            document.uid if document else None,
            row.issued,
            row.name,
            days_of(document) if document else Days(),
            row.needs_meeting,
            row.posted_on,
            row.paper,
            row.doubt or "",
        )

    def _on_all(self) -> None:
        self._filter()  # the search waits a moment after the last key
        rows = self.candidates.filter.shown()
        self._preview([self._wanted(c) for c in rows if _possible(c) and not c.issued])

    def _preview(self, wanted: Sequence[Wanted]) -> None:
        if wanted:
            PreviewSheet(self.context, wanted, parent=self.window()).open()


def _possible(row: Candidate) -> bool:
    """Whether there is something to look at: signed off, ready, or lacking only a day."""
    return row.issued or not row.problem or row.needs_meeting
