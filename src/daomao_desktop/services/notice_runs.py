"""Many documents in one go: signing off, and writing the stored bytes as files.

``on_progress`` gets (done, total) between documents and says whether to go on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.notices import DocumentKind, DocumentState
from daomao_desktop.errors import DaomaoError, NotFound, Refused
from daomao_desktop.files import replace_file
from daomao_desktop.services import notices, print_year
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.notice_steps import NoticeRow, file_name, unused_name
from daomao_desktop.services.print_output import log_written, make_folder

OnProgress = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class ToSign:
    """A document to be signed off: a draft by its uid, or one still to be drafted.

    ``dated``: day of one not drafted yet (default: today). ``seen``: fingerprint of the page that
    was looked at; nothing else is signed off then.
    """

    kind: DocumentKind
    year: int
    person_uid: str | None
    uid: str | None = None
    dated: date | None = None
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class SignedRun:
    """In the order asked for: the uid of each signed off, else None, and why it was not.

    ``stopped``: the rest was not tried.
    """

    uids: tuple[str | None, ...]
    problems: tuple[DaomaoError | None, ...]
    stopped: bool


@dataclass(frozen=True, slots=True)
class SavedRun:
    """The files written; ``stopped``: not all that were asked for."""

    paths: tuple[Path, ...]
    stopped: bool


def sign_all(desk: Desk, documents: Sequence[ToSign], on_progress: OnProgress) -> SignedRun:
    """Signs off each in a transaction of its own; one that is refused stops none of the others."""
    desk.require(Permission.ISSUE)
    uids: list[str | None] = []
    problems: list[DaomaoError | None] = []
    for done, one in enumerate(documents):
        if not on_progress(done, len(documents)):
            rest = (None,) * (len(documents) - done)
            return SignedRun((*uids, *rest), (*problems, *rest), stopped=True)
        try:
            uid = one.uid or notices.draft_notice(
                desk, one.kind, one.year, one.person_uid, dated=one.dated
            )
            notices.issue_notice(desk, uid, one.seen)
        except DaomaoError as error:
            uids.append(None)
            problems.append(error)
        else:
            uids.append(uid)
            problems.append(None)
    on_progress(len(documents), len(documents))
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
