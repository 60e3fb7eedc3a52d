"""Levels of the body by their numbering, and the face each takes (GB/T 9704-2012, 7.3.3)."""

from __future__ import annotations

import re

from daomao_desktop.documents.fonts import Face

_LEVEL_1 = re.compile(r"[一二三四五六七八九十百]+、")
_LEVEL_2 = re.compile(r"[（(][一二三四五六七八九十百]+[）)]")


def faces(text: str) -> list[Face]:
    """The face of each character: 一、 黑体, （一） 楷体, everything else 仿宋.

    A heading that goes on into text on the same line ends with its first 。
    """
    if _LEVEL_1.match(text):
        face = Face.HEI
    elif _LEVEL_2.match(text):
        face = Face.KAI
    else:
        return [Face.FANG] * len(text)
    stop = text.find("。") + 1
    heading = stop if 0 < stop < len(text) else len(text)
    return [face] * heading + [Face.FANG] * (len(text) - heading)
