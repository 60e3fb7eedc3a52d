"""A town decides a year by spreadsheet alone, through the command line (cli.md, domain.md 3)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli_office import (
    STEPS,
    Office,
    decisions,
    proposals,
    recorded,
    roster,
    town_office,
    village_office,
    walk_year,
    workbook,
)

LIANGUANG = ("王大海", "李国平", "吴三多", "赵四喜", "钱有才")
YUNXI = ("孙立", "周全", "郑重", "冯雪", "陈新")
PEOPLE = [("联光村", number, name) for number, name in enumerate(LIANGUANG, 1)]
PEOPLE += [("云溪村", number, name) for number, name in enumerate(YUNXI, 1)]
GRADES = [
    (
        village,
        group,
        name,
        "不称职" if name in ("吴三多", "郑重") else "优秀" if name == "李国平" else "称职",
    )
    for village, group, name in PEOPLE
]


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A town whose year 2025 is in force, with 2024 as history."""
    folder = tmp_path_factory.mktemp("town")
    office = town_office(folder)
    office.must("import", "leaders", roster(folder / "花名册.xlsx", PEOPLE))
    history = [(v, g, n, "不称职" if n == "吴三多" else "称职") for v, g, n in PEOPLE]
    office.must("import", "decisions", decisions(folder / "2024.xlsx", history, 2024), "--history")
    recorded(office, "吴三多", "郑重")
    walk_year(
        office,
        "生效",
        proposals(folder / "建议.xlsx", GRADES),
        decisions(folder / "确定.xlsx", GRADES),
    )
    return office


def test_the_year_as_json(decided: Office) -> None:
    year = decided.must("year", "2025", "--json").json
    assert year["year"] == 2025
    assert year["state"] == "生效"
    assert (year["assessed"], year["excellent"], year["cap"]) == (10, 1, 1)
    assert year["grades"] == {"优秀": 1, "称职": 7, "不称职": 2, "不定等次": 0}
    assert year["two_year_runs"] == ["吴三多"]
    assert year["review"] == []
    assert year["deductions"] == [
        {"name": "吴三多", "base_fen": 600_000, "deduction_fen": 120_000},
        {"name": "郑重", "base_fen": 600_000, "deduction_fen": 120_000},
    ]


def test_notices_come_out_once_and_again_the_same(decided: Office, tmp_path: Path) -> None:
    first = decided.must(
        "print", "--year", "2025", "--out", tmp_path / "a", "--dated", "2026-01-15"
    )
    names = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert sum("通报批评" in name for name in names) == 2
    assert "大茂荣证〔2026〕1号 荣誉证书（李国平）.pdf" in names
    assert len(names) == 6
    assert len(first.out.strip().splitlines()) == 6
    decided.must("print", "--year", "2025", "--out", tmp_path / "b")
    assert sorted(path.name for path in (tmp_path / "b").iterdir()) == names
    for name in names:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_history_years_make_no_documents(decided: Office, tmp_path: Path) -> None:
    result = decided.refused("print", "--year", "2024", "--out", tmp_path / "out")
    assert "2024" in result.err
    assert not list(tmp_path.rglob("*.pdf"))


def test_two_of_nineteen_is_refused_and_can_be_corrected(tmp_path: Path) -> None:
    office = town_office(tmp_path)
    people = [
        ("联光村", n, f"林{'一二三四五六七八九十甲乙丙丁戊己庚辛壬'[n - 1]}") for n in range(1, 20)
    ]
    office.must("import", "leaders", roster(tmp_path / "花名册.xlsx", people))
    for state, day in STEPS[:3]:
        office.must("year", "2025", "--advance", state, "--on", day, "--acknowledge")
    over = [(v, g, n, "优秀" if g <= 2 else "称职") for v, g, n in people]
    before = office.must("year", "2025", "--json").json
    result = office.refused("import", "decisions", decisions(tmp_path / "两个.xlsx", over))
    assert "10%" in result.err or "10％" in result.err
    assert "19" in result.err
    assert office.must("year", "2025", "--json").json == before
    assert before["excellent"] == 0
    right = [(v, g, n, "优秀" if g <= 1 else "称职") for v, g, n in people]
    office.must("import", "decisions", decisions(tmp_path / "两个.xlsx", right))
    after = office.must("year", "2025", "--json").json
    assert (after["assessed"], after["excellent"], after["cap"]) == (19, 1, 1)
    assert after["state"] == "镇审"


def test_three_days_of_public_notice_are_refused(tmp_path: Path) -> None:
    office = town_office(tmp_path)
    office.must("import", "leaders", roster(tmp_path / "花名册.xlsx", PEOPLE))
    walk_year(office, "公示", None, decisions(tmp_path / "确定.xlsx", GRADES))
    result = office.refused("year", "2025", "--advance", "生效", "--on", "2026-01-08")
    assert "2026年1月13日" in result.err
    refused = office.refused("print", "--year", "2025", "--out", tmp_path / "out")
    assert "生效" in refused.err
    assert not list(tmp_path.rglob("*.pdf"))
    office.must("year", "2025", "--advance", "生效", "--on", "2026-01-13")


def test_the_review_goes_back_to_the_villages(tmp_path: Path) -> None:
    office = town_office(tmp_path)
    office.must("import", "leaders", roster(tmp_path / "花名册.xlsx", PEOPLE))
    walk_year(office, "镇审", None, decisions(tmp_path / "确定.xlsx", GRADES))
    office.must("import", "decisions", tmp_path / "确定.xlsx")
    before = office.must("year", "2025", "--json").json
    back = office.must("year", "2025", "--advance", "村评", "--on", "2025-12-31")
    assert "退回村评" in back.out
    after = office.must("year", "2025", "--json").json
    assert after["state"] == "村评"
    assert after["grades"] == before["grades"]
    assert "不用再推进" in office.refused("year", "2025", "--advance", "村评").err


def test_without_a_meeting_no_date_is_invented(tmp_path: Path) -> None:
    office = town_office(tmp_path)
    office.must("import", "leaders", roster(tmp_path / "花名册.xlsx", PEOPLE))
    recorded(office, "吴三多", "郑重")
    walk_year(office, "生效", None, decisions(tmp_path / "确定.xlsx", GRADES))
    result = office.run("print", "--year", "2025", "--out", tmp_path / "out")
    assert result.code == 1
    assert "吴三多" in result.out
    assert "郑重" in result.out
    names = [path.name for path in (tmp_path / "out").iterdir()]
    assert not any("通报批评" in name for name in names)
    assert len(names) == 4  # two deductions, one commendation, one certificate
    office.must("print", "--year", "2025", "--out", tmp_path / "out", "--meeting", "2025-12-12")
    names = [path.name for path in (tmp_path / "out").iterdir()]
    assert sum("通报批评" in name for name in names) == 2
    assert len(names) == 6


def test_a_run_follows_the_person_to_another_village(tmp_path: Path) -> None:
    office = town_office(tmp_path)
    who = ("3组", "邢毅", "男", "460006196810011970")
    headings = ("村", "村民小组", "姓名", "性别", "身份证号码", "任职时间", "岗位补贴")
    office.must(
        "import", "leaders",
        workbook(tmp_path / "旧.xlsx", headings, [("联光村", *who, "2021.6", 500)]),
    )  # fmt: skip
    office.must(
        "import", "decisions",
        decisions(tmp_path / "2024.xlsx", [("联光村", 3, "邢毅", "不称职")], 2024), "--history",
    )  # fmt: skip
    moved = office.must(
        "import", "leaders",
        workbook(tmp_path / "新.xlsx", headings, [("云溪村", *who, "2025-01-10", 500)]),
    )  # fmt: skip
    assert "邢毅" in moved.out
    grades = [("云溪村", 3, "邢毅", "不称职")]
    walk_year(
        office,
        "镇定",
        proposals(tmp_path / "建议.xlsx", grades),
        decisions(tmp_path / "确定.xlsx", grades),
    )
    assert office.must("year", "2025", "--json").json["two_year_runs"] == ["邢毅"]


@pytest.mark.parametrize(
    ("grades", "word"),
    [
        ([("联光村", 1, "无此人", "称职")], "无此人"),
        ([("联光村", 1, "王大海", "合格")], "合格"),
    ],
)
def test_decisions_with_a_mistake_stop_whole(
    tmp_path: Path, grades: list[tuple[str, int, str, str]], word: str
) -> None:
    office = town_office(tmp_path)
    office.must("import", "leaders", roster(tmp_path / "花名册.xlsx", PEOPLE))
    for state, day in STEPS[:3]:
        office.must("year", "2025", "--advance", state, "--on", day, "--acknowledge")
    rows = [("云溪村", 1, "孙立", "称职"), *grades]
    result = office.refused("import", "decisions", decisions(tmp_path / "错.xlsx", rows))
    assert word in result.out + result.err
    assert office.must("year", "2025", "--json").json["grades"]["称职"] == 0


def test_decisions_outside_their_states_are_refused(tmp_path: Path) -> None:
    office = town_office(tmp_path)
    office.must("import", "leaders", roster(tmp_path / "花名册.xlsx", PEOPLE))
    file = decisions(tmp_path / "确定.xlsx", GRADES)
    assert "镇审" in office.refused("import", "decisions", file).err


def test_steps_go_one_at_a_time_and_never_back(tmp_path: Path) -> None:
    office = town_office(tmp_path)
    office.must("import", "leaders", roster(tmp_path / "花名册.xlsx", PEOPLE))
    assert office.must("year", "2025", "--json").json["state"] == "筹备"
    office.refused("year", "2025", "--advance", "上报", "--on", "2025-12-01", "--acknowledge")
    office.refused("year", "2025", "--advance", "村评", "--on", "2099-12-01", "--acknowledge")
    listed = office.refused("year", "2025", "--advance", "村评", "--on", "2025-12-01")
    assert listed.out.strip()  # what is missing, before anybody acknowledges it
    office.must("year", "2025", "--advance", "村评", "--on", "2025-12-01", "--acknowledge")
    office.refused("year", "2025", "--advance", "上报", "--on", "2025-11-30", "--acknowledge")


def test_a_village_prints_its_criticism_from_the_towns_paper(tmp_path: Path) -> None:
    office = village_office(tmp_path)
    people = [person for person in PEOPLE if person[0] == "联光村"]
    grades = [row for row in GRADES if row[0] == "联光村"]
    office.must("import", "leaders", roster(tmp_path / "花名册.xlsx", people))
    recorded(office, "吴三多")
    office.must("year", "2025", "--advance", "村评", "--on", "2025-12-01", "--acknowledge")
    office.must("import", "proposals", proposals(tmp_path / "建议.xlsx", grades))
    office.must("year", "2025", "--advance", "上报", "--on", "2025-12-15", "--acknowledge")
    office.must("year", "2025", "--advance", "镇审", "--on", "2025-12-16", "--acknowledge")
    bare = decisions(tmp_path / "无文号.xlsx", grades)
    result = office.refused("import", "decisions", bare)
    assert "依据文号" in result.out + result.err
    rows = [
        (2025, v, f"{g}组", n, grade, "大茂党〔2026〕3号", "2026-01-13")
        for v, g, n, grade in grades
    ]
    headings = ("年度", "村", "村民小组", "姓名", "确定等次", "依据文号", "文件日期")
    office.must("import", "decisions", workbook(tmp_path / "镇文件.xlsx", headings, rows))
    for state, day in STEPS[3:]:
        office.must("year", "2025", "--advance", state, "--on", day, "--acknowledge")
    office.must("print", "--year", "2025", "--out", tmp_path / "out", "--dated", "2026-01-15")
    names = [path.name for path in (tmp_path / "out").iterdir()]
    assert sum("通报批评" in name for name in names) == 1
    assert not any("表彰" in name for name in names)
