"""The header row: where it is, how it is spelt, what is missing, unknown or twice there."""

from __future__ import annotations

from pathlib import Path

import pytest

from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.errors import FileProblem
from daomao_desktop.workbooks.headings import in_brackets, normalise
from tests.workbooks.sheets import errors, leaders, make, noted, warned


@pytest.mark.parametrize(
    "spelling",
    [
        "岗位补贴",
        "岗位补贴（元/月）",
        "岗位补贴\n(元/月)",
        " 岗 位 补 贴 ",
        "岗位补贴【元】",
        "*岗位补贴：",
    ],
)
def test_spellings(spelling: str) -> None:
    assert normalise(spelling) == "岗位补贴"


def test_brackets_alone_are_not_everything() -> None:
    assert normalise("（姓名）") == "姓名"
    assert in_brackets("岗位补贴（元/年）") == "元/年"
    assert in_brackets("岗位补贴") == ""


def test_synonyms(tmp_path: Path) -> None:
    header = [
        "No.",
        "组 别",
        "名字",
        "性　别",
        "出生日期",
        "公民身份号码",
        "学历",
        "手机",
        "上任时间",
        "Ｎｏ",
    ]
    row = [1, 3, "王强", "男", "1987-06-15", "460006198706156577", "大专", 13479525745, "2021.6"]
    (entry,) = leaders(make(tmp_path / "a.xlsx", [header, row])).entries
    assert entry.birth == PartialDate(1987, 6, 15)
    assert (entry.phone, entry.education) == ("13479525745", "大专")
    assert entry.started == PartialDate(2021, 6)


def test_the_tenth_row_is_still_searched(tmp_path: Path) -> None:
    header, row = ["村民小组", "姓名", "性别"], [3, "王强", "男"]
    for blank in (9, 10):
        path = make(tmp_path / "a.xlsx", [["标题"], *[[]] * (blank - 1), header, row])
        if blank == 9:
            assert len(leaders(path).entries) == 1
        else:
            with pytest.raises(FileProblem, match="没有找到表头：工作表前十行中应有「村民小组」"):
                leaders(path)


def test_missing_unknown_and_repeated_columns(tmp_path: Path) -> None:
    missing = leaders(make(tmp_path / "a.xlsx", [["村民小组", "姓名"], [3, "王强"]]))
    assert errors(missing) == ["花名册第1行 表头里缺少「性别」列，本表未读取"]
    header = ["村民小组", "姓名", "性别", "年龄", "联系电话", "手机"]
    rows = [header, [3, "王强", "男", 38, "0898-63261234", "13479525745"]]
    sheet = leaders(make(tmp_path / "b.xlsx", rows))
    assert noted(sheet) == ["花名册!D1 「年龄」列不认识，已略过"]
    assert warned(sheet) == ["花名册!F1 「联系电话」有2列（E、F），只读取E列"]
    assert sheet.entries[0].phone == "0898-63261234"


def test_the_list_printed_side_by_side_is_not_half_read(tmp_path: Path) -> None:
    header = ["村民小组", "姓名", "性别"] * 2
    sheet = leaders(make(tmp_path / "a.xlsx", [header, [3, "王强", "男", 4, "李四", "男"]]))
    assert "花名册!E1 「姓名」有2列（B、E）且内容不同，请只留一列，本表未读取" in errors(sheet)
    assert sheet.entries == ()


def test_two_rows_of_headings(tmp_path: Path) -> None:
    rows = [
        ["花名册"],
        ["序号", "村民小组", "基本情况", None, None, "联系", None, "备注"],
        [None, None, "姓名", "性别", "出生年月", "电话", "方式", None],
        [1, 3, "王强", "男", "1987.06", "13479525745", "微信", "好"],
    ]
    merged = ["A2:A3", "B2:B3", "C2:E2", "F2:G2", "H2:H3", "A1:H1"]
    sheet = leaders(make(tmp_path / "a.xlsx", rows, merged=merged))
    (entry,) = sheet.entries
    assert (entry.name, entry.birth, entry.remark) == ("王强", PartialDate(1987, 6), "好")
    assert entry.phone == "13479525745"


def test_a_title_with_a_heading_word_is_no_header(tmp_path: Path) -> None:
    rows = [["村", "姓名填报说明"], ["村民小组", "姓名", "性别"], [3, "王强", "男"]]
    assert len(leaders(make(tmp_path / "a.xlsx", rows)).entries) == 1


def test_the_header_printed_again_and_other_lines(tmp_path: Path) -> None:
    header = ["序号", "村民小组", "姓名", "性别", "备注"]
    rows = [
        header,
        [1, 3, "王强", "男"],
        header,
        [2, 4, "李四", "男"],
        ["小计", None, None, None, "2人"],
        [None, "合计：2人"],
        ["注：本表由村党支部填写，一式两份。"],
        ["填表人：", None, "审核人：", None, "2024年1月8日"],
        ["联光村党支部（盖章）"],
        [None, None, None, None, "2024年1月8日"],
    ]
    sheet = leaders(make(tmp_path / "a.xlsx", rows))
    assert errors(sheet) == []
    assert [entry.name for entry in sheet.entries] == ["王强", "李四"]
    assert [note.split(" ")[0] for note in noted(sheet)] == [
        f"花名册第{number}行" for number in (3, 5, 6, 7, 8, 9, 10)
    ]


def test_an_incomplete_sheet_beside_a_complete_one(tmp_path: Path) -> None:
    path = make(
        tmp_path / "a.xlsx",
        [["村民小组", "姓名", "性别"], [3, "王强", "男"]],
        more={"电话": [["姓名", "村民小组", "电话"], ["王强", 3, 13479525745]]},
    )
    sheet = leaders(path)
    assert len(sheet.entries) == 1
    assert warned(sheet) == ["电话第1行 表头里缺少「性别」列，本表未读取"]
