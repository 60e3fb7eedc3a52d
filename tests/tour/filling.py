"""Fills in a form as a clerk in a hurry does, so that what saves it has something to save."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QWidget

from daomao_desktop.ui.widgets.fields import DateField, MoneyField, PointsField, TextArea
from daomao_desktop.ui.widgets.parts import SearchBox
from daomao_desktop.ui.widgets.people import PersonField

_WORDS = {"镇名": "大茂镇", "村名": "联光村", "姓名": "王海", "文号": "大茂党〔2026〕5号"}


def wants_filling(widget: QWidget) -> bool:
    """Whether it is a field one can write into, and empty; a search is none."""
    if not widget.isVisible() or not widget.isEnabled() or isinstance(widget, SearchBox):
        return False
    if isinstance(widget, QLineEdit):
        inside = isinstance(widget.parent(), QComboBox | QSpinBox)
        return not widget.isReadOnly() and not widget.text() and not inside
    return isinstance(widget, TextArea) and not widget.isReadOnly() and not widget.text()


def fill(window: QWidget) -> None:
    """Writes something sensible into each empty field, so that saving has something to save."""
    for widget in window.findChildren(QWidget):
        if not wants_filling(widget):
            continue
        if isinstance(widget, TextArea):
            widget.setPlainText("入户宣传医保政策，解答群众提问。")
        elif isinstance(widget, PersonField):
            QTest.keyClicks(widget, "w")
            QTest.keyClick(widget, Qt.Key.Key_Return)
        elif isinstance(widget, QLineEdit):
            widget.insert(_sensible(widget))


def _sensible(widget: QLineEdit) -> str:
    if isinstance(widget, DateField):
        return "20260105"
    if isinstance(widget, MoneyField):
        return "300"
    if isinstance(widget, PointsField):
        return "5"
    if widget.echoMode() is QLineEdit.EchoMode.Password:
        return "Damao-2026-xiang"
    name = widget.accessibleName()
    return next((words for part, words in _WORDS.items() if part in name), "测试")
