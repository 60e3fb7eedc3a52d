"""Findings about the five musts and must-nots (B1–B5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.conduct import FindingDraft, check_finding
from daomao_desktop.domain.scheme import BottomLine, Side
from daomao_desktop.errors import InvalidInput, NotFound, Refused
from daomao_desktop.services.desk import Area, Changes, Desk
from daomao_desktop.services.person_records import group_on, text
from daomao_desktop.services.roster_book import RosterBook
from daomao_desktop.services.roster_rows import RecycledRow
from daomao_desktop.store import conduct as store
from daomao_desktop.store.base import by_uid
from daomao_desktop.store.conduct import Finding
from daomao_desktop.store.engine import Session

_AREAS = frozenset({Area.CONDUCT, Area.ASSESSMENT})


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding as the table shows it; ``writable``: by the operator who sits at this desk."""

    uid: str
    on: date
    bottom_line: BottomLine
    side: Side
    person_uid: str
    name: str
    pinyin: str
    initials: str
    village_uid: str
    village: str
    group_uid: str
    group: str
    facts: str
    source: str | None
    confirmed: bool
    grave: bool
    writable: bool


def list_findings(
    desk: Desk,
    *,
    year: int | None = None,
    bottom_line: BottomLine | None = None,
    person_uid: str | None = None,
) -> tuple[FindingRow, ...]:
    """Findings, the newest first; those about joined records count as one person's."""
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        book = RosterBook(desk, session)
        records = book.records(person_uid) if person_uid else None
        found = store.findings(session, year=year, bottom_line=bottom_line, person_uids=records)
        return tuple(_row(desk, book, one) for one in found if one.person_uid in book.persons)


def finding_draft(desk: Desk, uid: str) -> FindingDraft:
    """A finding as a form shows it; raises NotFound."""
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        finding = _finding(session, uid)
        return FindingDraft(
            person_uid=finding.person_uid,
            group_uid=finding.group_uid,
            bottom_line=finding.bottom_line,
            side=finding.side,
            on=finding.on,
            facts=finding.facts,
            source=finding.source,
            confirmed=finding.confirmed,
            grave=finding.grave,
        )


def add_finding(desk: Desk, draft: FindingDraft) -> Changes:
    """Records a finding; an empty ``group_uid`` is the group the person led on that day.

    Raises InvalidInput.
    """
    desk.require(Permission.FINDINGS)
    with desk.store.writing(desk.operator.uid) as session:
        book = RosterBook(desk, session)
        finding = _new(_checked(book, draft))
        session.add(finding)
        return Changes(_AREAS, (finding.uid,))


def change_finding(desk: Desk, uid: str, draft: FindingDraft) -> Changes:
    """Corrects or confirms a finding; the supervision committee only its own."""
    desk.require(Permission.FINDINGS)
    with desk.store.writing(desk.operator.uid) as session:
        book = RosterBook(desk, session)
        finding = _finding(session, uid)
        _require_mine(desk, book, finding)
        fresh = _new(_checked(book, draft))
        for name in _FIELDS:
            if getattr(finding, name) != getattr(fresh, name):
                setattr(finding, name, getattr(fresh, name))
        return Changes(_AREAS, (uid,))


def remove_finding(desk: Desk, uid: str) -> Changes:
    """Puts a finding into the 回收站; raises NotFound, Refused."""
    return remove_findings(desk, (uid,))


def remove_findings(desk: Desk, uids: Sequence[str]) -> Changes:
    """Puts these findings into the 回收站, all or none; raises NotFound, Refused."""
    desk.require(Permission.FINDINGS)
    with desk.store.writing(desk.operator.uid) as session:
        book = RosterBook(desk, session)
        known = by_uid(session, Finding, uids)
        for uid in uids:
            finding = _live(known.get(uid))
            _require_mine(desk, book, finding)
            finding.deleted_at = session.info["at"]
        return Changes(_AREAS, tuple(uids))


def restore_finding(desk: Desk, uid: str) -> Changes:
    """Takes a finding out of the 回收站; raises NotFound."""
    desk.require(Permission.FINDINGS)
    with desk.store.writing(desk.operator.uid) as session:
        book = RosterBook(desk, session)
        gone = {one.uid: one for one in store.findings(session, recycled=True)}
        if uid not in gone:
            raise NotFound("回收站里没有这条底线发现，请刷新后再试。")
        book.person(gone[uid].person_uid)
        _require_mine(desk, book, gone[uid])
        gone[uid].deleted_at = None
        return Changes(_AREAS, (uid,))


def recycled_findings(desk: Desk) -> tuple[RecycledRow, ...]:
    """Findings in the 回收站, the latest removed first."""
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        book = RosterBook(desk, session)
        rows = [
            (finding.deleted_at, finding)
            for finding in store.findings(session, recycled=True)
            if finding.deleted_at is not None and finding.person_uid in book.persons
        ]
        rows.sort(key=lambda row: row[0], reverse=True)
        return tuple(
            RecycledRow(
                one.uid,
                f"{one.on} {book.person(one.person_uid).name} {one.bottom_line.clause} {one.facts}",
                at.astimezone().date(),
            )
            for at, one in rows
        )


_FIELDS = (
    *("person_uid", "group_uid", "bottom_line", "side", "on", "facts", "source"),
    *("confirmed", "grave"),
)


def _new(draft: FindingDraft) -> Finding:
    if draft.bottom_line is None or draft.side is None or draft.on is None:
        raise ValueError("an unchecked draft")
    return Finding(
        person_uid=draft.person_uid,
        group_uid=draft.group_uid,
        bottom_line=draft.bottom_line,
        side=draft.side,
        on=draft.on,
        facts=draft.facts.strip(),
        source=text(draft.source),
        confirmed=draft.confirmed,
        grave=draft.grave,
    )


def _checked(book: RosterBook, draft: FindingDraft) -> FindingDraft:
    """The draft with its group filled in; raises InvalidInput."""
    problems = [
        problem
        for problem in check_finding(draft, book.today)
        if problem.field != "group_uid"  # found below by person and day
    ]
    if problems or draft.on is None:
        raise InvalidInput(tuple(problems))
    return replace(draft, group_uid=group_on(book, draft.person_uid, draft.group_uid, draft.on))


def _finding(session: Session, uid: str) -> Finding:
    return _live(session.get(Finding, uid))


def _live(finding: Finding | None) -> Finding:
    if finding is None or finding.deleted_at is not None:
        raise NotFound("没有这条底线发现，可能已移入回收站，请刷新后再试。")
    return finding


def _is_mine(desk: Desk, finding: Finding) -> bool:
    """村务监督 writes its own findings only; whoever records may write all."""
    may_record = desk.operator.role.may(Permission.RECORD)
    return may_record or (
        desk.operator.role.may(Permission.FINDINGS) and finding.created_by == desk.operator.uid
    )


def _require_mine(desk: Desk, book: RosterBook, finding: Finding) -> None:
    if not _is_mine(desk, finding):
        raise Refused("村务监督只能修改自己登记的问题，请找村管理员。")
    book.require_writable(book.group(finding.group_uid).village_uid)


def _row(desk: Desk, book: RosterBook, finding: Finding) -> FindingRow:
    person = book.person(finding.person_uid)
    group = book.group(finding.group_uid)
    village = book.village(group.village_uid)
    return FindingRow(
        uid=finding.uid,
        on=finding.on,
        bottom_line=finding.bottom_line,
        side=finding.side,
        person_uid=person.uid,
        name=person.name,
        pinyin=person.pinyin,
        initials=person.initials,
        village_uid=village.uid,
        village=village.name,
        group_uid=group.uid,
        group=group.name,
        facts=finding.facts,
        source=finding.source,
        confirmed=finding.confirmed,
        grave=finding.grave,
        writable=book.writable(village.uid) and _is_mine(desk, finding),
    )
