"""Fields of forms: choices, money, days typed the way people write them, longer text."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from daomao_desktop.domain.amounts import parse_money
from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.numerals import half_width
from daomao_desktop.domain.typed_dates import typed_date
from daomao_desktop.paths import resource
from daomao_desktop.ui.theme import px
from daomao_desktop.ui.today import today
from daomao_desktop.ui.widgets.calendar import CalendarPopup

_STEPS = {
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_Plus: 1,
    Qt.Key.Key_Equal: 1,  # + without Shift
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Minus: -1,
}


class MoneyField(QLineEdit):
    """An amount in 元, typed as 500, 500元, 1,200.50 or 伍佰."""

    def money(self) -> Money | None:
        """The amount, None when empty; raises ValueError with a sentence when unreadable."""
        text = self.text().strip()
        if not text:
            return None
        try:
            return parse_money(text)
        except ValueError:
            raise ValueError(f"“{text}”不是金额，请写成 500 或 1200.50。") from None

    def set_money(self, money: Money | None) -> None:
        self.setText("" if money is None else str(money))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        try:
            money = self.money()
        except ValueError:
            return  # the form says so beside the field
        if money is not None and self.text() != str(money):
            self.setText(str(money))


class DateField(QLineEdit):
    """A day typed as 20260115, 2026-1-15, 1-15 or 1月15日, or picked; T is today (Ctrl+; with an
    input method at work), ↑ ↓ + and - step a day.

    ``month_enough``: 1987.6 or 198706 is taken as a month; ``example``: the year it is shown with.
    ``ahead``: the day may be still to come. ``shown_year`` tells the year of what is shown around
    it: see typed_date.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        month_enough: bool = False,
        example: int = 1987,
        ahead: bool = False,
    ) -> None:
        super().__init__(parent)
        self._month_enough = month_enough
        self._example = example
        self._ahead = ahead
        self.shown_year: Callable[[], int | None] = lambda: None
        self.setPlaceholderText(f"如 {example}年6月" if month_enough else "如 1-15，T 是今天")
        self._arrow = self.addAction(_arrow(self), QLineEdit.ActionPosition.TrailingPosition)
        self._arrow.setToolTip("打开日历（Alt+↓）")
        self._arrow.triggered.connect(self._on_calendar)

    def partial(self) -> PartialDate | None:
        """The date, None when empty; raises ValueError with a sentence when unreadable."""
        text = self.text().strip()
        if not text:
            return None
        try:
            result = typed_date(
                text,
                today(),
                year=self.shown_year(),
                ahead=self._ahead,
                month_enough=self._month_enough,
            )
        except ValueError:
            year = self._example
            example = "1-15 或 2026年1月15日"
            if self._month_enough:
                example = f"{year}.6 或 {year}年6月20日"
            raise ValueError(f"“{text}”不是日期，请写成 {example}。") from None
        if result.day is None and not self._month_enough:
            raise ValueError(f"“{text}”缺少日，请写成 20260115 或 2026年1月15日。")
        return result

    def day(self) -> date | None:
        """The day, None when empty; raises ValueError with a sentence when unreadable."""
        partial = self.partial()
        return None if partial is None else partial.first

    def set_partial(self, value: PartialDate | None) -> None:
        self.setText("" if value is None else str(value))

    def set_day(self, value: date | None) -> None:
        self.set_partial(None if value is None else PartialDate.of(value))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        try:
            value = self.partial()
        except ValueError:
            return  # the form says so beside the field
        if value is not None and self.text() != str(value):
            self.set_partial(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        key = Qt.Key(event.key())
        if alt and key == Qt.Key.Key_Down:
            self._on_calendar()
            return
        if not self.isReadOnly():
            if key == (Qt.Key.Key_Semicolon if control else Qt.Key.Key_T):
                self.set_day(today())
                return
            step = _STEPS.get(key)
            if step is not None and (key != Qt.Key.Key_Minus or self._is_whole):
                self._step(step)
                return
        super().keyPressEvent(event)

    @property
    def _is_whole(self) -> bool:
        """Whether a day stands there as it is shown: no hyphen can belong to it."""
        try:
            value = self.partial()
        except ValueError:
            return False
        return value is not None and value.day is not None and self.text() == str(value)

    def _step(self, days: int) -> None:
        try:
            value = self.partial()
        except ValueError:
            return  # the form says so beside the field
        if value is None:
            self.set_day(today())
        elif value.day is not None:
            self.set_day(value.first + timedelta(days=days))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._arrow.setIcon(_arrow(self))

    def _on_calendar(self) -> None:
        try:
            value = self.day()
        except ValueError:
            value = None
        CalendarPopup(self, value, self.set_day).drop_down()


def _arrow(widget: QWidget) -> QIcon:
    dark = widget.palette().color(QPalette.ColorRole.Base).lightness() < 128
    return QIcon(str(resource(f"theme/down-{'dark' if dark else 'light'}.svg")))


class NumberField(QSpinBox):
    """A whole number; the wheel changes it only when it has the focus."""

    def __init__(self, low: int, high: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(low, high)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # Padding in a style sheet does not reach the text of a spin box.
        self.lineEdit().setTextMargins(px(6), 0, 0, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class TextArea(QPlainTextEdit):
    """Several lines of text; Tab leaves the field, Ctrl+Enter asks the form to save."""

    submitted = Signal()

    def __init__(self, lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self._lines = lines
        self._fit()

    def text(self) -> str:
        return self.toPlainText()

    def set_text(self, text: str | None) -> None:
        self.setPlainText(text or "")

    def changeEvent(self, event: Any) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.FontChange:
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submitted.emit()
            return
        super().keyPressEvent(event)

    def _fit(self) -> None:
        self.setFixedHeight(self.fontMetrics().lineSpacing() * self._lines + px(18))


class PointsField(QLineEdit):
    """A score in points with at most two decimals; kept as whole hundredths."""

    def hundredths(self) -> int | None:
        """The score, None when empty; raises ValueError with a sentence when unreadable."""
        text = half_width(self.text()).strip()
        if not text:
            return None
        match = re.fullmatch(r"([+-]?)(\d{1,3})(?:\.(\d{1,2}))?", text)
        if match is None:
            raise ValueError(f"“{self.text().strip()}”不是分数，请写成 5 或 5.5。")
        sign, whole, decimals = match.groups()
        value = int(whole) * 100 + int((decimals or "").ljust(2, "0"))
        return -value if sign == "-" else value

    def set_hundredths(self, value: int | None) -> None:
        self.setText(points_text(value))


def points_text(hundredths: int | None) -> str:
    """550 → 5.5; empty for None."""
    if hundredths is None:
        return ""
    sign = "-" if hundredths < 0 else ""
    whole, rest = divmod(abs(hundredths), 100)
    return f"{sign}{whole}.{rest:02d}".rstrip("0").rstrip(".") if rest else f"{sign}{whole}"
