"""The list of leaders and one person's page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.privacy import mask_id, mask_phone
from daomao_desktop.domain.roster import term_ends
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.roster_book import RosterBook
from daomao_desktop.services.roster_rows import (
    AppointmentRow,
    GradeRow,
    JoinedRow,
    LeaderPage,
    LeaderRow,
    SubsidyRow,
    TimelineRow,
)
from daomao_desktop.store import conduct, duties, roster_history
from daomao_desktop.store.roster import Appointment, Person


def list_leaders(desk: Desk, *, former: bool = False) -> tuple[LeaderRow, ...]:
    """Present leaders (or, ``former``, those who have left) by village, group number and name.

    ID numbers and phones are masked.
    """
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        book = RosterBook(desk, session)
        rows = []
        for person in book.persons.values():
            if person.joined_into is not None:
                continue
            held = book.post(person.uid)
            if former:
                posts = book.posts(person.uid)
                if held is None and posts:
                    rows.append(leader_row(book, person, posts[-1]))
            elif held is not None:
                rows.append(leader_row(book, person, held))
        position = {uid: at for at, uid in enumerate(book.villages)}
        return tuple(sorted(rows, key=lambda row: _order(row, position)))


def leader_page(desk: Desk, person_uid: str) -> LeaderPage:
    """Everything about one person, records joined into it included; raises NotFound."""
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        book = RosterBook(desk, session)
        person = book.person(person_uid)
        records = book.records(person_uid)
        posts = book.posts(person_uid)
        post = book.post(person_uid) or (posts[-1] if posts else None)
        village_uid = book.group(post.group_uid).village_uid if post else ""
        own = [SubsidyRow(r.uid, r.monthly, r.since, False) for r in book.subsidies(person_uid)]
        common = [
            SubsidyRow(r.uid, r.monthly, r.since, True) for r in book.village_subsidies(village_uid)
        ]
        timeline = [row for one in posts for row in _post_lines(book, one)]
        timeline += [
            TimelineRow(row.on, row.role.value, row.content, row.uid)
            for row in duties.duties(session, person_uids=records)
        ]
        timeline += [
            TimelineRow(row.on, f"底线 {row.bottom_line.clause}", row.facts, row.uid)
            for row in conduct.findings(session, person_uids=records)
        ]
        timeline += [
            TimelineRow(row.dated, row.kind.value, f"{row.title}（{row.state.value}）", row.uid)
            for row in roster_history.documents_of(session, records)
        ]
        timeline.sort(key=lambda row: row.on, reverse=True)
        grades = [
            GradeRow(
                year=year.year,
                grade=assessment.decision,
                village=book.villages[book.group(assessment.group_uid).village_uid].name,
                group=book.group(assessment.group_uid).name,
                state=year.state,
                source=assessment.source,
            )
            for assessment, year in roster_history.assessments_of(session, records)
            if assessment.decision is not None
        ]
        return LeaderPage(
            leader=leader_row(book, person, post),
            address=person.address,
            appointments=tuple(_appointment_row(book, one) for one in reversed(posts)),
            subsidies=tuple(reversed([*common, *own])),
            timeline=tuple(timeline),
            grades=tuple(grades),
            joined=tuple(
                JoinedRow(
                    uid=uid,
                    name=book.persons[uid].name,
                    id_number=_mask(mask_id, book.persons[uid].id_number),
                    posts="、".join(
                        book.place(one.group_uid) for one in posts if one.person_uid == uid
                    ),
                )
                for uid in records
                if uid != person.uid
            ),
        )


def leader_row(book: RosterBook, person: Person, post: Appointment | None) -> LeaderRow:
    """One row of the list; private values masked."""
    group = book.group(post.group_uid) if post else None
    village = book.villages.get(group.village_uid) if group else None
    month = PartialDate(book.today.year, book.today.month)
    return LeaderRow(
        person_uid=person.uid,
        appointment_uid=post.uid if post else None,
        village_uid=village.uid if village else "",
        village=village.name if village else "",
        group_uid=group.uid if group else "",
        group=group.name if group else "",
        group_number=group.number if group else None,
        name=person.name,
        pinyin=person.pinyin,
        initials=person.initials,
        sex=person.sex,
        ethnicity=person.ethnicity,
        birth=person.birth,
        age=_age(person.birth, book.today),
        id_number=_mask(mask_id, book.private(person.uid, "id_number")),
        phone=_mask(mask_phone, book.private(person.uid, "phone")),
        education=person.education,
        political_status=person.political_status,
        started=post.started if post else None,
        term_ends=term_ends(post.started) if post and post.started else None,
        ended=post.ended if post else None,
        end_reason=post.end_reason if post else None,
        monthly=book.monthly(person.uid, village.uid, month) if village else None,
        remark=person.remark,
        to_verify=tuple((person.to_verify or "").splitlines()),
        writable=village is not None and book.writable(village.uid),
    )


def _order(row: LeaderRow, position: dict[str, int]) -> tuple[int, bool, int, str, str, str]:
    number = row.group_number
    village = position.get(row.village_uid, len(position))
    return (village, number is None, number or 0, row.group, row.pinyin, row.person_uid)


def _mask(mask: Callable[[str], str], value: str | None) -> str | None:
    return mask(value) if value else None


def _age(birth: PartialDate | None, today: date) -> int | None:
    """Whole years; a birthday known by month counts from its first day."""
    if birth is None:
        return None
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day or 1))


def _appointment_row(book: RosterBook, post: Appointment) -> AppointmentRow:
    group = book.group(post.group_uid)
    return AppointmentRow(
        uid=post.uid,
        village=book.villages[group.village_uid].name,
        group=group.name,
        started=post.started,
        ended=post.ended,
        end_reason=post.end_reason,
        how_chosen=post.how_chosen,
        meeting_on=post.meeting_on,
        branch_decided_on=post.branch_decided_on,
        term_ends=term_ends(post.started) if post.started else None,
    )


def _post_lines(book: RosterBook, post: Appointment) -> list[TimelineRow]:
    place = book.place(post.group_uid)
    lines = []
    if post.started is not None:
        chosen = f"（{post.how_chosen.value}）" if post.how_chosen else ""
        lines.append(TimelineRow(post.started.first, "任职", f"{place}组长{chosen}", post.uid))
    if post.ended is not None:
        reason = f"（{post.end_reason.value}）" if post.end_reason else ""
        lines.append(TimelineRow(post.ended, "卸任", f"{place}组长{reason}", post.uid))
    return lines
