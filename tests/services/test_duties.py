"""Duty records and findings: forms, many leaders at once, Excel in and out."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from daomao_desktop.domain.accounts import OperatorRole
from daomao_desktop.domain.conduct import FindingDraft
from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.duties import DutyDraft
from daomao_desktop.domain.scheme import BottomLine, EndReason, Role, Side
from daomao_desktop.errors import InvalidInput, NotFound, Refused
from daomao_desktop.services import conduct, duties, roster
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.duties_workbook import export_duties, import_duties
from daomao_desktop.services.imports import ImportReport
from tests.services.office import acting_as, draft, leader
from tests.statements import statements

DAY = date(2025, 3, 1)


@pytest.fixture
def desk(village_desk: Desk) -> Desk:
    """A village with two leaders."""
    roster.add_leader(village_desk, draft(village_desk, "3", "王强"))
    roster.add_leader(village_desk, draft(village_desk, "4", "李红", started=PartialDate(2024, 1)))
    return village_desk


def _duty(desk: Desk, name: str = "王强", **values: object) -> DutyDraft:
    uid = leader(desk, name).person_uid
    kept = DutyDraft(uid, "", Role.PUBLICITY, DAY, "入户宣传医保政策")
    return replace(kept, **values)  # type: ignore[arg-type]


def test_a_duty_is_recorded_for_the_group_of_that_day(desk: Desk) -> None:
    duties.add_duty(desk, _duty(desk, place=" 村口 ", result=""))
    (row,) = duties.list_duties(desk)
    assert (row.name, row.group, row.place, row.result) == ("王强", "第3村民小组", "村口", None)
    assert row.writable
    assert duties.list_duties(desk, year=2024) == ()
    assert duties.list_duties(desk, year=2025, role=Role.PUBLICITY) == (row,)
    assert duties.list_duties(desk, role=Role.FUNDS) == ()
    assert duties.list_duties(desk, person_uid=leader(desk, "李红").person_uid) == ()


def test_what_a_duty_may_not_be(desk: Desk) -> None:
    with pytest.raises(InvalidInput) as caught:
        duties.add_duty(desk, _duty(desk, role=None, on=date(2027, 1, 1), content=" "))
    assert [problem.field for problem in caught.value.problems] == ["role", "on", "content"]
    with pytest.raises(InvalidInput, match=r"王强.*2021年5月31日"):
        duties.add_duty(desk, _duty(desk, on=date(2021, 5, 31)))
    with pytest.raises(InvalidInput, match="第4村民小组"):
        duties.add_duty(desk, _duty(desk, group_uid=leader(desk, "李红").group_uid))
    with pytest.raises(NotFound):
        duties.add_duty(desk, replace(_duty(desk), person_uid="nobody"))
    assert duties.list_duties(desk) == ()


def test_one_event_with_many_leaders_is_all_or_none(desk: Desk) -> None:
    both = [leader(desk, name).person_uid for name in ("王强", "李红")]
    with pytest.raises(InvalidInput, match="李红"):
        duties.add_duty_for_many(desk, _duty(desk, on=date(2023, 5, 1)), both)
    assert duties.list_duties(desk) == ()
    changes = duties.add_duty_for_many(desk, _duty(desk), [*both, both[0]])
    assert len(changes.uids) == 2
    assert {(row.name, row.group) for row in duties.list_duties(desk)} == {
        ("王强", "第3村民小组"),
        ("李红", "第4村民小组"),
    }
    with pytest.raises(InvalidInput):
        duties.add_duty_for_many(desk, _duty(desk), [])


def test_a_duty_is_changed_removed_and_restored(desk: Desk) -> None:
    (uid,) = duties.add_duty(desk, _duty(desk)).uids
    form = duties.duty_draft(desk, uid)
    duties.change_duty(desk, uid, replace(form, content="宣传森林防火", result="发放材料30份"))
    (row,) = duties.list_duties(desk)
    assert (row.content, row.result) == ("宣传森林防火", "发放材料30份")
    duties.remove_duty(desk, uid)
    assert duties.list_duties(desk) == ()
    (gone,) = duties.recycled_duties(desk)
    assert "宣传森林防火" in gone.text
    with pytest.raises(NotFound):
        duties.remove_duty(desk, uid)
    duties.restore_duty(desk, uid)
    assert duties.list_duties(desk) == (row,)
    with pytest.raises(NotFound):
        duties.restore_duty(desk, uid)


def test_a_removed_persons_records_go_and_come_with_the_person(desk: Desk) -> None:
    duties.add_duty(desk, _duty(desk))
    uid = leader(desk, "王强").person_uid
    roster.remove_leader(desk, uid)
    assert duties.list_duties(desk) == ()
    roster.restore_leader(desk, uid)
    assert len(duties.list_duties(desk)) == 1


def _file(path: Path, *rows: tuple[str, ...]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("日期", "村民小组", "姓名", "职责", "内容", "地点", "结果"))
        writer.writerows([*row, *[""] * (7 - len(row))] for row in rows)
    return path


def _quiet(report: ImportReport) -> bool:
    return not (report.added or report.changed or report.refused)


def test_duties_come_from_excel_by_any_writing(desk: Desk, tmp_path: Path) -> None:
    file = _file(
        tmp_path / "履职.csv",
        ("2025.3.1", "3组", "王　强", "政策宣传员", "入户宣传医保政策", "村口"),
        ("20250401", "", "王强", "三资管理员", "公布一季度收支"),
        ("2025年5月2日", "第四组", "李红", "D3", "调解宅基地纠纷", "", "达成协议"),
    )
    tried = import_duties(desk, file, dry_run=True)
    assert len(tried.added) == 3
    assert duties.list_duties(desk) == ()
    report = import_duties(desk, file)
    assert replace(tried, dry_run=False) == report
    assert [(row.name, row.role) for row in duties.list_duties(desk)] == [
        ("李红", Role.MEDIATION),
        ("王强", Role.FUNDS),
        ("王强", Role.PUBLICITY),
    ]
    again = import_duties(desk, file)
    assert _quiet(again)
    assert again.unchanged == 3


def test_a_past_leader_is_found_too(desk: Desk, tmp_path: Path) -> None:
    uid = leader(desk, "王强").person_uid
    roster.end_appointment(desk, uid, date(2025, 6, 30), EndReason.RESIGNED)
    roster.add_leader(desk, draft(desk, "3", "陈光", started=PartialDate(2025, 7)))
    report = import_duties(
        desk,
        _file(
            tmp_path / "履职.csv",
            ("2025-3-1", "3组", "王强", "1", "入户宣传医保政策"),
            ("2025-9-1", "3组", "王强", "1", "入户宣传养老政策"),
        ),
    )
    assert len(report.added) == 2
    (warning,) = report.warnings
    assert "2025年9月1日不在任" in str(warning)


def test_one_bad_row_stops_the_whole_file(desk: Desk, tmp_path: Path) -> None:
    file = _file(
        tmp_path / "履职.csv",
        ("2025-3-1", "3组", "王强", "1", "入户宣传医保政策"),
        ("2025-3-1", "3组", "张三", "1", "入户宣传医保政策"),
        ("2027-3-1", "3组", "王强", "1", "入户宣传医保政策"),
    )
    report = import_duties(desk, file)
    assert report.refused
    assert ["张三" in str(note) for note in report.errors] == [True, False]
    assert str(report.errors[1]).startswith("履职!A4")
    assert duties.list_duties(desk) == ()
    assert len(import_duties(desk, file, skip_bad=True).added) == 1


def test_two_of_one_name_need_the_group(desk: Desk, tmp_path: Path) -> None:
    roster.add_leader(desk, draft(desk, "5", "王强"))
    row = ("2025-3-1", "", "王强", "1", "入户宣传医保政策")
    report = import_duties(desk, _file(tmp_path / "履职.csv", row))
    assert "写明村民小组" in str(report.errors[0])
    told = import_duties(desk, _file(tmp_path / "履职.csv", (row[0], "5组", *row[2:])))
    assert len(told.added) == 1
    assert duties.list_duties(desk)[0].group == "第5村民小组"


def test_exported_duties_import_again(desk: Desk, tmp_path: Path) -> None:
    duties.add_duty(desk, _duty(desk, place="村口", result="好", remark="照片两张"))
    duties.add_duty(desk, _duty(desk, "李红", role=Role.FUNDS, on=date(2024, 5, 1)))
    before = duties.list_duties(desk)
    file = tmp_path / "导出.xlsx"
    assert export_duties(desk, file) == 2
    report = import_duties(desk, file)
    assert _quiet(report), report.lines()
    assert report.unchanged == 2
    for row in before:
        duties.remove_duty(desk, row.uid)
    import_duties(desk, file)
    after = duties.list_duties(desk)
    assert [replace(row, uid="") for row in after] == [replace(row, uid="") for row in before]
    assert export_duties(desk, file, year=2024) == 1


def _finding(desk: Desk, **values: object) -> FindingDraft:
    row = leader(desk, "王强")
    kept = FindingDraft(
        *(row.person_uid, row.group_uid, BottomLine.DILIGENCE, Side.MUST_NOT, DAY, "无故脱岗三天")
    )
    return replace(kept, **values)  # type: ignore[arg-type]


def test_findings_are_kept_like_duties(desk: Desk) -> None:
    with pytest.raises(InvalidInput) as caught:
        conduct.add_finding(desk, _finding(desk, bottom_line=None, side=None, facts=""))
    assert [problem.field for problem in caught.value.problems] == ["bottom_line", "side", "facts"]
    (uid,) = conduct.add_finding(desk, _finding(desk)).uids
    form = conduct.finding_draft(desk, uid)
    assert form == _finding(desk)
    conduct.change_finding(desk, uid, replace(form, confirmed=True, source="村务监督委员会"))
    (row,) = conduct.list_findings(desk, year=2025, bottom_line=BottomLine.DILIGENCE)
    assert (row.confirmed, row.grave, row.source) == (True, False, "村务监督委员会")
    assert conduct.list_findings(desk, bottom_line=BottomLine.SERVICE) == ()
    conduct.remove_finding(desk, uid)
    assert conduct.list_findings(desk) == ()
    assert len(conduct.recycled_findings(desk)) == 1
    conduct.restore_finding(desk, uid)
    assert conduct.list_findings(desk) == (row,)


def test_the_supervision_committee_writes_its_own_findings_only(desk: Desk) -> None:
    (ours,) = conduct.add_finding(desk, _finding(desk)).uids
    watch = acting_as(desk, OperatorRole.VILLAGE_WATCH)
    watch = replace(watch, operator=replace(watch.operator, uid="watch"))
    (own,) = conduct.add_finding(watch, _finding(desk, facts="账目不公布")).uids
    conduct.change_finding(watch, own, _finding(desk, facts="账目三个月未公布"))
    with pytest.raises(Refused, match="自己登记"):
        conduct.change_finding(watch, ours, _finding(desk))
    with pytest.raises(Refused, match="自己登记"):
        conduct.remove_finding(watch, ours)
    assert {row.uid: row.writable for row in conduct.list_findings(watch)} == {
        ours: False,
        own: True,
    }
    with pytest.raises(Refused, match="镇只读"):
        conduct.add_finding(acting_as(desk, OperatorRole.TOWN_READER), _finding(desk))


def test_removing_many_asks_no_query_for_each(desk: Desk) -> None:
    def sent(many: int) -> int:
        for _one in range(many):
            duties.add_duty(desk, _duty(desk))
            conduct.add_finding(desk, _finding(desk))
        with statements(desk) as told:
            duties.remove_duties(desk, [row.uid for row in duties.list_duties(desk)])
            conduct.remove_findings(desk, [row.uid for row in conduct.list_findings(desk)])
        return len([one for one in told if one.lstrip().upper().startswith("SELECT")])

    assert sent(2) == sent(30)
