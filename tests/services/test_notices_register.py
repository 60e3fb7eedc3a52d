"""The register: numbers without gaps, voiding, drafts, delivery, file names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from daomao_desktop.documents import typesetting
from daomao_desktop.documents.fonts import MissingGlyph
from daomao_desktop.domain.accounts import OperatorRole
from daomao_desktop.domain.notices import DocumentState
from daomao_desktop.errors import InvalidInput, NotFound, Refused, StoreError
from daomao_desktop.services import notices
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.notices import NoticeRow
from daomao_desktop.store import notices as store
from tests.services.assessment_office import (
    whole_year,
)
from tests.services.notice_office import (
    CRITICISM,
    GRADES,
    TEN,
    issued,
    register_row,
    text_of,
    uid_of,
)
from tests.services.office import acting_as


@pytest.fixture
def town(town_desk: Desk, tmp_path: Path) -> Desk:
    """A town whose year 2025 is in force: one 优秀, two 不称职 among ten."""
    whole_year(town_desk, tmp_path, TEN, GRADES)
    return town_desk


# -- numbers


def test_voiding_keeps_the_number_and_allows_a_new_one(town: Desk) -> None:
    first = issued(town, CRITICISM, "林〇三")
    with pytest.raises(InvalidInput, match="写明理由"):
        notices.void_notice(town, first.uid, "")
    notices.void_notice(town, first.uid, "金额有误")
    voided = register_row(town, first.uid)
    assert (voided.state, voided.number) == (DocumentState.VOID, "联光党支〔2026〕1号")
    assert (voided.void_reason, voided.voided_on) == ("金额有误", date(2026, 1, 20))
    assert notices.stored_pdf(town, first.uid).startswith(b"%PDF")
    with pytest.raises(Refused, match="不能删除"):
        notices.discard_draft(town, first.uid)
    second = issued(town, CRITICISM, "林〇三")
    assert second.number == "联光党支〔2026〕2号"


def test_a_failure_while_signing_off_leaves_no_gap(
    town: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = notices.draft_notice(town, CRITICISM, 2025, uid_of(town, "林〇三"))

    def fails(_document: object, **_faces: object) -> bytes:
        raise MissingGlyph("\U00030000")

    with monkeypatch.context() as patched:
        patched.setattr(typesetting, "typeset", fails)
        with pytest.raises(MissingGlyph):
            notices.issue_notice(town, draft)
    assert register_row(town, draft).state is DocumentState.DRAFT
    assert issued(town, CRITICISM, "林〇五").number == "联光党支〔2026〕1号"
    notices.issue_notice(town, draft)
    assert register_row(town, draft).number == "联光党支〔2026〕2号"


def test_numbers_start_where_the_office_says(town: Desk) -> None:
    notices.set_starting_number(town, "联光党支", 2026, 7)
    assert issued(town, CRITICISM, "林〇三").number == "联光党支〔2026〕7号"
    assert issued(town, CRITICISM, "林〇五").number == "联光党支〔2026〕8号"
    with pytest.raises(Refused, match="联光党支〔2026〕8号已经使用"):
        notices.set_starting_number(town, "联光党支", 2026, 20)
    (series,) = notices.list_series(town)
    assert (series.prefix, series.next_number, series.given) == ("联光党支", 9, True)


@pytest.mark.parametrize(("prefix", "n"), [("联光〔", 1), ("", 1), ("联光党支", 0)])
def test_a_series_needs_a_prefix_and_a_number(town_desk: Desk, prefix: str, n: int) -> None:
    with pytest.raises(InvalidInput):
        notices.set_starting_number(town_desk, prefix, 2026, n)


def test_only_the_administrator_sets_numbers(town_desk: Desk) -> None:
    clerk = acting_as(town_desk, OperatorRole.TOWN_CLERK)
    with pytest.raises(Refused, match="不能管理操作员和系统设置"):
        notices.set_starting_number(clerk, "大茂党", 2026, 3)


# -- the register


def test_drafts_are_renewed_and_discarded(town: Desk) -> None:
    uid = uid_of(town, "林〇三")
    first = notices.draft_notice(town, CRITICISM, 2025, uid)
    again = notices.draft_notice(town, CRITICISM, 2025, uid, meeting=date(2026, 1, 14))
    assert again == first
    assert "2026年1月14日" in text_of(notices.preview(town, first))
    notices.discard_draft(town, first)
    assert notices.list_notices(town) == ()
    with pytest.raises(NotFound):
        notices.preview(town, first)


def test_delivery_and_printing_are_kept_with_the_document(town: Desk) -> None:
    row = issued(town, CRITICISM, "林〇三")
    with pytest.raises(InvalidInput, match="晚于今天"):
        notices.record_delivery(town, row.uid, date(2026, 1, 21), "本人签收")
    notices.record_delivery(town, row.uid, date(2026, 1, 20), "本人签收，见证人林〇二")
    assert register_row(town, row.uid).receipt == "本人签收，见证人林〇二"
    notices.log_print(town, row.uid, "HP LaserJet", 2)
    with town.store.reading() as session:
        runs = store.print_runs(session, row.uid)
        assert [(run.target, run.copies) for run in runs] == [("HP LaserJet", 2)]


def test_damaged_bytes_are_not_handed_out(town: Desk) -> None:
    row = issued(town, CRITICISM, "林〇三")
    with town.store.writing(town.operator.uid) as session:
        document = store.document(session, row.uid, with_pdf=True)
        assert document is not None
        document.pdf = b"%PDF-1.4 damaged"
    with pytest.raises(StoreError, match="校验值不一致"):
        notices.stored_pdf(town, row.uid)


@pytest.mark.parametrize(
    ("number", "title", "name"),
    [
        (
            "联光党支〔2026〕5号",
            "关于给予王强通报批评的通报",
            "联光党支〔2026〕5号 关于给予王强通报批评的通报.pdf",
        ),
        (None, "关于\n给予A/B:通报批评?的通报. ", "关于给予A_B_通报批评_的通报.pdf"),
    ],
)
def test_file_names_suit_every_system(number: str | None, title: str, name: str) -> None:
    row = NoticeRow(
        uid="",
        kind=CRITICISM,
        state=DocumentState.ISSUED,
        number=number,
        title=title,
        organ="",
        dated=date(2026, 1, 20),
        year=2025,
        person_uid=None,
        village_uid=None,
    )
    assert notices.file_name(row) == name


def test_very_long_names_fit_the_file_system() -> None:
    row = NoticeRow(
        uid="",
        kind=CRITICISM,
        state=DocumentState.ISSUED,
        number="联光党支〔2026〕5号",
        title="关于给予" + "阿" * 60 + "通报批评的通报",
        organ="",
        dated=date(2026, 1, 20),
        year=2025,
        person_uid=None,
        village_uid=None,
    )
    assert len(notices.file_name(row).encode()) <= 255
