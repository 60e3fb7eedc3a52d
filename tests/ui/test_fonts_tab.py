"""系统 → 字体: choosing the PC's fonts, the sample page beside, and where nothing can be chosen."""

from __future__ import annotations

import io
from pathlib import Path

import pdfplumber
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from daomao_desktop.documents import office_fonts
from daomao_desktop.domain.accounts import OperatorRole
from daomao_desktop.domain.fonts import Face
from daomao_desktop.services import fonts, unsaved
from daomao_desktop.services.desk import Desk
from daomao_desktop.store.accounts import SAMPLE, put_setting
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.print_sheet import PrintSheet
from daomao_desktop.ui.operations import Operations
from daomao_desktop.ui.pages.fonts import NOTHING, FontsTab
from daomao_desktop.ui.pages.system import SystemPage
from daomao_desktop.ui.printing import TO_FILE, PrintOrder
from daomao_desktop.ui.theme import Appearance
from tests.documents.font_making import font_folder
from tests.services.office import acting_as
from tests.ui.conftest import Told, context_of, settle

FANG = {Face.FANG: "仿宋_GB2312"}


@pytest.fixture(scope="module")
def pc(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return font_folder(tmp_path_factory.mktemp("fonts"))


@pytest.fixture(autouse=True)
def _installed(pc: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_fonts, "font_folders", lambda: [pc])


@pytest.fixture
def office(town_context: Context) -> Context:
    """The sample town as if it were an office of its own."""
    desk = town_context.desk
    with desk.store.writing(desk.operator.uid) as session:
        put_setting(session, SAMPLE, value=False)
    return town_context


def shown(qtbot: QtBot, context: Context) -> SystemPage:
    """系统 with 字体 in front, everything read."""
    page = SystemPage(context)
    qtbot.addWidget(page)
    page.resize(1190, 640)
    page.show()
    page.enter()
    page.tabs.setCurrentWidget(page.fonts)
    settled(qtbot, page.fonts, context.operations)
    return page


def settled(qtbot: QtBot, tab: FontsTab, operations: Operations) -> None:
    qtbot.waitUntil(lambda: not tab._timer.isActive())
    settle(qtbot, operations)


def box(tab: FontsTab, face: Face) -> QComboBox:
    field = tab.form.rows.field(face.name)
    assert isinstance(field, QComboBox)
    return field


def choices(tab: FontsTab, face: Face) -> list[tuple[str, bool]]:
    """The wording of each choice, and whether it can be taken."""
    model = box(tab, face).model()
    return [
        (
            model.index(row, 0).data(),
            bool(model.index(row, 0).flags() & Qt.ItemFlag.ItemIsEnabled),
        )
        for row in range(model.rowCount())
    ]


def names_of(pdf: bytes) -> set[str]:
    with pdfplumber.open(io.BytesIO(pdf)) as file:
        return {char["fontname"] for page in file.pages for char in page.chars}


def test_each_face_offers_the_shipped_font_and_what_the_pc_has(
    qtbot: QtBot, office: Context
) -> None:
    tab = shown(qtbot, office).fonts
    assert choices(tab, Face.KAI) == [("自带", True)]
    assert choices(tab, Face.FANG) == [("自带", True), ("仿宋_GB2312", True)]
    assert choices(tab, Face.HEI) == [
        ("自带", True),
        ("黑体：缺 1 个常用汉字，如“村”", False),
    ]
    assert tab.note.isHidden()
    assert tab.pane.pages == 1
    assert not any("FangSong_GB2312" in name for name in names_of(tab._pdf))


def test_a_choice_shows_in_the_sample_and_is_kept_when_saved(
    qtbot: QtBot, office: Context, told: Told
) -> None:
    page = shown(qtbot, office)
    box(page.fonts, Face.FANG).setCurrentIndex(1)
    settled(qtbot, page.fonts, office.operations)
    assert any("FangSong_GB2312" in name for name in names_of(page.fonts._pdf))
    assert page.unsaved() == "字体的改动"
    page.save_entry()
    settled(qtbot, page.fonts, office.operations)
    assert not page.unsaved()
    assert told.sentences == ["字体已保存，以后的文书用这些字体。"]
    rows = fonts.list_faces(office.desk).rows
    assert {row.face: row.chosen for row in rows if row.chosen} == FANG


def test_the_shipped_fonts_come_back(qtbot: QtBot, office: Context) -> None:
    fonts.choose_faces(office.desk, FANG)
    page = shown(qtbot, office)
    assert box(page.fonts, Face.FANG).currentText() == "仿宋_GB2312"
    page.fonts.shipped.click()
    assert box(page.fonts, Face.FANG).currentText() == "自带"
    page.save_entry()
    settled(qtbot, page.fonts, office.operations)
    assert not any(row.chosen for row in fonts.list_faces(office.desk).rows)


def test_what_was_not_saved_can_be_dropped(qtbot: QtBot, office: Context) -> None:
    page = shown(qtbot, office)
    box(page.fonts, Face.FANG).setCurrentIndex(1)
    page.discard()
    settled(qtbot, page.fonts, office.operations)
    assert box(page.fonts, Face.FANG).currentText() == "自带"
    assert not page.unsaved()


def test_a_choice_not_saved_is_offered_again_after_a_power_cut(
    qtbot: QtBot, office: Context
) -> None:
    page = shown(qtbot, office)
    box(page.fonts, Face.FANG).setCurrentIndex(1)
    page.fonts._keeper.timer.timeout.emit()
    settled(qtbot, page.fonts, office.operations)
    (kept,) = unsaved.kept(office.desk)
    office.kept.fill([kept])  # as at the next start
    page = shown(qtbot, office)
    assert box(page.fonts, Face.FANG).currentText() == "仿宋_GB2312"
    assert page.unsaved() == "字体的改动"
    assert "已经填回来了" in page.fonts.banner.words.text()
    page.save_entry()
    settled(qtbot, page.fonts, office.operations)
    assert unsaved.kept(office.desk) == ()


def test_a_font_this_pc_lacks_is_said(
    qtbot: QtBot, office: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fonts.choose_faces(office.desk, FANG)
    monkeypatch.setattr(office_fonts, "font_folders", lambda: [tmp_path / "没有"])
    tab = shown(qtbot, office).fonts
    assert box(tab, Face.FANG).currentText() == "仿宋_GB2312：这台电脑没有"
    assert "现用自带字体" in box(tab, Face.FANG).accessibleDescription()
    assert any("FandolFang" in name for name in names_of(tab._pdf))


def test_a_font_gone_before_saving_is_said_at_its_face(
    qtbot: QtBot, office: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown(qtbot, office)
    box(page.fonts, Face.FANG).setCurrentIndex(1)
    settled(qtbot, page.fonts, office.operations)
    monkeypatch.setattr(office_fonts, "font_folders", lambda: [tmp_path / "没有"])
    page.save_entry()
    settled(qtbot, page.fonts, office.operations)
    assert "没有可用的“仿宋_GB2312”" in page.fonts.form.rows.error("FANG")
    assert page.unsaved()
    page.discard()


def test_a_pc_without_official_fonts_is_told_that_all_is_well(
    qtbot: QtBot, office: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_fonts, "font_folders", lambda: [tmp_path / "没有"])
    tab = shown(qtbot, office).fonts
    assert tab.note.text() == NOTHING
    assert tab.pane.pages == 1


def test_the_sample_office_may_look_but_not_save(qtbot: QtBot, town_context: Context) -> None:
    page = shown(qtbot, town_context)
    assert "示例资料始终用自带字体" in page.fonts.note.text()
    assert not page.fonts.save.isEnabled()
    box(page.fonts, Face.FANG).setCurrentIndex(1)
    settled(qtbot, page.fonts, town_context.operations)
    assert any("FangSong_GB2312" in name for name in names_of(page.fonts._pdf))
    assert not page.unsaved()
    page.save_entry()
    settled(qtbot, page.fonts, town_context.operations)
    assert not any(row.chosen for row in fonts.list_faces(town_context.desk).rows)


def test_who_may_only_read_cannot_save(
    qtbot: QtBot,
    town_office: Desk,
    operations: Operations,
    appearance: Appearance,
    told: Told,
    tmp_path: Path,
) -> None:
    reader = acting_as(town_office, OperatorRole.TOWN_READER)
    tab = shown(qtbot, context_of(reader, operations, appearance, told, tmp_path)).fonts
    assert not tab.save.isEnabled()
    assert tab.save.toolTip()


def test_the_sample_is_printed_as_shown(
    qtbot: QtBot, office: Context, told: Told, tmp_path: Path
) -> None:
    page = shown(qtbot, office)
    page.print_entry()
    settle(qtbot, office.operations)
    (sheet,) = page.window().findChildren(PrintSheet)
    sheet.printer.set_value(TO_FILE)
    sheet.close()
    target = tmp_path / "样张.pdf"
    order = PrintOrder(TO_FILE, str(target))
    sheet._go(order)
    settle(qtbot, office.operations)
    assert target.read_bytes().startswith(b"%PDF")
    assert told.sentences == [f"样张已存为 PDF 文件：{target}"]
