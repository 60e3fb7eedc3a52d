"""Measuring a finished PDF: characters, lines and rules in millimetres from the page's top left."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pdfplumber
import pytest

from daomao_desktop.documents.typesetting import Paper, typeset

MM = 25.4 / 72
CELL = 156 / 28
ROW = 225 / 22
EM_3 = 16 * MM
EM_4 = 14 * MM
FANG, KAI, HEI = "FandolFang-Regular", "FandolKai-Regular", "GongwenHei-Regular"
TITLE, SONG = "GongwenTitleSong-Bold", "NotoSerifSC-Regular"


def near(value: float, tolerance: float = 0.5) -> object:
    return pytest.approx(value, abs=tolerance)


@dataclass(frozen=True)
class Glyph:
    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    font: str
    red: bool
    turned: bool = False

    def beside(self, other: Glyph) -> bool:
        """Whether both stand on one baseline in one size; a dash may be raised a little."""
        apart = self.x0 - other.x0 if self.turned else self.top - other.top
        return self.turned is other.turned and self.size == other.size and abs(apart) < 0.7


@dataclass(frozen=True)
class Rule:
    x0: float
    x1: float
    y0: float
    y1: float
    thickness: float
    red: bool


@dataclass(frozen=True)
class Line:
    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def x0(self) -> float:
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        return self.glyphs[-1].x1

    @property
    def top(self) -> float:
        return self.glyphs[0].top

    @property
    def bottom(self) -> float:
        return self.glyphs[0].bottom

    @property
    def size(self) -> float:
        return self.glyphs[0].size

    @property
    def font(self) -> str:
        return self.glyphs[0].font


@dataclass(frozen=True)
class MeasuredPage:
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]

    @property
    def lines(self) -> list[Line]:
        """Glyphs of one baseline each, in the order they were drawn."""
        found: list[list[Glyph]] = []
        for glyph in self.glyphs:
            if found and glyph.beside(found[-1][-1]):
                found[-1].append(glyph)
            else:
                found.append([glyph])
        return [Line(tuple(glyphs)) for glyphs in found]

    def line(self, start: str) -> Line:
        """The one line that begins with ``start``."""
        matching = [line for line in self.lines if line.text.startswith(start)]
        assert len(matching) == 1, (start, [line.text for line in self.lines])
        return matching[0]

    @property
    def level_rules(self) -> list[Rule]:
        return sorted((rule for rule in self.rules if rule.y0 == rule.y1), key=lambda rule: rule.y0)


def _is_red(colour: Any) -> bool:
    return tuple(colour or ()) == (1, 0, 0)


@lru_cache(maxsize=64)
def measure(pdf: bytes) -> tuple[MeasuredPage, ...]:
    """Everything on the pages, in millimetres."""
    pages = []
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            glyphs = tuple(
                Glyph(
                    char["text"],
                    char["x0"] * MM,
                    char["x1"] * MM,
                    char["top"] * MM,
                    char["bottom"] * MM,
                    round(char["size"] if char["upright"] else char["x1"] - char["x0"], 2),
                    char["fontname"].split("+")[-1],
                    _is_red(char["non_stroking_color"]),
                    not char["upright"],
                )
                for char in page.chars
            )
            rules = tuple(
                Rule(
                    line["x0"] * MM,
                    line["x1"] * MM,
                    line["top"] * MM,
                    line["bottom"] * MM,
                    line["linewidth"] * MM,
                    _is_red(line["stroking_color"]),
                )
                for line in page.lines
            )
            pages.append(
                MeasuredPage(float(page.width) * MM, float(page.height) * MM, glyphs, rules)
            )
            page.close()
    return tuple(pages)


def pages(paper: Paper) -> tuple[MeasuredPage, ...]:
    return measure(typeset(paper))


def text_of(pdf: bytes) -> str:
    """All text in the order it was drawn, a line feed after each line and page."""
    return "\n\n".join("\n".join(line.text for line in page.lines) for page in measure(pdf))
