"""From the login to the main window and back; wrong passwords; the first start."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit
from pytestqt.qtbot import QtBot

from daomao_desktop.app import Program, open_window, refuse_without_display
from daomao_desktop.domain.scheme import Edition
from daomao_desktop.errors import DaomaoError
from daomao_desktop.services import demo, founding
from daomao_desktop.services.sign_in import is_new, sign_in_labels
from daomao_desktop.ui.dialogs.first_run import FirstRunWindow
from daomao_desktop.ui.dialogs.login import LoginWindow
from daomao_desktop.ui.dialogs.passwords import PasswordSheet
from daomao_desktop.ui.forms.office import FirstOperatorDraft, PlaceDraft
from daomao_desktop.ui.main_window import MainWindow
from tests.conftest import CHEAP
from tests.ui.conftest import settle

PASSWORD = "heping-2026"


@pytest.fixture
def folder(town_demo: Path, tmp_path: Path) -> Path:
    """A copy of the sample town office."""
    shutil.copytree(town_demo, tmp_path / "资料")
    return tmp_path / "资料"


def _login(program: Program) -> LoginWindow:
    assert isinstance(program.window, LoginWindow)
    return program.window


def _main(program: Program) -> MainWindow:
    assert isinstance(program.window, MainWindow)
    return program.window


def test_the_right_password_opens_the_window(qtbot: QtBot, program: Program, folder: Path) -> None:
    program.start(folder)
    login = _login(program)
    assert login.operator.value() == "演示"
    QTest.keyClicks(login.password, demo.PASSWORD)
    with qtbot.waitSignal(program.ready, timeout=20_000):
        QTest.keyClick(login.password, Qt.Key.Key_Return)
    window = _main(program)
    settle(qtbot, program.operations)
    assert "大茂镇" in window.windowTitle()
    assert window.page is not None
    assert window.page.title == "首页"


def test_qts_own_words_are_chinese(qtbot: QtBot, program: Program, folder: Path) -> None:
    program.start(folder)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "取消"
    field = QLineEdit()
    qtbot.addWidget(field)
    menu = field.createStandardContextMenu()
    assert any("粘贴" in action.text() for action in menu.actions())
    menu.deleteLater()
    assert QLocale().monthName(1) == "一月"


def test_a_wrong_password_is_said_in_words_and_can_be_mended(
    qtbot: QtBot, program: Program, folder: Path
) -> None:
    program.start(folder)
    login = _login(program)
    QTest.keyClicks(login.password, "wrong-password")
    QTest.keyClick(login.password, Qt.Key.Key_Return)
    settle(qtbot, program.operations)
    assert program.window is login
    assert "口令" in login.banner.words.text()
    assert login.enter.isEnabled()
    login.password.clear()
    QTest.keyClicks(login.password, demo.PASSWORD)
    with qtbot.waitSignal(program.ready, timeout=20_000):
        qtbot.mouseClick(login.enter, Qt.MouseButton.LeftButton)


def test_an_empty_password_asks_for_one(qtbot: QtBot, program: Program, folder: Path) -> None:
    program.start(folder)
    login = _login(program)
    qtbot.mouseClick(login.enter, Qt.MouseButton.LeftButton)
    assert login.banner.words.text() == "请输入口令。"
    assert program.operations.idle or login.enter.isEnabled()


def test_the_libraries_load_once_the_login_is_painted(
    qtbot: QtBot, program: Program, folder: Path
) -> None:
    program.start(folder)
    login = _login(program)
    qtbot.waitUntil(lambda: login._was_painted, timeout=5000)
    settle(qtbot, program.operations)


def test_signing_out_leads_back_to_the_login(qtbot: QtBot, program: Program, folder: Path) -> None:
    program.start(folder)
    login = _login(program)
    login.submitted.emit("演示", demo.PASSWORD)
    qtbot.waitSignal(program.ready, timeout=20_000).wait()
    settle(qtbot, program.operations)
    _main(program)._on_sign_out()
    settle(qtbot, program.operations)
    again = _login(program)
    assert again.enter.isEnabled()
    again.submitted.emit("演示", demo.PASSWORD)  # the folder was given back
    qtbot.waitSignal(program.ready, timeout=20_000).wait()
    settle(qtbot, program.operations)


def test_a_folder_in_use_is_told_in_the_login(qtbot: QtBot, program: Program, folder: Path) -> None:
    code = (
        "import sys, pathlib\n"
        "from daomao_desktop.store.lock import FolderLock\n"
        f"with FolderLock(pathlib.Path({str(folder)!r})):\n"
        "    print('held', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        program.start(folder)
        login = _login(program)
        qtbot.waitUntil(lambda: "另一个" in login.banner.words.text(), timeout=5000)
        settle(qtbot, program.operations)
        other.communicate("")


@pytest.fixture
def _cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(founding.found_office.__kwdefaults__, "cost", CHEAP)


@pytest.mark.usefixtures("_cheap_keys")
def test_the_first_start_founds_an_office(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    folder = tmp_path / "新 资料"
    program.start(folder)
    wizard = program.window
    assert isinstance(wizard, FirstRunWindow)
    assert is_new(folder)
    qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    assert wizard.place.rows.error("town")  # nothing typed yet
    wizard.place.fill(PlaceDraft(Edition.VILLAGE, "大茂镇", "联光村"))
    qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    wizard.operator.fill(FirstOperatorDraft("钱会计", "文书", PASSWORD, "another"))
    qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    assert wizard.operator.rows.error("again")
    wizard.operator.fill(FirstOperatorDraft("钱会计", "钱会计", PASSWORD, PASSWORD))
    qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    settle(qtbot, program.operations)
    assert "姓名" in wizard.operator.rows.error("label")  # the label can be read by anyone
    wizard.operator.fill(FirstOperatorDraft("钱会计", "文书", PASSWORD, PASSWORD))
    qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    settle(qtbot, program.operations)
    assert not wizard.next.isEnabled()  # the code is not on paper yet
    qtbot.mouseClick(wizard.code.copied_button, Qt.MouseButton.LeftButton)
    assert not wizard.next.isEnabled()  # nor read back from there
    QTest.keyClicks(wizard.code.group, wizard.code._sheet.code.split("-")[wizard.code.asked - 1])
    with qtbot.waitSignal(program.ready, timeout=20_000):
        qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    settle(qtbot, program.operations)
    assert sign_in_labels(folder) == ("文书",)
    home = _main(program).page
    assert home is not None


@pytest.mark.usefixtures("_cheap_keys")
def test_a_forgotten_password_is_set_anew_with_the_code(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    folder = tmp_path / "资料"
    office = founding.OfficeDraft(Edition.VILLAGE, "大茂镇", "联光村", "钱会计", "文书", PASSWORD)
    code = founding.found_office(folder, office).recovery_code
    program.start(folder)
    login = _login(program)
    login.forgotten.emit("文书")
    sheet = login.findChild(PasswordSheet)
    assert isinstance(sheet, PasswordSheet)
    sheet.form.put("known", code.lower())
    sheet.form.put("new", "xin-kouling-1")
    sheet.form.put("again", "xin-kouling-1")
    sheet._on_save()
    settle(qtbot, program.operations)
    assert "重设" in login.banner.words.text()
    QTest.keyClicks(login.password, "xin-kouling-1")
    with qtbot.waitSignal(program.ready, timeout=20_000):
        QTest.keyClick(login.password, Qt.Key.Key_Return)
    settle(qtbot, program.operations)


def test_without_a_display_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    with pytest.raises(DaomaoError, match="print --demo"):
        refuse_without_display()
    with pytest.raises(DaomaoError):
        open_window(data=None, demo=True, demo_village=False)
