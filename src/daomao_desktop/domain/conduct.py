"""The bottom lines (五必须五不准, B1–B5): findings and what they cost in the assessment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from daomao_desktop.domain.scheme import BottomLine, Side
from daomao_desktop.domain.scheme_settings import SchemeSettings
from daomao_desktop.errors import FieldProblem

LONGEST_TEXT = 2000


@dataclass(frozen=True, slots=True)
class FindingDraft:
    """A finding as typed; ``grave`` is a veto in the assessment once it is confirmed."""

    person_uid: str
    group_uid: str
    bottom_line: BottomLine | None
    side: Side | None
    on: date | None
    facts: str
    source: str | None = None
    confirmed: bool = False
    grave: bool = False


def check_finding(draft: FindingDraft, today: date) -> tuple[FieldProblem, ...]:
    """What stops the draft from being kept, field by field."""
    problems = []
    if not draft.person_uid:
        problems.append(FieldProblem("person_uid", "请选择村民小组长。"))
    if not draft.group_uid:
        problems.append(FieldProblem("group_uid", "请选择村民小组。"))
    if draft.bottom_line is None:
        problems.append(FieldProblem("bottom_line", "请选择“五必须五不准”中的一条。"))
    if draft.side is None:
        problems.append(FieldProblem("side", "请选择是“必须”未做到，还是违反“不准”。"))
    if draft.on is None:
        problems.append(FieldProblem("on", "请填写日期，如“2026-1-15”。"))
    elif draft.on > today:
        problems.append(FieldProblem("on", "日期不能晚于今天。"))
    if not tells(draft.facts):
        problems.append(FieldProblem("facts", "请写明事实。"))
    elif len(draft.facts) > LONGEST_TEXT:
        problems.append(FieldProblem("facts", f"事实不能超过{LONGEST_TEXT}个字。"))
    return tuple(problems)


def tells(fact: str) -> bool:
    """Whether there is a word or a figure in it: a mark alone is no fact."""
    return any(character.isalnum() for character in fact)


class CountedFinding(Protocol):
    """What the assessment asks of a finding, kept or still a draft."""

    @property
    def bottom_line(self) -> BottomLine | None: ...
    @property
    def confirmed(self) -> bool: ...
    @property
    def grave(self) -> bool: ...


def pairs_broken(findings: Iterable[CountedFinding]) -> tuple[BottomLine, ...]:
    """The pairs with a confirmed finding, in the scheme's order."""
    broken = {finding.bottom_line for finding in findings if finding.confirmed}
    return tuple(pair for pair in BottomLine if pair in broken)


def bottom_line_points(findings: Iterable[CountedFinding], settings: SchemeSettings) -> int:
    """Hundredths of a point: a fifth of the weight for each pair without a confirmed finding."""
    kept = len(BottomLine) - len(pairs_broken(findings))
    return settings.weight_bottom_lines * 100 * kept // len(BottomLine)


def is_veto(findings: Iterable[CountedFinding]) -> bool:
    """Whether a confirmed grave breach bars every grade but 不称职."""
    return any(finding.confirmed and finding.grave for finding in findings)
