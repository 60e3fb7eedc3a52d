"""The faces of GB/T 9704-2012, and the fonts of a PC that offices know each of them by."""

from __future__ import annotations

from enum import Enum


class Face(Enum):
    """A face of GB/T 9704; the value is its Chinese name."""

    TITLE = "小标宋"
    SONG = "宋体"
    HEI = "黑体"
    FANG = "仿宋"
    KAI = "楷体"

    @property
    def used_for(self) -> str:
        """What of a document is set in it (GB/T 9704-2012), as a sample and a form say it."""
        return {
            "TITLE": "标题、发文机关标志",
            "SONG": "页码",
            "HEI": "一级标题",
            "FANG": "正文",
            "KAI": "二级标题、签发人姓名",
        }[self.name]

    # Each is there once: what identifies it need not be computed from its name, as Enum does,
    # whenever a character's glyph is looked up.
    __hash__ = object.__hash__


# For each face the fonts in order of preference. A font goes by its Chinese family name; after it
# the other names that its own name table may have instead: English family, PostScript name.
_KNOWN: dict[Face, tuple[tuple[str, ...], ...]] = {
    Face.TITLE: (
        ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "FZXBSJW--GB1-0"),
        ("方正小标宋_GBK", "FZXiaoBiaoSong-B05", "FZXBSK--GBK1-0"),
        ("方正公文小标宋",),
        ("华文中宋", "STZhongsong"),  # what Office has: stands in where 小标宋 is missing
    ),
    Face.SONG: (
        ("宋体", "SimSun"),
        ("方正书宋_GBK", "FZShuSong-Z01", "FZSSK--GBK1-0"),
        ("方正书宋简体", "FZShuSong-Z01S", "FZSSJW--GB1-0"),
        ("华文宋体", "STSong"),
    ),
    Face.HEI: (
        ("黑体", "SimHei"),
        ("方正黑体_GBK", "FZHei-B01", "FZHTK--GBK1-0"),
        ("方正黑体简体", "FZHei-B01S", "FZHTJW--GB1-0"),
        ("方正公文黑体",),
        ("华文黑体", "STHeiti"),
    ),
    Face.FANG: (
        ("仿宋_GB2312", "FangSong_GB2312"),
        ("仿宋", "FangSong"),
        ("方正仿宋_GBK", "FZFangSong-Z02", "FZFSK--GBK1-0"),
        ("方正仿宋简体", "FZFangSong-Z02S", "FZFSJW--GB1-0"),
        ("方正公文仿宋",),
        ("华文仿宋", "STFangsong"),
    ),
    Face.KAI: (
        ("楷体_GB2312", "KaiTi_GB2312"),
        ("楷体", "KaiTi"),
        ("方正楷体_GBK", "FZKai-Z03", "FZKTK--GBK1-0"),
        ("方正楷体简体", "FZKai-Z03S", "FZKTJW--GB1-0"),
        ("方正公文楷体",),
        ("华文楷体", "STKaiti"),
    ),
}


def _plain(name: str) -> str:
    """A font's name as it is compared: capitals and blanks do not count."""
    return name.replace(" ", "").casefold()


_BY_NAME = {
    _plain(name): (face, names[0])
    for face, fonts in _KNOWN.items()
    for names in fonts
    for name in names
}


def known_families(face: Face) -> tuple[str, ...]:
    """Chinese family names of the fonts an office may set the face in, the preferred one first."""
    return tuple(names[0] for names in _KNOWN[face])


def known_font(name: str) -> tuple[Face, str] | None:
    """The face, and the Chinese family name, of the font that has ``name`` in its name table."""
    return _BY_NAME.get(_plain(name))
