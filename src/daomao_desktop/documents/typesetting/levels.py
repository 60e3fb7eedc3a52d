"""Levels of the body by their numbering, and the face each takes (GB/T 9704-2012, 7.3.3)."""

from __future__ import annotations

import re

from daomao_desktop.documents.fonts import Face

_LEVEL_1 = re.compile(r"[一二三四五六七八九十百]+、")
_LEVEL_2 = re.compile(r"[（(][一二三四五六七八九十百]+[）)]")


_BELOW_ALL = 3  # the level of everything without a heading's number


def level(text: str) -> int:
    """1 for 一、, 2 for （一）, 3 for everything else."""
    if _LEVEL_1.match(text):
        return 1
    return 2 if _LEVEL_2.match(text) else _BELOW_ALL


def heads(text: str, following: str) -> bool:
    """Whether it is a heading alone on its line, with something under it.

    二、 after 一、 makes 一、 an item of a list; text after its first 。 makes it a paragraph.
    """
    alone = _heading_end(text) == len(text)
    return bool(following) and alone and level(text) < level(following)


def _heading_end(text: str) -> int:
    """Where a heading's own words end: with its first 。, or with the paragraph."""
    return text.find("。") + 1 or len(text)


def faces(text: str) -> list[Face]:
    """The face of each character: 一、 黑体, （一） 楷体, everything else 仿宋.

    A heading that goes on into text on the same line ends with its first 。
    """
    face = {1: Face.HEI, 2: Face.KAI}.get(level(text))
    if face is None:
        return [Face.FANG] * len(text)
    heading = _heading_end(text)
    return [face] * heading + [Face.FANG] * (len(text) - heading)
