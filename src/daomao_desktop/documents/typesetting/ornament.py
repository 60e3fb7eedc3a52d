"""The border of a certificate: a band of 回纹 between rules, and scrolls of cloud in its corners.

Drawn as vectors in a red and a gold that stay apart when a printer has only black: nothing is
filled over a large area and no line is a hair.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import cache

from daomao_desktop.documents.typesetting.geometry import MM
from daomao_desktop.documents.typesetting.marks import Colour, OrnamentMark, Path

RED: Colour = (0.84, 0.05, 0.07)
GOLD: Colour = (0.71, 0.51, 0.15)

# From the sheet's edge to the middle of each line: printers leave 4 to 6 mm blank.
_OUTER = 9.6 * MM
_OUTER_THICK = 1.1 * MM
_RULE = 11.6 * MM
_RULE_THICK = 0.35 * MM
_BAND = 13.2 * MM  # the fret's outermost line
_PITCH = 1.15 * MM  # between the fret's lines
_FRET_THICK = 0.55 * MM
_CLOUD_THICK = 0.6 * MM
_INNER = _BAND + 4 * _PITCH + (_BAND - _RULE)
_LAST = _INNER + 1.2 * MM
_LAST_THICK = 0.3 * MM
INSIDE = _LAST + _LAST_THICK
"""From the sheet's edge to where the border ends, in points."""

# A pair of square spirals, back to back, in pitches: along the band and across it
_SPIRAL = ((0, 0), (0, 4), (4, 4), (4, 0), (1, 0), (1, 3), (3, 3), (3, 1), (2, 1), (2, 2))
_PAIR = (
    *((4 - along, across) for along, across in reversed(_SPIRAL)),
    *((5 + along, across) for along, across in _SPIRAL),
)
_PERIOD = 10

_TURNS = 1.45

# One half of a corner's 流云 in millimetres from where the border ends: a spiral's centre and
# radius, and how far off its tail begins and how near the border
_CLOUDS = (
    (11.2, 6.4, 4.4, 41.0, 1.2),
    (19.6, 5.0, 3.1, 36.0, 1.5),
    (26.4, 3.7, 2.0, 33.0, 1.8),
)
_PEARL = 4.2  # a lozenge on the diagonal

_Point = tuple[float, float]
_Turn = Callable[[float, float], _Point]


@cache
def border(width: float, height: float) -> tuple[OrnamentMark, ...]:
    """The border of a sheet of that size in points."""
    corners = tuple(_corners(width, height))

    def boxes(*edges: float) -> tuple[Path, ...]:
        return tuple(_box(edge, width, height) for edge in edges)

    def in_corners(made: Callable[[_Turn], Iterator[Path]]) -> tuple[Path, ...]:
        return tuple(path for turn in corners for path in made(turn))

    return (
        OrnamentMark(boxes(_OUTER), GOLD, _OUTER_THICK),
        OrnamentMark((*boxes(_RULE, _INNER), *in_corners(_square)), RED, _RULE_THICK),
        OrnamentMark(tuple(_fret(width, height)), GOLD, _FRET_THICK),
        OrnamentMark(boxes(_LAST), GOLD, _LAST_THICK),
        OrnamentMark(in_corners(_petals), RED),
        OrnamentMark(in_corners(_heart), GOLD),
        OrnamentMark(in_corners(_clouds), GOLD, _CLOUD_THICK),
        OrnamentMark(in_corners(_pearl), RED),
    )


def flourish(middle: float, y: float, half: float) -> tuple[OrnamentMark, ...]:
    """A gold line under a heading, tapering to both sides of a red lozenge, ``half`` each way."""
    gap, thick = 4.5 * MM, 0.45 * MM
    tapers: list[Path] = []
    for side in (-1, 1):
        near, far = middle + side * gap, middle + side * half
        tapers.append(((near, y - thick), (far, y), (near, y + thick)))
    large, small = 2.0 * MM, 0.9 * MM
    lozenges = [_lozenge(middle, y, large)]
    dots = [_lozenge(middle + side * (gap - 1.0 * MM), y, small) for side in (-1, 1)]
    return (OrnamentMark((*tapers, *dots), GOLD), OrnamentMark(tuple(lozenges), RED))


def _lozenge(x: float, y: float, half: float) -> tuple[_Point, _Point, _Point, _Point]:
    return ((x - half, y), (x, y - half), (x + half, y), (x, y + half))


def _box(edge: float, width: float, height: float) -> Path:
    right, bottom = width - edge, height - edge
    return ((edge, edge), (right, edge), (right, bottom), (edge, bottom), (edge, edge))


def _corners(width: float, height: float) -> Iterator[_Turn]:
    """Ways from a place seen from a corner, along and down, to the sheet."""
    for right in (False, True):
        for low in (False, True):

            def turn(x: float, y: float, right: bool = right, low: bool = low) -> _Point:
                return (width - x if right else x, height - y if low else y)

            yield turn


def _fret(width: float, height: float) -> Iterator[Path]:
    """The four sides between the corner squares, symmetric, whole pairs only."""
    start = _INNER + (_BAND - _RULE)
    for length, upright in ((width, False), (height, True)):
        room = length - 2 * start
        pairs = round((room / _PITCH + 1) / _PERIOD)
        step = room / (pairs * _PERIOD - 1)  # a little off the pitch, so that the pairs fit
        for far in (False, True):
            for pair in range(pairs):
                points = []
                for along, across in _PAIR:
                    x = start + (pair * _PERIOD + along) * step
                    y = _BAND + (4 - across) * _PITCH
                    if far:
                        y = (width if upright else height) - y
                    points.append((y, x) if upright else (x, y))
                yield tuple(points)


def _square(turn: _Turn) -> Iterator[Path]:
    """Where the band turns there is a square, ruled off from it."""
    yield (turn(_INNER, _RULE), turn(_INNER, _INNER), turn(_RULE, _INNER))


def _petals(turn: _Turn) -> Iterator[Path]:
    """柿蒂纹 in the square: four petals, pointed, towards its corners."""
    middle = (_RULE + _INNER) / 2
    long, wide = (_INNER - _RULE) * 0.56, (_INNER - _RULE) * 0.27
    for quarter in range(4):
        a = math.pi / 4 + quarter * math.pi / 2

        def at(along: float, aside: float, a: float = a) -> _Point:
            return turn(
                middle + along * math.cos(a) - aside * math.sin(a),
                middle + along * math.sin(a) + aside * math.cos(a),
            )

        yield (
            at(0, 0),
            (*at(long * 0.2, wide * 1.25), *at(long * 0.75, wide * 0.9), *at(long, 0)),
            (*at(long * 0.75, -wide * 0.9), *at(long * 0.2, -wide * 1.25), *at(0, 0)),
        )


def _heart(turn: _Turn) -> Iterator[Path]:
    """The middle of the petals."""
    middle = (_RULE + _INNER) / 2
    yield _disc(*turn(middle, middle), 0.95 * MM)


def _disc(x: float, y: float, radius: float) -> Path:
    k = radius * 0.5523
    return (
        (x + radius, y),
        (x + radius, y + k, x + k, y + radius, x, y + radius),
        (x - k, y + radius, x - radius, y + k, x - radius, y),
        (x - radius, y - k, x - k, y - radius, x, y - radius),
        (x + k, y - radius, x + radius, y - k, x + radius, y),
    )


def _spiral(x: float, y: float, radius: float) -> Path:
    """Curves that wind inwards from the spiral's foot, leftwards first, to nearly its middle."""
    steps = round(_TURNS * 8)
    sweep = _TURNS * 2 * math.pi / steps
    shrink = 0.8 * radius / steps

    def point(step: int) -> tuple[float, float, float, float]:
        """A point on it and a third of the way to the next along its direction."""
        a, r = math.pi / 2 + step * sweep, radius - step * shrink
        dx = -r * math.sin(a) * sweep - shrink * math.cos(a)
        dy = r * math.cos(a) * sweep - shrink * math.sin(a)
        return x + r * math.cos(a), y + r * math.sin(a), dx / 3, dy / 3

    found: list[tuple[float, ...]] = []
    for step in range(steps):
        ax, ay, adx, ady = point(step)
        bx, by, bdx, bdy = point(step + 1)
        found.append((ax + adx, ay + ady, bx - bdx, by - bdy, bx, by))
    return tuple(found)


def _clouds(turn: _Turn) -> Iterator[Path]:
    """Clouds that drift from the corner along both its sides."""
    for upright in (False, True):

        def at(points: tuple[float, ...], upright: bool = upright) -> tuple[float, ...]:
            found: list[float] = []
            for x, y in zip(points[::2], points[1::2], strict=True):
                along, down = (y, x) if upright else (x, y)
                found += turn(INSIDE + along * MM, INSIDE + down * MM)
            return tuple(found)

        for x, y, radius, far, near in _CLOUDS:
            foot = y + radius
            third = (far - x) / 3
            tail = (far - third, near, x + third, foot, x, foot)
            yield tuple(at(one) for one in ((far, near), tail, *_spiral(x, y, radius)))


def _pearl(turn: _Turn) -> Iterator[Path]:
    place = INSIDE + _PEARL * MM
    yield tuple(turn(x, y) for x, y in _lozenge(place, place, 1.5 * MM))
