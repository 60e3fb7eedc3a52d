"""The PC's own official fonts: found by name, refused with a reason, drawn on the same grid."""

from __future__ import annotations

import io
import re
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from daomao_desktop import paths
from daomao_desktop.documents import fonts, office_fonts
from daomao_desktop.documents.font_files import OfficeFont
from daomao_desktop.documents.fonts import BUNDLED, CENTRE, Face, FaceChoice
from daomao_desktop.documents.office_fonts import FoundFont, choice_of, list_fonts
from daomao_desktop.documents.typesetting import OfficialDocument, typeset
from daomao_desktop.domain.fonts import known_families, known_font
from tests.documents.examples import FILE, PLAIN
from tests.documents.font_making import common_hanzi, make_collection, make_font

MEASURED = common_hanzi()[::70]  # the hanzi whose ink says where a font's middle is
Folder = Callable[..., Path]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """Makes a font once in a session: the file of one name is the same everywhere."""
    folder = tmp_path_factory.mktemp("made")

    def make(name: str, source: str = "fang.ttf", **how: object) -> Path:
        target = folder / name
        return target if target.exists() else make_font(target, source, **how)  # type: ignore[arg-type]

    return make


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only font folder of this PC, empty."""
    folder = tmp_path / "字体"
    folder.mkdir()
    monkeypatch.setattr(office_fonts, "font_folders", lambda: [folder, tmp_path / "没有"])
    return folder


def install(folder: Path, *files: Path) -> None:
    for file in files:
        (folder / file.name).symlink_to(file)


def the_font(found: tuple[FoundFont, ...]) -> OfficeFont:
    (only,) = found
    assert only.font is not None, only.problem
    return only.font


def font_names(pdf: bytes) -> dict[str, set[str]]:
    """Font name without its subset prefix → the characters set in it.

    The number that keeps fonts of one name apart in a process is left out as well.
    """
    found: dict[str, set[str]] = {}
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            for char in page.chars:
                found.setdefault(re.sub(r"^.*\+|-\d+$", "", char["fontname"]), set()).add(
                    char["text"]
                )
    return found


def test_every_known_name_leads_to_one_font() -> None:
    assert known_font("FZXiaoBiaoSong-B05S") == (Face.TITLE, "方正小标宋简体")
    assert known_font("fangsong_gb2312") == (Face.FANG, "仿宋_GB2312")
    assert known_font("Sim Sun") == (Face.SONG, "宋体")
    assert known_font("NSimSun") is None
    families = [family for face in Face for family in known_families(face)]
    assert len(families) == len(set(families))
    for face in Face:
        for family in known_families(face):
            assert known_font(family) == (face, family)


def test_a_font_is_found_by_its_name_table_not_by_its_file(installed: Path, made: Folder) -> None:
    install(installed, made("whatever.ttf"), made("english.ttf", family="KaiTi", language=0x409))
    make_font(installed / "simfang.ttf", family="某某艺术字", postscript="Other")
    make_font(installed / "bold.ttf", family="黑体", postscript="SimHei-Bold", bold=True)
    (installed / "broken.ttf").write_bytes(b"\0\1\0\0 no font at all")
    (installed / "empty.ttc").write_bytes(b"ttcf")
    (installed / "outlines.otf").write_bytes(b"OTTO")
    found = list_fonts()
    assert [(one.face, one.family, one.problem) for one in found] == [
        (Face.FANG, "仿宋_GB2312", ""),
        (Face.KAI, "楷体", ""),
    ]


def test_a_font_inside_a_collection_is_found(installed: Path, made: Folder) -> None:
    make_collection(
        installed / "collection.ttc",
        made("other.ttf", family="某某新宋", postscript="NSimSun"),
        made("song.ttf", "song.ttf", family="宋体", postscript="SimSun"),
    )
    font = the_font(list_fonts())
    assert (font.family, font.index) == ("宋体", 1)
    names = font_names(typeset(FILE, faces=choice_of({Face.SONG: "宋体"})))
    assert {"—", " ", "1"} & names["SimSun"]


@pytest.mark.parametrize(
    ("how", "problem"),
    [
        ({"without": "村组"}, "缺 2 个常用汉字，如“村”"),
        ({"without": "〔"}, "缺标点、数字或字母“〔”"),
        ({"without": "7"}, "缺标点、数字或字母“7”"),
        ({"embedding": 2}, "字体不允许嵌入文件"),
        ({"embedding": 0x0100}, "字体不允许嵌入文件"),
        ({"embedding": 0x0200}, "字体不允许嵌入文件"),
    ],
)
def test_a_font_that_cannot_be_used_says_why(
    installed: Path, how: dict[str, object], problem: str
) -> None:
    make_font(installed / "a.ttf", **how)  # type: ignore[arg-type]
    (found,) = list_fonts()
    assert found.font is None
    assert found.problem == problem
    assert choice_of({Face.FANG: found.family}) is BUNDLED


@pytest.mark.parametrize("embedding", [0, 4, 8])
def test_a_font_that_may_be_printed_from_is_used(installed: Path, embedding: int) -> None:
    make_font(installed / "a.ttf", embedding=embedding)
    assert the_font(list_fonts()).family == "仿宋_GB2312"


def test_a_cut_short_file_is_refused(installed: Path, made: Folder) -> None:
    whole = made("whatever.ttf").read_bytes()
    (installed / "a.ttf").write_bytes(whole[: len(whole) // 2])
    assert list_fonts() in (
        (),
        (FoundFont(Face.FANG, "仿宋_GB2312", problem="文件损坏或打不开"),),
    )
    assert choice_of({Face.FANG: "仿宋_GB2312"}) is BUNDLED


def test_of_two_files_of_one_name_the_complete_one_is_taken(installed: Path, made: Folder) -> None:
    make_font(installed / "a.ttf", without="村")
    install(installed, made("whatever.ttf"))
    assert the_font(list_fonts()).path.name == "whatever.ttf"
    assert choice_of({Face.FANG: "仿宋_GB2312"}).font(Face.FANG) is not None


def test_the_preferred_font_comes_first(installed: Path, made: Folder) -> None:
    install(
        installed,
        made("a-fang.ttf", family="FangSong", postscript="FangSong"),
        made("whatever.ttf"),
    )
    assert [one.family for one in list_fonts()] == ["仿宋_GB2312", "仿宋"]


def test_the_chosen_font_is_in_the_file_and_the_others_stay_shipped(
    installed: Path, made: Folder
) -> None:
    install(installed, made("whatever.ttf"))
    names = font_names(typeset(FILE, faces=choice_of({Face.FANG: "仿宋_GB2312"})))
    shipped = font_names(typeset(FILE))
    assert "FandolFang-Regular" not in names
    for name in ("GongwenTitleSong-Bold", "GongwenHei-Regular", "FandolKai-Regular"):
        assert names[name] == shipped[name]
    borrowed = the_font(list_fonts()).borrowed
    assert names["FangSong_GB2312"] == shipped["FandolFang-Regular"] - borrowed


def test_a_character_the_font_lacks_comes_from_the_shipped_chain(
    installed: Path, made: Folder
) -> None:
    install(installed, made("whatever.ttf"))
    document = OfficialDocument(
        format=PLAIN.format, title="关于测试的通知", body=("张㛃、李𪚥和￥5。",)
    )
    names = font_names(typeset(document, faces=choice_of({Face.FANG: "仿宋_GB2312"})))
    assert {"张", "李", "和"} <= names["FangSong_GB2312"]
    assert "㛃" in names["GongwenKaiSupplement-Regular"]
    assert "𪚥" in names["HanaMinB"]
    assert "￥" in names["NotoSerifSC-Regular"]


def test_digits_of_another_width_are_drawn_half_an_em_wide(installed: Path, made: Folder) -> None:
    install(installed, made("wide.ttf", digits=0.6))
    choice = choice_of({Face.FANG: "仿宋_GB2312"})
    with fonts.using(choice):
        assert {fonts.char_width(digit, Face.FANG) for digit in "0123456789"} == {0.5}
        assert [run.stretch for run in fonts.runs("共12人", Face.FANG)] == [100.0, 83.33, 100.0]
    with pdfplumber.open(io.BytesIO(typeset(FILE, faces=choice))) as document:
        chars = [c for c in document.pages[0].chars if "FangSong" in c["fontname"]]
    digits = [char for char in chars if char["text"].isdigit()]
    assert digits
    assert {round(c["width"] / c["size"], 2) for c in digits} == {0.5}


def test_digits_as_wide_as_hanzi_are_not_taken(installed: Path, made: Folder) -> None:
    install(installed, made("whole.ttf", digits=1.0))
    font = the_font(list_fonts())
    assert set("0123456789") <= font.borrowed
    with fonts.using(choice_of({Face.FANG: "仿宋_GB2312"})):
        assert [run.font for run in fonts.runs("12", Face.FANG)] == ["FandolFang R"]


def test_marks_that_do_not_fit_their_cell_are_borrowed(installed: Path, made: Folder) -> None:
    """Noto's dash has blank ends: —— would have a hole. Its quotes fit."""
    install(installed, made("song.ttf", "song.ttf", family="宋体", postscript="SimSun"))
    borrowed = the_font(list_fonts()).borrowed
    assert "—" in borrowed
    assert not borrowed & set("，。、：；“”（）《》…0123456789")


def test_the_shipped_hanzi_have_their_middle_where_it_is_written() -> None:
    files = ("title-song.ttf", "song.ttf", "hei.ttf", "fang.ttf", "kai.ttf")
    for face, file in zip(Face, files, strict=True):
        with TTFont(paths.resource(f"fonts/{file}"), lazy=True) as font:
            glyf, glyph_of = font["glyf"], font.getBestCmap()
            boxes = [glyf[glyph_of[ord(one)]] for one in MEASURED]
            for box in boxes:
                box.expand(glyf)
            middles = [(box.yMin + box.yMax) / 2 / font["head"].unitsPerEm for box in boxes]
        assert sum(middles) / len(middles) == pytest.approx(CENTRE[face], abs=0.005), face


def test_a_font_that_stands_higher_is_drawn_on_the_same_line(installed: Path, made: Folder) -> None:
    install(installed, made("high.ttf", lifted=MEASURED, lift=0.09))
    assert the_font(list_fonts()).rise == pytest.approx(-0.09, abs=0.005)
    choice = choice_of({Face.FANG: "仿宋_GB2312"})
    text = "".join(MEASURED[:20])
    assert ink_of(text, choice) == pytest.approx(ink_of(text, BUNDLED), abs=0.005)


def ink_of(text: str, choice: FaceChoice) -> float:
    """The middle of the ink of a line of body text in em above its baseline, on the rendered page.

    The mean over the line's characters, each measured by itself.
    """
    document = OfficialDocument(format=PLAIN.format, title="标题", body=(text,))
    pdf = typeset(document, faces=choice)
    with pdfplumber.open(io.BytesIO(pdf)) as plumbed:
        chars = [c for c in plumbed.pages[0].chars if c["text"] in text]
        height = float(plumbed.pages[0].height)
    scale = 300 / 72
    with pypdfium2.PdfDocument(pdf) as opened:
        image = opened[0].render(scale=scale, grayscale=True).to_pil()
    ink = image.point(lambda grey: 255 if grey < 128 else 0)
    middles = []
    for char in chars:
        left, right = round(char["x0"] * scale) + 1, round(char["x1"] * scale) - 1
        baseline = (height - char["matrix"][5]) * scale
        size = char["size"] * scale
        top, bottom = round(baseline - size), round(baseline + 0.3 * size)
        box = ink.crop((left, top, right, bottom)).getbbox()
        assert box is not None
        middle = top + (box[1] + box[3]) / 2
        middles.append((baseline - middle) / size)
    return sum(middles) / len(middles)


def test_shipped_bytes_do_not_change_beside_a_choice(installed: Path, made: Folder) -> None:
    before = typeset(FILE)
    install(installed, made("whatever.ttf"))
    choice = choice_of({Face.FANG: "仿宋_GB2312"})
    own = typeset(FILE, faces=choice)
    assert own != before
    assert typeset(FILE) == before
    assert typeset(FILE, faces=choice) == own
    assert choice_of({Face.FANG: "仿宋_GB2312"}) is choice


def test_threads_with_different_choices_do_not_mix(installed: Path, made: Folder) -> None:
    install(
        installed,
        made("wide.ttf", digits=0.6),
        made("kai.ttf", "kai.ttf", family="楷体", postscript="KaiTi"),
    )
    choices = [
        BUNDLED,
        choice_of({Face.FANG: "仿宋_GB2312"}),
        choice_of({Face.FANG: "仿宋_GB2312", Face.KAI: "楷体"}),
    ]
    expected = [typeset(FILE, faces=choice) for choice in choices]
    assert len(set(expected)) == 3
    made_there: dict[int, list[bytes]] = {}

    def work(number: int) -> None:
        made_there[number] = [typeset(FILE, faces=choices[number]) for _ in range(8)]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made_there == {number: [expected[number]] * 8 for number in range(3)}


def test_a_font_gone_or_replaced_is_noticed(installed: Path, made: Folder) -> None:
    assert choice_of({Face.FANG: "仿宋_GB2312"}) is BUNDLED
    target = installed / "a.ttf"
    shutil.copyfile(made("whatever.ttf"), target)
    first = choice_of({Face.FANG: "仿宋_GB2312"})
    assert first.font(Face.FANG) is not None
    pdf = typeset(FILE, faces=first)
    make_font(target, without="㐂", digits=0.6)
    second = choice_of({Face.FANG: "仿宋_GB2312"})
    assert second is not first
    assert typeset(FILE, faces=second) != pdf
    target.unlink()
    assert choice_of({Face.FANG: "仿宋_GB2312"}) is BUNDLED
    # The one in memory still sets what was begun with it.
    assert typeset(FILE, faces=first) == pdf


def test_a_font_gone_before_it_was_loaded_is_told(installed: Path, made: Folder) -> None:
    target = installed / "gone.ttf"
    shutil.copyfile(made("whatever.ttf"), target)
    choice = choice_of({Face.FANG: "仿宋_GB2312"})
    target.unlink()
    with pytest.raises(fonts.DaomaoError, match=r"仿宋_GB2312.*打不开.*自带字体"):
        typeset(FILE, faces=choice)


def test_the_search_tells_how_far_it_is_and_can_be_stopped(installed: Path, made: Folder) -> None:
    for name in ("a.ttf", "b.ttf", "c.ttf"):
        (installed / name).write_bytes(b"no font")
    told: list[tuple[int, int]] = []
    list_fonts(lambda done, total: told.append((done, total)))
    assert told == [(0, 3), (1, 3), (2, 3)]

    def stop(_done: int, _total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        list_fonts(stop)


def test_windows_and_linux_keep_fonts_in_their_own_places(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("WINDIR", str(tmp_path / "W"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "L"))
    assert office_fonts.font_folders() == [
        tmp_path / "W" / "Fonts",
        tmp_path / "L" / "Microsoft" / "Windows" / "Fonts",
    ]
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert office_fonts.font_folders()[2:] == [tmp_path / ".local/share/fonts", tmp_path / ".fonts"]
