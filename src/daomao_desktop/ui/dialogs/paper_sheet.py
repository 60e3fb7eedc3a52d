"""A dialog over a finished PDF, as high as the screen allows: what the previews share."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.base import Sheet
from daomao_desktop.ui.theme import px
from daomao_desktop.ui.widgets.buttons import button
from daomao_desktop.ui.widgets.pdf_pane import PdfPane
from daomao_desktop.ui.widgets.work_bar import WorkBar


class PaperSheet(Sheet):
    """The pane stands where a dialog's body is, the bar of long work below it.

    ``zoom`` is for the row above the pane, which the preview makes itself.
    """

    def __init__(
        self, title: str, context: Context, parent: QWidget | None = None, *, width: int
    ) -> None:
        super().__init__(title, parent, width=width)
        self._context = context
        self.pane = PdfPane(self)
        self.zoom = button(
            "放大", self.pane.toggle_zoom, tip="整页显示或放大来读（Ctrl+滚轮也可以）"
        )
        self.pane.zoomModeChanged.connect(self._on_zoomed)
        self.outer.insertWidget(self.outer.indexOf(self._scroll), self.pane, 1)
        self._scroll.hide()
        self.work = WorkBar(context.operations)
        self.outer.insertWidget(self.outer.count() - 1, self.work)

    def fit(self) -> None:
        """As high as the screen allows: a page wants to be read."""
        area = self.screen().availableGeometry()
        self.resize(min(px(self._width), area.width() - 40), area.height() - 70)
        frame = self.frameGeometry()
        frame.moveCenter(area.center())
        self.move(max(area.left(), frame.left()), max(area.top(), frame.top()))

    def done(self, result: int) -> None:
        """Every way out: the document is let go of before its pane dies."""
        self.pane.release()
        super().done(result)

    def _on_zoomed(self) -> None:
        self.zoom.setText("放大" if self.pane.whole else "整页")
