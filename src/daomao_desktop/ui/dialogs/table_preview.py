"""Tables made from the records: looked at, printed, saved; nothing is signed off or stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from daomao_desktop.domain.notices import DocumentKind
from daomao_desktop.services import year_tables
from daomao_desktop.services.year_tables import TablePaper
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.made_paper import MadePaper, MadePaperSheet


@dataclass(frozen=True, slots=True)
class Tables:
    """What is to be looked at: a kind of a year, of everyone or (forms) of these people."""

    year: int
    kind: DocumentKind
    title: str
    file_name: str
    person_uids: tuple[str, ...] = ()


def tables_of(year: int, papers: Sequence[TablePaper], *, everyone: bool = False) -> Tables:
    """These papers of one kind as one thing to look at."""
    first = papers[0]
    if len(papers) == 1:
        own = (first.person_uid,) if first.person_uid else ()
        return Tables(year, first.kind, first.title, first.file_name, own)
    title = f"{year}{first.kind.value}（{len(papers)}人）"
    uids = tuple(one.person_uid for one in papers if one.person_uid)
    return Tables(year, first.kind, title, f"{title}.pdf", () if everyone else uids)


class TablePreviewSheet(MadePaperSheet):
    """The tables, made anew from the records."""

    def __init__(self, context: Context, tables: Tables, parent: QWidget | None = None) -> None:
        desk = context.desk
        paper = MadePaper(
            tables.title,
            tables.file_name,
            words="照现在的记录制成，打印后不另存档。",
            busy="正在制表…",
            make=lambda job: year_tables.tables_merged(
                desk, tables.year, tables.kind, tables.person_uids, job.progress
            ),
        )
        super().__init__(context, paper, parent)


def open_kind(
    context: Context, year: int, kind: DocumentKind, parent: QWidget, tell: Callable[[str], None]
) -> None:
    """Looks at all tables of the kind; ``tell`` gets the sentence why there are none."""
    desk = context.desk

    def ready(papers: tuple[TablePaper, ...]) -> None:
        tell("")
        TablePreviewSheet(context, tables_of(year, papers, everyone=True), parent).open()

    context.operations.query(
        lambda: year_tables.table_papers(desk, year, kind),
        ready,
        lambda error: tell(error.sentence),
        owner=parent,
    )


def open_form(
    context: Context, year: int, person_uid: str, parent: QWidget, tell: Callable[[str], None]
) -> None:
    """Looks at one person's 登记表; ``tell`` gets the sentence why there is none."""
    desk = context.desk

    def ready(papers: tuple[TablePaper, ...]) -> None:
        own = [one for one in papers if one.person_uid == person_uid]
        tell("" if own else f"{year}年没有此人的登记表。")
        if own:
            TablePreviewSheet(context, tables_of(year, own), parent).open()

    context.operations.query(
        lambda: year_tables.table_papers(desk, year, DocumentKind.REGISTRATION),
        ready,
        lambda error: tell(error.sentence),
        owner=parent,
    )
