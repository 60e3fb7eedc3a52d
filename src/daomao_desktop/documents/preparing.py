"""What the first document of a process waits for, in short steps that can be done beforehand.

ReportLab and the engine are loaded and every shipped font of ordinary text is parsed; a document
set afterwards opens no font file, unless a rare character needs one. Nothing here imports ReportLab
before it is asked to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from daomao_desktop.domain.fonts import Face

_MODULES = (
    "reportlab.rl_config",
    "reportlab.pdfbase.pdfdoc",
    "reportlab.pdfbase.ttfonts",
    "reportlab.pdfgen.canvas",
    "daomao_desktop.documents.typesetting",
    "daomao_desktop.documents.typesetting.award",
    *(
        f"daomao_desktop.documents.kinds.{kind}"
        for kind in (
            "certificate",
            "commendation",
            "criticism",
            "deduction",
            "freeform",
            "public_notice",
        )
    ),
)
_UNCOMMON = "䶮"  # of a name that 仿宋 lacks and the supplement has


def prepare(families: Mapping[Face, str]) -> Iterator[None]:
    """Does one step each time it is asked for the next; the longest loads half of ReportLab.

    ``families``: the fonts of this PC that the office chose. Raises DaomaoError where a font file
    is missing or damaged: a document will tell it.
    """
    for module in _MODULES:
        import_module(module)
        yield
    from daomao_desktop.documents import fonts

    for face in Face:
        fonts.main_font(face)
        yield
    fonts.has_glyph(_UNCOMMON, Face.FANG)
    yield
    if families:
        from daomao_desktop.documents.office_fonts import look_up

        for choice in look_up(families):
            if choice is not None:
                with fonts.using(choice):
                    for face in families:
                        fonts.main_font(face)
            yield
