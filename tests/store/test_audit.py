"""The trail: one row a change, a chain that tells what was tampered with."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update

from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.notices import DocumentKind, DocumentState
from daomao_desktop.domain.scheme import Sex
from daomao_desktop.store import audit
from daomao_desktop.store.audit import AuditEntry
from daomao_desktop.store.engine import Store
from daomao_desktop.store.notices import IssuedDocument
from daomao_desktop.store.roster import Person, PostSubsidy
from daomao_desktop.store.session import BulkChangeRefused
from tests.store.records import ID_NUMBER, NAME, a_person, add_leader


def trail(store: Store, after: int = 0) -> list[AuditEntry]:
    with store.reading() as session:
        return list(
            session.scalars(
                select(AuditEntry).where(AuditEntry.sequence > after).order_by(AuditEntry.sequence)
            )
        )


def last_of(store: Store) -> int:
    return trail(store)[-1].sequence


def tamper(store: Store, statement: Any) -> None:
    """Behind the application's back, as somebody with the key and another program could."""
    with store._writer.begin() as connection:
        connection.execute(statement)


def broken(store: Store) -> str | None:
    with store.reading() as session:
        return audit.verify_chain(session)


def test_adding_records_who_when_where_and_every_value(store: Store) -> None:
    before = last_of(store)
    with store.writing("op-1") as session:
        person = add_leader(session)
    rows = trail(store, before)
    assert [row.kind for row in rows] == [
        "town",
        "village",
        "village_group",
        "person",
        "appointment",
    ]
    entry = rows[3]
    assert (entry.actor, entry.origin, entry.area) == ("op-1", store.origin, "roster")
    assert (entry.action, entry.record, entry.before) == ("新增", person.uid, None)
    assert entry.after is not None
    values = json.loads(entry.after)
    assert values == {
        "id_number": ID_NUMBER,
        "initials": "",
        "name": NAME,
        "pinyin": "",
        "uid": person.uid,
    }
    assert abs(entry.at - datetime.now(UTC)) < timedelta(minutes=1)
    assert (person.created_by, person.origin, person.created_at) == (
        "op-1",
        store.origin,
        entry.at,
    )
    assert person.changed_at is None


def test_a_change_keeps_only_the_changed_columns(store: Store) -> None:
    with store.writing("op-1") as session:
        uid = add_leader(session).uid
    before = last_of(store)
    with store.writing("op-2") as session:
        person = session.get_one(Person, uid)
        person.sex = Sex.MALE
        person.birth = PartialDate(1987, 6)
    (entry,) = trail(store, before)
    assert (entry.action, entry.actor, entry.record) == ("修改", "op-2", uid)
    assert entry.before == '{"birth":null,"sex":null}'
    assert entry.after == '{"birth":"1987-06","sex":"男"}'
    with store.reading() as session:
        person = session.get_one(Person, uid)
        assert (person.changed_by, person.changed_at) == ("op-2", entry.at)
        assert person.created_by == "op-1"


def test_the_value_before_is_known_even_when_it_was_never_loaded(store: Store) -> None:
    with store.writing("op") as session:
        uid = add_leader(session).uid
    before = last_of(store)
    with store.writing("op") as session:
        person = session.get_one(Person, uid)
        session.expire(person)
        person.name = "新名"
        session.expire(person, ["remark"])
        person.remark = "备注"
    (entry,) = trail(store, before)
    assert entry.before is not None
    assert json.loads(entry.before) == {"name": NAME, "remark": None}


def test_setting_the_same_value_again_records_nothing(store: Store) -> None:
    with store.writing("op") as session:
        uid = add_leader(session).uid
    before = last_of(store)
    with store.writing("op") as session:
        person = session.get_one(Person, uid)
        person.name = NAME
        session.expire(person)
        person.name = NAME
    assert trail(store, before) == []
    with store.reading() as session:
        assert session.get_one(Person, uid).changed_at is None


def test_soft_delete_restore_and_real_delete_are_told_apart(store: Store) -> None:
    with store.writing("op") as session:
        person = a_person()
        session.add(person)
    uid, before = person.uid, last_of(store)
    for moment in (store._now(), None):
        with store.writing("op") as session:
            session.get_one(Person, uid).deleted_at = moment
    with store.writing("op") as session:
        session.delete(session.get_one(Person, uid))
    rows = trail(store, before)
    assert [row.action for row in rows] == ["移入回收站", "恢复", "删除"]
    assert rows[2].before is not None
    assert json.loads(rows[2].before)["name"] == NAME
    assert rows[2].after is None


def test_several_flushes_of_one_transaction_keep_their_order(store: Store) -> None:
    before = last_of(store)
    with store.writing("op") as session:
        person = a_person("甲")
        session.add(person)
        session.flush()
        person.name = "乙"
        session.flush()
        person.name = "丙"
    rows = trail(store, before)
    assert [row.after and json.loads(row.after)["name"] for row in rows] == ["甲", "乙", "丙"]
    assert [row.sequence for row in rows] == [before + 1, before + 2, before + 3]
    assert broken(store) is None


def test_a_savepoint_rolled_back_leaves_no_gap(store: Store) -> None:
    before = last_of(store)
    with store.writing("op") as session:
        session.add(a_person("甲"))
        session.flush()
        nested = session.begin_nested()
        session.add(a_person("乙"))
        session.flush()
        nested.rollback()
        session.add(a_person("丙"))
    assert [row.sequence for row in trail(store, before)] == [before + 1, before + 2]
    assert broken(store) is None


def test_bytes_are_audited_as_their_sha256_and_values_canonically(store: Store) -> None:
    before = last_of(store)
    with store.writing("op") as session:
        add_leader(session)
        session.add(
            IssuedDocument(
                kind=next(iter(DocumentKind)),
                state=next(iter(DocumentState)),
                organ="中共大茂镇委员会",
                prefix="大茂党",
                title="标题",
                dated=date(2025, 12, 1),
                content={"乙": 1, "甲": [2]},
                pdf=b"%PDF",
            )
        )
        session.add(PostSubsidy(monthly=Money(50000), since=PartialDate(2025, 1)))
    after = {row.kind: row.after or "" for row in trail(store, before)}
    digest = hashlib.sha256(b"%PDF").hexdigest()
    assert f'"pdf":{{"sha256":"{digest}"}}' in after["issued_document"]
    assert '"content":{"乙":1,"甲":[2]},"dated":"2025-12-01"' in after["issued_document"]
    assert '"monthly":50000' in after["post_subsidy"]
    assert '"since":"2025-01"' in after["post_subsidy"]


def test_a_note_stands_in_the_chain(store: Store) -> None:
    before = last_of(store)
    with store.writing("op") as session:
        audit.note(session, "roster", "查看完整证件号", {"field": "id_number"}, record="p-1")
    (entry,) = trail(store, before)
    assert (entry.action, entry.area, entry.record, entry.actor) == (
        "事件",
        "roster",
        "p-1",
        "op",
    )
    assert entry.after == '{"field":"id_number","what":"查看完整证件号"}'
    assert broken(store) is None
    with pytest.raises(RuntimeError, match="writing session"), store.reading() as session:
        audit.note(session, "roster", "查看")


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (update(AuditEntry).where(AuditEntry.sequence == 4).values(actor="x"), "第 4 条的内容"),
        (update(AuditEntry).where(AuditEntry.sequence == 4).values(after="{}"), "第 4 条的内容"),
        (
            update(AuditEntry)
            .where(AuditEntry.sequence == 4)
            .values(at=datetime(2020, 1, 1, tzinfo=UTC)),
            "第 4 条的内容",
        ),
        (update(AuditEntry).where(AuditEntry.sequence == 6).values(hash="0"), "第 6 条的内容"),
        (update(AuditEntry).where(AuditEntry.sequence == 2).values(previous="0"), "第 2 条与前"),
        (delete(AuditEntry).where(AuditEntry.sequence == 3), "第 3 条处断开"),
        (delete(AuditEntry).where(AuditEntry.sequence == 1), "第 1 条处断开"),
    ],
)
def test_the_first_broken_link_is_named(store: Store, statement: Any, sentence: str) -> None:
    with store.writing("op") as session:
        add_leader(session)
    assert last_of(store) == 6
    assert broken(store) is None
    tamper(store, statement)
    told = broken(store)
    assert told is not None
    assert sentence in told
    assert store.check()[0] == told


def test_a_cut_tail_is_told_by_the_head_outside(store: Store) -> None:
    with store.writing("op") as session:
        add_leader(session)
    tamper(store, delete(AuditEntry).where(AuditEntry.sequence == 6))
    assert broken(store) is None
    assert any("第 6 条" in sentence for sentence in store.check())


def test_bulk_changes_are_refused(store: Store) -> None:
    person = {"uid": "u", "name": "甲"}
    attempts: list[Any] = [
        lambda session: session.execute(update(Person).values(name="甲")),
        lambda session: session.execute(insert(Person), [person]),
        lambda session: session.execute(delete(Person)),
        lambda session: session.execute(update(Person.__table__).values(name="甲")),
        lambda session: session.query(Person).update({"name": "甲"}),
        lambda session: session.query(Person).delete(),
        lambda session: session.execute(text("UPDATE person SET name = '甲'")),
        lambda session: session.execute(text(" /* */ delete from person")),
        lambda session: session.bulk_insert_mappings(Person, [person]),
        lambda session: session.bulk_update_mappings(Person, [person]),
        lambda session: session.bulk_save_objects([a_person()]),
    ]
    before = last_of(store)
    for attempt in attempts:
        with pytest.raises(BulkChangeRefused), store.writing("op") as session:
            attempt(session)
    assert last_of(store) == before


def test_the_trail_itself_cannot_be_edited_through_a_session(store: Store) -> None:
    with pytest.raises(BulkChangeRefused), store.writing("op") as session:
        session.get_one(AuditEntry, 1).actor = "x"
    with pytest.raises(BulkChangeRefused), store.writing("op") as session:
        session.delete(session.get_one(AuditEntry, 1))
    assert broken(store) is None


def test_a_clock_behind_the_last_entry_is_announced(store: Store) -> None:
    with store.reading() as session:
        now = datetime.now(UTC)
        assert audit.clock_problem(session) is None
        assert audit.clock_problem(session, now - timedelta(minutes=4)) is None
        told = audit.clock_problem(session, now - timedelta(days=400))
    assert told is not None
    assert f"{now.astimezone().year}年" in told


def test_unknown_values_are_refused_rather_than_guessed() -> None:
    with pytest.raises(TypeError, match="object"):
        audit.canonical({"a": object()})
    with pytest.raises(ValueError, match="Out of range"):
        audit.canonical({"a": float("nan")})


def test_entries_of_one_time_are_of_one_transaction(store: Store) -> None:
    before = last_of(store)
    moment = datetime(2026, 1, 20, 8, 30, tzinfo=UTC)
    store._now = lambda: moment  # a coarse clock, as Windows may have
    for _ in range(3):
        with store.writing("op-1") as session:
            session.add(a_person())
            session.add(a_person())
    times = [row.at for row in trail(store, before)]
    assert times[::2] == times[1::2]
    assert times[0] < times[2] < times[4], "the third is not of the first one's time again"
    moment -= timedelta(hours=1)
    with store.writing("op-1") as session:
        session.add(a_person())
    assert trail(store, before)[-1].at == moment, "a clock set right is believed"


def test_who_listens_hears_of_every_transaction_that_wrote(store: Store) -> None:
    heard: list[tuple[int, int]] = []
    store.committed = lambda first, last: heard.append((first, last))
    before = last_of(store)
    with store.writing("op-1") as session:
        session.add(a_person())
        session.flush()
        session.add(a_person())
    with store.writing("op-1"):
        pass
    with suppress(ZeroDivisionError), store.writing("op-1") as session:
        session.add(a_person())
        session.flush()
        raise ZeroDivisionError
    with store.writing("op-1") as session:
        audit.note(session, "roster", "查看联系电话")
    assert heard == [(before + 1, before + 2), (before + 3, before + 3)]
