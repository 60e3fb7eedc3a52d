"""Page numbers, on upright and on landscape pages (GB/T 9704-2012, 7.5 and 8)."""

from __future__ import annotations

from dataclasses import replace

from daomao_desktop.documents.fonts import Face
from daomao_desktop.documents.typesetting.geometry import (
    ASCENT,
    BOTTOM,
    LEFT,
    NUMBER_GAP,
    PAGE_HEIGHT,
    RIGHT,
    SIZE_4,
)
from daomao_desktop.documents.typesetting.marks import Page
from daomao_desktop.documents.typesetting.text import single

# 宋体's dash is drawn this high above the baseline (em): the number hangs from its dash.
_DASH_HEIGHT = 0.293


def number_page(page: Page, number: int) -> None:
    """— 1 — in 四号宋体: odd pages right, even pages left, one character in (7.5).

    A landscape page carries it where the same sheet held upright does (8): turned, at its left.
    """
    text = single(f"— {number} —", Face.SONG, SIZE_4)
    x = RIGHT - SIZE_4 - text.width if number % 2 else LEFT + SIZE_4
    top = BOTTOM + NUMBER_GAP + _DASH_HEIGHT * SIZE_4 - ASCENT * SIZE_4
    mark = text.at(x, top, SIZE_4)
    if page.landscape:
        mark = replace(mark, x=PAGE_HEIGHT - mark.y, y=mark.x, turned=True)
    page.marks.append(mark)
