"""The records of an old workbook's stream (MS-XLS), looked at before calamine reads them.

calamine aborts the whole process on a record that lies about its length, and tells neither number
formats nor links to other files nor macro sheets: hence this walk.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

_BOF, _DIMENSIONS, _SHEET, _FORMAT, _STYLE = 0x0809, 0x0200, 0x0085, 0x041E, 0x00E0
_NUMBER, _SMALL_NUMBER, _SMALL_NUMBERS, _FORMULA = 0x0203, 0x027E, 0x00BD, 0x0006
_STRINGS, _PASSWORD, _OTHER_BOOK, _MERGED = 0x00FC, 0x002F, 0x01AE, 0x00E5
_CELLS = {_NUMBER, _SMALL_NUMBER, _SMALL_NUMBERS, _FORMULA, 0x00FD, 0x0204, 0x00D6, 0x0205, 0x0201}
_CELLS |= {0x00BE}
_OWN_SHEETS, _ADD_INS, _UNUSED = b"\x01\x04", b"\x01\x3a", b"\x01\x00"
_MACRO_SHEET = 1  # Excel 4.0 macros
_ROWS, _COLUMNS = 65_536, 256
_LARGEST_AREA = 4_000_000  # cells between the outermost ones; calamine holds them all


class Damaged(ValueError):
    """A length or a place that cannot be."""


@dataclass(slots=True)
class Book:
    """What was found; ``formats``: number format of each number's cell, by sheet order.

    Rows and columns count from 1. ``too_wide``: a sheet spreads over too many cells to hold.
    """

    locked: bool = False
    linked: bool = False
    macros: bool = False
    too_wide: bool = False
    sheets: list[int] = field(default_factory=list)
    formats: list[dict[tuple[int, int], str]] = field(default_factory=list)


def look_into(stream: bytes) -> Book:
    """Walks every record; raises Damaged for a length or a place that cannot be."""
    try:
        return _walk(stream)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise Damaged(str(error)) from error


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if at + 4 + length > len(stream):
            return  # cut off, or rubbish behind the end: what is missing is found out later
        yield at, kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _walk(stream: bytes) -> Book:
    book = Book()
    custom: dict[int, str] = {}
    styles: list[int] = []
    places: dict[int, dict[tuple[int, int], int]] = {}
    current: dict[tuple[int, int], int] = {}
    area = _Area()
    for at, kind, body in _records(stream):
        if kind == _BOF:
            current = places.setdefault(at, {})
            area = _Area()
        elif kind == _PASSWORD:
            book.locked = True
            return book  # what follows is enciphered
        elif kind == _OTHER_BOOK:
            book.linked |= body[2:4] not in (_OWN_SHEETS, _ADD_INS, _UNUSED)
        elif kind == _STRINGS and struct.unpack_from("<II", body)[1] > len(stream):
            raise Damaged("strings")
        elif kind == _SHEET:
            book.sheets.append(struct.unpack_from("<I", body)[0])
            book.macros |= body[5] == _MACRO_SHEET
        elif kind == _DIMENSIONS:
            _check_dimensions(body)
        elif kind == _MERGED and struct.unpack_from("<H", body)[0] * 8 != len(body) - 2:
            raise Damaged("merged")
        elif kind == _FORMAT:
            custom[struct.unpack_from("<H", body)[0]] = _format_text(body[2:])
        elif kind == _STYLE:
            styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind in _CELLS:
            row, column = struct.unpack_from("<HH", body)
            area.include(row, column)
            if kind == _SMALL_NUMBERS:
                last = struct.unpack_from("<H", body, len(body) - 2)[0]
                if (last - column + 1) * 6 != len(body) - 6:
                    raise Damaged("numbers")
                for step in range(last - column + 1):
                    style = struct.unpack_from("<H", body, 4 + step * 6)[0]
                    current[row + 1, column + step + 1] = style
                area.include(row, last)
            elif kind in (_NUMBER, _SMALL_NUMBER, _FORMULA):
                current[row + 1, column + 1] = struct.unpack_from("<H", body, 4)[0]
            book.too_wide |= area.size > _LARGEST_AREA
    for start in book.sheets:
        if start not in places:
            raise Damaged("sheet")
        book.formats.append(
            {
                place: custom.get(styles[style], _BUILT_IN.get(styles[style], "General"))
                for place, style in places[start].items()
                if style < len(styles)
            }
        )
    return book


@dataclass(slots=True)
class _Area:
    """The rectangle around all cells of a sheet."""

    top: int = _ROWS
    left: int = _COLUMNS
    bottom: int = 0
    right: int = 0

    def include(self, row: int, column: int) -> None:
        if column >= _COLUMNS:
            raise Damaged("column")
        self.top, self.bottom = min(self.top, row), max(self.bottom, row)
        self.left, self.right = min(self.left, column), max(self.right, column)

    @property
    def size(self) -> int:
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)


def _check_dimensions(body: bytes) -> None:
    if len(body) >= 14:
        top, bottom, left, right = struct.unpack_from("<IIHH", body)
    else:
        top, bottom, left, right = struct.unpack_from("<HHHH", body)
    if top > bottom or bottom > _ROWS or left > right or right > _COLUMNS:
        raise Damaged("dimensions")


def _format_text(body: bytes) -> str:
    """A format's text: two bytes length, one of flags in the newer files, characters."""
    length, flags = struct.unpack_from("<HB", body)
    if flags & 1:
        return body[3 : 3 + 2 * length].decode("utf-16-le")
    return body[3 : 3 + length].decode("latin-1")


_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}
_BUILT_IN |= {14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy"}
