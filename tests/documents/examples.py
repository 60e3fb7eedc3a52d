"""Documents the tests typeset: one of each kind, and a free one with every element."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from daomao_desktop.documents.kinds.certificate import Certificate
from daomao_desktop.documents.kinds.commendation import Commendation, Honoured
from daomao_desktop.documents.kinds.criticism import Criticism
from daomao_desktop.documents.kinds.deduction import Deduction
from daomao_desktop.documents.kinds.public_notice import Posted, PublicNotice
from daomao_desktop.documents.typesetting import (
    Align,
    Award,
    Column,
    Format,
    ListTable,
    OfficialDocument,
    Report,
    Sheet,
)
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.notice_settings import CommendationForm
from daomao_desktop.domain.rewards import Honour
from daomao_desktop.domain.scheme import BottomLine, Grade, Sex

DATED = date(2026, 1, 15)

CRITICISM = Criticism(
    organ="中共大茂镇联光村支部委员会",
    village="联光村",
    group="第3村民小组",
    name="王大顺",
    sex=Sex.MALE,
    year=2025,
    grade=Grade.INCOMPETENT,
    meeting_on=date(2026, 1, 10),
    base=Money(350_000),
    amount=Money(70_000),
    dated=DATED,
    number="联光党支〔2026〕1号",
    facts=(
        "2025年6月防汛期间，连续3天不在岗，未按要求组织村民转移",
        "2025年9月，未按规定公示本组集体资金收支情况。",
    ),
    clauses=(BottomLine.INTEGRITY, BottomLine.DILIGENCE),
)
TWO_YEARS = replace(CRITICISM, two_years=True, name="欧阳𠮷", sex=Sex.FEMALE)

DEDUCTION = Deduction(
    organ="大茂镇联光村村民委员会",
    village="联光村",
    group="第3村民小组",
    name="王大顺",
    year=2025,
    grade=Grade.INCOMPETENT,
    months=7,
    base=Money(350_000),
    amount=Money(70_000),
    dated=DATED,
    number="联光村委〔2026〕1号",
    monthly=Money(50_000),
)

CERTIFICATE = Certificate(
    organs=("中共大茂镇委员会", "大茂镇人民政府"),
    name="欧阳建国",
    village="联光村",
    group="第3村民小组",
    year=2025,
    grade=Grade.EXCELLENT,
    honour=Honour.BEST,
    dated=DATED,
    number="大茂荣证〔2026〕3号",
)

_NAMES = ("王强", "欧阳建国", "陈𠮷", "李䶮", "黄小明", "符大海", "吴海燕")
_VILLAGES = ("联光村", "桃源村", "红石村")


def honoured(count: int, best: int = 0) -> tuple[Honoured, ...]:
    return tuple(
        Honoured(
            _NAMES[place % len(_NAMES)],
            _VILLAGES[place % 3],
            f"第{place + 1}村民小组",
            best=place < best,
        )
        for place in range(count)
    )


def public_notice(count: int, excellent: int, incompetent: int, ungraded: int = 0) -> PublicNotice:
    grades = [Grade.EXCELLENT] * excellent + [Grade.INCOMPETENT] * incompetent
    grades += [Grade.UNGRADED] * ungraded
    grades += [Grade.COMPETENT] * (count - len(grades))
    return PublicNotice(
        organ="中共大茂镇委员会",
        year=2025,
        people=tuple(
            Posted(one.name, one.village, one.group, grade)
            for one, grade in zip(honoured(count), grades, strict=True)
        ),
        decided_on=date(2025, 12, 29),
        dated=date(2026, 1, 5),
        until=date(2026, 1, 12),
        working_days=5,
        contact="0898-00001234",
    )


def commendation(
    count: int, best: int = 0, form: CommendationForm = CommendationForm.CIRCULAR
) -> Commendation:
    return Commendation(
        organs=("中共大茂镇委员会", "大茂镇人民政府"),
        year=2025,
        people=honoured(count, best),
        assessed=count * 10 + 3,
        excellent=count,
        dated=DATED,
        number="大茂党〔2026〕5号",
        form=form,
    )


BODY = (
    "为进一步加强村民小组长队伍建设，提升基层组织建设整体水平和服务群众能力，现就有关事项通知如下：",
    "一、总体要求",
    "（一）坚持党领导的原则。村民小组长的选配、调整、管理、培训、考核等必须在村党支部的领导下有序地进行。",
    "1. 党组织应发挥领导核心作用，依法依纪支持和保障村民小组长开展工作。",
    "（1）更小的一点。",
    "二、工作要求。各村要高度重视，于2026年3月1日前报送名单。",
)

FILE = OfficialDocument(
    format=Format.FILE,
    organs=("大茂镇人民政府",),
    number="大茂府〔2026〕5号",
    title="关于加强村民小组长队伍建设的通知",
    addressee="各村党支部",
    body=BODY,
    attachments=("村民小组长名单", "年度考核登记表"),
    signature=("大茂镇人民政府",),
    date=DATED,
    note="此件公开发布",
    copies_to="镇党委，镇纪委",
    printed_by="大茂镇党政综合办公室",
    printed_on=date(2026, 1, 16),
)
UPWARD = replace(FILE, signer="王强", copy_number="000001", secrecy="秘密★1年", urgency="特急")
LETTER = replace(FILE, format=Format.LETTER, attachments=())
PLAIN = replace(FILE, format=Format.PLAIN, seal=False)
LONG = replace(FILE, attachments=(), body=("村民小组长要听党指挥、实干担当。" * 90,))

AWARD = Award(
    heading="荣誉证书",
    addressee="王强",
    body=("在2025年度村民小组长考核中成绩突出，被评为优秀村民小组长。特发此证，以资鼓励。",),
    organs=("中共大茂镇委员会", "大茂镇人民政府"),
    date=DATED,
    number="大茂荣〔2026〕1号",
)


def ledger(rows: int, *, landscape: bool = False) -> Sheet:
    columns = (
        Column("序号", 1),
        Column("事由", 4, Align.LEFT),
        Column("金额（元）", 2, Align.DECIMAL),
    )
    texts = tuple(
        (str(number), "购买防汛物资", f"{number * 937:,}.{number % 100:02d}")
        for number in range(1, rows + 1)
    )
    return Sheet("资金收支明细台账", ListTable(columns, texts), landscape=landscape)


REPORT = Report((ledger(40), ledger(30, landscape=True)), title="资金收支明细台账", author="联光村")
