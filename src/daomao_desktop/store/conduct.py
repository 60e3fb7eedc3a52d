"""Findings about the five musts and must-nots (B1–B5)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from daomao_desktop.domain.scheme import BottomLine, Side
from daomao_desktop.store.base import Base, Record
from daomao_desktop.store.types import Word


class Finding(Record, Base):
    """A fact against one of the five pairs; only confirmed ones count in the assessment."""

    __tablename__ = "finding"
    person_uid: Mapped[str] = mapped_column(ForeignKey("person.uid"), index=True)
    group_uid: Mapped[str] = mapped_column(ForeignKey("village_group.uid"), index=True)
    bottom_line: Mapped[BottomLine] = mapped_column(Word(BottomLine))
    side: Mapped[Side] = mapped_column(Word(Side))
    on: Mapped[date] = mapped_column("happened_on", index=True)
    facts: Mapped[str] = mapped_column(Text)
    source: Mapped[str | None] = mapped_column(String(120), default=None)
    confirmed: Mapped[bool] = mapped_column(default=False)
    grave: Mapped[bool] = mapped_column(default=False)


def findings(
    session: Session,
    *,
    year: int | None = None,
    bottom_line: BottomLine | None = None,
    person_uids: Collection[str] | None = None,
    recycled: bool = False,
) -> Sequence[Finding]:
    """Findings, the newest first; ``person_uids``: only about these records of persons."""
    gone = Finding.deleted_at.is_not(None) if recycled else Finding.deleted_at.is_(None)
    query = select(Finding).where(gone)
    if year is not None:
        query = query.where(Finding.on.between(date(year, 1, 1), date(year, 12, 31)))
    if bottom_line is not None:
        query = query.where(Finding.bottom_line == bottom_line)
    if person_uids is not None:
        query = query.where(Finding.person_uid.in_(person_uids))
    return session.scalars(query.order_by(Finding.on.desc(), Finding.uid.desc())).all()
