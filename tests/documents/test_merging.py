"""Merged files: every page as it was signed off, the same bytes each time, fronts for duplex."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pypdfium2
import pytest
from pypdf import PdfReader

from daomao_desktop.documents.kinds import criticism, deduction, summary
from daomao_desktop.documents.merging import merge
from daomao_desktop.documents.typesetting import typeset
from daomao_desktop.errors import DaomaoError
from tests.documents import examples, table_examples
from tests.documents.measuring import measure, near, text_of

ONE_PAGE = typeset(examples.AWARD)  # lying
NOTICE = typeset(criticism.compose(examples.TWO_YEARS))
LIST = typeset(summary.compose(table_examples.OF_A_VILLAGE))  # lying, one page
PDFS = [ONE_PAGE, NOTICE, LIST, NOTICE]


def sizes(pdf: bytes) -> list[int]:
    """Widths of the pages in millimetres; a blank one's negative."""
    return [round(page.width) * (1 if page.glyphs else -1) for page in measure(pdf)]


def contents(pdfs: Sequence[bytes]) -> list[bytes]:
    found = []
    for pdf in pdfs:
        for page in PdfReader(io.BytesIO(pdf)).pages:
            content = page.get_contents()
            found.append(content.get_data() if content is not None else b"")
    return found


def test_every_page_is_drawn_as_in_its_own_file() -> None:
    merged = merge(PDFS, title="全部")
    assert contents([merged]) == contents(PDFS)
    assert text_of(merged) == "\n\n".join(text_of(pdf) for pdf in PDFS)
    alone = [page for pdf in PDFS for page in measure(pdf)]
    for page, other in zip(measure(merged), alone, strict=True):
        assert (page.width, page.height) == (other.width, other.height)
        assert page == other


def dots(pdf: bytes) -> list[bytes]:
    """Every page as a picture."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=0.7).to_pil().tobytes() for page in document]


def test_pages_look_the_same_dot_by_dot() -> None:
    assert dots(merge([NOTICE, LIST], title="全部")) == dots(NOTICE) + dots(LIST)


def test_the_same_files_give_the_same_bytes_without_a_clock() -> None:
    merged = merge(PDFS, title="2025年度文书")
    assert merge(tuple(PDFS), title="2025年度文书") == merged
    reader = PdfReader(io.BytesIO(merged))
    assert dict(reader.metadata or {}) == {
        "/Title": "2025年度文书",
        "/Subject": "2025年度文书",
        "/Creator": "daomao-desktop",
        "/Producer": "daomao-desktop",
    }
    assert "/ID" not in reader.trailer
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "zh-CN"
    assert root["/ViewerPreferences"]["/PrintScaling"] == "/None"
    assert reader.pdf_header >= PdfReader(io.BytesIO(NOTICE)).pdf_header


def test_on_both_sides_every_document_begins_on_a_front() -> None:
    assert sizes(merge(PDFS, title="全部")) == [297, *sizes(NOTICE), 297, *sizes(NOTICE)]
    three = len(sizes(NOTICE))
    assert three % 2  # two pages and the receipt
    duplex = merge(PDFS, title="全部", sides=True)
    assert sizes(duplex) == [297, -297, *sizes(NOTICE), -210, 297, -297, *sizes(NOTICE)]
    assert measure(duplex)[1].height == near(210)
    assert sizes(merge([ONE_PAGE], title="一份", sides=True)) == [297]


def test_a_page_left_blank_for_a_back_is_left_out_where_one_side_is_printed() -> None:
    letter = typeset(deduction.compose(examples.DEDUCTION))
    assert sizes(letter) == [210, -210, 210]  # its receipt has a sheet of its own
    assert sizes(merge([letter, LIST], title="全部", one_side=True)) == [210, 210, 297]
    assert sizes(merge([letter, LIST], title="全部")) == [210, -210, 210, 297]  # as signed off
    assert sizes(merge([letter, LIST], title="全部", sides=True)) == [210, -210, 210, -210, 297]
    asked = merge([letter], title="一份", one_side=True, pages=range(1, 2))
    assert sizes(asked) == [-210]


def test_nothing_to_merge_is_refused() -> None:
    with pytest.raises(DaomaoError, match="没有要合并的文书"):
        merge([], title="空")
