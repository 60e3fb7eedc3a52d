"""首页: what is due now, each line a link, and this year's records by leader."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from daomao_desktop.domain.dates import chinese_date
from daomao_desktop.domain.scheme import Edition, Role
from daomao_desktop.services import assessment, overview
from daomao_desktop.services.desk import Area
from daomao_desktop.services.overview import Due, DueKind, LeaderCounts, Overview
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.pages.base import Page
from daomao_desktop.ui.pages.table_page import Filters, TablePane
from daomao_desktop.ui.table_models.base import Column, Tone
from daomao_desktop.ui.table_models.roster import place_key
from daomao_desktop.ui.theme import px, set_role
from daomao_desktop.ui.widgets.buttons import button
from daomao_desktop.ui.widgets.kept_card import KeptCard
from daomao_desktop.ui.widgets.parts import Card, label, rule, scrolling
from daomao_desktop.ui.widgets.row_menu import RowStep, only_one
from daomao_desktop.ui.working_year import YearBox

_SHORT = {
    Role.PUBLICITY: "宣传",
    Role.OPINION: "民意",
    Role.MEDIATION: "调解",
    Role.FUNDS: "三资",
    Role.CONVENER: "会议",
    Role.DEVELOPMENT: "发展",
}
_MARKS = {
    DueKind.RUNS: "✕",
    DueKind.REVIEW: "!",
    DueKind.VERIFY: "!",
    DueKind.TERMS: "!",
    DueKind.RECOVERY: "!",
}


class HomePage(Page):
    """The first page of the day."""

    title = "首页"
    areas = frozenset(Area)
    reads_year = True

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        today = context.desk.today()
        self.header.note.setText(chinese_date(today))
        row = QHBoxLayout()
        row.setSpacing(px(12))
        self.due_card = Card(heading="该办的事")
        inner = QWidget()
        self._lines = QVBoxLayout(inner)
        self._lines.setContentsMargins(0, 0, px(6), 0)
        self._lines.setSpacing(px(2))
        self._lines.addStretch(1)
        self.due_card.body.addWidget(scrolling(inner), 1)
        row.addWidget(self.due_card, 4)
        self.year = YearBox(context.working_year)
        self.header.add(self.year)
        self.count_card = Card(heading=f"{context.working_year.year}年履职次数")
        self.counts: TablePane[LeaderCounts] = TablePane(
            "home-counts",
            count_columns(town=context.desk.edition is Edition.TOWN),
            context,
            title="履职次数",
            key=lambda row: row.person_uid,
            unit="人",
        )
        self.counts.empty.tell("还没有小组长", "录入小组长和履职记录后，这里按人按职责统计。")
        year = context.working_year
        self.counts.filters = Filters(lambda: f"{year.year}年", lambda _row: None)
        self.counts.table.opened.connect(self._on_opened)
        self.counts.steps = lambda rows: (
            RowStep("打开", lambda: self._open(rows[0]), "回车", only_one(rows)),
        )
        self.count_card.body.addWidget(self.counts, 1)
        row.addWidget(self.count_card, 6)
        self.kept = KeptCard(context)
        self.layout_.addWidget(self.kept)
        self.layout_.addLayout(row, 1)
        self.links: list[QWidget] = []

    def refresh(self) -> None:
        desk, year = self.context.desk, self.context.working_year.year

        def read() -> tuple[Overview, tuple[int, ...]]:
            return overview.overview(desk, year), assessment.years(desk)

        self.context.operations.query(read, self._on_read, owner=self)

    def remember(self) -> None:
        self.counts.table.remember()

    def _on_read(self, reading: tuple[Overview, tuple[int, ...]]) -> None:
        found, years = reading
        if found.year != self.context.working_year.year:
            return  # another year was chosen meanwhile
        self.year.offer(years)
        while self._lines.count() > 1:
            item = self._lines.takeAt(0)
            if item is not None and (old := item.widget()) is not None:
                old.deleteLater()
        self.links = []
        for number, due in enumerate(found.due):
            if number:
                self._lines.insertWidget(self._lines.count() - 1, rule())
            self._lines.insertWidget(self._lines.count() - 1, self._line(due))
        if not found.due:
            self._lines.insertWidget(0, label("现在没有到期该办的事。", "muted"))
        self.due_card.heading.setText(f"该办的事（{len(found.due)}）" if found.due else "该办的事")
        self.context.show_names("".join(row.name for row in found.counts))
        self.count_card.heading.setText(f"{found.year}年履职次数")
        self.counts.set_rows(found.counts)

    def _line(self, due: Due) -> QWidget:
        line = QWidget()
        set_role(line, "plain")
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, px(4), 0, px(4))
        mark = _MARKS.get(due.kind, "›")
        sign = label(mark, "error" if mark == "✕" else "warn" if mark == "!" else "muted")
        sign.setFixedWidth(px(16))
        layout.addWidget(sign)
        words = label(due.sentence, wrap=True)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        layout.addWidget(words, 1)
        link = button("去办 ›", partial(self.context.go, place_of(due)), role="link")
        link.setAccessibleName(f"去办：{due.sentence}")
        layout.addWidget(link)
        self.links.append(link)
        return line

    def _on_opened(self, row: int) -> None:
        self._open(self.counts.filter.row(row))

    def _open(self, row: LeaderCounts) -> None:
        self.context.go(Place("roster", uid=row.person_uid))


def place_of(due: Due) -> Place:
    """Where a line leads."""
    if due.kind in (DueKind.YEAR_STEP, DueKind.PROPOSALS):
        return Place("assessment", year=due.year)
    if due.kind in (DueKind.RUNS, DueKind.REVIEW):
        return Place("assessment", year=due.year, tab="details")
    if due.kind is DueKind.NOTICES:
        return Place("notices", year=due.year)
    if due.kind is DueKind.DRAFTS:
        return Place("notices", tab="register")
    if due.kind is DueKind.RECOVERY:
        return Place("system", tab="recovery")
    if due.kind is DueKind.RECORDS:
        role = due.role.value if due.role else None
        return Place("duties", tab="duties", filter=role, year=due.year)
    wanted = {DueKind.VERIFY: "待核实", DueKind.TERMS: "一年内届满"}.get(due.kind)
    return Place("roster", filter=wanted)


def count_columns(*, town: bool) -> tuple[Column[LeaderCounts], ...]:
    """Six counts a leader; a nought stands out."""
    village: list[Column[LeaderCounts]] = [Column("村", lambda r: r.village)] if town else []
    return (
        *village,
        Column("村民小组", lambda r: r.group, lambda r: place_key("", r.group_number, r.group)),
        Column("姓名", lambda r: r.name, lambda r: (r.pinyin, r.name)),
        *(_count_column(place, role) for place, role in enumerate(Role)),
        Column("合计", lambda r: str(sum(r.counts)), lambda r: sum(r.counts), right=True),
    )


def _count_column(place: int, role: Role) -> Column[LeaderCounts]:
    return Column(
        _SHORT[role],
        lambda r: str(r.counts[place]),
        lambda r: r.counts[place],
        right=True,
        tone=lambda r: None if r.counts[place] else Tone.WARN,
        tip=lambda r: f"{role.value}：{r.counts[place]} 条",
    )
