"""The checklist of an assessment year: what is missing before the next step, by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

from daomao_desktop.domain.assessment import Component
from daomao_desktop.domain.scheme import Edition, Grade, Role, YearState
from daomao_desktop.services.assessment_book import Assessed, YearBook
from daomao_desktop.store.assessment import duty_counts

# Bottom lines have full points where nothing was found; nothing to add or take off is usual.
_NEVER_MISSING = (Component.BOTTOM_LINES, Component.ADJUSTMENT)


def missing(book: YearBook, to: YearState | None = None) -> tuple[str, ...]:
    """Sentences naming what is missing in the present state and whom it concerns.

    ``to``: the step about to be taken, where more than one is possible (a village that has the
    town's paper may go from 上报 to 生效 or to 镇审).
    """
    if book.history:
        return ()
    if book.state is YearState.PREPARING:
        return (*_records(book), *_roster(book), *_points(book))
    if book.state is YearState.VILLAGE:
        return _proposals(book)
    waiting = book.edition is Edition.VILLAGE and to is not YearState.TOWN
    if book.state is YearState.TOWN or (book.state is YearState.REPORTED and waiting):
        return _decisions(book)
    return ()


def _records(book: YearBook) -> list[str]:
    counted = {(book.root(uid), role) for uid, role, _ in duty_counts(book.session, book.year)}
    lacks = {
        role.value: [one for one in book.to_grade() if (one.person_uid, role) not in counted]
        for role in Role
    }
    return _together(book, lacks, f"{book.year}年没有履职记录")


def _roster(book: YearBook) -> list[str]:
    return [
        *_by_village(
            book,
            lambda one: any(money is None for money in book.monthly(one.person_uid).values()),
            "没有登记岗位补贴，不称职时算不出扣减金额",
        ),
        *_by_village(
            book,
            lambda one: bool(book.roster.persons[one.person_uid].to_verify),
            "的资料待核实",
        ),
        *_groups_without_leader(book),
    ]


def _groups_without_leader(book: YearBook) -> list[str]:
    day = min(book.today, date(book.year, 12, 31))
    empty: dict[str, list[str]] = {}
    for group in book.roster.groups.values():
        posts = book.roster.in_group(group.uid)
        held = (
            post.counted_from.first <= day and (post.ended is None or post.ended >= day)
            for post in posts
        )
        if not any(held):
            empty.setdefault(group.village_uid, []).append(group.name)
    return [f"{_of(book, village)}{'、'.join(names)}没有小组长" for village, names in empty.items()]


def _points(book: YearBook) -> list[str]:
    def lacks(one: Assessed, component: Component) -> bool:
        assessment = book.assessments.get(one.person_uid)
        return assessment is None or assessment.points.get(component.value) is None

    return _together(
        book,
        {
            component.label: [one for one in book.to_grade() if lacks(one, component)]
            for component in Component
            if component not in _NEVER_MISSING
        },
        "没有得分",
    )


def _proposals(book: YearBook) -> tuple[str, ...]:
    def lacks_proposal(one: Assessed) -> bool:
        assessment = book.assessments.get(one.person_uid)
        return assessment is None or assessment.proposal is None

    def lacks_meeting(one: Assessed) -> bool:
        assessment = book.assessments.get(one.person_uid)
        return assessment is not None and (
            assessment.proposal is not None and assessment.proposal_meeting_on is None
        )

    return (
        *_by_village(book, lacks_proposal, "没有建议等次"),
        *_by_village(book, lacks_meeting, "的建议等次没有支委会日期"),
    )


def _decisions(book: YearBook) -> tuple[str, ...]:
    decided = book.decided()

    def without_reason(one: Assessed) -> bool:
        assessment = book.assessments.get(one.person_uid)
        return (
            decided.get(one.person_uid) is Grade.UNGRADED
            and assessment is not None
            and not assessment.decision_reason
            and assessment.paper_number is None
        )

    return (
        *_by_village(book, lambda one: one.person_uid not in decided, "没有确定等次"),
        *_by_village(book, without_reason, "定为不定等次，没有写理由"),
    )


def _by_village(book: YearBook, lacks: Callable[[Assessed], bool], what: str) -> list[str]:
    """One sentence a village with everyone concerned."""
    return [
        f"{_of(book, village)}{who}{what}"
        for village, who in _names(book, [one for one in book.to_grade() if lacks(one)])
    ]


def _together(book: YearBook, lacks: dict[str, list[Assessed]], what: str) -> list[str]:
    """One sentence a village and circle of persons, naming all that these persons lack."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for thing, concerned in lacks.items():
        for key in _names(book, concerned):
            grouped.setdefault(key, []).append(thing)
    return [
        f"{_of(book, village)}{who}{what}：{'、'.join(things)}"
        for (village, who), things in grouped.items()
    ]


def _names(book: YearBook, concerned: list[Assessed]) -> list[tuple[str, str]]:
    """(village, its persons concerned by name, or 全部 where it is the whole village)."""
    size = Counter(one.village_uid for one in book.to_grade())
    names: dict[str, list[str]] = {}
    for one in concerned:
        names.setdefault(one.village_uid, []).append(one.name)
    return [
        (
            village,
            f"全部{len(who)}名小组长" if len(who) == size[village] > 1 else "、".join(who),
        )
        for village, who in names.items()
    ]


def _of(book: YearBook, village_uid: str) -> str:
    """The village's name and a colon in the town; nothing in the village itself."""
    if book.edition is Edition.VILLAGE:
        return ""
    return f"{book.roster.village(village_uid).name}："
