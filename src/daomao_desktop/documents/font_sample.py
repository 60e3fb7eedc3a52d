"""One page that shows the faces an office may choose: each by itself, then all of them together."""

from __future__ import annotations

from daomao_desktop.documents.fonts import BUNDLED, Face, FaceChoice, using
from daomao_desktop.documents.typesetting.drawing import draw
from daomao_desktop.documents.typesetting.geometry import (
    CELL,
    LEFT,
    SIZE_2,
    SIZE_3,
    SIZE_4,
    TEXT_WIDTH,
    row_top,
)
from daomao_desktop.documents.typesetting.levels import faces as faces_of
from daomao_desktop.documents.typesetting.marks import Page
from daomao_desktop.documents.typesetting.numbering import number_page
from daomao_desktop.documents.typesetting.text import paragraph, plain, single

TITLE = "公文字体样张"
# Hanzi, digits, punctuation, and characters that no usual font has: 㛃 and 𠮷. Each fits one line.
_TITLED = ("关于表彰张㛃等10名优秀小组长的通报", "大茂镇〔2026〕5号“先进集体”《办法》")
_LINES = (
    "王大顺、张㛃、吴𠮷：2026年1月15日，发给500.00元。",
    "“党建”《办法》〔2026〕5号；一是——二是……吗？Abc",
)
_TOGETHER = (
    "一、考核等次",
    "（一）评定办法。村民小组长的年度考核，由村党组织提出建议，镇党委在2026年1月底前确定。",
    "优秀等次的人数不超过参加考核人数的20%，名单在村务公开栏公示5个工作日。",
)


def font_sample(faces: FaceChoice = BUNDLED) -> bytes:
    """The sample page in those faces; the same choice always gives the same bytes."""
    page = Page()
    with using(faces):
        heading = single(TITLE, Face.TITLE, SIZE_2)
        page.marks.append(heading.at(LEFT + (TEXT_WIDTH - heading.width) / 2, row_top(0), SIZE_2))
        row = 2.0
        for face in Face:
            row = _show(page, face, faces, row)
        for text in _TOGETHER:
            lines = paragraph(text, faces_of(text), first=TEXT_WIDTH - 2 * CELL, width=TEXT_WIDTH)
            for number, line in enumerate(lines):
                page.marks.append(line.at(LEFT if number else LEFT + 2 * CELL, row_top(row)))
                row += 1
        number_page(page, 1)
        return draw([page], title=TITLE, author="", subject="办文所用的五种字体")


def _show(page: Page, face: Face, faces: FaceChoice, row: float) -> float:
    """The face's name and font, then its lines; returns the row that follows."""
    own = faces.font(face)
    font = "自带" if own is None else own.family
    words = f"{face.value}（{face.used_for}）：{font}"
    page.marks.append(single(words, Face.SONG, SIZE_4).at(LEFT, row_top(row), SIZE_4))
    row += 0.8
    size, pitch, texts = (SIZE_3, 0.9, _LINES)
    if face is Face.TITLE:
        size, pitch, texts = (SIZE_2, 1.1, _TITLED)
    for text in texts:
        for line in plain(text, face, TEXT_WIDTH, size=size, ragged=True):
            page.marks.append(line.at(LEFT, row_top(row), size))
            row += pitch
    return row + 0.2
