"""The session every area works with: stamps records, writes the audit trail, refuses bulk DML."""

from __future__ import annotations

from typing import Any, NoReturn

from sqlalchemy import TextClause, event, inspect, select
from sqlalchemy.orm import InstanceState, Mapper, ORMExecuteState, UOWTransaction
from sqlalchemy.orm import Session as PlainSession
from sqlalchemy.orm.attributes import get_history
from sqlalchemy.orm.base import NO_VALUE, PASSIVE_NO_INITIALIZE

from daomao_desktop.store.audit import Action, AuditEntry, Event, append_in
from daomao_desktop.store.base import Base, Record

STAMPS = frozenset({"created_at", "created_by", "changed_at", "changed_by", "origin"})
_BEFORE = "daomao_before"


class BulkChangeRefused(RuntimeError):
    """A programming mistake: DML that would pass the audit trail by."""


class Session(PlainSession):
    """A session of ``Store.reading`` or ``Store.writing``.

    ``info`` carries ``writing``, ``actor``, ``origin`` and ``at``; the hooks below need them, and
    put ``begun`` there: the sequence of the transaction's first audit entry.
    """

    def bulk_save_objects(self, *_args: Any, **_options: Any) -> NoReturn:
        _refuse()

    def bulk_insert_mappings(self, *_args: Any, **_options: Any) -> NoReturn:
        _refuse()

    def bulk_update_mappings(self, *_args: Any, **_options: Any) -> NoReturn:
        _refuse()


def _refuse() -> NoReturn:
    raise BulkChangeRefused("bulk DML passes the audit trail by: change records one by one")


@event.listens_for(Session, "do_orm_execute")
def _refuse_bulk(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        _refuse()
    statement = state.statement
    if isinstance(statement, TextClause) and not statement.text.lstrip().upper().startswith(
        "SELECT"
    ):
        _refuse()


@event.listens_for(Session, "before_flush")
def _stamp(session: PlainSession, _context: UOWTransaction, _instances: object) -> None:
    """Fills who, when and where, and takes the values that are about to be overwritten."""
    touched = (*session.new, *session.dirty, *session.deleted)
    if any(isinstance(item, AuditEntry) for item in touched):
        raise BulkChangeRefused("the audit trail is written by the session hook alone")
    info = session.info
    if not info.get("writing"):
        if session.new or session.deleted or any(map(session.is_modified, session.dirty)):
            raise RuntimeError("a reading session was asked to write")
        return
    now = info["at"]
    for item in session.new:
        if isinstance(item, Record):
            item.created_at = item.created_at or now
            item.created_by = item.created_by or info.get("actor")
            item.origin = item.origin or info.get("origin")
    before: dict[InstanceState[Base], dict[str, Any]] = {}
    for item in session.dirty:
        if isinstance(item, Record):
            overwritten = _overwritten(session, item)
            if overwritten:
                before[inspect(item)] = overwritten
                item.changed_at = now
                item.changed_by = info.get("actor")
    for item in session.deleted:
        state = inspect(item)
        before[state] = _whole(state)
    info[_BEFORE] = before


@event.listens_for(Session, "after_flush")
def _write_trail(session: PlainSession, _context: UOWTransaction) -> None:
    before: dict[InstanceState[Base], dict[str, Any]] = session.info.pop(_BEFORE, {})
    events = [
        _event(item, Action.ADD, None, _whole(inspect(item)))
        for item in session.new
        if isinstance(item, Base)
    ]
    for state, old in before.items():
        item = state.object
        if item is None:  # the session holds what it changes, so this cannot happen
            continue
        if item in session.deleted:
            events.append(_event(item, Action.DELETE, old, None))
            continue
        new = {name: state.dict.get(name) for name in old}
        action = Action.CHANGE
        if "deleted_at" in old:
            action = Action.RESTORE if new["deleted_at"] is None else Action.REMOVE
        events.append(_event(item, action, old, new))
    append_in(session, events)


def _overwritten(session: PlainSession, item: Record) -> dict[str, Any]:
    """Old values of the changed columns, stamps left out."""
    state: InstanceState[Any] = inspect(item)
    mapper: Mapper[Any] = state.mapper
    old: dict[str, Any] = {}
    unknown: list[str] = []
    for name in state.committed_state.keys() - STAMPS:
        history = get_history(item, name, PASSIVE_NO_INITIALIZE)
        if not history.has_changes():
            continue
        if history.deleted and history.deleted[0] is not NO_VALUE:
            old[name] = history.deleted[0]
        else:  # the attribute was set without having been loaded
            unknown.append(name)
    if unknown:
        columns = [mapper.columns[name].label(name) for name in unknown]
        keys = zip(mapper.primary_key, mapper.primary_key_from_instance(state.object), strict=True)
        row = session.connection().execute(
            select(*columns).where(*(column == value for column, value in keys))
        )
        stored = row.mappings().one()
        old.update({n: stored[n] for n in unknown if stored[n] != state.dict.get(n)})
    return old


def _whole(state: InstanceState[Any]) -> dict[str, Any]:
    """Every column of a record that holds something, stamps left out."""
    values = {}
    for name in state.mapper.column_attrs.keys():  # noqa: SIM118
        value = state.dict.get(name)
        if value is not None and name not in STAMPS:
            values[name] = value
    return values


def _event(
    item: Base, action: Action, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> Event:
    area = type(item).__module__.rpartition(".")[2].partition("_")[0]
    return Event(area, action, item.__tablename__, getattr(item, "uid", None), before, after)
