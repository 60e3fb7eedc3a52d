"""Commendation and certificates: what goes into them and why one is refused (A3, R1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from daomao_desktop.domain.notice_settings import CommendationForm
from daomao_desktop.domain.notices import (
    DocumentKind,
    DocumentState,
    certificate_prefix,
    certificate_problem,
    commendation_problem,
)
from daomao_desktop.domain.rewards import Honour
from daomao_desktop.domain.scheme import Edition, Grade
from daomao_desktop.errors import Refused
from daomao_desktop.services.assessment_book import YearBook
from daomao_desktop.services.notice_content import Content, Order, issued_for
from daomao_desktop.store.notices import IssuedDocument


def commendation(book: YearBook, order: Order, live: Sequence[IssuedDocument]) -> Content:
    """The town's commendation of those graded 优秀; raises Refused."""
    from daomao_desktop.documents.kinds import commendation as kind

    if book.edition is Edition.VILLAGE:
        raise Refused("表彰通报由镇里制发，村里不能签发。")
    form = book.notice_settings.commendation_form
    grades = book.decided()
    excellent = [uid for uid, grade in grades.items() if grade is Grade.EXCELLENT]
    named = [book.root(uid) for uid in order.persons] or sorted(excellent, key=book.order)
    best = {book.root(uid) for uid in order.best}
    assessed = sum(grade.counts for grade in grades.values())
    problem = commendation_problem(
        form=form,
        state=book.state,
        grades=[grades.get(uid) for uid in named],
        best=len(best),
        assessed=assessed,
        excellent=len(excellent),
    )
    issued = next((one for one in live if one.kind is DocumentKind.COMMENDATION), None)
    if problem is None and issued is not None:
        problem = f"《{issued.title}》已经签发，不能重复制发；有错请先作废。"
    if problem is None and not best <= set(named):
        problem = "“十佳”人员要在表彰名单里，请核对名单。"
    if problem is None:
        problem = _certificate_contradicts(book, live, named, best)
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
        form=form,
    )
    kept = {
        "persons": named,
        "best": sorted(best),
        "assessed": assessed,
        "form": form.code,
    }
    return Content("、".join(organs), town.prefix, None, kind, data, kept)


def certificate(
    book: YearBook, order: Order, uid: str, existing: Sequence[IssuedDocument]
) -> Content:
    """The certificate of one person graded 优秀, 十佳 where the commendation says so.

    ``existing``: the year's documents; raises Refused.
    """
    from daomao_desktop.documents.kinds import certificate as kind

    if book.edition is Edition.VILLAGE:
        raise Refused("荣誉证书由镇里制发，村里不能签发。")
    grades = book.decided()
    grade = grades.get(uid)
    issued = commended(book, existing, DocumentState.ISSUED)
    drafted = commended(book, existing, DocumentState.DRAFT)
    live = [one for one in existing if one.state is DocumentState.ISSUED]
    problem = certificate_problem(
        state=book.state,
        grade=grade,
        is_issued=issued_for(book, live, DocumentKind.CERTIFICATE, uid) is not None,
        is_named=issued.named is None or uid in issued.named,
        awaits_commendation=issued.named is None and uid in drafted.best,
        assessed=sum(one.counts for one in grades.values()),
        excellent=list(grades.values()).count(Grade.EXCELLENT),
    )
    if problem is not None or grade is None:
        raise Refused(problem or "没有确定等次。")
    group = book.roster.group(book.group_of(uid) or "")
    town = book.roster.town()
    organs = (town.committee_name, town.government_name)
    data = kind.Certificate(
        organs=organs,
        name=book.name(uid),
        village=book.roster.village(group.village_uid).name,
        group=group.name,
        year=book.year,
        grade=grade,
        honour=Honour.BEST if uid in issued.best else Honour.EXCELLENT,
        dated=order.dated,
        praised=(issued.form or book.notice_settings.commendation_form) is CommendationForm.PRAISE,
        style=book.notice_settings.certificate_style,
        right=book.notice_settings.certificate_right,
        down=book.notice_settings.certificate_down,
    )
    kept = {"persons": [uid], "honour": data.honour.value}
    return Content("、".join(organs), certificate_prefix(town.name), None, kind, data, kept)


@dataclass(frozen=True, slots=True)
class Commended:
    """Whom the year's commendation names, who of them is 十佳, and the form it was signed off in.

    ``named`` is None where there is no commendation, or a draft that names nobody in particular.
    """

    named: frozenset[str] | None = None
    best: frozenset[str] = frozenset()
    form: CommendationForm | None = None


def commended(
    book: YearBook, existing: Sequence[IssuedDocument], state: DocumentState
) -> Commended:
    """What the year's commendation in that state says; ``existing``: the year's documents."""
    for one in existing:
        if one.kind is DocumentKind.COMMENDATION and one.state is state:
            told = one.content or {}
            forms = {form.code: form for form in CommendationForm}
            return Commended(
                frozenset(book.root(uid) for uid in told.get("persons", ())) or None,
                frozenset(book.root(uid) for uid in told.get("best", ())),
                forms.get(told.get("form", "")),
            )
    return Commended()


def _certificate_contradicts(
    book: YearBook, live: Sequence[IssuedDocument], named: Sequence[str], best: set[str]
) -> str | None:
    """The sentence about a certificate signed off that says otherwise than the commendation."""
    for one in live:
        if one.kind is not DocumentKind.CERTIFICATE or one.person_uid is None:
            continue
        uid = book.root(one.person_uid)
        honour = Honour.BEST if uid in best else Honour.EXCELLENT
        told = (one.content or {}).get("honour")
        if uid not in named:
            return f"{book.name(uid)}的荣誉证书还有效，表彰名单不能不列此人；要改名单请先作废证书。"
        if told != honour.value:
            return (
                f"{book.name(uid)}的荣誉证书写的是{told}，与这次的名单不一致，"
                "请改名单，或先作废证书。"
            )
    return None
