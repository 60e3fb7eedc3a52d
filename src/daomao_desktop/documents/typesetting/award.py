"""A certificate of honour (荣誉证书): one landscape page inside a red frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from daomao_desktop.documents.fonts import Face, width
from daomao_desktop.documents.typesetting.document import Award
from daomao_desktop.documents.typesetting.geometry import MM, PAGE_HEIGHT, PAGE_WIDTH
from daomao_desktop.documents.typesetting.marks import Page, Piece, RuleMark, TextMark
from daomao_desktop.documents.typesetting.text import SetLine, plain, single
from daomao_desktop.documents.typesetting.title import break_title
from daomao_desktop.domain.dates import chinese_date
from daomao_desktop.errors import DaomaoError

# The page lies: it is as wide as an upright one is high.
_WIDTH, _HEIGHT = PAGE_HEIGHT, PAGE_WIDTH
# Printers leave 4 to 6 mm blank; the frame keeps clear of that.
_FRAMES = ((10 * MM, 0.6 * MM), (12 * MM, 0.2 * MM))  # distance from the edge, thickness
_SIDE = 38 * MM  # text keeps this far from the left and right edge
_HEADING_TOP = 27 * MM
_HEADING_SIZE = 54.0
_HEADING_SPREAD = 0.3  # em between its characters
_TEXT_TOP = 62 * MM
_FOOT = _HEIGHT - 24 * MM  # lowest edge of the date
_NUMBER_TOP = _HEIGHT - 20.5 * MM
_NUMBER_SIZE = 12.0
_SIZES = (24.0, 22.0, 20.0, 18.0)  # the largest that fits one page is taken
_PITCH = 1.7  # of the size
_NAME = 1.2  # the addressee's name by the size
_SEAL = 44 * MM  # a seal of 42 mm with a little air
_SEAL_ABOVE = 17 * MM  # from the text to the organ: the seal's upper part stands there
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
    _frame(page)
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
            # A short text leaves the closing where the eye expects it, not at the frame.
            spare = _FOOT - end - _TEXT_TOP - height - _SEAL_ABOVE
            _place(page, closing, _FOOT - end - spare * 0.35)
            break
    else:
        raise DaomaoError("证书的文字或落款太长，一页排不下，请缩短后再排版。")
    if award.number:
        line = single(f"编号：{award.number}", Face.FANG, _NUMBER_SIZE)
        if line.width > _WIDTH - 2 * _SIDE:
            raise DaomaoError("证书编号太长，一行排不下，请缩短。")
        page.marks.append(line.at(_left(size), _NUMBER_TOP, _NUMBER_SIZE))
    return page


def _left(size: float) -> float:
    """Left end of lines that hold whole characters of that size and stand in the middle."""
    return (_WIDTH - (_WIDTH - 2 * _SIDE) // size * size) / 2


def _frame(page: Page) -> None:
    for edge, thick in _FRAMES:
        left, top, right, bottom = edge, edge, _WIDTH - edge, _HEIGHT - edge
        half = thick / 2
        page.rule(top, thick, x=left - half, x2=right + half, red=True)
        page.rule(bottom, thick, x=left - half, x2=right + half, red=True)
        page.marks.append(RuleMark(left, top, left, bottom, thick, red=True))
        page.marks.append(RuleMark(right, top, right, bottom, thick, red=True))


def _heading(page: Page, heading: str) -> None:
    """小标宋, red, spread and centred; smaller where it is long."""
    natural = width(heading, Face.TITLE, 1.0) + _HEADING_SPREAD * (len(heading) - 1)
    size = min(_HEADING_SIZE, (_WIDTH - 2 * _SIDE) / natural)
    if size < _SMALLEST_HEADING:
        raise DaomaoError("证书的标题太长，一行排不下，请缩短。")
    pieces = (Piece(Face.TITLE, heading, _HEADING_SPREAD * size),)
    top = _HEADING_TOP + (_HEADING_SIZE - size) / 2
    line = SetLine(pieces, natural * size)
    page.marks.append(line.at((_WIDTH - line.width) / 2, top, size, red=True))


def _text(award: Award, size: float) -> list[_Line]:
    """Addressee flush left, then the paragraphs, two characters in."""
    left = _left(size)
    room = _WIDTH - 2 * left
    name_size = size * _NAME
    comrade = single(_COMRADE, Face.FANG, size)
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
        broken = plain(text, Face.FANG, room, first=room - 2 * size, names=names, size=size)
        for place, line in enumerate(broken):
            x = left if place else left + 2 * size
            lines.append(([_Placed(line, x, size)], size * _PITCH))
    return lines


def _closing(award: Award, size: float) -> list[_Line] | None:
    """Organs and date right below, two organs side by side; None where they are too wide.

    As in a document with seals (7.3.5.1, 7.3.5.3): the last organ stands above the date, centred
    on it, and each has room for its seal.
    """
    date = single(chinese_date(award.date), Face.FANG, size)
    room = _WIDTH - 2 * _SIDE
    side = room / 2 - size / 2
    alone = len(award.organs) == 1
    blocks = [_organ(organ, room * 0.6 if alone else side, size) for organ in award.organs]
    widest = max((line.width for block in blocks for line in block), default=0.0)
    if widest > (room if alone else side):
        return None
    half = max(date.width, widest, _SEAL) / 2
    right = _WIDTH - _SIDE - max(half, date.width / 2 + 2 * size)
    if alone or not blocks:
        centres = [right]
    else:
        right = _WIDTH - _SIDE - half
        centres = [_WIDTH - right, right]
    lines: list[_Line] = []
    while blocks:
        pair, blocks = blocks[:2], blocks[2:]
        places = centres[-len(pair) :]
        high = max(len(block) for block in pair)
        for number in range(high):
            shown = []
            for block, centre in zip(pair, places, strict=True):
                place = number - (high - len(block))  # the last lines stand side by side
                if place >= 0:
                    shown.append(_Placed(block[place], centre - block[place].width / 2, size))
            lines.append((shown, size * _PITCH))
        if blocks:  # the next organs' seals must not touch these
            lines.append(([], _SEAL))
    lines.append(([_Placed(date, right - date.width / 2, size)], size))
    return lines


def _organ(organ: str, room: float, size: float) -> list[SetLine]:
    """An organ on one line, or broken by meaning."""
    line = single(organ, Face.FANG, size)
    if line.width <= room:
        return [line]
    return [single(part, Face.FANG, size) for part in break_title(organ, most=room / size)]


def _place(page: Page, lines: Sequence[_Line], top: float) -> None:
    """Put lines below each other; those side by side stand on one baseline."""
    for placed, pitch in lines:
        base = max((one.size for one in placed), default=0.0)
        for one in placed:
            mark: TextMark = one.line.at(one.x, top + 0.88 * (base - one.size), one.size)
            page.marks.append(mark)
        top += pitch
