"""The words of the 2022 scheme of 大茂镇 as enums: roles, bottom lines, grades, measures, training.

Every member's value is the wording the scheme uses; ``clause`` is the id of ``docs/clauses.md``.
"""

from __future__ import annotations

from enum import Enum


class Role(Enum):
    """六员: the six roles of a group leader (scheme, part two, section two)."""

    PUBLICITY = "政策宣传员"
    OPINION = "民意收集员"
    MEDIATION = "纠纷调解员"
    FUNDS = "“三资”管理员"
    CONVENER = "会议召集员"
    DEVELOPMENT = "发展统筹员"

    @property
    def clause(self) -> str:
        """D1 to D6, in the scheme's order."""
        return f"D{list(Role).index(self) + 1}"


class BottomLine(Enum):
    """五必须五不准: five pairs (scheme, part two, section one); the value is the clause id."""

    OBEDIENCE = "B1"
    DILIGENCE = "B2"
    SERVICE = "B3"
    FAIRNESS = "B4"
    INTEGRITY = "B5"

    @property
    def clause(self) -> str:
        return self.value

    @property
    def must(self) -> str:
        """The 必须 side, as printed."""
        return _PAIRS[self.value][0]

    @property
    def must_not(self) -> str:
        """The 不准 side, as printed."""
        return _PAIRS[self.value][1]


_PAIRS = {
    "B1": ("必须服从安排，听党指挥", "不准另搞一套、阳奉阴违"),
    "B2": ("必须恪尽职守，实干担当", "不准脱岗离责，弄虚作假"),
    "B3": ("必须心怀群众，为民办事", "不准漠视群众，为己省事"),
    "B4": ("必须依法治村，公平公正", "不准徇私枉法，优亲厚友"),
    "B5": ("必须清正廉洁，严守底线", "不准滥用职权，逾越红线"),
}


class Side(Enum):
    """Which half of a pair a finding concerns."""

    MUST = "必须未做到"
    MUST_NOT = "违反不准"


class Grade(Enum):
    """年度考核等次 (A3), and 不定等次 for those who cannot be graded that year."""

    EXCELLENT = "优秀"
    COMPETENT = "称职"
    INCOMPETENT = "不称职"
    UNGRADED = "不定等次"

    @property
    def counts(self) -> bool:
        """Whether the person is part of N, the number the ten per cent are taken of."""
        return self is not Grade.UNGRADED


class YearState(Enum):
    """States of an assessment year, in order."""

    PREPARING = "筹备"
    VILLAGE = "村评"
    REPORTED = "上报"
    TOWN = "镇审"
    DECIDED = "镇定"
    PUBLIC_NOTICE = "公示"
    IN_FORCE = "生效"
    ARCHIVED = "归档"

    @property
    def order(self) -> int:
        return list(YearState).index(self)

    @property
    def next(self) -> YearState | None:
        states = list(YearState)
        return states[self.order + 1] if self.order + 1 < len(states) else None


class Edition(Enum):
    """Which office this installation serves."""

    VILLAGE = "村"
    TOWN = "镇"


class Sex(Enum):
    MALE = "男"
    FEMALE = "女"


class PoliticalStatus(Enum):
    """政治面貌 (GB/T 4762 short names)."""

    MEMBER = "中共党员"
    PROBATIONARY = "中共预备党员"
    LEAGUE = "共青团员"
    DEMOCRATIC = "民主党派"
    INDEPENDENT = "无党派人士"
    MASSES = "群众"

    @property
    def in_party(self) -> bool:
        return self in (PoliticalStatus.MEMBER, PoliticalStatus.PROBATIONARY)


class HowChosen(Enum):
    """How an appointment came about; leaders are elected, the program only records it (P2)."""

    ELECTED = "推选"
    BY_ELECTION = "补选"


class EndReason(Enum):
    """Why an appointment ended."""

    TERM = "任期届满"
    RESIGNED = "辞职"
    REMOVED = "罢免"
    MOVED = "调整"
    DECEASED = "去世"
    OTHER = "其他"


class Measure(Enum):
    """Supervision measures (S1, S2), from mild to harsh."""

    TALK = "谈话提醒"
    ADMONITION = "约谈提醒"
    CRITICISM = "批评教育"
    CIRCULATED = "通报曝光"
    DISCIPLINE = "处分结果"


class TrainingOccasion(Enum):
    """Occasions of village training (T2)."""

    MEETINGS = "三会一课"
    ORGANISATION_LIFE = "组织生活会"
    TELEVISION = "乡村振兴电视夜校"
    OPEN_PROCEDURE = "四议两公开"
    REGULAR = "村民小组长例会"


class TrainingContent(Enum):
    """What training is to raise (T3)."""

    POLITICAL = "政治水平"
    POLICY = "政策水平"
    ABILITY = "办事能力"
