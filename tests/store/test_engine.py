"""Opening, writing, rolling back, threads, and what a failing disk says."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from daomao_desktop.errors import StoreError
from daomao_desktop.store import audit, sqlite_connection
from daomao_desktop.store.accounts import Setting, get_setting, put_setting
from daomao_desktop.store.base import live
from daomao_desktop.store.engine import Session, Store
from daomao_desktop.store.roster import Person, Village
from tests.conftest import DATA_KEY
from tests.store.records import ID_NUMBER, NAME, a_person, a_town, add_leader

WRONG_KEY = bytes(32)


def names(store: Store) -> list[str]:
    with store.reading() as session:
        return list(session.scalars(select(Person.name).where(live(Person)).order_by(Person.name)))


def entries(store: Store) -> int:
    with store.reading() as session:
        return session.scalar(select(func.count()).select_from(audit.AuditEntry)) or 0


def test_what_was_written_is_there_after_opening_again(store: Store) -> None:
    with store.writing("op") as session:
        add_leader(session)
    origin = store.origin
    store.close()
    with Store.open(store.folder, DATA_KEY) as again:
        assert names(again) == [NAME]
        assert again.origin == origin
        assert len(origin) == 36
        assert again.check() == []


def test_connections_have_the_settings_of_the_house(store: Store) -> None:
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "temp_store": 2,
        "cipher_page_size": "4096",
        "cipher_hmac_algorithm": "HMAC_SHA512",
    }
    with store.reading() as session:
        connection = session.connection()
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in expected}
    assert found == expected


def test_a_wrong_key_is_a_sentence_and_gives_the_folder_back(store: Store) -> None:
    store.close()
    with pytest.raises(StoreError, match="资料库打不开"):
        Store.open(store.folder, WRONG_KEY)
    Store.open(store.folder, DATA_KEY).close()


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" + bytes(4080), b"x" * 8192])
def test_a_damaged_file_is_a_sentence(store: Store, content: bytes) -> None:
    store.close()
    path = store.folder / "records.db"
    path.write_bytes(content + path.read_bytes()[len(content) :] if content else b"")
    with pytest.raises(StoreError, match=r"资料库打不开|不是本程序的资料库"):
        Store.open(store.folder, DATA_KEY)
    assert path.exists()


def test_opening_a_folder_without_store_makes_nothing(fresh_folder: Path) -> None:
    with pytest.raises(StoreError, match=r"缺 records\.db"):
        Store.open(fresh_folder, DATA_KEY)
    assert not fresh_folder.exists()


def test_creating_over_a_store_is_refused(store: Store) -> None:
    with store.writing("op") as session:
        add_leader(session)
    with pytest.raises(StoreError, match="不能重新建立"):
        Store.create(store.folder, WRONG_KEY)
    assert names(store) == [NAME]


def test_an_error_while_founding_leaves_a_folder_to_be_founded_anew(fresh_folder: Path) -> None:
    def fails(session: Session) -> None:
        session.add(a_town())
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Store.create(fresh_folder, WRONG_KEY, fails)
    assert not list(fresh_folder.glob("records.db*"))

    def founds(session: Session) -> None:
        session.add(a_town())
        put_setting(session, "edition", "镇")

    with Store.create(fresh_folder, DATA_KEY, founds) as store, store.reading() as session:
        assert get_setting(session, "edition", None) == "镇"


def test_remains_of_a_killed_founding_are_passed_over(fresh_folder: Path) -> None:
    fresh_folder.mkdir(parents=True)
    for name in ("records.db.new", "records.db.new-wal", "records.db.new-shm"):
        (fresh_folder / name).write_bytes(b"cut off" * 1000)
    (fresh_folder / "head").write_text('{"sequence": 99, "hash": "0"}')
    with Store.create(fresh_folder, DATA_KEY) as store:
        assert store.check() == []


def test_an_error_rolls_everything_back(store: Store) -> None:
    before = entries(store)

    def fails() -> None:
        with store.writing("op") as session:
            add_leader(session)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert names(store) == []
    assert entries(store) == before


def test_a_broken_reference_rolls_everything_back_without_printing_names(store: Store) -> None:
    before = entries(store)

    def breaks() -> None:
        with store.writing("op") as session:
            session.add(a_person())
            session.flush()
            person = a_person("王某")
            person.joined_into = "nobody"
            session.add(person)

    with pytest.raises(IntegrityError) as raised:
        breaks()
    assert names(store) == []
    assert entries(store) == before
    for secret in (NAME, ID_NUMBER, "王某"):
        assert secret not in f"{raised.value!r} {raised.value}"


def test_a_reader_sees_one_state_while_a_writer_commits(store: Store) -> None:
    with store.reading() as session:
        count = select(func.count()).select_from(Person)
        assert session.scalar(count) == 0
        with store.writing("op") as writer:
            writer.add(a_person())
        assert session.scalar(count) == 0
    assert names(store) == [NAME]


@pytest.mark.parametrize("flush", [True, False])
def test_a_reading_session_refuses_to_write(store: Store, flush: bool) -> None:
    def writes() -> None:
        with store.reading() as session:
            session.add(a_person())
            if flush:
                session.flush()

    with pytest.raises(RuntimeError, match="reading session"):
        writes()
    assert names(store) == []


def test_writing_inside_writing_is_a_mistake_not_a_deadlock(store: Store) -> None:
    with store.writing("op") as session:
        with pytest.raises(RuntimeError, match="inside a writing session"), store.writing("op"):
            pass
        session.add(a_person())
    assert names(store) == [NAME]


def test_records_stay_readable_after_the_transaction(store: Store) -> None:
    with store.writing("op") as session:
        person = add_leader(session)
    assert person.name == NAME
    assert person.created_by == "op"


def test_many_threads_write_in_turn_and_read_meanwhile(store: Store) -> None:
    errors: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for step in range(10):
                with store.writing(f"op{number}") as session:
                    last = get_setting(session, "count", 0)
                    put_setting(session, "count", last + 1)
                    session.add(a_person(f"甲{number}{step}"))
                with store.reading() as session:
                    session.scalars(select(Person)).all()
        except BaseException as error:  # shown below, in the thread that asserts
            errors.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with store.reading() as session:
        assert get_setting(session, "count", 0) == 60
    assert len(names(store)) == 60
    assert store.check() == []


def test_a_full_disk_is_a_sentence_and_saves_nothing(store: Store) -> None:
    def fills() -> None:
        with store.writing("op") as session:
            # SQLite takes the present size when the limit is below it.
            session.connection().exec_driver_sql("PRAGMA max_page_count = 1")
            for number in range(2000):
                session.add(a_person(f"甲{number}"))

    with pytest.raises(StoreError, match="磁盘空间不足"):
        fills()
    assert names(store) == []
    assert store.check() == []


def test_a_write_protected_file_is_a_sentence(store: Store) -> None:
    def writes() -> None:
        with store.writing("op") as session:
            session.connection().exec_driver_sql("PRAGMA query_only = ON")
            session.add(a_person())

    with pytest.raises(StoreError, match="不能写入"):
        writes()
    assert names(store) == []


def test_a_pulled_stick_while_reading_is_a_sentence(store: Store) -> None:
    error = sqlite_connection.Error("disk I/O error")
    with pytest.raises(StoreError, match="是否插好"), store.reading():
        raise error


def test_our_own_sql_mistakes_are_not_dressed_up(store: Store) -> None:
    with pytest.raises(Exception, match="no such table"), store.reading() as session:
        session.execute(text("SELECT 1 FROM nowhere"))


def test_closing_empties_the_wal_and_may_be_repeated(store: Store) -> None:
    with store.writing("op") as session:
        add_leader(session)
    assert (store.folder / "records.db-wal").stat().st_size > 0
    store.checkpoint()
    assert (store.folder / "records.db-wal").stat().st_size == 0
    store.close()
    store.close()
    assert not (store.folder / "records.db-wal").exists()


def test_settings_are_kept_and_replaced(store: Store) -> None:
    with store.writing("op") as session:
        put_setting(session, "weights", {"履职": 40})
    with store.writing("op") as session:
        put_setting(session, "weights", {"履职": 35})
    with store.reading() as session:
        assert get_setting(session, "weights", None) == {"履职": 35}
        assert get_setting(session, "nothing", "默认") == "默认"
        keys = session.scalars(select(Setting.key).where(Setting.key == "weights")).all()
    assert len(keys) == 1


def test_a_live_criterion_passes_over_the_recycle_bin(store: Store) -> None:
    with store.writing("op") as session:
        person = add_leader(session)
        person.deleted_at = store._now()
    with store.reading() as session:
        assert session.scalars(select(Person).where(live(Person))).all() == []
        assert len(session.scalars(select(Village).where(live(Village))).all()) == 1
