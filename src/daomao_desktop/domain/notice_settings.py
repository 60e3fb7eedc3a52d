"""What the scheme leaves open about documents, as an office setting for documents to come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import Enum
from types import MappingProxyType
from typing import Any

from daomao_desktop.errors import FieldProblem


class CommendationForm(Enum):
    """How a town commends those graded 优秀 (R1); the higher authority may leave it only praise."""

    CIRCULAR = "表彰通报"
    DECISION = "表彰决定"
    PRAISE = "通报表扬"

    @property
    def code(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class NoticeSettings:
    """Days are calendar days from receipt: to object, and to hand in the written report."""

    commendation_form: CommendationForm = CommendationForm.CIRCULAR
    objection_days: int = 15
    rectify_days: int = 30

    def as_json(self) -> dict[str, Any]:
        """Plain values for the store."""
        return {
            "commendation_form": self.commendation_form.code,
            "objection_days": self.objection_days,
            "rectify_days": self.rectify_days,
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> NoticeSettings:
        """The inverse of as_json; what is missing takes its default.

        Raises ValueError for an unknown name or a value of the wrong type.
        """
        unknown = sorted(set(values) - {field.name for field in fields(cls)})
        if unknown:
            raise ValueError(f"没有名为“{unknown[0]}”的文书设置")
        known = dict(values)
        if "commendation_form" in known:
            forms = {form.code: form for form in CommendationForm}
            if known["commendation_form"] not in forms:
                raise ValueError("文书设置“表彰形式”的值无效")
            known["commendation_form"] = forms[known["commendation_form"]]
        for name in BOUNDS:
            if name in known and type(known[name]) is not int:
                raise ValueError(f"文书设置“{NOTICE_LABELS[name]}”的值无效")
        return cls(**known)

    def problems(self) -> tuple[FieldProblem, ...]:
        """What makes these settings unusable, field by field."""
        return tuple(
            FieldProblem(name, f"{NOTICE_LABELS[name]}应在 {low} 到 {high} 之间。")
            for name, (low, high) in BOUNDS.items()
            if not low <= getattr(self, name) <= high
        )


NOTICE_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "commendation_form": "表彰形式",
        "objection_days": "提出异议的期限（天）",
        "rectify_days": "提交书面整改报告的期限（天）",
    }
)

BOUNDS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"objection_days": (3, 90), "rectify_days": (3, 180)}
)
"""The least and the most a setting may be."""
