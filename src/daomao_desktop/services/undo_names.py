"""What a step is called, and which steps cannot be taken back: both derived from the trail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from daomao_desktop.domain.dates import chinese_date
from daomao_desktop.store import steps
from daomao_desktop.store.accounts import NOTICES, SCHEME, Operator
from daomao_desktop.store.audit import Action, AuditEntry
from daomao_desktop.store.engine import Session
from daomao_desktop.store.roster import Person
from daomao_desktop.store.steps import Net

# Kinds of records by what a step is about first: word, and the unit several are counted in.
_WORDS = {
    "person": ("小组长", "人"),
    "appointment": ("任职", "人"),
    "village": ("村", "个"),
    "village_group": ("村民小组", "个"),
    "town": ("镇的资料", "份"),
    "post_subsidy": ("岗位补贴", "条"),
    "duty_record": ("履职记录", "条"),
    "finding": ("底线发现", "条"),
    "assessment": ("年度考核", "人"),
    "evidence_line": ("考核依据", "条"),
    "assessment_year": ("考核年度", "个"),
    "year_step": ("考核步骤", "步"),
    "issued_document": ("文书", "份"),
    "number_series": ("起始号", "个"),
    "setting": ("设置", "项"),
    "operator": ("操作员", "人"),
}
_OTHER = ("记录", "条")
_VERBS = {
    Action.ADD: "新增",
    Action.CHANGE: "修改",
    Action.REMOVE: "删除",
    Action.RESTORE: "恢复",
    Action.DELETE: "删除",
}
# Columns that make a change of a kind a thing of its own, the first that fits.
_SPECIAL = {
    "appointment": (("ended", "登记卸任"),),
    "assessment": (
        ("corrected_from", "更正等次"),
        ("decision", "保存等次"),
        ("proposal", "保存建议等次"),
        ("points", "保存考核评分"),
        ("satisfaction_rate", "保存考核评分"),
    ),
}
_SETTINGS = {SCHEME: "方案数值", NOTICES: "文书设置"}
_LONGEST = 24
_NO_ACCOUNT = "操作员和口令的改动不能撤销，请在“系统”里改回。"
_NO_SETTING = "这项设置的改动不能撤销，请在“系统”里改回。"


def step_name(session: Session, entries: Sequence[AuditEntry]) -> str:
    """修改履职记录（符毅 1月5日）, 导入花名册（23 人）, 删除履职记录（5 条）."""
    changed = steps.net(entries)
    kinds = {one.kind for one in changed}
    noted = next((one["what"] for one in steps.notes(entries) if "what" in one), "")
    kind = next((kind for kind in (*_WORDS, *sorted(kinds)) if kind in kinds), None)
    if kind is None:
        return noted
    about = [one for one in changed if one.kind == kind]
    title = noted or _title(kind, about, entries)
    if len(about) > 1:
        return f"{title}（{len(about)} {_WORDS.get(kind, _OTHER)[1]}）"
    detail = _detail(session, about[0])
    return f"{title}（{detail}）" if detail else title


def kind_word(kind: str) -> str:
    """What records of a table are called."""
    return _WORDS.get(kind, _OTHER)[0]


def refusal(session: Session, entries: Sequence[AuditEntry]) -> str | None:
    """Why the step cannot be taken back by its nature, or None."""
    found = {one.kind: reason for one in steps.net(entries) if (reason := _fixed(session, one))}
    if found:  # what the step is about first: a paper, not its number
        return next((found[kind] for kind in _WORDS if kind in found), None)
    about_accounts = [entry for entry in entries if entry.area == "accounts"]
    if any("step" not in noted for noted in steps.notes(about_accounts)):
        return _NO_ACCOUNT
    return None


def happened(session: Session, entry: AuditEntry) -> str:
    """What came later, by whom and when, as the beginning of a sentence."""
    actor = session.get(Operator, entry.actor) if entry.actor else None
    who = actor.name if actor else "本程序"
    at = entry.at.astimezone()
    verb = "推进或退回" if entry.kind == "year_step" else _VERBS.get(Action(entry.action), "修改")
    return f"这之后{who}在{chinese_date(at)} {at:%H:%M}又{verb}了{kind_word(entry.kind)}"


def _title(kind: str, about: Sequence[Net], entries: Sequence[AuditEntry]) -> str:
    columns = {
        name
        for one in about
        for name in (one.before or {}) | (one.after or {})
        if one.before is None or (one.after or {}).get(name) != one.before.get(name)
    }
    for column, title in _SPECIAL.get(kind, ()):
        values = [(one.after or {}).get(column) for one in about]
        if column in columns and any(value is not None for value in values):
            return title
    if kind == "setting":
        return "修改设置"
    verbs = {_VERBS[Action(entry.action)] for entry in entries if entry.kind == kind}
    return (verbs.pop() if len(verbs) == 1 else "修改") + kind_word(kind)


def _detail(session: Session, one: Net) -> str:
    """Whose record it is and of which day; a name, where it has one."""
    values = _values(session, one)
    name = values.get("name") or values.get("title") or _SETTINGS.get(values.get("key") or "", "")
    uid = values.get("person_uid")
    if uid:
        person = session.get(Person, uid)
        name = person.name if person else ""
    on = values.get("on")
    if isinstance(on, str):
        on = date.fromisoformat(on)
    day = f"{on.month}月{on.day}日" if isinstance(on, date) else ""
    shown = str(name) if len(str(name)) <= _LONGEST else f"{str(name)[:_LONGEST]}…"
    return " ".join(part for part in (shown, day) if part)


def _values(session: Session, one: Net) -> dict[str, Any]:
    """The record as it is, or as it was when the step ended its existence."""
    kept = steps.record(session, one.kind, one.uid)
    known = {**(one.before or {}), **(one.after or {})}
    wanted = ("name", "title", "person_uid", "on", "key")
    return {name: known.get(name) if kept is None else getattr(kept, name, None) for name in wanted}


def _fixed(session: Session, one: Net) -> str | None:
    """Why this record cannot go back, or None."""
    match one.kind:
        case "year_step":
            return "考核步骤的推进和退回不能撤销；需要退回的，请在“年度考核”里退回。"
        case "issued_document" if _was_signed(one):
            return "文书的签发、作废和送达不能撤销；签发错了请作废，送达填错了请重新登记。"
        case "number_series":
            return "发文编号的改动不能撤销，请重新设置起始号。"
        case "operator":
            return _NO_ACCOUNT
        case "setting" if _setting(session, one) not in _SETTINGS:
            return _NO_SETTING
    return None


def _was_signed(one: Net) -> bool:
    """Whether a paper was signed off, voided or delivered; a draft comes and goes."""
    return any(steps.signed(columns) for columns in (one.before, one.after) if columns)


def _setting(session: Session, one: Net) -> str:
    return str(_values(session, one).get("key") or "")
