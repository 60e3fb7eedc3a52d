"""Finished pages measured against the table of GB/T 9704-2012, in millimetres."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

import pytest

from daomao_desktop.documents.kinds import commendation, criticism, deduction
from daomao_desktop.documents.typesetting import OfficialDocument, typeset
from daomao_desktop.errors import DaomaoError
from tests.documents import examples
from tests.documents.measuring import MeasuredPage, measure

CELL = 156 / 28
ROW = 225 / 22
EM_3 = 16 * 25.4 / 72
EM_4 = 14 * 25.4 / 72
FANG, KAI, HEI = "FandolFang-Regular", "FandolKai-Regular", "GongwenHei-Regular"
TITLE, SONG = "GongwenTitleSong-Bold", "NotoSerifSC-Regular"


def near(value: float, tolerance: float = 0.5) -> object:
    return pytest.approx(value, abs=tolerance)


def pages(document: OfficialDocument) -> tuple[MeasuredPage, ...]:
    return measure(typeset(document))


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
        if receipt or (number == 1 and name in ("letter", "deduction")):
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


def test_head_of_a_file() -> None:
    page = pages(examples.FILE)[0]
    name = page.line("大茂镇人民政府")
    assert name.font == TITLE
    assert all(glyph.red for glyph in name.glyphs)
    assert name.top == near(37 + 35)
    assert (name.x0 + name.x1) / 2 == near(106)
    number = page.line("大茂府〔2026〕5号")
    assert number.font == FANG
    assert (number.x0 + number.x1) / 2 == near(106)
    assert 2 * ROW <= number.top - name.bottom <= 3 * ROW
    (rule,) = page.level_rules
    assert rule.red
    assert (rule.x0, rule.x1) == (near(28), near(184))
    assert rule.y0 - number.bottom == near(4)
    title = page.line("关于加强村民小组长队伍建设的通知")
    assert (title.font, title.size) == (TITLE, 22)
    assert title.top - rule.y0 == near(2 * ROW, 1.0)
    assert (title.x0 + title.x1) / 2 == near(106)
    addressee = page.line("各村党支部：")
    assert addressee.x0 == near(28, 0.1)
    assert addressee.top - title.top == near(2 * ROW)
    assert page.line("为进一步").x0 == near(28 + 2 * CELL, 0.1)


def test_number_and_signer_of_an_upward_document() -> None:
    page = pages(examples.UPWARD)[0]
    (line,) = [line for line in page.lines if "签发人" in line.text]
    assert line.text == "大茂府〔2026〕5号签发人：王强"
    assert line.x0 == near(28 + CELL)
    assert line.x1 == near(184 - CELL)
    assert [glyph.font for glyph in line.glyphs[-2:]] == [KAI, KAI]
    assert line.glyphs[-3].font == FANG
    copy, secrecy, urgency = page.lines[:3]
    assert [line.text for line in (copy, secrecy, urgency)] == ["000001", "秘密★1年", "特急"]
    assert [line.top for line in (copy, secrecy, urgency)] == [
        near(37 + ROW * row) for row in range(3)
    ]
    assert [line.font for line in (copy, secrecy, urgency)] == [FANG, HEI, HEI]
    assert [line.x0 for line in (copy, secrecy, urgency)] == [near(28, 0.1)] * 3


@pytest.mark.parametrize("length", [4, 9, 15, 25, 40])
def test_name_shrinks_to_one_line(length: int) -> None:
    page = pages(replace(examples.FILE, organs=("村" * length,), masthead_suffix="文件"))[0]
    (name,) = [line for line in page.lines if line.glyphs[0].red]
    assert name.text == "村" * length + "文件"
    assert name.top == near(72)
    assert name.x0 >= 28 - 0.1
    assert name.x1 <= 184 + 0.1
    assert (name.x0 + name.x1) / 2 == near(106)


def test_joint_issue() -> None:
    page = pages(commendation.compose(examples.commendation(3)))[0]
    first, second, suffix = [line for line in page.lines if line.glyphs[0].red]
    assert [first.text, second.text, suffix.text] == [
        "中共大茂镇委员会",
        "大茂镇人民政府",
        "文件",
    ]
    assert first.top == near(72)
    assert (second.x0, second.x1) == (near(first.x0), near(first.x1))
    assert (suffix.top + suffix.bottom) / 2 == near((first.top + second.bottom) / 2)
    assert (first.x0 + suffix.x1) / 2 == near(106)
    assert page.line("大茂党").top - second.bottom >= 2 * ROW


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


def test_attachment_names_are_aligned() -> None:
    page = pages(examples.FILE)[-1]
    first = page.line("附件：1. 村民小组长名单")
    second = page.line("2. 年度考核登记表")
    assert first.x0 == near(28 + 2 * CELL)
    assert first.glyphs[3].x0 == near(second.x0, 0.05)
    assert first.glyphs[6].x0 == near(second.glyphs[3].x0, 0.05)


def test_single_attachment_has_no_number_and_no_mark_after_it() -> None:
    lines = [
        line.text
        for page in pages(replace(examples.FILE, attachments=("名单。",)))
        for line in page.lines
    ]
    assert "附件：名单" in lines


def test_signature_with_seal() -> None:
    page = pages(examples.FILE)[-1]
    organ, day = page.line("大茂镇人民政府"), page.line("2026年1月15日")
    assert day.x1 == near(184 - 4 * CELL)
    assert (organ.x0 + organ.x1) / 2 == near((day.x0 + day.x1) / 2)
    assert day.top - organ.top == near(ROW)
    above = page.line("2. 年度考核登记表")
    assert organ.top - above.top == near(3 * ROW)
    assert page.line("（此件公开发布）").x0 == near(28 + 2 * CELL)
    assert page.line("（此件公开发布）").top - day.top == near(ROW)


def test_long_organ_stays_inside_and_keeps_the_date_below_its_middle() -> None:
    organ = "中共海南省万宁市大茂镇联光村支部委员会"
    page = pages(replace(examples.FILE, signature=(organ,)))[-1]
    line, day = page.line(organ), page.line("2026年1月15日")
    assert line.x1 <= 184 + 0.1
    assert (line.x0 + line.x1) / 2 == near((day.x0 + day.x1) / 2)


def test_long_organs_of_a_joint_issue_stand_below_each_other() -> None:
    organs = ("中共海南省万宁市大茂镇联光村支部委员会", "大茂镇联光村村民委员会")
    page = pages(replace(examples.FILE, signature=organs))[-1]
    first, second = page.line(organs[0]), page.line(organs[1])
    assert first.x1 <= 184 + 0.1
    assert (first.x0 + first.x1) / 2 == near((second.x0 + second.x1) / 2)
    assert second.top - first.bottom > 42  # room for a seal on each


def test_joint_signature_leaves_room_between_seals() -> None:
    page = pages(commendation.compose(examples.commendation(3)))[-1]
    (line,) = [line for line in page.lines if "大茂镇人民政府" in line.text]
    left = [glyph for glyph in line.glyphs if glyph.x0 < 106]
    right = [glyph for glyph in line.glyphs if glyph.x0 >= 106]
    assert "".join(glyph.text for glyph in left) == "中共大茂镇委员会"
    middles = [(side[0].x0 + side[-1].x1) / 2 for side in (left, right)]
    assert middles[1] - middles[0] > 46  # two seals of 42 mm do not touch
    day = page.line("2026年1月15日")
    assert (day.x0 + day.x1) / 2 == near(middles[1])


@pytest.mark.parametrize(
    ("organ", "day"),
    [
        ("大茂镇人民政府", date(2026, 1, 15)),
        ("大茂镇", date(2026, 11, 25)),
        ("大茂镇联光村村民委员会", date(2026, 1, 5)),
    ],
)
def test_signature_without_seal(organ: str, day: date) -> None:
    document = replace(examples.PLAIN, signature=(organ,), date=day)
    page = pages(document)[-1]
    organ_line = page.line(organ)
    day_line = page.line(f"{day.year}年{day.month}月{day.day}日")
    assert day_line.x0 - organ_line.x0 == near(2 * CELL)
    assert day_line.top - organ_line.top == near(ROW)
    if day_line.x1 - day_line.x0 > organ_line.x1 - organ_line.x0:
        assert day_line.x1 == near(184 - 2 * CELL)
    else:
        assert organ_line.x1 == near(184 - 2 * CELL)


def test_imprint_on_the_last_page_s_foot() -> None:
    page = pages(examples.FILE)[-1]
    first, inner, last = page.level_rules
    assert last.y0 == near(262, 0.1)
    for rule, thickness in ((first, 0.35), (inner, 0.25), (last, 0.35)):
        assert rule.thickness == near(thickness, 0.01)
        assert (rule.x0, rule.x1) == (near(28, 0.1), near(184, 0.1))
        assert not rule.red
    copies = page.line("抄送：")
    assert copies.text == "抄送：镇党委，镇纪委。"
    assert (copies.font, copies.size) == (FANG, 14)
    assert copies.x0 == near(28 + EM_4)
    assert first.y0 < copies.top < copies.bottom < inner.y0
    printed = page.line("大茂镇党政综合办公室")
    assert printed.text.endswith("2026年1月16日印发")
    assert printed.x0 == near(28 + EM_4)
    assert printed.x1 == near(184 - EM_4)
    assert inner.y0 < printed.top < printed.bottom < last.y0


def test_copies_are_continued_behind_the_colon() -> None:
    page = pages(replace(examples.FILE, copies_to="各村党支部，" * 12))[-1]
    first = page.line("抄送：")
    following = next(line for line in page.lines if line.size == 14 and line.top > first.top)
    assert following.x0 == near(first.glyphs[3].x0, 0.1)


def test_letter() -> None:
    first, *rest = pages(examples.LETTER)
    name = first.lines[0]
    assert name.text == "大茂镇人民政府"
    assert name.top == near(30)
    assert (name.x0 + name.x1) / 2 == near(105)
    upper, upper_thin, lower_thin, lower = first.level_rules
    for rule in (upper, upper_thin, lower_thin, lower):
        assert rule.red
        assert (rule.x0, rule.x1) == (near(20), near(190))
    assert upper.thickness > upper_thin.thickness
    assert lower.thickness > lower_thin.thickness
    assert upper.y0 - name.bottom == near(4)
    assert lower.y0 == near(277)
    number = first.line("大茂府〔2026〕5号")
    assert number.x1 == near(184)
    assert number.top - upper_thin.y0 == near(EM_3 * 7 / 8)
    title = first.line("关于加强村民小组长")
    assert 2 * ROW - 0.5 <= title.top - number.bottom <= 3 * ROW
    last = (first, *rest)[-1]
    copies = last.line("抄送：")
    assert copies.bottom == near(262)
    assert len(last.lines) > 2  # not alone on its page
    assert not any("印发" in line.text for page in (first, *rest) for line in page.lines)
    assert not any(rule for page in rest for rule in page.rules)


def test_plain_begins_with_its_title() -> None:
    page = pages(examples.PLAIN)[0]
    assert page.lines[0].text == "关于加强村民小组长队伍建设的通知"
    assert page.lines[0].top == near(37)
    assert not page.rules
    assert not any("抄送" in line.text or "〔2026〕" in line.text for line in page.lines)


@pytest.mark.parametrize("lines", range(1, 60))
def test_signature_never_stands_without_body_text(lines: int) -> None:
    body = ("村" * 26 + ("民" * 28) * (lines - 1),)
    found = pages(replace(examples.FILE, body=body, attachments=(), note="", copies_to="镇纪委"))
    assert any(line.text.startswith("村村") for line in found[0].lines)
    (signed,) = [page for page in found if any(line.text == "2026年1月15日" for line in page.lines)]
    assert any(set(line.text) <= {"村", "民"} for line in signed.lines)
    body_lines = [line for page in found for line in page.lines if set(line.text) <= {"村", "民"}]
    assert len(body_lines) == lines


@pytest.mark.parametrize("count", range(1, 30))
def test_signature_keeps_a_line_of_the_body_with_attachments_between(count: int) -> None:
    body = tuple("村民小组" for _ in range(count))
    found = pages(replace(examples.FILE, body=body))
    (signed,) = [page for page in found if any(line.text == "2026年1月15日" for line in page.lines)]
    assert any(line.text == "村民小组" for line in signed.lines)
    assert sum(line.text == "村民小组" for page in found for line in page.lines) == count


def test_first_page_must_have_room_for_text() -> None:
    with pytest.raises(DaomaoError, match="排不下"):
        typeset(replace(examples.FILE, title="关于做好村民小组长工作的通知" * 14))


def test_too_many_addressees_move_to_the_imprint() -> None:
    addressee = "大茂镇各村党支部和村民委员会，" * 18
    found = pages(replace(examples.FILE, addressee=addressee))
    assert any(line.text.startswith("为进一步") for line in found[0].lines)
    to, copies = found[-1].line("主送："), found[-1].line("抄送：")
    assert to.top < copies.top
    assert len(found[-1].level_rules) == 3  # none between the two


def test_many_attachments_leave_the_signature_with_the_last_of_them() -> None:
    names = tuple(f"第{number}项登记表" for number in range(1, 31))
    found = pages(replace(examples.FILE, attachments=names))
    (signed,) = [page for page in found if any(line.text == "2026年1月15日" for line in page.lines)]
    assert any(line.text.endswith("第30项登记表") for line in signed.lines)
    assert sum("项登记表" in line.text for page in found for line in page.lines) == 30


def test_imprint_taller_than_a_page_is_refused() -> None:
    with pytest.raises(DaomaoError, match="版记排不下"):
        typeset(replace(examples.FILE, copies_to="各村党支部，" * 150))


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
