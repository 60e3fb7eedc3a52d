"""Choosing the 十佳 of a year out of those its commendation names (R1)."""

from __future__ import annotations

from dataclasses import dataclass

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.notices import DocumentKind
from daomao_desktop.domain.rewards import ten_best_limit
from daomao_desktop.domain.scheme import Grade
from daomao_desktop.services.assessment_book import YearBook
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.notice_steps import draft_order


@dataclass(frozen=True, slots=True)
class BestRow:
    """One person who may be chosen; ``pinyin`` and ``initials`` to be found by."""

    person_uid: str
    name: str
    village: str
    group: str
    pinyin: str
    initials: str


@dataclass(frozen=True, slots=True)
class BestChoice:
    """Who may be chosen, how many of them at most, and whom the draft has chosen so far."""

    people: tuple[BestRow, ...]
    limit: int
    chosen: tuple[str, ...]


def best_choice(desk: Desk, year: int) -> BestChoice:
    """What the choice of the 十佳 starts from, by the commendation's draft where there is one."""
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        book = YearBook(desk, session, year)
        grades = book.decided()
        excellent = [uid for uid, grade in grades.items() if grade is Grade.EXCELLENT]
        told = draft_order(book, DocumentKind.COMMENDATION, None)
        named = {book.root(uid) for uid in told.persons} if told else set()
        people = sorted((uid for uid in excellent if uid in named or not named), key=book.order)
        chosen = {book.root(uid) for uid in told.best} if told else set()
        return BestChoice(
            tuple(_row(book, uid) for uid in people),
            ten_best_limit(sum(grade.counts for grade in grades.values()), len(excellent)),
            tuple(uid for uid in people if uid in chosen),
        )


def _row(book: YearBook, uid: str) -> BestRow:
    person = book.roster.persons.get(uid)
    group = book.roster.groups.get(book.group_of(uid) or "")
    village = book.roster.villages.get(group.village_uid) if group else None
    return BestRow(
        uid,
        book.name(uid),
        village.name if village else "",
        group.name if group else "",
        person.pinyin if person else "",
        person.initials if person else "",
    )
