"""Wiring and window: the only module that sees every room.

The login window must not wait for the store: SQLAlchemy and the services are loaded by the worker
while the clerk types, so nothing here imports them at its top.
"""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

from daomao_desktop.errors import DaomaoError, StoreError
from daomao_desktop.paths import log_dir, resource
from daomao_desktop.services.sign_in import is_new, refuse_busy, sign_in_labels
from daomao_desktop.trouble import CrashFile, TroubleLog
from daomao_desktop.ui.alarm import Alarm
from daomao_desktop.ui.chinese import speak_chinese
from daomao_desktop.ui.dialogs.login import LoginWindow
from daomao_desktop.ui.operations import Operations
from daomao_desktop.ui.preferences import Preferences
from daomao_desktop.ui.theme import Appearance
from daomao_desktop.wiring import data_folder, sample_place

if TYPE_CHECKING:
    from daomao_desktop.domain.scheme import Edition
    from daomao_desktop.services.desk import Desk
    from daomao_desktop.ui.dialogs.first_run import FirstRun, FirstRunWindow
    from daomao_desktop.ui.main_window import MainWindow


def open_window(*, data: str | None, demo: bool, demo_village: bool) -> int:
    """Opens the program; returns the exit code. Raises DaomaoError where there is no display."""
    refuse_without_display()
    application = QApplication(sys.argv[:1])
    with ExitStack() as stack:
        program = Program(application, stack)
        crash = CrashFile(program.log.folder)
        stack.callback(crash.close)
        left = crash.watch()
        program.alarm.install()
        stack.callback(program.alarm.remove)
        try:
            if demo or demo_village:
                program.start_sample(village=demo_village)
            else:
                program.start(data_folder(data))
        except Exception as error:  # a windowed program has nowhere else to say it
            program.alarm.on_unexpected(type(error), error, error.__traceback__)
        program.alarm.crashed(left)
        code = application.exec()
        program.close()
    return code


def refuse_without_display() -> None:
    """Qt would abort the process; this says what works without a display instead."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise DaomaoError(
            "这台电脑没有图形界面，打不开窗口；可以用 daomao-desktop print --demo 试用打印。"
        )


class Program(QObject):
    """From the login to the main window and back.

    ``ready`` carries the main window once it is shown.
    """

    ready = Signal(object)

    def __init__(self, application: QApplication, stack: ExitStack) -> None:
        super().__init__()
        self._application = application
        self._stack = stack
        self._folder = Path()
        self._desk: Desk | None = None
        self._sample = False
        self.window: QWidget | None = None
        speak_chinese(application, self)
        application.setApplicationName("daomao-desktop")
        application.setDesktopFileName("daomao-desktop")
        application.setWindowIcon(QIcon(str(resource("icons/daomao.png"))))
        application.setQuitOnLastWindowClosed(True)
        self.appearance: Appearance | None = None
        self.alarm = Alarm(
            lambda: self.log, lambda: self._folder, self._edition, lambda: self.window, parent=self
        )
        self.alarm.rang.connect(self._on_rang)
        self.operations = Operations(self)
        self.operations.broke.connect(self.alarm.tell)
        self.operations.noted.connect(self.alarm.note)

    # Ways in

    def start(self, folder: Path) -> None:
        """Shows the wizard where there is no office yet, else the login."""
        self._settle(folder)
        if is_new(folder):
            self._show_first_run()
        else:
            self._show_login()

    def start_sample(self, *, village: bool) -> None:
        """Signs in to the sample office, made in a temporary folder while the login shows."""
        self._sample = True
        self._settle(self._stack.enter_context(sample_place()))
        login = self._show_login(prepare="正在准备示例资料，请稍候…")
        folder = self._folder

        def build() -> str:
            from daomao_desktop.services import demo

            demo.build(folder, village=village)
            return demo.PASSWORD

        def built(password: str) -> None:
            login.wait("")
            login.show_operators(sign_in_labels(folder))
            login.password.setText(password)
            login.hint(f"示例资料，全是虚构的人。口令是 {password}，已经填好，按回车登录。")
            login.enter.setFocus()

        def begin() -> None:  # not before the window stands: building takes the interpreter's time
            self.operations.query(build, built, lambda error: login.refuse(str(error)), owner=login)

        login.painted.connect(begin)

    def close(self) -> None:
        """Finishes the work under way and closes the office."""
        self.operations.close()
        self._close_desk()

    def _settle(self, folder: Path) -> None:
        self._folder = folder
        self.preferences = Preferences(folder)
        look = self.preferences.look()
        if self.appearance is None:
            self.appearance = Appearance(self._application, look)

    # Login

    def _show_login(self, prepare: str = "") -> LoginWindow:
        login = LoginWindow("示例资料" if self._sample else str(self._folder))
        login.submitted.connect(self._on_submitted)
        login.forgotten.connect(self._on_forgotten)
        login.painted.connect(self._on_painted)
        self._replace(login)
        if prepare:
            login.wait(prepare)
        else:
            try:
                login.show_operators(sign_in_labels(self._folder))
            except StoreError as error:
                login.refuse(str(error))
        return login

    def _on_painted(self) -> None:
        """What may wait until a window is on the screen: the lock's test, the libraries."""
        login, folder = self.window, self._folder
        if isinstance(login, LoginWindow) and not self._sample:
            self.operations.query(
                lambda: refuse_busy(folder),
                lambda _none: None,
                lambda error: login.refuse(str(error)),
                owner=login,
            )
        collector = self.operations.collector
        self.operations.query(_load, lambda _none: collector.freeze_libraries(), title="")
        if self.appearance is not None and (self._sample or self.preferences.rare_names()):
            self.appearance.fetch_rare()

    def _on_submitted(self, label: str, password: str) -> None:
        login = self.window
        assert isinstance(login, LoginWindow)
        login.wait("正在打开资料…")
        folder, sample = self._folder, self._sample

        def open_desk() -> tuple[Desk, str, int]:
            from daomao_desktop.services import accounts, assessment  # loaded by now, see _load

            today = date.today
            if sample:
                from daomao_desktop.services import demo

                today = demo.today
            desk = accounts.open_desk(folder, password, label or None, today=today)
            return desk, accounts.office(desk).name, assessment.working_year(desk)

        def refused(error: DaomaoError) -> None:
            login.refuse(str(error))

        self.operations.query(open_desk, self._on_opened, refused, title="正在打开资料…")

    def _on_opened(self, opened: tuple[Desk, str, int]) -> None:
        from daomao_desktop.ui.context import Place
        from daomao_desktop.ui.main_window import MainWindow

        self._desk, office, year = opened
        assert self.appearance is not None
        window: MainWindow = MainWindow(
            self._desk,
            self._folder,
            self.operations,
            self.appearance,
            self.preferences,
            office,
            sample=self._sample,
            year=year,
        )
        window.signed_out.connect(self._on_signed_out)
        self._replace(window)
        window.go(Place("home"))
        self.ready.emit(window)

    def _on_signed_out(self) -> None:
        # Queued behind whatever the worker still does, so that the desk is not closed under it.
        desk, self._desk = self._desk, None

        def leave() -> None:
            if desk is not None:
                from daomao_desktop.services import accounts

                accounts.close_desk(desk)

        self.operations.query(leave, lambda _none: None)
        login = self._show_login("正在退出…")

        def ready(_none: None) -> None:
            login.wait("")
            login.show_operators(sign_in_labels(self._folder))

        self.operations.query(lambda: None, ready, owner=login)

    def _on_forgotten(self, label: str) -> None:
        from daomao_desktop.ui.dialogs.passwords import PasswordSheet

        folder, login = self._folder, self.window
        assert isinstance(login, LoginWindow)

        def keep(code: str, new: str) -> None:
            from daomao_desktop.services import accounts

            accounts.reset_password(folder, label, code, new)

        def done() -> None:
            login.banner.tell("口令已经重设，请用新口令登录。", "banner-good")
            login.password.clear()
            login.password.setFocus()

        PasswordSheet(self.operations, keep, done, by_code=label, parent=login).open()

    # First start

    def _show_first_run(self) -> None:
        from daomao_desktop.ui.dialogs.first_run import FirstRunWindow

        folder = self._folder

        def found(answers: FirstRun) -> str:
            from daomao_desktop.services import accounts

            draft = accounts.OfficeDraft(
                edition=answers.place.edition,
                town=answers.place.town,
                village=answers.place.village,
                operator_name=answers.operator.operator_name,
                label=answers.operator.label,
                password=answers.operator.password,
            )
            return accounts.found_office(folder, draft).recovery_code

        def kept(label: str, password: str) -> None:
            from daomao_desktop.services import recovery

            recovery.first_code_kept(folder, label, password)

        window: FirstRunWindow = FirstRunWindow(folder, self.operations, found, kept)
        window.painted.connect(self._on_painted)
        window.founded.connect(self._on_founded)
        window.sample.connect(lambda town: self.start_sample(village=not town))
        self._replace(window)

    def _on_founded(self, label: str, password: str) -> None:
        self._show_login()
        self._on_submitted(label, password)

    # Trouble

    @cached_property
    def log(self) -> TroubleLog:
        """Asked for when something broke: the folder takes 5 ms to find."""
        return TroubleLog(log_dir())

    def _edition(self) -> Edition | None:
        return None if self._desk is None else self._desk.edition

    def _on_rang(self) -> None:
        if isinstance(self.window, LoginWindow):
            self.window.wait("")

    # Windows and desks

    def _replace(self, window: QWidget) -> None:
        old, self.window = self.window, window
        window.show()
        if old is not None:
            old.hide()
            old.deleteLater()

    def _close_desk(self) -> None:
        if self._desk is not None:
            from daomao_desktop.services import accounts

            accounts.close_desk(self._desk)
            self._desk = None


def _load() -> None:
    """Imports what the main window needs, in the worker, while the clerk types the password."""
    from daomao_desktop.services import accounts, assessment, duties, notices, overview, roster
    from daomao_desktop.store import sealing
    from daomao_desktop.ui import main_window

    main_window.load_libraries()
    loaded = (accounts, assessment, duties, notices, overview, roster, sealing)
    del loaded
