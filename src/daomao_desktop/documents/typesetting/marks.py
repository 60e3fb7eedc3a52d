"""Marks on a page, positioned in points from its top left corner: text, rules and ornaments."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from daomao_desktop.documents.fonts import Face
from daomao_desktop.documents.typesetting.geometry import (
    LANDSCAPE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    PORTRAIT,
    Area,
)


class Piece(NamedTuple):
    """Characters of one face set alike; a page has some sixty.

    ``tracking`` points are added after every character; ``lead`` points (≤ 0) come before the
    first, where a mark's blank left side is taken away.
    """

    face: Face
    text: str
    tracking: float = 0.0
    lead: float = 0.0


@dataclass(frozen=True, slots=True)
class TextMark:
    """A line of text from ``x`` on a baseline ``y``; ``stretch``: the glyphs' width in per cent.

    ``turned`` text runs from the top down, its glyphs' feet towards the left. ``weight``: em of
    ink put around the glyphs, where a face is too light for its size.
    """

    x: float
    y: float
    size: float
    pieces: tuple[Piece, ...]
    red: bool = False
    stretch: float = 100.0
    turned: bool = False
    weight: float = 0.0

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class RuleMark:
    """A straight rule; ``y`` and ``y2`` are the middle of its thickness."""

    x: float
    y: float
    x2: float
    y2: float
    thickness: float
    red: bool = False


Colour = tuple[float, float, float]
"""Red, green and blue, 0 to 1."""

Path = tuple[tuple[float, ...], ...]
"""Where it begins, then for each piece the end of a straight line, or a curve's three points."""


@dataclass(frozen=True, slots=True)
class OrnamentMark:
    """Paths in a colour of their own: drawn ``thickness`` points wide, or filled where it is 0."""

    paths: tuple[Path, ...]
    colour: Colour
    thickness: float = 0.0


Mark = TextMark | RuleMark | OrnamentMark


@dataclass(slots=True)
class Page:
    """Marks of one page in reading order; ``numbered`` pages carry their page number.

    A ``landscape`` page is A4 lying, with its own 版心.
    """

    marks: list[Mark] = field(default_factory=list)
    numbered: bool = True
    landscape: bool = False

    @property
    def area(self) -> Area:
        return LANDSCAPE if self.landscape else PORTRAIT

    @property
    def paper(self) -> tuple[float, float]:
        """Width and height of the page as it is read, in points."""
        return (PAGE_HEIGHT, PAGE_WIDTH) if self.landscape else (PAGE_WIDTH, PAGE_HEIGHT)

    def rule(self, y: float, thickness: float, *, x: float, x2: float, red: bool = False) -> None:
        """Add a horizontal rule whose middle is at ``y``."""
        self.marks.append(RuleMark(x, y, x2, y, thickness, red))
