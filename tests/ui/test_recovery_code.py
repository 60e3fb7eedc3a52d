"""The recovery code's step: printed, saved or copied, then read back; never lost by accident."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pdfplumber
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from daomao_desktop.errors import FileProblem
from daomao_desktop.ui import printing
from daomao_desktop.ui.dialogs.base import Sheet
from daomao_desktop.ui.dialogs.first_run import FirstRunWindow
from daomao_desktop.ui.dialogs.print_sheet import PrintSheet
from daomao_desktop.ui.dialogs.recovery_code import RecoveryCode
from daomao_desktop.ui.forms.office import FirstOperatorDraft, PlaceDraft
from daomao_desktop.ui.operations import Operations
from daomao_desktop.ui.printing import TO_FILE
from daomao_desktop.ui.theme import Appearance
from tests.ui.conftest import settle

CODE = "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG-HHHH"
PASSWORD = "heping-2026"


def _nothing(*_: object) -> None:
    """Records that the code was read back: nowhere."""


@pytest.fixture
def code(qtbot: QtBot, operations: Operations, appearance: Appearance) -> RecoveryCode:
    made = RecoveryCode(operations)
    qtbot.addWidget(made)
    made.show_code(CODE, "大茂镇联光村", "文书")
    made.show()
    return made


def _click(qtbot: QtBot, one: QPushButton) -> None:
    qtbot.mouseClick(one, Qt.MouseButton.LeftButton)


def _named(parent: QDialog, text: str) -> QPushButton:
    return next(one for one in parent.findChildren(QPushButton) if one.text() == text)


def _print_sheet(qtbot: QtBot, code: RecoveryCode, operations: Operations) -> PrintSheet:
    _click(qtbot, code.print_button)
    settle(qtbot, operations)
    sheet = code.window().findChild(PrintSheet)
    assert isinstance(sheet, PrintSheet)
    return sheet


def _asked_group(code: RecoveryCode) -> str:
    return CODE.split("-")[code.asked - 1]


def test_printing_the_code_does_not_end_the_program(tmp_path: Path) -> None:
    """In a process of its own: the printer that Qt went on using was gone, and that is a crash."""
    program = """
import os, sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from daomao_desktop.ui.operations import Operations
from daomao_desktop.ui.theme import Appearance
application = QApplication([])
look = Appearance(application)
from daomao_desktop.ui.dialogs.recovery_code import RecoveryCode
try:
    widget = RecoveryCode(Operations())
except TypeError:
    widget = RecoveryCode()
widget.show_code("AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG-HHHH", "大茂镇", "文书")
widget.show()
for _ in range(3):
    next(one for one in widget.findChildren(QPushButton) if one.text() == "打印…").click()
    end = time.monotonic() + 5
    while widget.findChild(QDialog) is None and time.monotonic() < end:
        application.processEvents()
    dialog = widget.findChild(QDialog)
    for _ in range(20):
        application.processEvents()
        time.sleep(0.02)
    dialog.reject()
    for _ in range(20):
        application.processEvents()
print("still here", flush=True)
os._exit(0)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "still here"), done.stderr


def test_the_code_is_printed_into_a_file_and_read_back(
    qtbot: QtBot, code: RecoveryCode, operations: Operations, tmp_path: Path
) -> None:
    sheet = _print_sheet(qtbot, code, operations)
    sheet.printer.set_value(TO_FILE)
    sheet.file.setText(str(tmp_path / "码.pdf"))
    _click(qtbot, sheet.print_button)
    settle(qtbot, operations)
    assert "码.pdf" in code.result.text()
    with pdfplumber.open(tmp_path / "码.pdf") as printed:
        assert len(printed.pages) == 1
    assert not code.is_confirmed
    with qtbot.waitSignal(code.confirmed):
        QTest.keyClicks(code.group, _asked_group(code))
    assert code.is_confirmed


def test_a_print_that_is_called_off_leaves_the_code_on_the_screen(
    qtbot: QtBot, code: RecoveryCode, operations: Operations
) -> None:
    sheet = _print_sheet(qtbot, code, operations)
    _click(qtbot, _named(sheet, "取消"))
    settle(qtbot, operations)
    assert code._words.text().replace("\n", "") == CODE
    assert code.result.text() == ""
    assert not code.group.isVisible()


def test_without_a_printer_the_file_is_offered(
    qtbot: QtBot, code: RecoveryCode, operations: Operations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "printer_names", list)
    sheet = _print_sheet(qtbot, code, operations)
    assert sheet.printer.value() == TO_FILE
    assert sheet.file.isVisible()
    sheet.close()


def test_a_printer_that_fails_is_told_and_nothing_is_asked(
    qtbot: QtBot, code: RecoveryCode, operations: Operations, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise FileProblem("打印机没有纸。")

    monkeypatch.setattr(printing, "print_papers", broken)
    sheet = _print_sheet(qtbot, code, operations)
    sheet.printer.set_value(TO_FILE)
    _click(qtbot, sheet.print_button)
    settle(qtbot, operations)
    assert "没有纸" in code.result.text()
    assert "✓" not in code.result.text()
    assert not code.group.isVisible()


@pytest.mark.parametrize("name", ["恢复码.pdf", "恢复码.txt"])
def test_a_saved_code_is_asked_for(
    qtbot: QtBot, code: RecoveryCode, operations: Operations, tmp_path: Path, name: str
) -> None:
    code.save_to(tmp_path / name)
    settle(qtbot, operations)
    content = (tmp_path / name).read_bytes()
    assert content.startswith(b"%PDF") if name.endswith("pdf") else CODE.encode() in content
    assert code.group.isVisible()
    assert _asked_group(code) not in code._words.text()  # not to be copied off the screen


@pytest.mark.parametrize("name", ["恢复码.pdf", "恢复码.txt"])
def test_a_code_that_cannot_be_written_is_not_said_to_be(
    qtbot: QtBot, code: RecoveryCode, operations: Operations, tmp_path: Path, name: str
) -> None:
    code.save_to(tmp_path / "没有的文件夹" / name)
    settle(qtbot, operations)
    assert "不存在" in code.result.text()
    assert "✓" not in code.result.text()
    assert not code.group.isVisible()


@pytest.mark.parametrize(
    "typed",
    [
        str,
        str.lower,
        lambda group: " ".join(group),
        lambda group: f"-{group.lower()}—",
        lambda group: "".join(chr(ord(symbol) + 0xFEE0) for symbol in group),  # full width
    ],
)
def test_a_group_is_read_however_it_is_typed(
    qtbot: QtBot, code: RecoveryCode, typed: Callable[[str], str]
) -> None:
    _click(qtbot, code.copied_button)
    code.group.setText(typed(_asked_group(code)))
    assert code.is_confirmed


def test_another_group_is_not_taken(qtbot: QtBot, code: RecoveryCode) -> None:
    _click(qtbot, code.copied_button)
    for group in CODE.split("-"):
        if group != _asked_group(code):
            code.group.setText(group)
            assert not code.is_confirmed
            assert f"第 {code.asked} 组不一样" in code._verdict.text()
    _click(qtbot, code.again_button)
    assert code._words.text().replace("\n", "") == CODE
    assert not code.group.isVisible()


def test_every_group_may_be_asked_for(qtbot: QtBot, code: RecoveryCode) -> None:
    asked = set()
    for _ in range(200):
        code.copied_button.click()
        asked.add(code.asked)
    assert asked == set(range(1, 9))


@pytest.fixture
def wizard(
    qtbot: QtBot, operations: Operations, appearance: Appearance, tmp_path: Path
) -> Iterator[FirstRunWindow]:
    """The wizard at its last step, through its own buttons."""
    from daomao_desktop.domain.scheme import Edition

    made = FirstRunWindow(tmp_path, operations, lambda _answers: CODE, _nothing)
    qtbot.addWidget(made)
    made.show()
    made.place.fill(PlaceDraft(Edition.VILLAGE, "大茂镇", "联光村"))
    _click(qtbot, made.next)
    made.operator.fill(FirstOperatorDraft("钱会计", "文书", PASSWORD, PASSWORD))
    _click(qtbot, made.next)
    settle(qtbot, operations)
    yield made
    made._leaving = True


def test_closing_before_the_code_is_kept_asks_and_stays(
    qtbot: QtBot, wizard: FirstRunWindow
) -> None:
    assert not wizard.next.isEnabled()
    assert "再照着填一组" in wizard.next.toolTip()
    assert not wizard.close()
    (asked,) = wizard.findChildren(Sheet)
    assert wizard.isVisible()
    QTest.keyClick(asked, Qt.Key.Key_Return)  # Enter is the harmless answer
    assert wizard.isVisible()
    assert wizard.code._words.text().replace("\n", "") == CODE
    _click(qtbot, wizard.code.copied_button)
    assert not wizard.close()  # kept, but not read back


def test_closing_in_spite_of_the_warning_closes(qtbot: QtBot, wizard: FirstRunWindow) -> None:
    assert not wizard.close()
    (asked,) = wizard.findChildren(Sheet)
    _click(qtbot, _named(asked, "仍然关闭"))
    assert not wizard.isVisible()


def test_enter_goes_on_once_the_group_was_right(qtbot: QtBot, wizard: FirstRunWindow) -> None:
    _click(qtbot, wizard.code.copied_button)
    QTest.keyClick(wizard.code.group, Qt.Key.Key_Return)
    assert "不一样" in wizard.code._verdict.text()
    QTest.keyClicks(wizard.code.group, CODE.split("-")[wizard.code.asked - 1])
    assert wizard.next.isEnabled()
    assert wizard.next.toolTip() == ""
    with qtbot.waitSignal(wizard.founded):
        QTest.keyClick(wizard.code.group, Qt.Key.Key_Return)
