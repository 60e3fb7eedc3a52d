"""The five faces that documents are set in, and for each character the font that has it.

ReportLab shares parsed fonts between documents: what a document uses of a font is kept per document
(``TTFont.state``) and dropped when it is saved. Setting text in two documents in turn is safe; two
threads are not, because ``save()`` moves one read position inside the shared font file. Whoever
draws holds ``DRAWING`` from the first string to the end of ``save()``.
"""

from __future__ import annotations

import enum
import hashlib
import io
import json
import lzma
import threading
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.pdfbase import pdfmetrics, ttfonts

from daomao_desktop import paths
from daomao_desktop.errors import DaomaoError

DRAWING = threading.RLock()
"""Held while a document is drawn and saved; see the module's docstring."""

_LOADING = threading.RLock()
_LOADED: dict[str, ttfonts.TTFont] = {}

# Font file → the family name in it, which is also its name in ReportLab, so that a chart drawn for
# the screen as SVG names the family that Qt knows.
FAMILIES = {
    "title-song.ttf": "GongwenTitleSong",
    "song.ttf": "Noto Serif SC",
    "hei.ttf": "GongwenHei",
    "fang.ttf": "FandolFang R",
    "kai.ttf": "FandolKai",
    "kai-supplement.ttf": "GongwenKaiSupplement",
    "rare.ttf.xz": "HanaMinB",
}
_RARE = "rare.ttf.xz"
_RARE_PLANE = 2  # HanaMinB adds Ext B–F only; 100 MB and a second are not spent on anything else


class Face(enum.Enum):
    """A face of GB/T 9704; the value is its Chinese name."""

    TITLE = "小标宋"
    SONG = "宋体"
    HEI = "黑体"
    FANG = "仿宋"
    KAI = "楷体"


_CHAINS: dict[Face, tuple[str, ...]] = {
    Face.TITLE: ("title-song.ttf", "song.ttf", _RARE),
    Face.SONG: ("song.ttf", _RARE),
    Face.HEI: ("hei.ttf", "song.ttf", _RARE),
    Face.FANG: ("fang.ttf", "kai-supplement.ttf", "song.ttf", _RARE),
    Face.KAI: ("kai.ttf", "kai-supplement.ttf", "song.ttf", _RARE),
}
_FANDOL = frozenset({Face.FANG, Face.KAI})
# Fandol's own drawings of these are wrong (￥ is a dollar sign), do not match its hanzi, or stand
# low and unevenly (the six dots of ……).
_FROM_SONG = frozenset("￥～＋－＝％＄…")
# Noto's dash has 0.8 em of ink, so that —— would have a hole; 楷体's is a hair. 仿宋's is whole.
_DASHED = frozenset({Face.HEI, Face.KAI, Face.TITLE})
# 楷体's Latin is 0.55 em wide and hair-thin: the body's (半角, 0.5 em) stands for it.
_ASCII = frozenset(map(chr, range(0x20, 0x7F)))
# 黑体's digits are made as narrow as everybody else's: the grid has two in a cell.
_NARROWED = frozenset("0123456789")
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Run:
    """Adjacent characters of one font; ``font`` is the name registered with ReportLab.

    ``stretch`` is the width they are drawn at, in per cent of the font's own.
    """

    font: str
    text: str
    stretch: float = 100.0


def is_control(character: str) -> bool:
    """Whether it is no character to print: a control or format code, private use, a surrogate.

    Hanzi newer than Python's own table (planes 2 and 3) are characters.
    """
    category = unicodedata.category(character)
    return category[0] == "C" and not (category == "Cn" and ord(character) >> 16 in (2, 3))


class MissingGlyph(DaomaoError):
    """No shipped font has the character; ``character`` is the one."""

    def __init__(self, character: str) -> None:
        code = f"U+{ord(character):04X}"
        if is_control(character):
            sentence = f"文字里有不能打印的字符（{code}），请删去或重新输入这个字。"
        else:
            sentence = (
                f"字库里没有“{character}”（{code}）这个字，无法打印；请核对姓名或换用同音字。"
            )
        super().__init__(sentence)
        self.character = character


class _NamedBytes(io.BytesIO):
    """A font in memory with the name ReportLab uses for it, so that no path enters a document."""

    def __init__(self, name: str, data: bytes) -> None:
        super().__init__(data)
        self.name = name


class _Outlines:
    """The glyf table read in place: ReportLab would copy up to 15 MB of it for every subset."""

    def __init__(self, data: bytes, start: int) -> None:
        self._data = data
        self._start = start

    def __getitem__(self, part: slice) -> bytes:
        return self._data[self._start + part.start : self._start + part.stop]


def load(face_file: str) -> ttfonts.TTFont:
    """The font of ``resources/fonts/``, parsed and registered once per process; thread-safe.

    Raises DaomaoError when the file is missing or damaged.
    """
    font = _LOADED.get(face_file)
    if font is None:
        with _LOADING:
            font = _LOADED.get(face_file)
            if font is None:
                font = _parse(face_file)
                pdfmetrics.registerFont(font)
                _LOADED[face_file] = font
    return font


def _parse(face_file: str) -> ttfonts.TTFont:
    try:
        data = paths.resource(f"fonts/{face_file}").read_bytes()
        if face_file.endswith(".xz"):
            data = lzma.decompress(data)
        # asciiReadable would embed all 95 ASCII glyphs each time: a page is a quarter larger, a
        # third slower. Shaping is off so that an installed uharfbuzz cannot change the bytes.
        font = ttfonts.TTFont(
            FAMILIES[face_file],
            _NamedBytes(face_file, data),
            asciiReadable=False,
            shapable=False,
        )
    except (OSError, EOFError, lzma.LZMAError, ttfonts.TTFError) as error:
        raise DaomaoError(f"字体文件 {face_file} 缺失或损坏，请重新安装程序。") from error
    face: Any = font.face
    copied = face.get_table
    outlines = _Outlines(data, face.get_table_pos("glyf")[0])
    face.get_table = lambda tag: outlines if tag == "glyf" else copied(tag)
    return font


_Glyph = tuple[str, float, float]  # font name, advance in em as drawn, stretch in per cent


class _Glyphs(dict[str, _Glyph]):
    """For one face: character → its glyph, filled as characters turn up."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, character: str) -> _Glyph:
        found = self[character] = _find(character, self._face)
        return found


_GLYPHS = {face: _Glyphs(face) for face in Face}


def _chain(character: str, face: Face) -> tuple[str, ...]:
    """Font files to ask for a character, in order."""
    if character in _FROM_SONG and face in _FANDOL:
        return ("song.ttf",)
    if (character == "—" and face in _DASHED) or (character in _ASCII and face is Face.KAI):
        return ("fang.ttf",)
    return _CHAINS[face]


def _find(character: str, face: Face) -> _Glyph:
    code = ord(character)
    # Fandol has glyphs for control and private-use codes: what is drawn is not what was meant.
    if unicodedata.category(character) in {"Cc", "Co", "Cs"}:
        raise MissingGlyph(character)
    for face_file in _chain(character, face):
        if face_file == _RARE and code >> 16 != _RARE_PLANE:
            continue
        font = load(face_file)
        # Not asking would print glyph 0, an empty box, without any error.
        if font.face.charToGlyph.get(code, 0):
            advance = font.face.charWidths[code] / 1000
            if face is Face.HEI and character in _NARROWED:
                return font.fontName, _HALF, round(100 * _HALF / advance, 2)
            return font.fontName, advance, 100.0
    raise MissingGlyph(character)


def runs(text: str, face: Face) -> list[Run]:
    """Split text into runs of one font each; raises MissingGlyph."""
    glyphs = _GLYPHS[face]
    found: list[Run] = []
    start, current, stretch = 0, "", 100.0
    for position, character in enumerate(text):
        font, _advance, wanted = glyphs[character]
        if font != current or wanted != stretch:
            if position:
                found.append(Run(current, text[start:position], stretch))
            start, current, stretch = position, font, wanted
    if text:
        found.append(Run(current, text[start:], stretch))
    return found


def char_width(ch: str, face: Face) -> float:
    """Advance of one character in em; raises MissingGlyph."""
    return _GLYPHS[face][ch][1]


def width(text: str, face: Face, size: float) -> float:
    """Sum of the advances in points at a size in points; raises MissingGlyph."""
    glyphs = _GLYPHS[face]
    return sum([glyphs[character][1] for character in text]) * size


def has_glyph(ch: str, face: Face) -> bool:
    """Whether some font of the face's chain has the character."""
    try:
        _GLYPHS[face][ch]
    except MissingGlyph:
        return False
    return True


def main_font(face: Face) -> str:
    """Name in ReportLab of the face's own font, registered: for ``Canvas(initialFontName=…)``."""
    return load(_CHAINS[face][0]).fontName


def ascent(face: Face) -> float:
    """Height in em from the baseline to the top of the face's em box (0.88 in all five)."""
    return float(load(_CHAINS[face][0]).face.ascent) / 1000


def check_fonts() -> list[str]:
    """Sentences about font files that are missing or not as released; empty when all is well."""
    folder = paths.resource("fonts")
    try:
        lock = json.loads((folder / "fonts.lock.json").read_text(encoding="utf-8"))
        expected = {entry["file"]: entry["sha256"] for entry in lock["faces"]}
    except (OSError, ValueError, KeyError, TypeError):
        return ["字体清单 fonts.lock.json 缺失或损坏，请重新安装程序。"]
    problems = []
    for name in FAMILIES:
        try:
            with (folder / name).open("rb") as stream:
                found = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError:
            problems.append(f"字体文件 {name} 缺失或打不开，请重新安装程序。")
            continue
        if found != expected.get(name):
            problems.append(f"字体文件 {name} 与发布时不同，请重新安装程序。")
    return problems


def _to_unicode_cmap(fontname: str, subset: Sequence[int]) -> str:
    """ToUnicode CMap of a subset of at most 256 codes: UTF-16BE, blocks of at most 100 entries.

    PDF 32000-1:2008 section 9.10.3 and Adobe Technical Note 5411.
    """
    entries = [
        f"<{index:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>"
        for index, code in enumerate(subset)
        if code
    ]
    blocks: list[str] = []
    for start in range(0, len(entries), 100):
        block = entries[start : start + 100]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo",
            "<< /Registry (Adobe)",
            "/Ordering (UCS)",
            "/Supplement 0",
            ">> def",
            f"/CMapName /{fontname} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *blocks,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


def _install_to_unicode() -> None:
    """Replace ReportLab's ToUnicode writer (as of 5.1.0), which is wrong above the BMP.

    It writes 𠮷 as ``<20BB7>`` in one block of any length, so that the character copies as two
    others: a name searched for in a printed file would not be found.
    """
    ttfonts.makeToUnicodeCMap = _to_unicode_cmap


_install_to_unicode()
