"""Every hanzi is printed and copies as itself; those no font has are refused by name."""

from __future__ import annotations

import random
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from daomao_desktop.documents.font_files import FAMILIES, load
from daomao_desktop.documents.fonts import Face, MissingGlyph, has_glyph
from daomao_desktop.documents.kinds import (
    certificate,
    commendation,
    criticism,
    deduction,
    freeform,
    public_notice,
    registration,
    summary,
)
from daomao_desktop.documents.typesetting import (
    Award,
    Column,
    FormCell,
    FormRow,
    FormTable,
    ListTable,
    NameNotPrintable,
    OfficialDocument,
    Paper,
    Report,
    Sheet,
    typeset,
)
from daomao_desktop.documents.typesetting.drawing import draw
from daomao_desktop.documents.typesetting.geometry import LEFT, row_top
from daomao_desktop.documents.typesetting.marks import Page
from daomao_desktop.documents.typesetting.text import single
from tests.documents import examples, table_examples
from tests.documents.measuring import HEI, KAI, SONG, TITLE, measure
from tests.documents.test_fonts import COMPATIBILITY, EXTENSIONS
from tests.documents.test_freeform import UPWARD as FREEFORM
from tests.documents.test_hard_text import by_pdfium, document, printed

BLOCKS = [
    *["".join(map(chr, range(first, last + 1))) for first, last in EXTENSIONS.values()],
    COMPATIBILITY,
]
# Assigned since Unicode 13 (2020): newer than any free font's outlines
NEWER = {
    "G": (0x30000, 0x3134A),
    "H": (0x31350, 0x323AF),
    "I": (0x2EBF0, 0x2EE5D),
}


def sample(count: int, seed: int) -> str:
    """So many hanzi, each block by its size, the ends of each and all twelve of the last."""
    chance = random.Random(seed)
    total = sum(map(len, BLOCKS))
    found = list(COMPATIBILITY)
    for block in BLOCKS[:-1]:
        found += [block[0], block[-1]]
        found += chance.sample(block[1:-1], max(8, count * len(block) // total))
    chance.shuffle(found)
    return "".join(found)


def in_paragraphs(hanzi: str) -> OfficialDocument:
    return document(*[hanzi[start : start + 1000] for start in range(0, len(hanzi), 1000)])


def assert_copies_as_itself(pdf: bytes, hanzi: str) -> None:
    """By two readers, code by code: neither may normalise or lose any."""
    assert by_pdfium(pdf) == hanzi
    assert "".join(line.text for line in printed(pdf)) == hanzi


def test_three_thousand_hanzi_of_all_blocks_copy_as_themselves() -> None:
    hanzi = sample(3000, 20260115)
    assert len(hanzi) >= 3000
    assert_copies_as_itself(typeset(in_paragraphs(hanzi)), hanzi)


def drawn_in(face: Face, text: str) -> bytes:
    """Rows of 25 characters in a face, page after page."""
    rows = [text[start : start + 25] for start in range(0, len(text), 25)]
    pages = [
        Page([single(row, face).at(LEFT, row_top(n)) for n, row in enumerate(rows[start:][:22])])
        for start in range(0, len(rows), 22)
    ]
    return draw(pages, title="字", author="", subject="")


@pytest.mark.parametrize("face", list(Face))
def test_characters_that_share_an_outline_copy_as_themselves(face: Face) -> None:
    """· and •, ⼀ and 一, U+3588 and U+439B: a font may draw several by one glyph."""
    shared = set[str]()
    for known in (load(face_file).face.charToGlyph for face_file in FAMILIES):
        times = Counter(known.values())
        shared |= {chr(code) for code, glyph in known.items() if times[glyph] > 1}
    text = "".join(
        one
        for one in sorted(shared)
        if unicodedata.category(one)[0] not in "CZ" and has_glyph(one, face)
    )
    assert len(text) > 1000
    assert_copies_as_itself(drawn_in(face, text), text)


@pytest.mark.soak
@pytest.mark.parametrize("prefix", ["", "（一）", "一、"])  # 仿宋, 楷体, 黑体
def test_all_87887_hanzi_copy_as_themselves(prefix: str) -> None:
    hanzi = "".join(BLOCKS)
    assert len(set(hanzi)) == 87_887
    pieces = [prefix + hanzi[start : start + 1000] for start in range(0, len(hanzi), 1000)]
    assert_copies_as_itself(typeset(document(*pieces)), "".join(pieces))


@pytest.mark.parametrize(("prefix", "font"), [("（一）", KAI), ("一、", HEI)])
def test_hanzi_of_all_blocks_in_headings(prefix: str, font: str) -> None:
    text = prefix + sample(300, 2)
    pdf = typeset(document(text))
    assert_copies_as_itself(pdf, text)
    assert {glyph.font for line in printed(pdf) for glyph in line.glyphs} >= {font, "HanaMinB"}


def test_hanzi_of_all_blocks_in_titles() -> None:
    hanzi = sample(300, 3)
    for start in range(0, len(hanzi), 60):
        title = hanzi[start : start + 60]
        pdf = typeset(replace(document("正文"), title=title))
        (page,) = measure(pdf)
        lines = [line for line in page.lines if line.size == 22]
        assert "".join(line.text for line in lines) == title
        assert by_pdfium(pdf) == title + "正文"
        assert {glyph.font for line in lines for glyph in line.glyphs} >= {TITLE, "HanaMinB"}


def test_hanzi_of_all_blocks_in_the_page_number_s_face() -> None:
    hanzi = sample(300, 4)
    pdf = drawn_in(Face.SONG, hanzi)
    assert_copies_as_itself(pdf, hanzi)
    assert {glyph.font for line in printed(pdf) for glyph in line.glyphs} == {SONG, "HanaMinB"}


@pytest.mark.parametrize("block", NEWER)
def test_hanzi_newer_than_the_fonts_are_refused_by_name(block: str) -> None:
    first, last = NEWER[block]
    codes = range(first, last + 1)
    assert not any(has_glyph(chr(code), face) for code in codes for face in Face)
    for code in (first, last, *random.Random(block).sample(codes, 20)):
        with pytest.raises(MissingGlyph) as caught:
            typeset(document(f"参加会议的有{chr(code)}等。"))
        assert f"“{chr(code)}”（U+{code:X}）" in str(caught.value)
        assert not isinstance(caught.value, NameNotPrintable)
        with pytest.raises(NameNotPrintable) as named:
            typeset(replace(document(f"村民王{chr(code)}。"), names=("李强", f"王{chr(code)}")))
        assert f"“王{chr(code)}”的名字" in str(named.value)
        assert f"“{chr(code)}”（U+{code:X}）" in str(named.value)


NAME = "王\U00031350"
_TABLE = ListTable((Column("姓名", 1), Column("备注", 1)), (("王强", "无"),))
_SHEET = Sheet("名单", _TABLE, marker="附件")
_FILE = replace(examples.UPWARD, names=("李强", NAME), sheets=(_SHEET,))
_AWARD = Award("荣誉证书", "李强", ("获得表彰。",), ("大茂镇人民政府",), examples.DATED)


def _form(**parts: str) -> Sheet:
    cell = replace(FormCell("姓名", 1), **parts)
    return Sheet("登记表", FormTable((FormRow((cell, FormCell("", 1))),)))


def _sheet(**parts: object) -> OfficialDocument:
    return replace(_FILE, sheets=(replace(_SHEET, **parts),))


PLACES: dict[str, OfficialDocument | Report | Award] = {
    "title": replace(_FILE, title=f"关于给予{NAME}通报批评的通报"),
    "addressee": replace(_FILE, addressee=f"{NAME}同志"),
    "body": replace(_FILE, body=("正文。", f"村民{NAME}反映。")),
    "heading": replace(_FILE, body=(f"一、{NAME}的责任", f"（一）{NAME}的责任")),
    "attachment": replace(_FILE, attachments=("名单", f"{NAME}的说明")),
    "organ": replace(_FILE, organs=(f"{NAME}工作室",)),
    "signature": replace(_FILE, signature=(NAME,)),
    "note": replace(_FILE, note=f"联系人：{NAME}"),
    "copies_to": replace(_FILE, copies_to=f"{NAME}同志"),
    "printed_by": replace(_FILE, printed_by=NAME),
    "number": replace(_FILE, number=f"{NAME}〔2026〕5号"),
    "secrecy": replace(_FILE, secrecy=NAME),
    "sheet's title": _sheet(title=f"{NAME}名单"),
    "sheet's marker": _sheet(marker=NAME),
    "above a table": _sheet(above=NAME),
    "below a table": _sheet(below=(f"填表人：{NAME}",)),
    "table's heading": _sheet(table=replace(_TABLE, columns=(Column(NAME, 1), Column("备", 1)))),
    "table's cell": _sheet(table=replace(_TABLE, rows=(("王强", "无"), ("无", NAME)))),
    "spread name": _sheet(table=replace(_TABLE, rows=((f"{NAME[0]}　{NAME[1]}", "无"),))),
    "form": replace(_FILE, sheets=(_form(text=NAME),)),
    "form's foot": replace(_FILE, sheets=(_form(foot=NAME),)),
    "report": Report((_form(text=NAME),), "登记表", names=(NAME,)),
    "award's addressee": replace(_AWARD, addressee=NAME),
    "award's body": replace(_AWARD, body=(f"由{NAME}推荐。",), names=(NAME,)),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_name_no_font_can_print_is_told_wherever_it_stands(place: str) -> None:
    with pytest.raises(NameNotPrintable) as caught:
        typeset(PLACES[place])
    assert caught.value.name == NAME
    assert str(caught.value) == (
        f"“{NAME}”的名字里有字库没有的字“\U00031350”（U+31350），无法打印；请核对姓名或换用同音字。"
    )


def _people() -> tuple[Any, ...]:
    return (replace(examples.honoured(1)[0], name=NAME),)


KINDS: dict[str, Callable[[], Paper]] = {
    "criticism": lambda: criticism.compose(replace(examples.CRITICISM, name=NAME)),
    "deduction": lambda: deduction.compose(replace(examples.DEDUCTION, name=NAME)),
    "commendation": lambda: commendation.compose(
        replace(examples.commendation(1), people=_people())
    ),
    "certificate": lambda: certificate.compose(replace(examples.CERTIFICATE, name=NAME)),
    "public notice": lambda: public_notice.compose(
        replace(
            notice := examples.public_notice(10, 1, 0),
            people=(*notice.people[:9], replace(notice.people[9], name=NAME)),
        )
    ),
    "registration": lambda: registration.compose(replace(table_examples.REGISTRATION, name=NAME)),
    "summary": lambda: summary.compose(
        replace(
            table_examples.SUMMARY,
            rows=(*table_examples.SUMMARY.rows, replace(table_examples.SUMMARY.rows[0], name=NAME)),
        )
    ),
    "freeform": lambda: freeform.compose(replace(FREEFORM, signer=NAME)),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_tells_whose_name_it_is(kind: str) -> None:
    with pytest.raises(NameNotPrintable) as caught:
        typeset(KINDS[kind]())
    assert caught.value.name == NAME


def test_a_control_code_in_a_name_leaves_one_line_that_can_be_read() -> None:
    with pytest.raises(NameNotPrintable) as caught:
        typeset(replace(document("村民王\n强。"), names=("王\n强",)))
    assert str(caught.value) == "“王?强”的名字里有不能打印的字符（U+000A），请重新输入这个名字。"
