"""From the login to a printed notice, by mouse and by keyboard alone, on the sample office."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from daomao_desktop.app import Program
from daomao_desktop.domain.notices import DocumentKind, DocumentState
from daomao_desktop.services import accounts, demo, notices
from daomao_desktop.ui.dialogs.login import LoginWindow
from daomao_desktop.ui.dialogs.preview import PreviewSheet
from daomao_desktop.ui.dialogs.print_sheet import PrintSheet
from daomao_desktop.ui.main_window import PAGES, MainWindow
from daomao_desktop.ui.pages.notices import NoticesPage
from daomao_desktop.ui.printing import TO_FILE, page_count
from daomao_desktop.ui.theme import Appearance
from tests.ui.conftest import program_of, settle

LEFT = Qt.MouseButton.LeftButton
ENTER = Qt.Key.Key_Return


@pytest.fixture
def office(
    town_demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_printers: None
) -> Path:
    """A copy of the sample town office; what is printed to a file lands in ``tmp_path``."""
    shutil.copytree(town_demo, tmp_path / "资料")
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path / "资料"


@pytest.fixture
def program(qapp: QApplication, appearance: Appearance, office: Path) -> Iterator[Program]:
    """The program at its login window, on the sample office and its day."""
    with program_of(qapp, appearance) as made:
        made._sample = True  # the sample's fixed day
        made.start(office)
        yield made


class Hand:
    """One hand on the mouse, one on the keyboard; counts clicks."""

    def __init__(self, qtbot: QtBot, program: Program) -> None:
        self._qtbot = qtbot
        self._program = program
        self.clicks = 0

    def click(self, widget: QWidget, where: QPoint | None = None) -> None:
        assert widget.isVisible()
        assert widget.isEnabled()
        self._qtbot.mouseClick(widget, LEFT, pos=where or widget.rect().center())
        self.clicks += 1
        self.rest()

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """A key to whatever has the focus, as a person at the keyboard would."""
        window = QApplication.activeWindow()
        assert window is not None
        QTest.keyClick(window.focusWidget() or window, key, modifier)
        self.rest()

    def rest(self) -> None:
        settle(self._qtbot, self._program.operations)

    def find(self, kind: type[QWidget]) -> QWidget:
        """The newest visible window of that kind, once it is active."""
        self._qtbot.waitUntil(lambda: bool(self._visible(kind)), timeout=20_000)
        found = self._visible(kind)[-1]
        found.activateWindow()
        self._qtbot.waitUntil(found.isActiveWindow, timeout=5000)
        return found

    def wait(self, until: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(until, timeout=20_000)

    @staticmethod
    def _visible(kind: type[QWidget]) -> list[QWidget]:
        return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]


def _printed(office: Path, tmp_path: Path, kind: DocumentKind) -> None:
    """The register has the notice under the first number, and the file has all its pages."""
    desk = accounts.open_desk(office, demo.PASSWORD, today=demo.today)
    try:
        (row,) = [r for r in notices.list_notices(desk) if r.state is DocumentState.ISSUED]
        stored = notices.stored_pdf(desk, row.uid)
    finally:
        accounts.close_desk(desk)
    assert row.kind is kind
    assert row.number is not None
    assert row.number.endswith("〔2026〕1号")
    (out,) = tmp_path.glob("*.pdf")
    assert row.number in out.name
    assert page_count(out.read_bytes()) == page_count(stored)


def test_by_mouse(qtbot: QtBot, program: Program, office: Path, tmp_path: Path) -> None:
    hand = Hand(qtbot, program)
    login = hand.find(LoginWindow)
    assert isinstance(login, LoginWindow)
    QTest.keyClicks(login.password, demo.PASSWORD)  # nobody types a password with a mouse
    hand.click(login.enter)
    window = hand.find(MainWindow)
    assert isinstance(window, MainWindow)
    row = [key for key, *_rest in PAGES].index("notices")
    item = window.navigation.visualItemRect(window.navigation.item(row))
    hand.click(window.navigation.viewport(), item.center())
    page = window.page
    assert isinstance(page, NoticesPage)
    hand.wait(lambda: page.candidates.filter.rowCount() > 0)
    hand.clicks = 0  # from the decided person on

    hand.click(page.open)
    preview = hand.find(PreviewSheet)
    assert isinstance(preview, PreviewSheet)
    hand.wait(preview.sign.isEnabled)
    assert preview.pane.pages >= 1
    hand.click(preview.sign)
    sheet = hand.find(PrintSheet)
    assert isinstance(sheet, PrintSheet)
    assert sheet.printer.value() == TO_FILE
    hand.click(sheet.print_button)
    assert hand.clicks <= 3

    hand.wait(lambda: "已存为 PDF 文件" in preview.banner.words.text())
    close = next(b for b in preview.findChildren(QPushButton) if b.text() == "关闭")
    hand.click(close)
    state = page.candidates.filter.row(0).document
    assert state is not None
    assert state.number is not None
    window.close()
    program.close()
    _printed(office, tmp_path, DocumentKind.CRITICISM)


def test_by_keyboard_alone(qtbot: QtBot, program: Program, office: Path, tmp_path: Path) -> None:
    hand = Hand(qtbot, program)
    login = hand.find(LoginWindow)
    assert isinstance(login, LoginWindow)
    assert login.focusWidget() is login.password
    QTest.keyClicks(login.focusWidget(), demo.PASSWORD)
    hand.press(ENTER)
    window = hand.find(MainWindow)
    assert isinstance(window, MainWindow)
    hand.press(Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    page = window.page
    assert isinstance(page, NoticesPage)
    hand.wait(lambda: page.candidates.filter.rowCount() > 0)
    hand.press(ENTER)
    preview = hand.find(PreviewSheet)
    assert isinstance(preview, PreviewSheet)
    hand.wait(preview.sign.isEnabled)
    hand.press(ENTER)
    hand.find(PrintSheet)
    hand.press(ENTER)
    hand.wait(lambda: "已存为 PDF 文件" in preview.banner.words.text())
    hand.find(PreviewSheet)
    hand.press(Qt.Key.Key_Escape)
    hand.wait(lambda: not hand._visible(PreviewSheet))
    hand.find(MainWindow)
    hand.press(Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    hand.wait(lambda: not hand._visible(MainWindow))
    program.close()
    _printed(office, tmp_path, DocumentKind.CRITICISM)
