"""A roster file against the store: who is who, who moves, what stands in the way, what changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.identity import id_problem
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.roster import LeaderDraft, check_leader
from daomao_desktop.domain.scheme import Edition
from daomao_desktop.services.import_village import strangers
from daomao_desktop.services.imports import error_at, note_at
from daomao_desktop.services.roster_book import RosterBook
from daomao_desktop.services.roster_places import new_village
from daomao_desktop.services.roster_steps import (
    appoint,
    draft_of,
    ensure_group,
    first_pay,
    in_the_way,
    leave,
    move_problem,
    new_person,
    own_overlap,
    pay,
    write_person,
    write_post,
)
from daomao_desktop.store.roster import Appointment, Group, Person, Village
from daomao_desktop.workbooks.notes import CellNote, Severity
from daomao_desktop.workbooks.roster import LeaderEntry

_NAMED = 5  # how many persons one line names


@dataclass(slots=True)
class _Match:
    """A row and what it means in the store; ``post`` is the appointment the person holds."""

    entry: LeaderEntry
    village: Village | None
    group: Group | None
    person: Person | None = None
    post: Appointment | None = None
    keep_id: bool = False
    past: bool = False

    @property
    def moves(self) -> bool:
        return self.post is not None and (
            self.group is None or self.post.group_uid != self.group.uid
        )


@dataclass(slots=True)
class RosterMerge:
    """``plan`` finds matches and errors and writes nothing, ``apply`` writes the good rows."""

    book: RosterBook
    entries: Sequence[LeaderEntry]
    notes: list[CellNote] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    created: list[str] = field(default_factory=list)
    unchanged: int = 0
    strangers: list[CellNote] = field(default_factory=list)
    _good: list[_Match] = field(default_factory=list)
    _numbers: dict[str, Person] = field(default_factory=dict)

    @property
    def errors(self) -> list[CellNote]:
        return [note for note in self.notes if note.severity is Severity.ERROR]

    # -- planning

    def plan(self) -> None:
        """Matches every row; rows that cannot stand together fall out until the rest can."""
        self._numbers = self.book.by_id_numbers()
        self._good = [match for entry in self.entries if (match := self._match(entry)) is not None]
        self.strangers = strangers(self.book, ((one.village, one.person) for one in self._good))
        self._refuse_twice()
        self._tell_namesakes()
        # A row that falls out may be the move that was to make room for another row.
        while bad := self._bad_rows():
            self._good = [match for match in self._good if id(match) not in bad]
            for match, (cell, sentence) in bad.values():
                self._error(match.entry, cell, sentence)
        self._tell_unknown_starts()

    def _bad_rows(self) -> dict[int, tuple[_Match, tuple[str, str]]]:
        leaving = self._leaving()
        return {
            id(match): (match, problem)
            for match in self._good
            if not match.past and (problem := self._problem(match, leaving)) is not None
        }

    def _match(self, entry: LeaderEntry) -> _Match | None:
        village = self._village(entry)
        if village is not None and not self.book.writable(village.uid):
            self._error(entry, "village", f"{village.name}的资料由该村自己登记，镇里不能导入")
            return None
        group = self.book.group_named(village.uid, entry.group) if village else None
        match = _Match(entry, village, group)
        known = self._numbers.get(entry.id_number) if entry.id_number else None
        same = self._of_that_name(entry, group)
        if known is not None:
            match.person = known
            here = same is not None and same.uid == known.uid
            if known.name != entry.name:
                if not self._leads(known, group):
                    self._error(
                        entry,
                        "id_number",
                        f"身份证号码已登记在{known.name}名下，这一行却是{entry.name}，请核对",
                    )
                    return None
                self._warn(
                    entry, "name", f"原登记姓名是{known.name}，已按身份证号码改为{entry.name}"
                )
            elif same is not None and not here:
                self._warn(entry, "name", f"{entry.name}另有一条记录，可在“小组长”里合并")
        elif same is not None and not self._other_number(match, same):
            return None
        else:
            match.person = same
        if match.person is not None:
            match.post = self.book.post(match.person.uid)
            match.past = self._is_past(match)
        problems = [
            problem
            for problem in check_leader(self._draft(match), self.book.today, imported=True)
            # A roster without the date may be imported; the person is marked 待核实 then.
            if not (problem.field == "started" and entry.started is None)
        ]
        for problem in problems:
            self._error(entry, problem.field, problem.sentence.rstrip("。"))
        return None if problems else match

    def _village(self, entry: LeaderEntry) -> Village | None:
        if self.book.edition is Edition.VILLAGE:
            return self.book.village(self.book.own_village or "")
        return self.book.village_named(entry.village or "")

    def _of_that_name(self, entry: LeaderEntry, group: Group | None) -> Person | None:
        """Who leads or led the group under that name; the present leader first."""
        if group is None:
            return None
        holder = self.book.holder(group.uid)
        posts = [*([holder] if holder else []), *reversed(self.book.in_group(group.uid))]
        for post in posts:
            person = self.book.persons.get(post.person_uid)
            if person is not None and person.name == entry.name:
                return self.book.person(person.uid)
        return None

    def _leads(self, person: Person, group: Group | None) -> bool:
        post = self.book.post(person.uid)
        return post is not None and group is not None and post.group_uid == group.uid

    def _other_number(self, match: _Match, same: Person) -> bool:
        """Whether the row may still be that person although its ID number is not the stored one."""
        new = match.entry.id_number
        stored = self.book.private(same.uid, "id_number")
        if not new or not stored or new == stored or id_problem(stored):
            return True
        if id_problem(new):
            match.keep_id = True
            self._warn(match.entry, "id_number", "与已登记的身份证号码不同且有误，保留原登记的号码")
            return True
        self._error(
            match.entry,
            "id_number",
            f"与{self.book.place(match.group.uid) if match.group else ''}{same.name}"
            "已登记的身份证号码不同，请核对是不是同一个人",
        )
        return False

    def _is_past(self, match: _Match) -> bool:
        """Whether the row only repeats an appointment to this group that has ended since."""
        person, group, entry = match.person, match.group, match.entry
        if person is None or group is None or self._leads(person, group):
            return False
        for post in self.book.posts(person.uid):
            if (
                post.group_uid == group.uid
                and post.ended is not None
                and (entry.started is None or entry.started.last <= post.ended)
            ):
                ended = PartialDate.of(post.ended)
                self._tell(entry, "name", f"{person.name}已于{ended}卸任，这一行没有改动")
                return True
        return False

    def _refuse_twice(self) -> None:
        seen: dict[str, _Match] = {}
        for match in list(self._good):
            if match.person is None:
                continue
            earlier = seen.setdefault(match.person.uid, match)
            if earlier is not match:
                where = earlier.entry.row
                self._good.remove(match)
                self._error(match.entry, "name", f"与{where or '前一行'}是同一个人，请只留一行")

    def _tell_namesakes(self) -> None:
        """A newcomer without an ID number to compare may be known from another group."""
        known: dict[str, list[Person]] = {}
        for person in self.book.persons.values():
            known.setdefault(person.name, []).append(person)
        for match in self._good:
            if match.person is not None:
                continue
            for person in known.get(match.entry.name, ()):
                posts = self.book.posts(person.uid)
                if posts and not (match.entry.id_number and person.id_number):
                    place = self.book.place(posts[-1].group_uid)
                    sentence = f"与{place}的{person.name}同名，如果是同一个人，请在“小组长”里合并"
                    self._tell(match.entry, "name", sentence)

    def _tell_unknown_starts(self) -> None:
        """One line for all: a list without that column would repeat it in every row."""
        unknown = [
            match.entry.name
            for match in self._good
            if not match.past and self._draft(match).started is None
        ]
        if unknown:
            names = "、".join(unknown[:_NAMED]) + ("等" if len(unknown) > _NAMED else "")
            sentence = f"没有任职时间的 {len(unknown)} 人标记待核实：{names}"
            self.notes.append(note_at(None, "started", Severity.NOTE, sentence))

    def _problem(self, match: _Match, leaving: dict[str, date]) -> tuple[str, str] | None:
        """The cell to blame and the sentence, or None."""
        book, entry, post = self.book, match.entry, match.post
        if match.moves and post is not None:
            problem = move_problem(book, post, entry.started)
            if problem:
                return "started", problem
        itself = post.uid if post is not None and not match.moves else None
        uid = match.person.uid if match.person else None
        if itself is None or (entry.started is not None and post and entry.started != post.started):
            if match.group is not None:
                problem = in_the_way(
                    book, uid, match.group.uid, entry.started, leaving=leaving, itself=itself
                )
                if problem:
                    return "group", f"{problem}，再导入{entry.name}"
            if uid is not None:
                problem = own_overlap(book, uid, entry.started, leaving=leaving, itself=itself)
                if problem:
                    return "started", problem
        return None

    def _leaving(self) -> dict[str, date]:
        """Appointments that rows of this file end, with their last day."""
        return {
            match.post.uid: match.entry.started.first - timedelta(days=1)
            for match in self._good
            if match.moves and match.post is not None and match.entry.started is not None
        }

    # -- writing

    def apply(self) -> None:
        """Writes the rows that ``plan`` left, first the leaving, then the coming."""
        for match in self._good:
            if not match.past:
                self._make_place(match)
        came_from = {}
        for match in self._good:
            if match.moves and not match.past and match.post is not None:
                came_from[id(match)] = self.book.place(match.post.group_uid)
                leave(match.post, match.entry.started)
        # All persons first: they reach the store in one go.
        newcomers = {
            id(match): new_person(self.book, self._draft(match))
            for match in self._good
            if match.person is None
        }
        for match in self._good:
            if match.past:
                self.unchanged += 1
            elif match.person is None:
                self._add(match, newcomers[id(match)])
            elif match.post is None or match.moves:
                self._take_office(match, match.person, came_from.get(id(match)))
            else:
                self._update(match, match.person, match.post)

    def _make_place(self, match: _Match) -> None:
        if match.village is None:
            match.village = self._village(match.entry)
        if match.village is None:
            match.village = new_village(self.book, match.entry.village or "")
            self.created.append(f"{match.village.name}（代管）")
        match.group, made = ensure_group(self.book, match.village.uid, match.entry.group)
        if made:
            self.created.append(self.book.place(match.group.uid))

    def _add(self, match: _Match, person: Person) -> None:
        draft = self._draft(match)
        post = appoint(self.book, person, self._group(match).uid, draft)
        if draft.subsidy is not None:
            first_pay(self.book, post, draft.subsidy)
        self.added.append(f"{self.book.place(post.group_uid)} {person.name}")

    def _take_office(self, match: _Match, person: Person, came_from: str | None) -> None:
        draft = self._draft(match)
        post = appoint(self.book, person, self._group(match).uid, draft)
        write_person(person, draft, self.book.today)
        self._pay(match, person, post)
        to = self.book.place(post.group_uid)
        since = f"（{post.started}起）" if post.started else ""
        if came_from is None:
            self.added.append(f"{to} {person.name}{since}，曾任小组长")
        else:
            self.moved.append(f"{person.name}：{came_from} → {to}{since}")

    def _update(self, match: _Match, person: Person, post: Appointment) -> None:
        draft = self._draft(match)
        words = [*write_post(self.book, post, draft), *write_person(person, draft, self.book.today)]
        paid = self._pay(match, person, post)
        if words or paid:
            what = "；".join(part for part in ("、".join(words), paid) if part)
            self.changed.append(f"{self.book.place(post.group_uid)} {person.name}：{what}")
        else:
            self.unchanged += 1

    def _pay(self, match: _Match, person: Person, post: Appointment) -> str:
        """A first subsidy from the start in post, another amount from this month (or the move)."""
        amount = match.entry.subsidy
        month = PartialDate(self.book.today.year, self.book.today.month)
        known = self.book.monthly(person.uid, self.book.group(post.group_uid).village_uid, month)
        if amount is None or amount == known:
            return ""
        if known is None and not self.book.subsidies(person.uid):
            first_pay(self.book, post, amount)
            return f"岗位补贴 {amount} 元/月"
        since = post.started if match.moves and post.started else month
        pay(self.book, person.uid, amount, since)
        return f"岗位补贴 {known or Money(0)} → {amount} 元/月（{since.year}年{since.month}月起）"

    def _group(self, match: _Match) -> Group:
        if match.group is None:
            raise RuntimeError("a row was applied before its group was made")
        return match.group

    def _draft(self, match: _Match) -> LeaderDraft:
        """The stored record with what the row supplies written over it."""
        entry, stored = match.entry, None
        if match.person is not None:
            stored = draft_of(self.book, match.person, None if match.moves else match.post)
        return LeaderDraft(
            village_uid=match.village.uid if match.village else "-",
            group=entry.group.name,
            name=entry.name,
            sex=entry.sex or (stored.sex if stored else None),
            ethnicity=entry.ethnicity or (stored.ethnicity if stored else None),
            birth=_finer(entry.birth, stored.birth if stored else None),
            id_number=(
                entry.id_number
                if entry.id_number and not match.keep_id
                else (stored.id_number if stored else None)
            ),
            political_status=entry.political_status
            or (stored.political_status if stored else None),
            education=entry.education or (stored.education if stored else None),
            started=_finer(entry.started, stored.started if stored else None),
            phone=entry.phone or (stored.phone if stored else None),
            subsidy=entry.subsidy,
            remark=entry.remark or (stored.remark if stored else None),
            address=stored.address if stored else None,
            how_chosen=stored.how_chosen if stored else None,
            meeting_on=stored.meeting_on if stored else None,
            branch_decided_on=stored.branch_decided_on if stored else None,
        )

    # -- notes

    def _error(self, entry: LeaderEntry, cell: str, sentence: str) -> None:
        self.notes.append(error_at(entry.row, cell, sentence))

    def _warn(self, entry: LeaderEntry, cell: str, sentence: str) -> None:
        self.notes.append(note_at(entry.row, cell, Severity.WARNING, sentence))

    def _tell(self, entry: LeaderEntry, cell: str, sentence: str) -> None:
        self.notes.append(note_at(entry.row, cell, Severity.NOTE, sentence))


def _finer(new: PartialDate | None, stored: PartialDate | None) -> PartialDate | None:
    """The row's date, unless it is only the month of the day that is stored."""
    if new is None or stored is None:
        return new or stored
    same_month = (new.year, new.month) == (stored.year, stored.month)
    return stored if same_month and new.day is None else new
