"""The head of a first page: red name, number, red rules (GB/T 9704-2012, 7.2 and 10.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from daomao_desktop.documents.fonts import Face, width
from daomao_desktop.documents.typesetting.document import OfficialDocument
from daomao_desktop.documents.typesetting.geometry import (
    ASCENT,
    CELL,
    LEFT,
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
    MM,
    NUMBER_ROW,
    PAGE_WIDTH,
    RED_LINE_GAP,
    RED_LINE_WIDTH,
    RIGHT,
    ROW,
    SIZE_3,
    TEXT_WIDTH,
    TITLE_ROW,
    TOP,
    row_top,
)
from daomao_desktop.documents.typesetting.marks import Page, Piece, TextMark
from daomao_desktop.documents.typesetting.text import SetLine, joined, single
from daomao_desktop.errors import DaomaoError

# A long name is first made this narrow (per cent) before its size goes below the second value.
_NARROWEST = 72.0
_NARROW_BELOW = 36.0
_SMALLEST = 10.0  # points; some sixty characters
_MOST_SIGNER_ROWS = 3  # more of them would reach the red name


def signers(text: str) -> list[str]:
    """Names of the 签发人; a blank inside a name of two characters does not part it."""
    return [name for name in re.split(r"[、，；,;]+|(?<=\S\S) +(?=\S\S)", text) if name.strip()]


def fitted(text: str, room: float, most: float) -> tuple[float, float, float]:
    """Size, stretch in per cent and width in points of a name that has to fit into ``room``."""
    natural = width(text, Face.TITLE, 1.0)
    size = min(most, room / natural)
    stretch = 100.0
    if size < min(most, _NARROW_BELOW):
        wanted = min(most, _NARROW_BELOW)
        stretch = max(_NARROWEST, 100 * size / wanted)
        size = size * 100 / stretch
    size = _readable(size)
    return size, stretch, natural * size * stretch / 100


def _readable(size: float) -> float:
    if size < _SMALLEST:
        raise DaomaoError("发文机关名称太长，一行排不下，请缩短。")
    return round(size - 0.005, 2)


def _fits(line: SetLine, room: float, what: str) -> SetLine:
    if line.width > room:
        raise DaomaoError(f"{what}太长，一行排不下，请缩短。")
    return line


def _name(page: Page, text: str, x: float, top: float, size: float, stretch: float) -> None:
    pieces = (Piece(Face.TITLE, text),)
    page.marks.append(TextMark(x, top + ASCENT * size, size, pieces, red=True, stretch=stretch))


@dataclass(frozen=True, slots=True)
class JointNames:
    """Sizes in points of several organs' names and of the suffix at their right.

    ``block``: how wide the names are; ``suffix``: the suffix with the gap before it.
    """

    size: float
    large: float
    block: float
    suffix: float


def joint_names(organs: tuple[str, ...], suffix: str) -> JointNames:
    """As large as they fit above the number and into the 版心."""
    gap = CELL if suffix else 0.0
    count = len(organs)
    # Each further organ takes one grid row more, and the number moves down with it.
    room = row_top(NUMBER_ROW - 3 + count) - MASTHEAD_TOP
    tallest = room / (count + 0.25 * (count - 1))
    natural = max(width(organ, Face.TITLE, 1.0) for organ in organs)
    share = width(suffix, Face.TITLE, 1.0)
    size = _readable(min(tallest, 36.0, (TEXT_WIDTH - gap) / (natural + share * 1.25)))
    large = size * 1.25 if count > 1 else size
    return JointNames(size, large, natural * size, gap + share * large)


def _joint(page: Page, organs: tuple[str, ...], suffix: str) -> None:
    """Names of several organs one below the other, equally wide; the suffix right of them."""
    names = joint_names(organs, suffix)
    size, large, block = names.size, names.large, names.block
    count = len(organs)
    x = LEFT + (TEXT_WIDTH - block - names.suffix) / 2
    pitch = size * 1.25
    for place, organ in enumerate(organs):
        # A shorter name is spread to the width of the longest.
        spare = block - width(organ, Face.TITLE, size)
        tracking = spare / (len(organ) - 1) if len(organ) > 1 else 0.0
        mark = TextMark(
            x,
            MASTHEAD_TOP + place * pitch + ASCENT * size,
            size,
            (Piece(Face.TITLE, organ, tracking),),
            red=True,
        )
        page.marks.append(mark)
    bottom = MASTHEAD_TOP + (count - 1) * pitch + size
    if suffix:
        middle = (MASTHEAD_TOP + bottom) / 2
        _name(page, suffix, x + block + CELL, middle - large / 2, large, 100.0)


def _classification(page: Page, document: OfficialDocument, top: float, room: float) -> int:
    """份号, 密级, 紧急程度 at the left edge, one line each (7.2.1 to 7.2.3); returns the lines."""
    lines = [
        ("份号", document.copy_number, Face.FANG),
        ("密级", document.secrecy, Face.HEI),
        ("紧急程度", document.urgency, Face.HEI),
    ]
    present = [(what, text, face) for what, text, face in lines if text]
    for place, (what, text, face) in enumerate(present):
        line = _fits(single(text, face), room, what)
        page.marks.append(line.at(LEFT, top + place * ROW))
    return len(present)


def file_head(page: Page, document: OfficialDocument) -> int:
    """Draw the head of a 文件; returns the grid row the title begins in."""
    _classification(page, document, row_top(0), TEXT_WIDTH)
    if len(document.organs) > 1:
        _joint(page, document.organs, document.masthead_suffix)
    elif document.organs:
        name = document.organs[0] + document.masthead_suffix
        size, stretch, wide = fitted(name, TEXT_WIDTH, MASTHEAD_SIZE)
        _name(page, name, LEFT + (TEXT_WIDTH - wide) / 2, MASTHEAD_TOP, size, stretch)
    number_row = NUMBER_ROW + max(0, len(document.organs) - 1)
    top = row_top(number_row)
    number = _fits(single(document.number, Face.FANG), TEXT_WIDTH, "发文字号")
    if document.signer:
        # 7.2.6: number and 签发人 each one character in; several signers, two a line, above it
        names = signers(document.signer)
        pairs = [names[i : i + 2] for i in range(0, len(names), 2)]
        label = single("签发人：", Face.FANG)
        rows = [single("　".join(pair), Face.KAI) for pair in pairs]
        widest = max((row.width for row in rows), default=0.0)
        x = RIGHT - CELL - widest
        if len(rows) > _MOST_SIGNER_ROWS or x - label.width < LEFT + 2 * CELL + number.width:
            raise DaomaoError("签发人太多或者名字太长，排不下，请核对。")
        if number.pieces:
            page.marks.append(number.at(LEFT + CELL, top))
        for place, row in enumerate(rows):
            y = top - (len(rows) - 1 - place) * ROW
            if place == 0:
                page.marks.append(joined(label, row).at(x - label.width, y))
            else:
                page.marks.append(row.at(x, y))
    elif document.number:
        page.marks.append(number.at(LEFT + (TEXT_WIDTH - number.width) / 2, top))
    line = top + SIZE_3 + RED_LINE_GAP
    page.rule(line, RED_LINE_WIDTH, x=LEFT, x2=RIGHT, red=True)
    return number_row + TITLE_ROW - NUMBER_ROW


def letter_head(page: Page, document: OfficialDocument) -> int:
    """Draw the head and the foot rule of a 信函; returns the grid row the title begins in."""
    bottom = LETTER_TOP + LETTER_SIZE
    if document.organs:  # joint letters carry the leading organ's name only (10.1)
        name = document.organs[0]
        size, stretch, wide = fitted(name, LETTER_RULE, LETTER_SIZE)
        _name(page, name, (PAGE_WIDTH - wide) / 2, LETTER_TOP, size, stretch)
        bottom = LETTER_TOP + size
    x = (PAGE_WIDTH - LETTER_RULE) / 2
    x2 = x + LETTER_RULE
    both = LETTER_THICK + LETTER_SPACE + LETTER_THIN
    top = bottom + LETTER_RULE_GAP
    page.rule(top + LETTER_THICK / 2, LETTER_THICK, x=x, x2=x2, red=True)
    page.rule(top + both - LETTER_THIN / 2, LETTER_THIN, x=x, x2=x2, red=True)
    page.rule(LETTER_FOOT - both + LETTER_THIN / 2, LETTER_THIN, x=x, x2=x2, red=True)
    page.rule(LETTER_FOOT - LETTER_THICK / 2, LETTER_THICK, x=x, x2=x2, red=True)
    first = top + both + LETTER_BELOW
    number = _fits(single(document.number, Face.FANG), TEXT_WIDTH, "发文字号")
    # The number stands right of the first of these lines.
    room = TEXT_WIDTH - number.width - CELL if number.pieces else TEXT_WIDTH
    lines = max(1, _classification(page, document, first, room))
    if number.pieces:
        page.marks.append(number.at(RIGHT - number.width, first))
    # Two lines between the last of these and the title, which stands on the grid
    last = first + (lines - 1) * ROW + SIZE_3
    return max(0, round((last + 2 * ROW - TOP + 0.3 * MM) / ROW + 0.49))
