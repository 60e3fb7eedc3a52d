"""First start: which office, who works here, the recovery code to paper. Under two minutes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from daomao_desktop.domain.scheme import Edition
from daomao_desktop.errors import DaomaoError, InvalidInput
from daomao_desktop.ui.dialogs.base import confirm
from daomao_desktop.ui.dialogs.recovery_code import RecoveryCode
from daomao_desktop.ui.forms.office import (
    FirstOperatorDraft,
    FirstOperatorForm,
    PlaceDraft,
    PlaceForm,
)
from daomao_desktop.ui.operations import Operations
from daomao_desktop.ui.theme import px
from daomao_desktop.ui.widgets.buttons import allow, button
from daomao_desktop.ui.widgets.parts import Banner, Card, label, scrolling


@dataclass(frozen=True, slots=True)
class FirstRun:
    """What the wizard has gathered, for the service that founds the office."""

    place: PlaceDraft
    operator: FirstOperatorDraft


_LOST = (
    "恢复码还没有收好、核对。现在关闭，这个恢复码就再也看不到了；以后忘记口令，资料就打不开。\n\n"
    "资料文件夹已经建好。关闭以后，仍可以用刚才设定的口令登录，再到“系统”里做一个新的恢复码。"
)


class FirstRunWindow(QWidget):
    """Three steps; ``founded`` carries label and password once the code was read back from paper.

    ``found`` makes the office and gives its code, ``kept(label, password)`` records that the code
    was read back; both run in the worker. ``sample`` asks for the sample data instead (True: the
    town's).
    """

    founded = Signal(str, str)
    sample = Signal(bool)
    painted = Signal()

    def __init__(
        self,
        folder: Path,
        operations: Operations,
        found: Callable[[FirstRun], str],
        kept: Callable[[str, str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("村民小组长工作台 · 首次使用")
        self._operations = operations
        self._found = found
        self._kept = kept
        self._was_painted = False
        self._code_shown = self._leaving = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(24), px(20), px(24), px(18))
        outer.setSpacing(px(8))
        outer.addWidget(label("首次使用", "title"))
        self._step = label("", "muted", wrap=True)
        outer.addWidget(self._step)
        self.banner = Banner()
        outer.addWidget(self.banner)
        self.place = PlaceForm()
        self.operator = FirstOperatorForm()
        self.code = RecoveryCode(operations)
        self.code.confirmed.connect(self._on_confirmed)
        self.code.submitted.connect(self._on_next)
        last = QWidget()
        last_layout = QVBoxLayout(last)
        last_layout.addWidget(self.code)
        last_layout.addStretch(1)
        self._stack = QStackedWidget()
        for widget in (self.place, self.operator, last):
            self._stack.addWidget(scrolling(widget))
        card = Card()
        card.body.addWidget(self._stack)
        outer.addWidget(card, 1)
        row = QHBoxLayout()
        self._sample = button(
            "先用示例资料看看", lambda: self.sample.emit(self._wants_town()), role="link"
        )
        row.addWidget(self._sample)
        row.addStretch(1)
        self._back = button("上一步", self._on_back)
        self.next = button("下一步", self._on_next, role="primary")
        self.next.setDefault(True)
        row.addWidget(self._back)
        row.addWidget(self.next)
        outer.addLayout(row)
        self._folder = folder
        for form in (self.place, self.operator):
            form.submitted.connect(self._on_next)
        self.operator.load(FirstOperatorDraft("", "文书", "", ""))
        self.resize(px(560), min(px(510), 700))
        self._show(0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        frame = self.frameGeometry()
        frame.moveCenter(self.screen().availableGeometry().center())
        self.move(frame.topLeft())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._code_shown and not self.code.is_confirmed and not self._leaving:
            event.ignore()
            confirm(self, _LOST, "仍然关闭", self._leave, no="回去收好恢复码", danger=True)
            return
        super().closeEvent(event)

    def _leave(self) -> None:
        self._leaving = True
        self.close()

    def _wants_town(self) -> bool:
        return self.place.draft().edition is Edition.TOWN

    def _show(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        words = (
            "第 1 步，共 3 步：这台电脑给哪个单位用",
            "第 2 步，共 3 步：第一位操作员（可以管理其他操作员）",
            "第 3 步，共 3 步：恢复码",
        )
        self._step.setText(words[step])
        self._step.setToolTip(f"资料将加密保存在 {self._folder}")
        self._back.setVisible(step == 1)
        self._sample.setVisible(step == 0)
        self.next.setText(("下一步", "建立资料文件夹", "开始使用")[step])
        allow(self.next, self.code.refusal if step == 2 else "")
        form = (self.place, self.operator, None)[step]
        if form is not None:
            form.rows.field(form.rows.names[0]).setFocus()

    def _on_back(self) -> None:
        self._show(0)

    def _on_confirmed(self) -> None:
        allow(self.next, "")
        draft, kept = self.operator.draft(), self._kept
        # Where this cannot be written the first page asks for a new code: nobody is locked out.
        self._operations.query(
            lambda: kept(draft.label, draft.password), lambda _none: None, lambda _error: None
        )

    def _on_next(self) -> None:
        step = self._stack.currentIndex()
        self.banner.tell("")
        if step == 0:
            if self.place.check() is not None:
                wanted = "镇经办" if self._wants_town() else "文书"
                if self.operator.text("label") in ("文书", "镇经办"):
                    self.operator.put("label", wanted)
                self._show(1)
        elif step == 1:
            place, operator = self.place.check(), self.operator.check()
            if place is not None and operator is not None:
                self._start(FirstRun(place, operator))
        else:
            draft = self.operator.draft()
            self._code_shown = False
            self.founded.emit(draft.label, draft.password)

    def _start(self, answers: FirstRun) -> None:
        self.next.setEnabled(False)
        self._back.setEnabled(False)

        def done(code: str) -> None:
            self._code_shown = True
            office = answers.place.town + (answers.place.village or "")
            self.code.show_code(code, office, answers.operator.label)
            self._show(2)

        def refused(error: DaomaoError) -> None:
            self.next.setEnabled(True)
            self._back.setEnabled(True)
            if isinstance(error, InvalidInput):
                names = {problem.field for problem in error.problems}
                if names & set(self.place.rows.names):
                    self._show(0)
                    self.place.show_error(error)
                else:
                    self.operator.show_error(error)
            else:
                self.banner.tell(str(error), "banner-error")

        self._operations.query(
            lambda: self._found(answers), done, refused, owner=self, title="正在建立资料文件夹…"
        )
