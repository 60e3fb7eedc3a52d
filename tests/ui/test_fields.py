"""Fields that take what people type."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCalendarWidget,
    QLineEdit,
    QPushButton,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.scheme import Grade
from daomao_desktop.ui import today
from daomao_desktop.ui.theme import Appearance
from daomao_desktop.ui.widgets.calendar import CalendarPopup
from daomao_desktop.ui.widgets.choices import ChoiceBox, PasswordField
from daomao_desktop.ui.widgets.fields import (
    DateField,
    MoneyField,
    PointsField,
    TextArea,
    points_text,
)
from daomao_desktop.ui.widgets.people import PeopleList, PersonField, Someone

PEOPLE = (
    Someone("1", "王顺", "wang shun", "ws", "第1村民小组"),
    Someone("2", "王舒", "wang shu", "ws", "第2村民小组"),
    Someone("3", "陈海", "chen hai", "ch", "第3村民小组"),
)


@pytest.fixture(autouse=True)
def _look(appearance: Appearance) -> None:
    """Every field is measured in the program's own look."""


W = TypeVar("W", bound=QWidget)


def _shown(qtbot: QtBot, widget: W) -> W:
    qtbot.addWidget(widget)
    widget.show()
    return widget


@pytest.mark.parametrize(
    "text", ["20260115", "2026-1-15", "2026年1月15日", "2026.1.15", "２０２６/1/15"]
)
def test_a_day_is_taken_as_people_write_it(qtbot: QtBot, text: str) -> None:
    field = _shown(qtbot, DateField())
    field.setText(text)
    assert field.day() == date(2026, 1, 15)


def test_a_day_is_shown_in_words_when_the_field_is_left(qtbot: QtBot) -> None:
    both = _shown(qtbot, QWidget())
    field, other = DateField(both), QLineEdit(both)
    field.show()
    other.show()
    both.activateWindow()
    qtbot.waitUntil(both.isActiveWindow)
    field.setFocus()
    QTest.keyClicks(field, "20260115")
    other.setFocus()
    qtbot.waitUntil(lambda: field.text() == "2026年1月15日")


def test_what_is_no_day_is_left_alone_and_named(qtbot: QtBot) -> None:
    field = _shown(qtbot, DateField())
    field.setText("1988.13")
    with pytest.raises(ValueError, match=r"1988\.13"):
        field.day()
    field.setText("2026年1月")
    with pytest.raises(ValueError, match="缺少日"):
        field.day()
    field.setText("")
    assert field.day() is None


def test_a_month_is_enough_where_it_says_so(qtbot: QtBot) -> None:
    field = _shown(qtbot, DateField(month_enough=True))
    field.setText("1987.6")
    assert field.partial() == PartialDate(1987, 6)


def test_arrows_step_a_day(qtbot: QtBot) -> None:
    field = _shown(qtbot, DateField())
    field.set_day(date(2026, 3, 1))
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.day() == date(2026, 2, 28)
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.day() == date(2026, 3, 1)


def test_short_days_are_shown_in_full_when_the_field_is_left(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(today, "_clock", lambda: date(2026, 1, 20))
    both = _shown(qtbot, QWidget())
    field, other = DateField(both), QLineEdit(both)
    field.show()
    other.show()
    both.activateWindow()
    qtbot.waitUntil(both.isActiveWindow)
    for keys, words in (
        ("1-5", "2026年1月5日"),
        ("12.31", "2025年12月31日"),
        ("26-1-5", "2026年1月5日"),
    ):
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, keys)
        assert field.text() == keys, "nothing changes under the fingers"
        QTest.keyClick(field, Qt.Key.Key_Tab)
        assert field.text() == words
    field.shown_year = lambda: 2025
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "1-5")
    other.setFocus()
    assert field.text() == "2025年1月5日"


def test_today_is_one_key_and_plus_and_minus_step_days(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(today, "_clock", lambda: date(2026, 1, 20))
    field = _shown(qtbot, DateField())
    QTest.keyClicks(field, "2025-12-3")
    assert field.text() == "2025-12-3", "a hyphen in a date is a hyphen"
    QTest.keyClicks(field, "t")
    assert field.day() == date(2026, 1, 20)
    QTest.keyClicks(field, "--")
    assert field.day() == date(2026, 1, 18)
    QTest.keyClicks(field, "+=")
    assert field.day() == date(2026, 1, 20)
    field.clear()
    QTest.keyClick(field, Qt.Key.Key_Semicolon, Qt.KeyboardModifier.ControlModifier)
    assert field.day() == date(2026, 1, 20)


def _fits(grid: QTableView, index: QModelIndex) -> bool:
    """Whether a cell's text is drawn whole, by the room that the style leaves for it."""
    option = QStyleOptionViewItem()
    option.initFrom(grid)
    option.rect = grid.visualRect(index)
    option.text = str(index.data() or "")
    option.features = QStyleOptionViewItem.ViewItemFeature.HasDisplay
    style = grid.style()
    room = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, grid).width()
    margin = style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, option, grid) + 1
    return grid.fontMetrics().horizontalAdvance(option.text) + 2 * margin <= room


@pytest.mark.parametrize("large", [False, True])
def test_the_calendar_shows_every_heading_and_every_week(
    qtbot: QtBot, appearance: Appearance, large: bool
) -> None:
    appearance.set_large(large)
    field = _shown(qtbot, DateField())
    field.set_day(date(2026, 3, 1))  # a Sunday: March needs six weeks
    QTest.keyClick(field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = field.findChild(CalendarPopup)
    assert isinstance(popup, CalendarPopup)
    grid = popup.month.findChild(QTableView)
    assert isinstance(grid, QTableView)
    model = grid.model()
    last = model.index(model.rowCount() - 1, model.columnCount() - 1)
    assert grid.viewport().rect().contains(grid.visualRect(last))
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            assert _fits(grid, model.index(row, column)), f"Qt would write … in {row}, {column}"
    heights = {grid.rowHeight(row) for row in range(model.rowCount())}
    assert min(heights) >= grid.fontMetrics().lineSpacing()
    popup.now.click()
    assert field.day() == today.today()
    qtbot.waitUntil(lambda: field.findChild(CalendarPopup) is None)


def test_a_day_can_be_picked(qtbot: QtBot) -> None:
    field = _shown(qtbot, DateField())
    field.set_day(date(2026, 1, 15))
    QTest.keyClick(field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = field.findChild(QCalendarWidget)
    assert isinstance(calendar, QCalendarWidget)
    calendar.clicked.emit(calendar.selectedDate().addDays(3))
    assert field.day() == date(2026, 1, 18)
    del calendar
    qtbot.waitUntil(lambda: field.findChild(QCalendarWidget) is None)


@pytest.mark.parametrize(("text", "fen"), [("500", 50000), ("1,200.50", 120050), ("伍佰", 50000)])
def test_money(qtbot: QtBot, text: str, fen: int) -> None:
    field = _shown(qtbot, MoneyField())
    field.setText(text)
    assert field.money() == Money(fen)


def test_money_that_is_none(qtbot: QtBot) -> None:
    field = _shown(qtbot, MoneyField())
    field.setText("很多")
    with pytest.raises(ValueError, match="很多"):
        field.money()


@pytest.mark.parametrize(
    ("text", "value"),
    [("5", 500), ("5.5", 550), ("84.62", 8462), ("-2", -200), ("", None), ("６", 600)],
)
def test_points_are_whole_hundredths(qtbot: QtBot, text: str, value: int | None) -> None:
    field = _shown(qtbot, PointsField())
    field.setText(text)
    assert field.hundredths() == value
    assert PointsField().hundredths() is None


@pytest.mark.parametrize("text", ["五分", "5.555", "1e3"])
def test_points_that_are_none(qtbot: QtBot, text: str) -> None:
    field = _shown(qtbot, PointsField())
    field.setText(text)
    with pytest.raises(ValueError, match="不是分数"):
        field.hundredths()


@pytest.mark.parametrize(
    ("value", "text"), [(550, "5.5"), (8462, "84.62"), (600, "6"), (-50, "-0.5")]
)
def test_points_as_text(value: int, text: str) -> None:
    assert points_text(value) == text


def test_a_choice_keeps_the_very_member(qtbot: QtBot) -> None:
    box = _shown(qtbot, ChoiceBox())
    box.set_choices([(grade, grade.value) for grade in Grade], "请选择")
    assert box.value() is None
    box.set_value(Grade.COMPETENT)
    assert box.value() is Grade.COMPETENT
    box.set_choices([(grade, grade.value) for grade in Grade], "请选择")
    assert box.value() is Grade.COMPETENT  # filling it again does not lose the choice


def test_caps_lock_is_noticed_by_the_letters(qtbot: QtBot) -> None:
    field = _shown(qtbot, PasswordField())
    told: list[bool] = []
    field.caps_lock.connect(told.append)
    QTest.keyClicks(field, "a1")
    QTest.keyClick(field, "A", Qt.KeyboardModifier.NoModifier)
    assert told[0] is False
    assert field.text().lower() == "a1a"


def test_control_enter_submits_text(qtbot: QtBot) -> None:
    area = _shown(qtbot, TextArea())
    with qtbot.waitSignal(area.submitted, timeout=500):
        QTest.keyClick(area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert area.text() == ""


def test_a_person_is_found_by_initials_or_group(qtbot: QtBot) -> None:
    field = _shown(qtbot, PersonField())
    field.set_people(PEOPLE)
    QTest.keyClicks(field, "ch")
    assert field.uid() == "3"
    field.clear()
    QTest.keyClicks(field, "ws")
    assert field.uid() == ""  # two of them: the program does not guess
    field.clear()
    field.insert("2组")  # QTest types ASCII only
    field.textEdited.emit(field.text())
    assert field.uid() == "2"


def test_a_person_is_taken_from_the_list(qtbot: QtBot) -> None:
    field = _shown(qtbot, PersonField())
    field.set_people(PEOPLE)
    QTest.keyClicks(field, "ws")
    field.completer().activated.emit("王舒　第2村民小组")
    assert field.uid() == "2"


def test_many_people_are_ticked(qtbot: QtBot) -> None:
    many = _shown(qtbot, PeopleList())
    many.set_people(PEOPLE)
    assert many.ticked() == ()
    many.search.setText("ws")
    many.search.searched.emit("ws")
    many._tick(True)
    assert many.ticked() == ("1", "2")
    assert many.note.text().startswith("已选 2 / 3")


def test_all_of_those_just_searched_for_are_ticked(qtbot: QtBot) -> None:
    many = _shown(qtbot, PeopleList())
    many.set_people(PEOPLE)
    QTest.keyClicks(many.search, "ws")  # and no pause before the button
    every = next(b for b in many.findChildren(QPushButton) if b.text() == "全选")
    qtbot.mouseClick(every, Qt.MouseButton.LeftButton)
    assert many.ticked() == ("1", "2")


def test_a_group_finds_its_people_in_a_town_of_several_villages(qtbot: QtBot) -> None:
    field = PersonField()
    qtbot.addWidget(field)
    field.set_people(
        [
            Someone("1", "王顺", "wang shun", "ws", "第1村民小组", "联光村"),
            Someone("2", "陈海", "chen hai", "ch", "第3村民小组", "联光村"),
            Someone("3", "符毅", "fu yi", "fy", "第3村民小组", "云溪村"),
        ]
    )
    qtbot.keyClicks(field, "3")
    assert field.uid() == ""
    assert field._names.stringList() == ["陈海　联光村第3村民小组", "符毅　云溪村第3村民小组"]
    field.clear()
    field.insert("云溪村 3组")
    assert field.uid() == "3"
