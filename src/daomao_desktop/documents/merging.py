"""Many finished PDFs as one, page by page: what was signed off is not set anew."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

from daomao_desktop.errors import DaomaoError


def merge(
    pdfs: Sequence[bytes],
    *,
    title: str,
    sides: bool = False,
    one_side: bool = False,
    pages: range | None = None,
    on_document: Callable[[int], None] = lambda _place: None,
) -> bytes:
    """One PDF of all pages in order, their contents unchanged; the same files give the same bytes.

    ``sides``: a blank page follows a document of an odd number of pages, so that printed on both
    sides every document begins on the front of a sheet, and each page of one to be posted, whose
    sheets' backs stay empty. ``one_side``: for printing on one side only, the blank pages that a
    paper brings for its sheets' backs are left out. ``pages``: only these of each, from 0.
    ``on_document(place)`` is called before each document and may raise to stop.
    Raises DaomaoError where there is no document, or no page of those wanted.
    """
    if not pdfs:
        raise DaomaoError("没有要合并的文书，请先选择。")
    writer = PdfWriter()
    header = "%PDF-1.4"
    for place, pdf in enumerate(pdfs):
        on_document(place)
        reader = PdfReader(io.BytesIO(pdf))
        header = max(header, reader.pdf_header)
        wanted = reader.pages if pages is None else reader.pages[pages.start : pages.stop]
        if not wanted:
            raise DaomaoError(f"这份文书只有 {len(reader.pages)} 页，请改正页码。")
        if one_side:
            wanted = [page for page in wanted if not _is_blank(page)] or wanted
        posted = sides and is_posted(pdf)
        for number, page in enumerate(wanted):
            if number and posted:
                _add_blank(writer, wanted[number - 1])
            writer.add_page(page)
        if sides and (posted or len(wanted) % 2) and place < len(pdfs) - 1:
            _add_blank(writer, wanted[-1])
    writer.pdf_header = header
    writer.metadata = {
        "/Title": title,
        "/Subject": title,
        "/Creator": "daomao-desktop",
        "/Producer": "daomao-desktop",
    }
    writer.root_object[NameObject("/Lang")] = TextStringObject("zh-CN")
    # As each of them alone: printed at its size, the title shown instead of the file's name.
    writer.root_object[NameObject("/ViewerPreferences")] = DictionaryObject(
        {
            NameObject("/DisplayDocTitle"): BooleanObject(True),
            NameObject("/PrintScaling"): NameObject("/None"),
        }
    )
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def blank_pages(pdf: bytes) -> frozenset[int]:
    """The pages, from 0, left blank for a sheet's back; none in a file that cannot be read."""
    try:
        pages = PdfReader(io.BytesIO(pdf)).pages
        return frozenset(number for number, page in enumerate(pages) if _is_blank(page))
    except PyPdfError:  # whoever prints it says so
        return frozenset()


def is_posted(pdf: bytes) -> bool:
    """Whether the file says of itself that it is printed on one side: it will hang on a wall."""
    if b"/Simplex" not in pdf:  # reading a file's objects takes a hundred times as long
        return False
    root = PdfReader(io.BytesIO(pdf)).root_object
    return dict(root.get("/ViewerPreferences") or {}).get("/Duplex") == "/Simplex"


def _is_blank(page: PageObject) -> bool:
    content = page.get_contents()
    return content is None or not content.get_data().strip()


def _add_blank(writer: PdfWriter, like: PageObject) -> None:
    box = like.mediabox
    writer.add_blank_page(width=float(box.width), height=float(box.height))
