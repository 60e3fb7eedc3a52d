"""Year tables the tests typeset: forms with much and nothing recorded, summaries, registers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from daomao_desktop.documents.kinds.register import Register, RegisterRow
from daomao_desktop.documents.kinds.registration import Registration, RoleRecords, Told
from daomao_desktop.documents.kinds.summary import Summary, SummaryRow
from daomao_desktop.domain.notices import DocumentState
from daomao_desktop.domain.scheme import BottomLine, Grade, Role, YearState
from daomao_desktop.domain.scheme_settings import SchemeSettings
from daomao_desktop.domain.scoring import Component

_DONE = {
    Role.PUBLICITY: "入户宣传防汛防台风知识，发放明白纸32份",
    Role.OPINION: "走访农户11户，收集村道路灯不亮的意见3条",
    Role.MEDIATION: "调解两户宅基地边界纠纷，当场签订协议",
    Role.FUNDS: "公示上半年集体资金收支和结余情况",
    Role.CONVENER: "召集村民会议讨论集体鱼塘承包方案",
    Role.DEVELOPMENT: "组织清理沟渠1.2公里，配合秸秆禁烧巡查",
}

REGISTRATION = Registration(
    year=2025,
    organ="中共大茂镇联光村支部委员会",
    village="联光村",
    group="第3村民小组",
    name="王大顺",
    sex="男",
    ethnicity="黎族",
    birth="1975年3月",
    political_status="中共党员",
    education="初中",
    started="2021年6月20日",
    months=12,
    roles=tuple(
        RoleRecords(
            role,
            place + 1,
            tuple(Told(date(2025, 3 + n, 5 + n), text) for n in range(min(place + 1, 4))),
        )
        for place, (role, text) in enumerate(_DONE.items())
    ),
    findings=((BottomLine.DILIGENCE, Told(date(2025, 6, 9), "防汛值班脱岗2小时")),),
    points={
        Component.D1: 550,
        Component.D2: 500,
        Component.D3: 700,
        Component.D4: 600,
        Component.D5: 550,
        Component.D6: 600,
        Component.TASKS: 2700,
        Component.BOTTOM_LINES: 800,
        Component.SATISFACTION: 1648,
        Component.ADJUSTMENT: -200,
    },
    evidence=(
        (Component.D1, "全年入户宣传防汛、禁烧政策5次"),
        (Component.D3, "调解宅基地纠纷2起，没有上交矛盾"),
        (Component.TASKS, "按时完成农村人居环境整治等9项任务"),
        (Component.TASKS, "城乡居民医保收缴逾期3天"),
        (Component.BOTTOM_LINES, "6月9日防汛值班脱岗"),
    ),
    missing=(),
    village_score=7948,
    town_score=8200,
    total=8024,
    satisfaction_rate=8462,
    settings=SchemeSettings(),
    proposal=Grade.COMPETENT,
    proposal_reason="支部研究决定",
    meeting_on=date(2025, 12, 12),
    decision=Grade.COMPETENT,
    decided_on=date(2025, 12, 29),
)

EMPTY_REGISTRATION = replace(
    REGISTRATION,
    ethnicity="",
    birth="",
    political_status="",
    education="",
    started="",
    roles=tuple(RoleRecords(role, 0) for role in Role),
    findings=(),
    points={},
    evidence=(),
    village_score=None,
    town_score=None,
    total=None,
    satisfaction_rate=None,
    proposal=None,
    proposal_reason="",
    meeting_on=None,
    decision=None,
    decided_on=None,
)

_LONG = "到各户走访，逐户核对登记信息，宣传惠民政策，了解生产生活困难，记录群众意见并当场答复" * 4

FULL_REGISTRATION = replace(
    REGISTRATION,
    name="欧阳𠮷䶮",
    village="红石坡社区居民委员会",
    group="东坡头第12村民小组",
    ethnicity="塔吉克族",
    political_status="中共预备党员",
    education="大学专科",
    roles=tuple(
        RoleRecords(role, 48, tuple(Told(date(2025, 2 + n, 11), _LONG) for n in range(9)))
        for role in Role
    ),
    findings=tuple((line, Told(date(2025, 7, n), _LONG)) for line in BottomLine for n in (1, 2, 3)),
    evidence=tuple((component, _LONG) for component in Component for _ in range(4)),
    missing=(Component.SATISFACTION, Component.D6),
    proposal=Grade.INCOMPETENT,
    proposal_reason=_LONG,
    decision=Grade.INCOMPETENT,
    decision_reason=_LONG,
    basis="大茂党〔2026〕3号（2026年1月13日）",
    remarks=(
        "2024年度、2025年度连续两年考核为“不称职”。",
        "等次更正：称职→不称职，复核时发现漏登任务。",
    ),
)

_NAMES = ("王强", "欧阳建国", "陈𠮷", "李䶮", "黄小明", "符大海", "吴海燕", "林爱莲")


def summary_rows(count: int) -> tuple[SummaryRow, ...]:
    """Leaders of villages of eight groups each; one in ten 优秀, two ties."""
    rows = []
    for place in range(count):
        grade = (Grade.EXCELLENT, Grade.INCOMPETENT)[place % 10] if place % 10 < 2 else None
        score = 9500 - 37 * (place % 11) - 150 * (place % 10)
        rows.append(
            SummaryRow(
                village=f"{'联云白红桃石东南'[place // 8 % 8]}光{'一二三四五'[place // 64 % 5]}村",
                group=f"{place % 8 + 1}组",
                name=_NAMES[place % 8],
                months=12,
                village_score=score,
                town_score=score - 200,
                total=score - 60,
                rate=9912 - 25 * (place % 40),
                grade=grade or Grade.COMPETENT,
                previous=Grade.INCOMPETENT if place % 20 == 1 else Grade.COMPETENT,
                run=place % 20 == 1,
            )
        )
    return tuple(rows)


_SHORT = SummaryRow(
    "白石村", "9组", "吉尼阿依木", 5, None, None, None, None, Grade.UNGRADED,
    remark="2025年任职5个月，不足6个月",
)  # fmt: skip

SUMMARY = Summary(
    town="大茂镇",
    village="",
    organ="中共大茂镇委员会",
    year=2025,
    state=YearState.IN_FORCE,
    decided=True,
    rows=(*summary_rows(23), _SHORT),
    dated=date(2026, 1, 20),
)
PROPOSED = replace(SUMMARY, state=YearState.VILLAGE, decided=False)
OF_A_VILLAGE = replace(SUMMARY, village="联光一村", rows=summary_rows(8))

REGISTER = Register(
    organ="大茂镇",
    year=2026,
    rows=(
        RegisterRow(
            number="联光党支〔2026〕1号",
            title="关于给予王大顺通报批评的通报",
            organ="中共大茂镇联光村支部委员会",
            dated=date(2026, 1, 15),
            issued_on=date(2026, 1, 15),
            copies=3,
            files=1,
            delivered_on=date(2026, 1, 16),
            delivery="本人签收，见证人陈文书",
            state=DocumentState.ISSUED,
        ),
        RegisterRow(
            number="大茂党〔2026〕12号",
            title="关于表彰2025年度优秀村民小组长的通报",
            organ="中共大茂镇委员会、大茂镇人民政府",
            dated=date(2026, 1, 15),
            issued_on=date(2026, 1, 15),
            copies=0,
            files=1,
            delivered_on=None,
            delivery="",
            state=DocumentState.VOID,
            voided_on=date(2026, 1, 18),
            void_reason="名单漏列一人",
        ),
        RegisterRow(
            number="",
            title="关于2025年度村民小组长考核结果的公示",
            organ="中共大茂镇委员会",
            dated=date(2026, 1, 5),
            issued_on=date(2026, 1, 5),
            copies=0,
            files=0,
            delivered_on=None,
            delivery="",
            state=DocumentState.ISSUED,
        ),
    ),
    dated=date(2026, 1, 20),
)
