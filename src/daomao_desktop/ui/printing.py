"""Printing PDFs at exactly 100 %, in the worker: nothing is ever fitted to the page.

Into a file go the papers themselves. On Linux the vectors go to CUPS, document by document.
Elsewhere pages are printed as images, because Qt cannot print a PDF's vectors; 300 dpi keep every
position within a tenth of a millimetre.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from daomao_desktop.errors import DaomaoError, FileProblem
from daomao_desktop.ui import cups
from daomao_desktop.ui.operations import Cancelled, Job

DPI = 300
TO_FILE = "打印到文件"


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """Where to and how: a printer's name or a file, copies, both sides, pages (1-based, or all)."""

    target: str
    file: str = ""
    copies: int = 1
    duplex: bool = False
    first: int = 0
    last: int = 0

    def told(self, what: str = "") -> str:
        """What is said afterwards: where ``what`` went to."""
        if self.file:
            return f"{what}已存为 PDF 文件：{self.file}"
        return f"{what}已送到{self.target}。"


@dataclass(frozen=True, slots=True)
class PrintPaper:
    """A finished PDF and its name in the printer's queue."""

    uid: str
    title: str
    pdf: bytes

    @property
    def posted(self) -> bool:
        """Whether it will hang on a wall: then it is printed on one side, whatever is ordered."""
        from daomao_desktop.services.print_file import is_posted

        return is_posted(self.pdf)

    @property
    def blank_pages(self) -> frozenset[int]:
        """Those, from 0, left blank for a sheet's back: printing on one side leaves them out."""
        from daomao_desktop.services.print_file import blank_pages

        return blank_pages(self.pdf)


@dataclass(frozen=True, slots=True)
class Printed:
    """The uids printed completely, and why it ended there when it ended early."""

    uids: tuple[str, ...]
    problem: DaomaoError | None = None
    stopped: bool = False


def printer_names() -> list[str]:
    """The printers of this PC, the usual one first; may ask the network, so in the worker."""
    usual = QPrinterInfo.defaultPrinterName()
    names = QPrinterInfo.availablePrinterNames()
    return sorted(names, key=lambda name: name != usual)


def page_count(pdf: bytes) -> int:
    """How many pages the PDF has."""
    with_pages = _Opened(pdf)
    try:
        return with_pages.document.pageCount()
    finally:
        with_pages.close()


def print_papers(
    order: PrintOrder,
    papers: Sequence[PrintPaper],
    job: Job,
    log: Callable[[str], object],
) -> Printed:
    """Prints the papers in one run; ``log(uid)`` is called as soon as one is printed completely.

    Raises FileProblem when the printer or file cannot be opened, Cancelled when it was stopped
    before anything came out.
    """
    if not order.file and cups.available():
        return _print_vectors(order, papers, job, log)
    uids = (_print_file if order.file else _print_images)(order, papers, job)
    for uid in uids:
        log(uid)
    return Printed(tuple(uids))


def _print_file(order: PrintOrder, papers: Sequence[PrintPaper], job: Job) -> list[str]:
    """All papers in one file, which is there whole or not at all."""
    from daomao_desktop.services.print_file import write_papers

    write_papers(
        Path(order.file),
        [paper.pdf for paper in papers],
        title=papers[0].title if len(papers) == 1 else f"{papers[0].title}等 {len(papers)} 份",
        sides=order.duplex,
        first=order.first,
        last=order.last,
        on_paper=lambda done: job.progress(done, len(papers)),
    )
    return [paper.uid for paper in papers]


def _print_vectors(
    order: PrintOrder,
    papers: Sequence[PrintPaper],
    job: Job,
    log: Callable[[str], object],
) -> Printed:
    """Each paper as a job of its own: on both sides every one begins on the front of a sheet.

    What the queue has taken cannot be called back, so an error further on leaves it printed.
    """
    cups.refuse_stopped(order.target)
    alone = len(papers) == 1
    uids: list[str] = []
    try:
        for done, paper in enumerate(papers):
            job.progress(done, len(papers))
            duplex = order.duplex and not paper.posted
            blank = frozenset() if duplex else paper.blank_pages
            some = blank or (alone and order.first)
            count = page_count(paper.pdf) if blank else order.last
            cups.send(
                order.target,
                paper.title,
                paper.pdf,
                copies=order.copies,
                duplex=duplex,
                pages=[page + 1 for page in _pages(order, count, blank, alone=alone)]
                if some
                else (),
            )
            uids.append(paper.uid)
            log(paper.uid)
        job.progress(len(papers), len(papers))
    except Cancelled:
        if not uids:
            raise
        return Printed(tuple(uids), stopped=len(uids) < len(papers))
    except DaomaoError as error:
        if not uids:
            raise
        return Printed(tuple(uids), problem=error)
    return Printed(tuple(uids))


def _print_images(order: PrintOrder, papers: Sequence[PrintPaper], job: Job) -> list[str]:
    """One job of page images; stops between pages, and then nothing of it is printed."""
    posted = [order.duplex and paper.posted for paper in papers]
    if all(posted):
        order = replace(order, duplex=False)
    printer = make_printer(order, papers[0].title)
    opened = [_Opened(paper.pdf) for paper in papers]
    painter = QPainter()
    printed: list[str] = []
    alone = len(papers) == 1
    try:
        plan = [
            (number, page)
            for number, (one, paper) in enumerate(zip(opened, papers, strict=True))
            for blank in [frozenset() if order.duplex else paper.blank_pages]
            for page in _pages(order, one.document.pageCount(), blank, alone=alone)
        ]
        for done, (number, page) in enumerate(plan):
            job.progress(done, len(plan))
            document = opened[number].document
            _turn(printer, document, page)
            if done == 0:
                if not painter.begin(printer):
                    raise FileProblem(f"打不开{order.target}，请检查打印机是否开着。")
            else:
                before = plan[done - 1][0]
                # On both sides every paper begins on the front of a sheet, and the backs of one
                # to be posted stay empty.
                odd = before != number and bool(_pages_of(plan, before) % 2)
                if order.duplex and (posted[before] or odd):
                    printer.newPage()
                printer.newPage()
            size = document.pagePointSize(page)
            area = QRectF(0, 0, size.width() / 72 * DPI, size.height() / 72 * DPI)
            painter.drawImage(area, page_image(document, page))
            if done + 1 == len(plan) or plan[done + 1][0] != number:
                printed.append(papers[number].uid)
        job.progress(len(plan), len(plan))
    except BaseException:
        if painter.isActive():
            printer.abort()
            painter.end()
        raise
    finally:
        if painter.isActive():
            painter.end()
        for one in opened:
            one.close()
    return printed


def make_printer(order: PrintOrder, title: str) -> QPrinter:
    """A printer of A4 without margins at 100 %."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(order.target)
    printer.setDocName(title or "公文")  # an empty name makes some queues overwrite each other
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    printer.setResolution(DPI)
    printer.setCopyCount(order.copies)
    if order.duplex:
        printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide)
    return printer


def page_image(document: QPdfDocument, page: int, dpi: int = DPI) -> QImage:
    """The page on white at that resolution."""
    points = document.pagePointSize(page)
    size = QSize(round(points.width() / 72 * dpi), round(points.height() / 72 * dpi))
    drawn = document.render(page, size)
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return image


class _Opened:
    """A PDF document over bytes in memory; the buffer lives as long as the document."""

    def __init__(self, pdf: bytes) -> None:
        self._buffer = QBuffer()
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document = QPdfDocument()
        self.document.load(self._buffer)
        if self.document.status() is not QPdfDocument.Status.Ready:
            raise FileProblem("这份文书的 PDF 打不开，请重新生成或用备份核对。")

    def close(self) -> None:
        self.document.close()
        self._buffer.close()


def _pages(order: PrintOrder, count: int, blank: Container[int], *, alone: bool) -> Sequence[int]:
    """The pages to print, from 0; ``blank`` ones only where nothing else was asked for."""
    asked = range(count)
    if alone and order.first:
        asked = range(order.first - 1, min(order.last or count, count))
    return [page for page in asked if page not in blank] or asked


def _pages_of(plan: Sequence[tuple[int, int]], number: int) -> int:
    return sum(1 for paper, _page in plan if paper == number)


def _turn(printer: QPrinter, document: QPdfDocument, page: int) -> None:
    size = document.pagePointSize(page)
    wide = size.width() > size.height()
    printer.setPageOrientation(
        QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    )
