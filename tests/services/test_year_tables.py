"""Year tables from the records of a town or village: forms, summary, register."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest

from daomao_desktop.domain.accounts import OperatorRole
from daomao_desktop.domain.assessment import Component
from daomao_desktop.domain.conduct import FindingDraft
from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.duties import DutyDraft
from daomao_desktop.domain.notices import DocumentKind
from daomao_desktop.domain.scheme import BottomLine, EndReason, Grade, Role, Side, YearState
from daomao_desktop.domain.scheme_settings import SchemeSettings
from daomao_desktop.errors import NotFound, Refused
from daomao_desktop.services import accounts, assessment, conduct, duties, notices, roster
from daomao_desktop.services.assessment import EvidenceDraft, SheetDraft
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.year_tables import (
    table_contents,
    table_papers,
    table_pdf,
    tables_merged,
)
from daomao_desktop.store.notices import IssuedDocument
from daomao_desktop.store.roster import Appointment, Group, Person, Village
from tests.documents import measuring
from tests.documents.measuring import measure
from tests.services.assessment_office import (
    decided,
    people,
    proposed,
    settle,
    walk,
    whole_year,
)
from tests.services.notice_office import issued, uid_of
from tests.services.office import acting_as, draft
from tests.statements import statements

TOWN = [*people(10), *people(2, "云溪村", "孙")]
GRADES = {"林〇一": "优秀", "林〇三": "不称职", "孙〇二": "不称职"}
REGISTRATION, SUMMARY = DocumentKind.REGISTRATION, DocumentKind.SUMMARY
REGISTER = DocumentKind.REGISTER
PHONE, ID = "13812341234", "46000619870615657X"


@pytest.fixture
def town(town_desk: Desk, tmp_path: Path) -> Desk:
    """Two villages whose year 2025 is in force: one 优秀, two 不称职 among twelve."""
    whole_year(town_desk, tmp_path, TOWN, GRADES)
    return town_desk


def text_of(pdf: bytes) -> str:
    """The text in the order it was drawn, cell by cell, without spaces and line breaks."""
    return "".join(measuring.text_of(pdf).split())


def form(desk: Desk, name: str) -> str:
    return text_of(table_pdf(desk, 2025, REGISTRATION, uid_of(desk, name)))


def summary(desk: Desk) -> str:
    return text_of(table_pdf(desk, 2025, SUMMARY))


def did(desk: Desk, name: str, on: date, content: str, result: str | None = None) -> str:
    """Records a publicity duty and returns its uid."""
    uid = uid_of(desk, name)
    changes = duties.add_duty(desk, DutyDraft(uid, "", Role.PUBLICITY, on, content, result=result))
    return changes.uids[0]


def found(
    desk: Desk, name: str, facts: str, *, confirmed: bool = True, grave: bool = False
) -> None:
    uid = uid_of(desk, name)
    day = date(2025, 6, 9)
    one = FindingDraft(
        uid,
        "",
        BottomLine.DILIGENCE,
        Side.MUST_NOT,
        day,
        facts,
        confirmed=confirmed,
        grave=grave,
    )
    conduct.add_finding(desk, one)


# -- the form


def test_a_grave_breach_is_told_as_one(town: Desk) -> None:
    found(town, "林〇二", "弄虚作假套取补贴", grave=True)
    assert "查实1条，6月9日（情节严重）弄虚作假套取补贴。" in form(town, "林〇二")


def test_the_form_tells_records_findings_scores_and_grades(town_desk: Desk, tmp_path: Path) -> None:
    settle(town_desk, tmp_path, TOWN)
    walk(town_desk, YearState.VILLAGE)
    cited = did(town_desk, "林〇三", date(2025, 2, 3), "入户宣传医保政策")
    for month in range(3, 12):
        did(town_desk, "林〇三", date(2025, month, 1), f"第{month}次张贴防汛通知")
    did(town_desk, "林〇三", date(2025, 4, 2), "开会宣讲禁烧规定", "全组签了承诺书")
    did(town_desk, "林〇三", date(2024, 12, 31), "上一年的宣传")
    found(town_desk, "林〇三", "防汛值班脱岗2小时", confirmed=True)
    found(town_desk, "林〇三", "未经核实的反映", confirmed=False)
    points = dict.fromkeys(Component, 100)
    evidence = (
        EvidenceDraft(Component.TASKS, "按时完成9项任务"),
        EvidenceDraft(Component.D1, "全年宣传11次", "duty", cited),
    )
    assessment.save_sheet(
        town_desk, 2025, uid_of(town_desk, "林〇三"), SheetDraft(points, 8462, evidence)
    )
    proposed(town_desk, tmp_path, TOWN, GRADES)
    walk(town_desk, YearState.TOWN)
    decided(town_desk, tmp_path, TOWN, GRADES)
    before = form(town_desk, "林〇三")
    assert "建议等次：不称职。理由：支部研究决定。（2025年12月12日支部委员会会议研究）" in before
    assert "审定等次：" not in before  # entered, but not yet 镇定
    walk(town_desk, YearState.IN_FORCE)
    text = form(town_desk, "林〇三")
    for piece in (
        "村民小组长年度考核登记表（2025年度）",
        "联光村第3村民小组",
        "2021年6月20日",
        "12个月",
        "政策宣传员（11条）：2月3日入户宣传医保政策；",  # cited first, then with a result
        "4月2日开会宣讲禁烧规定；",
        "11月1日第11次张贴防汛通知；等11条。",
        "民意收集员：没有记录。",
        "得分1.00分（满分30分）。按时完成9项任务。",
        "不准脱岗离责，弄虚作假：查实1条，6月9日防汛值班脱岗2小时。",
        "满意率84.62%，得分1.00分（满分20分）。",
        "1.全年宣传11次",
        "2.按时完成9项任务",
        "总分＝村评分＝10.00（没有镇日常评分，按其余项目折算）",
        "审定等次：不称职。（2025年12月29日审定）",
    ):
        assert piece in text
    assert "未经核实" not in text
    assert "上一年" not in text


def test_forms_come_in_the_order_of_lists_under_names_a_clerk_can_read(town: Desk) -> None:
    papers = table_papers(town, 2025, REGISTRATION)
    assert len(papers) == 12
    assert papers[2].title == "2025年度考核登记表 联光村第3村民小组 林〇三"
    assert papers[2].file_name == "2025年度考核登记表 联光村第3村民小组 林〇三.pdf"
    assert papers[2].person_uid == uid_of(town, "林〇三")
    assert papers[10].title.endswith("云溪村第1村民小组 孙〇一")


def test_two_of_one_name_in_one_group_have_forms_of_their_own(village_desk: Desk) -> None:
    roster.add_leader(village_desk, draft(village_desk, "1", "王强"))
    first = uid_of(village_desk, "王强")
    roster.end_appointment(village_desk, first, date(2025, 6, 30), EndReason.TERM)
    start = PartialDate(2025, 7, 1)
    roster.add_leader(village_desk, draft(village_desk, "1", "王强", started=start))
    walk(village_desk, YearState.VILLAGE)
    papers = table_papers(village_desk, 2025, REGISTRATION)
    assert [one.file_name for one in papers] == [
        "2025年度考核登记表 联光村第1村民小组 王强.pdf",
        "2025年度考核登记表 联光村第1村民小组 王强（2）.pdf",
    ]
    assert first in {one.person_uid for one in papers}


def test_who_was_too_short_in_post_has_the_reason_among_the_remarks(
    town_desk: Desk, tmp_path: Path
) -> None:
    settle(town_desk, tmp_path, TOWN)
    uid = uid_of(town_desk, "林〇四")
    roster.end_appointment(town_desk, uid, date(2025, 4, 30), EndReason.RESIGNED)
    walk(town_desk, YearState.VILLAGE)

    def text() -> str:
        return text_of(table_pdf(town_desk, 2025, REGISTRATION, uid))

    assert "不定等次：2025年任职4个月，不足6个月。" in text()
    assert "审定等次：" not in text()
    walk(town_desk, YearState.IN_FORCE)
    assert "审定等次：不定等次。（2025年12月29日审定）" in text()
    assert text().count("不足6个月") == 1
    assert "4—联光村4组林〇四4" in summary(town_desk)
    assert "2025年任职4个月，不足6个月" in summary(town_desk)


def test_a_run_and_a_correction_are_told_with_both_values(town_desk: Desk, tmp_path: Path) -> None:
    settle(town_desk, tmp_path, TOWN)
    decided(town_desk, tmp_path, TOWN, GRADES, year=2024, history=True)
    whole_year(town_desk, tmp_path, TOWN, GRADES)
    assert "2024年度、2025年度连续两年考核为“不称职”。" in form(town_desk, "林〇三")
    assert "不称职不称职是" in summary(town_desk)
    uid = uid_of(town_desk, "林〇三")
    assessment.correct_decision(town_desk, 2025, uid, Grade.COMPETENT, "复核后更正")
    text = form(town_desk, "林〇三")
    assert "等次更正：不称职→称职：复核后更正。" in text
    assert "审定等次：称职。" in text
    assert "连续两年" not in text
    assert "更正：不称职→称职：复核后更正" in summary(town_desk)


def test_a_village_tells_the_towns_paper(village_desk: Desk, tmp_path: Path) -> None:
    persons = people(3)
    settle(village_desk, tmp_path, persons)
    walk(village_desk, YearState.VILLAGE)
    proposed(village_desk, tmp_path, persons, {})
    assert "（村评）" in summary(village_desk)
    walk(village_desk, YearState.REPORTED)
    assert "（未审定）" in summary(village_desk)
    paper = ("大茂党〔2026〕3号", "2026-01-13")
    decided(village_desk, tmp_path, persons, {"林〇三": "不称职"}, paper=paper)
    text = form(village_desk, "林〇三")
    assert "审定等次：不称职。（依据大茂党〔2026〕3号（2026年1月13日））" in text
    whole = summary(village_desk)
    assert whole.startswith("大茂镇联光村2025年度村民小组长考核结果汇总表")
    assert "未审定" not in whole
    assert "参加考核3人，优秀0人，优秀比例按全镇计算。称职2人，不称职1人，不定等次0人。" in whole


def test_a_village_prints_its_own_people_only(village_desk: Desk, tmp_path: Path) -> None:
    settle(village_desk, tmp_path, people(2))
    with village_desk.store.writing(village_desk.operator.uid) as session:
        own = session.query(Village).one()
        other = Village(
            town_uid=own.town_uid, name="云溪村", branch_name="云溪支部",
            committee_name="云溪村委", branch_prefix="云溪党支", committee_prefix="云溪村委",
        )  # fmt: skip
        session.add(other)
        session.flush()
        group, person = (
            Group(village_uid=other.uid, name="第1村民小组", number=1),
            Person(name="孙立"),
        )
        session.add_all([group, person])
        session.flush()
        session.add(
            Appointment(person_uid=person.uid, group_uid=group.uid, started=PartialDate(2021, 6))
        )
        stranger = person.uid
    walk(village_desk, YearState.VILLAGE)
    assert [one.title[-3:] for one in table_papers(village_desk, 2025, REGISTRATION)] == [
        "林〇一",
        "林〇二",
    ]
    assert "孙立" not in summary(village_desk)
    with pytest.raises(NotFound, match="没有考核登记表"):
        table_pdf(village_desk, 2025, REGISTRATION, stranger)


def test_the_settings_are_those_the_year_began_with(town_desk: Desk, tmp_path: Path) -> None:
    settle(town_desk, tmp_path, TOWN)
    walk(town_desk, YearState.VILLAGE)
    later = replace(SchemeSettings(), village_share=50, weight_tasks=20, weight_bottom_lines=20)
    accounts.save_scheme_settings(town_desk, later)
    text = form(town_desk, "林〇一")
    assert "占70%" in text
    assert "（满分30分）" in text


@pytest.mark.parametrize("kind", [REGISTRATION, SUMMARY])
def test_before_the_village_begins_there_is_nothing(
    town_desk: Desk, tmp_path: Path, kind: DocumentKind
) -> None:
    settle(town_desk, tmp_path, TOWN)
    uid = uid_of(town_desk, "林〇一")
    for call in (
        lambda: table_papers(town_desk, 2025, kind),
        lambda: table_pdf(town_desk, 2025, kind, uid),
        lambda: tables_merged(town_desk, 2025, kind),
    ):
        with pytest.raises(Refused, match=f"还在“筹备”，“村评”开始以后才有{kind.value}"):
            call()
    decided(town_desk, tmp_path, TOWN, GRADES, year=2024, history=True)
    with pytest.raises(Refused, match=f"2024年是补录的历史年度，没有{kind.value}"):
        table_papers(town_desk, 2024, kind)


def test_who_was_not_in_post_has_no_form(town: Desk) -> None:
    with pytest.raises(NotFound, match="没有这个人"):
        table_pdf(town, 2025, REGISTRATION, "nobody")
    with pytest.raises(NotFound, match="请选择村民小组长"):
        table_pdf(town, 2025, REGISTRATION)
    with pytest.raises(Refused, match="要先起草、签发"):
        table_papers(town, 2025, DocumentKind.CRITICISM)


def test_whoever_may_look_may_print(town: Desk) -> None:
    reader = acting_as(town, OperatorRole.TOWN_READER)
    assert len(table_papers(reader, 2025, REGISTRATION)) == 12
    assert "汇总表" in summary(reader)


# -- many at once


@pytest.mark.parametrize("kind", [REGISTRATION, SUMMARY, REGISTER])
def test_no_query_is_made_for_each_row(town_desk: Desk, tmp_path: Path, kind: DocumentKind) -> None:
    persons = people(29)
    whole_year(town_desk, tmp_path, persons, dict.fromkeys((p[2] for p in persons[:9]), "不称职"))
    uids = [uid_of(town_desk, name) for _village, _group, name in persons]

    def queries(persons: list[str]) -> int:
        with statements(town_desk) as sent:
            table_contents(town_desk, 2025, kind, persons if kind is REGISTRATION else ())
        return len(sent)

    if kind is REGISTER:
        issued(town_desk, DocumentKind.DEDUCTION, "林〇一")
    few = queries(uids[:2])
    if kind is REGISTER:
        for name in ("林〇二", "林〇三", "林〇四"):
            issued(town_desk, DocumentKind.DEDUCTION, name)
    assert queries(uids) == few < 25


def test_all_in_one_file_are_the_same_pages_as_alone(town: Desk) -> None:
    told: list[tuple[int, int]] = []
    merged = measure(
        tables_merged(town, 2025, REGISTRATION, on_progress=lambda *step: told.append(step))
    )
    assert (told[0], told[-1]) == ((0, 12), (12, 12))
    assert told == sorted(told)
    alone = [
        page
        for paper in table_papers(town, 2025, REGISTRATION)
        for page in measure(table_pdf(town, 2025, REGISTRATION, paper.person_uid))
    ]
    assert len(merged) == len(alone) == 24
    for one, other in zip(merged, alone, strict=True):
        assert [line.text for line in one.lines] == [line.text for line in other.lines]


def test_some_in_one_file_come_in_the_order_of_lists(town: Desk) -> None:
    uids = [uid_of(town, name) for name in ("孙〇一", "林〇二")]
    pages = measure(tables_merged(town, 2025, REGISTRATION, uids))
    names = ["".join(line.text for line in page.lines) for page in pages[::2]]
    assert "林〇二" in names[0]
    assert "孙〇一" in names[1]
    assert len(pages) == 4


def test_many_can_be_stopped_between_two(town: Desk) -> None:
    class Stop(Exception):
        pass

    def stop(done: int, _total: int) -> None:
        if done == 7:
            raise Stop

    with pytest.raises(Stop):
        tables_merged(town, 2025, REGISTRATION, on_progress=stop)
    assert len(table_papers(town, 2025, REGISTRATION)) == 12  # the desk is as before


def test_the_same_records_give_the_same_bytes(town: Desk) -> None:
    for kind in (REGISTRATION, SUMMARY, REGISTER):
        assert tables_merged(town, 2025, kind) == tables_merged(town, 2025, kind)


@pytest.mark.soak
def test_three_hundred_forms_in_one_file(town_desk: Desk, tmp_path: Path) -> None:
    """The time is told (``pytest -m soak -s``), not asserted."""
    villages = ("联光村", "云溪村", "白石村", "桃源村")
    whole_year(
        town_desk, tmp_path, [one for village in villages for one in people(75, village)], {}
    )
    begin = perf_counter()
    pdf = tables_merged(town_desk, 2025, REGISTRATION)
    print(f"\n300 forms in one file: {perf_counter() - begin:.1f} s, {len(pdf) / 1e6:.1f} MB")
    assert len(measure(pdf)) == 600


# -- the summary


def test_the_summary_tells_last_years_grade_and_the_cap(town_desk: Desk, tmp_path: Path) -> None:
    settle(town_desk, tmp_path, TOWN)
    decided(town_desk, tmp_path, TOWN, {"林〇三": "优秀"}, year=2024, history=True)
    whole_year(town_desk, tmp_path, TOWN, GRADES)
    text = summary(town_desk)
    assert text.startswith("大茂镇2025年度村民小组长考核结果汇总表序")
    assert "优秀不称职" in text
    assert "参加考核12人，优秀1人，占8.33%，上限1人，符合优秀等次比例不超过10%的规定。" in text
    assert "称职9人，不称职2人，不定等次0人。" in text
    assert "填表日期：2026年1月20日" in text
    assert "全镇合计1212" in text


def test_decisions_entered_before_the_decision_are_only_planned(
    town_desk: Desk, tmp_path: Path
) -> None:
    settle(town_desk, tmp_path, TOWN)
    walk(town_desk, YearState.VILLAGE)
    proposed(town_desk, tmp_path, TOWN, GRADES)
    walk(town_desk, YearState.TOWN)
    assert "拟定" not in summary(town_desk)
    decided(town_desk, tmp_path, TOWN, {"林〇三": "称职"})
    text = summary(town_desk)
    assert "（未审定）" in text
    assert "建议优秀1人" in text  # counted is what the villages propose
    (content,) = table_contents(town_desk, 2025, SUMMARY)
    row = content.data.rows[2]
    assert (row.grade, row.planned) == (Grade.INCOMPETENT, Grade.COMPETENT)


def test_a_broken_run_is_to_be_looked_at(town_desk: Desk, tmp_path: Path) -> None:
    settle(town_desk, tmp_path, TOWN)
    decided(town_desk, tmp_path, TOWN, GRADES, year=2023, history=True)
    decided(town_desk, tmp_path, TOWN, {"林〇三": "不定等次"}, year=2024, history=True)
    whole_year(town_desk, tmp_path, TOWN, GRADES)
    (content,) = table_contents(town_desk, 2025, SUMMARY)
    marked = {row.name: row.remark for row in content.data.rows if row.remark}
    assert marked == {"林〇三": "不称职年度有间断，请核对"}


# -- the register


def test_the_register_tells_prints_receipts_and_voids(town: Desk) -> None:
    assert "本年度没有发文。" in text_of(table_pdf(town, 2026, REGISTER))
    criticism = issued(town, DocumentKind.CRITICISM, "林〇三")
    wrong = issued(town, DocumentKind.DEDUCTION, "林〇三")
    notices.draft_notice(town, DocumentKind.COMMENDATION, 2025, None)
    notices.void_notice(town, wrong.uid, f"电话{PHONE}写错")
    notices.record_delivery(town, criticism.uid, date(2026, 1, 20), "本人签收")
    notices.log_print(town, criticism.uid, "HP LaserJet", 2)
    notices.log_print(town, criticism.uid, "HP LaserJet", 1)
    notices.log_print(town, criticism.uid, "打印到文件")
    (content,) = table_contents(town, 2026, REGISTER)
    rows = {row.number: row for row in content.data.rows}
    assert set(rows) == {criticism.number, wrong.number}  # no draft
    assert (rows[criticism.number].copies, rows[criticism.number].files) == (3, 1)
    assert rows[criticism.number].issued_on == date(2026, 1, 20)
    text = text_of(content.typeset())
    assert "本人签收" in text
    assert "已作废2026年1月20日电话138****1234写错" in text
    assert "共2件，其中作废1件。" in text


def test_the_register_is_of_the_numbers_year(town: Desk) -> None:
    """〔2026〕 is looked up under 2026, though it assesses 2025."""
    row = issued(town, DocumentKind.CRITICISM, "林〇三")
    assert (row.year, row.number) == (2025, "联光党支〔2026〕1号")
    (content,) = table_contents(town, 2026, REGISTER)
    assert content.paper.title == "2026年度发文登记簿"
    assert [one.number for one in content.data.rows] == ["联光党支〔2026〕1号"]
    assert table_contents(town, 2025, REGISTER)[0].data.rows == ()


def test_a_paper_for_no_assessment_belongs_to_the_year_of_its_date(town: Desk) -> None:
    row = issued(town, DocumentKind.CRITICISM, "林〇三")
    with town.store.writing(town.operator.uid) as session:
        document = session.get(IssuedDocument, row.uid)
        assert document is not None
        document.assessment_year = None
    assert table_contents(town, 2025, REGISTER)[0].data.rows == ()
    assert len(table_contents(town, 2026, REGISTER)[0].data.rows) == 1


def test_a_year_nobody_assessed_has_an_empty_register(town_desk: Desk) -> None:
    assert "本年度没有发文。" in text_of(table_pdf(town_desk, 2019, REGISTER))
