"""Drawing composed pages with ReportLab: the same pages always give the same bytes."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

from reportlab import rl_config
from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from daomao_desktop.documents import fonts
from daomao_desktop.documents.fonts import Face
from daomao_desktop.documents.typesetting.marks import Page, Piece, RuleMark, TextMark

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


class _Sheet(Canvas):
    """A canvas that writes text operators itself: one string a piece, with character spacing.

    ``drawString`` would need a call and a position for every character that is squeezed.
    """

    _code: list[str]
    _doc: Any

    def show_marks(self, marks: Sequence[TextMark | RuleMark], height: float) -> None:
        """Append the marks of a page of that height (points) in order."""
        code = self._code
        red = False
        in_text = False
        font = tracking = ""
        stretch = "100.00 Tz"
        raised = 0.0
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
            scale = mark.stretch / 100
            for piece in mark.pieces:
                along += piece.lead
                for text, name, codes, narrow, rise, thin in self._encoded(piece):
                    if (wanted := f"{mark.stretch * narrow:.2f} Tz") != stretch:
                        code.append(wanted)
                        stretch = wanted
                    # Tz narrows the spacing too, which is meant for a whole line only.
                    if (wanted := f"{piece.tracking / narrow:.4f} Tc") != tracking:
                        code.append(wanted)
                        tracking = wanted
                    if (wanted := f"{name} {mark.size:g} Tf") != font:
                        code.append(wanted)
                        font = wanted
                    if (above := rise * mark.size) != raised:
                        code.append(f"{above:.3f} Ts")
                        raised = above
                    # Every string is placed on its own: readers differ in whether the spacing
                    # after a string's last character counts.
                    if mark.turned:
                        place = f"0 -1 1 0 {mark.x:.3f} {height - mark.y - along:.3f}"
                    else:
                        place = f"1 0 0 1 {mark.x + along:.3f} {height - mark.y:.3f}"
                    shown = f"{place} Tm ({escapePDF(codes)}) Tj"
                    if thin:
                        shown = f"{_STROKE * mark.size:.3f} w 2 Tr {shown} 0 Tr"
                    code.append(shown)
                    advance = fonts.width(text, piece.face, mark.size)
                    along += (advance + piece.tracking * len(text)) * scale
        if in_text:
            code.append("ET")

    def _encoded(self, piece: Piece) -> list[tuple[str, str, bytes, float, float, bool]]:
        """The piece in strings of one subset font each.

        Text, font's name in the file, codes, how narrow it is drawn (1: as it is), how much higher
        (em), and whether a lighter font's hanzi stand in for 小标宋.
        """
        found = []
        for run in fonts.runs(piece.text, piece.face):
            thin = piece.face is Face.TITLE and run.font in fonts.NOT_BOLD
            font: Any = pdfmetrics.getFont(run.font)
            start = 0
            for subset, codes in font.splitString(run.text, self._doc):
                text = run.text[start : start + len(codes)]
                start += len(codes)
                name = font.getSubsetInternalName(subset, self._doc)
                found.append((text, name, codes, run.stretch / 100, run.rise, thin))
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
            initialFontName=fonts.main_font(Face.FANG),  # type: ignore[arg-type]  # stub says float
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
