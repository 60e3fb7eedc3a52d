"""Forms of the year's grades: proposal, decision, correction, the town's paper, a step's day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from daomao_desktop.domain.scheme import Grade, YearState
from daomao_desktop.errors import FieldProblem
from daomao_desktop.services.assessment_grades import paper_problems
from daomao_desktop.ui.forms.base import Form
from daomao_desktop.ui.widgets.choices import ChoiceBox
from daomao_desktop.ui.widgets.fields import DateField, PointsField, TextArea
from daomao_desktop.ui.widgets.parts import label


@dataclass(frozen=True, slots=True)
class GradeDraft:
    """A grade as chosen; the other fields belong to proposal or decision."""

    grade: Grade | None = None
    reason: str | None = None
    meeting_on: date | None = None
    town_score: int | None = None


def grade_box(empty: str = "请选择") -> ChoiceBox:
    """A choice among the four words of 等次."""
    box = ChoiceBox()
    box.set_choices([(grade, grade.value) for grade in Grade], empty)
    return box


class ProposalForm(Form[GradeDraft]):
    """What the branch proposes, for one leader or for those selected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grade = grade_box()
        self.rows.add("grade", "建议等次", self.grade, required=True)
        self.rows.add("meeting_on", "支委会日期", DateField())
        self.rows.add("reason", "理由", TextArea(3), "与参考等次不同时必填")
        self.watch()

    def draft(self) -> GradeDraft:
        return GradeDraft(
            grade=self.choice("grade"),
            reason=self.optional("reason"),
            meeting_on=self.day("meeting_on"),
        )

    def fill(self, draft: GradeDraft) -> None:
        for name in self.rows.names:
            self.put(name, getattr(draft, name))

    def problems(self, draft: GradeDraft) -> Sequence[FieldProblem]:
        return [] if draft.grade else [FieldProblem("grade", "请选择建议等次。")]


class DecisionForm(Form[GradeDraft]):
    """What the town committee fixed, for one leader or for those selected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grade = grade_box()
        self.rows.add("grade", "确定等次", self.grade, required=True)
        self.rows.add("town_score", "镇日常分", PointsField(), "0 至 100 分，可以不填")
        self.rows.add("reason", "理由", TextArea(3))
        self.watch()

    def draft(self) -> GradeDraft:
        return GradeDraft(
            grade=self.choice("grade"),
            reason=self.optional("reason"),
            town_score=self.points("town_score"),
        )

    def fill(self, draft: GradeDraft) -> None:
        for name in self.rows.names:
            self.put(name, getattr(draft, name))

    def problems(self, draft: GradeDraft) -> Sequence[FieldProblem]:
        return [] if draft.grade else [FieldProblem("grade", "请选择确定的等次。")]


class CorrectionForm(Form[GradeDraft]):
    """A correction after 生效: both values and the reason are kept."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows.add("grade", "更正为", grade_box(), required=True)
        self.rows.add("reason", "理由", TextArea(3), "两个等次和理由都会保留", required=True)
        self.watch()

    def draft(self) -> GradeDraft:
        return GradeDraft(grade=self.choice("grade"), reason=self.optional("reason"))

    def fill(self, draft: GradeDraft) -> None:
        for name in self.rows.names:
            self.put(name, getattr(draft, name))

    def problems(self, draft: GradeDraft) -> Sequence[FieldProblem]:
        found = []
        if draft.grade is None:
            found.append(FieldProblem("grade", "请选择更正后的等次。"))
        if not draft.reason:
            found.append(FieldProblem("reason", "更正等次要写明理由。"))
        return found


@dataclass(frozen=True, slots=True)
class StepDraft:
    """A step of the year: the day it happened, and whether the checklist was read."""

    to: YearState
    on: date | None
    acknowledged: bool = False


class StepForm(Form[StepDraft]):
    """``missing``: the checklist, which has to be accepted where it is not empty."""

    def __init__(
        self, to: YearState, missing: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._to = to
        self._missing = tuple(missing)
        self.rows.add("on", "发生日期", DateField(), "实际发生的那一天", required=True)
        if missing:
            words = label("还缺这些：\n" + "\n".join(f"· {line}" for line in missing), wrap=True)
            self.rows.add_wide(words)
            box = QCheckBox("已经知道还缺这些，照样进入下一步")
            self.rows.add("acknowledged", "缺项", box, required=True)
        self.watch()

    def draft(self) -> StepDraft:
        accepted = bool(self._missing) and self.checked("acknowledged")
        return StepDraft(self._to, self.day("on"), accepted)

    def fill(self, draft: StepDraft) -> None:
        for name in self.rows.names:
            self.put(name, getattr(draft, name))

    def problems(self, draft: StepDraft) -> Sequence[FieldProblem]:
        found = []
        if draft.on is None:
            found.append(FieldProblem("on", "请填写这一步实际发生的日期。"))
        if self._missing and not draft.acknowledged:
            found.append(FieldProblem("acknowledged", "请先看过缺项，再打勾。"))
        return found


@dataclass(frozen=True, slots=True)
class PaperDraft:
    """The town's document and the grades it fixes, by person."""

    number: str
    on: date | None
    grades: tuple[tuple[str, Grade], ...]


class PaperForm(Form[PaperDraft]):
    """据镇文件录入: number and date of the town's document, then everyone's grade."""

    def __init__(
        self,
        persons: Sequence[tuple[str, str, Grade | None]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        number = QLineEdit()
        number.setPlaceholderText("如 大茂党〔2026〕3号")
        self.rows.add("number", "依据文号", number, required=True)
        self.rows.add("on", "文件日期", DateField(), required=True)
        self.rows.add_heading("文件上的等次（至少填一位）")
        self._boxes: dict[str, ChoiceBox] = {}
        for number_, (uid, name, grade) in enumerate(persons):
            box = grade_box("文件上没有")
            box.set_value(grade)
            self._boxes[uid] = box
            self.rows.add(f"grade{number_}", name, box)
        self.watch()

    def draft(self) -> PaperDraft:
        grades = tuple((uid, box.value()) for uid, box in self._boxes.items() if box.value())
        return PaperDraft(self.text("number"), self.day("on"), grades)

    def fill(self, draft: PaperDraft) -> None:
        self.put("number", draft.number)
        self.put("on", draft.on)

    def problems(self, draft: PaperDraft) -> Sequence[FieldProblem]:
        # A day to come is found when it is saved: only the desk knows what day it is.
        found = paper_problems(draft.number, draft.on, draft.on or date.max)
        if not draft.grades:
            found.append(FieldProblem("grade0", "请至少填写一位小组长的等次。"))
        return found
