"""The satisfaction survey: rate and score from counts; no single ballot is ever kept."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from daomao_desktop.domain.scheme_settings import SchemeSettings
from daomao_desktop.domain.scoring import figure, rounded
from daomao_desktop.errors import FieldProblem


@dataclass(frozen=True, slots=True)
class SurveyCounts:
    """Ballots of one leader and year: issued, returned, void, and the four answers."""

    issued: int
    returned: int
    void: int
    satisfied: int
    basic: int
    dissatisfied: int
    unknown: int

    @property
    def valid(self) -> int:
        """V = returned − void."""
        return self.returned - self.void

    def problems(self) -> tuple[FieldProblem, ...]:
        """What cannot be true of these counts, field by field."""
        found = [
            FieldProblem(name, "票数不能是负数。")
            for name in self.__slots__
            if getattr(self, name) < 0
        ]
        if self.returned > self.issued:
            found.append(FieldProblem("returned", "收回不能多于发出，请核对。"))
        if self.void > self.returned:
            found.append(FieldProblem("void", "废票不能多于收回，请核对。"))
        answers = self.satisfied + self.basic + self.dissatisfied + self.unknown
        if not found and answers != self.valid:
            found.append(
                FieldProblem(
                    "satisfied", f"四项合计 {answers} 票，应等于有效票 {self.valid} 票，请核对。"
                )
            )
        return tuple(found)


@dataclass(frozen=True, slots=True)
class SurveyResult:
    """``rate`` in hundredths of a percent and ``score`` in hundredths; None: 测评无效.

    ``marks`` name what weakens the figures; ``formula`` is printed beside them.
    """

    valid: int
    rate: int | None
    score: int | None
    marks: tuple[str, ...]
    formula: str


def survey_result(counts: SurveyCounts, settings: SchemeSettings) -> SurveyResult:
    """Rate (a+b)/V and score (100a+80b)/(V−d). Raises ValueError for impossible counts."""
    problems = counts.problems()
    if problems:
        raise ValueError(problems[0].sentence)
    valid = counts.valid
    divisor = valid - (counts.unknown if settings.survey_leaves_out_unknown else 0)
    if divisor == 0:
        return SurveyResult(valid, None, None, ("测评无效：没有可计分的有效票。",), "测评无效")
    rate = rounded(Fraction((counts.satisfied + counts.basic) * 10_000, valid))
    weighed = 100 * counts.satisfied + settings.survey_basic_coefficient * counts.basic
    score = rounded(Fraction(weighed * 100, divisor))
    return SurveyResult(
        valid, rate, score, _marks(counts, settings), _formula(counts, settings, rate, score)
    )


def formula_in_words(settings: SchemeSettings) -> str:
    """How rate and score are computed, printed where the counts are not at hand."""
    divisor = "（有效票－不了解）" if settings.survey_leaves_out_unknown else "有效票"
    return (
        "满意率＝（满意＋基本满意）÷有效票；"
        f"测评得分＝（100×满意＋{settings.survey_basic_coefficient}×基本满意）÷{divisor}"
    )


def _marks(counts: SurveyCounts, settings: SchemeSettings) -> tuple[str, ...]:
    marks = []
    if counts.valid < settings.survey_fewest_ballots:
        marks.append(f"有效票 {counts.valid} 张，少于 {settings.survey_fewest_ballots} 张。")
    if counts.returned * 3 < counts.issued * 2:
        marks.append(f"收回 {counts.returned} 张，不到发出 {counts.issued} 张的三分之二。")
    return tuple(marks)


def _formula(counts: SurveyCounts, settings: SchemeSettings, rate: int, score: int) -> str:
    """How both figures came about, with the settings they depend on."""
    a, b, valid = counts.satisfied, counts.basic, counts.valid
    leaves_out = settings.survey_leaves_out_unknown
    divisor = f"({valid}－{counts.unknown})" if leaves_out else f"{valid}"
    unknown = "不计" if leaves_out else "计入"
    return (
        f"满意率＝({a}＋{b})÷{valid}＝{figure(rate)}%；"
        f"得分＝(100×{a}＋{settings.survey_basic_coefficient}×{b})÷{divisor}＝{figure(score)}"
        f"（基本满意按 {settings.survey_basic_coefficient}% 折算，{unknown}“不了解”）"
    )
