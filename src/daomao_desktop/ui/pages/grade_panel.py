"""The sheet beside the year's table: scores, suggestion, and the grade to propose or decide."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.scheme import Edition, Grade
from daomao_desktop.errors import DaomaoError
from daomao_desktop.services import assessment
from daomao_desktop.services.assessment import AssessmentRow, DecisionDraft, ProposalDraft
from daomao_desktop.services.desk import Changes
from daomao_desktop.services.unsaved import Slot
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.base import ask_save
from daomao_desktop.ui.forms.grading import DecisionForm, GradeDraft, ProposalForm
from daomao_desktop.ui.theme import set_role
from daomao_desktop.ui.typing_keeper import TypingKeeper
from daomao_desktop.ui.widgets.buttons import allow, button
from daomao_desktop.ui.widgets.fields import points_text
from daomao_desktop.ui.widgets.parts import label
from daomao_desktop.ui.widgets.side_panel import SidePanel


class Stage(Enum):
    """What can be done with a selected leader now."""

    SCORING = auto()
    PROPOSING = auto()
    DECIDING = auto()
    CORRECTING = auto()
    CLOSED = auto()


class GradePanel(SidePanel):
    """``pending_changed``: ``pending``, what would be saved now, may be another."""

    pending_changed = Signal()
    sheet_wanted = Signal(str)
    correction_wanted = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        content = QWidget()
        set_role(content, "plain")
        super().__init__(content, parent=parent)
        self._context = context
        self._stage = Stage.CLOSED
        self._year = 0
        self._writable = True
        self._rows: tuple[AssessmentRow, ...] = ()
        self._all: tuple[AssessmentRow, ...] = ()
        self._saved: dict[str, Grade] = {}
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        self.facts = label("", wrap=True)
        layout.addWidget(self.facts)
        self.reasons = label("", "hint", wrap=True)
        layout.addWidget(self.reasons)
        self.proposal = ProposalForm()
        self.decision = DecisionForm()
        for form in (self.proposal, self.decision):
            layout.addWidget(form)
            form.submitted.connect(self.save_entry)
            form.changed.connect(self.pending_changed)
            form.changed.connect(self.banner.settle)
        self._keepers = {
            form: TypingKeeper(form, context, self.banner)
            for form in (self.proposal, self.decision)
        }
        layout.addStretch(1)
        self.close_button.clicked.disconnect()
        self.close_button.clicked.connect(lambda _checked=False: self._on_close())
        self.sheet = button("打分表…", self._on_sheet, tip="各项得分和依据（回车）")
        self.correct = button("更正等次…", self._on_correct)
        self.save = button("保存", self.save_entry, role="primary", tip="保存（Ctrl+S）")
        self.buttons.addWidget(self.sheet)
        self.buttons.addWidget(self.correct)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.save)

    @property
    def _form(self) -> ProposalForm | DecisionForm | None:
        if self._stage is Stage.PROPOSING:
            return self.proposal
        return self.decision if self._stage is Stage.DECIDING else None

    @property
    def dirty(self) -> bool:
        form = self._form
        return form is not None and form.dirty and self._writable and not self.isHidden()

    def unsaved(self) -> str:
        """What would be lost by leaving, in words; empty when nothing would."""
        form = self._form
        return f"“{self._keepers[form].title}”" if form is not None and self.dirty else ""

    def save_then(self, then: Callable[[], object]) -> None:
        """Saves what is unsaved, and goes on when that went well."""
        form = self._form
        if form is None or not self.dirty:
            then()
        elif self.save.isEnabled():
            form.save(lambda draft: self._keep(draft, then))

    def _on_close(self) -> None:
        def leave() -> None:
            self.discard()
            self.close_up()

        if self.dirty:
            ask_save(self.window(), self.unsaved(), lambda: self.save_then(leave), leave)
        else:
            leave()

    @property
    def pending(self) -> Mapping[str, Grade]:
        """Grades by person that are not in ``set_stage``'s rows: chosen, or saved since."""
        form = self._form
        grade = form.grade.value() if form is not None and self.dirty else None
        return self._saved | ({row.person_uid: grade for row in self._rows} if grade else {})

    def discard(self) -> None:
        self.proposal.saved()
        self.decision.saved()
        self.pending_changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.pending_changed.emit()  # what was chosen in a panel put away is not going to be saved

    def set_stage(self, stage: Stage, year: int, rows: Sequence[AssessmentRow]) -> None:
        """What the year allows now, and everybody in it."""
        if year != self._year or stage is not self._stage:
            self.discard()
        self._stage, self._year, self._all = stage, year, tuple(rows)
        self._saved = {}
        self.proposal.setVisible(stage is Stage.PROPOSING)
        self.decision.setVisible(stage is Stage.DECIDING)
        self.save.setVisible(stage in (Stage.PROPOSING, Stage.DECIDING))
        self.correct.setVisible(stage is Stage.CORRECTING)
        self.sheet.setVisible(stage is not Stage.CLOSED)

    @property
    def people(self) -> frozenset[str]:
        """Whose grades stand in the form."""
        return frozenset(row.person_uid for row in self._rows)

    def show_rows(self, rows: Sequence[AssessmentRow]) -> None:
        """Shows one leader, or several who get the same grade."""
        chosen = tuple(rows)
        if not chosen:
            if not self.dirty:  # a refresh of the table empties the selection for a moment
                self.hide()
            return
        same = [r.person_uid for r in chosen] == [r.person_uid for r in self._rows]
        if self.dirty and not same:
            self.banner.tell_of_step("选好的等次还没有保存：先保存，或点“收起”。", "banner")
            return
        if self.dirty:
            return
        self._rows = chosen
        self._describe(chosen)
        form = self._form
        if form is not None:
            form.load(self._draft_of(chosen))
            self._allow(chosen)
            self._watch(form, chosen)
        allow(self.sheet, "" if len(chosen) == 1 else "请只选一位。", "各项得分和依据（回车）")
        decide = Permission.DECIDE if self._town else Permission.RECORD
        allow(
            self.correct,
            self._context.refusal(decide) or ("" if len(chosen) == 1 else "请只选一位。"),
            "生效以后发现定错了，在这里更正",
        )
        self.show()

    def _watch(self, form: ProposalForm | DecisionForm, rows: Sequence[AssessmentRow]) -> None:
        """What is chosen from here on is kept; what was chosen before comes back."""
        name = "proposal" if form is self.proposal else "decision"
        people = ",".join(sorted(row.person_uid for row in rows))
        more = f"等 {len(rows)} 人" if len(rows) > 1 else ""
        self._keepers[form].watch(
            Slot("assessment", name, people, self._year),
            f"{self._year}年度{form.rows.field('grade').accessibleName()}：{rows[0].name}{more}",
            stored=len(rows) == 1,
            writable=self._writable,
        )

    def offers(self, name: str) -> bool:
        """Whether the form of that name (proposal, decision) is the one now written in."""
        stage = {"proposal": Stage.PROPOSING, "decision": Stage.DECIDING}.get(name)
        return stage is self._stage

    def save_refusal(self) -> str:
        """Why no grade can be saved now; empty when it can."""
        if self._form is None or self.isHidden():
            return "现在没有要保存的：这一步不定等次，或者还没有选人。"
        return "" if self.save.isEnabled() else self.save.toolTip()

    def save_entry(self) -> None:
        """Ctrl+S."""
        form = self._form
        if form is not None and self.save.isEnabled() and not self.isHidden():
            form.save(self._keep)

    @property
    def _town(self) -> bool:
        return self._context.desk.edition is Edition.TOWN

    def _describe(self, rows: Sequence[AssessmentRow]) -> None:
        if len(rows) > 1:
            names = "、".join(row.name for row in rows[:6])
            more = f"等 {len(rows)} 人" if len(rows) > 6 else ""
            self.tell(f"已选 {len(rows)} 人")
            self.facts.setText(f"{names}{more}：保存的等次对每一位都有效。")
            self.reasons.setText("")
            return
        row = rows[0]
        self.tell(f"{row.name}　{row.group}")
        parts = [f"任职 {row.months} 个月"]
        for words, value in (
            ("村评分", row.village_score),
            ("镇日常分", row.town_score),
            ("总分", row.total),
        ):
            if value is not None:
                parts.append(f"{words} {points_text(value)}")
        for words, grade in (("建议", row.proposal), ("确定", row.decision)):
            if grade is not None:
                parts.append(f"{words}：{grade.value}")
        if row.paper_number:
            parts.append(f"依据 {row.paper_number}")
        if row.run:
            parts.append("连续两年不称职")
        self.facts.setText("\n".join(parts))
        suggestion = row.suggestion
        words = f"参考等次：{suggestion.grade.value}\n" if suggestion.grade else ""
        self.reasons.setText(words + "\n".join(suggestion.reasons))

    def _draft_of(self, rows: Sequence[AssessmentRow]) -> GradeDraft:
        if len(rows) > 1:
            days = {row.proposal_meeting_on for row in self._all if row.proposal_meeting_on}
            return GradeDraft(meeting_on=max(days, default=None))
        row = rows[0]
        if self._stage is Stage.PROPOSING:
            days = {other.proposal_meeting_on for other in self._all if other.proposal_meeting_on}
            return GradeDraft(
                grade=row.proposal,
                reason=row.proposal_reason,
                meeting_on=row.proposal_meeting_on or max(days, default=None),
            )
        return GradeDraft(grade=row.decision, reason=row.decision_reason, town_score=row.town_score)

    def _allow(self, rows: Sequence[AssessmentRow]) -> None:
        proposing = self._stage is Stage.PROPOSING
        refusal = self._context.refusal(Permission.PROPOSE if proposing else Permission.DECIDE)
        if not refusal and proposing and not all(row.writable for row in rows):
            refusal = "这个村的建议等次由该村自己提出，镇里只能查看。"
        self._writable = not refusal
        allow(self.save, refusal, "保存（Ctrl+S）")

    def _keep(self, draft: GradeDraft, then: Callable[[], object] | None = None) -> None:
        desk, year = self._context.desk, self._year
        rows, proposing = self._rows, self._stage is Stage.PROPOSING
        self.save.setEnabled(False)

        def work() -> Changes:
            if proposing:
                return assessment.propose(
                    desk,
                    year,
                    [
                        ProposalDraft(row.person_uid, draft.grade, draft.reason, draft.meeting_on)
                        for row in rows
                    ],
                )
            single = len(rows) == 1
            return assessment.decide(
                desk,
                year,
                [
                    DecisionDraft(
                        row.person_uid,
                        draft.grade,
                        draft.town_score if single else row.town_score,
                        draft.reason,
                    )
                    for row in rows
                ],
            )

        def done(_changes: Changes) -> None:
            self.save.setEnabled(True)
            assert draft.grade is not None  # the form asked for it
            # The rows that show it are being read: until then the bar would step back.
            self._saved = {row.person_uid: draft.grade for row in rows}
            self.discard()
            self._context.tell(f"已保存 {len(rows)} 人：{draft.grade.value}")
            if then is not None:
                then()

        def refused(error: DaomaoError) -> None:
            self.save.setEnabled(True)
            form = self._form
            if form is None or not form.show_error(error):
                self.banner.tell_of_step(str(error))

        self._context.operations.command(work, done, refused, owner=self)

    def _on_sheet(self) -> None:
        if self._rows:
            self.sheet_wanted.emit(self._rows[0].person_uid)

    def _on_correct(self) -> None:
        if self._rows:
            self.correction_wanted.emit(self._rows[0])
