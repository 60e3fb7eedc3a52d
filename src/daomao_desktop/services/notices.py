"""Documents that grades call for: draft, preview, sign off, void, register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.notices import (
    DocumentKind,
    DocumentState,
    document_number,
    prefix_problem,
)
from daomao_desktop.domain.scheme import YearState
from daomao_desktop.errors import (
    DaomaoError,
    FieldProblem,
    InvalidInput,
    NotFound,
    Refused,
    StoreError,
)
from daomao_desktop.services import unsaved
from daomao_desktop.services.assessment_book import YearBook
from daomao_desktop.services.desk import Area, Changes, Desk
from daomao_desktop.services.fonts import office_faces
from daomao_desktop.services.notice_content import Order, fingerprint
from daomao_desktop.services.notice_kinds import content_of
from daomao_desktop.services.notice_plan import PlanChanged, Planned
from daomao_desktop.services.notice_public import notice_doubt
from daomao_desktop.services.notice_steps import (
    NoticeRow,
    content_now,
    drafted,
    file_name,
    meeting_of,
    renewed_order,
    row_of,
    series_of,
    sign_off,
    standing,
    wanted,
)
from daomao_desktop.services.unsaved import Slot
from daomao_desktop.store import notices as store
from daomao_desktop.store import roster as roster_store
from daomao_desktop.store.engine import Session
from daomao_desktop.store.notices import IssuedDocument, PrintRun

__all__ = [
    "Candidate",
    "NoticeRow",
    "SeriesRow",
    "discard_draft",
    "draft_notice",
    "file_name",
    "found_document",
    "intact_pdfs",
    "issue_notice",
    "list_notices",
    "list_series",
    "log_print",
    "notice_candidates",
    "preview",
    "record_delivery",
    "set_starting_number",
    "stored_pdf",
    "void_notice",
    "waiting",
]

_CHANGED = frozenset({Area.NOTICES, Area.ROSTER})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document the year's grades call for.

    ``document``: the one drafted or signed off; ``problem``: why it cannot be drafted today;
    ``needs_meeting``: a criticism that lacks nothing but the day of the branch meeting. ``paper``:
    the kind, a commendation in the form it will take. ``posted_on``: when a public notice was
    posted, where that is recorded; ``doubt``: what to check about its days.
    """

    kind: DocumentKind
    person_uid: str | None
    name: str
    village: str
    group: str
    document: NoticeRow | None
    problem: str | None
    paper: str
    needs_meeting: bool = False
    posted_on: date | None = None
    doubt: str | None = None
    pinyin: str = ""
    initials: str = ""

    @property
    def issued(self) -> bool:
        """Whether it is signed off."""
        return self.document is not None and self.document.state is DocumentState.ISSUED

    @property
    def ready(self) -> bool:
        """Whether it can be signed off now."""
        return not self.issued and self.problem is None


def waiting(candidates: Sequence[Candidate]) -> str:
    """待签发 1 份，另有 5 份还缺条件: what can be signed off now, apart from what cannot yet.

    Empty where nothing waits.
    """
    ready = sum(one.ready for one in candidates)
    lacking = sum(not one.ready and not one.issued for one in candidates)
    words = [f"待签发 {ready} 份"] if ready else []
    if lacking:
        words.append(f"{'另有 ' if ready else ''}{lacking} 份还缺条件")
    return "，".join(words)


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """The running numbers of an organ and year; ``given``: some are used, the start is fixed."""

    prefix: str
    year: int
    next_number: int
    given: bool


def list_notices(desk: Desk, *, year: int | None = None) -> tuple[NoticeRow, ...]:
    """The register (发文登记簿), drafts too; ``year``: documents of that assessment year only."""
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        known = {one.uid: one for one in roster_store.persons(session)}
        return tuple(
            row_of(one, known.get(one.person_uid or ""))
            for one in store.documents(session, assessment_year=year)
        )


def notice_candidates(desk: Desk, year: int) -> tuple[Candidate, ...]:
    """What the year's grades call for at this desk, in the order they are printed."""
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        book = YearBook(desk, session, year)
        existing = store.documents(session, assessment_year=year)
        posted = book.step(YearState.PUBLIC_NOTICE)
        form = book.notice_settings.commendation_form
        found = []
        for kind, uid in wanted(book, existing):
            document = standing(book, existing, kind, uid)
            problem, meeting = None, meeting_of(document)
            if document is None or document.state is DocumentState.DRAFT:
                problem = _problem(book, Order(kind, uid, book.today, meeting), existing)
            group = book.roster.groups.get(book.group_of(uid) or "") if uid else None
            posting = kind is DocumentKind.PUBLIC_NOTICE
            pinyin, initials = book.reading(uid) if uid else ("", "")
            found.append(
                Candidate(
                    kind=kind,
                    person_uid=uid,
                    name=book.name(uid) if uid else "",
                    village=book.roster.village(group.village_uid).name if group else "",
                    group=group.name if group else "",
                    document=row_of(document) if document else None,
                    problem=problem,
                    needs_meeting=kind is DocumentKind.CRITICISM
                    and problem is not None
                    and meeting is None
                    # Asked with a day to see what else is wrong; the day is kept nowhere.
                    and _problem(book, Order(kind, uid, book.today, book.today), existing) is None,
                    posted_on=posted.on if posted and posting else None,
                    doubt=notice_doubt(book) if posting else None,
                    paper=form.value if kind is DocumentKind.COMMENDATION else kind.value,
                    pinyin=pinyin,
                    initials=initials,
                )
            )
        return tuple(found)


def _problem(book: YearBook, order: Order, existing: Sequence[IssuedDocument]) -> str | None:
    """Why the document cannot be made as ordered, as a sentence, or None."""
    try:
        content_of(book, order, existing)
    except DaomaoError as error:
        return error.sentence
    return None


def draft_notice(
    desk: Desk,
    kind: DocumentKind,
    year: int,
    person_uid: str | None,
    *,
    meeting: date | None = None,
    dated: date | None = None,
    until: date | None = None,
    persons: tuple[str, ...] | None = None,
    best: tuple[str, ...] | None = None,
) -> str:
    """Drafts a document and returns its uid; a draft of the same kind and person is renewed.

    ``persons`` and ``best`` (of a commendation): None keeps those of the draft that is renewed.
    Raises Refused with the reason of documents.md section 2.
    """
    desk.require(Permission.ISSUE)
    with desk.store.writing(desk.operator.uid) as session:
        book = YearBook(desk, session, year)
        order = renewed_order(
            book,
            kind,
            person_uid,
            meeting=meeting,
            dated=dated,
            until=until,
            persons=persons,
            best=best,
        )
        return drafted(book, order).uid


def preview(desk: Desk, uid: str) -> bytes:
    """The PDF: a draft as it would be today, without number; of others the stored bytes."""
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        document = found_document(session, uid, with_pdf=True)
        if document.state is not DocumentState.DRAFT:
            return _intact(document)
        return content_now(desk, session, document).typeset(office_faces(session))


def stored_pdf(desk: Desk, uid: str) -> bytes:
    """The bytes signed off; raises Refused for a draft, StoreError where they were damaged."""
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        document = found_document(session, uid, with_pdf=True)
        if document.state is DocumentState.DRAFT:
            raise Refused("这份文书还是草稿，签发后才有定稿。")
        return _intact(document)


def intact_pdfs(session: Session, uids: Sequence[str]) -> list[bytes]:
    """The bytes signed off of these documents, in this order; raises as ``stored_pdf`` does."""
    found = {one.uid: one for one in store.documents_with_pdf(session, uids)}
    if any(uid not in found for uid in uids):
        raise NotFound("有的文书已被删除，请刷新后再试。")
    if any(found[uid].state is DocumentState.DRAFT for uid in uids):
        raise Refused("选中的文书里有草稿，签发后才有定稿。")
    return [_intact(found[uid]) for uid in uids]


def issue_notice(desk: Desk, uid: str, planned: Planned | None = None) -> Changes:
    """Signs off a draft: number, bytes and their SHA-256 in one transaction, all or nothing.

    Everything is computed anew and checked again; raises Refused where it no longer holds, and
    PlanChanged where number or bytes would be others than ``planned``.
    """
    desk.require(Permission.ISSUE)
    with desk.store.writing(desk.operator.uid) as session:
        document = found_document(session, uid)
        if document.state is not DocumentState.DRAFT:
            raise Refused(f"这份文书{document.state.value}，不能再次签发。")
        sign_off(session, document, content_now(desk, session, document))
        if planned is not None:
            _keep_to(planned, document)
    return Changes(_CHANGED, (uid,))


def _keep_to(planned: Planned, document: IssuedDocument) -> None:
    number = row_of(document).number
    if number != planned.number:
        raise PlanChanged(
            f"《{planned.title}》的文号现在轮到{number or '（没有）'}，"
            f"不是刚才列出的{planned.number or '（没有）'}，没有签发，请再确认一次。"
        )
    if document.sha256 != planned.sha256:
        raise PlanChanged(f"《{planned.title}》的内容刚才有改动，没有签发，请再确认一次。")


def void_notice(desk: Desk, uid: str, reason: str) -> Changes:
    """Voids a document signed off; its number and bytes are kept with the reason."""
    desk.require(Permission.ISSUE)
    if not reason.strip():
        raise InvalidInput((FieldProblem("reason", "作废文书要写明理由。"),))
    with desk.store.writing(desk.operator.uid) as session:
        document = found_document(session, uid)
        if document.state is not DocumentState.ISSUED:
            raise Refused("只有已签发的文书才能作废；草稿请直接删除。")
        document.state = DocumentState.VOID
        document.void_reason = reason.strip()
        document.voided_on = desk.today()
    return Changes(_CHANGED, (uid,))


def discard_draft(desk: Desk, uid: str) -> Changes:
    """Puts a draft aside; nothing that ever had a number can be discarded."""
    desk.require(Permission.ISSUE)
    with desk.store.writing(desk.operator.uid) as session:
        document = found_document(session, uid)
        if document.state is not DocumentState.DRAFT:
            raise Refused(f"文书{document.state.value}，不能删除；签发错了请作废。")
        document.deleted_at = datetime.now(UTC)
    unsaved.forget(desk, Slot("notices", "freeform", uid))
    return Changes(_CHANGED, (uid,))


def record_delivery(desk: Desk, uid: str, on: date, receipt: str) -> Changes:
    """Keeps what the receipt says: the day, who received or refused, the witness.

    Of a public notice, the day it was posted and where.
    """
    desk.require(Permission.RECORD)
    with desk.store.writing(desk.operator.uid) as session:
        document = found_document(session, uid)
        problem = None
        if document.state is not DocumentState.ISSUED:
            raise Refused("只有已签发的文书才能登记送达。")
        what = "张贴" if document.kind is DocumentKind.PUBLIC_NOTICE else "送达"
        if on > desk.today():
            problem = f"{what}日期不能晚于今天。"
        elif on < document.dated:
            problem = f"{what}日期早于成文日期，请核对。"
        if problem is not None:
            raise InvalidInput((FieldProblem("on", problem),))
        document.delivered_on, document.receipt = on, receipt.strip() or None
    return Changes(_CHANGED, (uid,))


def log_print(desk: Desk, uid: str, target: str, copies: int = 1) -> Changes:
    """Records that a document was printed: on which printer, how many copies."""
    desk.require(Permission.READ)
    with desk.store.writing(desk.operator.uid) as session:
        found_document(session, uid)
        session.add(PrintRun(document_uid=uid, target=target, copies=copies))
    return Changes(frozenset({Area.NOTICES}), (uid,))


def list_series(desk: Desk) -> tuple[SeriesRow, ...]:
    """The running numbers of every organ and year in use."""
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        highest = store.highest_numbers(session)
        return tuple(
            SeriesRow(one.prefix, one.year, one.next_number, (one.prefix, one.year) in highest)
            for one in store.all_series(session)
        )


def set_starting_number(desk: Desk, prefix: str, year: int, n: int) -> Changes:
    """The first number to be given, where an office has numbered by hand so far.

    Raises Refused once the program has given a number in the series: a gap would arise.
    """
    desk.require(Permission.ADMINISTER)
    problem = prefix_problem(prefix)
    if problem is not None:
        raise InvalidInput((FieldProblem("prefix", problem),))
    if not 1 <= n <= 99_999:
        raise InvalidInput((FieldProblem("n", "起始号应是 1 到 99999 的整数。"),))
    with desk.store.writing(desk.operator.uid) as session:
        given = store.highest_numbers(session).get((prefix, year))
        if given is not None:
            raise Refused(
                f"{document_number(prefix, year, given)}已经使用，"
                "起始号不能再改，否则编号会断开或重复。"
            )
        series = series_of(session, prefix, year)
        series.next_number = n
    return Changes(frozenset({Area.NOTICES, Area.ACCOUNTS}), ())


def found_document(session: Session, uid: str, *, with_pdf: bool = False) -> IssuedDocument:
    found = store.document(session, uid, with_pdf=with_pdf)
    if found is None:
        raise NotFound("没有这份文书，可能已被删除，请刷新后再试。")
    return found


def _intact(document: IssuedDocument) -> bytes:
    pdf = document.pdf or b""
    if fingerprint(pdf) != document.sha256:
        raise StoreError("这份文书与签发时的校验值不一致，请用最近的备份核对。")
    return pdf
