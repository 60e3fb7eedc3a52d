"""The whole table of GB/T 9704-2012 over every format of paper, in millimetres within 0.5.

Details of one element are in ``test_head.py``, ``test_closing.py``, ``test_pages.py``,
``test_landscape.py``, ``test_tables.py`` and ``test_award.py``.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pytest

from daomao_desktop.documents.typesetting import OfficialDocument, Paper, Report
from tests.documents import examples
from tests.documents.measuring import (
    CELL,
    EM_4,
    FANG,
    HEI,
    KAI,
    MM,
    ROW,
    SONG,
    TITLE,
    Line,
    MeasuredPage,
    near,
    pages,
)

PLAIN = replace(examples.PLAIN, seal=True)
LYING = Report((examples.ledger(40, landscape=True),), title="台账")
TEXTS = {"file": examples.FILE, "upward": examples.UPWARD, "letter": examples.LETTER} | {
    "plain": PLAIN
}
PAPERS: dict[str, Paper] = TEXTS | {"landscape table": LYING, "certificate": examples.AWARD}
SIZE_2, SIZE_3, SIZE_4 = 22.0, 16.0, 14.0


def lines_of(paper: Paper) -> list[Line]:
    return [line for page in pages(paper) for line in page.lines]


def find(paper: Paper, start: str) -> Line:
    """The last line that begins so: the signing organ, not the red name."""
    return [line for line in lines_of(paper) if line.text.startswith(start)][-1]


@pytest.mark.parametrize("name", PAPERS)
def test_paper_is_a4(name: str) -> None:
    across = name in ("landscape table", "certificate")
    for page in pages(PAPERS[name]):
        assert (page.width, page.height) == (
            near(297 if across else 210, 0.1),
            near(210 if across else 297, 0.1),
        )


# Format, how the line begins, face, size in points, whether it is red
ELEMENTS = [
    *[
        (name, start, face, size, False)
        for name in TEXTS
        for start, face, size in (
            ("关于加强", TITLE, SIZE_2),
            ("各村党支部：", FANG, SIZE_3),
            ("为进一步", FANG, SIZE_3),
            ("一、总体要求", HEI, SIZE_3),
            ("（一）坚持", KAI, SIZE_3),
            ("1. 党组织", FANG, SIZE_3),
            ("（1）更小", FANG, SIZE_3),
            ("附件：", FANG, SIZE_3),
            ("大茂镇人民政府", FANG, SIZE_3),
            ("2026年1月15日", FANG, SIZE_3),
            ("（此件公开发布）", FANG, SIZE_3),
            ("— ", SONG, SIZE_4),
        )
        if not (name == "letter" and start == "附件：")
    ],
    *[(name, "大茂府〔2026〕5号", FANG, SIZE_3, False) for name in ("file", "upward", "letter")],
    *[(name, "抄送：", FANG, SIZE_4, False) for name in ("file", "upward", "letter")],
    *[(name, "大茂镇党政综合办公室", FANG, SIZE_4, False) for name in ("file", "upward")],
    ("upward", "000001", FANG, SIZE_3, False),
    ("upward", "秘密★1年", HEI, SIZE_3, False),
    ("upward", "特急", HEI, SIZE_3, False),
    ("landscape table", "资金收支", TITLE, SIZE_2, False),
    ("landscape table", "序号", HEI, SIZE_4, False),
    ("landscape table", "1购买", FANG, SIZE_4, False),
    ("landscape table", "— ", SONG, SIZE_4, False),
    ("certificate", "荣誉证书", TITLE, 68.0, True),
    ("certificate", "编号：", KAI, 14.0, False),
]


@pytest.mark.parametrize(("name", "start", "face", "size", "red"), ELEMENTS)
def test_face_and_size_of_each_element(
    name: str, start: str, face: str, size: float, red: bool
) -> None:
    first = find(PAPERS[name], start).glyphs[0]
    assert (first.font, first.size, first.red) == (face, size, red)


@pytest.mark.parametrize("name", ["file", "upward", "letter"])
def test_the_issuing_organ_is_red_and_in_the_middle(name: str) -> None:
    page = pages(PAPERS[name])[0]
    (organ,) = [line for line in page.lines if line.glyphs[0].red]
    assert (organ.text, organ.font) == ("大茂镇人民政府", TITLE)
    assert organ.top == near(30 if name == "letter" else 37 + 35)
    assert (organ.x0 + organ.x1) / 2 == near(105 if name == "letter" else 106)


@pytest.mark.parametrize("name", TEXTS)
def test_a_page_has_22_lines_of_28_characters(name: str) -> None:
    text = "村" * 28 * 60
    document = replace(TEXTS[name], body=(text,), attachments=(), note="")
    second = pages(document)[1]
    lines = [line for line in second.lines if set(line.text) == {"村"}]
    assert len(lines) == 22
    assert {len(line.text) for line in lines} == {28}
    assert lines[0].top == near(37, 0.1)
    for above, below in itertools.pairwise(lines):
        assert (below.top - above.top) / MM == pytest.approx(28.99, abs=0.02)
    for line in lines:
        assert (line.x0, line.x1) == (near(28, 0.1), near(184, 0.1))
        for left, right in itertools.pairwise(line.glyphs):
            assert (right.x0 - left.x0) / MM == pytest.approx(15.79, abs=0.02)


@pytest.mark.parametrize("name", TEXTS)
def test_title_addressee_and_paragraphs_stand_where_they_belong(name: str) -> None:
    first = pages(TEXTS[name])[0]
    title, addressee = first.line("关于加强"), first.line("各村党支部：")
    assert (title.x0 + title.x1) / 2 == near(106)
    assert addressee.x0 == near(28)
    assert addressee.top - title.top == near(2 * ROW)  # one blank line between
    assert first.line("为进一步").top - addressee.top == near(ROW)
    lines = [line for line in lines_of(TEXTS[name]) if line.size == SIZE_3]
    following = iter(lines[[line.text for line in lines].index("各村党支部：") + 1 :])
    for paragraph in examples.BODY:
        rest, begin = paragraph, True
        while rest:
            line = next(following)
            assert rest.startswith(line.text)
            assert line.x0 == near(28 + 2 * CELL if begin else 28), line.text
            rest, begin = rest.removeprefix(line.text), False


@pytest.mark.parametrize("name", [name for name in TEXTS if name != "letter"])
def test_attachments_stand_one_blank_line_below_the_text(name: str) -> None:
    last = pages(TEXTS[name])[-1]
    label = last.line("附件：")
    body = [line for line in last.lines if line.size == SIZE_3 and line.top < label.top]
    assert label.top - body[-1].top == near(2 * ROW)
    assert label.x0 == near(28 + 2 * CELL)
    assert last.line("2. ").x0 == near(label.glyphs[3].x0)


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("seal", [True, False])
def test_signature_date_and_note(name: str, seal: bool) -> None:
    document: OfficialDocument = replace(TEXTS[name], seal=seal)
    last = pages(document)[-1]
    organ = [line for line in last.lines if line.text == "大茂镇人民政府"][-1]
    day, note = last.line("2026年1月15日"), last.line("（此件公开发布）")
    text = [
        line
        for line in last.lines
        if line.size == SIZE_3 and line.top < organ.top and not line.glyphs[0].red
    ]
    if seal:
        assert day.x1 == near(184 - 4 * CELL)
        assert (organ.x0 + organ.x1) / 2 == near((day.x0 + day.x1) / 2)
        assert organ.top - text[-1].top > 2 * ROW - 0.5
    else:
        assert organ.x1 == near(184 - 2 * CELL)
        assert day.x0 - organ.x0 == near(2 * CELL)
        assert organ.top - text[-1].top == near(2 * ROW)
    assert day.top - organ.top == near(ROW)
    assert note.top - day.top == near(ROW)
    assert note.x0 == near(28 + 2 * CELL)


@pytest.mark.parametrize("name", ["file", "upward"])
def test_red_line_and_the_rules_of_the_imprint(name: str) -> None:
    first, last = pages(TEXTS[name])[0], pages(TEXTS[name])[-1]
    (red,) = [rule for rule in first.level_rules if rule.red]
    number = next(line for line in first.lines if line.text.startswith("大茂府"))
    assert red.y0 - number.bottom == near(4)
    assert (red.x0, red.x1) == (near(28), near(184))
    title = first.line("关于加强")
    assert 2 * ROW - 0.5 <= title.top - red.y0 <= 2 * ROW + 1
    outer, inner, foot = [rule for rule in last.level_rules if not rule.red]
    thick = [rule.thickness for rule in (outer, inner, foot)]
    assert thick == [near(0.35, 0.02), near(0.25, 0.02), near(0.35, 0.02)]
    assert foot.y0 == near(262)
    for rule in (outer, inner, foot):
        assert (rule.x0, rule.x1) == (near(28), near(184))
        assert not rule.red


def upright(page: MeasuredPage, line: Line) -> tuple[float, float, float]:
    """Left, right and dash of a page number on the sheet held upright."""
    below_top = (0.88 - 0.293) * EM_4  # 宋体's dash under the glyph's top
    first, last = line.glyphs[0], line.glyphs[-1]
    if first.turned:
        return first.top, last.bottom, page.width - first.x1 + below_top
    return first.x0, last.x1, first.top + below_top


@pytest.mark.parametrize("name", PAPERS)
def test_page_numbers_hang_7_mm_below_the_text_right_and_left(name: str) -> None:
    found = pages(PAPERS[name])
    for number, page in enumerate(found, 1):
        shown = [line for line in page.lines if re.fullmatch("— [0-9]+ —", line.text)]
        if name == "certificate" or (name == "letter" and number == 1):
            assert not shown
            continue
        (line,) = shown
        assert line.text == f"— {number} —"
        left, right, dash = upright(page, line)
        assert dash == near(262 + 7)
        if number % 2:
            assert right == near(184 - EM_4)
        else:
            assert left == near(28 + EM_4)
