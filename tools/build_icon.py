"""Draws the program's icon: resources/icons/daomao.svg, and from it daomao.png and daomao.ico.

茂 in the face of official titles over a red rule, as over a notice: no seal, no emblem. Also the
picture beside the first and the last page of the Windows installer.
Run after a change of the drawing: ``python tools/build_icon.py``.
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "resources" / "icons"
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)  # what Windows asks for at 100 % to 250 %
PNG_SIZE = 256
LARGEST_SMALL = 32

_DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256">
  <rect x="8" y="8" width="240" height="240" rx="48" fill="#2563EB"/>
  <path transform="translate(38 178) scale(0.18 -0.18)" fill="#FFFFFF" d="{outline}"/>
  <rect x="44" y="211" width="168" height="14" rx="3" fill="#EF4444"/>
</svg>
"""


# 黑体 and the whole square, without the rule: what 16 to 32 pixels can show.
_SMALL_DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256">
  <rect width="256" height="256" rx="40" fill="#2563EB"/>
  <path transform="translate(8 219) scale(0.24 -0.24)" fill="#FFFFFF" stroke="#FFFFFF"
    stroke-width="24" d="{outline}"/>
</svg>
"""

# Beside the installer's pages, in the pixels that NSIS has for it at 100 %.
SETUP = ROOT / "packaging" / "windows" / "setup.bmp"
SETUP_SIZE = (164, 314)
_SETUP_DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 164 314">
  <rect width="164" height="314" fill="#2563EB"/>
  <path transform="translate(32 132) scale(0.1 -0.1)" fill="#FFFFFF" d="{outline}"/>
  <rect x="32" y="152" width="100" height="7" rx="2" fill="#EF4444"/>
  {name}
</svg>
"""
_SETUP_LETTER = (
    '<path transform="translate({x} {y}) scale(0.018 -0.018)" fill="#FFFFFF" d="{outline}"/>'
)


def outline(character: str, face: str) -> str:
    """SVG path of one glyph, in units of a thousandth em, y upwards."""
    font = TTFont(ROOT / "resources" / "fonts" / face)
    glyphs = font.getGlyphSet()
    pen = SVGPathPen(glyphs, ntos=lambda value: str(round(value)))
    glyphs[font.getBestCmap()[ord(character)]].draw(pen)
    return str(pen.getCommands())


def image(svg: bytes, width: int, height: int = 0) -> QImage:
    """The drawing in ``width`` × ``height`` pixels, or in a square of ``width``."""
    picture = QImage(width, height or width, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg)).render(painter)
    painter.end()
    return picture


def png(picture: QImage) -> bytes:
    """The picture as a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(picture)
    return bytes(buffer.data().data())


def bitmap(picture: QImage) -> bytes:
    """The picture as an icon's bitmap: header, BGRA from the bottom up, an empty mask."""
    size = picture.width()
    pixels, row = bytes(picture.constBits()), 4 * size
    rows = [pixels[at : at + row] for at in range(len(pixels) - row, -1, -row)]
    mask = bytes((size + 31) // 32 * 4 * size)
    head = struct.pack("<IiiHHIIiiII", 40, size, 2 * size, 1, 32, 0, 0, 0, 0, 0, 0)
    return head + b"".join(rows) + mask


def icon_file(svg: bytes, small: bytes) -> bytes:
    """An ICO; 256 is a PNG and written as 0, the smaller ones bitmaps, as Windows expects them."""
    images = []
    for size in SIZES:
        picture = image(small if size <= LARGEST_SMALL else svg, size)
        images.append((size, png(picture) if size == PNG_SIZE else bitmap(picture)))
    at = 6 + 16 * len(images)
    entries = b""
    for size, content in images:
        side = size % 256
        entries += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(content), at)
        at += len(content)
    head = struct.pack("<HHH", 0, 1, len(images))
    return head + entries + b"".join(content for _, content in images)


def setup_picture() -> QImage:
    """The installer's side picture: the icon's drawing and the program's name in two lines."""
    letters = [
        _SETUP_LETTER.format(
            x=82 + 18 * (place - len(line) / 2), y=y, outline=outline(one, "hei.ttf")
        )
        for y, line in ((194, "村民小组长"), (220, "工作台"))
        for place, one in enumerate(line)
    ]
    drawing = _SETUP_DRAWING.format(
        outline=outline("茂", "title-song.ttf"), name="\n  ".join(letters)
    )
    return image(drawing.encode(), *SETUP_SIZE).convertToFormat(QImage.Format.Format_RGB888)


def main() -> int:
    """Writes the three files and the installer's picture."""
    application = QGuiApplication(sys.argv[:1])
    svg = _DRAWING.format(outline=outline("茂", "title-song.ttf")).encode()
    small = _SMALL_DRAWING.format(outline=outline("茂", "hei.ttf")).encode()
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "daomao.svg").write_bytes(svg)
    (FOLDER / "daomao.png").write_bytes(png(image(svg, PNG_SIZE)))
    (FOLDER / "daomao.ico").write_bytes(icon_file(svg, small))
    setup_picture().save(str(SETUP))
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
