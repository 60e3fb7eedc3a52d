"""自拟公文 on an encrypted store: kept, shown, signed off, voided, written again, restored."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from daomao_desktop.domain.accounts import OperatorRole
from daomao_desktop.domain.freeform import FreeformDraft, FreeformFormat, Organ
from daomao_desktop.domain.notices import DocumentKind, DocumentState
from daomao_desktop.errors import InvalidInput, NotFound, Refused
from daomao_desktop.services import freeform, notices, roster, unsaved
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.print_year import print_year
from daomao_desktop.services.roster_places import TownDraft, save_town
from daomao_desktop.services.roster_workbook import import_leaders
from daomao_desktop.services.unsaved import Slot, Typed
from tests.services.notice_office import register_row, text_of
from tests.services.office import acting_as, actions, roster_file, today

DRAFT = FreeformDraft(
    format=FreeformFormat.FILE,
    organ=Organ.TOWN_GOVERNMENT,
    title="关于召开村民小组长会议的通知",
    addressee="各村",
    body=("现将有关事项通知如下:", "一、时间", "2026年1月25日上午8:30."),
    dated=today(),
    copies_to="镇党委",
    printed_by="镇党政办公室",
)
KEPT = ("联光村", "3组", "王强", "男", "", "2021.6")


@pytest.fixture
def town(town_desk: Desk, tmp_path: Path) -> Desk:
    """大茂镇 with one village it keeps."""
    import_leaders(town_desk, roster_file(tmp_path / "花名册.csv", KEPT))
    return town_desk


def kept_village(desk: Desk) -> str:
    return roster.list_villages(desk)[0].uid


def test_the_town_issues_for_its_organs_and_the_villages_it_keeps(town: Desk) -> None:
    found = {one.label: one.prefix for one in freeform.issuing_organs(town)}
    assert found == {
        "镇党委": "大茂党",
        "镇政府": "大茂府",
        "镇党委、镇政府联合": "大茂党",
        "镇纪委": "大茂纪",
        "联光村党支部": "联光党支",
        "联光村村民委员会": "联光村委",
    }
    save_town(town, TownDraft(prefix="茂党"))
    prefixes = [one.prefix for one in freeform.issuing_organs(town)]
    assert prefixes[:4] == ["茂党", "茂府", "茂党", "茂纪"]


def test_a_village_issues_for_itself_alone(village_desk: Desk) -> None:
    assert [one.organ for one in freeform.issuing_organs(village_desk)] == [
        Organ.BRANCH,
        Organ.VILLAGE_COMMITTEE,
    ]
    with pytest.raises(Refused, match="另选发文机关"):
        freeform.preview_freeform(village_desk, DRAFT)
    with pytest.raises(Refused, match="另选发文机关"):
        freeform.save_freeform(village_desk, DRAFT)


def test_a_page_is_shown_without_anything_kept(town: Desk) -> None:
    before = actions(town)
    text = text_of(freeform.preview_freeform(town, DRAFT))
    assert "大茂镇人民政府文件" in text
    assert "现将有关事项通知如下：" in text
    assert "上午8:30。" in text
    assert "抄送：镇党委。" in text
    assert actions(town) == before
    assert notices.list_notices(town) == ()


def test_an_unfinished_paper_is_kept_but_not_shown_or_signed(town: Desk) -> None:
    uid = freeform.save_freeform(town, FreeformDraft(body=("只写了一句",)))
    row = register_row(town, uid)
    assert (row.title, row.state, row.number) == (freeform.UNTITLED, DocumentState.DRAFT, None)
    assert (row.year, row.person_uid) == (None, None)
    for step in (notices.preview, notices.issue_notice):
        with pytest.raises(InvalidInput) as caught:
            step(town, uid)
        assert {problem.field for problem in caught.value.problems} == {"organ", "title", "dated"}
    assert freeform.freeform_draft(town, uid).body == ("只写了一句",)


def test_it_is_renewed_signed_off_and_then_stays(town: Desk) -> None:
    uid = freeform.save_freeform(town, replace(DRAFT, title="关于开会的通知"))
    assert freeform.save_freeform(town, DRAFT, uid) == uid
    assert len(notices.list_notices(town)) == 1
    shown = text_of(notices.preview(town, uid))
    notices.issue_notice(town, uid)
    row = register_row(town, uid)
    assert (row.number, row.title, row.organ) == (
        "大茂府〔2026〕1号",
        DRAFT.title,
        "大茂镇人民政府",
    )
    stored = notices.stored_pdf(town, uid)
    assert text_of(stored).replace("大茂府〔2026〕1号", "") == shown
    with pytest.raises(Refused, match="照此另拟"):
        freeform.save_freeform(town, DRAFT, uid)
    assert notices.preview(town, uid) == stored


def test_each_organ_counts_for_itself_and_from_where_it_was(town: Desk) -> None:
    notices.set_starting_number(town, "大茂纪", 2026, 7)
    numbers = []
    for organ in (Organ.DISCIPLINE, Organ.TOWN_GOVERNMENT, Organ.TOWN_JOINT, Organ.DISCIPLINE):
        uid = freeform.save_freeform(town, replace(DRAFT, organ=organ))
        notices.issue_notice(town, uid)
        numbers.append(register_row(town, uid).number)
    assert numbers == [
        "大茂纪〔2026〕7号",
        "大茂府〔2026〕1号",
        "大茂党〔2026〕1号",
        "大茂纪〔2026〕8号",
    ]


def test_joint_issue_names_both_organs(town: Desk) -> None:
    text = text_of(freeform.preview_freeform(town, replace(DRAFT, organ=Organ.TOWN_JOINT)))
    assert text.count("中共大茂镇委员会") == 2
    assert text.count("大茂镇人民政府") == 2


def test_a_kept_village_issues_and_a_paper_without_head_has_no_number(town: Desk) -> None:
    village = kept_village(town)
    draft = replace(
        DRAFT, format=FreeformFormat.PLAIN, organ=Organ.VILLAGE_COMMITTEE, village_uid=village
    )
    for _ in range(2):  # two without a number do not collide
        uid = freeform.save_freeform(town, draft)
        notices.issue_notice(town, uid)
        row = register_row(town, uid)
        assert (row.number, row.state) == (None, DocumentState.ISSUED)
        assert row.organ == "大茂镇联光村村民委员会"
        assert row.village_uid == village
    assert "文件" not in text_of(notices.stored_pdf(town, uid))
    letter = freeform.save_freeform(town, replace(draft, format=FreeformFormat.LETTER))
    notices.issue_notice(town, letter)
    assert register_row(town, letter).number == "联光村委〔2026〕1号"


def test_a_day_to_come_is_refused_even_if_it_was_saved(town: Desk) -> None:
    uid = freeform.save_freeform(town, replace(DRAFT, dated=date(2026, 1, 21)))
    with pytest.raises(InvalidInput, match="晚于今天"):
        notices.issue_notice(town, uid)


def test_what_cannot_be_printed_is_told_with_its_place(town: Desk) -> None:
    for character, words in (("\x07", "不能打印的字符"), ("\U00031350", "字库里没有")):
        draft = replace(DRAFT, body=("好。", f"联光村{character}组。"))
        review = freeform.review_freeform(town, draft)
        (problem,) = review.problems
        assert problem.field == "body"
        assert problem.sentence.startswith("正文第2段")
        assert words in problem.sentence
        with pytest.raises(InvalidInput, match="正文第2段"):
            freeform.preview_freeform(town, draft)
    # Half a surrogate pair can be kept: nobody loses a text over it.
    uid = freeform.save_freeform(town, replace(DRAFT, title="坏\ud800"))
    assert freeform.freeform_draft(town, uid).title == "坏\ufffd"


def test_private_numbers_are_pointed_out_and_may_be_meant(town: Desk) -> None:
    draft = replace(DRAFT, note="联系人：王强，13812341234")
    review = freeform.review_freeform(town, draft)
    assert review.problems == ()
    assert "手机号码" in review.cautions[0]
    notices.issue_notice(town, freeform.save_freeform(town, draft))


def test_a_voided_one_is_written_again_as_a_new_draft(town: Desk) -> None:
    uid = freeform.save_freeform(town, replace(DRAFT, dated=date(2026, 1, 15)))
    notices.issue_notice(town, uid)
    notices.void_notice(town, uid, "时间写错")
    opened = freeform.open_freeform(town, uid, copy=True)
    assert opened.draft == replace(DRAFT, dated=today())
    again = freeform.save_freeform(town, opened.draft)
    assert again != uid
    notices.issue_notice(town, again)
    assert register_row(town, again).number == "大茂府〔2026〕2号"
    assert register_row(town, uid).state is DocumentState.VOID


def test_a_fresh_paper_is_dated_today_and_begins_like_the_last(town: Desk) -> None:
    first = freeform.open_freeform(town)
    assert first.draft == FreeformDraft(organ=Organ.TOWN_COMMITTEE, dated=today())
    freeform.save_freeform(
        town, replace(DRAFT, organ=Organ.DISCIPLINE, format=FreeformFormat.LETTER)
    )
    fresh = freeform.open_freeform(town).draft
    assert fresh == FreeformDraft(
        format=FreeformFormat.LETTER,
        organ=Organ.DISCIPLINE,
        dated=today(),
        printed_by="镇党政办公室",
    )


def test_who_only_reads_writes_nothing(town: Desk) -> None:
    reader = acting_as(town, OperatorRole.TOWN_READER)
    with pytest.raises(Refused):
        freeform.save_freeform(reader, DRAFT)


def test_no_other_kind_is_taken_for_one(town: Desk) -> None:
    with pytest.raises(NotFound):
        freeform.freeform_draft(town, "nothing")


def test_a_draft_put_aside_takes_what_was_typed_with_it(town: Desk) -> None:
    uid = freeform.save_freeform(town, DRAFT)
    slot = Slot("notices", "freeform", uid)
    assert unsaved.keep(town, Typed(slot, "自拟公文", {"title": "正在写"}))
    notices.discard_draft(town, uid)
    assert unsaved.kept(town) == ()


def test_the_command_line_writes_those_signed_off_and_dated_in_the_year(
    town: Desk, tmp_path: Path
) -> None:
    plain = replace(DRAFT, format=FreeformFormat.PLAIN, title="关于值班的通知")
    for draft in (DRAFT, plain, plain, replace(DRAFT, dated=date(2025, 12, 31))):
        notices.issue_notice(town, freeform.save_freeform(town, draft))
    voided = freeform.save_freeform(town, replace(DRAFT, title="写错的"))
    notices.issue_notice(town, voided)
    notices.void_notice(town, voided, "写错")
    freeform.save_freeform(town, replace(DRAFT, title="还是草稿"))
    reader = acting_as(town, OperatorRole.TOWN_READER)  # nothing is signed off by it
    report = print_year(reader, 2026, tmp_path / "out", kinds=(DocumentKind.FREEFORM,))
    assert report.lacking == ()
    names = [one.path.name for one in report.written]
    assert names == [
        "关于值班的通知.pdf",
        "关于值班的通知（2）.pdf",
        "大茂府〔2026〕1号 关于召开村民小组长会议的通知.pdf",
    ]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(names)
    rows = {row.number: row.uid for row in notices.list_notices(town)}
    stored = notices.stored_pdf(town, rows["大茂府〔2026〕1号"])
    assert report.written[2].path.read_bytes() == stored
    (old,) = print_year(town, 2025, tmp_path / "旧", kinds=(DocumentKind.FREEFORM,)).written
    assert old.number == "大茂府〔2025〕1号"
