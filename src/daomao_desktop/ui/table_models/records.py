"""The columns of duty records and of findings."""

from __future__ import annotations

from daomao_desktop.domain.scheme import Role
from daomao_desktop.services.conduct import FindingRow
from daomao_desktop.services.duties import DutyRow
from daomao_desktop.ui.table_models.base import Column, Tone
from daomao_desktop.ui.table_models.roster import day_text

_ROLES = list(Role)


def duty_columns(*, town: bool) -> tuple[Column[DutyRow], ...]:
    """Newest first as they come; every column sorts."""
    village: list[Column[DutyRow]] = [Column("村", lambda r: r.village)] if town else []
    return (
        Column("日期", lambda r: day_text(r.on), lambda r: r.on),
        *village,
        Column("村民小组", lambda r: r.group),
        Column("姓名", lambda r: r.name, lambda r: (r.pinyin, r.name)),
        Column("职责", lambda r: r.role.value, lambda r: _ROLES.index(r.role)),
        Column("内容", lambda r: one_line(r.content), grows=True, tip=lambda r: r.content),
        Column("地点", lambda r: r.place or ""),
        Column("结果", lambda r: one_line(r.result or ""), tip=lambda r: r.result or ""),
        Column("备注", lambda r: r.remark or ""),
    )


def finding_columns(*, town: bool) -> tuple[Column[FindingRow], ...]:
    """Confirmed or not is said in words."""
    village: list[Column[FindingRow]] = [Column("村", lambda r: r.village)] if town else []
    return (
        Column("日期", lambda r: day_text(r.on), lambda r: r.on),
        *village,
        Column("村民小组", lambda r: r.group),
        Column("姓名", lambda r: r.name, lambda r: (r.pinyin, r.name)),
        Column(
            "条款",
            lambda r: r.bottom_line.must.split("，", maxsplit=1)[0],
            lambda r: r.bottom_line.value,
            tip=lambda r: f"{r.bottom_line.must}；{r.bottom_line.must_not}",
        ),
        Column("情形", lambda r: r.side.value),
        Column(
            "核实",
            lambda r: "已核实" if r.confirmed else "未核实",
            tone=lambda r: None if r.confirmed else Tone.WARN,
        ),
        Column(
            "程度",
            lambda r: "严重" if r.grave else "",
            tone=lambda r: Tone.ERROR if r.grave else None,
        ),
        Column("事实", lambda r: one_line(r.facts), grows=True, tip=lambda r: r.facts),
        Column("来源", lambda r: r.source or ""),
    )


def one_line(text: str) -> str:
    """A text of several lines as a table shows it."""
    return " ".join(text.split())
