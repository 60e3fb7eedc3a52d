"""What is due now, and this year's duty records by leader: the first page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.notices import DocumentState
from daomao_desktop.domain.scheme import Role, YearState
from daomao_desktop.services.assessment import YearView, list_assessments, year_view, years
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.duties import list_duties
from daomao_desktop.services.notices import list_notices, notice_candidates, waiting
from daomao_desktop.services.recovery import code_is_kept
from daomao_desktop.services.roster import LeaderRow, list_leaders

TERM_WARNING_DAYS = 365
YEARS_LOOKED_AT = 3
FIRST_MONTH_OF_APPRAISAL = 11  # the branch appraises at the year's end


class DueKind(Enum):
    """What a line of the first page leads to."""

    ROSTER_EMPTY = auto()
    YEAR_STEP = auto()
    PROPOSALS = auto()
    RUNS = auto()
    REVIEW = auto()
    NOTICES = auto()
    DRAFTS = auto()
    VERIFY = auto()
    TERMS = auto()
    RECORDS = auto()
    RECOVERY = auto()


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to be done: a sentence, and where it is done. ``role``: of the lacking records."""

    kind: DueKind
    sentence: str
    year: int | None = None
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class LeaderCounts:
    """How many duty records of each role a leader has this year, in the roles' order."""

    person_uid: str
    village: str
    group: str
    group_number: int | None
    name: str
    pinyin: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The first page; ``year``: of the counts. What is due is of today, whatever the year."""

    year: int
    due: tuple[Due, ...]
    counts: tuple[LeaderCounts, ...]


def overview(desk: Desk, year: int) -> Overview:
    """Everything the first page shows, the most pressing first; ``year``: of the counts."""
    desk.require(Permission.READ)
    this_year = desk.today().year
    leaders = list_leaders(desk)
    counts = _counts(desk, leaders, year)
    present = counts if year == this_year else _counts(desk, leaders, this_year)
    if not leaders:
        sentence = "还没有小组长，先导入花名册，或者录入第一位小组长。"
        return Overview(year, (*_recovery(desk), Due(DueKind.ROSTER_EMPTY, sentence)), ())
    due = [
        *_recovery(desk),
        *_assessment(desk),
        *_documents(desk),
        *_roster(desk, leaders),
        *_records(present, this_year),
    ]
    return Overview(year, tuple(due), counts)


def _recovery(desk: Desk) -> Iterable[Due]:
    if desk.operator.role.may(Permission.ADMINISTER) and not code_is_kept(desk):
        yield Due(
            DueKind.RECOVERY,
            "恢复码没有收好、核对过，可能已经丢了；忘记口令时只有它能打开资料，请做一个新的恢复码。",
        )


def _assessment(desk: Desk) -> Iterable[Due]:
    today = desk.today()
    for year in years(desk)[:YEARS_LOOKED_AT]:
        if year == today.year and today.month < FIRST_MONTH_OF_APPRAISAL:
            continue
        view = year_view(desk, year)
        if view.history or view.state is YearState.ARCHIVED:
            continue
        yield from _step(desk, view)
        if view.state is YearState.VILLAGE:
            open_ = [
                row
                for row in list_assessments(desk, year)
                if row.proposal is None and row.writable and not row.too_short
            ]
            if open_:
                words = f"{year}年度还有 {len(open_)} 位小组长没有建议等次。"
                yield Due(DueKind.PROPOSALS, words, year)
        if view.runs:
            names = "、".join(view.runs)
            yield Due(DueKind.RUNS, f"{names}到{year}年度连续两年不称职，应按程序处理。", year)
        if view.review:
            names = "、".join(view.review)
            yield Due(DueKind.REVIEW, f"{names}不称职的年度之间有间断，请人工核对。", year)


def _step(desk: Desk, view: YearView) -> Iterable[Due]:
    to = view.next_state
    if to is None or to is YearState.ARCHIVED:
        return
    sentence = f"{view.year}年度考核现在是“{view.state.value}”，下一步：{to.value}。"
    if view.state is YearState.PUBLIC_NOTICE and view.notice is not None:
        left = (view.notice.in_force_from - desk.today()).days
        sentence = (
            f"{view.year}年度考核公示中，还有 {left} 天可以生效。"
            if left > 0
            else f"{view.year}年度考核公示已期满，可以生效。"
        )
    elif view.missing:
        sentence += f"还缺 {len(view.missing)} 项。"
    yield Due(DueKind.YEAR_STEP, sentence, view.year)


def _documents(desk: Desk) -> Iterable[Due]:
    told: set[str] = set()
    for year in years(desk)[:YEARS_LOOKED_AT]:
        candidates = notice_candidates(desk, year)
        if any(one.ready for one in candidates):
            yield Due(DueKind.NOTICES, f"{year}年度文书：{waiting(candidates)}。", year)
            told |= {one.document.uid for one in candidates if one.document is not None}
    drafts = [
        row
        for row in list_notices(desk)
        if row.state is DocumentState.DRAFT and row.uid not in told
    ]
    if drafts:
        yield Due(DueKind.DRAFTS, f"有 {len(drafts)} 份文书起草了还没有签发。")


def _roster(desk: Desk, leaders: Sequence[LeaderRow]) -> Iterable[Due]:
    verify = sum(1 for row in leaders if row.to_verify)
    if verify:
        yield Due(DueKind.VERIFY, f"{verify} 位小组长的资料待核实。")
    today = desk.today()
    ending = [
        row
        for row in leaders
        if row.term_ends is not None and (row.term_ends - today).days <= TERM_WARNING_DAYS
    ]
    over = sum(1 for row in ending if row.term_ends is not None and row.term_ends < today)
    if ending:
        words = f"{len(ending)} 位小组长一年内任期届满" + (
            f"，其中 {over} 位已经届满" if over else ""
        )
        yield Due(DueKind.TERMS, f"{words}，请按程序准备推选。")


def _records(counts: Sequence[LeaderCounts], year: int) -> Iterable[Due]:
    lacking = {
        role: sum(1 for row in counts if not row.counts[place]) for place, role in enumerate(Role)
    }
    wanting = {role: number for role, number in lacking.items() if number}
    if not wanting:
        return
    if all(number == len(counts) for number in wanting.values()) and len(wanting) == len(Role):
        yield Due(DueKind.RECORDS, f"{year}年还没有登记过任何履职记录。", year)
    elif len(wanting) == 1:
        role, number = next(iter(wanting.items()))
        words = f"{year}年还没有{role.value}履职记录的有 {number} 人。"
        yield Due(DueKind.RECORDS, words, year, role=role)
    else:
        words = "、".join(f"{role.value} {number} 人" for role, number in wanting.items())
        yield Due(DueKind.RECORDS, f"{year}年还没有履职记录的：{words}。", year)


def _counts(desk: Desk, leaders: Sequence[LeaderRow], year: int) -> tuple[LeaderCounts, ...]:
    found = Counter((row.person_uid, row.role) for row in list_duties(desk, year=year))
    return tuple(
        LeaderCounts(
            row.person_uid,
            row.village,
            row.group,
            row.group_number,
            row.name,
            row.pinyin,
            tuple(found[row.person_uid, role] for role in Role),
        )
        for row in leaders
    )
