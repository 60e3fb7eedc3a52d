"""Records of persons: removed and restored, joined and parted, private values revealed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.scheme import EndReason
from daomao_desktop.errors import InvalidInput, NotFound, Refused
from daomao_desktop.services import roster
from daomao_desktop.services.desk import Desk
from daomao_desktop.store import roster as store
from daomao_desktop.store.audit import AuditEntry
from tests.services.office import LI_ID, PAN_ID, WANG_ID, actions, draft, leader, names


def test_a_person_is_removed_and_restored(village_desk: Desk) -> None:
    roster.add_leader(
        village_desk, draft(village_desk, "3", "王强", id_number=WANG_ID, subsidy=Money(50000))
    )
    before = leader(village_desk, "王强")
    uid = before.person_uid
    roster.remove_leader(village_desk, uid)
    assert names(village_desk) == []
    (gone,) = roster.recycled(village_desk)
    assert gone.uid == uid
    assert "第3村民小组" in gone.text
    with pytest.raises(NotFound):
        roster.leader_page(village_desk, uid)
    roster.add_leader(village_desk, draft(village_desk, "3", "李红", id_number=LI_ID))
    with pytest.raises(Refused, match=r"李红.*王强"):
        roster.restore_leader(village_desk, uid)
    roster.remove_leader(village_desk, leader(village_desk, "李红").person_uid)
    roster.restore_leader(village_desk, uid)
    assert leader(village_desk, "王强") == before
    with pytest.raises(NotFound):
        roster.restore_leader(village_desk, uid)
    assert actions(village_desk).count("移入回收站") >= 2
    assert "恢复" in actions(village_desk)


def test_a_removed_persons_number_recorded_anew_bars_the_return(village_desk: Desk) -> None:
    roster.add_leader(village_desk, draft(village_desk, "3", "王强", id_number=WANG_ID))
    uid = leader(village_desk, "王强").person_uid
    roster.remove_leader(village_desk, uid)
    roster.add_leader(village_desk, draft(village_desk, "4", "王强", id_number=WANG_ID))
    assert leader(village_desk, "王强").person_uid != uid
    with pytest.raises(Refused, match="身份证号码"):
        roster.restore_leader(village_desk, uid)


def test_two_records_of_one_person_are_joined_and_parted(village_desk: Desk) -> None:
    roster.add_leader(village_desk, draft(village_desk, "3", "王强", id_number=WANG_ID))
    old = leader(village_desk, "王强").person_uid
    roster.add_leader(village_desk, draft(village_desk, "4", "王䶮", started=PartialDate(2025, 7)))
    new = leader(village_desk, "王䶮").person_uid
    with pytest.raises(InvalidInput, match="同一个人"):
        roster.join_persons(village_desk, new, old, " ")
    with pytest.raises(Refused, match="都在任"):
        roster.join_persons(village_desk, new, old, "改名")
    roster.end_appointment(village_desk, old, date(2025, 6, 30), EndReason.MOVED)
    roster.join_persons(village_desk, new, old, "本人改名，户口簿为证")
    assert names(village_desk) == ["王䶮"]
    assert roster.list_leaders(village_desk, former=True) == ()
    page = roster.leader_page(village_desk, new)
    assert [post.group for post in page.appointments] == ["第4村民小组", "第3村民小组"]
    assert [one.uid for one in page.joined] == [old]
    assert page.leader.id_number == "460006************"
    assert roster.leader_page(village_desk, old).leader.person_uid == new
    with village_desk.store.reading() as session:
        keys = store.person_keys(session)
    assert (keys[old], keys[new]) == (new, new)
    with pytest.raises(Refused, match="已经是"):
        roster.join_persons(village_desk, new, old, "再来")
    with pytest.raises(Refused, match="拆分"):
        roster.remove_leader(village_desk, new)
    form = roster.leader_draft(village_desk, new)
    roster.change_leader(village_desk, new, replace(form, education="高中"))
    roster.separate_person(village_desk, old)
    assert leader(village_desk, "王强", former=True).person_uid == old
    assert roster.leader_page(village_desk, new).leader.id_number is None
    with pytest.raises(Refused, match="不用拆分"):
        roster.separate_person(village_desk, old)
    notes = [action for action in actions(village_desk) if action == "事件"]
    assert len(notes) == 2


def test_two_valid_numbers_are_two_persons(village_desk: Desk) -> None:
    roster.add_leader(village_desk, draft(village_desk, "3", "王强", id_number=WANG_ID))
    roster.add_leader(village_desk, draft(village_desk, "4", "王强强", id_number=PAN_ID))
    one = leader(village_desk, "王强").person_uid
    two = leader(village_desk, "王强强").person_uid
    roster.end_appointment(village_desk, one, date(2025, 6, 30), EndReason.RESIGNED)
    with pytest.raises(Refused, match="不是同一个人"):
        roster.join_persons(village_desk, two, one, "重复")


def test_a_reveal_is_audited(village_desk: Desk) -> None:
    roster.add_leader(village_desk, draft(village_desk, "3", "王强", id_number=WANG_ID))
    uid = leader(village_desk, "王强").person_uid
    roster.reveal(village_desk, uid, "id_number")
    with village_desk.store.reading() as session:
        entry = session.query(AuditEntry).order_by(AuditEntry.sequence.desc()).first()
        assert entry is not None
        assert (entry.action, entry.record, entry.actor) == (
            "事件",
            uid,
            village_desk.operator.uid,
        )
        assert "查看身份证号码" in (entry.after or "")
        assert WANG_ID not in (entry.after or "")
