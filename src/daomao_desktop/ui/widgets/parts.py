"""Search box, banner, empty state, card and page header."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from daomao_desktop.ui.theme import px, set_role
from daomao_desktop.ui.widgets.buttons import button

if TYPE_CHECKING:
    from daomao_desktop.ui.widgets.told_line import Step


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """A text in one of the styles of style.qss."""
    result = QLabel(text)
    if role:
        set_role(result, role)
    result.setWordWrap(wrap)
    return result


class SearchBox(QLineEdit):
    """Tells what to search for a moment after the last key; Esc empties it."""

    searched = Signal(str)

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName("查找")
        self.setClearButtonEnabled(True)
        self._fit()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(120)
        self._timer.timeout.connect(lambda: self.searched.emit(self.text().strip()))
        self.textChanged.connect(lambda _text: self._timer.start())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self.setMinimumWidth(px(110))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Wide enough for the words that say what can be searched for, where there is room."""
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        return QSize(max(px(150), words + px(30)), super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)


class Banner(QFrame):
    """A sentence above a page: a warning, an error or good news, with an optional button.

    ``tell`` says what is so until something else is told. ``tell_of_step`` says what came of a
    step: ``settle`` takes that away, when another record, tab or page is looked at.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(px(10), px(6), px(10), px(6))
        self.words = label(wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(self.words, 1)
        self._layout = layout
        self.buttons: list[QPushButton] = []
        self._standing: tuple[str, str, tuple[Step, ...]] = ("", "banner", ())
        self._passing = False
        self.hide()

    def tell(self, sentence: str, role: str = "banner", *steps: Step) -> None:
        """Shows the sentence (roles: banner, banner-error, banner-good) with a button for each
        (title, step); empty hides it."""
        self._standing, self._passing = (sentence, role, steps), False
        self._show(sentence, role, steps)

    def tell_of_step(self, sentence: str, role: str = "banner-error") -> None:
        """Shows what came of a step, in front of what was told; empty takes it away."""
        self._passing = bool(sentence)
        self._show(*((sentence, role, ()) if sentence else self._standing))

    def settle(self) -> None:
        """Takes away what came of a step: it is not about what is looked at now."""
        if self._passing:
            self.tell_of_step("")

    def _show(self, sentence: str, role: str, steps: tuple[Step, ...]) -> None:
        self.words.setText(sentence)
        if self.property("role") != role:
            set_role(self, role)
            # The colour of the words hangs on the role of the frame around them.
            self.words.style().unpolish(self.words)
            self.words.style().polish(self.words)
        for old in self.buttons:
            old.hide()
            old.deleteLater()
        self.buttons = [button(title, step, role="link", parent=self) for title, step in steps]
        for new in self.buttons:
            self._layout.addWidget(new)
            new.show()
        self.setVisible(bool(sentence))


class EmptyState(QWidget):
    """What belongs on an empty screen, and the buttons that make it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setSpacing(px(10))
        layout.addStretch(2)
        self._title = label("", "heading")
        self._title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._words = label("", "muted", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._title)
        layout.addWidget(self._words)
        self._buttons = QHBoxLayout()
        self._buttons.addStretch(1)
        self._buttons.addStretch(1)
        layout.addLayout(self._buttons)
        layout.addStretch(3)

    def tell(self, title: str, words: str, *steps: tuple[str, Callable[[], object]]) -> None:
        """Sets the words and buttons; the first button is the usual one."""
        self._title.setText(title)
        self._words.setText(words)
        while self._buttons.count() > 2:
            item = self._buttons.takeAt(1)
            if item is not None and (old := item.widget()) is not None:
                old.deleteLater()
        for index, (text, step) in enumerate(steps):
            new = button(text, step, role="" if index else "primary")
            self._buttons.insertWidget(index + 1, new)


class Card(QFrame):
    """A white sheet with round corners; ``body`` takes its content."""

    def __init__(self, parent: QWidget | None = None, heading: str = "") -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(px(14), px(12), px(14), px(12))
        self.body.setSpacing(px(6))
        self.heading = label(heading, "heading")
        self.heading.setVisible(bool(heading))
        self.body.addWidget(self.heading)


class OneLine(QLabel):
    """One line; what does not fit is shortened and told whole by the tooltip."""

    def __init__(self, cut: Qt.TextElideMode, role: str = "") -> None:
        super().__init__()
        self._cut = cut
        if role:
            set_role(self, role)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(60) if self.text() else 0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect()
        if self.fontMetrics().horizontalAdvance(self.text()) <= room.width():
            super().paintEvent(event)
            return
        shown = self.fontMetrics().elidedText(self.text(), self._cut, room.width())
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()


class PageHeader(QWidget):
    """Title, a muted line beside it, and on the right whatever the page offers."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(px(8))
        self._layout.addWidget(label(title, "title"))
        self.note = OneLine(Qt.TextElideMode.ElideRight, "muted")
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._layout.addWidget(self.note, 1)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        self._layout.addWidget(widget, stretch)


def scrolling(content: QWidget) -> QScrollArea:
    """The content in a scroll area that grows with it and shows no frame."""
    result = QScrollArea()
    result.setWidgetResizable(True)
    result.setFrameShape(QFrame.Shape.NoFrame)
    result.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    result.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    set_role(content, "plain")
    result.setWidget(content)
    return result


def rule() -> QFrame:
    """A thin line across."""
    result = QFrame()
    set_role(result, "rule")
    return result
