"""年度考核登记表: a leader's whole year on the two sides of one sheet (A1, A2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from daomao_desktop.documents.fonts import MissingGlyph
from daomao_desktop.documents.kinds.wording import shortened
from daomao_desktop.documents.typesetting.document import (
    Align,
    FormCell,
    FormRow,
    FormTable,
    Report,
    Sheet,
)
from daomao_desktop.documents.typesetting.engine import NameNotPrintable
from daomao_desktop.documents.typesetting.sheets import fits_one_page
from daomao_desktop.domain.dates import chinese_date
from daomao_desktop.domain.scheme import BottomLine, Grade, Role
from daomao_desktop.domain.scheme_settings import SchemeSettings
from daomao_desktop.domain.scoring import Component, figure, maximum, total_in_words
from daomao_desktop.domain.survey import formula_in_words

KIND = "registration"
SIZE = 12.0  # 小四: nothing on the form is smaller
_LABEL, _WIDE = 58.0, 384.0  # points: four characters, and the rest of a line


@dataclass(frozen=True, slots=True)
class Told:
    """Something that happened on a day, in the words it was recorded in."""

    on: date
    text: str


@dataclass(frozen=True, slots=True)
class RoleRecords:
    """Duty records of one role: how many of the year, and those worth quoting, best ones first."""

    role: Role
    count: int
    told: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Registration:
    """What the form says; ID number, phone and address have no place in it.

    Scores and rate in hundredths. ``roles``: all six. ``findings``: confirmed ones, the earliest
    first. ``points``: None where nothing was entered. ``evidence``: lines as recorded.
    ``missing``: components without points; none where nothing at all was entered.
    ``meeting_on``: of the proposal. ``decided_on``: when the town decided; ``basis``: its paper,
    where the decision comes from one. ``remarks``: one sentence each.
    """

    year: int
    organ: str
    village: str
    group: str
    name: str
    sex: str
    ethnicity: str
    birth: str
    political_status: str
    education: str
    started: str
    months: int
    roles: tuple[RoleRecords, ...]
    findings: tuple[tuple[BottomLine, Told], ...]
    points: Mapping[Component, int | None]
    evidence: tuple[tuple[Component, str], ...]
    missing: tuple[Component, ...]
    village_score: int | None
    town_score: int | None
    total: int | None
    satisfaction_rate: int | None
    settings: SchemeSettings
    proposal: Grade | None = None
    proposal_reason: str = ""
    meeting_on: date | None = None
    decision: Grade | None = None
    decision_reason: str = ""
    decided_on: date | None = None
    basis: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Front:
    """How much the front quotes: duty records a role, findings a pair, characters of each."""

    records: int
    findings: int
    characters: int


@dataclass(frozen=True, slots=True)
class _Back:
    """How much the back quotes: lines of evidence and characters of each; those of a reason."""

    lines: int
    characters: int
    reason: int


# From ample to bare: the first that leaves the side on one page is taken.
_FRONTS = (
    *(_Front(*way) for way in ((5, 5, 44), (4, 4, 40), (3, 3, 40), (3, 3, 30), (2, 2, 40))),
    *(_Front(*way) for way in ((2, 2, 30), (1, 2, 40), (1, 1, 40), (1, 1, 20), (0, 2, 40))),
    *(_Front(*way) for way in ((0, 1, 40), (0, 1, 20), (0, 0, 0))),
)
_BACKS = (
    *(_Back(*way) for way in ((99, 88, 120), (99, 57, 88), (99, 27, 88), (10, 27, 88))),
    *(_Back(*way) for way in ((8, 27, 57), (6, 27, 57), (4, 27, 57), (2, 27, 27), (0, 0, 27))),
)


def title(data: Registration) -> str:
    """村民小组长年度考核登记表（2025年度）."""
    return f"村民小组长年度考核登记表（{data.year}年度）"


def compose(data: Registration) -> Report:
    """Front and back of the form; what was recorded is quoted as far as there is room.

    More text than fits with nothing but counts goes on to a further page.
    """
    front = (_front(data, quoted) for quoted in _FRONTS)
    back = (_back(data, quoted) for quoted in _BACKS)
    return Report(
        sheets=(_fitting(front, data.name), _fitting(back, data.name)),
        title=f"{data.year}年度考核登记表（{data.village}{data.group}{data.name}）",
        author=data.organ,
        names=(data.name,),
        subject=f"{data.year}年度村民小组长考核",
    )


def _fitting(sheets: Iterator[Sheet], name: str) -> Sheet:
    """The first sheet that takes one page, else the last; raises MissingGlyph."""
    sheet = next(sheets)
    try:
        while not fits_one_page(sheet, (name,)) and (shorter := next(sheets, None)) is not None:
            sheet = shorter
    except MissingGlyph as error:
        if error.character in name:
            raise NameNotPrintable(error.character, name) from error
        raise
    return sheet


def _front(data: Registration, quoted: _Front) -> Sheet:
    rows = (
        *_person(data),
        _section("履行\n“六员”\n职责情况", "\n".join(_role(one, quoted) for one in data.roles)),
        _section("上级任务\n完成情况", _tasks(data, quoted), lines=2),
        _section("“五必须\n五不准”\n落实情况", _pairs(data, quoted)),
        _section("培训、\n监督情况", "", lines=3, grows=1),
        _section("满意度\n测评情况", _satisfaction(data), lines=2),
    )
    return Sheet(title=title(data), table=FormTable(rows), size=SIZE)


def _person(data: Registration) -> list[FormRow]:
    cells = (
        ("姓　　名", data.name, "性　　别", data.sex, "民　　族", data.ethnicity),
        ("出生年月", data.birth, "政治面貌", data.political_status, "文化程度", data.education),
        (
            "村和小组",
            data.village + data.group,
            "任职时间",
            data.started,
            "本年任职",
            f"{data.months}个月",
        ),
    )
    widths = (_LABEL, 112, _LABEL, 88, _LABEL, 68)
    return [
        FormRow(
            tuple(
                FormCell(text, width, label=place % 2 == 0, align=Align.CENTRE)
                for place, (text, width) in enumerate(zip(row, widths, strict=True))
            ),
            height=0.0,
        )
        for row in cells
    ]


def _section(
    label: str, text: str, *, lines: int = 0, grows: float = 0.0, foot: str = ""
) -> FormRow:
    """A label and what belongs to it, with room for that many lines at least."""
    cells = (FormCell(label, _LABEL, label=True), FormCell(text, _WIDE, foot=foot))
    return FormRow(cells, height=_height(lines), grows=grows)


def _height(lines: int) -> float:
    """Grid rows (29 points) for lines of the form's size."""
    return (lines * 16.2 + 8.6) / 29 if lines else 0.0


def _told(items: Sequence[Told], count: int, most: int, characters: int) -> str:
    """3月2日……；5月6日……；等5条: the first of the items, by date."""
    shown = sorted(items[:most], key=lambda one: one.on)
    parts = [_day(one) + shortened(one.text, characters) for one in shown]
    if parts and len(shown) < count:
        parts.append(f"等{count}条")
    return "；".join(parts)


def _day(one: Told) -> str:
    """The day before a text that does not begin with one itself."""
    own = re.match(r"(?:（.*?）)?(?:\d{4}年|\d{1,2}月)", one.text)
    return "" if own else f"{one.on.month}月{one.on.day}日"


def _role(records: RoleRecords, quoted: _Front) -> str:
    number = list(Role).index(records.role) + 1
    if not records.count:
        return f"{number}. {records.role.value}：没有记录。"
    told = _told(records.told, records.count, quoted.records, quoted.characters)
    if not told:
        return f"{number}. {records.role.value}：记录{records.count}条。"
    return f"{number}. {records.role.value}（{records.count}条）：{told}。"


def _tasks(data: Registration, quoted: _Front) -> str:
    points = data.points.get(Component.TASKS)
    score = "　　　　" if points is None else f" {figure(points)} "
    text = f"得分{score}分（满分 {data.settings.weight_tasks} 分）。"
    lines = [line for component, line in data.evidence if component is Component.TASKS]
    shown = [shortened(line, quoted.characters) for line in lines[: quoted.findings]]
    if len(shown) < len(lines):
        shown.append(f"{'等' if shown else '依据'}{len(lines)}条")
    return text + (f"{'；'.join(shown)}。" if shown else "")


def _pairs(data: Registration, quoted: _Front) -> str:
    texts = []
    for number, pair in enumerate(BottomLine, 1):
        found = [told for line, told in data.findings if line is pair]
        text = f"{number}. {pair.must}；{pair.must_not}："
        if not found:
            text += "未发现"
        else:
            told = _told(found, len(found), quoted.findings, quoted.characters)
            text += f"查实{len(found)}条" + (f"，{told}" if told else "")
        texts.append(f"{text}。")
    return "\n".join(texts)


def _satisfaction(data: Registration) -> str:
    points = data.points.get(Component.SATISFACTION)
    rate = "　　　　" if data.satisfaction_rate is None else f" {figure(data.satisfaction_rate)}"
    score = "　　　　" if points is None else f" {figure(points)} "
    full = data.settings.weight_satisfaction
    return (
        f"满意率{rate}%，得分{score}分（满分 {full} 分）。\n"
        f"{formula_in_words(data.settings)}，按满分 {full} 分折算。各项票数见测评结果。"
    )


def _back(data: Registration, quoted: _Back) -> Sheet:
    evidence = sorted(data.evidence, key=lambda one: list(Component).index(one[0]))
    rows = [*_scores(data, [component for component, _line in evidence])]
    if evidence:
        rows.append(_section("考核依据", _evidence(evidence, quoted)))
    seal = "（盖章）　　　　　　年　　月　　日"
    rows += [
        _section(
            "本人述职\n或意见", "", lines=4, grows=2, foot="签名：　　　　　　　年　　月　　日"
        ),
        _section("村党支部\n意　　见", _proposal(data, quoted), lines=3, grows=1, foot=seal),
        _halves(),
        _section("镇党委\n审定等次", _decision(data, quoted), lines=3, grows=1, foot=seal),
        _section("备　　注", "\n".join(data.remarks), lines=1),
    ]
    return Sheet(
        title="",
        table=FormTable(tuple(rows)),
        above=f"{data.year}年度　{data.village}{data.group}　{data.name}",
        size=SIZE,
    )


def _scores(data: Registration, evidence: Sequence[Component]) -> list[FormRow]:
    """The table of components in two halves: six roles; what else counts and both scores."""
    settings = data.settings
    lines: list[tuple[str, str, str, str]] = []
    for component in Component:
        points = data.points.get(component)
        most = str(maximum(component, settings) // 100)
        lines.append(
            (
                _SHORT.get(component, component.label),
                f"±{most}" if component is Component.ADJUSTMENT else most,
                "" if points is None else figure(points),
                _numbers([place for place, one in enumerate(evidence, 1) if one is component]),
            )
        )
    for words, score, share in (
        ("村评分", data.village_score, settings.village_share),
        ("镇日常评分", data.town_score, 100 - settings.village_share),
    ):
        lines.append((words, "100", "" if score is None else figure(score), f"占{share}%"))
    half = len(Role)
    headings = ("项　目", "满分", "得分", "依据")
    rows = [_score_row(headings * 2, label=True)]
    rows += [_score_row(lines[place] + lines[half + place]) for place in range(half)]
    total = total_in_words(data.village_score, data.town_score, data.total, settings)
    if data.missing:
        labels = "、".join(_SHORT.get(one, one.label) for one in data.missing)
        note = f"没有得分的项目（{labels}）{settings.missing_policy.wording}。"
        total = "\n".join(filter(None, (total, note)))
    rows.append(_section("总　　分", total))
    return rows


_SHORT = {
    Component.TASKS: "上级任务",
    Component.BOTTOM_LINES: "“五必须五不准”",
    Component.SATISFACTION: "满意度测评",
}


def _score_row(texts: Sequence[str], *, label: bool = False) -> FormRow:
    widths = (93, 33, 40, 46, 105, 33, 45, 47)
    return FormRow(
        tuple(
            FormCell(text, width, label=label, align=Align.CENTRE)
            for text, width in zip(texts, widths, strict=True)
        ),
        height=0.0,
    )


def _numbers(places: Sequence[int]) -> str:
    """1、2 or 3至7: evidence is numbered by component, so that its numbers follow each other."""
    if len(places) > 2:
        return f"{places[0]}至{places[-1]}"
    return "、".join(map(str, places))


def _evidence(lines: Sequence[tuple[Component, str]], quoted: _Back) -> str:
    texts = [
        f"{number}. {shortened(line, quoted.characters)}"
        for number, (_component, line) in enumerate(lines[: quoted.lines], 1)
    ]
    if len(texts) < len(lines):
        texts.append(f"等{len(lines)}条，其余见考核记录。" if texts else f"共{len(lines)}条。")
    return "\n".join(texts)


def _proposal(data: Registration, quoted: _Back) -> str:
    if data.proposal is None:
        return ""
    text = _graded("建议", data.proposal, data.proposal_reason, quoted)
    if data.meeting_on:
        text += f"（{chinese_date(data.meeting_on)}支部委员会会议研究）"
    return text


def _graded(step: str, grade: Grade, reason: str, quoted: _Back) -> str:
    text = f"{step}等次：{grade.value}。"
    return text + f"理由：{shortened(reason, quoted.reason)}。" if reason else text


def _halves() -> FormRow:
    sign = "（盖章）　年　　月　　日"
    cells = (
        FormCell("村务监督\n委 员 会\n意　　见", _LABEL, label=True),
        FormCell("", 163, foot=sign),
        FormCell("镇 纪 委\n意　　见", _LABEL, label=True),
        FormCell("", 163, foot=sign),
    )
    return FormRow(cells, height=_height(3), grows=1)


def _decision(data: Registration, quoted: _Back) -> str:
    if data.decision is None:
        return ""
    text = _graded("审定", data.decision, data.decision_reason, quoted)
    if data.basis:
        text += f"（依据{data.basis}）"
    elif data.decided_on:
        text += f"（{chinese_date(data.decided_on)}审定）"
    return text
