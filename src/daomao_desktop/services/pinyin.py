"""Pinyin of names, computed when a name is saved: sorting, and finding 王顺 by ``ws``."""

from __future__ import annotations

# A surname is often read unlike the character's usual reading (单 shan, not dan).
_SURNAMES = {
    "单": "shan",
    "仇": "qiu",
    "解": "xie",
    "曾": "zeng",
    "区": "ou",
    "查": "zha",
    "盖": "ge",
    "朴": "piao",
    "翟": "zhai",
    "覃": "qin",
    "缪": "miao",
    "折": "she",
    "黑": "he",
    "秘": "bi",
    "种": "chong",
    "繁": "po",
    "员": "yun",
    "乐": "yue",
    "召": "shao",
}


def reading(name: str) -> tuple[str, str]:
    """The pinyin of a cleaned name without tones ("wang shun") and its initials ("ws").

    A character without a known reading stays as it is in both.
    """
    # pypinyin's dictionaries cost 190 ms: only who saves a name pays for them.
    from pypinyin import lazy_pinyin

    spoken = _SURNAMES.get(name[:1])
    syllables = [spoken, *lazy_pinyin(name[1:])] if spoken else lazy_pinyin(name)
    syllables = [syllable.lower() for syllable in syllables if syllable.strip("·")]
    return " ".join(syllables), "".join(syllable[0] for syllable in syllables)
