"""What goes wrong unseen (exceptions, Qt's warnings, alarms), and what a press has changed."""

from __future__ import annotations

import re
import sys
import traceback
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

if TYPE_CHECKING:
    from daomao_desktop.app import Program
    from daomao_desktop.services.desk import Changes

_HARMLESS = re.compile("^This plugin does not support|propagateSizeHints")
_WORSE = (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)


class Watch:
    """Gathers findings; ``where`` says what was being pressed."""

    def __init__(self) -> None:
        self.where = ""
        self.findings: list[str] = []
        self.changes = 0
        self._reports: list[str] = []
        qInstallMessageHandler(self._on_message)
        sys.excepthook = self._on_exception
        sys.unraisablehook = self._on_unraisable

    def find(self, what: str) -> None:
        finding = f"{self.where}：{what}"
        if finding not in self.findings:
            self.findings.append(finding)
            sys.stderr.write(f"出错 {finding}\n")

    def attach(self, program: Program) -> None:
        program.operations.broke.connect(self.find)
        program.alarm.rang.connect(self._on_rang)
        program.operations.changed.connect(self._on_changed)

    def detach(self, program: Program) -> None:
        program.operations.broke.disconnect(self.find)
        program.alarm.rang.disconnect(self._on_rang)
        program.operations.changed.disconnect(self._on_changed)

    def _on_rang(self) -> None:
        self.find("程序报告了意外情况")

    def _on_changed(self, _changes: Changes) -> None:
        self.changes += 1

    def _on_message(self, kind: QtMsgType, _context: QMessageLogContext, words: str) -> None:
        if kind in _WORSE and not _HARMLESS.search(words):
            self.find(f"Qt: {words}")

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        self.find("".join(traceback.format_exception(kind, error, trace)))

    def _on_unraisable(self, raised: sys.UnraisableHookArgs) -> None:
        self.find(f"unraisable: {raised.exc_value!r} in {raised.object!r}")


@dataclass(frozen=True, slots=True)
class Seen:
    """All that a press may change, each as something that can be compared."""

    windows: tuple[str, ...]
    page: str
    said: str
    changes: int
    clipboard: str
    files: tuple[str, ...]
    opened: int
    pictures: tuple[int, ...]
    refused: bool = False
    focus: str = ""

    def effect(self, after: Seen) -> str:
        """What came of it, in words; empty when nothing did."""
        new = [w for w in after.windows if w not in self.windows]
        gone = [w for w in self.windows if w not in after.windows]
        if after is ENDED:
            return "程序关了"
        if new:
            return f"打开“{new[-1]}”"
        if gone:
            return f"关上“{gone[-1]}”"
        if after.page != self.page:
            return f"到“{after.page}”"
        if after.opened != self.opened:
            return "交给别的程序打开"
        files = [f for f in after.files if f not in self.files]
        if files:
            return f"写出 {files[0]}"
        if after.said != self.said and after.said:
            return f"说“{after.said}”"
        if after.changes != self.changes:
            return "改了资料"
        if after.clipboard != self.clipboard:
            return "复制了"
        if after.pictures != self.pictures:
            return "画面变了"
        if after.focus != self.focus:
            return f"光标到“{after.focus}”"
        return "拒绝的话还在" if self.refused and after.refused else ""


ENDED = Seen((), "", "", 0, "", (), 0, ())
