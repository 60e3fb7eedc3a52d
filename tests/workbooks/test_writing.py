"""What is written prints well, runs nothing, and comes back unchanged."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.roster import GroupName, parse_group
from daomao_desktop.domain.scheme import Edition, Grade, PoliticalStatus, Role, Sex
from daomao_desktop.errors import FileProblem
from daomao_desktop.workbooks.assessment import (
    DecisionEntry,
    ProposalEntry,
    read_decisions,
    read_proposals,
    write_decisions,
    write_proposals,
)
from daomao_desktop.workbooks.duties import DutyEntry, read_duties, write_duties
from daomao_desktop.workbooks.roster import LeaderEntry, read_leaders, write_leaders
from tests.workbooks.sheets import OCTOBER_MAN, SAMPLE, leaders

WANG = LeaderEntry(None, GroupName(3, "第3村民小组"), "王强", Sex.MALE)
# What XML cannot carry never gets into a record either, and records keep no space around text.
_KEPT = re.compile("[^\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff\r]")


def kept(text: str) -> str | None:
    return "".join(_KEPT.findall(text)).strip() or None


texts = st.one_of(
    st.none(),
    st.text(max_size=40).map(kept),
    st.sampled_from(["=1+1", "+86", "-", "@SUM(A1)", "*", "/", "#N/A", "_x0041_", "𠮷䶮"]),
    st.text(max_size=12).map(lambda text: kept(f"={text}")),
    st.just("=cmd|' /C calc'!A0"),
)
words = texts.map(lambda text: text or "内容")
names = st.text(st.sampled_from("王强李四䶮𠮷㛃·阿买提"), min_size=2, max_size=6).map(
    lambda name: f"某{name.strip('·')}某"
)
groups = st.one_of(
    st.integers(1, 999).map(lambda number: parse_group(str(number))),
    st.sampled_from(["东坡组", "=东坡", "上村小组"]).map(parse_group),
)
days = st.dates(date(1950, 1, 1), date(2024, 12, 31))
partial_dates = st.one_of(
    st.none(),
    days.map(PartialDate.of),
    days.map(lambda day: PartialDate(day.year, day.month)),
)


@st.composite
def leader(draw: st.DrawFn) -> LeaderEntry:
    birth = draw(st.one_of(st.none(), st.integers(1950, 1990)))
    month, day = draw(st.integers(1, 12)), draw(st.one_of(st.none(), st.integers(1, 28)))
    return LeaderEntry(
        village=draw(st.sampled_from(["联光村", "红旗村", "东坡社区"])),
        group=draw(groups),
        name=draw(names),
        sex=draw(st.sampled_from(Sex)),
        ethnicity=draw(st.sampled_from([None, "汉族", "黎族", "维吾尔族"])),
        birth=None if birth is None else PartialDate(birth, month, day),
        id_number=draw(st.sampled_from([None, OCTOBER_MAN])),
        political_status=draw(st.one_of(st.none(), st.sampled_from(PoliticalStatus))),
        education=draw(st.sampled_from([None, "初中", "大学本科"])),
        started=PartialDate(2021, draw(st.integers(1, 12)), draw(st.sampled_from([None, 1, 20]))),
        phone=draw(st.sampled_from([None, "13479525745", "0898-63261234"])),
        subsidy=draw(st.one_of(st.none(), st.integers(0, 10**14).map(Money))),
        remark=draw(texts),
    )


def bare(entries: Any) -> list[Any]:
    return [replace(entry, row=None) for entry in entries]


SLOW = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@SLOW
@given(entry=leader())
def test_leaders_come_back_unchanged(tmp_path: Path, entry: LeaderEntry) -> None:
    path = tmp_path / "a.xlsx"
    write_leaders(path, [entry], "花名册", edition=Edition.TOWN)
    sheet = read_leaders(path, edition=Edition.TOWN)
    assert sheet.errors == ()
    assert [replace(back, to_verify=()) for back in bare(sheet.entries)] == [entry]


@SLOW
@given(on=days, content=words, place=texts, result=texts, remark=texts, role=st.sampled_from(Role))
def test_duties_come_back_unchanged(
    tmp_path: Path, on: date, content: str, role: Role, **more: str | None
) -> None:
    group = GroupName(3, "第3村民小组")
    entry = DutyEntry(on, "联光村", group, "王强", role, content, **more)
    for edition in Edition:
        write_duties(tmp_path / "a.xlsx", [entry], "履职记录", edition=edition)
        sheet = read_duties(tmp_path / "a.xlsx", edition=edition, own_village="联光村")
        assert sheet.notes[1:] == ()  # only the title row is told
        assert bare(sheet.entries) == [entry]


@SLOW
@given(
    reason=texts,
    daily=st.one_of(st.none(), st.integers(0, 10_000)),
    grade=st.sampled_from(Grade),
    day=days,
)
def test_assessments_come_back_unchanged(
    tmp_path: Path, reason: str | None, daily: int | None, grade: Grade, day: date
) -> None:
    path = tmp_path / "a.xlsx"
    group = GroupName(None, "东坡组")
    proposal = ProposalEntry(2025, "联光村", group, "王强", grade, day, reason)
    write_proposals(path, [proposal], "建议等次", edition=Edition.TOWN)
    assert bare(read_proposals(path, edition=Edition.TOWN).entries) == [proposal]
    decision = DecisionEntry(
        2025, "联光村", group, "王强", grade, daily, reason, "=大茂党〔2026〕3号", day
    )
    write_decisions(path, [decision], "确定等次", edition=Edition.TOWN)
    assert bare(read_decisions(path, edition=Edition.TOWN).entries) == [decision]


def test_the_sample_comes_back_unchanged(tmp_path: Path) -> None:
    first = leaders(SAMPLE).entries
    write_leaders(tmp_path / "a.xlsx", first, "花名册", edition=Edition.VILLAGE)
    again = leaders(tmp_path / "a.xlsx")
    assert bare(again.entries) == bare(first)
    assert [note.sentence for note in again.warnings] == [
        "身份证号码的校验位不对，请核对（邢毅，已标记待核实）"
    ]


def test_nothing_a_spreadsheet_could_run(tmp_path: Path) -> None:
    entries = [
        replace(WANG, group=GroupName(at, f"第{at}村民小组"), remark=text)
        for at, text in enumerate(["=1+1", "+1", "-1", "@a", "\tx", "plain"], 1)
    ]
    write_leaders(tmp_path / "a.xlsx", entries, "=危险", edition=Edition.VILLAGE)
    page = load_workbook(tmp_path / "a.xlsx").active
    assert page["A1"].data_type == "s"
    column = [page.cell(row, page.max_column) for row in range(3, 9)]
    assert [cell.data_type for cell in column] == ["s"] * 6
    assert [bool(cell.quotePrefix) for cell in column] == [True] * 5 + [False]


def test_another_librarys_parser_changes_no_byte(tmp_path: Path) -> None:
    """lxml comes with Word copies; with it openpyxl would write 联 as &#32852;."""
    path = tmp_path / "a.xlsx"
    write_leaders(path, [], "联光村花名册", edition=Edition.VILLAGE)
    with ZipFile(path) as archive:
        parts = b"".join(archive.read(name) for name in archive.namelist())
    assert "联光村花名册".encode() in parts


def test_the_page_is_ready_to_print(tmp_path: Path) -> None:
    entry = replace(WANG, birth=PartialDate(1987, 6), started=PartialDate(2021, 6, 20))
    entry = replace(entry, subsidy=Money(500_00), id_number="460006************")
    write_leaders(tmp_path / "a.xlsx", [entry], "联光村花名册", edition=Edition.VILLAGE)
    page = load_workbook(tmp_path / "a.xlsx").active
    assert page["A1"].value == "联光村花名册"
    titles = [cell.value for cell in page[2]]
    assert titles == [
        *("序号", "村民小组", "姓名", "性别", "民族", "出生年月", "身份证号码", "政治面貌"),
        *("文化程度", "任职时间", "联系电话", "岗位补贴", "备注"),
    ]
    assert page.freeze_panes == "D3"
    assert page.print_title_rows == "$2:$2"
    assert page.print_area == "'花名册'!$A$1:$M$3"
    setup = page.page_setup
    assert (setup.paperSize, setup.orientation, setup.fitToWidth) == (9, "landscape", 1)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page["F3"].number_format == 'yyyy"年"m"月"'
    assert page["J3"].number_format == "yyyy-mm-dd"
    assert (page["L3"].value, page["L3"].number_format) == (500, "#,##0.00")
    assert page["G3"].number_format == "@"
    choices = {str(rule.sqref): rule.formula1 for rule in page.data_validations.dataValidation}
    assert choices["D3"] == '"男,女"'
    assert page.column_dimensions["G"].width == 21


def test_the_village_column_where_it_is_needed(tmp_path: Path) -> None:
    write_leaders(tmp_path / "a.xlsx", [], "花名册", edition=Edition.TOWN)
    page = load_workbook(tmp_path / "a.xlsx").active
    assert [cell.value for cell in page[2]][:3] == ["序号", "村", "村民小组"]


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="不存在"):
        write_leaders(tmp_path / "没有" / "a.xlsx", [WANG], "花名册", edition=Edition.TOWN)
    with pytest.raises(FileProblem, match="是文件夹"):
        write_leaders(tmp_path, [WANG], "花名册", edition=Edition.TOWN)
    assert list(tmp_path.iterdir()) == []
