"""What other areas hold about a person: grades by year, documents signed off."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from daomao_desktop.domain.notices import DocumentState
from daomao_desktop.store.assessment import Assessment, AssessmentYear
from daomao_desktop.store.notices import IssuedDocument


def assessments_of(
    session: Session, person_uids: Collection[str]
) -> Sequence[tuple[Assessment, AssessmentYear]]:
    """Assessments of these records with their years, the newest year first."""
    query = (
        select(Assessment, AssessmentYear)
        .join(AssessmentYear, Assessment.year_uid == AssessmentYear.uid)
        .where(Assessment.person_uid.in_(person_uids), Assessment.deleted_at.is_(None))
        .order_by(AssessmentYear.year.desc())
    )
    return [(assessment, year) for assessment, year in session.execute(query)]


def documents_of(session: Session, person_uids: Collection[str]) -> Sequence[IssuedDocument]:
    """Documents addressed to these records that bear a number (voided ones too), newest first."""
    query = (
        select(IssuedDocument)
        .where(IssuedDocument.person_uid.in_(person_uids))
        .where(IssuedDocument.state != DocumentState.DRAFT, IssuedDocument.deleted_at.is_(None))
        .order_by(IssuedDocument.dated.desc(), IssuedDocument.uid.desc())
    )
    return session.scalars(query).all()


def drafted(session: Session, person_uids: Collection[str]) -> set[str | None]:
    """Those of the records a document still drafted is about."""
    query = select(IssuedDocument.person_uid).where(
        IssuedDocument.person_uid.in_(person_uids),
        IssuedDocument.state == DocumentState.DRAFT,
        IssuedDocument.deleted_at.is_(None),
    )
    return set(session.scalars(query))
