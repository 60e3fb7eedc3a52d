"""Duty records: what a leader did in one of the six roles (D1–D6)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from daomao_desktop.domain.numerals import half_width
from daomao_desktop.domain.scheme import Role
from daomao_desktop.errors import FieldProblem

LONGEST_TEXT = 2000


@dataclass(frozen=True, slots=True)
class DutyDraft:
    """A duty record as typed, common fields of all six roles."""

    person_uid: str
    group_uid: str
    role: Role | None
    on: date | None
    content: str
    place: str | None = None
    result: str | None = None
    remark: str | None = None


def check_duty(draft: DutyDraft, today: date) -> tuple[FieldProblem, ...]:
    """What stops the draft from being kept, field by field."""
    problems = []
    if not draft.person_uid:
        problems.append(FieldProblem("person_uid", "请选择村民小组长。"))
    if not draft.group_uid:
        problems.append(FieldProblem("group_uid", "请选择村民小组。"))
    if draft.role is None:
        problems.append(FieldProblem("role", "请选择“六员”中的一项职责。"))
    if draft.on is None:
        problems.append(FieldProblem("on", "请填写日期，如“2026-1-15”。"))
    elif draft.on > today:
        problems.append(FieldProblem("on", "日期不能晚于今天。"))
    if not draft.content.strip():
        problems.append(FieldProblem("content", "请填写做了什么。"))
    for field, what, text in (
        ("content", "内容", draft.content),
        ("result", "结果", draft.result),
        ("remark", "备注", draft.remark),
    ):
        if text and len(text) > LONGEST_TEXT:
            problems.append(FieldProblem(field, f"{what}不能超过{LONGEST_TEXT}个字。"))
    return tuple(problems)


_QUOTES = re.compile("[\\s“”\"'‘’「」『』《》()]")
_NUMBERED = re.compile(r"[D#]?0?([1-6])[.、:)]?")


def parse_role(text: str) -> Role:
    """政策宣传员, 政策宣传, “三资”管理员, 三资, D4, 4 … Raises ValueError with a sentence."""
    plain = _QUOTES.sub("", half_width(text)).upper()
    numbered = _NUMBERED.fullmatch(plain)
    if numbered is not None:
        return list(Role)[int(numbered.group(1)) - 1]
    word = re.sub(r"^[D#]?0?[1-6][.、:]?", "", plain)
    for role in Role:
        full = _QUOTES.sub("", role.value)
        if word in (full, full.removesuffix("员"), full[:2], f"{full[:2]}员"):
            return role
    raise ValueError(f"“{text.strip()}” 不是“六员”中的职责")
