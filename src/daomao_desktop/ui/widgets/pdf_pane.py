"""A PDF on screen: the very bytes that are stored and printed."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QWidget

from daomao_desktop.ui.theme import px


class PdfPane(QPdfView):
    """Shows bytes; the buffer is kept alive as long as the document reads from it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = QPdfDocument(self)
        self._buffer: QBuffer | None = None
        self.setDocument(self._document)
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitInView)
        self.setPageSpacing(px(8))
        self.setAccessibleName("文书预览")

    def show_bytes(self, pdf: bytes) -> bool:
        """Shows another document; False when it is not a readable PDF."""
        self._document.close()
        if self._buffer is not None:
            self._buffer.close()
            self._buffer.deleteLater()
        # setData: the buffer owns the bytes, and outlives the document's reading.
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        return self._document.status() is QPdfDocument.Status.Ready

    def toggle_zoom(self) -> bool:
        """Whole page or full width; returns whether the whole page shows now."""
        whole = self.zoomMode() is QPdfView.ZoomMode.FitToWidth
        modes = QPdfView.ZoomMode
        self.setZoomMode(modes.FitInView if whole else modes.FitToWidth)
        return whole

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            closer = event.angleDelta().y() > 0
            modes = QPdfView.ZoomMode
            self.setZoomMode(modes.FitToWidth if closer else modes.FitInView)
            return
        super().wheelEvent(event)

    @property
    def pages(self) -> int:
        return self._document.pageCount()

    def release(self) -> None:
        """Lets go of document and buffer before the widget dies."""
        self._document.close()
        if self._buffer is not None:
            self._buffer.close()
