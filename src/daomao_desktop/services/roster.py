"""What a clerk does with leaders by form: add, change, move, end, remove, join.

Every function takes a desk, checks the operator's role first, and is one transaction.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.privacy import is_masked, mask_id, mask_phone
from daomao_desktop.domain.roster import LeaderDraft, check_leader, parse_group, tidy_leader
from daomao_desktop.domain.scheme import EndReason
from daomao_desktop.errors import FieldProblem, InvalidInput, NotFound, Refused
from daomao_desktop.services.desk import Area, Changes, Desk
from daomao_desktop.services.roster_book import RosterBook
from daomao_desktop.services.roster_lists import leader_page, list_leaders
from daomao_desktop.services.roster_persons import (
    join_persons,
    recycled,
    remove_leader,
    remove_leaders,
    restore_leader,
    separate_person,
)
from daomao_desktop.services.roster_places import (
    GroupDraft,
    TownDraft,
    VillageDraft,
    list_groups,
    list_villages,
    remove_group,
    save_group,
    save_town,
    save_village,
)
from daomao_desktop.services.roster_rows import (
    AppointmentRow,
    GradeRow,
    GroupRow,
    JoinedRow,
    LeaderPage,
    LeaderRow,
    RecycledRow,
    SubsidyRow,
    TimelineRow,
    VillageRow,
)
from daomao_desktop.services.roster_steps import (
    appoint,
    draft_of,
    ensure_group,
    first_pay,
    in_the_way,
    move,
    new_person,
    pay,
    write_person,
    write_post,
)
from daomao_desktop.store.audit import note
from daomao_desktop.store.roster import Appointment, Person

__all__ = [
    "AppointmentRow",
    "GradeRow",
    "GroupDraft",
    "GroupRow",
    "JoinedRow",
    "LeaderPage",
    "LeaderRow",
    "RecycledRow",
    "SubsidyRow",
    "TimelineRow",
    "TownDraft",
    "VillageDraft",
    "VillageRow",
    "add_leader",
    "change_leader",
    "end_appointment",
    "join_persons",
    "leader_draft",
    "leader_page",
    "list_groups",
    "list_leaders",
    "list_villages",
    "move_leader",
    "recycled",
    "remove_group",
    "remove_leader",
    "remove_leaders",
    "restore_leader",
    "reveal",
    "save_group",
    "save_town",
    "save_village",
    "separate_person",
    "set_subsidy",
]

Private = Literal["id_number", "phone"]
_WORDS = {"id_number": "身份证号码", "phone": "联系电话"}


def leader_draft(desk: Desk, person_uid: str) -> LeaderDraft:
    """The person as a form shows it; a masked value left as it is stays unchanged."""
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        book = RosterBook(desk, session)
        person = book.person(person_uid)
        draft = draft_of(book, person, _last_post(book, person_uid))
        number, phone = (book.private(person_uid, field) for field in ("id_number", "phone"))
        return replace(
            draft,
            id_number=mask_id(number) if number else None,
            phone=mask_phone(phone) if phone else None,
            to_verify=tuple((person.to_verify or "").splitlines()),
        )


def add_leader(desk: Desk, draft: LeaderDraft) -> Changes:
    """Records a leader of a group; the ID number of a known person makes it a return or a move.

    Raises InvalidInput for fields, Refused where the group is occupied or the dates overlap.
    """
    desk.require(Permission.RECORD)
    draft = _unmasked(tidy_leader(draft), None)
    _check(draft, desk.today())
    with desk.store.writing(desk.operator.uid) as session:
        book = RosterBook(desk, session)
        group_uid = _group(book, draft)
        person = _known(book, draft)
        if person is None:
            person = new_person(book, draft)
            post = appoint(book, person, group_uid, draft)
        else:
            held = book.post(person.uid)
            if held is not None and held.group_uid == group_uid:
                raise Refused(f"{person.name}已经是{book.place(group_uid)}的小组长。")
            if held is not None:
                post = move(book, person, held, group_uid, draft)
            else:
                post = appoint(book, person, group_uid, draft)
            write_person(person, draft, book.today)
        if draft.subsidy is not None and not book.subsidies(person.uid):
            first_pay(book, post, draft.subsidy)
        elif draft.subsidy is not None and post.started is not None:
            pay(book, person.uid, draft.subsidy, post.started)
        return _changed(person.uid, post.uid)


def change_leader(desk: Desk, person_uid: str, draft: LeaderDraft) -> Changes:
    """Corrects a leader's record; with another group and a later start it is a move.

    Another group with the same start corrects the group. A changed subsidy holds from this month.
    """
    desk.require(Permission.RECORD)
    draft = tidy_leader(draft)
    with desk.store.writing(desk.operator.uid) as session:
        book = RosterBook(desk, session)
        person = book.person(person_uid)
        post = _last_post(book, person_uid)
        if post is None:
            raise Refused(f"{person.name}没有任职记录，请先登记任职。")
        draft = _unmasked(draft, person)
        _check(draft, book.today)
        group_uid = _group(book, draft)
        book.require_writable(book.group(post.group_uid).village_uid)
        _same_id(book, draft, person)
        if group_uid != post.group_uid and draft.started != post.started:
            if not book.holds(post):
                raise Refused(f"{person.name}已卸任，重新任职请用“新增”登记。")
            post = move(book, person, post, group_uid, draft)
        else:
            problem = in_the_way(book, person_uid, group_uid, draft.started, itself=post.uid)
            if problem and (book.holds(post) or group_uid != post.group_uid):
                raise Refused(f"{problem}。")
            _check_end(draft, post)
            if group_uid != post.group_uid:
                book.regroup(post, group_uid)
            write_post(book, post, draft)
        write_person(person, draft, book.today)
        if draft.subsidy is not None:
            village = book.group(post.group_uid).village_uid
            month = PartialDate(book.today.year, book.today.month)
            known = book.monthly(person_uid, village, month)
            if known is None and not book.subsidies(person_uid):
                first_pay(book, post, draft.subsidy)
            elif known != draft.subsidy:
                pay(book, person.uid, draft.subsidy, month)
        return _changed(person.uid, post.uid)


def end_appointment(desk: Desk, person_uid: str, on: date, reason: EndReason) -> Changes:
    """Records the last day in post and why it ended; raises Refused for an impossible day."""
    desk.require(Permission.RECORD)
    with desk.store.writing(desk.operator.uid) as session:
        book = RosterBook(desk, session)
        person = book.person(person_uid)
        post = book.post(person_uid)
        if post is None:
            raise Refused(f"{person.name}现在没有任职，不用登记卸任。")
        book.require_writable(book.group(post.group_uid).village_uid)
        if on > book.today:
            raise InvalidInput((FieldProblem("on", "卸任日期不能晚于今天。"),))
        if on < post.counted_from.first:
            raise InvalidInput((FieldProblem("on", f"卸任日期早于任职时间（{post.started}）。"),))
        post.ended, post.end_reason = on, reason
        return _changed(person.uid, post.uid)


def move_leader(desk: Desk, person_uid: str, group_uid: str, on: date) -> Changes:
    """Moves a leader to another group: the old appointment ends the day before (调整)."""
    desk.require(Permission.RECORD)
    with desk.store.writing(desk.operator.uid) as session:
        book = RosterBook(desk, session)
        person = book.person(person_uid)
        book.require_writable(book.group(group_uid).village_uid)
        post = book.post(person_uid)
        if post is None:
            raise Refused(f"{person.name}现在没有任职，请用“新增”登记任职。")
        if post.group_uid == group_uid:
            raise Refused(f"{person.name}已经是{book.place(group_uid)}的小组长。")
        if on > book.today:
            raise InvalidInput((FieldProblem("on", "调整日期不能晚于今天。"),))
        start = LeaderDraft(village_uid="", group="", name=person.name, started=PartialDate.of(on))
        moved = move(book, person, post, group_uid, start)
        return _changed(person.uid, moved.uid)


def set_subsidy(desk: Desk, person_uid: str, monthly: Money, since: PartialDate) -> Changes:
    """The monthly post subsidy from a month on; a row of the same month is corrected."""
    desk.require(Permission.RECORD)
    if monthly.fen < 0:
        raise InvalidInput((FieldProblem("monthly", "岗位补贴不能是负数。"),))
    with desk.store.writing(desk.operator.uid) as session:
        book = RosterBook(desk, session)
        person = book.person(person_uid)
        post = _last_post(book, person_uid)
        if post is not None:
            book.require_writable(book.group(post.group_uid).village_uid)
        pay(book, person.uid, monthly, since)
        return _changed(person.uid)


def reveal(desk: Desk, person_uid: str, field: Private) -> str:
    """A private value in clear; the click is written into the audit trail. Raises NotFound."""
    desk.require(Permission.REVEAL)
    if field not in _WORDS:
        raise ValueError(field)
    with desk.store.writing(desk.operator.uid) as session:
        book = RosterBook(desk, session)
        person = book.person(person_uid)
        value = book.private(person_uid, field)
        if value is None:
            raise NotFound(f"{person.name}没有登记{_WORDS[field]}。")
        note(session, Area.ROSTER, f"查看{_WORDS[field]}", record=person.uid)
        return value


def _changed(*uids: str) -> Changes:
    return Changes(frozenset({Area.ROSTER, Area.ASSESSMENT}), uids)


def _check(draft: LeaderDraft, today: date) -> None:
    problems = check_leader(draft, today)
    if problems:
        raise InvalidInput(problems)


def _check_end(draft: LeaderDraft, post: Appointment) -> None:
    if post.ended is not None and draft.started is not None and draft.started.first > post.ended:
        raise InvalidInput((FieldProblem("started", "任职时间晚于卸任日期，请核对。"),))


def _group(book: RosterBook, draft: LeaderDraft) -> str:
    """The uid of the group that was typed, made where the village has none of that name."""
    village = book.village(draft.village_uid)
    book.require_writable(village.uid)
    return ensure_group(book, village.uid, parse_group(draft.group, village.name))[0].uid


def _last_post(book: RosterBook, person_uid: str) -> Appointment | None:
    """The appointment held, or the one held last."""
    posts = book.posts(person_uid)
    return book.post(person_uid) or (posts[-1] if posts else None)


def _unmasked(draft: LeaderDraft, person: Person | None) -> LeaderDraft:
    """Masks replaced by what the store holds: a mask left as it was changes nothing."""
    if is_masked(draft.id_number or ""):
        draft = replace(draft, id_number=person.id_number if person else None)
    if is_masked(draft.phone or ""):
        draft = replace(draft, phone=person.phone if person else None)
    return draft


def _known(book: RosterBook, draft: LeaderDraft) -> Person | None:
    """The person already recorded with this ID number; raises InvalidInput for another name."""
    person = book.by_id_number(draft.id_number) if draft.id_number else None
    if person is not None and person.name != draft.name:
        _same_id(book, draft, None)
    return person


def _same_id(book: RosterBook, draft: LeaderDraft, person: Person | None) -> None:
    holder = book.by_id_number(draft.id_number) if draft.id_number else None
    if holder is not None and holder is not person:
        sentence = f"这个身份证号码已登记在{holder.name}名下，请核对。"
        raise InvalidInput((FieldProblem("id_number", sentence),))
