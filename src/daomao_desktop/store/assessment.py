"""Assessment years, their steps, each leader's assessment and its evidence lines (A1–A3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from daomao_desktop.domain.scheme import Grade, Role, YearState
from daomao_desktop.store.base import Base, Record
from daomao_desktop.store.duties import DutyRecord
from daomao_desktop.store.types import Word


class AssessmentYear(Record, Base):
    """One year; ``settings`` are frozen when 村评 starts. ``history``: 补录."""

    __tablename__ = "assessment_year"
    year: Mapped[int] = mapped_column(unique=True)
    state: Mapped[YearState] = mapped_column(Word(YearState), default=YearState.PREPARING)
    history: Mapped[bool] = mapped_column(default=False)
    settings: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)


class YearStep(Record, Base):
    """A step of the year and the day it happened."""

    __tablename__ = "year_step"
    year_uid: Mapped[str] = mapped_column(ForeignKey("assessment_year.uid"), index=True)
    state: Mapped[YearState] = mapped_column(Word(YearState))
    on: Mapped[date] = mapped_column("happened_on")
    acknowledged: Mapped[str | None] = mapped_column(Text, default=None)  # what was missing then


class Assessment(Record, Base):
    """One person's assessment in one year.

    ``points``: component key → hundredths of a point, see ``domain.assessment.Component``.
    ``proposal_meeting_on``: 支委会日期. ``paper_number``/``paper_on``: 据镇文件录入.
    """

    __tablename__ = "assessment"
    year_uid: Mapped[str] = mapped_column(ForeignKey("assessment_year.uid"), index=True)
    person_uid: Mapped[str] = mapped_column(ForeignKey("person.uid"), index=True)
    group_uid: Mapped[str] = mapped_column(ForeignKey("village_group.uid"), index=True)
    points: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    satisfaction_rate: Mapped[int | None] = mapped_column(default=None)  # hundredths of a percent
    proposal: Mapped[Grade | None] = mapped_column(Word(Grade), default=None)
    proposal_reason: Mapped[str | None] = mapped_column(Text, default=None)
    proposal_meeting_on: Mapped[date | None] = mapped_column(default=None)
    town_score: Mapped[int | None] = mapped_column(default=None)  # 镇日常评分, hundredths
    decision: Mapped[Grade | None] = mapped_column(Word(Grade), default=None)
    decision_reason: Mapped[str | None] = mapped_column(Text, default=None)
    source: Mapped[str | None] = mapped_column(String(200), default=None)  # of a history grade
    paper_number: Mapped[str | None] = mapped_column(String(60), default=None)
    paper_on: Mapped[date | None] = mapped_column(default=None)
    corrected_from: Mapped[Grade | None] = mapped_column(Word(Grade), default=None)
    correction_reason: Mapped[str | None] = mapped_column(Text, default=None)
    __table_args__ = (UniqueConstraint("year_uid", "person_uid"),)


class EvidenceLine(Record, Base):
    """A line of evidence under one component; may point at a duty record or finding."""

    __tablename__ = "evidence_line"
    assessment_uid: Mapped[str] = mapped_column(ForeignKey("assessment.uid"))
    component: Mapped[str] = mapped_column(String(24))
    text: Mapped[str] = mapped_column(Text)
    position: Mapped[int] = mapped_column(default=0)
    record_kind: Mapped[str | None] = mapped_column(String(24), default=None)
    record_uid: Mapped[str | None] = mapped_column(String(36), default=None)
    __table_args__ = (Index("ix_evidence_line_assessment", "assessment_uid", "position"),)


def year_row(session: Session, year: int) -> AssessmentYear | None:
    """The row of that year, or None before its first step."""
    return session.scalars(select(AssessmentYear).where(AssessmentYear.year == year)).one_or_none()


def year_rows(session: Session) -> Sequence[AssessmentYear]:
    """All years that have a row, oldest first."""
    return session.scalars(select(AssessmentYear).order_by(AssessmentYear.year)).all()


def steps_of(session: Session, year_uid: str) -> list[YearStep]:
    """The steps taken so far, in the order of the states; 村评 twice where it was sent back."""
    steps = session.scalars(
        select(YearStep).where(YearStep.year_uid == year_uid, YearStep.deleted_at.is_(None))
    ).all()
    return sorted(steps, key=lambda step: (step.state.order, step.on))


def assessments_in(session: Session, year_uid: str) -> Sequence[Assessment]:
    """Every assessment of the year."""
    return session.scalars(
        select(Assessment).where(Assessment.year_uid == year_uid, Assessment.deleted_at.is_(None))
    ).all()


def decided_grades(session: Session) -> list[tuple[int, str, Grade]]:
    """(year, person's uid, grade) of every decision ever entered."""
    rows = session.execute(
        select(AssessmentYear.year, Assessment.person_uid, Assessment.decision)
        .join(AssessmentYear, Assessment.year_uid == AssessmentYear.uid)
        .where(Assessment.decision.is_not(None), Assessment.deleted_at.is_(None))
    )
    return [(year, person, grade) for year, person, grade in rows if grade is not None]


def evidence_of(session: Session, assessment_uids: Sequence[str]) -> Sequence[EvidenceLine]:
    """Evidence lines of these assessments in their order."""
    return session.scalars(
        select(EvidenceLine)
        .where(EvidenceLine.assessment_uid.in_(assessment_uids), EvidenceLine.deleted_at.is_(None))
        .order_by(EvidenceLine.assessment_uid, EvidenceLine.position)
    ).all()


def evidence_in(session: Session, year_uid: str) -> Sequence[EvidenceLine]:
    """All evidence lines of the year, in their order under each assessment."""
    return session.scalars(
        select(EvidenceLine)
        .join(Assessment, EvidenceLine.assessment_uid == Assessment.uid)
        .where(Assessment.year_uid == year_uid, EvidenceLine.deleted_at.is_(None))
        .order_by(EvidenceLine.assessment_uid, EvidenceLine.position)
    ).all()


def duty_counts(session: Session, year: int) -> list[tuple[str, Role, int]]:
    """(person's uid, role, records) of that calendar year."""
    rows = session.execute(
        select(DutyRecord.person_uid, DutyRecord.role, func.count())
        .where(
            DutyRecord.on.between(date(year, 1, 1), date(year, 12, 31)),
            DutyRecord.deleted_at.is_(None),
        )
        .group_by(DutyRecord.person_uid, DutyRecord.role)
    )
    return [(person, role, count) for person, role, count in rows]
