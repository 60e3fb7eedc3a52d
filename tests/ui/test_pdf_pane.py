"""The pane that shows papers: it starts where the text can be read, and dies in peace."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from daomao_desktop.documents.kinds import criticism, summary
from daomao_desktop.documents.typesetting import typeset
from daomao_desktop.ui.theme import Appearance
from daomao_desktop.ui.widgets.pdf_pane import BODY, READING, PdfPane
from tests.documents import examples
from tests.documents.table_examples import OF_A_VILLAGE

PAGE = 595.28  # points across


@pytest.fixture(autouse=True)
def _look(appearance: Appearance) -> None:
    """The pane measures by the program's own text."""


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return typeset(criticism.compose(examples.CRITICISM))


@pytest.fixture(scope="module")
def lying() -> bytes:
    """One sheet, wider than high."""
    return typeset(summary.compose(OF_A_VILLAGE))


Show = Callable[[int, int, bytes], PdfPane]


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Show]:
    """A pane of that width and height with the paper in it."""
    made: list[tuple[QWidget, PdfPane]] = []

    def show(width: int, height: int, pdf: bytes) -> PdfPane:
        parent = QWidget()
        qtbot.addWidget(parent)
        pane = PdfPane(parent)
        made.append((parent, pane))
        for widget in (parent, pane):
            widget.resize(width, height)
        parent.show()
        assert pane.show_bytes(pdf)
        return pane

    yield show
    for _parent, pane in made:
        pane.release()


def _inch(pane: PdfPane) -> float:
    return pane.screen().logicalDotsPerInch()


@pytest.mark.parametrize(
    ("large", "height", "whole"),
    [(False, 550, False), (True, 480, False), (False, 900, True), (True, 900, False)],
)
def test_whole_pages_only_where_their_text_can_be_read(
    shown: Show, appearance: Appearance, pdf: bytes, large: bool, height: int, whole: bool
) -> None:
    appearance.set_large(large)
    pane = shown(860, height, pdf)
    assert pane.whole is whole
    body = height / 842 * BODY if whole else 840 / PAGE * BODY
    assert body > pane.fontInfo().pixelSize()


def test_a_wide_pane_does_not_blow_the_page_up(shown: Show, pdf: bytes) -> None:
    pane = shown(1270, 480, pdf)
    assert pane.zoomMode() is QPdfView.ZoomMode.Custom
    assert pane.zoomFactor() * _inch(pane) / 72 == pytest.approx(READING)
    pane.resize(800, 480)
    assert pane.zoomMode() is QPdfView.ZoomMode.FitToWidth
    pane.resize(1270, 480)
    assert pane.zoomMode() is QPdfView.ZoomMode.Custom


def test_upright_and_wide_pages_all_fit_across(shown: Show) -> None:
    pane = shown(1100, 480, typeset(examples.REPORT))
    assert pane.zoomMode() is QPdfView.ZoomMode.Custom
    assert pane.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("width", [860, 1270])
def test_reading_begins_with_the_first_ink(
    qtbot: QtBot, shown: Show, pdf: bytes, width: int
) -> None:
    pane = shown(width, 480, pdf)
    qtbot.wait(300)  # pages are drawn in a thread of Qt's own
    picture = pane.viewport().grab().toImage()
    middle = range(picture.width() // 3, picture.width() * 2 // 3)
    first = next(
        row
        for row in range(picture.height())
        if any(picture.pixelColor(x, row).green() < 100 for x in middle)
    )
    assert 10 < first < 60


def test_the_next_paper_shows_like_the_one_before(shown: Show, pdf: bytes) -> None:
    pane = shown(860, 550, pdf)
    told: list[bool] = []
    pane.zoomModeChanged.connect(lambda _mode: told.append(pane.whole))
    pane.toggle_zoom()
    assert told == [True]
    assert pane.verticalScrollBar().value() == 0
    assert pane.show_bytes(typeset(examples.LETTER))
    assert pane.whole
    for delta, whole in ((120, False), (-120, True)):
        event = QWheelEvent(
            QPointF(9, 9), QPointF(9, 9), QPoint(), QPoint(0, delta),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(pane.viewport(), event)
        assert pane.whole is whole


def test_what_is_no_pdf_shows_nothing(shown: Show, pdf: bytes) -> None:
    pane = shown(860, 550, pdf)
    assert not pane.show_bytes(b"nothing")
    assert pane.pages == 0
    pane.toggle_zoom()  # there is nothing to measure


def test_a_pane_may_die_with_its_paper_open(qtbot: QtBot, pdf: bytes) -> None:
    before = _documents()
    for _again in range(5):
        parent = QWidget()
        pane = PdfPane(parent)
        pane.show_bytes(pdf)
        parent.show()
        QApplication.processEvents()
        parent.deleteLater()
        del parent, pane
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
    assert _documents() == before


def _documents() -> int:
    for _then in range(2):  # a pane, then the document it leaves behind
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    application = QApplication.instance()
    assert application is not None
    return len(application.findChildren(QPdfDocument))


class _Sizes(QObject):
    """Counts the sizes a widget takes, and ends a round of them that has no end."""

    MOST = 200

    def __init__(self, pane: PdfPane) -> None:
        super().__init__(pane)
        self._pane = pane
        self.count = 0
        pane.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Resize:
            self.count += 1
            if self.count == self.MOST:
                self._pane.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        return super().eventFilter(watched, event)


@pytest.mark.parametrize("whole", [True, False])
def test_at_no_size_does_the_page_go_round_without_end(
    shown: Show, lying: bytes, whole: bool
) -> None:
    """Printed to a file, a banner took a line of the pane, and the window was dead."""
    pane = shown(800, 600, lying)
    sizes = _Sizes(pane)
    pane._choose(whole=whole)
    for height in range(430, 620):
        sizes.count = 0
        pane.resize(800, height)
        QApplication.processEvents()
        assert sizes.count < sizes.MOST, f"at a height of {height}"
