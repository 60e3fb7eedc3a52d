"""Lists and forms on pages: decimal points, headings, whole rows, totals carried over."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from daomao_desktop.documents.typesetting import (
    Align,
    Column,
    FormCell,
    FormRow,
    FormTable,
    ListTable,
    Report,
    Sheet,
    typeset,
)
from daomao_desktop.errors import DaomaoError
from tests.documents import examples
from tests.documents.measuring import FANG, HEI, MM, ROW, Line, MeasuredPage, near, pages

PT = MM  # millimetres of a point


def listed(*columns: Column, rows: tuple[tuple[str, ...], ...], **more: object) -> Report:
    sheet = Sheet("名单", ListTable(columns, rows))
    return Report((replace(sheet, **more),), title="名单")  # type: ignore[arg-type]


def formed(*rows: FormRow, **more: object) -> Report:
    sheet = Sheet("年度考核登记表", FormTable(rows))
    return Report((replace(sheet, **more),), title="登记表")  # type: ignore[arg-type]


def row(text: str, height: float = 1.5, label: str = "意见") -> FormRow:
    return FormRow((FormCell(label, 1, label=True), FormCell(text, 5)), height)


def inside(page: MeasuredPage, text: str) -> tuple[float, float]:
    """Top and bottom of the table's row that a line of text is in."""
    line = next(one for one in page.lines if text in one.text)
    rules = [rule.y0 for rule in page.level_rules]
    return max(y for y in rules if y <= line.top), min(y for y in rules if y >= line.bottom)


def points(page: MeasuredPage) -> list[float]:
    """Left edges of decimal points."""
    return [glyph.x0 for glyph in page.glyphs if glyph.text == "."]


def test_decimal_points_stand_below_each_other_and_the_widest_number_in_the_middle() -> None:
    numbers = ("1,234,567.80", "5.00", "-12.5", "￥700.00", "38", "12.5%", "100.125")
    column = Column("金额", 2, Align.DECIMAL)
    (page,) = pages(listed(Column("事由", 3), column, rows=tuple(("款", one) for one in numbers)))
    assert len(points(page)) == 6
    for x in points(page):
        assert x == near(points(page)[0], 0.1 * PT)
    whole = next(line for line in page.lines if line.text.endswith("38")).glyphs[-1]
    assert whole.x1 == near(points(page)[0], 0.1 * PT)  # no point: it would stand at its end
    uprights = sorted({rule.x0 for rule in page.rules if rule.x0 == rule.x1})
    left, right = uprights[-2:]
    digits = [glyph for glyph in page.glyphs if left < glyph.x0 and glyph.font == FANG]
    assert min(glyph.x0 for glyph in digits) - left == near(
        right - max(glyph.x1 for glyph in digits), 0.1
    )


def test_decimal_points_are_aligned_over_all_pages_of_a_list() -> None:
    found = pages(Report((examples.ledger(70),), title="台账"))
    assert len(found) > 2
    everywhere = [x for page in found for x in points(page)]
    assert len(everywhere) == 70
    assert max(everywhere) - min(everywhere) <= 0.1 * PT


def test_what_is_no_number_is_centred_among_numbers() -> None:
    rows = (("1.00",), ("——",), ("",), ("未发",))
    (page,) = pages(listed(Column("金额", 1, Align.DECIMAL), rows=rows))
    for text in ("——", "未发"):
        line = page.line(text)
        assert (line.x0 + line.x1) / 2 == near(28 + 78)


def test_numbers_too_wide_for_their_column_are_set_smaller_or_refused() -> None:
    def sheet(text: str) -> Report:
        columns = (Column("事由", 9), Column("金额", 1, Align.DECIMAL))
        return listed(*columns, rows=(("款", text), ("款", "1.00")))

    (page,) = pages(sheet("12,345.67"))
    (large,) = [line for line in page.lines if line.text == "12,345.67"]
    assert 8 <= large.size < 14
    assert large.x1 <= 184
    assert max(points(page)) - min(points(page)) <= 0.1 * PT
    with pytest.raises(DaomaoError, match="数字太长"):
        typeset(sheet("123,456,789,012.34"))


def test_heading_is_repeated_and_no_row_is_split() -> None:
    text = "购买防汛物资、修缮排水沟渠和道路"
    rows = tuple((str(n), text * (n % 4 + 1)) for n in range(1, 41))
    found = pages(listed(Column("序号", 1), Column("事由", 3, Align.LEFT), rows=rows))
    assert len(found) > 3
    seen = 0
    for page in found:
        (heading,) = [line for line in page.lines if line.text == "序号事由"]
        assert heading.font == HEI
        assert max(rule.y1 for rule in page.rules) <= 262 + 0.5
        (_top, bottom), *_rest = [inside(page, "序号事由")]
        for above, below in itertools.pairwise(page.level_rules):
            if below.y0 <= bottom + 0.1 or below.y0 - above.y0 < 1:
                continue
            cell = [
                glyph
                for glyph in page.glyphs
                if above.y0 < glyph.top and glyph.bottom < below.y0 and glyph.size == 14
            ]
            if not cell:
                continue
            seen += 1
            shown = "".join(glyph.text for glyph in cell if glyph.x0 > 67)
            assert shown == text * (len(shown) // len(text))  # whole
    assert seen == 40


def test_a_list_without_rows_shows_its_heading() -> None:
    (page,) = pages(listed(Column("序号", 1), Column("姓名", 2), rows=()))
    assert [line.text for line in page.lines] == ["名单", "序号姓名", "— 1 —"]
    assert len(page.level_rules) == 2


@pytest.mark.parametrize("landscape", [False, True])
def test_a_row_higher_than_a_page_is_refused(landscape: bool) -> None:
    long = "村民小组长队伍建设" * 200
    for report in (
        listed(Column("姓名", 1), Column("事由", 2), rows=(("王强", long),), landscape=landscape),
        formed(row(long), landscape=landscape),
        formed(row("短"), row("短", 30, "太高"), landscape=landscape),
    ):
        with pytest.raises(DaomaoError, match="一页排不下") as caught:
            typeset(report)
        assert str(caught.value).count("。") == 1


def test_a_form_longer_than_a_page_goes_on() -> None:
    rows = [row(f"第{number}项", 4) for number in range(1, 13)]
    found = pages(formed(*rows))
    assert len(found) == 3
    text = "".join(line.text for page in found for line in page.lines)
    assert [f"第{number}项" in text for number in range(1, 13)] == [True] * 12
    for page in found:
        assert max(rule.y1 for rule in page.rules) <= 262 + 0.5
    assert min(rule.y0 for rule in found[1].rules) == near(37, 0.2)


def test_a_form_s_rows_are_as_high_as_wanted() -> None:
    (page,) = pages(formed(row("甲", 1.5), row("乙", 6), row("丙" * 120, 1.5)))
    heights = {text: inside(page, text) for text in ("甲", "乙")}
    assert heights["甲"][1] - heights["甲"][0] == near(1.5 * ROW, 0.1)
    assert heights["乙"][1] - heights["乙"][0] == near(6 * ROW, 0.1)
    assert max(line.bottom for line in page.lines if "丙" in line.text) < page.level_rules[-1].y0


def test_cells_stand_as_they_say_in_the_size_they_say() -> None:
    cells = (
        FormCell("左", 1),
        FormCell("中", 1, align=Align.CENTRE),
        FormCell("右", 1, align=Align.RIGHT),
        FormCell("小字", 1, size=10.5),
    )
    (page,) = pages(formed(FormRow(cells)))
    width = 156 / 4
    left, middle, right, small = (
        [glyph for line in page.lines for glyph in line.glyphs if glyph.text in text]
        for text in ("左", "中", "右", "小字")
    )
    assert left[0].x0 == near(28 + 5 * PT, 0.1)
    assert (middle[0].x0 + middle[0].x1) / 2 == near(28 + 1.5 * width, 0.1)
    assert right[0].x1 == near(28 + 3 * width - 5 * PT, 0.1)
    assert {glyph.size for glyph in small} == {10.5}
    assert {left[0].size, middle[0].size, right[0].size} == {14.0}


def lines_of(page: MeasuredPage, *texts: str) -> list[Line]:
    return [page.line(text) for text in texts]


def test_a_cell_leaves_no_character_alone_where_it_need_not() -> None:
    # 442 points are shared: the first column has room for three characters, the second for one.
    columns = (Column("建议等次", 60), Column("序号", 30), Column("事由", 352))
    (page,) = pages(listed(*columns, rows=(("称职", "1", "款"),)))
    broken = [line.text for line in page.lines if line.font == HEI]
    assert broken == ["建议", "等次", "序", "号", "事由"]


def test_line_feeds_break_lines_in_cells() -> None:
    (page,) = pages(formed(row("第一行\n第二行较长一些\n\n第四行")))
    first, second, fourth = lines_of(page, "第一行", "第二行较长一些", "第四行")
    assert first.x0 == second.x0 == fourth.x0
    pitch = second.top - first.top
    assert pitch == near(14 * 1.35 * PT, 0.05)
    assert fourth.top - second.top == near(2 * pitch, 0.05)


def test_many_columns_stand_in_a_smaller_size_on_a_landscape_page() -> None:
    columns = tuple(Column(f"第{number}栏", 1) for number in range(1, 14))
    rows = tuple(tuple("优秀" for _ in columns) for _ in range(20))
    found = pages(listed(*columns, rows=rows, landscape=True, size=12.0))
    cells = [line for page in found for line in page.lines if line.font in (FANG, HEI)]
    assert {line.size for line in cells} == {12.0}
    assert found[0].lines[0].size == 22
    assert min(rule.x0 for rule in found[0].rules) == near(35)
    assert max(rule.x1 for rule in found[0].rules) == near(260)


def test_what_stands_below_takes_the_last_row_along() -> None:
    below = ("填表人：　　　　审核人：", "2026年1月15日")
    for count in range(20, 27):
        found = pages(Report((replace(examples.ledger(count), below=below),), title="台账"))
        (page,) = [one for one in found if any("填表人" in line.text for line in one.lines)]
        assert page is found[-1]
        assert any(line.text.startswith(f"{count}购买") for line in page.lines), count
        assert page.line("填表人").bottom <= page.line("2026年1月15日").top
        assert page.line("2026年1月15日").bottom <= 262 + 0.2


def carried_sheet(count: int, **more: object) -> Report:
    columns = (Column("序号", 1), Column("摘要", 3), Column("支出", 2, Align.DECIMAL))
    rows = tuple((str(n), "购买物资", f"{n}.50") for n in range(1, count + 1))
    totals = tuple(("", "过次页", f"{n * (n + 1) / 2 + n / 2:,.2f}") for n in range(1, count + 1))
    sheet = Sheet("资金收支明细台账", ListTable(columns, rows, totals))
    return Report((replace(sheet, **more),), title="台账")  # type: ignore[arg-type]


@pytest.mark.parametrize("landscape", [False, True])
@pytest.mark.parametrize("count", [5, 21, 22, 23, 24, 60])
def test_totals_are_carried_over_from_page_to_page(count: int, landscape: bool) -> None:
    found = pages(carried_sheet(count, landscape=landscape))
    seen, before = 0, ""
    for place, page in enumerate(found):
        texts = [line.text for line in page.lines if line.size == 14 and line.font == FANG]
        if place:
            assert texts[0] == before.replace("过次页", "承前页")
            texts = texts[1:]
        if page is not found[-1]:
            before = texts.pop()
            seen += len(texts)
            assert before == f"过次页{seen * (seen + 1) / 2 + seen / 2:,.2f}"
        else:
            seen += len(texts)
        assert all("页" not in text for text in texts)
        limit = 184 if landscape else 262
        assert max(rule.y1 for rule in page.rules) <= limit + 0.5
    assert seen == count
