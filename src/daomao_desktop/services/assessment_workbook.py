"""Proposals and decisions in and out of spreadsheets, with the grades of years gone by (补录)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.scheme import Edition, Grade, YearState
from daomao_desktop.errors import Refused
from daomao_desktop.services.accounts import office
from daomao_desktop.services.assessment import (
    DECIDING,
    ENTERING,
    history_excess,
    open_history,
    write_history,
)
from daomao_desktop.services.assessment_book import YearBook
from daomao_desktop.services.assessment_grades import (
    DecisionDraft,
    HistoryDraft,
    Paper,
    ProposalDraft,
    decision_problem,
    paper_of,
    paper_problems,
    proposal_problem,
    refuse_over_cap,
    write_decision,
    write_proposal,
)
from daomao_desktop.services.assessment_matching import Match, Matcher, Unmatched
from daomao_desktop.services.assessment_scores import scores
from daomao_desktop.services.desk import Area, Desk
from daomao_desktop.services.import_village import Differing, differing, judged
from daomao_desktop.services.imports import ImportReport, attempt, in_order, note_at
from daomao_desktop.store.engine import Session
from daomao_desktop.workbooks.notes import CellNote, RowRef, Severity, Sheet

if TYPE_CHECKING:  # openpyxl is loaded only when a file is really read or written
    from daomao_desktop.workbooks.assessment import DecisionEntry, ProposalEntry

Entry = TypeVar("Entry", "ProposalEntry", "DecisionEntry")
_CELLS = {"number": "paper_number", "on": "paper_date", "town_score": "daily"}  # draft → column


class _Tally:
    """What an import has found and done so far; becomes the report."""

    def __init__(
        self, sheet: Sheet[Entry], *, dry_run: bool, skip_bad: bool, village_differs: bool
    ) -> None:
        self._labels = sheet.labels
        self._entries: Sequence[ProposalEntry | DecisionEntry] = sheet.entries
        self._dry_run, self._skip_bad = dry_run, skip_bad
        self._confirmed = village_differs
        self._villages: set[str] = set()
        self._differing: Differing | None = None
        self._told: tuple[CellNote, ...] = ()
        self.notes: list[CellNote] = list(sheet.notes)
        self.added: list[str] = []
        self.changed: list[str] = []
        self.unchanged = 0

    def warn(self, sentence: str, row: RowRef | None = None, field: str = "name") -> None:
        self.notes.append(note_at(row, field, Severity.WARNING, sentence.rstrip("。")))

    def error(self, sentence: str, row: RowRef | None, field: str = "name") -> None:
        self.notes.append(note_at(row, field, Severity.ERROR, sentence.rstrip("。")))

    @property
    def refused(self) -> bool:
        """Whether nothing is to be written: an error, or a title that names another village."""
        wrong = any(note.severity is Severity.ERROR for note in self.notes)
        return (wrong and not self._skip_bad) or (self._differing is not None and not self._dry_run)

    def belongs(self, book: YearBook, matches: Iterable[Match]) -> None:
        """Compares the villages of the persons meant with what the workbook is called."""
        groups = (match.group_uid or book.group_of(match.person_uid) for match in matches)
        self._villages |= {book.roster.group(uid).village_uid for uid in groups if uid}
        found = differing(book.roster, self._labels, self._entries, self._villages)
        self._differing, self._told = judged(found, confirmed=self._confirmed)

    def took(self, line: str, *, new: bool, changed: bool) -> None:
        if not changed:
            self.unchanged += 1
        elif new:
            self.added.append(line)
        else:
            self.changed.append(line)

    def report(self, *, refused: bool) -> ImportReport:
        return ImportReport(
            area=Area.ASSESSMENT,
            dry_run=self._dry_run,
            added=tuple(self.added),
            changed=tuple(self.changed),
            unchanged=self.unchanged,
            notes=(*self._told, *in_order(self.notes)),
            refused=refused,
            differing=self._differing,
        )


def import_proposals(
    desk: Desk,
    path: Path,
    *,
    dry_run: bool = False,
    skip_bad: bool = False,
    village_differs: bool = False,
) -> ImportReport:
    """Takes the branches' proposals of one or more years in 村评; all rows or none.

    A title that names another village stops it (``village_differs``: it is meant all the same).

    Raises Refused for a year outside 村评, FileProblem for a file that cannot be read.
    """
    from daomao_desktop.workbooks.assessment import read_proposals  # brings openpyxl

    desk.require(Permission.PROPOSE)
    sheet = read_proposals(path, edition=desk.edition, own_village=office(desk).village)
    tally = _Tally(sheet, dry_run=dry_run, skip_bad=skip_bad, village_differs=village_differs)
    with attempt(desk, Area.ASSESSMENT, "导入建议等次") as trial:
        good = []
        for year, entries in _by_year(sheet.entries).items():
            book = YearBook(desk, trial.session, year)
            _stage(_require_village_stage, book, entries)
            good += _check_proposals(book, entries, tally)
        refused = tally.refused
        for book, draft in () if refused else good:
            old = book.assessments.get(draft.person_uid)
            new = old is None or old.proposal is None
            changed = write_proposal(book, draft)
            tally.took(_line(book, draft.person_uid, draft.grade), new=new, changed=changed)
        trial.keep = not (refused or dry_run)
    return tally.report(refused=refused)


def import_decisions(
    desk: Desk,
    path: Path,
    *,
    history: bool = False,
    dry_run: bool = False,
    skip_bad: bool = False,
    village_differs: bool = False,
) -> ImportReport:
    """Takes the result of the town's committee, or (``history``) the grades of years gone by.

    The cap is tested on the whole state that would result and raises Refused; so does a year not
    in 镇审 or 镇定 (in a village, where the town's paper must be named, also 上报). The year is
    neither advanced nor dated. A corrected file can be imported again. A title that names another
    village stops it (``village_differs``: it is meant all the same).
    """
    from daomao_desktop.workbooks.assessment import read_decisions  # brings openpyxl

    desk.require(Permission.RECORD if desk.edition is Edition.VILLAGE else Permission.DECIDE)
    sheet = read_decisions(
        path, edition=desk.edition, own_village=office(desk).village, history=history
    )
    tally = _Tally(sheet, dry_run=dry_run, skip_bad=skip_bad, village_differs=village_differs)
    take = _take_history if history else _take_decisions
    with attempt(desk, Area.ASSESSMENT, "补录历史等次" if history else "导入等次") as trial:
        refused = not take(desk, trial.session, path, sheet, tally)
        trial.keep = not (refused or dry_run)
    return tally.report(refused=refused)


def _take_decisions(
    desk: Desk,
    session: Session,
    _path: Path,
    sheet: Sheet[DecisionEntry],
    tally: _Tally,
) -> bool:
    """Writes the decisions; returns whether they were taken."""
    checked = []
    for year, entries in _by_year(sheet.entries).items():
        book = YearBook(desk, session, year)
        _stage(_require_deciding, book, entries)
        checked.append((book, _check_decisions(book, entries, tally)))
    if tally.refused:
        return False
    for book, rows in checked:
        refuse_over_cap(book, [draft for draft, _paper in rows])
        for draft, paper in rows:
            old = book.assessments.get(draft.person_uid)
            new = old is None or old.decision is None
            changed = write_decision(book, draft, paper)
            tally.took(_line(book, draft.person_uid, draft.grade), new=new, changed=changed)
    return True


def _take_history(
    desk: Desk,
    session: Session,
    path: Path,
    sheet: Sheet[DecisionEntry],
    tally: _Tally,
) -> bool:
    """Writes grades of years gone by; a broken cap is a warning there."""
    checked = []
    for year, entries in _by_year(sheet.entries).items():
        book = YearBook(desk, session, year)
        _stage(_refuse_live, book, entries)
        checked.append((book, _match(Matcher(book, everyone=True), entries, tally)))
    if tally.refused:
        return False
    for book, rows in checked:
        open_history(book)
        for entry, match in rows:
            draft = HistoryDraft(
                match.person_uid, entry.grade, match.group_uid, entry.daily, entry.reason
            )
            done = write_history(book, draft, path.name)
            tally.took(
                _line(book, match.person_uid, entry.grade),
                new=done == "新增",
                changed=done != "未变",
            )
        excess = history_excess(book)
        if excess:
            tally.warn(f"{book.year}年{excess}（补录，只作提醒）")
    return True


def export_proposals(
    desk: Desk, path: Path, year: int, person_uids: Sequence[str] | None = None
) -> int:
    """Writes the year's proposals; returns the number of rows. Raises FileProblem.

    ``person_uids``: of these, in this order (default: all).
    """
    from daomao_desktop.services.assessment_export import write_proposals_of

    desk.require(Permission.READ)
    with desk.store.reading() as session:
        return write_proposals_of(YearBook(desk, session, year), path, person_uids)


def export_decisions(
    desk: Desk, path: Path, year: int, person_uids: Sequence[str] | None = None
) -> int:
    """Writes the year's grades; returns the number of rows. Raises FileProblem.

    ``person_uids``: of these, in this order (default: all).
    """
    from daomao_desktop.services.assessment_export import write_decisions_of

    desk.require(Permission.READ)
    with desk.store.reading() as session:
        return write_decisions_of(YearBook(desk, session, year), path, person_uids)


def _check_proposals(
    book: YearBook, entries: Sequence[ProposalEntry], tally: _Tally
) -> list[tuple[YearBook, ProposalDraft]]:
    figures = scores(book)
    good = []
    for entry, match in _match(Matcher(book), entries, tally):
        draft = ProposalDraft(match.person_uid, entry.grade, entry.reason, entry.meeting_on)
        figure = figures.get(match.person_uid)
        try:
            problem = proposal_problem(book, draft, figure.suggestion if figure else None)
        except Refused as refusal:  # a village written elsewhere
            tally.error(refusal.sentence, entry.row)
            continue
        if problem is not None:
            tally.error(problem.sentence, entry.row, problem.field)
        else:
            good.append((book, draft))
    return good


def _check_decisions(
    book: YearBook, entries: Sequence[DecisionEntry], tally: _Tally
) -> list[tuple[DecisionDraft, Paper | None]]:
    good = []
    for entry, match in _match(Matcher(book), entries, tally):
        draft = DecisionDraft(match.person_uid, entry.grade, entry.daily, entry.reason)
        problems = [decision_problem(book, draft)]
        paper = None
        if book.edition is Edition.VILLAGE:
            problems += paper_problems(entry.paper_number, entry.paper_date, book.today)
        found = [problem for problem in problems if problem is not None]
        for problem in found:
            tally.error(problem.sentence, entry.row, _CELLS.get(problem.field, problem.field))
        if found:
            continue
        if book.edition is Edition.VILLAGE and entry.paper_number and entry.paper_date:
            paper = paper_of(entry.paper_number, entry.paper_date)
        if (
            entry.grade is Grade.UNGRADED
            and not entry.reason
            and not book.too_short(match.person_uid)
        ):
            tally.warn(f"“{entry.name}”定为不定等次，没有写理由，请补上。", entry.row, "reason")
        good.append((draft, paper))
    return good


def _match(matcher: Matcher, entries: Sequence[Entry], tally: _Tally) -> list[tuple[Entry, Match]]:
    """Rows with their persons; a person meant by two rows is an error of the second."""
    found: dict[str, Entry] = {}
    matched = []
    for entry in entries:
        try:
            match = matcher.find(entry.village, entry.group, entry.name)
        except Unmatched as problem:
            tally.error(str(problem), entry.row)
            continue
        if match.person_uid in found:
            tally.error(
                f"“{entry.name}”与{found[match.person_uid].row}是同一个人，请只留一行。", entry.row
            )
            continue
        found[match.person_uid] = entry
        matched.append((entry, match))
    tally.belongs(matcher.book, [match for _entry, match in matched])
    return matched


def _by_year(entries: Sequence[Entry]) -> dict[int, list[Entry]]:
    years: dict[int, list[Entry]] = {}
    for entry in entries:
        years.setdefault(entry.year, []).append(entry)
    return dict(sorted(years.items()))


def _stage(check: Callable[[YearBook], None], book: YearBook, entries: Sequence[Entry]) -> None:
    """Raises the check's Refused with the place of the year's first row."""
    try:
        check(book)
    except Refused as refusal:
        row = entries[0].row
        place = f"{row.sheet}!{row.cells['year']} " if row and "year" in row.cells else ""
        raise Refused(place + refusal.sentence) from None


def _require_village_stage(book: YearBook) -> None:
    if not book.history and book.state is YearState.PREPARING:
        raise Refused(
            f"{book.year}年度考核还在“筹备”，请先推进到“村评”"
            f"（year {book.year} --advance 村评），再导入建议等次。"
        )
    if not book.history and book.state.order > YearState.VILLAGE.order:
        raise Refused(
            f"{book.year}年度考核已经“{book.state.value}”，村评的内容已锁定，不能再导入建议等次。"
        )
    book.require(YearState.VILLAGE)


def _require_deciding(book: YearBook) -> None:
    if book.history:
        raise Refused(f"{book.year}年是补录的历史年度，请用补录（--history）导入。")
    if book.state.order >= YearState.PUBLIC_NOTICE.order:
        raise Refused(
            f"{book.year}年度考核已经“{book.state.value}”，不能再导入确定等次；"
            "生效后如有错误，请在年度考核中更正，并写明理由。"
        )
    states = ENTERING if book.edition is Edition.VILLAGE else DECIDING
    if book.state not in states:
        hint = "；往年的等次请用补录（--history）" if book.year < book.today.year else ""
        words = "或".join(f"“{state.value}”" for state in states)
        raise Refused(
            f"{book.year}年度考核现在是“{book.state.value}”，到{words}才能导入确定等次{hint}。"
        )


def _refuse_live(book: YearBook) -> None:
    if book.steps and not book.history:
        raise Refused(
            f"{book.year}年度考核正在本机进行（“{book.state.value}”），不能作为历史年度补录。"
        )
    if book.year > book.today.year:
        raise Refused(f"{book.year}年还没有到，不能补录。")


def _line(book: YearBook, person_uid: str, grade: Grade | None) -> str:
    return f"{book.year}年 {book.label(person_uid)}：{grade.value if grade else ''}"
