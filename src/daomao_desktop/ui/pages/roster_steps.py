"""Steps taken with one leader: move, end, join; the person's page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from daomao_desktop.domain.scheme import EndReason
from daomao_desktop.errors import FieldProblem
from daomao_desktop.services import roster
from daomao_desktop.services.desk import Changes
from daomao_desktop.services.roster import GroupRow, LeaderRow
from daomao_desktop.services.unsaved import Slot
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.form_sheet import FormSheet
from daomao_desktop.ui.dialogs.person import PersonSheet
from daomao_desktop.ui.forms.base import Form
from daomao_desktop.ui.forms.leader import LeaderForm, PrivateField
from daomao_desktop.ui.widgets.choices import ChoiceBox
from daomao_desktop.ui.widgets.fields import DateField, TextArea

Step = Callable[[QWidget, Context, LeaderRow, Sequence[LeaderRow], Sequence[GroupRow]], None]


@dataclass(frozen=True, slots=True)
class StepDraft:
    """A day, a choice and a reason; each step needs some of them."""

    choice: object = None
    on: date | None = None
    reason: str = ""


class StepForm(Form[StepDraft]):
    """A small form of the fields a step needs; ``wanted`` says which, with the sentence asking."""

    def __init__(
        self,
        *,
        choice: tuple[str, Sequence[tuple[object, str]]] | None = None,
        on: str = "",
        reason: str = "",
    ) -> None:
        super().__init__()
        if choice is not None:
            box = ChoiceBox()
            box.set_choices(choice[1], "请选择")
            self.rows.add("choice", choice[0], box, required=True)
        if on:
            self.rows.add("on", on, DateField(), required=True)
        if reason:
            self.rows.add("reason", reason, TextArea(2), required=True)
        self.watch()

    def draft(self) -> StepDraft:
        names = self.rows.names
        return StepDraft(
            choice=self.choice("choice") if "choice" in names else None,
            on=self.day("on") if "on" in names else None,
            reason=self.text("reason") if "reason" in names else "",
        )

    def fill(self, draft: StepDraft) -> None:
        for name in self.rows.names:
            self.put(name, getattr(draft, name))

    def problems(self, draft: StepDraft) -> Sequence[FieldProblem]:
        sentences = {"choice": "请选择。", "on": "请填写日期。", "reason": "请写明原因。"}
        return [
            FieldProblem(name, sentences[name])
            for name in self.rows.names
            if not getattr(draft, name)
        ]


def move(
    page: QWidget,
    context: Context,
    row: LeaderRow,
    _rows: Sequence[LeaderRow],
    groups: Sequence[GroupRow],
) -> None:
    """To another group: the old appointment ends the day before."""
    choices = [
        (g.uid, f"{g.village} {g.name}" + (f"（现任 {g.leader}）" if g.leader else ""))
        for g in groups
        if g.writable and g.uid != row.group_uid
    ]
    form = StepForm(choice=("调到", choices), on="到任日期")
    form.load(StepDraft(on=context.desk.today()))
    desk = context.desk
    FormSheet(
        f"{row.name}：调到别的组",
        form,
        context,
        lambda d: roster.move_leader(desk, row.person_uid, str(d.choice), _day(d)),
        Slot("roster", "move", row.person_uid),
        note="原来的任职到前一天为止，经历、补贴和考核都保留。",
        parent=page.window(),
    ).open()


def end(
    page: QWidget,
    context: Context,
    row: LeaderRow,
    _rows: Sequence[LeaderRow],
    _groups: Sequence[GroupRow],
) -> None:
    """The last day in post and why; the program records, it does not dismiss (P2)."""
    form = StepForm(choice=("原因", [(r, r.value) for r in EndReason]), on="最后在任日")
    form.load(StepDraft(on=context.desk.today()))
    desk = context.desk

    def keep(draft: StepDraft) -> Changes:
        assert isinstance(draft.choice, EndReason)
        return roster.end_appointment(desk, row.person_uid, _day(draft), draft.choice)

    FormSheet(
        f"{row.name}：登记卸任",
        form,
        context,
        keep,
        Slot("roster", "end", row.person_uid),
        note="按程序产生的结果在这里登记；卸任后仍可在“已卸任”里查到。",
        parent=page.window(),
    ).open()


def join(
    page: QWidget,
    context: Context,
    row: LeaderRow,
    rows: Sequence[LeaderRow],
    _groups: Sequence[GroupRow],
) -> None:
    """Two records of one person; reversible from the person's page."""
    desk = context.desk

    def offer(former: tuple[LeaderRow, ...]) -> None:
        known = {r.person_uid: r for r in (*rows, *former)}
        same = sorted(
            (r for r in known.values() if r.person_uid != row.person_uid),
            key=lambda r: (r.name != row.name, r.pinyin),
        )
        choices = [(r.person_uid, f"{r.name}（{r.village}{r.group}）") for r in same]
        form = StepForm(choice=("另一条", choices), reason="依据")
        FormSheet(
            f"{row.name}：合并同一人的两条记录",
            form,
            context,
            lambda d: roster.join_persons(desk, row.person_uid, str(d.choice), d.reason),
            Slot("roster", "join", row.person_uid),
            note="合并后任职、记录和考核算作一个人的；在档案里可以随时分开。",
            parent=page.window(),
        ).open()

    context.operations.query(lambda: roster.list_leaders(desk, former=True), offer, owner=page)


KEPT: Mapping[str, Step] = {"move": move, "end": end, "join": join}  # by the name of their form


def person_page(page: QWidget, context: Context, person_uid: str) -> None:
    """Appointments, timeline and grades of one person."""
    PersonSheet(context, person_uid, parent=page.window()).open()


def _day(draft: StepDraft) -> date:
    assert draft.on is not None  # the form asked for it
    return draft.on


def reveal(context: Context, form: LeaderForm, person_uid: str, field: PrivateField) -> None:
    """Shows an ID number or a phone in clear; the service writes that it was looked at."""
    desk = context.desk
    context.operations.query(
        lambda: roster.reveal(desk, person_uid, field),
        lambda value: form.show_private(field, value),
        owner=form,
    )
