"""Finding the header row: which column holds what, however the heading is spelt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from daomao_desktop.workbooks.cells import CellValue, Merged, RawSheet, is_blank, shown

SEARCHED_ROWS = 10
_BRACKETED = re.compile(r"[(\[【〔<《{][^)\]】〕>》}]*[)\]】〕>》}]")
_PUNCTUATION = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of an area: ``title`` as we write it, ``synonyms`` as offices do.

    ``private``: the value is masked in notes. ``fill_down``: a cell merged over several rows
    holds for each of them. ``width`` in characters, ``choices`` become a drop-down when written.
    """

    field: str
    title: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    private: bool = False
    fill_down: bool = False
    width: float = 12
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """A header that was found: ``first``–``last`` row, the column of each field.

    ``repeated``: fields found again in further columns. ``unknown``: columns nobody asked for.
    """

    first: int
    last: int
    columns: Mapping[str, int]
    repeated: Mapping[str, tuple[int, ...]]
    unknown: Mapping[int, str]
    titles: Mapping[int, str]


def find_header(sheet: RawSheet, headings: Sequence[Heading]) -> Header | None:
    """The best header among the first ten rows (two rows where sub-headings follow), or None.

    A row counts from two known headings on, one of them required: a title or a row of data has
    none.
    """
    spellings = _spellings(headings)
    required = {heading.field for heading in headings if heading.required}
    rows = {number: cells for number, cells in sheet.rows if number <= SEARCHED_ROWS + 1}
    best: Header | None = None
    for number in sorted(rows):
        if number > SEARCHED_ROWS:
            break
        header = _header_at(number, rows, sheet.merged, spellings)
        known = header.columns.keys()
        if len(known) < 2 or not required & known:
            continue
        if best is None or len(known) > len(best.columns):
            best = header
    return best


def is_heading_again(cells: Sequence[CellValue], header: Header) -> bool:
    """Whether a row of data is the header printed again on a further page."""
    same = sum(
        1
        for column, title in header.titles.items()
        if column <= len(cells)
        and isinstance(value := cells[column - 1], str)
        and "".join(value.split()) == title
    )
    return same >= 2 and same * 2 >= len(header.titles)


def normalise(text: str) -> str:
    """A heading without spaces, line breaks, brackets and signs: 岗位补贴（元/月）→ 岗位补贴."""
    plain = unicodedata.normalize("NFKC", text)
    without = _PUNCTUATION.sub("", _BRACKETED.sub("", plain))
    return (without or _PUNCTUATION.sub("", plain)).casefold()


def in_brackets(text: str) -> str:
    """What stands in brackets after a heading, such as a unit: 岗位补贴（元/年）→ 元/年."""
    return "".join(_BRACKETED.findall(unicodedata.normalize("NFKC", text)))[1:-1]


def _spellings(headings: Sequence[Heading]) -> dict[str, tuple[str, int]]:
    """Normalised spelling → field and rank; the title itself ranks first."""
    found: dict[str, tuple[str, int]] = {}
    for heading in headings:
        for rank, spelling in enumerate((heading.title, *heading.synonyms)):
            found.setdefault(normalise(spelling), (heading.field, rank))
    return found


def _header_at(
    number: int,
    rows: Mapping[int, Sequence[CellValue]],
    merged: Sequence[Merged],
    spellings: Mapping[str, tuple[str, int]],
) -> Header:
    upper = _texts(rows[number])
    titles = upper
    lower_is_header = False
    lower = _texts(rows.get(number + 1, ()))
    if any(normalise(text) in spellings for text in lower.values()):
        spread = _spread(number, upper, merged)
        both = dict(upper)
        for column, text in lower.items():
            joined = f"{spread.get(column, '')}{text}"
            # 联系 over 电话 is 联系电话, but 基本情况 over 性别 is 性别
            both[column] = joined if normalise(joined) in spellings else text
        # A row of data may hold a heading's word too (地点: 村委会), but then fewer are known.
        lower_is_header = _known(both, spellings) > _known(upper, spellings) > 0
        titles = both if lower_is_header else upper
    found: dict[str, list[tuple[int, int]]] = {}
    unknown = {}
    for column, text in sorted(titles.items()):
        match = spellings.get(normalise(text))
        if match is None:
            unknown[column] = text
        else:
            found.setdefault(match[0], []).append((match[1], column))
    return Header(
        number,
        number + 1 if lower_is_header else number,
        {field: min(places)[1] for field, places in found.items()},
        {
            field: tuple(column for _, column in sorted(places)[1:])
            for field, places in found.items()
            if len(places) > 1
        },
        unknown,
        titles,
    )


def _known(titles: Mapping[int, str], spellings: Mapping[str, tuple[str, int]]) -> int:
    """How many different fields these titles name."""
    return len({spellings[t][0] for t in map(normalise, titles.values()) if t in spellings})


def _texts(cells: Sequence[CellValue]) -> dict[int, str]:
    return {
        column: re.sub(r"\s+", "", shown(value))
        for column, value in enumerate(cells, 1)
        if not is_blank(value)
    }


def _spread(number: int, upper: Mapping[int, str], merged: Sequence[Merged]) -> dict[int, str]:
    """The upper row's texts for every column their merged cells cover."""
    spread = dict(upper)
    for area in merged:
        if area.top == number and area.left in upper and area.right - area.left < SEARCHED_ROWS * 5:
            for column in range(area.left, area.right + 1):
                spread[column] = upper[area.left]
    return spread
