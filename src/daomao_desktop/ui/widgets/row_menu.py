"""The menu of a table's rows: by the right button, the menu key and Shift+F10."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from daomao_desktop.ui.widgets.buttons import allow


@dataclass(frozen=True, slots=True)
class RowStep:
    """One entry: what it says and does, the key that does the same, why it cannot be done now."""

    title: str
    step: Callable[[], object]
    keys: str = ""
    refusal: str = ""


def pop_up(owner: QWidget, groups: Sequence[Sequence[RowStep]], where: QPoint) -> QMenu:
    """Shows the steps at a place of the screen, a line between the groups."""
    menu = QMenu(owner)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setToolTipsVisible(True)
    for group in groups:
        if not group:
            continue
        if menu.actions():
            menu.addSeparator()
        for one in group:
            # After the tab, as menus show keys; the table itself answers them.
            action = menu.addAction(f"{one.title}\t{one.keys}" if one.keys else one.title)
            action.triggered.connect(lambda _checked=False, one=one: one.step())
            allow(action, one.refusal, one.title)
    menu.popup(where)
    return menu


def only_one(rows: Sequence[object]) -> str:
    """The reason of a step that is about one row."""
    return "" if len(rows) == 1 else "请只选一行。"
