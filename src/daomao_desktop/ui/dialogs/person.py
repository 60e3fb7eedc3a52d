"""A person's page: data, appointments, timeline of everything recorded, grades by year."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QGridLayout, QTabWidget, QWidget

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.services import roster
from daomao_desktop.services.roster import (
    AppointmentRow,
    GradeRow,
    JoinedRow,
    LeaderPage,
    TimelineRow,
)
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.base import Sheet, confirm
from daomao_desktop.ui.pages.table_page import TablePane
from daomao_desktop.ui.table_models.assessment import grade_tone
from daomao_desktop.ui.table_models.base import Column
from daomao_desktop.ui.table_models.roster import day_text
from daomao_desktop.ui.theme import px
from daomao_desktop.ui.widgets.buttons import allow, button
from daomao_desktop.ui.widgets.parts import label

_TIMELINE: tuple[Column[TimelineRow], ...] = (
    Column("日期", lambda r: day_text(r.on), lambda r: r.on),
    Column("类别", lambda r: r.kind),
    Column("内容", lambda r: r.text),
)
_POSTS: tuple[Column[AppointmentRow], ...] = (
    Column("村", lambda r: r.village),
    Column("村民小组", lambda r: r.group),
    Column("任职", lambda r: str(r.started or ""), lambda r: r.started.iso if r.started else None),
    Column("到", lambda r: day_text(r.ended) or "现任", lambda r: r.ended),
    Column("原因", lambda r: r.end_reason.value if r.end_reason else ""),
    Column("产生方式", lambda r: r.how_chosen.value if r.how_chosen else ""),
    Column("推选会议", lambda r: day_text(r.meeting_on), lambda r: r.meeting_on),
    Column("支部研究", lambda r: day_text(r.branch_decided_on), lambda r: r.branch_decided_on),
)
_GRADES: tuple[Column[GradeRow], ...] = (
    Column("年度", lambda r: str(r.year), lambda r: r.year),
    Column("等次", lambda r: r.grade.value, tone=lambda r: grade_tone(r.grade)),
    Column("村", lambda r: r.village),
    Column("村民小组", lambda r: r.group),
    Column("年度状态", lambda r: r.state.value, lambda r: r.state.order),
    Column("来源", lambda r: r.source or ""),
)


class PersonSheet(Sheet):
    """Reads the page in the worker; joined records can be separated here."""

    def __init__(self, context: Context, person_uid: str, parent: QWidget | None = None) -> None:
        super().__init__("档案与经历", parent, width=860)
        self._context = context
        self._person = person_uid
        self._data = QGridLayout()
        self._data.setHorizontalSpacing(px(16))
        holder = QWidget()
        holder.setLayout(self._data)
        self.body.addWidget(holder)
        self.tabs = QTabWidget()
        self.timeline: TablePane[TimelineRow] = TablePane("timeline", _TIMELINE, context)
        self.posts: TablePane[AppointmentRow] = TablePane("posts", _POSTS, context, unit="段")
        self.grades: TablePane[GradeRow] = TablePane("grades", _GRADES, context, unit="年")
        self.timeline.empty.tell("还没有记录", "履职、底线和文书登记后，会按日期排在这里。")
        self.posts.empty.tell("没有任职", "")
        self.grades.empty.tell("还没有考核", "年度考核定了等次，会列在这里。")
        for pane, title in (
            (self.timeline, "大事记"),
            (self.posts, "任职"),
            (self.grades, "历年等次"),
        ):
            pane.setMinimumHeight(px(270))
            self.tabs.addTab(pane, title)
        self.body.addWidget(self.tabs)
        self._joined = QWidget()
        self._joined_layout = QGridLayout(self._joined)
        self.body.addWidget(self._joined)
        self.add_button("关闭", self.close, default=True)
        self._refresh()

    def _refresh(self) -> None:
        desk, person = self._context.desk, self._person
        self._context.operations.query(
            lambda: roster.leader_page(desk, person), self._on_read, self.refuse, owner=self
        )

    def _on_read(self, page: LeaderPage) -> None:
        person = page.leader
        self.heading.setText(f"{person.name}　{person.village}{person.group}")
        while self._data.count():
            item = self._data.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.deleteLater()
        facts = (
            ("性别", person.sex.value if person.sex else "—"),
            ("民族", person.ethnicity or "—"),
            ("出生", f"{person.birth or '—'}" + (f"（{person.age}岁）" if person.age else "")),
            ("政治面貌", person.political_status.value if person.political_status else "—"),
            ("文化程度", person.education or "—"),
            ("身份证号", person.id_number or "—"),
            ("电话", person.phone or "—"),
            ("住址", page.address or "—"),
            ("月补贴", f"{person.monthly} 元" if person.monthly else "—"),
        )
        for number, (name, value) in enumerate(facts):
            row, column = divmod(number, 3)
            self._data.addWidget(label(name, "muted"), row, column * 2)
            self._data.addWidget(label(value), row, column * 2 + 1)
        for column in (1, 3, 5):
            self._data.setColumnStretch(column, 1)
        self.banner.tell("待核实：" + "；".join(person.to_verify) if person.to_verify else "")
        self.timeline.set_rows(page.timeline)
        self.posts.set_rows(page.appointments)
        self.grades.set_rows(page.grades)
        while self._joined_layout.count():
            item = self._joined_layout.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.deleteLater()
        for number, joined in enumerate(page.joined):
            words = label(f"已合并：{joined.name}（{joined.posts}）")
            apart = button("分开", partial(self._on_separate, joined), role="link")
            allow(apart, self._context.refusal(Permission.RECORD))
            self._joined_layout.addWidget(words, number, 0)
            self._joined_layout.addWidget(apart, number, 1)
        self._joined.setVisible(bool(page.joined))
        self.fit()

    def _on_separate(self, joined: JoinedRow) -> None:
        desk = self._context.desk
        confirm(
            self,
            f"把{joined.name}（{joined.posts}）重新分成单独的一个人？",
            "分开",
            lambda: self._context.operations.command(
                lambda: roster.separate_person(desk, joined.uid),
                lambda _changes: self._refresh(),
                self.refuse,
                owner=self,
            ),
        )
