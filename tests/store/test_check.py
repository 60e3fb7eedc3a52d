"""What ``check`` says about damage, and that damage is never passed over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from daomao_desktop.errors import StoreError
from daomao_desktop.store import sqlite_connection
from daomao_desktop.store.engine import Store
from tests.conftest import DATA_KEY
from tests.store.records import a_person, add_leader

PAGE = 4096


def fill(store: Store, persons: int = 400) -> None:
    with store.writing("op") as session:
        add_leader(session)
        for number in range(persons):
            session.add(a_person(f"甲{number}"))


def flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


def head_of(store: Store) -> dict[str, object]:
    body = json.loads((store.folder / "head").read_text())
    assert isinstance(body, dict)
    return body


def test_a_whole_store_has_no_problems(store: Store) -> None:
    fill(store)
    assert store.check() == []


def test_a_flipped_bit_names_its_page(store: Store) -> None:
    fill(store)
    store.close()
    flip(store.folder / "records.db", 20 * PAGE + 100)
    with Store.open(store.folder, DATA_KEY) as opened:
        (told,) = opened.check()
        assert "第 21 页" in told
        assert opened.check() == [told], "asking again must not make it better"


def test_a_cut_file_is_told(store: Store) -> None:
    fill(store)
    store.close()
    path = store.folder / "records.db"
    path.write_bytes(path.read_bytes()[: -8 * PAGE])
    try:
        with Store.open(store.folder, DATA_KEY) as opened:
            told = opened.check()
    except StoreError as error:
        told = [error.sentence]
    assert told


def test_reading_a_damaged_page_is_a_sentence(store: Store) -> None:
    fill(store)
    store.close()
    path = store.folder / "records.db"
    for page in range(3, path.stat().st_size // PAGE):
        flip(path, page * PAGE + 100)
    with pytest.raises(StoreError, match="已损坏"):
        Store.open(store.folder, DATA_KEY)
    for page in range(3, path.stat().st_size // PAGE):
        flip(path, page * PAGE + 100)
    with Store.open(store.folder, DATA_KEY) as opened:
        assert opened.check() == []


def test_a_dangling_reference_is_told(store: Store) -> None:
    fill(store, 3)
    raw = store._engine.raw_connection()
    raw.cursor().execute("PRAGMA foreign_keys = OFF")
    raw.cursor().execute("DELETE FROM village")
    raw.close()
    store._engine.dispose()
    (told,) = store.check()
    assert "village_group" in told


def test_a_transaction_lost_from_the_wal_is_told_until_it_is_found(store: Store) -> None:
    """Power fails with the WAL not yet moved; one flipped bit then drops what it held."""
    fill(store, 3)
    store.checkpoint()
    before = {name: (store.folder / name).read_bytes() for name in ("records.db", "head")}
    with store.writing("op") as session:
        session.add(a_person("最后登记的人"))
    newest = head_of(store)
    wal = (store.folder / "records.db-wal").read_bytes()
    store.close()
    damaged = bytearray(wal)
    damaged[60] ^= 1
    (store.folder / "records.db").write_bytes(before["records.db"])
    (store.folder / "records.db-wal").write_bytes(damaged)
    with Store.open(store.folder, DATA_KEY) as opened:
        (told,) = opened.check()
        assert f"第 {newest['sequence']} 条" in told
        with opened.writing("op") as session:
            session.add(a_person())
    assert head_of(store) == newest, "the witness must not be overwritten"
    with Store.open(store.folder, DATA_KEY) as opened:
        assert opened.check() == [told]


def test_the_same_wal_undamaged_brings_everything_back(store: Store) -> None:
    fill(store, 3)
    store.checkpoint()
    main = (store.folder / "records.db").read_bytes()
    with store.writing("op") as session:
        session.add(a_person("最后登记的人"))
    wal = (store.folder / "records.db-wal").read_bytes()
    store.close()
    (store.folder / "records.db").write_bytes(main)
    (store.folder / "records.db-wal").write_bytes(wal)
    with Store.open(store.folder, DATA_KEY) as opened:
        assert opened.check() == []


@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b'{"sequence": "x", "hash": 1}'])
def test_a_missing_or_cut_head_is_no_damage_and_written_again(
    store: Store, content: bytes | None
) -> None:
    fill(store, 3)
    expected = head_of(store)
    store.close()
    (store.folder / "head").unlink()
    if content is not None:
        (store.folder / "head").write_bytes(content)
    with Store.open(store.folder, DATA_KEY) as opened:
        assert opened.check() == []
    assert head_of(store) == expected


def test_a_head_that_lags_is_no_damage(store: Store) -> None:
    fill(store, 1)
    early = (store.folder / "head").read_bytes()
    fill(store, 1)
    newest = head_of(store)
    store.close()
    (store.folder / "head").write_bytes(early)
    with Store.open(store.folder, DATA_KEY) as opened:
        assert opened.check() == []
    assert head_of(store) == newest


def test_the_head_is_written_in_its_place(store: Store) -> None:
    fill(store, 1)
    path, early = store.folder / "head", head_of(store)
    before = path.stat()
    fill(store, 1)
    after = path.stat()
    assert head_of(store) != early
    assert (after.st_ino, after.st_size) == (before.st_ino, before.st_size)


def test_a_full_disk_is_no_damage_and_keeps_nobody_from_leaving(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store, 3)

    def full(_engine: object) -> None:
        raise sqlite_connection.Error("database or disk is full")

    monkeypatch.setattr(sqlite_connection, "checkpoint", full)
    (told,) = store.check()
    assert "磁盘空间不足" in told
    store.close()
    monkeypatch.undo()
    with Store.open(store.folder, DATA_KEY) as opened:
        assert opened.check() == []
