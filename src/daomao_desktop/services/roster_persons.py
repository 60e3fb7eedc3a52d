"""Records of persons as such: removed and restored, two records of one person joined and parted."""

from __future__ import annotations

from collections.abc import Sequence

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.identity import id_problem
from daomao_desktop.errors import FieldProblem, InvalidInput, NotFound, Refused
from daomao_desktop.services.desk import Area, Changes, Desk
from daomao_desktop.services.roster_book import RosterBook
from daomao_desktop.services.roster_rows import RecycledRow
from daomao_desktop.services.roster_steps import in_the_way
from daomao_desktop.store import roster as store
from daomao_desktop.store import roster_history
from daomao_desktop.store.audit import note
from daomao_desktop.store.engine import Session
from daomao_desktop.store.roster import Appointment, Person

_AREAS = frozenset({Area.ROSTER, Area.DUTIES, Area.CONDUCT, Area.ASSESSMENT})


def remove_leader(desk: Desk, person_uid: str) -> Changes:
    """Puts a record made by mistake into the 回收站; raises as ``remove_leaders`` does."""
    return remove_leaders(desk, (person_uid,))


def remove_leaders(desk: Desk, person_uids: Sequence[str]) -> Changes:
    """Puts records made by mistake into the 回收站, with their appointments and subsidies.

    All or none. Raises Refused for a person with assessments or documents, or joined with another
    record; the sentence names everybody it is about.
    """
    desk.require(Permission.RECORD)
    with desk.store.writing(desk.operator.uid) as session:
        book = RosterBook(desk, session)
        people = [book.person(uid) for uid in person_uids]
        _refuse_kept(book, session, people)
        records = [*people, *store.of_persons(session, [person.uid for person in people])]
        for record in records:
            if record.deleted_at is None:
                record.deleted_at = session.info["at"]
        return Changes(_AREAS, tuple(person.uid for person in people))


def restore_leader(desk: Desk, person_uid: str) -> Changes:
    """Takes a record out of the 回收站 with what was removed together with it.

    Raises Refused when the group has another leader by now or the ID number is recorded elsewhere.
    """
    desk.require(Permission.RECORD)
    with desk.store.writing(desk.operator.uid) as session:
        gone = {person.uid: person for person in store.persons(session, recycled=True)}
        person = gone.get(person_uid)
        if person is None:
            raise NotFound("回收站里没有这个人的记录，请刷新后再试。")
        book = RosterBook(desk, session)
        same = book.by_id_number(person.id_number) if person.id_number else None
        if same is not None:
            raise Refused(
                f"{person.name}的身份证号码现在登记在{same.name}名下，不能恢复；请核对后改正其中一个。"
            )
        removed_at = person.deleted_at
        for record in store.of_persons(session, [person_uid]):
            if record.deleted_at != removed_at:
                continue
            if isinstance(record, Appointment):
                book.require_writable(book.group(record.group_uid).village_uid)
                # Another current leader stands in the way of one who would be current again.
                problem = (
                    in_the_way(book, None, record.group_uid, record.started)
                    if book.holds(record)
                    else None
                )
                if problem:
                    raise Refused(f"{problem}，再恢复{person.name}。")
            record.deleted_at = None
        person.deleted_at = None
        return Changes(_AREAS, (person.uid,))


def recycled(desk: Desk) -> tuple[RecycledRow, ...]:
    """Persons in the 回收站, the latest removed first."""
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        book = RosterBook(desk, session)
        gone = store.persons(session, recycled=True)
        places: dict[str, list[str]] = {}
        for record in store.of_persons(session, [person.uid for person in gone]):
            if isinstance(record, Appointment) and record.group_uid in book.groups:
                places.setdefault(record.person_uid, []).append(book.place(record.group_uid))
        rows = []
        for person in gone:
            if person.deleted_at is not None:
                where = "、".join(places.get(person.uid, ())) or "没有任职记录"
                rows.append((person.deleted_at, person.uid, f"{person.name}（{where}）"))
        rows.sort(reverse=True)
        return tuple(RecycledRow(uid, text, at.astimezone().date()) for at, uid, text in rows)


def join_persons(desk: Desk, keep_uid: str, other_uid: str, reason: str) -> Changes:
    """Joins two records of one person; posts, grades and documents then count as one person's.

    Nothing is copied, so ``separate_person`` undoes it. Raises Refused where they cannot be one
    person: two valid ID numbers, both in post, both assessed in one year.
    """
    desk.require(Permission.RECORD)
    reason = reason.strip()
    if not reason:
        raise InvalidInput((FieldProblem("reason", "请写明为什么认定是同一个人。"),))
    with desk.store.writing(desk.operator.uid) as session:
        book = RosterBook(desk, session)
        keep, other = book.person(keep_uid), book.person(other_uid)
        if keep.uid == other.uid:
            raise Refused("选中的两条记录已经是同一个人。")
        for one in (keep, other):
            _require_writable(book, one.uid)
        _refuse_two_persons(book, keep, other)
        years = [
            {year.year for _, year in roster_history.assessments_of(session, book.records(one.uid))}
            for one in (keep, other)
        ]
        both = sorted(years[0] & years[1])
        if both:
            raise Refused(f"两条记录在{both[0]}年都有考核，请先改正该年的考核再合并。")
        other.joined_into = keep.uid
        note(session, Area.ROSTER, "合并人员记录", {"into": keep.uid, "reason": reason}, other.uid)
        return Changes(_AREAS, (keep.uid, other.uid))


def separate_person(desk: Desk, other_uid: str) -> Changes:
    """Undoes the joining of a record; raises Refused for one that is not joined."""
    desk.require(Permission.RECORD)
    with desk.store.writing(desk.operator.uid) as session:
        book = RosterBook(desk, session)
        root = book.root(other_uid)
        other = book.persons[other_uid]
        if other.joined_into is None:
            raise Refused(f"{other.name}的记录没有合并到别人，不用拆分。")
        _require_writable(book, root)
        other.joined_into = None
        note(session, Area.ROSTER, "拆分人员记录", {"from": root}, other.uid)
        return Changes(_AREAS, (root, other.uid))


def _refuse_kept(book: RosterBook, session: Session, people: Sequence[Person]) -> None:
    """Raises Refused when one of them has to stay; three selects, however many they are."""
    for person in people:
        if len(book.records(person.uid)) > 1:
            raise Refused(f"{person.name}的记录与另一条合并过，请先拆分再删除。")
        _require_writable(book, person.uid)
    uids = [person.uid for person in people]
    assessed = {one.person_uid for one, _year in roster_history.assessments_of(session, uids)}
    named = {one.person_uid for one in roster_history.documents_of(session, uids)}
    named |= roster_history.drafted(session, uids)
    for kept, what in ((assessed, "年度考核记录"), (named, "奖惩文书")):
        names = "、".join(person.name for person in people if person.uid in kept)
        if names:
            raise Refused(f"{names}已有{what}，不能删除；不再任职的请登记卸任。")


def _require_writable(book: RosterBook, person_uid: str) -> None:
    """The latest post says whose record a person is."""
    posts = book.posts(person_uid)
    post = book.post(person_uid) or (posts[-1] if posts else None)
    if post is not None:
        book.require_writable(book.group(post.group_uid).village_uid)


def _refuse_two_persons(book: RosterBook, keep: Person, other: Person) -> None:
    one = book.private(keep.uid, "id_number")
    two = book.private(other.uid, "id_number")
    if one and two and one != two and not (id_problem(one) or id_problem(two)):
        raise Refused("两条记录的身份证号码不同，而且都正确，不是同一个人，不能合并。")
    held, also = book.post(keep.uid), book.post(other.uid)
    if held is not None and also is not None:
        raise Refused(
            f"两条记录都在任（{book.place(held.group_uid)}、{book.place(also.group_uid)}），"
            "请先为其中一条登记卸任或调整。"
        )
