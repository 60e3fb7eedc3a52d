"""Landscape pages in millimetres (GB/T 9704-2012, 8): margins, and numbers where others have them.

Held upright the sheet has its binding at the left and the table's head at the left edge.
"""

from __future__ import annotations

import itertools
from dataclasses import replace

import pypdfium2
import pytest

from daomao_desktop.documents.typesetting import OfficialDocument, Report, typeset
from tests.documents import examples
from tests.documents.measuring import EM_4, SONG, Glyph, MeasuredPage, near, pages

UPRIGHT = Report((examples.ledger(40),), title="竖排")
LYING = Report((examples.ledger(40, landscape=True),), title="横排")
ATTACHED = replace(
    examples.FILE,
    sheets=(
        replace(examples.ledger(40, landscape=True), marker="附件1"),
        replace(examples.ledger(3), marker="附件2", title="名单"),
        replace(examples.ledger(20, landscape=True), marker="附件3", title="另一份台账"),
        replace(examples.ledger(3, landscape=True), title="送达回证"),
    ),
)


def number_of(page: MeasuredPage, number: int) -> list[Glyph]:
    glyphs = list(page.glyphs[-len(f"— {number} —") :])
    assert "".join(glyph.text for glyph in glyphs) == f"— {number} —"
    return glyphs


def turned_back(glyph: Glyph) -> tuple[float, float, float, float]:
    """Left, right, top and bottom on the sheet held upright, turned back by 90° to the left."""
    return glyph.top, glyph.bottom, 297 - glyph.x1, 297 - glyph.x0


def test_margins_are_those_of_the_sheet_held_upright() -> None:
    for page in pages(LYING):
        assert (page.width, page.height) == (near(297, 0.1), near(210, 0.1))
        uprights = [rule.x0 for rule in page.rules if rule.x0 == rule.x1]
        assert min(uprights) == near(35)  # the foot
        assert max(uprights) == near(297 - 37)  # 天头
        assert min(rule.y0 for rule in page.rules) >= 28 - 0.1  # 订口
        assert max(rule.y1 for rule in page.rules) <= 28 + 156 + 0.5
        for line in page.lines[:-1]:
            assert line.top >= 28 - 0.1
            assert line.bottom <= 184 + 0.5
    assert pages(LYING)[0].lines[0].top == near(28)
    assert min(rule.y0 for rule in pages(LYING)[1].rules) == near(28, 0.2)


def test_page_numbers_stand_where_upright_pages_have_them() -> None:
    upright, lying = pages(UPRIGHT), pages(LYING)
    for number in (1, 2):
        shown = number_of(lying[number - 1], number)
        assert all(glyph.turned for glyph in shown)
        for glyph, other in zip(shown, number_of(upright[number - 1], number), strict=True):
            assert glyph.font == other.font == SONG
            assert turned_back(glyph) == (
                near(other.x0),
                near(other.x1),
                near(other.top),
                near(other.bottom),
            )
        # The dash is 0.587 em below the glyph's top: turned, that much left of its right edge.
        assert 35 - (shown[0].x1 - (0.88 - 0.293) * EM_4) == near(7)
    assert number_of(lying[0], 1)[-1].bottom == near(184 - EM_4)  # odd: the lower end
    assert number_of(lying[1], 2)[0].top == near(28 + EM_4)  # even: the upper end


def ink(pdf: bytes, page: int, box: tuple[float, float, float, float]) -> tuple[float, ...]:
    """Where ink is inside a box of the page held upright (left, top, right, bottom)."""
    scale = 300 / 25.4
    with pypdfium2.PdfDocument(pdf) as document:
        image = document[page].render(scale=300 / 72, grayscale=True).to_pil()
    if image.width > image.height:
        image = image.rotate(90, expand=True)
    part = image.crop(tuple(round(edge * scale) for edge in box))
    found = part.point(lambda shade: 255 * (shade < 128)).getbbox()
    assert found is not None
    return tuple(edge / scale for edge in found)


@pytest.mark.parametrize(("page", "left"), [(0, 150.0), (1, 28.0)])
def test_printed_numbers_lie_on_each_other_when_the_sheets_do(page: int, left: float) -> None:
    box = (left, 264.0, left + 34, 275.0)
    places = [ink(typeset(report), page, box) for report in (UPRIGHT, LYING)]
    for one, other in zip(*places, strict=True):
        assert one == near(other)


def test_upright_and_landscape_attachments_share_one_document() -> None:
    found = pages(ATTACHED)
    count = next(n for n, page in enumerate(found) if page.lines[0].text == "送达回证")
    lying = [page.width > page.height for page in found]
    runs = [way for way, _pages in itertools.groupby(lying[:count])]
    assert runs == [False, True, False, True, False]  # text, three attachments, 版记
    for number, page in enumerate(found[:count], 1):
        shown = number_of(page, number)
        for glyph in shown:
            assert glyph.turned is (page.width > page.height)
            left, _right, top, _bottom = (
                turned_back(glyph)
                if glyph.turned
                else (glyph.x0, glyph.x1, glyph.top, glyph.bottom)
            )
            assert top + (0.88 - 0.293) * EM_4 == near(262 + 7)
            assert (left > 105) is (number % 2 == 1)
        outer = shown[-1] if number % 2 else shown[0]
        edges = turned_back(outer)[:2] if outer.turned else (outer.x0, outer.x1)
        assert (edges[1] == near(184 - EM_4)) if number % 2 else (edges[0] == near(28 + EM_4))
    marker = next(page for page in found if page.lines[0].text == "附件3").lines[0]
    assert (marker.x0, marker.top) == (near(35), near(28))
    for page in found[count:]:
        assert "—" not in "".join(glyph.text for glyph in page.glyphs)


def test_the_imprint_never_stands_on_a_landscape_page() -> None:
    alone = replace(ATTACHED, sheets=ATTACHED.sheets[:1])
    for document in (ATTACHED, alone):
        (page,) = [one for one in pages(document) if any("抄送" in line.text for line in one.lines)]
        assert page.height > page.width
        assert page.level_rules[-1].y0 == near(262, 0.1)


def test_a_landscape_title_uses_the_whole_width() -> None:
    title = "大茂镇联光村2025年度村民小组长履职情况年度考核结果汇总表"
    sheet = replace(examples.ledger(3, landscape=True), title=title)
    first, second, *_rest = pages(Report((sheet,), title=title))[0].lines
    shown = [line for line in (first, second) if line.size == 22]
    assert "".join(line.text for line in shown) == title
    for line in shown:
        assert (line.x0 + line.x1) / 2 == near(35 + 225 / 2)
        assert line.x0 >= 35
        assert line.x1 <= 260


def test_text_above_and_below_a_table_keeps_to_the_page() -> None:
    below = ("填表人：　　　　　审核人：　　　　　填表日期：", "说明：" + "本表一式三份。" * 12)
    sheet = replace(examples.ledger(11, landscape=True), above="单位：元", below=below)
    report = Report((sheet,), title="台账")
    first, second = pages(report)
    above = first.line("单位：元")
    assert above.x1 == near(260)
    assert above.bottom <= first.level_rules[0].y0
    # The last row goes with what stands under the table.
    assert any(line.text.startswith("序号") for line in second.lines)
    assert any(line.text.startswith("11购买") for line in second.lines)
    filled = second.line("填表人")
    assert filled.top >= second.level_rules[-1].y0
    for page in (first, second):
        assert max(line.bottom for line in page.lines if not line.glyphs[0].turned) <= 184 + 0.2


def test_a_document_of_upright_pages_has_no_turned_text() -> None:
    document: OfficialDocument = examples.FILE
    assert not any(glyph.turned for page in pages(document) for glyph in page.glyphs)
