"""Duty records (area ``duties``), in and out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from daomao_desktop.domain.duties import parse_role
from daomao_desktop.domain.roster import GroupName
from daomao_desktop.domain.scheme import Edition, Role
from daomao_desktop.workbooks.cells import CellValue, shown
from daomao_desktop.workbooks.headings import Heading
from daomao_desktop.workbooks.notes import RowRef, Sheet
from daomao_desktop.workbooks.people import (
    INDEX,
    NAME,
    REMARK,
    columns_to_write,
    group_heading,
    read_name,
    read_place,
    village_heading,
)
from daomao_desktop.workbooks.repeats import Repeats, read_entries
from daomao_desktop.workbooks.table import Row
from daomao_desktop.workbooks.values import Unreadable, day
from daomao_desktop.workbooks.writing import Written, write_table


@dataclass(frozen=True, slots=True)
class DutyEntry:
    """One duty record as a list gives it; None: not supplied."""

    on: date
    village: str | None
    group: GroupName | None
    name: str
    role: Role
    content: str
    place: str | None = None
    result: str | None = None
    remark: str | None = None
    row: RowRef | None = None


def duty_headings(edition: Edition) -> tuple[Heading, ...]:
    """The columns of duty records; the village is required in the town."""
    return (
        INDEX,
        Heading(
            "on",
            "日期",
            (
                "时间",
                "活动日期",
                "活动时间",
                "履职日期",
                "履职时间",
                "开展时间",
                "开展日期",
                "记录日期",
            ),
            required=True,
            fill_down=True,
            width=13,
        ),
        village_heading(required=edition is Edition.TOWN),
        group_heading(required=False),
        NAME,
        Heading(
            "role",
            "职责",
            ("六员", "角色", "六员职责", "职责类别", "履职类别", "职责类型", "履职类型"),
            required=True,
            fill_down=True,
            width=16,
            choices=tuple(role.value for role in Role),
        ),
        Heading(
            "content",
            "内容",
            (
                "履职内容",
                "工作内容",
                "事项",
                "履职事项",
                "活动内容",
                "主要内容",
                "具体内容",
                "履职情况",
            ),
            required=True,
            fill_down=True,
            width=36,
        ),
        Heading("place", "地点", ("活动地点", "履职地点", "地址"), fill_down=True, width=16),
        Heading(
            "result",
            "结果",
            ("办理结果", "处理结果", "成效", "办理情况", "落实情况", "效果", "完成情况"),
            fill_down=True,
            width=20,
        ),
        REMARK,
    )


def read_duties(
    path: Path, *, edition: Edition, own_village: str | None = None
) -> Sheet[DutyEntry]:
    """All duty records of a file; rows with errors are left out. Raises FileProblem."""
    repeats = Repeats[DutyEntry](lambda entry: replace(entry, row=None), ())
    return read_entries(
        path,
        duty_headings(edition),
        repeats,
        lambda _table: lambda row: _entry(row, edition, own_village),
    )


def _entry(row: Row, edition: Edition, own_village: str | None) -> DutyEntry | None:
    name = read_name(row)
    if row.vacant:
        return None
    village, group = read_place(row, edition, own_village, village_needed=True, group_needed=False)
    on = row.required("on", day)
    role = row.required("role", _role)
    content = row.required_words("content")
    place = row.words("place")
    result = row.words("result")
    remark = row.words("remark")
    if on is None or name is None or role is None or content is None or row.failed:
        return None
    return DutyEntry(on, village, group, name, role, content, place, result, remark, row=row.ref)


def _role(value: CellValue) -> Role:
    try:
        return parse_role(shown(value))
    except ValueError:
        words = "、".join(role.value for role in Role)
        raise Unreadable(f"不是“六员”中的职责，应为：{words}") from None


def write_duties(path: Path, rows: Iterable[DutyEntry], title: str, *, edition: Edition) -> None:
    """Duty records to print and to import again. Raises FileProblem."""
    entries = tuple(rows)
    headings = columns_to_write(duty_headings(edition), entries, edition)
    write_table(path, "履职记录", title, headings, [_written(entry, headings) for entry in entries])


def _written(entry: DutyEntry, headings: Sequence[Heading]) -> list[Written]:
    values: dict[str, Written] = {
        "on": entry.on,
        "village": entry.village,
        "group": entry.group.name if entry.group is not None else None,
        "name": entry.name,
        "role": entry.role,
        "content": entry.content,
        "place": entry.place,
        "result": entry.result,
        "remark": entry.remark,
    }
    return [values[heading.field] for heading in headings]
