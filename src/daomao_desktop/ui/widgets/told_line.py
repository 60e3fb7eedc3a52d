"""The line at the foot of the window: what was done, and the steps offered after it."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from daomao_desktop.ui.theme import px, set_role
from daomao_desktop.ui.widgets.buttons import button
from daomao_desktop.ui.widgets.parts import OneLine

SHOWN_MS = 8_000
OFFERED_MS = 30_000  # a step offered is to be read, thought about and reached

# What a button says, and what it does.
Step = tuple[str, Callable[[], object]]


class ToldLine(QWidget):
    """``tell`` replaces what stood there; after a while it empties itself.

    It stays as long as the mouse is over it or the keyboard on one of its buttons.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "plain")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(px(4), 0, 0, 0)
        layout.setSpacing(px(6))
        self.words = OneLine(Qt.TextElideMode.ElideMiddle)
        self.words.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        layout.addWidget(self.words)
        layout.addStretch(1)
        self._layout = layout
        self.buttons: list[QPushButton] = []
        self._steps: tuple[Step, ...] = ()
        self._came_from: QWidget | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)

    def tell_more(self, sentence: str, *steps: Step) -> None:
        """Adds to what stands there, for what is known only a moment later."""
        self.tell(self.words.text() + sentence, *steps, *self._steps)

    def tell(self, sentence: str, *steps: Step) -> None:
        """Shows the sentence with a button for each step; taking one empties the line."""
        self._steps = steps
        for old in self.buttons:
            old.hide()
            old.deleteLater()
        self.buttons = []
        self.words.setText(sentence)
        for place, (title, step) in enumerate(steps, start=1):
            new = button(title, role="link", parent=self)
            new.setAccessibleDescription(sentence)
            new.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard alone
            new.clicked.connect(lambda _checked=False, step=step: self._take(step))
            self._layout.insertWidget(place, new)
            new.show()
            self.buttons.append(new)
        self._timer.start(OFFERED_MS if steps else SHOWN_MS)

    def reach(self) -> None:
        """The keyboard goes to the first step offered."""
        if self.buttons:
            self._came_from = self.window().focusWidget()
            self.buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.tell("下面一行现在没有按钮。")

    def _take(self, step: Callable[[], object]) -> None:
        had = any(one.hasFocus() for one in self.buttons)
        self.tell("")
        back, self._came_from = self._came_from, None
        if had and back is not None and shiboken6.isValid(back) and back.isVisible():
            back.setFocus()
        step()

    def _on_time(self) -> None:
        if self.underMouse() or any(one.hasFocus() for one in self.buttons):
            self._timer.start()
        else:
            self.tell("")
