"""A PDF on screen: the very bytes that are stored and printed."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, QSizeF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QResizeEvent, QWheelEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QWidget

from daomao_desktop.ui.theme import px

BODY = 16  # 三号, the size of a paper's text, in points
# Pixels a point where a page is read: 三号 stands 26 pixels high. In a wider pane a page goes no
# further: ten lines are seen at once on a small screen instead of eight.
READING = 1.6


class PdfPane(QPdfView):
    """Shows bytes, whole pages or pages to be read; starts with whichever can be read.

    ``zoomModeChanged`` tells when it went from one to the other.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        # Not a child of the pane: a dying one still touches its document, after its children are
        # gone. Not Python's either, whose collector would not ask the pane first.
        application = QGuiApplication.instance()
        assert application is not None  # no widget without it
        self._document = QPdfDocument(application)
        self.destroyed.connect(self._document.deleteLater)
        self._buffer: QBuffer | None = None
        self._chosen = False
        self.setDocument(self._document)
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitInView)
        # Bars that come and go change the room, and with it the page, and with it whether a bar is
        # wanted: at some sizes Qt goes round in that without end, and the window is dead.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setPageSpacing(px(8))
        self.setAccessibleName("文书预览")

    def show_bytes(self, pdf: bytes, *, stay: bool = False) -> bool:
        """Shows another document; False when it is not a readable PDF.

        ``stay``: it is the same paper a little changed, so the place looked at is kept.
        """
        place = self.verticalScrollBar().value() if stay and self.pages else None
        self.release()
        # setData: the buffer owns the bytes, and outlives the document's reading.
        self._buffer = QBuffer(self._document)
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        if self._document.status() is not QPdfDocument.Status.Ready:
            return False
        if place is not None:
            self._zoom(whole=self.whole)
            self.verticalScrollBar().setValue(place)
            return True
        self._zoom(whole=self.whole if self._chosen else self._legible())
        self._skip_blank()
        return True

    @property
    def whole(self) -> bool:
        """Whether whole pages show."""
        return self.zoomMode() is QPdfView.ZoomMode.FitInView

    @property
    def pages(self) -> int:
        return self._document.pageCount()

    def toggle_zoom(self) -> None:
        """From whole pages to pages to be read, and back."""
        self._choose(whole=not self.whole)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._choose(whole=event.angleDelta().y() < 0)
            return
        super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.whole:
            self._zoom(whole=False)

    def release(self) -> None:
        """Lets go of document and buffer."""
        self._document.close()
        if self._buffer is not None:
            self._buffer.close()
            self._buffer.deleteLater()
            self._buffer = None

    def _choose(self, *, whole: bool) -> None:
        self._chosen = True  # the next document shows like this one
        self._zoom(whole=whole)
        if self.pageNavigator().currentPage() == 0:
            self._skip_blank()

    def _zoom(self, *, whole: bool) -> None:
        if whole:
            self.setZoomMode(QPdfView.ZoomMode.FitInView)
            return
        widths = [size.width() for size in self._sizes()]
        room = self._room().width()
        if not widths or room / min(widths) <= READING:
            self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
            return
        self.setZoomFactor(min(READING, room / max(widths)) / _points())
        self.setZoomMode(QPdfView.ZoomMode.Custom)

    def _skip_blank(self) -> None:
        """Begins with the first page's first ink: over a 公文 two thirds of a screen are blank."""
        if self.whole or not self.pages:
            self.verticalScrollBar().setValue(0)
            return
        size = self._document.pagePointSize(0)
        fit = self.zoomMode() is QPdfView.ZoomMode.FitToWidth
        shown = self._room().width() / size.width() if fit else self.zoomFactor() * _points()
        above = self.documentMargins().top() + _ink_top(self._document, size) * shown
        self.verticalScrollBar().setValue(round(above) - px(24))

    def _legible(self) -> bool:
        """Whether the text of whole pages is no smaller than the program's own."""
        room = self._room()
        zoom = min(
            min(room.width() / size.width(), room.height() / size.height())
            for size in self._sizes()
        )
        return zoom * BODY >= self.fontInfo().pixelSize()

    def _sizes(self) -> list[QSizeF]:
        """The pages' sizes in points."""
        return [self._document.pagePointSize(page) for page in range(self.pages)]

    def _room(self) -> QSizeF:
        """What a page may fill of the pane, in pixels."""
        return self.viewport().rect().marginsRemoved(self.documentMargins()).size().toSizeF()


def _points() -> float:
    """Pixels a point at Qt's zoom factor 1, the size on paper."""
    return QGuiApplication.primaryScreen().logicalDotsPerInch() / 72


def _ink_top(document: QPdfDocument, size: QSizeF) -> float:
    """How far below its top edge the first page has its first ink, in points, to within 4."""
    step = 4  # a small picture: 0.3 ms
    drawn = document.render(0, QSize(round(size.width() / step), round(size.height() / step)))
    ink = drawn.convertToFormat(QImage.Format.Format_Alpha8)  # paper is transparent
    line, dots = ink.bytesPerLine(), bytes(ink.constBits())
    rows = (dots[line * row : line * row + ink.width()] for row in range(ink.height()))
    return next((row * step for row, ink_in_it in enumerate(rows) if any(ink_in_it)), 0)
