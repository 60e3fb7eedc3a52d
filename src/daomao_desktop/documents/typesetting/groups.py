"""Which places between characters a line may be broken at, and how reluctantly."""

from __future__ import annotations

import re
from collections.abc import Sequence

from daomao_desktop.documents.typesetting.characters import JOINED, NOT_AT_END, NOT_AT_START

FREE = 0
# Importance of unbreakable groups: the least important is broken first when a line cannot be
# filled otherwise.
DATE = 1
UNIT = 2
WORD = 3
NAME = 4
DOCUMENT_NUMBER = 5
NUMBER = 6
NEVER = 9

_DIGIT = "0-9０-９"
_UNITS = (
    "万亩|亿元|万元|千元|平方米|平方公里|立方米|公斤|公里|千克|厘米|毫米|周岁|个月|小时|分钟|"
    "周年|世纪|年度|季度|人次|余人|多人|余元|多元|人民币|元|角|分|年|月|日|"
    "号|人|户|亩|组|村|个|名|次|天|周|岁|件|项|条|款|"
    "页|份|期|届|级|时|点|米|克|吨|升|度|倍|辆|台|只|"
    "头|棵|处|场|字|章|节|类|种|位|口|亿|万|千|百|kg|"
    "km|cm|mm|m|㎡|m²|m³|℃|％|%|‰|°"
)
_PATTERNS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (
        DATE,
        re.compile(
            rf"[{_DIGIT}]{{2,4}}年[{_DIGIT}]{{1,2}}月(?:[{_DIGIT}]{{1,2}}[日号])?"
            rf"|[{_DIGIT}]{{1,2}}月[{_DIGIT}]{{1,2}}[日号]"
        ),
    ),
    (
        UNIT,
        re.compile(
            rf"第?[￥¥$]?[{_DIGIT}]+(?:[,.:．][{_DIGIT}]+)*[多余]?"
            rf"(?:{_UNITS})?"
        ),
    ),
    (WORD, re.compile(r"[A-Za-zÀ-ɏ0-9]+(?:['’\-_.@/&+:][A-Za-zÀ-ɏ0-9]+)*")),
    (DOCUMENT_NUMBER, re.compile(rf"〔[{_DIGIT}]{{4}}〕第?[{_DIGIT}]+号?")),
    (NUMBER, re.compile(rf"[￥¥$+\-－]?[{_DIGIT}]+(?:[,.:][{_DIGIT}]+)*[%％‰℃°]?")),
)
_INTERESTING = re.compile(rf"[A-Za-zÀ-ɏ{_DIGIT}]")


def break_levels(text: str, names: Sequence[str] = ()) -> list[int]:
    """For each place i (before character i) FREE, NEVER or the importance of the group around it.

    Place 0 and the end are FREE. ``names`` of two to four characters are kept whole.
    """
    levels = [FREE] * (len(text) + 1)
    if _INTERESTING.search(text):
        for level, pattern in _PATTERNS:
            for match in pattern.finditer(text):
                for place in range(match.start() + 1, match.end()):
                    levels[place] = max(levels[place], level)
    for name in names:
        if 2 <= len(name) <= 4:
            start = text.find(name)
            while start >= 0:
                for place in range(start + 1, start + len(name)):
                    levels[place] = max(levels[place], NAME)
                start = text.find(name, start + len(name))
    previous = ""
    for place, character in enumerate(text):
        if place and (
            character in NOT_AT_START
            or previous in NOT_AT_END
            or character == " "  # spaces end the line before and vanish there
            or (character == previous and character in JOINED)
        ):
            levels[place] = NEVER
        if character != " ":
            previous = character
    return levels
