"""What the scheme leaves open, as settings; frozen into a year when its 村评 starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import Enum
from types import MappingProxyType
from typing import Any

from daomao_desktop.errors import FieldProblem

SETTING_NOTE = "方案未规定，可调整"
FIXED_NOTE = "方案规定，不能调整"


class MissingPolicy(Enum):
    """What becomes of a component without data; always named, whatever is chosen."""

    REWEIGH = "reweigh"
    ZERO = "zero"
    BLOCK = "block"

    @property
    def wording(self) -> str:
        return {"REWEIGH": "按其余项目折算", "ZERO": "按零分计", "BLOCK": "不计总分"}[self.name]


@dataclass(frozen=True, slots=True)
class SchemeSettings:
    """The defaults of the scoring, the notice and the deduction.

    Units: weights, maxima and ``adjustment_limit`` in whole points; ``*_loss``, ``*_gain`` and
    score thresholds in hundredths of a point; rates in hundredths of a percent; shares and
    coefficients in percent.
    """

    weight_roles: int = 40
    weight_tasks: int = 30
    weight_bottom_lines: int = 10
    weight_satisfaction: int = 20
    role_maxima: tuple[int, int, int, int, int, int] = (6, 6, 8, 8, 6, 6)  # D1 to D6
    adjustment_limit: int = 5
    funds_rule_loss: int = 200
    overdue_loss: int = 200
    commendation_gain: int = 200
    talk_loss: int = 200
    criticism_loss: int = 300
    circulated_loss: int = 500
    village_share: int = 70
    missing_policy: MissingPolicy = MissingPolicy.REWEIGH
    excellent_from: int = 9000
    excellent_rate: int = 8500
    incompetent_below: int = 6000
    incompetent_rate: int = 5000
    minimum_months: int = 6
    notice_days: int = 5
    deduction_percent: int = 20
    survey_basic_coefficient: int = 80
    survey_leaves_out_unknown: bool = True
    survey_fewest_ballots: int = 10

    def as_json(self) -> dict[str, Any]:
        """Plain values for the store; enums as their words, tuples as lists."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> SchemeSettings:
        """The inverse of as_json; what is missing takes its default.

        Raises ValueError for an unknown name or a value of the wrong type.
        """
        unknown = sorted(set(values) - set(SETTING_LABELS))
        if unknown:
            raise ValueError(f"没有名为“{unknown[0]}”的设置")
        defaults = cls()
        return cls(
            **{name: _typed(name, value, getattr(defaults, name)) for name, value in values.items()}
        )

    def problems(self) -> tuple[FieldProblem, ...]:
        """What makes these settings unusable, field by field."""
        found = [
            FieldProblem(name, f"{SETTING_LABELS[name]}应在 {low} 到 {high} 之间。")
            for name, (low, high) in _BOUNDS.items()
            if not low <= getattr(self, name) <= high
        ]
        weights = (
            self.weight_roles
            + self.weight_tasks
            + self.weight_bottom_lines
            + self.weight_satisfaction
        )
        if weights != 100:
            found.append(
                FieldProblem("weight_roles", f"四项分值之和应为 100 分，现在是 {weights} 分。")
            )
        if min(self.role_maxima) < 0 or sum(self.role_maxima) != self.weight_roles:
            found.append(
                FieldProblem(
                    "role_maxima",
                    f"六员各项满分之和应等于六员分值 {self.weight_roles} 分，"
                    f"现在是 {sum(self.role_maxima)} 分。",
                )
            )
        if self.incompetent_below > self.excellent_from:
            found.append(FieldProblem("incompetent_below", "不称职线不能高于优秀线。"))
        if self.incompetent_rate > self.excellent_rate:
            found.append(FieldProblem("incompetent_rate", "不称职满意率不能高于优秀满意率。"))
        if self.deduction_percent != 20:
            found.append(
                FieldProblem("deduction_percent", "方案规定扣除岗位补贴的 20%，不能调整。")
            )
        return tuple(found)


SETTING_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "weight_roles": "履行“六员”职责（分）",
        "weight_tasks": "上级任务（分）",
        "weight_bottom_lines": "“五必须五不准”（分）",
        "weight_satisfaction": "群众满意度（分）",
        "role_maxima": "六员各项满分（分）",
        "adjustment_limit": "加减分上限（分）",
        "funds_rule_loss": "三资管理每项要求未做到扣分",
        "overdue_loss": "任务每逾期一项扣分",
        "commendation_gain": "表彰一次加分",
        "talk_loss": "约谈一次扣分",
        "criticism_loss": "批评教育一次扣分",
        "circulated_loss": "通报曝光一次扣分",
        "village_share": "村评分占总分的比例（%）",
        "missing_policy": "没有资料的项目",
        "excellent_from": "优秀线（总分不低于）",
        "excellent_rate": "优秀满意率（不低于）",
        "incompetent_below": "不称职线（总分低于）",
        "incompetent_rate": "不称职满意率（低于）",
        "minimum_months": "参加评定最少任职月数",
        "notice_days": "公示工作日",
        "deduction_percent": "不称职扣除岗位补贴（%）",
        "survey_basic_coefficient": "基本满意折算系数（%）",
        "survey_leaves_out_unknown": "满意度得分不计“不了解”",
        "survey_fewest_ballots": "有效票少于此数作标注（张）",
    }
)
"""Every setting's Chinese label, in the order of the settings page."""

_BOUNDS = {
    "weight_roles": (0, 100),
    "weight_tasks": (0, 100),
    "weight_bottom_lines": (0, 100),
    "weight_satisfaction": (0, 100),
    "adjustment_limit": (0, 20),
    "funds_rule_loss": (0, 1000),
    "overdue_loss": (0, 1000),
    "commendation_gain": (0, 1000),
    "talk_loss": (0, 1000),
    "criticism_loss": (0, 1000),
    "circulated_loss": (0, 1000),
    "village_share": (0, 100),
    "excellent_from": (0, 10_000),
    "excellent_rate": (0, 10_000),
    "incompetent_below": (0, 10_000),
    "incompetent_rate": (0, 10_000),
    "minimum_months": (0, 12),
    "notice_days": (5, 60),
    "survey_basic_coefficient": (0, 100),
    "survey_fewest_ballots": (0, 1000),
}


def setting_note(name: str) -> str:
    """The words beside a setting: whether the scheme leaves it open or fixes it."""
    return FIXED_NOTE if name == "deduction_percent" else SETTING_NOTE


def _plain(value: object) -> Any:
    if isinstance(value, Enum):
        return value.value
    return list(value) if isinstance(value, tuple) else value


def _typed(name: str, value: object, default: object) -> Any:
    """The stored value as its type; True is not taken for 1."""
    label = SETTING_LABELS[name]
    if isinstance(default, Enum):
        try:
            return type(default)(value)
        except ValueError:
            raise ValueError(f"设置“{label}”的值无效") from None
    if isinstance(default, tuple):
        if (
            isinstance(value, list | tuple)
            and len(value) == len(default)
            and all(type(part) is int for part in value)
        ):
            return tuple(value)
    elif type(value) is type(default):
        return value
    raise ValueError(f"设置“{label}”的值无效")
