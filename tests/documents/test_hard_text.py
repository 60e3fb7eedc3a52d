"""Line rules and completeness on hard text: by the engine's own lines, and on finished pages."""

from __future__ import annotations

import itertools
import re

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daomao_desktop.documents.fonts import Face, char_width
from daomao_desktop.documents.typesetting import Format, OfficialDocument, typeset
from daomao_desktop.documents.typesetting.geometry import MM, TEXT_WIDTH
from daomao_desktop.documents.typesetting.text import INDENT, SetLine, grid_tracks, plain
from tests.documents.hard_text import (
    CLOSING,
    NAMES,
    NEVER_FIRST,
    NEVER_LAST,
    OPENING,
    TWENTY_PAGES,
    WIDEST,
    HardText,
    blank_side,
    can_be_set,
    hard_text,
)
from tests.documents.measuring import Glyph, Line, measure
from tests.documents.test_fonts import extents

SQUARE = 16 + grid_tracks([1.0])[0]  # a full-width character on the grid, points
FULL = 28 * MM, 184 * MM  # left and right edge of the 版心, points


def lines_of(hard: HardText) -> list[SetLine]:
    return plain(hard.text, Face.FANG, TEXT_WIDTH, first=TEXT_WIDTH - INDENT, names=NAMES)


def natural(text: str) -> list[float]:
    ems = [char_width(character, Face.FANG) for character in text]
    return [16 * em + track for em, track in zip(ems, grid_tracks(ems), strict=True)]


def divided(hard: HardText, lines: list[SetLine]) -> list[str]:
    """What must stay whole and does not."""
    ends = list(itertools.accumulate(len(text_of(line)) for line in lines))
    return [
        hard.text[start:stop]
        for start, stop in hard.wholes
        if any(start < end < stop for end in ends)
    ]


def text_of(line: SetLine) -> str:
    return "".join(piece.text for piece in line.pieces)


def can_set(hard: HardText, *, whole: bool) -> bool:
    rooms = TEXT_WIDTH - INDENT, TEXT_WIDTH
    return can_be_set(hard, natural(hard.text), rooms, SQUARE, whole=whole)


def check_lines(hard: HardText, lines: list[SetLine]) -> None:
    """Every rule of documents.md, on lines of text in which it can be kept."""
    for place, line in enumerate(lines):
        text, last = text_of(line), place == len(lines) - 1
        room = TEXT_WIDTH if place else TEXT_WIDTH - INDENT
        assert not place or text[0] not in NEVER_FIRST, text
        if last:
            assert line.width <= room + 0.1 * MM, text
        else:
            assert text[-1] not in NEVER_LAST, text
            assert line.width == pytest.approx(room, abs=0.1 * MM), text
            assert text_of(lines[place + 1])[0] != text[-1] or text[-1] not in "—…", text
        for piece in line.pieces:
            for number, character in enumerate(piece.text):
                more = piece.tracking - grid_tracks([char_width(character, Face.FANG)])[0]
                assert more <= WIDEST + 0.001, text
                less = -(more + piece.lead) if number == 0 else -more
                assert less <= blank_side(character, SQUARE) + 0.001, (text, character)


def check_paragraph(hard: HardText) -> None:
    lines = lines_of(hard)
    assert "".join(map(text_of, lines)) == hard.text
    assert divided(HardText(hard.text, hard.amounts), lines) == []
    if can_set(hard, whole=True):
        assert divided(hard, lines) == []
    elif not can_set(hard, whole=False):
        return  # such as a dozen marks in a row, none of which may begin a line
    check_lines(hard, lines)


@settings(max_examples=200)
@given(seed=st.integers(0, 2**32), pieces=st.integers(1, 50))
def test_lines_keep_every_rule_that_can_be_kept(seed: int, pieces: int) -> None:
    check_paragraph(hard_text(seed, pieces))


@pytest.mark.soak
def test_lines_keep_every_rule_in_a_hundred_thousand_lines() -> None:
    lines = seed = 0
    while lines < 100_000:
        hard = hard_text(seed, 40)
        check_paragraph(hard)
        lines += len(lines_of(hard))
        seed += 1


def document(*paragraphs: str) -> OfficialDocument:
    return OfficialDocument(format=Format.PLAIN, title="标题", body=paragraphs, names=NAMES)


def printed(pdf: bytes) -> list[Line]:
    """Lines of the body on finished pages."""
    return [line for page in measure(pdf) for line in page.lines if line.size == 16]


def paragraphs_of(lines: list[Line]) -> list[list[Line]]:
    """Lines by paragraph: the first of each begins two characters in."""
    found: list[list[Line]] = []
    for line in lines:
        if line.x0 == pytest.approx((FULL[0] + INDENT) / MM, abs=0.1):
            found.append([])
        else:
            assert line.x0 == pytest.approx(FULL[0] / MM, abs=0.1), line.text
        found[-1].append(line)
    return found


def check_printed(paragraph: list[Line]) -> None:
    """The line rules, measured in millimetres."""
    for place, line in enumerate(paragraph):
        if place:
            assert line.text[0] not in NEVER_FIRST, line.text
        if place < len(paragraph) - 1:
            assert line.text[-1] not in NEVER_LAST, line.text
            # Squeezed at its end, a mark's blank half lies outside: the ink is looked at below.
            blank = blank_side(line.text[-1], SQUARE) / MM
            assert 184 - 0.1 <= line.x1 <= 184 + blank + 0.2, line.text
        for left, right in itertools.pairwise(line.glyphs):
            check_gap(left, right, line.text)


def check_gap(left: Glyph, right: Glyph, text: str) -> None:
    """At most 2 pt wider; no mark squeezed by more than its blank side."""
    gap = (right.x0 - left.x1) * MM
    assert gap <= WIDEST + 0.01, text
    closing = blank_side(left.text, SQUARE) if left.text not in OPENING else 0.0
    opening = blank_side(right.text, SQUARE) if right.text in OPENING else 0.0
    assert gap >= -closing - opening - 0.25, text


def by_pdfium(pdf: bytes) -> str:
    """All text as another reader gives it, page numbers left out."""
    found = []
    with pypdfium2.PdfDocument(pdf) as opened:
        for number, page in enumerate(opened, 1):
            text = page.get_textpage()
            found.append(text.get_text_range().replace(f"— {number} —", ""))
            text.close()
            page.close()
    return bare("".join(found)).removeprefix("标题")


def bare(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=12)
@given(seed=st.integers(0, 2**32))
def test_pages_hold_every_character_once_and_in_order(seed: int) -> None:
    hard = [hard_text(seed + place, 14) for place in range(6)]
    pdf = typeset(document(*(one.text for one in hard)))
    lines = printed(pdf)
    wanted = bare("".join(one.text for one in hard))
    assert bare("".join(line.text for line in lines)) == wanted
    assert by_pdfium(pdf) == wanted
    for one, paragraph in zip(hard, paragraphs_of(lines), strict=True):
        assert bare("".join(line.text for line in paragraph)) == bare(one.text)
        if can_set(one, whole=False):
            check_printed(paragraph)


@pytest.fixture(scope="module")
def twenty_pages() -> bytes:
    return typeset(document(*TWENTY_PAGES))


def test_twenty_hard_pages_keep_the_line_rules(twenty_pages: bytes) -> None:
    found = paragraphs_of(printed(twenty_pages))
    assert len(measure(twenty_pages)) == 20
    for text, paragraph in zip(TWENTY_PAGES, found, strict=True):
        assert bare("".join(line.text for line in paragraph)) == bare(text)
        check_printed(paragraph)


_WHOLE = re.compile(
    "|".join(NAMES)
    + r"|\d{4}年\d{1,2}月\d{1,2}日|〔\d{4}〕\d+号|——|……"
    + r"|\d[\d,.]*(?:元|人次|[户人亩件起张天%‰℃])"
    + r"|(?<![\w./])[A-Za-z]{2,20}(?![\w./])"
)


def test_twenty_hard_pages_divide_groups_only_where_gaps_would_grow_too_wide(
    twenty_pages: bytes,
) -> None:
    without_a_way = 0
    for text, paragraph in zip(TWENTY_PAGES, paragraphs_of(printed(twenty_pages)), strict=True):
        on_lines = "\n".join(line.text for line in paragraph)
        matches = list(_WHOLE.finditer(text))
        if any(on_lines.count(match[0]) < text.count(match[0]) for match in matches):
            wholes = tuple(match.span() for match in matches)
            assert not can_set(HardText(text, wholes), whole=True), on_lines
            without_a_way += 1
    assert without_a_way <= 2


def test_ink_of_twenty_hard_pages_stays_inside_the_text_area(twenty_pages: bytes) -> None:
    dots = 200
    with pypdfium2.PdfDocument(twenty_pages) as opened:
        for page in opened:
            image = page.render(scale=dots / 72, grayscale=True).to_pil()
            left, _top, right, _bottom = image.point(lambda shade: 255 * (shade < 128)).getbbox()
            assert left / dots * 25.4 >= 28 - 0.13
            assert right / dots * 25.4 <= 184 + 0.13
            page.close()


@pytest.mark.parametrize("face", list(Face))
def test_a_mark_s_squeezed_half_holds_no_ink(face: Face) -> None:
    for mark in CLOSING + OPENING:
        if char_width(mark, face) < 0.9:
            continue
        contours = extents(mark, face)
        left, right = min(c[0] for c in contours), max(c[1] for c in contours)
        blank = (char_width(mark, face) - right) if mark in CLOSING else left
        assert blank >= (0.25 if mark == "？" else 0.5) - 0.001, mark
