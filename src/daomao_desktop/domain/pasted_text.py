"""Text pasted from WPS, Word or a web page, as it should stand in a paper.

Nothing it says changes: what could be meant otherwise stays as it was typed.
"""

from __future__ import annotations

import re
import unicodedata

from daomao_desktop.domain.names import from_private_use

_HANZI = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_LINES = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")  # Word's soft break is \v
# Zero-width marks, directions, soft hyphens, variation selectors: they carry nothing a page shows.
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
_BLANKS = str.maketrans(
    dict.fromkeys("\xa0\u202f\u205f", " ") | dict.fromkeys(map(chr, range(0x2000, 0x200B)), " ")
)
_WIDE_ALPHANUMERICS = {
    code: code - 0xFEE0
    for start, end in (("０", "９"), ("Ａ", "Ｚ"), ("ａ", "ｚ"))
    for code in range(ord(start), ord(end) + 1)
}
_PASSES = 8  # two or three do for anything but nonsense, which must not take longer either
_BLANK_RUN = re.compile("[ \t\u3000]+")
_BLANK_AT_MARK = re.compile("[ \u3000]*([，。、；？！])[ \u3000]*")
_BLANK_IN_DATE = re.compile("(?<=[0-9]) (?=[年月日号])|(?<=[年月]) (?=[0-9])")
_ORDINAL = re.compile("第 ?([0-9]+) ")
_NUMERALS = "一二三四五六七八九十"
# 1、2组 lists groups, 1.5 is a number: a digit may follow only where it begins a year.
_NOT_A_LIST = "(?=[^0-9 \u3000]|[0-9]{4}年)"
_NUMBERING = (
    (re.compile(f"([{_NUMERALS}]{{1,3}})[ \u3000]?[、.．][ \u3000]*(?=.)"), "{}、"),
    (
        re.compile(
            f"[（(][ \u3000]?([{_NUMERALS}]{{1,3}})[ \u3000]?[）)][ \u3000]*[、.．，,]?[ \u3000]*"
        ),
        "（{}）",
    ),
    (re.compile(f"([0-9]{{1,2}})[ \u3000]?[、.．][ \u3000]*{_NOT_A_LIST}"), "{}. "),
    (
        re.compile("[（(][ \u3000]?([0-9]{1,2})[ \u3000]?[）)][ \u3000]*[、.．，,]?[ \u3000]*"),
        "（{}）",
    ),
)
_DOCUMENT_NUMBER = re.compile(r"[\[［【(（]([12][0-9]{3})[\]］】)）] ?([0-9]+) ?号")
_FULL_WIDTH = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_MARK = re.compile("([,;:?!]) ?")
_PAIR = re.compile("[(（]([^()（）]*)[)）]")
_QUOTED = re.compile('"([^"]*)"')
_HAS_HANZI = re.compile(f"[{_HANZI}]")
_WIDE = re.compile(f"[{_HANZI}，。、；：？！“”‘’（）《》〈〉【】〔〕「」…—]")


def clean_text(text: str) -> str:
    """Paragraphs parted by line feeds, each as ``clean_paragraph`` leaves it; blank ones go."""
    return "\n".join(filter(None, map(clean_paragraph, _LINES.split(text))))


def clean_paragraph(text: str) -> str:
    """One paragraph: no indent, nothing invisible, full-width marks, numbering as in GB/T 9704.

    Control codes that may have parted two words are kept, so that ``unprintable`` finds them.
    """
    text = without_invisible(unicodedata.normalize("NFC", from_private_use(text)))
    text = text.translate(_BLANKS).translate(_WIDE_ALPHANUMERICS)
    for _ in range(_PASSES):  # what one pass made full-width is a neighbour in the next
        before, text = text, _tidied(text)
        if text == before:
            break
    return text


def without_invisible(text: str) -> str:
    """Without the marks of zero width that come along from web pages and Word."""
    return _INVISIBLE.sub("", text)


def unprintable(text: str) -> str | None:
    """The first character that cannot be printed whatever the font: a control code, a character
    only the typist's own PC knows (造字), half a surrogate pair."""
    for character in text:
        category = unicodedata.category(character)
        # Hanzi newer than Python's own table are characters.
        unknown = category == "Cn" and ord(character) >> 16 not in (2, 3)
        if category in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp") or unknown:
            return character
    return None


def storable(text: str) -> str:
    """The text with every half surrogate pair replaced: what is left can be kept as UTF-8."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _tidied(text: str) -> str:
    text = _BLANK_RUN.sub(_one_blank, text).strip(" \u3000")
    text = _ORDINAL.sub(r"第\1", _BLANK_IN_DATE.sub("", text))
    for pattern, shape in _NUMBERING:
        if match := pattern.match(text):
            return shape.format(match[1]) + _marks(text[match.end() :])
    return _marks(text)


def _one_blank(match: re.Match[str]) -> str:
    return " " if set(match[0]) == {" "} else "\u3000"


def _marks(text: str) -> str:
    text = _DOCUMENT_NUMBER.sub(r"〔\1〕\2号", text)
    text = _PAIR.sub(_bracketed, text)
    text = _QUOTED.sub(_quoted, text)
    text = _last_stop(_full_width(text))
    return _BLANK_AT_MARK.sub(r"\1", text)


def _full_width(text: str) -> str:
    """Marks beside hanzi; 8:30 and 1,000 have digits at both sides, an address has letters."""
    parts: list[str] = []
    end = 0
    last = ""  # the last character written that is no blank
    for match in _MARK.finditer(text):
        passed = text[end : match.start()]
        last = passed.rstrip(" ")[-1:] or last
        after = text[match.end() : match.end() + 1]
        if last and (_WIDE.match(last) or _HAS_HANZI.match(after)):
            last = _FULL_WIDTH[match[1]]
            parts += [passed, last]
        else:
            last = match[1]
            parts += [passed, match[0]]
        end = match.end()
    return "".join([*parts, text[end:]])


def _last_stop(text: str) -> str:
    """A half-width stop that ends a Chinese sentence."""
    body = text.removesuffix("”").removesuffix(".")
    if body + "." != text.removesuffix("”") or not _HAS_HANZI.search(body):
        return text
    if _WIDE.match(body[-1]) or body[-1] in "0123456789%％":
        return f"{body}。{text[len(body) + 1 :]}"
    return text


def _beside(match: re.Match[str]) -> bool:
    """Whether there is Chinese in the brackets or quotes, or right beside them."""
    text, start, end = match.string, match.start(), match.end()
    beside = text[max(0, start - 2) : start].rstrip(" ")[-1:] + text[end : end + 2].lstrip(" ")[:1]
    return _WIDE.search(match[1] + beside) is not None


def _bracketed(match: re.Match[str]) -> str:
    if _beside(match) or "（" in match[0] or "）" in match[0]:
        return f"（{match[1].strip()}）"
    return match[0]


def _quoted(match: re.Match[str]) -> str:
    return f"“{match[1]}”" if _beside(match) else match[0]
