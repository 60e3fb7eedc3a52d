"""公示 of the grades: its dates, its list, when it is refused, and that the year keeps to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from daomao_desktop.domain.notices import DocumentState
from daomao_desktop.domain.scheme import Grade, YearState
from daomao_desktop.errors import InvalidInput, Refused
from daomao_desktop.services import assessment, notices, roster
from daomao_desktop.services.assessment import DecisionDraft
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.notices import NoticeRow
from daomao_desktop.services.print_year import print_year
from daomao_desktop.services.roster import TownDraft
from tests.services.assessment_office import decided, settle, walk
from tests.services.notice_office import (
    GRADES,
    PUBLIC_NOTICE,
    TEN,
    register_row,
    text_of,
    uid_of,
)

MONDAY = date(2026, 1, 5)


@pytest.fixture
def town(town_desk: Desk, tmp_path: Path) -> Desk:
    """A town in 镇定 with a phone: one 优秀, two 不称职 among ten."""
    roster.save_town(town_desk, TownDraft(contact="0898-00001234（镇党政办）"))
    settle(town_desk, tmp_path, TEN)
    walk(town_desk, YearState.TOWN)
    decided(town_desk, tmp_path, TEN, GRADES)
    walk(town_desk, YearState.DECIDED)
    return town_desk


def _posted(desk: Desk, dated: date = MONDAY) -> NoticeRow:
    uid = notices.draft_notice(desk, PUBLIC_NOTICE, 2025, None, dated=dated)
    notices.issue_notice(desk, uid)
    return register_row(desk, uid)


def _listed(desk: Desk) -> list[str]:
    return [one.kind.value for one in notices.notice_candidates(desk, 2025)]


def test_everybodys_grade_with_period_phone_and_how_to_object(town: Desk) -> None:
    row = _posted(town)
    assert (row.number, row.title) == (None, "关于2025年度村民小组长考核等次的公示")
    assert (row.organ, row.dated, row.until) == ("中共大茂镇委员会", MONDAY, date(2026, 1, 12))
    assert notices.file_name(row) == "关于2025年度村民小组长考核等次的公示.pdf"
    text = text_of(notices.stored_pdf(town, row.uid))
    for words in (
        "于2025年12月29日研究确定",
        "村民小组长10名，其中优秀1名、称职7名、不称职2名",
        "优秀（1名）：林〇一（联光村第1村民小组组长）。",
        "不称职（2名）：林〇三（联光村第3村民小组组长）、林〇五（联光村第5村民小组组长）。",
        "自2026年1月5日起至2026年1月12日止，张贴当日不计算在内，共5个工作日",
        "向镇党委或者镇纪委书面反映",
        "签署真实姓名",
        "联系电话：0898-00001234（镇党政办）",
        "2025年度村民小组长考核等次名单",
        "10联光村第10村民小组林一〇称职",
        "公示张贴回执",
    ):
        assert words in text, words
    assert notices.list_series(town) == ()  # it takes no number


def test_the_recorded_posting_day_is_the_documents(town: Desk) -> None:
    draft = notices.draft_notice(town, PUBLIC_NOTICE, 2025, None, dated=date(2025, 12, 30))
    walk(town, YearState.PUBLIC_NOTICE)
    notices.issue_notice(town, draft)
    row = register_row(town, draft)
    assert row.dated == MONDAY
    assert "自2026年1月5日起" in text_of(notices.stored_pdf(town, draft))


def test_it_is_called_for_from_the_decision_to_the_day_it_is_in_force(town: Desk) -> None:
    assert _listed(town)[0] == "公示"
    walk(town, YearState.PUBLIC_NOTICE)
    assert _listed(town)[0] == "公示"
    walk(town, YearState.IN_FORCE)
    assert "公示" not in _listed(town)
    _posted(town)
    assert _listed(town)[0] == "公示"


def test_a_longer_period_may_be_asked_a_shorter_not(town: Desk) -> None:
    def until(day: date) -> str:
        return notices.draft_notice(town, PUBLIC_NOTICE, 2025, None, dated=MONDAY, until=day)

    with pytest.raises(
        Refused, match=r"公示期不少于 5 个工作日：2026年1月5日张贴，至少公示到2026年1月12日。"
    ):
        until(date(2026, 1, 11))
    with pytest.raises(Refused, match="超过 90 天"):
        until(date(2062, 1, 12))
    uid = until(date(2026, 1, 14))
    assert register_row(town, uid).until == date(2026, 1, 14)
    assert "至2026年1月14日止，张贴当日不计算在内，共7个工作日" in text_of(
        notices.preview(town, uid)
    )


def test_days_of_a_year_whose_holidays_are_unknown_are_doubted(town: Desk) -> None:
    def doubts(desk: Desk) -> list[str | None]:
        return [one.doubt for one in notices.notice_candidates(desk, 2025) if one.doubt]

    assert doubts(town) == []
    (doubt,) = doubts(replace(town, today=lambda: date(2098, 12, 31)))
    assert doubt is not None
    assert "2099年的放假安排程序还不知道" in doubt


def test_without_a_phone_it_is_refused(town: Desk) -> None:
    roster.save_town(town, TownDraft())
    with pytest.raises(Refused, match="没有登记镇的联系电话，公示要写明，请在系统设置中补上。"):
        _posted(town)
    (candidate,) = [c for c in notices.notice_candidates(town, 2025) if c.kind is PUBLIC_NOTICE]
    assert "联系电话" in (candidate.problem or "")
    with pytest.raises(InvalidInput, match="办公电话"):
        roster.save_town(town, TownDraft(contact="镇党政办"))


def test_it_is_refused_before_the_decision_and_the_second_time(
    town_desk: Desk, tmp_path: Path
) -> None:
    roster.save_town(town_desk, TownDraft(contact="0898-00001234"))
    settle(town_desk, tmp_path, TEN)
    walk(town_desk, YearState.TOWN)
    decided(town_desk, tmp_path, TEN, GRADES)
    with pytest.raises(Refused, match="镇党委还没有确定等次（现在是“镇审”）"):
        _posted(town_desk)
    walk(town_desk, YearState.DECIDED)
    with pytest.raises(Refused, match="早于镇党委确定等次的2025年12月29日"):
        _posted(town_desk, date(2025, 12, 28))
    with pytest.raises(Refused, match="晚于今天"):
        _posted(town_desk, date(2026, 1, 21))
    row = _posted(town_desk)
    with pytest.raises(Refused, match="公示已经签发，不能重复制发"):
        _posted(town_desk)
    notices.void_notice(town_desk, row.uid, "贴错了")
    _posted(town_desk, date(2026, 1, 6))


def test_a_village_posts_no_grades(village_desk: Desk, tmp_path: Path) -> None:
    settle(village_desk, tmp_path, TEN)
    walk(village_desk, YearState.TOWN)
    decided(village_desk, tmp_path, TEN, GRADES, paper=("大茂党〔2026〕3号", "2026-01-10"))
    walk(village_desk, YearState.DECIDED)
    with pytest.raises(Refused, match="公示由镇里制发，村里不能签发"):
        notices.draft_notice(village_desk, PUBLIC_NOTICE, 2025, None)
    assert "公示" not in _listed(village_desk)


def test_the_year_keeps_to_the_notice_signed_off(town: Desk) -> None:
    uid = notices.draft_notice(
        town, PUBLIC_NOTICE, 2025, None, dated=MONDAY, until=date(2026, 1, 14)
    )
    notices.issue_notice(town, uid)
    with pytest.raises(Refused, match="已签发的公示写明2026年1月5日张贴"):
        assessment.advance(town, 2025, YearState.PUBLIC_NOTICE, date(2026, 1, 6))
    walk(town, YearState.PUBLIC_NOTICE)
    with pytest.raises(Refused, match=r"写明公示到2026年1月14日，2026年1月15日起才能生效"):
        assessment.advance(town, 2025, YearState.IN_FORCE, date(2026, 1, 14))
    assessment.advance(town, 2025, YearState.IN_FORCE, date(2026, 1, 15))


def test_a_grade_changed_after_signing_stops_the_posting(town: Desk) -> None:
    row = _posted(town)
    change = DecisionDraft(uid_of(town, "林〇四"), Grade.INCOMPETENT, reason="复核")
    assessment.decide(town, 2025, [change])
    with pytest.raises(Refused, match="林〇四的等次与已签发的公示不一致"):
        walk(town, YearState.PUBLIC_NOTICE)
    notices.void_notice(town, row.uid, "等次有变")
    _posted(town)
    walk(town, YearState.PUBLIC_NOTICE)


def test_a_grade_is_corrected_although_it_was_posted(town: Desk) -> None:
    _posted(town)
    walk(town, YearState.IN_FORCE)
    uid = uid_of(town, "林〇三")
    assessment.correct_decision(town, 2025, uid, Grade.COMPETENT, "公示期间反映属实")
    assert {one.name: one.decision for one in assessment.list_assessments(town, 2025)}[
        "林〇三"
    ] is Grade.COMPETENT


def test_posting_is_recorded_with_day_and_place(town: Desk) -> None:
    row = _posted(town)
    with pytest.raises(InvalidInput, match="张贴日期早于成文日期"):
        notices.record_delivery(town, row.uid, date(2026, 1, 4), "镇公示栏")
    notices.record_delivery(town, row.uid, MONDAY, "镇公示栏、联光村公示栏")
    after = register_row(town, row.uid)
    assert (after.delivered_on, after.receipt) == (MONDAY, "镇公示栏、联光村公示栏")


def test_printing_writes_it_by_name_only(town: Desk, tmp_path: Path) -> None:
    name = "关于2025年度村民小组长考核等次的公示.pdf"
    out = tmp_path / "out"
    dry = print_year(town, 2025, out, kinds=[PUBLIC_NOTICE], dated=MONDAY, dry_run=True)
    assert [one.path.name for one in dry.written] == [name]
    walk(town, YearState.IN_FORCE)
    assert not any("公示" in one.path.name for one in print_year(town, 2025, out).written)
    report = print_year(town, 2025, out, kinds=[PUBLIC_NOTICE])
    assert [one.path.name for one in report.written] == [name]
    (row,) = [one for one in notices.list_notices(town) if one.kind is PUBLIC_NOTICE]
    assert (row.state, row.dated) == (DocumentState.ISSUED, MONDAY)
    again = print_year(town, 2025, tmp_path / "again", kinds=[PUBLIC_NOTICE])
    assert again.written[0].path.read_bytes() == (out / name).read_bytes()
