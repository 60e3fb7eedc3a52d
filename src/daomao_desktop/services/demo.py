"""Sample office: fictional people of a town and three villages, two assessment years in force.

Everything goes in through the same services a clerk uses, from the spreadsheets in
``resources/demo``; the day is fixed, so that the demo prints the same papers on every PC.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from daomao_desktop.domain.conduct import FindingDraft
from daomao_desktop.domain.scheme import BottomLine, Edition, Side, YearState
from daomao_desktop.errors import DaomaoError
from daomao_desktop.paths import resource
from daomao_desktop.services import (
    accounts,
    assessment,
    assessment_workbook,
    conduct,
    duties_workbook,
    roster,
    roster_workbook,
)
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.imports import ImportReport
from daomao_desktop.store.accounts import SAMPLE, put_setting

TOWN = "大茂镇"
VILLAGES = ("联光村", "云溪村", "白石村")
OPERATOR = "演示员"
PASSWORD = "daomao2025"
CONTACT = "0898-00001234（镇党政办）"  # no number of a network begins with 0
TODAY = date(2026, 1, 20)

_STEPS: dict[int, tuple[tuple[YearState, date], ...]] = {
    2024: (
        (YearState.VILLAGE, date(2024, 12, 10)),
        (YearState.REPORTED, date(2024, 12, 24)),
        (YearState.TOWN, date(2024, 12, 26)),
        (YearState.DECIDED, date(2025, 1, 3)),
        (YearState.PUBLIC_NOTICE, date(2025, 1, 6)),
        (YearState.IN_FORCE, date(2025, 1, 14)),
    ),
    2025: (
        (YearState.VILLAGE, date(2025, 12, 10)),
        (YearState.REPORTED, date(2025, 12, 22)),
        (YearState.TOWN, date(2025, 12, 24)),
        (YearState.DECIDED, date(2025, 12, 30)),
        (YearState.PUBLIC_NOTICE, date(2026, 1, 5)),
        (YearState.IN_FORCE, date(2026, 1, 13)),
    ),
}


def today() -> date:
    """The demo's fixed day."""
    return TODAY


def build(folder: Path, *, village: bool = False) -> None:
    """Makes the sample office in an empty ``folder``.

    A town office that keeps three villages (代管), or with ``village`` the first of them.
    """
    draft = accounts.OfficeDraft(
        edition=Edition.VILLAGE if village else Edition.TOWN,
        town=TOWN,
        village=VILLAGES[0] if village else None,
        operator_name=OPERATOR,
        label="演示",
        password=PASSWORD,
    )
    accounts.found_office(folder, draft)
    desk = accounts.open_desk(folder, PASSWORD, today=today)
    try:
        roster.save_town(desk, roster.TownDraft(contact=CONTACT))
        with desk.store.writing(desk.operator.uid) as session:
            put_setting(session, SAMPLE, value=True)
        _fill(desk, VILLAGES[:1] if village else VILLAGES)
    finally:
        accounts.close_desk(desk)


def _fill(desk: Desk, villages: tuple[str, ...]) -> None:
    for village in villages:
        _taken(roster_workbook.import_leaders(desk, _file(f"花名册-{village}.csv")))
        _taken(duties_workbook.import_duties(desk, _file(f"履职记录-{village}.csv")))
    _add_findings(desk, villages)
    for year, steps in _STEPS.items():
        for state, day in steps:
            if state is YearState.REPORTED:
                for village in villages:
                    name = f"{year}年建议等次-{village}.csv"
                    _taken(assessment_workbook.import_proposals(desk, _file(name)))
            if state is YearState.DECIDED:
                own = desk.edition is Edition.VILLAGE
                name = f"{year}年确定等次-{villages[0]}.csv" if own else f"{year}年确定等次.csv"
                _taken(assessment_workbook.import_decisions(desk, _file(name)))
            assessment.advance(desk, year, state, day, acknowledge=True)


def _add_findings(desk: Desk, villages: tuple[str, ...]) -> None:
    leaders = {(row.village, row.name): row for row in roster.list_leaders(desk)}
    for item in json.loads(_file("底线问题.json").read_text(encoding="utf-8")):
        if item["village"] not in villages:
            continue
        leader = leaders[item["village"], item["name"]]
        draft = FindingDraft(
            person_uid=leader.person_uid,
            group_uid=leader.group_uid,
            bottom_line=BottomLine(item["clause"]),
            side=Side(item["side"]),
            on=date.fromisoformat(item["on"]),
            facts=item["facts"],
            source=item["source"],
            confirmed=True,
            grave=False,
        )
        conduct.add_finding(desk, draft)


def _file(name: str) -> Path:
    return resource(f"demo/{name}")


def _taken(report: ImportReport) -> None:
    if report.refused:
        raise DaomaoError("示例资料不完整，请重新安装本程序。", tuple(report.lines()))
