"""A certificate of honour (荣誉证书): one landscape page, in its border or for a printed blank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from daomao_desktop.documents.fonts import Face, width
from daomao_desktop.documents.typesetting.document import Award
from daomao_desktop.documents.typesetting.geometry import MM, PAGE_HEIGHT, PAGE_WIDTH
from daomao_desktop.documents.typesetting.marks import Page, Piece, TextMark
from daomao_desktop.documents.typesetting.ornament import border, flourish
from daomao_desktop.documents.typesetting.text import SetLine, plain, single
from daomao_desktop.documents.typesetting.title import break_title
from daomao_desktop.domain.dates import chinese_date
from daomao_desktop.errors import DaomaoError

# The page lies: it is as wide as an upright one is high.
_WIDTH, _HEIGHT = PAGE_HEIGHT, PAGE_WIDTH
_SIDE = 41 * MM  # text keeps this far from the left and right edge
_HEADING_TOP = 30 * MM
_HEADING_SIZE = 68.0
_HEADING_SPREAD = (0.32, 0.12)  # em between its characters; where it has more than six
_HEADING_SIDE = 36 * MM
_FLOURISH = 60.5 * MM
_FLOURISH_HALF = 52 * MM
_TEXT_TOP = 69 * MM
_FOOT = _HEIGHT - 32 * MM  # lowest edge of the date; the corners' clouds are below it
_NUMBER_SIZE = 14.0
_SIZES = (28.0, 26.0, 25.0, 24.0, 23.0, 22.0, 21.0, 20.0, 19.0, 18.0, 17.0, 16.5)  # what fits
_PITCH = 1.62  # of the size
_NAME = 1.25  # the addressee's name by the size
_WEIGHT = 0.016  # em: 楷体 is too light for letters of this size
_SEAL = 44 * MM  # a seal of 42 mm with a little air
_SEAL_ABOVE = 13 * MM  # from the text to the organ: the seal's upper part stands there
_SMALLEST_NAME = 12.0
_SMALLEST_HEADING = 28.0
_COMRADE = "同志："


@dataclass(frozen=True, slots=True)
class _Placed:
    line: SetLine
    x: float
    size: float


_Line = tuple[list[_Placed], float]
"""What stands side by side, and the pitch to what follows."""


def award_page(award: Award) -> Page:
    """The certificate; raises MissingGlyph, and DaomaoError where one page cannot hold it."""
    if not all((award.heading, award.addressee, "".join(award.body))):
        raise DaomaoError("证书缺少标题、姓名或正文，无法排版，请补上。")
    page = Page(numbered=False, landscape=True)
    if award.border:
        page.marks += border(_WIDTH, _HEIGHT)
        page.marks += flourish(_WIDTH / 2, _FLOURISH, _FLOURISH_HALF)
    if award.titled:
        _heading(page, award.heading)
    for size in _SIZES:
        text = _text(award, size)
        closing = _closing(award, size)
        if closing is None:
            continue
        height = sum(pitch for _line, pitch in text)
        end = sum(pitch for _line, pitch in closing)
        if _TEXT_TOP + height + _SEAL_ABOVE + end <= _FOOT:
            _place(page, text, _TEXT_TOP)
            _place(page, closing, _FOOT - end)
            break
    else:
        raise DaomaoError("证书的文字或落款太长，一页排不下，请缩短后再排版。")
    return _shifted(page, award.right * MM, award.down * MM)


def _shifted(page: Page, right: float, down: float) -> Page:
    """The page with its text moved; on a blank printed elsewhere it must meet what is there."""
    if right or down:
        page.marks = [
            replace(mark, x=mark.x + right, y=mark.y + down) if isinstance(mark, TextMark) else mark
            for mark in page.marks
        ]
    return page


def _left(size: float) -> float:
    """Left end of lines that hold whole characters of that size and stand in the middle."""
    return (_WIDTH - (_WIDTH - 2 * _SIDE) // size * size) / 2


def _heading(page: Page, heading: str) -> None:
    """小标宋, red, spread and centred; smaller where it is long."""
    spread = _HEADING_SPREAD[len(heading) > 6]
    natural = width(heading, Face.TITLE, 1.0) + spread * (len(heading) - 1)
    size = min(_HEADING_SIZE, (_WIDTH - 2 * _HEADING_SIDE) / natural)
    if size < _SMALLEST_HEADING:
        raise DaomaoError("证书的标题太长，一行排不下，请缩短。")
    pieces = (Piece(Face.TITLE, heading, spread * size),)
    top = _HEADING_TOP + (_HEADING_SIZE - size) / 2
    line = SetLine(pieces, natural * size)
    page.marks.append(line.at((_WIDTH - line.width) / 2, top, size, red=True))


def _text(award: Award, size: float) -> list[_Line]:
    """Addressee flush left, then the paragraphs, two characters in."""
    left = _left(size)
    room = _WIDTH - 2 * left
    name_size = size * _NAME
    comrade = single(_COMRADE, Face.KAI, size)
    most = room - comrade.width - size
    name = single(award.addressee, Face.KAI, name_size)
    if name.width > most:
        name_size *= most / name.width
        if name_size < _SMALLEST_NAME:
            raise DaomaoError(f"“{award.addressee[:10]}……”这个姓名太长，一行排不下，请核对。")
        name = single(award.addressee, Face.KAI, name_size)
    lines: list[_Line] = [
        (
            [
                _Placed(name, left, name_size),
                _Placed(comrade, left + name.width + size / 2, size),
            ],
            size * 2,
        )
    ]
    names = (award.addressee, *award.names)
    for text in award.body:
        broken = plain(text, Face.KAI, room, first=room - 2 * size, names=names, size=size)
        for place, line in enumerate(broken):
            x = left if place else left + 2 * size
            lines.append(([_Placed(line, x, size)], size * _PITCH))
    return lines


def _closing(award: Award, size: float) -> list[_Line] | None:
    """Organs and date together at the right, the number left of the date; None where too wide.

    Two organs stand side by side with room for their seals; as in a document with seals (7.3.5.1,
    7.3.5.3) the last one stands above the date, centred on it.
    """
    date = single(chinese_date(award.date), Face.KAI, size)
    edge = _left(size)  # as the text's
    room = _WIDTH - 2 * edge
    alone = len(award.organs) == 1
    side = room * 0.6 if alone else (room - size) / 2
    blocks = [_organ(organ, side, size) for organ in award.organs]
    wide = [max(line.width for line in block) for block in blocks]
    if max(wide, default=0.0) > (room if alone else side):
        return None
    right = _WIDTH - edge - max(date.width, *wide[-1:], _SEAL) / 2
    lines: list[_Line] = []
    for first in range(0, len(blocks), 2):
        pair, widths = blocks[first : first + 2], wide[first : first + 2]
        centre = _WIDTH - edge - max(date.width, widths[-1], _SEAL) / 2
        centres = [centre]
        if len(pair) == 2:  # as near as the seals and a character between them let them stand
            centres = [centre - max(_SEAL, sum(widths) / 2 + size), centre]
            if centres[0] - widths[0] / 2 < edge:
                centres = [edge + side / 2, _WIDTH - edge - side / 2]
        right = centres[-1]
        high = max(len(block) for block in pair)
        for number in range(high):
            shown = []
            for block, middle in zip(pair, centres, strict=True):
                place = number - (high - len(block))  # the last lines stand side by side
                if place >= 0:
                    shown.append(_Placed(block[place], middle - block[place].width / 2, size))
            lines.append((shown, size * _PITCH))
        if first + 2 < len(blocks):  # the next organs' seals must not touch these
            lines.append(([], _SEAL - size * _PITCH))
    foot = [_Placed(date, right - date.width / 2, size)]
    if award.number:
        running = single(f"编号：{award.number}", Face.KAI, _NUMBER_SIZE)
        if edge + running.width + _NUMBER_SIZE > foot[0].x:
            raise DaomaoError("证书编号太长，一行排不下，请缩短。")
        foot.append(_Placed(running, edge, _NUMBER_SIZE))
    lines.append((foot, size))
    return lines


def _organ(organ: str, room: float, size: float) -> list[SetLine]:
    """An organ on one line, or broken by meaning."""
    line = single(organ, Face.KAI, size)
    if line.width <= room:
        return [line]
    return [single(part, Face.KAI, size) for part in break_title(organ, most=room / size)]


def _place(page: Page, lines: Sequence[_Line], top: float) -> None:
    """Put lines below each other; those side by side stand on one baseline."""
    for placed, pitch in lines:
        base = max((one.size for one in placed), default=0.0)
        for one in placed:
            mark = one.line.at(one.x, top + 0.88 * (base - one.size), one.size)
            page.marks.append(replace(mark, weight=_WEIGHT))
        top += pitch
