"""Steps of the audit trail: the entries of one transaction, and how to take them back.

A step is taken back by another one: the old values are written through the session like any
change, so the trail only grows. Its last entry is a note that names the step taken back; which
steps still stand can therefore be read from the trail alone, also after a restart.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, select
from sqlalchemy.orm import Mapper

from daomao_desktop.domain.notices import DocumentKind, DocumentState
from daomao_desktop.store.audit import Action, AuditEntry, canonical, note
from daomao_desktop.store.base import Base, Record, by_uid, in_parts, record_kinds
from daomao_desktop.store.column_values import Unkept, decoded
from daomao_desktop.store.notices import IssuedDocument
from daomao_desktop.store.session import STAMPS, Session

TAKEN_BACK = "撤销"
AGAIN = "重做"
_LOGS = frozenset({"print_run"})  # what happened, not what is: nobody takes a printing back
_PAPER = "issued_document"
_OFFICIAL = frozenset(
    ("number_seq", "sha256", "issued_at", "void_reason", "voided_on", "delivered_on", "receipt")
)


@dataclass(frozen=True, slots=True)
class Step:
    """The first and the last audit entry of one transaction."""

    first: int
    last: int


@dataclass(slots=True)
class Net:
    """What a step made of one record: columns as JSON, None where the record was not there.

    ``person``: whose record it is; known once the step is taken back.
    """

    kind: str
    uid: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    person: str | None = None


class CannotTakeBack(Exception):
    """Nothing was written.

    ``entry``: what came later and is in the way; ``used``: what the step added is referred to
    since (a log of its printing); else the record of that kind is not as the step left it, or its
    old values are not in the trail.
    """

    def __init__(
        self, entry: AuditEntry | None = None, kind: str = "", *, used: bool = False
    ) -> None:
        super().__init__(kind)
        self.entry = entry
        self.kind = kind
        self.used = used


def entries_of(session: Session, step: Step) -> Sequence[AuditEntry]:
    """The step's entries in their order."""
    return session.scalars(
        select(AuditEntry)
        .where(AuditEntry.sequence.between(step.first, step.last))
        .order_by(AuditEntry.sequence)
    ).all()


def notes(entries: Iterable[AuditEntry]) -> Iterator[dict[str, Any]]:
    """The events among the entries: ``what`` and details."""
    for entry in entries:
        if entry.action == Action.NOTE.value:
            yield json.loads(entry.after or "{}")


def changes_records(session: Session, entries: Sequence[AuditEntry]) -> bool:
    """Whether there is more in the step than events, logs of printing and papers drafted from the
    records: looking at such a paper drafts it, and it is drafted anew whenever it is looked at."""
    papers = by_uid(
        session, IssuedDocument, [entry.record or "" for entry in entries if entry.kind == _PAPER]
    )
    return any(
        _matters(entry.action, entry.kind)
        and not (entry.kind == _PAPER and _drafted(entry, papers.get(entry.record or "")))
        for entry in entries
    )


def taken_back(entries: Iterable[AuditEntry]) -> Step | None:
    """The step that this one took back, if that is what it did."""
    found = [one for one in notes(entries) if "step" in one]
    return Step(*found[-1]["step"]) if found else None


def signed(columns: Mapping[str, Any]) -> bool:
    """Whether these columns of a paper are of one signed off, voided or delivered."""
    state = columns.get("state", DocumentState.DRAFT.value)
    return state != DocumentState.DRAFT.value or bool(columns.keys() & _OFFICIAL)


def net(entries: Iterable[AuditEntry]) -> list[Net]:
    """One line a record, however often the transaction wrote it."""
    found: dict[tuple[str, str], Net] = {}
    for entry in entries:
        if entry.action == Action.NOTE.value or entry.record is None:
            continue
        before = None if entry.before is None else json.loads(entry.before)
        after = None if entry.after is None else json.loads(entry.after)
        known = found.get((entry.kind, entry.record))
        if known is None:
            found[entry.kind, entry.record] = Net(entry.kind, entry.record, before, after)
        elif before is None:  # gone and back within the step: every column counts
            old, new = known.before or {}, after or {}
            known.before = {name: old.get(name) for name in old | new}
            known.after = {name: new.get(name) for name in old | new}
        else:
            if known.before is not None:
                known.before = before | known.before
            known.after = None if after is None else (known.after or {}) | after
    return [one for one in found.values() if (one.before, one.after) != (None, None)]


def lasting_after(session: Session, step: Step) -> AuditEntry | None:
    """The first later entry that still counts: neither taken back since nor a taking back itself.

    Drafts of papers do not count: nothing else rests on them, and what they say is written anew
    and checked before it is signed off. None: the store stands as the step left it.
    """
    content = case((AuditEntry.kind == _PAPER, AuditEntry.after))
    later = session.execute(
        select(AuditEntry.sequence, AuditEntry.action, AuditEntry.kind, content.label("after"))
        .where(AuditEntry.sequence > step.last)
        .order_by(AuditEntry.sequence)
    ).all()
    noted = [row.sequence for row in later if row.action == Action.NOTE.value]
    settled: list[Step] = []
    for sequence, detail in reversed(_details(session, noted)):
        if "step" in detail and not _within(sequence, settled):
            settled += [Step(*detail["step"]), Step(detail["from"], sequence)]
    for row in later:
        if not _matters(row.action, row.kind) or _within(row.sequence, settled):
            continue
        if row.kind != _PAPER or signed(json.loads(row.after or "{}")):
            return session.get(AuditEntry, row.sequence)
    return None


def take_back(session: Session, step: Step) -> list[Net]:
    """Writes the values from before the step; returns what the step had done, record by record.

    Undone as a whole or, with CannotTakeBack, not at all. Taking back a taking back does the step
    again. Statements: a few for each table the step touched.
    """
    entries = entries_of(session, step)
    in_the_way = lasting_after(session, step)
    if in_the_way is not None:
        raise CannotTakeBack(in_the_way)
    undone = net(entries)
    by_kind: dict[str, list[Net]] = {}
    for one in undone:
        by_kind.setdefault(one.kind, []).append(one)
    kinds = record_kinds()
    _refuse_used(session, by_kind)
    # The tables know no relationships and person refers to itself: checked when all is written.
    session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    added: list[Record] = []
    for name, changed in by_kind.items():
        if name not in kinds:  # a table of another release
            raise CannotTakeBack(kind=name)
        added += _prepare(session, kinds[name], changed)
    session.flush()
    session.add_all(added)
    session.flush()
    again = taken_back(entries) is not None and (
        next(one for one in notes(entries) if "step" in one)["what"] == TAKEN_BACK
    )
    area = entries[-1].area
    begun = session.info.get("begun")
    if begun is None:
        raise CannotTakeBack  # nothing to write: the step changed nothing
    note(
        session,
        area,
        AGAIN if again else TAKEN_BACK,
        {"step": [step.first, step.last], "from": begun},
    )
    return undone


def _prepare(session: Session, kind: type[Record], changed: Sequence[Net]) -> list[Record]:
    """Sets and deletes; returns the records that must come back, not yet in the session."""
    rows = by_uid(session, kind, [one.uid for one in changed])
    mapper: Mapper[Any] = kind.__mapper__  # type: ignore[attr-defined]
    births = _births(session, [one.uid for one in changed if one.after is None])
    back = []
    for one in changed:
        row = rows.get(one.uid)
        one.person = getattr(row, "person_uid", None) or (one.before or {}).get("person_uid")
        if one.after is None:
            if row is not None or one.before is None:
                raise CannotTakeBack(kind=one.kind)
            back.append(_made(kind, mapper, one.before, births.get(one.uid)))
            continue
        if row is None or not _stands(mapper, row, one):
            raise CannotTakeBack(kind=one.kind)
        if one.before is None:
            session.delete(row)
            continue
        for name, value in _values(mapper, one.before).items():
            setattr(row, name, value)
    return back


def _stands(mapper: Mapper[Any], row: Record, one: Net) -> bool:
    """Whether the record holds what the step left in it (of a new one: in every column)."""
    after = one.after or {}
    names = after.keys() if one.before is not None else _kept_columns(mapper)
    return all(json.loads(canonical(getattr(row, name, None))) == after.get(name) for name in names)


def _kept_columns(mapper: Mapper[Any]) -> list[str]:
    """Columns the trail keeps in full; deferred ones hold bytes, which it does not."""
    return [
        attribute.key
        for attribute in mapper.column_attrs
        if attribute.key not in STAMPS and not attribute.deferred
    ]


def _values(mapper: Mapper[Any], plain: Mapping[str, Any]) -> dict[str, Any]:
    values = {}
    for name, value in plain.items():
        if name not in mapper.columns:  # a column of another release
            raise CannotTakeBack(kind=mapper.local_table.description)
        try:
            values[name] = decoded(mapper.columns[name].type, value)
        except (Unkept, ValueError) as error:
            raise CannotTakeBack(kind=mapper.local_table.description) from error
    return values


def _made(
    kind: type[Record], mapper: Mapper[Any], before: Mapping[str, Any], birth: AuditEntry | None
) -> Record:
    """The record as it was; who made it and when is what its first entry says."""
    values: dict[str, Any] = dict.fromkeys(_kept_columns(mapper)) | _values(mapper, before)
    record = kind(**values)
    if birth is not None:
        record.created_at, record.created_by = birth.at, birth.actor
        record.origin = birth.origin
    return record


def _births(session: Session, uids: Sequence[str]) -> dict[str, AuditEntry]:
    found: dict[str, AuditEntry] = {}
    for some in in_parts(uids):
        entries = session.scalars(
            select(AuditEntry)
            .where(AuditEntry.record.in_(some), AuditEntry.action == Action.ADD.value)
            .order_by(AuditEntry.sequence.desc())
        )
        found.update({entry.record: entry for entry in entries if entry.record})
    return found


def _refuse_used(session: Session, by_kind: Mapping[str, Sequence[Net]]) -> None:
    """What the step added may be referred to since, by a log of printing."""
    gone = {
        kind: [one.uid for one in changed if one.before is None]
        for kind, changed in by_kind.items()
    }
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            for some in in_parts(gone.get(key.column.table.name, ())):
                users = session.scalars(select(table.c.uid).where(key.parent.in_(some)))
                if set(users) - {one.uid for one in by_kind.get(table.name, ())}:
                    raise CannotTakeBack(kind=table.name, used=True)


def _details(session: Session, sequences: Sequence[int]) -> list[tuple[int, dict[str, Any]]]:
    found: list[tuple[int, dict[str, Any]]] = []
    for some in in_parts(sequences):
        rows = session.execute(
            select(AuditEntry.sequence, AuditEntry.after)
            .where(AuditEntry.sequence.in_(some))
            .order_by(AuditEntry.sequence)
        )
        found += [(row.sequence, json.loads(row.after or "{}")) for row in rows]
    return found


def _within(sequence: int, steps: Iterable[Step]) -> bool:
    return any(step.first <= sequence <= step.last for step in steps)


def _matters(action: str, kind: str) -> bool:
    return action != Action.NOTE.value and kind not in _LOGS


def _drafted(entry: AuditEntry, paper: IssuedDocument | None) -> bool:
    """Whether the entry is of a paper drafted from the records, not of one typed by hand."""
    if entry.action not in (Action.ADD.value, Action.CHANGE.value):
        return False
    by_hand = paper is None or paper.kind is DocumentKind.FREEFORM
    return not by_hand and not signed(json.loads(entry.after or "{}"))


def record(session: Session, kind: str, uid: str) -> Record | None:
    """A record by its table's name, also one in the 回收站."""
    found = record_kinds().get(kind)
    return None if found is None else session.get(found, uid)
