"""Fonts of an imagined PC: the shipped ones under another name, and what can be wrong with them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont

from daomao_desktop import paths

CHINESE, ENGLISH = 0x804, 0x409


def make_font(
    target: Path,
    source: str = "fang.ttf",
    *,
    family: str = "仿宋_GB2312",
    postscript: str = "FangSong_GB2312",
    language: int = CHINESE,
    without: str = "",
    embedding: int = 0,
    digits: float = 0.0,
    lifted: str = "",
    lift: float = 0.0,
    bold: bool = False,
) -> Path:
    """Writes a font of ``resources/fonts/`` anew: with that name, less those characters.

    ``embedding``: OS/2 fsType. ``digits``: their advance in em. ``lifted`` characters stand
    ``lift`` em higher.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    shipped = paths.resource(f"fonts/{source}")
    with TTFont(shipped, lazy=True, recalcBBoxes=False, recalcTimestamp=False) as font:
        names = font["name"]
        names.names = []
        for number, words in ((1, family), (2, "Regular"), (4, family)):
            names.setName(words, number, 3, 1, language)
        names.setName(postscript, 6, 3, 1, ENGLISH)
        font["head"].macStyle = int(bold)
        font["OS/2"].fsType = embedding
        em = font["head"].unitsPerEm
        glyph_of = font.getBestCmap()
        if digits:
            for digit in "0123456789":
                _width, bearing = font["hmtx"][glyph_of[ord(digit)]]
                font["hmtx"][glyph_of[ord(digit)]] = (round(digits * em), bearing)
        glyf = font["glyf"] if lifted else {}
        for character in lifted:
            glyph = glyf[glyph_of[ord(character)]]
            glyph.expand(glyf)
            glyph.coordinates.translate((0, round(lift * em)))
            glyph.recalcBounds(glyf)
        for table in font["cmap"].tables:
            for character in without:
                table.cmap.pop(ord(character), None)
        font.save(target)
    return target


def font_folder(folder: Path) -> Path:
    """A folder of fonts: a whole 仿宋_GB2312, and a 黑体 without 村."""
    make_font(folder / "a.ttf")
    make_font(folder / "b.ttf", "hei.ttf", family="黑体", postscript="SimHei", without="村")
    return folder


def make_collection(target: Path, *members: Path) -> Path:
    """Puts fonts into one .ttc."""
    collection = TTCollection()
    collection.fonts = [TTFont(one, lazy=True) for one in members]
    collection.save(target)
    for font in collection.fonts:
        font.close()
    return target


@cache
def common_hanzi() -> str:
    """The 6763 hanzi of GB 2312."""
    found = []
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found.append(bytes([row, cell]).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return "".join(found)
