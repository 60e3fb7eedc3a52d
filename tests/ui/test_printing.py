"""Printing: page images at 100 %, page by page, stoppable; the print dialog."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pytest
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter
from pytestqt.qtbot import QtBot

from daomao_desktop.errors import FileProblem
from daomao_desktop.ui.dialogs.print_sheet import PrintSheet
from daomao_desktop.ui.operations import Cancelled, Job
from daomao_desktop.ui.printing import (
    TO_FILE,
    Printed,
    PrintOrder,
    PrintPaper,
    make_printer,
    page_count,
    print_papers,
)
from daomao_desktop.ui.theme import Appearance
from daomao_desktop.ui.widgets.pdf_pane import PdfPane

MM = 72 / 25.4


@pytest.fixture(autouse=True)
def _look(appearance: Appearance) -> None:
    """Painting text needs the application and its fonts."""


def _pdf(path: Path, pages: int, *, wide: bool = False) -> bytes:
    """A4 pages with a black square of 10 mm at 100 mm from the left and 50 mm from the top."""
    writer = QPdfWriter(str(path))
    writer.setResolution(300)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    if wide:
        writer.setPageOrientation(QPageLayout.Orientation.Landscape)
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter(writer)
    for number in range(pages):
        if number:
            writer.newPage()
        dot = 300 / 25.4
        painter.fillRect(
            round(100 * dot), round(50 * dot), round(10 * dot), round(10 * dot), "black"
        )
    painter.end()
    return path.read_bytes()


def _job() -> Job:
    return Job("打印", None, lambda _job: None)


def _unlogged(_uid: str) -> None:
    """Nobody asks afterwards."""


@pytest.fixture
def two_pages(tmp_path: Path) -> bytes:
    return _pdf(tmp_path / "source.pdf", 2)


def test_every_page_in_its_place_at_full_size(two_pages: bytes, tmp_path: Path) -> None:
    out = tmp_path / "打印 出来.pdf"
    papers = [PrintPaper("a", "甲", two_pages), PrintPaper("b", "乙", two_pages)]
    logged: list[str] = []
    assert print_papers(PrintOrder(TO_FILE, str(out)), papers, _job(), logged.append) == Printed(
        ("a", "b")
    )
    assert logged == ["a", "b"]
    with pdfplumber.open(out) as printed:
        assert len(printed.pages) == 4
        for page in printed.pages:
            assert float(page.width) == pytest.approx(210 * MM, abs=1)
            assert float(page.height) == pytest.approx(297 * MM, abs=1)
            image = page.to_image(resolution=100).original.convert("L")
            dark = [
                (x * 25.4 / 100, y * 25.4 / 100)
                for x in range(image.width)
                for y in range(image.height)
                if image.getpixel((x, y)) < 64
            ]
            left, top = min(x for x, _ in dark), min(y for _, y in dark)
            right, bottom = max(x for x, _ in dark), max(y for _, y in dark)
            assert left == pytest.approx(100, abs=0.5)
            assert top == pytest.approx(50, abs=0.5)
            assert right - left == pytest.approx(10, abs=0.6)
            assert bottom - top == pytest.approx(10, abs=0.6)


def test_only_the_pages_wanted(two_pages: bytes, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    order = PrintOrder(TO_FILE, str(out), first=2, last=2)
    print_papers(order, [PrintPaper("a", "甲", two_pages)], _job(), _unlogged)
    assert page_count(out.read_bytes()) == 1


def test_on_both_sides_each_paper_begins_on_a_front(tmp_path: Path) -> None:
    one = _pdf(tmp_path / "one.pdf", 1)
    out = tmp_path / "out.pdf"
    order = PrintOrder(TO_FILE, str(out), duplex=True)
    print_papers(order, [PrintPaper("a", "甲", one), PrintPaper("b", "乙", one)], _job(), _unlogged)
    assert page_count(out.read_bytes()) == 3


def test_a_wide_page_turns_the_paper(tmp_path: Path) -> None:
    wide = _pdf(tmp_path / "wide.pdf", 1, wide=True)
    out = tmp_path / "out.pdf"
    print_papers(PrintOrder(TO_FILE, str(out)), [PrintPaper("a", "甲", wide)], _job(), _unlogged)
    with pdfplumber.open(out) as printed:
        assert printed.pages[0].width > printed.pages[0].height


def test_stopping_prints_no_further_page(two_pages: bytes, tmp_path: Path) -> None:
    seen: list[int] = []

    def tell(job: Job) -> None:
        seen.append(job.done)
        if job.done == 1:
            job.cancel()

    job = Job("打印", None, tell)
    papers = [PrintPaper(uid, uid, two_pages) for uid in "abc"]
    with pytest.raises(Cancelled):
        print_papers(PrintOrder(TO_FILE, str(tmp_path / "out.pdf")), papers, job, _unlogged)
    assert seen == [0, 1]
    assert not (tmp_path / "out.pdf").exists()


def test_a_file_that_cannot_be_written_is_one_sentence(two_pages: bytes, tmp_path: Path) -> None:
    order = PrintOrder(TO_FILE, str(tmp_path / "missing" / "out.pdf"))
    with pytest.raises(FileProblem, match="写不进"):
        print_papers(order, [PrintPaper("a", "甲", two_pages)], _job(), _unlogged)


def test_a_broken_pdf_is_one_sentence() -> None:
    with pytest.raises(FileProblem, match="PDF"):
        page_count(b"not a pdf")


def test_the_printer_is_never_fitted() -> None:
    printer = make_printer(PrintOrder(TO_FILE, "x.pdf"), "")
    assert printer.fullPage()
    assert printer.resolution() == 300
    assert printer.docName() == "公文"
    assert printer.pageLayout().margins().isNull()


def test_the_dialog_asks_for_a_file_and_sensible_pages(qtbot: QtBot, tmp_path: Path) -> None:
    orders: list[PrintOrder] = []
    sheet = PrintSheet("一份文书", ["一楼打印机"], 3, orders.append)
    sheet.open()
    sheet.printer.set_value(TO_FILE)
    assert sheet.file.text().endswith("一份文书.pdf")  # a usable place without typing
    sheet.file.clear()
    sheet._on_print()
    assert sheet.rows.error("file")
    sheet.file.setText(str(tmp_path / "out.pdf"))
    sheet.range.setText("2-9")
    sheet._on_print()
    assert sheet.rows.error("range")
    sheet.range.setText("2-3")
    sheet._on_print()
    assert orders == [PrintOrder(TO_FILE, str(tmp_path / "out.pdf"), duplex=True, first=2, last=3)]


def test_the_preview_swaps_documents(qtbot: QtBot, two_pages: bytes, tmp_path: Path) -> None:
    from PySide6.QtWidgets import QWidget

    parent = QWidget()
    qtbot.addWidget(parent)
    pane = PdfPane(parent)
    assert pane.show_bytes(two_pages)
    assert pane.pages == 2
    assert pane.show_bytes(_pdf(tmp_path / "one.pdf", 1))
    assert pane.pages == 1
    assert not pane.show_bytes(b"nothing")
    pane.release()
