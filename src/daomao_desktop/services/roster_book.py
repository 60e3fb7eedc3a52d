"""The roster inside one transaction, indexed: a handful of selects, then no query per row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.roster import GroupName
from daomao_desktop.domain.scheme import Edition
from daomao_desktop.errors import NotFound, Refused
from daomao_desktop.services.desk import Desk
from daomao_desktop.store import roster as store
from daomao_desktop.store.accounts import get_setting
from daomao_desktop.store.base import Record
from daomao_desktop.store.engine import Session
from daomao_desktop.store.notices import numbered_organs
from daomao_desktop.store.roster import Appointment, Group, Person, PostSubsidy, Town, Village

OWN_VILLAGE = "own_village"
"""Setting: the uid of the village this installation serves (village edition)."""


class RosterBook:
    """Villages, groups, persons, appointments and subsidies of one open session.

    Objects added through it are in the session and in the indexes alike. Records joined by hand
    count as one person: methods take any of their uids.
    """

    def __init__(self, desk: Desk, session: Session) -> None:
        self.session = session
        self._unsent: set[type[Record]] = set()
        self.edition = desk.edition
        self.today = desk.today()
        self.own_village: str | None = get_setting(session, OWN_VILLAGE, None)
        self.villages: dict[str, Village] = {one.uid: one for one in store.villages(session)}
        self._keyed_villages: dict[str, Village] = {}
        self.groups: dict[str, Group] = {}
        self._named_groups: dict[tuple[str, str], Group] = {}
        for group in store.groups(session):
            self._index_group(group)
        self.persons: dict[str, Person] = {one.uid: one for one in store.persons(session)}
        self._roots = store.roots_of(self.persons.values())
        self._records: dict[str, list[str]] = {}
        for uid, root in self._roots.items():
            self._records.setdefault(root, []).append(uid)
        self._posts: dict[str, list[Appointment]] = {}
        self._in_group: dict[str, list[Appointment]] = {}
        for appointment in store.appointments(session):
            self._index(appointment)
        self._paid: dict[str, list[PostSubsidy]] = {}
        for subsidy in store.subsidies(session):
            self._index_pay(subsidy)

    # -- places

    @cached_property
    def numbered(self) -> Sequence[tuple[str, str, str | None]]:
        """(代字, organ, village's uid) of whatever was ever numbered; asked for where needed."""
        return numbered_organs(self.session)

    def village(self, uid: str) -> Village:
        """Raises NotFound."""
        if uid not in self.villages:
            raise NotFound("没有这个村，可能已被删除，请刷新后再试。")
        return self.villages[uid]

    def group(self, uid: str) -> Group:
        """Raises NotFound."""
        if uid not in self.groups:
            raise NotFound("没有这个村民小组，可能已被删除，请刷新后再试。")
        return self.groups[uid]

    def village_named(self, name: str) -> Village | None:
        """A village as a spreadsheet may call it: 联光村, 联光, 联光村委会, 大茂镇联光村."""
        # The reading of spreadsheets is loaded by those who import one.
        from daomao_desktop.workbooks.people import village_key

        if not self._keyed_villages:
            self._keyed_villages = {village_key(one.name): one for one in self.villages.values()}
        return self._keyed_villages.get(village_key(name))

    def group_named(self, village_uid: str, name: GroupName) -> Group | None:
        """A group of the village by number, or by name where it has no number."""
        return self._named_groups.get((village_uid, name.key))

    def writable(self, village_uid: str) -> bool:
        """Whether this desk writes the village's records (own village; in the town 代管)."""
        if self.edition is Edition.VILLAGE:
            return village_uid == self.own_village
        return self.villages[village_uid].kept_by_town

    def require_writable(self, village_uid: str) -> None:
        """Raises Refused for a village whose records are written elsewhere."""
        if not self.writable(village_uid):
            name = self.villages[village_uid].name
            if self.edition is Edition.VILLAGE:
                raise Refused(f"{name}不是本村，本机只能登记本村的资料。")
            raise Refused(f"{name}的资料由该村自己登记，镇里只能查看。")

    def place(self, group_uid: str) -> str:
        """第3村民小组, in the town with the village before it."""
        group = self.group(group_uid)
        if self.edition is Edition.VILLAGE and group.village_uid == self.own_village:
            return group.name
        return self.villages[group.village_uid].name + group.name

    # -- persons and posts

    def root(self, person_uid: str) -> str:
        """The record this one is joined into, or itself; raises NotFound."""
        if person_uid not in self.persons:
            raise NotFound("没有这个人的记录，可能已移入回收站，请刷新后再试。")
        return self._roots[person_uid]

    def person(self, person_uid: str) -> Person:
        """The person's leading record; raises NotFound."""
        return self.persons[self.root(person_uid)]

    def records(self, person_uid: str) -> list[str]:
        """The uids of all records of this person."""
        return self._records[self.root(person_uid)]

    def by_id_numbers(self) -> dict[str, Person]:
        """ID number → the person, whichever of the joined records holds it."""
        return {
            person.id_number: self.person(person.uid)
            for person in self.persons.values()
            if person.id_number
        }

    def by_id_number(self, id_number: str) -> Person | None:
        """The person with this ID number."""
        return self.by_id_numbers().get(id_number)

    def private(self, person_uid: str, field: str) -> str | None:
        """ID number or phone in clear: of the leading record, else of one joined into it."""
        for uid in sorted(self.records(person_uid), key=lambda uid: uid != self.root(person_uid)):
            value: str | None = getattr(self.persons[uid], field)
            if value:
                return value
        return None

    def posts(self, person_uid: str) -> list[Appointment]:
        """All appointments of the person, from the earliest."""
        posts = [post for uid in self.records(person_uid) for post in self._posts.get(uid, ())]
        return sorted(posts, key=lambda post: post.counted_from.first)

    def post(self, person_uid: str) -> Appointment | None:
        """The appointment held today."""
        held = [one for one in self.posts(person_uid) if self.holds(one)]
        return held[-1] if held else None

    def holds(self, appointment: Appointment) -> bool:
        """Whether the appointment has not ended yet."""
        return appointment.ended is None or appointment.ended >= self.today

    def holder(self, group_uid: str) -> Appointment | None:
        """Who leads the group today."""
        held = [one for one in self._in_group.get(group_uid, ()) if self.holds(one)]
        return held[-1] if held else None

    def in_group(self, group_uid: str) -> list[Appointment]:
        """All appointments to the group, past ones too."""
        return list(self._in_group.get(group_uid, ()))

    def post_on(
        self, person_uid: str, on: date, group_uid: str | None = None
    ) -> Appointment | None:
        """The appointment (to that group) of that day; a start known by month covers all of it."""
        for post in reversed(self.posts(person_uid)):
            if (
                group_uid in (None, post.group_uid)
                and post.counted_from.first <= on
                and (post.ended is None or on <= post.ended)
            ):
                return post
        return None

    # -- subsidies

    def subsidies(self, person_uid: str) -> list[PostSubsidy]:
        """The person's own subsidy rows, from the earliest."""
        rows = [row for uid in self.records(person_uid) for row in self._paid.get(uid, ())]
        return sorted(rows, key=lambda row: row.since.first)

    def village_subsidies(self, village_uid: str) -> list[PostSubsidy]:
        """The subsidy rows of a whole village, from the earliest."""
        return sorted(self._paid.get(village_uid, ()), key=lambda row: row.since.first)

    def monthly(self, person_uid: str, village_uid: str, month: PartialDate) -> Money | None:
        """The post subsidy of a month: the person's own, else the village's; None if not known."""
        for rows in (self.subsidies(person_uid), self.village_subsidies(village_uid)):
            for row in reversed(rows):
                if (row.since.year, row.since.month) <= (month.year, month.month):
                    return row.monthly
        return None

    # -- adding

    def add_village(self, village: Village) -> None:
        self._add(village)
        self.villages[village.uid] = village
        self._keyed_villages.clear()

    def add_group(self, group: Group) -> None:
        self._after(Village)
        self._add(group)
        self._index_group(group)

    def add_person(self, person: Person) -> None:
        self._add(person)
        self.persons[person.uid] = person
        self._roots[person.uid] = person.uid
        self._records[person.uid] = [person.uid]

    def add_appointment(self, appointment: Appointment) -> None:
        self._after(Group, Person)
        self._add(appointment)
        self._index(appointment)

    def add_subsidy(self, subsidy: PostSubsidy) -> None:
        self._after(Village, Person)
        self._add(subsidy)
        self._index_pay(subsidy)

    def regroup(self, appointment: Appointment, group_uid: str) -> None:
        """Corrects the group of an appointment."""
        self._after(Group)
        self._in_group[appointment.group_uid].remove(appointment)
        appointment.group_uid = group_uid
        self._in_group.setdefault(group_uid, []).append(appointment)

    def town(self) -> Town:
        """Raises NotFound in a store without its town (damaged)."""
        town = store.the_town(self.session)
        if town is None:
            raise NotFound("资料库里没有镇的资料，请用最近的备份恢复。")
        return town

    def _add(self, record: Record) -> None:
        self.session.add(record)
        self._unsent.add(type(record))

    def _after(self, *parents: type[Record]) -> None:
        """The tables know no relationships: parents reach the store before what refers to them.

        Not sooner than needed, since a flush costs more than the rows in it.
        """
        if not self._unsent.isdisjoint(parents):
            self.session.flush()
            self._unsent.clear()

    def _index_group(self, group: Group) -> None:
        self.groups[group.uid] = group
        self._named_groups[group.village_uid, GroupName(group.number, group.name).key] = group

    def _index(self, appointment: Appointment) -> None:
        self._posts.setdefault(appointment.person_uid, []).append(appointment)
        self._in_group.setdefault(appointment.group_uid, []).append(appointment)

    def _index_pay(self, subsidy: PostSubsidy) -> None:
        owner = subsidy.person_uid or subsidy.village_uid or ""
        self._paid.setdefault(owner, []).append(subsidy)
