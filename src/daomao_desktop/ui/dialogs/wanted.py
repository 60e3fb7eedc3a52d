"""Documents to look at and sign off: some exist, some are still to be drafted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from daomao_desktop.domain.notices import DocumentKind, DocumentState
from daomao_desktop.errors import DaomaoError
from daomao_desktop.services.notice_plan import ToSign
from daomao_desktop.services.notice_runs import SignedRun
from daomao_desktop.services.notices import NoticeRow


@dataclass(frozen=True, slots=True)
class Days:
    """The days a paper is drafted with: its date, the branch meeting, a public notice's last day.

    None: the usual one.
    """

    dated: date | None = None
    meeting: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document to look at: one that exists, or one still to be drafted.

    ``days``: those it was drafted with; ``needs_meeting``: nothing can be drafted before the
    operator has typed the meeting's day. ``posted_on``: the day a public notice was posted, where
    that is recorded; ``doubt``: what to check about its days. ``paper``: the kind in the form it
    will take. ``seen``: fingerprint of the page that was looked at.
    """

    kind: DocumentKind
    year: int
    person_uid: str | None
    uid: str | None = None
    issued: bool = False
    name: str = ""
    days: Days = Days()
    needs_meeting: bool = False
    posted_on: date | None = None
    paper: str = ""
    doubt: str = ""
    seen: str | None = None

    @property
    def words(self) -> str:
        """What kind of document it is."""
        return self.paper or self.kind.value

    @property
    def label(self) -> str:
        """王强的通报批评, as sentences name it."""
        return f"{self.name}的{self.words}" if self.name else self.words


def wanted_of(row: NoticeRow) -> Wanted:
    """A document of the register."""
    issued = row.state is not DocumentState.DRAFT
    year = row.year or row.dated.year
    return Wanted(row.kind, year, row.person_uid, row.uid, issued, days=days_of(row))


def days_of(row: NoticeRow) -> Days:
    """The days a document of the register was drafted with."""
    return Days(row.dated, row.meeting, row.until)


def orders_of(wanted: Sequence[Wanted], dated: date | None) -> list[ToSign]:
    """What is not signed off yet, in order; ``dated``: day of those not drafted yet."""
    return [
        ToSign(one.kind, one.year, one.person_uid, one.uid, dated, one.seen)
        for one in wanted
        if not one.issued
    ]


def outcome(wanted: Sequence[Wanted], run: SignedRun) -> tuple[list[Wanted], DaomaoError | None]:
    """The documents after signing off what ``orders_of`` gave, and what to say about the rest."""
    found: list[Wanted] = []
    refused: list[tuple[str, DaomaoError]] = []
    results = iter(zip(run.uids, run.problems, strict=True))
    for one in wanted:
        uid, problem = (None, None) if one.issued else next(results)
        if problem is not None:
            refused.append((one.label, problem))
        found.append(one if uid is None else replace(one, uid=uid, issued=True))
    rest = run.uids.count(None)
    if not rest:
        return found, None
    if len(run.uids) == 1 and refused:
        return found, refused[0][1]
    stopped = "已停止，" if run.stopped else ""
    return found, DaomaoError(
        f"签发了 {len(run.uids) - rest} 份，{stopped}还有 {rest} 份没有签发。",
        tuple(f"{label}：{problem.sentence}" for label, problem in refused),
    )
