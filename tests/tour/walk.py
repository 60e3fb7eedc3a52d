"""Presses every control once, wherever it leads, and says what came of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QMainWindow,
    QWidget,
)

from daomao_desktop.ui.main_window import MainWindow
from tests.tour.controls import Control, Key, controls, greyed, reveal, scope_of
from tests.tour.stage import Stage
from tests.tour.watch import ENDED, Seen

_LONG = 14  # presses after which the walk starts afresh rather than going on in its own traces
_TRIES = 1
_LEFT = "离开"
_QUESTION = "Sheet 请确认"
_IN_PASSING = (_LEFT, "填", "写")

Trail = tuple[Key, ...]


class Walk:
    """``pressed`` says what each control did; ``grey`` the reason of each that could not act."""

    def __init__(
        self,
        stage: Stage,
        tell: Callable[[str], object],
        pictures: Path | None = None,
        only: str = "",
    ) -> None:
        self.stage = stage
        self.pressed: dict[Key, str] = {}
        self.grey: dict[Key, str] = {}
        self.lost: dict[Key, Trail] = {}
        self._seen: dict[Key, Trail] = {}
        self._tried: dict[Key, int] = {}
        self._trail: list[Key] = []
        self._tell = tell
        self._pictures = pictures
        self._scopes: set[str] = set()
        self._only = only

    def go(self) -> None:
        """Until there is nothing left that was seen and not pressed."""
        self._fresh()
        while True:
            here = self._look()
            wanted = next((c for c in here if c.key not in self.pressed), None)
            if wanted is None:
                if self._step_back():
                    continue
                wanted = self._seek()
                if wanted is None:
                    if not self._left():
                        return
                    continue
            self._press(wanted)

    def press_again(self, trail: Iterable[Key]) -> bool:
        """Goes the same way once more; False where a control is not there."""
        for key in trail:
            if key.kind == _LEFT:
                self._leave(self._front)
                continue
            control = next((c for c in controls(self._front) if c.key == key), None)
            if control is None and key.scope.startswith(_QUESTION):
                continue  # it is not asked this time
            if control is None:
                self._tell(f"{key} 不在 {scope_of(self._front)}")
                return False
            self._act(control)
            if self.stage.ended:
                return False
            self._tidy(control)
        return True

    # Steps

    @property
    def _front(self) -> QWidget:
        return QApplication.activePopupWidget() or self.stage.front

    def _fresh(self) -> None:
        self._trail = []
        self.stage.fresh()

    def _look(self) -> list[Control]:
        window = self._front
        scope = scope_of(window)
        if self.stage.start == "wizard" and isinstance(window, QMainWindow):
            return []  # founded: the other starts walk on from here
        if scope not in self._scopes:
            self._scopes.add(scope)
            self._take_picture(window, scope)
        for key, reason in greyed(window):
            self.grey[key] = self.grey.get(key) or reason
        here = [c for c in controls(window) if self._only in c.key.scope]
        for control in here:
            self._seen.setdefault(control.key, tuple(self._trail))
        return here

    def _step_back(self) -> bool:
        """Leaves a dialog or a menu in which all has been pressed."""
        window = self._front
        popped = window is QApplication.activePopupWidget()
        if not popped and not (isinstance(window, QDialog) and not self._is_long):
            return False
        self._trail.append(Key(scope_of(window), _LEFT, ""))
        self._leave(window)
        return popped or (self._front is not window and not isinstance(self._front, QDialog))

    def _leave(self, window: QWidget) -> None:
        if window is QApplication.activePopupWidget():  # a menu, a calendar, a list of names
            window.close()
        else:
            QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Escape)
        self.stage.settle()

    def _left(self) -> list[Key]:
        return [k for k in self._seen if k not in self.pressed and k not in self.lost]

    def _seek(self) -> Control | None:
        """Goes to where something unpressed was seen; None when it is not there any more."""
        left = self._left()
        if not left:
            return None
        key = min(left, key=lambda k: len(self._seen[k]))
        trail = self._seen[key]
        self._fresh()
        there = self.press_again(trail)
        self._trail = list(trail)
        found = next((c for c in controls(self._front) if c.key == key), None) if there else None
        if found is None:
            self._tried[key] = self._tried.get(key, 0) + 1
            self._tell(f"找不回来 {key}")
            if self._tried[key] >= _TRIES:
                self.lost[key] = trail
        return found

    def _press(self, control: Control) -> None:
        key = control.key
        self.stage.watch.where = " → ".join(map(str, (*self._trail[-6:], key)))
        reveal(control.widget)
        own = self.stage.window
        if isinstance(own, MainWindow) and control.widget is own and own.page is not None:
            own.tell("")  # the same words once more would not be seen
            own.page.take_focus()
        if control.prepare is not None:
            control.prepare()
        if control.widget.focusPolicy() is not Qt.FocusPolicy.NoFocus:
            control.widget.setFocus()  # or the frame around it would pass for an effect
        self.stage.settle()
        if not shiboken6.isValid(control.widget):
            self.pressed[key] = "不在了"  # what it was for is done
            return
        before = self._snapshot()
        self._act(control)
        self.pressed[key] = effect = before.effect(self._snapshot())
        self._tell(f"{len(self.pressed)} {key}：{effect or '没有反应'}")
        self._tidy(control)
        self._trail.append(key)
        if self._is_long or self.stage.ended:
            self._fresh()

    @property
    def _is_long(self) -> bool:
        return sum(key.kind not in _IN_PASSING for key in self._trail) >= _LONG

    def _tidy(self, control: Control) -> None:
        if control.tidy is not None and shiboken6.isValid(control.widget):
            control.tidy()
            self.stage.settle(control.wait_ms)

    def _act(self, control: Control) -> None:
        if not self._front.isActiveWindow():  # shortcuts are the active window's
            self._front.activateWindow()
            self.stage.settle()
        control.press()
        self.stage.settle(control.wait_ms)
        dialog = self._file_dialog()
        if dialog is None:
            return
        dialog.reject()  # once nothing is chosen …
        self.stage.settle()
        control.press()
        self.stage.settle(control.wait_ms)
        dialog = self._file_dialog()
        if dialog is not None:  # … and once something is
            self.stage.answer(dialog)
            self.stage.settle()

    def _file_dialog(self) -> QFileDialog | None:
        return next((w for w in self.stage.windows() if isinstance(w, QFileDialog)), None)

    def _snapshot(self) -> Seen:
        stage = self.stage
        if stage.ended:
            return ENDED
        windows = stage.windows()
        own = stage.window
        status = own.statusBar() if isinstance(own, QMainWindow) else None
        said = [status.currentMessage()] if status is not None else []
        said += [w.text() for w in own.findChildren(QLabel) if w.isVisible() and w.property("role")]
        opened = len(stage.opened.urls)
        return Seen(
            windows=tuple(scope_of(w) for w in windows if not isinstance(w, QMainWindow)),
            page=scope_of(own),
            said=next((words for words in said if words), ""),
            changes=stage.watch.changes,
            clipboard=QApplication.clipboard().text(),
            files=tuple(sorted(p.name for p in stage.out.rglob("*") if p.is_file())),
            opened=opened,
            pictures=tuple(_picture(w) for w in windows),
            focus=_words(QApplication.focusWidget()),
            refused=any(_refuses(label) for w in windows for label in w.findChildren(QLabel)),
        )

    def _take_picture(self, window: QWidget, scope: str) -> None:
        if self._pictures is not None:
            number = len(self._scopes)
            name = f"{number:03d}-{scope.replace('/', '_').replace(' ', '_')[:60]}.png"
            window.grab().save(str(self._pictures / name))


def _words(widget: QWidget | None) -> str:
    """Which widget, for a comparison."""
    if widget is None:
        return ""
    return f"{type(widget).__name__} {widget.accessibleName() or widget.objectName()}"


def _refuses(label: QLabel) -> bool:
    """Whether a sentence in red is to be read there."""
    parent = label.parentWidget()
    roles = (label.property("role"), parent.property("role") if parent is not None else None)
    return (
        label.isVisible() and len(label.text()) > 1 and bool({"error", "banner-error"} & set(roles))
    )


def _picture(window: QWidget) -> int:
    image = window.grab().toImage()  # kept while its bytes are read
    return hash(bytes(image.constBits()))
