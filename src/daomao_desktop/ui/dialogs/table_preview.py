"""Tables made from the records: looked at, printed, saved; nothing is signed off or stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QWidget

from daomao_desktop.domain.notices import DocumentKind
from daomao_desktop.errors import DaomaoError
from daomao_desktop.services import year_tables
from daomao_desktop.services.year_tables import TablePaper
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.output import print_out, save_as
from daomao_desktop.ui.dialogs.paper_sheet import PaperSheet
from daomao_desktop.ui.operations import Cancelled, Job
from daomao_desktop.ui.printing import PrintPaper
from daomao_desktop.ui.widgets.buttons import button
from daomao_desktop.ui.widgets.parts import label


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


class TablePreviewSheet(PaperSheet):
    """Makes the tables in the worker, shows them, prints or saves what is shown."""

    def __init__(self, context: Context, tables: Tables, parent: QWidget | None = None) -> None:
        super().__init__(tables.title, context, parent, width=1100)
        self._tables = tables
        self._pdf = b""
        self._job: Job | None = None
        row = QHBoxLayout()
        self.words = label("照现在的记录制成，打印后不另存档。", "muted")
        row.addWidget(self.words, 1)
        row.addWidget(self.zoom)
        self.outer.insertLayout(2, row)
        self.save_pdf = button("存为 PDF…", self._on_save)
        self.add_left(self.save_pdf)
        self.add_button("关闭", self.reject)
        self.print = self.add_button("打印…", self._on_print, "primary", default=True)
        self._allow(False)
        self._read()

    def reject(self) -> None:
        """Esc and 关闭: what is still being made is not made further."""
        if self._job is not None:
            self._job.cancel()
        super().reject()

    def _read(self) -> None:
        desk, tables = self._context.desk, self._tables

        def work(job: Job) -> bytes | None:
            try:
                return year_tables.tables_merged(
                    desk, tables.year, tables.kind, tables.person_uids, job.progress
                )
            except Cancelled:
                return None

        self._job = self._context.operations.long(
            work, self._on_read, self._on_refused, owner=self, title="正在制表…"
        )

    def _on_read(self, pdf: bytes | None) -> None:
        self._job = None
        if pdf is None:
            self.reject()  # stopped: there is nothing to look at
            return
        self._pdf = pdf
        if not self.pane.show_bytes(pdf):
            self.refuse("这份表显示不出来，请存为 PDF 再看。")
        self.words.setText(f"{self.words.text()}　共 {self.pane.pages} 页")
        self._allow(True)
        self.pane.setFocus()

    def _on_refused(self, error: DaomaoError) -> None:
        self._job = None
        self.refuse(error)

    def _allow(self, allowed: bool) -> None:
        self.save_pdf.setEnabled(allowed)
        self.print.setEnabled(allowed)

    def _on_print(self) -> None:
        if self.print.isEnabled():
            paper = PrintPaper("", self._tables.title, self._pdf)
            print_out(self, self._context, lambda: [paper], _not_logged)

    def _on_save(self) -> None:
        name, pdf = self._tables.file_name, self._pdf
        save_as(self, self._context, lambda: (name, pdf))


def _not_logged(*_: object) -> None:
    """Only what is stored under a number has a log of its prints."""


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
