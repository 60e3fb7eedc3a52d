"""Documents inside one transaction, shared by the register and the printing of a whole year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from daomao_desktop.domain.notices import DocumentKind, DocumentState, document_number
from daomao_desktop.domain.scheme import Edition, Grade
from daomao_desktop.services import freeform
from daomao_desktop.services.assessment_book import YearBook
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.fonts import office_faces
from daomao_desktop.services.notice_content import Content, Order, fingerprint, issued_for
from daomao_desktop.services.notice_honours import commended
from daomao_desktop.services.notice_kinds import content_of
from daomao_desktop.services.notice_public import notice_wanted
from daomao_desktop.store import notices as store
from daomao_desktop.store.engine import Session
from daomao_desktop.store.notices import IssuedDocument, NumberSeries
from daomao_desktop.store.roster import Person

Books = Callable[[int], YearBook]
"""The records of a year, read once for many documents."""

PAPER = "paper"  # in a document's content: what it says, for a Word copy

# Windows forbids these in file names; control characters go too.
_FORBIDDEN = {ord(char): "_" for char in '\\/:*?"<>|'} | dict.fromkeys(range(32), None)

_LONGEST_NAME = 80  # file systems take 255 bytes, three for each character


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A document as the register shows it; ``number`` is None for a draft.

    ``meeting``: the branch meeting named when a criticism was drafted; ``until``: the last day a
    public notice names, or was asked to. ``name``, ``pinyin``, ``initials``: of the person it is
    about, to find it by.
    """

    uid: str
    kind: DocumentKind
    state: DocumentState
    number: str | None
    title: str
    organ: str
    dated: date
    year: int | None
    person_uid: str | None
    village_uid: str | None
    sha256: str | None = None
    issued_at: datetime | None = None
    voided_on: date | None = None
    void_reason: str | None = None
    delivered_on: date | None = None
    receipt: str | None = None
    meeting: date | None = None
    until: date | None = None
    name: str = ""
    pinyin: str = ""
    initials: str = ""


def file_name(row: NoticeRow) -> str:
    """联光党支〔2026〕5号 关于给予×××通报批评的通报.pdf, fit for every file system."""
    name = " ".join(part for part in (row.number, row.title) if part)
    return safe_name(name)


def safe_name(name: str) -> str:
    """The name of a PDF fit for every file system."""
    return name.translate(_FORBIDDEN)[:_LONGEST_NAME].strip(" .") + ".pdf"


def unused_name(name: str, given: set[str]) -> str:
    """The name of a PDF, counted where this run has given it already, and from now on given."""
    found, count = name, 1
    while found.casefold() in given:  # Windows tells no capitals apart
        count += 1
        found = f"{name.removesuffix('.pdf')}（{count}）.pdf"
    given.add(found.casefold())
    return found


def wanted(
    book: YearBook, existing: Sequence[IssuedDocument]
) -> list[tuple[DocumentKind, str | None]]:
    """The documents the grades call for at this desk, in the order they are printed.

    ``existing``: the year's documents. The public notice belongs to the time before 生效, later it
    is listed where there is one. Everyone 优秀 gets a certificate; once a commendation is signed
    off, those it names.
    """
    grades = book.decided()
    concerned = sorted(
        (uid for uid, grade in grades.items() if grade is Grade.INCOMPETENT), key=book.order
    )
    here = []
    for uid in concerned:
        group = book.roster.groups.get(book.group_of(uid) or "")
        if group is not None and book.roster.writable(group.village_uid):
            here.append(uid)
    found: list[tuple[DocumentKind, str | None]] = []
    if notice_wanted(book, existing):
        found.append((DocumentKind.PUBLIC_NOTICE, None))
    found += [(DocumentKind.CRITICISM, uid) for uid in here]
    found += [(DocumentKind.DEDUCTION, uid) for uid in here]
    honoured = [uid for uid, grade in grades.items() if grade is Grade.EXCELLENT]
    if book.edition is Edition.TOWN and honoured:
        found.append((DocumentKind.COMMENDATION, None))
        named = commended(book, existing, DocumentState.ISSUED).named
        found += [
            (DocumentKind.CERTIFICATE, uid)
            for uid in sorted(honoured, key=book.order)
            if named is None or uid in named
        ]
    return found


def standing(
    book: YearBook,
    existing: Sequence[IssuedDocument],
    kind: DocumentKind,
    person_uid: str | None,
) -> IssuedDocument | None:
    """The document signed off for that purpose, else its draft; voided ones do not count."""
    for state in (DocumentState.ISSUED, DocumentState.DRAFT):
        of_state = [one for one in existing if one.state is state]
        if person_uid is not None:
            found = issued_for(book, of_state, kind, person_uid)
        else:
            found = next((one for one in of_state if one.kind is kind), None)
        if found is not None:
            return found
    return None


def draft_order(book: YearBook, kind: DocumentKind, person_uid: str | None) -> Order | None:
    """What the draft was asked to be that a new order of this kind and person would renew."""
    existing = store.documents(book.session, assessment_year=book.year)
    found = standing(book, existing, kind, book.root(person_uid) if person_uid else None)
    return order_of(found) if found and found.state is DocumentState.DRAFT else None


def renewed_order(
    book: YearBook,
    kind: DocumentKind,
    person_uid: str | None,
    *,
    meeting: date | None = None,
    dated: date | None = None,
    until: date | None = None,
    persons: tuple[str, ...] | None = None,
    best: tuple[str, ...] | None = None,
) -> Order:
    """The order for a draft, new or renewed.

    ``persons`` and ``best`` (of a commendation): None keeps those of the draft that is renewed.
    """
    told = draft_order(book, kind, person_uid)
    persons = persons if persons is not None else told.persons if told else ()
    best = best if best is not None else told.best if told else ()
    return Order(kind, person_uid, dated or book.today, meeting, persons, best, until)


def drafted(book: YearBook, order: Order) -> IssuedDocument:
    """A draft of the order, new or renewed; raises Refused with the reason."""
    existing = store.documents(book.session, assessment_year=book.year)
    uid = book.root(order.person_uid) if order.person_uid else None
    content = content_of(book, order, existing)
    old = standing(book, existing, order.kind, uid)
    if old is None or old.state is not DocumentState.DRAFT:
        old = IssuedDocument(
            kind=order.kind,
            state=DocumentState.DRAFT,
            organ=content.organ,
            prefix=content.prefix,
            title=content.title,
            dated=content.dated or order.dated,
            assessment_year=book.year,
            person_uid=uid,
            village_uid=content.village_uid,
        )
        book.session.add(old)
    else:
        old.organ, old.prefix, old.title = content.organ, content.prefix, content.title
        old.dated, old.village_uid = content.dated or order.dated, content.village_uid
    old.content = {
        "meeting": order.meeting.isoformat() if order.meeting else None,
        "persons": list(order.persons),
        "best": list(order.best),
        "until": order.until.isoformat() if order.until else None,
    }
    book.session.flush()
    return old


def content_now(
    desk: Desk,
    session: Session,
    document: IssuedDocument,
    books: Books | None = None,
) -> Content:
    """What a draft says by today's records, not by those of the day it was made.

    ``books``: the records of a year, where they were read already.
    """
    if document.kind is DocumentKind.FREEFORM:
        return freeform.content(desk, session, document)
    year = document.assessment_year or 0
    book = books(year) if books is not None else YearBook(desk, session, year)
    existing = store.documents(session, assessment_year=document.assessment_year)
    return content_of(book, order_of(document), existing)


def sign_off(session: Session, document: IssuedDocument, content: Content) -> None:
    """Gives the next number of the organ and year, where the kind has one, and keeps the bytes."""
    document.dated = content.dated or document.dated
    year = document.dated.year
    if document.kind.is_numbered and content.prefix:  # 自拟公文 without a red head has none
        series = series_of(session, content.prefix, year)
        document.number_year, document.number_seq = year, series.next_number
        content = content.numbered(document_number(content.prefix, year, series.next_number))
        series.next_number += 1
    pdf = content.typeset(office_faces(session))
    document.organ, document.prefix = content.organ, content.prefix
    document.title, document.village_uid = content.title, content.village_uid
    document.content = {**content.kept, **_told(content)}
    document.pdf, document.sha256 = pdf, fingerprint(pdf)
    document.issued_at = datetime.now(UTC)
    document.state = DocumentState.ISSUED
    session.flush()


def _told(content: Content) -> dict[str, Any]:
    """What an official document says, kept for a Word copy of what was signed off."""
    from daomao_desktop.documents.keeping import as_values
    from daomao_desktop.documents.typesetting import OfficialDocument

    paper = content.compose()
    return {PAPER: as_values(paper)} if isinstance(paper, OfficialDocument) else {}


def order_of(document: IssuedDocument) -> Order:
    """What a draft was asked to be."""
    kept = document.content or {}
    return Order(
        kind=document.kind,
        person_uid=document.person_uid,
        dated=document.dated,
        meeting=meeting_of(document),
        persons=tuple(kept.get("persons", ())),
        best=tuple(kept.get("best", ())),
        until=_day_kept(document, "until"),
    )


def meeting_of(document: IssuedDocument | None) -> date | None:
    """The meeting named when the document was drafted."""
    return _day_kept(document, "meeting")


def _day_kept(document: IssuedDocument | None, name: str) -> date | None:
    kept = (document.content or {}).get(name) if document else None
    return date.fromisoformat(kept) if kept else None


def row_of(one: IssuedDocument, person: Person | None = None) -> NoticeRow:
    """The register's row of a document; ``person``: who it is about."""
    number = None
    if one.number_year is not None and one.number_seq is not None:
        number = document_number(one.prefix, one.number_year, one.number_seq)
    return NoticeRow(
        uid=one.uid,
        kind=one.kind,
        state=one.state,
        number=number,
        title=one.title,
        organ=one.organ,
        dated=one.dated,
        year=one.assessment_year,
        person_uid=one.person_uid,
        village_uid=one.village_uid,
        sha256=one.sha256,
        issued_at=one.issued_at,
        voided_on=one.voided_on,
        void_reason=one.void_reason,
        delivered_on=one.delivered_on,
        receipt=one.receipt,
        meeting=meeting_of(one),
        until=_day_kept(one, "until"),
        name=person.name if person else "",
        pinyin=person.pinyin if person else "",
        initials=person.initials if person else "",
    )


def series_of(session: Session, prefix: str, year: int) -> NumberSeries:
    found = store.series(session, prefix, year)
    if found is None:
        found = NumberSeries(prefix=prefix, year=year)
        session.add(found)
        session.flush()
    return found
