"""The days a draft is set with, typed above its page."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from daomao_desktop.domain.notices import DocumentKind
from daomao_desktop.ui.dialogs.wanted import Days, Wanted
from daomao_desktop.ui.theme import px, set_role
from daomao_desktop.ui.widgets.fields import DateField
from daomao_desktop.ui.widgets.parts import label


class DaysRow(QWidget):
    """Meeting, date and last day of posting, as far as the kind of paper has them.

    ``edited`` fires at every change; ``usual`` is the date of papers that were not drafted yet:
    today, until another is typed.
    """

    edited = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "plain")
        self._today = today
        self.usual = today
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(8))
        self.meeting_label, self.meeting = self._field("支部会议", "支部会议日期", 176)
        self.dated_label, self.dated = self._field("成文日期", "成文日期", 150)
        self.until_label, self.until = self._field("公示到", "公示期满日期", 150)
        self.until.setPlaceholderText("按最短期限")

    def _field(self, words: str, name: str, width: int) -> tuple[QLabel, DateField]:
        field = DateField(ahead=True)
        field.setAccessibleName(name)
        field.setFixedWidth(px(width))
        field.textChanged.connect(lambda _text: self.edited.emit())
        before = label(words, "muted")
        before.setBuddy(field)
        self._row.addWidget(before)
        self._row.addWidget(field)
        return before, field

    def show_for(self, one: Wanted) -> None:
        """The fields this paper has; an office's own has its day in its editor."""
        draft = not one.issued and one.kind is not DocumentKind.FREEFORM
        posting = one.kind is DocumentKind.PUBLIC_NOTICE
        meeting = draft and one.kind is DocumentKind.CRITICISM
        self.meeting_label.setVisible(meeting)
        self.meeting.setVisible(meeting)
        self.meeting.setPlaceholderText("必填" if one.needs_meeting else "同建议时的支委会")
        self.dated_label.setText("张贴日期" if posting else "成文日期")
        for widget in (self.dated_label, self.dated):
            widget.setVisible(draft and one.posted_on is None)
        for widget in (self.until_label, self.until):
            widget.setVisible(draft and posting)

    def fill(self, one: Wanted) -> None:
        """The days the paper was drafted with; no paper lends its own to another."""
        self.dated.set_day(one.days.dated or self.usual)
        self.meeting.set_day(one.days.meeting)
        self.until.set_day(one.days.until)

    def read(self, one: Wanted) -> Days:
        """What stands in the paper's fields now; raises ValueError with a sentence."""
        if one.kind is DocumentKind.FREEFORM or one.issued:
            return one.days
        dated = one.days.dated or self.usual
        if one.posted_on is None:
            dated = self.dated.day() or self._today
        return Days(
            dated,
            self.meeting.day() if one.kind is DocumentKind.CRITICISM else None,
            self.until.day() if one.kind is DocumentKind.PUBLIC_NOTICE else None,
        )

    def point_out(self) -> None:
        """The cursor to the first field that cannot be read."""
        for field in (self.meeting, self.dated, self.until):
            try:
                if not field.isHidden():
                    field.day()
            except ValueError:
                field.setFocus()
                field.selectAll()
                return
