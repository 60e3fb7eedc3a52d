"""What the roster's pages show: frozen rows, private values masked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.scheme import (
    EndReason,
    Grade,
    HowChosen,
    PoliticalStatus,
    Sex,
    YearState,
)


@dataclass(frozen=True, slots=True)
class VillageRow:
    """A village; ``writable``: its records are written at this desk."""

    uid: str
    name: str
    branch_name: str
    committee_name: str
    branch_prefix: str
    committee_prefix: str
    kept_by_town: bool
    contact: str | None
    position: int
    groups: int
    leaders: int
    writable: bool


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A village group and who leads it now; the account shows its last digits only."""

    uid: str
    village_uid: str
    village: str
    number: int | None
    name: str
    households: int | None
    adults: int | None
    voting_households: int | None
    account_bank: str | None
    account_holder: str | None
    account_tail: str | None
    leader_uid: str | None
    leader: str | None
    writable: bool


@dataclass(frozen=True, slots=True)
class LeaderRow:
    """A leader and the post held (or, for a former leader, held last).

    ``id_number`` and ``phone`` are masked; ``monthly`` is the post subsidy of the present month.
    """

    person_uid: str
    appointment_uid: str | None
    village_uid: str
    village: str
    group_uid: str
    group: str
    group_number: int | None
    name: str
    pinyin: str
    initials: str
    sex: Sex | None
    ethnicity: str | None
    birth: PartialDate | None
    age: int | None
    id_number: str | None
    phone: str | None
    education: str | None
    political_status: PoliticalStatus | None
    started: PartialDate | None
    term_ends: date | None
    ended: date | None
    end_reason: EndReason | None
    monthly: Money | None
    remark: str | None
    to_verify: tuple[str, ...]
    writable: bool


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """One appointment of a person, past or present."""

    uid: str
    village: str
    group: str
    started: PartialDate | None
    ended: date | None
    end_reason: EndReason | None
    how_chosen: HowChosen | None
    meeting_on: date | None
    branch_decided_on: date | None
    term_ends: date | None


@dataclass(frozen=True, slots=True)
class SubsidyRow:
    """A monthly post subsidy; ``of_village``: it holds for every leader of the village."""

    uid: str
    monthly: Money
    since: PartialDate
    of_village: bool


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One line of a person's timeline: appointments, duty records, findings, documents."""

    on: date
    kind: str
    text: str
    uid: str


@dataclass(frozen=True, slots=True)
class GradeRow:
    """The grade of one year; ``state``: how far that year is, ``source``: of a history grade."""

    year: int
    grade: Grade
    village: str
    group: str
    state: YearState
    source: str | None


@dataclass(frozen=True, slots=True)
class JoinedRow:
    """Another record of the same person, joined by hand."""

    uid: str
    name: str
    id_number: str | None
    posts: str


@dataclass(frozen=True, slots=True)
class LeaderPage:
    """Everything recorded about one person, newest first."""

    leader: LeaderRow
    address: str | None
    appointments: tuple[AppointmentRow, ...]
    subsidies: tuple[SubsidyRow, ...]
    timeline: tuple[TimelineRow, ...]
    grades: tuple[GradeRow, ...]
    joined: tuple[JoinedRow, ...]


@dataclass(frozen=True, slots=True)
class RecycledRow:
    """A record in the 回收站."""

    uid: str
    text: str
    removed_on: date
