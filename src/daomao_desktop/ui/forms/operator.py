"""The form of a further operator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QLineEdit, QWidget

from daomao_desktop.domain.accounts import PASSWORD_HINT, OperatorRole, weak_password
from daomao_desktop.domain.scheme import Edition
from daomao_desktop.errors import FieldProblem
from daomao_desktop.services.accounts import OperatorDraft
from daomao_desktop.ui.forms.base import Form
from daomao_desktop.ui.widgets.choices import ChoiceBox, PasswordField


@dataclass(frozen=True, slots=True)
class NewOperator:
    """The draft, the password typed again, and the administrator's own password."""

    draft: OperatorDraft
    again: str
    own_password: str

    @classmethod
    def empty(cls, edition: Edition) -> NewOperator:
        """What the form starts from: a clerk."""
        town = edition is Edition.TOWN
        role = OperatorRole.TOWN_CLERK if town else OperatorRole.VILLAGE_CLERK
        return cls(OperatorDraft("", "", role, ""), "", "")


class OperatorForm(Form[NewOperator]):
    """Name, label, role, first password; confirmed by the administrator's password."""

    def __init__(self, edition: Edition, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows.add("name", "姓名", QLineEdit(), "只加密保存", required=True)
        hint = "显示在登录窗口，谁都能看到：写岗位，不写姓名"
        self.rows.add("label", "登录名", QLineEdit(), hint, required=True)
        role = ChoiceBox()
        role.set_choices([(r, r.value) for r in OperatorRole if r.edition is edition])
        self.rows.add("role", "角色", role, required=True)
        self.rows.add("password", "初始口令", PasswordField(), PASSWORD_HINT, required=True)
        self.rows.add("again", "再输一次", PasswordField(), required=True)
        self.rows.add(
            "own_password", "我的口令", PasswordField(), "确认是管理员本人", required=True
        )
        self.watch()

    def draft(self) -> NewOperator:
        texts = {}
        for name in ("password", "again", "own_password"):
            field = self.rows.field(name)
            assert isinstance(field, QLineEdit)
            texts[name] = field.text()
        return NewOperator(
            OperatorDraft(
                self.text("name"), self.text("label"), self.choice("role"), texts["password"]
            ),
            texts["again"],
            texts["own_password"],
        )

    def fill(self, draft: NewOperator) -> None:
        for name in ("name", "label", "role", "password"):
            self.put(name, getattr(draft.draft, name))

    def problems(self, draft: NewOperator) -> Sequence[FieldProblem]:
        found = []
        if not draft.draft.name:
            found.append(FieldProblem("name", "请填写姓名。"))
        if not draft.draft.label:
            found.append(FieldProblem("label", "请填写登录名，例如：支书。"))
        if not draft.draft.password:
            found.append(FieldProblem("password", "请设定初始口令。"))
        elif weak := weak_password(draft.draft.password):
            found.append(FieldProblem("password", weak))
        elif draft.draft.password != draft.again:
            found.append(FieldProblem("again", "两次输入的口令不一样。"))
        if not draft.own_password:
            found.append(FieldProblem("own_password", "请输入您自己的口令。"))
        return found
