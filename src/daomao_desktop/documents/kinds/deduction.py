"""岗位补贴扣减通知: the village tells a leader graded 不称职 what is withheld and why (R4a)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from daomao_desktop.documents.kinds.receipts import delivery
from daomao_desktop.documents.kinds.wording import part, wording_for
from daomao_desktop.documents.typesetting.document import Format, OfficialDocument
from daomao_desktop.domain.amounts import in_words
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.notices import amount_problem, deduction_problem
from daomao_desktop.domain.rewards import DEDUCTION_PERCENT, deduction
from daomao_desktop.domain.scheme import Grade
from daomao_desktop.errors import Refused

KIND = "deduction"
_PERSON = "姓名 年度 村 组"
SPEC = {
    "标题": part("年度", "姓名 村 组"),
    "主送": part("姓名"),
    "依据": part("村 组 年度 比例", "姓名"),
    "每月相同": part("月数 月补贴 基数 基数大写", _PERSON),
    "每月不同": part("月数 基数 基数大写", _PERSON),
    "扣减金额": part("比例 金额 大写", _PERSON),
    "异议": part("异议天数", _PERSON),
}


@dataclass(frozen=True, slots=True)
class Deduction:
    """What a notice of deduction says.

    ``organ``: the village committee. ``months``: months in post that count. ``monthly``: the
    subsidy a month where it was the same in all of them, else None. ``base``: the year's due.
    """

    organ: str
    village: str
    group: str
    name: str
    year: int
    grade: Grade
    months: int
    base: Money
    amount: Money
    dated: date
    number: str = ""
    monthly: Money | None = None
    percent: int = DEDUCTION_PERCENT
    objection_days: int = 15
    wording: str | None = None


def title(data: Deduction) -> str:
    """关于扣减×××2025年度岗位补贴的通知."""
    return wording_for(KIND, SPEC, data.wording).line("标题", _person(data))


def check(data: Deduction) -> None:
    """Raises Refused in one sentence where the notice must not be issued."""
    if (problem := deduction_problem(grade=data.grade)) is not None:
        raise Refused(problem)
    if not 1 <= data.months <= 12 or data.base.fen <= 0:
        raise Refused("没有可以扣减的岗位补贴，请先登记任职时间和补贴标准。")
    if data.monthly is not None and data.monthly * data.months != data.base:
        raise Refused("每月补贴乘以月数与应发合计不一致，请核对。")
    if (problem := amount_problem(data.amount, deduction(data.base, data.percent))) is not None:
        raise Refused(problem)


def compose(data: Deduction) -> OfficialDocument:
    """The notice as a letter (信函格式) to the person, and its delivery receipt.

    Raises Refused as ``check`` says.
    """
    check(data)
    words = wording_for(KIND, SPEC, data.wording)
    fields = _person(data) | {
        "月数": str(data.months),
        "月补贴": str(data.monthly) if data.monthly else "",
        "基数": str(data.base),
        "基数大写": in_words(data.base),
        "比例": f"{data.percent}%",
        "金额": str(data.amount),
        "大写": in_words(data.amount),
        "异议天数": str(data.objection_days),
    }
    basis = "每月相同" if data.monthly is not None else "每月不同"
    parts = ("依据", basis, "扣减金额", "异议")
    heading = title(data)
    return OfficialDocument(
        format=Format.LETTER,
        organs=(data.organ,),
        number=data.number,
        title=heading,
        addressee=words.line("主送", fields),
        body=tuple(text for name in parts for text in words.fill(name, fields)),
        signature=(data.organ,),
        date=data.dated,
        seal=True,
        names=(data.name,),
        sheets=(delivery(heading, data.number, data.organ, data.name),),
        subject=f"{data.year}年度村民小组长岗位补贴扣减",
    )


def _person(data: Deduction) -> dict[str, str]:
    return {"姓名": data.name, "年度": str(data.year), "村": data.village, "组": data.group}
