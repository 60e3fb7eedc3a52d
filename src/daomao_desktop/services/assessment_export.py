"""A year's proposals and grades as rows of a spreadsheet that imports again unchanged."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from daomao_desktop.domain.roster import GroupName
from daomao_desktop.domain.scheme import Edition
from daomao_desktop.services.assessment_book import YearBook
from daomao_desktop.services.roster_workbook import chosen
from daomao_desktop.store.assessment import Assessment


def write_proposals_of(book: YearBook, path: Path, person_uids: Sequence[str] | None = None) -> int:
    """Writes the proposals made; returns their number. Raises FileProblem."""
    from daomao_desktop.workbooks.assessment import ProposalEntry, write_proposals

    entries = []
    for one in _ordered(book, person_uids):
        if one.proposal is not None:
            village, group = _place(book, one)
            entries.append(
                ProposalEntry(
                    year=book.year,
                    village=village,
                    group=group,
                    name=book.name(book.root(one.person_uid)),
                    grade=one.proposal,
                    meeting_on=one.proposal_meeting_on,
                    reason=one.proposal_reason,
                )
            )
    write_proposals(path, entries, f"{_office(book)}{book.year}年度建议等次", edition=book.edition)
    return len(entries)


def write_decisions_of(book: YearBook, path: Path, person_uids: Sequence[str] | None = None) -> int:
    """Writes the grades fixed; returns their number. Raises FileProblem."""
    from daomao_desktop.workbooks.assessment import DecisionEntry, write_decisions

    entries = []
    for one in _ordered(book, person_uids):
        if one.decision is not None:
            village, group = _place(book, one)
            entries.append(
                DecisionEntry(
                    year=book.year,
                    village=village,
                    group=group,
                    name=book.name(book.root(one.person_uid)),
                    grade=one.decision,
                    daily=one.town_score,
                    reason=one.source if book.history else one.decision_reason,
                    paper_number=one.paper_number,
                    paper_date=one.paper_on,
                )
            )
    write_decisions(path, entries, f"{_office(book)}{book.year}年度确定等次", edition=book.edition)
    return len(entries)


def _ordered(book: YearBook, person_uids: Sequence[str] | None) -> Sequence[Assessment]:
    """In the order of lists, or of these persons."""
    rows = [book.assessments[uid] for uid in sorted(book.assessments, key=book.order)]
    return chosen(rows, person_uids, lambda one: book.root(one.person_uid))


def _place(book: YearBook, one: Assessment) -> tuple[str | None, GroupName | None]:
    group = book.roster.groups.get(book.group_of(book.root(one.person_uid)) or one.group_uid)
    if group is None:
        return None, None
    village = book.roster.villages.get(group.village_uid)
    return village.name if village else None, GroupName(group.number, group.name)


def _office(book: YearBook) -> str:
    town = book.roster.town().name
    own = book.roster.villages.get(book.roster.own_village or "")
    village = own.name if own and book.edition is Edition.VILLAGE else ""
    return f"{town}{village}村民小组长"
