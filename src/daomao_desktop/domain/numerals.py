"""Numbers as people write them: full-width digits and Chinese numerals, plain or financial."""

from __future__ import annotations

import re

_DIGITS = {
    **{char: value for value, char in enumerate("零一二三四五六七八九")},
    **{char: value for value, char in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "○": 0,
    "两": 2,
    "貳": 2,
    "參": 3,
    "陸": 6,
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_SECTIONS = (("亿億", 10**8), ("万萬", 10**4))
_SHORT_TENS = {"廿": "二十", "卅": "三十"}


def half_width(text: str) -> str:
    """Full-width ASCII and the ideographic space as their half-width twins; nothing else changes.

    NFKC is not used: it would also turn ² into 2 and ① into 1.
    """
    return text.translate(_HALF_WIDTH)


_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def chinese_integer(text: str) -> int:
    """三, 十二, 一百零五, 伍佰, 二〇二一 or 12 as a number from 0 up to below 10^16.

    Colloquial short forms (一千五 for 1500) are ambiguous and refused. Raises ValueError.
    """
    plain = "".join(half_width(text).split())
    if re.fullmatch(r"[0-9]{1,16}", plain):
        return int(plain)
    for short, long in _SHORT_TENS.items():
        plain = plain.replace(short, long)
    if not plain:
        raise ValueError(f"“{text}” 不是数字")
    if all(char in _DIGITS for char in plain):
        if len(plain) > 16:
            raise ValueError(f"“{text}” 不是数字")
        return int("".join(str(_DIGITS[char]) for char in plain))
    return _sections(plain, text)


def chinese_numeral(number: int) -> str:
    """1–99 as paragraphs are numbered: 一, 十, 十二, 二十, 三十五."""
    tens, ones = divmod(number, 10)
    digits = "一二三四五六七八九"
    shown = digits[ones - 1] if ones else ""
    if not tens:
        return shown
    return ("" if tens == 1 else digits[tens - 1]) + "十" + shown


def _sections(plain: str, original: str) -> int:
    """Splits at 亿, then at 万; what stands before a section word must not be empty."""
    for words, size in _SECTIONS:
        at = max(plain.rfind(word) for word in words)
        if at < 0:
            continue
        high = _sections(plain[:at], original)
        low_text = plain[at + 1 :]
        low = _sections(low_text, original) if low_text else 0
        # 一亿二 would be colloquial; a section below its full width starts with 零 or a unit.
        if high == 0 or high >= 10**8 or low >= size or _is_bare_digit(low_text):
            raise ValueError(f"“{original}” 不是数字")
        return high * size + low
    return _below_ten_thousand(plain, original)


def _is_bare_digit(text: str) -> bool:
    return len(text) == 1 and text in _DIGITS


def _below_ten_thousand(plain: str, original: str) -> int:
    total = 0
    smallest = 10_000
    digit: int | None = None
    zero = False
    for char in plain:
        if char in _UNITS:
            unit = _UNITS[char]
            if unit >= smallest or (digit is None and unit != 10):
                raise ValueError(f"“{original}” 不是数字")
            total += (1 if digit is None else digit) * unit
            smallest, digit, zero = unit, None, False
        elif char in _DIGITS and digit is None:
            value = _DIGITS[char]
            if value == 0:
                if zero:
                    raise ValueError(f"“{original}” 不是数字")
                zero = True
            else:
                digit = value
        else:
            raise ValueError(f"“{original}” 不是数字")
    if digit is None:
        if zero:
            raise ValueError(f"“{original}” 不是数字")
        return total
    if smallest not in (10, 10_000) and not zero:
        raise ValueError(f"“{original}” 不是数字")
    return total + digit
