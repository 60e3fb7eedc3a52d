"""撤销 and 重做: the menu's entries, the keys, and the button beside the line that tells."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from daomao_desktop.services.undo import NOTHING_TO_REDO, NOTHING_TO_UNDO, Done, UndoStack
from daomao_desktop.ui.widgets.buttons import allow

if TYPE_CHECKING:
    from daomao_desktop.errors import DaomaoError
    from daomao_desktop.services.desk import Changes, Desk
    from daomao_desktop.ui.main_window import MainWindow
    from daomao_desktop.ui.operations import Operations
    from daomao_desktop.ui.widgets.told_line import Step

_UNDO = QKeySequence("Ctrl+Z")
_REDO = (QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z"))
_TYPED_OUT = "这一栏里没有可以再撤销的输入；要撤销上一步操作，请用菜单“操作”里的“撤销”。"
_TYPING = "{words}还没有保存：先保存或取消，再按 Ctrl+Z；也可以用菜单“操作”里的“撤销”。"


class UndoActions(QObject):
    """Keys go to the field first: one that was typed into has its own steps to take back.

    Nor do they reach the records while the page in front holds something unsaved: whoever takes
    back typing must not lose what was saved before. The menu and the button always mean the step.
    """

    def __init__(self, window: MainWindow, desk: Desk, operations: Operations) -> None:
        super().__init__(window)
        self._window = window
        self._operations = operations
        self._stack = UndoStack(desk)
        self._fresh: Done | None = None
        self._seen: Done | None = None
        self._field: QWidget | None = None
        # The entries turn grey; the keys stay alive, for a key that can do nothing says why.
        self.undo = QAction(self)
        self.undo.triggered.connect(lambda _checked=False: self._take_back(None))
        self.redo = QAction(self)
        self.redo.triggered.connect(lambda _checked=False: self._do_again())
        for keys, step in ((_UNDO, self._on_undo_key), *((k, self._on_redo_key) for k in _REDO)):
            QShortcut(keys, window, step)
        self._show_names()
        operations.changed.connect(self._on_changed)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus)

    def add_to(self, menu: QMenu) -> None:
        """The two entries, named after the step; grey with the reason where there is none."""
        menu.addAction(self.undo)
        menu.addAction(self.redo)
        menu.addSeparator()
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(self._show_names)

    def offered(self) -> tuple[Step, ...]:
        """The button for the sentence that tells of the command just done; once."""
        fresh, self._fresh = self._fresh, None
        if fresh is None or fresh.refusal:
            return ()
        return (("撤销", partial(self._take_back, fresh)),)

    def close(self) -> None:
        """The window goes."""
        self._stack.close()
        self._watch(None)

    # Steps

    def _on_undo_key(self) -> None:
        if self._may_use_keys():
            self._take_back(None)

    def _on_redo_key(self) -> None:
        if self._may_use_keys():
            self._do_again()

    def _may_use_keys(self) -> bool:
        page = self._window.page
        words = page.unsaved() if page is not None else ""
        if words:
            self._window.tell(_TYPING.format(words=words))
        return not words

    def _take_back(self, wanted: Done | None) -> None:
        """The last step; ``wanted``: only while this is the last one."""
        last = self._stack.last
        reason = NOTHING_TO_UNDO if last is None else last.refusal
        if reason and wanted is None:
            self._window.tell(reason)
        else:
            self._turn(
                lambda: self._stack.last,
                lambda: self._stack.undo(wanted),
                "已撤销：{}。",
                ("重做", self._do_again),
            )

    def _do_again(self) -> None:
        if self._stack.next is None:
            self._window.tell(NOTHING_TO_REDO)
        else:
            self._turn(
                lambda: self._stack.next,
                self._stack.redo,
                "已重做：{}。",
                ("撤销", partial(self._take_back, None)),
            )

    def _turn(
        self,
        which: Callable[[], Done | None],
        work: Callable[[], Changes],
        words: str,
        back: Step,
    ) -> None:
        names: list[str] = []

        def run() -> Changes:  # two quick presses of the key: each its own step
            done = which()
            names.append(done.name if done else "")
            return work()

        self._operations.command(
            run,
            lambda _changes: self._window.tell(words.format(names[0]), back),
            self._refused,
            owner=self,
            title="正在撤销…",
        )

    def _refused(self, error: DaomaoError) -> None:
        self._window.tell(error.sentence)

    # What is told and named

    def _on_changed(self, changes: Changes) -> None:
        last = self._stack.last
        if last != self._seen and not changes.brought_back:
            self._fresh = last
            QTimer.singleShot(0, self, self._on_untold)
        self._seen = last
        self._show_names()

    def _on_untold(self) -> None:
        """Nobody told of the command: it is told by its name."""
        if self._fresh is not None and not self._fresh.refusal:
            self._window.tell(f"已{self._fresh.name}。")
        self._fresh = None

    def _show_names(self) -> None:
        for action, word, done, nothing, keys in (
            (self.undo, "撤销", self._stack.last, NOTHING_TO_UNDO, _UNDO),
            (self.redo, "重做", self._stack.next, NOTHING_TO_REDO, _REDO[0]),
        ):
            reason = nothing if done is None else done.refusal
            name = done.name if done is not None and not reason else ""
            title = f"{word}：{name}" if name else word
            # after the tab: how the menu shows keys
            shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
            action.setText(f"{title.replace('&', '&&')}\t{shown}")
            allow(action, reason, title)

    # Fields

    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        inside = now is not None and now.window() is self._window
        self._watch(now if inside and _text_of(now) is not None else None)

    def _watch(self, field: QWidget | None) -> None:
        if self._field is not None and shiboken6.isValid(self._field):
            self._field.removeEventFilter(self)
        self._field = field
        if field is not None:
            field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's fields take both keys even with nothing to undo; ours give them on."""
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        undo, redo = _is(event, _UNDO), any(_is(event, keys) for keys in _REDO)
        text = _text_of(watched) if undo or redo else None
        if text is None:
            return False
        can_undo, can_redo = _steps_of(text)
        if event.type() == QEvent.Type.ShortcutOverride:
            event.setAccepted(can_undo or can_redo)
            return True
        if event.type() == QEvent.Type.KeyPress and (can_undo or can_redo):
            if undo and can_undo:
                text.undo()
            elif redo and can_redo:
                text.redo()
            elif undo:
                self._window.tell(_TYPED_OUT)
            return True
        return False


_Text = QLineEdit | QPlainTextEdit | QTextEdit


def _text_of(widget: QWidget | None) -> _Text | None:
    """What is typed into while the widget has the focus: a box hands its keys to the line in it."""
    if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit):
        return widget
    if isinstance(widget, QComboBox):
        return widget.lineEdit() if widget.isEditable() else None
    if isinstance(widget, QAbstractSpinBox):
        return widget.findChild(QLineEdit)
    return None


def _steps_of(text: _Text) -> tuple[bool, bool]:
    """Whether the field has typing of its own to take back, and to do again."""
    if isinstance(text, QLineEdit):
        return text.isUndoAvailable(), text.isRedoAvailable()
    if text.isReadOnly():
        return False, False
    return text.document().isUndoAvailable(), text.document().isRedoAvailable()


def _is(event: QKeyEvent, keys: QKeySequence) -> bool:
    pressed = event.keyCombination()
    return Qt.Key.Key_unknown != pressed.key() and QKeySequence(pressed) == keys
