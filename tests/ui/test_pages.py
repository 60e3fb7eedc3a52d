"""Every page on the sample office: nothing cut off in either size, links lead somewhere."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from daomao_desktop.domain.scheme import Role
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.main_window import PAGES, MainWindow
from daomao_desktop.ui.operations import Operations
from daomao_desktop.ui.pages.duties import DutiesPage
from daomao_desktop.ui.pages.home import HomePage
from daomao_desktop.ui.theme import Appearance
from daomao_desktop.ui.widgets.data_table import DataTable
from tests.ui.conftest import settle

KEYS = [key for key, *_rest in PAGES]


def _in_scroll_area(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def cut_off(window: QWidget) -> list[str]:
    """Buttons, fields and labels that are narrower than their words or lie outside the window."""
    found = []
    whole = QRect(0, 0, window.width(), window.height())
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or _in_scroll_area(widget):
            continue
        if not isinstance(widget, QAbstractButton | QComboBox | QLineEdit | QLabel):
            continue
        place = QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())
        words = getattr(widget, "text", lambda: "")() or widget.accessibleName()
        if not whole.contains(place) and place.isValid():
            found.append(f"outside: {type(widget).__name__} {words} {place}")
        plain = isinstance(widget, QLabel) and not widget.wordWrap()
        if (isinstance(widget, QAbstractButton) or plain) and words:
            needed = widget.fontMetrics().horizontalAdvance(words.split("\n")[0])
            ignored = widget.sizePolicy().horizontalPolicy().name == "Ignored"
            if widget.width() < needed and not ignored:
                found.append(f"narrow: {type(widget).__name__} {words} {widget.width()}<{needed}")
    return found


def overlapping(window: QWidget) -> list[str]:
    """Neighbours of one parent that lie on top of each other."""
    widgets = [
        w
        for w in window.findChildren(QWidget)
        if w.isVisible() and isinstance(w, QAbstractButton | QComboBox | QLabel)
    ]
    return [
        f"{type(one).__name__} on {type(other).__name__}"
        for number, one in enumerate(widgets)
        for other in widgets[number + 1 :]
        if one.parentWidget() is other.parentWidget()
        and one.geometry().intersects(other.geometry())
        and not isinstance(one.parentWidget(), QLineEdit | QComboBox)
    ]


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize("key", KEYS)
def test_nothing_is_cut_off_on_a_small_screen(
    qtbot: QtBot,
    town_window: MainWindow,
    operations: Operations,
    appearance: Appearance,
    key: str,
    large: bool,
) -> None:
    appearance.set_large(large)
    town_window.setFixedSize(1366, 728)  # 768 less the task bar
    town_window.go(Place(key, year=2025) if key in ("assessment", "notices") else Place(key))
    settle(qtbot, operations)
    page = town_window.page
    assert page is not None
    if key == "roster":
        page.pane.table.opened.emit(0)  # type: ignore[attr-defined]
    if key == "assessment":
        page.pane.table.selectRow(0)  # type: ignore[attr-defined]
    if key == "duties":
        page.new_entry()
    settle(qtbot, operations)
    QApplication.processEvents()
    minimum = town_window.minimumSizeHint()
    assert minimum.width() <= 1366
    assert minimum.height() <= 728
    assert cut_off(town_window) == []
    assert overlapping(town_window) == []


def test_every_page_reads_when_first_shown(
    qtbot: QtBot, town_window: MainWindow, operations: Operations
) -> None:
    failures: list[object] = []
    operations.failed.connect(failures.append)
    operations.broke.connect(failures.append)
    for key in KEYS:
        town_window.go(Place(key))
        settle(qtbot, operations)
        assert town_window.page is town_window._pages[key]
        assert town_window.navigation.currentRow() == KEYS.index(key)
    assert not failures


def test_what_is_due_is_a_link(
    qtbot: QtBot, town_window: MainWindow, operations: Operations
) -> None:
    home = town_window.page
    assert isinstance(home, HomePage)
    sentences = [link.accessibleName() for link in home.links]
    assert any("连续两年不称职" in sentence for sentence in sentences)
    place = next(n for n, s in enumerate(sentences) if "2025年度文书" in s)
    home.links[place].click()  # type: ignore[attr-defined]
    settle(qtbot, operations)
    assert town_window.page is not None
    assert town_window.page.title == "奖惩文书"


def test_what_is_lacking_this_year_is_named_with_its_year_and_leads_there(
    qtbot: QtBot, town_window: MainWindow, operations: Operations
) -> None:
    home = town_window.page
    assert isinstance(home, HomePage)
    assert town_window.context.working_year.year == 2025
    sentences = [link.accessibleName() for link in home.links]
    place = next(n for n, s in enumerate(sentences) if "2026年还没有登记过任何履职记录" in s)
    home.links[place].click()  # type: ignore[attr-defined]
    settle(qtbot, operations)
    assert town_window.page is not None
    assert town_window.page.title == "履职记录"
    assert town_window.context.working_year.year == 2026


def test_the_name_with_a_rare_character_can_be_shown(
    qtbot: QtBot, town_window: MainWindow, operations: Operations, appearance: Appearance
) -> None:
    settle(qtbot, operations)
    qtbot.waitUntil(lambda: not appearance.lacks("吴𠮷"), timeout=20_000)


def test_rare_names_are_remembered_and_their_face_loaded_early(
    town_context: Context, appearance: Appearance, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(appearance, "lacks", lambda names: "𠮷" in names)
    monkeypatch.setattr(appearance, "fetch_rare", lambda: asked.append("rare"))
    town_context.show_names("陈海")
    assert not asked
    assert not town_context.preferences.rare_names()
    town_context.show_names("陈海吴𠮷")
    assert asked
    assert town_context.preferences.rare_names()


def test_shortcuts_of_the_menus_lead_to_the_pages(town_window: MainWindow) -> None:
    keys = {
        action.shortcut().toString(): action.text()
        for menu in town_window.menuBar().actions()
        for action in menu.menu().actions()  # type: ignore[attr-defined]
    }
    assert keys["Alt+2"] == "小组长"
    assert keys["Ctrl+N"] == "新增"
    assert keys["Ctrl+S"] == "保存"
    assert keys["Ctrl+F"] == "查找"
    assert keys["Ctrl+P"] == "打印"
    assert keys["F1"] == "使用说明"


def test_the_keyboard_lands_in_the_table_and_tab_ends_in_the_status_bar(
    qtbot: QtBot, town_window: MainWindow, operations: Operations
) -> None:
    town_window.activateWindow()
    for key in ("roster", "notices", "duties"):
        town_window.go(Place(key))
        settle(qtbot, operations)
        assert isinstance(town_window.focusWidget(), DataTable), key
    QTest.keyClick(town_window.focusWidget(), Qt.Key.Key_4)
    settle(qtbot, operations)
    page = town_window.page
    assert isinstance(page, DutiesPage)
    assert page.duty_form.choice("role") is Role.FUNDS
    page.discard()
    town_window.navigation.setFocus()
    town_window.navigation.setCurrentRow(1)  # with the arrow keys: the next press goes on there
    settle(qtbot, operations)
    assert town_window.focusWidget() is town_window.navigation
    order = [town_window.navigation.nextInFocusChain()]
    while order[-1] is not town_window.navigation:
        order.append(order[-1].nextInFocusChain())
    theme = order.index(town_window._theme_switch)
    assert all(order.index(p) < theme for p in town_window._pages.values())
