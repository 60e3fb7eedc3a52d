"""The menu of a table's rows, by the right button and by keys; what happened to a record."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from daomao_desktop.services import duties
from daomao_desktop.ui.context import Place
from daomao_desktop.ui.dialogs.base import Sheet
from daomao_desktop.ui.dialogs.recycle_bin import RecycleBinSheet
from daomao_desktop.ui.dialogs.revisions import RevisionsSheet
from daomao_desktop.ui.main_window import MainWindow
from daomao_desktop.ui.pages.duties import DutiesPage
from daomao_desktop.ui.pages.roster import RosterPage
from daomao_desktop.ui.widgets.data_table import DataTable
from tests.ui.conftest import activate, settle


def _go(qtbot: QtBot, window: MainWindow, place: Place) -> None:
    window.go(place)
    settle(qtbot, window.context.operations)
    activate(qtbot, window)


def _table(window: MainWindow) -> DataTable:
    assert window.page is not None
    return next(table for table in window.page.findChildren(DataTable) if table.isVisible())


def _by_mouse(table: DataTable, row: int) -> dict[str, QAction]:
    """As the right button does it: press, then the event the system sends."""
    place = table.visualRect(table.model().index(row, 1)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.RightButton, pos=place)
    where = table.viewport().mapToGlobal(place)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, where)
    QApplication.sendEvent(table.viewport(), event)
    return _open(table)


def _by_key(table: DataTable) -> dict[str, QAction]:
    middle = table.rect().center()
    where = table.mapToGlobal(middle)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, middle, where)
    QApplication.sendEvent(table, event)
    return _open(table)


def _open(table: DataTable) -> dict[str, QAction]:
    menu = [menu for menu in table.findChildren(QMenu) if menu.isVisible()][-1]
    return {entry.text().split("\t")[0]: entry for entry in menu.actions() if entry.text()}


def _close(table: DataTable) -> None:
    for menu in table.findChildren(QMenu):
        menu.close()


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place("home"), ("打开",)),
        (Place("roster"), ("打开", "档案与经历…", "历次修改…", "删除…", "回收站…")),
        (Place("duties"), ("打开", "历次修改…", "删除…", "回收站…")),
        (Place("assessment", year=2025), ("打分表…", "登记表…", "历次修改…")),
        (Place("notices", year=2025), ("预览…",)),
    ],
)
def test_every_table_has_a_menu_by_mouse_and_by_key(
    qtbot: QtBot, town_window: MainWindow, place: Place, words: tuple[str, ...]
) -> None:
    _go(qtbot, town_window, place)
    table = _table(town_window)
    entries = _by_mouse(table, 1)
    assert table.rows() == [1], "the right button takes the row below it"
    for word in (*words, "打印这张列表…", "复制"):
        assert word in entries
    _close(table)
    assert list(_by_key(table)) == list(entries)
    _close(table)
    QTest.keyClick(table, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert list(_open(table)) == list(entries)
    _close(table)


def test_entries_act_on_the_row_and_what_cannot_be_done_is_grey(
    qtbot: QtBot, town_window: MainWindow
) -> None:
    _go(qtbot, town_window, Place("duties"))
    page = town_window.page
    assert isinstance(page, DutiesPage)
    pane = page.duty_tab.pane
    entries = _by_mouse(pane.table, 3)
    assert entries["打开"].text().endswith("回车")
    row = pane.filter.row(3)
    entries["复制"].trigger()
    assert row.content in QGuiApplication.clipboard().text()
    entries["打开"].trigger()
    _close(pane.table)
    settle(qtbot, town_window.context.operations)
    assert page.duty_tab.panel.uid == row.uid
    page.duty_tab.panel.cancel()
    pane.table.selectAll()
    entries = _by_key(pane.table)
    assert not entries["打开"].isEnabled()
    assert entries["打开"].toolTip() == "请只选一行。"
    assert entries["删除…"].isEnabled()
    entries["删除…"].trigger()
    _close(pane.table)
    assert [sheet for sheet in town_window.findChildren(Sheet) if sheet.isVisible()]


def test_the_recycle_bin_is_beside_removing_without_a_form_open(
    qtbot: QtBot, town_window: MainWindow
) -> None:
    _go(qtbot, town_window, Place("duties"))
    page = town_window.page
    assert isinstance(page, DutiesPage)
    pane, desk = page.duty_tab.pane, town_window.context.desk
    row = pane.filter.row(2)
    duties.remove_duty(desk, row.uid)
    page.refresh()
    settle(qtbot, town_window.context.operations)
    assert page.duty_tab.panel.isHidden()
    _by_mouse(pane.table, 0)["回收站…"].trigger()
    _close(pane.table)
    settle(qtbot, town_window.context.operations)
    sheet = next(s for s in town_window.findChildren(RecycleBinSheet) if s.isVisible())
    listed = [sheet.list.item(n).text() for n in range(sheet.list.count())]
    assert any(row.name in line for line in listed)


def test_revisions_tell_before_and_after_by_whom(qtbot: QtBot, town_window: MainWindow) -> None:
    _go(qtbot, town_window, Place("duties"))
    page = town_window.page
    assert isinstance(page, DutiesPage)
    pane, desk = page.duty_tab.pane, town_window.context.desk
    uid = pane.filter.row(0).uid
    old = duties.duty_draft(desk, uid)
    page.duty_tab.panel.open_record(uid)
    settle(qtbot, town_window.context.operations)
    page.duty_form.put("content", "改正后的内容，联系电话13812341234")
    page.save_entry()
    settle(qtbot, town_window.context.operations)
    _by_key(pane.table)["历次修改…"].trigger()
    _close(pane.table)
    settle(qtbot, town_window.context.operations)
    sheet = next(s for s in town_window.findChildren(RevisionsSheet) if s.isVisible())
    first = sheet.pane.model.rows[0]
    assert (first.what, first.label, first.before) == ("修改", "内容", old.content)
    assert first.after == "改正后的内容，联系电话138****1234"
    assert first.who == desk.operator.name
    added = [row for row in sheet.pane.model.rows if row.what == "新增"]
    assert {"姓名", "村民小组", "职责"} <= {row.label for row in added}
    sheet.close()


def test_the_revisions_of_a_person_mask_numbers_and_have_his_posts(
    qtbot: QtBot, town_window: MainWindow
) -> None:
    _go(qtbot, town_window, Place("roster"))
    page = town_window.page
    assert isinstance(page, RosterPage)
    _by_mouse(page.pane.table, 2)["历次修改…"].trigger()
    _close(page.pane.table)
    settle(qtbot, town_window.context.operations)
    sheet = next(s for s in town_window.findChildren(RevisionsSheet) if s.isVisible())
    rows = {row.label: row.after for row in sheet.pane.model.rows}
    assert "*" in rows["身份证号"]
    assert "*" in rows["联系电话"]
    assert rows["村民小组"].endswith(page.pane.filter.row(2).group)
    assert rows["月补贴"].endswith("元")
    sheet.close()
