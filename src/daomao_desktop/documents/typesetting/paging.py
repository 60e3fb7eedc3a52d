"""Which lines of a body begin a page: 22 rows each, no heading last, no line alone at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from daomao_desktop.documents.typesetting.closing import Row
from daomao_desktop.documents.typesetting.geometry import ROWS


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A line of the body.

    ``heads``: of a heading, which stays on the page of what follows it. ``goes_on``: not the
    first of its paragraph. ``short``: a few characters, which cannot hold a page by themselves.
    """

    row: Row
    heads: bool = False
    goes_on: bool = False
    short: bool = False


def page_starts(lines: Sequence[BodyLine], room: int) -> list[int]:
    """The lines that begin the second and all further pages; the first page has ``room`` rows."""
    starts: list[int] = []
    begin = 0
    while len(lines) - begin > room:
        begin = _above_headings(lines, begin, begin + room)
        starts.append(begin)
        room = ROWS
    return starts


def not_alone(lines: Sequence[BodyLine], starts: list[int]) -> None:
    """Where a paragraph's last line would stand alone above the signature, one more joins it."""
    if not starts or len(lines) - starts[-1] != 1 or not lines[-1].goes_on:
        return
    begin = starts[-2] if len(starts) > 1 else 0
    if starts[-1] - begin > 1:
        starts[-1] = _above_headings(lines, begin, starts[-1] - 1)


def last_lines(lines: Sequence[BodyLine], begin: int) -> int | None:
    """The line from which on they move to the signature's page; None where none can be spared.

    ``begin``: the first line of the page they stand on, which keeps one at least.
    """
    least = 2 if lines[-1].goes_on or lines[-1].short else 1
    for count in range(least, 0, -1):
        found = len(lines) - count
        if found > begin:
            found = _above_headings(lines, begin, found)
            if not lines[found - 1].heads:
                return found
    return None


def _above_headings(lines: Sequence[BodyLine], begin: int, end: int) -> int:
    """The end of a page that begins and would end there, without a heading as its last line.

    Nothing but headings on the page: it stays as it is.
    """
    found = end
    while found > begin and lines[found - 1].heads:
        found -= 1
    return found if found > begin else end
