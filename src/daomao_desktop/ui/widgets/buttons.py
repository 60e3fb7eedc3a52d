"""Buttons in their few styles."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QWidget

from daomao_desktop.ui.theme import set_role


def button(
    text: str,
    on_click: Callable[[], object] | None = None,
    *,
    role: str = "",
    tip: str = "",
    parent: QWidget | None = None,
) -> QPushButton:
    """A push button; ``role`` is one of primary, danger, link, flat. Enter never presses it by
    accident: only a dialog's own default button is a default button."""
    result = QPushButton(text, parent)
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
    result = QToolButton(parent)
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
