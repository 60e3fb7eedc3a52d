"""年度考核: steps, proposals, the live bar, the cap, the town's paper, the scoring sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from pytestqt.qtbot import QtBot

from daomao_desktop.domain.scheme import Grade, YearState
from daomao_desktop.domain.scoring import Component
from daomao_desktop.services import assessment
from daomao_desktop.services.assessment import ProposalDraft
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.dialogs.form_sheet import FormSheet
from daomao_desktop.ui.dialogs.score_sheet import ScoreSheet
from daomao_desktop.ui.dialogs.year_details import YearDetailsSheet
from daomao_desktop.ui.pages.assessment import AssessmentPage
from daomao_desktop.ui.pages.grade_panel import Stage
from tests.ui.conftest import settle
from tests.ui.kept_forms import reach

DAY = date(2026, 1, 20)


def _page(qtbot: QtBot, context: Context, year: int) -> AssessmentPage:
    made = AssessmentPage(context)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.enter(Place("assessment", year=year))
    settle(qtbot, context.operations)
    return made


def _select(page: AssessmentPage, *rows: int) -> None:
    model = page.pane.table.selectionModel()
    flags = QItemSelectionModel.SelectionFlag
    model.clear()
    for row in rows:
        model.select(page.pane.filter.index(row, 0), flags.Select | flags.Rows)


def test_a_finished_year_shows_its_steps_and_runs(qtbot: QtBot, town_context: Context) -> None:
    page = _page(qtbot, town_context, 2025)
    words = [label.text() for label in page.year_steps._labels.values()]
    assert words[0].startswith("✓ 筹备")
    assert any(text == "● 生效\n1月13日" for text in words)
    assert page.cap.text == "优秀 2 / 上限 2（共 24 人）"
    assert "连续两年不称职 1 人" in page.counts.text()
    run = next(row for row in page.pane.model.rows if row.run)
    page.pane.select(lambda row: row.person_uid == run.person_uid)
    assert "连续两年不称职" in page.panel.facts.text()
    page._on_details()
    sheet = page.window().findChild(YearDetailsSheet)
    assert sheet is not None
    sheet.close()


def test_the_next_step_asks_for_day_and_checklist(qtbot: QtBot, town_context: Context) -> None:
    page = _page(qtbot, town_context, 2026)
    assert page.next.text() == "进入村评…"
    page._on_next()
    sheet = page.window().findChild(FormSheet)
    assert isinstance(sheet, FormSheet)
    sheet._on_save()
    assert sheet.form.rows.error("acknowledged")
    sheet.form.put("acknowledged", True)
    sheet._on_save()
    settle(qtbot, town_context.operations)
    assert assessment.year_view(town_context.desk, 2026).state is YearState.VILLAGE
    assert page.panel._stage is Stage.PROPOSING
    assert page.next.text() == "进入上报…"


def test_the_bar_moves_while_grades_are_chosen(qtbot: QtBot, town_context: Context) -> None:
    reach(town_context.desk, YearState.VILLAGE)
    page = _page(qtbot, town_context, 2026)
    before = page.cap.text
    _select(page, 0, 1, 2)
    page.panel.proposal.put("grade", Grade.EXCELLENT)
    assert page.cap.text != before
    assert "建议优秀 3 / 上限 2" in page.cap.text
    assert "超出 1 人" in page.cap.text
    page.panel.proposal.put("reason", "成绩突出")
    page.save_entry()
    settle(qtbot, town_context.operations)
    rows = assessment.list_assessments(town_context.desk, 2026)
    assert [row.proposal for row in rows[:3]] == [Grade.EXCELLENT] * 3


def test_a_proposal_against_the_suggestion_needs_a_reason(
    qtbot: QtBot, town_context: Context
) -> None:
    reach(town_context.desk, YearState.VILLAGE)
    desk = town_context.desk
    person = assessment.list_assessments(desk, 2026)[0].person_uid
    points = {c: 0 for c in Component if c is not Component.ADJUSTMENT}
    assessment.save_sheet(desk, 2026, person, assessment.SheetDraft(points))
    page = _page(qtbot, town_context, 2026)
    _select(page, 0)
    page.panel.proposal.put("grade", Grade.COMPETENT)
    page.save_entry()
    settle(qtbot, town_context.operations)
    told = page.panel.proposal.rows.error("reason") or page.panel.banner.words.text()
    assert "理由" in told
    assert assessment.list_assessments(desk, 2026)[0].proposal is None


def test_over_the_cap_is_refused_and_leaves_nothing(qtbot: QtBot, town_context: Context) -> None:
    desk = town_context.desk
    reach(town_context.desk, YearState.VILLAGE)
    people = [row.person_uid for row in assessment.list_assessments(desk, 2026)]
    assessment.propose(
        desk, 2026, [ProposalDraft(uid, Grade.COMPETENT, "称职", DAY) for uid in people]
    )
    reach(town_context.desk, YearState.TOWN)
    assessment.decide(
        desk, 2026, [assessment.DecisionDraft(uid, Grade.COMPETENT) for uid in people]
    )
    page = _page(qtbot, town_context, 2026)
    assert page.panel._stage is Stage.DECIDING
    _select(page, 0, 1, 2)
    page.panel.decision.put("grade", Grade.EXCELLENT)
    page.save_entry()
    settle(qtbot, town_context.operations)
    assert "10%" in page.panel.banner.words.text() or "上限" in page.panel.banner.words.text()
    assert page.panel.dirty  # what was chosen is still there
    view = assessment.year_view(desk, 2026)
    assert view.excellent == 0
    page.discard()


def test_the_scoring_sheet_keeps_points_and_evidence(qtbot: QtBot, town_context: Context) -> None:
    desk = town_context.desk
    reach(town_context.desk, YearState.VILLAGE)
    person = assessment.list_assessments(desk, 2026)[0].person_uid
    sheet = ScoreSheet(town_context, 2026, person)
    sheet.open()
    settle(qtbot, town_context.operations)
    sheet.scores.fields[Component.D1].setText("7")
    sheet._on_save()
    settle(qtbot, town_context.operations)
    assert sheet.scores.rows.error("D1")  # the role's maximum is 6
    sheet.scores.fields[Component.D1].setText("5.5")
    sheet.scores.rate.setText("91.25")
    sheet.scores.evidence.words.setText("全年入户宣讲十二次")
    sheet.scores.evidence.add_typed()
    sheet._on_save()
    settle(qtbot, town_context.operations)
    kept = assessment.assessment_sheet(desk, 2026, person)
    assert kept.points[Component.D1] == 550
    assert kept.satisfaction_rate == 9125
    assert [line.text for line in kept.evidence] == ["全年入户宣讲十二次"]


def test_evidence_typed_and_not_added_is_saved(qtbot: QtBot, town_context: Context) -> None:
    desk = town_context.desk
    reach(town_context.desk, YearState.VILLAGE)
    person = assessment.list_assessments(desk, 2026)[0].person_uid
    sheet = ScoreSheet(town_context, 2026, person)
    sheet.open()
    settle(qtbot, town_context.operations)
    sheet.scores.evidence.words.setText("全年入户宣讲十二次")
    qtbot.mouseClick(sheet.save_button, Qt.MouseButton.LeftButton)
    settle(qtbot, town_context.operations)
    kept = assessment.assessment_sheet(desk, 2026, person)
    assert [line.text for line in kept.evidence] == ["全年入户宣讲十二次"]


def test_a_grade_is_corrected_with_its_reason(qtbot: QtBot, town_context: Context) -> None:
    page = _page(qtbot, town_context, 2025)
    row = next(r for r in page.pane.model.rows if r.decision is Grade.COMPETENT)
    page._on_correct(row)
    sheet = page.window().findChild(FormSheet)
    assert isinstance(sheet, FormSheet)
    sheet.form.put("grade", Grade.INCOMPETENT)
    sheet._on_save()
    assert sheet.form.rows.error("reason")
    sheet.form.put("reason", "复核后发现漏记")
    sheet._on_save()
    settle(qtbot, town_context.operations)
    after = next(r for r in page.pane.model.rows if r.person_uid == row.person_uid)
    assert (after.decision, after.corrected_from) == (Grade.INCOMPETENT, Grade.COMPETENT)


def test_the_review_is_sent_back_to_the_villages(qtbot: QtBot, town_context: Context) -> None:
    reach(town_context.desk, YearState.REPORTED)
    page = _page(qtbot, town_context, 2026)
    assert not page.back.isVisible()
    reach(town_context.desk, YearState.TOWN)
    page.refresh()
    settle(qtbot, town_context.operations)
    assert page.back.isVisible()
    page._on_back()
    sheet = page.window().findChild(FormSheet)
    assert isinstance(sheet, FormSheet)
    sheet._on_save()
    settle(qtbot, town_context.operations)
    assert page.view is not None
    assert page.view.state is YearState.VILLAGE
    assert not page.back.isVisible()
    assert page._stage(page.view) is Stage.PROPOSING


def test_a_village_enters_the_towns_paper(qtbot: QtBot, village_context: Context) -> None:
    desk = village_context.desk
    reach(village_context.desk, YearState.VILLAGE)
    people = [row.person_uid for row in assessment.list_assessments(desk, 2026)]
    assessment.propose(
        desk, 2026, [ProposalDraft(uid, Grade.COMPETENT, "称职", DAY) for uid in people]
    )
    reach(village_context.desk, YearState.REPORTED)
    page = _page(qtbot, village_context, 2026)
    assert page.paper.isVisible()
    assert "镇里统筹" in page.cap.text  # a village sees its own people only
    page._on_paper()
    sheet = page.window().findChild(FormSheet)
    assert isinstance(sheet, FormSheet)
    sheet.form.put("number", "大茂党〔2026〕3号")
    sheet.form.put("on", DAY)
    sheet._on_save()
    settle(qtbot, village_context.operations)
    rows = assessment.list_assessments(desk, 2026)
    assert {row.decision for row in rows} == {Grade.COMPETENT}
    assert {row.paper_number for row in rows} == {"大茂党〔2026〕3号"}


@pytest.mark.parametrize("year", [2024, 2025])
def test_a_selection_while_unsaved_does_not_lose_it(
    qtbot: QtBot, town_context: Context, year: int
) -> None:
    reach(town_context.desk, YearState.VILLAGE)
    page = _page(qtbot, town_context, 2026)
    _select(page, 0)
    page.panel.proposal.put("grade", Grade.COMPETENT)
    _select(page, 4)
    assert "还没有保存" in page.panel.banner.words.text()
    assert page.panel.proposal.grade.value() is Grade.COMPETENT
    assert page.unsaved()
    page.discard()
    page.enter(Place("assessment", year=year))
    settle(qtbot, town_context.operations)
    assert page.view is not None
    assert page.view.year == year


def test_what_is_proposed_is_counted_until_it_is_decided(
    qtbot: QtBot, village_context: Context
) -> None:
    page = AssessmentPage(village_context)
    qtbot.addWidget(page)
    page.show()
    page.enter(Place("assessment", year=2025))
    settle(qtbot, village_context.operations)
    assert page.view is not None
    view = replace(page.view, grades={}, missing=(), runs=(), deductions=())
    rows = page.pane.model.rows
    some = [replace(row, proposal=Grade.COMPETENT) for row in rows[:3]]
    rest = [replace(row, proposal=None) for row in rows[3:]]
    page._show_view(view, [*some, *rest])
    assert page.counts.text() == "建议称职 3"
    page._show_view(view, rest)
    assert page.counts.text() == f"{len(rest)} 人待定等次"
