"""Duty records of the six roles (D1–D6): list, quick entry, one event with many leaders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.duties import DutyDraft, check_duty
from daomao_desktop.domain.scheme import Role
from daomao_desktop.errors import FieldProblem, InvalidInput, NotFound
from daomao_desktop.services.desk import Area, Changes, Desk
from daomao_desktop.services.person_records import group_on, text
from daomao_desktop.services.roster_book import RosterBook
from daomao_desktop.services.roster_rows import RecycledRow
from daomao_desktop.store import duties as store
from daomao_desktop.store.base import by_uid
from daomao_desktop.store.duties import DutyRecord
from daomao_desktop.store.engine import Session

_AREAS = frozenset({Area.DUTIES, Area.ASSESSMENT})


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty record as the table shows it; pinyin and initials are there for the search."""

    uid: str
    on: date
    role: Role
    person_uid: str
    name: str
    pinyin: str
    initials: str
    village_uid: str
    village: str
    group_uid: str
    group: str
    content: str
    place: str | None
    result: str | None
    remark: str | None
    writable: bool


def list_duties(
    desk: Desk,
    *,
    year: int | None = None,
    role: Role | None = None,
    person_uid: str | None = None,
) -> tuple[DutyRow, ...]:
    """Duty records, the newest first; those of joined records count as one person's."""
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        book = RosterBook(desk, session)
        records = book.records(person_uid) if person_uid else None
        found = store.duties(session, year=year, role=role, person_uids=records)
        return tuple(_row(book, record) for record in found if record.person_uid in book.persons)


def duty_draft(desk: Desk, uid: str) -> DutyDraft:
    """A record as a form shows it; raises NotFound."""
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        record = _record(session, uid)
        return DutyDraft(
            person_uid=record.person_uid,
            group_uid=record.group_uid,
            role=record.role,
            on=record.on,
            content=record.content,
            place=record.place,
            result=record.result,
            remark=record.remark,
        )


def add_duty(desk: Desk, draft: DutyDraft) -> Changes:
    """Records one duty; an empty ``group_uid`` is the group the person led on that day.

    Raises InvalidInput.
    """
    return add_duty_for_many(desk, draft, (draft.person_uid,))


def add_duty_for_many(desk: Desk, draft: DutyDraft, person_uids: Sequence[str]) -> Changes:
    """One event with many leaders: a record for each, all or none. Raises InvalidInput."""
    desk.require(Permission.RECORD)
    if not person_uids:
        raise InvalidInput((FieldProblem("person_uid", "请至少选择一名村民小组长。"),))
    chosen = list(dict.fromkeys(person_uids))
    # For several persons the group is each one's own.
    group_uid = draft.group_uid if len(chosen) == 1 else ""
    with desk.store.writing(desk.operator.uid) as session:
        book = RosterBook(desk, session)
        uids = []
        for person_uid in chosen:
            one = _checked(book, replace(draft, person_uid=person_uid, group_uid=group_uid))
            record = new_duty(one)
            session.add(record)
            uids.append(record.uid)
        return Changes(_AREAS, tuple(uids))


def change_duty(desk: Desk, uid: str, draft: DutyDraft) -> Changes:
    """Corrects a record; raises InvalidInput, NotFound."""
    desk.require(Permission.RECORD)
    with desk.store.writing(desk.operator.uid) as session:
        book = RosterBook(desk, session)
        record = _record(session, uid)
        book.require_writable(book.group(record.group_uid).village_uid)
        fresh = new_duty(_checked(book, draft))
        for name in ("person_uid", "group_uid", "role", "on", "content", *_TEXTS):
            if getattr(record, name) != getattr(fresh, name):
                setattr(record, name, getattr(fresh, name))
        return Changes(_AREAS, (uid,))


def remove_duty(desk: Desk, uid: str) -> Changes:
    """Puts a record into the 回收站; raises NotFound, Refused."""
    return remove_duties(desk, (uid,))


def remove_duties(desk: Desk, uids: Sequence[str]) -> Changes:
    """Puts these records into the 回收站, all or none; raises NotFound, Refused."""
    desk.require(Permission.RECORD)
    with desk.store.writing(desk.operator.uid) as session:
        book = RosterBook(desk, session)
        known = by_uid(session, DutyRecord, uids)
        for uid in uids:
            record = _live(known.get(uid))
            book.require_writable(book.group(record.group_uid).village_uid)
            record.deleted_at = session.info["at"]
        return Changes(_AREAS, tuple(uids))


def restore_duty(desk: Desk, uid: str) -> Changes:
    """Takes a record out of the 回收站; raises NotFound."""
    desk.require(Permission.RECORD)
    with desk.store.writing(desk.operator.uid) as session:
        book = RosterBook(desk, session)
        record = next((one for one in store.duties(session, recycled=True) if one.uid == uid), None)
        if record is None:
            raise NotFound("回收站里没有这条履职记录，请刷新后再试。")
        book.person(record.person_uid)
        book.require_writable(book.group(record.group_uid).village_uid)
        record.deleted_at = None
        return Changes(_AREAS, (uid,))


def recycled_duties(desk: Desk) -> tuple[RecycledRow, ...]:
    """Duty records in the 回收站, the latest removed first."""
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        book = RosterBook(desk, session)
        rows = [
            (record.deleted_at, record)
            for record in store.duties(session, recycled=True)
            if record.deleted_at is not None and record.person_uid in book.persons
        ]
        rows.sort(key=lambda row: row[0], reverse=True)
        return tuple(
            RecycledRow(
                record.uid,
                f"{record.on} {book.person(record.person_uid).name} {record.role.value}"
                f" {record.content}",
                at.astimezone().date(),
            )
            for at, record in rows
        )


_TEXTS = ("place", "result", "remark")


def new_duty(draft: DutyDraft) -> DutyRecord:
    """A record of a checked draft, not yet in a session."""
    if draft.role is None or draft.on is None:
        raise ValueError("an unchecked draft")
    return DutyRecord(
        person_uid=draft.person_uid,
        group_uid=draft.group_uid,
        role=draft.role,
        on=draft.on,
        content=draft.content.strip(),
        place=text(draft.place),
        result=text(draft.result),
        remark=text(draft.remark),
    )


def _checked(book: RosterBook, draft: DutyDraft) -> DutyDraft:
    """The draft with its group filled in; raises InvalidInput."""
    problems = [
        problem
        for problem in check_duty(draft, book.today)
        if problem.field != "group_uid"  # found below by person and day
    ]
    if problems or draft.on is None:
        raise InvalidInput(tuple(problems))
    return replace(draft, group_uid=group_on(book, draft.person_uid, draft.group_uid, draft.on))


def _record(session: Session, uid: str) -> DutyRecord:
    return _live(session.get(DutyRecord, uid))


def _live(record: DutyRecord | None) -> DutyRecord:
    if record is None or record.deleted_at is not None:
        raise NotFound("没有这条履职记录，可能已移入回收站，请刷新后再试。")
    return record


def _row(book: RosterBook, record: DutyRecord) -> DutyRow:
    person = book.person(record.person_uid)
    group = book.group(record.group_uid)
    village = book.village(group.village_uid)
    return DutyRow(
        uid=record.uid,
        on=record.on,
        role=record.role,
        person_uid=person.uid,
        name=person.name,
        pinyin=person.pinyin,
        initials=person.initials,
        village_uid=village.uid,
        village=village.name,
        group_uid=group.uid,
        group=group.name,
        content=record.content,
        place=record.place,
        result=record.result,
        remark=record.remark,
        writable=book.writable(village.uid),
    )
