"""What the trail keeps of every column of every table can be brought back."""

from __future__ import annotations

import json
from datetime import UTC, date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import JSON, Boolean, Column, Date, Integer, LargeBinary, Numeric, String

from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.money import Money
from daomao_desktop.store.audit import AuditEntry, canonical
from daomao_desktop.store.base import Base
from daomao_desktop.store.column_values import Unkept, decoded
from daomao_desktop.store.engine import load_tables
from daomao_desktop.store.types import MoneyColumn, PartialDateColumn, UtcTime, Word

load_tables()

COLUMNS = [
    column
    for table in Base.metadata.sorted_tables
    if table is not AuditEntry.__table__
    for column in table.columns
]
_DAYS = st.dates(date(1930, 1, 1), date(2100, 1, 1))
_PLAIN = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8)


def _values(column: Column[Any]) -> st.SearchStrategy[Any]:
    """Values that a column of this type may hold."""
    match column.type:
        case Word():
            return st.sampled_from(list(column.type.enum))
        case PartialDateColumn():
            whole = _DAYS.map(PartialDate.of)
            return whole | _DAYS.map(lambda day: PartialDate(day.year, day.month))
        case MoneyColumn():
            return st.integers(-(2**40), 2**40).map(Money)
        case UtcTime():
            return st.datetimes(timezones=st.just(UTC))
        case Date():
            return _DAYS
        case JSON():
            nested = st.recursive(
                _PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
            )
            return st.dictionaries(st.text(), nested, max_size=4)
        case String():
            return st.text(max_size=20)
        case Boolean():
            return st.booleans()
        case Integer():
            return st.integers(-(2**31), 2**31)
    raise AssertionError(f"{column}: a type this test does not know")


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_every_column_comes_back_from_the_trail(column: Column[Any]) -> None:
    if isinstance(column.type, LargeBinary):
        with pytest.raises(Unkept):
            decoded(column.type, json.loads(canonical(b"a paper")))
        return

    @settings(max_examples=25)
    @given(_values(column) | st.none())
    def comes_back(value: Any) -> None:
        assert decoded(column.type, json.loads(canonical(value))) == value

    comes_back()


def test_an_unknown_type_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError, match="no way back"):
        decoded(Numeric(), 1)
