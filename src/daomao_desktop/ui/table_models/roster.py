"""The columns of the leaders' table."""

from __future__ import annotations

from daomao_desktop.services.roster import LeaderRow
from daomao_desktop.ui.table_models.base import Column, Tone, chinese_key


def place_key(village: str, number: int | None, group: str) -> tuple[bytes, bool, int, bytes]:
    """Sorts groups by village, then by number, named ones last."""
    return (chinese_key(village), number is None, number or 0, chinese_key(group))


def leader_columns(*, town: bool, former: bool = False) -> tuple[Column[LeaderRow], ...]:
    """The columns; a town office also shows the village, former leaders when and why they left."""
    columns: list[Column[LeaderRow]] = []
    if town:
        columns.append(Column("村", lambda r: r.village))
    columns += [
        Column("村民小组", lambda r: r.group, lambda r: place_key("", r.group_number, r.group)),
        Column("姓名", lambda r: r.name, lambda r: (r.pinyin, r.name)),
        Column(
            "核实",
            lambda r: "待核实" if r.to_verify else "",
            tone=lambda r: Tone.WARN if r.to_verify else None,
            tip=lambda r: "\n".join(r.to_verify),
        ),
        Column("性别", lambda r: r.sex.value if r.sex else ""),
        Column("年龄", lambda r: str(r.age or ""), lambda r: r.age, right=True),
        Column("政治面貌", lambda r: r.political_status.value if r.political_status else ""),
        Column("文化程度", lambda r: r.education or ""),
        Column(
            "任职时间",
            lambda r: r.started.iso if r.started else "",
            lambda r: r.started.iso if r.started else None,
        ),
    ]
    if former:
        columns += [
            Column("卸任日期", lambda r: day_text(r.ended), lambda r: r.ended),
            Column("原因", lambda r: r.end_reason.value if r.end_reason else ""),
        ]
    else:
        columns.append(Column("届满", lambda r: day_text(r.term_ends), lambda r: r.term_ends))
    columns += [
        Column("联系电话", lambda r: r.phone or ""),
        Column(
            "月补贴（元）",
            lambda r: str(r.monthly) if r.monthly else "",
            lambda r: r.monthly.fen if r.monthly else None,
            right=True,
        ),
        Column("备注", lambda r: r.remark or ""),
    ]
    return tuple(columns)


def day_text(day: object) -> str:
    """A day as tables show it: 2026-01-15; empty for none."""
    return "" if day is None else str(day)
