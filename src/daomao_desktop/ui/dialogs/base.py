"""What the dialogs share: size within a 1366×768 screen, buttons in Chinese, freed on close."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMessageBox, QPushButton, QVBoxLayout, QWidget

from daomao_desktop.errors import DaomaoError
from daomao_desktop.ui.theme import px
from daomao_desktop.ui.widgets.buttons import button
from daomao_desktop.ui.widgets.parts import Banner, label, scrolling

_TITLE_BAR = 70  # pixels left to the frame of the window and to what lies below it


class Sheet(QDialog):
    """A dialog with a scrolling body, a banner for errors and a row of buttons.

    It is freed on close. Open it with ``open()``: it is modal to its window, never blocking.
    """

    def __init__(self, title: str, parent: QWidget | None = None, width: int = 520) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._width = width
        self.outer = outer = QVBoxLayout(self)
        outer.setContentsMargins(px(18), px(16), px(18), px(14))
        outer.setSpacing(px(10))
        self.heading = label(title, "heading")
        outer.addWidget(self.heading)
        self.banner = Banner()
        outer.addWidget(self.banner)
        content = QWidget()
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(0, 0, px(8), 0)
        self.body.setSpacing(px(8))
        self._content = content
        self._scroll = scrolling(content)
        outer.addWidget(self._scroll, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(px(8))
        self._buttons.addStretch(1)
        outer.addLayout(self._buttons)
        self._fitted = 0
        # Its own timer: a single shot that the sheet does not live to see would keep it for ever.
        self._growing = QTimer(self)
        self._growing.setSingleShot(True)
        self._growing.timeout.connect(self._grow)
        content.installEventFilter(self)
        self.banner.installEventFilter(self)

    def add_button(
        self, text: str, step: Callable[[], object], role: str = "", *, default: bool = False
    ) -> QPushButton:
        """Adds a button at the right end; the default one answers Enter."""
        result = button(text, step, role=role)
        result.setDefault(default)
        self._buttons.addWidget(result)
        return result

    def add_left(self, widget: QWidget) -> None:
        """Puts something at the left end of the row of buttons."""
        self._buttons.insertWidget(0, widget)

    def refuse(self, error: DaomaoError | str) -> None:
        """Shows the sentence above the body; the dialog stays open."""
        words = str(error)
        if isinstance(error, DaomaoError) and error.details:
            words += "\n" + "\n".join(error.details[:12])
        self.banner.tell_of_step(words)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """An error below a field or a sentence above the body gets room of its own."""
        grows = watched is self.banner and event.type() in (QEvent.Type.Show, QEvent.Type.Resize)
        if (grows or event.type() == QEvent.Type.LayoutRequest) and self._fitted:
            self._growing.start(0)
        return super().eventFilter(watched, event)

    def _grow(self) -> None:
        """As much higher as the content became; what has the focus stays in sight."""
        needed, before = self._needed_height(self.width()), self._fitted
        self._fitted = needed
        if needed > before and needed > self.height():
            area = self.screen().availableGeometry()
            self.resize(self.width(), min(needed, area.height() - _TITLE_BAR))
            below = self.frameGeometry().bottom() - area.bottom()
            if below > 0:
                self.move(self.x(), max(area.top(), self.y() - below))
        focus = self._content.focusWidget()
        if needed != before and focus is not None and self._content.isAncestorOf(focus):
            self._scroll.ensureWidgetVisible(focus, 0, px(40))  # and the line below it

    def _needed_height(self, width: int) -> int:
        body = max(self._content.heightForWidth(width - px(60)), self._content.sizeHint().height())
        other = self.sizeHint().height() - self._scroll.sizeHint().height()
        return body + other + px(6)

    def fit(self) -> None:
        """As wide as wished and as high as the content, within the screen."""
        area: QRect = self.screen().availableGeometry()
        limit_w, limit_h = area.width() - 40, area.height() - _TITLE_BAR
        width = min(px(self._width), limit_w)
        self._content.setMinimumWidth(0)
        self.resize(width, self.height())
        self._fitted = self._needed_height(width)
        self.resize(width, min(self._fitted, limit_h))
        parent = self.parentWidget()
        if parent is not None:
            frame = self.frameGeometry()
            frame.moveCenter(parent.window().frameGeometry().center())
            top = max(area.top(), min(frame.top(), area.bottom() - frame.height()))
            left = max(area.left(), min(frame.left(), area.right() - frame.width()))
            self.move(left, top)


def confirm(
    parent: QWidget,
    question: str,
    yes: str,
    on_yes: Callable[[], object],
    *,
    no: str = "取消",
    danger: bool = False,
) -> Sheet:
    """Asks once, without blocking; Enter means no when it is dangerous, Esc always does."""
    sheet = Sheet("请确认", parent, width=420)
    sheet.body.addWidget(label(question, wrap=True))

    def agreed() -> None:
        sheet.close()
        on_yes()

    refuse = sheet.add_button(no, sheet.close, default=danger)
    accept = sheet.add_button(yes, agreed, "danger" if danger else "primary", default=not danger)
    sheet.open()
    (refuse if danger else accept).setFocus()
    return sheet


def ask_save(
    parent: QWidget,
    what: str,
    save: Callable[[], object],
    drop: Callable[[], object],
    *,
    yes: str = "保存",
    usual: bool = True,
) -> Sheet:
    """The one question about leaving something unsaved; ``what`` names it.

    Enter saves, Esc stays. ``usual`` False: the step does more than keep records (作废…), so that
    Enter stays, too.
    """
    sheet = Sheet("还没有保存", parent, width=440)
    sheet.body.addWidget(label(f"{what}还没有保存。", wrap=True))

    def step(then: Callable[[], object]) -> Callable[[], object]:
        def run() -> None:
            sheet.close()
            then()

        return run

    sheet.add_button("不保存", step(drop), "danger")
    stay = sheet.add_button("取消", sheet.close, default=not usual)
    accept = sheet.add_button(yes, step(save), "primary", default=usual)
    sheet.open()
    (accept if usual else stay).setFocus()
    return sheet


def tell_error(parent: QWidget | None, error: DaomaoError) -> None:
    """One sentence (and its details) in a box of its own, where no field can carry it."""
    box = QMessageBox(parent)
    box.setWindowTitle("没有完成")
    box.setText(error.sentence)
    if error.details:
        box.setInformativeText("\n".join(error.details[:15]))
    box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setModal(True)
    box.finished.connect(lambda _button: box)  # without a parent nothing else keeps it
    box.open()
