"""The roster in and out of Excel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.roster import GroupName
from daomao_desktop.domain.scheme import Edition
from daomao_desktop.services.desk import Area, Desk
from daomao_desktop.services.import_village import differing, judged
from daomao_desktop.services.imports import ImportReport, attempt, in_order
from daomao_desktop.services.roster_book import RosterBook
from daomao_desktop.services.roster_merge import RosterMerge
from daomao_desktop.store.audit import note

Row = TypeVar("Row")


def import_leaders(
    desk: Desk,
    path: Path,
    *,
    dry_run: bool = False,
    skip_bad: bool = False,
    village_differs: bool = False,
) -> ImportReport:
    """Takes a roster file into the store in one transaction and says what it did.

    Matched by ID number, else by village, group and name; an empty or starred cell keeps what is
    there; another group is a move. Errors refuse the whole file (``skip_bad``: only their rows),
    and so does a title that names another village (``village_differs``: it is meant all the same).
    Raises FileProblem for a file that is no roster.
    """
    desk.require(Permission.RECORD)
    # openpyxl and calamine cost 150 ms: only who opens a spreadsheet pays for them.
    from daomao_desktop.workbooks.roster import read_leaders

    sheet = read_leaders(
        path, edition=desk.edition, own_village=own_village(desk), today=desk.today()
    )
    with attempt(desk, Area.ROSTER, "导入花名册") as trial:
        book = RosterBook(desk, trial.session)
        stop, told = judged(differing(book, sheet.labels, sheet.entries), confirmed=village_differs)
        merge = RosterMerge(book, sheet.entries)
        merge.plan()
        notes = (*told, *merge.strangers, *in_order([*sheet.notes, *merge.notes]))
        refused = bool(sheet.errors or merge.errors) and not skip_bad
        refused = refused or (stop is not None and not dry_run)
        if not refused:
            merge.apply()
        trial.keep = not (refused or dry_run)
    return ImportReport(
        area=Area.ROSTER,
        dry_run=dry_run,
        added=() if refused else tuple(merge.added),
        changed=() if refused else tuple(merge.changed),
        moved=() if refused else tuple(merge.moved),
        created=() if refused else tuple(merge.created),
        unchanged=0 if refused else merge.unchanged,
        notes=notes,
        refused=refused,
        differing=stop,
    )


def export_leaders(
    desk: Desk,
    path: Path,
    *,
    unmasked: bool = False,
    person_uids: Sequence[str] | None = None,
) -> int:
    """Writes the present leaders as a roster that imports again unchanged; returns their number.

    ``person_uids``: these, in this order (default: all, in the order of lists). ID numbers and
    phones are masked; ``unmasked`` needs its own permission and is audited. Raises FileProblem
    when the file cannot be written.
    """
    desk.require(Permission.READ)
    if unmasked:
        desk.require(Permission.REVEAL)
    from daomao_desktop.services.roster_lists import list_leaders
    from daomao_desktop.workbooks.roster import LeaderEntry, write_leaders

    rows = chosen(list_leaders(desk), person_uids, lambda row: row.person_uid)
    clear: dict[str, tuple[str | None, str | None]] = {}
    if unmasked:
        with desk.store.writing(desk.operator.uid) as session:
            book = RosterBook(desk, session)
            for row in rows:
                uid = row.person_uid
                clear[uid] = (book.private(uid, "id_number"), book.private(uid, "phone"))
            note(session, Area.ROSTER, "导出完整的身份证号码和电话", {"persons": len(rows)})
    entries = []
    for row in rows:
        id_number, phone = clear.get(row.person_uid, (row.id_number, row.phone))
        entries.append(
            LeaderEntry(
                village=row.village,
                group=GroupName(row.group_number, row.group),
                name=row.name,
                sex=row.sex,
                ethnicity=row.ethnicity,
                birth=row.birth,
                id_number=id_number,
                political_status=row.political_status,
                education=row.education,
                started=row.started,
                phone=phone,
                subsidy=row.monthly,
                remark=row.remark,
            )
        )
    write_leaders(path, entries, title(desk, "村民小组长花名册"), edition=desk.edition)
    return len(entries)


def chosen(
    rows: Sequence[Row], uids: Sequence[str] | None, uid_of: Callable[[Row], str]
) -> Sequence[Row]:
    """The rows of these uids in their order, or all; what is gone by now is left out."""
    if uids is None:
        return rows
    known = {uid_of(row): row for row in rows}
    return [known[uid] for uid in uids if uid in known]


def own_village(desk: Desk) -> str | None:
    """The name of the village this installation serves; None in the town."""
    with desk.store.reading() as session:
        book = RosterBook(desk, session)
        own = book.villages.get(book.own_village or "")
        return own.name if own else None


def title(desk: Desk, what: str) -> str:
    """The title row of a table: 大茂镇联光村村民小组长花名册."""
    with desk.store.reading() as session:
        town = RosterBook(desk, session).town().name
    own = own_village(desk) if desk.edition is Edition.VILLAGE else None
    return f"{town}{own or ''}{what}"
