"""The real program on a copy of the sample office, started afresh as often as the tour wants."""

from __future__ import annotations

import os
import shutil
import time
from contextlib import ExitStack
from pathlib import Path

import shiboken6
from PySide6.QtCore import (
    QCoreApplication,
    QDeadlineTimer,
    QEvent,
    QEventLoop,
    QObject,
    Qt,
    QUrl,
    Slot,
)
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QWidget

from daomao_desktop.app import Program
from daomao_desktop.paths import resource
from daomao_desktop.services import demo, founding
from daomao_desktop.ui.dialogs.login import LoginWindow
from daomao_desktop.ui.main_window import MainWindow
from daomao_desktop.ui.theme import Appearance
from tests.conftest import CHEAP
from tests.tour.watch import Watch

SAMPLE = Path(__file__).parents[1] / "samples" / "花名册-联光村.xlsx"
AREAS = {"decisions": "等次", "duties": "履职", "leaders": "花名册", "proposals": "建议"}
LIMIT_MS = 30_000  # longer than this a press may not keep the program busy


class Opened(QObject):
    """Takes what the program would hand to other programs of the PC."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[str] = []
        QDesktopServices.setUrlHandler("file", self, "take")

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.urls.append(url.toLocalFile())


class Stage:
    """``start`` is ``town``, ``village`` (signed in) or ``wizard`` (the first run)."""

    def __init__(self, application: QApplication, place: Path, start: str, *, large: bool) -> None:
        self._application = application
        self._place = place
        self.start = start
        self._large = large
        self._rounds = self._files = 0
        self._stack = ExitStack()
        self._source = place / "source"
        self._appearance: Appearance | None = None
        self.program: Program | None = None
        self.out = place / "out"
        self.out.mkdir(parents=True, exist_ok=True)
        self.watch = Watch()
        self.opened = Opened()
        os.environ["HOME"] = str(self.out)  # where papers are saved when nobody says where
        os.environ["XDG_STATE_HOME"] = str(place / "state")
        application.setCursorFlashTime(0)
        # The office is copied and signed in to hundreds of times.
        founding.found_office.__kwdefaults__["cost"] = CHEAP
        if start != "wizard":
            demo.build(self._source, village=start == "village")

    @property
    def window(self) -> QWidget:
        """The login's, wizard's or main window."""
        assert self.program is not None
        assert self.program.window is not None
        return self.program.window

    @property
    def ended(self) -> bool:
        """Whether the clerk has closed the program."""
        assert self.program is not None
        window = self.program.window
        return window is None or not shiboken6.isValid(window) or not window.isVisible()

    @property
    def front(self) -> QWidget:
        """What a clerk can press now: the newest modal window, else the program's own."""
        modal = QApplication.activeModalWidget()
        if modal is not None and modal.isVisible():
            return modal
        others = [w for w in self.windows() if isinstance(w, QDialog)]
        return others[-1] if others else self.window

    def windows(self) -> list[QWidget]:
        """All that is on the screen, oldest first."""
        return [w for w in QApplication.topLevelWidgets() if w.isVisible()]

    def fresh(self) -> None:
        """A new program on an untouched copy of the office."""
        self.leave()
        self._rounds += 1
        folder = self._place / f"office-{self._rounds}" / "资料"
        if self.start != "wizard":
            shutil.copytree(self._source, folder)
        program = Program(self._application, self._stack)
        program.appearance = self._appearance
        program._sample = self.start != "wizard"  # the sample's fixed day
        self.program = program
        self.watch.attach(program)
        program.start(folder)
        self._appearance = program.appearance
        assert self._appearance is not None
        self._appearance.set_dark(False)
        self._appearance.set_large(self._large)
        self.settle()
        if self.start != "wizard":
            self.sign_in()

    def sign_in(self) -> None:
        """Types the sample's password and Enter."""
        login = self.window
        assert isinstance(login, LoginWindow)
        QTest.keyClicks(login.password, demo.PASSWORD)
        login.enter.click()
        self.settle()
        assert isinstance(self.window, MainWindow), "the sample office does not open"
        self.window.resize(1366, 740)
        self.settle()

    def leave(self) -> None:
        """Ends the program that runs, without a question, and removes its office."""
        program, self.program = self.program, None
        if program is None:
            return
        QApplication.clipboard().clear()
        for window in self.windows():
            if isinstance(window, QFileDialog):
                window.done(0)
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        program.close()
        for dialogs in (True, False):  # a dialog goes before the window it stands over
            for window in QApplication.topLevelWidgets():
                # Menus and lists go with their widgets: a completer frees its list, parent or not.
                popup = window.windowType() is Qt.WindowType.Popup
                own = isinstance(window, QDialog) if dialogs else window.parent() is None
                own = own and not popup
                if own and shiboken6.isValid(window):
                    window.hide()
                    window.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
        self.watch.detach(program)
        program.deleteLater()
        shutil.rmtree(self._place / f"office-{self._rounds}", ignore_errors=True)

    def settle(self, at_least_ms: int = 20) -> None:
        """Waits until the worker has nothing left to do and the window has heard of it."""
        assert self.program is not None
        began = time.monotonic()
        quiet = 0
        while quiet < 2:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, QDeadlineTimer(1000))
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            waited = (time.monotonic() - began) * 1000
            quiet = quiet + 1 if self.program.operations.idle and waited >= at_least_ms else 0
            if waited > LIMIT_MS:
                self.watch.find(f"忙了 {LIMIT_MS // 1000} 秒还没有完")
                return
            time.sleep(0.002)

    def answer(self, dialog: QFileDialog) -> None:
        """A new file's name typed and accepted: one that is there would be asked about."""
        self._files += 1
        path = self.out / f"{self._files}"
        if dialog.fileMode() is QFileDialog.FileMode.Directory:
            path.mkdir(exist_ok=True)
        elif dialog.acceptMode() is QFileDialog.AcceptMode.AcceptOpen:
            path = self._sheet(dialog.windowTitle())
        line = dialog.findChild(QLineEdit)
        assert line is not None
        line.setText(str(path))
        dialog.accept()

    def _sheet(self, title: str) -> Path:
        """A spreadsheet for an import: the template of its area, else a messy roster."""
        templates = resource("templates")
        wanted = (
            path
            for path in sorted(templates.glob("*.xlsx"))
            if AREAS.get(path.stem, path.stem) in title
        )
        return next(wanted, SAMPLE)
