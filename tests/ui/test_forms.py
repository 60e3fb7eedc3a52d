"""Forms: load, check, save, and errors beside the fields."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from daomao_desktop.domain.conduct import FindingDraft
from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.duties import DutyDraft
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.roster import LeaderDraft
from daomao_desktop.domain.scheme import BottomLine, Grade, Role, Sex, Side, YearState
from daomao_desktop.domain.scheme_settings import SETTING_LABELS, SchemeSettings
from daomao_desktop.errors import FieldProblem, InvalidInput, Refused
from daomao_desktop.services.roster import VillageRow
from daomao_desktop.ui.forms.base import Form
from daomao_desktop.ui.forms.duty import DutyForm, ManyDuties, ManyDutiesForm, RoleField
from daomao_desktop.ui.forms.finding import FindingForm
from daomao_desktop.ui.forms.grading import PaperDraft, PaperForm, StepDraft, StepForm
from daomao_desktop.ui.forms.leader import LeaderForm
from daomao_desktop.ui.forms.scheme import SchemeForm
from daomao_desktop.ui.theme import Appearance
from daomao_desktop.ui.widgets.fields import DateField
from daomao_desktop.ui.widgets.people import Someone

TODAY = date(2026, 1, 20)
VILLAGE = VillageRow(
    "v", "联光村", "支部", "村委会", "联光党支", "联光村委", False, None, 1, 0, 0, True
)
LEADER = LeaderDraft(
    village_uid="v",
    group="第3村民小组",
    name="王龚",
    sex=Sex.MALE,
    ethnicity="汉族",
    birth=PartialDate(1987, 8),
    id_number="460006************",
    started=PartialDate(2021, 6, 20),
    phone="138****1234",
    subsidy=Money(50000),
    remark="无",
)
PEOPLE = (Someone("1", "王顺", "wang shun", "ws", "第1村民小组"),)


@pytest.fixture(autouse=True)
def _look(appearance: Appearance) -> None:
    """Every form is laid out in the program's own look."""


def today() -> date:
    return TODAY


def _leader_form(qtbot: QtBot, revealed: list[str] | None = None) -> LeaderForm:
    asked = [] if revealed is None else revealed
    form = LeaderForm(today=today, town=True, on_reveal=asked.append)
    qtbot.addWidget(form)
    form.set_places([VILLAGE], [])
    form.show()
    return form


def _labels_without_buddy(form: QWidget) -> list[str]:
    return [
        label.text()
        for label in form.findChildren(QLabel)
        if label.text() and label.property("role") is None and label.buddy() is None
    ]


def test_a_leader_comes_out_as_it_went_in(qtbot: QtBot) -> None:
    form = _leader_form(qtbot)
    form.load(LEADER)
    assert not form.dirty
    assert form.check() == LEADER


def test_errors_stand_below_their_fields(qtbot: QtBot) -> None:
    form = _leader_form(qtbot)
    form.load(LEADER)
    form.put("name", "")
    field = form.rows.field("birth")
    assert isinstance(field, QLineEdit)
    field.setText("1988.13")
    kept: list[LeaderDraft] = []
    assert not form.save(kept.append)
    assert not kept
    assert form.rows.error("name")
    assert "1988.13" in form.rows.error("birth")
    assert form.rows.error("phone") == ""
    assert form.focusWidget() is form.rows.field("name")  # the first in reading order
    assert form.rows.field("name").accessibleDescription() == form.rows.error("name")
    form.load(LEADER)
    assert form.rows.error("name") == ""


def test_the_example_of_a_date_is_of_its_time(qtbot: QtBot) -> None:
    form = _leader_form(qtbot)
    birth, started = form.rows.field("birth"), form.rows.field("started")
    assert isinstance(birth, DateField)
    assert isinstance(started, DateField)
    assert "1987年" in birth.placeholderText()
    assert "2021年" in started.placeholderText()
    started.setText("去年")
    with pytest.raises(ValueError, match=r"2021\.6 或 2021年6月20日"):
        started.partial()


def test_a_services_error_finds_its_field(qtbot: QtBot) -> None:
    form = _leader_form(qtbot)
    form.load(LEADER)
    placed = form.show_error(InvalidInput((FieldProblem("id_number", "已登记在别人名下。"),)))
    assert placed
    assert form.rows.error("id_number") == "已登记在别人名下。"
    assert not form.show_error(InvalidInput((FieldProblem("nowhere", "别处的错。"),)))
    assert not form.show_error(Refused("不行。"))


def test_the_first_change_makes_it_dirty(qtbot: QtBot) -> None:
    form = _leader_form(qtbot)
    form.load(LEADER)
    changes: list[bool] = []
    form.edited.connect(lambda: changes.append(True))
    QTest.keyClicks(form.rows.field("address"), "12")
    assert form.dirty
    assert changes == [True]
    form.saved()
    assert not form.dirty


def test_private_values_show_by_a_click(qtbot: QtBot) -> None:
    asked: list[str] = []
    form = _leader_form(qtbot, asked)
    form.load(LEADER)
    show = form.reveal_buttons["phone"]
    qtbot.mouseClick(show, Qt.MouseButton.LeftButton)
    assert asked == ["phone"]
    form.show_private("phone", "13812341234")
    assert form.draft().phone == "13812341234"
    assert not form.dirty  # looking is not changing


def test_every_label_leads_to_its_field(qtbot: QtBot) -> None:
    forms: Sequence[Form[object]] = (  # type: ignore[assignment]
        _leader_form(qtbot),
        DutyForm(today),
        FindingForm(today),
        SchemeForm(),
    )
    for form in forms:
        qtbot.addWidget(form)
        assert _labels_without_buddy(form) == []
        for name in form.rows.names:
            assert form.rows.field(name).accessibleName() or name == "acknowledged"


def test_tab_goes_in_reading_order(qtbot: QtBot) -> None:
    form = _leader_form(qtbot)
    form.rows.field("group").setFocus()
    order = []
    for _ in range(4):
        QTest.keyClick(form.focusWidget(), Qt.Key.Key_Tab)
        widget = form.focusWidget()
        order.append(widget.objectName() if widget else "")
    assert order == ["name", "sex", "ethnicity", "birth"]


def test_a_digit_takes_a_role(qtbot: QtBot) -> None:
    field = RoleField()
    qtbot.addWidget(field)
    field.show()
    QTest.keyClick(field, Qt.Key.Key_5)
    assert field.value() is Role.CONVENER
    QTest.keyClick(field, Qt.Key.Key_9)
    assert field.value() is Role.CONVENER


def test_a_duty_keeps_its_group_unless_the_person_changes(qtbot: QtBot) -> None:
    form = DutyForm(today)
    qtbot.addWidget(form)
    form.person.set_people((*PEOPLE, Someone("2", "陈海", "chen hai", "ch", "第2村民小组")))
    draft = DutyDraft("1", "g1", Role.MEDIATION, TODAY, "调解纠纷", "村委会", "已化解", None)
    form.load(draft)
    assert form.check() == draft
    form.person.set_uid("2")
    changed = form.check()
    assert changed is not None
    assert (changed.person_uid, changed.group_uid) == ("2", "")


def test_a_duty_in_the_future_is_refused_beside_the_field(qtbot: QtBot) -> None:
    form = DutyForm(today)
    qtbot.addWidget(form)
    form.person.set_people(PEOPLE)
    form.load(DutyDraft("1", "", Role.OPINION, date(2026, 2, 1), ""))
    assert form.check() is None
    assert form.rows.error("on")
    assert form.rows.error("content")


def test_many_need_at_least_one(qtbot: QtBot) -> None:
    form = ManyDutiesForm(today, PEOPLE)
    qtbot.addWidget(form)
    form.load(ManyDuties(DutyDraft("", "", Role.CONVENER, TODAY, "开会"), ()))
    assert form.check() is None
    assert form.rows.error("person_uid")
    form.people._tick(True)
    done = form.check()
    assert done is not None
    assert done.persons == ("1",)


def test_a_finding_shows_the_clause_in_full(qtbot: QtBot) -> None:
    form = FindingForm(today)
    qtbot.addWidget(form)
    form.person.set_people(PEOPLE)
    draft = FindingDraft(
        "1", "g", BottomLine.DILIGENCE, Side.MUST_NOT, TODAY, "脱岗三天", None, True
    )
    form.load(draft)
    assert "不准脱岗离责" in form.wording.text()
    assert form.check() == draft


def test_a_step_asks_for_its_checklist(qtbot: QtBot) -> None:
    form = StepForm(YearState.VILLAGE, ["联光村没有满意度"])
    qtbot.addWidget(form)
    form.load(StepDraft(YearState.VILLAGE, TODAY))
    assert form.check() is None
    assert form.rows.error("acknowledged")
    form.put("acknowledged", True)
    assert form.check() == StepDraft(YearState.VILLAGE, TODAY, True)
    bare = StepForm(YearState.VILLAGE, [])
    qtbot.addWidget(bare)
    bare.load(StepDraft(YearState.VILLAGE, TODAY))
    assert bare.check() == StepDraft(YearState.VILLAGE, TODAY, False)


def test_the_towns_paper_needs_number_and_date(qtbot: QtBot) -> None:
    form = PaperForm([("1", "王顺", Grade.COMPETENT), ("2", "陈海", None)])
    qtbot.addWidget(form)
    form.load(PaperDraft("", None, ()))
    assert form.check() is None
    assert form.rows.error("number")
    assert form.rows.error("on")
    form.load(PaperDraft("大茂党15号", TODAY, ()))
    assert form.check() is None
    assert "不是完整的发文字号" in form.rows.error("number")
    form.load(PaperDraft("大茂党〔2026〕3号", TODAY, ()))
    done = form.check()
    assert done is not None
    assert done.grades == (("1", Grade.COMPETENT),)


def test_the_settings_come_out_as_they_went_in(qtbot: QtBot) -> None:
    form = SchemeForm()
    qtbot.addWidget(form)
    settings = SchemeSettings(
        weight_tasks=25, weight_satisfaction=25, excellent_from=9250, overdue_loss=150
    )
    form.load(settings)
    hidden = set(SETTING_LABELS) - set(form.rows.names)
    assert "overdue_loss" in hidden, "tasks have no page yet: nothing to set for them"
    assert {"village_share", "notice_days", "minimum_months"} <= set(form.rows.names)
    assert form.check() == settings
    form.put("weight_tasks", 30)
    assert form.check() is None
    assert "100" in form.rows.error("weight_roles")
    form.set_defaults()
    assert form.dirty
    assert form.check() == SchemeSettings()


def test_what_the_scheme_leaves_open_says_so(qtbot: QtBot) -> None:
    form = SchemeForm()
    qtbot.addWidget(form)
    hints = [label.text() for label in form.findChildren(QLabel)]
    assert "方案未规定，可调整" in hints
    assert not form.rows.field("deduction_percent").isEnabled()
