"""The roster in and out of Excel, on real files and a real encrypted store."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from daomao_desktop.domain.accounts import OperatorRole
from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.scheme import PoliticalStatus
from daomao_desktop.errors import FileProblem, Refused
from daomao_desktop.paths import resource
from daomao_desktop.services import accounts, roster
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.imports import ImportReport
from daomao_desktop.services.roster import LeaderRow
from daomao_desktop.services.roster_workbook import export_leaders, import_leaders
from daomao_desktop.store.audit import AuditEntry
from tests.services.office import (
    PAN_ID,
    PASSWORD,
    SAMPLE,
    WANG_ID,
    acting_as,
    draft,
    leader,
    names,
    take,
    today,
)
from tests.statements import statements


def _shown(desk: Desk) -> list[tuple[object, ...]]:
    """What a roster says of each leader, without uids."""
    return [
        (
            *(row.village, row.group, row.name, row.sex, row.ethnicity, row.birth, row.id_number),
            *(row.political_status, row.education, row.started, row.phone, row.monthly),
            *(row.remark, row.to_verify),
        )
        for row in roster.list_leaders(desk)
    ]


def _entries(desk: Desk) -> int:
    with desk.store.reading() as session:
        return session.query(AuditEntry).count()


def _quiet(report: ImportReport) -> bool:
    return not (report.added or report.changed or report.moved or report.created or report.refused)


def test_the_sample_roster_makes_eight_leaders(village_desk: Desk) -> None:
    report = import_leaders(village_desk, SAMPLE)
    rows = roster.list_leaders(village_desk)
    assert [row.name for row in rows] == [
        *("王䶮", "李㛃", "潘新", "邢毅", "冯学", "许才峰", "陈光强", "符毅")
    ]
    assert [row.group_number for row in rows] == list(range(1, 9))
    assert len(report.added) == 8
    assert len(report.created) == 8
    assert {row.monthly for row in rows} == {Money(50000)}
    assert [row.to_verify != () for row in rows] == [False] * 3 + [True] + [False] * 4
    assert "校验位" in rows[3].to_verify[0]
    feng = rows[4]
    assert feng.birth == PartialDate(1987, 6)
    assert feng.political_status is None
    lines = "\n".join(report.lines())
    assert "花名册!H8" in lines
    assert "第13行" in lines
    assert PAN_ID not in lines
    assert rows[2].political_status is PoliticalStatus.MEMBER


def test_importing_twice_changes_nothing(village_desk: Desk) -> None:
    import_leaders(village_desk, SAMPLE)
    before, entries = _shown(village_desk), _entries(village_desk)
    report = import_leaders(village_desk, SAMPLE)
    assert _quiet(report)
    assert report.unchanged == 8
    assert _shown(village_desk) == before
    assert _entries(village_desk) == entries


def test_the_empty_template_says_that_nothing_is_in_it(village_desk: Desk) -> None:
    template = resource("templates") / "leaders.xlsx"
    report = import_leaders(village_desk, template)
    assert report.lines()[-1] == "没有可导入的行。"


def test_a_dry_run_reports_the_same_and_writes_nothing(village_desk: Desk) -> None:
    entries = _entries(village_desk)
    tried = import_leaders(village_desk, SAMPLE, dry_run=True)
    assert tried.dry_run
    assert names(village_desk) == []
    assert roster.list_groups(village_desk) == ()
    assert _entries(village_desk) == entries
    assert "没有写入" in tried.summary
    done = import_leaders(village_desk, SAMPLE)
    assert replace(tried, dry_run=False) == done


@pytest.mark.parametrize("unmasked", [False, True])
def test_what_is_exported_imports_again(village_desk: Desk, tmp_path: Path, unmasked: bool) -> None:
    import_leaders(village_desk, SAMPLE)
    before = _shown(village_desk)
    file = tmp_path / "导出.xlsx"
    assert export_leaders(village_desk, file, unmasked=unmasked) == 8
    report = import_leaders(village_desk, file)
    assert not report.errors
    assert _quiet(report), report.lines()
    assert _shown(village_desk) == before


def test_an_export_into_a_new_office_gives_the_same_people(
    village_desk: Desk, town_desk: Desk, tmp_path: Path
) -> None:
    import_leaders(village_desk, SAMPLE)
    file = tmp_path / "导出.xlsx"
    export_leaders(village_desk, file, unmasked=True)
    sheet = load_workbook(file).active
    assert sheet is not None
    # the town needs to know the village, which an own village's list does not repeat
    target = tmp_path / "镇.xlsx"
    heads = [cell.value for cell in sheet[2]]
    if "村" not in heads:
        sheet.unmerge_cells(str(next(iter(sheet.merged_cells.ranges))))
        sheet.insert_cols(2)
        sheet.cell(2, 2, "村")
        for row in range(3, sheet.max_row + 1):
            sheet.cell(row, 2, "联光村")
    assert sheet.parent is not None
    sheet.parent.save(target)
    report = import_leaders(town_desk, target)
    assert not report.errors, report.lines()
    assert _shown(town_desk) == _shown(village_desk)
    (village,) = roster.list_villages(town_desk)
    assert village.kept_by_town
    assert "联光村（代管）" in report.created


def test_an_export_is_masked_unless_told_otherwise(village_desk: Desk, tmp_path: Path) -> None:
    import_leaders(village_desk, SAMPLE)
    masked, clear = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    export_leaders(village_desk, masked)
    notes = _notes(village_desk)
    export_leaders(village_desk, clear, unmasked=True)
    assert WANG_ID not in _cells(masked)
    assert "13198277534" not in _cells(masked)
    assert WANG_ID in _cells(clear)
    assert "13198277534" in _cells(clear)
    assert len(_notes(village_desk)) == len(notes) + 1
    assert "导出完整" in _notes(village_desk)[-1]
    with pytest.raises(Refused, match="完整的身份证号"):
        export_leaders(acting_as(village_desk, OperatorRole.VILLAGE_WATCH), clear, unmasked=True)


def _cells(path: Path) -> set[str]:
    book = load_workbook(path)
    return {str(value) for sheet in book for row in sheet.values for value in row if value}


def _notes(desk: Desk) -> list[str]:
    with desk.store.reading() as session:
        entries = session.query(AuditEntry).order_by(AuditEntry.sequence).all()
        return [entry.after or "" for entry in entries if entry.action == "事件"]


def test_a_first_subsidy_holds_from_the_start_and_a_new_one_from_this_month(
    village_desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "花名册.csv"
    take(village_desk, file, ("", "1组", "王强", "男", WANG_ID, "2021.6", "", "500"))
    report = take(village_desk, file, ("", "1组", "王强", "男", WANG_ID, "2021.6", "", "600"))
    (line,) = report.changed
    assert "500.00 → 600.00" in line
    assert "2026年1月" in line
    page = roster.leader_page(village_desk, leader(village_desk, "王强").person_uid)
    assert [(row.monthly, row.since) for row in page.subsidies] == [
        (Money(60000), PartialDate(2026, 1)),
        (Money(50000), PartialDate(2021, 6)),
    ]
    again = take(village_desk, file, ("", "1组", "王强", "男", WANG_ID, "2021.6", "", "620"))
    assert len(again.changed) == 1
    page = roster.leader_page(village_desk, leader(village_desk, "王强").person_uid)
    assert [row.monthly for row in page.subsidies] == [Money(62000), Money(50000)]


def test_stars_and_empty_cells_keep_what_is_there(village_desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "花名册.csv"
    take(
        village_desk,
        file,
        ("", "1组", "王强", "男", WANG_ID, "2021.6.20", "13812341234", "500"),
    )
    report = take(
        village_desk, file, ("", "1组", "王强", "男", "460006************", "", "138****1234")
    )
    assert report.unchanged == 1
    assert _quiet(report)
    uid = leader(village_desk, "王强").person_uid
    assert roster.reveal(village_desk, uid, "id_number") == WANG_ID
    assert roster.reveal(village_desk, uid, "phone") == "13812341234"
    # the month of a known day is no correction
    assert take(village_desk, file, ("", "1组", "王强", "男", WANG_ID, "2021.6")).unchanged == 1
    assert leader(village_desk, "王强").started == PartialDate(2021, 6, 20)


def test_a_roster_without_starts_is_taken_and_marked(village_desk: Desk, tmp_path: Path) -> None:
    report = take(village_desk, tmp_path / "花名册.csv", ("", "1组", "王强", "男", WANG_ID, ""))
    assert not report.refused
    assert "说明 没有任职时间的 1 人标记待核实：王强" in report.lines()
    row = leader(village_desk, "王强")
    assert row.started is None
    assert row.to_verify == ("任职时间不详",)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\x00\xff\x00\xff"])
def test_a_broken_file_gets_one_sentence(
    village_desk: Desk, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "坏.xlsx"
    file.write_bytes(content)
    with pytest.raises(FileProblem) as caught:
        import_leaders(village_desk, file)
    assert "\n" not in caught.value.sentence
    with pytest.raises(FileProblem):
        import_leaders(village_desk, tmp_path)


_IMPORTING = """
import sys
from pathlib import Path
from daomao_desktop.services import accounts, roster_workbook
desk = accounts.open_desk(Path(sys.argv[1]), sys.argv[3])
original = roster_workbook.RosterMerge._add
def slow(self, match, person):
    original(self, match, person)
    self.book.session.flush()
    print("row", flush=True)
    import time
    time.sleep(0.2)
roster_workbook.RosterMerge._add = slow
roster_workbook.import_leaders(desk, Path(sys.argv[2]))
print("done", flush=True)
"""


@pytest.mark.parametrize("rows", [1, 4])
def test_killed_during_an_import_leaves_all_or_nothing(village_folder: Path, rows: int) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", _IMPORTING, str(village_folder), str(SAMPLE), PASSWORD],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    for _ in range(rows):
        assert child.stdout.readline() == "row\n"
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    desk = accounts.open_desk(village_folder, PASSWORD, today=today)
    try:
        assert names(desk) == []
        assert roster.list_groups(desk) == ()
        assert accounts.check_store(desk) == []
        assert len(import_leaders(desk, SAMPLE).added) == 8
    finally:
        accounts.close_desk(desk)


def test_a_large_town_is_read_in_a_moment(town_desk: Desk, tmp_path: Path) -> None:
    villages = ("东溪", "西溪", "南溪", "北溪", "上洋", "下洋", "大坡", "小坡", "石门", "竹园")
    rows = [
        (f"{village}村", f"{number}组", f"王{'甲乙丙丁'[number % 4]}", "男", "", "2021.6")
        for village in villages
        for number in range(1, 21)
    ]
    assert len(take(town_desk, tmp_path / "全镇.csv", *rows).added) == 200
    started = time.perf_counter()
    with statements(town_desk) as sent:
        assert len(roster.list_leaders(town_desk)) == 200
    assert time.perf_counter() - started < 1
    assert len(sent) < 15


def test_rows_say_what_the_search_needs(village_desk: Desk) -> None:
    roster.add_leader(village_desk, draft(village_desk, "3", "单小红"))
    row: LeaderRow = leader(village_desk, "单小红")
    assert (row.pinyin, row.initials) == ("shan xiao hong", "sxh")


def test_no_file_of_the_office_tells_a_name(village_desk: Desk) -> None:
    import_leaders(village_desk, SAMPLE)
    export = roster.list_leaders(village_desk)
    secrets = [row.name.encode() for row in export]
    secrets += [WANG_ID.encode(), "钱会计".encode(), "联光".encode()]
    secrets += [b"SQLite format", b"village_group", b"appointment"]
    files = [path for path in village_desk.store.folder.rglob("*") if path.is_file()]
    assert len(files) >= 4
    for path in files:
        content = path.read_bytes()
        assert [secret for secret in secrets if secret in content] == [], path.name
    accounts.close_desk(village_desk)
