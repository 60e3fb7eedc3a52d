"""Many documents in one go: signing off, and writing the stored bytes as files.

``on_progress`` gets (done, total) between documents and says whether to go on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.notices import DocumentState
from daomao_desktop.errors import DaomaoError, NotFound, Refused
from daomao_desktop.files import replace_file
from daomao_desktop.services import notices, print_year
from daomao_desktop.services.assessment_book import YearBook
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.fonts import office_faces
from daomao_desktop.services.notice_content import fingerprint
from daomao_desktop.services.notice_plan import (
    PlanChanged,
    Planned,
    PreviewStale,
    SigningPlan,
    ToSign,
)
from daomao_desktop.services.notice_steps import (
    Books,
    NoticeRow,
    content_now,
    drafted,
    file_name,
    renewed_order,
    row_of,
    sign_off,
    unused_name,
)
from daomao_desktop.services.print_output import log_written, make_folder
from daomao_desktop.store.engine import Session
from daomao_desktop.store.notices import IssuedDocument

PROOF = "送审稿"
"""What stands across the pages of a draft that goes round for approval."""

OnProgress = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class SignedRun:
    """In the order asked for: the uid of each signed off, else None, and why it was not.

    ``stopped``: the rest was not tried; ``changed``: because the plan no longer held.
    """

    uids: tuple[str | None, ...]
    problems: tuple[DaomaoError | None, ...]
    stopped: bool
    changed: PlanChanged | None = None


@dataclass(frozen=True, slots=True)
class SavedRun:
    """The files written; ``stopped``: not all that were asked for."""

    paths: tuple[Path, ...]
    stopped: bool


class _Tried(Exception):  # not an error: what was tried is undone
    pass


def plan_signing(desk: Desk, orders: Sequence[ToSign], on_progress: OnProgress) -> SigningPlan:
    """What signing off these in this order would give; nothing is kept.

    It is really done and then undone, so that a certificate finds the commendation before it
    signed off, and every number is the one it will get. A document is told as PreviewStale where
    it is not what was ``seen``; once stopped, the rest is not looked at and not in the plan.
    """
    desk.require(Permission.ISSUE)
    papers: list[Planned | None] = []
    problems: list[DaomaoError | None] = []
    with suppress(_Tried), desk.store.writing(desk.operator.uid) as session:
        books = _books(desk, session)
        for done, order in enumerate(orders):
            if not on_progress(done, len(orders)):
                break
            try:
                with session.begin_nested():
                    papers.append(_tried(desk, session, order, books))
            except DaomaoError as error:
                papers.append(None)
                problems.append(error)
            else:
                problems.append(None)
        raise _Tried
    return SigningPlan(tuple(orders[: len(papers)]), tuple(papers), tuple(problems))


def _books(desk: Desk, session: Session) -> Books:
    """Each year's records, read once: drafting and signing off change none of them."""
    return cache(lambda year: YearBook(desk, session, year))


def _draft(session: Session, order: ToSign, books: Books) -> IssuedDocument:
    """The draft ordered, made where there is none yet; raises Refused for what is no draft."""
    if order.uid is None:
        book = books(order.year)
        asked = renewed_order(book, order.kind, order.person_uid, dated=order.dated)
        document = drafted(book, asked)
    else:
        document = notices.found_document(session, order.uid)
    if document.state is not DocumentState.DRAFT:
        raise Refused(f"这份文书{document.state.value}，不能再次签发。")
    return document


def _tried(desk: Desk, session: Session, order: ToSign, books: Books) -> Planned:
    document = _draft(session, order, books)
    content = content_now(desk, session, document, books)
    if order.seen is not None and fingerprint(content.typeset(office_faces(session))) != order.seen:
        raise PreviewStale
    sign_off(session, document, content)
    series = None
    if document.number_year is not None and document.number_seq is not None:
        series = (document.prefix, document.number_year, document.number_seq)
    return Planned(
        document.title, document.dated, row_of(document).number, series, document.sha256 or ""
    )


@dataclass(frozen=True, slots=True)
class Proofs:
    """送审稿: title and PDF of each draft that could be set, and why the others could not."""

    papers: tuple[tuple[str, bytes], ...]
    problems: tuple[DaomaoError, ...]


def proofs(desk: Desk, orders: Sequence[ToSign]) -> Proofs:
    """The drafts as they would be today, without number, marked 送审稿 on every page.

    Nothing is stored, numbered or logged. Raises Refused where there is no draft.
    """
    desk.require(Permission.READ)
    papers: list[tuple[str, bytes]] = []
    problems: list[DaomaoError] = []
    with suppress(_Tried), desk.store.writing(desk.operator.uid) as session:
        books = _books(desk, session)
        for order in orders:
            try:
                with session.begin_nested():
                    document = _draft(session, order, books)
                    content = content_now(desk, session, document, books)
                    pdf = content.typeset(office_faces(session), PROOF)
                    papers.append((f"{PROOF} {content.title}", pdf))
            except DaomaoError as error:
                problems.append(error)
        raise _Tried
    if not papers:
        raise problems[0] if problems else Refused("没有草稿可以打印送审稿。")
    return Proofs(tuple(papers), tuple(problems))


def sign_all(desk: Desk, plan: SigningPlan, on_progress: OnProgress) -> SignedRun:
    """Signs off what the plan has ready, each in a transaction of its own.

    One that is refused stops none of the others, unless they would get other numbers than planned
    or say something else: then the rest is left for another plan.
    """
    desk.require(Permission.ISSUE)
    total = len(plan.orders)
    uids: list[str | None] = []
    problems: list[DaomaoError | None] = []

    def left(changed: PlanChanged | None = None) -> SignedRun:
        rest = (None,) * (total - len(uids))
        told = plan.problems[len(uids) :]
        return SignedRun((*uids, *rest), (*problems, *told), stopped=True, changed=changed)

    for done, (order, planned) in enumerate(zip(plan.orders, plan.papers, strict=True)):
        if not on_progress(done, total):
            return left()
        if planned is None:
            uids.append(None)
            problems.append(plan.problems[done])
            continue
        try:
            uid = order.uid or notices.draft_notice(
                desk, order.kind, order.year, order.person_uid, dated=order.dated
            )
            notices.issue_notice(desk, uid, planned)
        except PlanChanged as error:
            return left(error)
        except DaomaoError as error:
            uids.append(None)
            problems.append(error)
        else:
            uids.append(uid)
            problems.append(None)
    on_progress(total, total)
    return SignedRun(tuple(uids), tuple(problems), stopped=False)


def save_each(desk: Desk, uids: Sequence[str], folder: Path, on_progress: OnProgress) -> SavedRun:
    """Writes each document signed off into a file of its own, named by number and title.

    A second run replaces the files of the first. Raises FileProblem where one cannot be written;
    those written before stay.
    """
    names = file_names(_issued(desk, uids))
    make_folder(folder)
    written: dict[str, Path] = {}
    stopped = False
    try:
        for done, (uid, name) in enumerate(names.items()):
            if not on_progress(done, len(names)):
                stopped = True
                break
            replace_file(folder / name, notices.stored_pdf(desk, uid))
            written[uid] = folder / name
    finally:
        log_written(desk, list(written))
    on_progress(len(written), len(names))
    return SavedRun(tuple(written.values()), stopped)


def save_merged(desk: Desk, uids: Sequence[str], path: Path, *, sides: bool = False) -> SavedRun:
    """Writes all of them as one file, in the order given. Raises FileProblem.

    ``sides``: each begins on the front of a sheet.
    """
    rows = _issued(desk, uids)
    make_folder(path.parent)
    replace_file(path, print_year.merged_pdf(desk, [row.uid for row in rows], sides=sides))
    log_written(desk, [row.uid for row in rows])
    return SavedRun((path,), stopped=False)


def file_names(rows: Sequence[NoticeRow]) -> dict[str, str]:
    """uid → file name; papers without a number may share a title, theirs are counted."""
    given: set[str] = set()
    return {row.uid: unused_name(file_name(row), given) for row in rows}


def _issued(desk: Desk, uids: Sequence[str]) -> list[NoticeRow]:
    rows = {row.uid: row for row in notices.list_notices(desk)}
    if any(uid not in rows for uid in uids):
        raise NotFound("有的文书已被删除，请刷新后再试。")
    found = [rows[uid] for uid in uids if rows[uid].state is not DocumentState.DRAFT]
    if not found:
        raise Refused("没有已签发的文书可以存；草稿请先签发。")
    return found
