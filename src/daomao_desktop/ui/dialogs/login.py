"""The first window: who signs in. It must not wait for the store's libraries."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from daomao_desktop.ui.theme import px, set_role
from daomao_desktop.ui.widgets.buttons import button
from daomao_desktop.ui.widgets.choices import ChoiceBox, PasswordField
from daomao_desktop.ui.widgets.parts import Banner, Card, label


class LoginWindow(QWidget):
    """Asks for operator and password; ``submitted`` carries both, ``forgotten`` the operator.

    ``painted`` fires once, when the window stands on the screen.
    """

    submitted = Signal(str, str)
    forgotten = Signal(str)
    painted = Signal()

    def __init__(self, place: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("村民小组长工作台 · 登录")
        self._was_painted = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(28), px(24), px(28), px(24))
        outer.setSpacing(px(6))
        outer.addWidget(label("村民小组长工作台", "title"))
        note = label(place, "muted", wrap=True)
        outer.addWidget(note)
        outer.addSpacing(px(8))
        self.banner = Banner()
        outer.addWidget(self.banner)
        card = Card()
        outer.addWidget(card)
        self.operator = ChoiceBox()
        self.password = PasswordField()
        self.password.caps_lock.connect(self._on_caps_lock)
        for words, field in (("操作员(&U)", self.operator), ("口令(&P)", self.password)):
            text = label(words, "strong")
            text.setBuddy(field)
            field.setAccessibleName(words[:-4])
            card.body.addWidget(text)
            card.body.addWidget(field)
        self._hint = label("", "hint", wrap=True)
        card.body.addWidget(self._hint)
        row = QHBoxLayout()
        self._forgot = button("忘记口令…", self._on_forgotten, role="link")
        row.addWidget(self._forgot)
        row.addStretch(1)
        self.enter = button("登录", self._on_submitted, role="primary")
        self.enter.setDefault(True)
        row.addWidget(self.enter)
        card.body.addSpacing(px(6))
        card.body.addLayout(row)
        outer.addStretch(1)
        self.password.returnPressed.connect(self._on_submitted)
        self.setFixedWidth(px(400))
        set_role(self, "login")
        self.setTabOrder(self.operator, self.password)
        self.setTabOrder(self.password, self.enter)
        self.setTabOrder(self.enter, self._forgot)

    def show_operators(self, labels: Sequence[str]) -> None:
        """The login labels; the cursor goes where something is still to be typed."""
        self.operator.set_choices((text, text) for text in labels)
        self.operator.setEnabled(len(labels) > 1)
        self.password.setFocus()

    def wait(self, sentence: str) -> None:
        """While something is being prepared; an empty sentence ends the waiting."""
        waiting = bool(sentence)
        for widget in (self.operator, self.password, self.enter, self._forgot):
            widget.setEnabled(not waiting)
        if not waiting:
            self.operator.setEnabled(self.operator.count() > 1)
        self.enter.setText("登录")
        self._hint.setText(sentence)
        if waiting:
            self.banner.tell("")
        else:
            self.password.setFocus()
        self._fit()

    def refuse(self, sentence: str) -> None:
        """A wrong password, or a folder that cannot be opened: in words, above the fields."""
        self.wait("")
        self.banner.tell(sentence, "banner-error")
        self.password.selectAll()
        self.password.setFocus()
        self._fit()

    def hint(self, sentence: str) -> None:
        """A quiet line below the password."""
        self._hint.setText(sentence)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
        frame = self.frameGeometry()
        frame.moveCenter(self.screen().availableGeometry().center())
        self.move(frame.topLeft())

    def _fit(self) -> None:
        """As high as its sentences need, once their labels have told the layout."""
        QTimer.singleShot(0, self, self._fit_now)

    def _fit_now(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def _on_submitted(self) -> None:
        if not self.enter.isEnabled():
            return
        if not self.password.text():
            self.banner.tell("请输入口令。", "banner-error")
            self.password.setFocus()
            self._fit()
            return
        self.submitted.emit(self.operator.value() or "", self.password.text())

    def _on_caps_lock(self, locked: bool) -> None:
        self._hint.setText("大写锁定（Caps Lock）是开着的，请留意大小写。" if locked else "")

    def _on_forgotten(self) -> None:
        self.forgotten.emit(self.operator.value() or "")
