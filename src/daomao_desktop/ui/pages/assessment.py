"""年度考核: the year as a row of steps, the table of leaders, grades beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QWidget

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.assessment import cap_count
from daomao_desktop.domain.notices import DocumentKind
from daomao_desktop.domain.roster import matches
from daomao_desktop.domain.scheme import Edition, Grade, YearState
from daomao_desktop.services import assessment
from daomao_desktop.services.assessment import AssessmentRow, YearView
from daomao_desktop.services.desk import Area
from daomao_desktop.services.unsaved import Slot
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.dialogs.table_preview import open_form, open_kind
from daomao_desktop.ui.pages import assessment_steps as steps
from daomao_desktop.ui.pages.base import UNDONE_BELOW, Page
from daomao_desktop.ui.pages.grade_panel import GradePanel, Stage
from daomao_desktop.ui.pages.table_page import Filters, TablePane
from daomao_desktop.ui.table_models.assessment import assessment_columns
from daomao_desktop.ui.theme import px
from daomao_desktop.ui.widgets.buttons import allow, button, menu_button
from daomao_desktop.ui.widgets.mouse import once_released
from daomao_desktop.ui.widgets.parts import SearchBox
from daomao_desktop.ui.widgets.year_steps import CapBar, YearSteps
from daomao_desktop.ui.working_year import YearBox


@dataclass(frozen=True, slots=True)
class _Reading:
    year: int
    years: tuple[int, ...]
    view: YearView
    rows: tuple[AssessmentRow, ...]


class AssessmentPage(Page):
    """One year at a time."""

    title = "年度考核"
    areas = frozenset({Area.ASSESSMENT, Area.ROSTER, Area.DUTIES, Area.CONDUCT})
    reads_year = True

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._town = context.desk.edition is Edition.TOWN
        self.view: YearView | None = None
        self._wanted: str | None = None
        self._build_header()
        self.year_steps = YearSteps()
        self.layout_.addWidget(self.year_steps)
        self._build_bar()
        self.pane: TablePane[AssessmentRow] = TablePane(
            "assessments",
            assessment_columns(town=self._town),
            context,
            title="年度考核名单",
            key=lambda row: row.person_uid,
            unit="人",
        )
        self.pane.empty.tell(
            "这一年没有人参加考核",
            "先在“小组长”里录入任职时间；当年在任的人会自动列在这里。",
            ("去小组长", lambda: context.go(Place("roster"))),
        )
        self.panel = GradePanel(context)
        self.panel.hide()
        self.panel.behind = self.pane.table
        self.panel.pending_changed.connect(self._show_cap)
        self.panel.sheet_wanted.connect(self._on_sheet)
        self.panel.correction_wanted.connect(self._on_correct)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(self.pane, 1)
        row.addWidget(self.panel)
        self.layout_.addLayout(row, 1)
        self.pane.table.selectionModel().selectionChanged.connect(
            lambda _now, _before: self._on_selected()
        )
        self.pane.chosen.connect(self._on_chosen)
        self.pane.table.opened.connect(lambda _row: self._on_opened())
        self.pane.all_wanted.connect(self._on_all)
        self.pane.steps = lambda rows: steps.row_steps(self, self.context, self.view, rows)
        self.pane.filters = Filters(self._words, lambda _row: self._on_all())

    def _build_header(self) -> None:
        self.search = SearchBox("姓名 / 拼音 / 组")
        self.search.searched.connect(self._on_search)
        self.year = YearBox(self.context.working_year, "{}年度", guard=self.guard)
        self.excel = steps.excel_menu(self, self.context, lambda: self.pane)
        self.papers = menu_button(
            "表册",
            [
                ("登记表（选中的人）", self._on_form),
                ("全部登记表", lambda: self._open_tables(DocumentKind.REGISTRATION)),
                ("考核结果汇总表", lambda: self._open_tables(DocumentKind.SUMMARY)),
            ],
        )
        self.paper = button("据镇文件录入…", self._on_paper)
        self.back = button("退回村评…", self._on_back)
        self.next = button("下一步", self._on_next, role="primary")
        # Never both of them; shown before the year is read they would make 大字's window too wide.
        self.paper.hide()
        self.back.hide()
        for widget in (
            self.search,
            self.year,
            self.excel.button,
            self.papers,
            self.paper,
            self.back,
            self.next,
        ):
            self.header.add(widget)

    def _build_bar(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(px(10))
        self.cap = CapBar(self.context.appearance)
        row.addWidget(self.cap, 1)
        self.counts = button("", self._on_details, role="link", tip="缺项、连续两年、扣减金额")
        row.addWidget(self.counts, 0)
        self.layout_.addLayout(row)

    @property
    def _year(self) -> int:
        return self.context.working_year.year

    # Reading

    def refresh(self) -> None:
        desk, year = self.context.desk, self._year

        def read() -> _Reading:
            return _Reading(
                year,
                assessment.years(desk),
                assessment.year_view(desk, year),
                assessment.list_assessments(desk, year),
            )

        self.context.operations.query(read, self._on_read, owner=self)

    def _on_read(self, reading: _Reading) -> None:
        if reading.year != self._year:
            return  # another year was chosen meanwhile
        self.year.offer(reading.years)
        self.view = reading.view
        self._show_view(reading.view, reading.rows)
        self.pane.set_rows(reading.rows)
        self.panel.set_stage(self._stage(reading.view), reading.year, reading.rows)
        self._show_cap()
        if self._wanted is not None:
            self.pane.show_key(self._wanted)
            self._wanted = None
        self._on_selected()

    def _stage(self, view: YearView) -> Stage:
        if view.history:
            return Stage.CLOSED
        if view.state.order >= YearState.IN_FORCE.order:
            return Stage.CORRECTING
        if view.state is YearState.VILLAGE:
            return Stage.PROPOSING
        if self._town and view.state in assessment.DECIDING:
            return Stage.DECIDING
        return Stage.SCORING if view.state is YearState.PREPARING else Stage.CLOSED

    def _show_view(self, view: YearView, rows: Sequence[AssessmentRow]) -> None:
        days = {step.state: step.on for step in view.steps}
        self.year_steps.setVisible(not view.history)
        self.year_steps.show_year(view.state, days)
        self.header.note.setText("补录的历史年度" if view.history else "")
        words = [f"{g.value} {n}" for g, n in view.grades.items() if n]
        if not words:  # not decided yet: what is proposed
            proposed = Counter(row.proposal for row in rows)
            words = [f"建议{g.value} {proposed[g]}" for g in Grade if proposed[g]]
        if view.missing:
            words.append(f"缺 {len(view.missing)} 项")
        if view.runs:
            words.append(f"连续两年不称职 {len(view.runs)} 人")
        if view.deductions:
            words.append(f"扣减补贴 {len(view.deductions)} 人")
        self.counts.setText("　".join(words) or f"{len(rows)} 人待定等次")
        self._show_next(view)
        self._show_banner(view)

    def _show_next(self, view: YearView) -> None:
        to = view.next_state
        self.next.setVisible(to is not None)
        if to is not None:
            self.next.setText(f"进入{to.value}…" if to.order < 6 else f"{to.value}…")
            needed = Permission.PROPOSE
            if to.order > YearState.REPORTED.order:
                needed = Permission.DECIDE if self._town else Permission.RECORD
            allow(self.next, self.context.refusal(needed), f"下一步：{to.value}")
        self.back.setVisible(view.may_return)
        allow(self.back, self.context.refusal(Permission.DECIDE), "请村里重新评定，镇里再审")
        entering = not self._town and not view.history and view.state in assessment.ENTERING
        self.paper.setVisible(entering)
        allow(self.paper, self.context.refusal(Permission.RECORD), "按镇文件登记确定的等次")

    def _show_banner(self, view: YearView) -> None:
        notice = view.notice
        today = self.context.desk.today()
        if view.warning:
            self.banner.tell(view.warning)
        elif notice is not None and view.state is YearState.PUBLIC_NOTICE:
            left = (notice.in_force_from - today).days
            words = f"公示 {notice.posted:%m月%d日} 至 {notice.last_day:%m月%d日}，"
            words += (
                f"还有 {left} 天，{notice.in_force_from:%m月%d日}起可以生效。"
                if left > 0
                else "已经期满，可以生效。"
            )
            if notice.guessed:
                words += "这段时间的节假日安排还不知道，按周一至周五计算，请核对。"
            self.banner.tell(words, "banner" if left > 0 else "banner-good")
        elif view.review:
            self.banner.tell(f"不称职年度之间有间断，请人工核对：{'、'.join(view.review)}")
        else:
            self.banner.tell("")

    def _show_cap(self) -> None:
        """The bar: the rows as saved, and what is chosen in the panel; called at every change."""
        view = self.view
        if view is None:
            return
        proposing, pending = view.state is YearState.VILLAGE, self.panel.pending
        grades = []
        for row in self.pane.model.rows:
            grade = row.proposal if proposing else row.decision
            grade = pending.get(row.person_uid, grade)
            if grade is not None or row.gradable:
                grades.append(grade)
        count = cap_count(
            grades, settled=view.history or view.state.order >= YearState.DECIDED.order
        )
        self.cap.show_counts(
            count.excellent,
            count.cap if view.whole_town else None,
            count.assessed,
            "建议优秀" if proposing else "优秀",
        )

    # Menus and links

    def show_place(self, place: Place) -> None:
        self._wanted = place.uid
        if place.uid is not None:
            self.pane.show_key(place.uid)
        if place.tab == "details":
            self._on_details()

    def show_again(self, uids: Collection[str]) -> None:
        if not self.panel.dirty:
            super().show_again(uids)
        elif any(row.person_uid in uids for row in self.pane.selected()):
            self.panel.banner.tell(UNDONE_BELOW)

    def open_form(self, slot: Slot) -> bool:
        view = self.view
        if view is None or view.year != slot.year:
            return False
        self._on_all()
        if slot.form in ("proposal", "decision"):
            return self.panel.offers(slot.form) and self._select_people(slot.uid.split(","))
        step = self._step_of(slot, view)
        if step is not None:
            step()
        return step is not None

    def _step_of(self, slot: Slot, view: YearView) -> Callable[[], object] | None:
        """What opens that sheet, where the year still allows it."""
        if slot.form == "step":
            return self._on_next if view.next_state and view.next_state.name == slot.uid else None
        if slot.form == "back":
            return self._on_back if view.may_return else None
        if slot.form == "paper":
            return None if self.paper.isHidden() else self._on_paper
        row = next((r for r in self.pane.model.rows if r.person_uid == slot.uid), None)
        if row is None:
            return None
        if slot.form == "correction":
            return lambda: self._on_correct(row)
        return lambda: self._on_sheet(row.person_uid)

    def save_refusal(self) -> str:
        return self.panel.save_refusal()

    def save_entry(self) -> None:
        self.panel.save_entry()

    def unsaved(self) -> str:
        return self.panel.unsaved()

    def save_then(self, then: Callable[[], object]) -> None:
        self.panel.save_then(then)

    def discard(self) -> None:
        self.panel.discard()

    def remember(self) -> None:
        self.pane.table.remember()

    def _on_search(self, text: str) -> None:
        self.pane.set_test(
            lambda row: matches(text, row.name, row.pinyin, row.initials, row.group, row.village)
        )

    def _words(self) -> str:
        """What narrows the table, as a sentence names it."""
        query = self.search.text().strip()
        return f"{self._year}年度" + (f"、查找“{query}”" if query else "")

    def _on_all(self) -> None:
        self.search.clear()
        self._on_search("")

    def _on_chosen(self, _row: AssessmentRow) -> None:
        if self.panel.dirty:
            once_released(self, self._ask_to_leave)

    def _ask_to_leave(self) -> None:
        """Other rows while grades are unsaved: the old ones stay until that is settled."""
        wanted = frozenset(row.person_uid for row in self.pane.selected())
        if wanted != self.panel.people and self.panel.dirty:
            self._select_people(self.panel.people)
            self.guard(lambda: self._select_people(wanted))

    def _select_people(self, people: Collection[str]) -> bool:
        return self.pane.select_all(lambda row: row.person_uid in people)

    def _on_selected(self) -> None:
        self.panel.show_rows(self.pane.selected())

    def _on_opened(self) -> None:
        row = self.pane.current()
        if row is not None:
            self._on_sheet(row.person_uid)

    # Steps

    def _on_next(self) -> None:
        view = self.view
        if view is not None:
            self.guard(lambda: steps.advance(self, self.context, view))

    def _on_back(self) -> None:
        view = self.view
        if view is not None:
            self.guard(lambda: steps.send_back(self, self.context, view))

    def _on_paper(self) -> None:
        steps.enter_paper(self, self.context, self._year, self.pane.model.rows)

    def _on_details(self) -> None:
        if self.view is not None:
            steps.details(self, self.context, self.view)

    def _on_sheet(self, person_uid: str) -> None:
        if self.view is not None and not self.view.history:
            self.guard(lambda: steps.score(self, self.context, self._year, person_uid))

    def _on_form(self) -> None:
        row = self.pane.current()
        if row is None:
            self._tell_tables("请先选一位小组长，再看他的登记表。")
            return
        open_form(self.context, self._year, row.person_uid, self.window(), self._tell_tables)

    def _open_tables(self, kind: DocumentKind) -> None:
        open_kind(self.context, self._year, kind, self.window(), self._tell_tables)

    def _tell_tables(self, sentence: str) -> None:
        """Why there is no table; without a reason the year's own banner stays."""
        self.banner.tell_of_step(sentence)

    def _on_correct(self, row: AssessmentRow) -> None:
        steps.correct(self, self.context, self._year, row)
