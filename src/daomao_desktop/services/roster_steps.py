"""Steps on the roster inside one transaction, shared by the forms and the Excel import."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from daomao_desktop.domain.dates import PartialDate, chinese_date
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.roster import UNKNOWN_START, GroupName, LeaderDraft, verify_reasons
from daomao_desktop.domain.scheme import EndReason
from daomao_desktop.errors import Refused
from daomao_desktop.services.pinyin import reading
from daomao_desktop.services.roster_book import RosterBook
from daomao_desktop.store.roster import Appointment, Group, Person, PostSubsidy

# Attributes a draft and a person's record share, and their words in a report.
_PERSONAL = {
    "name": "姓名",
    "sex": "性别",
    "ethnicity": "民族",
    "birth": "出生年月",
    "id_number": "身份证号码",
    "phone": "联系电话",
    "education": "文化程度",
    "political_status": "政治面貌",
    "address": "住址",
    "remark": "备注",
}
_OF_POST = {
    "started": "任职时间",
    "how_chosen": "产生方式",
    "meeting_on": "推选会议日期",
    "branch_decided_on": "支部研究日期",
}


def draft_of(book: RosterBook, person: Person, post: Appointment | None) -> LeaderDraft:
    """The stored record as a draft, private values in clear: for merging, never for a screen."""
    group = book.groups.get(post.group_uid) if post else None
    month = PartialDate(book.today.year, book.today.month)
    kept: dict[str, Any] = {field: getattr(person, field) for field in _PERSONAL}
    kept |= {field: getattr(post, field) if post else None for field in _OF_POST}
    return LeaderDraft(
        village_uid=group.village_uid if group else "",
        group=group.name if group else "",
        subsidy=book.monthly(person.uid, group.village_uid, month) if group else None,
        **kept,
    )


def write_person(person: Person, draft: LeaderDraft, today: date) -> list[str]:
    """Copies the personal fields; returns the words of those that changed."""
    changed = _copy(draft, person, _PERSONAL)
    if "姓名" in changed or not person.pinyin:
        person.pinyin, person.initials = reading(draft.name)
    reasons = list(verify_reasons(draft, today))
    if draft.started is None:
        reasons.append(UNKNOWN_START)
    kept = "\n".join(reasons) or None
    if kept != person.to_verify:
        person.to_verify = kept
        changed = changed or ["待核实"]
    return changed


def write_post(book: RosterBook, post: Appointment, draft: LeaderDraft) -> list[str]:
    """Copies the fields of the appointment; a subsidy that began with it begins with it still."""
    before = post.started
    changed = _copy(draft, post, _OF_POST)
    if "任职时间" in changed and before is not None and post.started is not None:
        for row in book.subsidies(post.person_uid):
            if row.since == before:
                row.since = post.started
    return changed


def new_person(book: RosterBook, draft: LeaderDraft) -> Person:
    """A new record with its pinyin and its 待核实 marks."""
    person = Person(name=draft.name)
    write_person(person, draft, book.today)
    book.add_person(person)
    return person


def ensure_group(book: RosterBook, village_uid: str, name: GroupName) -> tuple[Group, bool]:
    """The group of that number or name, made where it is not there yet (then True)."""
    group = book.group_named(village_uid, name)
    if group is not None:
        return group, False
    group = Group(village_uid=village_uid, number=name.number, name=name.name)
    book.add_group(group)
    return group, True


def in_the_way(
    book: RosterBook,
    person_uid: str | None,
    group_uid: str,
    started: PartialDate | None,
    *,
    leaving: Mapping[str, date] = MappingProxyType({}),
    itself: str | None = None,
) -> str | None:
    """Why the person cannot lead the group from then on (one current leader a group), or None.

    ``leaving``: appointments that the same transaction ends, with their last day; ``itself``: the
    appointment being corrected. The sentence names the person in the way.
    """
    records = book.records(person_uid) if person_uid else []
    place = book.place(group_uid)
    for post in book.in_group(group_uid):
        if post.uid == itself or post.person_uid in records or post.person_uid not in book.persons:
            continue
        other = book.persons[post.person_uid].name
        ended = leaving.get(post.uid, post.ended)
        if ended is None or (ended >= book.today and post.uid not in leaving):
            return f"{place}现任小组长是{other}，请先为{other}登记卸任"
        if started is not None and not _after(started, ended):
            return f"{place}的前任小组长{other}任职到{chinese_date(ended)}，任职时间应在这之后"
    return None


def own_overlap(
    book: RosterBook,
    person_uid: str,
    started: PartialDate | None,
    *,
    leaving: Mapping[str, date] = MappingProxyType({}),
    itself: str | None = None,
) -> str | None:
    """Why the person cannot begin then: an earlier appointment of the same person lasted longer."""
    for post in book.posts(person_uid):
        ended = leaving.get(post.uid, post.ended)
        if post.uid != itself and started and ended is not None and not _after(started, ended):
            name, place = book.persons[post.person_uid].name, book.place(post.group_uid)
            return f"{name}在{place}任职到{chinese_date(ended)}，新的任职时间应在这之后"
    return None


def appoint(book: RosterBook, person: Person, group_uid: str, draft: LeaderDraft) -> Appointment:
    """A new appointment; raises Refused when the group is occupied or the dates overlap."""
    problem = in_the_way(book, person.uid, group_uid, draft.started)
    if problem:
        raise Refused(f"{problem}，再让{person.name}任职。")
    problem = own_overlap(book, person.uid, draft.started)
    if problem:
        raise Refused(f"{problem}。")
    post = Appointment(
        person_uid=person.uid,
        group_uid=group_uid,
        **{name: getattr(draft, name) for name in _OF_POST},
    )
    book.add_appointment(post)
    return post


def move_problem(book: RosterBook, post: Appointment, started: PartialDate | None) -> str | None:
    """Why the holder of ``post`` cannot go to another group from ``started`` on, or None."""
    name = book.persons[post.person_uid].name
    place = book.place(post.group_uid)
    village = book.group(post.group_uid).village_uid
    if not book.writable(village):
        return f"{name}在{place}任职，该村自己登记资料，请由该村先登记卸任"
    if started is None:
        return f"{name}现在{place}任职，调整到别的小组要写明新的任职时间"
    if post.started is not None and not _later(started, post.started):
        return (
            f"{name}现在{place}任职（{post.started}起），新的任职时间{started}不在这之后，"
            "请写调整到新小组的时间"
        )
    return None


def move(
    book: RosterBook, person: Person, post: Appointment, group_uid: str, draft: LeaderDraft
) -> Appointment:
    """Ends ``post`` the day before ``draft.started`` (调整) and appoints to the other group.

    Raises Refused as ``move_problem`` and ``appoint`` say.
    """
    problem = move_problem(book, post, draft.started)
    if problem:
        raise Refused(f"{problem}。")
    leave(post, draft.started)
    return appoint(book, person, group_uid, draft)


def leave(post: Appointment, started: PartialDate | None) -> None:
    """Ends an appointment the day before the next one starts."""
    if started is not None:
        post.ended = started.first - timedelta(days=1)
        post.end_reason = EndReason.MOVED


def pay(book: RosterBook, person_uid: str, monthly: Money, since: PartialDate) -> bool:
    """The person's monthly subsidy from then on; a row of the same month is corrected.

    Returns whether anything changed.
    """
    for row in book.subsidies(person_uid):
        if (row.since.year, row.since.month) == (since.year, since.month):
            if row.monthly == monthly:
                return False
            row.monthly = monthly
            return True
    book.add_subsidy(PostSubsidy(person_uid=person_uid, monthly=monthly, since=since))
    return True


def first_pay(book: RosterBook, post: Appointment, monthly: Money) -> None:
    """A first subsidy holds from the start in post; from this January where that is unknown."""
    pay(book, post.person_uid, monthly, post.started or PartialDate(book.today.year, 1))


def _copy(source: object, target: object, fields: dict[str, str]) -> list[str]:
    changed = []
    for field, word in fields.items():
        value = getattr(source, field)
        if getattr(target, field) != value:
            setattr(target, field, value)
            changed.append(word)
    return changed


def _later(one: PartialDate, other: PartialDate) -> bool:
    """Whether it begins in a later month, or on a later day where both days are known."""
    if one.day is None or other.day is None:
        return (one.year, one.month) > (other.year, other.month)
    return one.first > other.first


def _after(started: PartialDate, ended: date) -> bool:
    """Whether a start may follow an end; a start known by month may lie anywhere in it."""
    return started.last > ended
