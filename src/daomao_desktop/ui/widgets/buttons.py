"""Buttons in their few styles."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QMenu, QPushButton, QToolButton, QWidget

from daomao_desktop.ui.theme import set_role

if TYPE_CHECKING:  # mixed into Qt's classes, which must not be inherited from twice
    _Base = QAbstractButton
else:
    _Base = object


class _KeepsFocus(_Base):
    """Mixed into buttons: Enter presses the one that has the focus, and it is not lost.

    Qt gives the focus of a button that is disabled or hidden to whatever comes next in the
    window, so that Space then pressed something far away. Here it waits at what is around the
    button, and goes back when the button can be pressed again.
    """

    _waiting = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            event.accept()
        else:
            super().keyPressEvent(event)

    def setEnabled(self, enabled: bool) -> None:
        had = self.hasFocus()
        super().setEnabled(enabled)
        self._settle(had, enabled)

    def setVisible(self, visible: bool) -> None:
        had = self.hasFocus()
        super().setVisible(visible)
        self._settle(had, visible)

    def _settle(self, had: bool, usable: bool) -> None:
        around = self.parentWidget()
        if around is None:
            return
        if had and not usable:
            around.setFocus()
            self._waiting = True
        elif usable and self._waiting:
            self._waiting = False
            if around.hasFocus():
                self.setFocus()


class _Button(_KeepsFocus, QPushButton):
    pass


class _MenuButton(_KeepsFocus, QToolButton):
    pass


def button(
    text: str,
    on_click: Callable[[], object] | None = None,
    *,
    role: str = "",
    tip: str = "",
    parent: QWidget | None = None,
) -> QPushButton:
    """A push button; ``role`` is one of primary, danger, link, flat. Enter never presses it by
    accident: only when it has the focus, or is the one a dialog names its default button."""
    result = _Button(text, parent)
    result.setAutoDefault(False)
    if role:
        set_role(result, role)
    if tip:
        result.setToolTip(tip)
    if on_click is not None:
        result.clicked.connect(lambda _checked=False: on_click())
    return result


def menu_button(
    text: str, entries: list[tuple[str, Callable[[], object]]], parent: QWidget | None = None
) -> QToolButton:
    """A button that drops a menu of further steps."""
    result = _MenuButton(parent)
    result.setText(text)
    result.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    result.setFocusPolicy(result.focusPolicy().StrongFocus)
    set_role(result, "button")
    menu = QMenu(result)
    for title, step in entries:
        action = menu.addAction(title)
        action.triggered.connect(lambda _checked=False, step=step: step())
    result.setMenu(menu)
    return result


def allow(widget: QWidget | QAction, refusal: str, tip: str = "") -> None:
    """Enables a button or menu entry, or disables it and says why in its tooltip."""
    widget.setEnabled(not refusal)
    widget.setToolTip(refusal or tip)


def shortcut_tip(text: str, keys: str) -> str:
    """A tooltip that names the keys, as this platform writes them."""
    return f"{text}（{QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)}）"
