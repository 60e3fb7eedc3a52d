"""A few records to write, and the words that must never be found in clear."""

from __future__ import annotations

from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.store.engine import Session
from daomao_desktop.store.roster import Appointment, Group, Person, Town, Village

NAME = "欧阳测试甲"
ID_NUMBER = "469006198706201234"


def a_town() -> Town:
    return Town(
        name="大茂镇",
        committee_name="中共大茂镇委员会",
        government_name="大茂镇人民政府",
        discipline_name="中共大茂镇纪律检查委员会",
        prefix="大茂党",
    )


def a_person(name: str = NAME) -> Person:
    return Person(name=name, id_number=ID_NUMBER)


def add_leader(session: Session, name: str = NAME) -> Person:
    """A person in post in a group of a village of the town: five records."""
    town = a_town()
    village = Village(
        town_uid=town.uid,
        name="联光村",
        branch_name="中共大茂镇联光村支部委员会",
        committee_name="大茂镇联光村村民委员会",
        branch_prefix="联光党支",
        committee_prefix="联光村委",
    )
    group = Group(village_uid=village.uid, number=3, name="第3村民小组")
    person = a_person(name)
    appointment = Appointment(
        person_uid=person.uid, group_uid=group.uid, started=PartialDate(2021, 6)
    )
    for record in (town, village, group, person, appointment):
        session.add(record)
        session.flush()
    return person
