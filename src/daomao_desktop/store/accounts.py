"""Operators and the settings of the installation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import JSON, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from daomao_desktop.domain.accounts import OperatorRole
from daomao_desktop.store.base import Base, Record
from daomao_desktop.store.types import Word

EDITION = "edition"
SCHEME = "scheme"
NOTICES = "notices"
FONTS = "fonts"
SAMPLE = "sample"
RECOVERY = "recovery"
"""Names of settings: the edition's word, the settings of the scheme and of documents as JSON, faces
with the family name of the font they are set in, whether this is the sample office, and the id of
the key slot of the recovery code that somebody has read back from paper."""


class Operator(Record, Base):
    """Who works here; ``slot`` is the key slot's id in keys.json."""

    __tablename__ = "operator"
    label: Mapped[str] = mapped_column(String(30))
    name: Mapped[str] = mapped_column(String(60))
    role: Mapped[OperatorRole] = mapped_column(Word(OperatorRole))
    slot: Mapped[str] = mapped_column(String(36), unique=True)
    active: Mapped[bool] = mapped_column(default=True)


class Setting(Record, Base):
    """A named setting of this installation as JSON (edition, own village, scheme settings …)."""

    __tablename__ = "setting"
    key: Mapped[str] = mapped_column(String(40), unique=True)
    value: Mapped[Any] = mapped_column(JSON)


def get_setting(session: Session, key: str, default: Any) -> Any:
    """The setting's value, or ``default`` when it was never set."""
    found = session.scalars(select(Setting).where(Setting.key == key)).one_or_none()
    return default if found is None else found.value


def put_setting(session: Session, key: str, value: Any) -> None:
    """Sets it; ``value`` must be a new object (a dict changed in place goes unnoticed)."""
    found = session.scalars(select(Setting).where(Setting.key == key)).one_or_none()
    if found is None:
        session.add(Setting(key=key, value=value))
    elif found.value != value:
        found.value = value


def operators(session: Session) -> Sequence[Operator]:
    """All operators, those put out of use too, in the order they were made."""
    query = select(Operator).where(Operator.deleted_at.is_(None))
    return session.scalars(query.order_by(Operator.uid)).all()


def operator_of_slot(session: Session, slot: str) -> Operator | None:
    """The operator whose password opens that key slot."""
    query = select(Operator).where(Operator.slot == slot, Operator.deleted_at.is_(None))
    return session.scalars(query).one_or_none()
