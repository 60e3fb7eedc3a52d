"""The bar of 优秀 against its cap: at every moment what is saved, plus what is chosen unsaved."""

from __future__ import annotations

import random
from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from daomao_desktop.domain.scheme import Grade, YearState
from daomao_desktop.services import assessment
from daomao_desktop.services.assessment import DecisionDraft, ProposalDraft
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.dialogs.base import Sheet
from daomao_desktop.ui.forms.grading import DecisionForm, ProposalForm
from daomao_desktop.ui.pages.assessment import AssessmentPage
from tests.ui.conftest import settle
from tests.ui.kept_forms import reach

DAY = date(2026, 1, 20)
GRADES = (None, Grade.EXCELLENT, Grade.COMPETENT, Grade.INCOMPETENT, Grade.UNGRADED)


class Grading:
    """The page in front of a clerk: real clicks and keys, and what the bar ought to say."""

    def __init__(self, qtbot: QtBot, context: Context, year: int = 2026) -> None:
        self.qtbot, self.context, self.year = qtbot, context, year
        self.page = AssessmentPage(context)
        qtbot.addWidget(self.page)
        self.page.resize(1250, 760)
        self.page.show()
        self.page.enter(Place("assessment", year=year))
        self.settle()
        self.chosen: dict[str, Grade] = {}

    def settle(self) -> None:
        settle(self.qtbot, self.context.operations)

    @property
    def form(self) -> ProposalForm | DecisionForm:
        form = self.page.panel._form
        assert form is not None
        return form

    def click(self, *numbers: int) -> None:
        table = self.page.pane.table
        for place, number in enumerate(numbers):
            index = self.page.pane.filter.index(number, 1)
            table.scrollTo(index)
            modifier = Qt.KeyboardModifier.ControlModifier if place else Qt.KeyboardModifier(0)
            QTest.mouseClick(
                table.viewport(),
                Qt.MouseButton.LeftButton,
                modifier,
                table.visualRect(index).center(),
            )

    def choose(self, grade: Grade | None) -> None:
        """By the arrow keys, as the wheel would not."""
        box = self.form.grade
        box.setFocus()
        wanted = GRADES.index(grade)
        while box.currentIndex() != wanted:
            down = box.currentIndex() < wanted
            QTest.keyClick(box, Qt.Key.Key_Down if down else Qt.Key.Key_Up)
        held = [row.person_uid for row in self.page.panel._rows]
        self.chosen = dict.fromkeys(held, grade) if grade and self.form.dirty else {}

    def save(self) -> None:
        if isinstance(self.form, ProposalForm):
            self.form.put("reason", "支委会研究")
        self.qtbot.mouseClick(self.page.panel.save, Qt.MouseButton.LeftButton)
        self.settle()
        if not self.page.panel.dirty:
            self.chosen = {}

    def put_away(self) -> None:
        """收起, and 不保存 where it asks."""
        self.qtbot.mouseClick(self.page.panel.close_button, Qt.MouseButton.LeftButton)
        for asked in self.page.window().findChildren(Sheet):
            (drop,) = (b for b in asked.findChildren(QPushButton) if b.text() == "不保存")
            self.qtbot.mouseClick(drop, Qt.MouseButton.LeftButton)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.chosen = {}

    def search(self, text: str) -> None:
        self.page.search.setText(text)
        self.page._on_search(text)

    @property
    def wanted(self) -> str:
        """From the store alone, and the choice made here."""
        desk = self.context.desk
        state = assessment.year_view(desk, self.year).state
        proposing = state is YearState.VILLAGE
        excellent = assessed = 0
        for row in assessment.list_assessments(desk, self.year):
            grade = self.chosen.get(row.person_uid, row.proposal if proposing else row.decision)
            excellent += grade is Grade.EXCELLENT
            assessed += (not row.too_short) if grade is None else grade is not Grade.UNGRADED
        what = "建议优秀" if proposing else "优秀"
        if desk.edition.value == "村":
            return f"{what} {excellent} 人（共 {assessed} 人，名额由镇里统筹）"
        cap = assessed // 10
        over = f"　超出 {excellent - cap} 人" if excellent > cap else ""
        return f"{what} {excellent} / 上限 {cap}（共 {assessed} 人）{over}"

    def compare(self) -> None:
        assert self.page.cap.text == self.wanted


@pytest.fixture(params=["town_context", "village_context"])
def context(request: pytest.FixtureRequest) -> Context:
    found: Context = request.getfixturevalue(request.param)
    reach(found.desk, YearState.VILLAGE)
    return found


def test_the_bar_after_saving_is_what_was_saved(qtbot: QtBot, context: Context) -> None:
    desk = Grading(qtbot, context)
    desk.compare()
    desk.click(0, 1, 2)
    desk.choose(Grade.EXCELLENT)
    desk.compare()
    desk.save()
    assert not desk.chosen
    desk.compare()
    assert "建议优秀 3" in desk.page.cap.text
    desk.click(1)
    desk.choose(Grade.COMPETENT)
    desk.compare()
    desk.save()
    desk.compare()
    assert "建议优秀 2" in desk.page.cap.text


def test_the_bar_after_a_choice_is_taken_back(qtbot: QtBot, context: Context) -> None:
    desk = Grading(qtbot, context)
    desk.click(0, 1)
    desk.choose(Grade.EXCELLENT)
    desk.choose(None)
    desk.compare()
    desk.choose(Grade.EXCELLENT)
    desk.click(4)  # told to save first: the choice stays
    desk.compare()
    desk.put_away()
    desk.compare()
    assert "建议优秀 0" in desk.page.cap.text


def test_the_bar_counts_those_whom_the_search_hides(qtbot: QtBot, context: Context) -> None:
    desk = Grading(qtbot, context)
    desk.click(0, 1, 2)
    desk.choose(Grade.EXCELLENT)
    desk.save()
    desk.search(desk.page.pane.model.rows[5].name)
    desk.compare()
    desk.click(0)
    desk.choose(Grade.EXCELLENT)
    desk.compare()
    desk.save()
    desk.compare()
    desk.search("")
    desk.compare()
    assert "建议优秀 4" in desk.page.cap.text


def test_the_bar_while_the_town_decides(qtbot: QtBot, town_context: Context) -> None:
    desk = town_context.desk
    reach(town_context.desk, YearState.VILLAGE)
    people = [row.person_uid for row in assessment.list_assessments(desk, 2026)]
    assessment.propose(
        desk, 2026, [ProposalDraft(uid, Grade.COMPETENT, "称职", DAY) for uid in people]
    )
    reach(town_context.desk, YearState.TOWN)
    at_page = Grading(qtbot, town_context)
    at_page.compare()
    at_page.click(0, 1, 2, 3)
    at_page.choose(Grade.COMPETENT)
    at_page.compare()
    at_page.save()
    at_page.compare()
    assessment.decide(desk, 2026, [DecisionDraft(uid, Grade.COMPETENT) for uid in people])
    at_page.page.refresh()
    at_page.settle()
    at_page.compare()
    at_page.click(0, 1, 2)
    at_page.choose(Grade.EXCELLENT)
    at_page.compare()
    at_page.save()  # over the cap: refused, what was chosen is still there
    assert at_page.page.panel.dirty
    at_page.compare()
    at_page.put_away()
    at_page.compare()


@pytest.mark.parametrize("seed", range(4))
def test_the_bar_through_a_random_session(qtbot: QtBot, context: Context, seed: int) -> None:
    chance = random.Random(seed)
    desk = Grading(qtbot, context)
    for _ in range(25):
        step = chance.choice(["click", "click", "choose", "choose", "save", "away", "search"])
        shown = desk.page.pane.filter.rowCount()
        open_ = not desk.page.panel.isHidden()
        if step == "click" and shown:
            desk.click(*chance.sample(range(shown), k=min(shown, chance.randint(1, 3))))
        elif step == "choose" and open_:
            desk.choose(chance.choice(GRADES))
        elif step == "save" and open_:
            desk.save()
        elif step == "away" and open_:
            desk.put_away()
        elif step == "search":
            desk.search(
                chance.choice(["", "", "村", chance.choice(desk.page.pane.model.rows).name])
            )
        desk.compare()
