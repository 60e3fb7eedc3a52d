"""The calendar that drops down from a date field: a month, and 今天 below it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QPalette, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QTableView, QToolButton, QVBoxLayout, QWidget

from daomao_desktop.domain.dates import chinese_date
from daomao_desktop.ui.theme import px
from daomao_desktop.ui.today import today
from daomao_desktop.ui.widgets.buttons import button

_WEEKS, _DAYS = 6, 7


class Month(QCalendarWidget):
    """A month in Chinese, Monday first, wide and high enough for every heading and week."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLocale(QLocale(QLocale.Language.Chinese))
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        # 一 … 日: 周一 does not fit above a number, and Qt would write … there.
        self.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        weekend = QTextCharFormat()
        weekend.setForeground(self.palette().color(QPalette.ColorRole.Link))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):  # Qt's red is not the theme's
            self.setWeekdayTextFormat(day, weekend)
        for name, sign, tip in (("prev", "‹", "上个月"), ("next", "›", "下个月")):
            arrow = self.findChild(QToolButton, f"qt_calendar_{name}month")
            if arrow is not None:  # Qt's arrow is black on dark ground, too
                arrow.setIcon(QIcon())
                arrow.setText(sign)
                arrow.setToolTip(tip)

    def sizeHint(self) -> QSize:
        """Qt's own hint knows nothing of the style sheet: the last week would be cut."""
        line = self.fontMetrics().lineSpacing()
        cell = max(line + px(8), self.fontMetrics().horizontalAdvance("00") + px(16))
        grid = self.findChild(QTableView)
        bar = self.findChild(QWidget, "qt_calendar_navigationbar")
        frame = 2 * grid.frameWidth() if grid is not None else 0
        top = bar.sizeHint().height() if bar is not None else 0
        return QSize(_DAYS * cell + frame, top + (_WEEKS + 1) * (line + px(8)) + frame)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class CalendarPopup(QFrame):
    """``chosen`` gets the day picked; Esc or a click beside it leaves all as it was."""

    def __init__(self, field: QWidget, day: date | None, chosen: Callable[[date], object]) -> None:
        super().__init__(field, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._field, self._chosen = field, chosen
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(2), px(2), px(2), px(2))
        layout.setSpacing(px(2))
        self.month = Month(self)
        layout.addWidget(self.month)
        now = today()
        self.now = button(f"今天：{chinese_date(now)}", lambda: self._pick(now), tip="今天（T）")
        layout.addWidget(self.now)
        shown = day or now
        self.month.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        self.month.activated.connect(self._on_day)
        self.month.clicked.connect(self._on_day)
        grid = self.month.findChild(QTableView)
        if grid is not None:
            grid.installEventFilter(self)

    def drop_down(self) -> None:
        """Shows it below its field, within the screen."""
        field = self._field
        self.adjustSize()
        area = field.screen().availableGeometry()
        corner = field.mapToGlobal(QPoint(0, field.height()))
        left = min(corner.x(), area.right() - self.width())
        self.move(max(area.left(), left), min(corner.y(), area.bottom() - self.height()))
        self.show()
        self.month.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """T takes today, with the calendar open as in the field."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_T
        ):
            self._pick(today())
            return True
        return super().eventFilter(watched, event)

    def _on_day(self, day: QDate) -> None:
        self._pick(date(day.year(), day.month(), day.day()))

    def _pick(self, day: date) -> None:
        self._chosen(day)
        self.close()
