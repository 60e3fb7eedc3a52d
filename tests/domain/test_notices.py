"""Numbers, organs and refusals of documents."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from daomao_desktop.domain.money import Money
from daomao_desktop.domain.notice_settings import CommendationForm
from daomao_desktop.domain.notices import (
    DocumentKind,
    DocumentNumber,
    branch_name,
    branch_prefix,
    certificate_prefix,
    certificate_problem,
    commendation_problem,
    committee_prefix,
    contact_problem,
    criticism_problem,
    deduction_problem,
    document_number,
    numbers_told,
    parse_document_number,
    prefix_problem,
    public_notice_problem,
    town_committee,
    town_discipline,
    town_government,
    town_prefix,
    village_committee,
)
from daomao_desktop.domain.scheme import Grade, YearState


def test_numbers_as_gb_t_9704_writes_them() -> None:
    assert document_number("大茂党", 2026, 5) == "大茂党〔2026〕5号"


@pytest.mark.parametrize(
    "typed",
    [
        "大茂党〔2026〕5号",
        "大茂党[2026]5号",
        "大茂党(2026)5号",
        "大茂党（2026）5号",
        "大茂党【2026】5号",
        "大茂党﹝2026﹞5号",
        "大茂党［２０２６］５号",
        "大茂党〔2026年〕第05号",
        " 大茂党 〔 2026 〕 第 5 号 ",
        "大茂党〔2026〕5",
        "大茂党〖2026〗5号",
    ],
)
def test_a_number_is_understood_as_people_write_it(typed: str) -> None:
    assert parse_document_number(typed) == DocumentNumber("大茂党", 2026, 5)
    assert str(parse_document_number(typed)) == "大茂党〔2026〕5号"


@pytest.mark.parametrize(
    "typed",
    [
        "大茂党15号",
        "〔2026〕5号",
        "大茂党〔26〕5号",
        "大茂党〔2026〕号",
        "大茂党〔2026〕0号",
        "大茂党2026年5号",
        "大茂党〔2026〕5号文件",
        "大茂党〔2026〕五号",
        "大茂党〔1026〕5号",
        "5号",
        "大茂党",
        "",
    ],
)
def test_what_is_no_number_is_refused_with_one_sentence(typed: str) -> None:
    with pytest.raises(ValueError, match=r"请核对|如“大茂党〔2026〕3号”") as refused:
        parse_document_number(typed)
    assert f"“{typed}”" in str(refused.value)
    assert str(refused.value).count("。") == 1


def test_the_words_of_the_command_line() -> None:
    words = "criticism deduction commendation certificate notice freeform registration summary"
    assert [kind.code for kind in DocumentKind] == [*words.split(), "register"]
    assert [kind for kind in DocumentKind if not kind.is_numbered and not kind.is_table] == [
        DocumentKind.PUBLIC_NOTICE
    ]


def test_prefixes() -> None:
    assert town_prefix("大茂镇") == "大茂党"
    assert certificate_prefix("大茂镇") == "大茂荣证"
    assert branch_prefix("联光村") == "联光党支"
    assert committee_prefix("联光村") == "联光村委"
    assert committee_prefix("东山社区") == "东山居委"
    assert branch_prefix("村") == "村党支"  # never nothing before the word
    for prefix in ("大茂党", "大茂荣证", "联光党支", "联光村委"):
        assert prefix_problem(prefix) is None
    for prefix in (
        "",
        "大茂党〔2026〕",
        "大茂 党",
        "大茂党5号",
        "大" * 13,
        "党\uff12",
        "【党】",
        "党、",
    ):
        assert prefix_problem(prefix) is not None


def test_organs() -> None:
    assert town_committee("大茂镇") == "中共大茂镇委员会"
    assert town_government("大茂镇") == "大茂镇人民政府"
    assert town_discipline("大茂镇") == "中共大茂镇纪律检查委员会"
    assert branch_name("大茂镇", "联光村") == "中共大茂镇联光村支部委员会"
    assert village_committee("大茂镇", "联光村") == "大茂镇联光村村民委员会"
    assert village_committee("大茂镇", "东山社区") == "大茂镇东山社区居民委员会"


def criticism(**changes: Any) -> str | None:
    asked: dict[str, Any] = {
        "state": YearState.IN_FORCE,
        "grade": Grade.INCOMPETENT,
        "meeting_on": date(2026, 1, 12),
        "dated": date(2026, 1, 15),
        "facts": ("防汛值守期间脱岗",),
        "is_issued": False,
        "amount": Money(70_000),
        "computed": Money(70_000),
    }
    return criticism_problem(**{**asked, **changes})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"state": YearState.PUBLIC_NOTICE}, "尚未生效"),
        ({"grade": Grade.COMPETENT}, "不是“不称职”"),
        ({"grade": None}, "不是“不称职”"),
        ({"is_issued": True}, "不能重复"),
        ({"facts": ()}, "没有一条可以写明的事实"),
        ({"facts": (" ", "")}, "没有一条可以写明的事实"),
        ({"facts": ("。", "——")}, "没有一条可以写明的事实"),
        ({"meeting_on": None}, "没有登记"),
        ({"meeting_on": date(2026, 1, 16)}, "晚于成文日期"),
        ({"amount": Money(70_001)}, "700.00 元"),
    ],
)
def test_a_criticism_is_refused(changes: dict[str, object], words: str) -> None:
    assert words in (criticism(**changes) or "")


def test_a_criticism_is_allowed() -> None:
    assert criticism() is None
    assert criticism(state=YearState.ARCHIVED, meeting_on=date(2026, 1, 15)) is None


def test_deductions_only_for_the_incompetent_once_in_force() -> None:
    asked = {"state": YearState.IN_FORCE, "grade": Grade.INCOMPETENT, "is_issued": False}
    assert deduction_problem(**asked) is None  # type: ignore[arg-type]
    for changes in (
        {"state": YearState.DECIDED},
        {"grade": Grade.COMPETENT},
        {"is_issued": True},
    ):
        assert deduction_problem(**{**asked, **changes}) is not None  # type: ignore[arg-type]


def commendation(**changes: Any) -> str | None:
    asked: dict[str, Any] = {
        "form": CommendationForm.CIRCULAR,
        "state": YearState.IN_FORCE,
        "grades": [Grade.EXCELLENT] * 2,
        "best": 2,
        "assessed": 24,
        "excellent": 2,
    }
    return commendation_problem(**{**asked, **changes})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"state": YearState.DECIDED}, "尚未生效"),
        ({"grades": []}, "没有考核为"),
        ({"grades": [], "form": CommendationForm.PRAISE}, "不用制发通报表扬"),
        ({"grades": [Grade.EXCELLENT, Grade.COMPETENT]}, "有人"),
        ({"grades": [None]}, "有人"),
        ({"best": 3}, "最多 2 人"),
        ({"best": 0, "excellent": 3}, "超过上限"),
    ],
)
def test_a_commendation_is_refused(changes: dict[str, object], words: str) -> None:
    assert words in (commendation(**changes) or "")


def test_a_commendation_is_allowed() -> None:
    assert commendation() is None
    assert commendation(best=10, assessed=199, excellent=19) is None
    assert commendation(best=11, assessed=199, excellent=19) is not None


def certificate(**changes: Any) -> str | None:
    asked: dict[str, Any] = {
        "state": YearState.IN_FORCE,
        "grade": Grade.EXCELLENT,
        "is_issued": False,
        "is_named": True,
        "awaits_commendation": False,
        "assessed": 24,
        "excellent": 2,
    }
    return certificate_problem(**{**asked, **changes})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"state": YearState.PUBLIC_NOTICE}, "尚未生效（现在是“公示”）"),
        ({"grade": Grade.COMPETENT}, "不是“优秀”"),
        ({"grade": None}, "不是“优秀”"),
        ({"is_issued": True}, "不能重复"),
        ({"is_named": False}, "名单里没有此人"),
        ({"awaits_commendation": True}, "请先签发表彰文件"),
        ({"excellent": 3}, "超过上限"),
    ],
)
def test_a_certificate_is_refused(changes: dict[str, object], words: str) -> None:
    assert words in (certificate(**changes) or "")


def test_a_certificate_is_allowed() -> None:
    assert certificate() is None
    assert certificate(state=YearState.ARCHIVED) is None


@pytest.mark.parametrize(
    "contact", ["0898-12345678", "12345678", "0898 1234 5678（镇党政办）、13800000000"]
)
def test_a_phone_a_notice_may_print(contact: str) -> None:
    assert contact_problem(contact) is None


@pytest.mark.parametrize(
    "contact", ["", "镇党政办", "12345", "2025年1月5日", "1234567" + "办" * 60]
)
def test_what_is_no_phone(contact: str) -> None:
    assert contact_problem(contact) is not None


def public_notice(**changes: Any) -> str | None:
    asked: dict[str, Any] = {
        "state": YearState.DECIDED,
        "decided_on": date(2025, 12, 29),
        "posted": date(2026, 1, 5),
        "until": date(2026, 1, 12),
        "days": 5,
        "contact": "0898-00001234",
        "is_issued": False,
    }
    return public_notice_problem(**{**asked, **changes})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"state": YearState.TOWN}, "还没有确定等次（现在是“镇审”）"),
        ({"decided_on": None}, "还没有确定等次"),
        ({"is_issued": True}, "不能重复"),
        ({"posted": date(2025, 12, 26)}, "早于镇党委确定等次的2025年12月29日"),
        ({"until": date(2026, 1, 11)}, "至少公示到2026年1月12日"),
        ({"days": 7}, "不少于 7 个工作日"),
        ({"until": date(2026, 5, 1)}, "超过 90 天"),
        ({"contact": None}, "没有登记镇的联系电话"),
        ({"contact": ""}, "没有登记镇的联系电话"),
    ],
)
def test_a_public_notice_is_refused(changes: dict[str, object], words: str) -> None:
    assert words in (public_notice(**changes) or "")


def test_a_public_notice_is_allowed() -> None:
    assert public_notice() is None
    assert public_notice(state=YearState.IN_FORCE, until=date(2026, 1, 30)) is None


def test_numbers_of_a_series_are_drawn_together() -> None:
    party, branch = ("大茂党", 2026), ("联光党支", 2026)
    given = [(*party, 5), (*branch, 1), (*party, 6), (*party, 8), (*party, 7), (*branch, 3)]
    told = "大茂党〔2026〕5号—8号、联光党支〔2026〕1号、联光党支〔2026〕3号"
    assert numbers_told(given) == told
    assert numbers_told([]) == ""
