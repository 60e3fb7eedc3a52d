"""荣誉证书 measured in millimetres: frame, faces, room for seals, nothing outside one page."""

from __future__ import annotations

import io
import itertools
from dataclasses import replace

import pypdfium2
import pytest

from daomao_desktop.documents.typesetting import Award, typeset
from daomao_desktop.errors import DaomaoError
from tests.documents import examples
from tests.documents.measuring import EM_3, FANG, KAI, MM, TITLE, MeasuredPage, near, pages

AWARD = examples.AWARD
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


@pytest.mark.parametrize("name", AWARDS)
def test_one_landscape_page_with_everything_inside_the_frame(name: str) -> None:
    page = page_of(AWARDS[name])
    assert (page.width, page.height) == (near(297, 0.1), near(210, 0.1))
    assert len(page.rules) == 8
    assert all(rule.red for rule in page.rules)
    edges = [
        min(rule.x0 - rule.thickness / 2 for rule in page.rules),
        min(rule.y0 - rule.thickness / 2 for rule in page.rules),
        297 - max(rule.x1 + rule.thickness / 2 for rule in page.rules),
        210 - max(rule.y1 + rule.thickness / 2 for rule in page.rules),
    ]
    assert min(edges) >= 8  # what no office printer leaves blank
    for glyph in page.glyphs:
        assert glyph.x0 >= 12 + 10
        assert glyph.x1 <= 297 - 12 - 10
        assert glyph.top >= 12 + 5
        assert glyph.bottom <= 210 - 12 - 2


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
    assert heading.size >= 50
    name, comrade = page.line("王强"), page.line("同志：")
    assert (name.font, comrade.font) == (KAI, FANG)
    assert name.size > comrade.size
    baselines = [line.top + 0.88 * line.size * MM for line in (name, comrade)]
    assert baselines[0] == near(baselines[1], 0.05)
    assert comrade.x0 > name.x1
    first = page.line("在2025年度")
    second = next(line for line in page.lines if line.top > first.top + 5)
    size = first.size * MM
    assert first.size >= 20
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
    assert middles[1] - middles[0] > 46  # seals of 42 mm do not touch
    text = [line for line in page.lines if line.top < organs.top - 5]
    assert organs.top - max(line.bottom for line in text) > 15
    assert organs.bottom - day.top < 0


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
