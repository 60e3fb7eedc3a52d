"""The form, the row highlighted and every step are about one record."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from daomao_desktop.services import conduct, duties, roster
from daomao_desktop.ui.context import Place
from daomao_desktop.ui.dialogs.base import Sheet
from daomao_desktop.ui.main_window import MainWindow
from daomao_desktop.ui.pages.duties import DutiesPage
from daomao_desktop.ui.pages.home import HomePage
from daomao_desktop.ui.pages.roster import RosterPage
from daomao_desktop.ui.widgets.data_table import DataTable
from tests.ui.conftest import activate, settle


def _click(table: DataTable, row: int, *, ctrl: bool = False, double: bool = False) -> None:
    place = table.visualRect(table.model().index(row, 1)).center()
    held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, held, place)
    if double:
        QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, held, QPoint(place))
        QTest.mouseRelease(table.viewport(), Qt.MouseButton.LeftButton, held, QPoint(place))


def _questions(window: QWidget) -> list[Sheet]:
    return [sheet for sheet in window.findChildren(Sheet) if sheet.isVisible()]


def _question(window: QWidget) -> Sheet:
    """The question being asked."""
    return _questions(window)[0]


def _asked(window: QWidget) -> str:
    return " ".join(label.text() for label in _question(window).findChildren(QLabel))


def _answer(qtbot: QtBot, window: MainWindow, word: str) -> None:
    buttons = _question(window).findChildren(QPushButton)
    next(one for one in buttons if one.text() == word).click()
    settle(qtbot, window.context.operations)


def _roster(qtbot: QtBot, window: MainWindow, place: Place | None = None) -> RosterPage:
    window.go(place or Place("roster"))
    settle(qtbot, window.context.operations)
    assert isinstance(window.page, RosterPage)
    return window.page


def _duties(qtbot: QtBot, window: MainWindow) -> DutiesPage:
    window.go(Place("duties"))
    settle(qtbot, window.context.operations)
    assert isinstance(window.page, DutiesPage)
    return window.page


def test_from_the_first_page_to_a_person_row_form_and_delete_are_one(
    qtbot: QtBot, town_window: MainWindow
) -> None:
    page = _roster(qtbot, town_window)
    _click(page.pane.table, 0)  # somebody else was highlighted before
    town_window.go(Place("home"))
    settle(qtbot, town_window.context.operations)
    home = town_window.page
    assert isinstance(home, HomePage)
    _click(home.counts.table, 5, double=True)
    settle(qtbot, town_window.context.operations)
    assert town_window.page is page
    current = page.pane.current()
    assert current is not None
    assert page.panel.title.text() == current.name == home.counts.filter.row(5).name
    QTest.keyClick(page.pane.table, Qt.Key.Key_Delete)
    assert f"删除{current.name}的" in _asked(town_window)


def test_a_person_hidden_by_the_filter_is_uncovered_by_a_link(
    qtbot: QtBot, town_window: MainWindow
) -> None:
    page = _roster(qtbot, town_window)
    wanted = page.pane.filter.row(20)
    page.village.setCurrentIndex(1)
    with qtbot.waitSignal(page.search.searched):
        page.search.setText("没有这样的人")
    _roster(qtbot, town_window, Place("roster", uid=wanted.person_uid))
    assert page.pane.current() == wanted
    assert page.panel.title.text() == wanted.name


def test_what_a_search_hides_is_said_and_no_step_is_about_another(
    qtbot: QtBot, town_window: MainWindow
) -> None:
    page = _roster(qtbot, town_window)
    shown = page.pane.filter.row(3)
    _click(page.pane.table, 3, double=True)
    settle(qtbot, town_window.context.operations)
    other = page.pane.filter.row(6)
    with qtbot.waitSignal(page.search.searched):
        page.search.setText(other.name)
    settle(qtbot, town_window.context.operations)
    assert page.panel.title.text() == shown.name
    assert page.pane.current() is None
    assert other.name in page.panel.banner.words.text()
    QTest.keyClick(page.pane.table, Qt.Key.Key_Delete)
    assert not _questions(town_window)
    next(b for b in page.panel.banner.findChildren(QPushButton) if b.isVisible()).click()
    assert page.pane.current() == shown
    assert not page.panel.banner.isVisible()


def test_a_new_entry_is_none_of_the_rows(qtbot: QtBot, town_window: MainWindow) -> None:
    page = _duties(qtbot, town_window)
    table = page.duty_tab.pane.table
    _click(table, 2)
    before = page.duty_tab.pane.current()
    page.new_entry()
    assert table.rows() == []
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert not _questions(town_window)
    QTest.keyClick(table, Qt.Key.Key_Escape)
    assert page.duty_tab.panel.isHidden()
    page.new_entry()
    page.duty_tab.panel.cancel()
    assert page.duty_tab.pane.current() == before


def test_another_row_under_a_changed_form_asks_and_saves(
    qtbot: QtBot, town_window: MainWindow
) -> None:
    page = _duties(qtbot, town_window)
    pane = page.duty_tab.pane
    first, second = pane.filter.row(0), pane.filter.row(1)
    _click(pane.table, 0, double=True)
    settle(qtbot, town_window.context.operations)
    QTest.keyClicks(page.duty_form.rows.field("remark"), "typed")
    pane.table.setFocus()
    QTest.keyClick(pane.table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: bool(_questions(town_window)))
    assert "还没有保存" in _asked(town_window)
    assert pane.current() == first, "what is highlighted is what the form shows"
    QTest.keyClick(_question(town_window), Qt.Key.Key_Return)
    settle(qtbot, town_window.context.operations)
    stored = duties.duty_draft(town_window.context.desk, first.uid).remark
    assert (stored or "").endswith("typed")
    current = pane.current()
    assert current is not None
    assert current.uid == second.uid == page.duty_tab.panel.uid


def test_all_rows_selected_are_deleted_at_once(qtbot: QtBot, town_window: MainWindow) -> None:
    page = _duties(qtbot, town_window)
    desk, pane = town_window.context.desk, page.duty_tab.pane
    before = len(duties.list_duties(desk))
    rows = [pane.filter.row(number) for number in (0, 2, 3, 4, 6)]
    for number in (0, 2, 3, 4, 6):
        _click(pane.table, number, ctrl=bool(number))
    QTest.keyClick(pane.table, Qt.Key.Key_Delete)
    writable = [row for row in rows if row.writable]
    asked = _asked(town_window)
    assert f"{len(writable)} 条履职记录" in asked
    assert writable[0].name in asked
    _answer(qtbot, town_window, "移到回收站")
    left = {row.uid for row in duties.list_duties(desk)}
    assert len(left) == before - len(writable)
    assert not left & {row.uid for row in writable}
    assert pane.table.current_row() == 0, "the keyboard goes on where the rows were"


def test_what_is_recorded_elsewhere_is_not_deleted_and_that_is_said(
    qtbot: QtBot, town_window: MainWindow
) -> None:
    page = _duties(qtbot, town_window)
    pane = page.duty_tab.pane
    rows = list(pane.model.rows)
    rows[1] = replace(rows[1], writable=False)
    pane.set_rows(rows)
    for number in (0, 1):
        _click(pane.table, number, ctrl=bool(number))
    QTest.keyClick(pane.table, Qt.Key.Key_Delete)
    assert "另外 1 条不在这里登记" in _asked(town_window)
    _question(town_window).close()
    _click(pane.table, 1)
    QTest.keyClick(pane.table, Qt.Key.Key_Delete)
    assert "只能查看" in town_window.told.words.text()


def test_leaders_and_findings_are_deleted_together_or_not_at_all(
    qtbot: QtBot, town_window: MainWindow
) -> None:
    desk = town_window.context.desk
    page = _roster(qtbot, town_window)
    page.pane.table.selectAll()
    QTest.keyClick(page.pane.table, Qt.Key.Key_Delete)
    assert "24 条记录" in _asked(town_window)
    _answer(qtbot, town_window, "移到回收站")
    assert len(roster.list_leaders(desk)) == 24, "they have assessments"
    duty_page = _duties(qtbot, town_window)
    duty_page.tabs.setCurrentIndex(1)
    duty_page._on_all()
    pane = duty_page.finding_tab.pane
    mine = [row for row in conduct.list_findings(desk) if row.writable]
    assert len(mine) > 1
    pane.table.selectAll()
    QTest.keyClick(pane.table, Qt.Key.Key_Delete)
    _answer(qtbot, town_window, "移到回收站")
    assert not [row for row in conduct.list_findings(desk) if row.writable]


def test_a_record_saved_outside_the_shown_year_says_where_it_went(
    qtbot: QtBot, town_window: MainWindow
) -> None:
    page = _duties(qtbot, town_window)
    assert page.year.value() == 2025
    some = page.duty_tab.pane.filter.row(0)
    draft = duties.duty_draft(town_window.context.desk, some.uid)
    page.new_entry()
    page.duty_form.load(replace(draft, on=draft.on.replace(year=2026, month=1, day=5)))
    page.duty_form.put("content", "走访困难群众")
    QTest.mouseClick(page.duty_tab.panel.save, Qt.MouseButton.LeftButton)
    settle(qtbot, town_window.context.operations)
    line = town_window.told
    assert "只显示“2025年”" in line.words.text()
    QTest.mouseClick(line.buttons[0], Qt.MouseButton.LeftButton)
    settle(qtbot, town_window.context.operations)
    assert page.year.value() == 2026
    current = page.duty_tab.pane.current()
    assert current is not None
    assert current.content == "走访困难群众"
    assert page.duty_form.text("content") == "走访困难群众"


def test_a_change_that_moves_a_record_out_of_view_says_so(
    qtbot: QtBot, town_window: MainWindow
) -> None:
    page = _duties(qtbot, town_window)
    row = page.duty_tab.pane.filter.row(0)
    role = next(role for role in type(row.role) if role is not row.role)
    page.role.set_value(row.role)
    _click(page.duty_tab.pane.table, 0, double=True)
    settle(qtbot, town_window.context.operations)
    shown = page.duty_tab.pane.current()
    assert shown is not None
    page.duty_form.put("role", role)
    page.save_entry()
    settle(qtbot, town_window.context.operations)
    assert row.role.value in town_window.told.words.text()
    assert page.duty_tab.pane.current() is None
    QTest.mouseClick(town_window.told.buttons[0], Qt.MouseButton.LeftButton)
    settle(qtbot, town_window.context.operations)
    current = page.duty_tab.pane.current()
    assert current is not None
    assert current.uid == shown.uid


def test_after_saving_the_keyboard_is_where_the_next_step_is(
    qtbot: QtBot, town_window: MainWindow
) -> None:
    activate(qtbot, town_window)
    page = _duties(qtbot, town_window)
    pane, panel = page.duty_tab.pane, page.duty_tab.panel
    _click(pane.table, 0, double=True)
    settle(qtbot, town_window.context.operations)
    page.duty_form.put("remark", "改过")
    panel.save.setFocus()
    large = town_window.context.appearance.look.large
    QTest.keyClick(panel.save, Qt.Key.Key_Space)
    settle(qtbot, town_window.context.operations)
    focused = town_window.focusWidget()
    assert focused is pane.table
    QTest.keyClick(focused, Qt.Key.Key_Space)
    assert town_window.context.appearance.look.large is large
    some = pane.filter.row(0)
    page.new_entry()
    draft = duties.duty_draft(town_window.context.desk, some.uid)
    page.duty_form.load(draft)
    page.duty_form.put("content", "又一件事")
    panel.save.setFocus()
    QTest.keyClick(panel.save, Qt.Key.Key_Return)  # Enter presses what has the focus
    settle(qtbot, town_window.context.operations)
    assert town_window.focusWidget() is page.duty_form.rows.field(page.duty_form.rows.names[0])
    assert any(row.content == "又一件事" for row in pane.model.rows)


@pytest.mark.parametrize("dirty", [False, True])
def test_esc_closes_the_form_and_asks_only_about_what_was_typed(
    qtbot: QtBot, town_window: MainWindow, dirty: bool
) -> None:
    activate(qtbot, town_window)
    page = _duties(qtbot, town_window)
    _click(page.duty_tab.pane.table, 0, double=True)
    settle(qtbot, town_window.context.operations)
    field = page.duty_form.rows.field("remark")
    if dirty:
        QTest.keyClicks(field, "typed")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    if dirty:
        assert "还没有保存" in _asked(town_window)
        _answer(qtbot, town_window, "不保存")
    assert page.duty_tab.panel.isHidden()
    assert town_window.focusWidget() is page.duty_tab.pane.table


@pytest.mark.parametrize("key", ["roster", "duties"])
def test_a_new_entry_given_up_sends_the_keyboard_back_to_the_list(
    qtbot: QtBot, town_window: MainWindow, key: str
) -> None:
    activate(qtbot, town_window)
    town_window.go(Place(key))
    settle(qtbot, town_window.context.operations)
    page = town_window.page
    assert isinstance(page, RosterPage | DutiesPage)
    panel = page.panel if isinstance(page, RosterPage) else page.duty_tab.panel
    table = page.pane.table if isinstance(page, RosterPage) else page.duty_tab.pane.table
    panel.start()
    settle(qtbot, town_window.context.operations)
    QTest.keyClicks(town_window.focusWidget(), "1")
    cancel = next(b for b in panel.findChildren(QPushButton) if b.text() == "取消")
    QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert panel.isHidden()
    assert town_window.focusWidget() is table
