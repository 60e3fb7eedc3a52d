"""Reports, awards, and many papers in one file."""

from __future__ import annotations

import io
from dataclasses import replace

import pdfplumber
import pytest

from daomao_desktop.documents.kinds import criticism
from daomao_desktop.documents.typesetting import (
    Award,
    Column,
    ListTable,
    NameNotPrintable,
    Paper,
    Report,
    Sheet,
    typeset,
    typeset_all,
)
from daomao_desktop.errors import DaomaoError
from tests.documents import examples
from tests.documents.measuring import measure, near, text_of

AWARD, REPORT = examples.AWARD, examples.REPORT
PAPERS: tuple[Paper, ...] = (
    criticism.compose(examples.TWO_YEARS),
    REPORT,
    AWARD,
    examples.LETTER,
    examples.LONG,
    replace(AWARD, addressee="陈𠮷"),
)


def test_many_papers_are_set_each_as_it_looks_alone() -> None:
    together = typeset_all(PAPERS, title="全部文书")
    alone = [page for paper in PAPERS for page in measure(typeset(paper))]
    assert text_of(together) == "\n\n".join(text_of(typeset(paper)) for paper in PAPERS)
    for page, single in zip(measure(together), alone, strict=True):
        assert (page.width, page.height) == (single.width, single.height)
        for glyph, same in zip(page.glyphs, single.glyphs, strict=True):
            assert (glyph.text, glyph.font, glyph.size) == (same.text, same.font, same.size)
            assert (glyph.x0, glyph.top) == (near(same.x0, 1e-6), near(same.top, 1e-6))
        assert page.rules == single.rules


def test_many_papers_are_the_same_bytes_again_and_smaller_than_alone() -> None:
    together = typeset_all(PAPERS, title="全部文书")
    assert typeset_all(list(PAPERS), title="全部文书") == together
    assert len(together) < sum(len(typeset(paper)) for paper in PAPERS) * 0.7


def test_each_paper_has_its_own_page_numbers() -> None:
    pages = measure(typeset_all((REPORT, examples.LONG, REPORT), title="三份"))
    shown = [glyphs for page in pages if (glyphs := "".join(g.text for g in page.glyphs)[-5:])]
    numbers = [text for text in shown if text.startswith("—")]
    alone = len(measure(typeset(REPORT)))
    expected = [f"— {number} —" for number in range(1, alone + 1)]
    assert numbers[:alone] == expected
    assert numbers[-alone:] == expected


def test_metadata_is_the_title_given() -> None:
    pdf = typeset_all(PAPERS, title="2025年度文书")
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        assert document.metadata["Title"] == "2025年度文书"


def test_among_many_papers_the_one_that_does_not_fit_is_named() -> None:
    long = replace(AWARD, addressee="李强", body=("在年度考核中成绩突出。" * 40,))
    with pytest.raises(DaomaoError) as caught:
        typeset_all((AWARD, long, REPORT), title="三份")
    assert str(caught.value).startswith("“荣誉证书（李强）”：证书的文字或落款太长")
    assert str(caught.value).count("。") == 1


def test_nothing_to_set_is_refused() -> None:
    with pytest.raises(DaomaoError, match="没有要打印"):
        typeset_all((), title="空")
    with pytest.raises(DaomaoError, match="没有内容"):
        typeset(Report((), title="空"))


@pytest.mark.parametrize("paper", [AWARD, REPORT])
def test_a_name_without_a_glyph_is_named(paper: Award | Report) -> None:
    name = "陈\U00031350"
    if isinstance(paper, Award):
        wrong: Paper = replace(paper, addressee=name)
    else:
        table = ListTable((Column("姓名", 1),), ((name,),))
        wrong = replace(paper, sheets=(Sheet("名单", table),), names=("王强", name))
    for call in (lambda: typeset(wrong), lambda: typeset_all((REPORT, wrong), title="两份")):
        with pytest.raises(NameNotPrintable) as caught:
            call()
        assert caught.value.name == name


def test_on_both_sides_each_paper_begins_on_a_front() -> None:
    papers = (REPORT, AWARD, AWARD, examples.LETTER)
    one_each = [len(measure(typeset(paper))) for paper in papers]
    assert one_each[1] == 1
    pages = measure(typeset_all(papers, title="四份", sides=True))
    starts, place = [], 0
    for count in one_each:
        starts.append(place)
        place += count + count % 2
    assert len(pages) == place - one_each[-1] % 2  # nothing follows the last
    assert all(pages[start].glyphs for start in starts)
    blank = pages[starts[2] - 1]
    assert (blank.glyphs, blank.width) == ((), near(297))
