"""Duty records in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from daomao_desktop.domain.scheme import Edition, Role
from daomao_desktop.workbooks.duties import read_duties
from tests.workbooks.sheets import errors, make, noted, warned

HEADER = ["日期", "村民小组", "姓名", "职责", "内容", "地点", "结果", "备注"]


def test_records_as_offices_write_them(tmp_path: Path) -> None:
    rows = [
        HEADER,
        [date(2026, 1, 15), 3, "王强", "政策宣传员", "入户宣传", "村委会", None, "/"],
        ["2026.1.16", "4组", "李四", "三资管理员", "清点资产"],
        [20260117, None, "赵五", "D6", "组织防汛"],
    ]
    sheet = read_duties(
        make(tmp_path / "a.xlsx", rows), edition=Edition.VILLAGE, own_village="联光村"
    )
    assert (errors(sheet), warned(sheet)) == ([], [])
    first, second, third = sheet.entries
    assert (first.on, first.role, first.remark) == (date(2026, 1, 15), Role.PUBLICITY, "/")
    assert (second.role, third.role, third.group) == (Role.FUNDS, Role.DEVELOPMENT, None)
    assert third.on == date(2026, 1, 17)


def test_errors_name_their_cells(tmp_path: Path) -> None:
    rows = [
        ["村", *HEADER],
        ["联光村", "2026年1月", 3, "王强", "政策宣传员", "宣传"],
        ["联光村", "2026.1.15", 3, "王强", "巡逻员", "巡逻"],
        ["联光村", "2026.1.15", 3, "王强", "政策宣传员", None],
        [None, "2026.1.15", 3, "王强", "政策宣传员", "宣传"],
    ]
    sheet = read_duties(make(tmp_path / "a.xlsx", rows, sheet="履职"), edition=Edition.TOWN)
    assert sheet.entries == ()
    assert errors(sheet) == [
        "履职!B2 “2026年1月” 只有年月，请写到日",
        "履职!E3 “巡逻员” 不是“六员”中的职责，应为：政策宣传员、民意收集员、纠纷调解员、"
        "“三资”管理员、会议召集员、发展统筹员",
        "履职!F4 「内容」没有填写",
        "履职!A5 「村」没有填写",
    ]


def test_one_event_merged_over_its_people_and_a_row_twice(tmp_path: Path) -> None:
    rows = [
        HEADER,
        ["2026.1.15", 3, "王强", "会议召集员", "开会"],
        [None, 4, "李四", None, None],
        ["2026.1.15", 3, "王强", "会议召集员", "开会"],
    ]
    path = make(tmp_path / "a.xlsx", rows, merged=["A2:A3", "D2:D3", "E2:E3"])
    sheet = read_duties(path, edition=Edition.VILLAGE, own_village="联光村")
    assert [(entry.name, entry.on, entry.content) for entry in sheet.entries] == [
        ("王强", date(2026, 1, 15), "开会"),
        ("李四", date(2026, 1, 15), "开会"),
    ]
    assert warned(sheet) == ["花名册第4行 与第2行完全相同，只导入一次"]
    assert len(noted(sheet)) == 3
