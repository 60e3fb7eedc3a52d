"""Any order of steps, undo and redo: the store is always as it was then, word for word."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from daomao_desktop.domain.conduct import FindingDraft
from daomao_desktop.domain.duties import DutyDraft
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.scheme import BottomLine, Grade, Role, Side
from daomao_desktop.domain.scoring import Component
from daomao_desktop.errors import DaomaoError
from daomao_desktop.services import accounts, assessment, conduct, duties, roster, roster_persons
from daomao_desktop.services.assessment import HistoryDraft
from daomao_desktop.services.assessment_sheet import EvidenceDraft, SheetDraft
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.undo import UndoStack
from tests.conftest import CHEAP
from tests.services.assessment_office import people, settle
from tests.services.office import PASSWORD, TOWN, draft, take, today
from tests.services.undo_office import Dump, dump, whole

_NUMBERS = st.integers(0, 5)
_TEXTS = st.sampled_from(("入户走访", "宣讲政策", "调解纠纷", "“引号”和\n换行", "𠮷家"))


class Office(RuleBasedStateMachine):
    """One town; what each state looked like is kept beside it."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = Path(tempfile.mkdtemp())
        accounts.found_office(self._folder / "资料", TOWN, cost=CHEAP)
        self._desk: Desk = accounts.open_desk(self._folder / "资料", PASSWORD, today=today)
        settle(self._desk, self._folder, people(5))
        self._stack = UndoStack(self._desk)
        self._past: list[Dump] = []
        self._future: list[Dump] = []
        self._now = dump(self._desk)
        self._files = 0

    def teardown(self) -> None:
        whole(self._desk)
        while self._past:
            self._back()
        accounts.close_desk(self._desk)
        shutil.rmtree(self._folder)

    def _do(self, step: Callable[[], object]) -> None:
        """A step that the rules may refuse; then nothing has changed and nothing is undone."""
        last = self._stack.last
        try:
            step()
        except DaomaoError:
            assert self._stack.last == last
            return
        if self._stack.last != last:
            self._past.append(self._now)
            self._future.clear()
            self._now = dump(self._desk)

    def _person(self, number: int) -> str:
        rows = [
            *roster.list_leaders(self._desk),
            *roster.list_leaders(self._desk, former=True),
        ]
        return rows[number % len(rows)].person_uid if rows else "nobody"

    def _back(self) -> None:
        self._stack.undo()
        self._future.append(self._now)
        self._now = self._past.pop()
        assert dump(self._desk) == self._now

    @rule(number=_NUMBERS, text=_TEXTS)
    def add_duty(self, number: int, text: str) -> None:
        self._do(lambda: duties.add_duty(self._desk, self._duty(number, text)))

    @rule(number=_NUMBERS, text=_TEXTS)
    def add_duty_for_many(self, number: int, text: str) -> None:
        chosen = [self._person(one) for one in range(number)]
        self._do(lambda: duties.add_duty_for_many(self._desk, self._duty(0, text), chosen))

    def _duty(self, number: int, text: str) -> DutyDraft:
        return DutyDraft(self._person(number), "", Role.MEDIATION, date(2026, 1, 5), text)

    @rule(number=_NUMBERS, text=_TEXTS)
    def change_or_remove_a_duty(self, number: int, text: str) -> None:
        rows = duties.list_duties(self._desk)
        if rows:
            row = rows[number % len(rows)]
            if number % 2:
                new = self._duty(number, text)
                self._do(lambda: duties.change_duty(self._desk, row.uid, new))
            else:
                self._do(lambda: duties.remove_duty(self._desk, row.uid))

    @rule(number=_NUMBERS)
    def restore_something(self, number: int) -> None:
        gone = duties.recycled_duties(self._desk)
        if gone:
            self._do(lambda: duties.restore_duty(self._desk, gone[number % len(gone)].uid))
        lost = roster_persons.recycled(self._desk)
        if lost:
            self._do(lambda: roster_persons.restore_leader(self._desk, lost[0].uid))

    @rule(number=_NUMBERS, text=_TEXTS, confirmed=st.booleans())
    def add_finding(self, number: int, text: str, confirmed: bool) -> None:
        finding = FindingDraft(
            self._person(number),
            "",
            next(iter(BottomLine)),
            next(iter(Side)),
            date(2026, 1, 6),
            text,
            confirmed=confirmed,
        )
        self._do(lambda: conduct.add_finding(self._desk, finding))

    @rule(number=_NUMBERS, text=_TEXTS)
    def change_a_leader(self, number: int, text: str) -> None:
        uid = self._person(number)
        old = roster.leader_draft(self._desk, uid)
        new = replace(old, remark=text, subsidy=Money(50_000 + number))
        self._do(lambda: roster.change_leader(self._desk, uid, new))

    @rule(number=_NUMBERS)
    def add_or_remove_a_leader(self, number: int) -> None:
        if number % 2:
            new = draft(self._desk, f"{50 + number}组", f"赵{number}")
            self._do(lambda: roster.add_leader(self._desk, new))
        else:
            uid = self._person(number)
            self._do(lambda: roster_persons.remove_leader(self._desk, uid))

    @rule(number=_NUMBERS)
    def import_a_roster(self, number: int) -> None:
        self._files += 1
        row = (f"新{number}村", f"{number + 1}组", f"孙{number}", "男", "", "2021-06", "", "450")
        self._do(lambda: take(self._desk, self._folder / f"{self._files}.csv", row))

    @rule(number=_NUMBERS, lines=st.lists(_TEXTS, max_size=3))
    def save_a_sheet(self, number: int, lines: list[str]) -> None:
        evidence = tuple(EvidenceDraft(Component.D1, line) for line in lines)
        sheet = SheetDraft({Component.D1: 100 * number}, None, evidence)
        uid = self._person(number)
        self._do(lambda: assessment.save_sheet(self._desk, 2025, uid, sheet))

    @rule(number=_NUMBERS, grade=st.sampled_from((Grade.COMPETENT, Grade.INCOMPETENT)))
    def enter_history(self, number: int, grade: Grade) -> None:
        row = HistoryDraft(self._person(number), grade)
        self._do(lambda: assessment.enter_history(self._desk, 2020 + number % 2, [row], "档案"))

    @precondition(lambda self: self._past)
    @rule(times=st.integers(1, 3))
    def undo(self, times: int) -> None:
        for _ in range(min(times, len(self._past))):
            self._back()

    @precondition(lambda self: self._future)
    @rule(times=st.integers(1, 3))
    def redo(self, times: int) -> None:
        for _ in range(min(times, len(self._future))):
            self._stack.redo()
            self._past.append(self._now)
            self._now = self._future.pop()
            assert dump(self._desk) == self._now

    @invariant()
    def the_stack_knows_how_far_it_goes(self) -> None:
        assert (self._stack.last is not None) == bool(self._past)
        assert (self._stack.next is not None) == bool(self._future)


TestOffice = Office.TestCase
TestOffice.settings = settings(
    max_examples=12,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
