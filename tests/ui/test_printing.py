"""Printing: into a file the paper itself, else images at 100 %; stoppable; the print dialog."""

from __future__ import annotations

import errno
import io
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pytest
from PySide6.QtCore import QMarginsF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from daomao_desktop import files
from daomao_desktop.documents.kinds import criticism, deduction, public_notice
from daomao_desktop.documents.typesetting import typeset
from daomao_desktop.errors import FileProblem
from daomao_desktop.ui import cups, printing
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
from tests.documents import examples

MM = 72 / 25.4
QUEUE = "一楼打印机"
NOTICE = typeset(criticism.compose(examples.TWO_YEARS))


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


def _order(target: str, folder: Path) -> PrintOrder:
    return PrintOrder(TO_FILE, str(folder / "out.pdf")) if target == "file" else PrintOrder(QUEUE)


def _out(order: PrintOrder, on_paper: Path) -> bytes:
    return Path(order.file).read_bytes() if order.file else on_paper.read_bytes()


def _unlogged(_uid: str) -> None:
    """Nobody asks afterwards."""


@pytest.fixture
def on_paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a printer without CUPS gets: Qt's own, of which the sheets are kept here."""
    kept = tmp_path / "打印 出来.pdf"

    def printer(order: PrintOrder, title: str) -> QPrinter:
        made = make_printer(order, title)
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(kept))
        return made

    monkeypatch.setattr(cups, "available", lambda: False)
    monkeypatch.setattr(printing, "make_printer", printer)
    return kept


@pytest.fixture
def two_pages(tmp_path: Path) -> bytes:
    return _pdf(tmp_path / "source.pdf", 2)


def test_every_page_in_its_place_at_full_size(two_pages: bytes, on_paper: Path) -> None:
    papers = [PrintPaper("a", "甲", two_pages), PrintPaper("b", "乙", two_pages)]
    logged: list[str] = []
    assert print_papers(PrintOrder(QUEUE), papers, _job(), logged.append) == Printed(("a", "b"))
    assert logged == ["a", "b"]
    with pdfplumber.open(on_paper) as printed:
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


@pytest.mark.parametrize("target", ["printer", "file"])
def test_only_the_pages_wanted(
    two_pages: bytes, tmp_path: Path, on_paper: Path, target: str
) -> None:
    order = replace(_order(target, tmp_path), first=2, last=2)
    print_papers(order, [PrintPaper("a", "甲", two_pages)], _job(), _unlogged)
    assert page_count(_out(order, on_paper)) == 1


@pytest.mark.parametrize("target", ["printer", "file"])
def test_on_both_sides_each_paper_begins_on_a_front(
    tmp_path: Path, on_paper: Path, target: str
) -> None:
    one = _pdf(tmp_path / "one.pdf", 1)
    order = replace(_order(target, tmp_path), duplex=True)
    print_papers(order, [PrintPaper("a", "甲", one), PrintPaper("b", "乙", one)], _job(), _unlogged)
    assert page_count(_out(order, on_paper)) == 3


@pytest.mark.parametrize("target", ["printer", "file"])
def test_a_wide_page_turns_the_paper(tmp_path: Path, on_paper: Path, target: str) -> None:
    wide = _pdf(tmp_path / "wide.pdf", 1, wide=True)
    order = _order(target, tmp_path)
    print_papers(order, [PrintPaper("a", "甲", wide)], _job(), _unlogged)
    with pdfplumber.open(io.BytesIO(_out(order, on_paper))) as printed:
        assert printed.pages[0].width > printed.pages[0].height


@pytest.mark.parametrize("target", ["printer", "file"])
def test_stopping_prints_no_further_page(
    two_pages: bytes, tmp_path: Path, on_paper: Path, target: str
) -> None:
    seen: list[int] = []

    def tell(job: Job) -> None:
        seen.append(job.done)
        if job.done == 1:
            job.cancel()

    job = Job("打印", None, tell)
    papers = [PrintPaper(uid, uid, two_pages) for uid in "abc"]
    with pytest.raises(Cancelled):
        print_papers(_order(target, tmp_path), papers, job, _unlogged)
    assert seen == [0, 1]
    assert not (tmp_path / "out.pdf").exists()


def test_a_printed_file_is_the_paper_itself_not_pictures_of_it(tmp_path: Path) -> None:
    """One of 12 pages took 4 MB as pictures, and nothing in it could be found or copied."""
    out = tmp_path / "out.pdf"
    print_papers(PrintOrder(TO_FILE, str(out)), [PrintPaper("a", "甲", NOTICE)], _job(), _unlogged)
    assert out.read_bytes() == NOTICE


def test_several_papers_printed_to_a_file_keep_their_text(tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    papers = [PrintPaper(uid, uid, NOTICE) for uid in "abc"]
    logged: list[str] = []
    order = PrintOrder(TO_FILE, str(out), duplex=True)
    assert print_papers(order, papers, _job(), logged.append) == Printed(("a", "b", "c"))
    assert logged == ["a", "b", "c"]
    assert out.stat().st_size < 4 * len(NOTICE)
    with pdfplumber.open(io.BytesIO(NOTICE)) as one, pdfplumber.open(out) as printed:
        words = [page.extract_text() for page in one.pages]
        if len(words) % 2:
            words.append("")
        assert [page.extract_text() for page in printed.pages] == [*words, *words, *words][
            : len(printed.pages)
        ]
        assert len(printed.pages) >= 2 * len(words) + len(one.pages)
        assert not any(page.images for page in printed.pages)


def test_pages_of_one_paper_printed_to_a_file_keep_their_text(tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    order = PrintOrder(TO_FILE, str(out), first=2, last=2)
    print_papers(order, [PrintPaper("a", "甲", NOTICE)], _job(), _unlogged)
    with pdfplumber.open(io.BytesIO(NOTICE)) as one, pdfplumber.open(out) as printed:
        (page,) = printed.pages
        assert page.extract_text() == one.pages[1].extract_text()
        assert not page.images


def test_an_older_file_stays_when_the_new_one_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.pdf"
    out.write_bytes(b"older")
    logged: list[str] = []

    def full(_source: Path, _target: Path) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(files, "rename", full)
    with pytest.raises(FileProblem, match="磁盘已满"):
        print_papers(
            PrintOrder(TO_FILE, str(out)), [PrintPaper("a", "甲", NOTICE)], _job(), logged.append
        )
    assert out.read_bytes() == b"older"
    assert [one.name for one in tmp_path.iterdir()] == ["out.pdf"]
    assert logged == []


def test_a_file_that_cannot_be_written_is_one_sentence(two_pages: bytes, tmp_path: Path) -> None:
    order = PrintOrder(TO_FILE, str(tmp_path / "missing" / "out.pdf"))
    with pytest.raises(FileProblem, match="不存在"):
        print_papers(order, [PrintPaper("a", "甲", two_pages)], _job(), _unlogged)


def test_what_is_told_names_the_file_or_the_printer() -> None:
    assert PrintOrder(TO_FILE, "/甲.pdf").told("3 份") == "3 份已存为 PDF 文件：/甲.pdf"
    assert PrintOrder(QUEUE).told() == "已送到一楼打印机。"


def test_a_broken_pdf_is_one_sentence() -> None:
    with pytest.raises(FileProblem, match="PDF"):
        page_count(b"not a pdf")


def test_the_printer_is_never_fitted() -> None:
    printer = make_printer(PrintOrder(QUEUE), "")
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
    sheet.file.setText(str(tmp_path / "out"))  # the ending is added
    for wrong in ("2-9", "²", "0", "2-", "3-1", "1-2-3"):
        sheet.range.setText(wrong)
        sheet._on_print()
        assert sheet.rows.error("range"), wrong
    sheet.range.setText("2-3")
    sheet._on_print()
    assert orders == [PrintOrder(TO_FILE, str(tmp_path / "out.pdf"), duplex=True, first=2, last=3)]


def test_a_bare_file_name_goes_where_the_clerk_keeps_papers(qtbot: QtBot) -> None:
    """Not into whatever folder the program was started in."""
    orders: list[PrintOrder] = []
    sheet = PrintSheet("一份文书", [QUEUE], 3, orders.append)
    usual = Path(sheet.file.text()).parent
    sheet.open()
    sheet.printer.set_value(TO_FILE)
    sheet.file.setText("20260105")
    sheet._on_print()
    assert [order.file for order in orders] == [str(usual / "20260105.pdf")]


LETTER = typeset(deduction.compose(examples.DEDUCTION))


@pytest.mark.parametrize("target", ["printer", "file"])
def test_printed_on_one_side_no_sheet_comes_out_empty(
    tmp_path: Path, on_paper: Path, target: str
) -> None:
    """The page between a letter and its receipt is the letter's back, no sheet of its own."""
    order = _order(target, tmp_path)
    papers = [PrintPaper("a", "通知", LETTER)]

    def pages(order: PrintOrder, papers: list[PrintPaper]) -> int:
        print_papers(order, papers, _job(), _unlogged)
        return page_count(_out(order, on_paper))

    both = replace(order, duplex=True)
    assert pages(order, papers) == 2
    assert pages(order, papers * 2) == 4
    assert pages(replace(order, first=2, last=3), papers) == 1
    assert pages(both, papers * 2) == 7  # front, back, receipt, its back, and again
    assert pages(both, papers) == 3
    if target == "file":
        assert Path(order.file).read_bytes() == LETTER  # as it was signed off


def test_the_dialog_says_what_the_blank_page_is_for(qtbot: QtBot) -> None:
    orders: list[PrintOrder] = []
    paper = PrintPaper("a", "通知", LETTER)
    for blank, told in ((paper.blank_pages, True), (frozenset[int](), False)):
        sheet = PrintSheet("通知", [QUEUE], 3, orders.append, blank=blank)
        sheet.open()
        words = " ".join(one.text() for one in sheet.findChildren(QLabel) if one.isVisible())
        assert ("第 2 页留空，让回证另起一张纸；只印单面时不出空白纸。" in words) == told


POSTED = typeset(public_notice.compose(examples.public_notice(24, 2, 2, 1)))


@pytest.mark.parametrize("target", ["printer", "file"])
def test_nothing_stands_on_the_back_of_what_will_hang_on_a_wall(
    tmp_path: Path, on_paper: Path, target: str
) -> None:
    """In one run on both sides each of its pages has a sheet, the others share theirs."""
    order = replace(_order(target, tmp_path), duplex=True)
    papers = [PrintPaper("a", "公示", POSTED), PrintPaper("b", "通报", NOTICE)]
    count = page_count(POSTED)
    print_papers(order, papers, _job(), _unlogged)
    assert page_count(_out(order, on_paper)) == 2 * count + page_count(NOTICE)
    if target == "printer":  # alone it needs no backs: the printer is told to print fronts only
        alone = replace(order, first=1, last=2)
        print_papers(alone, papers[:1], _job(), _unlogged)
        assert page_count(on_paper.read_bytes()) == 2


def test_the_dialog_says_why_a_posted_paper_has_one_side(qtbot: QtBot) -> None:
    orders: list[PrintOrder] = []
    sheet = PrintSheet("公示", [QUEUE], 3, orders.append, posted=1)
    sheet.open()
    assert not sheet.duplex.isVisible()
    words = " ".join(one.text() for one in sheet.findChildren(QLabel) if one.isVisible())
    assert "这份文书要贴在墙上，背面看不到，只印单面，每页一张纸。" in words
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    assert [order.duplex for order in orders] == [False]
    many = PrintSheet("共 3 份文书", [QUEUE], 0, orders.append, posted=1, count=3)
    many.open()
    assert many.duplex.isVisible()
    words = " ".join(one.text() for one in many.findChildren(QLabel) if one.isVisible())
    assert "其中 1 份要贴在墙上" in words
    qtbot.keyClick(many, Qt.Key.Key_Return)
    assert [order.duplex for order in orders] == [False, True]
    plain = PrintSheet("一份文书", [QUEUE], 3, orders.append)
    plain.open()
    assert "墙" not in " ".join(one.text() for one in plain.findChildren(QLabel))
    plain.close()


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
