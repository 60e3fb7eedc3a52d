"""Heads of first pages measured in millimetres: red name, number, signers, letters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from daomao_desktop.documents.kinds import commendation
from daomao_desktop.documents.typesetting import typeset
from daomao_desktop.errors import DaomaoError
from tests.documents import examples
from tests.documents.measuring import CELL, EM_3, FANG, HEI, KAI, ROW, TITLE, near, pages


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


def test_several_signers_stand_two_a_line_above_the_red_line() -> None:
    page = pages(replace(examples.UPWARD, signer="王大顺、李强，欧阳建国"))[0]
    (above,) = [line for line in page.lines if "签发人" in line.text]
    last, number = page.line("欧阳建国"), page.line("大茂府〔2026〕5号")
    assert above.text == "签发人：王大顺　李强"
    assert last.top == near(number.top, 0.05)
    assert last.top - above.top == near(ROW)
    assert last.x0 == near(above.glyphs[4].x0)
    assert page.level_rules[0].y0 - last.bottom == near(4)


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


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"organs": ("村" * 70,)}, "发文机关名称太长"),
        ({"organs": ("村" * 70, "大茂镇人民政府")}, "发文机关名称太长"),
        ({"number": "大茂府〔2026〕5号" * 5}, "发文字号太长"),
        ({"copy_number": "1" * 60}, "份号太长"),
        ({"secrecy": "秘密" * 20}, "密级太长"),
        ({"urgency": "特急" * 20}, "紧急程度太长"),
        ({"signer": "、".join(["王大顺"] * 9)}, "签发人太多"),
        ({"signer": "王大顺" * 6}, "签发人太多"),
    ],
)
def test_what_one_line_cannot_hold_is_refused(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(DaomaoError, match=sentence):
        typeset(replace(examples.UPWARD, **changes))


def test_urgency_leaves_room_for_the_number_of_a_letter() -> None:
    letter = replace(examples.LETTER, copy_number="0" * 40)
    with pytest.raises(DaomaoError, match="份号太长"):
        typeset(letter)


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


def test_first_page_must_have_room_for_text() -> None:
    with pytest.raises(DaomaoError, match="排不下"):
        typeset(replace(examples.FILE, title="关于做好村民小组长工作的通知" * 14))
