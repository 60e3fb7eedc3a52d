"""Finished papers out of a dialog: to a printer, or into a PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import shiboken6

from daomao_desktop.errors import DaomaoError
from daomao_desktop.files import replace_file
from daomao_desktop.services import notices
from daomao_desktop.services.desk import Area, Changes, Desk
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.base import Sheet
from daomao_desktop.ui.dialogs.file_dialog import FileDialog
from daomao_desktop.ui.dialogs.print_sheet import PrintSheet
from daomao_desktop.ui.opening import opening
from daomao_desktop.ui.printing import (
    Printed,
    PrintOrder,
    PrintPaper,
    page_count,
    print_papers,
    printer_names,
)

Log = Callable[[str, PrintOrder], object]


def printers() -> list[str]:
    """The queues to offer; asking for them takes its time, so in the worker."""
    return printer_names()


def issued_papers(desk: Desk, uids: Sequence[str]) -> list[PrintPaper]:
    """The papers of these documents as they were signed off, in this order; in the worker."""
    rows = {row.uid: row for row in notices.list_notices(desk)}
    papers = []
    for uid in uids:
        title = " ".join(part for part in (rows[uid].number, rows[uid].title) if part)
        papers.append(PrintPaper(uid, title, notices.stored_pdf(desk, uid)))
    return papers


def print_out(
    sheet: Sheet, context: Context, read: Callable[[], list[PrintPaper]], log: Log
) -> None:
    """Asks for printer and copies, and prints; ``read`` runs in the worker.

    ``log(uid, order)`` is called for each paper as soon as it is printed completely.
    """

    def work() -> tuple[list[PrintPaper], list[str], int, frozenset[int]]:
        papers = read()
        blank = papers[0].blank_pages if len(papers) == 1 else frozenset[int]()
        return papers, printers(), sum(paper.posted for paper in papers), blank

    def ready(found: tuple[list[PrintPaper], list[str], int, frozenset[int]]) -> None:
        papers, names, posted, blank = found
        pages = page_count(papers[0].pdf) if len(papers) == 1 else 0
        what = papers[0].title if len(papers) == 1 else f"共 {len(papers)} 份文书"
        go = partial(_send, sheet, context, papers=papers, log=log)
        of = len(papers)
        PrintSheet(what, names, pages, go, sheet, posted=posted, count=of, blank=blank).open()

    context.operations.query(work, ready, sheet.refuse, owner=sheet)


def print_as(
    sheet: Sheet,
    context: Context,
    read: Callable[[], list[PrintPaper]],
    order: PrintOrder,
    log: Log,
) -> None:
    """Prints as ordered already; ``read`` and ``log`` as in ``print_out``."""
    context.operations.query(
        read,
        lambda papers: _send(sheet, context, order, papers, log),
        sheet.refuse,
        owner=sheet,
    )


def _send(
    sheet: Sheet, context: Context, order: PrintOrder, papers: Sequence[PrintPaper], log: Log
) -> None:
    # Without an owner: the register hears of it although this dialog may be closed by then.
    def printed(done: Printed) -> None:
        told = order.told(f"{len(done.uids)} 份" if len(papers) > 1 else "")
        context.tell(told, *(opening(Path(order.file), context.tell) if order.file else ()))
        if not shiboken6.isValid(sheet):
            return
        rest = f"已送出 {len(done.uids)} 份，其余 {len(papers) - len(done.uids)} 份没有打印"
        if done.problem is not None:
            words = f"{rest}：{done.problem.sentence}"
            sheet.refuse(DaomaoError(words, done.problem.details))
        elif done.stopped:
            sheet.refuse(f"{rest}。")
        else:
            steps = opening(Path(order.file), sheet.refuse) if order.file else ()
            sheet.banner.tell(told, "banner-good", *steps)

    def refused(error: DaomaoError) -> None:
        if shiboken6.isValid(sheet):
            sheet.refuse(error)
        else:
            context.operations.failed.emit(error)

    context.operations.long(
        # Logged at once: what is printed stays printed, whatever comes next.
        lambda job: print_papers(order, papers, job, lambda uid: log(uid, order)),
        printed,
        refused,
        title="正在打印…",
        changes=lambda done: Changes(frozenset({Area.NOTICES}), done.uids),
    )


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file to be saved: what the dialog says, its filter and suffix."""

    title: str
    pattern: str
    suffix: str


PDF = FileKind("存为 PDF", "PDF (*.pdf)", "pdf")
WORD = FileKind("存为 Word", "Word 文档 (*.docx)", "docx")


def save_as(
    sheet: Sheet,
    context: Context,
    read: Callable[[], tuple[str, bytes]],
    kind: FileKind = PDF,
) -> None:
    """Asks where to and writes one file; ``read`` gives its usual name and bytes, in the worker."""

    def ready(found: tuple[str, bytes]) -> None:
        name, content = found
        dialog = FileDialog(sheet, kind.title, name, kind.pattern)
        dialog.fileSelected.connect(lambda chosen: write(sheet, context, Path(chosen), content))
        dialog.ask_to_save(kind.suffix)

    context.operations.query(read, ready, sheet.refuse, owner=sheet)


def write(sheet: Sheet, context: Context, path: Path, content: bytes) -> None:
    """Writes the bytes; says where they are."""
    context.operations.query(
        lambda: replace_file(path, content),
        lambda _none: sheet.banner.tell(
            f"已存到 {path}", "banner-good", *opening(path, sheet.refuse)
        ),
        sheet.refuse,
        owner=sheet,
    )
