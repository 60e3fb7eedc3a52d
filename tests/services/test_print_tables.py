"""Printing a year with its tables, and all of it in one file."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from daomao_desktop.domain.accounts import OperatorRole
from daomao_desktop.domain.notices import DocumentKind
from daomao_desktop.domain.scheme import YearState
from daomao_desktop.errors import FileProblem, NotFound, Refused, StoreError
from daomao_desktop.services import accounts, notices
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.print_year import PrintReport, merged_pdf, print_year
from daomao_desktop.services.year_tables import table_pdf
from daomao_desktop.store import notices as store
from daomao_desktop.store.keys import Cost
from tests.documents import measuring
from tests.services.assessment_office import people, settle, walk, whole_year
from tests.services.notice_office import issued, uid_of
from tests.services.office import PASSWORD, TOWN, acting_as, today

PEOPLE = [*people(10), *people(2, "云溪村", "孙")]
GRADES = {"林〇一": "优秀", "林〇三": "不称职", "孙〇二": "不称职"}
EVERYTHING = tuple(
    kind for kind in DocumentKind if kind not in (DocumentKind.PUBLIC_NOTICE, DocumentKind.FREEFORM)
)
TABLES = tuple(kind for kind in DocumentKind if kind.is_table)
REGISTRATION, SUMMARY = DocumentKind.REGISTRATION, DocumentKind.SUMMARY
REGISTER = DocumentKind.REGISTER
DATED = date(2026, 1, 15)


@pytest.fixture
def town(town_desk: Desk, tmp_path: Path) -> Desk:
    """Two villages whose year 2025 is in force: one 优秀, two 不称职 among twelve."""
    whole_year(town_desk, tmp_path, PEOPLE, GRADES)
    return town_desk


@pytest.fixture
def twin(tmp_path: Path, cheap: Cost) -> Iterator[Desk]:
    """Another town's office with the same people and grades."""
    folder = tmp_path / "另一个"
    accounts.found_office(folder, TOWN, cost=cheap)
    desk = accounts.open_desk(folder, PASSWORD, today=today)
    whole_year(desk, tmp_path, PEOPLE, GRADES)
    yield desk
    accounts.close_desk(desk)


def text_of(pdf: bytes) -> str:
    """The text in the order it was drawn, cell by cell, without spaces and line breaks."""
    return "".join(measuring.text_of(pdf).split())


def names(report: PrintReport) -> list[str]:
    return [one.path.name for one in report.written]


def pages(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


def test_tables_are_written_by_name_the_register_last(town: Desk, tmp_path: Path) -> None:
    kinds = (REGISTER, SUMMARY, DocumentKind.CRITICISM, REGISTRATION)
    report = print_year(town, 2025, tmp_path / "out", kinds=kinds, dated=DATED)
    found = names(report)
    assert len(found) == 2 + 12 + 1 + 1
    assert found[2] == "2025年度考核登记表 联光村第1村民小组 林〇一.pdf"
    assert found[-2:] == ["大茂镇2025年度村民小组长考核结果汇总表.pdf", "2025年度发文登记簿.pdf"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(found)
    register = text_of((tmp_path / "out" / found[-1]).read_bytes())
    assert "本年度没有发文。" in register  # what was signed off is numbered in 2026
    assert "制表日期：2026年1月15日" in register
    assert [one["number"] for one in report.as_json()["written"][2:]] == [None] * 14
    assert {one["kind"] for one in report.as_json()["written"]} == {
        "criticism",
        "registration",
        "summary",
        "register",
    }


def test_without_a_kind_no_table_is_written(town: Desk, tmp_path: Path) -> None:
    report = print_year(town, 2025, tmp_path / "out")
    assert not any(one.kind.is_table for one in report.written)


def test_alone_and_among_all_every_paper_has_the_same_bytes(
    town: Desk, twin: Desk, tmp_path: Path
) -> None:
    alone, batch = tmp_path / "alone", tmp_path / "batch"
    together = print_year(twin, 2025, batch, kinds=EVERYTHING, dated=DATED)
    assert len(together.written) == 2 + 2 + 1 + 1 + 12 + 1 + 1
    for kind in EVERYTHING:
        print_year(town, 2025, alone, kinds=[kind], dated=DATED)
    same = [name for name in names(together) if "登记簿" not in name]
    for name in same:
        assert (alone / name).read_bytes() == (batch / name).read_bytes()
    # The register counts the files of earlier runs.
    print_year(town, 2026, alone, kinds=[REGISTER], dated=DATED)
    register = text_of((alone / "2026年度发文登记簿.pdf").read_bytes())
    assert "存文件" in register
    assert "关于给予林〇三通报批评的通报" in register
    uid = uid_of(town, "林〇一")
    name = "2025年度考核登记表 联光村第1村民小组 林〇一.pdf"
    assert table_pdf(town, 2025, REGISTRATION, uid) == (batch / name).read_bytes()


def test_who_may_only_look_prints_tables_and_signs_nothing(town: Desk, tmp_path: Path) -> None:
    reader = acting_as(town, OperatorRole.TOWN_READER)
    report = print_year(reader, 2025, tmp_path / "out", kinds=TABLES)
    assert len(report.written) == 14
    with pytest.raises(Refused, match="不能签发和作废文书"):
        print_year(reader, 2025, tmp_path / "out", kinds=[*TABLES, DocumentKind.CRITICISM])
    assert notices.list_notices(town) == ()


def test_tables_come_before_the_year_is_in_force(town_desk: Desk, tmp_path: Path) -> None:
    settle(town_desk, tmp_path, PEOPLE)
    with pytest.raises(Refused, match="还在“筹备”"):
        print_year(town_desk, 2025, tmp_path / "out", kinds=[REGISTRATION])
    walk(town_desk, YearState.VILLAGE)
    report = print_year(town_desk, 2025, tmp_path / "out", kinds=[REGISTRATION, SUMMARY])
    assert names(report)[-1] == "大茂镇2025年度村民小组长考核结果汇总表（村评）.pdf"
    with pytest.raises(Refused, match="“生效”以后才能制发文书"):
        print_year(town_desk, 2025, tmp_path / "二", kinds=[SUMMARY, DocumentKind.DEDUCTION])
    assert not (tmp_path / "二").exists()
    empty = print_year(town_desk, 2025, tmp_path / "out", kinds=[REGISTER])
    assert (names(empty), empty.refusal) == (["2025年度发文登记簿.pdf"], "")


def test_a_form_with_a_name_no_font_has_is_listed_and_the_others_are_written(
    town_desk: Desk, tmp_path: Path
) -> None:
    rare = "林\U00030000三"
    persons = [(v, g, rare if name == "林〇三" else name) for v, g, name in PEOPLE]
    whole_year(town_desk, tmp_path, persons, {})
    for dry_run in (True, False):
        report = print_year(
            town_desk, 2025, tmp_path / "out", kinds=[REGISTRATION], dry_run=dry_run
        )
        assert len(report.written) == 11
        (lacking,) = report.lacking
        assert lacking.startswith(f"2025年度考核登记表 联光村第3村民小组 {rare}：")
        assert "U+30000" in lacking
        assert (tmp_path / "out").exists() is not dry_run


def test_a_dry_run_names_the_tables_and_writes_none(town: Desk, tmp_path: Path) -> None:
    report = print_year(town, 2025, tmp_path / "out", kinds=TABLES, dry_run=True)
    assert len(report.written) == 14
    assert not (tmp_path / "out").exists()
    merged = print_year(town, 2025, tmp_path / "out", kinds=TABLES, dry_run=True, merged=True)
    assert merged.lines() == [str(tmp_path / "out" / "2025年度文书.pdf")]
    assert not (tmp_path / "out").exists()


def test_progress_counts_documents_and_tables_and_may_stop_between(
    town: Desk, tmp_path: Path
) -> None:
    class Stop(Exception):
        pass

    seen: list[tuple[int, int]] = []
    kinds = (DocumentKind.CRITICISM, SUMMARY, REGISTER)
    print_year(town, 2025, tmp_path / "a", kinds=kinds, on_progress=lambda *step: seen.append(step))
    assert seen == [(done, 4) for done in range(5)]

    def stop(done: int, _total: int) -> None:
        if done == 5:
            raise Stop

    with pytest.raises(Stop):
        print_year(town, 2025, tmp_path / "b", kinds=EVERYTHING, on_progress=stop)
    assert len(list((tmp_path / "b").iterdir())) == 5
    with town.store.reading() as session:
        written = sum(copies for _uid, _target, copies in store.print_counts(session))
    assert written == 2 + 5  # what came out before the stop is logged


def test_merged_all_go_into_one_file_in_order(town: Desk, twin: Desk, tmp_path: Path) -> None:
    single, one = tmp_path / "single", tmp_path / "one"
    apart = print_year(town, 2025, single, kinds=EVERYTHING, dated=DATED)
    report = print_year(twin, 2025, one, kinds=EVERYTHING, dated=DATED, merged=True)
    path = one / "2025年度文书.pdf"
    assert list(one.iterdir()) == [path]
    assert report.lines() == [str(path)]
    assert [(w.kind, w.title, w.number) for w in report.written] == [
        (w.kind, w.title, w.number) for w in apart.written
    ]
    pdfs = [written.path.read_bytes() for written in apart.written]
    assert text_of(path.read_bytes()) == "".join(text_of(pdf) for pdf in pdfs)
    assert PdfReader(io.BytesIO(path.read_bytes())).metadata["/Title"] == "2025年度文书"  # type: ignore[index]
    with twin.store.reading() as session:
        assert sum(copies for _u, _t, copies in store.print_counts(session)) == 6


def test_merged_for_both_sides_every_paper_begins_on_an_odd_page(
    town: Desk, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    report = print_year(town, 2025, out, kinds=EVERYTHING, merged=True, sides=True)
    reader = PdfReader(io.BytesIO((out / "2025年度文书.pdf").read_bytes()))
    starts = [
        number
        for number, page in enumerate(reader.pages, 1)
        if "年度考核登记表（2025年度）" in "".join(page.extract_text().split())
    ]
    assert len(starts) == 12
    assert all(number % 2 for number in starts)
    assert len(report.written) == 20


def test_merged_lists_what_lacks_and_writes_the_rest(town_desk: Desk, tmp_path: Path) -> None:
    rare = "林\U00030000三"
    persons = [(v, g, rare if name == "林〇三" else name) for v, g, name in PEOPLE]
    whole_year(town_desk, tmp_path, persons, {})
    out = tmp_path / "out"
    report = print_year(town_desk, 2025, out, kinds=[REGISTRATION], merged=True)
    assert len(report.lacking) == 1
    assert report.refusal
    assert pages((out / "2025年度文书.pdf").read_bytes()) == 22


def test_merged_without_anything_leaves_no_file(town_desk: Desk, tmp_path: Path) -> None:
    whole_year(town_desk, tmp_path, PEOPLE, {})
    report = print_year(town_desk, 2025, tmp_path / "out", merged=True)
    assert report.refusal == "没有可以写出的文书。"
    assert not (tmp_path / "out").exists()


def test_the_folder_must_be_one_before_anything_is_signed(town: Desk, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(FileProblem):
        print_year(town, 2025, tmp_path / "out", kinds=EVERYTHING, merged=True)
    assert notices.list_notices(town) == ()


def test_chosen_documents_are_merged_from_their_stored_bytes(town: Desk) -> None:
    first = issued(town, DocumentKind.DEDUCTION, "林〇三")
    second = issued(town, DocumentKind.CRITICISM, "林〇三")
    third = issued(town, DocumentKind.DEDUCTION, "孙〇二")
    uids = [third.uid, second.uid, first.uid]
    merged = merged_pdf(town, uids)
    stored = [notices.stored_pdf(town, uid) for uid in uids]
    assert text_of(merged) == "".join(text_of(pdf) for pdf in stored)
    assert merged_pdf(town, uids) == merged
    one = pages(stored[0])
    assert (
        pages(merged_pdf(town, uids, sides=True)) == pages(merged) + one % 2 + pages(stored[1]) % 2
    )


def test_drafts_and_damaged_documents_are_not_merged(town: Desk) -> None:
    row = issued(town, DocumentKind.DEDUCTION, "林〇三")
    draft = notices.draft_notice(town, DocumentKind.DEDUCTION, 2025, uid_of(town, "孙〇二"))
    with pytest.raises(Refused, match="草稿"):
        merged_pdf(town, [row.uid, draft])
    with pytest.raises(NotFound, match="已被删除"):
        merged_pdf(town, [row.uid, "nothing"])
    with town.store.writing(town.operator.uid) as session:
        document = store.document(session, row.uid, with_pdf=True)
        assert document is not None
        document.sha256 = hashlib.sha256(b"else").hexdigest()
    with pytest.raises(StoreError, match="校验值不一致"):
        merged_pdf(town, [row.uid])
