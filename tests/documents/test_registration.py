"""The registration form (年度考核登记表): what it says, and that it keeps to one sheet of paper."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date

import pytest

from daomao_desktop.documents.kinds import registration
from daomao_desktop.documents.kinds.registration import Registration, RoleRecords, Told
from daomao_desktop.documents.typesetting import typeset
from daomao_desktop.domain.scheme import BottomLine, Grade, Role
from daomao_desktop.domain.scheme_settings import MissingPolicy
from daomao_desktop.domain.scoring import Component
from tests.documents.measuring import MeasuredPage, measure, near, text_of
from tests.documents.table_examples import EMPTY_REGISTRATION, FULL_REGISTRATION, REGISTRATION

FORMS = {"ordinary": REGISTRATION, "empty": EMPTY_REGISTRATION, "full": FULL_REGISTRATION}
SMALLEST = 12.0  # 小四


def pages(data: Registration) -> tuple[MeasuredPage, ...]:
    return measure(typeset(registration.compose(data)))


def text(data: Registration) -> str:
    return re.sub(r"\s", "", text_of(typeset(registration.compose(data))))


@pytest.mark.parametrize("name", FORMS)
def test_the_form_is_one_sheet_with_both_sides_filled(name: str) -> None:
    both = pages(FORMS[name])
    assert len(both) == 2
    for page in both:
        assert (page.width, page.height) == (near(210), near(297))
        assert page.level_rules[-1].y0 == near(262)  # the 版心's bottom
        assert min(glyph.size for glyph in page.glyphs) >= SMALLEST
    assert [page.lines[-1].text for page in both] == ["— 1 —", "— 2 —"]


def test_the_front_tells_the_person_and_the_year() -> None:
    front, _back = (
        re.sub(r"\s", "", "".join(g.text for g in p.glyphs)) for p in pages(REGISTRATION)
    )
    for piece in (
        "村民小组长年度考核登记表（2025年度）",
        "王大顺",
        "1975年3月",
        "联光村第3村民小组",
        "2021年6月20日",
        "12个月",
        "1.政策宣传员（1条）：3月5日入户宣传防汛防台风知识，发放明白纸32份。",
        "6.发展统筹员（6条）：",
        "等6条",
        "得分27.00分（满分30分）。按时完成农村人居环境整治等9项任务；城乡居民医保收缴逾期3天。",
        "1.必须服从安排，听党指挥；不准另搞一套、阳奉阴违：未发现。",
        "2.必须恪尽职守，实干担当；不准脱岗离责，弄虚作假：查实1条，6月9日防汛值班脱岗2小时。",
        "满意率84.62%，得分16.48分（满分20分）。",
        "测评得分＝（100×满意＋80×基本满意）÷（有效票－不了解），按满分20分折算。各项票数见测评结果。",
    ):
        assert piece in front


def test_the_back_tells_scores_with_the_numbers_of_their_evidence_and_the_opinions() -> None:
    whole = text(REGISTRATION)
    for piece in (
        "2025年度联光村第3村民小组王大顺",
        "政策宣传员65.501上级任务3027.003、4",
        "纠纷调解员87.002满意度测评2016.48",
        "会议召集员65.50村评分10079.48占70%",
        "总分＝79.48×70%＋82.00×30%＝80.24",
        "4.城乡居民医保收缴逾期3天",
        "本人述职或意见签名：年月日",
        "建议等次：称职。理由：支部研究决定。（2025年12月12日支部委员会会议研究）",
        "村务监督委员会意见（盖章）",
        "镇纪委意见（盖章）",
        "审定等次：称职。（2025年12月29日审定）",
    ):
        assert piece in whole


def test_what_is_not_recorded_stays_free_to_be_written() -> None:
    whole = text(EMPTY_REGISTRATION)
    assert "1.政策宣传员：没有记录。" in whole
    assert "满意率%，得分分（满分20分）" in whole
    assert "上级任务完成情况得分分（满分30分）" in whole
    for absent in ("总分＝", "考核依据", "建议等次", "审定等次：", "None"):
        assert absent not in whole


def test_too_much_is_quoted_in_part_and_counted_in_whole() -> None:
    whole = text(FULL_REGISTRATION)
    assert "记录48条" in whole
    assert whole.count("等3条") == len(BottomLine)
    assert "37至40" in whole
    assert "2024年度、2025年度连续两年考核为“不称职”。" in whole
    assert "等次更正：称职→不称职" in whole
    assert "没有得分的项目（满意度测评、发展统筹员）按其余项目折算。" in whole
    assert "依据大茂党〔2026〕3号" in whole


def test_ample_room_is_used_for_quoting() -> None:
    few = tuple(RoleRecords(role, 0) for role in list(Role)[1:])
    told = tuple(Told(date(2025, month, 1), f"宣传第{month}项政策") for month in (9, 5, 3, 7))
    whole = text(replace(REGISTRATION, roles=(RoleRecords(Role.PUBLICITY, 9, told), *few)))
    quoted = "；".join(f"{month}月1日宣传第{month}项政策" for month in (3, 5, 7, 9))
    assert f"政策宣传员（9条）：{quoted}；等9条。" in whole


def test_a_fact_that_begins_with_its_own_date_has_no_second_one() -> None:
    day = date(2025, 7, 9)
    facts = ("2025年7月9日脱岗", "（情节严重）7月上旬套取补贴", "第3次迟到")
    findings = tuple((BottomLine.DILIGENCE, Told(day, fact)) for fact in facts)
    whole = text(replace(EMPTY_REGISTRATION, findings=findings))
    told = "2025年7月9日脱岗；（情节严重）7月上旬套取补贴；7月9日第3次迟到。"
    assert f"查实3条，{told}" in whole


def test_what_cannot_be_shortened_goes_on_to_a_further_page() -> None:
    remarks = tuple(f"等次更正：称职→不称职，第{n}次复核时发现漏登任务。" for n in range(1, 19))
    long = replace(FULL_REGISTRATION, remarks=remarks)
    both = pages(long)
    assert len(both) == 3
    assert "第18次复核" in text(long)


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        (MissingPolicy.ZERO, "（上级任务）按零分计。"),
        (MissingPolicy.BLOCK, "（上级任务）不计总分。"),
    ],
)
def test_a_component_without_points_is_named(policy: MissingPolicy, words: str) -> None:
    settings = replace(REGISTRATION.settings, missing_policy=policy)
    points = {**REGISTRATION.points, Component.TASKS: None}
    data = replace(REGISTRATION, settings=settings, points=points, missing=(Component.TASKS,))
    assert f"没有得分的项目{words}" in text(data)


def test_the_settings_of_the_year_stand_on_the_form() -> None:
    settings = replace(
        REGISTRATION.settings, village_share=60, weight_tasks=25, weight_bottom_lines=15
    )
    whole = text(replace(REGISTRATION, settings=settings, total=8049))
    assert "占60%" in whole
    assert "79.48×60%＋82.00×40%＝80.49" in whole
    assert "（满分25分）" in whole
    assert "“五必须五不准”158.00" in whole


def test_a_grade_not_yet_given_leaves_its_cell_empty() -> None:
    assert "审定等次：" not in text(replace(REGISTRATION, decision=None))
    graded = text(replace(REGISTRATION, decision=Grade.UNGRADED, decision_reason="任职不足6个月"))
    assert "审定等次：不定等次。理由：任职不足6个月。" in graded


def test_no_private_value_has_a_place_in_the_form() -> None:
    assert not {"id_number", "phone", "address", "account"} & {f.name for f in fields(Registration)}
