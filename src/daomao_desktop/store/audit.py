"""The audit trail: every committed change appends a row that carries the hash of the row before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import Connection, String, Text, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from daomao_desktop.domain.dates import PartialDate, chinese_date
from daomao_desktop.domain.money import Money
from daomao_desktop.store.base import Base

GENESIS = "0" * 64
_CLOCK_TOLERANCE = timedelta(minutes=5)


class Action(Enum):
    """What happened to a record; NOTE is an event without a change (a reveal, an export)."""

    ADD = "新增"
    CHANGE = "修改"
    REMOVE = "移入回收站"
    RESTORE = "恢复"
    DELETE = "删除"
    NOTE = "事件"


class AuditEntry(Base):
    """One row of the trail; written by the session hook alone, never changed.

    ``area`` is the room's name (roster, duties, …), ``kind`` the table, ``before``/``after``
    canonical JSON (only the changed columns of a change); hashes are BLAKE2b-256 in hex.
    """

    __tablename__ = "audit_entry"
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str | None] = mapped_column(String(36))
    origin: Mapped[str | None] = mapped_column(String(36))
    area: Mapped[str] = mapped_column(String(24), index=True)
    action: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(40))
    record: Mapped[str | None] = mapped_column(String(36), index=True)
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


@dataclass(frozen=True, slots=True)
class Event:
    """An entry before it has its place in the chain."""

    area: str
    action: Action
    kind: str
    record: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry's place and hash; sequence 0 for an empty trail."""

    sequence: int
    hash: str


def canonical(value: Any) -> str:
    """One text for one value: sorted keys, no spaces; bytes become their SHA-256."""
    return json.dumps(
        value,
        default=_plain,
        sort_keys=True,
        ensure_ascii=False,
        allow_nan=False,
        separators=(",", ":"),
    )


def _plain(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case PartialDate():
            return value.iso
        case Money():
            return value.fen
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case bytes():
            return {"sha256": hashlib.sha256(value).hexdigest()}
    raise TypeError(f"the audit trail cannot keep a {type(value).__name__}")


def head(connection: Connection | Session) -> Head:
    """Where the chain ends now."""
    row = connection.execute(
        select(AuditEntry.sequence, AuditEntry.hash).order_by(AuditEntry.sequence.desc()).limit(1)
    ).first()
    return Head(0, GENESIS) if row is None else Head(row.sequence, row.hash)


def append(
    connection: Connection,
    events: Iterable[Event],
    *,
    actor: str | None,
    origin: str | None,
    now: datetime,
) -> int:
    """Adds entries at the end of the chain within the caller's transaction; returns the sequence
    of the first."""
    last = head(connection)
    begun = last.sequence + 1
    rows = []
    for sequence, happened in enumerate(events, start=begun):
        row = {
            "sequence": sequence,
            "at": now,
            "actor": actor,
            "origin": origin,
            "area": happened.area,
            "action": happened.action.value,
            "kind": happened.kind,
            "record": happened.record,
            "before": None if happened.before is None else canonical(happened.before),
            "after": None if happened.after is None else canonical(happened.after),
            "previous": last.hash,
        }
        last = Head(sequence, _digest(row))
        rows.append({**row, "hash": last.hash})
    if rows:
        connection.execute(insert(AuditEntry.__table__), rows)  # type: ignore[arg-type]
    return begun


def _digest(row: dict[str, Any]) -> str:
    return hashlib.blake2b(canonical(row).encode(), digest_size=32).hexdigest()


def note(
    session: Session,
    area: str | Enum,
    what: str,
    detail: dict[str, Any] | None = None,
    record: str | None = None,
) -> None:
    """Records an event without a change: a reveal, an unmasked export, failed logins."""
    if not session.info.get("writing"):
        raise RuntimeError("a note needs a writing session")
    room = area.name.lower() if isinstance(area, Enum) else area
    happened = Event(room, Action.NOTE, "", record, None, {"what": what, **(detail or {})})
    append_in(session, [happened])


def append_in(session: Session, events: Sequence[Event]) -> None:
    """As ``append``, with what the session knows of who and when; it keeps where it began."""
    if not events:
        return
    info = session.info
    first = append(
        session.connection(),
        events,
        actor=info.get("actor"),
        origin=info.get("origin"),
        now=info["at"],
    )
    info.setdefault("begun", first)


def verify_chain(session: Session | Connection) -> str | None:
    """A sentence naming the first broken link, None when every entry is as it was written."""
    last = Head(0, GENESIS)
    table = AuditEntry.__table__
    rows = session.execute(
        select(table).order_by(AuditEntry.sequence), execution_options={"yield_per": 500}
    )
    for row in rows.mappings():
        entry = dict(row)
        sequence, stored = entry["sequence"], entry.pop("hash")
        if sequence != last.sequence + 1:
            return f"操作记录在第 {last.sequence + 1} 条处断开：这一条不见了，请用备份核对。"
        if entry["previous"] != last.hash:
            return f"操作记录第 {sequence} 条与前一条接不上，请用备份核对。"
        if _digest(entry) != stored:
            return f"操作记录第 {sequence} 条的内容被改动过，请用备份核对。"
        last = Head(sequence, stored)
    return None


def knows(connection: Connection | Session, known: Head) -> bool:
    """Whether ``known`` is the end of the chain or one of its earlier entries."""
    if known.sequence == 0:
        return True
    found = connection.execute(
        select(AuditEntry.hash).where(AuditEntry.sequence == known.sequence)
    ).scalar_one_or_none()
    return found == known.hash


def clock_problem(session: Session, now: datetime | None = None) -> str | None:
    """A sentence when the clock runs behind the last entry (a dead CMOS battery)."""
    present = now or datetime.now(UTC)
    latest = session.execute(
        select(AuditEntry.at).order_by(AuditEntry.sequence.desc()).limit(1)
    ).scalar_one_or_none()
    if latest is None or present >= latest - _CLOCK_TOLERANCE:
        return None
    shown = latest.astimezone()
    return (
        f"电脑的时间比最后一次记录（{chinese_date(shown)} {shown:%H:%M}）还早，"
        "请先校准电脑的日期和时间再登记。"
    )
