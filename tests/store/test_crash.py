"""``kill -9`` at any instant: what was acknowledged is there, nothing is there by half."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from daomao_desktop.store import audit, keys
from daomao_desktop.store.accounts import get_setting, put_setting
from daomao_desktop.store.audit import AuditEntry
from daomao_desktop.store.engine import Session, Store
from daomao_desktop.store.roster import Person
from tests.conftest import DATA_KEY

BATCH = 25
WRITER = f"""
import sys, pathlib
from daomao_desktop.store.engine import Store
from daomao_desktop.store.roster import Person
store = Store.open(pathlib.Path(sys.argv[1]), bytes(range(32)))
print("open", flush=True)
batch = 0
while True:
    with store.writing("child") as session:
        for number in range({BATCH}):
            session.add(Person(name=f"{{sys.argv[2]}}-{{batch}}", remark=str(number)))
            if number % 7 == 0:
                session.flush()
    print(batch, flush=True)
    batch += 1
"""
FOUNDER = """
import sys, pathlib
from daomao_desktop.store import keys
from daomao_desktop.store.engine import Store
from daomao_desktop.store.accounts import put_setting
folder = pathlib.Path(sys.argv[1])
print("start", flush=True)
made = keys.create(folder, "文书", "正确的口令2024", cost=keys.Cost(1, 8192))
store = Store.create(folder, made.data_key, lambda session: put_setting(session, "edition", "村"))
print("founded", flush=True)
sys.stdin.read()
"""


def killed(program: str, arguments: list[str], first: str, after: float) -> list[str]:
    """What a child had acknowledged when killed ``after`` seconds from its ``first`` line."""
    with subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == f"{first}\n"
        time.sleep(after)
        child.kill()
        return child.stdout.read().splitlines()


def write_and_kill(folder: Path, rounds: int, seed: int) -> None:
    chance = random.Random(seed)
    acknowledged: set[str] = set()
    for number in range(rounds):
        lines = killed(WRITER, [str(folder), str(number)], "open", chance.uniform(0.0, 0.4))
        acknowledged |= {f"{number}-{batch}" for batch in lines}
        with Store.open(folder, DATA_KEY) as store:
            assert store.check() == []
            with store.reading() as session:
                counted = session.execute(select(Person.name, func.count()).group_by(Person.name))
                counts = {row[0]: row[1] for row in counted}
                entries = select(func.count()).where(AuditEntry.kind == "person")
                assert session.scalar(entries) == sum(counts.values())
                assert audit.verify_chain(session) is None
        assert set(counts.values()) <= {BATCH}, "half a transaction"
        assert acknowledged <= counts.keys(), "an acknowledged transaction is lost"
        # A batch that was committed but not yet acknowledged may be there: one a round at most.
        assert len(counts) <= len(acknowledged) + number + 1
    assert acknowledged


def found(session: Session) -> None:
    put_setting(session, "edition", "村")


def found_and_kill(folder: Path, rounds: int, seed: int) -> tuple[int, int]:
    """Kills foundings; returns how many had finished and how many had to be founded anew."""
    chance = random.Random(seed)
    finished = unfinished = 0
    for number in range(rounds):
        place = folder / str(number)
        lines = killed(FOUNDER, [str(place)], "start", chance.uniform(0.0, 0.35))
        if keys.founded(place):
            finished += 1
            slot = keys.labels(place)[0].slot
            data_key = keys.unlock(place, slot, "正确的口令2024")
            store = Store.open(place, data_key)
        else:
            assert "founded" not in lines
            unfinished += 1
            made = keys.create(place, "文书", "正确的口令2024", cost=keys.Cost(1, 8192))
            store = Store.create(place, made.data_key, found)
        with store, store.reading() as session:
            assert get_setting(session, "edition", None) == "村"
            assert store.check() == []
    return finished, unfinished


def test_a_killed_writer_leaves_all_or_nothing(store: Store) -> None:
    store.close()
    write_and_kill(store.folder, rounds=12, seed=1)


def test_a_killed_founding_is_whole_or_can_be_repeated(tmp_path: Path) -> None:
    found_and_kill(tmp_path, rounds=8, seed=2)


@pytest.mark.soak
def test_two_hundred_killed_writers(store: Store) -> None:
    store.close()
    write_and_kill(store.folder, rounds=200, seed=3)


@pytest.mark.soak
def test_a_hundred_killed_foundings(tmp_path: Path) -> None:
    finished, unfinished = found_and_kill(tmp_path, rounds=100, seed=4)
    assert finished
    assert unfinished
