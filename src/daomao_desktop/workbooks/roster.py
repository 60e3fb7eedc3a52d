"""The roster of group leaders (area ``leaders``), in and out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.identity import id_birth
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.names import clean_name
from daomao_desktop.domain.roster import (
    GroupName,
    LeaderDraft,
    check_leader,
    normalise_ethnicity,
    verify_field,
    verify_reasons,
)
from daomao_desktop.domain.scheme import Edition, PoliticalStatus, Sex
from daomao_desktop.workbooks.cells import CellValue, Moment, shown
from daomao_desktop.workbooks.headings import Heading, in_brackets
from daomao_desktop.workbooks.months import MonthStyle, month_style
from daomao_desktop.workbooks.notes import RowRef, Severity, Sheet
from daomao_desktop.workbooks.people import (
    columns_to_write,
    read_name,
    read_place,
    village_key,
)
from daomao_desktop.workbooks.repeats import Repeats, read_entries
from daomao_desktop.workbooks.roster_columns import (
    id_text,
    leader_headings,
    phone_text,
    read_sex,
    read_status,
)
from daomao_desktop.workbooks.table import Row, Table
from daomao_desktop.workbooks.values import money, squeezed
from daomao_desktop.workbooks.writing import Written, write_table


@dataclass(frozen=True, slots=True)
class LeaderEntry:
    """One leader as a roster names him; None: not supplied (empty, starred or unreadable).

    ``to_verify``: why the person is marked 待核实, sentences without private values.
    When written, ``id_number`` and ``phone`` are given masked unless they may be shown.
    """

    village: str | None
    group: GroupName
    name: str
    sex: Sex | None
    ethnicity: str | None = None
    birth: PartialDate | None = None
    id_number: str | None = None
    political_status: PoliticalStatus | None = None
    education: str | None = None
    started: PartialDate | None = None
    phone: str | None = None
    subsidy: Money | None = None
    remark: str | None = None
    to_verify: tuple[str, ...] = ()
    row: RowRef | None = None


def read_leaders(
    path: Path,
    *,
    edition: Edition,
    own_village: str | None = None,
    today: date | None = None,
) -> Sheet[LeaderEntry]:
    """All leaders of a roster file and what there is to say about it.

    Rows with errors are left out of the entries. Raises FileProblem for a file that is no roster.
    """
    repeats = Repeats[LeaderEntry](
        lambda entry: replace(entry, row=None, to_verify=()),
        (
            (_id_key, "id_number", "身份证号码相同而内容不同，请核对后只留一行"),
            (_group_key, "group", "是同一个村民小组，一个小组只能有一名现任组长"),
        ),
    )
    return read_entries(
        path,
        leader_headings(edition),
        repeats,
        lambda table: _RosterReader(table, edition, own_village, today or date.today()).entry,
    )


def _id_key(entry: LeaderEntry) -> str | None:
    return entry.id_number


def _group_key(entry: LeaderEntry) -> tuple[str, str]:
    return village_key(entry.village or ""), entry.group.key


class _RosterReader:
    """Reads the rows of one sheet; the columns' habits are looked at once."""

    def __init__(
        self, table: Table, edition: Edition, own_village: str | None, today: date
    ) -> None:
        self._edition = edition
        self._own_village = own_village
        self._today = today
        self._births = month_style(table.sheet, table.header, "birth")
        self._starts = month_style(table.sheet, table.header, "started")
        self._monthly = _is_monthly(table)

    def entry(self, row: Row) -> LeaderEntry | None:
        """The leader of a row, or None where an error was noted."""
        name = read_name(row)
        if row.vacant:
            return None
        village, group = read_place(
            row, self._edition, self._own_village, village_needed=True, group_needed=True
        )
        sex = row.required("sex", read_sex)
        id_number = row.optional("id_number", id_text)
        born = id_birth(id_number) if id_number else None
        ethnicity = row.optional("ethnicity", _ethnicity)
        birth = row.optional("birth", lambda value: _birth(value, self._births, born))
        status = row.optional("political_status", read_status)
        education = row.optional("education", lambda value: clean_name(shown(value)))
        started = row.optional("started", self._starts.read)
        phone = row.optional("phone", phone_text)
        subsidy = row.optional("subsidy", money) if self._monthly else None
        remark = row.words("remark")
        if group is None or name is None or sex is None or row.failed:
            return None
        entry = LeaderEntry(
            village,
            group,
            name,
            sex,
            ethnicity=ethnicity,
            birth=birth,
            id_number=id_number,
            political_status=status,
            education=education,
            started=started,
            phone=phone,
            subsidy=subsidy,
            remark=remark,
            row=row.ref,
        )
        return self._verified(entry, row)

    def _verified(self, entry: LeaderEntry, row: Row) -> LeaderEntry:
        """Drops dates that cannot be, and adds why the person has to be looked into."""
        impossible = {
            problem.field: problem.sentence.rstrip("。")
            for problem in check_leader(_draft(entry), self._today, imported=True)
        }
        if entry.birth is not None and "birth" in impossible:
            row.warn("birth", f"{impossible['birth']}，此项未导入")
            entry = replace(entry, birth=None)
        if entry.started is not None and "started" in impossible:
            row.warn("started", f"{impossible['started']}，此项未导入")
            entry = replace(entry, started=None)
        reasons = verify_reasons(_draft(entry), self._today)
        for reason in reasons:
            words = f"{reason.rstrip('。')}（{entry.name}，已标记待核实）"
            row.warn(verify_field(reason), words)
        return replace(entry, to_verify=reasons)


def _draft(entry: LeaderEntry) -> LeaderDraft:
    return LeaderDraft(
        village_uid="-",
        group=entry.group.name,
        name=entry.name,
        sex=entry.sex,
        birth=entry.birth,
        id_number=entry.id_number,
        started=entry.started,
        phone=entry.phone,
        subsidy=entry.subsidy,
    )


def _is_monthly(table: Table) -> bool:
    """Whether the heading's unit lets the amounts be read as 元/月; a yearly column is told."""
    column = table.header.columns.get("subsidy")
    unit = in_brackets(table.header.titles[column]) if column is not None else ""
    if re.search("[年季万]", unit):
        table.notes.add(
            Severity.WARNING,
            table.sheet.name,
            table.header.last,
            None,
            f"「岗位补贴」的单位是“{unit}”，不是“元/月”，此列未导入",
        )
        return False
    return True


def _birth(value: CellValue, style: MonthStyle, born: date | None) -> PartialDate:
    found = style.read(value, born)
    if (
        not isinstance(value, str | Moment)
        and found.day == 1
        and born is not None
        and (born.year, born.month) == (found.year, found.month)
    ):
        # a month typed into a date cell becomes its first; the ID number knows the real day
        return found if born.day == 1 else PartialDate(found.year, found.month)
    return found


def _ethnicity(value: CellValue) -> str:
    return normalise_ethnicity(squeezed(value))


def write_leaders(path: Path, rows: Iterable[LeaderEntry], title: str, *, edition: Edition) -> None:
    """A roster to print and to import again; private values are given masked or not, as allowed.

    Raises FileProblem.
    """
    entries = tuple(rows)
    headings = columns_to_write(leader_headings(edition), entries, edition)
    write_table(path, "花名册", title, headings, [_written(entry, headings) for entry in entries])


def _written(entry: LeaderEntry, headings: Sequence[Heading]) -> list[Written]:
    birth: Written = entry.birth
    if entry.birth is not None and entry.birth.day == 1:
        birth = entry.birth.iso  # a date cell on the first would read as a month only
    values: dict[str, Written] = {
        "village": entry.village,
        "group": entry.group.name,
        "name": entry.name,
        "sex": entry.sex,
        "ethnicity": entry.ethnicity,
        "birth": birth,
        "id_number": entry.id_number,
        "political_status": entry.political_status,
        "education": entry.education,
        "started": entry.started,
        "phone": entry.phone,
        "subsidy": entry.subsidy,
        "remark": entry.remark,
    }
    return [values[heading.field] for heading in headings]
