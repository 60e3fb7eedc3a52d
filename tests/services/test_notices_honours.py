"""Commendation and certificates: forms and settings, and that neither contradicts the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from daomao_desktop.domain.accounts import OperatorRole
from daomao_desktop.domain.notice_settings import (
    CertificateStyle,
    CommendationForm,
    NoticeSettings,
)
from daomao_desktop.domain.scheme import Grade, YearState
from daomao_desktop.errors import InvalidInput, Refused
from daomao_desktop.services import assessment, notices
from daomao_desktop.services.certificate_sample import certificate_sample
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.notice_settings import notice_settings, save_notice_settings
from tests.documents.measuring import measure, near
from tests.services.assessment_office import decided, people, settle, walk, whole_year
from tests.services.notice_office import (
    CERTIFICATE,
    COMMENDATION,
    CRITICISM,
    DEDUCTION,
    issued,
    register_row,
    text_of,
    uid_of,
)
from tests.services.office import acting_as, actions

TWENTY = people(20)
GRADES = {"林〇一": "优秀", "林〇二": "优秀", "林〇三": "不称职"}


@pytest.fixture
def town(town_desk: Desk, tmp_path: Path) -> Desk:
    """A town whose year 2025 is in force: two 优秀 among twenty."""
    whole_year(town_desk, tmp_path, TWENTY, GRADES)
    return town_desk


def _commended(desk: Desk, *, persons: tuple[str, ...] = (), best: tuple[str, ...] = ()) -> str:
    uid = notices.draft_notice(
        desk,
        COMMENDATION,
        2025,
        None,
        persons=tuple(uid_of(desk, name) for name in persons),
        best=tuple(uid_of(desk, name) for name in best),
    )
    notices.issue_notice(desk, uid)
    return uid


def _certificates(desk: Desk) -> list[str]:
    found = notices.notice_candidates(desk, 2025)
    return [one.name for one in found if one.kind is CERTIFICATE]


def test_a_certificate_names_person_group_honour_and_both_organs(town: Desk) -> None:
    row = issued(town, CERTIFICATE, "林〇一")
    assert (row.number, row.title) == ("大茂荣证〔2026〕1号", "荣誉证书（林〇一）")
    assert row.organ == "中共大茂镇委员会、大茂镇人民政府"
    assert issued(town, CERTIFICATE, "林〇二").number == "大茂荣证〔2026〕2号"
    assert issued(town, COMMENDATION, None).number == "大茂党〔2026〕1号"  # a series of its own
    text = text_of(notices.stored_pdf(town, row.uid))
    for words in (
        "荣誉证书",
        "林〇一同志：",
        "在联光村第1村民小组组长岗位上",
        "2025年度",
        "荣获优秀村民小组长称号",
        "编号：大茂荣证〔2026〕1号",
        "2026年1月20日",
    ):
        assert words in text, words
    assert "十佳" not in text


def test_the_ten_best_are_those_of_the_commendation_signed_off(town: Desk) -> None:
    _commended(town, best=("林〇二",))
    best = text_of(notices.stored_pdf(town, issued(town, CERTIFICATE, "林〇二").uid))
    assert "荣获“十佳”村民小组长称号" in best
    other = text_of(notices.stored_pdf(town, issued(town, CERTIFICATE, "林〇一").uid))
    assert "荣获优秀村民小组长称号" in other


def test_a_voided_commendation_makes_nobody_one_of_the_ten_best(town: Desk) -> None:
    notices.void_notice(town, _commended(town, best=("林〇二",)), "名单有误")
    text = text_of(notices.stored_pdf(town, issued(town, CERTIFICATE, "林〇二").uid))
    assert "荣获优秀村民小组长称号" in text


def test_a_certificate_waits_for_the_commendation_that_makes_one_of_the_ten_best(
    town: Desk,
) -> None:
    best = (uid_of(town, "林〇二"),)
    draft = notices.draft_notice(town, COMMENDATION, 2025, None, best=best)
    with pytest.raises(Refused, match="请先签发表彰文件"):
        notices.draft_notice(town, CERTIFICATE, 2025, best[0])
    issued(town, CERTIFICATE, "林〇一")
    notices.issue_notice(town, draft)
    issued(town, CERTIFICATE, "林〇二")


def test_only_those_the_commendation_names_get_one(town: Desk) -> None:
    assert _certificates(town) == ["林〇一", "林〇二"]
    _commended(town, persons=("林〇二",))
    assert _certificates(town) == ["林〇二"]
    with pytest.raises(Refused, match="名单里没有此人"):
        notices.draft_notice(town, CERTIFICATE, 2025, uid_of(town, "林〇一"))


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ({"best": ("林〇一",)}, "林〇一的荣誉证书写的是优秀村民小组长，与这次的名单不一致"),
        ({"persons": ("林〇二",)}, "林〇一的荣誉证书还有效"),
    ],
)
def test_a_commendation_never_contradicts_a_certificate(
    town: Desk, names: dict[str, tuple[str, ...]], words: str
) -> None:
    row = issued(town, CERTIFICATE, "林〇一")
    with pytest.raises(Refused, match=words):
        _commended(town, **names)
    notices.void_notice(town, row.uid, "重新评选")
    _commended(town, **names)


def test_a_certificate_is_refused_by_grade_and_the_second_time(town: Desk) -> None:
    for name in ("林〇三", "林〇四"):
        with pytest.raises(Refused, match="考核等次不是“优秀”"):
            notices.draft_notice(town, CERTIFICATE, 2025, uid_of(town, name))
    row = issued(town, CERTIFICATE, "林〇一")
    with pytest.raises(Refused, match="不能重复制发"):
        notices.draft_notice(town, CERTIFICATE, 2025, uid_of(town, "林〇一"))
    notices.void_notice(town, row.uid, "打错了")
    assert issued(town, CERTIFICATE, "林〇一").number == "大茂荣证〔2026〕2号"


def test_no_certificate_before_the_year_is_in_force(town_desk: Desk, tmp_path: Path) -> None:
    settle(town_desk, tmp_path, TWENTY)
    walk(town_desk, YearState.TOWN)
    decided(town_desk, tmp_path, TWENTY, GRADES)
    walk(town_desk, YearState.PUBLIC_NOTICE)
    with pytest.raises(Refused, match="尚未生效（现在是“公示”）"):
        notices.draft_notice(town_desk, CERTIFICATE, 2025, uid_of(town_desk, "林〇一"))


def test_a_village_issues_no_certificate(village_desk: Desk, tmp_path: Path) -> None:
    settle(village_desk, tmp_path, TWENTY)
    walk(village_desk, YearState.TOWN)
    decided(village_desk, tmp_path, TWENTY, GRADES, paper=("大茂党〔2026〕3号", "2026-01-10"))
    walk(village_desk, YearState.IN_FORCE)
    with pytest.raises(Refused, match="荣誉证书由镇里制发"):
        notices.draft_notice(village_desk, CERTIFICATE, 2025, uid_of(village_desk, "林〇一"))
    assert _certificates(village_desk) == []


def test_a_grade_is_not_corrected_while_its_certificate_stands(town: Desk) -> None:
    row = issued(town, CERTIFICATE, "林〇一")
    uid = uid_of(town, "林〇一")
    with pytest.raises(Refused, match=r"《荣誉证书（林〇一）》还有效，请先作废"):
        assessment.correct_decision(town, 2025, uid, Grade.COMPETENT, "复核")
    notices.void_notice(town, row.uid, "复核后不是优秀")
    assessment.correct_decision(town, 2025, uid, Grade.COMPETENT, "复核")
    with pytest.raises(Refused, match="不是“优秀”"):
        notices.draft_notice(town, CERTIFICATE, 2025, uid)


def test_the_form_of_the_commendation_is_a_setting(town: Desk) -> None:
    save_notice_settings(town, NoticeSettings(CommendationForm.PRAISE))
    draft = notices.draft_notice(town, COMMENDATION, 2025, None)
    assert register_row(town, draft).title == "关于通报表扬2025年度优秀村民小组长的通报"
    save_notice_settings(town, NoticeSettings(CommendationForm.DECISION))
    notices.issue_notice(town, draft)  # nothing signed off yet follows the setting of the day
    row = register_row(town, draft)
    assert row.title == "关于表彰2025年度优秀村民小组长的决定"
    assert "授予优秀村民小组长称号" in text_of(notices.stored_pdf(town, draft))
    save_notice_settings(town, NoticeSettings(CommendationForm.PRAISE))
    certificate = issued(town, CERTIFICATE, "林〇一")  # in the form of the one signed off
    assert "荣获优秀村民小组长称号" in text_of(notices.stored_pdf(town, certificate.uid))
    with pytest.raises(Refused, match=f"《{row.title}》已经签发"):
        notices.draft_notice(town, COMMENDATION, 2025, None)


def test_praise_gives_certificates_without_a_title(town: Desk) -> None:
    save_notice_settings(town, NoticeSettings(CommendationForm.PRAISE))
    _commended(town, best=("林〇二",))
    first, second = (
        text_of(notices.stored_pdf(town, issued(town, CERTIFICATE, name).uid))
        for name in ("林〇一", "林〇二")
    )
    assert "受到通报表扬" in first
    assert "称号" not in first
    assert "荣获“十佳”村民小组长称号" in second


def test_a_certificate_on_a_printed_blank_follows_the_setting_of_the_day(town: Desk) -> None:
    bordered = issued(town, CERTIFICATE, "林〇一")
    kept = notices.stored_pdf(town, bordered.uid)
    blank = NoticeSettings(
        certificate_style=CertificateStyle.BLANK, certificate_right=4, certificate_down=-3
    )
    save_notice_settings(town, blank)
    assert notices.stored_pdf(town, bordered.uid) == kept  # what was signed off stays as it is
    (page,) = measure(notices.stored_pdf(town, issued(town, CERTIFICATE, "林〇二").uid))
    (other,) = measure(kept)
    assert not page.rules
    assert not any(line.text == "荣誉证书" for line in page.lines)
    assert page.line("编号：").x0 - other.line("编号：").x0 == near(4, 0.01)
    assert page.line("编号：").top - other.line("编号：").top == near(-3, 0.01)


def test_a_sample_shows_a_certificate_before_its_settings_are_kept(town: Desk) -> None:
    before = len(actions(town))
    assert "荣誉证书" in text_of(certificate_sample(town, NoticeSettings()))
    blank = NoticeSettings(certificate_style=CertificateStyle.BLANK, certificate_right=15)
    sample = text_of(certificate_sample(town, blank))
    assert "荣誉证书" not in sample
    for words in ("某某某同志：", "中共大茂镇委员会", "大茂镇人民政府", "编号：样张"):
        assert words in sample
    praise = NoticeSettings(CommendationForm.PRAISE)
    assert "受到通报表扬" in text_of(certificate_sample(town, praise))
    with pytest.raises(InvalidInput, match="右移（毫米）应在 -15 到 15 之间"):
        certificate_sample(town, NoticeSettings(certificate_right=16))
    assert len(actions(town)) == before  # nothing is kept


def test_periods_named_in_notices_are_settings(town: Desk) -> None:
    save_notice_settings(town, NoticeSettings(objection_days=10, rectify_days=45))
    criticism = text_of(notices.stored_pdf(town, issued(town, CRITICISM, "林〇三").uid))
    assert "自收到本通报之日起10日内" in criticism
    assert "自收到本通报之日起45日内向村党支部提交书面整改报告" in criticism
    deduction = text_of(notices.stored_pdf(town, issued(town, DEDUCTION, "林〇三").uid))
    assert "自收到本通知之日起10日内" in deduction


def test_only_the_administrator_changes_them_within_bounds(town: Desk) -> None:
    with pytest.raises(InvalidInput, match="提出异议的期限（天）应在 3 到 90 之间。"):
        save_notice_settings(town, NoticeSettings(objection_days=0))
    with pytest.raises(Refused, match="不能管理操作员和系统设置"):
        save_notice_settings(acting_as(town, OperatorRole.TOWN_CLERK), NoticeSettings())
    before = len(actions(town))
    save_notice_settings(town, NoticeSettings(rectify_days=60))
    assert notice_settings(town) == NoticeSettings(rectify_days=60)
    assert len(actions(town)) > before
