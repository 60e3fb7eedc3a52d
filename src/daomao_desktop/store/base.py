"""What every table shares: the declarative base and the columns of a record."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import JSON, ColumnElement, Date, MetaData, String, select
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, Session, mapped_column
from uuid6 import uuid7

from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.money import Money
from daomao_desktop.store.types import MoneyColumn, PartialDateColumn, UtcTime


def new_uid() -> str:
    """A UUIDv7 as text: unique across PCs, roughly in order of creation."""
    return str(uuid7())


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """Declarative base; constraints get stable names so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own protocol
        date: Date,
        datetime: UtcTime,
        PartialDate: PartialDateColumn,
        Money: MoneyColumn,
        dict: JSON,
    }


class Record(MappedAsDataclass, kw_only=True):
    """Columns of every record; the audit hook fills who, when and where (``origin``).

    ``deleted_at`` set means: in the 回收站; queries pass it over unless they say otherwise.
    """

    uid: Mapped[str] = mapped_column(String(36), primary_key=True, default_factory=new_uid)
    created_at: Mapped[datetime | None] = mapped_column(default=None)
    created_by: Mapped[str | None] = mapped_column(String(36), default=None)
    changed_at: Mapped[datetime | None] = mapped_column(default=None)
    changed_by: Mapped[str | None] = mapped_column(String(36), default=None)
    origin: Mapped[str | None] = mapped_column(String(36), default=None)
    deleted_at: Mapped[datetime | None] = mapped_column(default=None)


def live(table: type[Record]) -> ColumnElement[bool]:
    """The criterion that passes over what lies in the 回收站."""
    return table.deleted_at.is_(None)


R = TypeVar("R", bound=Record)
T = TypeVar("T")
_AT_ONCE = 500  # values in one statement


def in_parts(values: Collection[T]) -> Iterator[Sequence[T]]:
    """The values in parts that one statement can name."""
    listed = list(values)
    for start in range(0, len(listed), _AT_ONCE):
        yield listed[start : start + _AT_ONCE]


def by_uid(session: Session, kind: type[R], uids: Collection[str]) -> dict[str, R]:
    """These records in a few queries, from the 回收站, too; what is not there is left out."""
    found: dict[str, R] = {}
    for some in in_parts(uids):
        found |= {one.uid: one for one in session.scalars(select(kind).where(kind.uid.in_(some)))}
    return found


def record_kinds() -> dict[str, type[Record]]:
    """The classes of records by their tables' names."""
    return {
        mapper.local_table.description: mapper.class_
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Record)
    }
