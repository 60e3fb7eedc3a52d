"""Rows, sorting and filtering without a window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication

from daomao_desktop.ui.table_models.base import (
    ROW_ROLE,
    SORT_ROLE,
    Column,
    RowFilter,
    RowsModel,
    Tone,
    chinese_key,
)
from daomao_desktop.ui.theme import DARK, LIGHT

HORIZONTAL = Qt.Orientation.Horizontal


@dataclass(frozen=True)
class Leader:
    name: str
    pinyin: str
    age: int | None
    since: date


ROWS = (
    Leader("王龚", "wang gong", 39, date(2021, 6, 20)),
    Leader("陈海", "chen hai", None, date(2023, 1, 5)),
    Leader("欧阳文华", "ou yang wen hua", 59, date(2020, 2, 1)),
)
COLUMNS: tuple[Column[Leader], ...] = (
    Column("姓名", lambda r: r.name, lambda r: r.pinyin),
    Column(
        "年龄",
        lambda r: str(r.age or ""),
        lambda r: r.age,
        right=True,
        tone=lambda r: Tone.ERROR if r.age is None else None,
        tip=lambda r: f"{r.age}岁",
    ),
    Column("任职", lambda r: str(r.since), lambda r: r.since),
)


@pytest.fixture
def model(qapp: QApplication) -> RowsModel[Leader]:
    made: RowsModel[Leader] = RowsModel(COLUMNS, LIGHT)
    made.set_rows(ROWS)
    return made


def _names(shown: RowFilter[Leader]) -> list[str]:
    return [row.name for row in shown.shown()]


def test_shows_text_alignment_tone_and_tip(model: RowsModel[Leader]) -> None:
    assert (model.rowCount(), model.columnCount()) == (3, 3)
    assert model.headerData(1, HORIZONTAL) == "年龄"
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    age = model.index(1, 1)
    assert model.data(age) == ""
    assert model.data(age, Qt.ItemDataRole.ForegroundRole).name() == LIGHT.error.lower()
    assert model.data(model.index(0, 1), Qt.ItemDataRole.ForegroundRole) is None
    assert model.data(model.index(0, 1), Qt.ItemDataRole.ToolTipRole) == "39岁"
    assert model.data(age, Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.data(model.index(0, 0), ROW_ROLE) is ROWS[0]
    assert model.data(QModelIndex()) is None


def test_display_and_sort_are_two_roles(model: RowsModel[Leader]) -> None:
    index = model.index(2, 0)
    assert model.data(index) == "欧阳文华"
    assert model.data(index, SORT_ROLE) == "ou yang wen hua"


def test_names_sort_by_pinyin_dates_by_day(model: RowsModel[Leader]) -> None:
    shown: RowFilter[Leader] = RowFilter(model)
    shown.sort(0, Qt.SortOrder.AscendingOrder)
    assert _names(shown) == ["陈海", "欧阳文华", "王龚"]
    shown.sort(2, Qt.SortOrder.DescendingOrder)
    assert _names(shown) == ["陈海", "王龚", "欧阳文华"]


def test_what_is_not_known_stands_last(model: RowsModel[Leader]) -> None:
    shown: RowFilter[Leader] = RowFilter(model)
    shown.sort(1, Qt.SortOrder.AscendingOrder)
    assert _names(shown) == ["王龚", "欧阳文华", "陈海"]


def test_chinese_words_sort_by_pinyin() -> None:
    words = ["中共党员", "群众", "共青团员", "民主党派"]
    assert sorted(words, key=chinese_key) == ["共青团员", "民主党派", "群众", "中共党员"]


def test_the_filter_shows_what_the_test_accepts(model: RowsModel[Leader]) -> None:
    shown: RowFilter[Leader] = RowFilter(model)
    shown.set_test(lambda row: row.age is not None)
    assert _names(shown) == ["王龚", "欧阳文华"]
    assert shown.row(1).name == "欧阳文华"
    assert shown.place(lambda row: row.name == "欧阳文华") == 1
    assert shown.place(lambda row: row.name == "陈海") == -1
    shown.set_test(None)
    assert len(_names(shown)) == 3


def test_a_change_of_theme_changes_the_tones(model: RowsModel[Leader]) -> None:
    changed: list[object] = []
    model.dataChanged.connect(lambda *_: changed.append(True))
    model.set_colours(DARK)
    age = model.data(model.index(1, 1), Qt.ItemDataRole.ForegroundRole)
    assert age.name() == DARK.error.lower()
    assert changed
