"""通报批评: the village branch criticises a leader graded 不称职 (R4a, R4b), with 送达回证."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from daomao_desktop.documents.kinds.receipts import delivery
from daomao_desktop.documents.kinds.wording import part, sentence, wording_for
from daomao_desktop.documents.typesetting.document import (
    Format,
    OfficialDocument,
)
from daomao_desktop.domain.amounts import in_words
from daomao_desktop.domain.conduct import tells
from daomao_desktop.domain.dates import chinese_date
from daomao_desktop.domain.freeform import level_of
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.notices import criticism_problem
from daomao_desktop.domain.rewards import DEDUCTION_PERCENT, deduction
from daomao_desktop.domain.scheme import BottomLine, Grade, Sex
from daomao_desktop.errors import Refused

KIND = "criticism"
SPEC = {
    "标题": part("姓名", "年度 村 组"),
    "主送": part(),
    "考核结果": part("姓名 性别 村 组 年度"),
    "主要事实": part("事实", "序 姓名 年度"),
    "违反规定": part("条款", "姓名 年度"),
    "处理决定": part("会议日期 比例 金额 大写", "序 姓名 年度"),
    "没有补贴": part("会议日期 年度", "序 姓名 金额 大写"),
    "连续两年": part("姓名 上年 年度", "序"),
    "整改要求": part("整改期限", "序 姓名 年度"),
    "异议": part("异议天数", "序 姓名 年度"),
    "抄送": part(),
}


@dataclass(frozen=True, slots=True)
class Criticism:
    """What a notice of criticism says; no ID number, address or phone has a place in it.

    ``organ``: the village branch. ``group``: as printed after the village (第3村民小组).
    ``facts``: what happened, as recorded; without any it is refused. ``clauses``: bottom lines
    broken. ``base``: what the deduction is taken of; 0.00 where no subsidy is paid.
    ``rectify_by``: day of the written report; None asks for it within ``rectify_days`` of receipt.
    ``two_years``: also 不称职 the year before.
    """

    organ: str
    village: str
    group: str
    name: str
    sex: Sex
    year: int
    grade: Grade
    meeting_on: date | None
    base: Money
    amount: Money
    dated: date
    number: str = ""
    facts: tuple[str, ...] = ()
    clauses: tuple[BottomLine, ...] = ()
    two_years: bool = False
    percent: int = DEDUCTION_PERCENT
    rectify_by: date | None = None
    rectify_days: int = 30
    objection_days: int = 15
    printed_on: date | None = None
    wording: str | None = None


def title(data: Criticism) -> str:
    """关于给予×××通报批评的通报."""
    fields = {"姓名": data.name, "年度": str(data.year), "村": data.village, "组": data.group}
    return wording_for(KIND, SPEC, data.wording).line("标题", fields)


def check(data: Criticism) -> date:
    """The meeting's date of a notice that may be issued; raises Refused in one sentence."""
    problem = criticism_problem(
        grade=data.grade,
        meeting_on=data.meeting_on,
        dated=data.dated,
        facts=data.facts,
        amount=data.amount,
        computed=deduction(data.base, data.percent),
    )
    if problem is not None:
        raise Refused(problem)
    assert data.meeting_on is not None  # or that would be the problem
    if data.rectify_by is not None and data.rectify_by < data.dated:
        raise Refused("整改期限早于成文日期，请核对。")
    return data.meeting_on


def compose(data: Criticism) -> OfficialDocument:
    """The notice and its delivery receipt; raises Refused as ``check`` says."""
    meeting_on = check(data)
    words = wording_for(KIND, SPEC, data.wording)
    fields = {
        "姓名": data.name,
        "性别": data.sex.value,
        "村": data.village,
        "组": data.group,
        "年度": str(data.year),
        "上年": str(data.year - 1),
        "条款": _clauses(data.clauses),
        "会议日期": chinese_date(meeting_on),
        "比例": f"{data.percent}%",
        "金额": str(data.amount),
        "大写": in_words(data.amount),
        "整改期限": _deadline(data),
        "异议天数": str(data.objection_days),
    }
    facts = list(dict.fromkeys(sentence(fact) for fact in data.facts if tells(fact)))
    # 一、二组的鱼塘… is no heading: behind a number of the paper's own it is text like any other.
    if len(facts) > 1 or any(level_of(fact) for fact in facts):
        facts = [f"{number}. {fact}" for number, fact in enumerate(facts, 1)]
    body = list(words.fill("考核结果", fields))
    body += words.fill("主要事实", {**fields, "序": "一"}, each=("事实", facts))
    if data.clauses:
        body += words.fill("违反规定", fields)
    settled = "处理决定" if data.base.fen else "没有补贴"
    body += words.fill(settled, {**fields, "序": "二"})
    if data.two_years:
        body += words.fill("连续两年", fields)
    body += words.fill("整改要求", {**fields, "序": "三"})
    body += words.fill("异议", fields)
    heading = title(data)
    return OfficialDocument(
        format=Format.FILE,
        organs=(data.organ,),
        masthead_suffix="文件",
        number=data.number,
        title=heading,
        addressee=words.line("主送", fields),
        body=tuple(body),
        signature=(data.organ,),
        date=data.dated,
        seal=True,
        copies_to=words.line("抄送", fields),
        printed_by=data.organ,
        printed_on=data.printed_on or data.dated,
        names=(data.name,),
        sheets=(delivery(heading, data.number, data.organ, data.name),),
        subject=f"{data.year}年度村民小组长考核通报批评",
    )


def _clauses(clauses: tuple[BottomLine, ...]) -> str:
    """The clauses in quotes; no 、 between them (GB/T 15834-2011, 4.5.3.5)."""
    ordered = [line for line in BottomLine if line in clauses]
    return "".join(f"“{line.must}；{line.must_not}”" for line in ordered)


def _deadline(data: Criticism) -> str:
    if data.rectify_by is not None:
        return f"于{chinese_date(data.rectify_by)}前"
    return f"自收到本通报之日起{data.rectify_days}日内"
