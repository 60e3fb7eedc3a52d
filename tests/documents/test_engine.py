"""Bytes, metadata and fonts of a typeset document; characters that cannot be printed."""

from __future__ import annotations

import io
import itertools
import re
import subprocess
import sys
from dataclasses import replace

import pdfplumber
import pypdfium2
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from daomao_desktop.documents.fonts import MissingGlyph
from daomao_desktop.documents.kinds import commendation, criticism, deduction
from daomao_desktop.documents.typesetting import NameNotPrintable, typeset
from daomao_desktop.errors import DaomaoError
from tests.documents import examples
from tests.documents.hard_text import HardText, amounts_in
from tests.documents.measuring import measure, text_of
from tests.documents.test_breaking import NEVER_FIRST, NEVER_LAST, texts
from tests.documents.test_hard_text import can_set

NOTICE = criticism.compose(examples.TWO_YEARS)


def test_same_document_gives_same_bytes_alone_and_among_others() -> None:
    alone = typeset(NOTICE)
    for other in (
        deduction.compose(examples.DEDUCTION),
        commendation.compose(examples.commendation(45, 10)),
        examples.LETTER,
    ):
        typeset(other)
    assert typeset(NOTICE) == alone


def test_same_document_gives_same_bytes_in_another_process() -> None:
    script = (
        "import sys;from tests.documents.test_engine import NOTICE, typeset;"
        "sys.stdout.buffer.write(typeset(NOTICE))"
    )
    other = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True).stdout
    assert other == typeset(NOTICE)


def test_metadata_language_and_fonts() -> None:
    pdf = typeset(NOTICE)
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        assert document.metadata["Title"] == "关于给予欧阳𠮷通报批评的通报"
        assert document.metadata["Author"] == "中共大茂镇联光村支部委员会"
        assert document.metadata["Subject"] == "2025年度村民小组长考核通报批评"
        assert document.metadata["CreationDate"].startswith("D:20000101")
        catalog = document.doc.catalog
        assert catalog["Lang"] == b"zh-CN"
        assert catalog["ViewerPreferences"].resolve()["PrintScaling"].name == "None"
        fonts = {
            font.resolve()["BaseFont"].name: font.resolve()
            for page in document.doc.catalog["Pages"].resolve()["Kids"]
            for font in page.resolve()["Resources"]["Font"].resolve().values()
        }
    assert len(fonts) >= 5
    for name, font in fonts.items():
        assert re.match(r"[A-Z]{6}\+", name), name
        (descendant,) = font["DescendantFonts"]
        descriptor = descendant.resolve()["FontDescriptor"].resolve()
        assert descriptor["FontName"].name == name
        assert "FontFile2" in descriptor
        assert "ToUnicode" in font
    assert b"Helvetica" not in pdf


@pytest.mark.parametrize("rare", ["𠮷", "䶮", "㛃", "𬱖", "𫝀"])
def test_rare_characters_print_and_extract(rare: str) -> None:
    data = replace(examples.CRITICISM, name=f"陈{rare}")
    text = text_of(typeset(criticism.compose(data)))
    assert f"关于给予陈{rare}通报批评的通报" in text
    assert f"陈{rare}，男" in text.replace("\n", "")


def test_a_name_without_a_glyph_is_named() -> None:
    data = replace(examples.CRITICISM, name="陈\U00031350")
    with pytest.raises(NameNotPrintable) as caught:
        typeset(criticism.compose(data))
    assert caught.value.name == "陈\U00031350"
    assert caught.value.character == "\U00031350"
    assert "U+31350" in str(caught.value)
    assert isinstance(caught.value, MissingGlyph)


def test_a_character_without_a_glyph_stops_the_document() -> None:
    with pytest.raises(MissingGlyph) as caught:
        typeset(replace(examples.FILE, body=("正文\U00031350",)))
    assert not isinstance(caught.value, NameNotPrintable)


def test_ink_stays_inside_the_text_area() -> None:
    """Rendered at 200 dpi: hard text leaves no ink outside the 156 mm, whatever was squeezed."""
    hard = (
        "“关于《通知》的‘说明’”（见《方案》第3条）——共计12,345,678.90元，占99.99%；PowerPoint、"
        "Microsoft Office 365……依据大茂府〔2026〕5号，于2026年1月15日至2月28日在“联光村”召开。"
    )
    body = tuple("村" * shift + hard * 5 for shift in range(6))
    pdf = typeset(replace(examples.PLAIN, body=body))
    scale = 200 / 72
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            image = page.render(scale=scale, grayscale=True).to_pil()
            left, _top, right, _bottom = image.point(lambda shade: 255 * (shade < 128)).getbbox()
            assert left / 200 * 25.4 >= 28 - 0.15
            assert right / 200 * 25.4 <= 184 + 0.15


def test_title_and_body_are_needed() -> None:
    with pytest.raises(DaomaoError, match="标题或正文"):
        typeset(replace(examples.FILE, title=" "))
    with pytest.raises(DaomaoError, match="标题或正文"):
        typeset(replace(examples.FILE, body=("",)))


@settings(max_examples=25, deadline=None)
@given(st.lists(texts, min_size=1, max_size=6))
def test_random_text_keeps_the_line_rules_on_paper(paragraphs: list[str]) -> None:
    """The same rules as for the breaker alone, measured on the finished pages."""
    paragraphs = [f"村{text.strip()}。" for text in paragraphs]
    assume(all(can_set(HardText(text, (), amounts_in(text)), whole=False) for text in paragraphs))
    document = replace(
        examples.PLAIN,
        body=tuple(paragraphs),
        addressee="",
        attachments=(),
        signature=(),
        date=None,
        note="",
    )
    lines = [line for page in measure(typeset(document)) for line in page.lines if line.size == 16]
    shown = "".join(line.text for line in lines)
    assert shown.replace(" ", "") == "".join(paragraphs).replace(" ", "")
    indent = 28 + 2 * 156 / 28
    for line, following in itertools.pairwise(lines):
        starts = line.x0 == pytest.approx(indent, abs=0.1)
        assert starts or line.x0 == pytest.approx(28, abs=0.1)
        if not starts:
            assert line.text[0] not in NEVER_FIRST
        ends = following.x0 == pytest.approx(indent, abs=0.1)
        if not ends:
            assert line.text[-1] not in NEVER_LAST
            # From the first glyph to the last one's edge, half an em less where it is squeezed
            edge = line.x1
            assert (
                edge == pytest.approx(184, abs=0.2) or 184 < edge <= 184 + 16 * 25.4 / 72 / 2 + 0.1
            )
        for left, right in itertools.pairwise(line.glyphs):
            assert right.x0 - left.x1 <= 2 * 25.4 / 72 + 0.01
