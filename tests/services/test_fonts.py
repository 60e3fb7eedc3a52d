"""字体: what the PC has, what the office chose, and where the shipped fonts hold regardless."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pdfplumber
import pytest

from daomao_desktop.documents import office_fonts
from daomao_desktop.documents.fonts import BUNDLED
from daomao_desktop.domain.accounts import OperatorRole
from daomao_desktop.domain.fonts import Face
from daomao_desktop.errors import InvalidInput, Refused
from daomao_desktop.services import accounts, demo, founding, notices, rendering
from daomao_desktop.services.desk import Area, Desk
from daomao_desktop.services.fonts import (
    FaceRow,
    FontRow,
    choose_faces,
    list_faces,
    office_faces,
    sample_pdf,
)
from daomao_desktop.store.accounts import FONTS, get_setting, put_setting
from tests.conftest import CHEAP
from tests.documents.font_making import font_folder
from tests.services.assessment_office import whole_year
from tests.services.notice_office import DEDUCTION, GRADES, TEN, uid_of
from tests.services.office import acting_as

FANG = {Face.FANG: "仿宋_GB2312"}


@pytest.fixture(scope="module")
def pc(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return font_folder(tmp_path_factory.mktemp("fonts"))


@pytest.fixture(autouse=True)
def _installed(pc: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_fonts, "font_folders", lambda: [pc])


def row(desk: Desk, face: Face) -> FaceRow:
    (found,) = [row for row in list_faces(desk).rows if row.face is face]
    return found


def set_in(pdf: bytes) -> set[str]:
    with pdfplumber.open(io.BytesIO(pdf)) as file:
        return {char["fontname"].split("+")[1] for page in file.pages for char in page.chars}


def test_all_five_faces_are_listed_with_what_the_pc_has(town_desk: Desk) -> None:
    found = list_faces(town_desk)
    assert not found.sample
    assert [row.face for row in found.rows] == list(Face)
    assert row(town_desk, Face.FANG) == FaceRow(Face.FANG, (FontRow("仿宋_GB2312"),))
    assert row(town_desk, Face.HEI).fonts == (FontRow("黑体", "缺 1 个常用汉字，如“村”"),)
    assert row(town_desk, Face.KAI).fonts == ()


def test_a_choice_is_kept_and_taken_back(town_desk: Desk) -> None:
    with town_desk.store.reading() as session:
        assert office_faces(session) is BUNDLED
    assert choose_faces(town_desk, FANG).areas == {Area.ACCOUNTS}
    assert row(town_desk, Face.FANG).chosen == "仿宋_GB2312"
    with town_desk.store.reading() as session:
        (own,) = office_faces(session).own
    assert own[0] is Face.FANG
    assert own[1].family == "仿宋_GB2312"
    choose_faces(town_desk, {})
    assert row(town_desk, Face.FANG).chosen is None
    with town_desk.store.reading() as session:
        assert office_faces(session) is BUNDLED


@pytest.mark.parametrize(
    ("face", "family"),
    [(Face.HEI, "黑体"), (Face.KAI, "楷体"), (Face.FANG, "黑体"), (Face.SONG, "某某体")],
)
def test_a_font_that_cannot_be_used_is_not_taken(town_desk: Desk, face: Face, family: str) -> None:
    with pytest.raises(InvalidInput, match=family) as caught:
        choose_faces(town_desk, {**FANG, face: family})
    assert [problem.field for problem in caught.value.problems] == [face.name]
    assert row(town_desk, Face.FANG).chosen is None


def test_only_an_administrator_chooses(town_desk: Desk) -> None:
    reader = acting_as(town_desk, OperatorRole.TOWN_READER)
    with pytest.raises(Refused):
        choose_faces(reader, {})
    assert list_faces(reader).rows


def test_a_font_missing_on_another_pc_leaves_the_shipped_one(
    town_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_faces(town_desk, FANG)
    monkeypatch.setattr(office_fonts, "font_folders", lambda: [tmp_path / "无"])
    found = row(town_desk, Face.FANG)
    assert found.chosen == "仿宋_GB2312"
    assert found.absent
    with town_desk.store.reading() as session:
        assert office_faces(session) is BUNDLED
    # Saved again without touching it, it is kept for the PC that has it.
    choose_faces(town_desk, FANG)
    assert row(town_desk, Face.FANG).absent


def test_what_a_newer_program_kept_is_passed_over(town_desk: Desk) -> None:
    with town_desk.store.writing(town_desk.operator.uid) as session:
        put_setting(session, FONTS, {"仿宋": "方正未来仿宋", "隶书": "隶书"})
    assert row(town_desk, Face.FANG).chosen is None
    with town_desk.store.reading() as session:
        assert office_faces(session) is BUNDLED


def test_the_sample_page_shows_each_face_in_the_font_chosen(town_desk: Desk) -> None:
    shipped = sample_pdf(town_desk, {})
    own = sample_pdf(town_desk, FANG)
    assert len(set_in(shipped)) >= 6
    assert "FandolFang-Regular" in set_in(shipped)
    assert any(name.startswith("FangSong_GB2312") for name in set_in(own))
    with pdfplumber.open(io.BytesIO(own)) as file:
        assert len(file.pages) == 1
        text = file.pages[0].extract_text()
        lowest = max(char["bottom"] for char in file.pages[0].chars if char["text"] == "公")
    assert "公文字体样张" in text
    assert "仿宋（正文）：仿宋_GB2312" in text
    for face in (face for face in Face if face is not Face.FANG):
        assert f"{face.value}（" in text
    assert "：自带" in text
    assert "㛃" in text
    assert "𠮷" in text
    assert lowest < 262 * 72 / 25.4
    assert sample_pdf(town_desk, {Face.KAI: "楷体"}) == shipped
    assert sample_pdf(town_desk, FANG) == own


def test_the_sample_office_always_has_the_shipped_fonts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(founding.found_office.__kwdefaults__, "cost", CHEAP)
    demo.build(tmp_path / "示例", village=True)
    desk = accounts.open_desk(tmp_path / "示例", demo.PASSWORD, today=demo.today)
    try:
        assert list_faces(desk).sample
        with pytest.raises(Refused, match="示例资料"):
            choose_faces(desk, FANG)
        with desk.store.reading() as session:
            assert get_setting(session, FONTS, None) is None
            assert office_faces(session) is BUNDLED
    finally:
        accounts.close_desk(desk)


def test_render_knows_no_choice(town_desk: Desk, tmp_path: Path) -> None:
    source = tmp_path / "文书.json"
    source.write_text(
        json.dumps({"format": "plain", "title": "关于测试的通知", "body": ["一、测试。"]}),
        encoding="utf-8",
    )
    rendering.render_file(source, tmp_path / "前.pdf")
    choose_faces(town_desk, FANG)
    rendering.render_file(source, tmp_path / "后.pdf")
    assert (tmp_path / "后.pdf").read_bytes() == (tmp_path / "前.pdf").read_bytes()


def test_documents_are_previewed_and_signed_off_in_the_fonts_chosen(
    town_desk: Desk, tmp_path: Path
) -> None:
    desk = town_desk
    whole_year(desk, tmp_path, TEN, GRADES)
    uid = notices.draft_notice(desk, DEDUCTION, 2025, uid_of(desk, "林〇三"))
    assert "FandolFang-Regular" in set_in(notices.preview(desk, uid))
    choose_faces(desk, FANG)
    assert "FandolFang-Regular" not in set_in(notices.preview(desk, uid))
    notices.issue_notice(desk, uid)
    stored = notices.stored_pdf(desk, uid)
    assert any(name.startswith("FangSong_GB2312") for name in set_in(stored))
    choose_faces(desk, {})
    assert notices.stored_pdf(desk, uid) == stored
