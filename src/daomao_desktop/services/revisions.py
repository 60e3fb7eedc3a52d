"""历次修改: what was changed in one record, when and by whom, in plain words from the trail."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from itertools import groupby
from typing import Any

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.privacy import mask_id, mask_in_text, mask_phone
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.revision_labels import HUNDREDTHS, LABELS
from daomao_desktop.services.roster_book import RosterBook
from daomao_desktop.store import revisions as store
from daomao_desktop.store.audit import Action, AuditEntry
from daomao_desktop.store.column_values import Unkept
from daomao_desktop.store.engine import Session
from daomao_desktop.store.roster import of_persons

_MASKS: dict[str, Callable[[str], str]] = {"id_number": mask_id, "phone": mask_phone}


@dataclass(frozen=True, slots=True)
class Revision:
    """One field of one step; ``label`` is empty for a step that changed no field (a look)."""

    at: datetime
    who: str
    what: str
    label: str
    before: str
    after: str


def record_revisions(desk: Desk, uid: str) -> tuple[Revision, ...]:
    """The steps that touched a record, the latest first; private numbers are masked.

    A person's include those of his appointments and subsidies.
    """
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        book = RosterBook(desk, session)
        uids = {uid, *(one.uid for one in of_persons(session, [uid]))}
        return _rows(session, book, uids)


def assessment_revisions(desk: Desk, year: int, person_uid: str) -> tuple[Revision, ...]:
    """The same for one person's assessment of a year with its lines of evidence."""
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        book = RosterBook(desk, session)
        uids = store.assessment_uids(session, year, book.records(person_uid))
        return _rows(session, book, uids)


def _rows(session: Session, book: RosterBook, uids: Collection[str]) -> tuple[Revision, ...]:
    entries = store.entries_about(session, uids)
    names = store.actors(session)
    found: list[Revision] = []
    for (at, actor), step in groupby(entries, key=lambda entry: (entry.at, entry.actor)):
        together = list(step)
        who = names.get(actor or "", "本程序")
        what = "、".join(dict.fromkeys(_what(entry) for entry in reversed(together)))
        changes = [change for entry in reversed(together) for change in _changes(book, entry)]
        for label, before, after in changes or [("", "", "")]:
            found.append(Revision(at, who, what, label, before, after))
    return tuple(found)


def _what(entry: AuditEntry) -> str:
    if Action(entry.action) is Action.NOTE:
        return str(_columns(entry.after).get("what", "")) or Action.NOTE.value
    return Action(entry.action).value


def _changes(book: RosterBook, entry: AuditEntry) -> list[tuple[str, str, str]]:
    """(field, before, after) of the fields that have a name people know."""
    labels = LABELS.get(entry.kind, {})
    before, after = _columns(entry.before), _columns(entry.after)
    rows = []
    for name, label in labels.items():
        if name not in before and name not in after:
            continue
        old, new = (_words(book, entry.kind, name, one.get(name)) for one in (before, after))
        if old != new:
            rows.append((label, old, new))
    return rows


def _words(book: RosterBook, kind: str, name: str, plain: Any) -> str:
    """A value of the trail as people read it."""
    if plain is None or plain == "":
        return ""
    try:
        value = store.value_of(kind, name, plain)
    except (Unkept, ValueError):
        return "（已改动）"
    if name in _MASKS:
        return _MASKS[name](str(value))
    if name in HUNDREDTHS and isinstance(value, int):
        return f"{value / 100:g}"
    match value:
        case bool():
            return "是" if value else "否"
        case Enum():
            return str(value.value)
        case Money():
            return f"{value} 元"
        case dict():
            return "（各项见打分表）"
    return mask_in_text(_named(book, name, str(value)))


def _named(book: RosterBook, name: str, value: str) -> str:
    """The name behind a uid, else the value itself."""
    if name == "person_uid" and value in book.persons:
        return book.persons[value].name
    if name == "group_uid" and value in book.groups:
        return book.place(value)
    if name == "village_uid" and value in book.villages:
        return book.villages[value].name
    return value


def _columns(text: str | None) -> dict[str, Any]:
    columns: dict[str, Any] = json.loads(text) if text else {}
    return columns
