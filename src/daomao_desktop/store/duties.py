"""Duty records of the six roles (D1–D6)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from daomao_desktop.domain.scheme import Role
from daomao_desktop.store.base import Base, Record
from daomao_desktop.store.types import Word


class DutyRecord(Record, Base):
    """What a leader did in one of the six roles on a day; common fields of all roles."""

    __tablename__ = "duty_record"
    person_uid: Mapped[str] = mapped_column(ForeignKey("person.uid"), index=True)
    group_uid: Mapped[str] = mapped_column(ForeignKey("village_group.uid"), index=True)
    role: Mapped[Role] = mapped_column(Word(Role))
    on: Mapped[date] = mapped_column("happened_on", index=True)
    content: Mapped[str] = mapped_column(Text)
    place: Mapped[str | None] = mapped_column(String(120), default=None)
    result: Mapped[str | None] = mapped_column(Text, default=None)
    remark: Mapped[str | None] = mapped_column(Text, default=None)


def duties(
    session: Session,
    *,
    year: int | None = None,
    role: Role | None = None,
    person_uids: Collection[str] | None = None,
    recycled: bool = False,
) -> Sequence[DutyRecord]:
    """Duty records, the newest first; ``person_uids``: only of these records of persons."""
    gone = DutyRecord.deleted_at.is_not(None) if recycled else DutyRecord.deleted_at.is_(None)
    query = select(DutyRecord).where(gone)
    if year is not None:
        query = query.where(DutyRecord.on.between(date(year, 1, 1), date(year, 12, 31)))
    if role is not None:
        query = query.where(DutyRecord.role == role)
    if person_uids is not None:
        query = query.where(DutyRecord.person_uid.in_(person_uids))
    return session.scalars(query.order_by(DutyRecord.on.desc(), DutyRecord.uid.desc())).all()
