"""Printing a whole year: every document once, the same again, what lacks by name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from daomao_desktop.domain.accounts import OperatorRole
from daomao_desktop.domain.notices import DocumentKind, DocumentState
from daomao_desktop.domain.scheme import YearState
from daomao_desktop.errors import FileProblem, Refused
from daomao_desktop.services import notices
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.print_year import PrintReport, print_year
from daomao_desktop.store import notices as store
from tests.services.assessment_office import (
    decided,
    people,
    proposed,
    recorded,
    settle,
    walk,
    whole_year,
)
from tests.services.office import acting_as, leader

TOWN = [*people(10), *people(2, "云溪村", "孙")]
GRADES = {"林〇一": "优秀", "林〇五": "不称职", "林〇三": "不称职", "孙〇二": "不称职"}
NAMES = [
    "联光党支〔2026〕1号 关于给予林〇三通报批评的通报.pdf",
    "联光党支〔2026〕2号 关于给予林〇五通报批评的通报.pdf",
    "云溪党支〔2026〕1号 关于给予孙〇二通报批评的通报.pdf",
    "联光村委〔2026〕1号 关于扣减林〇三2025年度岗位补贴的通知.pdf",
    "联光村委〔2026〕2号 关于扣减林〇五2025年度岗位补贴的通知.pdf",
    "云溪村委〔2026〕1号 关于扣减孙〇二2025年度岗位补贴的通知.pdf",
    "大茂党〔2026〕1号 关于表彰2025年度优秀村民小组长的通报.pdf",
    "大茂荣证〔2026〕1号 荣誉证书（林〇一）.pdf",
]


@pytest.fixture
def town(town_desk: Desk, tmp_path: Path) -> Desk:
    """Two villages whose year 2025 is in force: one 优秀, three 不称职 among twelve."""
    whole_year(town_desk, tmp_path, TOWN, GRADES)
    return town_desk


def _names(report: PrintReport) -> list[str]:
    return [one.path.name for one in report.written]


def _undecided(desk: Desk, folder: Path) -> None:
    """The same year in force, but no branch proposed anything: no meeting is known."""
    settle(desk, folder, TOWN)
    recorded(desk, "林〇三", "林〇五", "孙〇二")
    walk(desk, YearState.TOWN)
    decided(desk, folder, TOWN, GRADES)
    walk(desk, YearState.IN_FORCE)


def test_everything_in_order_and_again_the_same(town: Desk, tmp_path: Path) -> None:
    first = print_year(town, 2025, tmp_path / "新" / "甲")
    assert (_names(first), first.lacking, first.refusal) == (NAMES, (), "")
    assert first.lines() == [str(tmp_path / "新" / "甲" / name) for name in NAMES]
    again = print_year(town, 2025, tmp_path / "乙", dated=date(2026, 1, 15))
    assert _names(again) == NAMES
    for name in NAMES:
        assert (tmp_path / "乙" / name).read_bytes() == (tmp_path / "新" / "甲" / name).read_bytes()
    assert sorted(path.name for path in (tmp_path / "乙").iterdir()) == sorted(NAMES)
    documents = notices.list_notices(town)
    assert len(documents) == 8
    with town.store.reading() as session:
        runs = store.print_runs(session, documents[0].uid)
        assert [run.target for run in runs] == ["文件", "文件"]


def test_without_a_meeting_the_others_are_written_and_who_lacks_is_named(
    town_desk: Desk, tmp_path: Path
) -> None:
    _undecided(town_desk, tmp_path)
    out = tmp_path / "out"
    report = print_year(town_desk, 2025, out)
    assert _names(report) == NAMES[3:]
    assert report.lacking == tuple(
        f"{who}的通报批评：没有登记支部委员会会议日期，不能制发通报批评。"
        for who in ("联光村第3村民小组林〇三", "联光村第5村民小组林〇五", "云溪村第2村民小组孙〇二")
    )
    assert "3 份文书没有写出" in report.refusal
    assert len(notices.list_notices(town_desk)) == 5  # no draft is left behind
    full = print_year(town_desk, 2025, out, meeting=date(2025, 12, 12))
    assert _names(full) == NAMES
    assert full.refusal == ""


def test_the_meeting_named_overrides_the_proposals(town: Desk, tmp_path: Path) -> None:
    report = print_year(
        town, 2025, tmp_path / "out", kinds=[DocumentKind.CRITICISM], meeting=date(2026, 1, 14)
    )
    assert _names(report) == NAMES[:3]
    with town.store.reading() as session:
        kept = [(one.content or {})["meeting"] for one in store.documents(session)]
    assert kept == ["2026-01-14"] * 3


def test_a_dry_run_lists_and_writes_nothing(town: Desk, tmp_path: Path) -> None:
    report = print_year(town, 2025, tmp_path / "out", dry_run=True)
    assert [one.title for one in report.written] == [
        name.removesuffix(".pdf").split(" ", 1)[1] for name in NAMES
    ]
    assert {one.number for one in report.written} == {None}
    assert not (tmp_path / "out").exists()
    assert notices.list_notices(town) == ()


def test_a_draft_left_behind_becomes_the_document(town: Desk, tmp_path: Path) -> None:
    uid = leader(town, "林〇三").person_uid
    draft = notices.draft_notice(town, DocumentKind.CRITICISM, 2025, uid, meeting=date(2026, 1, 14))
    print_year(town, 2025, tmp_path / "out")
    rows = [row for row in notices.list_notices(town) if row.person_uid == uid]
    assert {row.state for row in rows} == {DocumentState.ISSUED}
    assert len(rows) == 2
    with town.store.reading() as session:
        document = store.document(session, draft)
        assert document is not None
        assert document.number_seq == 1
        assert (document.content or {})["meeting"] == "2026-01-14"


def test_after_voiding_a_new_number_is_given(town: Desk, tmp_path: Path) -> None:
    print_year(town, 2025, tmp_path / "out")
    (row,) = [one for one in notices.list_notices(town) if one.number == "联光党支〔2026〕1号"]
    notices.void_notice(town, row.uid, "事实有误")
    report = print_year(town, 2025, tmp_path / "out")
    assert _names(report)[0] == "联光党支〔2026〕3号 关于给予林〇三通报批评的通报.pdf"


def test_a_name_no_font_has_is_listed_and_takes_no_number(town_desk: Desk, tmp_path: Path) -> None:
    rare = "林\U00030000三"
    persons = [
        (village, group, rare if name == "林〇三" else name) for village, group, name in TOWN
    ]
    grades = {rare if name == "林〇三" else name: grade for name, grade in GRADES.items()}
    whole_year(town_desk, tmp_path, persons, grades)
    report = print_year(town_desk, 2025, tmp_path / "out")
    assert len(report.written) == 6
    assert len(report.lacking) == 2
    assert all("U+30000" in line for line in report.lacking)
    assert _names(report)[0] == "联光党支〔2026〕1号 关于给予林〇五通报批评的通报.pdf"


def test_progress_is_told_and_may_stop_between_documents(town: Desk, tmp_path: Path) -> None:
    class Stop(Exception):
        pass

    seen: list[tuple[int, int]] = []

    def stop_at_two(done: int, total: int) -> None:
        seen.append((done, total))
        if done == 2:
            raise Stop

    with pytest.raises(Stop):
        print_year(town, 2025, tmp_path / "out", on_progress=stop_at_two)
    assert seen == [(0, 8), (1, 8), (2, 8)]
    assert [one.number for one in notices.list_notices(town)] == [
        "联光党支〔2026〕1号",
        "联光党支〔2026〕2号",
    ]
    assert _names(print_year(town, 2025, tmp_path / "out")) == NAMES


def test_nothing_before_the_year_is_in_force(town_desk: Desk, tmp_path: Path) -> None:
    settle(town_desk, tmp_path, TOWN)
    walk(town_desk, YearState.VILLAGE)
    proposed(town_desk, tmp_path, TOWN, GRADES)
    walk(town_desk, YearState.TOWN)
    decided(town_desk, tmp_path, TOWN, GRADES)
    walk(town_desk, YearState.PUBLIC_NOTICE)
    with pytest.raises(Refused, match="还在“公示”，“生效”以后才能制发文书"):
        print_year(town_desk, 2025, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_history_makes_no_documents(town_desk: Desk, tmp_path: Path) -> None:
    settle(town_desk, tmp_path, TOWN)
    decided(town_desk, tmp_path, TOWN, GRADES, year=2024, history=True)
    with pytest.raises(Refused, match="2024年是补录的历史年度"):
        print_year(town_desk, 2024, tmp_path / "out")


def test_a_year_without_consequences_has_nothing_to_write(town_desk: Desk, tmp_path: Path) -> None:
    whole_year(town_desk, tmp_path, TOWN, {})
    report = print_year(town_desk, 2025, tmp_path / "out")
    assert (report.written, report.lacking) == ((), ())
    assert report.refusal == "没有可以写出的文书。"


def test_the_folder_must_be_a_folder(town: Desk, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(FileProblem, match="是文件，不是文件夹"):
        print_year(town, 2025, tmp_path / "out")
    assert notices.list_notices(town) == ()


def test_printing_needs_the_right_to_issue(town: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="不能签发和作废文书"):
        print_year(acting_as(town, OperatorRole.TOWN_READER), 2025, tmp_path / "out")


def test_two_of_the_same_name_do_not_overwrite_each_other(town_desk: Desk, tmp_path: Path) -> None:
    persons = [("联光村", 1, "王强"), ("联光村", 2, "王强")]
    whole_year(town_desk, tmp_path, persons, {"王强": "不称职"})
    out = tmp_path / "out"
    report = print_year(town_desk, 2025, out, kinds=[DocumentKind.DEDUCTION])
    assert _names(report) == [
        f"联光村委〔2026〕{n}号 关于扣减王强2025年度岗位补贴的通知.pdf" for n in (1, 2)
    ]
    first, second = ((out / name).read_bytes() for name in _names(report))
    assert first != second
