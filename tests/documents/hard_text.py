"""Text that is hard to break into lines: random, with what must stay whole, and twenty pages.

What must stay whole is known from how the text is made, not found in it, so that a test does not
ask the engine's own patterns.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

# documents.md, section 1, word for word
NEVER_FIRST = "，。、；：？！…—～·）］】〕〉》」』”’％‰℃"
NEVER_LAST = "（［【〔〈《「『“‘￥№"

NAMES = ("王强", "李䶮", "陈𠮷", "王大顺", "吴海燕", "欧阳建国", "司马青云")
"""Handed to the engine as names."""

# Each line of the file is one paragraph; set in 三号 they fill twenty pages.
TWENTY_PAGES = tuple(
    (Path(__file__).parent.parent / "samples" / "难排公文.txt")
    .read_text(encoding="utf-8")
    .splitlines()
)

_HANZI = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发动村民小组长联光镇党委"
    "考核优秀称职资金监督公示整改落实群众满意制度责任按照规定同意办理反映情况提升能力作风"
)
_WORDS = ("Word", "PowerPoint", "internationalization", "5G", "A4", "COVID-19", "don’t", "NB-IoT")
_UNITS = ("元", "亩", "户", "人次", "起", "公里", "平方米", "m²", "kg", "%", "‰", "℃")


@dataclass(frozen=True)
class HardText:
    """A paragraph; ``wholes`` are the parts (start, end) that no line should divide.

    ``amounts``: those of them that no line may divide, whatever becomes of the gaps.
    """

    text: str
    wholes: tuple[tuple[int, int], ...]
    amounts: tuple[tuple[int, int], ...] = ()


def amounts_in(text: str) -> tuple[tuple[int, int], ...]:
    """Amounts as the tests write them, to be found in text put together at random."""
    found = re.finditer(r"￥?\d[\d,]*(?:\.\d+)?元|￥\d[\d,]*(?:\.\d+)?", text)
    return tuple(match.span() for match in found)


OPENING = "（［【〔〈《「『“‘"
CLOSING = "，。、；：！？）］】〕〉》」』”’"
# Beyond documents.md: half-width marks and hyphens, which the engine forbids too
_NOT_AT_START = NEVER_FIRST + ",.;:?!)]}%°′″-/"
_NOT_AT_END = NEVER_LAST + "([{$"
WIDEST = 2.0  # points a gap may grow


def blank_side(character: str, cell: float) -> float:
    """Points a full-width mark may lose: half of it, a quarter for the centred ？."""
    if character not in OPENING + CLOSING:
        return 0.0
    return (0.25 if character == "？" else 0.5) * cell


def can_be_set(
    hard: HardText,
    widths: Sequence[float],
    rooms: tuple[float, float],
    cell: float,
    *,
    whole: bool,
) -> bool:
    """Whether there are lines that keep every rule and amount (and every group): a plain search.

    ``widths`` of the characters, ``rooms`` of the first line and the others, ``cell`` of a
    full-width mark, all in points. A blank at a line's end is not set.
    """
    text = hard.text
    size = len(text)
    closed = {place for place in range(1, size) if _closed(text, place)}
    for start, stop in hard.wholes if whole else hard.amounts:
        if sum(widths[start:stop]) <= rooms[1]:
            closed |= set(range(start + 1, stop))
    reached = {0}
    for start in range(size):
        if start not in reached:
            continue
        room = rooms[1] if start else rooms[0]
        wide = loss = gaps = 0.0
        for stop in range(start + 1, size + 1):
            character = text[stop - 1]
            wide += widths[stop - 1]
            if not (character in OPENING and stop == start + 1):
                loss += blank_side(character, cell)
            if stop > start + 1 and not (character in "—…" and text[stop - 2] == character):
                gaps += 1
            if wide - loss > room:
                break
            following = stop + len(text[stop:]) - len(text[stop:].lstrip(" "))
            fills = wide + gaps * WIDEST >= room
            if following == size or (following not in closed and character != " " and fills):
                reached.add(following)
    return size in reached


def _closed(text: str, place: int) -> bool:
    return text[place] in _NOT_AT_START or text[:place].rstrip(" ")[-1:] in tuple(_NOT_AT_END)


class _Writer:
    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.text = ""
        self.wholes: list[tuple[int, int]] = []
        self.amounts: list[tuple[int, int]] = []

    def write(self, text: str) -> None:
        self.text += text

    def whole(self, text: str) -> None:
        self.wholes.append((len(self.text), len(self.text) + len(text)))
        self.text += text

    def amount(self, text: str) -> None:
        self.whole(text)
        self.amounts.append(self.wholes[-1])

    def hanzi(self, least: int, most: int) -> None:
        count = self.chance.randint(least, most)
        self.text += "".join(self.chance.choices(_HANZI, k=count))

    def _number(self) -> str:
        return self.chance.choice(
            (
                f"{self.chance.randint(0, 9_999_999):,}.{self.chance.randint(0, 99):02}",
                f"{self.chance.randint(0, 999)}.{self.chance.randint(0, 9)}",
                str(self.chance.randint(1, 999)),
            )
        )

    def plain(self) -> None:
        self.hanzi(2, 12)

    def group(self) -> None:
        """A number with its unit, a date, a document's number, a Latin word or a name."""
        chance = self.chance
        kind = chance.randrange(8)
        if kind == 0:
            unit = chance.choice(_UNITS)
            (self.amount if unit == "元" else self.whole)(self._number() + unit)
        elif kind == 1:
            self.whole(f"{chance.randint(8, 20)}:{chance.randint(10, 59)}")
        elif kind == 2:
            self.whole(
                f"{chance.randint(1990, 2030)}年{chance.randint(1, 12)}月{chance.randint(1, 28)}日"
            )
        elif kind == 3:
            self.hanzi(2, 3)
            self.whole(f"〔2026〕{chance.randint(1, 300)}号")
        elif kind == 4:
            self.whole(chance.choice(_WORDS))
        elif kind == 5:
            self.amount("￥" + self._number())
        elif kind == 6:
            self.whole(f"第{chance.randint(1, 30)}村")
        else:
            self.whole(chance.choice(NAMES))
        self.hanzi(1, 3)  # or two groups would run into one

    def nested(self) -> None:
        """Quotes in quotes, titles in titles, brackets in brackets."""
        marks = self.chance.choice(("“”‘’", "《》〈〉", "（）［］", "【】（）", "「」『』"))
        self.write(marks[0])
        self.hanzi(0, 4)
        for _ in range(self.chance.choice((1, 1, 2, 3))):
            self.write(marks[2])
            self.chance.choice((self.plain, self.group))()
            self.write(marks[3])
            self.hanzi(0, 4)
        self.write(marks[1])

    def row(self) -> None:
        """“…”“…”, 《…》《…》 or …、…、… in a row."""
        opening, between, closing = self.chance.choice(
            (("“", "", "”"), ("《", "", "》"), ("“", "、", "”"), ("", "、", ""), ("〈", "", "〉"))
        )
        for place in range(self.chance.randint(2, 7)):
            self.write((between if place else "") + opening)
            self.hanzi(1, 5)
            self.write(closing)

    def joined(self) -> None:
        """A dash or dots, with what usually stands beside them."""
        self.write(self.chance.choice(("——", "……", "”——", "……”", "？——", "——《")))
        self.hanzi(2, 6)

    def number_of_a_paragraph(self) -> None:
        self.write(self.chance.choice(("一、", "（一）", "1. ", "（1）", "", "", "")))


def hard_text(seed: int, pieces: int) -> HardText:
    """A random paragraph of so many pieces; the same seed begins with the same text."""
    writer = _Writer(seed)
    chance = writer.chance
    kinds: list[Callable[[], None]] = [
        *[writer.plain] * 3,
        *[writer.group] * 3,
        writer.nested,
        writer.row,
        writer.joined,
    ]
    writer.number_of_a_paragraph()
    writer.hanzi(2, 3)
    for _ in range(pieces):
        chance.choice(kinds)()
        writer.write(chance.choice(("", "，", "，", "。", "、", "；", "：", "？", "！")))
        writer.hanzi(1, 4)
    writer.write("。")
    return HardText(writer.text, tuple(writer.wholes), tuple(writer.amounts))
