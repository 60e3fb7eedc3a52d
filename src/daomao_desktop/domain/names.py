"""Personal names: one spelling for one name, however a spreadsheet wrote it."""

from __future__ import annotations

import re
import unicodedata

from daomao_desktop.domain.numerals import half_width

# GBK's 80 additions at FE50–FEA0 as old fonts and Python's gb18030 codec place them: U+E815–E864.
_GBK_ADDITIONS = (
    "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱"
    "䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻"
)
_PRIVATE_USE = {0xE815 + at: char for at, char in enumerate(_GBK_ADDITIONS)} | {0xE7C7: "ḿ"}
_MIDDLE_DOT = "·"
_DOTS = str.maketrans(dict.fromkeys("・･•‧∙⋅᛫⸱", _MIDDLE_DOT))
# Zero-width marks, the byte order mark and variation selectors carry nothing a name needs.
_INVISIBLE = "[\u00ad\u200b-\u200f\u2060\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef]"
_HANZI = (
    "\u3007\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0002fa1f\U00030000-\U000323af"
)
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010fffd"
_LATIN = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
# Patterns stay text here and re keeps them compiled: classes this wide cost start-up 14 ms.
_PLAUSIBLE = f"[{_HANZI}{_PRIVATE}{_LATIN}{_MIDDLE_DOT} '’-]+"
_LETTER = f"{_HANZI}{_PRIVATE}"
_SPACE_AT_HANZI = f"(?<=[{_LETTER}{_MIDDLE_DOT}]) +(?=[{_LETTER}{_MIDDLE_DOT}])"
_STOP_BETWEEN_HANZI = f"(?<=[{_HANZI}])[.](?=[{_HANZI}])"
LONGEST_NAME = 40


def from_private_use(text: str) -> str:
    """Legacy private-use codes of GBK's 80 additions as the characters they stand for."""
    return text.translate(_PRIVATE_USE)


def clean_name(text: str) -> str:
    """The one spelling of a name: NFC, no legacy private-use codes, no spaces between hanzi.

    Every kind of middle dot becomes ·; words in Latin letters keep one space between them.
    """
    name = half_width(from_private_use(text))
    name = re.sub(_INVISIBLE, "", unicodedata.normalize("NFC", name)).translate(_DOTS)
    name = " ".join(name.split())
    name = re.sub(_SPACE_AT_HANZI, "", name)
    return re.sub(_STOP_BETWEEN_HANZI, _MIDDLE_DOT, name)


def spread_name(name: str) -> str:
    """王强 as 王　强, so that it lines up with names of three characters in lists."""
    if re.fullmatch(f"[{_LETTER}]{{2}}", name):
        return f"{name[0]}\u3000{name[1]}"
    return name


def name_problem(name: str) -> str | None:
    """Why a cleaned name cannot be one, as a sentence; None where it can."""
    if not name:
        return "请填写姓名。"
    if not re.fullmatch(_PLAUSIBLE, name):
        return "姓名只能有汉字、间隔号“·”和字母，请去掉其他字符。"
    letters = re.sub(f"[{_MIDDLE_DOT} '’-]", "", name)
    if not letters:
        return "姓名只有间隔号，请填写完整。"
    if len(name) > LONGEST_NAME:
        return f"姓名不能超过{LONGEST_NAME}个字。"
    return None


def is_one_character(name: str) -> bool:
    """Whether a cleaned name may have lost its other half: 王, but no real name is refused."""
    return len(name) == 1


def has_private_use(name: str) -> bool:
    """Whether a character is left that only the typist's own PC can show (造字)."""
    return re.search(f"[{_PRIVATE}]", name) is not None
