"""The form of the scoring sheet: points on the left, evidence and the year's records beside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from daomao_desktop.domain.scoring import Component
from daomao_desktop.errors import FieldProblem
from daomao_desktop.services.assessment import EvidenceDraft, SheetDraft
from daomao_desktop.ui.forms.base import Form
from daomao_desktop.ui.theme import px, set_role
from daomao_desktop.ui.widgets.buttons import allow, button
from daomao_desktop.ui.widgets.choices import ChoiceBox
from daomao_desktop.ui.widgets.fields import PointsField
from daomao_desktop.ui.widgets.parts import label

RATE = "satisfaction_rate"


class EvidenceList(QWidget):
    """Lines of evidence, and the line being typed; ``changed`` fires with either."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "plain")
        self._lines: list[EvidenceDraft] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, px(8), 0, 0)
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setAccessibleName("依据")
        layout.addWidget(self.list, 1)
        grid = QGridLayout()
        self.component = ChoiceBox()
        self.component.setAccessibleName("依据属于哪一项")
        self.component.set_choices([(c, c.label) for c in Component])
        self.words = QLineEdit()
        self.words.setPlaceholderText("依据：时间、事情、数字")
        self.words.setAccessibleName("依据")
        self.words.returnPressed.connect(self.add_typed)
        self.words.textChanged.connect(self.changed)
        self.add = button("添加", self.add_typed)
        self.drop = button("删除选中", self._on_drop)
        grid.addWidget(self.component, 0, 0)
        grid.addWidget(self.add, 0, 1)
        grid.addWidget(self.drop, 0, 2)
        grid.addWidget(self.words, 1, 0, 1, 3)
        layout.addLayout(grid)

    def lines(self) -> tuple[EvidenceDraft, ...]:
        """All of them; the one being typed counts, so that 保存 leaves none behind."""
        text = self.words.text().strip()
        typed = [EvidenceDraft(self.component.value(), text)] if text else []
        return (*self._lines, *typed)

    def set_lines(self, lines: Sequence[EvidenceDraft]) -> None:
        self._lines = list(lines)
        self.list.clear()
        for line in lines:
            self.list.addItem(f"【{line.component.label}】{line.text}")
        self.changed.emit()

    def append(self, line: EvidenceDraft) -> bool:
        """One line more; False where the same record is among them already."""
        if line.record_uid and any(one.record_uid == line.record_uid for one in self._lines):
            return False
        self.set_lines([*self._lines, line])
        return True

    def add_typed(self) -> None:
        """The line typed joins the others."""
        text = self.words.text().strip()
        if text and self.add.isEnabled():
            self.append(EvidenceDraft(self.component.value(), text))
            self.words.clear()
        else:
            self.words.setFocus()  # that is where it is written

    def raw(self) -> list[Any]:
        """The lines and the one being typed, word for word."""
        lines = [[e.component.name, e.text, e.record_kind, e.record_uid] for e in self._lines]
        typed = self.words.text()
        return [lines, [self.component.value().name, typed] if typed else None]

    def set_raw(self, value: Any) -> None:
        lines, typed = value
        self.set_lines([EvidenceDraft(Component[name], *rest) for name, *rest in lines])
        if typed:
            self.component.set_value(Component[typed[0]])
        self.words.setText(typed[1] if typed else "")

    def _on_drop(self) -> None:
        row = self.list.currentRow()
        if row >= 0:
            self.set_lines([*self._lines[:row], *self._lines[row + 1 :]])
        else:
            self.list.setFocus()


class ScoreForm(Form[SheetDraft]):
    """Points of every component, the rate of satisfaction, and the evidence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, hints_beside=True)
        self.fields: dict[Component, PointsField] = {}
        for component in Component:
            field = self.fields[component] = PointsField()
            field.setFixedWidth(px(110))
            self.rows.add(component.value, component.label, field)
        self.rate = PointsField()
        self.rate.setFixedWidth(px(110))
        self.rows.add(RATE, "满意率（%）", self.rate, "群众测评的满意率，例如 84.62")
        self.evidence = EvidenceList()
        self.evidence.changed.connect(self._count)
        self.add_aside("evidence", self.evidence)
        self._lay_out()
        self.watch()

    def _lay_out(self) -> None:
        self.tabs = QTabWidget()
        self.tabs.setMinimumHeight(px(330))
        self.tabs.addTab(self.evidence, "依据")
        self.records = QListWidget()
        self.records.setWordWrap(True)
        self.records.setAccessibleName("本年记录")
        holder = QWidget()
        set_role(holder, "plain")
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, px(8), 0, 0)
        box.addWidget(label("双击或按回车，把一条记录列为依据。", "hint", wrap=True))
        box.addWidget(self.records, 1)
        self.tabs.addTab(holder, "本年记录")
        columns = QHBoxLayout()
        columns.setSpacing(px(18))
        columns.addWidget(self.rows, 1)
        columns.addWidget(self.tabs, 1)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertLayout(0, columns)

    def offer(self, text: str, line: EvidenceDraft) -> None:
        """A record of the year that can be taken as evidence."""
        item = QListWidgetItem(text)
        item.setData(Qt.ItemDataRole.UserRole, line)
        self.records.addItem(item)
        self.tabs.setTabText(1, f"本年记录（{self.records.count()}）")

    def lock(self, refusal: str) -> None:
        """Only to be read, for the reason given; empty: to be written in."""
        for step in (self.evidence.add, self.evidence.drop):
            allow(step, refusal)
        lines: list[QLineEdit] = [*self.fields.values(), self.rate, self.evidence.words]
        for line in lines:
            line.setReadOnly(bool(refusal))

    def draft(self) -> SheetDraft:
        points = {component: self.points(component.value) for component in self.fields}
        return SheetDraft(points, self.points(RATE), self.evidence.lines())

    def fill(self, draft: SheetDraft) -> None:
        for component in self.fields:
            self.put(component.value, draft.points.get(component))
        self.put(RATE, draft.satisfaction_rate)
        self.evidence.words.clear()
        self.evidence.set_lines(draft.evidence)

    def problems(self, draft: SheetDraft) -> Sequence[FieldProblem]:
        del draft  # the service knows the year's maxima
        return ()

    def _count(self) -> None:
        self.tabs.setTabText(0, f"依据（{self.evidence.list.count()}）")
