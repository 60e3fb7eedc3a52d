"""The official fonts of this PC: found by their name table, measured, and refused with a reason.

A font is usable for a face when it holds every character that documents cannot do without, when
its licence lets it be embedded, and when ReportLab can read it. What does not fit the engine's
cells is measured here once: see ``OfficeFont``.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTCollection, TTFont, TTLibError

from daomao_desktop.documents.font_files import UNREADABLE, OfficeFont, read_office_font
from daomao_desktop.documents.fonts import BUNDLED, CENTRE, Face, FaceChoice
from daomao_desktop.documents.typesetting.characters import CLOSING, JOINED, OPENING
from daomao_desktop.domain.fonts import known_families, known_font

Progress = Callable[[int, int], object]
"""Gets (done, total) between files; may raise to stop the search."""

# What it warns of in other people's fonts is no news to the operator, and measured here anyway.
logging.getLogger("fontTools").setLevel(logging.CRITICAL)

_BROKEN = (*UNREADABLE, TTLibError)

_ENDINGS = frozenset({".ttf", ".ttc"})  # .otf holds outlines that ReportLab cannot embed
_LATIN = "".join(map(chr, range(0x20, 0x7F)))
_MARKS = "，。、；：？！…—“”‘’《》〈〉（）〔〕【】％‰℃"
_DIGITS = "0123456789"
_FULL = 0.01  # em that a hanzi's width may differ from 1
_EDGE = 0.02  # em of blank that the ends of a dash may have
_HALF_INK = 0.54  # em within which the ink of a mark that is squeezed to one half has to stand
_QUESTION_INK = 0.75  # ？ gives a quarter only
_DOT_PITCH = 0.04  # em that the dots of … may stand off their places
_DOT_HEIGHT = 0.1
_NARROWEST, _WIDEST = 0.35, 0.75  # em of a digit that can still be drawn half an em wide
_STILL = 0.01  # em: a shift nobody sees is none
_EVERY = 70  # of the 6763 hanzi, every so manyth is measured

_INSTALLABLE_BITS = 0x000F  # OS/2 fsType: 2 alone of these is Restricted License embedding
_RESTRICTED = 0x0002
_NO_SUBSET_OR_OUTLINES = 0x0300


@dataclass(frozen=True, slots=True)
class FoundFont:
    """A font of this PC that a face is known by; without ``font`` it cannot be used: ``problem``.

    The problem is a phrase, not a sentence.
    """

    face: Face
    family: str
    font: OfficeFont | None = None
    problem: str = ""


def font_folders() -> list[Path]:
    """Where this system keeps fonts: for all accounts, then for this one."""
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows"))
        folders = [windows / "Fonts"]
        if local := os.environ.get("LOCALAPPDATA"):
            folders.append(Path(local) / "Microsoft" / "Windows" / "Fonts")
        return folders
    home = Path.home()
    return [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local" / "share" / "fonts",
        home / ".fonts",
    ]


def list_fonts(on_progress: Progress | None = None) -> tuple[FoundFont, ...]:
    """Every known font of this PC, by face and preference, usable ones before others of a name.

    Reads name tables first, and measures only fonts that a face is known by.
    """
    found: dict[tuple[Face, str], FoundFont] = {}
    for candidate in _candidates(on_progress):
        key = (candidate.face, candidate.family)
        if key in found and found[key].font is not None:
            continue
        checked = _checked(candidate)
        if key not in found or checked.font is not None:
            found[key] = checked
    order = {
        (face, family): place for face in Face for place, family in enumerate(known_families(face))
    }
    faces = list(Face)
    return tuple(
        found[key] for key in sorted(found, key=lambda key: (faces.index(key[0]), order[key]))
    )


def choice_of(families: Mapping[Face, str]) -> FaceChoice:
    """The faces in those fonts; one that this PC lacks, or that is not usable, stays shipped."""
    if not families:
        return BUNDLED
    own: dict[Face, OfficeFont] = {}
    for candidate in _candidates(None):
        if candidate.face in own or families.get(candidate.face) != candidate.family:
            continue
        font = _checked(candidate).font
        if font is not None:
            own[candidate.face] = font
    return _kept(tuple((face, own[face]) for face in Face if face in own))


def look_up(families: Mapping[Face, str]) -> Iterator[FaceChoice | None]:
    """As ``choice_of``, a file at a time, so that ``choice_of`` need not search and measure.

    The choice comes last, after a None for each step before it.
    """
    for path, stamp in _font_files(None):
        for index, known in _known_in(path, stamp):
            if families.get(known[0]) == known[1]:
                _checked(_Candidate(*known, path, index, stamp))
        yield None
    yield choice_of(families)


@lru_cache(maxsize=8)
def _kept(own: tuple[tuple[Face, OfficeFont], ...]) -> FaceChoice:
    """One object for one choice, so that what it looked up serves the next document too."""
    return FaceChoice(own) if own else BUNDLED


# Finding


@dataclass(frozen=True, slots=True)
class _Candidate:
    face: Face
    family: str
    path: Path
    index: int
    stamp: int


def _candidates(on_progress: Progress | None) -> Iterator[_Candidate]:
    """Fonts in the folders whose name table has a known name; unreadable files are passed over."""
    for path, stamp in _font_files(on_progress):
        for index, known in _known_in(path, stamp):
            yield _Candidate(*known, path, index, stamp)


def _font_files(on_progress: Progress | None) -> Iterator[tuple[Path, int]]:
    """The font files of this PC, each with its modification time."""
    files = [file for folder in font_folders() for file in _files(folder)]
    for number, path in enumerate(files):
        if on_progress is not None:
            on_progress(number, len(files))
        try:
            stamp = path.stat().st_mtime_ns
        except OSError:
            continue
        yield path, stamp


def _files(folder: Path) -> list[Path]:
    # walk() passes over folders that cannot be read.
    return sorted(
        Path(place) / name
        for place, _folders, names in os.walk(folder)
        for name in names
        if Path(name).suffix.lower() in _ENDINGS
    )


@cache
def _known_in(path: Path, stamp: int) -> tuple[tuple[int, tuple[Face, str]], ...]:
    """The known fonts of a file, by their index; ``stamp`` makes a replaced file another one."""
    del stamp
    found = []
    try:
        for index, font in _opened(path):
            records = font["name"].names
            names = [str(one.toUnicode()) for one in records if one.nameID in (1, 4, 6, 16)]
            known = next((face for name in names if (face := known_font(name))), None)
            if known is not None and not font["head"].macStyle & 0b11:  # no bold, no italic cut
                found.append((index, known))
    except _BROKEN:
        return ()
    return tuple(found)


def _opened(path: Path) -> Iterator[tuple[int, Any]]:
    """The fonts in a file with their index; tables are read when asked for."""
    with path.open("rb") as stream:
        collected = stream.read(4) == b"ttcf"
        stream.seek(0)
        if collected:
            yield from enumerate(TTCollection(stream, lazy=True).fonts)
        else:
            yield 0, TTFont(stream, lazy=True)


# Checking


class _UnfitError(Exception):
    """Why the font cannot be used, as a phrase."""


def _checked(candidate: _Candidate) -> FoundFont:
    result = _measured(candidate)
    if isinstance(result, str):
        return FoundFont(candidate.face, candidate.family, problem=result)
    return FoundFont(candidate.face, candidate.family, result)


@cache
def _measured(candidate: _Candidate) -> OfficeFont | str:
    """The font with what was measured, or a phrase: why it cannot be used."""
    font = OfficeFont(candidate.family, candidate.path, candidate.index, candidate.stamp)
    try:
        for index, tables in _opened(candidate.path):
            if index == candidate.index:
                _refuse_by_tables(tables)
                return _fitted(font, candidate.face, _Metrics(font, tables))
    except _UnfitError as error:
        return str(error)
    except _BROKEN:
        pass
    return "文件损坏或打不开"


def _refuse_by_tables(tables: Any) -> None:
    if "glyf" not in tables:
        raise _UnfitError("不是 TrueType 轮廓，不能嵌入")
    rights = tables["OS/2"].fsType if "OS/2" in tables else 0
    restricted = rights & _INSTALLABLE_BITS == _RESTRICTED
    if restricted or rights & _NO_SUBSET_OR_OUTLINES:
        raise _UnfitError("字体不允许嵌入文件")


class _Metrics:
    """Widths and ink of a font's characters in em."""

    def __init__(self, font: OfficeFont, tables: Any) -> None:
        drawn: Any = read_office_font(font).face
        self._glyphs: dict[int, int] = drawn.charToGlyph
        self._widths: dict[int, float] = drawn.charWidths
        self._glyf = tables["glyf"]
        self._names = tables.getGlyphOrder()
        self._em = tables["head"].unitsPerEm

    def has(self, character: str) -> bool:
        return bool(self._glyphs.get(ord(character), 0))

    def advance(self, character: str) -> float:
        return self._widths[ord(character)] / 1000

    def ink(self, character: str) -> tuple[float, float, float, float] | None:
        """Left, bottom, right, top; None for a blank."""
        glyph = self._glyph(character)
        if not glyph.numberOfContours:
            return None
        box = (glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax)
        left, bottom, right, top = (edge / self._em for edge in box)
        return left, bottom, right, top

    def dots(self, character: str) -> list[tuple[float, float]]:
        """The middle of each contour from left to right."""
        points, ends, _flags = self._glyph(character).getCoordinates(self._glyf)
        found = []
        for start, end in pairwise([0, *[end + 1 for end in ends]]):
            across = [x for x, _y in points[start:end]]
            up = [y for _x, y in points[start:end]]
            found.append(
                (
                    (min(across) + max(across)) / 2 / self._em,
                    (min(up) + max(up)) / 2 / self._em,
                )
            )
        return sorted(found)

    def _glyph(self, character: str) -> Any:
        glyph = self._glyf[self._names[self._glyphs[ord(character)]]]
        glyph.expand(self._glyf)
        return glyph


def _fitted(font: OfficeFont, face: Face, metrics: _Metrics) -> OfficeFont:
    hanzi = _common_hanzi()
    missing = [character for character in hanzi if not metrics.has(character)]
    if missing:
        raise _UnfitError(f"缺 {len(missing)} 个常用汉字，如“{missing[0]}”")
    missing = [character for character in _MARKS + _LATIN if not metrics.has(character)]
    if missing:
        raise _UnfitError(f"缺标点、数字或字母“{missing[0]}”")
    if any(abs(metrics.advance(character) - 1) > _FULL for character in hanzi):
        raise _UnfitError("汉字宽度不一，排不齐")
    boxes = [box for character in hanzi[::_EVERY] if (box := metrics.ink(character))]
    if not boxes:
        raise _UnfitError("汉字是空白的")
    middle = sum((bottom + top) / 2 for _left, bottom, _right, top in boxes) / len(boxes)
    rise = round(CENTRE[face] - middle, 3)
    rise = rise if abs(rise) >= _STILL else 0.0
    marks = [*OPENING, *CLOSING, *JOINED, *_MARKS, *_DIGITS]
    borrowed = frozenset(
        mark for mark in marks if metrics.has(mark) and not _fits(mark, metrics, rise)
    )
    if face is Face.SONG:  # the page number hangs from the shipped dash: numbering.py
        borrowed |= {"—"}
    return replace(font, rise=rise, borrowed=borrowed)


def _fits(mark: str, metrics: _Metrics, rise: float) -> bool:
    """Whether the font's own drawing of a mark stands as the engine expects it to."""
    advance, ink = metrics.advance(mark), metrics.ink(mark)
    if ink is None:
        return False
    if mark in _DIGITS:
        return _NARROWEST <= advance <= _WIDEST
    if abs(advance - 1) > _FULL:
        return False
    left, _bottom, right, _top = ink
    if mark == "…":
        return _are_even(metrics.dots(mark), rise)
    if mark in JOINED:
        return left <= _EDGE and right >= 1 - _EDGE
    if mark in OPENING:
        return left >= 1 - _HALF_INK
    if mark in CLOSING:
        return right <= (_QUESTION_INK if mark == "？" else _HALF_INK)
    return True


def _are_even(dots: list[tuple[float, float]], rise: float) -> bool:
    """Whether …… is six dots at one pitch in the middle of the line."""
    return len(dots) == 3 and all(
        abs(across - place / 6) <= _DOT_PITCH and abs(up + rise - CENTRE[Face.SONG]) <= _DOT_HEIGHT
        for place, (across, up) in zip((1, 3, 5), dots, strict=True)
    )


@cache
def _common_hanzi() -> str:
    """The 6763 hanzi of GB/T 2312-1980."""
    found = []
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            if row == 0xD7 and cell > 0xF9:  # the last five places of 一级字 are empty
                continue
            found.append(bytes([row, cell]).decode("gb2312"))
    return "".join(found)
