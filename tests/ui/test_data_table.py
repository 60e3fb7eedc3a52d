"""The table as a widget: room left over, widths by content, empty and hidden rows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from daomao_desktop.ui.context import Context
from daomao_desktop.ui.pages.table_page import TablePane
from daomao_desktop.ui.preferences import Preferences
from daomao_desktop.ui.table_models.base import Column, RowFilter, RowsModel
from daomao_desktop.ui.theme import LIGHT
from daomao_desktop.ui.widgets.data_table import DataTable


@dataclass(frozen=True)
class Event:
    name: str
    what: str
    count: int


COLUMNS: tuple[Column[Event], ...] = (
    Column("姓名", lambda r: r.name),
    Column("内容", lambda r: r.what, grows=True),
    Column("地点", lambda _r: ""),
    Column("次数", lambda r: str(r.count), right=True),
)
ROWS = (Event("王顺", "走访", 3), Event("陈海", "调解", 1))


def _table(
    qtbot: QtBot, preferences: Preferences | None = None, columns: tuple[Column[Event], ...] = ()
) -> tuple[DataTable, RowsModel[Event]]:
    model: RowsModel[Event] = RowsModel(columns or COLUMNS, LIGHT)
    table = DataTable("events", preferences)
    qtbot.addWidget(table)
    proxy: RowFilter[Event] = RowFilter(model, table)
    model.setParent(table)
    table.show_model(proxy)
    table.resize(900, 300)
    table.show()
    model.set_rows(ROWS)
    return table, model


@pytest.mark.parametrize("width", [900, 700])
def test_the_columns_reach_the_right_edge(qtbot: QtBot, width: int) -> None:
    table, _model = _table(qtbot)
    table.resize(width, 300)
    assert table.horizontalHeader().length() == table.viewport().width()
    assert table.columnWidth(1) > table.columnWidth(0)


def test_without_a_growing_column_the_last_one_not_to_the_right_grows(qtbot: QtBot) -> None:
    what: Column[Event] = Column("内容", lambda r: r.what)
    plain = (COLUMNS[0], what, COLUMNS[2], COLUMNS[3])
    table, _model = _table(qtbot, columns=plain)
    assert table.horizontalHeader().length() == table.viewport().width()
    assert table.columnWidth(2) == max(table.columnWidth(column) for column in range(4))


def test_columns_wider_than_the_view_keep_their_widths(qtbot: QtBot) -> None:
    table, _model = _table(qtbot)
    table.resize(120, 300)
    assert table.horizontalHeader().length() > table.viewport().width()
    needed = table.fontMetrics().horizontalAdvance("走访")
    assert table.columnWidth(1) >= needed


def test_longer_rows_widen_their_columns(qtbot: QtBot) -> None:
    table, model = _table(qtbot)
    before = table.columnWidth(0)
    model.set_rows([*ROWS, Event("阿卜杜热西提·买买提", "走访", 2)])
    assert table.columnWidth(0) > before


def test_widths_set_by_hand_are_remembered_without_the_room_left(
    qtbot: QtBot, tmp_path: Path
) -> None:
    preferences = Preferences(tmp_path)
    table, model = _table(qtbot, preferences)
    own = table._filled
    assert own is not None
    table.setColumnWidth(0, 222)
    model.set_rows(ROWS[:1])
    assert table.columnWidth(0) == 222
    table.remember()
    again, _model = _table(qtbot, preferences)
    assert again.columnWidth(0) == 222
    assert again._filled == own
    untouched, _model = _table(qtbot, Preferences(tmp_path / "other"))
    untouched.remember()
    assert Preferences(tmp_path / "other").columns(untouched._key()) is None


def test_rows_all_hidden_offer_to_show_them(qtbot: QtBot, town_context: Context) -> None:
    pane: TablePane[Event] = TablePane("events", COLUMNS, town_context)
    qtbot.addWidget(pane)
    pane.show()
    pane.empty.tell("还没有记录", "登记后列在这里。")
    pane.set_rows(())
    assert pane.empty.isVisible()
    pane.set_rows(ROWS)
    assert pane.table.isVisible()
    pane.set_test(lambda row: row.count > 9)
    assert pane.hidden.isVisible()
    button = pane.hidden.findChild(QPushButton)
    assert isinstance(button, QPushButton)
    with qtbot.waitSignal(pane.all_wanted):
        button.click()
    pane.set_test(None)
    assert pane.table.isVisible()


def test_a_row_chosen_by_the_program_is_the_only_one_though_ctrl_is_held(
    qtbot: QtBot, town_context: Context
) -> None:
    pane: TablePane[Event] = TablePane("events", COLUMNS, town_context)
    qtbot.addWidget(pane)
    pane.show()
    pane.set_rows(ROWS)
    pane.table.selectRow(0)
    QTest.keyPress(pane.table, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    try:
        pane.table.selectRow(1)
        assert pane.table.rows() == [1]
        assert pane.select(lambda row: row.name == "王顺")
        assert pane.selected() == (ROWS[0],)
        assert pane.table.current_row() == 0
    finally:
        QTest.keyRelease(pane.table, Qt.Key.Key_S)
