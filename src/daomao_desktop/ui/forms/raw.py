"""What stands in a field, word for word, and back: half a date comes back as half a date.

Passwords are never read. A field of a new kind says itself how, with ``raw`` and ``set_raw``.
"""

from __future__ import annotations

from enum import Enum
from typing import Any, Protocol, runtime_checkable

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from daomao_desktop.ui.widgets.choices import ChoiceBox

Fields = dict[str, Any]


@runtime_checkable
class RawField(Protocol):
    """A field that says itself what stands in it, as JSON can hold it."""

    def raw(self) -> Any: ...
    def set_raw(self, value: Any) -> None: ...


def raw_of(field: QWidget) -> Any:
    """What stands in the field; None for a password. Raises TypeError for an unknown kind."""
    if isinstance(field, RawField):
        return field.raw()
    if isinstance(field, QLineEdit):
        return field.text() if _may_be_kept(field) else None
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    if isinstance(field, ChoiceBox):
        return _token(field.value())
    if isinstance(field, QComboBox):
        return field.currentText()
    if isinstance(field, QCheckBox):
        return field.isChecked()
    if isinstance(field, QSpinBox):
        return field.value()
    raise TypeError(f"what stands in a {type(field).__name__} cannot be kept")


def set_raw(field: QWidget, value: Any) -> None:
    """Writes back what ``raw_of`` read; a choice no longer offered changes nothing."""
    if value is None and not isinstance(field, ChoiceBox):
        return
    if isinstance(field, RawField):
        field.set_raw(value)
    elif isinstance(field, QLineEdit):
        if _may_be_kept(field):
            field.setText(str(value))
    elif isinstance(field, QPlainTextEdit):
        field.setPlainText(str(value))
    elif isinstance(field, ChoiceBox):
        for index in range(field.count()):
            if _token(field.itemData(index)) == value:
                field.setCurrentIndex(index)
                return
    elif isinstance(field, QComboBox):
        field.setCurrentText(str(value))
    elif isinstance(field, QCheckBox):
        field.setChecked(value is True)
    elif isinstance(field, QSpinBox) and isinstance(value, int):
        field.setValue(value)


def _may_be_kept(field: QLineEdit) -> bool:
    return field.echoMode() is QLineEdit.EchoMode.Normal


def _token(value: Any) -> Any:
    """The value of a choice as JSON can hold it."""
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    if isinstance(value, tuple):
        return [_token(one) for one in value]
    return value
