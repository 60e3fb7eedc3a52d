"""The columns of a year's table of leaders."""

from __future__ import annotations

from daomao_desktop.domain.scheme import Grade
from daomao_desktop.services.assessment import AssessmentRow
from daomao_desktop.ui.table_models.base import Column, Tone
from daomao_desktop.ui.widgets.fields import points_text

_ORDER = list(Grade)


def assessment_columns(*, town: bool) -> tuple[Column[AssessmentRow], ...]:
    """Scores, suggestion, proposal, decision, and the mark of a two-year run."""
    village: list[Column[AssessmentRow]] = [Column("村", lambda r: r.village)] if town else []
    return (
        *village,
        Column("村民小组", lambda r: r.group),
        Column("姓名", lambda r: r.name),
        Column(
            "建议等次",
            lambda r: grade_text(r.proposal),
            lambda r: grade_order(r.proposal),
            tone=lambda r: grade_tone(r.proposal),
            tip=lambda r: r.proposal_reason or "",
        ),
        Column(
            "确定等次",
            lambda r: grade_text(r.decision) + ("（更正）" if r.corrected_from else ""),
            lambda r: grade_order(r.decision),
            tone=lambda r: grade_tone(r.decision),
            tip=lambda r: correction(r) or r.decision_reason or r.source or "",
        ),
        Column(
            "提示",
            hint,
            tone=lambda r: Tone.ERROR if r.run else Tone.WARN if hint(r) else None,
        ),
        Column(
            "参考等次",
            lambda r: grade_text(r.suggestion.grade),
            lambda r: grade_order(r.suggestion.grade),
            tone=lambda _row: Tone.MUTED,
            tip=lambda r: "\n".join(r.suggestion.reasons),
        ),
        Column(
            "村评分",
            lambda r: points_text(r.village_score),
            lambda r: r.village_score,
            right=True,
        ),
        Column("镇日常分", lambda r: points_text(r.town_score), lambda r: r.town_score, right=True),
        Column("总分", lambda r: points_text(r.total), lambda r: r.total, right=True),
        Column("任职月数", lambda r: str(r.months), lambda r: r.months, right=True),
    )


def hint(row: AssessmentRow) -> str:
    """What the committee must see at this person."""
    if row.run:
        return "连续两年不称职"
    if row.review:
        return "不称职有间断，需人工核对"
    if row.too_short:
        return "任职不足，不定等次"
    return ""


def correction(row: AssessmentRow) -> str:
    """Both values of a corrected grade and why."""
    if row.corrected_from is None:
        return ""
    return f"由“{row.corrected_from.value}”更正：{row.correction_reason or ''}"


def grade_text(grade: Grade | None) -> str:
    return grade.value if grade else ""


def grade_order(grade: Grade | None) -> int | None:
    return _ORDER.index(grade) if grade else None


def grade_tone(grade: Grade | None) -> Tone | None:
    """优秀 and 不称职 stand out; the word says which."""
    if grade is None:
        return None
    return {
        Grade.EXCELLENT: Tone.GOOD,
        Grade.INCOMPETENT: Tone.ERROR,
        Grade.UNGRADED: Tone.MUTED,
    }.get(grade)
