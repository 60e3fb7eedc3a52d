"""Changing one's password, and setting a forgotten one anew with the recovery code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from daomao_desktop.domain.accounts import PASSWORD_HINT, weak_password
from daomao_desktop.errors import DaomaoError, FieldProblem
from daomao_desktop.ui.dialogs.base import Sheet
from daomao_desktop.ui.forms.base import Form
from daomao_desktop.ui.operations import Operations
from daomao_desktop.ui.widgets.choices import PasswordField
from daomao_desktop.ui.widgets.parts import label

if TYPE_CHECKING:
    from daomao_desktop.ui.context import Context


@dataclass(frozen=True, slots=True)
class PasswordDraft:
    """What is known (the old password or the recovery code) and the new password twice."""

    known: str
    new: str
    again: str


class PasswordForm(Form[PasswordDraft]):
    """``by_code``: the recovery code stands in for the old password."""

    def __init__(self, *, by_code: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._by_code = by_code
        if by_code:
            hint = "纸上的 8 组字符，大小写和短横都可以不管"
            self.rows.add("known", "恢复码", QLineEdit(), hint, required=True)
        else:
            self.rows.add("known", "现在的口令", PasswordField(), required=True)
        self.rows.add("new", "新口令", PasswordField(), PASSWORD_HINT, required=True)
        self.rows.add("again", "再输一次", PasswordField(), required=True)
        self.watch()

    def draft(self) -> PasswordDraft:
        values = []
        for name in ("known", "new", "again"):
            field = self.rows.field(name)
            assert isinstance(field, QLineEdit)
            values.append(field.text())
        return PasswordDraft(*values)

    def fill(self, draft: PasswordDraft) -> None:
        for name in ("known", "new", "again"):
            self.put(name, getattr(draft, name))

    def problems(self, draft: PasswordDraft) -> Sequence[FieldProblem]:
        found = []
        if not draft.known:
            words = "请输入恢复码。" if self._by_code else "请输入现在的口令。"
            found.append(FieldProblem("known", words))
        if not draft.new:
            found.append(FieldProblem("new", "请设定新口令。"))
        elif weak := weak_password(draft.new):
            found.append(FieldProblem("new", weak))
        elif draft.new != draft.again:
            found.append(FieldProblem("again", "两次输入的口令不一样。"))
        return found


def open_own_password(context: Context, parent: QWidget) -> None:
    """Changes the password of who sits at the desk."""
    from daomao_desktop.services import accounts  # the login window must not wait for the store

    desk = context.desk
    PasswordSheet(
        context.operations,
        lambda old, new: accounts.change_password(desk, old, new),
        lambda: context.tell("口令已修改，下次登录用新口令。"),
        parent=parent,
    ).open()


class PasswordSheet(Sheet):
    """``keep(known, new)`` runs in the worker; ``on_done`` when it went well."""

    def __init__(
        self,
        operations: Operations,
        keep: Callable[[str, str], object],
        on_done: Callable[[], object],
        *,
        by_code: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("用恢复码重设口令" if by_code else "修改口令", parent, width=460)
        self._operations = operations
        self._keep = keep
        self._on_done = on_done
        if by_code:
            self.body.addWidget(label(f"操作员：{by_code}", "muted"))
        self.form = PasswordForm(by_code=bool(by_code))
        self.body.addWidget(self.form)
        self.form.submitted.connect(self._on_save)
        self.form.changed.connect(self.banner.settle)
        self.add_button("取消", self.close)
        self._save = self.add_button("保存新口令", self._on_save, "primary", default=True)

    def _on_save(self) -> None:
        draft = self.form.check()
        if draft is None or not self._save.isEnabled():
            return
        self._save.setEnabled(False)

        def done(_result: object) -> None:
            self._on_done()
            self.close()

        def refused(error: DaomaoError) -> None:
            self._save.setEnabled(True)
            if not self.form.show_error(error):
                self.refuse(error)

        self._operations.query(
            lambda: self._keep(draft.known, draft.new),
            done,
            refused,
            owner=self,
            title="正在保存新口令…",
        )
