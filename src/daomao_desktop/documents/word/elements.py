"""What python-docx has no words for: grid, frames, borders, fields, in WordprocessingML."""

from __future__ import annotations

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

RED = "FF0000"


def twips(points: float) -> int:
    """Twentieths of a point, in which Word measures."""
    return round(points * 20)


def element(tag: str, *children: BaseOxmlElement, **attributes: object) -> BaseOxmlElement:
    """``w:tag`` with its attributes, which are in the same namespace."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    for child in children:
        made.append(child)
    return made


# The schema has an order, and Word calls a file damaged that does not keep to it: what follows
# the frame, and what follows the borders, in a paragraph's properties.
_AFTER_BORDERS = (
    "w:shd",
    "w:tabs",
    "w:kinsoku",
    "w:wordWrap",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:jc",
    "w:rPr",
    "w:sectPr",
)
_AFTER_FRAME = ("w:widowControl", "w:pBdr", *_AFTER_BORDERS)


def frame(paragraph: Paragraph, anchor: str, *, width: float, top: float, wrap: str) -> None:
    """Takes a paragraph out of the text: ``top`` points below the top of the paper (``page``), in
    its middle, or of the 版心 (``margin``), of the page that the next paragraph is on."""
    place = {"hAnchor": anchor, "vAnchor": anchor, "xAlign": "center", "y": twips(top)}
    made = element("framePr", w=twips(width), wrap=wrap, **place)
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx knows no frames
    properties.insert_element_before(made, *_AFTER_FRAME)


def border(
    paragraph: Paragraph,
    side: str,
    thickness: float,
    *,
    space: float = 0,
    colour: str = "000000",
    kind: str = "single",
) -> None:
    """A rule above or below a paragraph (``top``, ``bottom``), in points."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = element("pBdr")
        properties.insert_element_before(borders, *_AFTER_BORDERS)
    borders.append(
        element(side, val=kind, sz=round(thickness * 8), space=round(space), color=colour)
    )


def field(paragraph: Paragraph, code: str) -> None:
    """A field that Word fills in, such as PAGE."""
    for kind in ("begin", None, "end"):
        run = paragraph.add_run()
        if kind is not None:
            run._r.append(element("fldChar", fldCharType=kind))  # noqa: SLF001
            continue
        words = element("instrText")
        words.text = code
        run._r.append(words)  # noqa: SLF001
