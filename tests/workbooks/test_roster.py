"""Reading rosters: the sample of an office, and everything else offices do."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.roster import GroupName
from daomao_desktop.domain.scheme import PoliticalStatus, Sex
from daomao_desktop.workbooks.notes import RowRef
from tests.workbooks.sheets import (
    HEADER,
    JANUARY_MAN,
    OCTOBER_MAN,
    SAMPLE,
    WOMAN,
    errors,
    leaders,
    make,
    noted,
    patch,
    warned,
)


def row(name: str = "王强", group: Any = 1, **fields: Any) -> list[Any]:
    """A row under HEADER."""
    known = {"index": 1, "sex": "男", "birth": None, "id": None, "started": "2021.6", "pay": 500}
    known |= fields
    return [
        *(known["index"], group, name, known["sex"], known["birth"], known["id"]),
        *(known["started"], known["pay"]),
    ]


def test_the_sample_gives_eight_people() -> None:
    sheet = leaders(SAMPLE)
    assert [entry.name for entry in sheet.entries] == [
        *("王䶮", "李㛃", "潘新", "邢毅", "冯学", "许才峰", "陈光强", "符毅")
    ]
    assert [entry.group.number for entry in sheet.entries] == list(range(1, 9))
    assert errors(sheet) == []
    assert warned(sheet) == [
        "花名册!G7 身份证号码的校验位不对，请核对（邢毅，已标记待核实）",
        "花名册!H8 “无” 不是政治面貌，此项未导入",
        "花名册第13行 与第4行完全相同，只导入一次",
    ]
    assert noted(sheet) == [
        "花名册 表头在第3行，以上的标题已略过",
        "说明 没有要导入的表头，已略过",
        "花名册第9行 是空行，已略过",
        "花名册第14行 是合计行（合计），已略过",
        "花名册第15行 是表尾（填表人： 审核人：），已略过",
    ]


def test_the_sample_cell_by_cell() -> None:
    people = {entry.name: entry for entry in leaders(SAMPLE).entries}
    assert people["冯学"].birth == PartialDate(1987, 6)  # the float 1987.06
    assert people["冯学"].political_status is None
    assert people["冯学"].subsidy == Money(500_00)  # 伍佰
    assert people["潘新"].birth == PartialDate(1963, 9)  # a date cell; the ID says the 26th
    assert people["李㛃"].phone == "13479525745"  # stored as a number
    assert people["李㛃"].sex is Sex.FEMALE
    assert people["许才峰"].id_number == "460006196308212634"  # spaces around
    assert people["邢毅"].to_verify == ("身份证号码的校验位不对，请核对。",)
    assert people["邢毅"].started == PartialDate(2021, 6, 20)
    assert people["符毅"].row == RowRef("花名册", 12)
    assert people["王䶮"].ethnicity == people["李㛃"].ethnicity == "汉族"
    assert people["潘新"].political_status is PoliticalStatus.MEMBER


def test_a_required_value_that_cannot_be_read_names_its_cell(tmp_path: Path) -> None:
    path = make(tmp_path / "a.xlsx", [HEADER, row(sex="不详"), row("李四", 2), row("", 3)])
    sheet = leaders(path)
    assert errors(sheet) == [
        "花名册!D2 “不详” 不是性别，请写“男”或“女”",
        "花名册!C4 「姓名」没有填写",
    ]
    assert [entry.name for entry in sheet.entries] == ["李四"]


def test_an_optional_value_that_cannot_be_read_is_a_warning(tmp_path: Path) -> None:
    path = make(tmp_path / "a.xlsx", [HEADER, row(birth="1988.13", started="去年", pay="若干")])
    sheet = leaders(path)
    assert warned(sheet) == [
        "花名册!E2 “1988.13” 不是日期，此项未导入",
        "花名册!G2 “去年” 不是日期，此项未导入",
        "花名册!H2 “若干” 不是金额，此项未导入",
    ]
    (entry,) = sheet.entries
    assert (entry.birth, entry.started, entry.subsidy) == (None, None, None)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2021.6", PartialDate(2021, 6)),
        ("2021年6月", PartialDate(2021, 6)),
        ("２０２１年６月", PartialDate(2021, 6)),
        ("2021/6/20", PartialDate(2021, 6, 20)),
        (20210620, PartialDate(2021, 6, 20)),
        (202106, PartialDate(2021, 6)),
        (2021.06, PartialDate(2021, 6)),
        (2021.11, PartialDate(2021, 11)),
        (datetime.fromisoformat("2021-06-20T08:30"), PartialDate(2021, 6, 20)),
        (date(2021, 6, 1), PartialDate(2021, 6, 1)),
        (44367, PartialDate(2021, 6, 20)),  # a date cell that lost its format
    ],
)
def test_dates(tmp_path: Path, value: object, expected: PartialDate) -> None:
    (entry,) = leaders(make(tmp_path / "a.xlsx", [HEADER, row(started=value)])).entries
    assert entry.started == expected


def test_a_date_cell_whose_format_shows_no_day_is_a_month(tmp_path: Path) -> None:
    rows = [HEADER, row(started=date(2021, 6, 1)), row("李四", 2, started=date(2021, 6, 1))]
    path = make(tmp_path / "a.xlsx", rows, formats={"G2": 'yyyy"年"m"月";@', "G3": "yyyy/m/d"})
    first, second = leaders(path).entries
    assert first.started == PartialDate(2021, 6)
    assert second.started == PartialDate(2021, 6, 1)


@pytest.mark.parametrize(
    ("value", "fen"),
    [
        (500, 50000),
        ("500元", 50000),
        ("1,200.50", 120050),
        ("伍佰", 50000),
        ("500元/月", 50000),
        ("５００", 50000),
        (333.33, 33333),
        (0.1 + 0.2, 30),
        (0, 0),
    ],
)
def test_money(tmp_path: Path, value: object, fen: int) -> None:
    (entry,) = leaders(make(tmp_path / "a.xlsx", [HEADER, row(pay=value)])).entries
    assert entry.subsidy == Money(fen)


@pytest.mark.parametrize("value", ["6000元/年", "每季1500元", -500, 500.005])
def test_money_that_is_no_monthly_amount(tmp_path: Path, value: object) -> None:
    sheet = leaders(make(tmp_path / "a.xlsx", [HEADER, row(pay=value)]))
    assert sheet.entries[0].subsidy is None
    assert warned(sheet)[0].startswith("花名册!H2 ")


def test_a_yearly_column_is_not_read_as_monthly(tmp_path: Path) -> None:
    header = [*HEADER[:-1], "岗位补贴（元/年）"]
    sheet = leaders(make(tmp_path / "a.xlsx", [header, row(pay=6000)]))
    assert sheet.entries[0].subsidy is None
    assert "单位是“元/年”" in warned(sheet)[0]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("第3村民小组", GroupName(3, "第3村民小组")),
        ("3组", GroupName(3, "第3村民小组")),
        ("第三组", GroupName(3, "第3村民小组")),
        (3, GroupName(3, "第3村民小组")),
        (3.0, GroupName(3, "第3村民小组")),
        ("３", GroupName(3, "第3村民小组")),
        ("联光村3组", GroupName(3, "第3村民小组")),
        ("联光村委会第三村民小组", GroupName(3, "第3村民小组")),
        ("大茂镇联光村3组", GroupName(3, "第3村民小组")),
        ("联光3组", GroupName(3, "第3村民小组")),
        ("联光第十村民小组", GroupName(10, "第10村民小组")),
        ("联光组", GroupName(None, "联光组")),
        ("东坡组", GroupName(None, "东坡组")),
        ("东坡村小组", GroupName(None, "东坡村小组")),
    ],
)
def test_groups(tmp_path: Path, value: object, expected: GroupName) -> None:
    (entry,) = leaders(make(tmp_path / "a.xlsx", [HEADER, row(group=value)])).entries
    assert entry.group == expected


@pytest.mark.parametrize(
    "value",
    [
        OCTOBER_MAN,
        f" {OCTOBER_MAN[:6]} {OCTOBER_MAN[6:]}",
        f"{OCTOBER_MAN[:6]}‐{OCTOBER_MAN[6:14]}—{OCTOBER_MAN[14:]}",
    ],
)
def test_id_numbers(tmp_path: Path, value: str) -> None:
    sheet = leaders(make(tmp_path / "a.xlsx", [HEADER, row(id=value)]))
    assert sheet.entries[0].id_number == OCTOBER_MAN
    assert warned(sheet) == []


def test_an_id_number_kept_as_an_exact_number(tmp_path: Path) -> None:
    path = make(tmp_path / "a.xlsx", [HEADER, row(id=123456)])
    patch(path, "xl/worksheets/sheet1.xml", "<v>123456</v>", f"<v>{OCTOBER_MAN}</v>")
    assert leaders(path).entries[0].id_number == OCTOBER_MAN


def test_lower_case_x_and_full_width_digits(tmp_path: Path) -> None:
    path = make(tmp_path / "a.xlsx", [HEADER, row(sex="女", id="４６００061988１１２０098ｘ")])
    assert leaders(path).entries[0].id_number == "46000619881120098X"


@pytest.mark.parametrize("value", [4.60006198710150e17, 460006198710150000, "4.60006E+17"])
def test_an_id_number_that_lost_its_digits(tmp_path: Path, value: object) -> None:
    sheet = leaders(make(tmp_path / "a.xlsx", [HEADER, row(id=value)]))
    assert sheet.entries[0].id_number is None
    assert "后几位已经丢失" in warned(sheet)[0]
    assert "1987" not in warned(sheet)[0]  # masked


def test_id_numbers_to_verify(tmp_path: Path) -> None:
    rows = [
        HEADER,
        row("王一", 1, id=OCTOBER_MAN[:-1] + "9"),
        row("王二", 2, id=WOMAN),
        row("王三", 3, id=OCTOBER_MAN, birth="1988.10"),
        row("王四", 4, id="460006871015001"),
        row("王五", 5, id="无"),
    ]
    sheet = leaders(make(tmp_path / "a.xlsx", rows))
    assert errors(sheet) == []
    people = sheet.entries
    assert [bool(entry.to_verify) for entry in people] == [True, True, True, True, False]
    assert people[3].id_number == "460006871015001"
    assert people[4].id_number is None
    assert any("性别与身份证号码不一致" in line for line in warned(sheet))
    assert any("出生年月与身份证号码不一致" in line for line in warned(sheet))
    assert not any(OCTOBER_MAN[:-1] in line or WOMAN in line for line in warned(sheet))


def test_the_eight_other_parties_are_known(tmp_path: Path) -> None:
    header = ("村民小组", "姓名", "性别", "政治面貌")
    words = ("民革党员", "九三学社社员", "民主党派", "民盟盟员")
    rows = [(number, "王强", "男", word) for number, word in enumerate(words, 1)]
    sheet = leaders(make(tmp_path / "a.xlsx", [header, *rows]))
    assert {entry.political_status for entry in sheet.entries} == {PoliticalStatus.DEMOCRATIC}
    assert len(sheet.entries) == len(words)


def test_dates_that_cannot_be_are_left_out(tmp_path: Path) -> None:
    rows = [HEADER, row(birth="1887.06"), row("李四", 2, started="2091.06")]
    sheet = leaders(make(tmp_path / "a.xlsx", rows))
    assert [(entry.birth, entry.started) for entry in sheet.entries] == [
        (None, PartialDate(2021, 6)),
        (None, None),
    ]
    assert len(warned(sheet)) == 2


def test_stars_are_not_supplied(tmp_path: Path) -> None:
    header = [*HEADER, "联系电话", "民族"]
    path = make(tmp_path / "a.xlsx", [header, [*row(id="460006" + "*" * 12), "131****7534", "***"]])
    sheet = leaders(path)
    (entry,) = sheet.entries
    assert (entry.id_number, entry.phone, entry.ethnicity) == (None, None, None)
    assert warned(sheet) == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (13479525745.0, "13479525745"),
        ("134 7952 5745", "13479525745"),
        ("0898-63261234", "0898-63261234"),
        ("13479525745/13198277534", "13479525745/13198277534"),
        ("无", None),
    ],
)
def test_phones(tmp_path: Path, value: object, expected: str | None) -> None:
    path = make(tmp_path / "a.xlsx", [[*HEADER, "手机号码"], [*row(), value]])
    assert leaders(path).entries[0].phone == expected


def test_names(tmp_path: Path) -> None:
    rows = [
        HEADER,
        row("王　强", 1),
        row("阿卜杜拉•买买提", 2),
        row("\ue863\ue863", 3),
        row("空缺", 4),
    ]
    sheet = leaders(make(tmp_path / "a.xlsx", rows))
    assert [entry.name for entry in sheet.entries] == ["王强", "阿卜杜拉·买买提", "䶮䶮"]
    assert warned(sheet) == ["花名册!C5 “空缺” 表示空缺，此行未导入"]


def test_the_same_row_twice_and_the_same_id_twice(tmp_path: Path) -> None:
    rows = [
        HEADER,
        row("王一", 1, id=OCTOBER_MAN),
        row("王一", "第1组", id=OCTOBER_MAN, index=2),
        row("王一", 2, id=OCTOBER_MAN),
        row("李二", 3),
    ]
    sheet = leaders(make(tmp_path / "a.xlsx", rows))
    assert warned(sheet) == ["花名册第3行 与第2行完全相同，只导入一次"]
    assert errors(sheet) == ["花名册!F4 与 花名册!F2 身份证号码相同而内容不同，请核对后只留一行"]
    assert [entry.name for entry in sheet.entries] == ["李二"]


def test_two_people_in_one_group(tmp_path: Path) -> None:
    sheet = leaders(make(tmp_path / "a.xlsx", [HEADER, row("王一", 1), row("李二", "1组")]))
    assert sheet.entries == ()
    assert errors(sheet)[0].startswith("花名册!B3 与 花名册!B2 是同一个村民小组")


def test_another_village_in_a_village_office(tmp_path: Path) -> None:
    header = ["村", *HEADER]
    rows = [header, ["红旗村", *row()], ["联光村委会", *row("李四", 2)], ["联光", *row("王五", 3)]]
    sheet = leaders(make(tmp_path / "a.xlsx", rows))
    assert errors(sheet) == ["花名册!A2 “红旗村” 不是本村（联光村）"]
    assert {entry.village for entry in sheet.entries} == {"联光村"}
    split = leaders(make(tmp_path / "b.xlsx", [HEADER, row(group="红旗村3组")]))
    assert split.entries[0].group == GroupName(None, "红旗村3组")
    assert warned(split) == ["花名册!B2 “红旗村3组” 不以本村开头，整个当作小组名称"]


def test_the_town_needs_a_village(tmp_path: Path) -> None:
    sheet = leaders(SAMPLE, None)
    assert sheet.entries == ()
    assert errors(sheet) == ["花名册第3行 表头里缺少「村」列，本表未读取"]
    path = make(tmp_path / "a.xlsx", [["村", *HEADER], ["联光村", *row()], [None, *row("李四", 2)]])
    assert errors(leaders(path, None)) == ["花名册!A3 「村」没有填写"]


def test_merged_villages_are_filled_down(tmp_path: Path) -> None:
    rows = [["村", *HEADER], ["联光村", *row()], ["", *row("李四", 2)], ["红旗村", *row("王五", 1)]]
    sheet = leaders(make(tmp_path / "a.xlsx", rows, merged=["A2:A3"]), None)
    assert [entry.village for entry in sheet.entries] == ["联光村", "联光村", "红旗村"]
    assert noted(sheet) == ["花名册!A2:A3 是合并单元格，「村」各行都按“联光村”读入"]


def test_the_birth_month_that_excel_lost(tmp_path: Path) -> None:
    rows = [
        HEADER,
        row("王一", 1, birth=1987.1, id=OCTOBER_MAN),
        row("王二", 2, birth=1987.1, id=JANUARY_MAN),
        row("王三", 3, birth=1975.1),
        row("王四", 4, birth=1975.1),
    ]
    path = make(tmp_path / "a.xlsx", rows, formats={"E5": "0.00_ "})
    sheet = leaders(path)
    assert [entry.birth for entry in sheet.entries] == [
        PartialDate(1987, 10),
        PartialDate(1987, 1),
        None,
        PartialDate(1975, 10),
    ]
    assert warned(sheet) == [
        "花名册!E4 “1975.1” 分不清是1975年1月还是10月，请写成“1975年1月”或“1975年10月”，此项未导入"
    ]


@pytest.mark.parametrize(
    ("value", "neighbour", "expected"),
    [
        (1975.1, "1980.08", PartialDate(1975, 10)),
        (1975.1, 1980.08, PartialDate(1975, 10)),
        (1975.1, "1980.10", PartialDate(1975, 10)),
        (1975.1, "1980.8", None),
        ("1975.1", "1980.08", PartialDate(1975, 10)),
        ("1975.1", "1980.8", PartialDate(1975, 1)),
        ("1975.1", "1980年8月", None),
        ("1975.10", "1980年8月", PartialDate(1975, 10)),
    ],
)
def test_neighbours_settle_the_month(
    tmp_path: Path, value: object, neighbour: object, expected: PartialDate | None
) -> None:
    rows = [HEADER, row(birth=value), row("李四", 2, birth=neighbour)]
    assert leaders(make(tmp_path / "a.xlsx", rows)).entries[0].birth == expected


def test_example_rows_and_prepared_numbers_are_passed_over(tmp_path: Path) -> None:
    rows = [HEADER, row("张三", index="示例"), row("李四", 2), [2], [3, None, None]]
    sheet = leaders(make(tmp_path / "a.xlsx", rows))
    assert [entry.name for entry in sheet.entries] == ["李四"]
    assert errors(sheet) == []
