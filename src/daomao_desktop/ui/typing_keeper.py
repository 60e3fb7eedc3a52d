"""Nothing typed is lost: what stands in a form is kept sealed, seconds after a key.

It is forgotten when it is saved or given up, and comes back into the same form after a power cut.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTime, QTimer, Signal

from daomao_desktop.errors import DaomaoError
from daomao_desktop.services import unsaved
from daomao_desktop.services.unsaved import Slot, Typed
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.forms.base import Form
from daomao_desktop.ui.widgets.parts import Banner

KEEP_AFTER_MS = 3000  # after the first key that is not kept yet, however long they come
_FULL = "没能自动暂存，请检查磁盘空间。"


class TypingKeeper(QObject):
    """Watches one form; ``watch`` says where it stands each time it was loaded.

    ``kept`` carries, after each attempt, the words of a quiet line. What comes back is told in
    ``banner``, with 不要了.
    """

    kept = Signal(str)

    def __init__(self, form: Form[Any], context: Context, banner: Banner) -> None:
        super().__init__(form)
        self._form = form
        self._context = context
        self._banner = banner
        self.slot: Slot | None = None
        self._name = ""
        self._stored = self._on_disk = self._failing = False
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(KEEP_AFTER_MS)
        self.timer.timeout.connect(self._keep)
        form.changed.connect(self._on_changed)
        form.settled.connect(self._on_settled)

    def watch(self, slot: Slot, name: str, *, stored: bool = False, writable: bool = True) -> bool:
        """To be called when the form was loaded; ``name`` is what people call it.

        Brings back what was typed there before, and tells so; True then. ``stored``: the form shows
        a record, of which only the fields that were typed into come back. ``writable`` False: it
        cannot be saved, and nothing is kept.
        """
        self.timer.stop()
        if not writable:
            self.slot = None
            return False
        self.slot, self._name, self._stored, self._on_disk = slot, name, stored, False
        typed = self._context.kept.take(slot)
        if typed is None:
            return False
        now = self._form.snapshot()
        other = [name for name, value in typed.before.items() if now.get(name) != value]
        self._on_disk = True
        self._form.bring_back(typed.fields)
        if not self._form.dirty:  # the record says the same by now
            self._on_settled()
            return False
        words = "上次没来得及保存的内容已经填回来了，还没有保存。"
        if other:
            words += f"这条记录后来改过（{self._form.labels(other)}），保存前请核对。"
        self._banner.tell(words, "banner", ("不要了", self._give_up))
        return True

    @property
    def title(self) -> str:
        """What is being typed, in words: 履职记录（新）：符毅."""
        subject = self._form.subject()
        return f"{self._name}：{subject}" if subject else self._name

    def _on_changed(self) -> None:
        if self.slot is not None and not self.timer.isActive():
            self.timer.start()

    def _keep(self) -> None:
        slot = self.slot
        if slot is None or not self._form.dirty:
            return
        fields, before = self._form.typed() if self._stored else (self._form.snapshot(), {})
        desk, typed = self._context.desk, Typed(slot, self.title, fields, before)
        self._on_disk = True

        def failed(_error: DaomaoError) -> None:
            self._on_kept(False)

        self._context.operations.query(
            lambda: unsaved.keep(desk, typed), self._on_kept, failed, owner=self, title=""
        )

    def _on_kept(self, done: bool) -> None:
        clock = QTime.currentTime().toString("HH:mm")
        self.kept.emit(f"{clock} 已自动暂存" if done else _FULL)
        if not done and not self._failing:
            self._context.tell(_FULL)
        self._failing = not done

    def _on_settled(self) -> None:
        """Saved or given up."""
        self.timer.stop()
        if self.slot is None or not self._on_disk:
            return
        desk, slot, self._on_disk = self._context.desk, self.slot, False
        self._context.operations.query(
            lambda: unsaved.forget(desk, slot), lambda _none: None, title="", sure=True
        )

    def _give_up(self) -> None:
        """不要了: the form as it was loaded; for a while the text can be had back."""
        fields = self._form.snapshot()
        self._banner.tell("")
        self._form.revert()
        slot = self.slot

        def back() -> None:
            if self.slot == slot:
                self._form.bring_back(fields)

        self._context.tell("上次没有保存的内容已经不要了。", ("恢复", back))
