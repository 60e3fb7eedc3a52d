"""A town's or a village's assessment year made through spreadsheets, as offices do it."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from daomao_desktop.domain.conduct import FindingDraft
from daomao_desktop.domain.scheme import BottomLine, Grade, Side, YearState
from daomao_desktop.services import assessment, conduct, roster
from daomao_desktop.services.assessment import AssessmentRow
from daomao_desktop.services.assessment_workbook import import_decisions, import_proposals
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.imports import ImportReport
from daomao_desktop.store import roster as roster_store
from tests.services.office import take

STEPS = {
    YearState.VILLAGE: date(2025, 12, 1),
    YearState.REPORTED: date(2025, 12, 15),
    YearState.TOWN: date(2025, 12, 16),
    YearState.DECIDED: date(2025, 12, 29),
    YearState.PUBLIC_NOTICE: date(2026, 1, 5),
    YearState.IN_FORCE: date(2026, 1, 13),
}
MEETING = "2025-12-12"
FACT = "2025年7月9日防汛值守期间脱岗"
_DIGITS = "〇一二三四五六七八九"

Person = tuple[str, int, str]  # village, group number, name


def people(count: int, village: str = "联光村", surname: str = "林") -> list[Person]:
    """That many leaders of one village, 林〇一, 林〇二 …, group by group."""
    return [
        (village, number, f"{surname}{_DIGITS[number // 10]}{_DIGITS[number % 10]}")
        for number in range(1, count + 1)
    ]


def settle(desk: Desk, folder: Path, persons: Sequence[Person], subsidy: str = "500") -> None:
    """Takes them into the roster: men in post since June 2021."""
    report = take(
        desk,
        folder / "花名册.csv",
        *(
            (v, f"{group}组", name, "男", "", "2021-06-20", "", subsidy)
            for v, group, name in persons
        ),
    )
    assert not report.refused, report.lines()


def table(path: Path, headings: str, *rows: Sequence[Any]) -> Path:
    """A CSV with headings separated by blanks."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings.split())
        writer.writerows(rows)
    return path


def decisions_file(
    folder: Path,
    persons: Sequence[Person],
    grades: Mapping[str, str],
    *,
    year: int = 2025,
    paper: tuple[str, str] | None = None,
) -> Path:
    """Everyone 称职 but for ``grades`` (name → word)."""
    rows = [
        (year, v, f"{group}组", name, "", grades.get(name, "称职"), "", *(paper or ()))
        for v, group, name in persons
    ]
    headings = "年度 村 村民小组 姓名 镇日常评分 确定等次 理由"
    return table(folder / "等次.csv", headings + (" 依据文号 文件日期" if paper else ""), *rows)


def decided(
    desk: Desk, folder: Path, persons: Sequence[Person], grades: Mapping[str, str], **more: Any
) -> ImportReport:
    """Imports those decisions."""
    history = more.pop("history", False)
    return import_decisions(desk, decisions_file(folder, persons, grades, **more), history=history)


def proposed(
    desk: Desk,
    folder: Path,
    persons: Sequence[Person],
    grades: Mapping[str, str],
    meeting: str = MEETING,
) -> ImportReport:
    """Imports proposals for everyone, 称职 but for ``grades``."""
    rows = [
        (2025, v, f"{group}组", name, grades.get(name, "称职"), meeting, "支部研究决定")
        for v, group, name in persons
    ]
    return import_proposals(
        desk,
        table(folder / "建议.csv", "年度 村 村民小组 姓名 建议等次 支委会日期 理由", *rows),
    )


def walk(desk: Desk, upto: YearState, year: int = 2025) -> None:
    """Takes the steps from the present state to ``upto`` on their days."""
    state = assessment.year_view(desk, year).state
    for step, day in STEPS.items():
        if state.order < step.order <= upto.order:
            assessment.advance(desk, year, step, day, acknowledge=True)


def recorded(desk: Desk, *names: str) -> None:
    """A confirmed finding of 2025 about each of them: what a criticism tells."""
    for one in roster.list_leaders(desk):
        if one.name in names:
            finding = FindingDraft(
                one.person_uid,
                one.group_uid,
                BottomLine.DILIGENCE,
                Side.MUST_NOT,
                date(2025, 7, 9),
                FACT,
                "镇检查",
                confirmed=True,
            )
            conduct.add_finding(desk, finding)


def whole_year(
    desk: Desk, folder: Path, persons: Sequence[Person], grades: Mapping[str, str]
) -> None:
    """A year in the town from 筹备 to 生效, proposals and decisions by spreadsheet.

    Something was found about each who is 不称职.
    """
    settle(desk, folder, persons)
    recorded(desk, *(name for name, word in grades.items() if word == Grade.INCOMPETENT.value))
    walk(desk, YearState.VILLAGE)
    assert not proposed(desk, folder, persons, grades).refused
    walk(desk, YearState.TOWN)
    assert not decided(desk, folder, persons, grades).refused
    walk(desk, YearState.IN_FORCE)


def row(desk: Desk, name: str, year: int = 2025) -> AssessmentRow:
    """The one person of that name in the year's table."""
    (only,) = [one for one in assessment.list_assessments(desk, year) if one.name == name]
    return only


def grades_of(desk: Desk, year: int = 2025) -> dict[str, Grade | None]:
    """Name → grade of everyone in the year's table."""
    return {one.name: one.decision for one in assessment.list_assessments(desk, year)}


def paired(desk: Desk, village: str) -> None:
    """Makes the village one with its own PC, as pairing will."""
    with desk.store.writing(desk.operator.uid) as session:
        (own,) = [one for one in roster_store.villages(session) if one.name == village]
        own.kept_by_town = False
