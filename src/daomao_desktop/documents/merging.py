"""Many finished PDFs as one, page by page: what was signed off is not set anew."""

from __future__ import annotations

import io
from collections.abc import Sequence

from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

from daomao_desktop.errors import DaomaoError


def merge(pdfs: Sequence[bytes], *, title: str, sides: bool = False) -> bytes:
    """One PDF of all pages in order, their contents unchanged; the same files give the same bytes.

    ``sides``: a blank page follows a document of an odd number of pages, so that printed on both
    sides every document begins on the front of a sheet. Raises DaomaoError where there is none.
    """
    if not pdfs:
        raise DaomaoError("没有要合并的文书，请先选择。")
    writer = PdfWriter()
    header = "%PDF-1.4"
    for place, pdf in enumerate(pdfs):
        reader = PdfReader(io.BytesIO(pdf))
        header = max(header, reader.pdf_header)
        for page in reader.pages:
            writer.add_page(page)
        if sides and len(reader.pages) % 2 and place < len(pdfs) - 1:
            box = reader.pages[-1].mediabox
            writer.add_blank_page(width=float(box.width), height=float(box.height))
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
