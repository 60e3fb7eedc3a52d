"""The way back of ``audit.canonical``: what the trail keeps of a column, as the column's value."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Date, Integer, LargeBinary, String
from sqlalchemy.types import TypeEngine

from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.money import Money
from daomao_desktop.store.types import MoneyColumn, PartialDateColumn, UtcTime, Word


class Unkept(Exception):
    """The trail holds only a digest of this value (the bytes of a paper): it cannot come back."""


def decoded(column: TypeEngine[Any], plain: Any) -> Any:
    """The value of a column of that type; ``plain`` is what ``json.loads`` made of the trail.

    Raises Unkept for bytes, TypeError for a type nobody taught this function.
    """
    if plain is None:
        return None
    match column:
        case Word():
            return column.enum(plain)
        case PartialDateColumn():
            return PartialDate.from_iso(plain)
        case MoneyColumn():
            return Money(plain)
        case UtcTime():
            return datetime.fromisoformat(plain)
        case Date():
            return date.fromisoformat(plain)
        case LargeBinary():
            raise Unkept
        case JSON() | String() | Integer() | Boolean():
            return plain
    raise TypeError(f"no way back from the audit trail for {column!r}")
