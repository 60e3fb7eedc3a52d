"""What is typed: kept for one operator, listed, forgotten, there after a kill."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from daomao_desktop.services import accounts, unsaved
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.unsaved import Slot, Typed
from tests.services.office import PASSWORD, actions, today
from tests.store.test_secrecy import clear_words

NEW = Slot("duties", "duties")
OLD = Slot("duties", "duties", "0192", 2026)


def test_it_is_listed_with_place_and_time_until_it_is_forgotten(town_desk: Desk) -> None:
    before = actions(town_desk)
    assert unsaved.keep(town_desk, Typed(NEW, "履职记录（新）：符毅", {"on": "2026年1"}))
    assert unsaved.keep(town_desk, Typed(OLD, "履职记录：符毅", {"place": "村"}, {"place": ""}))
    assert unsaved.keep(town_desk, Typed(NEW, "履职记录（新）：符毅", {"on": "2026年1月"}))
    old, new = unsaved.kept(town_desk)  # the one typed last comes last
    assert (new.slot, new.title, new.fields) == (NEW, "履职记录（新）：符毅", {"on": "2026年1月"})
    assert (old.slot, old.before) == (OLD, {"place": ""})
    assert new.at is not None
    assert new.at.date() == town_desk.today()
    assert actions(town_desk) == before  # it is no record
    unsaved.forget(town_desk, NEW)
    assert [one.slot for one in unsaved.kept(town_desk)] == [OLD]


def test_another_operator_sees_and_replaces_nothing_of_it(town_desk: Desk) -> None:
    other = replace(town_desk, operator=replace(town_desk.operator, uid="somebody else"))
    unsaved.keep(town_desk, Typed(NEW, "履职记录（新）", {"content": "甲"}))
    assert unsaved.kept(other) == ()
    unsaved.keep(other, Typed(NEW, "履职记录（新）", {"content": "乙"}))
    unsaved.forget(other, NEW)
    (mine,) = unsaved.kept(town_desk)
    assert mine.fields == {"content": "甲"}


def test_a_disk_that_does_not_take_it_stops_nobody(
    town_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("daomao_desktop.store.unsaved.replace_bytes", full)
    assert not unsaved.keep(town_desk, Typed(NEW, "", {}))


def test_what_another_release_kept_is_left_alone(town_desk: Desk) -> None:
    town_desk.store.unsaved.keep("freeform", {"title": "关于防汛的通知"})
    assert unsaved.kept(town_desk) == ()
    assert len(list((town_desk.store.folder / "unsaved").iterdir())) == 1


def test_the_files_reveal_no_name(town_desk: Desk) -> None:
    unsaved.keep(town_desk, Typed(NEW, "小组长（新）：符毅", {"name": "符毅", "village": "联光村"}))
    assert clear_words(town_desk.store.folder, "符毅") == []


CLERK = f"""
import sys, pathlib
from daomao_desktop.services import accounts, unsaved
from daomao_desktop.services.unsaved import Slot, Typed
desk = accounts.open_desk(pathlib.Path(sys.argv[1]), {PASSWORD!r})
unsaved.keep(desk, Typed(Slot("duties", "duties"), "履职记录（新）", {{"content": "第一段"}}))
print("typed", flush=True)
sys.stdin.read()
"""


def test_a_power_cut_costs_nothing_that_was_kept_before(village_folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", CLERK, str(village_folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "typed\n"
        child.kill()
    desk = accounts.open_desk(village_folder, PASSWORD, today=today)
    try:
        (typed,) = unsaved.kept(desk)
    finally:
        accounts.close_desk(desk)
    assert (typed.slot, typed.fields) == (NEW, {"content": "第一段"})
