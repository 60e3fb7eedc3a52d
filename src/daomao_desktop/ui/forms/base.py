"""A form is fields plus check(), load() and save(); what differs is the draft it makes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.money import Money
from daomao_desktop.errors import DaomaoError, FieldProblem, InvalidInput
from daomao_desktop.ui.forms.live_check import LiveCheck
from daomao_desktop.ui.forms.raw import Fields, raw_of, set_raw
from daomao_desktop.ui.theme import set_role
from daomao_desktop.ui.widgets.choices import ChoiceBox
from daomao_desktop.ui.widgets.fields import DateField, MoneyField, PointsField, TextArea
from daomao_desktop.ui.widgets.form_rows import FormRows

Draft = TypeVar("Draft")


class Form(QWidget, Generic[Draft]):
    """Base of the forms; ``edited`` fires at the first change after load(), ``changed`` at each,
    ``submitted`` when Enter is pressed in a field, ``settled`` when what was typed is saved or
    given up.

    A subclass fills ``rows`` and writes ``draft()``, ``load()`` and ``problems()``.
    """

    edited = Signal()
    changed = Signal()
    submitted = Signal()
    settled = Signal()

    def __init__(self, parent: QWidget | None = None, *, hints_beside: bool = False) -> None:
        super().__init__(parent)
        set_role(self, "plain")
        self.rows = FormRows(self, hints_beside=hints_beside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.rows)
        layout.addStretch(1)
        self._dirty = False
        self._loading = False
        self._unreadable: list[FieldProblem] = []
        self._live = LiveCheck(self)
        self._aside: dict[str, QWidget] = {}
        self._before: Fields = {}

    @property
    def dirty(self) -> bool:
        """Whether something was typed since load() or save."""
        return self._dirty

    def draft(self) -> Draft:
        """The fields as a draft; use the reading helpers so that unreadable ones are noted."""
        raise NotImplementedError

    def problems(self, draft: Draft) -> Sequence[FieldProblem]:
        """What the domain says about the draft."""
        raise NotImplementedError

    def warnings(self, draft: Draft) -> Sequence[FieldProblem]:
        """What may be kept, but should be looked at once more; none unless the form knows any."""
        del draft
        return ()

    def fill(self, draft: Draft) -> None:
        """Writes the draft into the fields."""
        raise NotImplementedError

    def load(self, draft: Draft) -> None:
        """Shows a draft; the form is clean afterwards."""
        self._loading = True
        self.fill(draft)
        self._loading = False
        self.rows.clear_errors()
        self._settle()
        self.rebase()
        self._live.start()

    def check(self) -> Draft | None:
        """The draft when it is right; else None, with a sentence below each field concerned."""
        draft, problems = self.look()
        self.show_problems(problems)
        self._live.settle(problems)
        return None if problems else draft

    def look(self) -> tuple[Draft, list[FieldProblem]]:
        """The draft as it stands, and what stops it from being kept; shows nothing."""
        self._unreadable = []
        draft = self.draft()
        problems = list(self._unreadable)
        unreadable = {problem.field for problem in problems}
        problems += [p for p in self.problems(draft) if p.field not in unreadable]
        return draft, problems

    def save(self, keep: Callable[[Draft], None]) -> bool:
        """Checks, and hands a right draft to ``keep``; False when something has to be mended."""
        draft = self.check()
        if draft is None:
            return False
        keep(draft)
        return True

    def saved(self, sent: Fields | None = None) -> None:
        """To be called when the draft has arrived in the store, or is given up.

        ``sent``: the snapshot of what arrived; what was typed since stays unsaved.
        """
        self._settle()
        if sent is not None:
            self._before = sent
            if self.snapshot() != sent:
                self._mark()

    def _settle(self) -> None:
        was, self._dirty = self._dirty, False
        if was:
            self.settled.emit()

    # Word for word, for what is kept while typing.

    def subject(self) -> str:
        """Whom or what the form is about, as typed so far; empty where it is about nothing."""
        return ""

    def labels(self, names: Sequence[str]) -> str:
        """What people call these fields."""
        return "、".join(self.rows.field(n).accessibleName() for n in names if n in self.rows.names)

    def snapshot(self) -> Fields:
        """What stands in every field, word for word; no passwords."""
        named = {name: self.rows.field(name) for name in self.rows.names} | self._aside
        return {name: raw_of(field) for name, field in named.items()}

    def typed(self) -> tuple[Fields, Fields]:
        """The fields that differ from what was loaded: as they stand, and as they stood."""
        now = self.snapshot()
        names = [name for name, value in now.items() if value != self._before.get(name)]
        return {n: now[n] for n in names}, {n: self._before.get(n) for n in names}

    def rebase(self, *names: str) -> None:
        """What stands in these fields (in all) counts as loaded, not as typed."""
        now = self.snapshot()
        self._before |= {name: now[name] for name in names or now}

    def bring_back(self, fields: Fields) -> None:
        """Writes what was typed into its fields again; the form is dirty then."""
        for name in (*self.rows.names, *self._aside):
            if name in fields:
                field = self._aside.get(name) or self.rows.field(name)
                set_raw(field, fields[name])

    def revert(self) -> None:
        """Gives up what was typed: everything as loaded."""
        self._loading = True
        self.bring_back(self._before)
        self._loading = False
        self.rows.clear_errors()
        self._settle()
        self._live.start()

    def add_aside(self, name: str, field: QWidget) -> None:
        """A field of the form that stands elsewhere than in its rows; before ``watch()``."""
        self._aside[name] = field

    def show_error(self, error: DaomaoError) -> bool:
        """Puts a service's error beside its fields; False if it concerns none of them."""
        if not isinstance(error, InvalidInput):
            return False
        self._live.settle(())
        return self.show_problems(list(error.problems))

    def show_problems(self, problems: Sequence[FieldProblem]) -> bool:
        """Sentences below their fields, the first of them focused; False if one has no field."""
        self.rows.clear_errors()
        placed = [self.rows.set_error(one.field, one.sentence) for one in problems]
        self._live.remind()
        wrong = {problem.field for problem in problems}
        first = next((name for name in self.rows.names if name in wrong), None)
        if first is not None:
            self.rows.field(first).setFocus()
        return all(placed)

    def watch(self) -> None:
        """Connects every field's change to ``edited``; called once the rows are there."""
        named = {name: self.rows.field(name) for name in self.rows.names} | self._aside
        for name, field in named.items():
            edited = partial(self.field_edited, name)
            if name not in self._aside:
                self._live.watch(name, field)
            if isinstance(field, QLineEdit):
                field.textEdited.connect(edited)
                field.textChanged.connect(edited)
                field.returnPressed.connect(self.submitted)
            elif isinstance(field, TextArea):
                field.textChanged.connect(edited)
                field.submitted.connect(self.submitted)
            elif isinstance(field, QComboBox):
                field.currentIndexChanged.connect(edited)
                field.editTextChanged.connect(edited)
            elif isinstance(field, QCheckBox):
                field.toggled.connect(edited)
            elif isinstance(field, QSpinBox):
                field.valueChanged.connect(edited)
            elif isinstance(changed := getattr(field, "changed", None), SignalInstance):
                changed.connect(edited)
        self.rows.finish()
        self.rebase()

    def field_edited(self, name: str, *_: Any) -> None:
        """A field was changed: what was said about it is no longer true."""
        if self._loading:
            return
        if name in self.rows.names:
            self._live.edited(name)
        self._mark()

    def _mark(self) -> None:
        if not self._dirty:
            self._dirty = True
            self.edited.emit()
        self.changed.emit()

    def put(self, name: str, value: Any) -> None:
        """Writes a value of any kind the fields know."""
        field = self.rows.field(name)
        if isinstance(field, DateField):
            field.set_partial(PartialDate.of(value) if isinstance(value, date) else value)
        elif isinstance(field, MoneyField):
            field.set_money(value)
        elif isinstance(field, PointsField):
            field.set_hundredths(value)
        elif isinstance(field, TextArea):
            field.set_text(value)
        elif isinstance(field, ChoiceBox):
            field.set_value(value)
        elif isinstance(field, QComboBox):
            field.setCurrentText(value or "")
        elif isinstance(field, QLineEdit):
            field.setText(value or "")
            field.setCursorPosition(0)
        elif isinstance(field, QCheckBox):
            field.setChecked(bool(value))
        elif isinstance(field, QSpinBox):
            field.setValue(value)

    # Reading helpers: a value, or None with a sentence noted for the field.

    def text(self, name: str) -> str:
        field = self.rows.field(name)
        if isinstance(field, TextArea):
            return field.text().strip()
        if isinstance(field, QComboBox):
            return field.currentText().strip()
        return field.text().strip() if isinstance(field, QLineEdit) else ""

    def optional(self, name: str) -> str | None:
        return self.text(name) or None

    def choice(self, name: str) -> Any:
        field = self.rows.field(name)
        return field.value() if isinstance(field, ChoiceBox) else None

    def checked(self, name: str) -> bool:
        field = self.rows.field(name)
        return isinstance(field, QCheckBox) and field.isChecked()

    def day(self, name: str) -> date | None:
        field = self.rows.field(name)
        return self._read(name, field.day) if isinstance(field, DateField) else None

    def partial(self, name: str) -> PartialDate | None:
        field = self.rows.field(name)
        return self._read(name, field.partial) if isinstance(field, DateField) else None

    def money(self, name: str) -> Money | None:
        field = self.rows.field(name)
        return self._read(name, field.money) if isinstance(field, MoneyField) else None

    def points(self, name: str) -> int | None:
        field = self.rows.field(name)
        return self._read(name, field.hundredths) if isinstance(field, PointsField) else None

    def _read(self, name: str, read: Callable[[], Any]) -> Any:
        try:
            return read()
        except ValueError as error:
            self._unreadable.append(FieldProblem(name, str(error)))
            return None
