"""Leaders by form: adding, correcting, moving, ending, and what the page shows."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from daomao_desktop.domain.accounts import OperatorRole
from daomao_desktop.domain.conduct import FindingDraft
from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.duties import DutyDraft
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.scheme import BottomLine, EndReason, HowChosen, Role, Side
from daomao_desktop.errors import InvalidInput, NotFound, Refused
from daomao_desktop.services import accounts, conduct, duties, roster
from daomao_desktop.services.desk import Area, Desk
from daomao_desktop.services.roster import GroupDraft, TownDraft, VillageDraft
from daomao_desktop.store import roster as store
from tests.services.office import (
    VILLAGE,
    WANG_ID,
    acting_as,
    actions,
    draft,
    leader,
    names,
)


def _fields(error: pytest.ExceptionInfo[InvalidInput]) -> list[str]:
    return [problem.field for problem in error.value.problems]


def test_a_leader_is_added_with_a_new_group(village_desk: Desk) -> None:
    changes = roster.add_leader(
        village_desk,
        draft(
            village_desk,
            "第三组",
            " 王　强 ",
            id_number="46000619870817197３",
            phone="138 1234 1234",
            subsidy=Money(50000),
            started=PartialDate(2021, 6, 20),
            how_chosen=HowChosen.ELECTED,
        ),
    )
    assert Area.ROSTER in changes.areas
    row = leader(village_desk, "王强")
    assert row.person_uid in changes.uids
    assert (row.group, row.group_number) == ("第3村民小组", 3)
    assert (row.id_number, row.phone) == ("460006************", "138****1234")
    assert row.term_ends == date(2026, 6, 19)
    assert row.monthly == Money(50000)
    assert roster.list_groups(village_desk)[0].leader == "王强"


def test_field_problems_stand_beside_the_fields(village_desk: Desk) -> None:
    with pytest.raises(InvalidInput) as caught:
        roster.add_leader(
            village_desk,
            draft(village_desk, "", "", started=PartialDate(2027, 1), subsidy=Money(-1), sex=None),
        )
    assert _fields(caught) == ["group", "name", "sex", "started", "subsidy"]
    assert names(village_desk) == []


def test_a_second_leader_of_a_group_is_refused_naming_both(village_desk: Desk) -> None:
    roster.add_leader(village_desk, draft(village_desk, "3", "王强"))
    with pytest.raises(Refused, match=r"王强.*李红"):
        roster.add_leader(village_desk, draft(village_desk, "3组", "李红"))
    assert names(village_desk) == ["王强"]
    with village_desk.store.reading() as session:
        assert len(store.persons(session)) == 1


def test_the_same_number_is_the_same_person(town_desk: Desk) -> None:
    for name in ("联光村", "云溪村"):
        roster.save_village(town_desk, VillageDraft(name))
    one, two = roster.list_villages(town_desk)
    first = draft(town_desk, "3", "王强", id_number=WANG_ID)
    roster.add_leader(town_desk, first)
    uid = leader(town_desk, "王强").person_uid
    with pytest.raises(Refused, match="已经是"):
        roster.add_leader(town_desk, first)
    with pytest.raises(InvalidInput, match="王强"):
        roster.add_leader(town_desk, replace(first, name="李红", group="4"))
    with pytest.raises(Refused, match="任职时间"):
        roster.add_leader(town_desk, replace(first, village_uid=two.uid))
    there = replace(first, village_uid=two.uid, group="1", started=PartialDate(2024, 3, 1))
    roster.add_leader(town_desk, there)
    row = leader(town_desk, "王强")
    assert (row.person_uid, row.village) == (uid, "云溪村")
    posts = roster.leader_page(town_desk, uid).appointments
    assert [(post.village, post.ended, post.end_reason) for post in posts] == [
        ("云溪村", None, None),
        ("联光村", date(2024, 2, 29), EndReason.MOVED),
    ]
    assert one.uid != two.uid


def test_a_mask_left_alone_keeps_the_value(village_desk: Desk) -> None:
    roster.add_leader(
        village_desk, draft(village_desk, "3", "王强", id_number=WANG_ID, phone="13812341234")
    )
    uid = leader(village_desk, "王强").person_uid
    form = roster.leader_draft(village_desk, uid)
    assert (form.id_number, form.phone) == ("460006************", "138****1234")
    roster.change_leader(village_desk, uid, replace(form, education="高中", phone="13912341234"))
    assert roster.reveal(village_desk, uid, "id_number") == WANG_ID
    assert roster.reveal(village_desk, uid, "phone") == "13912341234"
    assert leader(village_desk, "王强").education == "高中"
    roster.change_leader(
        village_desk, uid, replace(roster.leader_draft(village_desk, uid), id_number=None)
    )
    with pytest.raises(NotFound, match="身份证号码"):
        roster.reveal(village_desk, uid, "id_number")


def test_nothing_changed_writes_nothing(village_desk: Desk) -> None:
    roster.add_leader(village_desk, draft(village_desk, "3", "王强", subsidy=Money(50000)))
    uid = leader(village_desk, "王强").person_uid
    entries = actions(village_desk)
    roster.change_leader(village_desk, uid, roster.leader_draft(village_desk, uid))
    assert actions(village_desk) == entries


def test_another_number_already_recorded_is_refused(village_desk: Desk) -> None:
    roster.add_leader(village_desk, draft(village_desk, "3", "王强", id_number=WANG_ID))
    roster.add_leader(village_desk, draft(village_desk, "4", "李红"))
    uid = leader(village_desk, "李红").person_uid
    form = roster.leader_draft(village_desk, uid)
    with pytest.raises(InvalidInput, match="王强") as caught:
        roster.change_leader(village_desk, uid, replace(form, id_number=WANG_ID))
    assert _fields(caught) == ["id_number"]


def test_a_form_corrects_the_group_or_moves(village_desk: Desk) -> None:
    roster.add_leader(village_desk, draft(village_desk, "3", "王强"))
    roster.add_leader(village_desk, draft(village_desk, "4", "李红"))
    uid = leader(village_desk, "王强").person_uid
    form = roster.leader_draft(village_desk, uid)
    with pytest.raises(Refused, match="李红"):
        roster.change_leader(village_desk, uid, replace(form, group="4"))
    roster.change_leader(village_desk, uid, replace(form, group="5"))
    (post,) = roster.leader_page(village_desk, uid).appointments
    assert (post.group, post.started, post.ended) == ("第5村民小组", PartialDate(2021, 6), None)
    moved = replace(form, group="6", started=PartialDate(2025, 5, 10))
    roster.change_leader(village_desk, uid, moved)
    posts = roster.leader_page(village_desk, uid).appointments
    assert [(post.group, post.ended) for post in posts] == [
        ("第6村民小组", None),
        ("第5村民小组", date(2025, 5, 9)),
    ]


def test_a_corrected_start_takes_its_subsidy_along(village_desk: Desk) -> None:
    roster.add_leader(village_desk, draft(village_desk, "3", "王强", subsidy=Money(50000)))
    uid = leader(village_desk, "王强").person_uid
    form = roster.leader_draft(village_desk, uid)
    roster.change_leader(
        village_desk, uid, replace(form, started=PartialDate(2022, 1), subsidy=Money(60000))
    )
    rows = roster.leader_page(village_desk, uid).subsidies
    assert [(row.monthly, row.since) for row in rows] == [
        (Money(60000), PartialDate(2026, 1)),
        (Money(50000), PartialDate(2022, 1)),
    ]
    roster.set_subsidy(village_desk, uid, Money(55000), PartialDate(2024, 7))
    assert len(roster.leader_page(village_desk, uid).subsidies) == 3
    with pytest.raises(InvalidInput):
        roster.set_subsidy(village_desk, uid, Money(-1), PartialDate(2024, 7))


def test_an_appointment_ends_and_another_begins(village_desk: Desk) -> None:
    roster.add_leader(village_desk, draft(village_desk, "3", "王强", id_number=WANG_ID))
    uid = leader(village_desk, "王强").person_uid
    for on in (date(2021, 5, 31), date(2026, 1, 21)):
        with pytest.raises(InvalidInput):
            roster.end_appointment(village_desk, uid, on, EndReason.RESIGNED)
    roster.end_appointment(village_desk, uid, date(2025, 12, 31), EndReason.RESIGNED)
    assert names(village_desk) == []
    gone = leader(village_desk, "王强", former=True)
    assert (gone.ended, gone.end_reason) == (date(2025, 12, 31), EndReason.RESIGNED)
    with pytest.raises(Refused, match="没有任职"):
        roster.end_appointment(village_desk, uid, date(2026, 1, 1), EndReason.RESIGNED)
    with pytest.raises(Refused, match="2025年12月31日"):
        roster.add_leader(
            village_desk, draft(village_desk, "3", "李红", started=PartialDate(2025, 12, 31))
        )
    roster.add_leader(
        village_desk, draft(village_desk, "3", "李红", started=PartialDate(2026, 1, 1))
    )
    back = draft(village_desk, "4", "王强", id_number=WANG_ID, started=PartialDate(2026, 1, 5))
    roster.add_leader(village_desk, back)
    assert leader(village_desk, "王强").person_uid == uid
    assert roster.list_leaders(village_desk, former=True) == ()


def test_moving_by_date(village_desk: Desk) -> None:
    roster.add_leader(village_desk, draft(village_desk, "3", "王强"))
    roster.save_group(village_desk, GroupDraft(roster.list_villages(village_desk)[0].uid, "4组"))
    three, four = roster.list_groups(village_desk)
    uid = leader(village_desk, "王强").person_uid
    with pytest.raises(Refused, match="已经是"):
        roster.move_leader(village_desk, uid, three.uid, date(2025, 1, 1))
    with pytest.raises(Refused, match="不在这之后"):
        roster.move_leader(village_desk, uid, four.uid, date(2021, 6, 1))
    with pytest.raises(InvalidInput):
        roster.move_leader(village_desk, uid, four.uid, date(2026, 1, 21))
    roster.move_leader(village_desk, uid, four.uid, date(2025, 1, 1))
    assert leader(village_desk, "王强").group == "第4村民小组"


def test_the_page_tells_everything_newest_first(village_desk: Desk) -> None:
    roster.add_leader(village_desk, draft(village_desk, "3", "王强"))
    row = leader(village_desk, "王强")
    duties.add_duty(
        village_desk,
        DutyDraft(
            row.person_uid, row.group_uid, Role.MEDIATION, date(2025, 3, 1), "调解宅基地纠纷"
        ),
    )
    conduct.add_finding(
        village_desk,
        FindingDraft(
            *(row.person_uid, row.group_uid, BottomLine.DILIGENCE, Side.MUST_NOT),
            *(date(2025, 5, 1), "无故脱岗三天"),
        ),
    )
    page = roster.leader_page(village_desk, row.person_uid)
    assert [(line.on, line.kind) for line in page.timeline] == [
        (date(2025, 5, 1), "底线 B2"),
        (date(2025, 3, 1), "纠纷调解员"),
        (date(2021, 6, 1), "任职"),
    ]
    assert page.grades == ()


def test_groups_and_villages(village_desk: Desk, town_desk: Desk) -> None:
    village = roster.list_villages(village_desk)[0].uid
    roster.save_group(
        village_desk, GroupDraft(village, "东坡组", households=30, account_tail="1234")
    )
    (group,) = roster.list_groups(village_desk)
    assert (group.name, group.number, group.households) == ("东坡组", None, 30)
    with pytest.raises(InvalidInput, match="已经有"):
        roster.save_group(village_desk, GroupDraft(village, "东坡小组"))
    with pytest.raises(InvalidInput) as caught:
        roster.save_group(
            village_desk, GroupDraft(village, " ", households=-1, account_tail="62220212")
        )
    assert _fields(caught) == ["name", "households", "account_tail"]
    roster.save_group(village_desk, GroupDraft(village, "5组", uid=group.uid))
    assert roster.list_groups(village_desk)[0].number == 5
    roster.remove_group(village_desk, group.uid)
    assert roster.list_groups(village_desk) == ()
    with pytest.raises(Refused, match="本村"):
        roster.save_village(village_desk, VillageDraft("云溪村"))
    roster.save_village(town_desk, VillageDraft("云溪村", branch_prefix="云党支"))
    (kept,) = roster.list_villages(town_desk)
    assert kept.kept_by_town
    assert (kept.branch_prefix, kept.branch_name) == ("云党支", "中共大茂镇云溪村支部委员会")
    with pytest.raises(InvalidInput, match="已经有"):
        roster.save_village(town_desk, VillageDraft("云溪村"))


def test_the_towns_own_names_are_changed_by_the_administrator(town_desk: Desk) -> None:
    draft = TownDraft(discipline_name="中共大茂镇纪委", prefix="茂党")
    changes = roster.save_town(town_desk, draft)
    assert changes.areas == {Area.ACCOUNTS, Area.NOTICES}
    info = accounts.office(town_desk)
    assert (info.discipline_name, info.prefix) == ("中共大茂镇纪委", "茂党")
    assert info.committee_name == "中共大茂镇委员会", "left empty: the usual form"
    assert actions(town_desk)[-1] == "修改"
    with pytest.raises(InvalidInput) as refused:
        roster.save_town(town_desk, TownDraft(prefix="茂党〔2026〕1号"))
    assert _fields(refused) == ["prefix"]
    with pytest.raises(InvalidInput) as refused:
        roster.save_village(town_desk, VillageDraft("云溪村", committee_prefix="云溪〔2026〕"))
    assert _fields(refused) == ["committee_prefix"]
    with pytest.raises(Refused):
        roster.save_town(acting_as(town_desk, OperatorRole.TOWN_CLERK), draft)


_WRITES: list[Callable[[Desk], object]] = [
    lambda desk: roster.add_leader(desk, draft(desk, "3", "王强")),
    lambda desk: roster.change_leader(desk, "x", draft(desk, "3", "王强")),
    lambda desk: roster.end_appointment(desk, "x", date(2025, 1, 1), EndReason.OTHER),
    lambda desk: roster.move_leader(desk, "x", "y", date(2025, 1, 1)),
    lambda desk: roster.set_subsidy(desk, "x", Money(1), PartialDate(2025, 1)),
    lambda desk: roster.remove_leader(desk, "x"),
    lambda desk: roster.restore_leader(desk, "x"),
    lambda desk: roster.join_persons(desk, "x", "y", "z"),
    lambda desk: roster.separate_person(desk, "x"),
    lambda desk: roster.reveal(desk, "x", "phone"),
    lambda desk: roster.save_group(desk, GroupDraft("x", "3组")),
    lambda desk: roster.remove_group(desk, "x"),
    lambda desk: roster.save_village(desk, VillageDraft("云溪村")),
    lambda desk: duties.add_duty(
        desk, DutyDraft("x", "", Role.FUNDS, date(2025, 1, 1), "公布收支")
    ),
    lambda desk: duties.remove_duty(desk, "x"),
    lambda desk: duties.restore_duty(desk, "x"),
]


@pytest.mark.parametrize("role", [OperatorRole.VILLAGE_WATCH, OperatorRole.TOWN_READER])
@pytest.mark.parametrize("write", _WRITES)
def test_readers_write_nothing(
    village_desk: Desk, role: OperatorRole, write: Callable[[Desk], object]
) -> None:
    reader = acting_as(village_desk, role)
    before = actions(village_desk)
    with pytest.raises(Refused, match=role.value):
        write(reader)
    assert actions(village_desk) == before
    assert roster.list_leaders(reader) == ()


def test_an_unexpected_error_names_nobody(
    village_desk: Desk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A constraint of the store fails: neither the text nor the log gives a name or a number."""
    from daomao_desktop.services import roster as room

    def twice(book: object, values: object) -> object:
        raise_uid = VILLAGE.operator_name  # any text: only the constraint matters
        person = store.Person(uid="same", name="王强", id_number=WANG_ID, remark=raise_uid)
        session = book.session  # type: ignore[attr-defined]
        session.add(person)
        session.flush()
        session.expunge(person)
        session.add(store.Person(uid="same", name="王强", id_number=WANG_ID))
        session.flush()
        return person

    monkeypatch.setattr(room, "new_person", twice)
    with caplog.at_level(logging.DEBUG), pytest.raises(Exception, match="UNIQUE") as caught:
        roster.add_leader(village_desk, draft(village_desk, "3", "王强", id_number=WANG_ID))
    told = f"{caught.value!r} {caught.value} {caplog.text}"
    assert WANG_ID not in told
    assert "王强" not in told
    assert names(village_desk) == []
