"""Finds by itself what can be pressed in a window: a control added later is found, too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QHeaderView,
    QLineEdit,
    QListWidget,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QSpinBox,
    QStackedWidget,
    QTabBar,
    QTableView,
    QToolButton,
    QWidget,
)

from tests.tour.filling import fill, wants_filling

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
CONTROL = Qt.KeyboardModifier.ControlModifier
_OF_QT_ITSELF = ("QLineEditIconButton", "QTableCornerButton", "CloseButton", "QCalendarToolButton")
_MOST_ENTRIES = 6  # of one choice: the seventh is like the sixth
_MOST_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Key:
    """One control wherever it stands: window or page, kind and name."""

    scope: str
    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.scope} › {self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class Control:
    """Something to press now; ``order``: what hides others comes late."""

    key: Key
    press: Callable[[], object]
    order: int
    widget: QWidget
    wait_ms: int = 20
    prepare: Callable[[], object] | None = None  # what a hand does first, no effect of the press
    tidy: Callable[[], object] | None = None  # and afterwards, so that nothing stays hidden


def scope_of(window: QWidget) -> str:
    """The page and its tab, or the dialog with its heading."""
    if isinstance(window, QMenu):
        over = window.parentWidget()
        if over is None:
            return "菜单"
        columns = menu_of_columns(window)
        return _plain(f"{scope_of(over.window())} {over.objectName()}{' 表头' * columns}")
    if isinstance(window, QMainWindow):
        page = getattr(window, "page", None)
        words = [getattr(page, "title", "")]
        host = page if isinstance(page, QWidget) else window
        tabs = [bar for bar in host.findChildren(QTabBar) if bar.isVisible()]
        words += [bar.tabText(bar.currentIndex()) for bar in tabs]
    else:
        heading = getattr(window, "heading", None)
        words = [type(window).__name__, window.windowTitle()]
        words += [heading.text()] if heading is not None else []
        if not isinstance(window, QDialog):  # a wizard: each step by its letter
            steps = [s for s in window.findChildren(QStackedWidget) if s.isVisible()]
            words += ["ABC"[stack.currentIndex()] for stack in steps if stack.count() == 3]
    return _plain(" ".join(dict.fromkeys(w for w in words if w)))


def controls(window: QWidget) -> list[Control]:
    """What can be pressed in the window, in the order to press it."""
    scope = scope_of(window)
    found = list(_all(window, scope))
    first = {control.key: control for control in reversed(found)}  # of equals the first
    return sorted(first.values(), key=lambda control: control.order)


def greyed(window: QWidget) -> Iterator[tuple[Key, str]]:
    """What cannot be pressed now, and the reason it gives."""
    scope = scope_of(window)
    for widget in window.findChildren(QAbstractButton):
        if widget.isVisible() and not widget.isEnabled() and _named(widget):
            yield Key(scope, "灰按钮", _named(widget)), widget.toolTip()
    for menu in _menus(window):
        for action in menu.actions():
            if action.isVisible() and not action.isEnabled() and action.text():
                reason = action.toolTip() if action.toolTip() != action.text() else ""
                yield Key(scope, "灰菜单", _plain(action.text())), reason or action.statusTip()


def _all(window: QWidget, scope: str) -> Iterator[Control]:
    if isinstance(window, QMenu):  # a context menu
        yield from _entries(window, scope)
        return
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not widget.isEnabled() or widget.window() is not window:
            continue
        if isinstance(widget, QAbstractButton):
            yield from _button(scope, widget)
        elif isinstance(widget, QComboBox):
            yield from _choice(scope, widget)
        elif isinstance(widget, QTabBar):
            yield from _tabs(scope, widget)
        elif isinstance(widget, QLineEdit):
            yield from _line(scope, widget)
        elif isinstance(widget, QPlainTextEdit):
            if not widget.isReadOnly():
                key = Key(scope, "写", _named(widget) or "正文")
                yield Control(key, lambda w=widget: QTest.keyClicks(w, "abc"), 1, widget, 700)
        elif isinstance(widget, QSpinBox):
            key = Key(scope, "数字", _named(widget))
            yield Control(key, lambda w=widget: QTest.keyClick(w, Qt.Key.Key_Up), 1, widget)
        elif isinstance(widget, QTableView):
            yield from _table(scope, widget)
        elif isinstance(widget, QListWidget):
            yield from _list(scope, widget)
    if any(wants_filling(widget) for widget in window.findChildren(QWidget)):
        yield Control(Key(scope, "填好", "空着的"), lambda: fill(window), 3, window, 400)
    yield from _keys(window, scope)


def _entries(menu: QMenu, scope: str) -> Iterator[Control]:
    for action in menu.actions()[: _MOST_COLUMNS if "表头" in scope else None]:
        if action.text() and action.isEnabled() and action.isVisible():
            place = menu.actionGeometry(action)
            press = lambda place=place: QTest.mouseClick(menu, LEFT, pos=place.center())  # noqa: E731
            yield Control(Key(scope, "右键菜单", _plain(action.text())), press, 3, menu)


def _button(scope: str, widget: QAbstractButton) -> Iterator[Control]:
    name = _named(widget)
    if widget.metaObject().className() in _OF_QT_ITSELF or not name:
        return
    if isinstance(widget, QToolButton) and widget.menu() is not None:
        entries = widget.menu().actions()
        if widget.objectName() == "qt_calendar_monthbutton":  # named after the month shown
            name, entries = "月份", entries[:1]
        for action in entries:
            if action.isEnabled() and action.isVisible() and action.text():
                key = Key(scope, f"{name} ›", _plain(action.text()))
                yield Control(key, _chosen(widget, widget.menu(), action), 4, widget)
        return
    closes = name in ("取消", "关闭", "收起") or name.startswith(("关闭", "收起"))
    kind, order = ("勾选", 2) if isinstance(widget, QCheckBox) else ("按钮", 7 if closes else 4)
    yield Control(Key(scope, kind, name), lambda: _click(widget), order, widget, 60)


def _choice(scope: str, widget: QComboBox) -> Iterator[Control]:
    for row in range(min(widget.count(), _MOST_ENTRIES)):
        if row == widget.currentIndex():
            continue
        key = Key(scope, f"选 {_named(widget)} ›", _plain(widget.itemText(row)) or str(row))
        yield Control(key, lambda row=row: _choose(widget, row), 2, widget, 60)


def _tabs(scope: str, widget: QTabBar) -> Iterator[Control]:
    for tab in range(widget.count()):
        if widget.isTabEnabled(tab) and tab != widget.currentIndex():
            key = Key(scope, "标签", widget.tabText(tab))
            yield Control(key, lambda tab=tab: _click(widget, widget.tabRect(tab)), 8, widget)


def _line(scope: str, widget: QLineEdit) -> Iterator[Control]:
    if isinstance(widget.parent(), QComboBox | QSpinBox):
        return
    name = _named(widget) or _plain(widget.placeholderText())
    if not widget.isReadOnly():
        key = Key(scope, "填", name)
        before = widget.text()
        again = lambda: (_clear(widget), widget.insert(before))  # noqa: E731
        typed = lambda: QTest.keyClicks(widget, "20260105")  # noqa: E731
        yield Control(key, typed, 1, widget, 400, partial(_clear, widget), again)
        enter = Key(scope, "回车", name)
        press = lambda: QTest.keyClick(widget, Qt.Key.Key_Return)  # noqa: E731
        yield Control(enter, press, 5, widget)
    for action in widget.actions():
        if action.isEnabled() and action.isVisible():
            key = Key(scope, f"{name} ›", _plain(action.toolTip() or action.text()))
            yield Control(key, action.trigger, 2, widget)


def _table(scope: str, table: QTableView) -> Iterator[Control]:
    model = table.model()
    if model is None or model.rowCount() == 0:
        return
    name = table.objectName()
    place = table.visualRect(model.index(0, _shown_column(table))).center()
    port = table.viewport()
    click = lambda: QTest.mouseClick(port, LEFT, pos=place)  # noqa: E731
    yield Control(Key(scope, "点第一行", name), click, 0, table)
    for kind, order, press in (
        ("双击第一行", 4, lambda: QTest.mouseDClick(port, LEFT, pos=place)),
        ("回车在", 4, lambda: QTest.keyClick(table, Qt.Key.Key_Return)),
        ("复制", 4, lambda: QTest.keyClick(table, Qt.Key.Key_C, CONTROL)),
        ("全选", 5, lambda: QTest.keyClick(table, Qt.Key.Key_A, CONTROL)),
        ("删除键在", 6, lambda: QTest.keyClick(table, Qt.Key.Key_Delete)),
    ):
        yield Control(Key(scope, kind, name), press, order, table, prepare=click)
    header = table.horizontalHeader()
    for column in range(model.columnCount())[:_MOST_COLUMNS]:
        if not table.isColumnHidden(column):
            title = _plain(str(model.headerData(column, Qt.Orientation.Horizontal) or column))
            press = _on_header(header, column)
            yield Control(Key(scope, f"{name} 按列排序", title), press, 2, table)
    yield Control(Key(scope, "右键在", name), lambda: _right_click(port, place), 5, table)
    corner = QPoint(header.sectionViewportPosition(0) + 8, header.height() // 2)
    heads = header.viewport()
    yield Control(Key(scope, "右键在表头", name), lambda: _right_click(heads, corner), 2, table)


def _list(scope: str, widget: QListWidget) -> Iterator[Control]:
    late = widget.accessibleName() == "页面"
    for row in range(min(widget.count(), _MOST_ENTRIES)):
        item = widget.item(row)
        if not item.isHidden() and not (late and row == widget.currentRow()):
            key = Key(scope, f"列表 {_named(widget)} ›", _plain(item.text()))
            place = widget.visualItemRect(item)
            press = lambda place=place: _click(widget.viewport(), place)  # noqa: E731
            yield Control(key, press, 9 if late else 2, widget)
    if not late and widget.count():
        key = Key(scope, "空格在", _named(widget))
        yield Control(key, lambda: QTest.keyClick(widget, Qt.Key.Key_Space), 3, widget)


def _keys(window: QWidget, scope: str) -> Iterator[Control]:
    """Menu entries by mouse and by shortcut, other shortcuts, and Esc."""
    for menu in _menus(window):
        for action in menu.actions():
            if not action.text() or not action.isEnabled() or not action.isVisible():
                continue
            name = _plain(action.text())
            if name == getattr(getattr(window, "page", None), "title", ""):
                continue  # that page is here already
            leaves = "退出" in name or "登录" in name
            order = 10 if leaves else 6
            yield Control(Key(scope, "菜单", name), _chosen(window, menu, action), order, window)
            for keys in action.shortcuts():
                key = Key(scope, "快捷键", f"{keys.toString()} {name}")
                yield Control(key, lambda keys=keys: _type(window, keys), order, window)
    for shortcut in window.findChildren(QShortcut):
        if shortcut.isEnabled():
            key = Key(scope, "快捷键", _plain(shortcut.key().toString()))
            yield Control(key, partial(_type, window, shortcut.key()), 6, window)
    if isinstance(window, QDialog):
        escape = lambda: QTest.keyClick(  # noqa: E731
            window.focusWidget() or window, Qt.Key.Key_Escape
        )
        yield Control(Key(scope, "键", "Esc"), escape, 8, window)


def _menus(window: QWidget) -> Iterator[QMenu]:
    """The menus of the bar, each as it is while it is open."""
    if not isinstance(window, QMainWindow):
        return
    for top in window.menuBar().actions():
        menu = top.menu()
        if isinstance(menu, QMenu):
            menu.aboutToShow.emit()
            yield menu
            menu.aboutToHide.emit()


# Hands


def _click(widget: QWidget, place: QRect | None = None) -> None:
    reveal(widget)
    where = (place or widget.rect()).center()
    if isinstance(widget, QCheckBox):  # beside its words a click is nobody's
        where.setX(widget.sizeHint().height() // 2)
    QTest.mouseClick(widget, LEFT, pos=where)


def _choose(widget: QComboBox, row: int) -> None:
    reveal(widget)
    widget.setCurrentIndex(row)
    widget.activated.emit(row)


def _clear(widget: QLineEdit) -> None:
    QTest.keyClick(widget, Qt.Key.Key_A, CONTROL)
    QTest.keyClick(widget, Qt.Key.Key_Backspace)


def _type(window: QWidget, keys: object) -> None:
    QTest.keySequence(window.focusWidget() or window, keys)


def menu_of_columns(menu: QMenu) -> bool:
    """Whether it is the choice of a table's columns."""
    return all(action.isCheckable() for action in menu.actions())


def reveal(widget: QWidget) -> None:
    """Scrolls to it, as whoever presses it must."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()


def _on_header(header: QHeaderView, column: int) -> Callable[[], object]:
    def press() -> None:
        x = header.sectionViewportPosition(column) + header.sectionSize(column) // 2
        QTest.mouseClick(header.viewport(), LEFT, pos=QPoint(x, header.height() // 2))

    return press


def _chosen(over: QWidget, menu: QMenu, action: QAction) -> Callable[[], object]:
    """Opens the menu and clicks its entry."""

    def press() -> None:
        menu.popup(over.mapToGlobal(QPoint(0, 0)))
        QApplication.processEvents()
        QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
        menu.close()

    return press


def _right_click(widget: QWidget, place: QPoint) -> None:
    """As a mouse does it; the context menu that opens is the window in front then."""
    QTest.mouseClick(widget, RIGHT, pos=place)
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(widget, QContextMenuEvent(reason, place, widget.mapToGlobal(place)))


def _shown_column(table: QTableView) -> int:
    header = table.horizontalHeader()
    return header.logicalIndexAt(4)


# Names


def _named(widget: QWidget) -> str:
    """What a clerk would call it."""
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    candidates = (text, widget.accessibleName(), widget.toolTip(), widget.objectName())
    name = next((one for one in candidates if one and not one.startswith("qt_")), "")
    if not name and isinstance(widget.parentWidget(), QAbstractItemView):
        name = widget.parentWidget().objectName()
    return _plain(name)


def _plain(text: str) -> str:
    """Without what differs from record to record: numbers; and in one line."""
    text = re.sub(r"&(.)", r"\1", text)
    return re.sub(r"\s+", " ", re.sub(r"\d+", "#", text)).strip()[:40]
