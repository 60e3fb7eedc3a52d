"""Unexpected errors of every thread: into the log and onto a page; the window stays open."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, qVersion
from PySide6.QtWidgets import QApplication, QWidget

from daomao_desktop.errors import DaomaoError
from daomao_desktop.trouble import TroubleLog, describe, surroundings

if TYPE_CHECKING:
    from daomao_desktop.domain.scheme import Edition


class Alarm(QObject):
    """``tell`` takes a report from any thread; one page shows at a time, the log has them all.

    ``log``, ``folder`` and ``edition`` of the office at work are asked for when something broke;
    ``front`` is the window to show it on.
    """

    rang = Signal()
    _told = Signal(str)

    def __init__(
        self,
        log: Callable[[], TroubleLog],
        folder: Callable[[], Path],
        edition: Callable[[], Edition | None],
        front: Callable[[], QWidget | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._log = log
        self._folder = folder
        self._edition = edition
        self._front = front
        self._page: QWidget | None = None
        # By itself direct in the window's thread and queued from any other.
        self._told.connect(self._on_told)

    def install(self) -> None:
        """From now on whatever nobody catches comes here, slots and threads included."""
        sys.excepthook = self.on_unexpected
        threading.excepthook = self._on_thread
        sys.unraisablehook = self._on_unraisable

    def remove(self) -> None:
        """Gives the hooks back: the window and its thread are about to go."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__

    def on_unexpected(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """For sys.excepthook."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
        elif isinstance(error, DaomaoError):
            from daomao_desktop.ui.dialogs.base import tell_error

            tell_error(self._before(), error)
        else:
            self.tell(describe(error.with_traceback(trace)))

    def tell(self, report: str) -> None:
        """Writes the report (of ``describe``) into the log and shows it."""
        self._told.emit(report)

    def crashed(self, report: str) -> None:
        """Tells at the next start of an end without a goodbye; empty: there was none."""
        if report:
            self._guarded(report, crashed=True)

    def note(self, report: str) -> None:
        """What was behind an error of the store: for the log only, its sentence has been told."""
        self._log().record(f"{self._about()}\n{report}")

    def _on_thread(self, raised: threading.ExceptHookArgs) -> None:
        if raised.exc_value is not None and shiboken6.isValid(self):
            self.tell(describe(raised.exc_value.with_traceback(raised.exc_traceback)))

    def _on_unraisable(self, raised: sys.UnraisableHookArgs) -> None:
        """An error while something was freed: nobody waited for it, so the log is enough."""
        if raised.exc_value is not None:
            self._log().record(describe(raised.exc_value.with_traceback(raised.exc_traceback)))

    def _on_told(self, report: str) -> None:
        self._guarded(report)
        self.rang.emit()

    def _guarded(self, report: str, *, crashed: bool = False) -> None:
        try:
            self._record_and_show(report, crashed=crashed)
        except Exception as error:  # or telling would be told, and that again, without end
            self._say_least(report, error)

    def _record_and_show(self, report: str, *, crashed: bool) -> None:
        text = f"{self._about()}\n{report}"
        logged = self._log().record(text)
        # An error in a timer or a paint event comes again and again; more pages would bury the
        # window.
        if self._page is None or not shiboken6.isValid(self._page):
            self._show(text, logged=logged, crashed=crashed)

    def _say_least(self, report: str, error: Exception) -> None:
        """Without page and log: the report's first line, and what kept it from them."""
        if self._page is not None and shiboken6.isValid(self._page):
            return
        from PySide6.QtWidgets import QMessageBox

        first = report.partition("\n")[0]
        self._page = box = QMessageBox(
            QMessageBox.Icon.Warning,
            "程序遇到意外情况",
            f"程序遇到意外情况，也写不了日志，请把这句话告诉维护人员：{first}（{type(error).__name__}）",
        )
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _show(self, text: str, *, logged: bool, crashed: bool) -> None:
        from daomao_desktop.ui.dialogs.trouble import TroubleSheet  # only when something broke

        self._page = page = TroubleSheet(
            text, self._log(), self._before(), logged=logged, crashed=crashed
        )
        page.setWindowModality(Qt.WindowModality.ApplicationModal)
        page.open()

    def _before(self) -> QWidget | None:
        """What a page has to stand in front of."""
        return QApplication.activeModalWidget() or self._front()

    def _about(self) -> str:
        edition = self._edition()
        office = "no office" if edition is None else f"{edition.name.lower()} office"
        return surroundings(self._folder(), f"Qt {qVersion()}", office)
