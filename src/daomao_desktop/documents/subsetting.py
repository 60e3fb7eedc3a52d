"""TrueType programs with a document's glyphs only, made from glyphs kept ready.

What is kept of a glyph (its outline, padded, and its share of the table's checksum) depends on the
font alone, never on another document: a document has the same bytes alone and after a hundred
others. The program has the tables that PDF 32000-1:2008, 9.9 asks for in a CIDFontType2: head,
hhea, maxp, hmtx, loca, glyf, and cvt, fpgm and prep where the glyphs may run them. Names, OS/2,
cmap and post are for those who install a font.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from struct import pack, unpack, unpack_from

_MASK = 0xFFFFFFFF
_WHOLE_FILE = 0xB1B0AFBA  # what the checksum of a whole font has to be (OpenType, head)
_ADJUSTMENT = 8  # of the checksum in head
_LOCA_FORMAT = 50
_METRICS = 34  # number of advances in hhea
_GLYPHS = 4  # number of glyphs in maxp
_LONGEST_SHORT = 2 * 0xFFFF  # bytes of outlines that halved offsets of 16 bits reach

# Flags of a component (OpenType, glyf)
_WORDS = 0x0001
_SCALE = 0x0008
_MORE = 0x0020
_SCALES = 0x0040
_MATRIX = 0x0080


@dataclass(frozen=True, slots=True)
class _Glyph:
    """An outline padded to whole words, its checksum, and where a composite names its parts."""

    data: bytes
    checksum: int
    metrics: bytes  # as in hmtx
    parts: tuple[tuple[int, int], ...] = ()  # offset in the data, glyph of the font


def advances(tables: Mapping[str, memoryview]) -> tuple[int, ...]:
    """The advance of each glyph in units of the font; raises struct.error if hmtx is too short."""
    glyphs: int = unpack_from(">H", tables["maxp"], _GLYPHS)[0]
    count: int = unpack_from(">H", tables["hhea"], _METRICS)[0]
    pairs: tuple[int, ...] = unpack_from(f">{2 * count}H", tables["hmtx"])
    found = pairs[::2]
    return found + found[-1:] * (glyphs - count)  # the last one holds for all that follow


class Subsetter:
    """Makes programs of a font's glyphs."""

    def __init__(self, tables: Mapping[str, memoryview]) -> None:
        """``tables`` of the font file by name; outlines are read as they are needed."""
        self.advances = advances(tables)
        self._kept: dict[int, _Glyph] = {}
        self._glyf = tables["glyf"]
        self._loca = tables["loca"]
        self._long = tables["head"][_LOCA_FORMAT + 1]
        self._hmtx = tables["hmtx"]
        (self._full,) = unpack_from(">H", tables["hhea"], _METRICS)
        self._headings = {tag: bytes(tables[tag]) for tag in ("head", "hhea", "maxp")}
        hinting = ("cvt ", "fpgm", "prep") if "fpgm" in tables else ()
        self._copied = {tag: bytes(tables[tag]) for tag in hinting if tag in tables}

    def program(self, glyphs: Sequence[int]) -> bytes:
        """A TrueType file of these glyphs of the font, numbered as they stand here.

        The first has to be glyph 0; parts of composite glyphs are added after the last.
        """
        chosen = list(glyphs)
        outlines = [self._glyph(glyph) for glyph in chosen]
        if any(outline.parts for outline in outlines):
            outlines = self._with_parts(chosen, outlines)
        ends = [0, *accumulate([len(outline.data) for outline in outlines])]
        short = ends[-1] <= _LONGEST_SHORT
        count = len(chosen)
        head = bytearray(self._headings["head"])
        head[_ADJUSTMENT : _ADJUSTMENT + 4] = bytes(4)
        head[_LOCA_FORMAT : _LOCA_FORMAT + 2] = pack(">H", 0 if short else 1)
        hhea = bytearray(self._headings["hhea"])
        hhea[_METRICS : _METRICS + 2] = pack(">H", count)
        maxp = bytearray(self._headings["maxp"])
        maxp[_GLYPHS : _GLYPHS + 2] = pack(">H", count)
        tables: dict[str, bytes] = {
            "hhea": bytes(hhea),
            "hmtx": b"".join([outline.metrics for outline in outlines]),
            "loca": (
                pack(f">{count + 1}H", *[end >> 1 for end in ends])
                if short
                else pack(f">{count + 1}L", *ends)
            ),
            "maxp": bytes(maxp),
            **self._copied,
        }
        sums = {tag: _checksum(data) for tag, data in tables.items()}
        tables["glyf"] = b"".join([outline.data for outline in outlines])
        sums["glyf"] = sum([outline.checksum for outline in outlines]) & _MASK
        sums["head"] = _checksum(bytes(head))
        tables["head"] = bytes(head)
        return _assembled(tables, sums)

    def _with_parts(self, chosen: list[int], outlines: list[_Glyph]) -> list[_Glyph]:
        """Adds the parts of composites to ``chosen``; returns the outlines naming them anew."""
        places = {glyph: place for place, glyph in reversed(list(enumerate(chosen)))}
        for outline in outlines:  # grows while it is read: a part may be a composite too
            for _offset, part in outline.parts:
                if part not in places:
                    places[part] = len(chosen)
                    chosen.append(part)
                    outlines.append(self._glyph(part))
        found = []
        for outline in outlines:
            if outline.parts:
                data = bytearray(outline.data)
                for offset, part in outline.parts:
                    data[offset : offset + 2] = pack(">H", places[part])
                found.append(replace(outline, data=bytes(data), checksum=_checksum(bytes(data))))
            else:
                found.append(outline)
        return found

    def _glyph(self, glyph: int) -> _Glyph:
        found = self._kept.get(glyph)
        if found is None:
            if self._long:
                start, end = unpack_from(">LL", self._loca, 4 * glyph)
            else:
                start, end = (2 * half for half in unpack_from(">HH", self._loca, 2 * glyph))
            data = bytes(self._glyf[start:end])
            data += bytes(-len(data) % 4)
            # hmtx: pairs of advance and bearing, then bearings alone
            place = 4 * glyph + 2 if glyph < self._full else 2 * (self._full + glyph)
            metrics = pack(">H", self.advances[glyph]) + bytes(self._hmtx[place : place + 2])
            found = self._kept[glyph] = _Glyph(data, _checksum(data), metrics, _parts(data))
        return found


def _parts(data: bytes) -> tuple[tuple[int, int], ...]:
    if not data or not data[0] & 0x80:  # a number of contours, negative for a composite
        return ()
    found = []
    offset = 10
    more = True
    while more:
        flags, part = unpack_from(">HH", data, offset)
        found.append((offset + 2, part))
        offset += 8 if flags & _WORDS else 6
        offset += 2 if flags & _SCALE else 4 if flags & _SCALES else 8 if flags & _MATRIX else 0
        more = bool(flags & _MORE)
    return tuple(found)


def _checksum(data: bytes) -> int:
    """Sum of the 32-bit words, the last filled up with zeros."""
    data += bytes(-len(data) % 4)
    words: tuple[int, ...] = unpack(f">{len(data) // 4}L", data)
    return sum(words) & _MASK


def _assembled(tables: dict[str, bytes], sums: dict[str, int]) -> bytes:
    """The file: directory, then the tables in the order of their names, each on a whole word."""
    count = len(tables)
    power = count.bit_length() - 1
    directory = [pack(">LHHHH", 0x00010000, count, 16 << power, power, 16 * (count - (1 << power)))]
    offset = 12 + 16 * count
    body = []
    adjusted = 0
    for tag in sorted(tables):
        data = tables[tag]
        directory.append(pack(">4sLLL", tag.encode("ascii"), sums[tag], offset, len(data)))
        if tag == "head":
            adjusted = offset + _ADJUSTMENT
        body.append(data)
        body.append(bytes(-len(data) % 4))
        offset += len(data) + len(body[-1])
    heading = b"".join(directory)
    whole = (_WHOLE_FILE - _checksum(heading) - sum(sums.values())) & _MASK
    program = bytearray(b"".join([heading, *body]))
    program[adjusted : adjusted + 4] = pack(">L", whole)
    return bytes(program)
