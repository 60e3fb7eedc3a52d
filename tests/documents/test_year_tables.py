"""Summary (考核结果汇总表) and register (发文登记簿): landscape lists; goldens of all tables."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path

import pytest

from daomao_desktop.documents.kinds import register, registration, summary
from daomao_desktop.documents.kinds.register import Register, RegisterRow
from daomao_desktop.documents.kinds.summary import Summary, SummaryRow
from daomao_desktop.documents.typesetting import Report, typeset
from daomao_desktop.domain.scheme import Grade, YearState
from tests.documents import table_examples as examples
from tests.documents.measuring import MeasuredPage, measure, near, text_of

REFERENCE = Path(__file__).parents[1] / "reference"
TABLES = {
    "registration": registration.compose(examples.REGISTRATION),
    "registration-empty": registration.compose(examples.EMPTY_REGISTRATION),
    "registration-full": registration.compose(examples.FULL_REGISTRATION),
    "summary": summary.compose(examples.SUMMARY),
    "summary-proposed": summary.compose(examples.PROPOSED),
    "summary-of-a-village": summary.compose(examples.OF_A_VILLAGE),
    "register": register.compose(examples.REGISTER),
}


@pytest.mark.parametrize("name", TABLES)
def test_text_is_the_golden_one(name: str) -> None:
    """After an intended change: ``python -m tests.documents.write_reference`` and read the diff."""
    golden = (REFERENCE / f"{name}.txt").read_text(encoding="utf-8")
    assert text_of(typeset(TABLES[name])) + "\n" == golden


def pages(report: Report) -> tuple[MeasuredPage, ...]:
    return measure(typeset(report))


def whole(report: Report) -> str:
    return re.sub(r"\s", "", text_of(typeset(report)))


def of(rows: tuple[SummaryRow, ...], **changes: object) -> Summary:
    return replace(examples.SUMMARY, rows=rows, **changes)


@pytest.mark.parametrize(
    "report",
    [summary.compose(of(examples.summary_rows(300))), TABLES["register"]],
    ids=["summary of 300", "register"],
)
def test_tables_lie_across_and_repeat_their_heading(report: Report) -> None:
    for page in pages(report):
        assert (page.width, page.height) == (near(297), near(210))
        assert "".join(glyph.text for glyph in page.glyphs).count("序") == 1
        assert max(rule.x1 for rule in page.rules) <= 297 - 35 + 0.1
        assert all(28 - 0.2 <= rule.y0 <= 28 + 156 + 0.2 for rule in page.rules)


def test_three_hundred_leaders_are_all_listed() -> None:
    report = summary.compose(of(examples.summary_rows(300)))
    names = [row[4] for row in report.sheets[0].table.rows]  # type: ignore[union-attr]
    assert len(names) == 300
    text = whole(report)
    for row in examples.summary_rows(300):
        assert row.name in text


def test_equal_scores_share_a_rank_and_the_next_is_left_out() -> None:
    assert summary.ranks([9000, 8000, None, 9000, 7000]) == [1, 3, None, 1, 4]
    assert summary.ranks([]) == []


def test_who_gets_no_grade_has_no_rank_and_is_not_counted() -> None:
    text = whole(TABLES["summary"])
    assert "24—白石村9组吉尼阿依木5—————不定等次2025年任职5个月，不足6个月" in text
    assert "参加考核23人，优秀3人，占13.04%，上限2人，超过优秀等次比例不超过10%的规定。" in text
    assert "称职17人，不称职3人，不定等次1人。" in text


@pytest.mark.parametrize(
    ("count", "verdict"),
    [
        (20, "参加考核20人，优秀2人，占10.00%，上限2人，符合优秀等次比例不超过10%的规定。"),
        (19, "参加考核19人，优秀2人，占10.53%，上限1人，超过优秀等次比例不超过10%的规定。"),
        (0, "参加考核0人，优秀0人，占0.00%，上限0人，符合优秀等次比例不超过10%的规定。"),
    ],
)
def test_the_ten_per_cent_are_told_in_figures(count: int, verdict: str) -> None:
    assert verdict in whole(summary.compose(of(examples.summary_rows(count))))


def test_the_decimal_points_stand_below_each_other() -> None:
    rows = examples.summary_rows(3)
    mixed = (replace(rows[0], total=10_000), replace(rows[1], total=905), rows[2])
    (page, *_) = pages(summary.compose(of(mixed)))
    centres = {}
    for text in ("100.00", "9.05", "90.66"):
        place = "".join(glyph.text for glyph in page.glyphs).index(text) + text.index(".")
        centres[text] = page.glyphs[place].x0
    assert max(centres.values()) == near(min(centres.values()), 0.05)


def test_a_village_gets_no_verdict_and_no_column_for_itself() -> None:
    report = TABLES["summary-of-a-village"]
    text = whole(report)
    assert report.title == "大茂镇联光一村2025年度村民小组长考核结果汇总表"
    assert "参加考核8人，优秀1人，优秀比例按全镇计算。" in text
    assert "规定" not in text
    assert "上限" not in text
    assert len(report.sheets) == 1


@pytest.mark.parametrize(
    ("state", "mark"),
    [
        (YearState.VILLAGE, "（村评）"),
        (YearState.REPORTED, "（未审定）"),
        (YearState.TOWN, "（未审定）"),
    ],
)
def test_before_the_decision_grades_are_marked_as_proposals(state: YearState, mark: str) -> None:
    report = summary.compose(replace(examples.PROPOSED, state=state))
    text = whole(report)
    assert report.title.endswith(f"汇总表{mark}")
    assert f"各村考核结果统计{mark}" in text
    assert "建议等次" in text
    assert "本年等次" not in text
    assert "建议优秀3人" in text
    assert "本表等次为村党支部建议，尚未经镇党委审定。" in text
    assert "连续两年（建议）" in text


def test_what_the_town_has_entered_meanwhile_has_a_column_of_its_own() -> None:
    rows = tuple(replace(row, planned=Grade.COMPETENT) for row in examples.summary_rows(3))
    text = whole(summary.compose(replace(examples.PROPOSED, state=YearState.TOWN, rows=rows)))
    assert "建议等次拟定等次备注" in text
    assert "优秀称职" in text


def test_the_villages_of_a_town_are_counted_on_a_page_of_their_own() -> None:
    text = whole(TABLES["summary"])
    assert "1联光一村88112.50%6101" in text
    assert "4白石村100—0010" in text
    assert "全镇合计2423313.04%17312" in text
    one = tuple(row for row in examples.summary_rows(8))
    assert len(summary.compose(of(one)).sheets) == 1


def test_the_register_tells_copies_receipts_and_why_one_is_void() -> None:
    text = whole(TABLES["register"])
    for piece in (
        "登记单位：大茂镇",
        "联光党支〔2026〕1号关于给予王大顺通报批评的通报",
        "3份存文件1次",
        "2026年1月16日本人签收，见证人陈文书",
        "已作废2026年1月18日名单漏列一人",
        "3—关于2025年度村民小组长考核结果的公示",
        "共3件，其中作废1件。",
    ):
        assert piece in text


def test_a_register_without_documents_says_so() -> None:
    report = register.compose(replace(examples.REGISTER, rows=()))
    assert len(pages(report)) == 1
    assert "本年度没有发文。" in whole(report)


def test_no_private_value_has_a_place_in_the_tables() -> None:
    private = {"id_number", "phone", "address", "account"}
    for kind in (SummaryRow, Summary, RegisterRow, Register):
        assert not private & {field.name for field in fields(kind)}
