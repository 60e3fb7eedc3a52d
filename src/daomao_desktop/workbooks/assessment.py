"""Proposals of the villages and decisions of the town (areas ``proposals``, ``decisions``)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from daomao_desktop.domain.roster import GroupName
from daomao_desktop.domain.scheme import Edition, Grade
from daomao_desktop.workbooks.headings import Heading
from daomao_desktop.workbooks.notes import RowRef, Sheet
from daomao_desktop.workbooks.people import (
    INDEX,
    NAME,
    columns_to_write,
    group_heading,
    read_name,
    read_place,
    village_heading,
    village_key,
)
from daomao_desktop.workbooks.repeats import Repeats, read_entries
from daomao_desktop.workbooks.table import Row
from daomao_desktop.workbooks.values import day, hundredths, one_of, year
from daomao_desktop.workbooks.writing import Written, write_table

_GRADE_WORDS = tuple(grade.value for grade in Grade)
_grade = one_of(Grade, {}, f"不是等次，只能是{'、'.join(_GRADE_WORDS)}")
_YEAR = Heading(
    "year",
    "年度",
    ("考核年度", "年份", "考核年份", "年", "评定年度"),
    required=True,
    fill_down=True,
    width=8,
)
_REASON = Heading(
    "reason", "理由", ("原因", "说明", "备注", "事由", "评定理由", "建议理由", "主要理由"), width=30
)


@dataclass(frozen=True, slots=True)
class ProposalEntry:
    """A branch's proposal for one leader and year; read from a file it has ``meeting_on``."""

    year: int
    village: str | None
    group: GroupName | None
    name: str
    grade: Grade
    meeting_on: date | None
    reason: str | None = None
    row: RowRef | None = None


@dataclass(frozen=True, slots=True)
class DecisionEntry:
    """The town's decision on one leader and year; ``daily`` is the town's score in hundredths.

    ``paper_number``, ``paper_date``: the town's document a village enters it from.
    """

    year: int
    village: str | None
    group: GroupName | None
    name: str
    grade: Grade
    daily: int | None = None
    reason: str | None = None
    paper_number: str | None = None
    paper_date: date | None = None
    row: RowRef | None = None


def proposal_headings() -> tuple[Heading, ...]:
    """The columns of proposals, the same in both editions."""
    return (
        INDEX,
        _YEAR,
        village_heading(required=False),
        group_heading(required=False),
        NAME,
        Heading(
            "grade",
            "建议等次",
            ("拟定等次", "村评等次", "建议考核等次", "支部建议等次", "拟评等次", "考核等次建议"),
            required=True,
            width=12,
            choices=_GRADE_WORDS,
        ),
        Heading(
            "meeting_on",
            "支委会日期",
            (
                *("支委会时间", "支部会议日期", "支部会议时间", "支委会议日期", "支委会议时间"),
                *("支委会会议日期", "支部研究日期", "支部研究时间", "会议日期", "会议时间"),
                "支部委员会日期",
            ),
            required=True,
            fill_down=True,
            width=13,
        ),
        _REASON,
    )


def decision_headings(edition: Edition, *, history: bool = False) -> tuple[Heading, ...]:
    """The columns of decisions; a village also names the town's paper, except in history years."""
    paper = edition is Edition.VILLAGE and not history
    return (
        INDEX,
        _YEAR,
        village_heading(required=False),
        group_heading(required=False),
        NAME,
        Heading(
            "daily",
            "镇日常评分",
            (
                "日常评分",
                "镇评分",
                "镇级评分",
                "日常得分",
                "镇日常得分",
                "镇日常考核得分",
                "日常考核得分",
            ),
            width=12,
        ),
        Heading(
            "grade",
            "确定等次",
            (
                "考核等次",
                "等次",
                "最终等次",
                "评定等次",
                "考核结果",
                "确定考核等次",
                "年度考核等次",
            ),
            required=True,
            width=12,
            choices=_GRADE_WORDS,
        ),
        _REASON,
        Heading(
            "paper_number",
            "依据文号",
            ("文号", "文件号", "文件文号", "发文字号", "依据文件", "镇文件号", "依据文件文号"),
            required=paper,
            fill_down=True,
            width=20,
        ),
        Heading(
            "paper_date",
            "文件日期",
            ("发文日期", "成文日期", "印发日期", "依据文件日期", "文件时间"),
            required=paper,
            fill_down=True,
            width=13,
        ),
    )


def read_proposals(
    path: Path, *, edition: Edition, own_village: str | None = None
) -> Sheet[ProposalEntry]:
    """All proposals of a file; rows with errors are left out. Raises FileProblem."""
    repeats = Repeats[ProposalEntry](
        lambda entry: replace(entry, row=None),
        (_ONE_A_YEAR,),
    )
    return read_entries(
        path,
        proposal_headings(),
        repeats,
        lambda _table: lambda row: _proposal(row, edition, own_village),
    )


def read_decisions(
    path: Path, *, edition: Edition, own_village: str | None = None, history: bool = False
) -> Sheet[DecisionEntry]:
    """All decisions of a file; rows with errors are left out. Raises FileProblem.

    ``history``: years before this program was used; then no paper of the town is asked for.
    """
    repeats = Repeats[DecisionEntry](
        lambda entry: replace(entry, row=None),
        (_ONE_A_YEAR,),
    )
    paper = edition is Edition.VILLAGE and not history
    return read_entries(
        path,
        decision_headings(edition, history=history),
        repeats,
        lambda _table: lambda row: _decision(row, edition, own_village, paper=paper),
    )


def _proposal(row: Row, edition: Edition, own_village: str | None) -> ProposalEntry | None:
    name = read_name(row)
    if row.vacant:
        return None
    village, group = read_place(row, edition, own_village, village_needed=False, group_needed=False)
    assessed = row.required("year", year)
    grade = row.required("grade", _grade)
    meeting_on = row.required("meeting_on", day)
    reason = row.words("reason")
    if assessed is None or name is None or grade is None or meeting_on is None or row.failed:
        return None
    return ProposalEntry(assessed, village, group, name, grade, meeting_on, reason, row=row.ref)


def _decision(
    row: Row, edition: Edition, own_village: str | None, *, paper: bool
) -> DecisionEntry | None:
    name = read_name(row)
    if row.vacant:
        return None
    village, group = read_place(row, edition, own_village, village_needed=False, group_needed=False)
    assessed = row.required("year", year)
    grade = row.required("grade", _grade)
    daily = row.optional("daily", hundredths)
    reason = row.words("reason")
    paper_number = row.required_words("paper_number") if paper else row.words("paper_number")
    paper_date = (row.required if paper else row.optional)("paper_date", day)
    if assessed is None or name is None or grade is None or row.failed:
        return None
    return DecisionEntry(
        assessed,
        village,
        group,
        name,
        grade,
        daily,
        reason,
        paper_number,
        paper_date,
        row=row.ref,
    )


def _person_year(entry: ProposalEntry | DecisionEntry) -> tuple[object, ...]:
    group = entry.group and entry.group.key
    return entry.year, village_key(entry.village or ""), group, entry.name


_ONE_A_YEAR = (_person_year, "grade", "是同一个人同一年度，内容不同，请核对后只留一行")


def write_proposals(
    path: Path, rows: Iterable[ProposalEntry], title: str, *, edition: Edition
) -> None:
    """Proposals to print and to import again. Raises FileProblem."""
    entries = tuple(rows)
    headings = columns_to_write(proposal_headings(), entries, edition)
    write_table(path, "建议等次", title, headings, [_written(entry, headings) for entry in entries])


def write_decisions(
    path: Path, rows: Iterable[DecisionEntry], title: str, *, edition: Edition
) -> None:
    """Decisions to print and to import again. Raises FileProblem."""
    entries = tuple(rows)
    headings = columns_to_write(decision_headings(edition), entries, edition)
    write_table(path, "确定等次", title, headings, [_written(entry, headings) for entry in entries])


def _written(entry: ProposalEntry | DecisionEntry, headings: Sequence[Heading]) -> list[Written]:
    values: dict[str, Written] = {
        "year": entry.year,
        "village": entry.village,
        "group": entry.group.name if entry.group is not None else None,
        "name": entry.name,
        "grade": entry.grade,
        "reason": entry.reason,
    }
    if isinstance(entry, ProposalEntry):
        values["meeting_on"] = entry.meeting_on
    else:
        values["daily"] = None if entry.daily is None else Decimal(entry.daily) / 100
        values["paper_number"] = entry.paper_number
        values["paper_date"] = entry.paper_date
    return [values[heading.field] for heading in headings]
