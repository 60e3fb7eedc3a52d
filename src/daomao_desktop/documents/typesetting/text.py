"""Text set in faces: measuring, single lines, and paragraphs broken into lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, compress, count, groupby, pairwise
from operator import add, ne

from daomao_desktop.documents.fonts import Face, FaceChoice, advances, current, width
from daomao_desktop.documents.typesetting.breaking import (
    Measured,
    break_paragraph,
    measure,
    spread,
)
from daomao_desktop.documents.typesetting.characters import BLANKS
from daomao_desktop.documents.typesetting.geometry import (
    ASCENT,
    CELL,
    HALF_TRACKING,
    SIZE_3,
    TRACKING,
)
from daomao_desktop.documents.typesetting.marks import Piece, TextMark

_LONGEST_KEPT = 1000  # characters
_FULL = 0.75  # em from which on a character counts as full width on the grid


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line ready to be placed: its pieces and its advance in points."""

    pieces: tuple[Piece, ...]
    width: float

    def at(self, x: float, top: float, size: float = SIZE_3, *, red: bool = False) -> TextMark:
        """The line with its left end at ``x`` and the top of its glyphs at ``top``."""
        return TextMark(x, top + ASCENT * size, size, self.pieces, red)


def grid_tracks(ems: Sequence[float]) -> list[float]:
    """Points by which characters of 16 pt are set tighter to stand on the grid."""
    return [TRACKING if em >= _FULL else HALF_TRACKING for em in ems]


def single(text: str, face: Face, size: float = SIZE_3) -> SetLine:
    """Text on one line at natural advances; 三号 stands on the grid."""
    return _single(text, face, size, current())


@lru_cache(maxsize=1024)
def _single(text: str, face: Face, size: float, _choice: FaceChoice) -> SetLine:
    if size != SIZE_3:
        return SetLine((Piece(face, text),), width(text, face, size))
    tracks = grid_tracks(advances(text, face))
    pieces = _pieces(text, [face] * len(text), tracks)
    return SetLine(pieces, width(text, face, size) + sum(tracks))


def joined(*parts: SetLine) -> SetLine:
    """Lines one after another as one line."""
    return SetLine(
        tuple(piece for part in parts for piece in part.pieces), sum(part.width for part in parts)
    )


def _pieces(
    text: str,
    faces: Sequence[Face],
    tracks: Sequence[float],
    leads: Sequence[float] = (),
    turns: Sequence[int] = (),
) -> tuple[Piece, ...]:
    """Merge neighbouring characters that are set alike; the face changes at ``turns``."""
    if not text:
        return ()
    edges = list(compress(count(1), map(ne, tracks, tracks[1:])))
    if turns:
        edges = sorted({*edges, *turns})
    if any(leads):
        edges = sorted({*edges, *[i for i, lead in enumerate(leads) if i and lead]})
    else:
        leads = [0.0] * len(text)
    return tuple(
        [
            Piece(faces[start], text[start:end], tracks[start], leads[start])
            for start, end in pairwise([0, *edges, len(text)])
        ]
    )


def paragraph(
    text: str,
    faces: Sequence[Face],
    *,
    first: float,
    width: float,
    names: Sequence[str] = (),
    size: float = SIZE_3,
    ragged: bool = False,
) -> list[SetLine]:
    """Break a paragraph: ``first`` and ``width`` are the points its lines have to fill.

    ``faces`` has one face for each character; ``ragged`` lines are not filled. Raises
    MissingGlyph.
    """
    runs = tuple([(face, len(list(group))) for face, group in groupby(faces)])
    inside = tuple([name for name in names if name in text])
    found = _paragraph if len(text) <= _LONGEST_KEPT else _paragraph.__wrapped__
    return list(found(text, runs, first, width, inside, size, ragged, current()))


# Notices of one kind share most of their paragraphs. Whoever asks gets what would be computed anew.
@lru_cache(maxsize=256)
def _paragraph(
    text: str,
    runs: tuple[tuple[Face, int], ...],
    first: float,
    width: float,
    names: tuple[str, ...],
    size: float,
    ragged: bool,
    _choice: FaceChoice,
) -> tuple[SetLine, ...]:
    ems: list[float] = []
    faces: list[Face] = []
    for face, number in runs:
        ems += advances(text[len(ems) : len(ems) + number], face)
        faces += [face] * number
    turns = list(accumulate([number for _face, number in runs[:-1]]))
    natural = grid_tracks(ems) if size == SIZE_3 else [0.0] * len(ems)
    wide = [em * size + track for em, track in zip(ems, natural, strict=True)]
    if sum(wide) <= first and text[-1:] not in BLANKS:  # most cells, addressees, last lines
        return (SetLine(_pieces(text, faces, natural, turns=turns), sum(wide)),) if text else ()
    measured: Measured = measure(text, ems, wide, names)
    lines = []
    for line in break_paragraph(measured, first, width, ragged=ragged):
        before, after = spread(measured, line)
        start, end = line.start, line.end
        tracks = natural[start:end]
        if any(after):
            tracks = list(map(add, tracks, after))
        inside = [turn - start for turn in turns if start < turn < end]
        pieces = _pieces(text[start:end], faces[start:end], tracks, before, inside)
        advance = sum(measured.advances[start:end]) + sum(before) + sum(after)
        lines.append(SetLine(pieces, advance))
    return tuple(lines)


def plain(
    text: str,
    face: Face,
    width: float,
    *,
    first: float | None = None,
    names: Sequence[str] = (),
    size: float = SIZE_3,
    ragged: bool = False,
) -> list[SetLine]:
    """A paragraph in one face."""
    return paragraph(
        text,
        [face] * len(text),
        first=width if first is None else first,
        width=width,
        names=names,
        size=size,
        ragged=ragged,
    )


INDENT = 2 * CELL
