"""Amounts in words (正确填写票据和结算凭证的基本规定) and amounts as people type them."""

from __future__ import annotations

import re

from daomao_desktop.domain.money import Money
from daomao_desktop.domain.numerals import chinese_integer, half_width

_FIGURES = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "拾", "佰", "仟")
_SECTIONS = ("", "万", "亿", "万")
LARGEST = Money(10**18 - 1)


def in_words(amount: Money) -> str:
    """壹仟贰佰元整; ends in 整 unless there are 分. Raises ValueError from 10^16 元 on."""
    if abs(amount.fen) > LARGEST.fen:
        raise ValueError("金额太大，不能写成大写")
    yuan, rest = divmod(abs(amount.fen), 100)
    jiao, fen = divmod(rest, 10)
    words = _integer_in_words(yuan) + "元" if yuan or not rest else ""
    if jiao:
        words += _FIGURES[jiao] + "角"
    elif fen and yuan:
        words += "零"
    words += _FIGURES[fen] + "分" if fen else "整"
    return ("负" if amount.fen < 0 else "") + words


def _integer_in_words(number: int) -> str:
    if number == 0:
        return "零"
    words = ""
    sections = []
    while number:
        number, section = divmod(number, 10_000)
        sections.append(section)
    gap = False
    for at in range(len(sections) - 1, -1, -1):
        section = sections[at]
        if section == 0:
            gap = True
            # 亿 closes what stands in 万亿, even where its own section is empty.
            words += "亿" if at == 2 and len(sections) == 4 else ""
            continue
        if words and (gap or section < 1000):
            words += "零"
        words += _section_in_words(section) + _SECTIONS[at]
        gap = False
    return words


def _section_in_words(section: int) -> str:
    words = ""
    zero = False
    for place in (3, 2, 1, 0):
        digit = section // 10**place % 10
        if digit == 0:
            zero = bool(words)
            continue
        words += ("零" if zero else "") + _FIGURES[digit] + _UNITS[place]
        zero = False
    return words


_DECORATION = re.compile(r"^(?:人民币|CNY|RMB)?[:：]?[¥￥]?|(?:/月|每月|/年|每年|整|正)$")
_PLAIN = re.compile(r"([+-]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,16})(?:\.([0-9]*))?(万)?(?:元|块)?")
_WORDS = re.compile(r"(负?)(?:([^元圆块角分]+)[元圆块])?零?(?:([^角分])角)?零?(?:([^角分])分)?")


def parse_money(text: str) -> Money:
    """500, 500元, 1,200.50, ¥500, 500元/月, 1.2万, 伍佰, 壹仟贰佰元伍角; full width too.

    Raises ValueError with a sentence; more than two decimals are refused, never rounded.
    """
    plain = "".join(half_width(text).split())
    previous = None
    while previous != plain:
        previous, plain = plain, _DECORATION.sub("", plain)
    match = _PLAIN.fullmatch(plain)
    if match is not None:
        return _from_figures(match, text)
    return _from_words(plain, text)


def _from_figures(match: re.Match[str], text: str) -> Money:
    sign, whole, decimals, ten_thousand = match.groups()
    places = 6 if ten_thousand else 2
    decimals = (decimals or "").rstrip("0")
    if len(decimals) > places:
        raise ValueError(f"“{text}” 的金额最多到分")
    fen = int(whole.replace(",", "") + decimals.ljust(places, "0"))
    return Money(-fen if sign == "-" else fen)


def _from_words(plain: str, text: str) -> Money:
    body = plain if re.search("[元圆块角分]$", plain) or "元" in plain else plain + "元"
    match = _WORDS.fullmatch(body)
    if match is None or not any(match.groups()[1:]):
        raise ValueError(f"“{text}” 不是金额")
    sign, yuan, jiao, fen = match.groups()
    try:
        parts = [chinese_integer(part) if part else 0 for part in (yuan, jiao, fen)]
    except ValueError:
        raise ValueError(f"“{text}” 不是金额") from None
    total = parts[0] * 100 + parts[1] * 10 + parts[2]
    return Money(-total if sign else total)
