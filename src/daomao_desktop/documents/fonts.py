"""The five faces that documents are set in, and for each character the font that has it.

A face is set in the shipped fonts unless an office chose a font of its PC: ``FaceChoice``. The
choice that holds belongs to the thread and is entered with ``using`` for one document, so that
neither two threads nor two documents mix. Nothing measured may be kept without its choice.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from daomao_desktop.documents.font_files import DRAWING, FAMILIES, OfficeFont, load
from daomao_desktop.domain.fonts import Face
from daomao_desktop.errors import DaomaoError

__all__ = [
    "BUNDLED",
    "CENTRE",
    "DRAWING",
    "FAMILIES",
    "NOT_BOLD",
    "Face",
    "FaceChoice",
    "MissingGlyph",
    "Run",
    "advances",
    "ascent",
    "char_width",
    "current",
    "has_glyph",
    "is_control",
    "main_font",
    "runs",
    "using",
    "width",
]

_RARE = "rare.ttf.xz"
_RARE_PLANE = 2  # HanaMinB adds Ext B–F only; 100 MB and a second are not spent on anything else


_CHAINS: dict[Face, tuple[str, ...]] = {
    Face.TITLE: ("title-song.ttf", "song.ttf", _RARE),
    Face.SONG: ("song.ttf", _RARE),
    Face.HEI: ("hei.ttf", "song.ttf", _RARE),
    Face.FANG: ("fang.ttf", "kai-supplement.ttf", "song.ttf", _RARE),
    Face.KAI: ("kai.ttf", "kai-supplement.ttf", "song.ttf", _RARE),
}
CENTRE = {Face.TITLE: 0.38, Face.SONG: 0.38, Face.HEI: 0.38, Face.FANG: 0.31, Face.KAI: 0.305}
"""The middle of the shipped hanzi's ink in em above the baseline."""

_FANDOL = frozenset({Face.FANG, Face.KAI})
NOT_BOLD = frozenset({FAMILIES["song.ttf"], FAMILIES[_RARE]})
"""Fonts, by their name in ReportLab, that stand in for 小标宋 and are lighter."""
# Fandol's own drawings of these are wrong (￥ is a dollar sign), do not match its hanzi, or stand
# low and unevenly (the six dots of ……).
_FROM_SONG = frozenset("￥～＋－＝％＄…")
# Noto's dash has 0.8 em of ink, so that —— would have a hole; 楷体's is a hair. 仿宋's is whole.
_DASHED = frozenset({Face.HEI, Face.KAI, Face.TITLE})
# Where the middle of these is in the font they come from: they are drawn on the middle of the
# face's hanzi instead.
_MIDDLES = {("—", "fang.ttf"): 0.3, **{(mark, "song.ttf"): 0.38 for mark in "…～＋－＝"}}
# 楷体's Latin is 0.55 em wide and hair-thin: the body's (半角, 0.5 em) stands for it.
_ASCII = frozenset(map(chr, range(0x20, 0x7F)))
# 黑体's digits are made as narrow as everybody else's: the grid has two in a cell.
_NARROWED = frozenset("0123456789")
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Run:
    """Adjacent characters of one font; ``font`` is the name registered with ReportLab.

    ``stretch`` is the width they are drawn at, in per cent of the font's own; ``rise`` how much
    higher they are drawn, in em.
    """

    font: str
    text: str
    stretch: float = 100.0
    rise: float = 0.0


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


# Font name, advance in em as drawn, stretch in per cent, rise in em
_Glyph = tuple[str, float, float, float]


class _Glyphs(dict[str, _Glyph]):
    """For one face: character → its glyph, filled as characters turn up."""

    def __init__(self, face: Face, own: OfficeFont | None) -> None:
        super().__init__()
        self._face = face
        self._own = own

    def __missing__(self, character: str) -> _Glyph:
        found = self[character] = _find(character, self._face, self._own)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class FaceChoice:
    """Which faces are set in a font of this PC; each other one in the shipped fonts.

    Keep one: what it looked up stays with it.
    """

    own: tuple[tuple[Face, OfficeFont], ...] = ()
    glyphs: dict[Face, _Glyphs] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        own = dict(self.own)
        glyphs = {face: _Glyphs(face, own.get(face)) for face in Face}
        object.__setattr__(self, "glyphs", glyphs)

    def font(self, face: Face) -> OfficeFont | None:
        """The face's font of this PC, if one was chosen."""
        return dict(self.own).get(face)


BUNDLED = FaceChoice()
"""The shipped fonts: the same on every PC."""

_CURRENT: ContextVar[FaceChoice] = ContextVar("faces", default=BUNDLED)
_current = _CURRENT.get


def current() -> FaceChoice:
    """The choice that holds in this thread."""
    return _current()


@contextmanager
def using(choice: FaceChoice) -> Iterator[None]:
    """Inside, text of this thread is measured and drawn in the choice's fonts."""
    token = _CURRENT.set(choice)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def _chain(character: str, face: Face) -> tuple[str, ...]:
    """Shipped font files to ask for a character, in order."""
    if character in _FROM_SONG and face in _FANDOL:
        return ("song.ttf",)
    if (character == "—" and face in _DASHED) or (character in _ASCII and face is Face.KAI):
        return ("fang.ttf",)
    return _CHAINS[face]


def _find(character: str, face: Face, own: OfficeFont | None) -> _Glyph:
    code = ord(character)
    # Fandol has glyphs for control and private-use codes: what is drawn is not what was meant.
    if unicodedata.category(character) in {"Cc", "Co", "Cs"}:
        raise MissingGlyph(character)
    chain: tuple[str | OfficeFont, ...] = _chain(character, face)
    narrowed = face is Face.HEI
    if own is not None and character not in own.borrowed:
        chain = (own, *chain)
    for file in chain:
        if file == _RARE and code >> 16 != _RARE_PLANE:
            continue
        font = load(file)
        # Not asking would print glyph 0, an empty box, without any error.
        if font.face.charToGlyph.get(code, 0):
            advance = font.face.charWidths[code] / 1000
            if own is not None and file is own:
                rise = own.rise
            elif (middle := _MIDDLES.get((character, str(file)))) is not None:
                rise = round(CENTRE[face] - middle, 3)
            else:
                rise = 0.0
            if character in _NARROWED and (narrowed or file is own):
                return font.fontName, _HALF, round(100 * _HALF / advance, 2), rise
            return font.fontName, advance, 100.0, rise
    raise MissingGlyph(character)


def runs(text: str, face: Face) -> list[Run]:
    """Split text into runs of one font each; raises MissingGlyph."""
    glyphs = _current().glyphs[face]
    found: list[Run] = []
    start, current, stretch, rise = 0, "", 100.0, 0.0
    for position, character in enumerate(text):
        font, _advance, wanted, above = glyphs[character]
        if font != current or wanted != stretch or above != rise:
            if position:
                found.append(Run(current, text[start:position], stretch, rise))
            start, current, stretch, rise = position, font, wanted, above
    if text:
        found.append(Run(current, text[start:], stretch, rise))
    return found


def char_width(ch: str, face: Face) -> float:
    """Advance of one character in em; raises MissingGlyph."""
    return _current().glyphs[face][ch][1]


def advances(text: str, face: Face) -> list[float]:
    """Advance of each character in em; raises MissingGlyph."""
    glyphs = _current().glyphs[face]
    return [glyphs[character][1] for character in text]


def width(text: str, face: Face, size: float) -> float:
    """Sum of the advances in points at a size in points; raises MissingGlyph."""
    return sum(advances(text, face)) * size


def has_glyph(ch: str, face: Face) -> bool:
    """Whether some font of the face's chain has the character."""
    try:
        char_width(ch, face)
    except MissingGlyph:
        return False
    return True


def main_font(face: Face) -> str:
    """Name in ReportLab of the face's own font, registered: for ``Canvas(initialFontName=…)``."""
    return load(_current().font(face) or _CHAINS[face][0]).fontName


def ascent(face: Face) -> float:
    """Height in em from the baseline to the top of the shipped face's em box (0.88 in all five)."""
    return float(load(_CHAINS[face][0]).face.ascent) / 1000
