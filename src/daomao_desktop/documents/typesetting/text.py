"""Text set in faces: measuring, single lines, and paragraphs broken into lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from daomao_desktop.documents.fonts import Face, char_width, width
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
    if size != SIZE_3:
        return SetLine((Piece(face, text),), width(text, face, size))
    tracks = [grid_tracking(char_width(character, face)) for character in text]
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
    pieces: list[Piece] = []
    start = 0
    for place in range(1, len(text) + 1):
        if (
            place == len(text)
            or tracks[place] != tracks[start]
            or faces[place] is not faces[start]
            or leads[place]
        ):
            pieces.append(Piece(faces[start], text[start:place], tracks[start], leads[start]))
            start = place
    return tuple(pieces)


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
    ems = [char_width(character, face) for character, face in zip(text, faces, strict=True)]
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
        tracks = [
            round(track + more, 4) for track, more in zip(natural[start:end], after, strict=True)
        ]
        advance = sum(measured.advances[start:end]) + sum(before) + sum(after)
        lines.append(SetLine(_pieces(text[start:end], faces[start:end], tracks, before), advance))
    return lines


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
