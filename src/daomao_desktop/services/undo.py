"""Taking back a step and doing it again: one way for every area, present and to come.

A step is what one transaction wrote, read from the audit trail. It is taken back only while
nothing that still counts came after it. So the store then stands as it stood before the step, a
state the rules of every area allowed: frozen years, caps and other offices' villages cannot be
got round. What must not be taken back at all is told by ``undo_names.refusal``.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.scheme import Edition
from daomao_desktop.errors import DaomaoError, Refused
from daomao_desktop.services.desk import Area, Changes, Desk
from daomao_desktop.services.undo_names import happened, kind_word, refusal, step_name
from daomao_desktop.store import steps
from daomao_desktop.store.audit import AuditEntry
from daomao_desktop.store.steps import CannotTakeBack, Step

NOTHING_TO_UNDO = "登录以后还没有可以撤销的操作。"
NOTHING_TO_REDO = "没有可以重做的操作。"

# What shows records of an area besides its own page.
_SHOWN_IN = {
    "roster": frozenset(Area),
    "duties": frozenset({Area.DUTIES, Area.ASSESSMENT}),
    "conduct": frozenset({Area.CONDUCT, Area.ASSESSMENT}),
    "assessment": frozenset({Area.ASSESSMENT, Area.ROSTER, Area.NOTICES}),
    "notices": frozenset({Area.NOTICES}),
}
_NEEDS = {
    "conduct": Permission.FINDINGS,
    "assessment": Permission.PROPOSE,
    "notices": Permission.ISSUE,
    "accounts": Permission.ADMINISTER,
}
_OF_OFFICES = frozenset({"town", "village"})


def undo(desk: Desk, step: Step) -> Changes:
    """Takes back the operator's own step as a whole; the step this makes can be undone in turn.

    Raises Refused, with nothing written: another operator's step, one whose area the role may not
    write, one that cannot be taken back, or one after which something else was recorded.
    """
    with desk.store.writing(desk.operator.uid) as session:
        entries = steps.entries_of(session, step)
        if any(entry.actor != desk.operator.uid for entry in entries):
            raise Refused("只能撤销自己刚才做的操作，别人做的请在相应页面里改正。")
        reason = refusal(session, entries)
        if reason is not None:
            raise Refused(reason)
        name = step_name(session, entries)
        for needed in _needed(desk, entries):
            desk.require(needed)
        try:
            undone = steps.take_back(session, step)
        except CannotTakeBack as error:
            if error.entry is not None:
                later = happened(session, error.entry)
                raise Refused(f"{later}，不能再撤销“{name}”。") from error
            if error.used:
                raise Refused(
                    f"“{name}”之后已经打印过，或者别的登记用到了它，不能撤销。"
                ) from error
            raise Refused(
                f"“{name}”涉及的{kind_word(error.kind)}已和当时不一样，不能撤销；"
                "请打开记录核对后改正。"
            ) from error
        areas = {area for entry in entries for area in _SHOWN_IN.get(entry.area, frozenset(Area))}
        people = {net.person for net in undone if net.person}
        uids = [net.uid for net in undone]
        return Changes(frozenset(areas), (*uids, *people), brought_back=True)


def _needed(desk: Desk, entries: Sequence[AuditEntry]) -> set[Permission]:
    """What the role must allow: what doing it by hand would need."""
    needed = {_NEEDS.get(entry.area, Permission.RECORD) for entry in entries if entry.kind}
    for net in steps.net(entries):
        columns = (net.before or {}) | (net.after or {})
        if net.kind in _OF_OFFICES and net.before is not None and net.after is not None:
            needed.add(Permission.ADMINISTER)
        if net.kind == "assessment" and columns.keys() & {"decision", "corrected_from"}:
            town = desk.edition is Edition.TOWN
            needed.add(Permission.DECIDE if town else Permission.RECORD)
    return needed


@dataclass(frozen=True, slots=True)
class Done:
    """A step by its name; ``refusal``: why it cannot be taken back, empty where it can."""

    step: Step
    name: str
    refusal: str = ""


class UndoStack:
    """What was done at this desk since the sign-in, to be undone and redone in order.

    It hears of every transaction, whoever wrote it: none is passed over unseen. Steps come from
    the worker's thread, questions from the window's.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._done: list[Done] = []
        self._undone: list[Done] = []
        self._lock = threading.Lock()
        desk.store.committed = self._take

    def close(self) -> None:
        """Hears no more."""
        self._desk.store.committed = None

    @property
    def last(self) -> Done | None:
        """What Ctrl+Z would take back, or may not (``refusal``)."""
        with self._lock:
            return self._done[-1] if self._done else None

    @property
    def next(self) -> Done | None:
        """What Ctrl+Y would do again."""
        with self._lock:
            return self._undone[-1] if self._undone else None

    def undo(self, only: Done | None = None) -> Changes:
        """Takes back the last step; raises Refused with the reason where that cannot be.

        ``only``: that step, and none that was taken after it.
        """
        done = self.last
        if done is None:
            raise Refused(NOTHING_TO_UNDO)
        if only is not None and only != done:
            raise Refused(f"“{only.name}”之后又做了别的，请用菜单“操作”里的“撤销”一步一步退回。")
        if done.refusal:
            raise Refused(done.refusal)
        return undo(self._desk, done.step)

    def redo(self) -> Changes:
        """Does again what was taken back last; raises Refused."""
        undone = self.next
        if undone is None:
            raise Refused(NOTHING_TO_REDO)
        return undo(self._desk, undone.step)

    def _take(self, first: int, last: int) -> None:
        """A transaction was committed: it is named and put where it belongs."""
        step = Step(first, last)
        try:
            with self._desk.store.reading() as session:
                entries = steps.entries_of(session, step)
                taken = steps.taken_back(entries)
                reason = refusal(session, entries)
                name = "" if taken else step_name(session, entries)
                counts = reason is not None or steps.changes_records(session, entries)
        except DaomaoError as error:  # saved it is: only taking it back is out of the question
            taken, reason, name, counts = None, f"这一步不能撤销：{error.sentence}", "", True
        with self._lock:
            if taken is not None:
                self._turn(taken, step)
            elif counts:
                self._done.append(Done(step, name, reason or ""))
                self._undone.clear()

    def _turn(self, taken: Step, by: Step) -> None:
        """A step went from one side to the other; it keeps its name."""
        for here, there in ((self._done, self._undone), (self._undone, self._done)):
            if here and here[-1].step == taken:
                there.append(Done(by, here.pop().name))
                return
