"""What a year's grades bring about: deductions and two-year runs (R4a, R4b)."""

from __future__ import annotations

from dataclasses import dataclass

from daomao_desktop.domain.money import Money
from daomao_desktop.domain.rewards import Runs, deduction, two_year_runs, year_due
from daomao_desktop.domain.scheme import Grade
from daomao_desktop.services.assessment_book import YearBook


@dataclass(frozen=True, slots=True)
class DeductionRow:
    """The deduction of one person 不称职: 20% of the year's subsidy due for the months in post.

    ``monthly``: the subsidy of each month in post, in order. ``base`` and ``deduction`` are None
    where a month's subsidy is not known; ``problem`` then says so.
    """

    name: str
    base: Money | None
    deduction: Money | None
    person_uid: str
    village: str
    group: str
    months: int
    monthly: tuple[Money | None, ...]
    problem: str | None


def deduction_of(book: YearBook, person_uid: str) -> DeductionRow:
    """The deduction of one person, whatever the grade."""
    by_month = book.monthly(person_uid)
    group = book.roster.groups.get(book.group_of(person_uid) or "")
    village = book.roster.villages.get(group.village_uid) if group else None
    known = [money for money in by_month.values() if money is not None]
    problem = None
    if not by_month:
        problem = f"{book.year}年没有任职月份，算不出扣减金额"
    elif len(known) < len(by_month):
        lacking = [month for month, money in by_month.items() if money is None]
        problem = f"没有登记{book.year}年{_months(lacking)}的岗位补贴，算不出扣减金额"
    base = None if problem else year_due(known)
    return DeductionRow(
        name=book.name(person_uid),
        base=base,
        deduction=None if base is None else deduction(base, book.settings.deduction_percent),
        person_uid=person_uid,
        village=village.name if village else "",
        group=group.name if group else "",
        months=len(by_month),
        monthly=tuple(by_month.values()),
        problem=problem,
    )


def deductions(book: YearBook) -> tuple[DeductionRow, ...]:
    """Everyone 不称职 in the year, in the order of lists; a history year has no deductions."""
    if book.history:
        return ()
    concerned = [uid for uid, grade in book.decided().items() if grade is Grade.INCOMPETENT]
    return tuple(deduction_of(book, uid) for uid in sorted(concerned, key=book.order))


def runs(book: YearBook) -> Runs:
    """Who is 不称职 for the second year running, by person across groups, villages and records."""
    return two_year_runs(book.grades_by_year, book.year)


def _months(months: list[int]) -> str:
    """1至12月, 1月、3月: the months as a sentence names them."""
    if len(months) > 1 and months == list(range(months[0], months[-1] + 1)):
        return f"{months[0]}至{months[-1]}月"
    return "、".join(f"{month}月" for month in months)
