"""The form of a finding about the five musts and must-nots."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from daomao_desktop.domain.conduct import FindingDraft, check_finding
from daomao_desktop.domain.scheme import BottomLine, Side
from daomao_desktop.errors import FieldProblem
from daomao_desktop.ui.forms.base import Form
from daomao_desktop.ui.widgets.choices import ChoiceBox
from daomao_desktop.ui.widgets.fields import DateField, TextArea
from daomao_desktop.ui.widgets.parts import label
from daomao_desktop.ui.widgets.people import PersonField


class FindingForm(Form[FindingDraft]):
    """Clause, side, date, facts; only a confirmed finding counts."""

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._group = self._person_then = ""
        self.person = PersonField()
        self.rows.add("person_uid", "小组长", self.person, required=True)
        pair = ChoiceBox()
        pair.set_choices(
            [(b, f"{b.clause[1:]} {b.must.split('，', maxsplit=1)[0]}") for b in BottomLine],
            "请选择",
        )
        self.rows.add("bottom_line", "条款", pair, required=True)
        self.wording = label("", "hint", wrap=True)
        self.rows.add_wide(self.wording)
        side = ChoiceBox()
        side.set_choices([(s, s.value) for s in Side], "请选择")
        self.rows.add("side", "情形", side, required=True)
        self.rows.add("on", "日期", DateField(), required=True)
        self.rows.add("facts", "事实", TextArea(5), "时间、地点、做了什么", required=True)
        self.rows.add("source", "来源", QLineEdit(), "例如：村务监督委员会、群众反映")
        self.rows.add("confirmed", "核实", QCheckBox("已核实（核实后计入考核）"))
        self.rows.add("grave", "程度", QCheckBox("情节严重（一票否决）"))
        pair.currentIndexChanged.connect(self._on_pair)
        self.watch()

    def draft(self) -> FindingDraft:
        person = self.person.uid()
        return FindingDraft(
            person_uid=person,
            group_uid=self._group if person == self._person_then else "",
            bottom_line=self.choice("bottom_line"),
            side=self.choice("side"),
            on=self.day("on"),
            facts=self.text("facts"),
            source=self.optional("source"),
            confirmed=self.checked("confirmed"),
            grave=self.checked("grave"),
        )

    def fill(self, draft: FindingDraft) -> None:
        self._group, self._person_then = draft.group_uid, draft.person_uid
        self.person.set_uid(draft.person_uid)
        for name in ("bottom_line", "side", "on", "facts", "source", "confirmed", "grave"):
            self.put(name, getattr(draft, name))

    def subject(self) -> str:
        return self.person.text().split("　")[0]

    def problems(self, draft: FindingDraft) -> Sequence[FieldProblem]:
        return [p for p in check_finding(draft, self._today()) if p.field != "group_uid"]

    def _on_pair(self) -> None:
        pair: BottomLine | None = self.choice("bottom_line")
        self.wording.setText(f"{pair.must}；{pair.must_not}" if pair else "")
