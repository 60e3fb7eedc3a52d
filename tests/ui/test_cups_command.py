"""What ``lp`` is told, and what the operator hears when it refuses, fails or is gone."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from daomao_desktop.documents.kinds import deduction, public_notice
from daomao_desktop.documents.typesetting import typeset
from daomao_desktop.errors import FileProblem
from daomao_desktop.services import notices
from daomao_desktop.services.desk import Changes
from daomao_desktop.store.notices import print_runs
from daomao_desktop.ui import cups
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.preview import PreviewSheet
from daomao_desktop.ui.dialogs.print_sheet import PrintSheet
from daomao_desktop.ui.dialogs.wanted import Wanted
from daomao_desktop.ui.operations import Cancelled, Job
from daomao_desktop.ui.printing import Printed, PrintOrder, PrintPaper, print_papers
from tests.documents import examples
from tests.ui.conftest import Told, settle
from tests.ui.notices_window import sign_only

LP = """\
#!/bin/sh
printf '%s|' "$@" >> {log}
cat | wc -c | tr -d ' ' >> {log}
{answer}
"""

AFTER_ONE = 'test $(wc -l < "${0%/*}/log") -le 1 || { echo "lp: no room" >&2; exit 1; }'


@dataclass(frozen=True)
class Stub:
    """An ``lp`` that only writes down what it was told, and what it was fed."""

    folder: Path

    def answers(self, script: str) -> None:
        log = self.folder / "log"
        for name, text in (("lp", LP.format(log=log, answer=script)), ("lpstat", "#!/bin/sh\n")):
            (self.folder / name).write_text(text)
            (self.folder / name).chmod(0o755)

    @property
    def calls(self) -> list[str]:
        log = self.folder / "log"
        return log.read_text(encoding="utf-8").splitlines() if log.exists() else []


@pytest.fixture
def stub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stub:
    made = Stub(tmp_path)
    made.answers("")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    return made


def _papers(count: int) -> list[PrintPaper]:
    return [PrintPaper(str(n), f"第{n}份", b"%PDF" * (n + 1)) for n in range(count)]


def test_what_lp_is_told(stub: Stub) -> None:
    order = PrintOrder("一楼/厚纸", copies=3, duplex=True, first=2, last=4)
    print_papers(order, _papers(1), _job(), lambda _uid: None)
    options = "-o|media=A4|-o|print-scaling=none|-o|number-up=1|-o|collate=true"
    sides = "-o|sides=two-sided-long-edge|-P|2-4"
    assert stub.calls == [f"-d|一楼/厚纸|-n|3|-t|第0份|{options}|{sides}|4"]


def test_a_page_left_blank_for_a_back_is_not_sent_to_be_printed_on_one_side(stub: Stub) -> None:
    letter = PrintPaper("a", "通知", typeset(deduction.compose(examples.DEDUCTION)))
    for order in (
        PrintOrder("一楼"),
        PrintOrder("一楼", duplex=True),
        PrintOrder("一楼", first=2, last=3),
    ):
        print_papers(order, [letter], _job(), lambda _uid: None)
    asked = [call.partition("|-P|")[2].partition("|")[0] for call in stub.calls]
    assert asked == ["1,3", "", "3"]


def test_what_will_hang_on_a_wall_is_sent_one_sided_whatever_was_ordered(stub: Stub) -> None:
    posted = typeset(public_notice.compose(examples.public_notice(24, 2, 2)))
    papers = [PrintPaper("a", "公示", posted), *_papers(1)]
    print_papers(PrintOrder("一楼", duplex=True), papers, _job(), lambda _uid: None)
    assert ["sides=one-sided" in call for call in stub.calls] == [True, False]
    assert "sides=two-sided-long-edge" in stub.calls[1]


def test_stopping_keeps_what_the_queue_has_taken(stub: Stub) -> None:
    def tell(job: Job) -> None:
        if job.done == 2:
            job.cancel()

    logged: list[str] = []
    job = Job("打印", None, tell)
    done = print_papers(PrintOrder("一楼"), _papers(5), job, logged.append)
    assert done == Printed(("0", "1", "2"), stopped=True)
    assert logged == ["0", "1", "2"]
    assert len(stub.calls) == 3


def test_stopped_before_the_first_nothing_is_printed(stub: Stub) -> None:
    job = _job()
    job.cancel()
    with pytest.raises(Cancelled):
        print_papers(PrintOrder("一楼"), _papers(2), job, lambda _uid: None)
    assert stub.calls == []


def test_an_error_on_the_way_is_told_beside_what_is_printed(stub: Stub) -> None:
    stub.answers(AFTER_ONE)
    logged: list[str] = []
    done = print_papers(PrintOrder("一楼"), _papers(3), _job(), logged.append)
    assert done.uids == ("0",)
    assert logged == ["0"]
    assert isinstance(done.problem, FileProblem)
    assert done.problem.sentence.startswith("没有送到打印机「一楼」")
    assert done.problem.details == ("lp: no room",)


def test_a_printer_that_never_answers_is_given_up(
    stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cups, "SECONDS", 0.3)
    stub.answers("exec sleep 20")
    with pytest.raises(FileProblem, match="一直没有回应"):
        print_papers(PrintOrder("一楼"), _papers(1), _job(), lambda _uid: None)


def test_a_command_gone_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not cups.available()
    with pytest.raises(FileProblem, match="cups-client"):
        cups.send("一楼", "甲", b"%PDF")


def _job() -> Job:
    return Job("打印", None, lambda _job: None)


def _printing(qtbot: QtBot, context: Context, parent: QWidget) -> tuple[PreviewSheet, PrintSheet]:
    """The preview of two documents signed off, and the dialog that asks for the printer."""
    desk = context.desk
    candidates = notices.notice_candidates(desk, 2025)[:2]
    wanted = [Wanted(one.kind, 2025, one.person_uid) for one in candidates]
    sheet = PreviewSheet(context, wanted, parent)
    sheet.open()
    settle(qtbot, context.operations)
    sign_only(qtbot, context, sheet)
    sheet.print_only.click()
    settle(qtbot, context.operations)
    (dialog,) = [one for one in sheet.findChildren(PrintSheet) if one.isVisible()]
    dialog.printer.set_choices([("一楼", "一楼")])
    return sheet, dialog


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_the_preview_says_how_far_it_came(
    qtbot: QtBot, stub: Stub, town_context: Context, parent: QWidget
) -> None:
    sheet, dialog = _printing(qtbot, town_context, parent)
    stub.answers(AFTER_ONE)
    dialog._on_print()
    settle(qtbot, town_context.operations)
    words = sheet.banner.words.text()
    assert words.startswith("已送出 1 份，其余 1 份没有打印：没有送到打印机「一楼」")
    assert "lp: no room" in words
    sheet.close()


def test_a_preview_closed_meanwhile_does_not_lose_the_log(
    qtbot: QtBot, stub: Stub, town_context: Context, told: Told, parent: QWidget
) -> None:
    sheet, dialog = _printing(qtbot, town_context, parent)
    stub.answers("sleep 0.3")
    changed: list[Changes] = []
    town_context.operations.changed.connect(changed.append)
    dialog._on_print()
    sheet.close()
    settle(qtbot, town_context.operations)
    desk = town_context.desk
    uids = {row.uid for row in notices.list_notices(desk)}
    assert set(changed[-1].uids) == uids
    with desk.store.reading() as session:
        assert [len(print_runs(session, uid)) for uid in uids] == [1, 1]
    assert told.sentences[-1] == "2 份已送到一楼。"
