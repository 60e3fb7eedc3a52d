"""The assessment year as a row of steps, and the bar of 优秀 against its cap."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from daomao_desktop.domain.scheme import YearState
from daomao_desktop.ui.theme import Appearance, px, set_role
from daomao_desktop.ui.widgets.parts import label


class YearSteps(QWidget):
    """Eight steps with their days; the open one is lit and says so in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "plain")
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(px(4))
        self._labels: dict[YearState, QLabel] = {}
        for state in YearState:
            step = label(state.value)
            step.setAlignment(Qt.AlignmentFlag.AlignCenter)
            step.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            step.setMinimumWidth(px(40))
            step.setWordWrap(False)
            self._labels[state] = step
            self._layout.addWidget(step)

    def show_year(self, present: YearState, days: Mapping[YearState, date]) -> None:
        """Past steps show their day, the present one is lit, later ones are quiet."""
        self._fit()
        for state, step in self._labels.items():
            day = days.get(state)
            when = f"{day.month}月{day.day}日" if day else ""
            if state is present:
                set_role(step, "step-open")
                step.setText(f"● {state.value}\n{when or '现在'}")
            elif state.order < present.order:
                set_role(step, "step-done")
                step.setText(f"✓ {state.value}\n{when or '—'}")
            else:
                set_role(step, "step-later")
                step.setText(state.value)
            step.setToolTip(f"{state.value}：{day}" if day else state.value)
            step.setAccessibleName(
                f"{state.value}{'，现在这一步' if state is present else ''}{when}"
            )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        # Two lines of the small font: a label's own hint comes too late for a new style.
        for step in self._labels.values():
            step.setFixedHeight(self.fontMetrics().height() * 2 + px(2))


class CapBar(QWidget):
    """「优秀 k / 上限 m」: live while grading; over the cap it says so and turns red."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._excellent = self._assessed = 0
        self._cap: int | None = 0
        self._what = "优秀"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # A bound method: the connection ends with the widget.
        appearance.changed.connect(self._on_look)

    @property
    def text(self) -> str:
        if self._cap is None:
            return f"{self._what} {self._excellent} 人（共 {self._assessed} 人，名额由镇里统筹）"
        over = self._excellent - self._cap
        words = f"{self._what} {self._excellent} / 上限 {self._cap}（共 {self._assessed} 人）"
        return f"{words}　超出 {over} 人" if over > 0 else words

    def show_counts(
        self, excellent: int, cap: int | None, assessed: int, what: str = "优秀"
    ) -> None:
        """``cap`` None: a village sees its own people only, the ten per cent are of the town."""
        self._excellent, self._cap, self._assessed, self._what = excellent, cap, assessed, what
        self.setAccessibleName(self.text)
        self.setToolTip(f"优秀不超过参加定等次人数的 10%：{self.text}")
        self.updateGeometry()
        self.update()

    def _on_look(self, _look: object) -> None:
        self.update()

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.text) + px(24)
        return QSize(width, self.fontMetrics().height() + px(10))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = self._appearance.colours
        over = self._cap is not None and self._excellent > self._cap
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = px(5)
        painter.setPen(QColor(colours.error if over else colours.line))
        painter.setBrush(QColor(colours.base))
        painter.drawRoundedRect(area, radius, radius)
        share = min(1.0, self._excellent / self._cap) if self._cap else float(over)
        if share:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.error_ground if over else colours.good_ground))
            filled = QRectF(area)
            filled.setWidth(area.width() * share)
            painter.drawRoundedRect(filled, radius, radius)
        painter.setPen(QColor(colours.error if over else colours.text))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.text)
        painter.end()
