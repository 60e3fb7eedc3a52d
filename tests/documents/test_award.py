"""荣誉证书 measured in millimetres: border, faces, room for seals, nothing outside one page."""

from __future__ import annotations

import io
import itertools
from dataclasses import dataclass, replace

import pdfplumber
import pypdfium2
import pytest
from pypdf import PdfReader

from daomao_desktop.documents.typesetting import Award, typeset
from daomao_desktop.errors import DaomaoError
from tests.documents import examples
from tests.documents.measuring import EM_3, KAI, MM, TITLE, MeasuredPage, near, pages

AWARD = examples.AWARD
REAL = replace(
    AWARD,
    addressee="陈志强",
    body=(
        "在联光村第12村民小组组长岗位上认真履行“六员”职责，成绩突出，在2025年度考核中被确定为"
        "“优秀”等次，荣获“十佳”村民小组长称号。",
        "特发此证，以资鼓励。",
    ),
)
ONE = replace(AWARD, organs=("大茂镇人民政府",))
LONG = replace(
    AWARD,
    addressee="阿卜杜热西提·买买提依明·阿不都克里木江",
    body=(
        "在2025年度大茂镇村民小组长履行“信息员、宣传员、调解员、监督员、服务员、联络员”六员职责"
        "年度考核和“十佳”村民小组长评选中成绩突出，被评为2025年度大茂镇优秀村民小组长暨“十佳”"
        "村民小组长、乡村振兴先进个人、防汛抗旱抢险救灾先进个人。",
        "希望珍惜荣誉，再接再厉，为推进乡村全面振兴作出新的更大贡献。",
        "特发此证，以资鼓励。",
    ),
    organs=(
        "中共海南省万宁市大茂镇委员会基层党建工作领导小组办公室",
        "海南省万宁市大茂镇人民政府",
    ),
)
AWARDS = {
    "two organs": AWARD,
    "as issued": REAL,
    "two characters": replace(REAL, addressee="王强"),
    "one organ": ONE,
    "four characters": replace(ONE, addressee="欧阳建国"),
    "rare characters": replace(ONE, addressee="陈𠮷䶮"),
    "long": LONG,
    "three organs": replace(AWARD, organs=(*AWARD.organs, "大茂镇纪律检查委员会")),
    "long organ": replace(
        AWARD, organs=("中共海南省万宁市大茂镇委员会村民小组长队伍建设工作领导小组办公室",)
    ),
    "no number": replace(ONE, number=""),
    "long heading": replace(ONE, heading="村民小组长队伍建设先进个人荣誉证书"),
}


def page_of(award: Award) -> MeasuredPage:
    (page,) = pages(award)
    return page


BORDER_MM = 21  # where the border ends; the corners' clouds reach 37 mm further along it


@dataclass(frozen=True)
class Drawn:
    """One path of the ornament in millimetres: what it covers, and its colours."""

    x0: float
    x1: float
    top: float
    bottom: float
    colour: tuple[float, ...]


def ornaments(award: Award) -> list[Drawn]:
    found = []
    with pdfplumber.open(io.BytesIO(typeset(award))) as document:
        (page,) = document.pages
        for thing in (*page.curves, *page.lines, *page.rects):
            colour = thing["non_stroking_color"] if thing["fill"] else thing["stroking_color"]
            edge = 0.0 if thing["fill"] else thing["linewidth"] / 2
            found.append(
                Drawn(
                    (thing["x0"] - edge) * MM,
                    (thing["x1"] + edge) * MM,
                    (thing["top"] - edge) * MM,
                    (thing["bottom"] + edge) * MM,
                    tuple(colour),
                )
            )
    return found


@pytest.mark.parametrize("name", AWARDS)
def test_one_landscape_page_with_everything_inside_the_border(name: str) -> None:
    page = page_of(AWARDS[name])
    assert (page.width, page.height) == (near(297, 0.1), near(210, 0.1))
    drawn = ornaments(AWARDS[name])
    edges = [
        min(one.x0 for one in drawn),
        min(one.top for one in drawn),
        297 - max(one.x1 for one in drawn),
        210 - max(one.bottom for one in drawn),
    ]
    assert min(edges) >= 8  # what no office printer leaves blank
    for glyph in page.glyphs:
        assert glyph.x0 >= BORDER_MM + 10
        assert glyph.x1 <= 297 - BORDER_MM - 10
        assert glyph.top >= BORDER_MM + 5
        assert glyph.bottom <= 210 - BORDER_MM - 8
        # Not into the corners either, where the clouds are: their ends hug the border
        along = min(glyph.x0, 297 - glyph.x1) - BORDER_MM
        across = min(glyph.top, 210 - glyph.bottom) - BORDER_MM
        assert along > 15 or across > 40 or (along > 13 and across > 11)


def test_the_border_is_an_ornament_in_gold_and_red_the_same_at_all_four_sides() -> None:
    drawn = ornaments(ONE)
    gold, red = (
        {one.colour for one in drawn if one.colour[1] > 0.3},
        {one.colour for one in drawn if one.colour[1] < 0.1},
    )
    assert len(gold) == len(red) == 1
    assert {one.colour for one in drawn} == gold | red
    grey = [0.3 * r + 0.59 * g + 0.11 * b for r, g, b in (*gold, *red)]
    assert max(grey) < 0.6  # dark enough for a printer that has only black
    assert abs(grey[0] - grey[1]) > 0.15  # and apart
    fret = [one for one in drawn if one.x1 - one.x0 < 13 and one.bottom <= 20 and one.top > 12]
    assert len(fret) > 20
    # Whatever stands at one side stands at the others, but for the line under the heading
    sides = [one for one in drawn if not (one.x0 > 90 and one.x1 < 207 and 50 < one.top < 70)]
    places = [(one.x0, one.top) for one in sides]
    for one in sides:
        x, y = 297 - one.x1, 210 - one.bottom
        assert any(abs(x - left) < 0.1 and abs(y - top) < 0.1 for left, top in places)


def test_an_ornament_is_drawn_from_vectors_and_always_the_same() -> None:
    assert typeset(ONE) == typeset(replace(ONE))
    assert len(typeset(ONE)) < 60_000


@pytest.mark.parametrize("name", AWARDS)
def test_name_and_text_are_in_kai_of_visible_weight(name: str) -> None:
    page = page_of(AWARDS[name])
    text = [glyph for glyph in page.glyphs if not glyph.red]
    assert {
        glyph.font for glyph in text if "一" <= glyph.text <= "鿿" and ord(glyph.text) < 0x9FA6
    } <= {
        KAI,
        "GongwenKaiSupplement-Regular",
    }
    (content,) = [
        page.get_contents() for page in PdfReader(io.BytesIO(typeset(AWARDS[name]))).pages
    ]
    assert content is not None
    shown = [line for line in content.get_data().decode().splitlines() if line.endswith("Tr")]
    assert len(shown) >= 6  # every line of text: with ink around its letters
    assert all(" 2 Tr " in line for line in shown)


def test_what_an_ordinary_certificate_says_fills_the_sheet() -> None:
    page = page_of(REAL)
    assert page.line("荣誉证书").size >= 64
    assert page.line("在联光村").size >= 20
    body = [glyph for glyph in page.glyphs if not glyph.red]
    assert min(glyph.top for glyph in body) < 75
    assert max(glyph.bottom for glyph in body) > 172
    apart = [
        below.top - above.bottom
        for above, below in itertools.pairwise(sorted(page.lines, key=lambda line: line.top))
    ]
    assert max(apart) < 24  # no hole


@pytest.mark.parametrize("titled", [False, True])
def test_a_printed_blank_gets_the_text_alone(titled: bool) -> None:
    bordered, plain = page_of(REAL), page_of(replace(REAL, border=False, titled=titled))
    with pypdfium2.PdfDocument(typeset(replace(REAL, border=False, titled=titled))) as document:
        kinds = {thing.type for thing in document[0].get_objects()}
    assert kinds == {pypdfium2.raw.FPDF_PAGEOBJ_TEXT}
    wanted = [glyph for glyph in bordered.glyphs if titled or not glyph.red]
    assert list(plain.glyphs) == wanted


@pytest.mark.parametrize(("right", "down"), [(3, -2), (-15, 15), (15, -15), (0, 1)])
def test_text_on_a_printed_blank_is_moved_as_told(right: int, down: int) -> None:
    for award in (REAL, LONG):
        blank = replace(award, border=False, titled=True)
        before = page_of(blank)
        after = page_of(replace(blank, right=right, down=down))
        for old, new in zip(before.glyphs, after.glyphs, strict=True):
            assert new.text == old.text
            assert new.x0 - old.x0 == near(right, 0.01)
            assert new.top - old.top == near(down, 0.01)
            # what printers reach
            assert min(new.x0, 297 - new.x1, new.top, 210 - new.bottom) > 8


@pytest.mark.parametrize("name", AWARDS)
def test_no_line_touches_another(name: str) -> None:
    lines = page_of(AWARDS[name]).lines
    for one, other in itertools.combinations(lines, 2):
        apart = one.bottom <= other.top + 0.01 or other.bottom <= one.top + 0.01
        # On one baseline (the name is larger), side by side
        assert apart or one.x1 <= other.x0 + 0.01 or other.x1 <= one.x0 + 0.01


def test_heading_addressee_and_body() -> None:
    page = page_of(ONE)
    heading = page.line("荣誉证书")
    assert heading.font == TITLE
    assert all(glyph.red for glyph in heading.glyphs)
    assert (heading.x0 + heading.x1) / 2 == near(297 / 2)
    assert heading.size >= 64
    name, comrade = page.line("王强"), page.line("同志：")
    assert (name.font, comrade.font) == (KAI, KAI)
    assert name.size > comrade.size
    baselines = [line.top + 0.88 * line.size * MM for line in (name, comrade)]
    assert baselines[0] == near(baselines[1], 0.05)
    assert comrade.x0 > name.x1
    first = page.line("在2025年度")
    second = next(line for line in page.lines if line.top > first.top + 5)
    size = first.size * MM
    assert first.size >= 26
    assert first.x0 == near(name.x0 + 2 * size)
    assert second.x0 == near(name.x0)
    assert first.x1 == near(297 - name.x0, 0.2)
    assert page.line("编号：").x0 == near(name.x0)
    assert page.line("编号：").size * MM < EM_3


def test_date_stands_below_the_middle_of_the_last_organ_with_room_for_seals() -> None:
    page = page_of(AWARD)
    day = page.line("2026年1月15日")
    (organs,) = [line for line in page.lines if line.text == "".join(AWARD.organs)]
    first, last = organs.glyphs[: len(AWARD.organs[0])], organs.glyphs[len(AWARD.organs[0]) :]
    middles = [(side[0].x0 + side[-1].x1) / 2 for side in (first, last)]
    assert (day.x0 + day.x1) / 2 == near(middles[1])
    assert middles[1] - middles[0] > 44  # seals of 42 mm do not touch
    assert first[0].x0 > 297 * 0.3  # together, at the right
    assert last[0].x0 - first[-1].x1 < 15
    assert max(last[-1].x1, day.x1) > 297 - 50
    text = [line for line in page.lines if line.top < organs.top - 5]
    assert organs.top - max(line.bottom for line in text) > 12
    assert organs.bottom - day.top < 0
    number = page.line("编号：")
    assert number.bottom == near(day.bottom, 1.5)
    assert number.x1 < day.x0


def test_seals_of_three_organs_do_not_touch() -> None:
    page = page_of(AWARDS["three organs"])
    (upper,) = [line for line in page.lines if "".join(AWARD.organs) in line.text]
    assert page.line("大茂镇纪律检查委员会").top - upper.top > 42


@pytest.mark.parametrize("rare", ["𠮷", "䶮"])
def test_rare_names_stand_as_large_as_others(rare: str) -> None:
    name = page_of(replace(ONE, addressee=f"陈{rare}")).line(f"陈{rare}")
    assert {glyph.size for glyph in name.glyphs} == {page_of(ONE).line("王强").size}


@pytest.mark.parametrize(
    ("award", "sentence"),
    [
        (replace(ONE, body=("在年度考核中成绩突出。" * 40,)), "一页排不下"),
        (replace(ONE, organs=("中共大茂镇委员会办公室",) * 5), "一页排不下"),
        (replace(ONE, number="大茂荣" * 40), "编号太长"),
        (replace(ONE, addressee="王" * 90), "姓名太长"),
        (replace(ONE, heading="荣誉证书" * 30), "标题太长"),
        (replace(ONE, addressee=""), "缺少"),
        (replace(ONE, body=("",)), "缺少"),
    ],
)
def test_what_one_page_cannot_hold_is_refused(award: Award, sentence: str) -> None:
    with pytest.raises(DaomaoError, match=sentence) as caught:
        typeset(award)
    assert str(caught.value).count("。") == 1


def test_no_seal_and_no_picture_is_drawn() -> None:
    with pypdfium2.PdfDocument(io.BytesIO(typeset(AWARD))) as document:
        kinds = {thing.type for thing in document[0].get_objects()}
    assert kinds == {pypdfium2.raw.FPDF_PAGEOBJ_TEXT, pypdfium2.raw.FPDF_PAGEOBJ_PATH}
