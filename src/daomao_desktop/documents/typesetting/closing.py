"""What ends a document: signature and date, 附注, 版记 (GB/T 9704-2012, 7.3.5, 7.3.6 and 7.4)."""

from __future__ import annotations

from daomao_desktop.documents.fonts import Face
from daomao_desktop.documents.typesetting.document import (
    Format,
    OfficialDocument,
)
from daomao_desktop.documents.typesetting.geometry import (
    BOTTOM,
    CELL,
    LEFT,
    RIGHT,
    ROW,
    RULE_INNER,
    RULE_OUTER,
    SIZE_3,
    SIZE_4,
    TEXT_WIDTH,
)
from daomao_desktop.documents.typesetting.marks import Page
from daomao_desktop.documents.typesetting.text import INDENT, SetLine, plain, single
from daomao_desktop.documents.typesetting.title import break_title
from daomao_desktop.domain.dates import chinese_date
from daomao_desktop.errors import DaomaoError

# A seal of 42 mm is four rows; its top stays within a line of the text (7.3.5.1), so two blank
# rows above the organ, one at the least where the page has no more room.
SEAL_GAP = 2
SEAL_GAP_LEAST = 1
# Side by side each organ of a joint issue may be this wide, so that seals do not touch
_SIDE = 13.5 * CELL
_SEAL_ROWS = 5
_AFTER = "。.；; "  # marks that end a list of organs
_TALLEST_IMPRINT = 18 * ROW

Row = list[tuple[SetLine, float]]
"""Lines of one grid row, each with its left end in points."""


def attachment_name(name: str) -> str:
    """An attachment's name as 附件说明 has it: no mark after it (7.3.4)."""
    return name.rstrip("。；;，,、. ")


def bracketed(note: str) -> str:
    """附注 in full-width brackets (7.3.6)."""
    return note if note.startswith("（") and note.endswith("）") else f"（{note}）"


def copied_to(document: OfficialDocument) -> str:
    """Who gets copies, without the label before and the 。 after it (7.4.2)."""
    return document.copies_to.removeprefix("抄送").lstrip("：:").rstrip(_AFTER)


def attachment_rows(names: tuple[str, ...], person_names: tuple[str, ...]) -> list[Row]:
    """附件说明: two characters in, names aligned below each other, no mark after a name (7.3.4)."""
    rows: list[Row] = []
    label = single("附件：", Face.FANG)
    x = LEFT + INDENT
    for number, name in enumerate(names, 1):
        head = single(f"{number}. ", Face.FANG) if len(names) > 1 else None
        start = x + label.width
        text_start = start + (single(f"{len(names)}. ", Face.FANG).width if head else 0)
        lines = plain(attachment_name(name), Face.FANG, RIGHT - text_start, names=person_names)
        for place, line in enumerate(lines):
            row: Row = []
            if place == 0:
                if number == 1:
                    row.append((label, x))
                if head:
                    row.append((head, text_start - head.width))
            row.append((line, text_start))
            rows.append(row)
    return rows


def signature_rows(document: OfficialDocument, gap: int) -> list[Row]:
    """Blank rows, signing organs and date; empty when there is neither organ nor date."""
    if not document.signature and document.date is None:
        return []
    if document.seal:
        return [[] for _ in range(gap)] + _sealed(document)
    return [[], *_unsealed(document)]


def _organ_lines(organ: str, room: float) -> list[SetLine]:
    """A signing organ on one line; one too long for it is broken by meaning like a title."""
    line = single(organ, Face.FANG)
    if line.width <= room:
        return [line]
    # A title's face is at least as wide as 仿宋, so that its lines fit.
    return [single(part, Face.FANG) for part in break_title(organ, most=room / CELL)]


def _sealed(document: OfficialDocument) -> list[Row]:
    """Date four characters from the right, the organ centred on it (7.3.5.1)."""
    date = single(chinese_date(document.date), Face.FANG) if document.date else None
    blocks = [_organ_lines(organ, TEXT_WIDTH) for organ in document.signature]
    side_by_side = len(blocks) > 1 and all(
        len(block) == 1 and block[0].width <= _SIDE for block in blocks
    )
    below = blocks[-1:] if side_by_side else blocks
    widest = max((line.width for block in below for line in block), default=0.0)
    half = date.width / 2 if date else 0.0
    # The organ stays inside the 版心: a long one moves the date left with it.
    middle = RIGHT - max(4 * CELL + half, widest / 2)
    rows: list[Row] = []
    if side_by_side:
        left = LEFT + (RIGHT - middle)
        lines = [block[0] for block in blocks]
        while lines:
            pair, lines = lines[:2], lines[2:]  # the last one stands above the date
            centres = [middle] if len(pair) == 1 else [left, middle]
            rows.append([(line, c - line.width / 2) for line, c in zip(pair, centres, strict=True)])
            if lines:
                rows += [[] for _ in range(_SEAL_ROWS - 1)]
    else:
        for place, block in enumerate(blocks):
            if place:
                rows += [[] for _ in range(_SEAL_ROWS - 1)]
            rows += [[(line, middle - line.width / 2)] for line in block]
    if date:
        rows.append([(date, middle - date.width / 2)])
    return rows


def _unsealed(document: OfficialDocument) -> list[Row]:
    """Organ two characters from the right, the date two characters right of it (7.3.5.2)."""
    edge = RIGHT - INDENT
    date = single(chinese_date(document.date), Face.FANG) if document.date else None
    blocks = [_organ_lines(organ, TEXT_WIDTH - 2 * INDENT) for organ in document.signature]
    lines = [line for block in blocks for line in block]
    if not lines:
        return [[(date, edge - date.width)]] if date else []
    widest = max(line.width for line in lines)
    left = edge - widest
    if date and date.width > widest:
        left = edge - date.width - INDENT
    rows: list[Row] = [[(line, left)] for line in lines]
    if date:
        rows.append([(date, left + INDENT)])
    return rows


def note_rows(note: str) -> list[Row]:
    """附注 two characters in, in full-width brackets (7.3.6)."""
    if not note:
        return []
    lines = plain(bracketed(note), Face.FANG, TEXT_WIDTH, first=TEXT_WIDTH - INDENT)
    return [[(line, LEFT + (INDENT if i == 0 else 0))] for i, line in enumerate(lines)]


class Imprint:
    """版记, measured first and drawn at the foot of the last page (7.4; letters: 10.1).

    ``addressee`` is given where 主送机关 had to move here to leave the first page room for text;
    it stands above 抄送 without a rule between them (7.4.2).
    """

    def __init__(self, document: OfficialDocument, addressee: str = "") -> None:
        self.ruled = document.format is Format.FILE
        self.copies: list[tuple[SetLine, float]] = []
        self.printed: list[Row] = []
        if document.format is Format.PLAIN:
            return
        if addressee:
            self.copies = _labelled("主送：", addressee)
        if document.copies_to:
            self.copies += _labelled("抄送：", copied_to(document))
        if self.ruled and (document.printed_by or document.printed_on):
            self.printed = _printed(document)
        if self.height > _TALLEST_IMPRINT:
            raise DaomaoError("主送、抄送、印发机关太多，版记排不下，请归并后再排版。")

    @property
    def height(self) -> float:
        """Points from the first rule to the 版心's bottom edge; 0 without any 版记."""
        return (len(self.copies) + len(self.printed)) * ROW

    def draw(self, page: Page) -> None:
        """Put the 版记 on the page, its last rule on the 版心's bottom edge."""
        rows = [[line] for line in self.copies] + self.printed
        if not rows:
            return
        top = BOTTOM - self.height
        if self.ruled:
            page.rule(top, RULE_OUTER, x=LEFT, x2=RIGHT)
        for place, row in enumerate(rows):
            if self.ruled and place and place == len(self.copies):
                page.rule(top + place * ROW, RULE_INNER, x=LEFT, x2=RIGHT)
            y = top + place * ROW + (ROW - SIZE_4) / 2
            if not self.ruled:  # a letter's last line ends on the 版心's bottom edge
                y = top + (place + 1) * ROW - SIZE_4
            page.marks += [line.at(x, y, SIZE_4) for line, x in row]
        if self.ruled:
            page.rule(BOTTOM, RULE_OUTER, x=LEFT, x2=RIGHT)


def _labelled(label: str, text: str) -> list[tuple[SetLine, float]]:
    """抄送 one character in on both sides, ends with 。, aligned after the colon (7.4.2)."""
    head = single(label, Face.FANG, SIZE_4)
    x = LEFT + SIZE_4
    room = TEXT_WIDTH - 2 * SIZE_4 - head.width
    body = plain(text.rstrip(_AFTER) + "。", Face.FANG, room, size=SIZE_4)
    first = SetLine(head.pieces + body[0].pieces, head.width + body[0].width)
    return [(first, x), *[(line, x + head.width) for line in body[1:]]]


def _printed(document: OfficialDocument) -> list[Row]:
    """印发机关 left, date and 印发 right, each one character in (7.4.3)."""
    room = TEXT_WIDTH - 2 * SIZE_4
    rows: list[Row] = []
    if document.printed_by:
        lines = plain(document.printed_by, Face.FANG, room, size=SIZE_4)
        rows = [[(line, LEFT + SIZE_4)] for line in lines]
    if document.printed_on:
        date = single(f"{chinese_date(document.printed_on)}印发", Face.FANG, SIZE_4)
        mark = (date, RIGHT - SIZE_4 - date.width)
        if rows and rows[-1][0][0].width + date.width + SIZE_4 <= room:
            rows[-1].append(mark)
        else:
            rows.append([mark])
    return rows


def place_row(page: Page, row: Row, top: float) -> None:
    """Put the lines of a grid row on the page."""
    page.marks += [line.at(x, top, SIZE_3) for line, x in row]
