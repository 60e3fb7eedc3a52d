"""Issued documents, their stored bytes, and the number series of each organ and year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, undefer

from daomao_desktop.domain.notices import DocumentKind, DocumentState
from daomao_desktop.store.base import Base, Record
from daomao_desktop.store.types import Word


class NumberSeries(Record, Base):
    """Running numbers of one 发文机关代字 and year; ``next_number`` is the next to be given."""

    __tablename__ = "number_series"
    prefix: Mapped[str] = mapped_column(String(20))
    year: Mapped[int]
    next_number: Mapped[int] = mapped_column(default=1)
    __table_args__ = (UniqueConstraint("prefix", "year"),)


class IssuedDocument(Record, Base):
    """A document from draft to signed off or voided; bytes never change once signed off."""

    __tablename__ = "issued_document"
    kind: Mapped[DocumentKind] = mapped_column(Word(DocumentKind))
    state: Mapped[DocumentState] = mapped_column(Word(DocumentState))
    organ: Mapped[str] = mapped_column(String(120))
    prefix: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    dated: Mapped[date]
    assessment_year: Mapped[int | None] = mapped_column(default=None, index=True)
    person_uid: Mapped[str | None] = mapped_column(ForeignKey("person.uid"), default=None)
    village_uid: Mapped[str | None] = mapped_column(ForeignKey("village.uid"), default=None)
    number_year: Mapped[int | None] = mapped_column(default=None)
    number_seq: Mapped[int | None] = mapped_column(default=None)
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)
    pdf: Mapped[bytes | None] = mapped_column(LargeBinary, default=None, deferred=True)
    sha256: Mapped[str | None] = mapped_column(String(64), default=None)
    issued_at: Mapped[datetime | None] = mapped_column(default=None)
    void_reason: Mapped[str | None] = mapped_column(Text, default=None)
    voided_on: Mapped[date | None] = mapped_column(default=None)
    delivered_on: Mapped[date | None] = mapped_column(default=None)
    receipt: Mapped[str | None] = mapped_column(String(200), default=None)
    __table_args__ = (UniqueConstraint("prefix", "number_year", "number_seq"),)


_IN_ORDER = (
    IssuedDocument.dated,
    IssuedDocument.prefix,
    IssuedDocument.number_seq,
    IssuedDocument.uid,
)


class PrintRun(Record, Base):
    """When a document was printed or written to a file, and where to."""

    __tablename__ = "print_run"
    document_uid: Mapped[str] = mapped_column(ForeignKey("issued_document.uid"), index=True)
    target: Mapped[str] = mapped_column(String(120))  # printer name, or 文件
    copies: Mapped[int] = mapped_column(default=1)


def document(session: Session, uid: str, *, with_pdf: bool = False) -> IssuedDocument | None:
    """One document; its bytes are loaded only when asked for."""
    query = select(IssuedDocument).where(
        IssuedDocument.uid == uid, IssuedDocument.deleted_at.is_(None)
    )
    if with_pdf:
        query = query.options(undefer(IssuedDocument.pdf))
    return session.scalars(query).one_or_none()


def documents_with_pdf(session: Session, uids: Sequence[str]) -> Sequence[IssuedDocument]:
    """These documents with their bytes, in no order."""
    query = select(IssuedDocument).where(
        IssuedDocument.uid.in_(uids), IssuedDocument.deleted_at.is_(None)
    )
    return session.scalars(query.options(undefer(IssuedDocument.pdf))).all()


def documents(session: Session, *, assessment_year: int | None = None) -> Sequence[IssuedDocument]:
    """Documents without their bytes, as the register lists them: by date, organ and number."""
    query = select(IssuedDocument).where(IssuedDocument.deleted_at.is_(None))
    if assessment_year is not None:
        query = query.where(IssuedDocument.assessment_year == assessment_year)
    return session.scalars(query.order_by(*_IN_ORDER)).all()


def latest(session: Session, kind: DocumentKind) -> IssuedDocument | None:
    """The document of that kind that was begun last."""
    query = select(IssuedDocument).where(
        IssuedDocument.kind == kind, IssuedDocument.deleted_at.is_(None)
    )
    return session.scalars(query.order_by(IssuedDocument.uid.desc()).limit(1)).first()


def registered(session: Session, year: int) -> Sequence[IssuedDocument]:
    """What was numbered in that year (〔2026〕), whichever year it assesses; else dated in it.

    Voided ones are among them; in order as ``documents``, without their bytes.
    """
    dated = IssuedDocument.dated.between(date(year, 1, 1), date(year, 12, 31))
    return session.scalars(
        select(IssuedDocument)
        .where(
            IssuedDocument.deleted_at.is_(None),
            IssuedDocument.state != DocumentState.DRAFT,
            (IssuedDocument.number_year == year) | (IssuedDocument.number_year.is_(None) & dated),
        )
        .order_by(*_IN_ORDER)
    ).all()


def series(session: Session, prefix: str, year: int) -> NumberSeries | None:
    """The running number of an organ and year, or None before the first."""
    return session.scalars(
        select(NumberSeries).where(NumberSeries.prefix == prefix, NumberSeries.year == year)
    ).one_or_none()


def all_series(session: Session) -> Sequence[NumberSeries]:
    """Every series, the newest year first."""
    return session.scalars(
        select(NumberSeries).order_by(NumberSeries.year.desc(), NumberSeries.prefix)
    ).all()


def highest_numbers(session: Session) -> dict[tuple[str, int], int]:
    """(prefix, year) → the highest number ever given there, also to documents voided since."""
    rows = session.execute(
        select(
            IssuedDocument.prefix,
            IssuedDocument.number_year,
            func.max(IssuedDocument.number_seq),
        )
        .where(IssuedDocument.number_seq.is_not(None))
        .group_by(IssuedDocument.prefix, IssuedDocument.number_year)
    )
    return {
        (prefix, year): highest
        for prefix, year, highest in rows
        if year is not None and highest is not None
    }


def numbered_organs(session: Session) -> list[tuple[str, str, str | None]]:
    """(prefix, organ, village's uid) of whatever was ever numbered, each once."""
    rows = session.execute(
        select(IssuedDocument.prefix, IssuedDocument.organ, IssuedDocument.village_uid)
        .where(IssuedDocument.number_seq.is_not(None))
        .distinct()
        .order_by(IssuedDocument.prefix, IssuedDocument.organ)
    )
    return [(prefix, organ, village) for prefix, organ, village in rows]


def print_runs(session: Session, document_uid: str) -> Sequence[PrintRun]:
    """When and where a document was printed, in order."""
    return session.scalars(
        select(PrintRun).where(PrintRun.document_uid == document_uid).order_by(PrintRun.uid)
    ).all()


def print_counts(session: Session) -> list[tuple[str, str, int]]:
    """(document's uid, target, copies) of everything ever printed or written to a file."""
    rows = session.execute(
        select(PrintRun.document_uid, PrintRun.target, func.sum(PrintRun.copies)).group_by(
            PrintRun.document_uid, PrintRun.target
        )
    )
    return [(uid, target, copies) for uid, target, copies in rows]
