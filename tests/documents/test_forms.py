"""Forms: room to write in, lines to sign, and what goes on to a further page."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from daomao_desktop.documents.typesetting import (
    FormCell,
    FormRow,
    FormTable,
    Report,
    Sheet,
    typeset,
)
from daomao_desktop.documents.typesetting.sheets import fits_one_page
from tests.documents.measuring import MeasuredPage, measure, near

SIGNED = "签名：　　　　　年　　月　　日"
TOP, BOTTOM, LEFT, RIGHT = 37, 262, 28, 184  # mm: the 版心


def form(*rows: FormRow) -> Sheet:
    return Sheet(title="", table=FormTable(rows), size=12.0)


def row(text: str, *, grows: float = 0.0, foot: str = "") -> FormRow:
    cells = (FormCell("意见", 1, label=True), FormCell(text, 4, foot=foot))
    return FormRow(cells, height=1.0, grows=grows)


def pages(sheet: Sheet) -> tuple[MeasuredPage, ...]:
    return measure(typeset(Report((sheet,), title="表")))


def levels(page: MeasuredPage) -> list[float]:
    return sorted({round(rule.y0, 2) for rule in page.level_rules})


def test_rows_that_grow_share_the_rest_of_the_page() -> None:
    (page,) = pages(form(row("甲"), row("乙", grows=1), row("丙", grows=3)))
    top, first, second, bottom = levels(page)
    assert (top, bottom) == (near(TOP), near(BOTTOM))
    fixed = first - top
    spare = BOTTOM - TOP - 3 * fixed
    assert second - first == near(fixed + spare / 4, 0.1)
    assert bottom - second == near(fixed + spare * 3 / 4, 0.1)


def test_without_rows_that_grow_a_form_keeps_its_heights() -> None:
    (page,) = pages(form(row("甲"), row("乙")))
    assert levels(page)[-1] < 60


def test_a_form_longer_than_a_page_is_not_stretched() -> None:
    sheet = form(*[row("字" * 200, grows=1) for _ in range(6)])
    first, _last = pages(sheet)
    heights = [lower - upper for upper, lower in pairwise(levels(first))]
    assert max(heights) == near(min(heights), 0.05)


def test_a_line_to_sign_stands_in_the_lower_right_corner_below_the_text() -> None:
    (page,) = pages(form(row("同意。", grows=1, foot=SIGNED)))
    text, foot = page.line("同意"), page.line("签名")
    assert text.top == near(TOP + 2, 1)
    assert foot.bottom == near(BOTTOM - 2, 1)
    assert foot.x1 == near(RIGHT - 1.5)


def test_a_line_to_sign_has_a_line_of_its_own() -> None:
    with_foot, without = (
        levels(pages(form(row("字" * 100, foot=foot)))[0]) for foot in (SIGNED, "")
    )
    assert with_foot[-1] - without[-1] == near(12 * 1.35 * 25.4 / 72, 0.1)


def test_what_stands_below_a_form_is_left_its_room() -> None:
    sheet = replace(form(row("甲", grows=1)), below=("填表人：",))
    (page,) = pages(sheet)
    assert page.line("填表人").bottom < BOTTOM
    assert levels(page)[-1] < page.line("填表人").top


def test_whether_a_form_fits_one_page_is_known_beforehand() -> None:
    assert fits_one_page(form(row("甲", grows=1), row("乙")))
    assert not fits_one_page(form(*[row("字" * 200)] * 6))
    assert not fits_one_page(form(row("字" * 2000)))  # no page is high enough for the row
