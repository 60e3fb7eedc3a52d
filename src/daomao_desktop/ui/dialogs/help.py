"""The short manual of F1, opened at the present page."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QTextBrowser, QWidget

from daomao_desktop.paths import resource
from daomao_desktop.ui.dialogs.base import Sheet
from daomao_desktop.ui.theme import px


class HelpSheet(Sheet):
    """Shows the manual from the heading of the page in front."""

    def __init__(self, page: str, parent: QWidget | None = None) -> None:
        super().__init__("使用说明", parent, width=720)
        self.text = QTextBrowser()
        self.text.setAccessibleName("使用说明")
        self.text.document().setDefaultFont(self.font())
        self.text.setMarkdown(resource("help/clerk.md").read_text(encoding="utf-8"))
        self.outer.insertWidget(self.outer.indexOf(self._scroll), self.text, 1)
        self._scroll.hide()
        self._page = page
        self.add_button("关闭", self.close, "primary", default=True)

    def fit(self) -> None:
        """Tall, and at the page's heading."""
        area = self.screen().availableGeometry()
        self.resize(min(px(720), area.width() - 40), min(px(620), area.height() - 70))
        frame = self.frameGeometry()
        frame.moveCenter(area.center())
        self.move(frame.topLeft())
        QTimer.singleShot(0, self, self._to_heading)

    def _to_heading(self) -> None:
        document = self.text.document()
        block = document.begin()
        while block.isValid():
            if block.text() == self._page and block.blockFormat().headingLevel():
                place = document.documentLayout().blockBoundingRect(block)
                self.text.verticalScrollBar().setValue(round(place.top()))
                return
            block = block.next()
