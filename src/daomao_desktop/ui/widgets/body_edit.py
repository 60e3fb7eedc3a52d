"""The text of a paper: paragraphs numbered by levels, what is pasted tidied, every step undone."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextBlock, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from daomao_desktop.domain.freeform import (
    LONGEST_BODY,
    Level,
    level_of,
    next_numbering,
    without_level,
)
from daomao_desktop.domain.pasted_text import clean_paragraph, clean_text
from daomao_desktop.ui.theme import px, set_role
from daomao_desktop.ui.widgets.buttons import button, shortcut_tip
from daomao_desktop.ui.widgets.fields import TextArea
from daomao_desktop.ui.widgets.parts import label


class BodyEdit(TextArea):
    """As high as there is room, ``lines`` at the least; a line is a paragraph, not indented."""

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pasting and dropping: plain text, tidied; one step to undo."""
        text = source.text()
        if len(text) <= LONGEST_BODY:  # no paper is longer; tidying more would stop the window
            text = clean_text(text)
        if text and not text.endswith("\n") and source.text().endswith("\n"):
            text += "\n"  # a whole paragraph was copied
        self.textCursor().insertText(text)
        self.ensureCursorVisible()

    def set_level(self, level: Level) -> None:
        """Numbers the paragraphs selected, going on from those before; twice takes it away."""
        cursor = self.textCursor()
        block = self.document().findBlock(cursor.selectionStart())
        last = self.document().findBlock(cursor.selectionEnd()).blockNumber()
        alone = block.blockNumber() == last
        before = self._paragraphs()[: block.blockNumber()]
        cursor.beginEditBlock()
        while block.isValid() and block.blockNumber() <= last:
            text = clean_paragraph(block.text())
            if text or alone:
                if level_of(text) is level:
                    text = without_level(text)
                else:
                    text = next_numbering(before, level) + without_level(text)
                _replace(block, text)
            before.append(text)
            block = block.next()
        cursor.endEditBlock()
        self.setFocus()

    def place(self) -> str:
        """Where the cursor is, in the words of the sentences about mistakes."""
        paragraphs = self._paragraphs()
        at = self.textCursor().blockNumber() + 1
        number = sum(1 for text in paragraphs[:at] if text.strip())
        total = sum(1 for text in paragraphs if text.strip())
        size = sum(map(len, paragraphs))
        return f"第 {number} 段，共 {total} 段 {size} 字" if size else ""

    def _paragraphs(self) -> list[str]:
        return self.toPlainText().split("\n")

    def _fit(self) -> None:
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * self._lines + px(18))


class LevelBar(QWidget):
    """Buttons that number paragraphs, and where the cursor is."""

    def __init__(self, body: BodyEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "plain")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(6))
        self.buttons: dict[Level, QPushButton] = {}
        for number, level in enumerate(Level, 1):
            keys = f"Ctrl+{number}"
            one = button(
                level.value,
                partial(body.set_level, level),
                tip=shortcut_tip(f"第{number}层，{level.face}；再按一次去掉", keys),
            )
            one.setAccessibleName(f"第{number}层 {level.value}")
            one.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes on to the text; Ctrl+1 to Ctrl+4
            self.buttons[level] = one
            layout.addWidget(one)
            shortcut = QShortcut(QKeySequence(keys), body)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(partial(body.set_level, level))
        layout.addStretch(1)
        self.place: QLabel = label("", "muted")
        layout.addWidget(self.place)
        self._body = body
        body.cursorPositionChanged.connect(self._on_moved)
        body.textChanged.connect(self._on_moved)

    def raw(self) -> None:
        """Nothing is typed here."""

    def set_raw(self, value: object) -> None:
        """Nothing comes back."""

    def _on_moved(self) -> None:
        self.place.setText(self._body.place())


def _replace(block: QTextBlock, text: str) -> None:
    cursor = QTextCursor(block)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(text)
