"""Finished pages measured against the table of GB/T 9704-2012, in millimetres."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from daomao_desktop.documents.kinds import commendation, criticism, deduction
from tests.documents import examples
from tests.documents.measuring import (
    CELL,
    EM_3,
    EM_4,
    FANG,
    HEI,
    KAI,
    ROW,
    SONG,
    TITLE,
    near,
    pages,
)

ALL = {
    "file": examples.FILE,
    "upward": examples.UPWARD,
    "letter": examples.LETTER,
    "plain": examples.PLAIN,
    "long": examples.LONG,
    "criticism": criticism.compose(examples.CRITICISM),
    "two years": criticism.compose(examples.TWO_YEARS),
    "deduction": deduction.compose(examples.DEDUCTION),
    "commendation": commendation.compose(examples.commendation(3, 1)),
    "commendation with list": commendation.compose(examples.commendation(45, 10)),
}


@pytest.mark.parametrize("name", ALL)
def test_every_page_keeps_paper_margins_and_faces(name: str) -> None:
    for page in pages(ALL[name]):
        assert page.width == near(210, 0.1)
        assert page.height == near(297, 0.1)
        for line in page.lines:
            if line.glyphs[0].red:
                continue
            assert line.x0 >= 28 - 0.1, line.text
            # A squeezed mark's blank half may reach past the edge; its ink does not.
            reach = line.x1 - (EM_3 / 2 if line.text[-1] in "，。、；：！？）》”’〕" else 0)
            assert reach <= 184 + 0.1, line.text
            assert line.font in {FANG, KAI, HEI, TITLE, SONG, "HanaMinB", "GongwenKaiSupplement"}


@pytest.mark.parametrize("name", ALL)
def test_body_stands_on_the_grid(name: str) -> None:
    for page in pages(ALL[name]):
        body = [line for line in page.lines if line.size == 16 and line.font == FANG]
        rows = [(line.top - 37) / ROW for line in body if line.top > 110 or name != "letter"]
        if name in ("letter", "deduction"):
            rows = [row for row in rows if row > 5]
        for row in rows:
            assert row == near(round(row), 0.02)
            assert round(row) in range(22)


@pytest.mark.parametrize("name", ALL)
def test_page_numbers(name: str) -> None:
    numbered = 0
    for number, page in enumerate(pages(ALL[name]), 1):
        shown = [line for line in page.lines if line.text == f"— {number} —"]
        receipt = any(line.text == "送达回证" for line in page.lines)
        if receipt or not page.glyphs or (number == 1 and name in ("letter", "deduction")):
            assert not shown
            continue
        (line,) = shown
        numbered += 1
        assert line.size == 14
        assert line.font == SONG
        # The dash is drawn 0.293 em above the baseline, which is 0.88 em below the glyph's top.
        dash = line.top + (0.88 - 0.293) * EM_4
        assert dash == near(262 + 7)
        if number % 2:
            assert line.x1 == near(184 - EM_4)
        else:
            assert line.x0 == near(28 + EM_4)
    assert numbered or name == "deduction"


def test_full_page_has_22_lines_of_28_characters() -> None:
    text = ("村" * 28) * 60
    _first, second, *_rest = pages(replace(examples.FILE, body=(text,), attachments=()))
    lines = [line for line in second.lines if line.size == 16]
    assert len(lines) == 22
    assert lines[0].top == near(37, 0.1)
    for above, below in itertools.pairwise(lines):
        assert below.top - above.top == near(ROW, 0.01)
    for line in lines:
        assert len(line.text) == 28
        assert line.x0 == near(28, 0.05)
        assert line.x1 == near(184, 0.1)
        for left, right in zip(line.glyphs, line.glyphs[1:], strict=False):
            assert right.x0 - left.x0 == near(CELL, 0.01)


def test_levels_take_their_faces() -> None:
    glyphs = [glyph for page in pages(examples.FILE) for glyph in page.glyphs]
    text = "".join(glyph.text for glyph in glyphs)

    def faces(piece: str) -> set[str]:
        start = text.index(piece)
        return {glyph.font for glyph in glyphs[start : start + len(piece)]}

    assert faces("一、总体要求") == {HEI}
    assert faces("（一）坚持党领导的原则。") == {KAI}
    assert faces("村民小组长的选配") == {FANG}
    assert faces("1. 党组织") == {FANG}
    assert faces("（1）更小的一点。") == {FANG}
    assert faces("二、工作要求。") == {HEI}
    assert faces("各村要高度重视") == {FANG}


def test_plain_begins_with_its_title() -> None:
    page = pages(examples.PLAIN)[0]
    assert page.lines[0].text == "关于加强村民小组长队伍建设的通知"
    assert page.lines[0].top == near(37)
    assert not page.rules
    assert not any("抄送" in line.text or "〔2026〕" in line.text for line in page.lines)


def test_headings_stand_on_the_grid_with_digits_half_as_wide() -> None:
    body = ("一、2026年12345项——总体要求……", "（二）2026年12345项——总体要求……")
    found = pages(replace(examples.PLAIN, body=body))[0]
    for start in ("一、2026", "（二）2026"):
        line = found.line(start)
        assert line.x0 == near(28 + 2 * CELL, 0.05)
        for left, right in itertools.pairwise(line.glyphs):
            wide = 0.5 if left.text.isdigit() else 1
            assert right.x0 - left.x0 == near(wide * CELL, 0.02), left.text


def test_list_repeats_its_heading_and_splits_no_row() -> None:
    found = pages(commendation.compose(examples.commendation(45, 10)))
    lists = [page for page in found if any(line.text.startswith("序号") for line in page.lines)]
    assert len(lists) == 3
    text = "".join(line.text for page in lists for line in page.lines)
    for number in range(1, 46):
        assert f"第{number}村民小组" in text
    assert "王　强" in text
    assert lists[0].lines[0].text == "附件"
    assert (lists[0].lines[0].font, lists[0].lines[0].x0) == (HEI, near(28))
    for page in lists:
        uprights = {round(rule.x0, 1) for rule in page.rules if rule.x0 == rule.x1}
        assert len(uprights) == 6
        assert (min(uprights), max(uprights)) == (near(28, 0.2), near(184, 0.2))
        assert max(rule.y1 for rule in page.rules if not rule.thickness > 0.3) <= 262.5


def test_receipt_is_the_last_sheet_and_after_the_imprint() -> None:
    found = pages(criticism.compose(examples.CRITICISM))
    assert found[-1].lines[0].text == "送达回证"
    assert any(line.text == "抄送：镇党委、镇纪委。" for line in found[-2].lines)
    assert len(found) == 3
