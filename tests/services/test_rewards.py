"""Deductions computed from appointments and subsidies (R4a)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.scheme import EndReason, YearState
from daomao_desktop.services import assessment, roster
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.rewards import DeductionRow
from daomao_desktop.store.roster import PostSubsidy
from tests.services.assessment_office import decided, walk
from tests.services.office import leader, take

WHO = [("联光村", 3, "邢毅")]


def _deduction(desk: Desk, folder: Path) -> DeductionRow:
    walk(desk, YearState.TOWN)
    decided(desk, folder, WHO, {"邢毅": "不称职"})
    (row,) = assessment.year_view(desk, 2025).deductions
    return row


def _appoint(desk: Desk, folder: Path, started: str, subsidy: str, village: str = "联光村") -> str:
    report = take(desk, folder / "册.csv", (village, "3组", "邢毅", "男", "", started, "", subsidy))
    assert not report.refused, report.lines()
    return leader(desk, "邢毅").person_uid


@pytest.mark.parametrize(
    ("started", "subsidy", "months", "base", "deduction"),
    [
        ("2025-06-15", "500", 7, 350_000, 70_000),  # in post on 15 June: June counts
        ("2025-06-16", "500", 6, 300_000, 60_000),
        ("2021-06-20", "333.33", 12, 399_996, 79_999),
    ],
)
def test_a_fifth_of_the_year_due(
    town_desk: Desk,
    tmp_path: Path,
    started: str,
    subsidy: str,
    months: int,
    base: int,
    deduction: int,
) -> None:
    _appoint(town_desk, tmp_path, started, subsidy)
    row = _deduction(town_desk, tmp_path)
    assert (row.name, row.village, row.group) == ("邢毅", "联光村", "第3村民小组")
    assert row.months == months
    assert (row.base, row.deduction) == (Money(base), Money(deduction))


def test_each_month_takes_the_subsidy_that_held_then(town_desk: Desk, tmp_path: Path) -> None:
    uid = _appoint(town_desk, tmp_path, "2021-06-20", "500")
    roster.set_subsidy(town_desk, uid, Money(60_000), PartialDate(2025, 7))
    row = _deduction(town_desk, tmp_path)
    assert row.monthly == (*[Money(50_000)] * 6, *[Money(60_000)] * 6)
    assert row.base == Money(660_000)


def test_the_villages_rate_stands_where_a_person_has_none(town_desk: Desk, tmp_path: Path) -> None:
    _appoint(town_desk, tmp_path, "2021-06-20", "")
    with town_desk.store.writing(town_desk.operator.uid) as session:
        village = roster.list_villages(town_desk)[0].uid
        session.add(
            PostSubsidy(village_uid=village, monthly=Money(40_000), since=PartialDate(2020, 1))
        )
    assert _deduction(town_desk, tmp_path).base == Money(480_000)


def test_an_unknown_subsidy_is_named_and_never_taken_for_nothing(
    town_desk: Desk, tmp_path: Path
) -> None:
    uid = _appoint(town_desk, tmp_path, "2021-06-20", "")
    roster.set_subsidy(town_desk, uid, Money(50_000), PartialDate(2025, 4))
    row = _deduction(town_desk, tmp_path)
    assert (row.base, row.deduction) == (None, None)
    assert row.problem == "没有登记2025年1至3月的岗位补贴，算不出扣减金额"
    view = assessment.year_view(town_desk, 2025)
    assert view.as_json()["deductions"] == [
        {"name": "邢毅", "base_fen": None, "deduction_fen": None}
    ]
    assert any(str(row.problem) in line for line in view.lines())


def test_months_end_with_the_post_and_go_on_in_the_next(town_desk: Desk, tmp_path: Path) -> None:
    uid = _appoint(town_desk, tmp_path, "2021-06-20", "500")
    roster.end_appointment(town_desk, uid, date(2025, 9, 14), EndReason.RESIGNED)
    row = _deduction(town_desk, tmp_path)
    assert (row.months, row.base) == (8, Money(400_000))
