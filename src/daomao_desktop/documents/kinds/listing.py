"""A list as it stands on the screen: its columns, its rows, and what narrows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from daomao_desktop.documents.fonts import Face, width
from daomao_desktop.documents.kinds.wording import shortened
from daomao_desktop.documents.typesetting.document import Align, Column, ListTable, Report, Sheet
from daomao_desktop.documents.typesetting.geometry import LANDSCAPE, PORTRAIT
from daomao_desktop.domain.dates import chinese_date

_SIZES = (
    12.0,
    10.5,
    9.0,
)  # 小四, 五号, 小五: the first in which short cells keep to their line
_LONGEST = 120  # characters of a cell; the record itself has them all
_WIDEST = 16.0  # characters a column asks for at most
_SHORT = 9.0  # characters: a date, a name, a place is not broken
_GAP = 12.0  # points around a cell's text


@dataclass(frozen=True, slots=True)
class Listing:
    """``narrowed``: search and filters in words; ``right``: columns of figures, by their place."""

    organ: str
    title: str
    narrowed: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    unit: str
    right: frozenset[int]
    dated: date


def compose(data: Listing) -> Report:
    """The list with a number before each row; landscape where its columns ask for it."""
    headings = ("序号", *data.headings)
    rows = tuple(
        (str(number), *(shortened(cell, _LONGEST) for cell in cells))
        for number, cells in enumerate(data.rows, 1)
    )
    wishes = [_wish(heading, [row[at] for row in rows]) for at, heading in enumerate(headings)]
    landscape = sum(wish * _SIZES[0] + _GAP for wish in wishes) > PORTRAIT.width
    size, shares = _shares(wishes, (LANDSCAPE if landscape else PORTRAIT).width)
    columns = tuple(
        Column(heading, share, _align(data, at, wish))
        for at, (heading, share, wish) in enumerate(zip(headings, shares, wishes, strict=True))
    )
    count = f"共 {len(rows)} {data.unit}"
    above = "　".join(filter(None, (data.narrowed, count)))
    return Report(
        sheets=(
            Sheet(
                title=data.title,
                table=ListTable(columns, rows),
                above=above,
                below=(f"{data.organ}　{chinese_date(data.dated)}打印",),
                landscape=landscape,
                size=size,
            ),
        ),
        title=data.title,
        author=data.organ,
        subject=data.title,
    )


def _wish(heading: str, cells: list[str]) -> float:
    """How many characters wide a column likes to be."""
    words = max((width(cell, Face.FANG, 1.0) for cell in cells), default=0.0)
    return max(width(heading, Face.HEI, 1.0), min(words, _WIDEST))


def _shares(wishes: list[float], room: float) -> tuple[float, list[float]]:
    """The size and the columns' widths: the long ones share what the short ones leave."""
    size, shares = _SIZES[-1], list(wishes)
    for size in _SIZES:
        shares = [wish * size + _GAP for wish in wishes]
        long = [at for at, wish in enumerate(wishes) if wish > _SHORT]
        left = room - sum(share for at, share in enumerate(shares) if at not in long)
        if sum(shares) <= room:
            break
        if long and left >= len(long) * (_SHORT * size + _GAP):
            total = sum(wishes[at] for at in long)
            for at in long:
                shares[at] = left * wishes[at] / total
            break
    return size, shares


def _align(data: Listing, at: int, wish: float) -> Align:
    """Figures at the right, long texts at the left, all else in the middle."""
    if at - 1 in data.right:
        return Align.RIGHT
    return Align.LEFT if wish > _SHORT else Align.CENTRE
