"""The contestants of ``benchmarks.notices``, each in a process of its own.

A contestant turns notices into the bytes of one PDF: a list of one is "a file a notice", a longer
list "all in one". All set the same words in the same font files (小标宋, 仿宋, 黑体), with their
fonts loaded once where their library lets them.

- ours: from the notice's data (``Deduction``) to bytes, line breaking included.
- bare: the floor. ReportLab as an ordinary program uses it: ``registerFont`` once, then
  ``Canvas(stream, pagesize=A4, pageCompression=1)`` and otherwise default settings, one
  ``drawString`` a line (two where the font changes in it) with one ``charSpace``, rules with
  ``line``, ``showPage``, ``save``. It breaks no lines: the places of all lines are taken beforehand
  from our composed pages. Nothing of daomao_desktop is imported there.
- tuned: the same with what a reader of ReportLab's source would set: no ASCII85, no 95 ASCII
  glyphs in each subset (``asciiReadable=False``), no Helvetica.
- platypus: ReportLab's paragraphs, justified, ``wordWrap="CJK"``.
- typst: one ``Compiler`` kept, words passed as ``sys_inputs``, without tags (ours has none).
- weasyprint: one ``FontConfiguration`` and style sheet kept.
- fpdf2: ``add_font`` for each file, as its fonts belong to one document.

``python -m benchmarks.contestants NAME FILE`` is started by ``benchmarks.notices`` alone.
"""

from __future__ import annotations

import io
import itertools
import json
import resource
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.notice_data import Notice, deduction, prepare

FONTS = Path(__file__).parent.parent / "resources" / "fonts"
FILES = {"TITLE": "title-song.ttf", "FANG": "fang.ttf", "HEI": "hei.ttf"}
FAMILIES = {"TITLE": "GongwenTitleSong", "FANG": "FandolFang R", "HEI": "GongwenHei"}
MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 28 * MM, 26 * MM, 37 * MM, 35 * MM
LEADING = 225 * MM / 22

Maker = Callable[[Sequence[Notice]], bytes]


def ours() -> Maker:
    from daomao_desktop.documents.kinds.deduction import compose
    from daomao_desktop.documents.typesetting import typeset, typeset_all

    def make(notices: Sequence[Notice]) -> bytes:
        papers = [compose(deduction(notice)) for notice in notices]
        if len(papers) == 1:
            return typeset(papers[0])
        return typeset_all(papers, title="岗位补贴扣减通知")

    return make


def _canvas_maker(**settings: Any) -> Maker:
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    height = A4[1]

    def make(notices: Sequence[Notice]) -> bytes:
        stream = io.BytesIO()
        canvas = Canvas(stream, pagesize=A4, pageCompression=1, **settings)
        for notice in notices:
            for face, size, red, x, y, text, spacing in notice["lines"]:
                canvas.setFillColorRGB(1 if red else 0, 0, 0)
                canvas.setFont(FAMILIES[face], size)
                canvas.drawString(x, height - y, text, charSpace=spacing)
            canvas.setStrokeColorRGB(1, 0, 0)
            for x, y, x2, thickness in notice["rules"]:
                canvas.setLineWidth(thickness)
                canvas.line(x, height - y, x2, height - y)
            canvas.showPage()
        canvas.save()
        return stream.getvalue()

    return make


def _register(**settings: Any) -> None:
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    for face, file in FILES.items():
        registerFont(TTFont(FAMILIES[face], str(FONTS / file), **settings))


def bare() -> Maker:
    _register()
    return _canvas_maker()


def tuned() -> Maker:
    from reportlab import rl_config

    rl_config.useA85 = 0
    _register(asciiReadable=False)
    return _canvas_maker(initialFontName=FAMILIES["FANG"])


def platypus() -> Maker:
    from reportlab.lib.colors import red
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import HRFlowable, PageBreak, Paragraph, SimpleDocTemplate

    _register()

    def style(face: str, size: float, align: Any, indent: float = 0.0, **more: Any) -> Any:
        return ParagraphStyle(
            face,
            fontName=FAMILIES[face],
            fontSize=size,
            leading=max(LEADING, size * 1.3),
            alignment=align,
            firstLineIndent=indent,
            wordWrap="CJK",
            **more,
        )

    head = style("TITLE", 33, 1, textColor=red)
    title = style("TITLE", 22, 1, spaceBefore=LEADING, spaceAfter=LEADING)
    left, right, body = style("FANG", 16, 0), style("FANG", 16, 2), style("FANG", 16, 4, 32)

    def make(notices: Sequence[Notice]) -> bytes:
        story: list[Any] = []
        for notice in notices:
            if story:
                story.append(PageBreak())
            story += [
                Paragraph(notice["organ"], head),
                HRFlowable("100%", 1.4, color=red),
                HRFlowable("100%", 0.6, color=red),
                Paragraph(notice["number"], right),
                Paragraph(notice["title"], title),
                Paragraph(notice["addressee"], left),
            ]
            for runs in notice["body"]:
                marked = (f'<font name="{FAMILIES[face]}">{text}</font>' for face, text in runs)
                story.append(Paragraph("".join(marked), body))
            story += [Paragraph(notice["organ"], right), Paragraph(notice["date"], right)]
        stream = io.BytesIO()
        SimpleDocTemplate(
            stream,
            pagesize=A4,
            leftMargin=LEFT,
            rightMargin=RIGHT,
            topMargin=TOP,
            bottomMargin=BOTTOM,
            pageCompression=1,
        ).build(story)
        return stream.getvalue()

    return make


_TYPST = """
#set page(paper: "a4", margin: (left: 28mm, right: 26mm, top: 37mm, bottom: 35mm))
#set text(font: "FandolFang R", size: 16pt, lang: "zh", region: "cn")
#set par(justify: true, leading: 13pt, spacing: 13pt, first-line-indent: (amount: 2em, all: true))
#let plain(it) = par(first-line-indent: 0em, it)
#for (place, notice) in json(bytes(sys.inputs.notices)).enumerate() {
  if place > 0 { pagebreak() }
  align(center, text(font: "GongwenTitleSong", size: 33pt, fill: red, plain(notice.organ)))
  line(length: 100%, stroke: 1.4pt + red)
  line(length: 100%, stroke: 0.6pt + red)
  align(right, plain(notice.number))
  align(center, text(font: "GongwenTitleSong", size: 22pt, plain(notice.title)))
  plain(notice.addressee)
  for runs in notice.body {
    par(runs.map(run => if run.at(0) == "HEI" { text(font: "GongwenHei", run.at(1)) }
      else { run.at(1) }).join())
  }
  align(right, plain(notice.organ))
  align(right, plain(notice.date))
}
"""


def typst() -> Maker:
    import typst as library

    fonts = library.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
    compiler = library.Compiler(font_paths=fonts)
    source = _TYPST.encode()
    keys = ("organ", "number", "title", "addressee", "body", "date")

    def make(notices: Sequence[Notice]) -> bytes:
        words = [{key: notice[key] for key in keys} for notice in notices]
        inputs = {"notices": json.dumps(words, ensure_ascii=False)}
        made = compiler.compile(source, format="pdf", sys_inputs=inputs, pdf_tags=False)
        assert isinstance(made, bytes)
        return made

    return make


def weasyprint() -> Maker:
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    faces = "".join(
        f"@font-face {{ font-family: {face}; src: url({(FONTS / file).as_uri()}) }}"
        for face, file in FILES.items()
    )
    fonts = FontConfiguration()
    style = CSS(
        string=faces
        + """
        @page { size: A4; margin: 37mm 26mm 35mm 28mm }
        body { font: 16pt FANG; line-height: 29pt; margin: 0 }
        p { margin: 0; text-indent: 2em; text-align: justify }
        section + section { break-before: page }
        .head, .title { text-align: center; text-indent: 0; font: 33pt TITLE; color: red }
        .title { font-size: 22pt; line-height: 2; color: black }
        .right { text-align: right } .flush { text-indent: 0 } .HEI { font-family: HEI }
        hr { border: 0; border-top: 1.4pt solid red; margin: 2pt 0 }
        """,
        font_config=fonts,
    )

    def make(notices: Sequence[Notice]) -> bytes:
        html = []
        for notice in notices:
            html.append(
                f'<section><p class="head">{notice["organ"]}</p><hr><hr>'
                f'<p class="right">{notice["number"]}</p><p class="title">{notice["title"]}</p>'
                f'<p class="flush">{notice["addressee"]}</p>'
            )
            for runs in notice["body"]:
                spans = (f'<span class="{face}">{text}</span>' for face, text in runs)
                html.append(f"<p>{''.join(spans)}</p>")
            html.append(
                f'<p class="right">{notice["organ"]}</p><p class="right">{notice["date"]}</p>'
                "</section>"
            )
        document = HTML(string="".join(html))
        made = document.write_pdf(stylesheets=[style], font_config=fonts)
        assert isinstance(made, bytes)
        return made

    return make


def fpdf2() -> Maker:
    from fpdf import FPDF

    def make(notices: Sequence[Notice]) -> bytes:
        pdf = FPDF(unit="pt", format="A4")
        pdf.set_margins(LEFT, TOP, RIGHT)
        pdf.set_auto_page_break(True, BOTTOM)
        for face, file in FILES.items():
            pdf.add_font(face, fname=str(FONTS / file))
        pdf.set_draw_color(255, 0, 0)
        right = pdf.w - RIGHT

        def line(text: str, face: str, size: float, align: str) -> None:
            pdf.set_font(face, size=size)
            pdf.cell(0, max(LEADING, size * 1.3), text, align=align, new_x="LMARGIN", new_y="NEXT")

        for notice in notices:
            pdf.add_page()
            pdf.set_text_color(255, 0, 0)
            line(notice["organ"], "TITLE", 33, "C")
            pdf.set_text_color(0)
            for thickness in (1.4, 0.6):
                pdf.set_line_width(thickness)
                pdf.line(LEFT, pdf.get_y() + 2, right, pdf.get_y() + 2)
                pdf.set_y(pdf.get_y() + 3)
            line(notice["number"], "FANG", 16, "R")
            line(notice["title"], "TITLE", 22, "C")
            line(notice["addressee"], "FANG", 16, "L")
            for runs in notice["body"]:
                pdf.set_x(LEFT + 32)
                for face, text in runs:
                    pdf.set_font(face, size=16)
                    pdf.write(LEADING, text)
                pdf.ln(LEADING)
            line(notice["organ"], "FANG", 16, "R")
            line(notice["date"], "FANG", 16, "R")
        return bytes(pdf.output())

    return make


MAKERS: dict[str, Callable[[], Maker]] = {
    "ours": ours,
    "bare": bare,
    "tuned": tuned,
    "platypus": platypus,
    "typst": typst,
    "weasyprint": weasyprint,
    "fpdf2": fpdf2,
}


def chosen(file: Path, first: int, count: int) -> list[Notice]:
    """Notices of the file, one JSON line each; only these are kept in memory."""
    with file.open(encoding="utf-8") as stream:
        return [json.loads(line) for line in itertools.islice(stream, first, first + count)]


def serve(name: str, file: Path) -> None:
    """Answer ``one FIRST COUNT``, ``merged FIRST COUNT``, ``memory``, ``show PATH``."""
    make = MAKERS[name]()
    make(chosen(file, 0, 1))
    print(time.monotonic(), flush=True)
    for request in sys.stdin:
        verb, *arguments = request.split()
        answer: Any = None
        if verb == "memory":
            answer = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # MB on Linux
        elif verb == "show":
            Path(arguments[0]).write_bytes(make(chosen(file, 0, 2)))
        else:
            notices = chosen(file, *map(int, arguments))
            begin = time.process_time()
            files = [make([notice]) for notice in notices] if verb == "one" else [make(notices)]
            took = time.process_time() - begin
            answer = took / len(notices), sum(map(len, files)) / len(notices)
        print(json.dumps(answer), flush=True)


def first_preview(file: Path) -> float:
    """Seconds on the clock from a notice's data to its bytes, the first of a prepared session."""
    from daomao_desktop.documents.preparing import prepare

    for _step in prepare({}):
        pass
    (notice,) = chosen(file, 0, 1)
    began = time.monotonic()
    ours()([notice])
    return time.monotonic() - began


def main(name: str, file: Path, *count: str) -> None:
    warnings.simplefilter("ignore")  # a peer's deprecations are no business of ours
    if name == "prepare":
        lines = [json.dumps(notice) + "\n" for notice in prepare(int(count[0]))]
        file.write_text("".join(lines), encoding="utf-8")
    elif name == "preview":
        print(first_preview(file))
    else:
        serve(name, file)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
