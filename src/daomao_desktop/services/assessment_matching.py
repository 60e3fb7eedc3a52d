"""Finds the person a spreadsheet row means: village, group and name against the roster."""

from __future__ import annotations

from dataclasses import dataclass

from daomao_desktop.domain.roster import GroupName
from daomao_desktop.services.assessment_book import YearBook
from daomao_desktop.store.roster import Appointment


class Unmatched(Exception):
    """No person, or more than one, is meant; ``str`` is a sentence for the row."""


@dataclass(frozen=True, slots=True)
class Match:
    """The person, and the group the row names where it is one that person has led."""

    person_uid: str
    group_uid: str | None


class Matcher:
    """Matches rows of one year.

    ``everyone``: among all who ever led a group (补录), else among those in post that year.
    """

    def __init__(self, book: YearBook, *, everyone: bool = False) -> None:
        self.book = book
        self._everyone = everyone
        self._by_name: dict[str, set[str]] = {}
        for uid, person in book.roster.persons.items():
            self._by_name.setdefault(person.name, set()).add(book.root(uid))

    def find(self, village: str | None, group: GroupName | None, name: str) -> Match:
        """Raises Unmatched."""
        book = self.book
        named = self._by_name.get(name, set())
        if not named:
            raise Unmatched(f"花名册里没有“{name}”，请核对姓名，或先导入花名册。")
        village_uid = self._village(village)
        here = [uid for uid in named if self._posts(uid, village_uid, None)]
        if not here:
            raise Unmatched(self._elsewhere(named, village, name))
        in_group = [uid for uid in here if group and self._posts(uid, village_uid, group)]
        found = in_group or here
        if group and not in_group and not self._everyone:
            places = "、".join(sorted(self._place(uid) for uid in here))
            raise Unmatched(f"“{name}”不在{group.name}，花名册里是{places}，请核对。")
        if len(found) > 1:
            places = "、".join(sorted(self._place(uid) for uid in found))
            lacking = "村" if not village and book.edition.value == "镇" else "村民小组"
            raise Unmatched(f"“{name}”有同名的（{places}），请在“{lacking}”栏写明是哪一位。")
        posts = self._posts(found[0], village_uid, group) if in_group else []
        return Match(found[0], posts[-1].group_uid if posts else None)

    def _village(self, village: str | None) -> str | None:
        if village is None:
            return None
        found = self.book.roster.village_named(village)
        if found is None:
            raise Unmatched(f"没有“{village}”这个村，请核对村名。")
        return found.uid

    def _posts(
        self, uid: str, village_uid: str | None, group: GroupName | None
    ) -> list[Appointment]:
        """The person's posts there: of any time for 补录, else of those in post that year."""
        book = self.book
        if not self._everyone and uid not in book.leaders:
            return []
        return [
            post
            for post in book.roster.posts(uid)
            if (one := book.roster.groups.get(post.group_uid)) is not None
            and (village_uid is None or one.village_uid == village_uid)
            and (group is None or GroupName(one.number, one.name).key == group.key)
        ]

    def _place(self, uid: str) -> str:
        group = self.book.group_of(uid)
        if group is None:
            posts = self.book.roster.posts(uid)
            group = posts[-1].group_uid if posts else None
        return self.book.roster.place(group) if group in self.book.roster.groups and group else ""

    def _elsewhere(self, named: set[str], village: str | None, name: str) -> str:
        places = sorted(filter(None, (self._place(uid) for uid in named)))
        if places and village:
            return f"“{name}”不在{village}，花名册里是{'、'.join(places)}，请核对。"
        return f"“{name}”在{self.book.year}年没有任职，不参加当年考核。"
