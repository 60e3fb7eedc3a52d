"""Breaking a paragraph into lines by looking ahead over all of it.

Pure: it knows characters and their advances, no fonts. A line is filled exactly by squeezing
punctuation or by widening the gaps between characters; the set of lines with the least total
cost wins. The same input always gives the same lines.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import accumulate

from daomao_desktop.documents.typesetting.characters import (
    BLANKS,
    CLOSING,
    JOINED,
    OPENING,
    squeeze,
)
from daomao_desktop.documents.typesetting.groups import AMOUNT, FREE, NEVER, break_levels

WIDEST_GAP = 2.0  # points a gap may grow before an unbreakable group is broken instead
_WIDEST_OF_ALL = 4 * WIDEST_GAP
_EPSILON = 0.01
# Characters of a paragraph up to which all lines are weighed together even where rules have to be
# broken; that takes some seconds for a hundred pages of brackets.
_LONGEST_WEIGHED = 10_000

# Costs of a line: exact 0 < squeezed < widened < a group broken < a rule broken (only where the
# text leaves no other way, such as thirty closing brackets in a row).
_SQUEEZED = 20.0
_WIDENED = 30.0
_WIDENED_FULL = 100.0
_SHORT_LAST = 10.0
_LONELY = 100.0  # in a cell: 建议/等次, not 建议等/次
_GROUP = (0.0, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5)
_TOO_WIDE = 1e7
_RULE = 1e10
_AMOUNT_BROKEN = 1e13  # only where it is longer than a line
_INFINITE = float("inf")

_SIDED = CLOSING | OPENING  # marks with a blank side
_SQUEEZED_MARKS = re.compile(f"[{re.escape(''.join(sorted(_SIDED)))}]")
# The two halves of —— and …… stay together (the first is matched); inside a Latin word or a number
# gaps grow only if they must.
_HALVES = re.compile(f"([{''.join(sorted(JOINED))}])(?=\\1)")
_INSIDE = re.compile(r"[\x00-\x1f!-\x7f]{2,}")


@dataclass(frozen=True, slots=True)
class Measured:
    """A paragraph ready to be broken: advances in points, one per character, and break levels."""

    text: str
    advances: Sequence[float]
    squeezes: Sequence[float]
    levels: Sequence[int]
    gaps: bytes  # 1 for each gap between two characters that may grow, as long as others may
    all_gaps: bytes  # 1 for each gap that may grow at all


@dataclass(frozen=True, slots=True)
class Line:
    """Characters start to end (without spaces at the end) and the width they are to fill.

    ``slack`` is what is left over in points when set at natural advances: negative means that
    punctuation is squeezed by that much, positive that the gaps share it unless ``last``.
    """

    start: int
    end: int
    slack: float
    last: bool


def measure(
    text: str, ems: Sequence[float], advances: Sequence[float], names: Sequence[str] = ()
) -> Measured:
    """Prepare a paragraph: widths in em tell full-width marks, advances are in points."""
    squeezes = [0.0] * len(text)
    for match in _SQUEEZED_MARKS.finditer(text):
        place = match.start()
        em = ems[place]
        if part := squeeze(text[place], em):
            squeezes[place] = part * advances[place] / em
    all_gaps = bytearray(b"\1") * (len(text) - 1)
    for match in _HALVES.finditer(text):
        all_gaps[match.start()] = 0
    gaps = all_gaps[:]
    for match in _INSIDE.finditer(text):
        start, end = match.span()
        gaps[start : end - 1] = bytes(end - 1 - start)
    return Measured(
        text, advances, squeezes, break_levels(text, names), bytes(gaps), bytes(all_gaps)
    )


class _Breaker:
    """Prefix sums of one paragraph, so that any line's cost is found in constant time."""

    def __init__(
        self, paragraph: Measured, first: float, width: float, *, ragged: bool = False
    ) -> None:
        self.ragged = ragged
        self.text = text = paragraph.text
        self.levels = paragraph.levels
        self.first = first
        self.width = width
        self.size = len(text)
        self.natural = [0.0, *accumulate(paragraph.advances)]
        self.squeezed = [0.0, *accumulate(paragraph.squeezes)]
        self.gaps = [0, *accumulate(paragraph.gaps)]
        self.all_gaps = [0, *accumulate(paragraph.all_gaps)]
        # Spaces end the line before them and are not set: a line that ends at a place has its last
        # character at ``trimmed``, and one that would end at a space ends at ``ahead``.
        self.trimmed = list(range(self.size + 1))
        self.ahead = list(range(self.size + 1))
        if not BLANKS.isdisjoint(text):
            for place in range(1, self.size + 1):
                if text[place - 1] in BLANKS:
                    self.trimmed[place] = self.trimmed[place - 1]
            for place in range(self.size - 1, -1, -1):
                if text[place] in BLANKS:
                    self.ahead[place] = self.ahead[place + 1]

    def cost(self, start: int, stop: int, *, emergency: bool) -> float | None:
        """Cost of setting characters start to stop as one line; None when it cannot be."""
        last = stop == self.size
        level = FREE if last else self.levels[stop]
        end = self.trimmed[stop]
        if end <= start:
            end = start + 1
        slack = (self.width if start else self.first) - self.natural[end] + self.natural[start]
        if slack < -_EPSILON:
            # An opening mark at a line's start stays where it is: it would leave its column.
            inner = start + 1 if self.text[start] in OPENING else start
            room = self.squeezed[end] - self.squeezed[inner]
            if -slack > room + _EPSILON:
                return None
            cost = _SQUEEZED * (slack / room) ** 2 + 1.0 if room else 1.0
        elif last:
            cost = _SHORT_LAST if start and end - start <= 2 else 0.0
            if self.ragged and start and end - start == 1:
                cost = _LONELY
        elif slack <= _EPSILON:
            cost = 0.0
        elif self.ragged:
            cost = _WIDENED_FULL * (slack / self.width) ** 2
        elif level >= AMOUNT and not emergency:
            return _INFINITE
        else:
            gap = self.gap(start, end, slack)
            if gap > WIDEST_GAP:
                if not emergency:
                    return _INFINITE
                cost = (
                    _TOO_WIDE * (gap / WIDEST_GAP) ** 2
                )  # rather two wide lines than a gaping one
            else:
                cost = _WIDENED + _WIDENED_FULL * (gap / WIDEST_GAP) ** 2
        if level == FREE:
            return cost
        if level >= AMOUNT:
            broken = _RULE if level == NEVER else _AMOUNT_BROKEN
            return cost + broken if emergency else _INFINITE
        return cost + _GROUP[level]

    def gap(self, start: int, end: int, slack: float) -> float:
        """How much each gap of a line grows; gaps inside words and numbers only if they must."""
        few = self.gaps[end - 1] - self.gaps[start]
        if few and slack / few <= WIDEST_GAP:
            return slack / few
        many = self.all_gaps[end - 1] - self.all_gaps[start]
        return slack / many if many else slack * 2

    def best(self, *, emergency: bool) -> list[int] | None:
        """Places to break at, the paragraph's end included; None when no way is left.

        The cheapest place reached so far is the next to go on from, so that what costs more than
        the best way to the end is never looked at. Of ways that cost the same, the one that comes
        to each of its places from the earliest start.
        """
        size = self.size
        costs = [_INFINITE] * (size + 1)
        before = [0] * (size + 1)
        costs[0] = 0.0
        reached = [(0.0, 0)]
        ahead = self.ahead
        while reached:
            so_far, start = heappop(reached)
            if so_far > costs[size]:
                break
            if so_far > costs[start] or start == size:
                continue
            alone = True
            stop = start + 1 if emergency or self.ragged else self._shortest(start)
            while stop <= size:
                stop = ahead[stop]
                cost = self.cost(start, stop, emergency=emergency)
                if cost is None and not (emergency and alone):
                    break
                alone = False
                total = so_far + (_TOO_WIDE if cost is None else cost)
                if total < costs[stop]:
                    costs[stop] = total
                    before[stop] = start
                    heappush(reached, (total, stop))
                elif total == costs[stop] != _INFINITE and start < before[stop]:
                    before[stop] = start
                stop += 1
        if costs[size] == _INFINITE:
            return None
        places = [size]
        while before[places[-1]]:
            places.append(before[places[-1]])
        return places[::-1]

    def _shortest(self, start: int) -> int:
        """Where a line may end at the earliest: a shorter one is not filled by the widest gaps."""
        natural = self.natural
        width = self.width if start else self.first
        full = bisect_left(natural, natural[start] + width, start, self.size)
        target = natural[start] + width - WIDEST_GAP * (full - start + 1) - 1.0
        return max(start + 1, bisect_left(natural, target, start, self.size))

    def greedy(self) -> list[int]:
        """Places to break at where each line is as good as it can be by itself."""
        places: list[int] = []
        start = 0
        while start < self.size:
            stop = best = self.ahead[start + 1]
            least = _INFINITE
            while (cost := self.cost(start, stop, emergency=True)) is not None:
                if cost <= least:  # the longer of two that cost the same
                    least, best = cost, stop
                if stop == self.size:
                    break
                stop = self.ahead[stop + 1]
            places.append(best)
            start = best
        return places


def break_paragraph(
    paragraph: Measured, first: float, width: float, *, ragged: bool = False
) -> tuple[Line, ...]:
    """Lines of a paragraph: the first has ``first`` points, the others ``width``.

    ``ragged`` lines (in a table's cell) need not be filled.
    """
    if not paragraph.text:
        return ()
    breaker = _Breaker(paragraph, first, width, ragged=ragged)
    places = breaker.best(emergency=False)
    if places is None:
        hopeless = len(paragraph.text) > _LONGEST_WEIGHED
        places = breaker.greedy() if hopeless else breaker.best(emergency=True)
    assert places is not None  # single characters always make lines
    lines = []
    start = 0
    for stop in places:
        end = max(breaker.trimmed[stop], start + 1)
        room = width if start else first
        slack = room - (breaker.natural[end] - breaker.natural[start])
        lines.append(Line(start, end, slack, ragged or stop == breaker.size))
        start = stop
    return tuple(lines)


def spread(paragraph: Measured, line: Line) -> tuple[list[float], list[float]]:
    """For each character of a line: points before it (≤ 0) and points added after it.

    Blank sides of marks go in this order: at the line's end, between neighbouring marks, then
    everywhere evenly; the widening of gaps is even.
    """
    count = line.end - line.start
    before = [0.0] * count
    after = [0.0] * count
    if line.slack < -_EPSILON:
        _squeeze_marks(paragraph, line, before, after)
    elif line.slack > _EPSILON and not line.last:
        flags = paragraph.gaps[line.start : line.end - 1]
        if not any(flags) or line.slack / sum(flags) > WIDEST_GAP:
            flags = paragraph.all_gaps[line.start : line.end - 1]
        # Gaps beyond the limit occur only where the text leaves no other way, such as before an
        # amount; what is then still far from filled is left ragged.
        if any(flags) and (gap := line.slack / sum(flags)) <= _WIDEST_OF_ALL:
            after = [gap if flag else 0.0 for flag in flags] + [0.0]
    return before, after


def _squeeze_marks(
    paragraph: Measured, line: Line, before: list[float], after: list[float]
) -> None:
    text = paragraph.text
    need = -line.slack
    last = line.end - 1
    ends: list[int] = []
    neighbours: list[int] = []
    rest: list[int] = []
    for i, part in enumerate(paragraph.squeezes[line.start : line.end], line.start):
        if not part:
            continue
        if text[i] in CLOSING:
            if i == last:
                ends.append(i)
            else:
                (neighbours if text[i + 1] in _SIDED else rest).append(i)
        elif i > line.start:
            (neighbours if text[i - 1] in _SIDED else rest).append(i)
    for tier in (ends, neighbours, rest):
        room = sum(paragraph.squeezes[i] for i in tier)
        if room <= 0 or need < 1e-6:
            continue
        share = min(1.0, need / room)
        for i in tier:
            taken = paragraph.squeezes[i] * share
            if text[i] in OPENING:
                before[i - line.start] -= taken
            else:
                after[i - line.start] -= taken
        need -= room * share
