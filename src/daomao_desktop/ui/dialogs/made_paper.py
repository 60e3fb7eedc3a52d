"""A paper just made, that is looked at, printed and saved; nothing is signed off or stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QWidget

from daomao_desktop.errors import DaomaoError
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.output import print_out, save_as
from daomao_desktop.ui.dialogs.paper_sheet import PaperSheet
from daomao_desktop.ui.operations import Cancelled, Job
from daomao_desktop.ui.printing import PrintPaper
from daomao_desktop.ui.widgets.buttons import button
from daomao_desktop.ui.widgets.parts import label


@dataclass(frozen=True, slots=True)
class MadePaper:
    """What is to be looked at: its name, the words above it, and how it is made in the worker.

    ``make`` may tell the job how far it is; ``busy`` is what the bar says meanwhile.
    """

    title: str
    file_name: str
    words: str
    busy: str
    make: Callable[[Job], bytes]


class MadePaperSheet(PaperSheet):
    """Makes the paper in the worker, shows it, prints or saves what is shown."""

    def __init__(self, context: Context, paper: MadePaper, parent: QWidget | None = None) -> None:
        super().__init__(paper.title, context, parent, width=1100)
        self._paper = paper
        self._pdf = b""
        self._job: Job | None = None
        row = QHBoxLayout()
        self.words = label(paper.words, "muted", wrap=True)
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
        make = self._paper.make

        def work(job: Job) -> bytes | None:
            try:
                return make(job)
            except Cancelled:
                return None

        self._job = self._context.operations.long(
            work, self._on_read, self._on_refused, owner=self, title=self._paper.busy
        )

    def _on_read(self, pdf: bytes | None) -> None:
        self._job = None
        if pdf is None:
            self.reject()  # stopped: there is nothing to look at
            return
        self._pdf = pdf
        if not self.pane.show_bytes(pdf):
            self.refuse("这份文书显示不出来，请存为 PDF 再看。")
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
            paper = PrintPaper("", self._paper.title, self._pdf)
            print_out(self, self._context, lambda: [paper], _not_logged)

    def _on_save(self) -> None:
        name, pdf = self._paper.file_name, self._pdf
        save_as(self, self._context, lambda: (name, pdf))


def _not_logged(*_: object) -> None:
    """Only what is stored under a number has a log of its prints."""
