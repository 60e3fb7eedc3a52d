"""A roster file against the store: who is who, who moves, who stands in the way."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from daomao_desktop.domain.scheme import EndReason
from daomao_desktop.errors import Refused
from daomao_desktop.services import accounts, roster
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.imports import ImportReport
from tests.services.office import LI_ID, PAN_ID, WANG_ID, actions, leader, names, take


def _quiet(report: ImportReport) -> bool:
    return not (report.added or report.changed or report.moved or report.created or report.refused)


def test_an_occupied_group_names_both_and_leaves_nothing_behind(
    village_desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "花名册.csv"
    take(village_desk, file, ("", "1组", "王强", "男", WANG_ID, "2021.6"))
    entries = actions(village_desk)
    rows = (
        ("", "1组", "李红", "女", LI_ID, "2024.6"),
        ("", "2组", "潘新", "男", PAN_ID, "2024.6"),
    )
    report = take(village_desk, file, *rows)
    assert report.refused
    (error,) = report.errors
    assert "王强" in str(error)
    assert "李红" in str(error)
    assert str(error).startswith("花名册!B2")
    assert names(village_desk) == ["王强"]
    assert len(roster.list_groups(village_desk)) == 1
    assert actions(village_desk) == entries
    good = take(village_desk, file, *rows, skip_bad=True)
    assert not good.refused
    assert names(village_desk) == ["王强", "潘新"]


def test_the_same_number_under_another_group_is_a_move(town_desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "花名册.csv"
    take(town_desk, file, ("联光村", "3组", "王强", "男", WANG_ID, "2021.6", "", "500"))
    uid = leader(town_desk, "王强").person_uid
    report = take(
        town_desk, file, ("云溪村", "第1村民小组", "王强", "男", WANG_ID, "2025.3", "", "500")
    )
    assert report.moved == ("王强：联光村第3村民小组 → 云溪村第1村民小组（2025年3月起）",)
    row = leader(town_desk, "王强")
    assert (row.person_uid, row.village, row.group) == (uid, "云溪村", "第1村民小组")
    past = roster.leader_page(town_desk, uid).appointments[1]
    assert (past.ended, past.end_reason) == (date(2025, 2, 28), EndReason.MOVED)
    # the old list once more tells of the past and takes nobody back
    old = take(town_desk, file, ("联光村", "3组", "王强", "男", WANG_ID, "2021.6", "", "500"))
    assert old.unchanged == 1
    assert _quiet(old)
    assert leader(town_desk, "王强").village == "云溪村"


def test_a_move_to_a_date_that_makes_no_sense_is_refused(town_desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "花名册.csv"
    take(town_desk, file, ("联光村", "3组", "王强", "男", WANG_ID, "2021.6"))
    for started in ("2021.6", "2020.1", ""):
        report = take(town_desk, file, ("云溪村", "1组", "王强", "男", WANG_ID, started))
        assert report.refused
        assert "任职时间" in str(report.errors[0])
        assert "花名册!F2" in str(report.errors[0])
    assert leader(town_desk, "王强").village == "联光村"
    assert [village.name for village in roster.list_villages(town_desk)] == ["联光村"]


def test_two_leaders_change_places_in_one_file(village_desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "花名册.csv"
    take(
        village_desk,
        file,
        ("", "1组", "王强", "男", WANG_ID, "2021.6"),
        ("", "2组", "李红", "女", LI_ID, "2021.6"),
    )
    report = take(
        village_desk,
        file,
        ("", "2组", "王强", "男", WANG_ID, "2025.2"),
        ("", "1组", "李红", "女", LI_ID, "2025.2"),
    )
    assert not report.refused, report.lines()
    assert len(report.moved) == 2
    assert [(row.group_number, row.name) for row in roster.list_leaders(village_desk)] == [
        (1, "李红"),
        (2, "王强"),
    ]
    assert accounts.check_store(village_desk) == []


def test_a_successor_fits_only_after_the_predecessor(village_desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "花名册.csv"
    take(village_desk, file, ("", "1组", "王强", "男", WANG_ID, "2021.6"))
    uid = leader(village_desk, "王强").person_uid
    roster.end_appointment(village_desk, uid, date(2025, 6, 30), EndReason.RESIGNED)
    assert take(village_desk, file, ("", "1组", "李红", "女", LI_ID, "2025.5")).refused
    assert not take(village_desk, file, ("", "1组", "李红", "女", LI_ID, "2025.7")).refused
    assert names(village_desk) == ["李红"]


def test_an_id_number_in_other_hands_is_an_error(village_desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "花名册.csv"
    take(village_desk, file, ("", "1组", "王强", "男", WANG_ID, "2021.6"))
    report = take(village_desk, file, ("", "2组", "李红", "女", WANG_ID, "2021.6"))
    assert report.refused
    assert "王强" in str(report.errors[0])
    assert WANG_ID not in "\n".join(report.lines())
    # within the group the number says who it is, and the name is corrected
    renamed = take(village_desk, file, ("", "1组", "王䶮", "男", WANG_ID, "2021.6"))
    assert not renamed.refused
    assert "姓名" in renamed.changed[0]
    assert renamed.warnings
    other = take(village_desk, file, ("", "1组", "王䶮", "男", LI_ID, "2021.6"))
    assert other.refused


def test_a_wrong_number_is_corrected_by_a_right_one(village_desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "花名册.csv"
    wrong = WANG_ID[:-1] + "4"
    take(village_desk, file, ("", "1组", "王强", "男", wrong, "2021.6"))
    assert leader(village_desk, "王强").to_verify
    report = take(village_desk, file, ("", "1组", "王强", "男", WANG_ID, "2021.6"))
    assert "身份证号码" in report.changed[0]
    assert leader(village_desk, "王强").to_verify == ()
    back = take(village_desk, file, ("", "1组", "王强", "男", wrong, "2021.6"))
    assert back.unchanged == 1
    assert (
        roster.reveal(village_desk, leader(village_desk, "王强").person_uid, "id_number") == WANG_ID
    )


def test_the_town_does_not_write_a_village_that_writes_itself(
    town_desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "花名册.csv"
    take(town_desk, file, ("联光村", "1组", "王强", "男", WANG_ID, "2021.6"))
    with town_desk.store.writing(town_desk.operator.uid) as session:
        from daomao_desktop.store import roster as store

        store.villages(session)[0].kept_by_town = False
    report = take(town_desk, file, ("联光村", "2组", "李红", "女", LI_ID, "2021.6"))
    assert report.refused
    assert "联光村" in str(report.errors[0])
    moved = take(town_desk, file, ("云溪村", "2组", "王强", "男", WANG_ID, "2024.6"))
    assert moved.refused
    uid = leader(town_desk, "王强").person_uid
    with pytest.raises(Refused, match="自己登记"):
        roster.end_appointment(town_desk, uid, date(2025, 1, 1), EndReason.RESIGNED)
    assert not leader(town_desk, "王强").writable


def test_a_village_refuses_another_village(village_desk: Desk, tmp_path: Path) -> None:
    row = ("云溪村", "1组", "王强", "男", WANG_ID, "2021.6")
    report = take(village_desk, tmp_path / "a.csv", row)
    assert report.refused
    assert "联光村" in str(report.errors[0])
    assert names(village_desk) == []


def test_a_namesake_elsewhere_is_told(town_desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "花名册.csv"
    take(town_desk, file, ("联光村", "3组", "王强", "男", WANG_ID, "2021.6"))
    report = take(town_desk, file, ("云溪村", "1组", "王强", "男", "", "2024.6"))
    assert any("联光村第3村民小组的王强同名" in line for line in report.lines())
    assert names(town_desk) == ["王强", "王强"]
    other = take(town_desk, file, ("云溪村", "2组", "王强", "男", LI_ID, "2024.6"))
    assert not any("联光村" in line for line in other.lines())
