"""Cells of tables: their lines placed inside a column, numbers below each other by their points."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from daomao_desktop.documents.fonts import Face, width
from daomao_desktop.documents.typesetting.document import Align
from daomao_desktop.documents.typesetting.geometry import SIZE_4
from daomao_desktop.documents.typesetting.marks import Page, RuleMark
from daomao_desktop.documents.typesetting.text import SetLine, plain, single
from daomao_desktop.errors import DaomaoError

RULE = 0.5
PITCH = 1.35  # of the size: lines inside a cell and below a table
_PAD = 5 / 14  # of the size: between a cell's text and its sides
_SMALLEST = 8.0  # points a column of numbers may be set in where it is narrow
_NUMBER = re.compile(r"([￥¥]?[+\-−－]?[\d,]+)((?:\.\d+)?[%％]?)")


def pad(size: float) -> float:
    """Points between text of that size and the rules around it."""
    return size * _PAD


@dataclass(frozen=True, slots=True)
class Points:
    """Where the numbers of a column have their decimal points, in points from its left."""

    at: float
    size: float

    @classmethod
    def of(cls, texts: Iterable[str], room: float, size: float) -> Points:
        """The widest left and right parts together are centred in a column ``room`` wide.

        Raises DaomaoError where they are too wide even when set small.
        """
        left = right = 0.0
        for text in texts:
            for line in text.split("\n"):
                if found := _NUMBER.fullmatch(line):
                    left = max(left, width(found[1], Face.FANG, 1.0))
                    right = max(right, width(found[2], Face.FANG, 1.0))
        inside = room - 2 * pad(size)
        if (left + right) * size > inside:
            size = inside / (left + right)
            if size < _SMALLEST:
                raise DaomaoError("表中有的数字太长，一栏排不下，请核对数字或改用横向纸张。")
        return cls((room + (left - right) * size) / 2, size)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's lines with their left ends; ``x`` and ``width`` are the column's.

    ``foot``: a line in its lower right corner.
    """

    lines: tuple[tuple[SetLine, float], ...]
    x: float
    width: float
    size: float
    foot: SetLine | None = None

    @property
    def height(self) -> float:
        lines = len(self.lines) + (self.foot is not None)
        return lines * PITCH * self.size + 2 * pad(self.size)

    def draw(self, page: Page, top: float, height: float) -> None:
        """Put the lines on the page: centred in ``height``, above a foot from the top."""
        pitch = PITCH * self.size
        gap = pad(self.size)
        y = top + (height - len(self.lines) * pitch + pitch - self.size) / 2
        if self.foot is not None:
            y = top + gap + (pitch - self.size) / 2
            x = self.x + self.width - gap - self.foot.width
            page.marks.append(self.foot.at(x, top + height - gap - pitch, self.size))
        for line, x in self.lines:
            if line.width:
                page.marks.append(line.at(x, y, self.size))
            y += pitch


def set_cell(
    text: str,
    face: Face,
    place: tuple[float, float],
    align: Align,
    *,
    size: float = SIZE_4,
    names: Sequence[str] = (),
    points: Points | None = None,
    foot: str = "",
) -> Cell:
    """Set a cell's text in a column at ``place`` (left end and width); line feeds in it break.

    ``points`` is the column's where ``align`` is DECIMAL; what is no number is centred there.
    """
    x, wide = place
    if points is not None:
        size = points.size
    gap = pad(size)
    room = wide - 2 * gap
    lines: list[tuple[SetLine, float]] = []
    for part in text.split("\n"):
        if points is not None and (number := _NUMBER.fullmatch(part)):
            start = x + points.at - width(number[1], face, size)
            lines.append((single(part, face, size), start))
            continue
        whole = single(part, face, size)
        broken = [whole]
        if whole.width > room:
            broken = plain(part, face, room, names=names, size=size, ragged=True)
        for line in broken:
            left = x + gap
            if align is Align.RIGHT:
                left = x + wide - gap - line.width
            elif align is not Align.LEFT:
                left = x + (wide - line.width) / 2
            lines.append((line, left))
    return Cell(tuple(lines), x, wide, size, single(foot, face, size) if foot else None)


def draw_row(page: Page, cells: Sequence[Cell], top: float, height: float) -> None:
    """Texts of one row, centred in height, then its rules on all sides."""
    for cell in cells:
        cell.draw(page, top, height)
    left, right = cells[0].x, cells[-1].x + cells[-1].width
    page.rule(top, RULE, x=left, x2=right)
    page.rule(top + height, RULE, x=left, x2=right)
    for x in [*(cell.x for cell in cells), right]:
        page.marks.append(RuleMark(x, top - RULE / 2, x, top + height + RULE / 2, RULE))


def columns(shares: Sequence[float], left: float, wide: float) -> list[tuple[float, float]]:
    """Left end and width of columns that share ``wide`` points from ``left``."""
    total = sum(shares)
    places = []
    for share in shares:
        places.append((left, wide * share / total))
        left += wide * share / total
    return places
