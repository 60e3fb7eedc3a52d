"""Drafting, signing off and writing a year's documents in one go, year tables among them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.assessment_year import documents_open
from daomao_desktop.domain.notices import DocumentKind, DocumentState
from daomao_desktop.errors import DaomaoError, FileProblem, Refused
from daomao_desktop.services.assessment_book import YearBook
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.notice_content import Order
from daomao_desktop.services.notice_kinds import content_of
from daomao_desktop.services.notice_steps import (
    NoticeRow,
    drafted,
    order_of,
    row_of,
    sign_off,
    standing,
    wanted,
)
from daomao_desktop.services.notices import intact_pdfs, list_notices
from daomao_desktop.services.print_output import (
    TO_FILE,
    PrintOutput,
    PrintReport,
    WrittenFile,
    make_folder,
)
from daomao_desktop.services.year_tables import table_contents
from daomao_desktop.store import notices as store
from daomao_desktop.store.notices import IssuedDocument

__all__ = ["TO_FILE", "PrintReport", "WrittenFile", "merged_pdf", "print_year"]

Target = tuple[DocumentKind, str | None]

_BY_GRADE = (
    DocumentKind.CRITICISM,
    DocumentKind.DEDUCTION,
    DocumentKind.COMMENDATION,
    DocumentKind.CERTIFICATE,
)
# Made from the records or written by the office itself: no grade calls for them.
_NOT_CALLED = (
    DocumentKind.FREEFORM,
    *(kind for kind in DocumentKind if kind.is_table),
)


def print_year(
    desk: Desk,
    year: int,
    out: Path,
    *,
    kinds: Sequence[DocumentKind] = (),
    meeting: date | None = None,
    dated: date | None = None,
    dry_run: bool = False,
    merged: bool = False,
    sides: bool = False,
    on_progress: Callable[[int, int], None] | None = None,
) -> PrintReport:
    """Writes the year's papers into ``out``, each document in a transaction of its own.

    What was signed off before is written from its stored bytes; the rest is drafted, signed off
    and written. ``kinds``: only these (none: those a grade calls for); year tables among them are
    made from the records, last the register of that year's numbers; what the office wrote itself
    and dated in that year is written where it is signed off. ``meeting`` decided the criticisms
    (default: that of each proposal); ``dated``: day of documents and tables (default: today).
    ``merged``: into one file instead of one each, with ``sides`` each on the front of a sheet.
    ``on_progress`` gets (done, total) between papers and may raise to stop. Raises Refused before
    生效 (but for the public notice and tables), FileProblem where nothing can be written.
    """
    called = not kinds or any(kind not in _NOT_CALLED for kind in kinds)
    desk.require(Permission.ISSUE if called and not dry_run else Permission.READ)
    targets, before = _targets(desk, year, kinds) if called else ([], {})
    own = _own_papers(desk, year) if DocumentKind.FREEFORM in kinds else []
    tables = [
        content
        for kind in (DocumentKind.REGISTRATION, DocumentKind.SUMMARY)
        if kind in kinds
        for content in table_contents(desk, year, kind, dated=dated)
    ]
    has_register = DocumentKind.REGISTER in kinds
    total = len(targets) + len(own) + len(tables) + has_register
    if not dry_run and total:
        make_folder(out)
    settle = _expected if dry_run else _signed
    output = PrintOutput(out, f"{year}年度文书", dry_run=dry_run, merged=merged)

    def tell(done: int) -> None:
        if on_progress is not None:
            on_progress(done, total)

    try:
        for done, target in enumerate(targets):
            tell(done)
            found = before.get(target) or settle(desk, year, target, meeting, dated or desk.today())
            output.take_document(desk, found)
        for done, row in enumerate(own, len(targets)):
            tell(done)
            output.take_document(desk, row)
        for done, content in enumerate(tables, len(targets) + len(own)):
            tell(done)
            output.take_table(content)
        if has_register:  # after the documents, so that it lists them
            tell(total - 1)
            for content in table_contents(desk, year, DocumentKind.REGISTER, dated=dated):
                output.take_table(content)
        tell(total)
        output.finish(sides=sides, on_progress=lambda _done: tell(total))
    finally:
        output.log(desk)
    return PrintReport(tuple(output.written), tuple(output.lacking), dry_run)


def merged_pdf(desk: Desk, uids: Sequence[str], *, sides: bool = False) -> bytes:
    """Documents signed off as one PDF of their stored bytes, in this order.

    ``sides``: each begins on the front of a sheet. Raises NotFound, Refused for a draft, StoreError
    where one was damaged.
    """
    from daomao_desktop.documents.merging import merge

    desk.require(Permission.READ)
    with desk.store.reading() as session:
        pdfs = intact_pdfs(session, uids)
    return merge(list(pdfs), title="文书", sides=sides)


def _own_papers(desk: Desk, year: int) -> list[NoticeRow]:
    """自拟公文 signed off and dated in that year, in the register's order."""
    return [
        row
        for row in list_notices(desk)
        if row.kind is DocumentKind.FREEFORM
        and row.state is DocumentState.ISSUED
        and row.dated.year == year
    ]


def _targets(
    desk: Desk, year: int, kinds: Sequence[DocumentKind]
) -> tuple[list[Target], dict[Target, NoticeRow]]:
    """The documents called for, in order, and which of them are signed off already."""
    with desk.store.reading() as session:
        book = YearBook(desk, session, year)
        if book.history:
            raise Refused(f"{year}年是补录的历史年度，不制发文书。")
        posting = DocumentKind.PUBLIC_NOTICE in kinds  # belongs to the time before 生效
        if not documents_open(book.state) and not posting:
            raise Refused(f"{year}年度考核还在“{book.state.value}”，“生效”以后才能制发文书。")
        existing = store.documents(session, assessment_year=year)
        targets = [target for target in wanted(book, existing) if target[0] in (kinds or _BY_GRADE)]
        notice: Target = (DocumentKind.PUBLIC_NOTICE, None)
        if posting and notice not in targets:
            targets.append(notice)
        found = {target: standing(book, existing, *target) for target in targets}
        return targets, {
            target: row_of(one)
            for target, one in found.items()
            if one is not None and one.state is DocumentState.ISSUED
        }


def _signed(
    desk: Desk, year: int, target: Target, meeting: date | None, dated: date
) -> NoticeRow | str:
    """The document signed off; or why it is lacking."""
    kind, uid = target
    subject = kind.value
    try:
        with desk.store.writing(desk.operator.uid) as session:
            book = YearBook(desk, session, year)
            subject = _subject(book, target)
            existing = store.documents(session, assessment_year=year)
            document = standing(book, existing, kind, uid)
            if document is None or document.state is DocumentState.DRAFT:
                document = drafted(book, _order(target, document, meeting, dated))
                content = content_of(book, order_of(document), existing)
                sign_off(session, document, content)
            return row_of(document)
    except (FileProblem, OSError):
        raise
    except DaomaoError as error:
        return f"{subject}：{error.sentence}"


def _expected(
    desk: Desk, year: int, target: Target, meeting: date | None, dated: date
) -> NoticeRow | str:
    """What ``_signed`` would give, nothing written."""
    kind, uid = target
    with desk.store.reading() as session:
        book = YearBook(desk, session, year)
        existing = store.documents(session, assessment_year=year)
        document = standing(book, existing, kind, uid)
        try:
            content = content_of(book, _order(target, document, meeting, dated), existing)
            content.typeset()  # a character no font has shows only here
        except DaomaoError as error:
            return f"{_subject(book, target)}：{error.sentence}"
        return NoticeRow(
            uid="",
            kind=kind,
            state=DocumentState.DRAFT,
            number=None,
            title=content.title,
            organ=content.organ,
            dated=content.dated or dated,
            year=year,
            person_uid=uid,
            village_uid=content.village_uid,
        )


def _order(
    target: Target, draft: IssuedDocument | None, meeting: date | None, dated: date
) -> Order:
    """The order of the whole run; what an earlier draft was told (meeting, names) still holds."""
    if draft is None:
        return Order(*target, dated, meeting)
    told = order_of(draft)
    return replace(told, dated=dated, meeting=meeting or told.meeting)


def _subject(book: YearBook, target: Target) -> str:
    kind, uid = target
    return f"{book.label(uid)}的{kind.value}" if uid else f"{book.year}年度{kind.value}"
