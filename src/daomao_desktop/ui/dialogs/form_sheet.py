"""A dialog around one form: check, save in the worker, errors beside the fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from daomao_desktop.errors import DaomaoError
from daomao_desktop.services.desk import Changes
from daomao_desktop.services.unsaved import Slot
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.base import Sheet, ask_save
from daomao_desktop.ui.forms.base import Form
from daomao_desktop.ui.typing_keeper import TypingKeeper
from daomao_desktop.ui.widgets.parts import label

Draft = TypeVar("Draft")

_KEEPS = ("保存", "登记", "新增")  # buttons that keep a record; the others take a step


class FormSheet(Sheet, Generic[Draft]):
    """``keep(draft)`` runs in the worker; the dialog closes when it went well.

    What is typed is kept at ``slot`` until then; ``stored``: the form shows a record.
    ``begin`` False: it is still to be read; ``begin()`` is called then.
    """

    def __init__(
        self,
        title: str,
        form: Form[Draft],
        context: Context,
        keep: Callable[[Draft], Changes],
        slot: Slot,
        *,
        stored: bool = False,
        begin: bool = True,
        note: str = "",
        button: str = "保存",
        on_done: Callable[[Changes], object] | None = None,
        width: int = 520,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent, width)
        self.form = form
        self._operations = context.operations
        self._keep = keep
        self._on_done = on_done
        self._sure = False
        if note:
            self.body.addWidget(label(note, "muted", wrap=True))
        self.body.addWidget(form)
        form.submitted.connect(self._on_save)
        form.changed.connect(self.banner.settle)
        self.keeper = TypingKeeper(form, context, self.banner)
        self.add_left(kept := label("", "muted"))
        self.keeper.kept.connect(kept.setText)
        self.add_button("取消", self.reject)
        self.save_button = self.add_button(button, self._on_save, "primary", default=True)
        self._slot, self._stored = slot, stored
        if begin:
            self.begin()

    def begin(self) -> None:
        """The form shows what it starts from; what was typed into it before comes back."""
        self.keeper.watch(self._slot, self.windowTitle(), stored=self._stored)

    def reject(self) -> None:
        """Esc and 取消: asks when something was typed."""
        if self.form.dirty and not self._sure:
            word = self.save_button.text()
            what = f"“{self.windowTitle()}”里填的内容"
            ask_save(self, what, self._on_save, self._leave, yes=word, usual=word in _KEEPS)
            return
        super().reject()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        names = self.form.rows.names
        if names:
            self.form.rows.field(names[0]).setFocus()

    def _leave(self) -> None:
        self._sure = True
        self.form.saved()
        self.reject()

    def _on_save(self) -> None:
        if self.save_button.isEnabled():
            self.form.save(self._send)

    def _send(self, draft: Draft) -> None:
        self.save_button.setEnabled(False)
        self.banner.settle()

        def done(changes: Changes) -> None:
            self._sure = True
            self.form.saved()
            if self._on_done is not None:
                self._on_done(changes)
            self.accept()

        def refused(error: DaomaoError) -> None:
            self.save_button.setEnabled(True)
            if not self.form.show_error(error):
                self.refuse(error)

        self._operations.command(lambda: self._keep(draft), done, refused, owner=self)
