"""Real prints through a CUPS queue into PDF: everything in its place at 100 %."""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from PIL import Image, ImageChops
from pypdf import PdfWriter
from pypdf.generic import NameObject, NumberObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from daomao_desktop.documents.kinds import criticism
from daomao_desktop.documents.merging import merge
from daomao_desktop.documents.typesetting import OfficialDocument, Paper, Report, typeset
from daomao_desktop.errors import FileProblem
from daomao_desktop.services import notices
from daomao_desktop.store.notices import print_runs
from daomao_desktop.ui import cups
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.preview import PreviewSheet
from daomao_desktop.ui.dialogs.wanted import Wanted
from daomao_desktop.ui.operations import Job
from daomao_desktop.ui.printing import Printed, PrintOrder, PrintPaper, print_papers
from tests.documents import examples
from tests.ui.conftest import settle
from tests.ui.cups_server import PPD, CupsServer, cups_server
from tests.ui.notices_window import asked

MM = 25.4 / 72
TOLERANCE = 0.5
DPI = 200
REACH = int(TOLERANCE / 25.4 * DPI)  # 3 dots, 0.38 mm

CRITICISM = criticism.compose(examples.CRITICISM)
TABLE = Report((examples.ledger(30, landscape=True),), title="资金收支明细台账")
PAPERS: dict[str, Paper] = {
    "criticism, 3 pages": CRITICISM,
    "wide table": TABLE,
    "certificate": examples.AWARD,
    "upright and wide in turn": OfficialDocument(
        format=CRITICISM.format,
        title="通知",
        body=("请各组填报。",),
        organs=("大茂镇人民政府",),
        date=examples.DATED,
        sheets=(examples.ledger(4, landscape=True), examples.ledger(4)),
    ),
}


@pytest.fixture(scope="module")
def server() -> Iterator[CupsServer]:
    with cups_server() as running:
        yield running


@pytest.fixture
def reached(server: CupsServer, monkeypatch: pytest.MonkeyPatch) -> CupsServer:
    monkeypatch.setenv("CUPS_SERVER", server.socket)
    return server


@pytest.fixture(scope="module")
def plain(server: CupsServer) -> str:
    return server.add_queue()


@pytest.fixture(scope="module")
def contrary(server: CupsServer) -> str:
    """A queue set to Letter paper, fitting, two pages a side, unable to print near the edges."""
    text = PPD.read_text(encoding="latin-1")
    for key in ("PageSize", "PageRegion", "ImageableArea", "PaperDimension"):
        assert f"*Default{key}: A4" in text
        text = text.replace(f"*Default{key}: A4", f"*Default{key}: Letter")
    for paper, area in (("A4/A4", "0 0 595 842"), ("Letter/US Letter", "0 0 612 792")):
        assert f'*ImageableArea {paper}: "{area}"' in text
        text = text.replace(f'{paper}: "{area}"', f'{paper}: "12 42 583 760"')
    ppd = server.folder / "contrary.ppd"
    ppd.write_text(text, encoding="latin-1")
    defaults = ("print-scaling-default=fit", "number-up-default=2", "fit-to-page-default=true")
    return server.add_queue(ppd, *defaults, "sides-default=two-sided-long-edge")


def _job() -> Job:
    return Job("打印", None, lambda _job: None)


def _print(server: CupsServer, order: PrintOrder, pdf: bytes) -> bytes:
    """What one paper comes out as."""
    title = f"print-{uuid.uuid4().hex}"
    logged: list[str] = []
    done = print_papers(order, [PrintPaper("a", title, pdf)], _job(), logged.append)
    assert done == Printed(("a",))
    assert logged == ["a"]
    (out,) = server.printed(order.target, title)
    return out


def _sheets(out: bytes, turns: Sequence[int]) -> bytes:
    """The print with every sheet turned clockwise by so many degrees before it is looked at.

    The PDF queue turns pages for the screen where it thinks it can tell how their text runs. A
    printer does not: its sheets are upright, whatever lies on them.
    """
    written = PdfWriter(clone_from=io.BytesIO(out))
    assert len(written.pages) == len(turns)
    for page, turn in zip(written.pages, turns, strict=True):
        width, height = float(page.mediabox.width) * MM, float(page.mediabox.height) * MM
        assert (width, height) == pytest.approx((210, 297), abs=TOLERANCE)
        page[NameObject("/Rotate")] = NumberObject(turn)
    made = io.BytesIO()
    written.write(made)
    return made.getvalue()


def _origins(pdf: bytes) -> list[list[tuple[float, float]]]:
    """Of every page its glyphs' origins in mm from the left and top edge; blanks leave no ink."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return [
            [
                (char["matrix"][4] * MM, (float(page.height) - char["matrix"][5]) * MM)
                for char in page.chars
                if not char["text"].isspace()
            ]
            for page in document.pages
        ]


def _sizes(pdf: bytes) -> list[tuple[float, float]]:
    """The pages' width and height in mm, as they are looked at."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [(page.get_width() * MM, page.get_height() * MM) for page in document]


def _pictures(pdf: bytes) -> list[Image.Image]:
    """The pages in shades of grey, top left on a square of 300 mm."""
    side = round(300 / 25.4 * DPI)
    pictures = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            picture = Image.new("L", (side, side), 255)
            picture.paste(page.render(scale=DPI / 72, grayscale=True).to_pil())
            pictures.append(picture)
    return pictures


def _ink(picture: Image.Image, darker_than: int) -> Image.Image:
    return picture.point([255 if value < darker_than else 0 for value in range(256)])


def _strays(picture: Image.Image, other: Image.Image) -> bool:
    """Whether ink lies farther than the tolerance from whatever the other page has drawn."""
    drawn = _ink(other, 230)  # thin lines are grey
    for reach in (1, REACH - 1):  # in two steps, and across before down: far quicker than MaxFilter
        for x, y in ((reach, 0), (0, reach)):
            sides = ImageChops.lighter(
                ImageChops.offset(drawn, x, y), ImageChops.offset(drawn, -x, -y)
            )
            drawn = ImageChops.lighter(drawn, sides)
    return ImageChops.subtract(_ink(picture, 128), drawn).getbbox() is not None


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("queue", ["plain", "contrary"])
def test_a_print_lies_where_the_document_does(
    reached: CupsServer, queue: str, paper: str, request: pytest.FixtureRequest
) -> None:
    target: str = request.getfixturevalue(queue)
    pdf = merge(
        [typeset(PAPERS[paper])], title=paper, one_side=True
    )  # no blank page: one side is printed
    expected = _sizes(pdf)
    # A wide page is read with the sheet's left edge up.
    turns = [90 if width > height else 0 for width, height in expected]
    out = _sheets(_print(reached, PrintOrder(target), pdf), turns)
    sizes = _sizes(out)
    assert len(sizes) == len(expected)
    for size, wanted in zip(sizes, expected, strict=True):
        assert size == pytest.approx(wanted, abs=TOLERANCE)
    # The PDF queue makes outlines of letters that are put on heavier: those are compared as ink.
    written = [] if paper == "certificate" else zip(_origins(out), _origins(pdf), strict=True)
    for glyphs, originals in written:
        assert len(glyphs) == len(originals)
        assert len(originals) > 10 or not originals  # the back of a sheet may be empty
        for origin, original in zip(glyphs, originals, strict=True):
            assert origin == pytest.approx(original, abs=TOLERANCE)
    for page, original_page in zip(_pictures(out), _pictures(pdf), strict=True):
        page = page.crop((0, 0, *original_page.size))
        assert not _strays(page, original_page)
        assert not _strays(original_page, page)


def _pages(pdf: bytes) -> list[int]:
    """How many glyphs each page has, which tells the example's pages apart."""
    return [len(glyphs) for glyphs in _origins(pdf)]


def test_copies_are_collated_and_each_begins_on_a_front(reached: CupsServer, plain: str) -> None:
    pdf = typeset(CRITICISM)
    three = _pages(pdf)
    assert len(set(three)) == 3
    assert _pages(_print(reached, PrintOrder(plain, copies=2), pdf)) == three * 2
    both_sides = _print(reached, PrintOrder(plain, copies=2, duplex=True), pdf)
    assert _pages(both_sides) == [*three, 0] * 2


def test_a_wide_pages_head_lies_on_the_sheets_left_edge(reached: CupsServer, plain: str) -> None:
    pdf = typeset(TABLE)
    out = _print(reached, PrintOrder(plain, duplex=True), pdf)
    count = len(_sizes(pdf))
    assert count >= 2  # front and back
    sheets = zip(_origins(_sheets(out, [0] * count)), _origins(pdf), strict=True)
    for glyphs, originals in sheets:
        # What stands so far from the wide page's top lies so far from the sheet's left edge.
        assert len(glyphs) == len(originals)
        for (x, _y), (_x, y) in zip(glyphs, originals, strict=True):
            assert x == pytest.approx(y, abs=TOLERANCE)


def test_only_the_pages_wanted_come_out(reached: CupsServer, plain: str) -> None:
    pdf = typeset(CRITICISM)
    three = _pages(pdf)
    assert _pages(_print(reached, PrintOrder(plain, first=2, last=3), pdf)) == three[1:]
    assert _pages(_print(reached, PrintOrder(plain, first=1, last=1), pdf)) == three[:1]


def test_every_paper_is_a_job_of_its_own(reached: CupsServer, plain: str) -> None:
    title = f"print-{uuid.uuid4().hex}"
    pdfs = [typeset(CRITICISM), typeset(TABLE)]
    papers = [PrintPaper(str(n), f"{title}-{n}", pdf) for n, pdf in enumerate(pdfs)]
    print_papers(PrintOrder(plain, duplex=True, first=2, last=2), papers, _job(), lambda _uid: None)
    # Pages are chosen of a single paper only, and none shares a sheet with the one before.
    assert [_pages(out) for out in reached.printed(plain, title)] == [_pages(p) for p in pdfs]


@pytest.mark.parametrize(
    ("command", "sentence"),
    [("cupsdisable", "已暂停"), ("cupsreject", "不接收打印任务"), ("", "找不到打印机")],
)
def test_a_queue_that_prints_nothing_is_named(
    reached: CupsServer, command: str, sentence: str
) -> None:
    queue = reached.add_queue()
    words = (command, queue) if command else ("lpadmin", "-x", queue)
    reached.ask(*words)
    logged: list[str] = []
    papers = [PrintPaper("a", "甲", typeset(TABLE))]
    with pytest.raises(FileProblem, match=sentence) as told:
        print_papers(PrintOrder(queue), papers, _job(), logged.append)
    assert f"「{queue}」" in told.value.sentence
    assert logged == []


def test_without_a_print_service_the_printer_is_not_found(
    reached: CupsServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "nobody"))
    with pytest.raises(FileProblem, match="打印服务"):
        print_papers(PrintOrder("一楼"), [PrintPaper("a", "甲", b"%PDF")], _job(), lambda _u: None)


def test_a_long_title_is_a_name_that_the_queue_takes(reached: CupsServer) -> None:
    queue = reached.add_queue(device="file:///dev/null")
    cups.send(queue, "关于给予\n通报批评的通报" * 20, typeset(TABLE))
    (job,) = reached.page_log(queue)
    assert "关于给予 通报批评的通报关于给予" in job


def test_from_the_preview_to_the_printer_and_into_the_log(
    qtbot: QtBot, reached: CupsServer, town_context: Context
) -> None:
    queue = reached.add_queue(device="file:///dev/null")
    desk, operations = town_context.desk, town_context.operations
    candidate = notices.notice_candidates(desk, 2025)[0]
    parent = QWidget()
    qtbot.addWidget(parent)
    wanted = [Wanted(candidate.kind, 2025, candidate.person_uid)]
    sheet = PreviewSheet(town_context, wanted, parent)
    sheet.open()
    settle(qtbot, operations)
    dialog = asked(qtbot, town_context, sheet)
    dialog.printer.set_value(queue)
    assert dialog.printer.value() == queue  # the queues offered are those of the server
    dialog.copies.setValue(2)
    dialog._on_print()
    settle(qtbot, operations)
    assert sheet.banner.words.text() == f"已送到{queue}。"
    sheet.close()
    settle(qtbot, operations)
    (row,) = notices.list_notices(desk)
    (job,) = reached.page_log(queue)
    assert f"{row.number} {row.title} A4" in job
    with desk.store.reading() as session:
        ((target, copies),) = [(run.target, run.copies) for run in print_runs(session, row.uid)]
    assert (target, copies) == (queue, 2)
