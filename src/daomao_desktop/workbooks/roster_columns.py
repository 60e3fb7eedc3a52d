"""The columns of a roster and the words and numbers that stand in them."""

from __future__ import annotations

import re

from daomao_desktop.domain.identity import normalise_id
from daomao_desktop.domain.roster import normalise_phone
from daomao_desktop.domain.scheme import Edition, PoliticalStatus, Sex
from daomao_desktop.workbooks.cells import CellValue, Number, shown
from daomao_desktop.workbooks.headings import Heading
from daomao_desktop.workbooks.people import INDEX, NAME, REMARK, group_heading, village_heading
from daomao_desktop.workbooks.values import Unreadable, one_of

_SEXES = {"男性": Sex.MALE, "女性": Sex.FEMALE, "M": Sex.MALE, "F": Sex.FEMALE}
_STATUSES = {
    "党员": PoliticalStatus.MEMBER,
    "共产党员": PoliticalStatus.MEMBER,
    "中国共产党党员": PoliticalStatus.MEMBER,
    "中共正式党员": PoliticalStatus.MEMBER,
    "正式党员": PoliticalStatus.MEMBER,
    "中共": PoliticalStatus.MEMBER,
    "中共党员(正式)": PoliticalStatus.MEMBER,
    "预备党员": PoliticalStatus.PROBATIONARY,
    "中共党员(预备)": PoliticalStatus.PROBATIONARY,
    "中国共产党预备党员": PoliticalStatus.PROBATIONARY,
    "团员": PoliticalStatus.LEAGUE,
    "共青团": PoliticalStatus.LEAGUE,
    "中国共产主义青年团团员": PoliticalStatus.LEAGUE,
    "民主党派人士": PoliticalStatus.DEMOCRATIC,
    "民主党派成员": PoliticalStatus.DEMOCRATIC,
    **dict.fromkeys(
        (
            *("民革党员", "民盟盟员", "民建会员", "民进会员", "农工党党员", "致公党党员"),
            *("九三学社社员", "台盟盟员", "民革", "民盟", "民建", "民进", "农工党", "致公党"),
            *("九三学社", "台盟"),
        ),
        PoliticalStatus.DEMOCRATIC,
    ),
    "无党派": PoliticalStatus.INDEPENDENT,
    "无党派民主人士": PoliticalStatus.INDEPENDENT,
    "普通群众": PoliticalStatus.MASSES,
    "普通公民": PoliticalStatus.MASSES,
}
read_sex = one_of(Sex, _SEXES, "不是性别，请写“男”或“女”")
read_status = one_of(PoliticalStatus, _STATUSES, "不是政治面貌")


def leader_headings(edition: Edition) -> tuple[Heading, ...]:
    """The columns of a roster; the village is required in the town."""
    town = edition is Edition.TOWN
    return (
        INDEX,
        village_heading(required=town),
        group_heading(required=True),
        NAME,
        Heading("sex", "性别", (), required=True, width=6, choices=("男", "女")),
        Heading("ethnicity", "民族", ("族别",), width=8),
        Heading(
            "birth",
            "出生年月",
            ("出生日期", "出生年月日", "出生时间", "生日", "出生", "出生年"),
            width=13,
        ),
        Heading(
            "id_number",
            "身份证号码",
            (
                *("身份证号", "身份证", "公民身份号码", "公民身份证号码", "公民身份证号"),
                *("居民身份证号码", "居民身份证号", "居民身份证", "证件号码", "身份号码"),
                *("身份证件号码", "身份证件号", "公民身份号"),
            ),
            private=True,
            width=21,
        ),
        Heading(
            "political_status",
            "政治面貌",
            ("政治面目", "政治身份", "面貌", "党派"),
            width=13,
            choices=tuple(status.value for status in PoliticalStatus),
        ),
        Heading(
            "education",
            "文化程度",
            ("学历", "文化", "文化水平", "受教育程度", "最高学历"),
            width=10,
        ),
        Heading(
            "started",
            "任职时间",
            (
                *(
                    "任职日期",
                    "任职年月",
                    "上任时间",
                    "上任日期",
                    "当选时间",
                    "当选日期",
                    "就任时间",
                ),
                *(
                    "任现职时间",
                    "开始任职时间",
                    "担任时间",
                    "任职起始时间",
                    "任组长时间",
                    "任期开始",
                ),
                *("任职开始时间", "起任时间", "任小组长时间", "任职起始日期"),
            ),
            width=13,
        ),
        Heading(
            "phone",
            "联系电话",
            (
                *("手机", "电话", "手机号", "手机号码", "联系方式", "电话号码", "联系手机"),
                *("联系号码", "移动电话", "联系电话号码", "手机电话", "电话手机"),
            ),
            private=True,
            width=15,
        ),
        Heading(
            "subsidy",
            "岗位补贴",
            (
                *("补贴", "月补贴", "岗位补贴标准", "补贴标准", "补贴金额", "每月补贴", "岗位补助"),
                *("月岗位补贴", "每月岗位补贴", "岗位津贴", "补助", "津贴", "补助标准", "岗补"),
                *("补贴元月", "岗位补贴元月", "误工补贴", "报酬", "岗位报酬", "岗位补贴金额"),
            ),
            width=12,
        ),
        REMARK,
    )


def id_text(value: CellValue) -> str:
    """An ID number from text or number; a number that lost its last digits is refused."""
    number = normalise_id(shown(value))
    if re.fullmatch(r"[0-9.]+E\+?[0-9]+", number, re.IGNORECASE) or isinstance(value, Number):
        raise Unreadable("存成了数字，后几位已经丢失，请把单元格设为文本后重新填写")
    numeric = isinstance(value, int | float)
    if numeric and (isinstance(value, float) or number.endswith("000")) and len(number) > 15:
        # spreadsheets keep fifteen digits of a number and put zeros for the rest
        raise Unreadable("存成了数字，后几位已经丢失，请把单元格设为文本后重新填写")
    if not re.fullmatch("[0-9]{12,20}[0-9X]", number):
        raise Unreadable("不是身份证号码")
    return number


def phone_text(value: CellValue) -> str:
    """A phone number from text or number, at least five digits; two numbers may share the cell."""
    written = re.sub(r"\.0+$", "", shown(value))
    number = normalise_phone(written)
    if re.fullmatch(r"[0-9.]+E\+?[0-9]+", number, re.IGNORECASE):
        raise Unreadable("存成了数字，后几位已经丢失，请重新填写")
    if not 5 <= len(re.sub("[^0-9]", "", number)) <= 26 or not re.fullmatch(
        "[0-9/、,，;；+#转-]+", number
    ):
        raise Unreadable("不是电话号码")
    return number
