"""The public notice of the year's grades: what goes into it, and that the year keeps to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from daomao_desktop.domain.assessment_year import posting_open
from daomao_desktop.domain.calendar import public_notice, working_days
from daomao_desktop.domain.dates import chinese_date
from daomao_desktop.domain.notices import DocumentKind, DocumentState, public_notice_problem
from daomao_desktop.domain.scheme import Edition, YearState
from daomao_desktop.errors import Refused
from daomao_desktop.services.assessment_book import YearBook
from daomao_desktop.services.notice_content import Content, Order, check_past
from daomao_desktop.store.notices import IssuedDocument, documents


def public_notice_content(book: YearBook, order: Order, live: Sequence[IssuedDocument]) -> Content:
    """The town's public notice of everybody's grade; raises Refused.

    It is dated the day the step 公示 was recorded for; before that, the day ordered. A village has
    none of its own: what it proposed is no grade, and nobody is posted as 不称职 on a proposal.
    """
    from daomao_desktop.documents.kinds import public_notice as kind

    if book.edition is Edition.VILLAGE:
        raise Refused("考核等次由镇党委确定，公示由镇里制发，村里不能签发。")
    grades = book.decided()
    decided, posted = book.step(YearState.DECIDED), book.step(YearState.PUBLIC_NOTICE)
    dated = posted.on if posted else order.dated
    check_past(book, dated)
    days = book.settings.notice_days
    until = order.until or public_notice(dated, days).last_day
    town = book.roster.town()
    decided_on = decided.on if decided else None
    problem = public_notice_problem(
        state=book.state,
        decided_on=decided_on,
        posted=dated,
        until=until,
        days=days,
        contact=town.contact,
        is_issued=any(one.kind is DocumentKind.PUBLIC_NOTICE for one in live),
    )
    if problem is not None or decided_on is None:
        raise Refused(problem or "没有登记镇定日期。")
    people = []
    for uid in sorted(grades, key=book.order):
        group = book.roster.group(book.group_of(uid) or "")
        village = book.roster.village(group.village_uid).name
        people.append(kind.Posted(book.name(uid), village, group.name, grades[uid]))
    data = kind.PublicNotice(
        organ=town.committee_name,
        year=book.year,
        people=tuple(people),
        decided_on=decided_on,
        dated=dated,
        until=until,
        working_days=working_days(dated, until),
        contact=town.contact or "",
    )
    kept = {
        # Not under "persons": a grade is corrected although it was posted, after an objection.
        "grades": {uid: grade.value for uid, grade in grades.items()},
        "until": until.isoformat(),
    }
    return Content(town.committee_name, town.prefix, None, kind, data, kept, dated)


def notice_doubt(book: YearBook) -> str | None:
    """What to check by hand where the holidays of the notice's days are not known, or None."""
    posted = book.step(YearState.PUBLIC_NOTICE)
    notice = public_notice(posted.on if posted else book.today, book.settings.notice_days)
    if not notice.guessed:
        return None
    return (
        f"{notice.last_day.year}年的放假安排程序还不知道，公示期先按周一至周五计算，"
        "请对照国务院的放假通知核对，不够的改“公示到”的日期。"
    )


def notice_wanted(book: YearBook, existing: Sequence[IssuedDocument]) -> bool:
    """Whether the public notice is listed: before 生效 always, later where there is one."""
    if book.edition is Edition.VILLAGE or not book.decided():
        return False
    return posting_open(book.state) or any(
        one.kind is DocumentKind.PUBLIC_NOTICE and one.state is not DocumentState.VOID
        for one in existing
    )


def posted_otherwise(book: YearBook, to: YearState, on: date) -> str | None:
    """Why the year cannot take a step on that day: the notice signed off says otherwise."""
    if to not in (YearState.PUBLIC_NOTICE, YearState.IN_FORCE):
        return None
    for one in documents(book.session, assessment_year=book.year):
        if one.kind is DocumentKind.PUBLIC_NOTICE and one.state is DocumentState.ISSUED:
            return _contradiction(book, one, to, on)
    return None


def _contradiction(book: YearBook, notice: IssuedDocument, to: YearState, on: date) -> str | None:
    told = notice.content or {}
    again = "请先作废这份公示，再重新制发。"
    if to is YearState.IN_FORCE:
        until = date.fromisoformat(told["until"])
        if on <= until:
            return (
                f"已签发的公示写明公示到{chinese_date(until)}，"
                f"{chinese_date(until + timedelta(days=1))}起才能生效。"
            )
        return None
    if on != notice.dated:
        return (
            f"已签发的公示写明{chinese_date(notice.dated)}张贴，请填这一天；"
            f"实际不是这一天张贴的，{again}"
        )
    posted = {book.root(uid): word for uid, word in told["grades"].items()}
    now = {uid: grade.value for uid, grade in book.decided().items()}
    changed = [uid for uid in {**posted, **now} if posted.get(uid) != now.get(uid)]
    if changed:
        names = "、".join(book.name(uid) for uid in sorted(changed, key=book.order))
        return f"{names}的等次与已签发的公示不一致，{again}"
    return None
