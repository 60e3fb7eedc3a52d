"""Unexpected errors of every thread reach the log and one page; the window stays open."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from daomao_desktop.domain.scheme import Edition
from daomao_desktop.errors import Refused, StoreError
from daomao_desktop.trouble import TroubleLog
from daomao_desktop.ui.alarm import Alarm
from daomao_desktop.ui.dialogs.trouble import TroubleSheet
from daomao_desktop.ui.operations import Operations
from daomao_desktop.ui.theme import Appearance

SECRET = "王龚 460006198706156577"


@pytest.fixture
def window(qtbot: QtBot, appearance: Appearance) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def log(tmp_path: Path) -> TroubleLog:
    return TroubleLog(tmp_path / "日志")


@pytest.fixture
def alarm(window: QWidget, log: TroubleLog, tmp_path: Path) -> Iterator[Alarm]:
    made = Alarm(lambda: log, lambda: tmp_path, lambda: Edition.TOWN, lambda: window)
    yield made
    for sheet in pages():
        sheet.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def pages() -> list[TroubleSheet]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, TroubleSheet)]


def words(page: TroubleSheet) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel))


def broken(alarm: Alarm) -> None:
    try:
        raise KeyError(SECRET)
    except KeyError as error:
        alarm.on_unexpected(type(error), error, error.__traceback__)


def test_the_page_says_where_and_on_what_pc_and_nothing_of_anybody(
    alarm: Alarm, log: TroubleLog, window: QWidget
) -> None:
    broken(alarm)
    (page,) = pages()
    text = page.report.text()
    for fact in (
        "builtins.KeyError",
        "broken (test_alarm.py:",
        "Qt 6.",
        "town office",
        "free disk",
    ):
        assert fact in text
    kept = log.path.read_text(encoding="utf-8")
    assert text in kept
    for secret in SECRET.split():
        assert secret not in kept
    assert window.isVisible()
    assert page.isModal()


def test_the_report_can_be_copied_and_its_folder_opened(
    alarm: Alarm, log: TroubleLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return len(opened) == 1

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    broken(alarm)
    (page,) = pages()
    buttons = {b.text(): b for b in page.findChildren(QPushButton)}
    buttons["复制"].click()
    assert QGuiApplication.clipboard().text() == page.report.text()
    buttons["打开日志文件夹"].click()
    assert opened == [str(log.folder)]
    assert "已复制" in page.banner.words.text()
    buttons["打开日志文件夹"].click()
    assert str(log.folder) in page.banner.words.text(), "nothing opens folders here"


def test_the_report_is_large_with_the_large_letters(alarm: Alarm, appearance: Appearance) -> None:
    appearance.set_large(True)
    broken(alarm)
    (page,) = pages()
    assert page.report.font().pointSizeF() > 13


def test_one_page_at_a_time_the_log_has_them_all(alarm: Alarm, log: TroubleLog) -> None:
    broken(alarm)
    alarm.tell("builtins.ValueError\n  another (x.py:1)")
    assert len(pages()) == 1
    assert "another (x.py:1)" in log.path.read_text(encoding="utf-8")
    pages()[0].close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    broken(alarm)
    assert len(pages()) == 1


def test_without_a_log_the_page_still_comes(alarm: Alarm, log: TroubleLog, tmp_path: Path) -> None:
    log.folder.write_bytes(b"")
    broken(alarm)
    (page,) = pages()
    assert "builtins.KeyError" in page.report.text()
    assert "日志没有写成。" in words(page)


def test_a_log_of_before_does_not_count_as_written(alarm: Alarm, log: TroubleLog) -> None:
    log.folder.mkdir()
    log.path.mkdir()  # cannot be written to, whoever we are
    broken(alarm)
    (page,) = pages()
    assert "日志没有写成。" in words(page)


def test_an_alarm_that_breaks_itself_says_one_sentence(
    alarm: Alarm, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_words: object) -> str:
        raise PermissionError(SECRET)

    monkeypatch.setattr("daomao_desktop.ui.alarm.surroundings", stumble)
    broken(alarm)
    broken(alarm)
    boxes = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox)]
    (box,) = boxes
    assert "builtins.KeyError（PermissionError）" in box.text()
    assert SECRET not in box.text()
    box.close()


def test_what_was_behind_an_error_of_the_store_is_in_the_log(
    qtbot: QtBot, alarm: Alarm, operations: Operations, log: TroubleLog
) -> None:
    def fail() -> None:
        raise StoreError("资料升级没有成功。") from ValueError(SECRET)

    sentences: list[str] = []
    operations.noted.connect(alarm.note)
    operations.query(fail, lambda _none: None, lambda error: sentences.append(str(error)))
    qtbot.waitUntil(lambda: bool(sentences))
    text = log.path.read_text(encoding="utf-8")
    assert "caused by builtins.ValueError" in text
    assert SECRET not in text
    assert not pages()


def test_another_threads_error_is_shown_in_this_one(
    qtbot: QtBot, alarm: Alarm, log: TroubleLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble() -> None:
        raise KeyError(SECRET)

    monkeypatch.setattr(threading, "excepthook", alarm._on_thread)
    thread = threading.Thread(target=stumble)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(pages()) == 1)
    assert "stumble (test_alarm.py:" in pages()[0].report.text()
    assert SECRET not in log.path.read_text(encoding="utf-8")


def test_the_workers_error_too(qtbot: QtBot, alarm: Alarm, operations: Operations) -> None:
    def stumble() -> None:
        raise KeyError(SECRET)

    operations.broke.connect(alarm.tell)
    operations.query(stumble, lambda _none: None)
    qtbot.waitUntil(lambda: len(pages()) == 1)
    assert "stumble (test_alarm.py:" in pages()[0].report.text()


def test_an_expected_error_nobody_took_is_a_sentence(alarm: Alarm, log: TroubleLog) -> None:
    error = Refused("这一步现在不能做。")
    alarm.on_unexpected(Refused, error, None)
    box = QApplication.activeModalWidget()
    assert box is not None
    assert error.sentence in box.text()  # type: ignore[attr-defined]
    box.close()
    assert not log.path.exists()


def test_a_crash_of_the_last_time_is_told(alarm: Alarm, log: TroubleLog) -> None:
    alarm.crashed("")
    assert not pages()
    alarm.crashed("Fatal Python error: Segmentation fault\n  paint (daomao_desktop/ui/x.py:1)")
    (page,) = pages()
    assert page.windowTitle() == "程序上次意外退出"
    assert "Segmentation fault" in log.path.read_text(encoding="utf-8")


PROGRAM = """
import faulthandler, sys, threading
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from daomao_desktop import app
from daomao_desktop.ui.dialogs.trouble import TroubleSheet

data, seen = sys.argv[1], []

class Painting(QWidget):
    def paintEvent(self, event):
        raise ValueError("王龚")

def in_slot():
    raise KeyError("王龚")

def in_thread():
    raise LookupError("王龚")

def look():
    top = QApplication.topLevelWidgets()
    for sheet in [w for w in top if isinstance(w, TroubleSheet)]:
        seen.append(sheet.report.text().splitlines()[1])
        sheet.close()
    return [w for w in top if type(w).__name__ in ("LoginWindow", "FirstRunWindow")]

def slot():
    button = QPushButton()
    button.clicked.connect(in_slot)
    button.click()
    QTimer.singleShot(100, thread)

def thread():
    assert look()[0].isVisible()
    work = threading.Thread(target=in_thread)
    work.start(); work.join()
    QTimer.singleShot(100, painting)

def painting():
    global bad
    look()
    bad = Painting(); bad.show()
    QTimer.singleShot(300, end)

def end():
    windows = look()
    print(seen, windows[0].isVisible(), faulthandler.is_enabled())
    bad.hide()
    windows[0].hide()
    QApplication.quit()

QTimer.singleShot(0, lambda: None)
start = app.Program.start
def started(self, folder):
    start(self, folder)
    QTimer.singleShot(300, slot)
app.Program.start = started
sys.exit(app.open_window(data=data, demo=False, demo_village=False))
"""


def test_slots_threads_and_paint_events_of_the_running_program(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_STATE_HOME": str(tmp_path / "state"),
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, tmp_path / "资料"],
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
    )
    kinds = ["builtins.KeyError", "builtins.LookupError", "builtins.ValueError"]
    assert done.stdout == f"{kinds} True True\n", done.stderr
    assert done.returncode == 0
    (log,) = (tmp_path / "state").rglob("daomao.log")
    text = log.read_text(encoding="utf-8")
    for place in ("in_slot (<string>:", "in_thread (<string>:", "paintEvent (<string>:"):
        assert place in text
    assert "王龚" not in text + done.stderr
    assert (log.parent / "crash.txt").read_bytes() == b""
