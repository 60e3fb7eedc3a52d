"""Which places between characters a line may be broken at, and how reluctantly."""

from __future__ import annotations

import re
from collections.abc import Sequence

from daomao_desktop.documents.typesetting.characters import BLANKS, NOT_AT_END, NOT_AT_START

FREE = 0
# Importance of unbreakable groups: the least important is broken first when a line cannot be
# filled otherwise.
DATE = 1
UNIT = 2
WORD = 3
NAME = 4
DOCUMENT_NUMBER = 5
NUMBER = 6
AMOUNT = 7  # of money: kept whole even where the gaps of a line have to grow for it
NEVER = 9

_DIGIT = "0-9０-９"
_UNIT_WORDS = (
    "元 角 分 万元 亿元 千元 多元 余元 人民币 亿 万 千 百 倍 "
    "年 月 日 号 时 点 秒 天 周 岁 个月 小时 分钟 周岁 周年 年度 季度 世纪 "
    "人 户 亩 组 村 个 名 次 件 项 条 款 页 份 期 届 级 起 例 家 批 种 类 处 场 位 口 字 章 节 "
    "人次 余人 多人 辆 台 只 头 棵 株 张 本 支 座 间 栋 套 所 袋 箱 盏 "
    "米 克 斤 吨 升 度 公斤 公里 公顷 万亩 千克 厘米 毫米 毫升 平方米 立方米 平方公里 "
    "㎡ ㎏ ㎜ ㎝ ㎞ ℃ ％ % ‰ ° ′ ″"
)
_LATIN_UNIT_WORDS = "km² m² m³ km cm mm kg mg °C m g L"
# The longest first, or m would hide m²
_UNITS = "|".join(sorted(_UNIT_WORDS.split(), key=len, reverse=True))
_UNITS += f"|(?:{'|'.join(_LATIN_UNIT_WORDS.split())})(?![A-Za-z])"
_LETTER = "A-Za-zÀ-ɏ0-9"
# In the order of their importance: where two overlap, the later counts.
# What has to be in the text stands beside the pattern: it is sooner looked for.
_PATTERNS: tuple[tuple[int, str, re.Pattern[str]], ...] = (
    (
        DATE,
        "月",
        re.compile(
            rf"[{_DIGIT}]{{2,4}} ?年 ?[{_DIGIT}]{{1,2}} ?月(?: ?[{_DIGIT}]{{1,2}} ?[日号])?"
            rf"|[{_DIGIT}]{{1,2}} ?月 ?[{_DIGIT}]{{1,2}} ?[日号]"
        ),
    ),
    (
        UNIT,  # 第3村, 5,000余元, 30 公里, 20元/亩·年
        "",
        re.compile(
            rf"(?:第 ?)?[￥¥$]?[{_DIGIT}]+(?:[,.:．][{_DIGIT}]+)*[多余]?"
            rf"(?: ?(?:{_UNITS})(?:[/·](?:{_UNITS}))*)?"
        ),
    ),
    (WORD, "", re.compile(rf"[{_LETTER}]+(?:['’\-_.@/&+:][{_LETTER}]+)*")),
    (WORD, "://", re.compile(r"[A-Za-z]{2,9}://[!-~]*[A-Za-z0-9/]")),
    (WORD, "www.", re.compile(r"www\.[!-~]*[A-Za-z0-9/]")),
    (DOCUMENT_NUMBER, "〔", re.compile(rf"〔[{_DIGIT}]{{4}}〕第?[{_DIGIT}]+号?")),
    (
        NUMBER,
        "",
        re.compile(rf"[￥¥$+\-－]?[{_DIGIT}]+(?:[,.:°′][{_DIGIT}]+)*(?:°C|[%％‰℃°′″])?"),
    ),
)
# ￥12,345.60, 12,345.60元, -1.5万元, 人民币１２，３４５元: with its sign and up to its 元
_SUM = rf"[+\-－−]?[{_DIGIT}]+(?:(?:[,.．]|，(?=[{_DIGIT}]{{3}}(?![{_DIGIT}])))[{_DIGIT}]+)*"
_YUAN = " ?[多余]?[十百千万亿]*[元角]"
_AMOUNTS = re.compile(rf"(?:[￥¥＄$] ?|(?<=人民币)){_SUM}(?:{_YUAN})?|{_SUM}{_YUAN}")
# An address or a compound gives way here before it does inside a word.
_JOINTS = re.compile(r"[A-Za-z0-9][/\-_.@?&=:]+(?=[A-Za-z0-9])")
_INTERESTING = re.compile(rf"[A-Za-zÀ-ɏ{_DIGIT}]")
_MARKS = re.compile(f"[{re.escape(''.join(sorted(NOT_AT_START | NOT_AT_END | BLANKS)))}]")


def break_levels(text: str, names: Sequence[str] = ()) -> list[int]:
    """For each place i (before character i) FREE, NEVER or the importance of the group around it.

    Place 0 and the end are FREE. ``names`` of two to four characters are kept whole.
    """
    levels = [FREE] * (len(text) + 1)
    if _INTERESTING.search(text):
        for level, needed, pattern in _PATTERNS:
            if needed not in text:
                continue
            for match in pattern.finditer(text):
                start, end = match.span()
                levels[start + 1 : end] = [level] * (end - start - 1)
        if WORD in levels:
            for match in _JOINTS.finditer(text):
                if levels[match.end()] == WORD:
                    levels[match.end()] = UNIT
    for name in names:
        if 2 <= len(name) <= 4:
            start = text.find(name)
            while start >= 0:
                for place in range(start + 1, start + len(name)):
                    levels[place] = max(levels[place], NAME)
                start = text.find(name, start + len(name))
    for match in _MARKS.finditer(text):
        place = match.start()
        character = text[place]
        if character in NOT_AT_START or character in BLANKS:
            levels[place] = NEVER
        if character in NOT_AT_END:
            place += 1
            while place < len(text) and text[place] in BLANKS:
                place += 1
            levels[place] = NEVER
    for match in _AMOUNTS.finditer(text):
        start, end = match.span()
        levels[start + 1 : end] = [AMOUNT] * (end - start - 1)
    levels[0] = levels[-1] = FREE
    return levels
