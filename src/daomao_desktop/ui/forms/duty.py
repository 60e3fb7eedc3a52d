"""Forms of a duty record, for one leader or for many at one event."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from daomao_desktop.domain.duties import DutyDraft, check_duty
from daomao_desktop.domain.scheme import Role
from daomao_desktop.errors import FieldProblem
from daomao_desktop.ui.forms.base import Form
from daomao_desktop.ui.widgets.choices import ChoiceBox
from daomao_desktop.ui.widgets.fields import DateField, TextArea
from daomao_desktop.ui.widgets.people import PeopleList, PersonField, Someone


class RoleField(ChoiceBox):
    """The six roles; a key 1–6 takes one and goes on to the next field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_choices(
            [(role, f"{number} {role.value}") for number, role in enumerate(Role, start=1)],
            "按 1–6 选职责",
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = role_key(event)
        if number is not None:
            self.setCurrentIndex(number)
            self.focusNextChild()
            return
        super().keyPressEvent(event)


def role_key(event: QKeyEvent) -> int | None:
    """1 to 6 for a bare digit key of that number, on either block of digits."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    number = event.key() - int(Qt.Key.Key_0)
    plain = modifiers == Qt.KeyboardModifier.NoModifier
    return number if plain and 1 <= number <= len(Role) else None


class DutyForm(Form[DutyDraft]):
    """One record. The group is the one led on that day: the service finds it."""

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._group = ""
        self._person_then = ""
        add_event_rows(self, before=self._add_person)
        self.watch()

    def _add_person(self) -> None:
        self.person = PersonField()
        self.rows.add("person_uid", "小组长", self.person, required=True)

    def draft(self) -> DutyDraft:
        person = self.person.uid()
        group = self._group if person == self._person_then else ""
        return replace(event_draft(self), person_uid=person, group_uid=group)

    def fill(self, draft: DutyDraft) -> None:
        self._group, self._person_then = draft.group_uid, draft.person_uid
        self.person.set_uid(draft.person_uid)
        for name in ("role", "on", "content", "place", "result", "remark"):
            self.put(name, getattr(draft, name))

    def subject(self) -> str:
        return self.person.text().split("　")[0]

    def problems(self, draft: DutyDraft) -> Sequence[FieldProblem]:
        return [p for p in check_duty(draft, self._today()) if p.field != "group_uid"]


@dataclass(frozen=True, slots=True)
class ManyDuties:
    """One event and everybody who took part; ``duty`` names nobody."""

    duty: DutyDraft
    persons: tuple[str, ...]


class ManyDutiesForm(Form[ManyDuties]):
    """One event with many leaders."""

    def __init__(
        self,
        today: Callable[[], date],
        those: Sequence[Someone],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._today = today
        add_event_rows(self, before=lambda: None)
        self.people = PeopleList()
        self.people.set_people(those)
        self.rows.add("person_uid", "参加的小组长", self.people, required=True)
        self.watch()

    def draft(self) -> ManyDuties:
        return ManyDuties(event_draft(self), self.people.ticked())

    def fill(self, draft: ManyDuties) -> None:
        for name in ("role", "on", "content", "place", "result", "remark"):
            self.put(name, getattr(draft.duty, name))

    def problems(self, draft: ManyDuties) -> Sequence[FieldProblem]:
        found = [
            problem
            for problem in check_duty(draft.duty, self._today())
            if problem.field not in ("group_uid", "person_uid")
        ]
        if not draft.persons:
            found.append(FieldProblem("person_uid", "请在参加的小组长前打勾。"))
        return found


def add_event_rows(form: Form[Any], *, before: Callable[[], None]) -> None:
    """The rows both forms share; ``before`` adds what stands after the role."""
    form.rows.add("role", "职责", RoleField(), required=True)
    before()
    form.rows.add("on", "日期", DateField(), required=True)
    form.rows.add("content", "内容", TextArea(4), "做了什么；Ctrl+回车保存", required=True)
    form.rows.add("place", "地点", QLineEdit())
    form.rows.add("result", "结果", TextArea(2))
    form.rows.add("remark", "备注", QLineEdit())


def event_draft(form: Form[Any]) -> DutyDraft:
    """What happened, without who."""
    return DutyDraft(
        person_uid="",
        group_uid="",
        role=form.choice("role"),
        on=form.day("on"),
        content=form.text("content"),
        place=form.optional("place"),
        result=form.optional("result"),
        remark=form.optional("remark"),
    )
