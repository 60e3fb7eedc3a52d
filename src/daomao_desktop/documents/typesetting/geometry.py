"""The page of GB/T 9704-2012 in points, measured from the sheet's top left corner downwards.

Each constant names the clause it comes from; 1 mm is 72/25.4 pt.
"""

from __future__ import annotations

from dataclasses import dataclass

MM = 72 / 25.4

# 5.1 paper and margins: A4, 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm
PAGE_WIDTH = 210 * MM
PAGE_HEIGHT = 297 * MM
TOP = 37 * MM
LEFT = 28 * MM
TEXT_WIDTH = 156 * MM
TEXT_HEIGHT = 225 * MM
RIGHT = LEFT + TEXT_WIDTH
BOTTOM = TOP + TEXT_HEIGHT

# 5.2.3 lines and characters: 22 lines a page, 28 characters a line, filling the 版心
ROWS = 22
COLUMNS = 28
ROW = TEXT_HEIGHT / ROWS
CELL = TEXT_WIDTH / COLUMNS

# 5.2.2 sizes: 二号, 三号, 四号
SIZE_2 = 22.0
SIZE_3 = 16.0
SIZE_4 = 14.0

# 28 glyphs of 16 pt are wider than 156 mm: full-width characters are set this much tighter
TRACKING = CELL - SIZE_3
HALF_TRACKING = TRACKING / 2

# All faces share one em box: this much of it stands above the baseline.
ASCENT = 0.88
DESCENT = 1 - ASCENT

# 7.2.4 发文机关标志: its top edge 35 mm below the 版心's; 45 pt ends inside the grid's row 4, so
# that the two blank lines of 7.2.5 are rows 5 and 6 and the number stands in row 7 at any size
MASTHEAD_TOP = TOP + 35 * MM
MASTHEAD_SIZE = 45.0
NUMBER_ROW = 7
# 7.2.7 版头分隔线: 4 mm below the number, as wide as the 版心
RED_LINE_GAP = 4 * MM
RED_LINE_WIDTH = 1.4
# 7.3.1 标题: two blank lines below the red line, which ends the number's row
TITLE_ROW = 10

# 7.4 版记: outer rules 0.35 mm, inner 0.25 mm
RULE_OUTER = 0.35 * MM
RULE_INNER = 0.25 * MM

# 7.5 页码: 一字线 7 mm below the 版心, one character in
NUMBER_GAP = 7 * MM

# 10.1 信函格式: name 30 mm from the paper's top, double rules 170 mm wide 4 mm below the name and
# 20 mm above the paper's bottom; what follows stands 7/8 of a 三号 character below the rule
LETTER_TOP = 30 * MM
LETTER_SIZE = 33.0
LETTER_RULE = 170 * MM
LETTER_RULE_GAP = 4 * MM
LETTER_FOOT = PAGE_HEIGHT - 20 * MM
LETTER_THICK = 0.5 * MM
LETTER_THIN = 0.2 * MM
LETTER_SPACE = 0.25 * MM
LETTER_BELOW = SIZE_3 * 7 / 8


@dataclass(frozen=True, slots=True)
class Area:
    """The 版心 of a page as it is read, in points from the page's top left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height


PORTRAIT = Area(LEFT, TOP, TEXT_WIDTH, TEXT_HEIGHT)
# 8: a table set across stands on the same sheet, turned: held upright, its head is at the left edge
LANDSCAPE = Area(PAGE_HEIGHT - BOTTOM, LEFT, TEXT_HEIGHT, TEXT_WIDTH)


def row_top(row: float) -> float:
    """Top of a grid row (0 to 21), which is the top of the glyphs in it."""
    return TOP + row * ROW
