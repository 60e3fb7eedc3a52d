"""自拟公文: what a paper must have, what is only pointed out, numbering that continues itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from daomao_desktop.domain.freeform import (
    LONGEST_BODY,
    FreeformDraft,
    FreeformFormat,
    Level,
    Organ,
    cautions,
    check_freeform,
    check_layout,
    level_of,
    next_numbering,
    without_level,
)
from daomao_desktop.domain.numerals import chinese_integer, chinese_numeral

TODAY = date(2026, 1, 20)
DRAFT = FreeformDraft(
    format=FreeformFormat.FILE,
    organ=Organ.TOWN_GOVERNMENT,
    title="关于召开村民小组长会议的通知",
    addressee="各村",
    body=("　　一、时间", "", "\t2026年1月25日上午8:30."),
    attachments=("1、村民小组长名单", ""),
    dated=date(2026, 1, 20),
    signer="王 强",
    note="联系人:张海,电话:65822000",
    copies_to="镇党委,镇纪委",
    printed_by="镇党政办公室",
)


def fields(draft: FreeformDraft) -> list[str]:
    return [problem.field for problem in check_freeform(draft, TODAY)]


def test_a_complete_paper_has_no_problem() -> None:
    assert check_freeform(DRAFT, TODAY) == []
    assert cautions(DRAFT, TODAY) == ()


def test_it_is_kept_and_read_back_as_it_was() -> None:
    assert FreeformDraft.from_json(DRAFT.as_json()) == DRAFT
    assert FreeformDraft.from_json(FreeformDraft().as_json()) == FreeformDraft()


def test_an_empty_paper_lacks_organ_title_text_and_date() -> None:
    assert set(fields(FreeformDraft())) == {"organ", "title", "body", "dated"}
    assert {p.field for p in check_layout(FreeformDraft())} == {"organ", "title", "body"}


def test_a_day_to_come_is_refused_and_another_year_pointed_out() -> None:
    assert fields(replace(DRAFT, dated=date(2026, 1, 21))) == ["dated"]
    (caution,) = cautions(replace(DRAFT, dated=date(2025, 12, 31)), TODAY)
    assert "2025年" in caution


def test_texts_are_tidied_for_the_page() -> None:
    tidy = DRAFT.tidy()
    assert tidy.body == ("一、时间", "2026年1月25日上午8:30。")
    assert tidy.attachments == ("村民小组长名单",)
    assert tidy.note == "联系人：张海，电话：65822000"
    assert tidy.signer == "王 强"
    assert tidy.tidy() == tidy


def test_what_a_format_has_no_place_for_is_left_out() -> None:
    letter = replace(DRAFT, format=FreeformFormat.LETTER).tidy()
    assert (letter.signer, letter.printed_by, letter.copies_to) == ("", "", "镇党委，镇纪委")
    plain = replace(DRAFT, format=FreeformFormat.PLAIN).tidy()
    assert (plain.signer, plain.printed_by, plain.copies_to) == ("", "", "")
    assert [form.is_numbered for form in FreeformFormat] == [True, True, False]


@pytest.mark.parametrize(
    ("draft", "field", "where"),
    [
        (replace(DRAFT, body=("好。", " ", "坏\x07。")), "body", "正文第2段"),
        (replace(DRAFT, title="关于\ue000的通知"), "title", "标题"),
        (replace(DRAFT, attachments=("甲", "乙\x00")), "attachments", "附件第2个"),
        (replace(DRAFT, copies_to="镇\ud800"), "copies_to", "抄送机关"),
    ],
)
def test_what_cannot_be_printed_is_refused_with_its_place(
    draft: FreeformDraft, field: str, where: str
) -> None:
    (problem,) = check_freeform(draft, TODAY)
    assert problem.field == field
    assert problem.sentence.startswith(f"{where}里有不能打印的字符（U+")


def test_what_no_page_has_room_for_is_refused() -> None:
    assert fields(replace(DRAFT, title="长" * 121)) == ["title"]
    assert fields(replace(DRAFT, copies_to="镇" * 301)) == ["copies_to"]
    assert fields(replace(DRAFT, body=("长" * (LONGEST_BODY + 1),))) == ["body"]


def test_private_numbers_are_pointed_out_and_office_phones_are_not() -> None:
    text = ("报名：王强，460006198708171973。", "电话：0898-65822000、13812341234。")
    found = cautions(replace(DRAFT, body=text), TODAY)
    assert [sentence[:10] for sentence in found] == [
        "正文第1段里有身份证",
        "正文第2段里有手机号",
    ]
    assert "460006" not in "".join(found)
    assert check_freeform(replace(DRAFT, body=text), TODAY) == []


@pytest.mark.parametrize(
    ("before", "level", "numbering"),
    [
        ((), Level.FIRST, "一、"),
        (("一、甲", "（一）乙", "二、丙", "文字"), Level.FIRST, "三、"),
        (("一、甲", "（一）乙", "(二)丙"), Level.SECOND, "（三）"),
        (("一、甲", "（一）乙", "二、丙"), Level.SECOND, "（一）"),
        (("一、甲", "1、乙", "2. 丙"), Level.THIRD, "3. "),
        (("1. 甲", "（1）乙", "（2）丙", "2. 丁"), Level.FOURTH, "（1）"),
        (tuple(f"{n}. 甲" for n in range(1, 12)), Level.THIRD, "12. "),
        (tuple(f"{chinese_numeral(n)}、甲" for n in range(1, 11)), Level.FIRST, "十一、"),
    ],
)
def test_numbering_continues(before: tuple[str, ...], level: Level, numbering: str) -> None:
    assert next_numbering(before, level) == numbering


def test_levels_are_told_by_their_numbering() -> None:
    assert [level_of(level.numbered(21) + "甲") for level in Level] == list(Level)
    assert level_of("正文") is None
    assert [without_level(level.numbered(3) + "甲") for level in Level] == ["甲"] * 4


def test_numerals_of_paragraphs_are_read_back() -> None:
    assert [chinese_integer(chinese_numeral(n)) for n in range(1, 100)] == list(range(1, 100))
    assert [chinese_numeral(n) for n in (10, 11, 20, 35)] == ["十", "十一", "二十", "三十五"]
