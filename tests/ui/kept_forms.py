"""Every form that can be typed into: where it stands in the sample office, and typing into it.

Run as a program it is the clerk of the power cut: ``typing`` types into many forms and waits to be
killed, ``resuming`` says what is offered, goes on with each and says what stands in it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from daomao_desktop.domain.freeform import FreeformDraft, Organ
from daomao_desktop.domain.scheme import YearState
from daomao_desktop.services import accounts, assessment, conduct, demo, duties, freeform, notices
from daomao_desktop.services import roster as leaders
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.unsaved import Slot
from daomao_desktop.ui.context import Place
from daomao_desktop.ui.forms.base import Form
from daomao_desktop.ui.forms.scores import EvidenceList
from daomao_desktop.ui.main_window import MainWindow
from daomao_desktop.ui.typing_keeper import TypingKeeper
from daomao_desktop.ui.widgets.choices import ChoiceBox, PasswordField
from daomao_desktop.ui.widgets.fields import DateField, MoneyField, PointsField
from daomao_desktop.ui.widgets.people import PeopleList, PersonField

YEAR = 2026


def reach(desk: Desk, state: YearState) -> None:
    """The year goes on to that state."""
    day = date(YEAR, 1, 20)
    while (view := assessment.year_view(desk, YEAR)).state is not state:
        assert view.next_state is not None
        assessment.advance(desk, YEAR, view.next_state, day, True)


def _person(desk: Desk) -> str:
    return leaders.list_leaders(desk)[0].person_uid


def _assessed(desk: Desk, state: YearState, form: str) -> Slot:
    reach(desk, state)
    people = assessment.list_assessments(desk, YEAR)
    return Slot("assessment", form, people[0].person_uid, YEAR)


def _several(desk: Desk) -> Slot:
    reach(desk, YearState.VILLAGE)
    people = sorted(row.person_uid for row in assessment.list_assessments(desk, YEAR)[2:5])
    return Slot("assessment", "proposal", ",".join(people), YEAR)


def _step(desk: Desk) -> Slot:
    view = assessment.year_view(desk, YEAR)
    assert view.next_state is not None
    return Slot("assessment", "step", view.next_state.name, YEAR)


def _back(desk: Desk) -> Slot:
    reach(desk, YearState.TOWN)
    return Slot("assessment", "back", "", YEAR)


def _paper(desk: Desk) -> Slot:
    reach(desk, YearState.REPORTED)
    return Slot("assessment", "paper", "", YEAR)


def _correction(desk: Desk) -> Slot:
    return Slot(
        "assessment", "correction", assessment.list_assessments(desk, 2025)[0].person_uid, 2025
    )


def _draft(desk: Desk) -> str:
    draft = FreeformDraft(
        title="关于开会的通知",
        addressee="各村党支部",
        body=("请按时参加。",),
        organ=Organ.TOWN_COMMITTEE,
        dated=desk.today(),
    )
    return freeform.save_freeform(desk, draft)


def _issued(desk: Desk, form: str) -> Slot:
    uid = _draft(desk)
    notices.issue_notice(desk, uid)
    return Slot("notices", form, uid)


def _village(desk: Desk) -> Slot:
    return Slot("system", "village", leaders.list_villages(desk)[0].uid)


TOWN: dict[str, Callable[[Desk], Slot]] = {
    "leader, new": lambda _d: Slot("roster", "leader"),
    "leader": lambda d: Slot("roster", "leader", _person(d)),
    "move": lambda d: Slot("roster", "move", _person(d)),
    "end": lambda d: Slot("roster", "end", _person(d)),
    "join": lambda d: Slot("roster", "join", _person(d)),
    "duty, new": lambda _d: Slot("duties", "duties"),
    "duty": lambda d: Slot("duties", "duties", duties.list_duties(d)[0].uid),
    "finding, new": lambda _d: Slot("duties", "findings"),
    "finding": lambda d: Slot("duties", "findings", conduct.list_findings(d)[0].uid),
    "many": lambda _d: Slot("duties", "many"),
    "step": _step,
    "back": _back,
    "proposal": lambda d: _assessed(d, YearState.VILLAGE, "proposal"),
    "proposal of several": _several,
    "decision": lambda d: _assessed(d, YearState.TOWN, "decision"),
    "scores": lambda d: _assessed(d, YearState.VILLAGE, "scores"),
    "correction": _correction,
    "paper written, new": lambda _d: Slot("notices", "freeform"),
    "paper written": lambda d: Slot("notices", "freeform", _draft(d)),
    "paper like it": lambda d: Slot("notices", "freeform", f"like {_draft(d)}"),
    "void": lambda d: _issued(d, "void"),
    "delivery": lambda d: _issued(d, "delivery"),
    "scheme": lambda _d: Slot("system", "scheme"),
    "town": lambda _d: Slot("system", "town"),
    "village, new": lambda _d: Slot("system", "village"),
    "village": _village,
    "operator": lambda _d: Slot("system", "operator"),
    "starting number": lambda _d: Slot("system", "start"),
    "settings of papers": lambda _d: Slot("system", "papers"),
}
VILLAGE: dict[str, Callable[[Desk], Slot]] = {"the town's paper": _paper}


def place(slot: Slot) -> Place:
    return Place(slot.page, year=slot.year, slot=slot)


def keeper_at(window: QWidget, slot: Slot) -> TypingKeeper:
    """The keeper of the form that stands there."""
    (found,) = [k for k in window.findChildren(TypingKeeper) if k.slot == slot]
    return found


def form_of(keeper: TypingKeeper) -> Form[Any]:
    form = keeper.parent()
    assert isinstance(form, Form)
    return form


def type_into(form: Form[Any]) -> None:
    """Something into every field, half a date and half an amount among it."""
    fields = [form.rows.field(name) for name in form.rows.names]
    for field in (*fields, *form._aside.values()):
        if field.isEnabledTo(form):
            _type(field)


def _type(field: QWidget) -> None:
    if isinstance(field, PasswordField):
        field.setText("secret-口令")
    elif isinstance(field, PersonField):
        field.set_uid(field._people[1].uid if field._people else "")
    elif isinstance(field, PeopleList):
        field.set_ticked([person.uid for person in field._people[:2]])
    elif isinstance(field, EvidenceList):
        field.words.setText("依据写到一半")
    elif isinstance(field, DateField):
        field.setText("2026年1")
    elif isinstance(field, MoneyField | PointsField):
        field.setText("1.2.3")
    elif isinstance(field, QLineEdit):
        field.setText(f"{field.text()} typed {field.objectName()}")
    elif isinstance(field, QPlainTextEdit):
        field.setPlainText("写到一半\n第二行")
    elif isinstance(field, ChoiceBox):
        model = field.model()
        assert isinstance(model, QStandardItemModel)
        usable = [n for n in range(field.count()) if model.item(n).isEnabled()]
        field.setCurrentIndex(usable[-1] if usable[-1:] != [field.currentIndex()] else usable[0])
    elif isinstance(field, QComboBox):
        field.setCurrentText("typed")
    elif isinstance(field, QCheckBox):
        field.toggle()
    elif isinstance(field, QSpinBox):
        field.setValue(field.value() + 1)


# The clerk of the power cut

# Sheets first: with something unsaved beside the table they would ask about it.
AT_ONCE = (
    "move",
    "end",
    "join",
    "many",
    "step",
    "scores",
    "paper written, new",
    "paper written",
    "void",
    "delivery",
    "correction",
    "town",
    "village, new",
    "village",
    "operator",
    "starting number",
    "settings of papers",
    "leader, new",
    "duty, new",
    "finding",
    "proposal",
    "scheme",
)


def _settle(window: MainWindow) -> None:
    operations = window.context.operations
    for _ in range(2):
        while not operations.idle:
            QApplication.processEvents()
        QApplication.processEvents()


def _open(folder: Path) -> MainWindow:
    from daomao_desktop.ui.operations import Operations
    from daomao_desktop.ui.preferences import Preferences
    from daomao_desktop.ui.theme import Appearance

    application = QApplication(sys.argv[:1])
    desk = accounts.open_desk(folder, demo.PASSWORD, today=demo.today)
    operations = Operations(application)
    window = MainWindow(
        desk, folder, operations, Appearance(application), Preferences(folder), "大茂镇"
    )
    window.show()
    window.go(Place("home"))
    _settle(window)
    return window


def typing(folder: Path) -> None:
    """Types into many forms without saving, and waits."""
    window = _open(folder)
    reach(window.context.desk, YearState.VILLAGE)
    for slot in [TOWN[name](window.context.desk) for name in AT_ONCE]:
        window._open(place(slot))  # past the question about what is unsaved
        _settle(window)
        form = form_of(keeper_at(window, slot))
        before = form.snapshot()
        type_into(form)
        _say(
            {
                "slot": repr(slot),
                "kind": kind_of(type(form)),
                "form": form.snapshot(),
                "before": before,
            }
        )
    _say(None)
    QApplication.exec()


def resuming(folder: Path) -> None:
    """Says what is offered at 首页, goes on with each, and says what stands in its form."""
    window = _open(folder)
    for typed in window.context.kept.all:
        window._open(Place("home"))
        _settle(window)
        assert window.page is not None
        on = next(
            one
            for one in window.page.findChildren(QPushButton)
            if one.accessibleName() == f"接着填：{typed.title}"
        )
        on.click()
        _settle(window)
        keeper = keeper_at(window, typed.slot)
        form = form_of(keeper)
        now, dirty, told = form.snapshot(), form.dirty, keeper._banner.words.text()
        keeper._banner.buttons[0].click()  # 不要了
        _say(
            {
                "slot": repr(typed.slot),
                "form": now,
                "dirty": dirty,
                "told": told,
                "given_up": form.snapshot(),
            }
        )
    _settle(window)
    _say(None)


def kind_of(form: type[Form[Any]]) -> str:
    """The name of a kind of form."""
    return f"{form.__module__}.{form.__name__}"


def _say(what: object) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    {"typing": typing, "resuming": resuming}[sys.argv[1]](Path(sys.argv[2]))
