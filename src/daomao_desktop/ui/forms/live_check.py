"""What stands below a field is true of what stands in it: checked again when it is left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QWidget

from daomao_desktop.errors import FieldProblem

if TYPE_CHECKING:
    from daomao_desktop.ui.forms.base import Form

_PAUSE = 400  # ms after the last key: what is being typed is not called wrong meanwhile
_SETTLED = 30  # ms: the field left has tidied its text, the one entered has the focus
_STAYS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class LiveCheck(QObject):
    """Takes an error away with the first key in its field, looks again when the field is left.

    Fields that nobody touched are left alone: an empty form does not scold. Warnings come after a
    pause in typing already: they do not depend on what is still to come.
    """

    def __init__(self, form: Form[Any]) -> None:
        super().__init__(form)
        self._form = form
        self._fields: dict[str, QWidget] = {}
        self._touched: set[str] = set()
        self._ours: set[str] = set()  # errors that this program finds again by looking
        self._left: set[str] = set()
        self._leaving = self._timer(_SETTLED, self._on_left)
        self._pausing = self._timer(_PAUSE, self._on_pause)

    def watch(self, name: str, field: QWidget) -> None:
        """Tells apart when the field is left."""
        self._fields[name] = field
        field.installEventFilter(self)

    def start(self) -> None:
        """Another draft is shown: nothing was touched; its warnings stand beside the fields."""
        self._reset()
        self._ours.clear()
        self.remind()

    def remind(self) -> None:
        """All warnings of what stands there, where no error is told already."""
        draft, _problems = self._form.look()
        self._warn(self._form.warnings(draft), (), self._form.rows.names)

    def settle(self, problems: Iterable[FieldProblem]) -> None:
        """Everything was checked just now; what was found stays until its field is edited."""
        self._reset()
        self._ours = {problem.field for problem in problems}

    def edited(self, name: str) -> None:
        self._touched.add(name)
        self._form.rows.set_error(name, "")
        self._pausing.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.FocusOut
            and isinstance(event, QFocusEvent)
            and event.reason() not in _STAYS
            # A field being destroyed is no longer the one that was watched.
            and self._fields.get(watched.objectName()) is watched
        ):
            self._left.add(watched.objectName())
            self._leaving.start()
        return super().eventFilter(watched, event)

    def _on_left(self) -> None:
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._leaving.start()  # a line more would move the button away from under the mouse
            return
        rows = self._form.rows
        draft, problems = self._form.look()
        wrong = {problem.field: problem.sentence for problem in problems}
        for name in self._left & self._touched:
            rows.set_error(name, wrong.get(name, ""))
            self._ours.add(name)
        for name in self._ours - set(wrong):  # mended by way of another field
            if rows.error(name):
                rows.set_error(name, "")
        self._left.clear()
        self._warn(self._form.warnings(draft), problems, self._touched)

    def _on_pause(self) -> None:
        draft, problems = self._form.look()
        self._warn(self._form.warnings(draft), problems, self._touched)

    def _warn(
        self,
        warnings: Sequence[FieldProblem],
        problems: Sequence[FieldProblem],
        names: Iterable[str],
    ) -> None:
        """Warnings below these fields; one that has an error has enough to say."""
        rows = self._form.rows
        said: dict[str, str] = {}
        for warning in warnings:
            said[warning.field] = said.get(warning.field, "") + warning.sentence
        wrong = {problem.field for problem in problems}
        for name in names:
            sentence = "" if name in wrong else said.get(name, "")
            if not rows.error(name) and rows.warning(name) != sentence:
                rows.set_warning(name, sentence)

    def _reset(self) -> None:
        self._touched.clear()
        self._left.clear()
        self._leaving.stop()
        self._pausing.stop()

    def _timer(self, pause: int, step: Any) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(pause)
        timer.timeout.connect(step)
        return timer
