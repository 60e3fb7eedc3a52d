"""People, files and short cuts for the services' tests; all persons are fictional."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from daomao_desktop.domain.accounts import OperatorRole
from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.roster import LeaderDraft
from daomao_desktop.domain.scheme import Edition, Sex
from daomao_desktop.services import roster
from daomao_desktop.services.accounts import OfficeDraft
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.imports import ImportReport
from daomao_desktop.services.roster import LeaderRow
from daomao_desktop.services.roster_workbook import import_leaders
from daomao_desktop.store.audit import AuditEntry

PASSWORD = "heping-2026"
SAMPLE = Path(__file__).parents[1] / "samples" / "花名册-联光村.xlsx"
VILLAGE = OfficeDraft(Edition.VILLAGE, "大茂镇", "联光村", "钱会计", "文书", PASSWORD)
TOWN = OfficeDraft(Edition.TOWN, "大茂镇", None, "孙主任", "办公室", PASSWORD)

# Valid check digits, invented holders.
WANG_ID = "460006198708171973"
LI_ID = "46000619881120098X"
PAN_ID = "460006196309269894"

_HEADINGS = ("村", "村民小组", "姓名", "性别", "身份证号码", "任职时间", "联系电话", "岗位补贴")


def today() -> date:
    return date(2026, 1, 20)


def acting_as(desk: Desk, role: OperatorRole) -> Desk:
    """The same desk with somebody of another role sitting at it."""
    return replace(desk, operator=replace(desk.operator, role=role))


def leader(desk: Desk, name: str, *, former: bool = False) -> LeaderRow:
    """The one leader of that name."""
    (row,) = [row for row in roster.list_leaders(desk, former=former) if row.name == name]
    return row


def draft(desk: Desk, group: str, name: str, **values: Any) -> LeaderDraft:
    """A complete draft for the first village."""
    kept: dict[str, Any] = {"sex": Sex.MALE, "started": PartialDate(2021, 6), **values}
    return LeaderDraft(roster.list_villages(desk)[0].uid, group, name, **kept)


def roster_file(path: Path, *rows: tuple[Any, ...]) -> Path:
    """A roster as CSV; the rows follow ``_HEADINGS``, their tails may lack."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADINGS)
        writer.writerows([*row, *[""] * (len(_HEADINGS) - len(row))] for row in rows)
    return path


def take(desk: Desk, path: Path, *rows: tuple[Any, ...], **options: bool) -> ImportReport:
    """Imports those rows through a file at ``path``."""
    return import_leaders(desk, roster_file(path, *rows), **options)


def names(desk: Desk) -> list[str]:
    return [row.name for row in roster.list_leaders(desk)]


def actions(desk: Desk) -> list[str]:
    """What the audit trail says was done, in order."""
    with desk.store.reading() as session:
        entries = session.query(AuditEntry).order_by(AuditEntry.sequence).all()
        return [entry.action for entry in entries]
