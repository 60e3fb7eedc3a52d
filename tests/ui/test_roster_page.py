"""小组长: search, form, steps, private values, Excel with the report shown first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from daomao_desktop.domain.accounts import OperatorRole
from daomao_desktop.domain.scheme import EndReason
from daomao_desktop.services import roster, roster_workbook
from daomao_desktop.ui import excel
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.dialogs.base import Sheet
from daomao_desktop.ui.dialogs.form_sheet import FormSheet
from daomao_desktop.ui.dialogs.import_report import ImportReportSheet
from daomao_desktop.ui.dialogs.recycle_bin import RecycleBinSheet
from daomao_desktop.ui.pages import roster_steps
from daomao_desktop.ui.pages.roster import RosterPage
from tests.ui.conftest import Told, settle

SAMPLE = Path(__file__).parents[1] / "samples" / "花名册-联光村.xlsx"


@pytest.fixture
def page(qtbot: QtBot, town_context: Context) -> RosterPage:
    made = RosterPage(town_context)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.enter()
    settle(qtbot, town_context.operations)
    return made


def _names(page: RosterPage) -> list[str]:
    return [row.name for row in page.pane.filter.shown()]


def _line(page: RosterPage, name: str) -> QLineEdit:
    field = page.form.rows.field(name)
    assert isinstance(field, QLineEdit)
    return field


def test_people_are_found_by_name_initials_and_group(qtbot: QtBot, page: RosterPage) -> None:
    assert len(_names(page)) == 24
    for typed, name in (("欧阳", "欧阳文华"), ("oywh", "欧阳文华"), ("smcm", "司马春梅")):
        with qtbot.waitSignal(page.search.searched):
            page.search.setText(typed)
        assert _names(page) == [name]
    assert page.pane.footer.text() == "显示 1 人，共 24 人"
    with qtbot.waitSignal(page.search.searched):
        QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert len(_names(page)) == 24


def test_filters_by_village(page: RosterPage) -> None:
    page.village.setCurrentIndex(2)
    assert {row.village for row in page.pane.filter.shown()} == {page.village.currentText()}
    assert len(_names(page)) == 8


def test_a_correction_is_saved_and_shown(
    qtbot: QtBot, page: RosterPage, town_context: Context, told: Told
) -> None:
    page.pane.table.selectRow(2)
    page.pane.table.opened.emit(2)
    settle(qtbot, town_context.operations)
    name = _line(page, "name").text()
    QTest.keyClicks(_line(page, "address"), "No. 5")
    assert page.unsaved()
    page.save_entry()
    settle(qtbot, town_context.operations)
    assert not page.unsaved()
    assert any(name in sentence for sentence in told.sentences)
    uid = page.pane.filter.row(2).person_uid
    assert roster.leader_draft(town_context.desk, uid).address == "No. 5"
    assert page.pane.current() == page.pane.filter.row(2)  # the place in the table is kept


def test_a_wrong_entry_stays_in_the_form(
    qtbot: QtBot, page: RosterPage, town_context: Context
) -> None:
    page.new_entry()
    _line(page, "name").setText("王龚")
    page.save_entry()
    settle(qtbot, town_context.operations)
    assert page.form.rows.error("sex")
    assert page.form.rows.error("group")
    assert _line(page, "name").text() == "王龚"
    assert page.unsaved()


def test_an_occupied_group_is_said_in_the_form(
    qtbot: QtBot, page: RosterPage, town_context: Context
) -> None:
    page.pane.table.opened.emit(0)
    settle(qtbot, town_context.operations)
    draft = page.form.draft()
    page.form.fill(replace(draft, name="赵新人", id_number=None, phone=None))
    page.panel.uid = None
    page.save_entry()
    settle(qtbot, town_context.operations)
    assert "现任小组长" in page.panel.banner.words.text()
    assert len(page.pane.model.rows) == 24


def test_leaving_with_something_unsaved_asks(
    qtbot: QtBot, page: RosterPage, town_context: Context
) -> None:
    page.new_entry()
    QTest.keyClicks(_line(page, "ethnicity"), "x")
    left: list[bool] = []
    page.guard(lambda: left.append(True))
    question = page.findChild(Sheet)
    assert isinstance(question, Sheet)
    assert not left
    question.close()
    assert _line(page, "ethnicity").text() == "x"
    page.discard()
    page.guard(lambda: left.append(True))
    assert left == [True]


def test_private_values_are_masked_until_asked_for(
    qtbot: QtBot, page: RosterPage, town_context: Context
) -> None:
    page.pane.table.opened.emit(0)
    settle(qtbot, town_context.operations)
    assert "*" in _line(page, "phone").text()
    page.form.reveal_buttons["phone"].click()  # type: ignore[attr-defined]
    settle(qtbot, town_context.operations)
    assert "*" not in _line(page, "phone").text()
    assert not page.unsaved()


def test_an_appointment_ends_and_the_person_is_found_among_the_former(
    qtbot: QtBot, page: RosterPage, town_context: Context
) -> None:
    row = page.pane.filter.row(5)
    roster_steps.end(page, town_context, row, page.pane.model.rows, page.panel.groups)
    sheet = page.window().findChild(FormSheet)
    assert isinstance(sheet, FormSheet)
    sheet._on_save()
    assert sheet.form.rows.error("choice")
    sheet.form.put("choice", EndReason.RESIGNED)
    sheet.form.put("on", date(2026, 1, 10))
    sheet._on_save()
    settle(qtbot, town_context.operations)
    assert row.name not in _names(page)
    page.show_only.set_value("former")
    settle(qtbot, town_context.operations)
    (former,) = page.former.filter.shown()
    assert (former.name, former.end_reason) == (row.name, EndReason.RESIGNED)


def test_a_mistake_goes_to_the_recycle_bin_and_comes_back(
    qtbot: QtBot, page: RosterPage, town_context: Context
) -> None:
    desk = town_context.desk
    village = next(v for v in roster.list_villages(desk) if v.name == "云溪村")
    sample = roster.leader_draft(desk, page.pane.filter.row(0).person_uid)
    roster.add_leader(
        desk,
        replace(
            sample, village_uid=village.uid, group="9", name="赵新人", id_number=None, phone=None
        ),
    )
    page.refresh()
    settle(qtbot, town_context.operations)
    new = next(r for r in page.pane.model.rows if r.name == "赵新人")
    page.panel.open_record(new.person_uid)
    settle(qtbot, town_context.operations)
    QTest.keyClick(page.pane.table, Qt.Key.Key_Delete)
    question = page.window().findChild(Sheet)
    assert isinstance(question, Sheet)
    next(b for b in question.findChildren(QPushButton) if b.text() == "移到回收站").click()
    settle(qtbot, town_context.operations)
    assert "赵新人" not in _names(page)
    page.panel.recycle_bin()
    settle(qtbot, town_context.operations)
    bin_ = page.window().findChild(RecycleBinSheet)
    assert isinstance(bin_, RecycleBinSheet)
    assert "赵新人" in bin_.list.item(0).text()
    bin_._on_restore()
    settle(qtbot, town_context.operations)
    assert "赵新人" in _names(page)


def test_an_import_shows_its_report_before_anything_is_written(
    qtbot: QtBot, page: RosterPage, town_context: Context, tmp_path: Path
) -> None:
    out = tmp_path / "导出.xlsx"
    roster_workbook.export_leaders(town_context.desk, out)
    excel.import_file(page, town_context, page.import_step, SAMPLE)
    settle(qtbot, town_context.operations)
    report = page.window().findChild(ImportReportSheet)
    assert isinstance(report, ImportReportSheet)
    assert "新增" in report.lines.text() or "错误" in report.lines.text()
    assert len(roster.list_leaders(town_context.desk)) == 24
    report.close()
    excel.import_file(page, town_context, page.import_step, out)
    settle(qtbot, town_context.operations)
    again = page.window().findChildren(ImportReportSheet)[-1]
    assert "没有变化 24 条" in again.summary.text()
    assert not again.write_button.isEnabled()


def test_a_list_of_another_village_has_to_be_confirmed(
    qtbot: QtBot, village_context: Context, tmp_path: Path
) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["大茂镇红石村村民小组长花名册"])
    sheet.append(["村民小组", "姓名", "性别", "任职时间"])
    sheet.append(["21组", "石一", "男", "2021.6"])
    book.save(tmp_path / "名册.xlsx")
    book.close()
    page = RosterPage(village_context)
    qtbot.addWidget(page)
    page.show()
    before = len(roster.list_leaders(village_context.desk))
    excel.import_file(page, village_context, page.import_step, tmp_path / "名册.xlsx")
    settle(qtbot, village_context.operations)
    report = page.window().findChild(ImportReportSheet)
    assert isinstance(report, ImportReportSheet)
    assert "红石村" in report.banner.words.text()
    assert report.sure.text() == "确实要导入到联光村"
    assert not report.write_button.isEnabled()
    QTest.keyClick(report, Qt.Key.Key_Return)  # Enter does not write it either
    settle(qtbot, village_context.operations)
    assert len(roster.list_leaders(village_context.desk)) == before
    QTest.keyClick(report.sure, Qt.Key.Key_Space)
    assert report.write_button.isEnabled()
    qtbot.mouseClick(report.write_button, Qt.MouseButton.LeftButton)
    settle(qtbot, village_context.operations)
    assert len(roster.list_leaders(village_context.desk)) == before + 1


def test_a_file_that_is_no_table_is_one_sentence(
    qtbot: QtBot, page: RosterPage, town_context: Context, tmp_path: Path
) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK nonsense")
    excel.import_file(page, town_context, page.import_step, broken)
    settle(qtbot, town_context.operations)
    assert page.findChild(ImportReportSheet) is None
    box = page.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "坏.xlsx" in box.text()
    box.close()


def test_a_reader_sees_why_nothing_can_be_changed(qtbot: QtBot, town_context: Context) -> None:
    desk = town_context.desk
    reader = replace(desk.operator, role=OperatorRole.TOWN_READER)
    context = replace(town_context, desk=replace(desk, operator=reader))
    page = RosterPage(context)
    qtbot.addWidget(page)
    page.enter()
    settle(qtbot, context.operations)
    assert not page.new.isEnabled()
    assert "镇只读" in page.new.toolTip()
    page.pane.table.opened.emit(0)
    settle(qtbot, context.operations)
    assert not page.panel.save.isEnabled()
    assert not page.form.reveal_buttons["id_number"].isEnabled()
    page.new_entry()
    assert page.panel.uid is not None  # Ctrl+N does nothing either


def test_a_link_shows_the_person(qtbot: QtBot, page: RosterPage, town_context: Context) -> None:
    row = page.pane.filter.row(7)
    page.enter(Place("roster", uid=row.person_uid))
    settle(qtbot, town_context.operations)
    assert page.panel.title.text() == row.name
