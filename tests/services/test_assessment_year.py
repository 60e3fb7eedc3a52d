"""The year's steps, its checklist, what it shows, and two-year runs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from daomao_desktop.domain.accounts import OperatorRole
from daomao_desktop.domain.scheme import EndReason, Grade, YearState
from daomao_desktop.domain.scheme_settings import SchemeSettings
from daomao_desktop.errors import InvalidInput, Refused
from daomao_desktop.services import accounts, assessment, roster
from daomao_desktop.services.assessment_book import YearBook
from daomao_desktop.services.assessment_scores import scores
from daomao_desktop.services.assessment_sheet import rows_of
from daomao_desktop.services.assessment_year import view_of
from daomao_desktop.services.desk import Desk
from daomao_desktop.store import assessment as store
from tests.services.assessment_office import (
    STEPS,
    decided,
    people,
    proposed,
    row,
    settle,
    walk,
    whole_year,
)
from tests.services.office import WANG_ID, acting_as, leader, take
from tests.statements import statements

TEN = people(10)


def test_a_year_never_started_shows_and_writes_nothing(town_desk: Desk, tmp_path: Path) -> None:
    settle(town_desk, tmp_path, TEN)
    view = assessment.year_view(town_desk, 2025)
    assert view.state is YearState.PREPARING
    assert view.next_state is YearState.VILLAGE
    assert (view.assessed, view.excellent, view.cap) == (10, 0, 1)
    with town_desk.store.reading() as session:
        assert store.year_rows(session) == []
    assert 2025 in assessment.years(town_desk)


def test_the_whole_year_by_spreadsheet(town_desk: Desk, tmp_path: Path) -> None:
    whole_year(town_desk, tmp_path, TEN, {"林〇一": "优秀", "林〇三": "不称职"})
    view = assessment.year_view(town_desk, 2025)
    assert view.state is YearState.IN_FORCE
    assert [(step.state, step.on) for step in view.steps] == list(STEPS.items())
    assert view.as_json() == {
        "year": 2025,
        "state": "生效",
        "assessed": 10,
        "excellent": 1,
        "cap": 1,
        "grades": {"优秀": 1, "称职": 8, "不称职": 1, "不定等次": 0},
        "two_year_runs": [],
        "review": [],
        "deductions": [{"name": "林〇三", "base_fen": 600_000, "deduction_fen": 120_000}],
        "missing": [],
    }
    assert view.notice is not None
    assert view.notice.in_force_from == date(2026, 1, 13)


def test_the_town_sends_its_review_back(town_desk: Desk, tmp_path: Path) -> None:
    settle(town_desk, tmp_path, TEN)
    walk(town_desk, YearState.VILLAGE)
    assert not proposed(town_desk, tmp_path, TEN, {}).refused
    walk(town_desk, YearState.TOWN)
    assert not decided(town_desk, tmp_path, TEN, {"林〇三": "不称职"}).refused
    assert assessment.year_view(town_desk, 2025).may_return
    back = date(2025, 12, 20)
    with pytest.raises(Refused, match="早于"):
        assessment.advance(town_desk, 2025, YearState.VILLAGE, date(2025, 12, 15))
    with pytest.raises(Refused):
        assessment.advance(
            acting_as(town_desk, OperatorRole.TOWN_READER), 2025, YearState.VILLAGE, back
        )
    assessment.advance(town_desk, 2025, YearState.VILLAGE, back)
    view = assessment.year_view(town_desk, 2025)
    assert view.state is YearState.VILLAGE
    assert [(step.state, step.on, step.returned) for step in view.steps] == [
        (YearState.VILLAGE, STEPS[YearState.VILLAGE], False),
        (YearState.VILLAGE, back, True),
    ]
    assert "  退回村评：2025年12月20日" in view.lines()
    assert not view.may_return
    assert row(town_desk, "林〇三").decision is Grade.INCOMPETENT
    assert not proposed(town_desk, tmp_path, TEN, {"林〇三": "不称职"}).refused
    assert row(town_desk, "林〇三").proposal is Grade.INCOMPETENT
    for step, day in ((YearState.REPORTED, 22), (YearState.TOWN, 23), (YearState.DECIDED, 29)):
        assessment.advance(town_desk, 2025, step, date(2025, 12, day), acknowledge=True)
    assert not assessment.year_view(town_desk, 2025).may_return


def test_the_checklist_names_who_and_what(town_desk: Desk, tmp_path: Path) -> None:
    settle(town_desk, tmp_path, people(3))
    take(
        town_desk,
        tmp_path / "另.csv",
        ("云溪村", "1组", "孙立", "男", "460006198708171974", "2021-06-20", "", ""),
    )
    roster.end_appointment(
        town_desk, leader(town_desk, "林〇二").person_uid, date(2025, 11, 30), EndReason.RESIGNED
    )
    missing = assessment.year_view(town_desk, 2025).missing
    assert any(
        "联光村：全部3名小组长2025年没有履职记录：政策宣传员、" in sentence for sentence in missing
    )
    assert "云溪村：孙立没有登记岗位补贴，不称职时算不出扣减金额" in missing
    assert "云溪村：孙立的资料待核实" in missing
    assert "联光村：第2村民小组没有小组长" in missing
    assert any("没有得分：" in sentence and "群众满意度" in sentence for sentence in missing)
    walk(town_desk, YearState.VILLAGE)
    missing = assessment.year_view(town_desk, 2025).missing
    assert missing == ("联光村：全部3名小组长没有建议等次", "云溪村：孙立没有建议等次")


def test_what_is_missing_must_be_acknowledged_and_is_kept(town_desk: Desk, tmp_path: Path) -> None:
    settle(town_desk, tmp_path, people(3))
    missing = assessment.year_view(town_desk, 2025).missing
    with pytest.raises(Refused) as refused:
        assessment.advance(town_desk, 2025, YearState.VILLAGE, STEPS[YearState.VILLAGE])
    assert refused.value.details == missing
    assert assessment.year_view(town_desk, 2025).state is YearState.PREPARING
    walk(town_desk, YearState.VILLAGE)
    (step,) = assessment.year_view(town_desk, 2025).steps
    assert step.acknowledged == missing


@pytest.mark.parametrize(
    ("to", "on", "words"),
    [
        (YearState.REPORTED, date(2025, 12, 20), "一次只能推进一步"),
        (YearState.VILLAGE, date(2026, 1, 21), "晚于今天"),
        (YearState.VILLAGE, date(2024, 12, 31), "2025年度考核不能在2024年12月31日就开始"),
    ],
)
def test_steps_out_of_order_or_time_are_refused(
    town_desk: Desk, to: YearState, on: date, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        assessment.advance(town_desk, 2025, to, on, acknowledge=True)


def test_three_days_of_notice_are_too_few(town_desk: Desk, tmp_path: Path) -> None:
    settle(town_desk, tmp_path, TEN)
    walk(town_desk, YearState.PUBLIC_NOTICE)
    with pytest.raises(Refused, match="2026年1月13日起才能生效"):
        assessment.advance(town_desk, 2025, YearState.IN_FORCE, date(2026, 1, 8), acknowledge=True)
    assert assessment.year_view(town_desk, 2025).state is YearState.PUBLIC_NOTICE


def test_settings_are_frozen_when_the_year_starts(town_desk: Desk, tmp_path: Path) -> None:
    settle(town_desk, tmp_path, TEN)
    walk(town_desk, YearState.PUBLIC_NOTICE)
    accounts.save_scheme_settings(town_desk, SchemeSettings(notice_days=7))
    walk(town_desk, YearState.IN_FORCE)
    view = assessment.year_view(town_desk, 2025)
    assert view.notice is not None
    assert view.notice.in_force_from == date(2026, 1, 13)


def test_steps_of_the_town_need_the_right_to_decide(town_desk: Desk, tmp_path: Path) -> None:
    settle(town_desk, tmp_path, TEN)
    walk(town_desk, YearState.TOWN)
    reader = acting_as(town_desk, OperatorRole.TOWN_READER)
    with pytest.raises(Refused, match="不能确定考核等次"):
        assessment.advance(reader, 2025, YearState.DECIDED, date(2025, 12, 29), acknowledge=True)


def test_under_six_months_is_no_grade_and_not_in_n(town_desk: Desk, tmp_path: Path) -> None:
    settle(town_desk, tmp_path, TEN)
    take(
        town_desk,
        tmp_path / "新.csv",
        ("联光村", "11组", "周新来", "男", "", "2025-07-16", "", "500"),
    )
    newcomer = row(town_desk, "周新来")
    assert (newcomer.months, newcomer.too_short, newcomer.decision) == (5, True, Grade.UNGRADED)
    walk(town_desk, YearState.TOWN)
    graded = [assessment.DecisionDraft(newcomer.person_uid, Grade.COMPETENT)]
    with pytest.raises(InvalidInput, match="不足6个月，只能是“不定等次”"):
        assessment.decide(town_desk, 2025, graded)
    decided(town_desk, tmp_path, TEN, {"林〇一": "优秀"})
    walk(town_desk, YearState.DECIDED)
    view = assessment.year_view(town_desk, 2025)
    assert (view.assessed, view.cap, view.grades[Grade.UNGRADED]) == (10, 1, 1)
    newcomer = row(town_desk, "周新来")
    assert newcomer.decision is Grade.UNGRADED
    assert newcomer.decision_reason == "2025年任职5个月，不足6个月"


def _history(desk: Desk, folder: Path, year: int, village: str, name: str, grade: str) -> None:
    persons = [(village, 3, name)]
    report = decided(desk, folder, persons, {name: grade}, year=year, history=True)
    assert not report.refused, report.lines()


def test_a_run_follows_the_person_into_another_village(town_desk: Desk, tmp_path: Path) -> None:
    who = ("3组", "邢毅", "男", WANG_ID)
    take(town_desk, tmp_path / "旧.csv", ("联光村", *who, "2021-06-20", "", "500"))
    _history(town_desk, tmp_path, 2024, "联光村", "邢毅", "不称职")
    moved = take(town_desk, tmp_path / "新.csv", ("云溪村", *who, "2025-01-10", "", "500"))
    assert len(moved.moved) == 1
    walk(town_desk, YearState.TOWN)
    decided(town_desk, tmp_path, [("云溪村", 3, "邢毅")], {"邢毅": "不称职"})
    view = assessment.year_view(town_desk, 2025)
    assert (view.runs, view.review) == (("邢毅",), ())
    assert row(town_desk, "邢毅").run


def test_joined_records_are_one_person_in_a_run(town_desk: Desk, tmp_path: Path) -> None:
    take(
        town_desk,
        tmp_path / "旧.csv",
        ("联光村", "3组", "邢毅", "男", "", "2021-06-20", "", "500"),
    )
    old = leader(town_desk, "邢毅").person_uid
    _history(town_desk, tmp_path, 2024, "联光村", "邢毅", "不称职")
    roster.end_appointment(town_desk, old, date(2024, 12, 31), EndReason.MOVED)
    take(
        town_desk,
        tmp_path / "新.csv",
        ("云溪村", "3组", "邢毅", "男", WANG_ID, "2025-01-10", "", "500"),
    )
    new = leader(town_desk, "邢毅").person_uid
    assert new != old
    walk(town_desk, YearState.TOWN)
    decided(town_desk, tmp_path, [("云溪村", 3, "邢毅")], {"邢毅": "不称职"})
    assert assessment.year_view(town_desk, 2025).runs == ()
    roster.join_persons(town_desk, new, old, "同一个人")
    view = assessment.year_view(town_desk, 2025)
    assert view.runs == ("邢毅",)
    assert view.assessed == 1


def test_a_gap_breaks_the_run_and_is_shown_for_review(town_desk: Desk, tmp_path: Path) -> None:
    settle(town_desk, tmp_path, TEN)
    for year, grade in ((2023, "不称职"), (2024, "不定等次")):
        _history(town_desk, tmp_path, year, "联光村", "林〇三", grade)
    walk(town_desk, YearState.TOWN)
    decided(town_desk, tmp_path, TEN, {"林〇三": "不称职"})
    view = assessment.year_view(town_desk, 2025)
    assert (view.runs, view.review) == ((), ("林〇三",))
    assert row(town_desk, "林〇三").review


def test_a_year_of_many_needs_no_more_selects_than_one_of_few(
    town_desk: Desk, tmp_path: Path
) -> None:
    def selects() -> int:
        with town_desk.store.reading() as session, statements(town_desk) as sent:
            view_of(YearBook(town_desk, session, 2025))
            rows_of(book := YearBook(town_desk, session, 2025), scores(book))
        return len(sent)

    settle(town_desk, tmp_path, people(2))
    walk(town_desk, YearState.TOWN)
    decided(town_desk, tmp_path, people(2), {})
    few = selects()
    settle(town_desk, tmp_path, people(60))
    decided(town_desk, tmp_path, people(60), {"林〇三": "不称职", "林〇四": "不称职"})
    assert selects() == few < 40
