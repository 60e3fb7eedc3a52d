"""Python's cycle collector runs in the window's thread only, or widgets die in the worker."""

from __future__ import annotations

import gc
import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from daomao_desktop.ui.collector import Collector
from daomao_desktop.ui.operations import Operations
from tests.ui.conftest import settle


class Ring:
    """Refers to itself, so that only the collector frees it; says in which thread it did."""

    def __init__(self, died_in: list[int]) -> None:
        self._died_in = died_in
        self._ring = self

    def __del__(self) -> None:
        self._died_in.append(threading.get_ident())


def _many_containers() -> list[list[int]]:
    return [[number] for number in range(200_000)]


def test_the_worker_collects_nothing_and_the_window_does(
    qtbot: QtBot, operations: Operations
) -> None:
    died_in: list[int] = []
    kept: list[object] = []  # what is freed again does not count
    Ring(died_in)
    operations.query(_many_containers, kept.append)
    settle(qtbot, operations)
    operations.collector.collect_due()
    assert died_in == [threading.get_ident()]


def test_without_it_the_worker_would(qtbot: QtBot, operations: Operations) -> None:
    gc.enable()
    died_in: list[int] = []
    Ring(died_in)
    operations.query(_many_containers, lambda _made: None)
    settle(qtbot, operations)
    assert died_in != [threading.get_ident()]
    assert len(died_in) == 1


def test_python_gets_its_collector_back(qtbot: QtBot) -> None:
    parent = QObject()
    assert gc.isenabled()
    first = Collector(parent)
    second = Collector(parent)
    assert not gc.isenabled()
    second.close()
    assert not gc.isenabled()
    first.close()
    assert gc.isenabled()


def test_only_what_was_loaded_first_is_spared(qtbot: QtBot) -> None:
    parent = QObject()
    collector = Collector(parent)
    before = gc.get_freeze_count()
    collector.freeze_libraries()
    spared = gc.get_freeze_count()
    later = _many_containers()
    collector.freeze_libraries()
    assert before < spared
    assert gc.get_freeze_count() <= spared
    del later
    collector.close()
    assert gc.get_freeze_count() == 0
