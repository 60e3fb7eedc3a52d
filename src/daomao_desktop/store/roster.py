"""Town, villages, groups, persons, their appointments and post subsidies."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.scheme import EndReason, HowChosen, PoliticalStatus, Sex
from daomao_desktop.store.base import Base, Record
from daomao_desktop.store.types import Word

LONG_AGO = PartialDate(1949, 10)
"""Stands for an unknown start wherever months are counted; never shown and never stored."""


class Town(Record, Base):
    """The town office: organs' names as printed and their 发文机关代字."""

    __tablename__ = "town"
    name: Mapped[str] = mapped_column(String(60))
    committee_name: Mapped[str] = mapped_column(String(80))  # 中共大茂镇委员会
    government_name: Mapped[str] = mapped_column(String(80))  # 大茂镇人民政府
    discipline_name: Mapped[str] = mapped_column(String(80))  # 中共大茂镇纪律检查委员会
    prefix: Mapped[str] = mapped_column(String(20))  # 大茂党
    contact: Mapped[str | None] = mapped_column(String(120), default=None)


class Village(Record, Base):
    """A village; ``kept_by_town``: it has no PC of its own and the town writes for it (代管)."""

    __tablename__ = "village"
    town_uid: Mapped[str] = mapped_column(ForeignKey("town.uid"))
    name: Mapped[str] = mapped_column(String(60), index=True)
    branch_name: Mapped[str] = mapped_column(String(80))  # 中共大茂镇联光村支部委员会
    committee_name: Mapped[str] = mapped_column(String(80))  # 大茂镇联光村村民委员会
    branch_prefix: Mapped[str] = mapped_column(String(20))  # 联光党支
    committee_prefix: Mapped[str] = mapped_column(String(20))  # 联光村委
    kept_by_town: Mapped[bool] = mapped_column(default=False)
    contact: Mapped[str | None] = mapped_column(String(120), default=None)
    position: Mapped[int] = mapped_column(default=0)  # the order in which lists show villages


class Group(Record, Base):
    """A village group (村民小组)."""

    __tablename__ = "village_group"
    village_uid: Mapped[str] = mapped_column(ForeignKey("village.uid"), index=True)
    name: Mapped[str] = mapped_column(String(60))  # 第3村民小组, or a name without number
    number: Mapped[int | None] = mapped_column(default=None)
    households: Mapped[int | None] = mapped_column(default=None)
    adults: Mapped[int | None] = mapped_column(default=None)
    voting_households: Mapped[int | None] = mapped_column(default=None)
    account_bank: Mapped[str | None] = mapped_column(String(80), default=None)
    account_holder: Mapped[str | None] = mapped_column(String(80), default=None)
    account_tail: Mapped[str | None] = mapped_column(String(8), default=None)


class Person(Record, Base):
    """A person who is or was a leader; the same ID number is the same person everywhere.

    ``joined_into``: joined by hand into another record of the same person (reversible).
    ``to_verify``: reasons marked 待核实, one a line.
    """

    __tablename__ = "person"
    name: Mapped[str] = mapped_column(String(60), index=True)
    pinyin: Mapped[str] = mapped_column(String(200), default="")
    initials: Mapped[str] = mapped_column(String(30), default="")
    sex: Mapped[Sex | None] = mapped_column(Word(Sex), default=None)
    ethnicity: Mapped[str | None] = mapped_column(String(30), default=None)
    birth: Mapped[PartialDate | None] = mapped_column(default=None)
    id_number: Mapped[str | None] = mapped_column(String(18), default=None, index=True)
    phone: Mapped[str | None] = mapped_column(String(30), default=None)
    education: Mapped[str | None] = mapped_column(String(30), default=None)
    political_status: Mapped[PoliticalStatus | None] = mapped_column(
        Word(PoliticalStatus), default=None
    )
    address: Mapped[str | None] = mapped_column(String(200), default=None)
    remark: Mapped[str | None] = mapped_column(String(400), default=None)
    to_verify: Mapped[str | None] = mapped_column(String(400), default=None)
    joined_into: Mapped[str | None] = mapped_column(ForeignKey("person.uid"), default=None)


class Appointment(Record, Base):
    """A person as leader of a group from–to (P1, P2); ``ended`` is the last day in post.

    ``started`` is None where a roster did not say: it is never invented, and stands as 待核实.
    """

    __tablename__ = "appointment"
    person_uid: Mapped[str] = mapped_column(ForeignKey("person.uid"), index=True)
    group_uid: Mapped[str] = mapped_column(ForeignKey("village_group.uid"), index=True)
    started: Mapped[PartialDate | None] = mapped_column(default=None)
    how_chosen: Mapped[HowChosen | None] = mapped_column(Word(HowChosen), default=None)
    meeting_on: Mapped[date | None] = mapped_column(default=None)
    branch_decided_on: Mapped[date | None] = mapped_column(default=None)
    ended: Mapped[date | None] = mapped_column(default=None)
    end_reason: Mapped[EndReason | None] = mapped_column(Word(EndReason), default=None)

    @property
    def counted_from(self) -> PartialDate:
        """Where counting of months begins; an unknown start counts as long in post."""
        return self.started or LONG_AGO


class PostSubsidy(Record, Base):
    """Monthly post subsidy of a person, or of a whole village, from a month on."""

    __tablename__ = "post_subsidy"
    monthly: Mapped[Money]
    since: Mapped[PartialDate]
    person_uid: Mapped[str | None] = mapped_column(ForeignKey("person.uid"), default=None)
    village_uid: Mapped[str | None] = mapped_column(ForeignKey("village.uid"), default=None)
    __table_args__ = (Index("ix_post_subsidy_owner", "person_uid", "village_uid"),)


def the_town(session: Session) -> Town | None:
    """The one town of this installation."""
    return session.scalars(select(Town).where(Town.deleted_at.is_(None)).limit(1)).first()


def villages(session: Session) -> Sequence[Village]:
    """Villages in the order lists show them."""
    query = select(Village).where(Village.deleted_at.is_(None))
    return session.scalars(query.order_by(Village.position, Village.name, Village.uid)).all()


def groups(session: Session) -> Sequence[Group]:
    """All groups; numbered ones by number, then the named ones."""
    query = select(Group).where(Group.deleted_at.is_(None))
    return session.scalars(
        query.order_by(Group.number.is_(None), Group.number, Group.name, Group.uid)
    ).all()


def persons(session: Session, *, recycled: bool = False) -> Sequence[Person]:
    """Persons outside the 回收站, or (``recycled``) those inside it; joined records included."""
    gone = Person.deleted_at.is_not(None) if recycled else Person.deleted_at.is_(None)
    return session.scalars(select(Person).where(gone).order_by(Person.uid)).all()


def appointments(session: Session) -> Sequence[Appointment]:
    """All appointments, past ones too, from the earliest."""
    query = select(Appointment).where(Appointment.deleted_at.is_(None))
    return session.scalars(query.order_by(Appointment.started, Appointment.uid)).all()


def subsidies(session: Session) -> Sequence[PostSubsidy]:
    """Monthly subsidies of persons and of villages, from the earliest."""
    query = select(PostSubsidy).where(PostSubsidy.deleted_at.is_(None))
    return session.scalars(query.order_by(PostSubsidy.since, PostSubsidy.uid)).all()


def of_persons(
    session: Session, person_uids: Collection[str]
) -> Sequence[Appointment | PostSubsidy]:
    """Appointments and subsidies of these records, those in the 回收站 too."""
    held = select(Appointment).where(Appointment.person_uid.in_(person_uids))
    paid = select(PostSubsidy).where(PostSubsidy.person_uid.in_(person_uids))
    return [*session.scalars(held), *session.scalars(paid)]


def person_keys(session: Session) -> dict[str, str]:
    """Each person's uid → the uid of the record it is joined into (itself where it is not joined).

    Grades, documents and records of joined records count as one person's: compare by this key.
    Those in the 回收站 are included.
    """
    joined = session.execute(select(Person.uid, Person.joined_into))
    return _roots({row.uid: row.joined_into for row in joined})


def roots_of(persons: Iterable[Person]) -> dict[str, str]:
    """As ``person_keys``, for records already loaded."""
    return _roots({person.uid: person.joined_into for person in persons})


def _roots(joined: dict[str, str | None]) -> dict[str, str]:
    roots: dict[str, str] = {}
    for uid in joined:
        root, seen = uid, {uid}
        # A loop cannot arise through the services; a damaged store must not hang the program.
        while (into := joined.get(root)) is not None and into not in seen:
            seen.add(into)
            root = into
        roots[uid] = root
    return roots
