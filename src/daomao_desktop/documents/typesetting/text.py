"""Text set in faces: measuring, single lines, and paragraphs broken into lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from operator import add

from daomao_desktop.documents.fonts import Face, FaceChoice, advances, current, width
from daomao_desktop.documents.typesetting.breaking import (
    Measured,
    break_paragraph,
    measure,
    spread,
)
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


def grid_tracking(em_width: float) -> float:
    """Points by which a 16 pt character is set tighter to stand on the grid."""
    return TRACKING if em_width >= _FULL else HALF_TRACKING


def single(text: str, face: Face, size: float = SIZE_3) -> SetLine:
    """Text on one line at natural advances; 三号 stands on the grid."""
    return _single(text, face, size, current())


@lru_cache(maxsize=1024)
def _single(text: str, face: Face, size: float, _choice: FaceChoice) -> SetLine:
    if size != SIZE_3:
        return SetLine((Piece(face, text),), width(text, face, size))
    tracks = [grid_tracking(em) for em in advances(text, face)]
    pieces = _pieces(text, [face] * len(text), tracks, [0.0] * len(text))
    return SetLine(pieces, width(text, face, size) + sum(tracks))


def joined(*parts: SetLine) -> SetLine:
    """Lines one after another as one line."""
    return SetLine(
        tuple(piece for part in parts for piece in part.pieces), sum(part.width for part in parts)
    )


def _pieces(
    text: str, faces: Sequence[Face], tracks: Sequence[float], leads: Sequence[float]
) -> tuple[Piece, ...]:
    """Merge neighbouring characters that are set alike."""
    if not text:
        return ()
    alike = list(zip(faces, tracks, strict=True))
    starts = [i for i, (one, two) in enumerate(pairwise(alike), 1) if one != two]
    if any(leads):
        starts = sorted({*starts, *[i for i, lead in enumerate(leads) if i and lead]})
    return tuple(
        [
            Piece(faces[start], text[start:end], tracks[start], leads[start])
            for start, end in pairwise([0, *starts, len(text)])
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
    for face, count in runs:
        ems += advances(text[len(ems) : len(ems) + count], face)
        faces += [face] * count
    natural = [grid_tracking(em) for em in ems] if size == SIZE_3 else [0.0] * len(ems)
    measured: Measured = measure(
        text,
        ems,
        [em * size + track for em, track in zip(ems, natural, strict=True)],
        names,
    )
    lines = []
    for line in break_paragraph(measured, first, width, ragged=ragged):
        before, after = spread(measured, line)
        start, end = line.start, line.end
        tracks = natural[start:end]
        if any(after):
            tracks = list(map(add, tracks, after))
        rounded = {track: round(track, 4) for track in set(tracks)}
        tracks = [rounded[track] for track in tracks]
        advance = sum(measured.advances[start:end]) + sum(before) + sum(after)
        lines.append(SetLine(_pieces(text[start:end], faces[start:end], tracks, before), advance))
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
