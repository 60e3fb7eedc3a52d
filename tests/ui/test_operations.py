"""The worker: done, error, cancel, progress, and owners that are gone."""

from __future__ import annotations

import threading
import time

import shiboken6
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from daomao_desktop.errors import DaomaoError, Refused
from daomao_desktop.services.desk import Area, Changes
from daomao_desktop.ui.operations import Job, Operations
from tests.ui.conftest import settle


def test_a_query_runs_elsewhere_and_answers_here(qtbot: QtBot, operations: Operations) -> None:
    here = threading.get_ident()
    answers: list[tuple[int, int]] = []
    operations.query(
        threading.get_ident, lambda there: answers.append((there, threading.get_ident()))
    )
    settle(qtbot, operations)
    (there, back), *rest = answers
    assert not rest
    assert there != here
    assert back == here


def test_work_keeps_its_order(qtbot: QtBot, operations: Operations) -> None:
    seen: list[int] = []
    for number in range(20):
        operations.query(lambda number=number: number, seen.append)
    settle(qtbot, operations)
    assert seen == list(range(20))


def test_a_command_tells_what_changed_before_it_is_done(
    qtbot: QtBot, operations: Operations
) -> None:
    order: list[str] = []
    changes = Changes(frozenset({Area.ROSTER}), ("uid",))
    operations.changed.connect(lambda told: order.append(f"changed {told.uids[0]}"))
    operations.command(lambda: changes, lambda _c: order.append("done"))
    settle(qtbot, operations)
    assert order == ["changed uid", "done"]


def test_an_expected_error_goes_to_whoever_asked(qtbot: QtBot, operations: Operations) -> None:
    errors: list[str] = []
    unheard: list[object] = []
    operations.failed.connect(unheard.append)

    def refuse() -> Changes:
        raise Refused("不行。")

    operations.query(refuse, lambda _r: None, lambda error: errors.append(str(error)))
    operations.command(refuse, None, lambda error: errors.append(str(error)))
    settle(qtbot, operations)
    assert errors == ["不行。", "不行。"]
    assert not unheard


def test_an_expected_error_nobody_takes_is_shown(qtbot: QtBot, operations: Operations) -> None:
    def refuse() -> int:
        raise Refused("不行。")

    with qtbot.waitSignal(operations.failed) as told:
        operations.query(refuse, lambda _r: None)
    assert isinstance(told.args[0], DaomaoError)


def test_an_unexpected_error_is_reported_without_its_words(
    qtbot: QtBot, operations: Operations
) -> None:
    def stumble() -> int:
        raise KeyError("王龚 460006198706156577")

    with qtbot.waitSignal(operations.broke) as told:
        operations.query(stumble, lambda _r: None)
    report = told.args[0]
    assert "KeyError" in report
    assert "stumble" in report
    assert "王龚" not in report
    assert "460006" not in report


def test_nobody_is_called_back_after_the_owner_has_gone(
    qtbot: QtBot, operations: Operations
) -> None:
    owner = QWidget()
    go = threading.Event()
    called: list[object] = []
    operations.query(lambda: go.wait(5), called.append, owner=owner)
    owner.deleteLater()
    qtbot.wait(20)
    go.set()
    settle(qtbot, operations)
    assert not called


def test_progress_shows_past_300_ms_and_can_be_cancelled(
    qtbot: QtBot, operations: Operations
) -> None:
    shown: list[tuple[str, int, int]] = []
    done: list[object] = []
    steps: list[int] = []
    operations.busy.connect(
        lambda job: shown.append((job.title, job.done, job.total) if job else ("", 0, 0))
    )

    def work(job: Job) -> int:
        for number in range(1000):
            job.progress(number, 1000)
            steps.append(number)
            time.sleep(0.01)
        return 1

    job = operations.long(work, done.append, title="很长的事")
    qtbot.waitUntil(lambda: len(shown) > 2, timeout=5000)
    assert job.cancellable
    assert shown[0][0] == "很长的事"
    assert shown[-1][2] == 1000
    operations.cancel_shown()
    settle(qtbot, operations)
    assert not done
    assert len(steps) < 1000
    assert shown[-1] == ("", 0, 0)


def test_quick_work_shows_no_progress(qtbot: QtBot, operations: Operations) -> None:
    shown: list[object] = []
    operations.busy.connect(shown.append)
    operations.query(lambda: 1, lambda _r: None)
    settle(qtbot, operations)
    qtbot.wait(350)
    assert not shown


def test_after_closing_nothing_calls_back(qtbot: QtBot) -> None:
    operations = Operations()
    called: list[object] = []
    operations.query(lambda: time.sleep(0.05), called.append)
    operations.query(lambda: 1, called.append)
    operations.close()
    qtbot.wait(50)
    assert not called


def test_nothing_is_started_after_the_end(qtbot: QtBot) -> None:
    ended = Operations()
    ended.close()
    done: list[int] = []
    ended.query(lambda: 1, done.append)
    assert ended.idle
    qtbot.wait(20)
    assert not done


def test_long_work_that_changed_something_is_heard_of_though_its_dialog_is_gone(
    qtbot: QtBot, operations: Operations
) -> None:
    heard: list[Changes] = []
    operations.changed.connect(heard.append)
    owner = QWidget()
    told: list[int] = []
    go = threading.Event()
    changes = Changes(frozenset({Area.NOTICES}))

    def work(_job: Job) -> int:
        go.wait(5)
        return 3

    operations.long(work, told.append, owner=owner, title="…", changes=lambda _n: changes)
    shiboken6.delete(owner)
    go.set()
    settle(qtbot, operations)
    assert heard == [changes]
    assert told == []
