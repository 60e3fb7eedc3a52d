"""Ctrl+P prints the list shown, on every page; an entry that cannot act is grey and says why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from threading import get_ident

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from daomao_desktop.services.list_paper import ShownList, list_pdf
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.dialogs.made_paper import MadePaperSheet
from daomao_desktop.ui.dialogs.preview import PreviewSheet
from daomao_desktop.ui.main_window import MainWindow
from daomao_desktop.ui.pages.duties import DutiesPage
from daomao_desktop.ui.pages.list_paper import print_list
from daomao_desktop.ui.pages.notices import NoticesPage
from daomao_desktop.ui.pages.roster import RosterPage
from daomao_desktop.ui.pages.table_page import TablePane
from daomao_desktop.ui.table_models.base import Column
from tests.ui.conftest import activate, settle

CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True)
class _Row:
    village: str


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    words = "".join(page.get_textpage().get_text_range() for page in document)
    return re.sub(r"\s", "", words)


def _go(qtbot: QtBot, window: MainWindow, page: str) -> None:
    window.go(Place(page))
    settle(qtbot, window.context.operations)
    activate(qtbot, window)


def _printed(qtbot: QtBot, window: MainWindow) -> str:
    """What Ctrl+P shows."""
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_P, CTRL)
    settle(qtbot, window.context.operations)
    sheet = next(s for s in window.findChildren(MadePaperSheet) if s.isVisible())
    words = _text(sheet._pdf)
    sheet.close()
    return words


def test_the_rows_shown_are_printed_in_their_order(qtbot: QtBot, town_window: MainWindow) -> None:
    _go(qtbot, town_window, "roster")
    page = town_window.page
    assert isinstance(page, RosterPage)
    page.village.setCurrentIndex(2)
    page.pane.table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    page.pane.table.setColumnHidden(4, True)
    words = _printed(qtbot, town_window)
    names = [row.name for row in page.pane.filter.shown()]
    places = [words.index(name) for name in names]
    assert places == sorted(places)
    assert page.village.currentText() in words
    assert f"共{len(names)}人" in words
    assert "性别" not in words
    hidden = [row.name for row in page.pane.model.rows if row.name not in names]
    assert not [name for name in hidden if name in words]
    assert not re.search(r"1[3-9]\d{9}|\d{17}[\dX]", words)


@pytest.mark.parametrize("place", ["home", "duties", "assessment"])
def test_every_page_with_a_list_prints_it(
    qtbot: QtBot, town_window: MainWindow, place: str
) -> None:
    _go(qtbot, town_window, place)
    assert "序号" in _printed(qtbot, town_window)


def test_the_texts_of_a_long_list_are_no_work_for_the_window(
    qtbot: QtBot, town_context: Context
) -> None:
    asked: list[int] = []

    def text(row: _Row) -> str:
        asked.append(get_ident())
        return row.village

    pane: TablePane[_Row] = TablePane("long", [Column("村", text)], town_context, title="各村")
    qtbot.addWidget(pane)
    pane.set_rows([_Row("联光村"), _Row("红石村")] * 400)
    asked.clear()
    print_list(pane, town_context, pane)
    settle(qtbot, town_context.operations)
    assert len(asked) == 800
    assert get_ident() not in asked


def test_papers_selected_are_shown_and_without_any_the_list(
    qtbot: QtBot, town_window: MainWindow
) -> None:
    _go(qtbot, town_window, "notices")
    page = town_window.page
    assert isinstance(page, NoticesPage)
    page.candidates.unselect()
    row = next(row for row in page.candidates.filter.shown() if row.name)
    assert row.name in _printed(qtbot, town_window)
    activate(qtbot, town_window)
    page.candidates.select(lambda one: one is row)
    QTest.keyClick(page.candidates.table, Qt.Key.Key_P, CTRL)
    settle(qtbot, town_window.context.operations)
    assert [s for s in town_window.findChildren(PreviewSheet) if s.isVisible()]


def test_private_numbers_in_a_cell_are_masked(town_context: Context) -> None:
    shown = ShownList(
        "名单",
        "查找“13812341234”",
        ("姓名", "备注"),
        (("王顺", "证件460006198706156577，卡号6222021234567890123"),),
    )
    words = _text(list_pdf(town_context.desk, shown))
    assert "138****1234" in words
    assert "198706156577" not in words
    assert "622202123456" not in words


def test_a_long_list_repeats_its_heading_and_numbers_its_pages(town_context: Context) -> None:
    rows = tuple((f"王{number}", "说明" * 90) for number in range(80))
    pdf = list_pdf(town_context.desk, ShownList("名单", "", ("姓名", "备注"), rows))
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    assert len(pages) > 3
    assert all("备注" in page for page in pages[:-1])
    assert all("—" in page for page in pages)


def _menu(window: MainWindow) -> QMenu:
    (menu,) = [a.menu() for a in window.menuBar().actions() if a.text().startswith("操作")]
    assert isinstance(menu, QMenu)
    return menu


def _entries(window: MainWindow) -> dict[str, QAction]:
    """As they are while the menu is open."""
    _menu(window).aboutToShow.emit()
    return {action.text(): action for action in _menu(window).actions()}


def test_an_entry_that_cannot_act_is_grey_and_its_key_says_why(
    qtbot: QtBot, town_window: MainWindow
) -> None:
    _go(qtbot, town_window, "system")
    entries = _entries(town_window)
    for word in ("新增", "保存", "查找", "打印"):
        assert not entries[word].isEnabled(), word
        assert entries[word].toolTip() not in ("", word)
    _menu(town_window).aboutToHide.emit()
    QTest.keyClick(town_window.focusWidget() or town_window, Qt.Key.Key_N, CTRL)
    assert "没有可以新增的" in town_window.told.words.text()
    _go(qtbot, town_window, "duties")
    page = town_window.page
    assert isinstance(page, DutiesPage)
    entries = _entries(town_window)
    assert not entries["保存"].isEnabled()
    for word in ("新增", "查找", "打印", "刷新"):
        assert entries[word].isEnabled(), word
    _menu(town_window).aboutToHide.emit()
    page.new_entry()
    assert _entries(town_window)["保存"].isEnabled()
    with qtbot.waitSignal(page.search.searched):
        page.search.setText("没有这样的记录")
    assert not _entries(town_window)["打印"].isEnabled()
