"""奖惩文书: what the year's grades call for, and the register of documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTabWidget, QVBoxLayout, QWidget

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.notices import DocumentKind, DocumentState
from daomao_desktop.errors import FieldProblem
from daomao_desktop.services import assessment, notices
from daomao_desktop.services.desk import Area, Changes
from daomao_desktop.services.notices import Candidate, NoticeRow
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.dialogs.base import confirm
from daomao_desktop.ui.dialogs.form_sheet import FormSheet
from daomao_desktop.ui.dialogs.preview import PreviewSheet
from daomao_desktop.ui.dialogs.wanted import Wanted, wanted_of
from daomao_desktop.ui.forms.base import Form
from daomao_desktop.ui.pages.base import Page
from daomao_desktop.ui.pages.table_page import TablePane
from daomao_desktop.ui.table_models.notices import candidate_columns, notice_columns
from daomao_desktop.ui.theme import px, set_role
from daomao_desktop.ui.widgets.buttons import allow, button
from daomao_desktop.ui.widgets.choices import ChoiceBox
from daomao_desktop.ui.widgets.fields import DateField, TextArea
from daomao_desktop.ui.widgets.parts import SearchBox


@dataclass(frozen=True, slots=True)
class _Reading:
    year: int
    years: tuple[int, ...]
    candidates: tuple[Candidate, ...]
    register: tuple[NoticeRow, ...]
    state: str


class NoticesPage(Page):
    """Choose, preview, sign off, print."""

    title = "奖惩文书"
    areas = frozenset({Area.NOTICES, Area.ASSESSMENT, Area.ROSTER})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.year = ChoiceBox()
        self.year.setAccessibleName("年度")
        last = context.desk.today().year - 1
        self.year.set_choices([(last, f"{last}年")])
        self.year.currentIndexChanged.connect(lambda _index: self.refresh())
        self.search = SearchBox("姓名 / 标题 / 文号")
        self.search.searched.connect(lambda _text: self._filter())
        self.all = button("全部预览", self._on_all, tip="该发而没有签发的，一次看完")
        self.open = button("预览", self.print_entry, role="primary", tip="预览、签发、打印（回车）")
        for widget in (self.search, self.year, self.all, self.open):
            self.header.add(widget)
        self.candidates: TablePane[Candidate] = TablePane(
            "candidates", candidate_columns(), context, unit="份"
        )
        self.register: TablePane[NoticeRow] = TablePane(
            "register", notice_columns(), context, unit="份"
        )
        for pane in (self.candidates, self.register):
            pane.all_wanted.connect(self._on_show_all)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self._candidates_tab(), "该发的文书")
        self.tabs.addTab(self._register_tab(), "发文登记簿")
        self.tabs.currentChanged.connect(lambda _index: self._on_tab())
        self.layout_.addWidget(self.tabs, 1)
        self._on_tab()

    def _candidates_tab(self) -> QWidget:
        self.candidates.table.opened.connect(lambda _row: self.print_entry())
        return _tab(self.candidates)

    def _register_tab(self) -> QWidget:
        self.register.table.opened.connect(lambda _row: self.print_entry())
        self.void = button("作废…", self._on_void, role="danger")
        self.delivered = button("登记送达、张贴…", self._on_delivered)
        self.drop = button("删除草稿", self._on_drop)
        self.numbers = button("起始号…", self._on_numbers)
        refusal = self.context.refusal(Permission.ISSUE)
        for widget in (self.void, self.drop):
            allow(widget, refusal)
        allow(self.delivered, self.context.refusal(Permission.RECORD))
        allow(
            self.numbers,
            self.context.refusal(Permission.ADMINISTER),
            "以前手工编过号的，从下一个号开始",
        )
        self.register.empty.tell(
            "还没有发过文", "在“该发的文书”里预览并签发后，会按文号登记在这里。"
        )
        return _tab(self.register, (self.delivered, self.void, self.drop, self.numbers))

    # Reading

    def refresh(self) -> None:
        desk, year = self.context.desk, self.year.value()

        def read() -> _Reading:
            return _Reading(
                year,
                assessment.years(desk),
                notices.notice_candidates(desk, year),
                notices.list_notices(desk),
                assessment.year_view(desk, year).state.value,
            )

        self.context.operations.query(read, self._on_read, owner=self)

    def _on_read(self, reading: _Reading) -> None:
        if reading.year != self.year.value():
            return  # another year was chosen meanwhile
        self.year.set_choices((year, f"{year}年") for year in reading.years)
        self.candidates.set_rows(reading.candidates, lambda row: (row.kind, row.person_uid))
        self.register.set_rows(reading.register, lambda row: row.uid)
        open_ = [c for c in reading.candidates if not _issued(c)]
        self.header.note.setText(
            f"{reading.year}年度考核：{reading.state}"
            + (f" · 待签发 {len(open_)} 份" if open_ else "")
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

    def _filter(self) -> None:
        text = self.search.text().strip()
        self.candidates.set_test(
            lambda row: text in f"{row.name}{row.paper}{row.village}{row.group}"
        )
        self.register.set_test(lambda row: text in f"{row.title}{row.number}{row.organ}")

    def _on_show_all(self) -> None:
        self.search.clear()
        self._filter()

    # Menus and links

    def show_place(self, place: Place) -> None:
        if place.year is not None:
            if self.year.findData(place.year) < 0:
                self.year.addItem(f"{place.year}年", place.year)
            self.year.set_value(place.year)
        self.tabs.setCurrentIndex(1 if place.tab == "register" else 0)
        self._shown.table.setFocus()

    def find_entry(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def print_entry(self) -> None:
        """Enter, Ctrl+P and 预览: the documents selected."""
        if self.tabs.currentIndex() == 0:
            chosen = self.candidates.selected()
            self._preview([self._wanted(c) for c in chosen if _possible(c)])
            stuck = next((c for c in chosen if not _possible(c)), None)
            if stuck is not None:
                self.banner.tell(stuck.problem or "", "banner-error")
            else:
                self.banner.tell("")
        else:
            self._preview([wanted_of(row) for row in self.register.selected()])

    def remember(self) -> None:
        self.candidates.table.remember()
        self.register.table.remember()

    @property
    def _shown(self) -> TablePane[Candidate] | TablePane[NoticeRow]:
        return self.candidates if self.tabs.currentIndex() == 0 else self.register

    def _on_tab(self) -> None:
        first = self.tabs.currentIndex() == 0
        self.year.setVisible(first)
        self.all.setVisible(first)

    # Steps

    def _wanted(self, row: Candidate) -> Wanted:
        uid = row.document.uid if row.document else None
        meeting = row.document.meeting if row.document else None
        return Wanted(
            row.kind,
            self.year.value(),
            row.person_uid,
            uid,
            _issued(row),
            row.name,
            meeting,
            row.needs_meeting,
            row.document.until if row.document else None,
            row.posted_on,
            row.paper,
            row.doubt or "",
        )

    def _on_all(self) -> None:
        rows = self.candidates.filter.shown()
        self._preview([self._wanted(c) for c in rows if _possible(c) and not _issued(c)])

    def _preview(self, wanted: Sequence[Wanted]) -> None:
        if wanted:
            PreviewSheet(self.context, wanted, parent=self.window()).open()

    def _row(self, state: DocumentState, otherwise: str) -> NoticeRow | None:
        row = self.register.current()
        if row is None or row.state is not state:
            self.banner.tell(otherwise)
            return None
        self.banner.tell("")
        return row

    def _on_void(self) -> None:
        row = self._row(DocumentState.ISSUED, "请先在登记簿里选中一份已签发的文书。")
        if row is None:
            return
        desk = self.context.desk
        form = ReasonForm("作废理由")
        form.load("")
        kept = "作废后文号保留，不再使用；" if row.number else "作废的仍留在登记簿里；"
        FormSheet(
            f"作废 {row.number or row.kind.value}",
            form,
            self.context.operations,
            lambda reason: notices.void_notice(desk, row.uid, reason),
            note=f"{row.title}\n{kept}需要时可以重新起草。",
            button="作废",
            parent=self.window(),
        ).open()

    def _on_delivered(self) -> None:
        row = self._row(DocumentState.ISSUED, "请先在登记簿里选中一份已签发的文书。")
        if row is None:
            return
        desk = self.context.desk
        posted = row.kind is DocumentKind.PUBLIC_NOTICE
        form = DeliveryForm(posted=posted)
        form.load(Delivery(row.delivered_on or desk.today(), row.receipt or ""))

        def keep(delivery: Delivery) -> Changes:
            assert delivery.on is not None  # the form asked for it
            return notices.record_delivery(desk, row.uid, delivery.on, delivery.receipt)

        FormSheet(
            "登记张贴" if posted else f"登记送达 {row.number or row.kind.value}",
            form,
            self.context.operations,
            keep,
            note=row.title,
            parent=self.window(),
        ).open()

    def _on_drop(self) -> None:
        row = self._row(DocumentState.DRAFT, "请先在登记簿里选中一份草稿；已签发的只能作废。")
        if row is None:
            return
        desk = self.context.desk
        confirm(
            self.window(),
            f"删除草稿“{row.title}”？草稿没有编号，需要时可以重新起草。",
            "删除草稿",
            lambda: self.context.operations.command(lambda: notices.discard_draft(desk, row.uid)),
            danger=True,
        )

    def _on_numbers(self) -> None:
        from daomao_desktop.ui.dialogs.starting_number import open_starting_number

        open_starting_number(self.context, self.window())


class ReasonForm(Form[str]):
    """A reason that has to be given."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.rows.add("reason", words, TextArea(3), required=True)
        self.watch()

    def draft(self) -> str:
        return self.text("reason")

    def fill(self, draft: str) -> None:
        self.put("reason", draft)

    def problems(self, draft: str) -> Sequence[FieldProblem]:
        return [] if draft else [FieldProblem("reason", f"请写明{self._words}。")]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the 送达回证 says; of a public notice, when it was posted and where."""

    on: date | None
    receipt: str


class DeliveryForm(Form[Delivery]):
    """Day and words of the receipt; ``posted``: of a public notice."""

    def __init__(self, parent: QWidget | None = None, *, posted: bool = False) -> None:
        super().__init__(parent)
        self._day = "张贴日期" if posted else "送达日期"
        self.rows.add("on", self._day, DateField(), required=True)
        if posted:
            hint = "例如：镇政府公示栏、联光村公示栏，见证人×××"
            self.rows.add("receipt", "张贴地点", QLineEdit(), hint)
        else:
            self.rows.add("receipt", "回证", QLineEdit(), "例如：本人签收；拒收，见证人×××")
        self.watch()

    def draft(self) -> Delivery:
        return Delivery(self.day("on"), self.text("receipt"))

    def fill(self, draft: Delivery) -> None:
        self.put("on", draft.on)
        self.put("receipt", draft.receipt)

    def problems(self, draft: Delivery) -> Sequence[FieldProblem]:
        return [] if draft.on else [FieldProblem("on", f"请填写{self._day}。")]


def _issued(row: Candidate) -> bool:
    return row.document is not None and row.document.state is DocumentState.ISSUED


def _possible(row: Candidate) -> bool:
    """Whether there is something to look at: signed off, ready, or lacking only a day."""
    return _issued(row) or not row.problem or row.needs_meeting


def _tab(content: QWidget, buttons: Sequence[QWidget] = ()) -> QWidget:
    holder = QWidget()
    set_role(holder, "plain")
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, px(8), 0, 0)
    layout.setSpacing(px(6))
    if buttons:
        row = QHBoxLayout()
        for one in buttons:
            row.addWidget(one)
        row.addStretch(1)
        layout.addLayout(row)
    layout.addWidget(content, 1)
    return holder
