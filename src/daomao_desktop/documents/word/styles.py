"""The page and the styles of GB/T 9704-2012 in a Word document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.oxml import serialize_part_xml
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.styles.style import ParagraphStyle

from daomao_desktop.documents.fonts import Face
from daomao_desktop.documents.typesetting.geometry import (
    BOTTOM,
    CELL,
    LEFT,
    NUMBER_GAP,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    ROW,
    SIZE_2,
    SIZE_3,
    SIZE_4,
    TOP,
)
from daomao_desktop.documents.typesetting.text import INDENT
from daomao_desktop.documents.word.elements import element, twips

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import Section
    from docx.text.run import Run

FONTS = {
    Face.TITLE: "方正小标宋简体",
    Face.SONG: "宋体",
    Face.HEI: "黑体",
    Face.FANG: "仿宋_GB2312",
    Face.KAI: "楷体_GB2312",
}
"""The fonts that offices know the faces by; one that a PC lacks is shown as another there."""

_STAND_INS = {
    "方正小标宋简体": "华文中宋",
    "仿宋_GB2312": "仿宋",
    "楷体_GB2312": "楷体",
}
"""What every Windows has, where an office never installed the other."""

PITCH = twips(ROW - 0.03) / 20
"""Points from line to line: a hair less than a grid row, or only 21 of them would fit the 版心."""

# 28 characters of 16 pt are wider than 156 mm. A little tighter than on the grid they fit, and a
# full line is spread over the 版心; with less to spare LibreOffice loses a mark at a line's end.
_TIGHTER = twips(CELL) - twips(SIZE_3) - 2

_CENTRE, _JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


@dataclass(frozen=True, slots=True)
class _Style:
    face: Face = Face.FANG
    size: float = SIZE_3
    align: WD_ALIGN_PARAGRAPH | None = None
    indented: bool = False
    red: bool = False


BODY, HEADING_1, HEADING_2, TITLE = "公文正文", "公文一级标题", "公文二级标题", "公文标题"
LETTERHEAD, NUMBER, CLASSIFICATION = "发文机关标志", "发文字号", "份号密级"
ADDRESSEE, ATTACHMENTS, SIGNATURE, NOTE = "主送机关", "附件说明", "署名和日期", "附注"
IMPRINT, MARKER, TABLE, PAGE_NUMBER = "版记", "附件序号", "表格文字", "公文页码"

_STYLES = {
    BODY: _Style(align=_JUSTIFY, indented=True),
    HEADING_1: _Style(Face.HEI, align=_JUSTIFY, indented=True),
    HEADING_2: _Style(Face.KAI, align=_JUSTIFY, indented=True),
    TITLE: _Style(Face.TITLE, SIZE_2, _CENTRE),
    LETTERHEAD: _Style(Face.TITLE, SIZE_3, _CENTRE, red=True),
    NUMBER: _Style(),
    CLASSIFICATION: _Style(Face.HEI),
    ADDRESSEE: _Style(align=_JUSTIFY),
    ATTACHMENTS: _Style(align=_JUSTIFY),
    SIGNATURE: _Style(),
    NOTE: _Style(align=_JUSTIFY, indented=True),
    IMPRINT: _Style(size=SIZE_4),
    MARKER: _Style(Face.HEI),
    TABLE: _Style(size=SIZE_4),
    PAGE_NUMBER: _Style(Face.SONG, SIZE_4),
}


def new_document(title: str, author: str, subject: str, made: datetime) -> WordDocument:
    """An empty document with page, styles and metadata."""
    document = Document()
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    _set(normal, _Style())
    for name, style in _STYLES.items():
        added = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        assert isinstance(added, ParagraphStyle)
        added.base_style = normal
        added.quick_style = True
        _set(added, style)
    core = document.core_properties
    core.title, core.author, core.subject = title, author, subject
    core.last_modified_by, core.comments, core.language = author, "", "zh-CN"
    core.created = core.modified = made  # no clock: the same paper gives the same bytes
    document.settings.odd_and_even_pages_header_footer = True
    _chinese(document)
    upright(document.sections[0])
    _number_pages(document.sections[0])
    return document


def _chinese(document: WordDocument) -> None:
    """Chinese rules of line breaking and punctuation; nothing of the template's own."""
    settings = document.settings.element
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # that of Word 2013 and later
    for name in ("characterSpacingControl", "themeFontLang"):
        for one in settings.iter(qn(f"w:{name}")):
            if name == "themeFontLang":
                one.set(qn("w:eastAsia"), "zh-CN")
            else:
                one.set(qn("w:val"), "compressPunctuation")
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    for part in document.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            part._blob = serialize_part_xml(_font_table())  # noqa: SLF001 - no other way to it
    relations = document.part.package.rels
    for key in [key for key, one in relations.items() if one.reltype == RT.THUMBNAIL]:
        del relations[key]


def _font_table() -> BaseOxmlElement:
    """Under which other name a font may be found."""
    fonts = []
    for name in FONTS.values():
        other = _STAND_INS.get(name)
        alternative = [element("altName", val=other)] if other else []
        fonts.append(element("font", *alternative, element("charset", val="86"), name=name))
    return element("fonts", *fonts)


def upright(section: Section) -> None:
    """A4 with the margins of 5.1, 22 rows of 28 characters."""
    section.page_width, section.page_height = Pt(PAGE_WIDTH), Pt(PAGE_HEIGHT)
    section.top_margin, section.bottom_margin = Pt(TOP), Pt(PAGE_HEIGHT - BOTTOM)
    section.left_margin, section.right_margin = Pt(LEFT), Pt(PAGE_WIDTH - RIGHT)
    # 7.5: the number's dash, in the middle of its line, 7 mm below the 版心
    section.footer_distance = Pt(PAGE_HEIGHT - BOTTOM - NUMBER_GAP - SIZE_4 / 2)
    # No grid: every style has its pitch, and LibreOffice sets a grid's characters far apart.
    properties = section._sectPr  # noqa: SLF001 - python-docx has no words for it
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)


def set_face(run: Run, face: Face) -> None:
    """The face of a run where it differs from its paragraph's."""
    _fonts(run._r.get_or_add_rPr(), face)  # noqa: SLF001


def _fonts(properties: object, face: Face) -> None:
    # Word takes the font of Chinese from one name, of figures from another: here they are one.
    fonts = properties.get_or_add_rFonts()  # type: ignore[attr-defined]
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), FONTS[face])
    fonts.set(qn("w:hint"), "eastAsia")


def _set(style: ParagraphStyle, how: _Style) -> None:
    properties = style.element.get_or_add_rPr()
    _fonts(properties, how.face)
    if how.size == SIZE_3:
        properties.append(element("spacing", val=_TIGHTER))
    style.font.size = Pt(how.size)
    if how.red:
        from docx.shared import RGBColor

        style.font.color.rgb = RGBColor(0xFF, 0, 0)
    form = style.paragraph_format
    form.alignment = how.align
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.line_spacing = Pt(PITCH)
    # No mark hangs into the margin, and there is no blank between figures and Chinese.
    for name in ("overflowPunct", "autoSpaceDE", "autoSpaceDN"):
        style.element.get_or_add_pPr().insert_element_before(
            element(name, val=0), "w:spacing", "w:ind", "w:jc"
        )
    form.widow_control = False  # the standard's pages have 22 lines
    if how.indented:
        form.first_line_indent = Pt(INDENT)
        indent = style.element.get_or_add_pPr().get_or_add_ind()
        indent.set(qn("w:firstLineChars"), "200")


def _number_pages(section: Section) -> None:
    """— 1 — outside below the 版心, one character in (7.5)."""
    from daomao_desktop.documents.word.elements import field

    for footer, odd in ((section.footer, True), (section.even_page_footer, False)):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = PAGE_NUMBER
        form = paragraph.paragraph_format
        form.line_spacing = Pt(SIZE_4)
        form.alignment = WD_ALIGN_PARAGRAPH.RIGHT if odd else WD_ALIGN_PARAGRAPH.LEFT
        form.left_indent = form.right_indent = Pt(SIZE_4)
        paragraph.add_run("— ")
        field(paragraph, "PAGE")
        paragraph.add_run(" —")
