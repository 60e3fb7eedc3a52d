"""The Word copy: the same text in the same order, the standard's page, sizes, faces and pitch."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.styles.style import ParagraphStyle

from daomao_desktop.documents.kinds import (
    commendation,
    criticism,
    deduction,
    freeform,
    public_notice,
)
from daomao_desktop.documents.typesetting import Format, ListTable, OfficialDocument, typeset
from daomao_desktop.documents.word import word_copy
from daomao_desktop.errors import DaomaoError
from daomao_desktop.paths import resource
from tests.documents import examples
from tests.documents.measuring import (
    FANG,
    HEI,
    KAI,
    ROW,
    SONG,
    TITLE,
    MeasuredPage,
    measure,
    near,
)
from tests.programs import need

JOINT = replace(
    examples.FILE,
    organs=("中共大茂镇委员会", "大茂镇人民政府"),
    masthead_suffix="文件",
    signature=("中共大茂镇委员会", "大茂镇人民政府"),
)
FREEFORM = freeform.Freeform(
    format=Format.LETTER,
    organs=("大茂镇人民政府",),
    title="关于商请支持防汛物资的函",
    body=("为做好防汛工作，现商请贵局支持下列物资。", "一、物资种类", "冲锋舟两艘。"),
    dated=examples.DATED,
    number="大茂府函〔2026〕3号",
    addressee="县应急管理局",
    copies_to="县水务局",
)
# Rare characters are left out: LibreOffice draws what the fonts here lack after everything else.
_NOTICE = examples.public_notice(40, 4, 2)
NOTICE = replace(
    _NOTICE,
    people=tuple(
        replace(one, name=one.name.replace("䶮", "岩").replace("𠮷", "吉"))
        for one in _NOTICE.people
    ),
)
PAPERS: dict[str, OfficialDocument] = {
    "criticism": criticism.compose(examples.CRITICISM),
    "deduction": deduction.compose(examples.DEDUCTION),
    "commendation": commendation.compose(examples.commendation(12, 2)),
    "public-notice": public_notice.compose(NOTICE),
    "freeform": freeform.compose(FREEFORM),
    "draft": replace(examples.FILE, number=""),
    "file": examples.FILE,
    "upward": examples.UPWARD,
    "joint": JOINT,
    "letter": examples.LETTER,
    "plain": examples.PLAIN,
    "long": examples.LONG,
}
KINDS = pytest.mark.parametrize("kind", PAPERS)
# The program's faces under the names that offices know them by.
FAMILIES = {
    "仿宋_GB2312": "FandolFang",
    "楷体_GB2312": "FandolKai",
    "黑体": "GongwenHei",
    "宋体": "Noto Serif SC",
    "方正小标宋简体": "GongwenTitleSong",
}
_NUMBER = re.compile(r"—\d+—")


def _plain(text: str) -> str:
    """Without blanks, line ends and page numbers."""
    return _NUMBER.sub("", "".join(text.split()))


@lru_cache
def _printed(kind: str) -> str:
    """What the paper itself says, in its order."""
    return _read(typeset(PAPERS[kind]), kind)


def _read(pdf: bytes, kind: str) -> str:
    """The text of a PDF in the order it is read: what stands above the 版心 first."""
    lines = [
        line.text
        for page in measure(pdf)
        for line in sorted(page.lines, key=lambda one: one.bottom > 45 or not one.glyphs[0].red)
    ]
    text = _plain("".join(lines))
    for sheet in PAPERS[kind].sheets:
        if isinstance(sheet.table, ListTable):  # its heading is there again on every page
            heading = "".join(column.heading for column in sheet.table.columns)
            first, *rest = text.split(heading)
            text = first + heading + "".join(rest)
    return text


def _written(docx: bytes) -> str:
    """What the Word file says, in its order."""
    body = Document(io.BytesIO(docx)).element.body
    return _plain("".join(one.text or "" for one in body.iter(qn("w:t"))))


@KINDS
def test_it_says_the_same_in_the_same_order(kind: str) -> None:
    assert _written(word_copy(PAPERS[kind])) == _printed(kind)


@KINDS
def test_the_same_paper_gives_the_same_bytes(kind: str) -> None:
    assert word_copy(PAPERS[kind]) == word_copy(PAPERS[kind])


def test_a_paper_without_text_is_refused() -> None:
    with pytest.raises(DaomaoError, match="缺少标题或正文"):
        word_copy(replace(examples.FILE, body=()))


def test_page_sizes_faces_and_pitch_are_the_standards() -> None:
    document = Document(io.BytesIO(word_copy(examples.FILE)))
    section = document.sections[0]
    tenth = Mm(0.1)
    for measured, millimetres in (
        (section.page_width, 210),
        (section.page_height, 297),
        (section.top_margin, 37),
        (section.bottom_margin, 35),
        (section.left_margin, 28),
        (section.right_margin, 26),
    ):
        assert measured is not None
        assert abs(measured - Mm(millimetres)) < tenth
    expected = {
        "公文标题": ("方正小标宋简体", 22),
        "公文正文": ("仿宋_GB2312", 16),
        "公文一级标题": ("黑体", 16),
        "公文二级标题": ("楷体_GB2312", 16),
        "公文页码": ("宋体", 14),
        "版记": ("仿宋_GB2312", 14),
    }
    for name, (font, points) in expected.items():
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        fonts = style.element.rPr.rFonts
        assert {fonts.get(qn(f"w:{one}")) for one in ("ascii", "hAnsi", "eastAsia")} == {font}
        assert style.font.size is not None
        assert style.font.size.pt == points
        pitch = style.paragraph_format.line_spacing
        assert pitch is not None
        assert 22 * pitch.pt <= 225 / 25.4 * 72 < 22.1 * pitch.pt  # type: ignore[union-attr]
    body = document.styles["公文正文"].element.pPr.ind
    assert body.get(qn("w:firstLineChars")) == "200"
    assert document.core_properties.title == examples.FILE.title


def test_headings_have_styles_of_their_own() -> None:
    document = Document(io.BytesIO(word_copy(examples.FILE)))
    styles = {one.text: one.style.name for one in document.paragraphs if one.style}
    assert styles["一、总体要求"] == "公文一级标题"
    assert (
        styles["1. 党组织应发挥领导核心作用，依法依纪支持和保障村民小组长开展工作。"] == "公文正文"
    )
    (mixed,) = [one for one in document.paragraphs if one.text.startswith("二、")]
    fonts = [run._r.rPr.rFonts for run in mixed.runs if run._r.rPr is not None]
    assert [one.get(qn("w:eastAsia")) for one in fonts if one is not None] == ["黑体"]


def test_every_part_of_the_file_is_well_formed_and_nothing_is_left_of_the_template() -> None:
    with zipfile.ZipFile(io.BytesIO(word_copy(PAPERS["criticism"]))) as parts:
        assert parts.testzip() is None
        assert not [name for name in parts.namelist() if "thumbnail" in name]
        assert "python-docx" not in parts.read("docProps/core.xml").decode()


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Every copy as LibreOffice prints it, in one run with the program's own faces."""
    need("soffice")
    folder = tmp_path_factory.mktemp("word")
    fonts = folder / "fonts"
    fonts.mkdir()
    for face in resource("fonts").glob("*.ttf"):
        shutil.copy(face, fonts)
    aliases = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{family}</string></edit>'
        "</match>"
        for name, family in FAMILIES.items()
    )
    conf = folder / "fonts.conf"
    conf.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{fonts}</dir><cachedir>{folder / 'cache'}</cachedir>{aliases}</fontconfig>",
        encoding="utf-8",
    )
    copies = []
    for kind, paper in PAPERS.items():
        copies.append(folder / f"{kind}.docx")
        copies[-1].write_bytes(word_copy(paper))
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--convert-to", "pdf", "--outdir", str(folder)),
            *map(str, copies),
        ],
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "FONTCONFIG_FILE": str(conf)},
        check=True,
        capture_output=True,
        timeout=240,
    )
    return {copy.stem: copy.with_suffix(".pdf").read_bytes() for copy in copies}


@KINDS
def test_libreoffice_shows_the_same_text_in_the_same_order(
    opened: dict[str, bytes], kind: str
) -> None:
    assert _read(opened[kind], kind) == _printed(kind)


def _fonts(page: MeasuredPage, start: str) -> tuple[str, float]:
    line = page.line(start)
    return line.font, line.size


def test_libreoffice_shows_the_standards_sizes_faces_and_margins(
    opened: dict[str, bytes],
) -> None:
    first, last = measure(opened["file"])
    assert (first.width, first.height) == (near(210), near(297))
    assert _fonts(first, "关于加强") == (TITLE, 22.0)
    assert _fonts(first, "为进一步") == (FANG, 16.0)
    assert _fonts(first, "一、") == (HEI, 16.0)
    assert _fonts(first, "（一）") == (KAI, 16.0)
    assert _fonts(first, "— 1 —") == (SONG, 14.0)
    assert _fonts(last, "抄送") == (FANG, 14.0)
    assert first.line("大茂镇人民政府").glyphs[0].red
    assert first.line("各村党支部").x0 == near(28)
    assert first.line("为进一步").x0 == near(28 + 2 * 156 / 28)
    assert max(glyph.x1 for glyph in first.line("为进一步").glyphs) == near(184, 1.0)
    body = [first.line(start).top for start in ("为进一步", "水平和", "一、", "（一）")]
    assert [below - above for above, below in pairwise(body)] == [near(ROW)] * 3
    long = measure(opened["long"])
    assert all(glyph.bottom < 262.5 for glyph in long[1].glyphs if glyph.size == 16.0)
    assert len({round(glyph.top) for glyph in long[1].glyphs if glyph.size == 16.0}) == 22


@KINDS
def test_libreoffice_needs_no_more_pages_than_the_paper(
    opened: dict[str, bytes], kind: str
) -> None:
    assert len(measure(opened[kind])) <= len(measure(typeset(PAPERS[kind])))
