"""What must wait for the mouse button: a table goes on selecting while it is held."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

_AGAIN_MS = 20


def once_released(owner: QObject, step: Callable[[], object]) -> None:
    """Takes the step after the event at work, when no button is down; never if ``owner`` goes."""

    def look() -> None:
        if QGuiApplication.mouseButtons():
            QTimer.singleShot(_AGAIN_MS, owner, look)
        else:
            step()

    QTimer.singleShot(0, owner, look)
