"""The two forms of the first start: which office this is, and who works here first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QLineEdit, QWidget

from daomao_desktop.domain.accounts import PASSWORD_HINT, weak_password
from daomao_desktop.domain.scheme import Edition
from daomao_desktop.errors import FieldProblem
from daomao_desktop.ui.forms.base import Form
from daomao_desktop.ui.widgets.choices import ChoiceBox, PasswordField


@dataclass(frozen=True, slots=True)
class PlaceDraft:
    """Edition and names; ``village`` None in the town edition."""

    edition: Edition
    town: str
    village: str | None


@dataclass(frozen=True, slots=True)
class FirstOperatorDraft:
    """The first operator; the label can be read without a password."""

    operator_name: str
    label: str
    password: str
    again: str


class PlaceForm(Form[PlaceDraft]):
    """Which office."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edition = ChoiceBox()
        self._edition.set_choices(
            (
                (Edition.VILLAGE, "村（登记、评议、提建议、打印）"),
                (Edition.TOWN, "镇（审定、表彰，并代没有电脑的村登记）"),
            )
        )
        self.rows.add("edition", "用在", self._edition, required=True)
        self.rows.add("town", "镇名", QLineEdit(), "例如：大茂镇", required=True)
        self.rows.add("village", "村名", QLineEdit(), "例如：联光村", required=True)
        self._edition.currentIndexChanged.connect(self._on_edition)
        self.watch()

    def draft(self) -> PlaceDraft:
        edition: Edition = self.choice("edition")
        village = self.text("village") if edition is Edition.VILLAGE else None
        return PlaceDraft(edition, self.text("town"), village)

    def fill(self, draft: PlaceDraft) -> None:
        for name in ("edition", "town", "village"):
            self.put(name, getattr(draft, name))

    def problems(self, draft: PlaceDraft) -> Sequence[FieldProblem]:
        found = []
        if len(draft.town) < 2:
            found.append(FieldProblem("town", "请填写镇名，例如：大茂镇。"))
        if draft.village is not None and len(draft.village) < 2:
            found.append(FieldProblem("village", "请填写村名，例如：联光村。"))
        return found

    def _on_edition(self) -> None:
        self.rows.set_visible("village", self.choice("edition") is Edition.VILLAGE)


class FirstOperatorForm(Form[FirstOperatorDraft]):
    """Who works here first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows.add("operator_name", "您的姓名", QLineEdit(), "只加密保存", required=True)
        hint = "显示在登录窗口，谁都能看到：写岗位，不写姓名"
        self.rows.add("label", "登录名", QLineEdit(), hint, required=True)
        self.rows.add("password", "口令", PasswordField(), PASSWORD_HINT, required=True)
        self.rows.add("again", "再输一次", PasswordField(), required=True)
        self.watch()

    def draft(self) -> FirstOperatorDraft:
        password, again = self.rows.field("password"), self.rows.field("again")
        assert isinstance(password, QLineEdit)
        assert isinstance(again, QLineEdit)
        return FirstOperatorDraft(
            self.text("operator_name"), self.text("label"), password.text(), again.text()
        )

    def fill(self, draft: FirstOperatorDraft) -> None:
        for name in ("operator_name", "label", "password", "again"):
            self.put(name, getattr(draft, name))

    def problems(self, draft: FirstOperatorDraft) -> Sequence[FieldProblem]:
        found = []
        if not draft.operator_name:
            found.append(FieldProblem("operator_name", "请填写姓名。"))
        if not draft.label:
            found.append(FieldProblem("label", "请填写登录名，例如：文书。"))
        if not draft.password:
            found.append(FieldProblem("password", "请设定口令。"))
        elif weak := weak_password(draft.password):
            found.append(FieldProblem("password", weak))
        elif draft.password != draft.again:
            found.append(FieldProblem("again", "两次输入的口令不一样。"))
        return found
