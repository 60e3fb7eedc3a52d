"""What has to be filled in is marked so, in every form: the star and the check never disagree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from daomao_desktop.domain.accounts import OperatorRole
from daomao_desktop.domain.conduct import FindingDraft
from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.duties import DutyDraft
from daomao_desktop.domain.fonts import Face
from daomao_desktop.domain.freeform import FreeformDraft, Organ, check_freeform
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.notice_settings import NoticeSettings
from daomao_desktop.domain.roster import LeaderDraft
from daomao_desktop.domain.scheme import (
    BottomLine,
    Edition,
    Grade,
    HowChosen,
    PoliticalStatus,
    Role,
    Sex,
    Side,
    YearState,
)
from daomao_desktop.domain.scheme_settings import SchemeSettings
from daomao_desktop.domain.scoring import Component
from daomao_desktop.services.accounts import OperatorDraft
from daomao_desktop.services.assessment import SheetDraft
from daomao_desktop.services.freeform import IssuingOrgan
from daomao_desktop.services.roster import TownDraft, VillageDraft, VillageRow
from daomao_desktop.ui.dialogs.passwords import PasswordDraft, PasswordForm
from daomao_desktop.ui.dialogs.starting_number import StartDraft, StartForm
from daomao_desktop.ui.forms.base import Form
from daomao_desktop.ui.forms.delivery import Delivery, DeliveryForm, ReasonForm
from daomao_desktop.ui.forms.duty import DutyForm, ManyDuties, ManyDutiesForm
from daomao_desktop.ui.forms.finding import FindingForm
from daomao_desktop.ui.forms.fonts import FacesForm
from daomao_desktop.ui.forms.freeform import FreeformForm
from daomao_desktop.ui.forms.grading import (
    CorrectionForm,
    DecisionForm,
    GradeDraft,
    PaperDraft,
    PaperForm,
    ProposalForm,
    StepDraft,
    StepForm,
)
from daomao_desktop.ui.forms.leader import LeaderForm
from daomao_desktop.ui.forms.notice_settings import NoticeSettingsForm
from daomao_desktop.ui.forms.office import (
    FirstOperatorDraft,
    FirstOperatorForm,
    PlaceDraft,
    PlaceForm,
)
from daomao_desktop.ui.forms.operator import NewOperator, OperatorForm
from daomao_desktop.ui.forms.scheme import SchemeForm
from daomao_desktop.ui.forms.scores import ScoreForm
from daomao_desktop.ui.forms.village import TownForm, VillageForm
from daomao_desktop.ui.pages import roster_steps
from daomao_desktop.ui.theme import Appearance
from daomao_desktop.ui.widgets.fields import TextArea
from daomao_desktop.ui.widgets.people import PeopleList, Someone

TODAY = date(2026, 1, 20)
PEOPLE = (Someone("1", "王顺", "wang shun", "ws", "第1村民小组"),)
VILLAGE = VillageRow(
    "v", "联光村", "支部", "村委会", "联光党支", "联光村委", False, None, 1, 0, 0, True
)
PASSWORD = "correct horse 42"
GRADE = GradeDraft(Grade.COMPETENT, "按村里的建议", TODAY, 9000)


def today() -> date:
    return TODAY


def _leader() -> LeaderForm:
    form = LeaderForm(today=today, town=True, on_reveal=lambda _name: None)
    form.set_places([VILLAGE], [])
    form.load(
        LeaderDraft(
            village_uid="v",
            group="第3村民小组",
            name="王龚",
            sex=Sex.MALE,
            ethnicity="汉族",
            birth=PartialDate(1987, 8),
            id_number="460006************",
            political_status=PoliticalStatus.MASSES,
            education="初中",
            started=PartialDate(2021, 6, 20),
            phone="138****1234",
            subsidy=Money(50000),
            remark="无",
            address="村口",
            how_chosen=next(iter(HowChosen)),
            meeting_on=TODAY,
            branch_decided_on=TODAY,
        )
    )
    return form


def _duty() -> DutyForm:
    form = DutyForm(today)
    form.person.set_people(PEOPLE)
    form.load(DutyDraft("1", "", Role.MEDIATION, TODAY, "调解", "村口", "已化解", "无"))
    return form


def _many() -> ManyDutiesForm:
    form = ManyDutiesForm(today, PEOPLE)
    form.load(ManyDuties(DutyDraft("", "", Role.CONVENER, TODAY, "开会", "村口", "好", "无"), ()))
    form.people.set_ticked(["1"])
    return form


def _finding() -> FindingForm:
    form = FindingForm(today)
    form.person.set_people(PEOPLE)
    one = BottomLine.DILIGENCE
    form.load(FindingDraft("1", "g", one, Side.MUST_NOT, TODAY, "脱岗三天", "群众", True, True))
    return form


def _loaded(form: Form[Any], draft: object) -> Form[Any]:
    form.load(draft)
    return form


def _freeform() -> FreeformForm:
    form = FreeformForm()
    form.offer(
        [IssuingOrgan(Organ.TOWN_COMMITTEE, None, "镇党委", ("中共万宁市大茂镇委员会",), "大茂党")]
    )
    form.load(
        FreeformDraft(
            organ=Organ.TOWN_COMMITTEE,
            title="关于召开会议的通知",
            addressee="各村党支部",
            body=("现将有关事项通知如下：",),
            attachments=("名单",),
            dated=TODAY,
            signer="张海",
            note="联系人：张海",
            copies_to="镇纪委",
            printed_by="党政办",
        )
    )
    return form


def _moving() -> roster_steps.StepForm:
    form = roster_steps.StepForm(
        choice=("调到", [("g", "第2村民小组")]), on="到任日期", reason="因"
    )
    form.load(roster_steps.StepDraft("g", TODAY, "年龄"))
    return form


def _operator() -> OperatorForm:
    form = OperatorForm(Edition.TOWN)
    draft = OperatorDraft("张海", "镇经办", OperatorRole.TOWN_CLERK, PASSWORD)
    form.load(NewOperator(draft, "", ""))
    form.put("again", PASSWORD)
    form.put("own_password", PASSWORD)
    return form


def _paper() -> PaperForm:
    form = PaperForm([("1", "王顺", Grade.COMPETENT), ("2", "陈海", Grade.EXCELLENT)])
    form.load(PaperDraft("大茂党〔2026〕3号", TODAY, ()))
    return form


PLACE = PlaceDraft(Edition.VILLAGE, "大茂镇", "联光村")
RIGHT: dict[str, Callable[[], Form[Any]]] = {
    "leader": _leader,
    "duty": _duty,
    "many duties": _many,
    "finding": _finding,
    "freeform": _freeform,
    "moving": _moving,
    "operator": _operator,
    "paper": _paper,
    "place": lambda: _loaded(PlaceForm(), PLACE),
    "first operator": lambda: _loaded(
        FirstOperatorForm(), FirstOperatorDraft("张海", "文书", PASSWORD, PASSWORD)
    ),
    "scheme": lambda: _loaded(SchemeForm(), SchemeSettings()),
    "notice settings": lambda: _loaded(NoticeSettingsForm(Edition.TOWN), NoticeSettings()),
    "faces": lambda: _loaded(FacesForm(lambda: None), dict.fromkeys(Face, None)),
    "village": lambda: _loaded(
        VillageForm(), VillageDraft("联光村", "支部", "村委", "联光党支", "联光村委", "张海")
    ),
    "town": lambda: _loaded(
        TownForm(), TownDraft("党委", "政府", "纪委", "大茂党", "0898-65822000")
    ),
    "proposal": lambda: _loaded(ProposalForm(), GRADE),
    "decision": lambda: _loaded(DecisionForm(), GRADE),
    "correction": lambda: _loaded(CorrectionForm(), GRADE),
    "scores": lambda: _loaded(ScoreForm(), SheetDraft({Component.D1: 500}, 9000)),
    "step": lambda: _loaded(
        StepForm(YearState.VILLAGE, ["没有满意度"]), StepDraft(YearState.VILLAGE, TODAY, True)
    ),
    "reason": lambda: _loaded(ReasonForm("作废理由"), "文号错了"),
    "delivery": lambda: _loaded(DeliveryForm(), Delivery(TODAY, "本人签收")),
    "posting": lambda: _loaded(DeliveryForm(posted=True), Delivery(TODAY, "公示栏")),
    "password": lambda: _loaded(
        PasswordForm(by_code=False), PasswordDraft("old", PASSWORD, PASSWORD)
    ),
    "recovery": lambda: _loaded(
        PasswordForm(by_code=True), PasswordDraft("ABCD", PASSWORD, PASSWORD)
    ),
    "starting number": lambda: _loaded(StartForm(["大茂党"]), StartDraft("大茂党", 2026, 5)),
}


def _kinds(kind: type[Form[Any]] = Form) -> Iterator[type[Form[Any]]]:
    for one in kind.__subclasses__():
        if one.__module__.startswith("daomao_desktop."):
            yield one
        yield from _kinds(one)


def _emptied(field: QWidget) -> bool:
    """Empties it; False where it always holds something."""
    if isinstance(field, QLineEdit):
        field.clear()
        field.textEdited.emit("")  # as the key does
    elif isinstance(field, TextArea):
        field.set_text("")
    elif isinstance(field, PeopleList):
        field.set_ticked(())
    elif isinstance(field, QCheckBox):
        field.setChecked(False)
    elif isinstance(field, QComboBox) and field.isEditable():
        field.setCurrentText("")
    elif isinstance(field, QComboBox) and field.findData(None) >= 0:
        field.setCurrentIndex(field.findData(None))
    else:
        return False
    return True


def _refused(form: Form[Any]) -> set[str]:
    draft, problems = form.look()
    if isinstance(draft, FreeformDraft):
        problems += check_freeform(draft, TODAY)  # the service says it, not the form
    return {problem.field for problem in problems}


def test_every_form_is_among_them(qtbot: QtBot, appearance: Appearance) -> None:
    made = [build() for build in RIGHT.values()]
    for form in made:
        qtbot.addWidget(form)
    assert {type(form) for form in made} >= set(_kinds())


@pytest.mark.parametrize("name", RIGHT)
def test_what_may_not_be_empty_is_marked_and_nothing_else(
    qtbot: QtBot, appearance: Appearance, name: str
) -> None:
    form = RIGHT[name]()
    qtbot.addWidget(form)
    assert _refused(form) == set(), "what the test begins with is right"
    for field in form.rows.names:
        form = RIGHT[name]()
        qtbot.addWidget(form)
        if _emptied(form.rows.field(field)):
            assert (field in _refused(form)) == (field in form.rows.required), field
