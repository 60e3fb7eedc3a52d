"""Drawing composed pages: the same pages always give the same bytes.

ReportLab makes the file and embeds the fonts; what stands on a page is written here.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from math import hypot
from operator import itemgetter
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from daomao_desktop.documents import fonts
from daomao_desktop.documents.embedding import Used
from daomao_desktop.documents.fonts import Face
from daomao_desktop.documents.pdf_objects import Written, add, stream
from daomao_desktop.documents.typesetting.marks import Mark, OrnamentMark, Page, RuleMark

# zlib's usual level 6 takes a third longer for four per cent in size.
_LEVEL = 4

# Outlines of rare characters in a title are drawn this thick (em): no font has them in bold.
_STROKE = 0.03

# A stamp across the page: points at the most, part of the page's diagonal, and how light it is
_STAMP_SIZE = 150.0
_STAMP_PART = 0.62
_STAMP_GREY = 0.87

# How characters are shown: the font's name in the document, how narrow they are drawn (1: as they
# are), em by which they are drawn higher, and whether a lighter font's hanzi stand in for 小标宋
_How = tuple[str, float, float, bool]
# How a character is shown, its code in hexadecimal, its advance in em as drawn
_Character = tuple[_How, str, float]
# How characters are shown, their codes and number, the sum of their advances
_Shown = tuple[_How, str, int, float]


class _Characters(dict[str, _Character]):
    """The characters of a face in a document, each numbered as it turns up."""

    def __init__(self, face: Face, document: Any) -> None:
        super().__init__()
        self._face = face
        self._document = document
        # For each font, stretch and rise the way it is shown (one object each, so that characters
        # shown alike are told by it) and what the document uses of the font
        self._ways: dict[tuple[str, float, float], tuple[_How, Used]] = {}

    def __missing__(self, character: str) -> _Character:
        (run,) = fonts.runs(character, self._face)
        key = run.font, run.stretch, run.rise
        how, used = self._ways.get(key) or self._way(*key)
        code = f"{used[ord(character)]:04x}"
        found = self[character] = (how, code, fonts.char_width(character, self._face))
        return found

    def _way(self, name: str, stretch: float, rise: float) -> tuple[_How, Used]:
        font: Any = pdfmetrics.getFont(name)
        used: Used = font.used(self._document)
        thin = self._face is Face.TITLE and name in fonts.NOT_BOLD
        found = self._ways[name, stretch, rise] = (f"/{used.name}", stretch / 100, rise, thin), used
        return found


class _Strings(dict[tuple[str, Face], list[_Shown]]):
    """Texts in a face as strings of characters that are shown alike.

    Kept, for much is said again in a document, and has the same codes in all of it.
    """

    def __init__(self, document: Any) -> None:
        super().__init__()
        self._characters = {face: _Characters(face, document) for face in Face}

    def __missing__(self, key: tuple[str, Face]) -> list[_Shown]:
        text, face = key
        characters = self._characters[face]
        found = self[key] = []
        for how, group in groupby([characters[one] for one in text], itemgetter(0)):
            _ways, codes, widths = zip(*group, strict=True)
            found.append((how, "".join(codes), len(codes), sum(widths)))
        return found


class _Writer:
    """Writes pages into ReportLab's document: one string a piece, with character spacing.

    ``drawString`` would need a call and a position for every character that is squeezed.
    """

    def __init__(self, document: Any) -> None:
        self._document = document
        self._strings = _Strings(document)

    def write(self, page: Page, stamp: str = "") -> None:
        """Add the page to the document, the stamp under its marks; one left blank stays blank."""
        document = self._document
        width, height = page.paper
        under = self._stamped(stamp, width, height) if stamp and page.marks else []
        code = "\n".join([*under, *self._code(page.marks, height)]).encode("ascii")
        contents = add(document, stream(zlib.compress(code, _LEVEL)))
        parent = document.Reference(document.Pages).format(document).decode("ascii")
        resources = document.Reference(document.idToObject["BasicFonts"]).format(document)
        written = Written(
            f"<< /Type /Page /Parent {parent} /MediaBox [0 0 {width:.3f} {height:.3f}] "
            f"/Resources << /Font {resources.decode('ascii')} /ProcSet [/PDF /Text] >> "
            f"/Contents {contents} >>"
        )
        document.addPage(written)

    def _stamped(self, stamp: str, width: float, height: float) -> list[str]:
        """Operators that write the stamp from corner to corner, in a grey that text is read on."""
        shown = self._strings[stamp, Face.HEI]
        natural = sum(advance for _how, _codes, _length, advance in shown)
        along = hypot(width, height)
        size = min(_STAMP_SIZE, _STAMP_PART * along / natural)
        across, up = width / along, height / along
        begin = (along - natural * size) / 2
        code = ["q", f"{_STAMP_GREY} g", "BT"]
        for (name, narrow, _rise, _thin), codes, _length, advance in shown:
            # Its middle, not its foot, is on the line between the corners.
            x = begin * across + 0.38 * size * up
            y = begin * up - 0.38 * size * across
            code += [
                f"{narrow * 100:.2f} Tz {name} {size:.2f} Tf",
                f"{across:.5f} {up:.5f} {-up:.5f} {across:.5f} {x:.3f} {y:.3f} Tm <{codes}> Tj",
            ]
            begin += advance * size
        return [*code, "ET", "Q"]

    def _code(self, marks: Sequence[Mark], height: float) -> list[str]:
        """Operators that draw the marks in order on a page of that height in points."""
        strings = self._strings
        code: list[str] = []
        red = False
        in_text = False
        font = ("", 0.0)
        tracking = raised = 0.0
        stretch = 100.0
        for mark in marks:
            if isinstance(mark, OrnamentMark):
                if in_text:
                    code.append("ET")
                    in_text = False
                code += _ornament(mark, height)
                continue
            if mark.red is not red:
                if in_text:
                    code.append("ET")
                    in_text = False
                red = mark.red
                code.append("1 0 0 rg 1 0 0 RG" if red else "0 g 0 G")
            if isinstance(mark, RuleMark):
                if in_text:
                    code.append("ET")
                    in_text = False
                code.append(
                    f"{mark.thickness:.3f} w {mark.x:.3f} {height - mark.y:.3f} m "
                    f"{mark.x2:.3f} {height - mark.y2:.3f} l S"
                )
                continue
            if not in_text:
                code.append("BT")
                in_text = True
            x, y, size = mark.x, height - mark.y, mark.size
            scale = mark.stretch / 100
            along = 0.0
            level = f"{y:.3f} Tm"
            last = None  # size and stretch may be others
            for face, text, spacing, lead in mark.pieces:
                along += lead
                for how, codes, length, advance in strings[text, face]:
                    if how is not last:
                        last = how
                        name, narrow, rise, thin = how
                        if mark.stretch * narrow != stretch:
                            stretch = mark.stretch * narrow
                            code.append(f"{stretch:.2f} Tz")
                        if (name, size) != font:
                            font = (name, size)
                            code.append(f"{name} {size:g} Tf")
                        if rise * size != raised:
                            raised = rise * size
                            code.append(f"{raised:.3f} Ts")
                    # Spacing is between characters: one alone needs none. Tz narrows it too, which
                    # is meant for a whole line only.
                    if length > 1 and spacing / narrow != tracking:
                        tracking = spacing / narrow
                        code.append(f"{tracking:.4f} Tc")
                    # Every string is placed on its own: readers differ in whether the spacing
                    # after a string's last character counts.
                    if mark.turned:
                        shown = f"0 -1 1 0 {x:.3f} {y - along:.3f} Tm <{codes}> Tj"
                    else:
                        shown = f"1 0 0 1 {x + along:.3f} {level} <{codes}> Tj"
                    if weight := mark.weight or (_STROKE if thin else 0.0):
                        shown = f"{weight * size:.3f} w 2 Tr {shown} 0 Tr"
                    code.append(shown)
                    along += (advance * size + spacing * length) * scale
        if in_text:
            code.append("ET")
        return code


@lru_cache(maxsize=32)  # the same ones stand on every page of a run
def _ornament(mark: OrnamentMark, height: float) -> tuple[str, ...]:
    """Operators that draw an ornament and leave the colours before it as they were."""
    colour = " ".join(f"{part:g}" for part in mark.colour)
    code = ["q", f"{colour} rg {colour} RG"]
    if mark.thickness:
        code.append(f"{mark.thickness:.3f} w 1 J 1 j")
    for start, *pieces in mark.paths:
        code.append(f"{_points(start, height)} m")
        code += [f"{_points(one, height)} {'l' if len(one) == 2 else 'c'}" for one in pieces]
    return (*code, "S" if mark.thickness else "f", "Q")


def _points(points: Sequence[float], height: float) -> str:
    return " ".join(
        f"{height - value:.3f}" if place % 2 else f"{value:.3f}"
        for place, value in enumerate(points)
    )


def draw(
    pages: Iterable[Page],
    *,
    title: str,
    author: str,
    subject: str,
    posted: bool = False,
    stamp: str = "",
) -> bytes:
    """The PDF of composed pages, with its metadata; fonts embedded and subset, no clock inside.

    Pages are taken one by one, so that a long run of papers need not be composed at once.
    ``posted``: the file itself says that it is printed on one side. ``stamp``: words across every
    page that is not blank, under its text.
    """
    made = io.BytesIO()
    with fonts.DRAWING:
        font: Any = fonts.main_font(Face.FANG)  # without it Helvetica would be in the file
        canvas: Any = Canvas(made, invariant=1, initialFontName=font, lang="zh-CN")
        canvas.setTitle(title)
        canvas.setAuthor(author)
        canvas.setSubject(subject)
        canvas.setCreator("daomao-desktop")
        canvas.setProducer("daomao-desktop")
        canvas.setViewerPreference("DisplayDocTitle", "true")
        canvas.setViewerPreference("PrintScaling", "None")
        if posted:
            canvas.setViewerPreference("Duplex", "Simplex")
        writer = _Writer(canvas._doc)  # noqa: SLF001 - ReportLab has no other way to its document
        for page in pages:
            writer.write(page, stamp)
        canvas.save()
    return made.getvalue()
