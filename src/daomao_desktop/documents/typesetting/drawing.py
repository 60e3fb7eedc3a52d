"""Drawing composed pages with ReportLab: the same pages always give the same bytes."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from daomao_desktop.documents import fonts
from daomao_desktop.documents.fonts import Face
from daomao_desktop.documents.typesetting.marks import Page, RuleMark, TextMark

# Page streams as plain bytes: text encoding (ASCII85) costs a tenth of the time and a fifth in size
rl_config.useA85 = 0
# zlib's usual level 6 takes half as long again for two per cent in size
_LEVEL = 4

# Outlines of rare characters in a title are drawn this thick (em): no font has them in bold.
_STROKE = 0.03


def _deflate(_filter: Any, data: Any) -> bytes:
    return zlib.compress(data.encode("utf8") if isinstance(data, str) else data, _LEVEL)


# ReportLab has no setting for the level.
pdfdoc.PDFStreamFilterZCompress.encode = _deflate  # type: ignore[method-assign,assignment]


class _Shown(NamedTuple):
    """Characters of one font as they stand in this document.

    ``font``: its name there. ``codes``: hexadecimal. ``advance``: em, as drawn. ``narrow``: 1 as it
    is. ``rise``: em it is drawn higher. ``thin``: a lighter font's hanzi stand in for 小标宋.
    """

    font: str
    codes: str
    length: int
    advance: float
    narrow: float
    rise: float
    thin: bool


class _Sheet(Canvas):
    """A canvas that writes text operators itself: one string a piece, with character spacing.

    ``drawString`` would need a call and a position for every character that is squeezed.
    """

    _code: list[str]
    _doc: Any

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self._kept: dict[tuple[str, Face], list[_Shown]] = {}

    def show_marks(self, marks: Sequence[TextMark | RuleMark], height: float) -> None:
        """Append the marks of a page of that height (points) in order."""
        code = self._code
        red = False
        in_text = False
        font = ("", 0.0)
        tracking = raised = 0.0
        stretch = 100.0
        for mark in marks:
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
            along = 0.0
            x, y, size = mark.x, height - mark.y, mark.size
            scale = mark.stretch / 100
            for piece in mark.pieces:
                along += piece.lead
                for shown in self._shown(piece.text, piece.face):
                    if (wanted := mark.stretch * shown.narrow) != stretch:
                        code.append(f"{wanted:.2f} Tz")
                        stretch = wanted
                    # Tz narrows the spacing too, which is meant for a whole line only.
                    if (wanted := piece.tracking / shown.narrow) != tracking:
                        code.append(f"{wanted:.4f} Tc")
                        tracking = wanted
                    if (shown.font, size) != font:
                        font = (shown.font, size)
                        code.append(f"{shown.font} {size:g} Tf")
                    if (wanted := shown.rise * size) != raised:
                        code.append(f"{wanted:.3f} Ts")
                        raised = wanted
                    # Every string is placed on its own: readers differ in whether the spacing
                    # after a string's last character counts.
                    if mark.turned:
                        text = f"0 -1 1 0 {x:.3f} {y - along:.3f} Tm <{shown.codes}> Tj"
                    else:
                        text = f"1 0 0 1 {x + along:.3f} {y:.3f} Tm <{shown.codes}> Tj"
                    if shown.thin:
                        text = f"{_STROKE * size:.3f} w 2 Tr {text} 0 Tr"
                    code.append(text)
                    along += (shown.advance * size + piece.tracking * shown.length) * scale
        if in_text:
            code.append("ET")

    def _shown(self, text: str, face: Face) -> list[_Shown]:
        """The text in strings of one font each; kept, for much is said again in a document."""
        key = text, face
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = []
            for run in fonts.runs(text, face):
                font: Any = pdfmetrics.getFont(run.font)
                used = font.used(self._doc)
                found.append(
                    _Shown(
                        f"/{used.name}",
                        run.text.translate(used).encode("utf-16-be").hex(),
                        len(run.text),
                        fonts.width(run.text, face, 1.0),
                        run.stretch / 100,
                        run.rise,
                        face is Face.TITLE and run.font in fonts.NOT_BOLD,
                    )
                )
        return found


def draw(pages: Iterable[Page], *, title: str, author: str, subject: str) -> bytes:
    """The PDF of composed pages, with its metadata; fonts embedded and subset, no clock inside.

    Pages are taken one by one, so that a long run of papers need not be composed at once.
    """
    stream = io.BytesIO()
    with fonts.DRAWING:
        canvas = _Sheet(
            stream,
            invariant=1,
            pageCompression=1,
            initialFontName=fonts.main_font(Face.FANG),
            lang="zh-CN",
        )
        canvas.setTitle(title)
        canvas.setAuthor(author)
        canvas.setSubject(subject)
        canvas.setCreator("daomao-desktop")
        canvas.setProducer("daomao-desktop")
        canvas.setViewerPreference("DisplayDocTitle", "true")
        canvas.setViewerPreference("PrintScaling", "None")
        for page in pages:
            canvas.setPageSize(page.paper)
            canvas.show_marks(page.marks, page.paper[1])
            canvas.showPage()
        canvas.save()
    return stream.getvalue()
