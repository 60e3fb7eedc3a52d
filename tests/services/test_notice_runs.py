"""Signing off and saving many documents: each for itself, stoppable, names a clerk can read."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pdfplumber
import pytest

from daomao_desktop.domain.freeform import FreeformDraft, FreeformFormat, Organ
from daomao_desktop.domain.notices import DocumentKind, DocumentState
from daomao_desktop.errors import FileProblem, NotFound, Refused
from daomao_desktop.services import freeform, notice_runs, notices
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.notice_content import fingerprint
from daomao_desktop.services.notice_plan import PlanChanged, PreviewStale, SigningPlan, ToSign
from daomao_desktop.services.notice_runs import SignedRun
from daomao_desktop.store.notices import print_runs
from tests.services.assessment_office import people, whole_year
from tests.services.notice_office import register_row, text_of, uid_of
from tests.services.office import today
from tests.statements import statements

DRAFT = FreeformDraft(
    organ=Organ.TOWN_GOVERNMENT, title="关于防汛的通知", body=("请做好准备。",), dated=today()
)


def go_on(_done: int, _total: int) -> bool:
    return True


class Stop:
    """Says stop once so many are done; remembers what it was told."""

    def __init__(self, after: int) -> None:
        self.after = after
        self.told: list[tuple[int, int]] = []

    def __call__(self, done: int, total: int) -> bool:
        self.told.append((done, total))
        return done < self.after


def drafted(desk: Desk, *titles: str) -> list[ToSign]:
    return [
        ToSign(
            DocumentKind.FREEFORM,
            2026,
            None,
            freeform.save_freeform(desk, replace(DRAFT, title=title)),
        )
        for title in titles
    ]


def planned(desk: Desk, orders: Sequence[ToSign]) -> SigningPlan:
    return notice_runs.plan_signing(desk, orders, go_on)


def planned_and_signed(desk: Desk, orders: Sequence[ToSign]) -> SignedRun:
    return notice_runs.sign_all(desk, planned(desk, orders), go_on)


def signed(desk: Desk, *titles: str) -> list[str]:
    run = planned_and_signed(desk, drafted(desk, *titles))
    return [uid for uid in run.uids if uid]


def numbers(desk: Desk, uids: list[str]) -> list[str | None]:
    return [register_row(desk, uid).number for uid in uids]


def test_one_that_is_refused_stops_none_of_the_others(town_desk: Desk) -> None:
    orders = drafted(town_desk, "甲", "", "乙")
    run = planned_and_signed(town_desk, orders)
    assert run.uids == (orders[0].uid, None, orders[2].uid)
    assert [problem is None for problem in run.problems] == [True, False, True]
    assert "标题" in str(run.problems[1])
    assert not run.stopped
    assert numbers(town_desk, [orders[0].uid or "", orders[2].uid or ""]) == [
        "大茂府〔2026〕1号",
        "大茂府〔2026〕2号",
    ]


def test_it_stops_between_documents_and_says_what_is_left(town_desk: Desk) -> None:
    orders = drafted(town_desk, "甲", "乙", "丙")
    stop = Stop(after=2)
    run = notice_runs.sign_all(town_desk, planned(town_desk, orders), stop)
    assert stop.told == [(0, 3), (1, 3), (2, 3)]
    assert run.stopped
    assert run.uids == (orders[0].uid, orders[1].uid, None)
    assert run.problems == (None, None, None)
    assert register_row(town_desk, orders[2].uid or "").state is DocumentState.DRAFT


def test_each_gets_a_file_named_by_number_and_title(town_desk: Desk, tmp_path: Path) -> None:
    uids = signed(town_desk, "关于防汛的通知", "关于抗旱的通知")
    folder = tmp_path / "2026年 文书"
    run = notice_runs.save_each(town_desk, uids, folder, go_on)
    assert [path.name for path in run.paths] == [
        "大茂府〔2026〕1号 关于防汛的通知.pdf",
        "大茂府〔2026〕2号 关于抗旱的通知.pdf",
    ]
    for uid, path in zip(uids, run.paths, strict=True):
        assert path.read_bytes() == notices.stored_pdf(town_desk, uid)
    run.paths[0].write_bytes(b"older")
    again = notice_runs.save_each(town_desk, uids, folder, go_on)
    assert again == run
    assert sorted(path.name for path in folder.iterdir()) == [path.name for path in run.paths]
    assert run.paths[0].read_bytes() == notices.stored_pdf(town_desk, uids[0])
    with town_desk.store.reading() as session:
        assert [one.target for one in print_runs(session, uids[0])] == ["文件", "文件"]


def test_papers_without_a_number_do_not_overwrite_each_other(
    town_desk: Desk, tmp_path: Path
) -> None:
    plain = replace(DRAFT, format=FreeformFormat.PLAIN)
    orders = [
        ToSign(DocumentKind.FREEFORM, 2026, None, freeform.save_freeform(town_desk, plain))
        for _ in range(2)
    ]
    uids = [uid for uid in planned_and_signed(town_desk, orders).uids if uid]
    run = notice_runs.save_each(town_desk, uids, tmp_path, go_on)
    assert [path.name for path in run.paths] == ["关于防汛的通知.pdf", "关于防汛的通知（2）.pdf"]


def test_saving_stops_between_files(town_desk: Desk, tmp_path: Path) -> None:
    uids = signed(town_desk, "甲", "乙", "丙")
    run = notice_runs.save_each(town_desk, uids, tmp_path / "out", Stop(after=1))
    assert run.stopped
    assert len(run.paths) == len(list((tmp_path / "out").iterdir())) == 1
    with town_desk.store.reading() as session:
        assert [len(print_runs(session, uid)) for uid in uids] == [1, 0, 0]


def test_all_in_one_file_in_order(town_desk: Desk, tmp_path: Path) -> None:
    uids = signed(town_desk, "甲", "乙")
    path = tmp_path / "2026年度文书.pdf"
    run = notice_runs.save_merged(town_desk, uids[::-1], path)
    assert run.paths == (path,)
    with pdfplumber.open(path) as file:
        texts = [(page.extract_text() or "").split("\n")[1] for page in file.pages]
    assert texts == ["大茂府〔2026〕2号", "大茂府〔2026〕1号"]
    before = path.read_bytes()
    notice_runs.save_merged(town_desk, uids[::-1], path)
    assert path.read_bytes() == before
    notice_runs.save_merged(town_desk, uids, path, sides=True)
    with pdfplumber.open(io.BytesIO(path.read_bytes())) as file:
        assert len(file.pages) == 3


def test_drafts_are_passed_over_and_nothing_is_refused(town_desk: Desk, tmp_path: Path) -> None:
    (order,) = drafted(town_desk, "甲")
    with pytest.raises(Refused, match="请先签发"):
        notice_runs.save_each(town_desk, [order.uid or ""], tmp_path, go_on)
    uids = signed(town_desk, "乙")
    run = notice_runs.save_each(town_desk, [order.uid or "", *uids], tmp_path, go_on)
    assert len(run.paths) == 1
    with pytest.raises(NotFound):
        notice_runs.save_merged(town_desk, ["nothing"], tmp_path / "a.pdf")


def test_a_place_that_cannot_be_written_is_one_sentence(
    town_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uids = signed(town_desk, "甲", "乙")
    (tmp_path / "file").write_text("x")
    with pytest.raises(FileProblem, match="文件夹"):
        notice_runs.save_each(town_desk, uids, tmp_path / "file", go_on)
    with pytest.raises(FileProblem, match="文件夹"):
        notice_runs.save_merged(town_desk, uids, tmp_path / "file" / "a.pdf")

    real = notice_runs.replace_file

    def full(path: Path, content: bytes) -> None:
        if path.name.startswith("大茂府〔2026〕2号"):
            raise FileProblem("磁盘已满")
        real(path, content)

    monkeypatch.setattr(notice_runs, "replace_file", full)
    with pytest.raises(FileProblem, match="磁盘已满"):
        notice_runs.save_each(town_desk, uids, tmp_path / "out", go_on)
    names = [path.name for path in (tmp_path / "out").iterdir()]
    assert names == ["大茂府〔2026〕1号 甲.pdf"]  # what was written stays, and is logged
    with town_desk.store.reading() as session:
        assert [len(print_runs(session, uid)) for uid in uids] == [1, 0]
    assert text_of((tmp_path / "out" / names[0]).read_bytes())


def test_only_what_was_looked_at_is_numbered(town_desk: Desk) -> None:
    """Dates and text are those of the page that was seen, or nothing is signed off."""
    (order,) = drafted(town_desk, "关于防汛的通知")
    uid = order.uid or ""
    seen = fingerprint(notices.preview(town_desk, uid))
    other = replace(DRAFT, title="关于防汛的通知", dated=today() - timedelta(days=1))
    freeform.save_freeform(town_desk, other, uid)
    run = planned_and_signed(town_desk, [replace(order, seen=seen)])
    assert run.uids == (None,)
    assert isinstance(run.problems[0], PreviewStale)
    assert register_row(town_desk, uid).number is None
    seen = fingerprint(notices.preview(town_desk, uid))
    run = planned_and_signed(town_desk, [replace(order, seen=seen)])
    assert run.uids == (uid,)
    row = register_row(town_desk, uid)
    assert (row.number, row.dated) == ("大茂府〔2026〕1号", other.dated)


def test_the_plan_names_the_numbers_and_leaves_no_trace(town_desk: Desk) -> None:
    orders = drafted(town_desk, "甲", "", "乙")
    before = town_desk.store.check()
    plan = planned(town_desk, orders)
    assert plan.numbers == "大茂府〔2026〕1号—2号"
    assert [one and one.number for one in plan.papers] == [
        "大茂府〔2026〕1号",
        None,
        "大茂府〔2026〕2号",
    ]
    assert "标题" in str(plan.problems[1])
    rows = notices.list_notices(town_desk)
    assert {row.state for row in rows} == {DocumentState.DRAFT}
    assert notices.list_series(town_desk) == ()
    assert town_desk.store.check() == before == []
    run = notice_runs.sign_all(town_desk, plan, go_on)
    digests = [one.sha256 for one in plan.ready]
    assert [register_row(town_desk, uid).sha256 for uid in run.uids if uid] == digests


def test_where_the_numbers_would_be_others_nothing_is_signed(town_desk: Desk) -> None:
    orders = drafted(town_desk, "甲", "乙")
    plan = planned(town_desk, orders)
    (other,) = signed(town_desk, "抢先的")
    run = notice_runs.sign_all(town_desk, plan, go_on)
    assert run.uids == (None, None)
    assert isinstance(run.changed, PlanChanged)
    assert "现在轮到大茂府〔2026〕2号，不是刚才列出的大茂府〔2026〕1号" in run.changed.sentence
    assert numbers(town_desk, [other]) == ["大茂府〔2026〕1号"]
    again = planned(town_desk, orders)
    assert again.numbers == "大茂府〔2026〕2号—3号"
    assert None not in notice_runs.sign_all(town_desk, again, go_on).uids


def test_one_refused_after_all_leaves_those_after_it_to_another_plan(town_desk: Desk) -> None:
    orders = drafted(town_desk, "甲", "乙", "丙")
    plan = planned(town_desk, orders)
    notices.discard_draft(town_desk, orders[1].uid or "")
    run = notice_runs.sign_all(town_desk, plan, go_on)
    assert run.uids == (orders[0].uid, None, None)  # 丙 was to be number 3
    assert run.changed is not None
    assert "没有这份文书" in str(run.problems[1])


def test_what_was_changed_since_the_plan_is_not_signed(town_desk: Desk) -> None:
    (order,) = drafted(town_desk, "关于防汛的通知")
    plan = planned(town_desk, [order])
    freeform.save_freeform(town_desk, replace(DRAFT, body=("改过。",)), order.uid)
    run = notice_runs.sign_all(town_desk, plan, go_on)
    assert run.uids == (None,)
    assert "刚才有改动" in str(run.changed)
    assert register_row(town_desk, order.uid or "").state is DocumentState.DRAFT


def test_many_are_planned_by_records_read_once(town_desk: Desk, tmp_path: Path) -> None:
    persons = people(12)
    bad = [name for _village, _group, name in persons]
    whole_year(town_desk, tmp_path, persons, dict.fromkeys(bad, "不称职"))
    orders = [ToSign(DocumentKind.CRITICISM, 2025, uid_of(town_desk, name)) for name in bad]
    for step in (planned, notice_runs.proofs):
        with statements(town_desk) as sent:
            step(town_desk, orders)
        assert sum("FROM person " in one.replace("\n", " ") for one in sent) < 6
