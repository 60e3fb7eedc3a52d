"""A hand that presses at random places: seeded, so that what it did can be done again."""

from __future__ import annotations

import random
from collections import deque

import shiboken6
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from tests.tour.controls import scope_of
from tests.tour.stage import Stage

_FRESH_AFTER = 500
_REMEMBERED = 50
_CHOOSE_AFTER_MS = 60
_NAMES = "王冯符毅曾玉兰𠮷䶮支部会议优秀，。“”"
_KEYS = [
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Space,
    Qt.Key.Key_Delete,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_End,
    Qt.Key.Key_Menu,
    Qt.Key.Key_F1,
    Qt.Key.Key_F5,
    Qt.Key.Key_F6,
]
_WITH_CONTROL = "NSFPACVXZYKL="
_CONTROL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class RandomHand:
    """``go`` ends early at the first finding: what comes after it says little."""

    def __init__(self, stage: Stage, seed: int) -> None:
        self._stage = stage
        self._seed = seed
        self._random = random.Random(seed)
        self._last: deque[str] = deque(maxlen=_REMEMBERED)
        self.done = 0
        self.starts = 0

    def go(self, events: int) -> None:
        while self.done < events and not self._stage.watch.findings:
            if self.done % _FRESH_AFTER == 0 or self._stage.ended:
                self._stage.fresh()
                self.starts += 1
                self._last.append("— 重新打开 —")
            self._event()
            self.done += 1

    def report(self) -> tuple[str, int]:
        """The text, and how many faults it names."""
        findings = self._stage.watch.findings
        lines = [f"随机按了 {self.done} 下（--seed {self._seed}），重开 {self.starts} 次。"]
        if findings:
            lines += ["最后按的：", *self._last, "出错：", *findings]
        return "\n".join(lines) + "\n", len(findings)

    def _event(self) -> None:
        stage, chance = self._stage, self._random
        dialog = next((w for w in stage.windows() if isinstance(w, QFileDialog)), None)
        if dialog is not None:
            self._answer(dialog)
            return
        popup = QApplication.activePopupWidget()
        window = popup if popup is not None else stage.front
        kind = chance.choices(
            ("click", "double", "right", "key", "digits", "chinese", "control", "page", "wheel"),
            (40, 5, 5, 18, 8, 8, 8, 3, 5),
        )[0]
        widget, place = self._somewhere(window)
        focus = window.focusWidget() or window
        stage.watch.where = f"{kind} {scope_of(window)}"
        self._last.append(f"{self.done} {kind} {scope_of(window)} {_words(widget)}")
        # The menu of a button waits within the click: somebody has to choose.
        QTimer.singleShot(_CHOOSE_AFTER_MS, self._choose)
        if kind in ("click", "double", "right"):
            self._mouse(kind, widget, place)
        elif kind == "key":
            QTest.keyClick(focus, chance.choice(_KEYS))
        elif kind == "digits":
            QTest.keyClicks(focus, str(chance.randrange(1, 20270000)))
        elif kind == "chinese":
            committed = QInputMethodEvent()
            committed.setCommitString("".join(chance.choices(_NAMES, k=3)))
            QApplication.sendEvent(focus, committed)
        elif kind == "control":
            QTest.keyClick(focus, chance.choice(_WITH_CONTROL), _CONTROL)
        elif kind == "page":
            QTest.keyClick(focus, str(chance.randint(1, 7)), _ALT)
        else:
            self._wheel(widget, place)
        # Sometimes a clerk does not wait.
        stage.settle() if chance.random() < 0.8 else QApplication.processEvents()

    def _somewhere(self, window: QWidget) -> tuple[QWidget, QPoint]:
        """Half of the time anywhere, else on something that can be pressed."""
        chance = self._random
        if chance.random() < 0.5 and not isinstance(window, QMenu):
            inside = [
                w
                for w in window.findChildren(QWidget)
                if w.isVisible() and w.focusPolicy() is not Qt.FocusPolicy.NoFocus
            ]
            if inside:
                return (one := chance.choice(inside)), one.rect().center()
        area = window.rect()
        across, down = max(1, area.width()), max(1, area.height())
        place = QPoint(chance.randrange(across), chance.randrange(down))
        widget = window.childAt(place) or window
        return widget, widget.mapFrom(window, place)

    def _choose(self) -> None:
        menu = QApplication.activePopupWidget()
        if not isinstance(menu, QMenu):
            return
        entries = [a for a in menu.actions() if a.isEnabled() and a.text()]
        if entries and self._random.random() < 0.6:
            place = menu.actionGeometry(self._random.choice(entries)).center()
            QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place)
        if shiboken6.isValid(menu):
            menu.close()

    def _mouse(self, kind: str, widget: QWidget, place: QPoint) -> None:
        if kind == "double":
            QTest.mouseDClick(widget, Qt.MouseButton.LeftButton, pos=place)
        elif kind == "right":
            QTest.mouseClick(widget, Qt.MouseButton.RightButton, pos=place)
        else:
            QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)

    def _wheel(self, widget: QWidget, place: QPoint) -> None:
        turned = QWheelEvent(
            QPointF(place),
            QPointF(widget.mapToGlobal(place)),
            QPoint(0, 0),
            QPoint(0, self._random.choice((-120, 120, -480))),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, turned)

    def _answer(self, dialog: QFileDialog) -> None:
        self._last.append(f"{self.done} 选文件 {dialog.windowTitle()}")
        if self._random.random() < 0.4:
            dialog.reject()
        else:
            self._stage.answer(dialog)
        self._stage.settle()


def _words(widget: QWidget) -> str:
    if not shiboken6.isValid(widget):
        return ""
    return f"{type(widget).__name__} {widget.objectName() or widget.accessibleName()}"
