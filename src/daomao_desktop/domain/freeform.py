"""自拟公文: what an office writes itself, typeset like every other paper (GB/T 9704-2012)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from daomao_desktop.domain.dates import chinese_date
from daomao_desktop.domain.numerals import chinese_numeral
from daomao_desktop.domain.pasted_text import clean_paragraph, clean_text, storable, unprintable
from daomao_desktop.domain.privacy import private_numbers
from daomao_desktop.errors import FieldProblem

LONGEST_TITLE = 120
LONGEST_LINE = 300
"""Characters of a field of one line; the page has no room for more."""
LONGEST_BODY = 60_000
"""Characters, some hundred pages."""


class FreeformFormat(Enum):
    """The formats of GB/T 9704-2012; only papers with a red head carry a number."""

    FILE = "文件（红头）"
    LETTER = "信函"
    PLAIN = "普通（没有红头）"

    @property
    def is_numbered(self) -> bool:
        return self is not FreeformFormat.PLAIN


class Organ(Enum):
    """Who may issue: organs of the town, or of one village."""

    TOWN_COMMITTEE = "镇党委"
    TOWN_GOVERNMENT = "镇政府"
    TOWN_JOINT = "镇党委、镇政府联合"
    DISCIPLINE = "镇纪委"
    BRANCH = "村党支部"
    VILLAGE_COMMITTEE = "村民委员会"


@dataclass(frozen=True, slots=True)
class FreeformDraft:
    """A paper as typed; ``body`` and ``attachments`` have an entry a line, blank ones count not.

    ``village_uid``: whose organ it is, of a village's. ``signer``: 签发人 of an upward document.
    There is neither 密级 nor 份号: classified papers do not belong on these PCs.
    """

    format: FreeformFormat = FreeformFormat.FILE
    organ: Organ | None = None
    village_uid: str | None = None
    title: str = ""
    addressee: str = ""
    body: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    dated: date | None = None
    seal: bool = True
    signer: str = ""
    note: str = ""
    copies_to: str = ""
    printed_by: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain values, as they are kept."""
        return {
            "format": self.format.name,
            "organ": self.organ.name if self.organ else None,
            "village_uid": self.village_uid,
            "body": list(map(storable, self.body)),
            "attachments": list(map(storable, self.attachments)),
            "dated": self.dated.isoformat() if self.dated else None,
            "seal": self.seal,
            **{name: storable(getattr(self, name)) for name in _TEXTS},
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> FreeformDraft:
        """The draft that ``as_json`` kept."""
        return cls(
            format=FreeformFormat[kept["format"]],
            organ=Organ[kept["organ"]] if kept["organ"] else None,
            village_uid=kept["village_uid"],
            body=tuple(kept["body"]),
            attachments=tuple(kept["attachments"]),
            dated=date.fromisoformat(kept["dated"]) if kept["dated"] else None,
            seal=kept["seal"],
            **{name: kept[name] for name in _TEXTS},
        )

    def tidy(self) -> FreeformDraft:
        """As it is printed: texts cleaned, blank lines and what its format lacks left out."""
        one_line = {
            name: clean_paragraph(" ".join(getattr(self, name).splitlines())) for name in _TEXTS
        }
        if self.format is not FreeformFormat.FILE:
            one_line["signer"] = one_line["printed_by"] = ""
        if self.format is FreeformFormat.PLAIN:
            one_line["copies_to"] = ""
        return FreeformDraft(
            format=self.format,
            organ=self.organ,
            village_uid=self.village_uid,
            body=paragraphs(self.body),
            attachments=tuple(map(_unnumbered, paragraphs(self.attachments))),
            dated=self.dated,
            seal=self.seal,
            **one_line,
        )


_TEXTS = ("title", "addressee", "signer", "note", "copies_to", "printed_by")
_NAMES = {
    "title": "标题",
    "addressee": "主送机关",
    "signer": "签发人",
    "note": "附注",
    "copies_to": "抄送机关",
    "printed_by": "印发机关",
}


def paragraphs(lines: Sequence[str]) -> tuple[str, ...]:
    """The lines cleaned, without blank ones."""
    text = clean_text("\n".join(lines))
    return tuple(text.split("\n")) if text else ()


def check_freeform(draft: FreeformDraft, today: date) -> list[FieldProblem]:
    """What has to be mended before the paper may be signed off."""
    tidy = draft.tidy()
    found = list(check_layout(draft))
    if draft.dated is None:
        found.append(FieldProblem("dated", "请填写成文日期。"))
    elif draft.dated > today:
        found.append(
            FieldProblem("dated", f"成文日期{chinese_date(draft.dated)}晚于今天，请改为实际日期。")
        )
    if len(tidy.title) > LONGEST_TITLE:
        found.append(FieldProblem("title", f"标题超过{LONGEST_TITLE}字，请缩短。"))
    return found


def check_layout(draft: FreeformDraft) -> list[FieldProblem]:
    """What is lacking or cannot be printed, so that not even a page can be shown."""
    tidy = draft.tidy()
    found = []
    if draft.organ is None:
        found.append(FieldProblem("organ", "请选择发文机关。"))
    if not tidy.title:
        found.append(FieldProblem("title", "请填写标题，例如：关于召开村民小组长会议的通知。"))
    if not tidy.body:
        found.append(FieldProblem("body", "请填写正文。"))
    found += [
        FieldProblem(name, f"{_NAMES[name]}超过{LONGEST_LINE}字，请缩短。")
        for name in _TEXTS[1:]
        if len(getattr(tidy, name)) > LONGEST_LINE
    ]
    if sum(map(len, tidy.body)) > LONGEST_BODY:
        found.append(FieldProblem("body", f"正文超过{LONGEST_BODY}字，不像是一份公文，请核对。"))
    seen = {problem.field for problem in found}
    for field, where, text in places(tidy):
        character = unprintable(text)
        if character is not None and field not in seen:
            seen.add(field)
            found.append(
                FieldProblem(
                    field,
                    f"{where}里有不能打印的字符（U+{ord(character):04X}），请删去或重新输入。",
                )
            )
    return found


def cautions(draft: FreeformDraft, today: date) -> tuple[str, ...]:
    """What may be meant but often is a slip: one sentence each, nothing is refused for it."""
    found = []
    for _field, where, text in places(draft.tidy()):
        for number in private_numbers(text):
            what = "身份证号码" if len(number) == 18 else "手机号码"
            found.append(f"{where}里有{what}，公文一般不写，请核对。")
    if draft.dated is not None and draft.dated <= today and draft.dated.year != today.year:
        found.append(f"成文日期是{draft.dated.year}年，文号也按{draft.dated.year}年编，请核对。")
    return tuple(dict.fromkeys(found))


def places(tidy: FreeformDraft) -> Iterator[tuple[str, str, str]]:
    """Field, words for the place, and text of everything printed: 正文第3段, 附件第1个, 标题."""
    for name in _TEXTS:
        yield name, _NAMES[name], getattr(tidy, name)
    for number, text in enumerate(tidy.body, 1):
        yield "body", f"正文第{number}段", text
    for number, text in enumerate(tidy.attachments, 1):
        yield "attachments", f"附件第{number}个", text


class Level(Enum):
    """Levels of the body and the face each is set in (GB/T 9704-2012, 7.3.3)."""

    FIRST = "一、"
    SECOND = "（一）"
    THIRD = "1."
    FOURTH = "（1）"

    @property
    def face(self) -> str:
        return {Level.FIRST: "黑体", Level.SECOND: "楷体"}.get(self, "仿宋")

    def numbered(self, number: int) -> str:
        """二、 （二） 2. （2）"""
        match self:
            case Level.FIRST:
                return f"{chinese_numeral(number)}、"
            case Level.SECOND:
                return f"（{chinese_numeral(number)}）"
            case Level.THIRD:
                return f"{number}. "
            case Level.FOURTH:
                return f"（{number}）"


_LEVELS = (
    (Level.FIRST, re.compile("[一二三四五六七八九十]{1,3}、")),
    (Level.SECOND, re.compile("（[一二三四五六七八九十]{1,3}）")),
    (Level.THIRD, re.compile("[0-9]{1,2}[.] ")),
    (Level.FOURTH, re.compile("（[0-9]{1,2}）")),
)


def level_of(text: str) -> Level | None:
    """The level of a cleaned paragraph by its numbering, None of one without."""
    return next((level for level, pattern in _LEVELS if pattern.match(text)), None)


def without_level(text: str) -> str:
    """A cleaned paragraph without its numbering."""
    for _level, pattern in _LEVELS:
        if match := pattern.match(text):
            return text[match.end() :]
    return text


def next_numbering(before: Sequence[str], level: Level) -> str:
    """The numbering that continues ``level`` after these paragraphs; a higher level starts anew."""
    order = list(Level)
    number = 1
    for text in before:
        found = level_of(clean_paragraph(text))
        if found is None:
            continue
        if found is level:
            number += 1
        elif order.index(found) < order.index(level):
            number = 1
    return level.numbered(min(number, 99))


def _unnumbered(name: str) -> str:
    """An attachment's name without a number of its own: the page numbers them (7.3.4)."""
    name = re.sub("^附件[0-9]*：", "", name)
    return re.sub("^[0-9]{1,2}[.] ", "", name)
