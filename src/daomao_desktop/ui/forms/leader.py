"""The form of a leader: personal data and the appointment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Literal

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from daomao_desktop.domain.roster import LeaderDraft, check_leader, verify_field, verify_problems
from daomao_desktop.domain.scheme import HowChosen, PoliticalStatus, Sex
from daomao_desktop.errors import FieldProblem
from daomao_desktop.services.roster import GroupRow, VillageRow
from daomao_desktop.ui.forms.base import Form
from daomao_desktop.ui.widgets.buttons import button
from daomao_desktop.ui.widgets.choices import ChoiceBox
from daomao_desktop.ui.widgets.fields import DateField, MoneyField, TextArea

EDUCATION = ("小学", "初中", "高中", "中专", "大专", "本科", "研究生")
PrivateField = Literal["id_number", "phone"]


class LeaderForm(Form[LeaderDraft]):
    """Makes a LeaderDraft; ``on_reveal`` is asked for a private value by a deliberate click."""

    def __init__(
        self,
        *,
        today: Callable[[], date],
        town: bool,
        on_reveal: Callable[[PrivateField], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._town = town
        self._groups: tuple[GroupRow, ...] = ()
        self._own_village = ""
        self._loaded = LeaderDraft(village_uid="", group="", name="")
        rows = self.rows
        self.village = ChoiceBox()
        rows.add("village_uid", "村", self.village, required=True)
        rows.set_visible("village_uid", town)
        self.group = QComboBox()
        self.group.setEditable(True)
        self.group.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        rows.add("group", "村民小组", self.group, "可写 3、3组 或 第3村民小组", required=True)
        rows.add("name", "姓名", QLineEdit(), required=True)
        sex = ChoiceBox()
        sex.set_choices([(s, s.value) for s in Sex], "未填")
        rows.add("sex", "性别", sex, required=True)
        ethnicity = QLineEdit()
        ethnicity.setPlaceholderText("汉族")
        rows.add("ethnicity", "民族", ethnicity)
        rows.add("birth", "出生年月", DateField(month_enough=True))
        rows.add("id_number", "身份证号", QLineEdit())
        rows.add("phone", "联系电话", QLineEdit())
        self.reveal_buttons: dict[PrivateField, QWidget] = {}
        names: tuple[PrivateField, ...] = ("id_number", "phone")
        for name in names:
            show = button(
                "显示完整号码",
                partial(on_reveal, name),
                role="link",
                tip="显示会记入操作记录",
            )
            show.setAccessibleName("显示完整身份证号" if name == "id_number" else "显示完整电话")
            self.reveal_buttons[name] = show
            rows.add_beside(name, show)
        status = ChoiceBox()
        status.set_choices(((s, s.value) for s in PoliticalStatus), "未填")
        rows.add("political_status", "政治面貌", status)
        education = QComboBox()
        education.setEditable(True)
        education.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        education.addItems(["", *EDUCATION])
        rows.add("education", "文化程度", education)
        started = DateField(month_enough=True, example=2021)
        rows.add("started", "任职时间", started, required=True)
        how = ChoiceBox()
        how.set_choices(((h, h.value) for h in HowChosen), "未填")
        rows.add("how_chosen", "产生方式", how)
        rows.add("meeting_on", "推选会议", DateField())
        rows.add("branch_decided_on", "支部研究", DateField())
        rows.add("subsidy", "月补贴", MoneyField(), "元/月，改动从本月起算")
        rows.add("address", "住址", QLineEdit())
        rows.add("remark", "备注", TextArea(2))
        self.village.currentIndexChanged.connect(self._on_village)
        self.watch()

    def set_places(self, villages: Sequence[VillageRow], groups: Sequence[GroupRow]) -> None:
        """The villages written here, and all groups."""
        self._groups = tuple(groups)
        writable = [v for v in villages if v.writable]
        self._own_village = writable[0].uid if writable else ""
        self._loading = True
        self.village.set_choices((v.uid, v.name) for v in writable)
        self._offer_groups()
        self._loading = False

    def draft(self) -> LeaderDraft:
        return LeaderDraft(
            village_uid=(self.choice("village_uid") or "") if self._town else self._own_village,
            group=self.text("group"),
            name=self.text("name"),
            sex=self.choice("sex"),
            ethnicity=self.optional("ethnicity"),
            birth=self.partial("birth"),
            id_number=self.optional("id_number"),
            political_status=self.choice("political_status"),
            education=self.optional("education"),
            started=self.partial("started"),
            phone=self.optional("phone"),
            subsidy=self.money("subsidy"),
            remark=self.optional("remark"),
            address=self.optional("address"),
            how_chosen=self.choice("how_chosen"),
            meeting_on=self.day("meeting_on"),
            branch_decided_on=self.day("branch_decided_on"),
        )

    def subject(self) -> str:
        return self.text("name")

    def problems(self, draft: LeaderDraft) -> Sequence[FieldProblem]:
        return check_leader(draft, self._today())

    def warnings(self, draft: LeaderDraft) -> Sequence[FieldProblem]:
        same = {
            field: getattr(draft, field) == getattr(self._loaded, field)
            for field in ("id_number", "phone", "birth", "sex", "started")
        }
        known = tuple(one for one in self._loaded.to_verify if same.get(verify_field(one), False))
        return verify_problems(replace(draft, to_verify=known), self._today())

    def saved_words(self, draft: LeaderDraft) -> str:
        """What the line at the foot says of a draft that was saved: also that it is in doubt."""
        doubts = [warning.sentence.rstrip("。") for warning in self.warnings(draft)]
        if not doubts:
            return f"已保存：{draft.name}。"
        return f"已保存，标为待核实：{draft.name}（{'；'.join(doubts)}）。"

    def fill(self, draft: LeaderDraft) -> None:
        self._loaded = draft
        self.put("village_uid", draft.village_uid or self._own_village)
        self._offer_groups()
        for name in self.rows.names:
            if name != "village_uid":
                self.put(name, getattr(draft, name))
        for name, show in self.reveal_buttons.items():
            show.setVisible("*" in (getattr(draft, name) or ""))

    def show_private(self, name: PrivateField, value: str) -> None:
        """The value in clear, after the click was written into the audit trail."""
        self._loading = True
        self.put(name, value)
        self._loading = False
        self.rebase(name)  # shown, not typed
        self.reveal_buttons[name].hide()

    def _on_village(self) -> None:
        if not self._loading:
            self._offer_groups()

    def _offer_groups(self) -> None:
        village = self.choice("village_uid") if self._town else self._own_village
        typed = self.group.currentText()
        loading, self._loading = self._loading, True
        self.group.clear()
        self.group.addItems([g.name for g in self._groups if g.village_uid == village])
        self.group.setCurrentText(typed)
        self._loading = loading
