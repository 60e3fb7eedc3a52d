"""The scoring sheet: points on the left, evidence and the year's records on the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
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

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.scoring import Component
from daomao_desktop.errors import DaomaoError, FieldProblem, InvalidInput
from daomao_desktop.services import assessment, duties
from daomao_desktop.services.assessment import AssessmentSheet, EvidenceDraft, SheetDraft
from daomao_desktop.services.duties import DutyRow
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.base import Sheet, ask_save
from daomao_desktop.ui.theme import px, set_role
from daomao_desktop.ui.widgets.buttons import allow, button
from daomao_desktop.ui.widgets.choices import ChoiceBox
from daomao_desktop.ui.widgets.fields import PointsField, points_text
from daomao_desktop.ui.widgets.form_rows import FormRows
from daomao_desktop.ui.widgets.parts import label

_RATE = "satisfaction_rate"


class ScoreSheet(Sheet):
    """Reads sheet and records in the worker; saves points and evidence together."""

    def __init__(
        self, context: Context, year: int, person_uid: str, parent: QWidget | None = None
    ) -> None:
        super().__init__("打分表", parent, width=980)
        self._context = context
        self._year = year
        self._person = person_uid
        self._dirty = False
        self._sure = False
        self._evidence: list[EvidenceDraft] = []
        self.totals = label("", "muted", wrap=True)
        self.body.addWidget(self.totals)
        columns = QHBoxLayout()
        columns.setSpacing(px(18))
        self.rows = FormRows(hints_beside=True)
        self.fields: dict[Component, PointsField] = {}
        for component in Component:
            field = PointsField()
            field.setFixedWidth(px(110))
            self.fields[component] = field
            self.rows.add(component.value, component.label, field)
            field.textEdited.connect(self._on_edited)
            field.textEdited.connect(partial(self._on_mended, component.value))
            field.returnPressed.connect(self._on_save)
        self.rate = PointsField()
        self.rate.setFixedWidth(px(110))
        self.rate.textEdited.connect(self._on_edited)
        self.rate.textEdited.connect(partial(self._on_mended, _RATE))
        self.rows.add(_RATE, "满意率（%）", self.rate, "群众测评的满意率，例如 84.62")
        self.rows.finish()
        columns.addWidget(self.rows, 1)
        columns.addWidget(self._right(), 1)
        self.body.addLayout(columns)
        self.add_button("取消", self.reject)
        self.save = self.add_button("保存", self._on_save, "primary", default=True)
        self.save.setEnabled(False)
        self._read()

    def _right(self) -> QWidget:
        self.tabs = QTabWidget()
        self.tabs.setMinimumHeight(px(330))
        evidence = QWidget()
        set_role(evidence, "plain")
        layout = QVBoxLayout(evidence)
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
        self.words.returnPressed.connect(self._on_add)
        self.words.textEdited.connect(self._on_edited)
        self.add = button("添加", self._on_add)
        self.drop = button("删除选中", self._on_drop)
        grid.addWidget(self.component, 0, 0)
        grid.addWidget(self.add, 0, 1)
        grid.addWidget(self.drop, 0, 2)
        grid.addWidget(self.words, 1, 0, 1, 3)
        layout.addLayout(grid)
        self.tabs.addTab(evidence, "依据")
        self.records = QListWidget()
        self.records.setWordWrap(True)
        self.records.setAccessibleName("本年记录")
        self.records.itemActivated.connect(self._on_record)
        holder = QWidget()
        set_role(holder, "plain")
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, px(8), 0, 0)
        box.addWidget(label("双击或按回车，把一条记录列为依据。", "hint", wrap=True))
        box.addWidget(self.records, 1)
        self.tabs.addTab(holder, "本年记录")
        return self.tabs

    # Reading

    def _read(self) -> None:
        desk, year, person = self._context.desk, self._year, self._person

        def work() -> tuple[AssessmentSheet, tuple[DutyRow, ...]]:
            return (
                assessment.assessment_sheet(desk, year, person),
                duties.list_duties(desk, year=year, person_uid=person),
            )

        self._context.operations.query(work, self._on_read, self.refuse, owner=self)

    def _on_read(self, found: tuple[AssessmentSheet, tuple[DutyRow, ...]]) -> None:
        sheet, records = found
        row = sheet.row
        self.heading.setText(f"{sheet.year}年度打分表　{row.name}　{row.village}{row.group}")
        parts = [
            f"{words} {points_text(value)}"
            for words, value in (("村评分", row.village_score), ("总分", row.total))
            if value is not None
        ]
        if sheet.missing:
            parts.append("没有得分：" + "、".join(c.label for c in sheet.missing))
        if row.suggestion.grade:
            parts.append(f"参考等次 {row.suggestion.grade.value}")
        self.totals.setText("　".join(parts))
        for component, field in self.fields.items():
            field.set_hundredths(sheet.points.get(component))
            top = points_text(sheet.maxima[component])
            hint = f"0 至 {top} 分"
            if component.role is not None:
                hint += f"，本年记录 {sheet.role_counts.get(component.role, 0)} 条"
            elif component is Component.ADJUSTMENT:
                hint = f"-{top} 至 {top} 分，没有可不填"
            elif component is Component.BOTTOM_LINES:
                hint += f"；按已核实的发现应为 {points_text(sheet.proposed_bottom_lines)} 分"
            self.rows.set_hint(component.value, hint)
        self.rate.set_hundredths(sheet.satisfaction_rate)
        self._evidence = [
            EvidenceDraft(e.component, e.text, e.record_kind, e.record_uid) for e in sheet.evidence
        ]
        self._show_evidence()
        self.records.clear()
        for duty in records:
            self._offer(
                f"{duty.on} {duty.role.value}：{duty.content}",
                EvidenceDraft(
                    Component.of(duty.role), f"{duty.on} {duty.content}"[:200], "duty", duty.uid
                ),
            )
        for one in sheet.findings:
            mark = "已核实" if one.confirmed else "未核实"
            self._offer(
                f"{one.on} 底线（{mark}）：{one.facts}",
                EvidenceDraft(
                    Component.BOTTOM_LINES, f"{one.on} {one.facts}"[:200], "finding", one.uid
                ),
            )
        self.tabs.setTabText(1, f"本年记录（{self.records.count()}）")
        refusal = sheet.locked or self._context.refusal(Permission.PROPOSE)
        if refusal:
            self.banner.tell(refusal)
        for widget in (self.save, self.add, self.drop):
            allow(widget, refusal)
        lines: list[QLineEdit] = [*self.fields.values(), self.rate, self.words]
        for line in lines:
            line.setReadOnly(bool(refusal))
        self._dirty = False
        self.fit()
        next(iter(self.fields.values())).setFocus()

    def _offer(self, text: str, draft: EvidenceDraft) -> None:
        item = QListWidgetItem(text)
        item.setData(Qt.ItemDataRole.UserRole, draft)
        self.records.addItem(item)

    def _show_evidence(self) -> None:
        self.list.clear()
        for line in self._evidence:
            self.list.addItem(f"【{line.component.label}】{line.text}")
        self.tabs.setTabText(0, f"依据（{len(self._evidence)}）")

    # Editing

    def _on_edited(self, _text: str = "") -> None:
        self._dirty = True
        self.banner.settle()

    def _on_mended(self, name: str, _text: str) -> None:
        self.rows.set_error(name, "")

    def _on_add(self) -> None:
        """The line typed joins the evidence; 保存 does the same, so that none is left behind."""
        text = self.words.text().strip()
        if text and self.add.isEnabled():
            self._append(EvidenceDraft(self.component.value(), text))
            self.words.clear()

    def _on_record(self, item: QListWidgetItem) -> None:
        draft = item.data(Qt.ItemDataRole.UserRole)
        if isinstance(draft, EvidenceDraft) and self.add.isEnabled():
            if any(line.record_uid == draft.record_uid for line in self._evidence):
                self.banner.tell_of_step("这条记录已经列为依据。", "banner")
                return
            self._append(draft)

    def _append(self, draft: EvidenceDraft) -> None:
        self._evidence.append(draft)
        self._dirty = True
        self._show_evidence()

    def _on_drop(self) -> None:
        row = self.list.currentRow()
        if row >= 0:
            del self._evidence[row]
            self._dirty = True
            self._show_evidence()

    # Saving and leaving

    def _on_save(self) -> None:
        if not self.save.isEnabled():
            return
        self.rows.clear_errors()
        self._on_add()
        problems: list[FieldProblem] = []

        def read(name: str, field: PointsField) -> int | None:
            try:
                return field.hundredths()
            except ValueError as error:
                problems.append(FieldProblem(name, str(error)))
                return None

        points = {c: read(c.value, field) for c, field in self.fields.items()}
        draft = SheetDraft(points, read(_RATE, self.rate), tuple(self._evidence))
        if problems:
            self._show_problems(problems)
            return
        desk, year, person = self._context.desk, self._year, self._person
        self.save.setEnabled(False)

        def refused(error: DaomaoError) -> None:
            self.save.setEnabled(True)
            if not isinstance(error, InvalidInput) or not self._show_problems(error.problems):
                self.refuse(error)

        self._context.operations.command(
            lambda: assessment.save_sheet(desk, year, person, draft),
            lambda _changes: self._leave(),
            refused,
            owner=self,
        )

    def _show_problems(self, problems: list[FieldProblem] | tuple[FieldProblem, ...]) -> bool:
        placed = [self.rows.set_error(p.field, p.sentence) for p in problems]
        return all(placed)

    def reject(self) -> None:
        """Esc and 取消: asks when something was typed."""
        if self._dirty and not self._sure:
            ask_save(self, "打的分", self._on_save, self._leave)
            return
        super().reject()

    def _leave(self) -> None:
        self._sure = True
        self.reject()
