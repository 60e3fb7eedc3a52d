"""考核结果汇总表: everyone's scores and grades of a year, with the ten per cent below (A2, A3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from daomao_desktop.documents.kinds.wording import shortened
from daomao_desktop.documents.typesetting.document import Align, Column, ListTable, Report, Sheet
from daomao_desktop.domain.assessment import cap_allows, excellent_cap
from daomao_desktop.domain.dates import chinese_date
from daomao_desktop.domain.names import spread_name
from daomao_desktop.domain.scheme import Grade, YearState
from daomao_desktop.domain.scoring import figure, rounded

KIND = "summary"
SIZE = 12.0  # 小四: up to fourteen columns
_NOTHING = "—"
_LONGEST_REMARK = 48


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One person; scores and rate in hundredths, None where there is none.

    ``grade``: the decision, or what the branch proposes while nothing is decided; ``planned``:
    what the town has entered by then (拟定). ``previous``: last year's. ``run``: 不称职 for the
    second year running. ``remark``: further sentences.
    """

    village: str
    group: str
    name: str
    months: int
    village_score: int | None
    town_score: int | None
    total: int | None
    rate: int | None
    grade: Grade | None
    previous: Grade | None = None
    planned: Grade | None = None
    run: bool = False
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the table says.

    ``village``: the one it is about; empty for the whole town, of which alone the ten per cent
    are taken. ``decided``: the grades are the town's decisions; else they are proposals.
    """

    town: str
    village: str
    organ: str
    year: int
    state: YearState
    decided: bool
    rows: tuple[SummaryRow, ...]
    dated: date


def title(data: Summary) -> str:
    """大茂镇2025年度村民小组长考核结果汇总表, before the decision with （村评） or （未审定）."""
    return f"{data.town}{data.village}{data.year}年度村民小组长考核结果汇总表{_standing(data)}"


def _standing(data: Summary) -> str:
    if data.decided:
        return ""
    return "（村评）" if data.state is YearState.VILLAGE else "（未审定）"


def compose(data: Summary) -> Report:
    """The table, landscape; for a town with several villages, their counts on a page of its own."""
    sheets = [_everyone(data)]
    villages = list(dict.fromkeys(row.village for row in data.rows))
    if not data.village and len(villages) > 1:
        sheets.append(_by_village(data, villages))
    return Report(
        sheets=tuple(sheets),
        title=title(data),
        author=data.organ,
        names=tuple(row.name for row in data.rows),
        subject=f"{data.year}年度村民小组长考核",
    )


def ranks(totals: Sequence[int | None]) -> list[int | None]:
    """Places by total score; equal scores share one, the next place is left out (1, 2, 2, 4)."""
    ordered = sorted((total for total in totals if total is not None), reverse=True)
    return [None if total is None else ordered.index(total) + 1 for total in totals]


def _everyone(data: Summary) -> Sheet:
    planned = any(row.planned is not None for row in data.rows)
    columns = [
        Column("序\n号", 27),
        Column("名\n次", 27),
        *([] if data.village else [Column("村", _wide([row.village for row in data.rows], 5))]),
        Column("组", 45),
        Column("姓　名", _wide([row.name for row in data.rows], 6)),
        Column("任职\n月数", 33),
        Column("村评分", 46, Align.DECIMAL),
        Column("镇日常\n评　分", 46, Align.DECIMAL),
        Column("总　分", 46, Align.DECIMAL),
        Column("满意率", 50, Align.DECIMAL),
        Column("上年\n等次", 46),
        Column("本年\n等次" if data.decided else "建议\n等次", 46),
    ]
    if planned:
        columns.append(Column("拟定\n等次", 46))
    if data.decided:
        columns.append(Column("连续\n两年", 33))
    columns.append(Column("备　注", 637 - sum(column.share for column in columns), Align.LEFT))
    places = ranks([row.total if _graded(row) else None for row in data.rows])
    rows = []
    for number, (row, place) in enumerate(zip(data.rows, places, strict=True), 1):
        cells = [
            str(number),
            _NOTHING if place is None else str(place),
            *([] if data.village else [row.village]),
            row.group,
            spread_name(row.name),
            str(row.months),
            _score(row.village_score),
            _score(row.town_score),
            _score(row.total),
            _NOTHING if row.rate is None else f"{figure(row.rate)}%",
            _word(row.previous),
            _word(row.grade),
        ]
        if planned:
            cells.append(_word(row.planned))
        if data.decided:
            cells.append("是" if row.run else "")
        cells.append(_remark(data, row))
        rows.append(tuple(cells))
    return Sheet(
        title=title(data),
        table=ListTable(tuple(columns), tuple(rows)),
        below=_foot(data),
        landscape=True,
        size=SIZE,
    )


def _wide(texts: Sequence[str], most: int) -> float:
    """Points for the longest of the texts on one line, as long as it has so many characters."""
    longest = max((len(text) for text in texts), default=0)
    return SIZE * min(max(longest, 3), most) + 9


def _score(score: int | None) -> str:
    return _NOTHING if score is None else figure(score)


def _word(grade: Grade | None) -> str:
    return _NOTHING if grade is None else grade.value


def _graded(row: SummaryRow) -> bool:
    return row.grade is not Grade.UNGRADED


def _remark(data: Summary, row: SummaryRow) -> str:
    run = "连续两年（建议）" if row.run else ""
    parts = ["" if data.decided else run, row.remark]
    return shortened("；".join(part for part in parts if part), _LONGEST_REMARK)


def _foot(data: Summary) -> tuple[str, ...]:
    """Who counts, how many are 优秀 and whether that is allowed, then the lines to sign."""
    counts = Counter(row.grade for row in data.rows if row.grade is not None)
    assessed = _assessed(data, data.rows)
    excellent = counts[Grade.EXCELLENT]
    proposed = "" if data.decided else "建议"
    words = f"参加考核 {assessed} 人，{proposed}优秀 {excellent} 人"
    if data.village:
        words += "，优秀比例按全镇计算。"
    else:
        verdict = "符合" if cap_allows(excellent, assessed) else "超过"
        words += (
            f"，占 {_share(excellent, assessed)}，上限 {excellent_cap(assessed)} 人，"
            f"{verdict}优秀等次比例不超过 10% 的规定。"
        )
    others = "，".join(
        f"{'' if grade is Grade.UNGRADED else proposed}{grade.value} {counts[grade]} 人"
        for grade in (Grade.COMPETENT, Grade.INCOMPETENT, Grade.UNGRADED)
    )
    lines = [words, f"{others}。"]
    if not data.decided:
        lines.append("本表等次为村党支部建议，尚未经镇党委审定。")
    blank = "　" * 8
    lines.append(f"填表人：{blank}审核人：{blank}填表日期：{chinese_date(data.dated)}")
    return tuple(lines)


def _assessed(data: Summary, rows: Iterable[SummaryRow]) -> int:
    """N: those with a grade that counts; while nothing is decided, all who will get one."""
    return sum(
        (row.grade is not None and row.grade.counts) if data.decided else _graded(row)
        for row in rows
    )


def _share(excellent: int, assessed: int) -> str:
    return f"{figure(rounded(Fraction(excellent * 10_000, assessed)) if assessed else 0)}%"


def _by_village(data: Summary, villages: Sequence[str]) -> Sheet:
    """Counts of each village and of the town; for their information, the cap is the town's."""
    columns = (
        Column("序号", 33),
        Column("村", 110),
        Column("小组长", 55),
        Column("参加考核", 60),
        Column("优秀", 50),
        Column("优秀占比", 70, Align.DECIMAL),
        Column("称职", 50),
        Column("不称职", 50),
        Column("不定等次", 60),
        Column("连续两年\n不称职", 62),
    )

    def row(number: str, name: str, rows: Sequence[SummaryRow]) -> tuple[str, ...]:
        counts = Counter(one.grade for one in rows)
        assessed = _assessed(data, rows)
        return (
            number,
            name,
            str(len(rows)),
            str(assessed),
            str(counts[Grade.EXCELLENT]),
            _share(counts[Grade.EXCELLENT], assessed) if assessed else _NOTHING,
            *(str(counts[grade]) for grade in (Grade.COMPETENT, Grade.INCOMPETENT)),
            str(counts[Grade.UNGRADED]),
            str(sum(one.run for one in rows)),
        )

    rows = [
        row(str(number), name, [one for one in data.rows if one.village == name])
        for number, name in enumerate(villages, 1)
    ]
    rows.append(row("", "全镇合计", data.rows))
    return Sheet(
        title=f"{data.town}{data.year}年度各村考核结果统计{_standing(data)}",
        table=ListTable(columns, tuple(rows)),
        below=("优秀等次比例按全镇计算，各村占比供参考。",),
        landscape=True,
        size=SIZE,
    )
