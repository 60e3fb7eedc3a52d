"""A new recovery code from 系统, and what a first run that was broken off leaves to be done."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from daomao_desktop.app import Program
from daomao_desktop.domain.accounts import OperatorRole
from daomao_desktop.domain.scheme import Edition
from daomao_desktop.errors import StoreError
from daomao_desktop.services import demo, founding, recovery
from daomao_desktop.store import keys
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.dialogs.base import Sheet
from daomao_desktop.ui.dialogs.first_run import FirstRunWindow
from daomao_desktop.ui.dialogs.new_recovery_code import NewRecoveryCodeSheet
from daomao_desktop.ui.forms.office import FirstOperatorDraft, PlaceDraft
from daomao_desktop.ui.main_window import MainWindow
from daomao_desktop.ui.pages.home import HomePage
from daomao_desktop.ui.pages.system import SystemPage
from tests.conftest import CHEAP
from tests.ui.conftest import Told, settle

PASSWORD = "heping-2026"


@pytest.fixture(autouse=True)
def _cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(founding.found_office.__kwdefaults__, "cost", CHEAP)
    monkeypatch.setitem(keys.draw_recovery_code.__kwdefaults__, "cost", CHEAP)


def _named(parent: QWidget, text: str) -> QPushButton:
    return next(one for one in parent.findChildren(QPushButton) if one.text() == text)


def _opens(folder: Path, code: str) -> bool:
    try:
        return bool(keys.unlock_with_code(folder, code))
    except StoreError:
        return False


@pytest.fixture
def sheet(qtbot: QtBot, village_context: Context) -> NewRecoveryCodeSheet:
    """Opened by its button on 系统."""
    page = SystemPage(village_context)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    page.enter(Place("system"))
    settle(qtbot, village_context.operations)
    qtbot.mouseClick(page.new_code, Qt.MouseButton.LeftButton)
    found = page.findChild(NewRecoveryCodeSheet)
    assert isinstance(found, NewRecoveryCodeSheet)
    return found


def _to_the_code(qtbot: QtBot, sheet: NewRecoveryCodeSheet, context: Context) -> str:
    QTest.keyClicks(sheet.password, demo.PASSWORD)
    QTest.keyClick(sheet.password, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    assert sheet._drawn is not None
    return sheet._drawn.code


def test_a_new_code_replaces_the_old_one_once_it_was_read_back(
    qtbot: QtBot, sheet: NewRecoveryCodeSheet, village_context: Context, told: Told
) -> None:
    folder = village_context.desk.store.folder
    slot = keys.recovery_slot(folder)
    code = _to_the_code(qtbot, sheet, village_context)
    assert code.split("-")[0] in sheet.code._words.text()
    assert not sheet.next.isEnabled()
    assert "再照着填一组" in sheet.next.toolTip()
    qtbot.mouseClick(sheet.code.copied_button, Qt.MouseButton.LeftButton)
    assert not sheet.next.isEnabled()
    assert keys.recovery_slot(folder) == slot
    qtbot.waitUntil(lambda: not sheet.code.group.visibleRegion().isEmpty(), timeout=2000)
    assert not sheet.code._verdict.visibleRegion().isEmpty()  # the dialog has grown with it
    QTest.keyClicks(sheet.code.group, code.split("-")[sheet.code.asked - 1].lower())
    assert sheet.next.isEnabled()
    qtbot.mouseClick(sheet.next, Qt.MouseButton.LeftButton)
    settle(qtbot, village_context.operations)
    assert _opens(folder, code)
    assert keys.recovery_slot(folder) != slot
    assert "销毁旧的那张纸" in told.sentences[-1]
    assert not shiboken6.isValid(sheet) or not sheet.isVisible()


def test_a_wrong_password_is_told_beside_its_field(
    qtbot: QtBot, sheet: NewRecoveryCodeSheet, village_context: Context
) -> None:
    QTest.keyClick(sheet.password, Qt.Key.Key_Return)
    assert sheet.rows.error("password") == "请输入口令。"
    QTest.keyClicks(sheet.password, "wrong-password")
    QTest.keyClick(sheet.password, Qt.Key.Key_Return)
    settle(qtbot, village_context.operations)
    assert "口令不对" in sheet.rows.error("password")
    assert sheet._drawn is None
    assert sheet.next.isEnabled()


def test_leaving_half_way_keeps_the_old_code(
    qtbot: QtBot, sheet: NewRecoveryCodeSheet, village_context: Context
) -> None:
    folder = village_context.desk.store.folder
    slot = keys.recovery_slot(folder)
    code = _to_the_code(qtbot, sheet, village_context)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    (asked,) = (one for one in sheet.findChildren(Sheet) if one.isVisible())
    QTest.keyClick(asked, Qt.Key.Key_Return)  # back
    assert sheet.isVisible()
    sheet.close()
    (asked,) = (one for one in sheet.findChildren(Sheet) if one.isVisible())
    qtbot.mouseClick(_named(asked, "放弃新码"), Qt.MouseButton.LeftButton)
    assert keys.recovery_slot(folder) == slot
    assert not _opens(folder, code)


def test_a_clerk_sees_why_he_makes_no_new_code(qtbot: QtBot, village_context: Context) -> None:
    desk = village_context.desk
    clerk = replace(desk.operator, role=OperatorRole.VILLAGE_CLERK)
    page = SystemPage(replace(village_context, desk=replace(desk, operator=clerk)))
    qtbot.addWidget(page)
    assert not page.new_code.isEnabled()
    assert "村经办" in page.new_code.toolTip()


def _first_run(qtbot: QtBot, program: Program, folder: Path) -> FirstRunWindow:
    program.start(folder)
    wizard = program.window
    assert isinstance(wizard, FirstRunWindow)
    wizard.place.fill(PlaceDraft(Edition.VILLAGE, "大茂镇", "联光村"))
    qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    wizard.operator.fill(FirstOperatorDraft("钱会计", "文书", PASSWORD, PASSWORD))
    qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    settle(qtbot, program.operations)
    return wizard


def _first_page(qtbot: QtBot, program: Program) -> HomePage:
    qtbot.waitSignal(program.ready, timeout=20_000).wait()
    settle(qtbot, program.operations)
    assert isinstance(program.window, MainWindow)
    page = program.window.page
    assert isinstance(page, HomePage)
    return page


def test_a_first_run_killed_at_the_code_has_a_way_back(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    folder = tmp_path / "资料"
    wizard = _first_run(qtbot, program, folder)
    assert not wizard.next.isEnabled()
    killed = tmp_path / "断电以后"
    shutil.copytree(folder, killed)  # what a kill in this step leaves
    program.start(killed)
    program.window.submitted.emit("文书", PASSWORD)  # type: ignore[union-attr]
    page = _first_page(qtbot, program)
    link = next(one for one in page.links if "恢复码" in one.accessibleName())
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    settle(qtbot, program.operations)
    assert isinstance(program.window, MainWindow)
    system = program.window.page
    assert isinstance(system, SystemPage)
    assert system.new_code.isVisible()
    QTest.keyClick(system.new_code, Qt.Key.Key_Space)  # the focus is there
    sheet = system.window().findChild(NewRecoveryCodeSheet)
    assert isinstance(sheet, NewRecoveryCodeSheet)
    QTest.keyClicks(sheet.password, PASSWORD)
    QTest.keyClick(sheet.password, Qt.Key.Key_Return)
    settle(qtbot, program.operations)
    assert sheet._drawn is not None
    code = sheet._drawn.code
    qtbot.mouseClick(sheet.code.copied_button, Qt.MouseButton.LeftButton)
    QTest.keyClicks(sheet.code.group, code.split("-")[sheet.code.asked - 1])
    QTest.keyClick(sheet.code.group, Qt.Key.Key_Return)
    settle(qtbot, program.operations)
    assert _opens(killed, code)
    program.window.go(Place("home"))
    settle(qtbot, program.operations)
    assert isinstance(program.window.page, HomePage)
    assert not [one for one in program.window.page.links if "恢复码" in one.accessibleName()]


def test_a_first_run_gone_through_leaves_nothing_to_do(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    wizard = _first_run(qtbot, program, tmp_path / "资料")
    qtbot.mouseClick(wizard.code.copied_button, Qt.MouseButton.LeftButton)
    group = wizard.code._sheet.code.split("-")[wizard.code.asked - 1]
    QTest.keyClicks(wizard.code.group, group)
    qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    page = _first_page(qtbot, program)
    assert not [one for one in page.links if "恢复码" in one.accessibleName()]
    assert program._desk is not None
    assert recovery.code_is_kept(program._desk)
