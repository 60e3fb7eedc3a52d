"""Year tables and merged files through the command line (cli.md, print)."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from daomao_desktop.domain.notices import DocumentKind
from tests.cli_office import Office, decisions, proposals, recorded, roster, town_office, walk_year

NAMES = ("王大海", "李国平", "吴三多", "赵四喜", "钱有才", "孙立", "周全", "郑重", "冯雪", "陈新")
PEOPLE = [("联光村", number, name) for number, name in enumerate(NAMES, 1)]
GRADES = [
    (village, group, name, {"李国平": "优秀", "吴三多": "不称职"}.get(name, "称职"))
    for village, group, name in PEOPLE
]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A town whose year 2025 is in force: one 优秀, one 不称职 among ten."""
    folder = tmp_path_factory.mktemp("town")
    town = town_office(folder)
    town.must("import", "leaders", roster(folder / "花名册.xlsx", PEOPLE))
    recorded(town, "吴三多")
    walk_year(
        town,
        "生效",
        proposals(folder / "建议.xlsx", GRADES),
        decisions(folder / "确定.xlsx", GRADES),
    )
    return town


def kinds(*codes: str) -> list[str]:
    return [word for code in codes for word in ("--kind", code)]


def test_tables_are_printed_by_name(office: Office, tmp_path: Path) -> None:
    out = tmp_path / "out"
    wanted = kinds("registration", "summary", "register")
    result = office.must("print", "--year", "2025", "--out", out, *wanted)
    names = [Path(line).name for line in result.out.splitlines()]
    assert names == [
        *(f"2025年度考核登记表 联光村第{n}村民小组 {name}.pdf" for n, name in enumerate(NAMES, 1)),
        "大茂镇2025年度村民小组长考核结果汇总表.pdf",
        "2025年度发文登记簿.pdf",
    ]
    assert sorted(path.name for path in out.iterdir()) == sorted(names)
    form = PdfReader(io.BytesIO((out / names[2]).read_bytes()))
    assert len(form.pages) == 2
    assert form.metadata is not None
    assert form.metadata.title == "2025年度考核登记表（联光村第3村民小组吴三多）"


def test_the_report_has_no_number_for_a_table(office: Office, tmp_path: Path) -> None:
    arguments = ("print", "--year", "2025", "--out", tmp_path / "out", "--json")
    (one,) = office.must(*arguments, *kinds("summary")).json["written"]
    assert one == {
        "path": str(tmp_path / "out" / "大茂镇2025年度村民小组长考核结果汇总表.pdf"),
        "kind": "summary",
        "title": "大茂镇2025年度村民小组长考核结果汇总表",
        "number": None,
    }


def test_merged_writes_one_file_with_everything(office: Office, tmp_path: Path) -> None:
    out = tmp_path / "out"
    wanted = kinds("criticism", "deduction", "commendation", "register")
    arguments = ("print", "--year", "2025", "--out", out, "--dated", "2026-01-15", *wanted)
    report = office.must(*arguments, "--merged", "--json").json
    assert [path.name for path in out.iterdir()] == ["2025年度文书.pdf"]
    assert {one["path"] for one in report["written"]} == {str(out / "2025年度文书.pdf")}
    assert [one["number"] for one in report["written"]] == [
        "联光党支〔2026〕1号",
        "联光村委〔2026〕1号",
        "大茂党〔2026〕1号",
        None,
    ]
    first = len(PdfReader(io.BytesIO((out / "2025年度文书.pdf").read_bytes())).pages)
    again = office.must(*arguments, "--duplex")
    assert again.out.splitlines() == [str(out / "2025年度文书.pdf")]
    duplex = len(PdfReader(io.BytesIO((out / "2025年度文书.pdf").read_bytes())).pages)
    assert duplex > first


def test_before_the_assessment_tables_are_refused_in_one_sentence(tmp_path: Path) -> None:
    office = town_office(tmp_path)
    office.must("import", "leaders", roster(tmp_path / "花名册.xlsx", PEOPLE))
    out = tmp_path / "out"
    for code in ("registration", "summary"):
        result = office.refused("print", "--year", "2025", "--out", out, *kinds(code))
        assert "还在“筹备”" in result.err
    assert not out.exists()
    office.must("print", "--year", "2025", "--out", out, *kinds("register"))
    assert [path.name for path in out.iterdir()] == ["2025年度发文登记簿.pdf"]


def test_the_kinds_are_listed(office: Office) -> None:
    listed = office.must("print", "--year", "2025", "--out", "x", "--kind", "help").out
    assert listed.splitlines() == [f"{kind.code}\t{kind.value}" for kind in DocumentKind]
    assert "registration\t年度考核登记表" in listed
