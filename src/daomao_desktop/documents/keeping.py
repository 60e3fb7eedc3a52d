"""An official document as plain values and back: kept beside its PDF for a Word copy later."""

from __future__ import annotations

import datetime
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from daomao_desktop.documents.typesetting import document as parts
from daomao_desktop.documents.typesetting.document import OfficialDocument

_IS = "is"
_KNOWN: dict[str, Any] = {
    one.__name__: one
    for one in (
        parts.OfficialDocument,
        parts.Sheet,
        parts.ListTable,
        parts.FormTable,
        parts.FormRow,
        parts.FormCell,
        parts.Column,
        parts.Format,
        parts.Align,
    )
}


def as_values(document: OfficialDocument) -> dict[str, Any]:
    """The document as JSON can hold it."""
    values = _values(document)
    assert isinstance(values, dict)
    return values


def from_values(values: dict[str, Any]) -> OfficialDocument:
    """The document that ``as_values`` gave; raises ValueError for that of another release."""
    try:
        found = _value(values)
    except (KeyError, TypeError) as error:
        raise ValueError("not a document of this release") from error
    if not isinstance(found, OfficialDocument):
        raise ValueError("not an official document")
    return found


def _values(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        inside = {one.name: _values(getattr(value, one.name)) for one in fields(value)}
        return {_IS: type(value).__name__, **inside}
    if isinstance(value, Enum):
        return {_IS: type(value).__name__, "value": value.value}
    if isinstance(value, datetime.date):
        return {_IS: "date", "value": value.isoformat()}
    return [_values(one) for one in value] if isinstance(value, tuple) else value


def _value(values: Any) -> Any:
    if isinstance(values, list):
        return tuple(_value(one) for one in values)
    if not isinstance(values, dict):
        return values
    kind = values[_IS]
    if kind == "date":
        return datetime.date.fromisoformat(values["value"])
    inside = {name: _value(one) for name, one in values.items() if name != _IS}
    return _KNOWN[kind](**inside)
