"""What stands on which side of the paper: receipts on sheets of their own, posted papers on one."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from daomao_desktop.documents.kinds import criticism, deduction, freeform, public_notice
from daomao_desktop.documents.merging import is_posted, merge
from daomao_desktop.documents.typesetting import Format, OfficialDocument, typeset, typeset_all
from tests.documents import examples
from tests.documents.measuring import MeasuredPage, measure, pages

FACT = "未按规定召集村民小组会议，自行处置本组集体资产，群众多次反映未予纠正" * 4
POSTED = public_notice.compose(examples.public_notice(24, 2, 2, 1))


def notice(facts: int) -> OfficialDocument:
    told = tuple(f"2025年{number}月，{FACT}" for number in range(1, facts + 1))
    return criticism.compose(replace(examples.CRITICISM, facts=told))


def lines(page: MeasuredPage) -> list[str]:
    return [line.text for line in page.lines]


def the_page(found: tuple[MeasuredPage, ...], text: str) -> int:
    """The one page (from 1) with a line that begins so."""
    (number,) = [
        number
        for number, page in enumerate(found, 1)
        if any(line.startswith(text) for line in lines(page))
    ]
    return number


@pytest.mark.parametrize("facts", range(1, 25))
def test_a_receipt_is_a_sheet_of_its_own_and_the_imprint_ends_the_one_before(facts: int) -> None:
    """However long the notice: printed on both sides, a receipt never stands on its back."""
    found = pages(notice(facts))
    receipt, imprint = the_page(found, "送达回证"), the_page(found, "抄送：")
    assert receipt == len(found)
    assert receipt % 2 == 1  # the front of a sheet
    assert imprint == receipt - 1  # on the back of the one before
    assert the_page(found, "中共大茂镇联光村支部委员会2026") == imprint
    signed = the_page(found, "2026年1月15日")
    for number, page in enumerate(found, 1):
        numbers = [line for line in lines(page) if re.fullmatch(r"— \d+ —", line)]
        if not page.glyphs:  # nothing on it, a page number neither (7.5)
            assert signed < number < imprint
            assert not [line for line in lines(found[imprint - 1]) if line.startswith("—")]
        elif number < imprint:
            assert numbers == [f"— {number} —"]


def test_notices_of_every_length_were_among_them() -> None:
    counts = {len(pages(notice(facts))) for facts in range(1, 25)}
    assert {3, 5, 7} <= counts
    blanks = [facts for facts in range(1, 25) if any(not p.glyphs for p in pages(notice(facts)))]
    assert blanks  # one whose 版记 had no room on the page that its text ends


def test_a_letter_of_one_page_has_an_empty_back() -> None:
    found = pages(deduction.compose(examples.DEDUCTION))
    assert the_page(found, "送达回证") == 3
    assert lines(found[1]) == []
    assert (found[1].width, found[1].height) == (found[0].width, found[0].height)


@pytest.mark.parametrize("sides", [False, True])
def test_receipts_keep_their_sheets_in_a_merged_file(sides: bool) -> None:
    pdfs = [typeset(notice(facts)) for facts in (1, 9, 17)]
    found = measure(merge(pdfs, title="全部", sides=sides))
    receipts = [n for n, page in enumerate(found, 1) if "送达回证" in lines(page)]
    assert len(receipts) == 3
    if sides:
        assert all(number % 2 for number in receipts)
        assert not [n for n in receipts[:-1] if lines(found[n])]  # nothing on a receipt's back


def test_a_paper_to_be_posted_says_that_it_has_one_side() -> None:
    assert is_posted(typeset(POSTED))
    assert not is_posted(typeset(notice(1)))
    for title, posted in (
        ("关于资金收支情况的公示", True),
        ("关于停水的公告", True),
        ("关于封山育林的通告", True),
        ("关于做好公示工作的通知", False),
    ):
        own = freeform.Freeform(
            Format.PLAIN, ("大茂镇人民政府",), title, ("现将有关情况公布如下。",), examples.DATED
        )
        assert is_posted(typeset(freeform.compose(own))) is posted, title


def test_its_receipt_follows_without_an_empty_page() -> None:
    found = pages(POSTED)
    assert all(page.glyphs for page in found)
    assert the_page(found, "公示张贴回执") == len(found)


def test_in_a_run_on_both_sides_every_page_of_it_is_a_front() -> None:
    other = notice(1)
    alone = pages(POSTED)
    expected = [*alone, *pages(other)]
    for run in (
        merge([typeset(POSTED), typeset(other)], title="全部", sides=True),
        typeset_all([POSTED, other], title="全部", sides=True),
    ):
        found = measure(run)
        assert [page.glyphs for page in found if page.glyphs] == [p.glyphs for p in expected]
        for page in range(len(alone)):
            assert found[2 * page].glyphs == alone[page].glyphs
            assert not found[2 * page + 1].glyphs  # its back
    last = measure(merge([typeset(other), typeset(POSTED)], title="全部", sides=True))
    assert [bool(page.glyphs) for page in last] == [
        *[True] * 3, False, *[True, False] * (len(alone) - 1), True,
    ]  # fmt: skip
    assert all(page.glyphs for page in measure(merge([typeset(POSTED)] * 2, title="单面")))
