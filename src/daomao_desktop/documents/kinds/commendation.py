"""表彰通报, 表彰决定 or 通报表扬: town committee and government commend those graded 优秀 (R1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from daomao_desktop.documents.kinds.people import MOST_IN_TEXT, listed
from daomao_desktop.documents.kinds.wording import Wording, part, wording_for
from daomao_desktop.documents.typesetting.document import (
    Column,
    Format,
    ListTable,
    OfficialDocument,
    Sheet,
)
from daomao_desktop.domain.assessment import cap_problem
from daomao_desktop.domain.names import spread_name
from daomao_desktop.domain.notice_settings import CommendationForm
from daomao_desktop.domain.rewards import Honour, ten_best_limit
from daomao_desktop.domain.scheme import Grade
from daomao_desktop.errors import Refused

KINDS = {
    CommendationForm.CIRCULAR: "commendation",
    CommendationForm.DECISION: "commendation-decision",
    CommendationForm.PRAISE: "commendation-praise",
}
"""Each form has wording of its own, of the same parts."""
SPEC = {
    "标题": part("年度"),
    "主送": part(),
    "依据": part("年度 参评人数 优秀人数"),
    "决定": part("人员 名单所在", "年度"),
    "十佳决定": part("人员 十佳人数 名单所在", "年度"),
    "十佳名单": part("十佳人数 名单", "年度"),
    "优秀名单": part("人数 名单", "年度"),
    "号召": part("", "年度"),
    "附件": part("年度"),
}
# 通报表扬 gives nobody a title but the 十佳, whom the scheme itself names so.
_PRAISED = "年度考核优秀"


@dataclass(frozen=True, slots=True)
class Honoured:
    """One person commended; ``best``: one of the 十佳."""

    name: str
    village: str
    group: str
    grade: Grade = Grade.EXCELLENT
    best: bool = False


@dataclass(frozen=True, slots=True)
class Commendation:
    """What a commendation says, in the form the office has set.

    ``organs``: the town committee, and the government in joint issue. ``people``: in the order
    to be printed. ``assessed``: N of the year, ``excellent``: how many of them are 优秀.
    """

    organs: tuple[str, ...]
    year: int
    people: tuple[Honoured, ...]
    assessed: int
    excellent: int
    dated: date
    number: str = ""
    copies_to: str = ""
    printed_by: str = ""
    printed_on: date | None = None
    form: CommendationForm = CommendationForm.CIRCULAR
    wording: str | None = None


def title(data: Commendation) -> str:
    """关于表彰2025年度优秀村民小组长的通报; …的决定; 关于通报表扬…的通报."""
    return _words(data).line("标题", {"年度": str(data.year)})


def check(data: Commendation) -> None:
    """Raises Refused in one sentence where the commendation must not be issued (A3, R1)."""
    if not data.people:
        raise Refused(f"没有考核为“优秀”的人员，不用制发{data.form.value}。")
    if any(person.grade is not Grade.EXCELLENT for person in data.people):
        raise Refused("表彰名单中有人考核等次不是“优秀”，请核对名单。")
    if len(data.people) > data.excellent:
        raise Refused("表彰名单的人数多于考核为“优秀”的人数，请核对名单。")
    limit = ten_best_limit(data.assessed, data.excellent)
    best = sum(person.best for person in data.people)
    if best > limit:
        raise Refused(f"“十佳”最多 {limit} 人，现在是 {best} 人。")
    if (problem := cap_problem(data.excellent, data.assessed)) is not None:
        raise Refused(problem)


def compose(data: Commendation) -> OfficialDocument:
    """The commendation; more than ten names go to an attached list. Raises Refused."""
    check(data)
    words = _words(data)
    best = [person for person in data.people if person.best]
    others = [person for person in data.people if not person.best]
    attached = len(data.people) > MOST_IN_TEXT
    fields = {
        "年度": str(data.year),
        "参评人数": str(data.assessed),
        "优秀人数": str(data.excellent),
        "人员": _who(data.people),
        "十佳人数": str(len(best)),
        "人数": str(len(others)),
        "名单所在": "（名单见附件）" if attached else "",
        "名单": "",
    }
    body = list(words.fill("依据", fields))
    body += words.fill("十佳决定" if best else "决定", fields)
    if not attached:
        if best:
            body += words.fill("十佳名单", fields | {"名单": listed(best)})
        if others:
            body += words.fill("优秀名单", fields | {"名单": listed(others)})
    body += words.fill("号召", fields)
    list_title = words.line("附件", fields)
    return OfficialDocument(
        format=Format.FILE,
        organs=data.organs,
        masthead_suffix="文件",
        number=data.number,
        title=title(data),
        addressee=words.line("主送", fields),
        body=tuple(body),
        attachments=(list_title,) if attached else (),
        signature=data.organs,
        date=data.dated,
        seal=True,
        copies_to=data.copies_to,
        printed_by=data.printed_by or data.organs[0],
        printed_on=data.printed_on or data.dated,
        names=tuple(person.name for person in data.people),
        sheets=(_list_sheet(list_title, best + others, data.form),) if attached else (),
        subject=f"{data.year}年度优秀村民小组长{data.form.value}",
    )


def _words(data: Commendation) -> Wording:
    return wording_for(KINDS[data.form], SPEC, data.wording)


def _who(people: Sequence[Honoured]) -> str:
    """王强等3名村民小组长, or the one person by name."""
    if len(people) == 1:
        return f"村民小组长{people[0].name}"
    return f"{people[0].name}等{len(people)}名村民小组长"


def _list_sheet(heading: str, people: Sequence[Honoured], form: CommendationForm) -> Sheet:
    others = _PRAISED if form is CommendationForm.PRAISE else Honour.EXCELLENT.value
    columns = (
        Column("序号", 0.8),
        Column("村", 1.5),
        Column("组", 1.9),
        Column("姓名", 1.4),
        Column("荣誉", 2.6),
    )
    rows = tuple(
        (
            str(number),
            one.village,
            one.group,
            spread_name(one.name),
            Honour.BEST.value if one.best else others,
        )
        for number, one in enumerate(people, 1)
    )
    return Sheet(title=heading, table=ListTable(columns, rows), marker="附件")
