"""Ends of documents measured in millimetres: 附件说明, signature, 版记."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from daomao_desktop.documents.kinds import commendation
from daomao_desktop.documents.typesetting import typeset
from daomao_desktop.documents.typesetting.composition import compose_pages
from daomao_desktop.documents.typesetting.marks import TextMark
from daomao_desktop.errors import DaomaoError
from tests.documents import examples
from tests.documents.measuring import CELL, EM_4, FANG, ROW, near, pages


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


def test_a_long_signing_organ_is_broken_between_organs() -> None:
    organs = ("中共海南省万宁市大茂镇联光村支部委员会", "大茂镇联光村村民委员会村务监督委员会")
    page = pages(replace(examples.FILE, signature=("".join(organs),)))[-1]
    first, second, day = (page.line(text) for text in (*organs, "2026年1月15日"))
    middles = [(line.x0 + line.x1) / 2 for line in (first, second, day)]
    assert middles == [near(middles[0])] * 3
    assert max(first.x1, second.x1) <= 184 + 0.1


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


@pytest.mark.parametrize("lines", [1, 4, 5, 6, 7, 8, 9, 10, 28, 29, 30, 31, 32])
def test_signature_never_stands_without_body_text(lines: int) -> None:
    body = ("村" * 26 + ("民" * 28) * (lines - 1),)
    found = pages(replace(examples.FILE, body=body, attachments=(), note="", copies_to="镇纪委"))
    assert any(line.text.startswith("村村") for line in found[0].lines)
    (signed,) = [page for page in found if any(line.text == "2026年1月15日" for line in page.lines)]
    assert any(set(line.text) <= {"村", "民"} for line in signed.lines)
    body_lines = [line for page in found for line in page.lines if set(line.text) <= {"村", "民"}]
    assert len(body_lines) == lines


ENDINGS = {
    "file": replace(examples.FILE, note="", attachments=()),
    "letter": replace(examples.LETTER, note=""),
    "plain": replace(examples.PLAIN, note="", attachments=()),
    "joint": replace(examples.FILE, signature=("中共大茂镇委员会", "大茂镇人民政府")),
}


@pytest.mark.parametrize("name", ENDINGS)
@pytest.mark.parametrize("last", [28, 2])
def test_signature_shares_its_page_in_every_format(name: str, last: int) -> None:
    for lines in range(2, 62):
        body = ("村" * 26 + ("民" * 28) * (lines - 2) + "民" * last,)
        document = replace(ENDINGS[name], body=body)
        found = [
            {mark.text for mark in page.marks if isinstance(mark, TextMark)}
            for page in compose_pages(document)
        ]
        (signed,) = [texts for texts in found if "2026年1月15日" in texts]
        assert any(set(text) <= {"村", "民"} for text in signed), lines


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 6, 20, 21, 22, 23, 24, 25])
def test_signature_keeps_a_line_of_the_body_with_attachments_between(count: int) -> None:
    body = tuple("村民小组" for _ in range(count))
    found = pages(replace(examples.FILE, body=body))
    (signed,) = [page for page in found if any(line.text == "2026年1月15日" for line in page.lines)]
    assert any(line.text == "村民小组" for line in signed.lines)
    assert sum(line.text == "村民小组" for page in found for line in page.lines) == count


def test_many_attachments_leave_the_signature_with_the_last_of_them() -> None:
    names = tuple(f"第{number}项登记表" for number in range(1, 31))
    found = pages(replace(examples.FILE, attachments=names))
    (signed,) = [page for page in found if any(line.text == "2026年1月15日" for line in page.lines)]
    assert any(line.text.endswith("第30项登记表") for line in signed.lines)
    assert sum("项登记表" in line.text for page in found for line in page.lines) == 30


@pytest.mark.parametrize("count", range(1, 15))
def test_one_line_of_text_may_be_followed_by_any_number_of_attachments(count: int) -> None:
    names = tuple(f"第{number}项登记表" for number in range(1, count + 1))
    found = pages(replace(examples.FILE, body=("请遵照执行。",), attachments=names))
    assert any(line.text == "请遵照执行。" for line in found[0].lines)
    (signed,) = [page for page in found if any(line.text == "2026年1月15日" for line in page.lines)]
    assert any(line.text == "请遵照执行。" or "项登记表" in line.text for line in signed.lines)


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


def test_too_many_addressees_move_to_the_imprint() -> None:
    addressee = "大茂镇各村党支部和村民委员会，" * 18
    found = pages(replace(examples.FILE, addressee=addressee))
    assert any(line.text.startswith("为进一步") for line in found[0].lines)
    to, copies = found[-1].line("主送："), found[-1].line("抄送：")
    assert to.top < copies.top
    assert len(found[-1].level_rules) == 3  # none between the two


def test_imprint_taller_than_a_page_is_refused() -> None:
    with pytest.raises(DaomaoError, match="版记排不下"):
        typeset(replace(examples.FILE, copies_to="各村党支部，" * 150))
