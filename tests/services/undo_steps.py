"""Every kind of step the tests of undo take: what comes before it, the step, its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from daomao_desktop.domain.conduct import FindingDraft
from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.duties import DutyDraft
from daomao_desktop.domain.freeform import FreeformDraft
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.notice_settings import NoticeSettings
from daomao_desktop.domain.scheme import BottomLine, EndReason, Grade, Role, Side, YearState
from daomao_desktop.domain.scheme_settings import SchemeSettings
from daomao_desktop.domain.scoring import Component
from daomao_desktop.services import (
    accounts,
    assessment,
    conduct,
    duties,
    freeform,
    notice_settings,
    roster,
    roster_persons,
    roster_places,
)
from daomao_desktop.services.assessment import DecisionDraft, HistoryDraft, ProposalDraft
from daomao_desktop.services.assessment_sheet import EvidenceDraft, SheetDraft
from daomao_desktop.services.desk import Area, Desk
from tests.services.assessment_office import decided, people, proposed, walk
from tests.services.office import WANG_ID, draft, leader, take

Step = Callable[[Desk, Path], object]


def person_of(desk: Desk, name: str = "林〇一") -> str:
    return leader(desk, name).person_uid


def a_duty_of(desk: Desk, name: str = "林〇一", **more: object) -> DutyDraft:
    made = DutyDraft(person_of(desk, name), "", Role.PUBLICITY, date(2026, 1, 5), "宣讲惠农政策")
    return replace(made, **more)  # type: ignore[arg-type]


def a_finding(desk: Desk) -> FindingDraft:
    return FindingDraft(
        person_of(desk),
        "",
        next(iter(BottomLine)),
        next(iter(Side)),
        date(2026, 1, 6),
        "未按时到会",
    )


def first_duty(desk: Desk) -> str:
    return duties.list_duties(desk)[0].uid


def _sheet(desk: Desk, points: int, *lines: str) -> object:
    evidence = tuple(EvidenceDraft(Component.D1, line) for line in lines)
    return assessment.save_sheet(
        desk, 2025, person_of(desk), SheetDraft({Component.D1: points}, None, evidence)
    )


def _nothing(desk: Desk, folder: Path) -> None:
    pass


def _with_duty(desk: Desk, _folder: Path) -> None:
    duties.add_duty(desk, a_duty_of(desk))


def _with_removed_duty(desk: Desk, folder: Path) -> None:
    _with_duty(desk, folder)
    duties.remove_duty(desk, first_duty(desk))


def _with_finding(desk: Desk, _folder: Path) -> None:
    conduct.add_finding(desk, a_finding(desk))


def _with_two_records(desk: Desk, _folder: Path) -> None:
    roster.end_appointment(desk, person_of(desk, "林〇二"), date(2025, 6, 30), EndReason.RESIGNED)


def _in_village_stage(desk: Desk, _folder: Path) -> None:
    walk(desk, YearState.VILLAGE)


def _with_sheet(desk: Desk, folder: Path) -> None:
    walk(desk, YearState.VILLAGE)
    _sheet(desk, 500, "第一条", "第二条")


def _in_town(desk: Desk, folder: Path) -> None:
    walk(desk, YearState.TOWN)


def _former(desk: Desk, name: str) -> str:
    return leader(desk, name, former=True).person_uid


# Area, what is there before, the step, its name.
STEPS: dict[str, tuple[Area, Step, Step, str]] = {
    "add a leader": (
        Area.ROSTER,
        _nothing,
        lambda d, _f: roster.add_leader(
            d, draft(d, "91组", "王强", id_number=WANG_ID, subsidy=Money(50_000))
        ),
        "新增小组长（王强）",
    ),
    "change a leader": (
        Area.ROSTER,
        _nothing,
        lambda d, _f: roster.change_leader(
            d,
            person_of(d),
            replace(
                roster.leader_draft(d, person_of(d)),
                birth=PartialDate(1970, 5),
                phone="13800000000",
                subsidy=Money(60_000),
            ),
        ),
        "修改小组长（林〇一）",
    ),
    "end an appointment": (
        Area.ROSTER,
        _nothing,
        lambda d, _f: roster.end_appointment(d, person_of(d), date(2026, 1, 3), EndReason.RESIGNED),
        "登记卸任（林〇一）",
    ),
    "remove a leader": (
        Area.ROSTER,
        _nothing,
        lambda d, _f: roster_persons.remove_leader(d, person_of(d)),
        "删除小组长（林〇一）",
    ),
    "join two records": (
        Area.ROSTER,
        _with_two_records,
        lambda d, _f: roster_persons.join_persons(d, person_of(d), _former(d, "林〇二"), "同一人"),
        "合并人员记录（林〇二）",
    ),
    "import a roster": (
        Area.ROSTER,
        _nothing,
        lambda d, f: take(
            d,
            f / "新.csv",
            ("红石村", "1组", "赵甲", "男", "", "2021-06-20", "", "500"),
            ("红石村", "2组", "赵乙", "男", "", "2021-06-20", "", "500"),
            ("联光村", "1组", "林〇一", "男", "", "2021-06-20", "13800000001", "700"),
        ),
        "导入花名册（3 人）",
    ),
    "save a village": (
        Area.ROSTER,
        _nothing,
        lambda d, _f: roster_places.save_village(
            d,
            roster_places.VillageDraft(
                "联光新村", uid=roster.list_villages(d)[0].uid, contact="62000000"
            ),
        ),
        "修改村（联光新村）",
    ),
    "add a duty": (
        Area.DUTIES,
        _nothing,
        lambda d, _f: duties.add_duty(d, a_duty_of(d)),
        "新增履职记录（林〇一 1月5日）",
    ),
    "change a duty": (
        Area.DUTIES,
        _with_duty,
        lambda d, _f: duties.change_duty(
            d,
            first_duty(d),
            a_duty_of(d, "林〇三", content="入户走访", place="村委会", remark="补记"),
        ),
        "修改履职记录（林〇三 1月5日）",
    ),
    "remove a duty": (
        Area.DUTIES,
        _with_duty,
        lambda d, _f: duties.remove_duty(d, first_duty(d)),
        "删除履职记录（林〇一 1月5日）",
    ),
    "remove several duties": (
        Area.DUTIES,
        lambda d, _f: duties.add_duty_for_many(
            d, a_duty_of(d), [person_of(d), person_of(d, "林〇二")]
        ),
        lambda d, _f: duties.remove_duties(d, [row.uid for row in duties.list_duties(d)]),
        "删除履职记录（2 条）",
    ),
    "remove several leaders": (
        Area.ROSTER,
        _nothing,
        lambda d, _f: roster_persons.remove_leaders(d, [person_of(d), person_of(d, "林〇二")]),
        "删除小组长（2 人）",
    ),
    "restore a duty": (
        Area.DUTIES,
        _with_removed_duty,
        lambda d, _f: duties.restore_duty(d, duties.recycled_duties(d)[0].uid),
        "恢复履职记录（林〇一 1月5日）",
    ),
    "one event with many": (
        Area.DUTIES,
        _nothing,
        lambda d, _f: duties.add_duty_for_many(
            d, a_duty_of(d), [row.person_uid for row in roster.list_leaders(d)][:5]
        ),
        "新增履职记录（5 条）",
    ),
    "add a finding": (
        Area.CONDUCT,
        _nothing,
        lambda d, _f: conduct.add_finding(d, a_finding(d)),
        "新增底线发现（林〇一 1月6日）",
    ),
    "confirm a finding": (
        Area.CONDUCT,
        _with_finding,
        lambda d, _f: conduct.change_finding(
            d,
            conduct.list_findings(d)[0].uid,
            replace(a_finding(d), confirmed=True, source="群众反映"),
        ),
        "修改底线发现（林〇一 1月6日）",
    ),
    "a first score sheet": (
        Area.ASSESSMENT,
        _in_village_stage,
        lambda d, _f: _sheet(d, 400, "依据一"),
        "保存考核评分（林〇一）",
    ),
    "a score sheet again": (
        Area.ASSESSMENT,
        _with_sheet,
        lambda d, _f: _sheet(d, 450, "改写的一条"),
        "保存考核评分（林〇一）",
    ),
    "propose": (
        Area.ASSESSMENT,
        _in_village_stage,
        lambda d, _f: assessment.propose(
            d, 2025, [ProposalDraft(person_of(d, n), Grade.COMPETENT) for n in ("林〇一", "林〇二")]
        ),
        "保存建议等次（2 人）",
    ),
    "import proposals": (
        Area.ASSESSMENT,
        _in_village_stage,
        lambda d, f: proposed(d, f, people(10), {}),
        "导入建议等次（10 人）",
    ),
    "decide": (
        Area.ASSESSMENT,
        _in_town,
        lambda d, _f: assessment.decide(
            d, 2025, [DecisionDraft(person_of(d), Grade.COMPETENT, town_score=8_800)]
        ),
        "保存等次（林〇一）",
    ),
    "import decisions": (
        Area.ASSESSMENT,
        _in_town,
        lambda d, f: decided(d, f, people(10), {"林〇一": "优秀"}),
        "导入等次（10 人）",
    ),
    "enter grades of an old year": (
        Area.ASSESSMENT,
        _nothing,
        lambda d, _f: assessment.enter_history(
            d, 2023, [HistoryDraft(person_of(d), Grade.COMPETENT)], "旧档案"
        ),
        "保存等次（林〇一）",
    ),
    "draft a paper": (
        Area.NOTICES,
        _nothing,
        lambda d, _f: freeform.save_freeform(d, FreeformDraft(title="关于开会的通知")),
        "新增文书（关于开会的通知）",
    ),
    "settings of the scheme": (
        Area.ACCOUNTS,
        _nothing,
        lambda d, _f: accounts.save_scheme_settings(d, SchemeSettings(notice_days=7)),
        "修改设置（方案数值）",
    ),
    "settings of papers": (
        Area.ACCOUNTS,
        _nothing,
        lambda d, _f: notice_settings.save_notice_settings(d, NoticeSettings()),
        "修改设置（文书设置）",
    ),
}
