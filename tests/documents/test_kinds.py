"""Kinds of documents: golden texts, what must be in them, and when they are refused."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest

from daomao_desktop.documents.kinds import (
    certificate,
    commendation,
    criticism,
    deduction,
    public_notice,
)
from daomao_desktop.documents.kinds.wording import parse_wording, shipped_text
from daomao_desktop.documents.typesetting import OfficialDocument, Paper, typeset
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.notice_settings import CommendationForm
from daomao_desktop.domain.rewards import Honour
from daomao_desktop.domain.scheme import Grade
from daomao_desktop.errors import DaomaoError, Refused
from tests.documents import examples
from tests.documents.measuring import text_of

REFERENCE = Path(__file__).parents[1] / "reference"

DOCUMENTS: dict[str, Paper] = {
    "criticism": criticism.compose(examples.CRITICISM),
    "criticism-two-years": criticism.compose(examples.TWO_YEARS),
    "deduction": deduction.compose(examples.DEDUCTION),
    "certificate": certificate.compose(examples.CERTIFICATE),
    "public-notice": public_notice.compose(examples.public_notice(24, 2, 2, 1)),
    "commendation-in-text": commendation.compose(examples.commendation(10, 3)),
    "commendation-with-list": commendation.compose(examples.commendation(24, 2)),
    "commendation-decision": commendation.compose(
        examples.commendation(24, 2, CommendationForm.DECISION)
    ),
    "commendation-praise": commendation.compose(
        examples.commendation(12, 2, CommendationForm.PRAISE)
    ),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_text_is_the_golden_one(name: str) -> None:
    """After an intended change: ``python -m tests.documents.write_reference`` and read the diff."""
    golden = (REFERENCE / f"{name}.txt").read_text(encoding="utf-8")
    assert text_of(typeset(DOCUMENTS[name])) + "\n" == golden


def whole(document: Paper) -> str:
    """The text without line breaks and page numbers."""
    return re.sub(r"\n— \d+ —|\n", "", text_of(typeset(document)))


def test_criticism_says_everything_the_scheme_wants() -> None:
    text = whole(DOCUMENTS["criticism"])
    for piece in (
        "中共大茂镇联光村支部委员会文件",
        "联光党支〔2026〕1号",
        "关于给予王大顺通报批评的通报",
        "各村民小组：",
        "王大顺，男，联光村第3村民小组组长",
        "2025年度考核等次为“不称职”",
        "1. 2025年6月防汛期间，连续3天不在岗，未按要求组织村民转移。",
        "2. 2025年9月，未按规定公示本组集体资金收支情况。",
        "“必须恪尽职守，实干担当；不准脱岗离责，弄虚作假”"
        "“必须清正廉洁，严守底线；不准滥用职权，逾越红线”",
        "经2026年1月10日村党支部会议研究",
        "扣除其2025年度20%的岗位补贴，计人民币700.00元（大写：柒佰元整）",
        "30日内向村党支部提交书面整改报告",
        "对本通报有异议的，可以自收到本通报之日起15日内",
        "抄送：镇党委、镇纪委。",
        "送达回证",
        "受送达人签名",
    ):
        assert piece in text
    assert "连续两年" not in text


def test_two_year_run_is_said_with_what_follows() -> None:
    text = whole(DOCUMENTS["criticism-two-years"])
    assert "2024年度、2025年度连续两年考核为“不称职”" in text
    # Nothing is decided here: the group votes, or the town's commission acts.
    assert "村党支部将按程序提出罢免建议，提请村民小组会议表决，或者移送镇纪委" in text
    assert "镇纪委依纪依法严肃问责" in text
    assert "欧阳𠮷，女" in text


def test_facts_without_a_clause_break_none() -> None:
    text = whole(criticism.compose(replace(examples.CRITICISM, clauses=())))
    assert "一、主要事实" in text
    assert "违反" not in text
    assert "二、处理决定" in text


def test_a_brace_in_a_recorded_fact_is_text() -> None:
    told = "账上写 {金额} 一栏空着，{姓名}说“{事实}”"
    for facts in ((told,), (told, "另有一项{大写}未登记")):
        text = whole(criticism.compose(replace(examples.CRITICISM, facts=facts)))
        assert told.replace(" ", "") in text.replace(" ", "")
        assert ("另有一项{大写}未登记" in text) == (len(facts) == 2)


def test_a_recorded_fact_is_never_a_heading_of_the_paper() -> None:
    """一、二组 are two groups; set in 黑体 it was a third chapter."""
    for fact in ("一、二组的鱼塘私自发包", "（一）未召开会议"):
        body = criticism.compose(replace(examples.CRITICISM, facts=(fact,))).body
        assert f"1. {fact}。" in body
    body = criticism.compose(replace(examples.CRITICISM, facts=("未召开会议",))).body
    assert "未召开会议。" in body


def test_a_fact_ends_as_a_sentence_does() -> None:
    for fact, wanted in (
        ("迟到；", "迟到。"),
        ("答复说“没空”", "答复说“没空”。"),
        ("答复说“没空。”", "答复说“没空。”"),
        ("问“‘不去’？”", "问“‘不去’？”"),
        ("推诿……", "推诿……"),
        ("\u200b推\u200b诿\ufeff", "推诿。"),
    ):
        assert wanted in criticism.compose(replace(examples.CRITICISM, facts=(fact,))).body


def test_a_fact_recorded_twice_is_told_once() -> None:
    """As a finding and as a line of evidence, with a full stop and without."""
    body = criticism.compose(replace(examples.CRITICISM, facts=("脱岗。", " 脱岗", "脱岗；"))).body
    assert body.count("脱岗。") == 1
    assert not any(text.startswith("1.") for text in body)


def test_who_is_paid_no_subsidy_loses_none() -> None:
    nothing = {"base": Money(0), "amount": Money(0)}
    text = whole(criticism.compose(replace(examples.CRITICISM, **nothing)))
    assert "决定给予王大顺通报批评。王大顺2025年度没有岗位补贴，扣减金额为0.00元。" in text
    assert "扣除" not in text
    assert "20%" not in text


def test_a_day_for_the_report_replaces_the_period() -> None:
    text = whole(criticism.compose(replace(examples.CRITICISM, rectify_by=date(2026, 3, 1))))
    assert "于2026年3月1日前向村党支部提交书面整改报告" in text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"grade": Grade.COMPETENT}, "不称职"),
        ({"meeting_on": None}, "会议日期"),
        ({"meeting_on": date(2026, 1, 16)}, "晚于成文日期"),
        ({"amount": Money(69_999)}, "扣减金额应为 700.00 元"),
        ({"facts": ()}, "没有一条可以写明的事实"),
        ({"facts": ("　", "")}, "没有一条可以写明的事实"),
        ({"rectify_by": date(2026, 1, 1)}, "整改期限"),
    ],
)
def test_criticism_is_refused(changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        criticism.compose(replace(examples.CRITICISM, **changes))


def test_deduction_says_amount_base_months_and_words() -> None:
    text = whole(DOCUMENTS["deduction"])
    for piece in (
        "大茂镇联光村村民委员会",
        "王大顺：",
        "任职计发7个月，岗位补贴每月500.00元，应发合计3,500.00元（大写：叁仟伍佰元整）",
        "20%计人民币700.00元（大写：柒佰元整）",
        "2026年1月15日",
    ):
        assert piece in text
    varied = replace(examples.DEDUCTION, monthly=None)
    assert "每月500.00元" not in whole(deduction.compose(varied))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"grade": Grade.EXCELLENT}, "不称职"),
        ({"months": 0}, "任职时间"),
        ({"amount": Money(1)}, "扣减金额应为"),
        ({"monthly": Money(40_000)}, "乘以月数"),
    ],
)
def test_deduction_is_refused(changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        deduction.compose(replace(examples.DEDUCTION, **changes))


def test_up_to_ten_names_stand_in_the_text() -> None:
    document = DOCUMENTS["commendation-in-text"]
    assert isinstance(document, OfficialDocument)
    assert not document.attachments
    text = whole(document)
    for person in examples.honoured(10):
        assert f"{person.name}（{person.village}{person.group}组长）" in text
    assert "“十佳”村民小组长（3名）" in text
    assert "为榜样" in text


def test_more_names_go_to_an_attached_list() -> None:
    document = DOCUMENTS["commendation-with-list"]
    assert isinstance(document, OfficialDocument)
    assert document.attachments == ("2025年度优秀村民小组长名单",)
    text = text_of(typeset(document))
    assert "序号村组姓名荣誉" in text.replace("\n", "")
    assert "陈　𠮷" in text
    assert "附件：2025年度优秀村民小组长名单" in text


@pytest.mark.parametrize(
    ("form", "pieces", "absent"),
    [
        (
            CommendationForm.DECISION,
            (
                "关于表彰2025年度优秀村民小组长的决定",
                "镇党委、镇政府决定，对王强等3名村民小组长予以表彰，授予优秀村民小组长称号，"
                "其中1名授予“十佳”村民小组长称号",
                "优秀村民小组长（2名）：",
            ),
            "通报",
        ),
        (
            CommendationForm.PRAISE,
            (
                "关于通报表扬2025年度优秀村民小组长的通报",
                "对王强等3名村民小组长予以通报表扬，其中1名评为“十佳”村民小组长",
                "年度考核优秀的村民小组长（2名）：",
                "希望受到表扬的村民小组长",
            ),
            "表彰",
        ),
    ],
)
def test_the_form_changes_title_and_words(
    form: CommendationForm, pieces: tuple[str, ...], absent: str
) -> None:
    text = whole(commendation.compose(examples.commendation(3, 1, form)))
    for piece in pieces:
        assert piece in text, piece
    assert absent not in text
    plain = whole(commendation.compose(examples.commendation(3, 0, form)))
    assert "十佳" not in plain


def test_praise_gives_no_title_but_the_ten_bests() -> None:
    listed = whole(DOCUMENTS["commendation-praise"])
    assert listed.count("“十佳”村民小组长") == 2 + 1  # the list, and the decision
    assert listed.count("年度考核优秀") == 10
    assert "称号" not in listed
    praised = replace(examples.CERTIFICATE, praised=True)
    assert "荣获“十佳”村民小组长称号" in whole(certificate.compose(praised))
    text = whole(certificate.compose(replace(praised, honour=Honour.EXCELLENT)))
    assert "受到通报表扬" in text
    assert "称号" not in text


def test_one_person_is_commended_by_name() -> None:
    text = whole(commendation.compose(examples.commendation(1)))
    assert "决定对村民小组长王强予以通报表彰" in text
    assert "等1名" not in text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (replace(examples.commendation(3), people=()), "没有考核为“优秀”的人员"),
        (
            replace(
                examples.commendation(1),
                people=(replace(examples.honoured(1)[0], grade=Grade.COMPETENT),),
            ),
            "不是“优秀”",
        ),
        (examples.commendation(12, 11), "最多 10 人"),
        (replace(examples.commendation(3), excellent=2), "多于"),
        (replace(examples.commendation(3), assessed=29), "10"),
    ],
)
def test_commendation_is_refused(data: commendation.Commendation, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        commendation.compose(data)


@pytest.mark.parametrize("honour", Honour)
def test_a_certificate_gives_the_honour_and_its_ground(honour: Honour) -> None:
    text = whole(certificate.compose(replace(examples.CERTIFICATE, honour=honour)))
    for piece in (
        "荣誉证书",
        "欧阳建国同志：",
        "在联光村第3村民小组组长岗位上",
        "在2025年度考核中被确定为“优秀”等次",
        f"荣获{honour.value}称号",
        "特发此证，以资鼓励。",
        "中共大茂镇委员会",
        "大茂镇人民政府",
        "2026年1月15日",
        "编号：大茂荣证〔2026〕3号",
    ):
        assert piece in text, piece


def test_a_certificate_is_only_for_the_excellent() -> None:
    with pytest.raises(Refused, match="不是“优秀”"):
        certificate.compose(replace(examples.CERTIFICATE, grade=Grade.COMPETENT))


def test_a_public_notice_lists_everybody_and_says_how_to_object() -> None:
    text = whole(DOCUMENTS["public-notice"])
    for piece in (
        "关于2025年度村民小组长考核等次的公示",
        "镇党委结合日常工作表现，于2025年12月29日研究确定",
        "村民小组长23名，其中优秀2名、称职19名、不称职2名，全部名单见附件",
        "另有1名村民小组长按规定不定等次。",
        "优秀（2名）：王强（联光村第1村民小组组长）、欧阳建国（桃源村第2村民小组组长）。",
        "自2026年1月5日起至2026年1月12日止，张贴当日不计算在内，共5个工作日。",
        "可以向镇党委或者镇纪委书面反映",
        "联系电话：0898-00001234",
        "公示张贴回执",
        "2026年1月5日至2026年1月12日（5个工作日）",
        "见证人签名",
    ):
        assert piece in text, piece
    assert len(re.findall(r"村第\d+村民小组", text)) == 24 + 4  # the list, and those in the text
    assert "〔" not in text  # no number


def test_more_than_ten_of_a_grade_are_named_in_the_list_alone() -> None:
    text = whole(public_notice.compose(examples.public_notice(120, 12, 3)))
    assert "优秀（12名）" not in text
    assert "不称职（3名）：" in text
    assert "不定等次" not in text
    assert "其中优秀12名、称职105名、不称职3名" in text
    nobody = whole(public_notice.compose(examples.public_notice(9, 0, 0)))
    assert "优秀0名、称职9名、不称职0名" in nobody
    assert "名）：" not in nobody


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"people": ()}, "没有可以公示的内容"),
        ({"people": examples.public_notice(3, 0, 0, 3).people}, "没有可以公示的内容"),
        ({"people": examples.public_notice(19, 2, 0).people}, "超过上限"),
        ({"until": date(2026, 1, 5)}, "晚于张贴日期"),
        ({"contact": " "}, "联系电话"),
    ],
)
def test_a_public_notice_is_refused(changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        public_notice.compose(replace(examples.public_notice(24, 2, 2), **changes))


def test_no_private_value_has_a_place_in_a_notice() -> None:
    private = {"id_number", "phone", "address", "account"}
    for kind in (
        criticism.Criticism,
        deduction.Deduction,
        commendation.Honoured,
        certificate.Certificate,
        public_notice.Posted,
    ):
        assert not private & {field.name for field in fields(kind)}


SPECS = {
    "certificate": certificate.SPEC,
    "criticism": criticism.SPEC,
    "public-notice": public_notice.SPEC,
    "deduction": deduction.SPEC,
    **dict.fromkeys(commendation.KINDS.values(), commendation.SPEC),
}


@pytest.mark.parametrize("kind", SPECS)
def test_shipped_wording_passes_its_own_check(kind: str) -> None:
    parse_wording(shipped_text(kind), SPECS[kind])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("{会议日期}", "{开会日期}"), "不认识的栏目“开会日期”"),
        (("经{会议日期}", "经"), "缺少栏目“会议日期”"),
        (("[异议]", "[异议处理]"), "不认识的段“异议处理”"),
        (("[主送]\n各村民小组\n", ""), "缺少“主送”"),
        (("[主送]\n各村民小组", "[主送]"), "缺少“主送”"),
        (("各村民小组\n", "各村民小组}\n"), "花括号"),
        (("[主送]", "[主送]\n甲\n[主送]"), "写了两遍"),
    ],
)
def test_wrong_wording_is_refused_with_the_name(change: tuple[str, str], sentence: str) -> None:
    text = shipped_text("criticism").replace(*change)
    with pytest.raises(DaomaoError, match=sentence):
        parse_wording(text, criticism.SPEC)


def test_an_office_may_bring_its_own_wording() -> None:
    own = shipped_text("criticism").replace("各村民小组\n", "各村民小组、全体党员\n", 1)
    document = criticism.compose(replace(examples.CRITICISM, wording=own))
    assert document.addressee == "各村民小组、全体党员"
