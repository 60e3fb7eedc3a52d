"""The assessment year: where it stands, and its steps from 筹备 to 归档 (A1–A3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.assessment import cap_problem, excellent_cap
from daomao_desktop.domain.assessment_year import (
    first_year,
    may_return,
    next_state,
    order_problem,
    step_problem,
)
from daomao_desktop.domain.calendar import PublicNotice, public_notice
from daomao_desktop.domain.dates import chinese_date
from daomao_desktop.domain.scheme import Edition, Grade, YearState
from daomao_desktop.errors import Refused, WrongDay
from daomao_desktop.services.assessment_book import YearBook
from daomao_desktop.services.assessment_checklist import missing
from daomao_desktop.services.assessment_scores import tied
from daomao_desktop.services.desk import Area, Changes, Desk
from daomao_desktop.services.notice_public import posted_otherwise
from daomao_desktop.services.rewards import DeductionRow, deductions, runs
from daomao_desktop.store.assessment import YearStep, year_rows


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step taken; ``acknowledged``: what was missing then and accepted as missing.

    ``returned``: 村评 entered again, sent back from 镇审 (退回).
    """

    state: YearState
    on: date
    acknowledged: tuple[str, ...]
    returned: bool = False


@dataclass(frozen=True, slots=True)
class YearView:
    """A year as shown.

    ``assessed``: N, those whose grade is fixed; before the first decision, those who will be
    graded. ``cap``: how many of them may be 优秀. ``paper``: the village has entered the town's
    document. ``warning``: the broken cap of a history year. ``tied``: names tied across the last
    place for 优秀, for the committee to decide between. ``whole_town``: False in a village, which
    sees its own people only, so that its ``cap`` binds nobody. ``may_return``: the town may send
    the year back to 村评 (退回).
    """

    year: int
    state: YearState
    history: bool
    steps: tuple[StepRow, ...]
    assessed: int
    excellent: int
    cap: int
    grades: dict[Grade, int]
    missing: tuple[str, ...]
    runs: tuple[str, ...]
    review: tuple[str, ...]
    deductions: tuple[DeductionRow, ...]
    next_state: YearState | None
    notice: PublicNotice | None
    paper: bool
    warning: str | None
    tied: tuple[str, ...] = ()
    whole_town: bool = True
    may_return: bool = False

    def as_json(self) -> dict[str, Any]:
        """For ``year --json``."""
        return {
            "year": self.year,
            "state": self.state.value,
            "assessed": self.assessed,
            "excellent": self.excellent,
            "cap": self.cap,
            "grades": {grade.value: count for grade, count in self.grades.items()},
            "two_year_runs": list(self.runs),
            "review": list(self.review),
            "deductions": [
                {
                    "name": row.name,
                    "base_fen": None if row.base is None else row.base.fen,
                    "deduction_fen": None if row.deduction is None else row.deduction.fen,
                }
                for row in self.deductions
            ],
            "missing": list(self.missing),
        }

    def lines(self) -> list[str]:
        """The same for reading."""
        counts = "，".join(f"{grade.value} {count} 人" for grade, count in self.grades.items())
        lines = [f"{self.year}年度考核：{self.state.value}{'（补录）' if self.history else ''}"]
        lines += [
            f"  {'退回' if step.returned else ''}{step.state.value}：{chinese_date(step.on)}"
            for step in self.steps
        ]
        cap = f"上限 {self.cap} 人" if self.whole_town else "名额由镇里统筹"
        lines.append(f"参加考核 {self.assessed} 人，优秀 {self.excellent} 人（{cap}）")
        lines.append(f"等次：{counts}")
        if self.warning:
            lines.append(f"注意：{self.warning}")
        if self.notice:
            lines.append(
                f"公示：{chinese_date(self.notice.posted)}至{chinese_date(self.notice.last_day)}，"
                f"{chinese_date(self.notice.in_force_from)}起可以生效"
            )
        if self.runs:
            lines.append(f"连续两年不称职：{'、'.join(self.runs)}")
        if self.review:
            lines.append(f"不称职年度之间有间断，请人工核对：{'、'.join(self.review)}")
        if self.tied:
            lines.append(f"并列在优秀的最后一个名额，请研究确定：{'、'.join(self.tied)}")
        for row in self.deductions:
            if row.base is None or row.deduction is None:
                lines.append(f"扣减岗位补贴：{row.name}，{row.problem}")
            else:
                lines.append(
                    f"扣减岗位补贴：{row.name}，任职 {row.months} 个月应发 {row.base} 元，"
                    f"扣减 {row.deduction} 元"
                )
        lines += [f"缺：{sentence}" for sentence in self.missing]
        if self.next_state:
            lines.append(f"下一步：{self.next_state.value}")
        return lines


def years(desk: Desk) -> tuple[int, ...]:
    """Years with records, and in any case this one and the last; the newest first."""
    desk.require(Permission.READ)
    today = desk.today()
    with desk.store.reading() as session:
        known = {row.year for row in year_rows(session)}
    return tuple(sorted(known | {today.year, today.year - 1}, reverse=True))


def working_year(desk: Desk) -> int:
    """The year to begin with today: that of the running assessment, else see ``first_year``."""
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        states = {row.year: row.state for row in year_rows(session) if not row.history}
    return first_year(desk.today(), states)


def year_view(desk: Desk, year: int) -> YearView:
    """Where the year stands; one that was never started shows as 筹备, and nothing is written."""
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        return view_of(YearBook(desk, session, year))


def view_of(book: YearBook) -> YearView:
    """The view of a year already loaded."""
    given = list(book.grades().values())
    counts = {grade: given.count(grade) for grade in Grade}
    graded = sum(count for grade, count in counts.items() if grade.counts)
    assessed = graded if graded or book.history else len(book.to_grade())
    found = runs(book)
    posted = book.step(YearState.PUBLIC_NOTICE)
    paper = has_paper(book)
    excellent = counts[Grade.EXCELLENT]
    return YearView(
        year=book.year,
        state=book.state,
        history=book.history,
        steps=tuple(
            StepRow(
                step.state,
                step.on,
                tuple((step.acknowledged or "").splitlines()),
                returned=any(earlier.state is step.state for earlier in book.steps[:number]),
            )
            for number, step in enumerate(book.steps)
        ),
        assessed=assessed,
        excellent=excellent,
        cap=excellent_cap(assessed),
        grades=counts,
        missing=missing(book),
        runs=tuple(book.name(uid) for uid in sorted(found.runs, key=book.order)),
        review=tuple(book.name(uid) for uid in sorted(found.review, key=book.order)),
        deductions=deductions(book),
        next_state=None if book.history else next_state(book.edition, book.state, paper=paper),
        notice=public_notice(posted.on, book.settings.notice_days) if posted else None,
        paper=paper,
        warning=_warning(book, excellent, assessed),
        tied=tuple(book.name(uid) for uid in tied(book)),
        whole_town=book.edition is Edition.TOWN,
        may_return=not book.history and may_return(book.edition, book.state),
    )


def advance(desk: Desk, year: int, to: YearState, on: date, acknowledge: bool = False) -> Changes:
    """Takes one step of the year on the day it happened; from 镇审, 村评 is the way back (退回).

    Raises Refused: a step out of order or on an impossible day, 生效 before the public notice has
    run out, too many 优秀 at 镇定, or something missing that was not acknowledged (``details`` name
    it). Settings are frozen when 村评 starts; at 镇定 those too short in post get 不定等次. After
    退回 proposals are open again and decisions entered so far are kept.
    """
    desk.require(_permission(desk.edition, to))
    with desk.store.writing(desk.operator.uid) as session:
        book = YearBook(desk, session, year)
        back = to.order < book.state.order
        if back:
            desk.require(Permission.DECIDE)
        _check_step(book, to, on)
        lacking = () if back else missing(book, to)
        if lacking and not acknowledge:
            raise Refused(
                f"进入“{to.value}”之前还有 {len(lacking)} 项没有完成，"
                "请补齐，或确认已知悉后再推进。",
                lacking,
            )
        row = book.made()
        if back:
            _take_back(book, to)
        elif to is YearState.VILLAGE:
            row.settings = book.settings.as_json()
        if to.order >= YearState.DECIDED.order > book.state.order:
            _leave_ungraded(book)
        session.add(
            YearStep(year_uid=row.uid, state=to, on=on, acknowledged="\n".join(lacking) or None)
        )
        row.state = to
        uid = row.uid
    return Changes(frozenset({Area.ASSESSMENT, Area.NOTICES}), (uid,))


def _take_back(book: YearBook, to: YearState) -> None:
    """The steps after ``to`` did not last: they are taken anew, the audit trail keeps them."""
    for step in book.steps:
        if step.state.order > to.order:
            step.deleted_at = book.session.info["at"]


def _warning(book: YearBook, excellent: int, assessed: int) -> str | None:
    if not book.history or book.edition is Edition.VILLAGE:
        return None
    return cap_problem(excellent, assessed)


def has_paper(book: YearBook) -> bool:
    """Whether a village has entered the town's decision from paper (据镇文件录入)."""
    return any(one.paper_number for one in book.assessments.values())


def _permission(edition: Edition, to: YearState) -> Permission:
    if to.order <= YearState.REPORTED.order:
        return Permission.PROPOSE
    # In a village the later steps only record what the town's paper says.
    return Permission.RECORD if edition is Edition.VILLAGE else Permission.DECIDE


def _check_step(book: YearBook, to: YearState, on: date) -> None:
    if book.history:
        raise Refused(f"{book.year}年是补录的历史年度，没有考核步骤可推进。")
    paper = has_paper(book)
    problem = order_problem(book.edition, book.state, to, paper=paper)
    if problem is None and to is YearState.DECIDED and book.edition is Edition.TOWN:
        given = list(book.decided().values())
        counted = sum(grade.counts for grade in given)
        problem = cap_problem(given.count(Grade.EXCELLENT), counted)
    if problem is not None:
        raise Refused(problem)
    problem = _day_problem(book, to, on, paper=paper)
    if problem is not None:
        raise WrongDay(problem)


def _day_problem(book: YearBook, to: YearState, on: date, *, paper: bool) -> str | None:
    previous = book.steps[-1].on if book.steps else None
    posted = book.step(YearState.PUBLIC_NOTICE)
    problem = step_problem(
        edition=book.edition,
        state=book.state,
        to=to,
        on=on,
        previous_on=previous,
        today=book.today,
        posted_on=posted.on if posted else None,
        settings=book.settings,
        paper=paper,
    )
    if problem is None and on < date(book.year, 1, 1):
        problem = f"{book.year}年度考核不能在{chinese_date(on)}就开始。"
    if problem is None and to is YearState.IN_FORCE and book.edition is Edition.VILLAGE:
        papers = [one.paper_on for one in book.assessments.values() if one.paper_on]
        if papers and on < max(papers):
            problem = f"生效日期早于镇文件的日期{chinese_date(max(papers))}。"
    return problem or posted_otherwise(book, to, on)


def _leave_ungraded(book: YearBook) -> None:
    """Records 不定等次 for those too short in post: a later change of dates alters nothing."""
    for uid in book.leaders:
        if book.too_short(uid):
            assessment = book.assessment(uid)
            if assessment.decision is None:
                assessment.decision = Grade.UNGRADED
                assessment.decision_reason = book.short_reason(uid)
