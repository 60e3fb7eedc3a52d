"""Font files: read, parsed, registered with ReportLab, and compared with their release.

ReportLab shares parsed fonts between documents: what a document uses of a font is kept per document
(``TTFont.state``) and dropped when it is saved. Setting text in two documents in turn is safe; two
threads are not, because that record is shared and ReportLab guards none of its tables. Whoever
draws holds ``DRAWING`` from the first string to the end of ``save()``.
"""

from __future__ import annotations

import hashlib
import io
import json
import lzma
import struct
import threading
from dataclasses import dataclass
from pathlib import Path

from reportlab.pdfbase import pdfmetrics, ttfonts

from daomao_desktop import paths
from daomao_desktop.documents.embedding import EmbeddedFont
from daomao_desktop.errors import DaomaoError

DRAWING = threading.RLock()
"""Held while a document is drawn and saved; see the module's docstring."""

UNREADABLE = (
    OSError,
    EOFError,
    ValueError,
    LookupError,
    ArithmeticError,
    AssertionError,
    struct.error,
    ttfonts.TTFError,
)
"""What ReportLab and fontTools raise over a file that is no font, or a damaged one."""

_LOADING = threading.RLock()
_LOADED: dict[str | OfficeFont, EmbeddedFont] = {}

# Font file → the family name in it, which is also its name in ReportLab, so that a chart drawn for
# the screen as SVG names the family that Qt knows.
FAMILIES = {
    "title-song.ttf": "GongwenTitleSong",
    "song.ttf": "Noto Serif SC",
    "hei.ttf": "GongwenHei",
    "fang.ttf": "FandolFang R",
    "kai.ttf": "FandolKai",
    "kai-supplement.ttf": "GongwenKaiSupplement",
    "rare.ttf.xz": "HanaMinB",
}


@dataclass(frozen=True, slots=True)
class OfficeFont:
    """A font of this PC, measured, that an office may set a face in.

    ``borrowed``: characters it has but that do not fit the engine's cells: the shipped faces'
    stand for them. ``rise``: em by which its glyphs are drawn higher, so that its hanzi have their
    middle where the shipped face has it. ``stamp``: modification time, to tell a replaced file.
    """

    family: str
    path: Path
    index: int
    stamp: int
    rise: float = 0.0
    borrowed: frozenset[str] = frozenset()


class _NamedBytes(io.BytesIO):
    """A font in memory with the name ReportLab uses for it, so that no path enters a document."""

    def __init__(self, name: str, data: bytes) -> None:
        super().__init__(data)
        self.name = name


def load(file: str | OfficeFont) -> EmbeddedFont:
    """A font of ``resources/fonts/`` or of this PC, parsed and registered once; thread-safe.

    Raises DaomaoError when the file is missing or damaged.
    """
    font = _LOADED.get(file)
    if font is None:
        with _LOADING:
            font = _LOADED.get(file)
            if font is None:
                font = _parse(file) if isinstance(file, str) else _named_apart(file)
                pdfmetrics.registerFont(font)
                _LOADED[file] = font
    return font


def _parse(face_file: str) -> EmbeddedFont:
    try:
        data = paths.resource(f"fonts/{face_file}").read_bytes()
        if face_file.endswith(".xz"):
            data = lzma.decompress(data)
        return _font(FAMILIES[face_file], face_file, data)
    except (*UNREADABLE, lzma.LZMAError) as error:
        raise DaomaoError(f"字体文件 {face_file} 缺失或损坏，请重新安装程序。") from error


def read_office_font(own: OfficeFont, name: str = "") -> EmbeddedFont:
    """A font of this PC, parsed but not registered; raises one of ``UNREADABLE``."""
    return _font(name or own.family, own.path.name, own.path.read_bytes(), own.index)


def _named_apart(own: OfficeFont) -> EmbeddedFont:
    number = sum(isinstance(key, OfficeFont) for key in _LOADED) + 1
    try:
        font = read_office_font(own, f"{own.family}#{number}")
    except UNREADABLE as error:
        raise DaomaoError(
            f"这台电脑的字体“{own.family}”打不开，请到“系统 → 字体”改用自带字体。"
        ) from error
    # ReportLab takes two fonts of one PostScript name for the same one, here and in a document.
    if any(one.face.name == font.face.name for one in _LOADED.values()):
        font.face.name = ttfonts.TTFNameBytes(font.face.name + b"-%d" % number)
    return font


def _font(name: str, file_name: str, data: bytes, index: int = 0) -> EmbeddedFont:
    return EmbeddedFont(name, _NamedBytes(file_name, data), index)


def check_fonts() -> list[str]:
    """Sentences about font files that are missing or not as released; empty when all is well."""
    folder = paths.resource("fonts")
    try:
        lock = json.loads((folder / "fonts.lock.json").read_text(encoding="utf-8"))
        expected = {entry["file"]: entry["sha256"] for entry in lock["faces"]}
    except (OSError, ValueError, KeyError, TypeError):
        return ["字体清单 fonts.lock.json 缺失或损坏，请重新安装程序。"]
    problems = []
    for name in FAMILIES:
        try:
            with (folder / name).open("rb") as stream:
                found = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError:
            problems.append(f"字体文件 {name} 缺失或打不开，请重新安装程序。")
            continue
        if found != expected.get(name):
            problems.append(f"字体文件 {name} 与发布时不同，请重新安装程序。")
    return problems
