"""Fonts: hashes, coverage, the yen sign, text that copies right, and the same bytes each time."""

from __future__ import annotations

import io
import itertools
import json
import shutil
import threading
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from daomao_desktop import paths
from daomao_desktop.documents import font_files, fonts
from daomao_desktop.documents.embedding import to_unicode
from daomao_desktop.documents.fonts import Face, MissingGlyph, Run
from tests.documents.font_making import common_hanzi

EXTENSIONS = {
    "URO": (0x4E00, 0x9FEF),
    "A": (0x3400, 0x4DB5),
    "B": (0x20000, 0x2A6D6),
    "C": (0x2A700, 0x2B734),
    "D": (0x2B740, 0x2B81D),
    "E": (0x2B820, 0x2CEA1),
    "F": (0x2CEB0, 0x2EBE0),
}
COMPATIBILITY = "﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩"  # the twelve that Unicode counts as unified


def tgh() -> str:
    """The 8105 characters of 通用规范汉字表."""
    return paths.resource("fonts/tgh8105.txt").read_text(encoding="utf-8").replace("\n", "")


def draw(canvas: Canvas, x: float, y: float, text: str, face: Face, size: float) -> None:
    """Draw one line the way the typesetting engine does."""
    for run in fonts.runs(text, face):
        canvas.setFont(run.font, size)
        canvas.drawString(x, y, run.text)
        x += fonts.width(run.text, face, size)


def make(lines: list[tuple[str, Face]]) -> bytes:
    """A document with one line of text below the other."""
    stream = io.BytesIO()
    with fonts.DRAWING:
        canvas = Canvas(stream, invariant=1, initialFontName=fonts.main_font(Face.SONG))
        for number, (text, face) in enumerate(lines):
            draw(canvas, 40, 800 - 18 * number, text, face, 12)
        canvas.save()
    return stream.getvalue()


def extract(data: bytes) -> str:
    """Text of the first page."""
    with pypdfium2.PdfDocument(data) as document:
        page = document[0]
        text = page.get_textpage()
        found: str = text.get_text_range()
        text.close()
        page.close()
    return found


def test_files_are_as_locked() -> None:
    assert font_files.check_fonts() == []
    lock = json.loads(paths.resource("fonts/fonts.lock.json").read_text(encoding="utf-8"))
    assert {entry["file"]: entry["face"] for entry in lock["faces"]} == fonts.FAMILIES
    for entry in lock["faces"]:
        assert paths.resource(f"fonts/{entry['licence_file']}").is_file()


def test_damage_and_loss_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "fonts"
    folder.mkdir()
    for name in ("fonts.lock.json", *fonts.FAMILIES):
        shutil.copyfile(paths.resource(f"fonts/{name}"), folder / name)
    (folder / "song.ttf").unlink()
    with (folder / "kai.ttf").open("r+b") as stream:
        stream.seek(5000)
        stream.write(b"\0\1\2\3")
    monkeypatch.setattr(paths, "resource", lambda relative: tmp_path / relative)
    assert font_files.check_fonts() == [
        "字体文件 song.ttf 缺失或打不开，请重新安装程序。",
        "字体文件 kai.ttf 与发布时不同，请重新安装程序。",
    ]
    (folder / "fonts.lock.json").write_text("{", encoding="utf-8")
    assert font_files.check_fonts() == ["字体清单 fonts.lock.json 缺失或损坏，请重新安装程序。"]


def test_a_damaged_file_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "hei.ttf").write_bytes(b"\0\1\0\0 not a font")
    monkeypatch.setattr(paths, "resource", lambda relative: tmp_path / relative)
    for name in ("hei.ttf", "song.ttf", "rare.ttf.xz"):
        with pytest.raises(font_files.DaomaoError, match=rf"字体文件 {name} 缺失或损坏"):
            font_files._parse(name)


@pytest.mark.parametrize("face", list(Face))
def test_own_font_has_every_common_hanzi(face: Face) -> None:
    own = fonts.main_font(face)
    hanzi = common_hanzi()
    assert len(hanzi) == 6763
    assert fonts.runs(hanzi, face) == [Run(own, hanzi)]
    listed = tgh()
    assert len(set(listed)) == 8105
    used = {run.font for run in fonts.runs(listed, face)}
    supplement = {fonts.FAMILIES["kai-supplement.ttf"]} if face in {Face.FANG, Face.KAI} else set()
    assert used == {own} | supplement
    assert all(fonts.char_width(character, face) == 1 for character in listed)


@pytest.mark.parametrize("face", list(Face))
def test_chain_covers_extensions_a_to_f(face: Face) -> None:
    codes = [code for first, last in EXTENSIONS.values() for code in range(first, last + 1)]
    hanzi = [chr(code) for code in codes] + list(COMPATIBILITY)
    assert len(hanzi) == 87887
    assert [character for character in hanzi if not fonts.has_glyph(character, face)] == []


def test_fallback_goes_from_near_to_far() -> None:
    names = fonts.FAMILIES
    assert fonts.runs("张㛃𪚥", Face.FANG) == [
        Run(names["fang.ttf"], "张"),
        Run(names["kai-supplement.ttf"], "㛃"),
        Run(names["rare.ttf.xz"], "𪚥"),
    ]
    assert fonts.runs("", Face.KAI) == []
    assert [run.text for run in fonts.runs("㛃张三", Face.TITLE)] == ["㛃张三"]


@pytest.mark.parametrize("face", list(Face))
def test_yen_sign_is_not_a_dollar(face: Face) -> None:
    for wide, narrow in (("￥", "$"), ("￥", "＄"), ("＄", "￥")):
        assert glyph_of(wide, face) != glyph_of(narrow, face)
    for face_file in ("fang.ttf", "kai.ttf"):
        assert 0xFFE5 not in font_files.load(face_file).face.charToGlyph
    if face in {Face.FANG, Face.KAI}:
        found = fonts.runs("￥～＋－＝％＄", face)
        assert {run.font for run in found} == {"Noto Serif SC"}
        assert "".join(run.text for run in found) == "￥～＋－＝％＄"


def glyph_of(character: str, face: Face) -> bytes:
    """Outline data that the face's chain draws for a character."""
    (run,) = fonts.runs(character, face)
    font = pdfmetrics.getFont(run.font)
    outline: bytes = font._subsetter._glyph(font.face.charToGlyph[ord(character)]).data
    assert outline
    return outline


@pytest.mark.parametrize(
    ("character", "words"),
    [
        ("𰻝", "字库里没有“𰻝”（U+30EDD）这个字，无法打印；请核对姓名或换用同音字。"),
        ("ก", "字库里没有“ก”（U+0E01）这个字，无法打印；请核对姓名或换用同音字。"),
        ("\t", "文字里有不能打印的字符（U+0009），请删去或重新输入这个字。"),
        ("\ue000", "文字里有不能打印的字符（U+E000），请删去或重新输入这个字。"),
        ("\ud840", "文字里有不能打印的字符（U+D840），请删去或重新输入这个字。"),
    ],
)
def test_a_missing_glyph_is_named(character: str, words: str) -> None:
    for face in Face:
        for call in (
            lambda text, face: fonts.runs(text, face),
            lambda text, face: fonts.width(text, face, 16),
        ):
            with pytest.raises(MissingGlyph) as caught:
                call(f"张{character}", face)
            assert caught.value.character == character
            assert str(caught.value) == words
        assert not fonts.has_glyph(character, face)


def test_widths_agree_with_what_is_drawn() -> None:
    text = "大茂党〔2026〕5号 Ab,—“（·𠮷㛃￥12.50"
    for face in Face:
        drawn = sum(
            pdfmetrics.stringWidth(run.text, run.font, 16) * run.stretch / 100
            for run in fonts.runs(text, face)
        )
        assert fonts.width(text, face, 16) == pytest.approx(drawn, abs=0.01)
        assert fonts.ascent(face) == pytest.approx(0.88)


def test_digits_are_half_width_and_marks_whole_in_the_body_s_faces() -> None:
    for face in (Face.FANG, Face.KAI, Face.HEI):
        assert {fonts.char_width(digit, face) for digit in "0123456789"} == {0.5}
        assert {fonts.char_width(mark, face) for mark in "—…，。“《（〔"} == {1.0}
    assert fonts.char_width("—", Face.TITLE) == 1.0
    assert fonts.runs("一、2026年", Face.HEI)[1] == Run("GongwenHei", "2026", 90.09)


@pytest.mark.parametrize("face", [Face.FANG, Face.KAI, Face.HEI, Face.TITLE])
def test_dashes_touch_and_dots_are_even(face: Face) -> None:
    """In em: —— is one rule two characters long, …… six dots at one pitch, both in the middle."""
    middle = hanzi_middle(face)
    dash = extents("—", face)[0]
    assert (dash[2] + dash[3]) / 2 == pytest.approx(middle, abs=0.01)
    assert (dash[0], dash[1]) == (pytest.approx(0, abs=0.01), pytest.approx(1, abs=0.01))
    dots = extents("…", face)
    centres = [(left + right) / 2 for left, right, _low, _high in dots]
    assert centres == [pytest.approx(place, abs=0.01) for place in (1 / 6, 3 / 6, 5 / 6)]
    assert all((low + high) / 2 == pytest.approx(middle, abs=0.01) for _l, _r, low, high in dots)


def hanzi_middle(face: Face) -> float:
    """Middle of the ink of a thousand common hanzi, in em above the baseline."""
    found = []
    for character in common_hanzi()[:1000]:
        contours = extents(character, face)
        found.append(min(c[2] for c in contours) / 2 + max(c[3] for c in contours) / 2)
    return sum(found) / len(found)


@cache
def opened(face_file: str) -> TTFont:
    return TTFont(paths.resource(f"fonts/{face_file}"), lazy=True)


def extents(character: str, face: Face) -> list[tuple[float, float, float, float]]:
    """Left, right, bottom and top in em of each contour as drawn for a character."""
    (run,) = fonts.runs(character, face)
    (face_file,) = [name for name, family in fonts.FAMILIES.items() if family == run.font]
    font = opened(face_file)
    glyf, em = font["glyf"], font["head"].unitsPerEm
    points, ends, _flags = glyf[font.getBestCmap()[ord(character)]].getCoordinates(glyf)
    contours = [points[a:b] for a, b in itertools.pairwise([0, *[end + 1 for end in ends]])]
    return sorted(
        (
            min(x for x, _y in contour) / em,
            max(x for x, _y in contour) / em,
            min(y for _x, y in contour) / em + run.rise,
            max(y for _x, y in contour) / em + run.rise,
        )
        for contour in contours
    )


def test_supplementary_characters_extract_right() -> None:
    step = 60  # 705 characters spread over Ext B to F
    codes = [code for first, last in list(EXTENSIONS.values())[2:] for code in range(first, last)]
    wanted = "".join(chr(code) for code in codes[::step][:705])
    lines = [wanted[start : start + 16] for start in range(0, len(wanted), 16)]
    found = extract(make([("吴𠮷（𠮷） 王", Face.FANG), *[(line, Face.KAI) for line in lines]]))
    assert found.split("\r\n") == ["吴𠮷（𠮷） 王", *lines]


def test_blocks_of_to_unicode_hold_at_most_a_hundred() -> None:
    text = to_unicode({0x20BB7 + number: 1 + number for number in range(255)})
    assert "<0001> <d842dfb7>" in text
    assert [line for line in text.splitlines() if line.endswith("beginbfchar")] == [
        "100 beginbfchar",
        "100 beginbfchar",
        "55 beginbfchar",
    ]


def test_same_text_gives_the_same_bytes_also_from_threads() -> None:
    listed = tgh()
    pages = [
        [(listed[start + 29 * row :][:29], list(Face)[row % 5]) for row in range(10)]
        for start in range(0, 2400, 300)
    ]
    expected = [make(page) for page in pages]
    assert [make(page) for page in reversed(pages)] == expected[::-1]
    made: dict[tuple[int, int], bytes] = {}

    def work(worker: int) -> None:
        for number, page in enumerate(pages):
            made[worker, number] = make(page)

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == {(w, n): data for w in range(2) for n, data in enumerate(expected)}
    # What a saved document used is not kept.
    assert not any(len(font.state) for font in font_files._LOADED.values())


def test_only_embedded_fonts_in_a_file() -> None:
    data = make([("关于公布名单的通知", Face.TITLE), ("123", Face.SONG)])
    assert b"Helvetica" not in data
    assert data.count(b"/FontFile2") == 2
