"""The container of old office files (MS-CFB), read with every length checked.

calamine trusts the lengths in it and aborts the whole process on a damaged one, so each file is
walked here first; the stream it hands out tells what has to be refused.
"""

from __future__ import annotations

import struct

_HEADER = struct.Struct("<8s16sHHHHH6x9I")
_ENTRY = struct.Struct("<64sHBB3I16xI8x8xIQ")
_FREE_FROM = 0xFFFFFFFA  # sector numbers from here on mean "none", "end" and the like
_STREAM, _ROOT = 2, 5


class Damaged(ValueError):
    """A length or a chain that cannot be."""


def read_streams(data: bytes, wanted: frozenset[str]) -> dict[str, bytes]:
    """The wanted streams by name, where they are there; raises Damaged."""
    try:
        return _Reader(data).read(wanted)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise Damaged(str(error)) from error


class _Reader:
    def __init__(self, data: bytes) -> None:
        fields = _HEADER.unpack_from(data)
        _, _, _, major, _, shift, mini_shift = fields[:7]
        directories, tables, first, _, self._cutoff, mini_first, minis, more, mores = fields[7:]
        if (major, shift) not in ((3, 9), (4, 12)) or mini_shift != 6:
            raise Damaged("version")
        self._data = data
        self._size = 1 << shift
        self._count = len(data) // self._size
        if max(directories, tables, minis, mores) > self._count:
            raise Damaged("counts")
        self._first = first
        self._fat = self._table(tables, more)
        self._mini_fat = self._numbers(self._chain(mini_first)) if minis else ()

    def read(self, wanted: frozenset[str]) -> dict[str, bytes]:
        directory = self._chain(self._first)
        found = {}
        small = b""
        for at in range(0, len(directory) - 127, 128):
            raw, length, kind, *_, start, size = _ENTRY.unpack_from(directory, at)
            if not kind:
                continue
            name = raw[: max(0, min(length, 64) - 2)].decode("utf-16-le")
            size &= 0xFFFFFFFF if self._size == 512 else 0xFFFFFFFFFFFFFFFF
            if size > len(self._data):
                raise Damaged(f"size of {kind}")
            if kind == _ROOT:
                small = self._chain(start)[:size] if size else b""
            elif kind == _STREAM and name in wanted:
                if size >= self._cutoff:
                    found[name] = self._chain(start)[:size]
                else:
                    found[name] = self._small_chain(start, small)[:size]
        return found

    def _sector(self, number: int) -> bytes:
        if number + 2 > self._count + 1:
            raise Damaged("sector")
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    def _table(self, tables: int, more: int) -> tuple[int, ...]:
        """The file allocation table, whose own sectors are listed in the header and beyond."""
        listed = list(struct.unpack_from("<109I", self._data, 76))
        seen = 0
        while more < _FREE_FROM:
            *further, more = self._numbers(self._sector(more))
            listed += further
            seen += 1
            if seen > self._count:
                raise Damaged("loop")
        sectors = [number for number in listed if number < _FREE_FROM][:tables]
        return self._numbers(b"".join(self._sector(number) for number in sectors))

    def _chain(self, start: int) -> bytes:
        parts = []
        while start < _FREE_FROM:
            parts.append(self._sector(start))
            start = self._fat[start]
            if len(parts) > self._count:
                raise Damaged("loop")
        return b"".join(parts)

    def _small_chain(self, start: int, small: bytes) -> bytes:
        parts = []
        while start < _FREE_FROM:
            parts.append(small[start * 64 : start * 64 + 64])
            start = self._mini_fat[start]
            if len(parts) > len(self._mini_fat):
                raise Damaged("loop")
        return b"".join(parts)

    @staticmethod
    def _numbers(data: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])
