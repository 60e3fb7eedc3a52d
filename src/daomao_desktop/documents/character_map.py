"""Which glyph a font has for a character: the table ``cmap``, read at once instead of by number.

ReportLab reads it, and the metrics, by a call for every number: 15 to 50 ms a font, which whoever
opens the first preview waits for.
"""

from __future__ import annotations

import sys
from struct import unpack_from

_WINDOWS, _UNICODE = 3, 0
_SYMBOLS_AND_VARIANTS = 5  # encoding of platform 0 that maps no characters


def character_map(cmap: memoryview) -> dict[int, int] | None:
    """Character code → glyph; None where the table is of a kind that ReportLab has to read.

    Takes the table ReportLab would take: the last one of Unicode. Raises struct.error where it
    ends too early, ValueError where it cannot be right.
    """
    _version, count = unpack_from(">HH", cmap)
    chosen = None
    for place in range(count):
        platform, encoding, offset = unpack_from(">HHL", cmap, 4 + 8 * place)
        if platform == _WINDOWS or (platform == _UNICODE and encoding != _SYMBOLS_AND_VARIANTS):
            chosen = offset
    if chosen is None:
        return None
    (kind,) = unpack_from(">H", cmap, chosen)
    if kind == 12:
        return _groups(cmap[chosen:])
    if kind == 4:
        return _segments(cmap[chosen:])
    return None


def _groups(table: memoryview) -> dict[int, int]:
    """Format 12: ranges of codes, each with the glyph of its first."""
    (count,) = unpack_from(">L", table, 12)
    numbers = unpack_from(f">{3 * count}L", table, 16)
    found: dict[int, int] = {}
    for first, last, glyph in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
        if last > sys.maxunicode:
            raise ValueError(f"no character has the code {last:#x}")
        if first == last:  # most of them, where a font has its hanzi in an order of its own
            found[first] = glyph
            continue
        codes = range(first, last + 1)
        found.update(zip(codes, range(glyph, glyph + len(codes)), strict=True))
    return found


def _segments(table: memoryview) -> dict[int, int]:
    """Format 4: ranges of codes, each moved by a number or looked up in a list."""
    length, _language, doubled = unpack_from(">HHH", table, 2)
    count = doubled // 2
    shape = f">{count}H"
    lasts = unpack_from(shape, table, 14)
    firsts = unpack_from(shape, table, 16 + doubled)
    moves = unpack_from(shape, table, 16 + 2 * doubled)
    lists = unpack_from(shape, table, 16 + 3 * doubled)
    found: dict[int, int] = {}
    for place, (first, last, move) in enumerate(zip(firsts, lasts, moves, strict=True)):
        codes = range(first, last + 1)
        if not lists[place]:
            found.update([(code, (code + move) & 0xFFFF) for code in codes])
            continue
        start = 16 + 3 * doubled + 2 * place + lists[place]
        inside = max(0, min(len(codes), (length - start) // 2))  # some lists end too early
        glyphs = unpack_from(f">{inside}H", table, start) + (0,) * (len(codes) - inside)
        found.update(
            [
                (code, (glyph + move) & 0xFFFF if glyph else 0)
                for code, glyph in zip(codes, glyphs, strict=True)
            ]
        )
    return found
