"""Duty records in and out of Excel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.dates import chinese_date
from daomao_desktop.domain.duties import DutyDraft, check_duty
from daomao_desktop.domain.roster import GroupName, parse_group
from daomao_desktop.domain.scheme import Role
from daomao_desktop.errors import Refused
from daomao_desktop.services.desk import Area, Desk
from daomao_desktop.services.duties import list_duties, new_duty
from daomao_desktop.services.import_village import differing, judged
from daomao_desktop.services.imports import ImportReport, attempt, error_at, in_order, note_at
from daomao_desktop.services.roster_book import RosterBook
from daomao_desktop.services.roster_workbook import chosen, own_village, title
from daomao_desktop.store import duties as store
from daomao_desktop.store.roster import Appointment
from daomao_desktop.workbooks.notes import CellNote, Severity

if TYPE_CHECKING:
    from daomao_desktop.workbooks.duties import DutyEntry

_Key = tuple[str, Role, date, str, str | None, str | None]


@dataclass(slots=True)
class _Plan:
    drafts: list[DutyDraft]
    notes: list[CellNote]
    unchanged: int = 0

    @property
    def errors(self) -> list[CellNote]:
        return [note for note in self.notes if note.severity is Severity.ERROR]


def import_duties(
    desk: Desk,
    path: Path,
    *,
    dry_run: bool = False,
    skip_bad: bool = False,
    village_differs: bool = False,
) -> ImportReport:
    """Takes duty records of present or past leaders into the store, in one transaction.

    A record that is there already (person, day, role and text) is not added again. Errors refuse
    the whole file (``skip_bad``: only their rows), and so does a title that names another village
    (``village_differs``: it is meant all the same). Raises FileProblem.
    """
    desk.require(Permission.RECORD)
    # openpyxl and calamine cost 150 ms: only who opens a spreadsheet pays for them.
    from daomao_desktop.workbooks.duties import read_duties

    sheet = read_duties(path, edition=desk.edition, own_village=own_village(desk))
    with attempt(desk, Area.DUTIES, "导入履职记录") as trial:
        book = RosterBook(desk, trial.session)
        known = {_key(book, one) for one in store.duties(trial.session)}
        plan = _planned(book, sheet.entries, known)
        villages = {book.group(draft.group_uid).village_uid for draft in plan.drafts}
        stop, told = judged(
            differing(book, sheet.labels, sheet.entries, villages), confirmed=village_differs
        )
        refused = bool(sheet.errors or plan.errors) and not skip_bad
        refused = refused or (stop is not None and not dry_run)
        if not refused:
            trial.session.add_all([new_duty(draft) for draft in plan.drafts])
        trial.keep = not (refused or dry_run)
        added = tuple(
            f"{draft.on} {book.person(draft.person_uid).name} {draft.role.value}"
            for draft in plan.drafts
            if draft.role is not None
        )
    return ImportReport(
        area=Area.DUTIES,
        dry_run=dry_run,
        added=() if refused else added,
        unchanged=0 if refused else plan.unchanged,
        notes=(*told, *in_order([*sheet.notes, *plan.notes])),
        refused=refused,
        differing=stop,
    )


def export_duties(
    desk: Desk, path: Path, *, year: int | None = None, uids: Sequence[str] | None = None
) -> int:
    """Writes the duty records (of a year), the earliest first; returns their number.

    ``uids``: these, in this order; the year then only stands in the title.
    What is written imports again unchanged. Raises FileProblem when the file cannot be written.
    """
    desk.require(Permission.READ)
    from daomao_desktop.workbooks.duties import DutyEntry, write_duties

    found = list_duties(desk, year=year if uids is None else None)
    rows = found[::-1] if uids is None else chosen(found, uids, lambda row: row.uid)
    entries = [
        DutyEntry(
            on=row.on,
            village=row.village,
            group=parse_group(row.group),
            name=row.name,
            role=row.role,
            content=row.content,
            place=row.place,
            result=row.result,
            remark=row.remark,
        )
        for row in rows
    ]
    of_year = f"{year}年" if year is not None else ""
    write_duties(path, entries, title(desk, f"{of_year}村民小组长履职记录"), edition=desk.edition)
    return len(entries)


def _planned(book: RosterBook, entries: Iterable[DutyEntry], known: set[_Key]) -> _Plan:
    plan = _Plan([], [])
    for entry in entries:
        try:
            post = _post(book, entry)
            book.require_writable(book.group(post.group_uid).village_uid)
        except Refused as problem:
            plan.notes.append(error_at(entry.row, "name", problem.sentence.rstrip("。")))
            continue
        draft = DutyDraft(
            person_uid=post.person_uid,
            group_uid=post.group_uid,
            role=entry.role,
            on=entry.on,
            content=entry.content,
            place=entry.place,
            result=entry.result,
            remark=entry.remark,
        )
        problems = check_duty(draft, book.today)
        for one in problems:
            plan.notes.append(error_at(entry.row, one.field, one.sentence.rstrip("。")))
        if problems:
            continue
        key = _key(book, new_duty(draft))
        if key in known:
            plan.unchanged += 1
            continue
        known.add(key)
        if book.post_on(post.person_uid, entry.on, post.group_uid) is None:
            sentence = f"{entry.name}在{chinese_date(entry.on)}不在任，请核对日期"
            plan.notes.append(note_at(entry.row, "on", Severity.WARNING, sentence))
        plan.drafts.append(draft)
    return plan


def _post(book: RosterBook, entry: DutyEntry) -> Appointment:
    """The appointment the row speaks of: by village, group and name, best the one of that day.

    Raises Refused for nobody of that name, or for several where no group tells them apart.
    """
    own = book.villages.get(book.own_village or "")
    village = book.village_named(entry.village) if entry.village else own
    posts = [
        post
        for group in book.groups.values()
        if village is None or group.village_uid == village.uid
        if entry.group is None or _same_group(group.number, group.name, entry)
        for post in book.in_group(group.uid)
        if post.person_uid in book.persons and book.persons[post.person_uid].name == entry.name
    ]
    where = f"{entry.village or ''}{entry.group.name if entry.group else ''}"
    if not posts or (entry.village is not None and village is None):
        raise Refused(f"{where}没有名为“{entry.name}”的小组长，请先登记或核对")
    on_that_day = [
        post for post in posts if book.post_on(post.person_uid, entry.on, post.group_uid)
    ]
    fitting = on_that_day or posts
    if len({book.root(post.person_uid) for post in fitting}) > 1:
        raise Refused(f"{where}有几名叫“{entry.name}”的小组长，请写明村民小组")
    return fitting[-1]


def _same_group(number: int | None, name: str, entry: DutyEntry) -> bool:
    return entry.group is not None and GroupName(number, name).key == entry.group.key


def _key(book: RosterBook, record: store.DutyRecord) -> _Key:
    """What makes two records the same; the remark may differ."""
    root = book.root(record.person_uid) if record.person_uid in book.persons else record.person_uid
    return (root, record.role, record.on, record.content, record.place, record.result)
