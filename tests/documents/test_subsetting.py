"""Subsets of fonts: the same outlines and advances, valid files, nothing of other documents."""

from __future__ import annotations

import io
import zlib
from array import array
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from struct import pack
from typing import Any

import pdfplumber
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables.ttProgram import Program
from reportlab.pdfbase import ttfonts

from daomao_desktop import paths
from daomao_desktop.documents import font_files
from daomao_desktop.documents.character_map import character_map
from daomao_desktop.documents.embedding import deflated
from daomao_desktop.documents.subsetting import Subsetter
from daomao_desktop.documents.typesetting import typeset, typeset_all
from tests.documents import examples
from tests.documents.font_making import common_hanzi

SAMPLE = "0123456789.,%（）《》“”。，、" + common_hanzi()[::97]
FACES = [name for name in font_files.FAMILIES if not name.endswith(".xz")]
# The tables of the file, and no others
NEEDED = {"glyf", "head", "hhea", "hmtx", "loca", "maxp"}


def subsetter_of(data: bytes) -> Subsetter:
    """One that has met no document yet."""
    with TTFont(io.BytesIO(data), lazy=True) as font:
        return Subsetter({tag: memoryview(font.reader[tag]) for tag in font.reader.tables})


@cache
def shipped(name: str) -> bytes:
    return paths.resource(f"fonts/{name}").read_bytes()


def opened(program: bytes) -> TTFont:
    """The program in fontTools, which refuses one whose checksums are wrong."""
    return TTFont(io.BytesIO(program), checkChecksums=2)


def drawn(font: TTFont, glyph: int) -> list[tuple[str, Any]]:
    """Pen strokes of a glyph, composites taken apart."""
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[font.getGlyphName(glyph)].draw(pen)
    return pen.value


def assert_same_glyphs(program: bytes, original: bytes, glyphs: Iterable[int]) -> None:
    with opened(program) as font, TTFont(io.BytesIO(original), lazy=True) as whole:
        for number, glyph in enumerate(glyphs):
            assert drawn(font, number) == drawn(whole, glyph), glyph
            name, old = font.getGlyphName(number), whole.getGlyphName(glyph)
            assert font["hmtx"][name] == whole["hmtx"][old], glyph


@pytest.mark.parametrize("name", FACES)
def test_glyphs_of_each_face_are_drawn_as_in_the_whole_font(name: str) -> None:
    known = font_files.load(name).face.charToGlyph
    glyphs = [0, *dict.fromkeys(known[ord(c)] for c in SAMPLE if known.get(ord(c)))]
    assert len(glyphs) > 20 or name == "kai-supplement.ttf"
    program = subsetter_of(shipped(name)).program(glyphs)
    assert_same_glyphs(program, shipped(name), glyphs)
    with opened(program) as font:
        assert set(font.reader.tables) == NEEDED
        assert font["maxp"].numGlyphs == len(glyphs)
        assert drawn(font, 0) == drawn(TTFont(io.BytesIO(shipped(name)), lazy=True), 0)


def test_checksums_of_file_and_tables_are_right() -> None:
    program = subsetter_of(shipped("hei.ttf")).program([0, 5, 9, 700, 701])
    words = [int.from_bytes(program[i : i + 4], "big") for i in range(0, len(program), 4)]
    assert len(program) % 4 == 0
    assert sum(words) & 0xFFFFFFFF == 0xB1B0AFBA
    damaged = bytearray(program)
    damaged[-1] ^= 1
    with pytest.raises(Exception, match="checksum"):
        opened(bytes(damaged))["glyf"]


def test_many_outlines_take_the_long_table_of_places() -> None:
    known = font_files.load("kai.ttf").face.charToGlyph
    glyphs = [0, *[known[ord(c)] for c in common_hanzi()[:300]]]
    few = subsetter_of(shipped("kai.ttf")).program(glyphs[:100])
    many = subsetter_of(shipped("kai.ttf")).program(glyphs)
    with opened(few) as font:
        assert font["head"].indexToLocFormat == 0
    with opened(many) as font:
        assert font["head"].indexToLocFormat == 1
    assert_same_glyphs(many, shipped("kai.ttf"), glyphs)


def test_a_document_is_the_same_alone_and_after_fifty_others() -> None:
    known = font_files.load("fang.ttf").face.charToGlyph
    hanzi = common_hanzi()
    wanted = [0, *[known[ord(c)] for c in "关于扣减岗位补贴的通知"]]
    alone = subsetter_of(shipped("fang.ttf")).program(wanted)
    busy = subsetter_of(shipped("fang.ttf"))
    for number in range(50):
        busy.program([0, *[known[ord(c)] for c in hanzi[number * 90 : number * 90 + 200]]])
    assert busy.program(wanted) == alone
    # and whole papers, whose words and lines are kept too
    first = typeset(examples.FILE)
    for number in range(50):
        typeset(replace(examples.LETTER, title=f"关于{hanzi[number * 7 : number * 7 + 9]}的通知"))
    typeset_all((examples.LETTER, examples.FILE), title="两份")
    assert typeset(examples.FILE) == first


# A font with everything the shipped ones lack: parts, parts of parts, hinting, 256 units an em


def composite_font(*, hinted: bool = False) -> bytes:
    builder = FontBuilder(256)
    names = [".notdef", "stroke", "box", "twice", "four", "space"]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({0x4E00: "stroke", 0x53E3: "box", 0x4E8C: "twice", 0x56DB: "four"})
    square = TTGlyphPen(None)
    for x, y in ((0, 0), (0, 40), (200, 40), (200, 0)):
        (square.lineTo if (x, y) != (0, 0) else square.moveTo)((x, y))
    square.closePath()
    glyphs = {name: TTGlyphPen(None).glyph() for name in (".notdef", "space")}
    glyphs["stroke"] = square.glyph()
    glyphs["box"] = square.glyph()
    twice = TTGlyphPen(glyphs)
    twice.addComponent("stroke", (1, 0, 0, 1, 0, 10))
    twice.addComponent("stroke", (0.5, 0, 0, 0.5, 700, 900))  # scaled, moved by words
    glyphs["twice"] = twice.glyph()
    four = TTGlyphPen(glyphs)
    four.addComponent("twice", (1, 0.25, -0.25, 1, 0, 0))  # a matrix
    four.addComponent("box", (0.5, 0, 0, 0.75, 3, 4))  # two scales
    glyphs["four"] = four.glyph()
    builder.setupGlyf(glyphs)
    metrics = dict.fromkeys(names, (256, 0)) | {"stroke": (128, 0)}
    builder.setupHorizontalMetrics(metrics)
    builder.setupHorizontalHeader(ascent=220, descent=-36)
    builder.setupNameTable({"familyName": "Parts", "styleName": "Regular", "psName": "Parts"})
    builder.setupOS2()
    builder.setupPost()
    if hinted:
        for tag in ("fpgm", "prep"):
            program = builder.font[tag] = newTable(tag)
            program.program = Program()
            program.program.fromBytecode(b"\xb0\x00\x21")
        builder.font["cvt "] = newTable("cvt ")
        builder.font["cvt "].values = array("h", [1, 2, 3])
    stream = io.BytesIO()
    builder.save(stream)
    return stream.getvalue()


def test_parts_of_composite_glyphs_come_along_and_are_named_anew() -> None:
    whole = composite_font()
    four = 4
    program = subsetter_of(whole).program([0, four])
    with opened(program) as font:
        # 四, then 口 or 二 as they are met, then 一, of which 二 is made
        assert font["maxp"].numGlyphs == 5
    assert_same_glyphs(program, whole, [0, four])
    # A part that the document has already is not there twice.
    program = subsetter_of(whole).program([0, 1, four, 3])
    assert_same_glyphs(program, whole, [0, 1, four, 3])
    with opened(program) as font:
        assert font["maxp"].numGlyphs == 5
    # The same glyph in two documents has its parts at two numbers.
    subsetter = subsetter_of(whole)
    for glyphs in ([0, 3], [0, 2, 1, 3], [0, 3]):
        assert_same_glyphs(subsetter.program(glyphs), whole, glyphs)


def test_hinting_comes_along_where_glyphs_may_call_it() -> None:
    with opened(subsetter_of(composite_font(hinted=True)).program([0, 1])) as font:
        assert set(font.reader.tables) == NEEDED | {"cvt ", "fpgm", "prep"}
    with opened(subsetter_of(composite_font()).program([0, 1])) as font:
        assert set(font.reader.tables) == NEEDED


def test_advances_are_a_thousand_to_the_em_in_any_font(tmp_path: Path) -> None:
    (tmp_path / "parts.ttf").write_bytes(composite_font())
    own = font_files.OfficeFont("Parts", tmp_path / "parts.ttf", 0, 0)
    font = font_files.read_office_font(own)
    assert [font.face.charWidths[ord(c)] for c in "一口二四"] == [500, 1000, 1000, 1000]
    assert font._widths([0, 1, 2]) == "1 [ 500 ]"
    # hmtx: one advance for the last glyphs, and bearings
    with TTFont(io.BytesIO(composite_font())) as whole:
        assert whole["hhea"].numberOfHMetrics < whole["maxp"].numGlyphs
    assert subsetter_of(composite_font()).advances == (256, 128, 256, 256, 256, 256)


def test_widths_in_the_file_are_the_font_s() -> None:
    with pdfplumber.open(io.BytesIO(typeset(examples.FILE))) as document:
        chars = [c for page in document.pages for c in page.chars if c["size"] == 16]
    digits = [c for c in chars if c["text"].isdigit() and "Fang" in c["fontname"]]
    hanzi = [c for c in chars if "一" <= c["text"] <= "龥"]
    assert digits
    assert hanzi
    assert {round(c["adv"] / c["size"], 3) for c in digits} == {0.5}
    assert {round(c["adv"] / c["size"], 3) for c in hanzi} == {1.0}


def test_outlines_without_repetition_sought_are_an_eighth_longer_at_most() -> None:
    known = font_files.load("fang.ttf").face.charToGlyph
    program = subsetter_of(shipped("fang.ttf")).program(
        [0, *[known[ord(c)] for c in common_hanzi()[::40]]]
    )
    packed = deflated(program)
    assert zlib.decompress(packed) == program
    assert len(packed) < 1.125 * len(zlib.compress(program, 6)) < 0.8 * len(program)


# Character maps


@pytest.mark.parametrize("name", ["hei.ttf", "kai-supplement.ttf", "fang.ttf"])
def test_characters_have_the_glyphs_reportlab_reads(name: str) -> None:
    theirs = ttfonts.TTFont("theirs", io.BytesIO(shipped(name))).face
    ours = font_files.load(name).face
    assert ours.charToGlyph == theirs.charToGlyph
    assert ours.charWidths == theirs.charWidths
    assert ours.defaultWidth == theirs.defaultWidth


def cmap_of(*subtables: tuple[int, int, bytes]) -> memoryview:
    """A table cmap of platform, encoding and subtable each."""
    offset = 4 + 8 * len(subtables)
    records, body = b"", b""
    for platform, encoding, subtable in subtables:
        records += pack(">HHL", platform, encoding, offset + len(body))
        body += subtable
    return memoryview(pack(">HH", 0, len(subtables)) + records + body)


def segments(*, cut: int = 0) -> bytes:
    """Format 4: A–C moved by −60, X–Z looked up in a list, and the segment that ends all."""
    glyphs = pack(">3H", 9, 0, 11)[: 6 - cut]
    body = pack(">HHHH", 6, 0, 0, 0) + pack(">3H", 0x43, 0x5A, 0xFFFF) + bytes(2)
    body += pack(">3H", 0x41, 0x58, 0xFFFF) + pack(">3H", 0x10000 - 60, 1, 1)
    body += pack(">3H", 0, 4, 0) + glyphs
    return pack(">HHH", 4, 6 + len(body), 0) + body


def groups(first: int, last: int, glyph: int) -> bytes:
    return pack(">HHLLL", 12, 0, 28, 0, 1) + pack(">LLL", first, last, glyph)


def test_segments_are_moved_or_looked_up() -> None:
    known = character_map(cmap_of((3, 1, segments())))
    assert known is not None
    assert known == {0x41: 5, 0x42: 6, 0x43: 7, 0x58: 10, 0x59: 0, 0x5A: 12, 0xFFFF: 0}
    # A list that ends too early: what is not there has no glyph.
    short = character_map(cmap_of((3, 1, segments(cut=2))))
    assert short == known | {0x5A: 0}


def test_the_last_table_of_unicode_counts() -> None:
    rare = groups(0x20000, 0x20002, 7)
    assert character_map(cmap_of((3, 1, segments()), (3, 10, rare))) == {
        0x20000: 7,
        0x20001: 8,
        0x20002: 9,
    }
    assert character_map(cmap_of((1, 0, segments()))) is None
    assert character_map(cmap_of((3, 1, pack(">HHH", 6, 10, 0)))) is None
    with pytest.raises(ValueError, match="no character"):
        character_map(cmap_of((3, 10, groups(0, 0xFFFFFFF0, 1))))
