"""Where pages end: never with a heading, and no last line alone above the signature."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from daomao_desktop.documents.typesetting import OfficialDocument
from daomao_desktop.documents.typesetting.composition import compose_pages
from daomao_desktop.documents.typesetting.marks import TextMark
from daomao_desktop.errors import DaomaoError
from tests.documents import examples
from tests.documents.hard_text import NAMES, TWENTY_PAGES

_NUMBERED = re.compile(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）")
_ORDINALS = "一二三四五六七八九十"
_TEXT = "村民小组长要听党指挥实干担当依法治村廉洁自律"


def lines_of(document: OfficialDocument) -> list[list[str]]:
    """The lines of body, 附件说明 and signature, page by page."""
    pages = compose_pages(document)
    found = [
        [mark.text for mark in page.marks if isinstance(mark, TextMark) and mark.size == 16]
        for page in pages
    ]
    head = 1 + bool(document.number)  # 主送, below the number
    return [found[0][head:], *found[1:]]


def check(document: OfficialDocument) -> None:
    """No page ends with a heading, and every line is there once and in order."""
    pages = lines_of(document)
    headings = {
        text
        for text, following in zip(document.body, document.body[1:], strict=False)
        if _NUMBERED.match(text) and "。" not in text[:-1] and _level(text) < _level(following)
    }
    for page in pages[:-1]:
        assert page[-1] not in headings, page
    assert "".join("".join(page) for page in pages).startswith("".join(document.body))
    signed = next(place for place, page in enumerate(pages) if "大茂镇人民政府" in page)
    body = pages[signed][: pages[signed].index("大茂镇人民政府")]
    assert body, "the signature stands without body text"
    if signed and len(body) == 1:
        assert any(text.startswith(body[0][:4]) for text in document.body), body


def _level(text: str) -> int:
    return 1 if text[1:2] == "、" else 2 if text.startswith("（") and text[2:3] == "）" else 3


@st.composite
def bodies(draw: st.DrawFn) -> tuple[str, ...]:
    """A beginning, then parts: a heading, sometimes one more below it, and paragraphs."""
    lengths = st.integers(1, 120)

    def text(length: int, first: str) -> str:
        return first + (_TEXT * 8)[: length - 1] + "。"

    def heading(number: str) -> str:  # none is like another
        return number + _TEXT[: draw(st.integers(2, 20))] + str(len(found))

    found = [text(draw(lengths), "为")]
    for place in range(draw(st.integers(1, 8))):
        found.append(heading(f"{_ORDINALS[place]}、"))
        for below in range(draw(st.integers(0, 3))):
            found.append(heading(f"（{_ORDINALS[below]}）"))
            found += [text(draw(lengths), "要") for _ in range(draw(st.integers(0, 2)))]
        found += [text(draw(lengths), "各") for _ in range(draw(st.integers(0, 3)))]
    return tuple(found)


PLAIN = replace(examples.FILE, attachments=(), note="")


@settings(max_examples=150, deadline=None)
@given(bodies(), st.sampled_from([PLAIN, replace(PLAIN, copies_to="", printed_by="")]))
def test_no_page_ends_with_a_heading(body: tuple[str, ...], paper: OfficialDocument) -> None:
    try:
        document = replace(paper, body=body, printed_on=None)
        check(document)
    except DaomaoError:
        assume(False)


@pytest.mark.parametrize("lines", range(1, 30))
def test_a_heading_at_a_page_s_end_moves_to_the_next(lines: int) -> None:
    """As 二、处理决定 once stood: alone below everything else of its page."""
    body = (
        "村" * 26 + "民" * 28 * (lines - 1),
        "二、处理决定",
        "（一）决定",
        "给予通报批评。" * 30,
    )
    check(replace(PLAIN, body=body))


@pytest.mark.parametrize("lines", range(1, 40))
def test_a_last_line_does_not_stand_alone_above_the_signature(lines: int) -> None:
    body = ("村" * 26 + "民" * 28 * (lines - 1) + "组。",)
    if lines == 1:
        body = ("村" * 26, *body)
    pages = lines_of(replace(PLAIN, body=body))
    signed = next(page for page in pages if "大茂镇人民政府" in page)
    assert signed.index("大茂镇人民政府") >= 2
    assert "".join("".join(page) for page in pages).startswith("".join(body))


def test_items_of_a_list_are_no_headings() -> None:
    """A page of 一、 二、 三、 each on a line: pages are filled as ever."""
    items = tuple(f"{number}、按时报送材料" for number in _ORDINALS) * 5
    full = lines_of(replace(PLAIN, body=items))
    assert len(full) > 3
    assert {len(page) for page in full[1:-2]} == {22}  # lines of the last may join the signature


def test_no_page_of_twenty_hard_ones_ends_with_a_heading() -> None:
    headings = {"一、总体要求", "八、问题与不足"}
    assert headings <= set(TWENTY_PAGES)
    endings = 0
    for shift in range(8):  # so that headings come to stand at pages' ends
        body = (*["村民小组长。"] * shift, *TWENTY_PAGES)
        pages = lines_of(replace(PLAIN, body=body, names=NAMES))
        assert not [page[-1] for page in pages if page[-1] in headings]
        endings += sum(page[0] in headings and len(before) < 22 for before, page in pairwise(pages))
    assert endings
