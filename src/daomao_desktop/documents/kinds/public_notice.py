"""公示: the town committee posts the year's grades before they come into force (A2, A3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from daomao_desktop.documents.kinds.people import MOST_IN_TEXT, listed
from daomao_desktop.documents.kinds.receipts import pair, row
from daomao_desktop.documents.kinds.wording import part, wording_for
from daomao_desktop.documents.typesetting.document import (
    Column,
    Format,
    FormTable,
    ListTable,
    OfficialDocument,
    Sheet,
)
from daomao_desktop.domain.assessment import cap_problem
from daomao_desktop.domain.dates import chinese_date
from daomao_desktop.domain.names import spread_name
from daomao_desktop.domain.scheme import Grade
from daomao_desktop.errors import Refused

KIND = "public-notice"
SPEC = {
    "标题": part("年度"),
    "依据": part("年度 决定日期"),
    "考核等次": part("参评人数 优秀人数 称职人数 不称职人数", "年度"),
    "不定等次": part("不定人数", "年度"),
    "优秀名单": part("优秀人数 名单", "年度"),
    "不称职名单": part("不称职人数 名单", "年度"),
    "公示时间": part("张贴日期 期满日期 工作日"),
    "意见反映": part("联系电话", "张贴日期 期满日期"),
    "附件": part("年度"),
}
_MOMENT = "　　　年　　月　　日　　时"


@dataclass(frozen=True, slots=True)
class Posted:
    """One person whose grade is posted; ``group``: as printed after the village."""

    name: str
    village: str
    group: str
    grade: Grade


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """What a public notice says.

    ``organ``: the town committee. ``people``: everybody, in the order to be printed.
    ``decided_on``: when the committee fixed the grades. ``dated``: the posting day, which does not
    count; ``until``: the last day; ``working_days``: how many there are from one to the other.
    ``contact``: the office's phone.
    """

    organ: str
    year: int
    people: tuple[Posted, ...]
    decided_on: date
    dated: date
    until: date
    working_days: int
    contact: str
    wording: str | None = None


def title(data: PublicNotice) -> str:
    """关于2025年度村民小组长考核等次的公示."""
    return wording_for(KIND, SPEC, data.wording).line("标题", {"年度": str(data.year)})


def check(data: PublicNotice) -> None:
    """Raises Refused in one sentence where the notice must not be posted."""
    counted = [person.grade for person in data.people if person.grade.counts]
    if not counted:
        raise Refused("还没有确定任何人的等次，没有可以公示的内容。")
    if (problem := cap_problem(counted.count(Grade.EXCELLENT), len(counted))) is not None:
        raise Refused(problem)
    if data.until <= data.dated or data.working_days < 1:
        raise Refused("公示期满日期要晚于张贴日期，请核对。")
    if not data.contact.strip():
        raise Refused("公示要写明联系电话，请补上。")


def compose(data: PublicNotice) -> OfficialDocument:
    """The notice, its list as attachment, and the posting receipt; raises Refused as ``check``.

    A public notice has no number and no red head: it is posted, not sent to anybody.
    """
    check(data)
    words = wording_for(KIND, SPEC, data.wording)
    by_grade = {grade: [one for one in data.people if one.grade is grade] for grade in Grade}
    excellent, incompetent = by_grade[Grade.EXCELLENT], by_grade[Grade.INCOMPETENT]
    fields = {
        "年度": str(data.year),
        "决定日期": chinese_date(data.decided_on),
        "参评人数": str(sum(person.grade.counts for person in data.people)),
        "优秀人数": str(len(excellent)),
        "称职人数": str(len(by_grade[Grade.COMPETENT])),
        "不称职人数": str(len(incompetent)),
        "不定人数": str(len(by_grade[Grade.UNGRADED])),
        "张贴日期": chinese_date(data.dated),
        "期满日期": chinese_date(data.until),
        "工作日": str(data.working_days),
        "联系电话": data.contact,
    }
    body = [*words.fill("依据", fields), *words.fill("考核等次", fields)]
    if by_grade[Grade.UNGRADED]:
        body += words.fill("不定等次", fields)
    for name, people in (("优秀名单", excellent), ("不称职名单", incompetent)):
        if 0 < len(people) <= MOST_IN_TEXT:
            body += words.fill(name, fields | {"名单": listed(people)})
    body += words.fill("公示时间", fields)
    body += words.fill("意见反映", fields)
    list_title = words.line("附件", fields)
    return OfficialDocument(
        format=Format.PLAIN,
        organs=(data.organ,),
        title=title(data),
        body=tuple(body),
        attachments=(list_title,),
        signature=(data.organ,),
        date=data.dated,
        seal=True,
        names=tuple(person.name for person in data.people),
        sheets=(_list_sheet(list_title, data.people), _receipt(data)),
        subject=f"{data.year}年度村民小组长考核公示",
        posted=True,
    )


def _list_sheet(heading: str, people: Sequence[Posted]) -> Sheet:
    columns = (
        Column("序号", 0.8),
        Column("村", 1.7),
        Column("组", 2.2),
        Column("姓名", 1.6),
        Column("等次", 1.5),
    )
    rows = tuple(
        (str(number), one.village, one.group, spread_name(one.name), one.grade.value)
        for number, one in enumerate(people, 1)
    )
    return Sheet(title=heading, table=ListTable(columns, rows), marker="附件")


def _receipt(data: PublicNotice) -> Sheet:
    """张贴回执, one for each place: where and how long the notice hung, and who saw it."""
    period = (
        f"{chinese_date(data.dated)}至{chinese_date(data.until)}（{data.working_days}个工作日）"
    )
    rows = (
        row("公示名称", f"《{title(data)}》"),
        row("公示机关", data.organ),
        row("公 示 期", period),
        row("张贴地点", height=2.2),
        row("张贴时间", _MOMENT),
        pair("张贴人签名", "", "照片编号", ""),
        row("揭下时间", _MOMENT),
        pair("揭下人签名", "", "照片编号", ""),
        row("公示期间收到的反映", "□没有　　□有（另附记录）"),
        pair("见证人签名", "", "备　　注", ""),
    )
    below = ("每张贴一处填写一张，揭下后随公示交回镇党委存档。",)
    return Sheet(title="公示张贴回执", table=FormTable(rows), below=below)
