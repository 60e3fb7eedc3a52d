"""The scoring sheet: points on the left, evidence and the year's records on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem, QWidget

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.scoring import Component
from daomao_desktop.services import assessment, duties
from daomao_desktop.services.assessment import AssessmentSheet, EvidenceDraft, SheetDraft
from daomao_desktop.services.duties import DutyRow
from daomao_desktop.services.unsaved import Slot
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.form_sheet import FormSheet
from daomao_desktop.ui.forms.scores import ScoreForm
from daomao_desktop.ui.widgets.buttons import allow
from daomao_desktop.ui.widgets.fields import points_text
from daomao_desktop.ui.widgets.parts import label


class ScoreSheet(FormSheet[SheetDraft]):
    """Reads sheet and records in the worker; saves points and evidence together."""

    def __init__(
        self, context: Context, year: int, person_uid: str, parent: QWidget | None = None
    ) -> None:
        desk = context.desk
        self.scores = ScoreForm()
        super().__init__(
            f"{year}年度打分表",
            self.scores,
            context,
            lambda draft: assessment.save_sheet(desk, year, person_uid, draft),
            Slot("assessment", "scores", person_uid, year),
            stored=True,
            begin=False,
            width=980,
            parent=parent,
        )
        self._context = context
        self._year = year
        self._person = person_uid
        self.totals = label("", "muted", wrap=True)
        self.body.insertWidget(0, self.totals)
        self.scores.records.itemActivated.connect(self._on_record)
        self.save_button.setEnabled(False)
        self._read()

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
        self.setWindowTitle(f"{row.name}的{sheet.year}年度打分表")
        self._show_totals(sheet)
        self._show_hints(sheet)
        lines = [
            EvidenceDraft(e.component, e.text, e.record_kind, e.record_uid) for e in sheet.evidence
        ]
        self.scores.load(SheetDraft(sheet.points, sheet.satisfaction_rate, tuple(lines)))
        self._offer(sheet, records)
        refusal = sheet.locked or self._context.refusal(Permission.PROPOSE)
        if refusal:
            self.banner.tell(refusal)
        allow(self.save_button, refusal)
        self.scores.lock(refusal)
        if not refusal:
            self.begin()
        self.fit()
        next(iter(self.scores.fields.values())).setFocus()

    def _show_totals(self, sheet: AssessmentSheet) -> None:
        row = sheet.row
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

    def _show_hints(self, sheet: AssessmentSheet) -> None:
        for component in Component:
            top = points_text(sheet.maxima[component])
            hint = f"0 至 {top} 分"
            if component.role is not None:
                hint += f"，本年记录 {sheet.role_counts.get(component.role, 0)} 条"
            elif component is Component.ADJUSTMENT:
                hint = f"-{top} 至 {top} 分，没有可不填"
            elif component is Component.BOTTOM_LINES:
                hint += f"；按已核实的发现应为 {points_text(sheet.proposed_bottom_lines)} 分"
            self.scores.rows.set_hint(component.value, hint)

    def _offer(self, sheet: AssessmentSheet, records: tuple[DutyRow, ...]) -> None:
        for duty in records:
            self.scores.offer(
                f"{duty.on} {duty.role.value}：{duty.content}",
                EvidenceDraft(
                    Component.of(duty.role), f"{duty.on} {duty.content}"[:200], "duty", duty.uid
                ),
            )
        for one in sheet.findings:
            mark = "已核实" if one.confirmed else "未核实"
            self.scores.offer(
                f"{one.on} 底线（{mark}）：{one.facts}",
                EvidenceDraft(
                    Component.BOTTOM_LINES, f"{one.on} {one.facts}"[:200], "finding", one.uid
                ),
            )

    def _on_record(self, item: QListWidgetItem) -> None:
        line = item.data(Qt.ItemDataRole.UserRole)
        if self.scores.evidence.add.isEnabled() and not self.scores.evidence.append(line):
            self.banner.tell_of_step("这条记录已经列为依据。", "banner")
