"""Proposals, decisions, the cap, the village's paper, history years, corrections, sheets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from daomao_desktop.domain.accounts import OperatorRole
from daomao_desktop.domain.assessment import Component
from daomao_desktop.domain.conduct import FindingDraft
from daomao_desktop.domain.duties import DutyDraft
from daomao_desktop.domain.scheme import BottomLine, Grade, Role, Side, YearState
from daomao_desktop.errors import InvalidInput, NotFound, Refused
from daomao_desktop.services import assessment, conduct, duties, notices, print_year
from daomao_desktop.services.assessment import (
    DecisionDraft,
    EvidenceDraft,
    HistoryDraft,
    ProposalDraft,
    SheetDraft,
)
from daomao_desktop.services.desk import Area, Desk
from daomao_desktop.store import assessment as store
from tests.services.assessment_office import (
    decided,
    grades_of,
    people,
    recorded,
    row,
    settle,
    walk,
    whole_year,
)
from tests.services.office import acting_as, leader

NINETEEN = people(19)
FULL = {
    Component.D1: 600,
    Component.D2: 600,
    Component.D3: 800,
    Component.D4: 800,
    Component.D5: 600,
    Component.D6: 600,
    Component.TASKS: 3000,
    Component.SATISFACTION: 2000,
}


@pytest.fixture
def town(town_desk: Desk, tmp_path: Path) -> Desk:
    """A town with nineteen leaders in one village."""
    settle(town_desk, tmp_path, NINETEEN)
    return town_desk


def _uid(desk: Desk, name: str) -> str:
    return leader(desk, name).person_uid


def _all(desk: Desk, excellent: int) -> list[DecisionDraft]:
    rows = assessment.list_assessments(desk, 2025)
    return [
        DecisionDraft(one.person_uid, Grade.EXCELLENT if n < excellent else Grade.COMPETENT)
        for n, one in enumerate(rows)
    ]


# -- decisions and the cap


def test_two_of_nineteen_are_refused_and_leave_nothing(town: Desk) -> None:
    walk(town, YearState.TOWN)
    with pytest.raises(Refused, match=r"优秀 2 人超过上限：参加考核 19 人.*最多 1 人"):
        assessment.decide(town, 2025, _all(town, 2))
    assert set(grades_of(town).values()) == {None}
    changes = assessment.decide(town, 2025, _all(town, 1))
    assert Area.ASSESSMENT in changes.areas
    assert list(grades_of(town).values()).count(Grade.EXCELLENT) == 1


def test_the_cap_is_tested_on_the_whole_state(town: Desk) -> None:
    walk(town, YearState.TOWN)
    assessment.decide(town, 2025, _all(town, 1))
    second = DecisionDraft(_uid(town, "林〇二"), Grade.EXCELLENT)
    with pytest.raises(Refused, match="优秀 2 人超过上限"):
        assessment.decide(town, 2025, [second])
    swap = [second, DecisionDraft(_uid(town, "林〇一"), Grade.COMPETENT)]
    assessment.decide(town, 2025, swap)
    assert row(town, "林〇二").decision is Grade.EXCELLENT


def test_the_order_in_which_grades_are_entered_does_not_matter(town: Desk) -> None:
    walk(town, YearState.TOWN)
    alone = DecisionDraft(_uid(town, "林〇一"), Grade.EXCELLENT)
    assessment.decide(town, 2025, [alone])  # of the 19 who will be graded, as the bar says
    second = DecisionDraft(_uid(town, "林〇二"), Grade.EXCELLENT)
    with pytest.raises(Refused, match="优秀 2 人超过上限：参加考核 19 人"):
        assessment.decide(town, 2025, [second])
    with pytest.raises(Refused, match="优秀 1 人超过上限：参加考核 1 人"):
        assessment.advance(town, 2025, YearState.DECIDED, date(2025, 12, 30), True)


@pytest.mark.parametrize("state", [YearState.PREPARING, YearState.REPORTED, YearState.IN_FORCE])
def test_grades_are_fixed_in_their_states_only(town: Desk, state: YearState) -> None:
    walk(town, state)
    with pytest.raises(Refused, match="到“镇审”或“镇定”才能这样做"):
        assessment.decide(town, 2025, _all(town, 0))


def test_a_town_score_stays_when_a_grade_is_corrected(town: Desk) -> None:
    walk(town, YearState.TOWN)
    uid = _uid(town, "林〇一")
    assessment.decide(town, 2025, [DecisionDraft(uid, Grade.COMPETENT, 8850)])
    assessment.decide(town, 2025, [DecisionDraft(uid, Grade.INCOMPETENT, reason="集体研究")])
    found = row(town, "林〇一")
    assert (found.decision, found.town_score) == (Grade.INCOMPETENT, 8850)
    with pytest.raises(InvalidInput, match="0 到 100 分"):
        assessment.decide(town, 2025, [DecisionDraft(uid, Grade.COMPETENT, 10_001)])


def test_an_exemption_without_reason_stays_on_the_checklist(town: Desk) -> None:
    walk(town, YearState.TOWN)
    assessment.decide(town, 2025, _all(town, 1))
    assessment.decide(town, 2025, [DecisionDraft(_uid(town, "林〇五"), Grade.UNGRADED)])
    missing = assessment.year_view(town, 2025).missing
    assert missing == ("联光村：林〇五定为不定等次，没有写理由",)


# -- proposals


def test_proposals_belong_to_the_village_stage(town: Desk) -> None:
    draft = ProposalDraft(_uid(town, "林〇一"), Grade.COMPETENT, None, date(2025, 12, 12))
    with pytest.raises(Refused, match="现在是“筹备”，到“村评”才能这样做"):
        assessment.propose(town, 2025, [draft])
    walk(town, YearState.VILLAGE)
    assessment.propose(town, 2025, [draft])
    found = row(town, "林〇一")
    assert (found.proposal, found.proposal_meeting_on) == (Grade.COMPETENT, date(2025, 12, 12))
    walk(town, YearState.REPORTED)
    with pytest.raises(Refused, match="现在是“上报”"):
        assessment.propose(town, 2025, [draft])


def test_no_branch_meeting_lies_in_the_future(town: Desk) -> None:
    walk(town, YearState.VILLAGE)
    draft = ProposalDraft(_uid(town, "林〇一"), Grade.COMPETENT, None, date(2026, 1, 21))
    with pytest.raises(InvalidInput, match="晚于今天") as refused:
        assessment.propose(town, 2025, [draft])
    assert [problem.field for problem in refused.value.problems] == ["meeting_on"]
    assert row(town, "林〇一").proposal is None


def test_a_proposal_that_differs_from_the_suggestion_needs_a_reason(town: Desk) -> None:
    uid = _uid(town, "林〇一")
    points = {component: value // 2 for component, value in FULL.items()}
    assessment.save_sheet(town, 2025, uid, SheetDraft(points, satisfaction_rate=9000))
    assert row(town, "林〇一").suggestion.grade is Grade.INCOMPETENT
    walk(town, YearState.VILLAGE)
    with pytest.raises(InvalidInput, match="按得分建议为“不称职”，改为“称职”要写理由"):
        assessment.propose(town, 2025, [ProposalDraft(uid, Grade.COMPETENT)])
    assessment.propose(town, 2025, [ProposalDraft(uid, Grade.COMPETENT, "台风救灾表现突出")])
    assert row(town, "林〇一").proposal is Grade.COMPETENT


# -- the village's paper


def test_a_village_enters_the_towns_paper_and_prints_its_criticism(
    village_desk: Desk, tmp_path: Path
) -> None:
    settle(village_desk, tmp_path, people(8))
    recorded(village_desk, "林〇五")
    walk(village_desk, YearState.VILLAGE)
    rows = assessment.list_assessments(village_desk, 2025)
    with pytest.raises(Refused, match="现在是“村评”"):
        assessment.enter_paper(village_desk, 2025, "大茂党〔2026〕3号", date(2026, 1, 13), {})
    walk(village_desk, YearState.REPORTED)
    grades = {one.person_uid: Grade.COMPETENT for one in rows}
    grades |= {rows[0].person_uid: Grade.EXCELLENT, rows[4].person_uid: Grade.INCOMPETENT}
    with pytest.raises(Refused, match="据镇文件录入"):
        assessment.decide(village_desk, 2025, _all(village_desk, 0))
    with pytest.raises(InvalidInput, match="依据文号"):
        assessment.enter_paper(village_desk, 2025, " ", date(2026, 1, 13), grades)
    for wrong, words in (("大茂党15号", "不是完整的发文字号"), ("大茂党〔2062〕3号", "对不上")):
        with pytest.raises(InvalidInput, match=words) as refused:
            assessment.enter_paper(village_desk, 2025, wrong, date(2026, 1, 13), grades)
        assert [one.field for one in refused.value.problems] == ["number"]
    assert row(village_desk, "林〇一").decision is None
    assessment.enter_paper(village_desk, 2025, "大茂党[2026] 3号", date(2026, 1, 13), grades)
    found = row(village_desk, "林〇一")
    assert (found.decision, found.paper_number) == (Grade.EXCELLENT, "大茂党〔2026〕3号")
    view = assessment.year_view(village_desk, 2025)
    assert (view.paper, view.next_state, view.missing) == (True, YearState.IN_FORCE, ())
    assert "参加考核 8 人，优秀 1 人（名额由镇里统筹）" in view.lines()
    with pytest.raises(Refused, match="早于镇文件的日期2026年1月13日"):
        assessment.advance(village_desk, 2025, YearState.IN_FORCE, date(2026, 1, 12))
    assessment.advance(village_desk, 2025, YearState.IN_FORCE, date(2026, 1, 13))
    report = print_year.print_year(village_desk, 2025, tmp_path / "out", meeting=date(2025, 12, 12))
    assert [one.path.name for one in report.written] == [
        "联光党支〔2026〕1号 关于给予林〇五通报批评的通报.pdf",
        "联光村委〔2026〕1号 关于扣减林〇五2025年度岗位补贴的通知.pdf",
    ]


def test_a_village_clerk_may_enter_the_paper_but_nobody_who_only_watches(
    village_desk: Desk, tmp_path: Path
) -> None:
    settle(village_desk, tmp_path, people(2))
    walk(village_desk, YearState.REPORTED)
    grades = {_uid(village_desk, "林〇一"): Grade.COMPETENT}
    paper = ("大茂党〔2026〕3号", date(2026, 1, 13), grades)
    watch = acting_as(village_desk, OperatorRole.VILLAGE_WATCH)
    with pytest.raises(Refused, match="村务监督"):
        assessment.enter_paper(watch, 2025, *paper)
    assessment.enter_paper(acting_as(village_desk, OperatorRole.VILLAGE_CLERK), 2025, *paper)
    assert row(village_desk, "林〇一").decision is Grade.COMPETENT


# -- history


def test_history_is_entered_with_its_source_and_a_broken_cap_warns(town: Desk) -> None:
    rows = assessment.list_assessments(town, 2025)
    drafts = [HistoryDraft(one.person_uid, Grade.EXCELLENT) for one in rows[:2]]
    drafts.append(HistoryDraft(rows[2].person_uid, Grade.INCOMPETENT, source="镇档案第3卷"))
    assessment.enter_history(town, 2023, drafts, "2023年考核汇总表")
    view = assessment.year_view(town, 2023)
    assert (view.state, view.history, view.next_state) == (YearState.ARCHIVED, True, None)
    assert view.warning is not None
    assert "优秀 2 人超过上限" in view.warning
    assert view.deductions == ()
    assert row(town, "林〇一", 2023).source == "2023年考核汇总表"
    assert row(town, "林〇三", 2023).source == "镇档案第3卷"
    with pytest.raises(Refused, match="补录的历史年度"):
        assessment.advance(town, 2023, YearState.VILLAGE, date(2025, 12, 1), acknowledge=True)


def test_a_live_year_cannot_become_history(town: Desk) -> None:
    walk(town, YearState.VILLAGE)
    draft = HistoryDraft(_uid(town, "林〇一"), Grade.COMPETENT)
    with pytest.raises(Refused, match="正在本机进行"):
        assessment.enter_history(town, 2025, [draft], "汇总表")
    with pytest.raises(Refused, match="2027年还没有到"):
        assessment.enter_history(town, 2027, [draft], "汇总表")


# -- corrections


def test_a_correction_keeps_both_values_and_the_reason(town_desk: Desk, tmp_path: Path) -> None:
    whole_year(town_desk, tmp_path, NINETEEN, {"林〇三": "不称职"})
    uid = _uid(town_desk, "林〇三")
    with pytest.raises(InvalidInput, match="更正等次要写明理由"):
        assessment.correct_decision(town_desk, 2025, uid, Grade.COMPETENT, " ")
    assessment.correct_decision(town_desk, 2025, uid, Grade.COMPETENT, "复核属实")
    found = row(town_desk, "林〇三")
    assert (found.decision, found.corrected_from) == (Grade.COMPETENT, Grade.INCOMPETENT)
    assert found.correction_reason == "不称职→称职：复核属实"
    assert assessment.year_view(town_desk, 2025).deductions == ()


def test_a_standing_document_must_be_voided_before_a_correction(
    town_desk: Desk, tmp_path: Path
) -> None:
    whole_year(town_desk, tmp_path, NINETEEN, {"林〇三": "不称职", "林〇一": "优秀"})
    print_year.print_year(town_desk, 2025, tmp_path / "out")
    uid, best = _uid(town_desk, "林〇三"), _uid(town_desk, "林〇一")
    with pytest.raises(Refused, match="请先作废这份文书"):
        assessment.correct_decision(town_desk, 2025, uid, Grade.COMPETENT, "复核")
    with pytest.raises(Refused, match="关于表彰2025年度优秀村民小组长的通报"):
        assessment.correct_decision(town_desk, 2025, best, Grade.COMPETENT, "复核")
    for document in notices.list_notices(town_desk):
        if document.person_uid == uid:
            notices.void_notice(town_desk, document.uid, "等次更正")
    assessment.correct_decision(town_desk, 2025, uid, Grade.COMPETENT, "复核")
    assert row(town_desk, "林〇三").decision is Grade.COMPETENT


def test_a_correction_over_the_cap_or_before_its_time_is_refused(
    town_desk: Desk, tmp_path: Path
) -> None:
    settle(town_desk, tmp_path, NINETEEN)
    walk(town_desk, YearState.TOWN)
    decided(town_desk, tmp_path, NINETEEN, {"林〇一": "优秀"})
    uid = _uid(town_desk, "林〇二")
    with pytest.raises(Refused, match="到“生效”或“归档”才能这样做"):
        assessment.correct_decision(town_desk, 2025, uid, Grade.EXCELLENT, "补报")
    walk(town_desk, YearState.IN_FORCE)
    with pytest.raises(Refused, match="优秀 2 人超过上限"):
        assessment.correct_decision(town_desk, 2025, uid, Grade.EXCELLENT, "补报")


# -- sheets


def test_a_sheet_shows_points_counts_findings_and_a_suggestion(town: Desk) -> None:
    one = leader(town, "林〇一")
    for day in (date(2025, 3, 1), date(2025, 4, 1), date(2024, 4, 1)):
        duties.add_duty(
            town, DutyDraft(one.person_uid, one.group_uid, Role.MEDIATION, day, "调解纠纷")
        )
    conduct.add_finding(
        town,
        FindingDraft(
            one.person_uid,
            one.group_uid,
            BottomLine.DILIGENCE,
            Side.MUST_NOT,
            date(2025, 7, 9),
            "防汛值守期间脱岗。",
            "镇检查",
            confirmed=True,
        ),
    )
    lines = (
        EvidenceDraft(Component.D3, "调解纠纷2起"),
        EvidenceDraft(Component.TASKS, "按时完成任务11项"),
    )
    assessment.save_sheet(town, 2025, one.person_uid, SheetDraft(FULL, 9500, lines))
    sheet = assessment.assessment_sheet(town, 2025, one.person_uid)
    assert sheet.points[Component.D3] == 800
    assert sheet.points[Component.BOTTOM_LINES] is None
    assert sheet.proposed_bottom_lines == 800
    assert sheet.role_counts[Role.MEDIATION] == 2
    assert [found.facts for found in sheet.findings] == ["防汛值守期间脱岗。"]
    assert [(line.component, line.text) for line in sheet.evidence] == [
        (line.component, line.text) for line in lines
    ]
    assert sheet.row.village_score == 9800
    assert sheet.row.suggestion.grade is Grade.COMPETENT
    assert sheet.missing == ()
    assert sheet.locked is None


def test_evidence_is_replaced_line_by_line(town: Desk) -> None:
    uid = _uid(town, "林〇一")
    drafts = tuple(EvidenceDraft(Component.D1, f"宣传{n}次") for n in range(3))
    assessment.save_sheet(town, 2025, uid, SheetDraft({}, None, drafts))
    assessment.save_sheet(town, 2025, uid, SheetDraft({}, None, drafts[1:2]))
    sheet = assessment.assessment_sheet(town, 2025, uid)
    assert [line.text for line in sheet.evidence] == ["宣传1次"]


def test_points_beyond_the_maximum_are_refused_by_component(town: Desk) -> None:
    uid = _uid(town, "林〇一")
    draft = SheetDraft({Component.D1: 601, Component.ADJUSTMENT: -501}, satisfaction_rate=10_001)
    with pytest.raises(InvalidInput) as refused:
        assessment.save_sheet(town, 2025, uid, draft)
    fields = [problem.field for problem in refused.value.problems]
    assert fields == ["D1", "ADJUSTMENT", "satisfaction_rate"]
    with town.store.reading() as session:
        assert store.year_row(session, 2025) is None


def test_components_without_data_are_named_and_reweighed(town: Desk) -> None:
    uid = _uid(town, "林〇一")
    points = {component: FULL[component] for component in FULL if component.role}
    assessment.save_sheet(town, 2025, uid, SheetDraft(points))
    sheet = assessment.assessment_sheet(town, 2025, uid)
    assert sheet.missing == (Component.TASKS, Component.SATISFACTION)
    assert sheet.row.village_score == 10_000


def test_a_sheet_is_locked_once_reported(town: Desk) -> None:
    uid = _uid(town, "林〇一")
    walk(town, YearState.REPORTED)
    with pytest.raises(Refused, match="已经“上报”，村评的内容已锁定"):
        assessment.save_sheet(town, 2025, uid, SheetDraft(FULL))
    locked = assessment.assessment_sheet(town, 2025, uid).locked
    assert locked is not None
    assert "已锁定" in locked


def test_who_was_not_in_post_has_no_sheet(town: Desk) -> None:
    with pytest.raises(NotFound, match="在2019年没有任职"):
        assessment.assessment_sheet(town, 2019, _uid(town, "林〇一"))


def test_ties_across_the_last_place_are_listed_for_the_committee(town: Desk) -> None:
    for name in ("林〇四", "林〇七"):
        assessment.save_sheet(town, 2025, _uid(town, name), SheetDraft(FULL, 9500))
    view = assessment.year_view(town, 2025)
    assert view.tied == ("林〇四", "林〇七")
    assert row(town, "林〇四").suggestion.grade is None
