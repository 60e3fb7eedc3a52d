"""Proposals and decisions in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from daomao_desktop.domain.scheme import Edition, Grade
from daomao_desktop.workbooks.assessment import read_decisions, read_proposals
from tests.workbooks.sheets import errors, make, warned

PROPOSALS = ["年度", "村民小组", "姓名", "建议等次", "支委会日期", "理由"]
DECISIONS = ["年度", "村", "村民小组", "姓名", "镇日常评分", "确定等次", "理由"]


def test_proposals(tmp_path: Path) -> None:
    rows = [
        PROPOSALS,
        [2025, 3, "王强", "优秀", "2025-12-20"],
        ["2025年度", "4组", "李四", "不 称 职", date(2025, 12, 20), "长期不在岗"],
        ["２０２５年", 5, "赵五", "称职", "20251220"],
    ]
    for edition, village in ((Edition.VILLAGE, "联光村"), (Edition.TOWN, None)):
        sheet = read_proposals(
            make(tmp_path / "a.xlsx", rows), edition=edition, own_village=village
        )
        assert (errors(sheet), warned(sheet)) == ([], [])
        assert [(entry.year, entry.grade) for entry in sheet.entries] == [
            (2025, Grade.EXCELLENT),
            (2025, Grade.INCOMPETENT),
            (2025, Grade.COMPETENT),
        ]
        assert {entry.meeting_on for entry in sheet.entries} == {date(2025, 12, 20)}
        assert sheet.entries[1].reason == "长期不在岗"


def test_a_grade_outside_the_four_words(tmp_path: Path) -> None:
    path = make(tmp_path / "a.xlsx", [DECISIONS, [2025, "联光村", 3, "王强", 92.5, "合格"]])
    sheet = read_decisions(path, edition=Edition.TOWN)
    assert errors(sheet) == ["花名册!F2 “合格” 不是等次，只能是优秀、称职、不称职、不定等次"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (92, 9200),
        (92.5, 9250),
        ("92.55分", 9255),
        (89.55000000000001, 8955),
        (0, 0),
        (100, 10000),
        (None, None),
        (100.01, None),
        (-1, None),
        (92.555, None),
        ("优", None),
    ],
)
def test_the_towns_score(tmp_path: Path, value: object, expected: int | None) -> None:
    path = make(tmp_path / "a.xlsx", [DECISIONS, [2025, "联光村", 3, "王强", value, "称职"]])
    sheet = read_decisions(path, edition=Edition.TOWN)
    assert sheet.entries[0].daily == expected
    assert len(warned(sheet)) == (expected is None and value is not None)


def test_a_village_names_the_towns_paper(tmp_path: Path) -> None:
    rows = [DECISIONS, [2025, "联光村", 3, "王强", 92, "称职"]]
    path = make(tmp_path / "a.xlsx", rows)
    village = {"edition": Edition.VILLAGE, "own_village": "联光村"}
    assert "缺少「依据文号」、「文件日期」列" in errors(read_decisions(path, **village))[0]
    assert len(read_decisions(path, **village, history=True).entries) == 1
    paper = [
        [*DECISIONS, "文号", "发文日期"],
        [*rows[1], None, "大茂党〔2026〕3号", "2026.1.12"],
        [2025, "联光村", 4, "李四", 92, "称职", None, None, "2026.1.12"],
    ]
    sheet = read_decisions(make(tmp_path / "b.xlsx", paper), **village)
    (entry,) = sheet.entries
    assert (entry.paper_number, entry.paper_date) == ("大茂党〔2026〕3号", date(2026, 1, 12))
    assert errors(sheet) == ["花名册!H3 「依据文号」没有填写"]


def test_one_person_decided_twice(tmp_path: Path) -> None:
    rows = [
        DECISIONS,
        [2025, "联光村", 3, "王强", 92, "优秀"],
        [2025, "联光村", "3组", "王强", 92, "优秀"],
        [2024, "联光村", 3, "王强", 92, "优秀"],
        [2025, "联光", 4, "李四", 80, "称职"],
        [2025, "联光村", 4, "李四", 80, "不称职"],
    ]
    sheet = read_decisions(make(tmp_path / "a.xlsx", rows), edition=Edition.TOWN)
    assert [(entry.year, entry.name) for entry in sheet.entries] == [
        (2025, "王强"),
        (2024, "王强"),
    ]
    assert warned(sheet) == ["花名册第3行 与第2行完全相同，只导入一次"]
    assert errors(sheet) == [
        "花名册!F6 与 花名册!F5 是同一个人同一年度，内容不同，请核对后只留一行"
    ]


@pytest.mark.parametrize("value", ["去年", 25, "1880", "2025-2026"])
def test_a_year_that_is_none(tmp_path: Path, value: object) -> None:
    path = make(tmp_path / "a.xlsx", [DECISIONS, [value, "联光村", 3, "王强", 92, "称职"]])
    sheet = read_decisions(path, edition=Edition.TOWN)
    assert errors(sheet)[0].endswith("不是年度，请写成 2025")
