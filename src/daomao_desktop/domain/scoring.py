"""Points per component and the scores of village and town, in hundredths (A1, A2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from daomao_desktop.domain.numerals import half_width
from daomao_desktop.domain.scheme import Measure, Role
from daomao_desktop.domain.scheme_settings import MissingPolicy, SchemeSettings


class Component(Enum):
    """What points are given for; the value is the key the store keeps."""

    D1 = "D1"
    D2 = "D2"
    D3 = "D3"
    D4 = "D4"
    D5 = "D5"
    D6 = "D6"
    TASKS = "TASKS"
    BOTTOM_LINES = "BOTTOM_LINES"
    SATISFACTION = "SATISFACTION"
    ADJUSTMENT = "ADJUSTMENT"

    @property
    def role(self) -> Role | None:
        """The role a D component scores."""
        return next((role for role in Role if role.clause == self.value), None)

    @property
    def label(self) -> str:
        """As shown: the role's wording, or what else is scored."""
        return self.role.value if self.role is not None else _LABELS[self.value]

    @classmethod
    def of(cls, role: Role) -> Component:
        return cls(role.clause)


_LABELS = {
    "TASKS": "上级任务完成情况",
    "BOTTOM_LINES": "落实“五必须五不准”情况",
    "SATISFACTION": "群众满意度",
    "ADJUSTMENT": "加减分",
}
_WEIGHED = tuple(component for component in Component if component is not Component.ADJUSTMENT)


def maximum(component: Component, settings: SchemeSettings) -> int:
    """The most points of a component, in hundredths."""
    if component.role is not None:
        return settings.role_maxima[list(Role).index(component.role)] * 100
    return 100 * {
        Component.TASKS: settings.weight_tasks,
        Component.BOTTOM_LINES: settings.weight_bottom_lines,
        Component.SATISFACTION: settings.weight_satisfaction,
    }.get(component, settings.adjustment_limit)


def points_problem(component: Component, points: int, settings: SchemeSettings) -> str | None:
    """Why these hundredths cannot be entered for the component, as a sentence, or None."""
    high = maximum(component, settings)
    low = -high if component is Component.ADJUSTMENT else 0
    if low <= points <= high:
        return None
    return f"“{component.label}”应在 {figure(low)} 到 {figure(high)} 分之间。"


def figure(hundredths: int) -> str:
    """9250 as 92.50: points and rates as printed."""
    sign = "-" if hundredths < 0 else ""
    return f"{sign}{abs(hundredths) // 100}.{abs(hundredths) % 100:02d}"


def parse_score(text: str) -> int:
    """92.5 as 9250 hundredths; more than two decimals or above 100 raise ValueError."""
    plain = half_width(text).strip().removesuffix("分").strip()
    whole, _, decimals = plain.partition(".")
    decimals = decimals.rstrip("0")
    digits = whole + decimals
    if not (whole and digits.isascii() and digits.isdigit()) or len(decimals) > 2:
        raise ValueError(f"“{text.strip()}” 不是 0 到 100 的分数")
    score = int(whole) * 100 + int(decimals.ljust(2, "0"))
    if score > 10_000:
        raise ValueError(f"“{text.strip()}” 不是 0 到 100 的分数")
    return score


def rounded(value: Fraction) -> int:
    """Half up (away from zero)."""
    doubled = abs(value) * 2
    whole = (doubled.numerator + doubled.denominator) // (2 * doubled.denominator)
    return -whole if value < 0 else whole


def funds_points(entered: int, rules_not_met: int, settings: SchemeSettings) -> int:
    """D4 in hundredths: what the branch entered less 2 points for each of D4a–d not met."""
    return max(0, entered - rules_not_met * settings.funds_rule_loss)


def task_points(on_time: int, total: int, overdue: int, settings: SchemeSettings) -> int | None:
    """Hundredths: the share done on time of the weight, less 2 points each overdue.

    None where no tasks were given.
    """
    if total <= 0:
        return None
    share = rounded(Fraction(on_time * settings.weight_tasks * 100, total))
    return max(0, share - overdue * settings.overdue_loss)


def satisfaction_points(score: int, settings: SchemeSettings) -> int:
    """Hundredths: a survey score of 0 to 10,000 hundredths scaled to its weight."""
    return rounded(Fraction(score * settings.weight_satisfaction, 100))


def adjustment_points(
    commendations: int, measures: Iterable[Measure], settings: SchemeSettings
) -> int:
    """Hundredths, within the limit: commendations add, talks and harsher measures take away."""
    losses = {
        Measure.TALK: settings.talk_loss,
        Measure.ADMONITION: settings.talk_loss,
        Measure.CRITICISM: settings.criticism_loss,
        Measure.CIRCULATED: settings.circulated_loss,
        Measure.DISCIPLINE: settings.circulated_loss,
    }
    points = commendations * settings.commendation_gain
    points -= sum(losses[measure] for measure in measures)
    limit = settings.adjustment_limit * 100
    return max(-limit, min(limit, points))


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """The village's score: ``total`` in hundredths, rounded; None where nothing can be weighed.

    ``numerator``/``denominator``: the exact score in hundredths, for the town's total.
    """

    total: int | None
    missing: tuple[Component, ...]
    numerator: int = 0
    denominator: int = 1


def village_score(points: Mapping[Component, int | None], settings: SchemeSettings) -> ScoreSheet:
    """The four grounds of A1 out of 100 points, plus the adjustment, kept within 0 to 100.

    Full bottom-line points stand where nothing was found, so they alone are not yet data: with
    nothing else entered there is no score. What is missing is named and handled by the policy.
    """
    missing = tuple(component for component in _WEIGHED if points.get(component) is None)
    present = tuple(component for component in _WEIGHED if component not in missing)
    weight = sum(maximum(component, settings) for component in present)
    nothing = not any(component is not Component.BOTTOM_LINES for component in present)
    blocked = bool(missing) and settings.missing_policy is MissingPolicy.BLOCK
    if nothing or blocked or weight == 0:
        return ScoreSheet(None, missing)
    exact = Fraction(sum(points[component] or 0 for component in present))
    if settings.missing_policy is MissingPolicy.REWEIGH:
        full = sum(maximum(component, settings) for component in _WEIGHED)
        exact = exact * full / weight
    exact += points.get(Component.ADJUSTMENT) or 0
    exact = max(Fraction(0), min(Fraction(10_000), exact))
    return ScoreSheet(rounded(exact), missing, exact.numerator, exact.denominator)


def total_score(
    village: ScoreSheet | int | None, town: int | None, settings: SchemeSettings
) -> int | None:
    """70% of the village's score and 30% of the town's, in hundredths, rounded once.

    A side without a score follows the policy for missing data; None where neither has one.
    """
    shares = (Fraction(settings.village_share, 100), Fraction(100 - settings.village_share, 100))
    scores = (_exact(village), None if town is None else Fraction(town))
    known = [
        (score, share) for score, share in zip(scores, shares, strict=True) if score is not None
    ]
    if not known or (len(known) < 2 and settings.missing_policy is MissingPolicy.BLOCK):
        return None
    total = sum((score * share for score, share in known), Fraction(0))
    if settings.missing_policy is MissingPolicy.REWEIGH:
        weight = sum((share for _, share in known), Fraction(0))
        # A side that counts for nothing cannot be scaled up to the whole.
        if weight == 0:
            return None
        total /= weight
    return rounded(total)


def total_in_words(
    village: int | None, town: int | None, total: int | None, settings: SchemeSettings
) -> str:
    """How the total came about from both scores (hundredths), as printed; empty without one."""
    if total is None:
        return ""
    share, policy = settings.village_share, settings.missing_policy
    absent = "村评分" if village is None else "镇日常评分" if town is None else ""
    note = f"（没有{absent}，{policy.wording}）" if absent else ""
    if absent and policy is MissingPolicy.REWEIGH:
        return f"总分＝{'镇日常评分' if village is None else '村评分'}＝{figure(total)}{note}"
    parts = ((village or 0, share), (town or 0, 100 - share))
    products = "＋".join(f"{figure(score)}×{percent}%" for score, percent in parts)
    if not absent and rounded(Fraction(sum(score * part for score, part in parts), 100)) != total:
        note = "（按取两位小数前的村评分计算）"
    return f"总分＝{products}＝{figure(total)}{note}"


def _exact(village: ScoreSheet | int | None) -> Fraction | None:
    if isinstance(village, ScoreSheet):
        return None if village.total is None else Fraction(village.numerator, village.denominator)
    return None if village is None else Fraction(village)
