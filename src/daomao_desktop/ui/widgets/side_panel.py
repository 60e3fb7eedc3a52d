"""The sheet at the right of a table: a heading, a scrolling form, buttons at the foot."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from daomao_desktop.ui.theme import px
from daomao_desktop.ui.widgets.buttons import button
from daomao_desktop.ui.widgets.parts import Banner, Card, label, scrolling


class SidePanel(Card):
    """Collapsible; as wide as its look asks for. ``behind`` is what the keyboard goes back to."""

    def __init__(self, content: QWidget, width: int = 300, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._width = width
        self.behind: QWidget | None = None
        top = QHBoxLayout()
        self.title = label("", "heading")
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        top.addWidget(self.title, 1)
        self.close_button = button("收起", self.close_up, role="flat", tip="收起右边的表单（Esc）")
        top.addWidget(self.close_button)
        self.body.insertLayout(0, top)
        self.note = label("", "warning", wrap=True)
        self.note.hide()
        self.body.addWidget(self.note)
        self.banner = Banner()
        self.body.addWidget(self.banner)
        self.body.addWidget(scrolling(content), 1)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(px(6))
        self.body.addLayout(self.buttons)
        self.setFixedWidth(px(width))

    def tell(self, title: str, note: str = "") -> None:
        """Heading and the quiet line below it."""
        self.title.setText(title)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.banner.tell("")

    @property
    def has_keyboard(self) -> bool:
        """Whether the keyboard is at work in here."""
        return self.isAncestorOf(self.window().focusWidget() or self.window()) or self.hasFocus()

    def close_up(self) -> None:
        """Hides the panel; the keyboard goes back to the table instead of wherever Qt sends it."""
        go_back = self.has_keyboard
        self.hide()
        if go_back and self.behind is not None:
            self.behind.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setFixedWidth(px(self._width))
