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


class CertificateStyle(Enum):
    """What of a certificate is printed: all of it, or what a blank bought printed lacks."""

    BORDER = "印花边"
    BLANK = "套打：纸上已有花边和标题"
    UNTITLED_BLANK = "套打：纸上已有花边，没有标题"

    @property
    def code(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class NoticeSettings:
    """Days are calendar days from receipt: to object, and to hand in the written report.

    ``certificate_right``, ``certificate_down``: millimetres by which text on a printed blank is
    moved (below 0: left, up); with the border printed they do not count.
    """

    commendation_form: CommendationForm = CommendationForm.CIRCULAR
    objection_days: int = 15
    rectify_days: int = 30
    certificate_style: CertificateStyle = CertificateStyle.BORDER
    certificate_right: int = 0
    certificate_down: int = 0

    def as_json(self) -> dict[str, Any]:
        """Plain values for the store."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value.code if name in CHOICES else value for name, value in values.items()}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> NoticeSettings:
        """The inverse of as_json; what is missing takes its default.

        Raises ValueError for an unknown name or a value of the wrong type.
        """
        unknown = sorted(set(values) - {field.name for field in fields(cls)})
        if unknown:
            raise ValueError(f"没有名为“{unknown[0]}”的文书设置")
        known = dict(values)
        for name, choices in CHOICES.items():
            if name in known:
                found = [one for one in choices if one.code == known[name]]
                if not found:
                    raise ValueError(f"文书设置“{NOTICE_LABELS[name]}”的值无效")
                known[name] = found[0]
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
        "certificate_style": "证书样式",
        "certificate_right": "套打时文字右移（毫米）",
        "certificate_down": "套打时文字下移（毫米）",
    }
)

CHOICES: Mapping[str, type[CommendationForm] | type[CertificateStyle]] = MappingProxyType(
    {"commendation_form": CommendationForm, "certificate_style": CertificateStyle}
)
"""The settings that are one of several."""

MOST_MOVED = 15
"""Millimetres: so far a certificate's text stays on the part of the sheet that printers reach."""

BOUNDS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "objection_days": (3, 90),
        "rectify_days": (3, 180),
        "certificate_right": (-MOST_MOVED, MOST_MOVED),
        "certificate_down": (-MOST_MOVED, MOST_MOVED),
    }
)
"""The least and the most a setting may be."""
