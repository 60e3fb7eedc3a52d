"""Proposals, decisions and history by spreadsheet: what is taken, what stops the whole file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from daomao_desktop.domain.accounts import OperatorRole
from daomao_desktop.domain.assessment import Component
from daomao_desktop.domain.scheme import EndReason, Grade, YearState
from daomao_desktop.errors import FileProblem, Refused
from daomao_desktop.services import assessment, roster
from daomao_desktop.services.assessment_workbook import (
    export_decisions,
    export_proposals,
    import_decisions,
    import_proposals,
)
from daomao_desktop.services.desk import Desk
from daomao_desktop.store import assessment as store
from daomao_desktop.store.audit import head
from tests.services.assessment_office import (
    MEETING,
    decided,
    decisions_file,
    grades_of,
    paired,
    people,
    proposed,
    row,
    settle,
    table,
    walk,
)
from tests.services.office import acting_as, leader

NINETEEN = people(19)
DECISIONS = "年度 村 村民小组 姓名 确定等次 理由"
PROPOSALS = "年度 村 村民小组 姓名 建议等次 支委会日期 理由"


@pytest.fixture
def town(town_desk: Desk, tmp_path: Path) -> Desk:
    """A town with nineteen leaders in one village."""
    settle(town_desk, tmp_path, NINETEEN)
    return town_desk


def _errors(report: Any) -> list[str]:
    return [str(note) for note in report.errors]


def _head(desk: Desk) -> int:
    with desk.store.reading() as session:
        return head(session).sequence


# -- decisions


def test_two_of_nineteen_stop_the_file_and_leave_nothing(town: Desk, tmp_path: Path) -> None:
    walk(town, YearState.TOWN)
    before = _head(town)
    with pytest.raises(Refused, match=r"优秀 2 人超过上限：参加考核 19 人.*最多 1 人"):
        decided(town, tmp_path, NINETEEN, {"林〇一": "优秀", "林〇二": "优秀"})
    assert _head(town) == before
    assert set(grades_of(town).values()) == {None}
    report = decided(town, tmp_path, NINETEEN, {"林〇一": "优秀"})
    assert len(report.added) == 19
    view = assessment.year_view(town, 2025)
    assert (view.assessed, view.excellent, view.cap) == (19, 1, 1)
    assert view.state is YearState.TOWN


def test_the_cap_is_not_a_bad_row_to_skip(town: Desk, tmp_path: Path) -> None:
    walk(town, YearState.TOWN)
    file = decisions_file(tmp_path, NINETEEN, {"林〇一": "优秀", "林〇二": "优秀"})
    with pytest.raises(Refused, match="超过上限"):
        import_decisions(town, file, skip_bad=True)


def test_a_corrected_file_replaces_and_the_same_file_changes_nothing(
    town: Desk, tmp_path: Path
) -> None:
    walk(town, YearState.TOWN)
    decided(town, tmp_path, NINETEEN, {"林〇一": "优秀"})
    walk(town, YearState.DECIDED)
    report = decided(town, tmp_path, NINETEEN, {"林〇二": "优秀"})
    assert report.changed == (
        "2025年 联光村第1村民小组林〇一：称职",
        "2025年 联光村第2村民小组林〇二：优秀",
    )
    assert (report.added, report.unchanged) == ((), 17)
    before = _head(town)
    assert decided(town, tmp_path, NINETEEN, {"林〇二": "优秀"}).unchanged == 19
    assert _head(town) == before


def test_a_dry_run_tells_the_same_and_writes_nothing(town: Desk, tmp_path: Path) -> None:
    walk(town, YearState.TOWN)
    file = decisions_file(tmp_path, NINETEEN, {"林〇一": "优秀"})
    before = _head(town)
    report = import_decisions(town, file, dry_run=True)
    assert (len(report.added), report.dry_run, report.refused) == (19, True, False)
    assert _head(town) == before


@pytest.mark.parametrize("state", [YearState.PREPARING, YearState.VILLAGE, YearState.REPORTED])
def test_decisions_before_their_states_are_refused(
    town: Desk, tmp_path: Path, state: YearState
) -> None:
    walk(town, state)
    with pytest.raises(Refused, match=f"现在是“{state.value}”，到“镇审”或“镇定”"):
        decided(town, tmp_path, NINETEEN, {})


def test_decisions_of_a_year_in_force_are_corrections(town: Desk, tmp_path: Path) -> None:
    walk(town, YearState.IN_FORCE)
    with pytest.raises(Refused, match="请在年度考核中更正"):
        decided(town, tmp_path, NINETEEN, {})


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ((2025, "联光村", "3组", "无此人", "称职", ""), "花名册里没有“无此人”"),
        ((2025, "联光村", "4组", "林〇三", "称职", ""), "“林〇三”不在第4村民小组"),
        ((2025, "云溪村", "3组", "林〇三", "称职", ""), "没有“云溪村”这个村"),
        ((2025, "联光村", "3组", "林〇三", "合格", ""), "合格"),
    ],
)
def test_a_row_that_names_nobody_stops_the_whole_file(
    town: Desk, tmp_path: Path, line: tuple[Any, ...], words: str
) -> None:
    walk(town, YearState.TOWN)
    good = (2025, "联光村", "1组", "林〇一", "称职", "")
    report = import_decisions(town, table(tmp_path / "错.csv", DECISIONS, good, line))
    assert report.refused
    (error,) = _errors(report)
    assert words in error
    assert set(grades_of(town).values()) == {None}


def test_skip_bad_takes_the_other_rows(town: Desk, tmp_path: Path) -> None:
    walk(town, YearState.TOWN)
    rows = [
        (2025, "联光村", "1组", "林〇一", "称职", ""),
        (2025, "联光村", "9组", "无此人", "称职", ""),
    ]
    report = import_decisions(town, table(tmp_path / "错.csv", DECISIONS, *rows), skip_bad=True)
    assert not report.refused
    assert row(town, "林〇一").decision is Grade.COMPETENT


def test_an_exemption_without_reason_is_a_warning(town: Desk, tmp_path: Path) -> None:
    walk(town, YearState.TOWN)
    line = (2025, "联光村", "1组", "林〇一", "不定等次", "")
    report = import_decisions(town, table(tmp_path / "免.csv", DECISIONS, line))
    assert ["没有写理由" in str(note) for note in report.warnings] == [True]
    assert row(town, "林〇一").decision is Grade.UNGRADED


def test_same_names_need_their_village(town: Desk, tmp_path: Path) -> None:
    settle(town, tmp_path, [("云溪村", 1, "林〇一")])
    walk(town, YearState.TOWN)
    headings = "年度 姓名 确定等次"
    report = import_decisions(
        town, table(tmp_path / "同名.csv", headings, (2025, "林〇一", "称职"))
    )
    (error,) = _errors(report)
    assert "联光村第1村民小组" in error
    assert "云溪村第1村民小组" in error
    assert "“村”栏" in error
    with_village = table(
        tmp_path / "村.csv", "年度 村 姓名 确定等次", (2025, "云溪村", "林〇一", "称职")
    )
    assert not import_decisions(town, with_village).refused


def test_only_who_may_decide_imports_decisions(town: Desk, tmp_path: Path) -> None:
    walk(town, YearState.TOWN)
    with pytest.raises(Refused, match="镇只读"):
        decided(acting_as(town, OperatorRole.TOWN_READER), tmp_path, NINETEEN, {})


# -- a village's paper


def test_a_village_needs_number_and_date_of_the_paper(village_desk: Desk, tmp_path: Path) -> None:
    settle(village_desk, tmp_path, people(3))
    walk(village_desk, YearState.REPORTED)
    bare = decided(village_desk, tmp_path, people(3), {})
    assert bare.refused
    assert any("依据文号" in error for error in _errors(bare))
    late = decided(village_desk, tmp_path, people(3), {}, paper=("大茂党〔2026〕3号", "2026-01-21"))
    assert any("晚于今天" in error for error in _errors(late))
    for wrong in ("大茂党15号", "大茂党〔2024〕3号"):
        refused = decided(village_desk, tmp_path, people(3), {}, paper=(wrong, "2026-01-13"))
        assert len(_errors(refused)) == 3
        assert all("H" in error and wrong in error for error in _errors(refused))
    paper = (" 大茂党（2026）第３号", "2026-01-13")
    report = decided(village_desk, tmp_path, people(3), {"林〇一": "优秀"}, paper=paper)
    assert not report.refused, report.lines()
    found = row(village_desk, "林〇一")
    assert (found.decision, found.paper_number, found.paper_on) == (
        Grade.EXCELLENT,
        "大茂党〔2026〕3号",
        date(2026, 1, 13),
    )


# -- history


def test_history_makes_a_year_with_its_sources(town: Desk, tmp_path: Path) -> None:
    report = decided(town, tmp_path, NINETEEN, {"林〇三": "不称职"}, year=2024, history=True)
    assert len(report.added) == 19
    view = assessment.year_view(town, 2024)
    assert (view.history, view.state, view.grades[Grade.INCOMPETENT]) == (
        True,
        YearState.ARCHIVED,
        1,
    )
    assert row(town, "林〇三", 2024).source == "等次.csv"
    again = decided(town, tmp_path, NINETEEN, {"林〇四": "不称职"}, year=2024, history=True)
    assert (len(again.changed), again.unchanged) == (2, 17)


def test_a_broken_cap_in_history_is_a_warning(town: Desk, tmp_path: Path) -> None:
    grades = {"林〇一": "优秀", "林〇二": "优秀"}
    report = decided(town, tmp_path, NINETEEN, grades, year=2024, history=True)
    assert not report.refused
    assert any("优秀 2 人超过上限" in str(note) for note in report.warnings)


def test_history_knows_former_leaders_and_asks_no_tenure(town: Desk, tmp_path: Path) -> None:
    gone = leader(town, "林〇一")
    roster.end_appointment(town, gone.person_uid, date(2022, 6, 30), EndReason.TERM)
    line = (2019, "联光村", "", "林〇一", "不称职", "镇档案")
    report = import_decisions(town, table(tmp_path / "旧.csv", DECISIONS, line), history=True)
    assert not report.refused, report.lines()
    assert row(town, "林〇一", 2019).source == "镇档案"


def test_a_live_year_is_no_history_and_history_no_live_year(town: Desk, tmp_path: Path) -> None:
    walk(town, YearState.TOWN)
    with pytest.raises(Refused, match="正在本机进行"):
        decided(town, tmp_path, NINETEEN, {}, history=True)
    with pytest.raises(Refused, match="--history"):
        decided(town, tmp_path, NINETEEN, {}, year=2024)
    decided(town, tmp_path, NINETEEN, {}, year=2024, history=True)
    with pytest.raises(Refused, match="补录的历史年度"):
        decided(town, tmp_path, NINETEEN, {}, year=2024)


def test_the_row_of_a_wrong_year_is_named(town: Desk, tmp_path: Path) -> None:
    walk(town, YearState.TOWN)
    good = (2025, "联光村", "1组", "林〇一", "称职", "")
    file = table(tmp_path / "等次.csv", DECISIONS, good, (2023, *good[1:]))
    with pytest.raises(Refused, match=r"^等次!A3 2023年度考核现在是“筹备”"):
        import_decisions(town, file)


def test_a_renamed_history_file_changes_nothing(town: Desk, tmp_path: Path) -> None:
    line = (2019, "联光村", "", "林〇一", "不称职", "")
    for name, unchanged in (("旧.csv", 0), ("旧（副本）.csv", 1)):
        report = import_decisions(town, table(tmp_path / name, DECISIONS, line), history=True)
        assert report.unchanged == unchanged, report.lines()
    assert row(town, "林〇一", 2019).source == "旧.csv"


# -- proposals


def test_proposals_are_taken_in_the_village_stage_only(town: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="--advance 村评"):
        proposed(town, tmp_path, NINETEEN, {})
    walk(town, YearState.VILLAGE)
    report = proposed(town, tmp_path, NINETEEN, {"林〇三": "不称职"})
    assert len(report.added) == 19
    found = row(town, "林〇三")
    assert (found.proposal, found.proposal_meeting_on, found.proposal_reason) == (
        Grade.INCOMPETENT,
        date(2025, 12, 12),
        "支部研究决定",
    )
    assert proposed(town, tmp_path, NINETEEN, {"林〇三": "不称职"}).unchanged == 19
    walk(town, YearState.REPORTED)
    with pytest.raises(Refused, match="已锁定"):
        proposed(town, tmp_path, NINETEEN, {})


def test_a_meeting_in_the_future_stops_the_file(town: Desk, tmp_path: Path) -> None:
    walk(town, YearState.VILLAGE)
    report = proposed(town, tmp_path, people(1), {}, meeting="2026-01-21")
    (error,) = _errors(report)
    assert "支委会日期2026年1月21日晚于今天" in error
    assert row(town, "林〇一").proposal is None


def test_a_difference_from_the_suggestion_needs_a_reason(town: Desk, tmp_path: Path) -> None:
    uid = leader(town, "林〇一").person_uid
    assessment.save_sheet(
        town, 2025, uid, assessment.SheetDraft({Component.TASKS: 0, Component.D1: 0}, 4000)
    )
    walk(town, YearState.VILLAGE)
    bare = (2025, "联光村", "1组", "林〇一", "称职", MEETING, "")
    report = import_proposals(town, table(tmp_path / "无.csv", PROPOSALS, bare))
    (error,) = _errors(report)
    assert "按得分建议为“不称职”" in error
    told = (*bare[:6], "台风救灾表现突出")
    assert not import_proposals(town, table(tmp_path / "有.csv", PROPOSALS, told)).refused


def test_a_village_with_its_own_pc_proposes_itself(town: Desk, tmp_path: Path) -> None:
    paired(town, "联光村")
    walk(town, YearState.VILLAGE)
    report = proposed(town, tmp_path, people(1), {})
    (error,) = _errors(report)
    assert "由该村自己登记" in error


# -- out again


def test_what_is_exported_imports_again_unchanged(town: Desk, tmp_path: Path) -> None:
    walk(town, YearState.VILLAGE)
    proposed(town, tmp_path, NINETEEN, {"林〇三": "不称职"})
    assert export_proposals(town, tmp_path / "建议.xlsx", 2025) == 19
    assert import_proposals(town, tmp_path / "建议.xlsx").unchanged == 19
    walk(town, YearState.TOWN)
    decided(town, tmp_path, NINETEEN, {"林〇一": "优秀"})
    assert export_decisions(town, tmp_path / "等次.xlsx", 2025) == 19
    assert import_decisions(town, tmp_path / "等次.xlsx").unchanged == 19


def test_no_file_no_import(town: Desk, tmp_path: Path) -> None:
    walk(town, YearState.TOWN)
    with pytest.raises(FileProblem):
        import_decisions(town, tmp_path / "没有.xlsx")
    with town.store.reading() as session:
        (year,) = store.year_rows(session)
        assert not store.assessments_in(session, year.uid)
