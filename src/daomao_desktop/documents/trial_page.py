"""A page set in every face and measured in the finished file: what ``check --self`` relies on."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream

from daomao_desktop.documents.typesetting import Format, OfficialDocument, typeset

MM = 72 / 25.4
TOLERANCE = 0.5
"""Millimetres a position may be away from where the standard has it."""

# Millimetres from the sheet's top left corner, GB/T 9704-2012: 5.1 paper; 7.2.7 the red line, 4 mm
# below the number in the eighth line of the 版心; 7.3.3 the first paragraph, here in the fourteenth
# line, two characters in.
_LINE = 225 / 22
_CHARACTER = 16 / MM
EXPECTED = {
    "纸宽": 210.0,
    "纸高": 297.0,
    "红线": 37 + 7 * _LINE + _CHARACTER + 4,
    "红线左端": 28.0,
    "红线右端": 184.0,
    "正文首行": 37 + 13 * _LINE,
    "正文首字": 28 + 2 * 156 / 28,
}
_TITLE = "关于程序自检的通知"
_RARE = "仿宋：䶮𠮷，￥1,200.50。"
_ASCENT = 0.88  # of the em, above the baseline, in every shipped face
_PAGE = OfficialDocument(
    format=Format.FILE,
    organs=("自检",),
    number="自检〔2026〕1号",
    title=_TITLE,
    addressee="各村民小组",
    body=("一、黑体", "（一）楷体", _RARE),
    signature=("自检",),
    date=date(2026, 1, 15),
    seal=True,
)


@dataclass(frozen=True, slots=True)
class TrialPage:
    """``measured``: millimetres under the names of ``EXPECTED``; ``problems``: what is amiss."""

    measured: dict[str, float]
    problems: tuple[str, ...]


def trial_page() -> TrialPage:
    """Sets the page, reads the finished file back; raises DaomaoError when it cannot be set."""
    reader = PdfReader(io.BytesIO(typeset(_PAGE)))
    page = reader.pages[0]
    measured = dict(_measured(page, reader))
    problems = [
        f"试排一页：{name}应在 {wanted:.1f} 毫米，量得 "
        + (f"{measured[name]:.1f} 毫米。" if name in measured else "不到。")
        for name, wanted in EXPECTED.items()
        if abs(measured.get(name, -1) - wanted) > TOLERANCE
    ]
    text = "".join(page.extract_text().split())
    problems += [
        f"试排一页：文件里找不到“{words}”，打印出来可能缺字。"
        for words in (_TITLE, _RARE)
        if words not in text
    ]
    if len(reader.pages) != 1:
        problems.append(f"试排一页：排成了 {len(reader.pages)} 页。")
    return TrialPage(measured, tuple(problems))


def _measured(page: PageObject, reader: PdfReader) -> Iterator[tuple[str, float]]:
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    yield "纸宽", width / MM
    yield "纸高", height / MM
    for x, end, y in _red_lines(page, reader):
        yield "红线", (height - y) / MM
        yield "红线左端", min(x, end) / MM
        yield "红线右端", max(x, end) / MM
    for x, y, size in _hei(page, reader):
        yield "正文首行", (height - y - _ASCENT * size) / MM
        yield "正文首字", x / MM


def _red_lines(page: PageObject, reader: PdfReader) -> Iterator[tuple[float, float, float]]:
    """Level lines stroked in red: where they begin and end, and their height, in points."""
    red = False
    start: list[float] = []
    for operands, operator in _operations(page, reader):
        if operator == b"RG":
            red = [float(part) for part in operands] == [1, 0, 0]
        elif operator in (b"G", b"K", b"SCN"):
            red = False
        elif operator == b"m":
            start = [float(part) for part in operands]
        elif operator == b"l" and red and start and start[1] == float(operands[1]):
            yield start[0], float(operands[0]), start[1]


def _hei(page: PageObject, reader: PdfReader) -> Iterator[tuple[float, float, float]]:
    """The first place of the 黑体: a heading of the first level begins there. In points."""
    fonts: Any = page["/Resources"]["/Font"]  # type: ignore[index]
    font, size = "", 0.0
    for operands, operator in _operations(page, reader):
        if operator == b"Tf":
            font, size = str(fonts[operands[0]]["/BaseFont"]), float(operands[1])
        elif operator == b"Tm" and "Hei" in font:
            yield float(operands[4]), float(operands[5]), size
            return


def _operations(page: PageObject, reader: PdfReader) -> list[tuple[list[Any], bytes]]:
    found: list[tuple[list[Any], bytes]] = ContentStream(page.get_contents(), reader).operations
    return found
