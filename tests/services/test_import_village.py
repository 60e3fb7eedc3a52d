"""A list of another village is not written into this one unless somebody says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from daomao_desktop.domain.scheme import YearState
from daomao_desktop.services import assessment, duties, roster
from daomao_desktop.services.assessment_workbook import import_decisions, import_proposals
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.duties_workbook import import_duties
from daomao_desktop.services.imports import ImportReport
from daomao_desktop.services.roster_workbook import import_leaders
from daomao_desktop.store.audit import head
from tests.services.assessment_office import people, proposed, settle, walk
from tests.services.office import SAMPLE, names
from tests.workbooks.sheets import make

Import = Callable[..., ImportReport]
LEADERS = ("村民小组", "姓名", "性别", "任职时间")
STRANGERS = [
    (f"{number}组", f"石{'一二三四五六七八九'[number - 1]}", "男", "2021.6")
    for number in range(1, 10)
]


def titled(path: Path, title: str, headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> Path:
    """A list as a clerk makes it: a title, the headings, the rows."""
    return make(path, [[title], headings, *rows])


def _entries(desk: Desk) -> int:
    with desk.store.reading() as session:
        return head(session).sequence


def _history(desk: Desk, path: Path, **options: bool) -> ImportReport:
    return import_decisions(desk, path, history=True, **options)


def test_a_roster_of_another_village_is_stopped(village_desk: Desk, tmp_path: Path) -> None:
    file = titled(tmp_path / "名册.xlsx", "大茂镇红石村村民小组长花名册", LEADERS, STRANGERS)
    before = _entries(village_desk)
    dry = import_leaders(village_desk, file, dry_run=True)
    assert dry.lines()[0] == (
        "村名不符 表格标题写的是“红石村”，这里是联光村，请核对是不是选错了表。"
    )
    assert len(dry.added) == 9  # what it would do is shown all the same
    assert dry.differing is not None
    assert dry.differing.place == "联光村"
    assert dry.as_json()["village_differs"].startswith("表格标题")
    done = import_leaders(village_desk, file)
    assert done.refused
    assert done.added == ()
    assert "没有导入任何内容" in done.refusal
    assert not done.changes.areas
    assert roster.list_leaders(village_desk) == ()
    assert _entries(village_desk) == before
    assert import_leaders(village_desk, file, skip_bad=True).refused
    meant = import_leaders(village_desk, file, village_differs=True)
    assert not meant.refused
    assert meant.differing is None
    assert "红石村" in str(meant.warnings[0])
    assert len(names(village_desk)) == 9


@pytest.mark.parametrize(("title", "file"), [("小组长", "红石村花名册.xlsx"), ("", "红石村.xlsx")])
def test_the_file_name_is_looked_at_where_no_title_names_a_village(
    village_desk: Desk, tmp_path: Path, title: str, file: str
) -> None:
    path = titled(tmp_path / file, title, LEADERS, STRANGERS)
    report = import_leaders(village_desk, path)
    assert report.refused
    assert report.differing is not None
    assert report.differing.sentence.startswith("文件名写的是“红石村”")


def test_the_own_village_and_no_village_pass(village_desk: Desk, tmp_path: Path) -> None:
    for number, title in enumerate(("大茂镇联光村委会小组长", "大茂镇各村小组长", "小组长名册")):
        path = titled(tmp_path / f"表{number}.xlsx", title, LEADERS, STRANGERS)
        report = import_leaders(village_desk, path)
        assert not report.refused, report.lines()
        assert report.differing is None
    assert import_leaders(village_desk, SAMPLE, dry_run=True).differing is None


def test_rows_that_name_the_own_village_are_believed(village_desk: Desk, tmp_path: Path) -> None:
    rows = [("联光村", *row) for row in STRANGERS]
    path = titled(tmp_path / "表.xlsx", "大茂镇红石村小组长花名册", ("村", *LEADERS), rows)
    report = import_leaders(village_desk, path)
    assert not report.refused
    assert "红石村" in str(report.warnings[0])


def test_mostly_strangers_in_a_village_with_leaders_is_told(
    village_desk: Desk, tmp_path: Path
) -> None:
    import_leaders(village_desk, SAMPLE)
    before = len(names(village_desk))
    rows = [(f"{number + 20}组", *row[1:]) for number, row in enumerate(STRANGERS)]
    path = titled(tmp_path / "表.xlsx", "小组长花名册", LEADERS, rows)
    report = import_leaders(village_desk, path, dry_run=True)
    assert f"联光村已有 {before} 位小组长，这份表的 9 人里却有 9 人是花名册里没有的" in str(
        report.warnings[0]
    )
    again = import_leaders(village_desk, SAMPLE, dry_run=True)
    assert not [note for note in again.warnings if "没有的" in str(note)]


def test_the_first_roster_has_no_strangers(village_desk: Desk, tmp_path: Path) -> None:
    path = titled(tmp_path / "表.xlsx", "小组长花名册", LEADERS, STRANGERS)
    report = import_leaders(village_desk, path)
    assert not [note for note in report.warnings if "没有的" in str(note)]


@pytest.fixture
def assessed(village_desk: Desk, tmp_path: Path) -> Desk:
    """联光村 with two leaders, 2025 in 村评."""
    settle(village_desk, tmp_path, people(2))
    walk(village_desk, YearState.VILLAGE)
    return village_desk


AREAS: dict[str, tuple[Import, tuple[str, ...], tuple[str, ...]]] = {
    "duties": (
        import_duties,
        ("日期", "村民小组", "姓名", "职责", "内容"),
        ("2025-03-01", "1组", "林〇一", "政策宣传员", "入户宣讲"),
    ),
    "proposals": (
        import_proposals,
        ("年度", "村民小组", "姓名", "建议等次", "支委会日期"),
        ("2025", "1组", "林〇一", "称职", "2025-12-12"),
    ),
    "history": (
        _history,
        ("年度", "村民小组", "姓名", "确定等次"),
        ("2023", "1组", "林〇一", "称职"),
    ),
}


@pytest.mark.parametrize("area", AREAS)
def test_every_area_looks_at_the_village(assessed: Desk, tmp_path: Path, area: str) -> None:
    take, headings, row = AREAS[area]
    before = _entries(assessed)
    wrong = titled(tmp_path / "表.xlsx", "大茂镇红石村2025年", headings, [row])
    assert take(assessed, wrong, dry_run=True).differing is not None
    report = take(assessed, wrong)
    assert report.refused
    assert "红石村" in report.refusal
    assert _entries(assessed) == before
    assert take(assessed, wrong, village_differs=True).added
    assert duties.list_duties(assessed) or _entries(assessed) > before


def test_a_villages_decisions_look_at_the_village(assessed: Desk, tmp_path: Path) -> None:
    proposed(assessed, tmp_path, people(2), {})
    assessment.advance(assessed, 2025, YearState.REPORTED, assessed.today(), True)
    headings = ("年度", "村民小组", "姓名", "确定等次", "依据文号", "文件日期")
    row = ("2025", "1组", "林〇一", "称职", "大茂党〔2026〕2号", "2026-01-13")
    wrong = titled(tmp_path / "表.xlsx", "大茂镇红石村确定等次", headings, [row])
    assert import_decisions(assessed, wrong).refused
    assert not import_decisions(assessed, wrong, village_differs=True).refused


def test_in_the_town_a_list_without_villages_is_compared_with_its_persons(
    town_desk: Desk, tmp_path: Path
) -> None:
    settle(town_desk, tmp_path, [*people(2), ("红石村", 1, "石一")])
    walk(town_desk, YearState.VILLAGE)
    _take, headings, row = AREAS["proposals"]
    wrong = titled(tmp_path / "表.xlsx", "大茂镇红石村建议等次", headings, [row])
    report = import_proposals(town_desk, wrong)
    assert report.refused
    assert report.refusal.startswith("表格标题写的是“红石村”，表里的人却在联光村")
    right = titled(tmp_path / "对.xlsx", "大茂镇联光村建议等次", headings, [row])
    assert not import_proposals(town_desk, right).refused
    whole = titled(tmp_path / "全.xlsx", "大茂镇建议等次", headings, [row])
    assert not import_proposals(town_desk, whole).refused


def test_in_the_town_rows_that_name_their_village_are_believed(
    town_desk: Desk, tmp_path: Path
) -> None:
    rows = [("联光村", *row) for row in STRANGERS]
    path = titled(tmp_path / "表.xlsx", "红石村小组长花名册", ("村", *LEADERS), rows)
    report = import_leaders(town_desk, path)
    assert not report.refused
    assert "表里的人却在联光村" in str(report.warnings[0])
