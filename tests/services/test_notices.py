"""Documents: draft, preview, signing off, voiding, numbers, and every reason to refuse one."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from daomao_desktop.domain.accounts import OperatorRole
from daomao_desktop.domain.assessment import Component
from daomao_desktop.domain.conduct import FindingDraft
from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.notices import DocumentKind, DocumentState
from daomao_desktop.domain.scheme import BottomLine, Grade, Side, YearState
from daomao_desktop.errors import Refused
from daomao_desktop.services import assessment, conduct, notices, roster
from daomao_desktop.services.assessment import EvidenceDraft, SheetDraft
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.print_year import print_year
from tests.services.assessment_office import (
    FACT,
    decided,
    paired,
    proposed,
    recorded,
    settle,
    walk,
    whole_year,
)
from tests.services.notice_office import (
    CERTIFICATE,
    COMMENDATION,
    CRITICISM,
    DEDUCTION,
    GRADES,
    TEN,
    issued,
    register_row,
    text_of,
    uid_of,
)
from tests.services.office import acting_as, leader


@pytest.fixture
def town(town_desk: Desk, tmp_path: Path) -> Desk:
    """A town whose year 2025 is in force: one 优秀, two 不称职 among ten."""
    whole_year(town_desk, tmp_path, TEN, GRADES)
    return town_desk


# -- from draft to signed off


def test_a_criticism_from_draft_to_stored_bytes(town: Desk) -> None:
    uid = notices.draft_notice(town, CRITICISM, 2025, uid_of(town, "林〇三"))
    draft = register_row(town, uid)
    assert (draft.state, draft.number) == (DocumentState.DRAFT, None)
    assert notices.preview(town, uid).startswith(b"%PDF")
    with pytest.raises(Refused, match="还是草稿"):
        notices.stored_pdf(town, uid)
    notices.issue_notice(town, uid)
    row = register_row(town, uid)
    assert (row.state, row.number) == (DocumentState.ISSUED, "联光党支〔2026〕1号")
    assert row.title == "关于给予林〇三通报批评的通报"
    pdf = notices.stored_pdf(town, uid)
    assert hashlib.sha256(pdf).hexdigest() == row.sha256
    assert notices.preview(town, uid) == pdf
    text = text_of(pdf)
    for words in (
        "林〇三",
        "联光党支〔2026〕1号",
        "不称职",
        "2025年12月12日",
        "1,200.00元",
        "壹仟贰佰元整",
        FACT,
        "送达回证",
    ):
        assert words in text, words
    with pytest.raises(Refused, match="不能再次签发"):
        notices.issue_notice(town, uid)


def test_the_other_two_kinds(town: Desk) -> None:
    deduction = issued(town, DEDUCTION, "林〇三")
    assert deduction.number == "联光村委〔2026〕1号"
    text = text_of(notices.stored_pdf(town, deduction.uid))
    assert "6,000.00元" in text
    assert "1,200.00元" in text
    commendation = issued(town, COMMENDATION, None)
    assert commendation.number == "大茂党〔2026〕1号"
    assert commendation.organ == "中共大茂镇委员会、大茂镇人民政府"
    text = text_of(notices.stored_pdf(town, commendation.uid))
    assert "林〇一" in text
    assert "林〇三" not in text


def test_facts_and_clauses_come_from_findings_and_evidence(town_desk: Desk, tmp_path: Path) -> None:
    settle(town_desk, tmp_path, TEN)
    one = leader(town_desk, "林〇三")
    finding = FindingDraft(
        one.person_uid,
        one.group_uid,
        BottomLine.DILIGENCE,
        Side.MUST_NOT,
        date(2025, 7, 9),
        "防汛值守期间脱岗。",
        "镇检查",
        confirmed=True,
    )
    conduct.add_finding(town_desk, finding)
    conduct.add_finding(
        town_desk, replace(finding, facts="未经查实的传言。", confirmed=False, source=None)
    )
    lines = (
        EvidenceDraft(Component.TASKS, "十一项任务逾期四项"),
        EvidenceDraft(Component.D1, "入户宣传二十次"),
    )
    points = {Component.TASKS: 800, Component.D1: 600}
    assessment.save_sheet(town_desk, 2025, one.person_uid, SheetDraft(points, 6000, lines))
    walk(town_desk, YearState.VILLAGE)
    proposed(town_desk, tmp_path, TEN, GRADES)
    walk(town_desk, YearState.TOWN)
    decided(town_desk, tmp_path, TEN, GRADES)
    walk(town_desk, YearState.IN_FORCE)
    text = text_of(notices.stored_pdf(town_desk, issued(town_desk, CRITICISM, "林〇三").uid))
    for words in ("防汛值守期间脱岗。", "十一项任务逾期四项。", "不准脱岗离责，弄虚作假"):
        assert words in text, words
    for words in ("传言", "入户宣传", "支部研究决定"):
        assert words not in text, words


def test_private_numbers_never_reach_a_document(town_desk: Desk, tmp_path: Path) -> None:
    settle(town_desk, tmp_path, TEN)
    one = leader(town_desk, "林〇三")
    conduct.add_finding(
        town_desk,
        FindingDraft(
            one.person_uid,
            one.group_uid,
            BottomLine.DILIGENCE,
            Side.MUST_NOT,
            date(2025, 7, 9),
            "来电13812345678反映其脱岗。",
            "群众来电",
            confirmed=True,
        ),
    )
    walk(town_desk, YearState.TOWN)
    decided(town_desk, tmp_path, TEN, GRADES)
    walk(town_desk, YearState.IN_FORCE)
    with pytest.raises(Refused, match="身份证号码或手机号码"):
        notices.draft_notice(town_desk, CRITICISM, 2025, one.person_uid, meeting=date(2025, 12, 12))


# -- refusals


def test_nobody_is_criticised_without_a_fact(town_desk: Desk, tmp_path: Path) -> None:
    """Listed, drafted, printed or signed off: the reason of proposal and decision is no fact."""
    settle(town_desk, tmp_path, TEN)
    walk(town_desk, YearState.VILLAGE)
    proposed(town_desk, tmp_path, TEN, GRADES)  # each with the reason 支部研究决定
    walk(town_desk, YearState.TOWN)
    decided(town_desk, tmp_path, TEN, GRADES)
    walk(town_desk, YearState.IN_FORCE)
    sentence = "没有一条可以写明的事实，不能制发通报批评"
    uid = uid_of(town_desk, "林〇三")
    listed = [one for one in notices.notice_candidates(town_desk, 2025) if one.kind is CRITICISM]
    assert [(one.problem or "").startswith(sentence) for one in listed] == [True, True]
    assert not any(one.needs_meeting for one in listed)
    with pytest.raises(Refused, match=sentence):
        notices.draft_notice(town_desk, CRITICISM, 2025, uid)
    report = print_year(town_desk, 2025, tmp_path / "出", kinds=[CRITICISM])
    assert not report.written
    assert [sentence in line for line in report.lacking] == [True, True]
    assert not list((tmp_path / "出").glob("*.pdf"))

    recorded(town_desk, "林〇三")
    draft = notices.draft_notice(town_desk, CRITICISM, 2025, uid)
    (finding,) = conduct.list_findings(town_desk, person_uid=uid)
    conduct.remove_finding(town_desk, finding.uid)  # after it was drafted
    with pytest.raises(Refused, match=sentence):
        notices.issue_notice(town_desk, draft)
    assert register_row(town_desk, draft).number is None


@pytest.mark.parametrize("kind", [CRITICISM, DEDUCTION, COMMENDATION])
def test_nothing_before_the_year_is_in_force(
    town_desk: Desk, tmp_path: Path, kind: DocumentKind
) -> None:
    settle(town_desk, tmp_path, TEN)
    walk(town_desk, YearState.TOWN)
    decided(town_desk, tmp_path, TEN, GRADES)
    walk(town_desk, YearState.PUBLIC_NOTICE)
    uid = None if kind is COMMENDATION else uid_of(town_desk, "林〇三")
    with pytest.raises(Refused, match="尚未生效（现在是“公示”）"):
        notices.draft_notice(town_desk, kind, 2025, uid, meeting=date(2025, 12, 12))
    assert notices.list_notices(town_desk) == ()


@pytest.mark.parametrize(
    ("kind", "words"),
    [(CRITICISM, "不能制发通报批评"), (DEDUCTION, "不能制发岗位补贴扣减通知")],
)
def test_only_for_the_incompetent(town: Desk, kind: DocumentKind, words: str) -> None:
    with pytest.raises(Refused, match=f"考核等次不是“不称职”，{words}"):
        notices.draft_notice(town, kind, 2025, uid_of(town, "林〇一"))


@pytest.mark.parametrize(
    ("dated", "words"),
    [
        (date(2026, 1, 12), "早于考核结果生效的2026年1月13日"),
        (date(2026, 1, 21), "晚于今天"),
    ],
)
def test_a_document_is_dated_between_force_and_today(town: Desk, dated: date, words: str) -> None:
    with pytest.raises(Refused, match=words):
        notices.draft_notice(town, CRITICISM, 2025, uid_of(town, "林〇三"), dated=dated)


def test_no_meeting_is_ever_invented(town_desk: Desk, tmp_path: Path) -> None:
    settle(town_desk, tmp_path, TEN)
    recorded(town_desk, "林〇三")
    walk(town_desk, YearState.TOWN)
    decided(town_desk, tmp_path, TEN, GRADES)
    walk(town_desk, YearState.IN_FORCE)
    uid = uid_of(town_desk, "林〇三")
    with pytest.raises(Refused, match="没有登记支部委员会会议日期"):
        notices.draft_notice(town_desk, CRITICISM, 2025, uid)
    with pytest.raises(Refused, match="会议日期晚于成文日期"):
        notices.draft_notice(
            town_desk,
            CRITICISM,
            2025,
            uid,
            meeting=date(2026, 1, 19),
            dated=date(2026, 1, 18),
        )
    draft = notices.draft_notice(town_desk, CRITICISM, 2025, uid, meeting=date(2026, 1, 14))
    notices.issue_notice(town_desk, draft)
    assert "2026年1月14日" in text_of(notices.stored_pdf(town_desk, draft))


@pytest.mark.parametrize("kind", [CRITICISM, DEDUCTION])
def test_one_for_each_person_and_year(town: Desk, kind: DocumentKind) -> None:
    issued(town, kind, "林〇三")
    with pytest.raises(Refused, match="不能重复制发"):
        notices.draft_notice(town, kind, 2025, uid_of(town, "林〇三"))
    issued(town, kind, "林〇五")


def test_one_commendation_a_year_and_only_of_the_excellent(town: Desk) -> None:
    with pytest.raises(Refused, match="考核等次不是“优秀”"):
        notices.draft_notice(town, COMMENDATION, 2025, None, persons=(uid_of(town, "林〇二"),))
    best = (uid_of(town, "林〇一"),)
    uid = notices.draft_notice(town, COMMENDATION, 2025, None, best=best)
    notices.issue_notice(town, uid)
    assert "十佳" in text_of(notices.stored_pdf(town, uid))
    with pytest.raises(Refused, match="已经签发"):
        notices.draft_notice(town, COMMENDATION, 2025, None)


def test_the_ten_best_stay_within_the_excellent(town: Desk) -> None:
    best = (uid_of(town, "林〇一"), uid_of(town, "林〇二"))
    with pytest.raises(Refused, match="“十佳”最多 1 人"):
        notices.draft_notice(town, COMMENDATION, 2025, None, best=best)


def test_two_documents_never_name_two_amounts(town: Desk) -> None:
    issued(town, CRITICISM, "林〇三")
    uid = uid_of(town, "林〇三")
    roster.set_subsidy(town, uid, Money(60_000), PartialDate(2025, 7))
    with pytest.raises(Refused, match=r"通报批评写明扣减 1,200.00 元，现在计算为 1,320.00 元"):
        notices.draft_notice(town, DEDUCTION, 2025, uid)


def test_the_towns_documents_are_not_the_villages(town: Desk) -> None:
    paired(town, "联光村")
    with pytest.raises(Refused, match="由该村自己登记"):
        notices.draft_notice(town, CRITICISM, 2025, uid_of(town, "林〇三"))
    kinds = [one.kind for one in notices.notice_candidates(town, 2025)]
    assert kinds == [COMMENDATION, CERTIFICATE]


def test_a_village_commends_nobody(village_desk: Desk, tmp_path: Path) -> None:
    settle(village_desk, tmp_path, TEN)
    recorded(village_desk, "林〇三", "林〇五")
    walk(village_desk, YearState.TOWN)
    decided(village_desk, tmp_path, TEN, GRADES, paper=("大茂党〔2026〕3号", "2026-01-10"))
    walk(village_desk, YearState.IN_FORCE)
    with pytest.raises(Refused, match="表彰通报由镇里制发"):
        notices.draft_notice(village_desk, COMMENDATION, 2025, None)
    listed = notices.notice_candidates(village_desk, 2025)
    assert [(one.kind, one.name) for one in listed] == [
        (CRITICISM, "林〇三"),
        (CRITICISM, "林〇五"),
        (DEDUCTION, "林〇三"),
        (DEDUCTION, "林〇五"),
    ]
    assert listed[0].problem == "没有登记支部委员会会议日期，不能制发通报批评。"
    assert listed[2].problem is None
    assert [one.needs_meeting for one in listed] == [True, True, False, False]


def test_who_may_not_issue_may_not_draft(town: Desk) -> None:
    reader = acting_as(town, OperatorRole.TOWN_READER)
    with pytest.raises(Refused, match="不能签发和作废文书"):
        notices.draft_notice(reader, CRITICISM, 2025, uid_of(town, "林〇三"))


def test_what_changed_after_drafting_is_checked_again(town: Desk) -> None:
    uid = uid_of(town, "林〇三")
    draft = notices.draft_notice(town, CRITICISM, 2025, uid)
    assessment.correct_decision(town, 2025, uid, Grade.COMPETENT, "复核")
    with pytest.raises(Refused, match="不是“不称职”"):
        notices.issue_notice(town, draft)
    assert register_row(town, draft).number is None
