"""What the trail holds about one record: its entries, and their values as the columns' own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from daomao_desktop.store.accounts import Operator
from daomao_desktop.store.assessment import Assessment, AssessmentYear, EvidenceLine
from daomao_desktop.store.audit import AuditEntry
from daomao_desktop.store.base import record_kinds
from daomao_desktop.store.column_values import decoded


def entries_about(session: Session, uids: Collection[str]) -> Sequence[AuditEntry]:
    """The entries about these records, the latest first."""
    query = select(AuditEntry).where(AuditEntry.record.in_(uids))
    return session.scalars(query.order_by(AuditEntry.sequence.desc())).all()


def actors(session: Session) -> dict[str, str]:
    """Each operator's uid → name, former ones too."""
    return {one.uid: one.name for one in session.scalars(select(Operator))}


def assessment_uids(session: Session, year: int, person_uids: Collection[str]) -> set[str]:
    """The assessment of a person in a year, with its lines of evidence."""
    own = set(
        session.scalars(
            select(Assessment.uid)
            .join(AssessmentYear, Assessment.year_uid == AssessmentYear.uid)
            .where(AssessmentYear.year == year, Assessment.person_uid.in_(person_uids))
        )
    )
    lines = select(EvidenceLine.uid).where(EvidenceLine.assessment_uid.in_(own))
    return own | set(session.scalars(lines))


def value_of(kind: str, name: str, plain: Any) -> Any:
    """A value of the trail as the record holds it; raises as ``decoded`` does."""
    found = record_kinds().get(kind)
    if found is None:
        raise ValueError(f"no records of the kind {kind}")
    return decoded(inspect(found).columns[name].type, plain)
