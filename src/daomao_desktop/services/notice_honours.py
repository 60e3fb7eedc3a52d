"""Commendation: what goes into it and why it is refused (A3, R1)."""

from __future__ import annotations

from collections.abc import Sequence

from daomao_desktop.domain.notices import DocumentKind, commendation_problem
from daomao_desktop.domain.scheme import Edition, Grade
from daomao_desktop.errors import Refused
from daomao_desktop.services.assessment_book import YearBook
from daomao_desktop.services.notice_content import Content, Order
from daomao_desktop.store.notices import IssuedDocument


def commendation(book: YearBook, order: Order, live: Sequence[IssuedDocument]) -> Content:
    """The town's commendation of those graded 优秀; raises Refused."""
    from daomao_desktop.documents.kinds import commendation as kind

    if book.edition is Edition.VILLAGE:
        raise Refused("表彰通报由镇里制发，村里不能签发。")
    grades = book.decided()
    excellent = [uid for uid, grade in grades.items() if grade is Grade.EXCELLENT]
    named = [book.root(uid) for uid in order.persons] or sorted(excellent, key=book.order)
    best = {book.root(uid) for uid in order.best}
    assessed = sum(grade.counts for grade in grades.values())
    problem = commendation_problem(
        state=book.state,
        grades=[grades.get(uid) for uid in named],
        best=len(best),
        assessed=assessed,
        excellent=len(excellent),
    )
    if problem is None and any(one.kind is DocumentKind.COMMENDATION for one in live):
        problem = f"{book.year}年度的表彰通报已经签发，不能重复制发；有错请先作废。"
    if problem is None and not best <= set(named):
        problem = "“十佳”人员要在表彰名单里，请核对名单。"
    if problem is not None:
        raise Refused(problem)
    people = []
    for uid in named:
        group = book.roster.group(book.group_of(uid) or "")
        village = book.roster.village(group.village_uid).name
        honoured = kind.Honoured(book.name(uid), village, group.name, best=uid in best)
        people.append(honoured)
    town = book.roster.town()
    organs = (town.committee_name, town.government_name)
    data = kind.Commendation(
        organs=organs,
        year=book.year,
        people=tuple(people),
        assessed=assessed,
        excellent=len(excellent),
        dated=order.dated,
    )
    kept = {"persons": named, "best": sorted(best), "assessed": assessed}
    return Content("、".join(organs), town.prefix, None, kind, data, kept)
