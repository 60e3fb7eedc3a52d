"""The head of a Word copy: red name, number, red rules, where the paper itself has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Pt

from daomao_desktop.documents.fonts import Face
from daomao_desktop.documents.typesetting.document import OfficialDocument
from daomao_desktop.documents.typesetting.geometry import (
    CELL,
    LETTER_BELOW,
    LETTER_FOOT,
    LETTER_RULE,
    LETTER_RULE_GAP,
    LETTER_SIZE,
    LETTER_SPACE,
    LETTER_THICK,
    LETTER_THIN,
    LETTER_TOP,
    MASTHEAD_SIZE,
    MASTHEAD_TOP,
    NUMBER_ROW,
    RED_LINE_GAP,
    RED_LINE_WIDTH,
    RIGHT,
    ROW,
    SIZE_3,
    TEXT_WIDTH,
    TITLE_ROW,
    TOP,
)
from daomao_desktop.documents.typesetting.masthead import fitted, joint_names, signers
from daomao_desktop.documents.typesetting.text import single
from daomao_desktop.documents.word import styles
from daomao_desktop.documents.word.elements import RED, border, element, frame
from daomao_desktop.documents.word.tables import Cell, Row, add_table

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

_LEADING = 1.1  # of the size: height of a line that holds a red name
_RULE_SPACE = 9.0  # points from the number's line to the red rule: 4 mm from its characters
_RULE_LINE = 3.0  # points: the line above a letter's rules
_NUMBER_LINE = SIZE_3 + 2 * (RED_LINE_GAP - _RULE_SPACE)


def file_head(word: WordDocument, document: OfficialDocument) -> float:
    """The head of a 文件; returns the points from its end to the title's first line."""
    used = _classification(word, document) * ROW
    top = MASTHEAD_TOP - TOP
    if len(document.organs) > 1:
        used = _joint(word, document, top - used) + top
    elif document.organs:
        name = document.organs[0] + document.masthead_suffix
        paragraph, height = _name(word, name, TEXT_WIDTH, MASTHEAD_SIZE)
        paragraph.paragraph_format.space_before = Pt(top - used - (height - height / _LEADING) / 2)
        used = top + height - (height - height / _LEADING) / 2
    row = NUMBER_ROW + max(0, len(document.organs) - 1)
    number = _number(word, document, row * ROW - used)
    number.paragraph_format.line_spacing = Pt(_NUMBER_LINE)
    border(number, "bottom", RED_LINE_WIDTH, space=_RULE_SPACE, colour=RED)
    end = row * ROW + _NUMBER_LINE + _RULE_SPACE + RED_LINE_WIDTH
    return (row + TITLE_ROW - NUMBER_ROW) * ROW - end


def letter_head(word: WordDocument, document: OfficialDocument) -> float:
    """The head of a 信函 and the rule at its page's foot; returns as ``file_head``."""
    both = LETTER_THICK + LETTER_SPACE + LETTER_THIN
    rule = LETTER_TOP + LETTER_SIZE
    if document.organs:
        paragraph, height = _name(word, document.organs[0], LETTER_RULE, LETTER_SIZE)
        frame(paragraph, "page", width=LETTER_RULE, top=LETTER_TOP, wrap="notBeside")
        rule = LETTER_TOP + height / _LEADING
    _rules(word, rule + LETTER_RULE_GAP, "thickThinSmallGap", "notBeside")
    _rules(word, LETTER_FOOT - both, "thinThickSmallGap", "none")
    parts = _classified(document)
    first = parts[0] if parts else ("", Face.FANG)
    number = word.add_paragraph(style=styles.NUMBER)
    number.paragraph_format.space_before = Pt(LETTER_BELOW - (styles.PITCH - SIZE_3) / 2)
    number.paragraph_format.tab_stops.add_tab_stop(Pt(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    styles.set_face(number.add_run(first[0]), first[1])
    number.add_run(f"\t{document.number}" if document.number else "")
    _lines(word, parts[1:])
    return 2 * ROW


def _rules(word: WordDocument, top: float, kind: str, wrap: str) -> None:
    """A pair of red rules, the outer one thick, so far below the paper's top."""
    paragraph = word.add_paragraph(style=styles.LETTERHEAD)
    paragraph.paragraph_format.line_spacing = Pt(_RULE_LINE)
    frame(paragraph, "page", width=LETTER_RULE, top=top - _RULE_LINE, wrap=wrap)
    border(paragraph, "bottom", LETTER_THICK, colour=RED, kind=kind)


def _classified(document: OfficialDocument) -> list[tuple[str, Face]]:
    """份号, 密级 and 紧急程度, one line each (7.2.1 to 7.2.3)."""
    return [
        (text, face)
        for text, face in (
            (document.copy_number, Face.FANG),
            (document.secrecy, Face.HEI),
            (document.urgency, Face.HEI),
        )
        if text
    ]


def _classification(word: WordDocument, document: OfficialDocument) -> int:
    return _lines(word, _classified(document))


def _lines(word: WordDocument, parts: Sequence[tuple[str, Face]]) -> int:
    for text, face in parts:
        run = word.add_paragraph(style=styles.CLASSIFICATION).add_run(text)
        styles.set_face(run, face)
    return len(parts)


def _name(word: WordDocument, name: str, room: float, most: float) -> tuple[Paragraph, float]:
    """A red name as large as it fits, narrowed where it is long; and its line's height."""
    size, stretch, _wide = fitted(name, room, most)
    size = int(size * 2) / 2  # Word knows half points
    paragraph = word.add_paragraph(style=styles.LETTERHEAD)
    run = paragraph.add_run(name)
    run.font.size = Pt(size)
    if stretch < 100:
        properties = run._r.get_or_add_rPr()  # noqa: SLF001 - python-docx cannot narrow
        properties.insert_element_before(element("w", val=int(stretch)), "w:sz")
    paragraph.paragraph_format.line_spacing = Pt(size * _LEADING)
    return paragraph, size * _LEADING


def _joint(word: WordDocument, document: OfficialDocument, above: float) -> float:
    """Names of several organs below each other, the suffix at their right; returns the height."""
    names = joint_names(document.organs, document.masthead_suffix)
    spacer = word.add_paragraph(style=styles.LETTERHEAD)
    spacer.paragraph_format.line_spacing = Pt(above)
    pitch = names.size * 1.25
    rest = (TEXT_WIDTH - names.block - names.suffix) / 2
    cells = (
        Cell("", rest),
        Cell(
            "\n".join(document.organs),
            names.block,
            size=names.size,
            align=WD_ALIGN_PARAGRAPH.DISTRIBUTE,
            style=styles.LETTERHEAD,
            pitch=1.25,
        ),
        Cell(document.masthead_suffix, names.suffix, size=names.large, style=styles.LETTERHEAD),
        Cell("", rest),
    )
    height = pitch * len(document.organs)
    used = cells if document.masthead_suffix else (*cells[:2], cells[3])
    add_table(word, [Row(used, height, exact=True)], rules={}, padding=0)
    return height


def _number(word: WordDocument, document: OfficialDocument, above: float) -> Paragraph:
    """发文字号, alone in the middle or at the left of 签发人 (7.2.5, 7.2.6)."""
    if not document.signer:
        paragraph = word.add_paragraph(style=styles.NUMBER)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(document.number)
        paragraph.paragraph_format.space_before = Pt(above)
        return paragraph
    names = signers(document.signer)
    rows = ["　".join(names[i : i + 2]) for i in range(0, len(names), 2)]
    label = "签发人："
    widest = max((single(row, Face.KAI).width for row in rows), default=0.0)
    at = RIGHT - CELL - widest - (RIGHT - TEXT_WIDTH)
    for place, row in enumerate(rows):
        last = place == len(rows) - 1
        paragraph = word.add_paragraph(style=styles.NUMBER)
        form = paragraph.paragraph_format
        form.first_line_indent = Pt(CELL)  # not the left one: the red rule begins at the edge
        start = at - single(label, Face.FANG).width if place == 0 else at
        form.tab_stops.add_tab_stop(Pt(start))
        if place == 0:
            form.space_before = Pt(above - (len(rows) - 1) * ROW)
        paragraph.add_run((document.number if last else "") + "\t")
        if place == 0:
            paragraph.add_run(label)
        styles.set_face(paragraph.add_run(row), Face.KAI)
    return paragraph
