"""A person's grades and documents: shown with joined records, and in the way of removal."""

from __future__ import annotations

from datetime import date

import pytest

from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.notices import DocumentKind, DocumentState
from daomao_desktop.domain.scheme import EndReason, Grade, YearState
from daomao_desktop.errors import Refused
from daomao_desktop.services import roster
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.roster import LeaderRow
from daomao_desktop.store.assessment import Assessment, AssessmentYear
from daomao_desktop.store.notices import IssuedDocument
from tests.services.office import draft, leader


def _two_records(desk: Desk) -> tuple[LeaderRow, LeaderRow]:
    """A leader until June 2025, and one in another group since July."""
    roster.add_leader(desk, draft(desk, "3", "王强"))
    old = leader(desk, "王强")
    roster.end_appointment(desk, old.person_uid, date(2025, 6, 30), EndReason.MOVED)
    roster.add_leader(desk, draft(desk, "4", "王䶮", started=PartialDate(2025, 7)))
    return old, leader(desk, "王䶮")


def _graded(desk: Desk, year: int, row: LeaderRow, grade: Grade | None) -> None:
    with desk.store.writing(desk.operator.uid) as session:
        known = session.query(AssessmentYear).filter_by(year=year).one_or_none()
        of_year = known or AssessmentYear(year=year, state=YearState.IN_FORCE)
        session.add(of_year)
        session.flush()
        session.add(
            Assessment(
                year_uid=of_year.uid,
                person_uid=row.person_uid,
                group_uid=row.group_uid,
                decision=grade,
            )
        )


def test_grades_of_joined_records_stand_in_one_history(village_desk: Desk) -> None:
    old, new = _two_records(village_desk)
    _graded(village_desk, 2024, old, Grade.INCOMPETENT)
    _graded(village_desk, 2025, new, Grade.COMPETENT)
    assert [row.year for row in roster.leader_page(village_desk, new.person_uid).grades] == [2025]
    roster.join_persons(village_desk, new.person_uid, old.person_uid, "本人改名")
    page = roster.leader_page(village_desk, new.person_uid)
    assert [(row.year, row.grade, row.group) for row in page.grades] == [
        (2025, Grade.COMPETENT, "第4村民小组"),
        (2024, Grade.INCOMPETENT, "第3村民小组"),
    ]


def test_two_grades_in_one_year_bar_the_joining(village_desk: Desk) -> None:
    old, new = _two_records(village_desk)
    _graded(village_desk, 2025, old, Grade.COMPETENT)
    _graded(village_desk, 2025, new, Grade.COMPETENT)
    with pytest.raises(Refused, match="2025年都有考核"):
        roster.join_persons(village_desk, new.person_uid, old.person_uid, "本人改名")


def test_an_assessed_person_is_not_removed(village_desk: Desk) -> None:
    old, _ = _two_records(village_desk)
    _graded(village_desk, 2025, old, None)
    with pytest.raises(Refused, match="考核"):
        roster.remove_leader(village_desk, old.person_uid)


@pytest.mark.parametrize("state", [DocumentState.DRAFT, DocumentState.ISSUED, DocumentState.VOID])
def test_a_person_with_documents_is_not_removed(village_desk: Desk, state: DocumentState) -> None:
    _, row = _two_records(village_desk)
    with village_desk.store.writing(village_desk.operator.uid) as session:
        session.add(
            IssuedDocument(
                kind=DocumentKind.CRITICISM,
                state=state,
                organ="中共大茂镇联光村支部委员会",
                prefix="联光党支",
                title="关于对王䶮同志的通报批评",
                dated=date(2026, 1, 15),
                person_uid=row.person_uid,
            )
        )
    with pytest.raises(Refused, match="文书"):
        roster.remove_leader(village_desk, row.person_uid)
    shown = [line.kind for line in roster.leader_page(village_desk, row.person_uid).timeline]
    assert ("通报批评" in shown) is (state is not DocumentState.DRAFT)
