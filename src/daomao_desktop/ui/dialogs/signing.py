"""Before anything is numbered: which numbers, to whom, of which day; then 签发 and the printer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from daomao_desktop.domain.dates import chinese_date
from daomao_desktop.domain.notices import is_posted
from daomao_desktop.errors import DaomaoError
from daomao_desktop.services import notice_runs
from daomao_desktop.services.desk import Area, Changes
from daomao_desktop.services.notice_plan import PreviewStale, SigningPlan, ToSign
from daomao_desktop.services.notice_runs import SignedRun
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs import output
from daomao_desktop.ui.dialogs.base import Sheet
from daomao_desktop.ui.dialogs.print_sheet import PrintSheet
from daomao_desktop.ui.dialogs.wanted import Wanted, orders_of, outcome
from daomao_desktop.ui.operations import Job
from daomao_desktop.ui.printing import PrintOrder
from daomao_desktop.ui.theme import px
from daomao_desktop.ui.widgets.parts import label

_ROWS_SHOWN = 7
_WIDTH = 640  # pixels at the normal size


class SigningSheet(PrintSheet):
    """What will be signed off, above the choice of the printer; Esc signs nothing.

    ``go`` gets the order for the printer, or None for 只签发. ``said``: why it is asked again.
    """

    def __init__(
        self,
        plan: SigningPlan,
        wanted: Sequence[Wanted],
        printers: Sequence[str],
        pages: int,
        go: Callable[[PrintOrder | None], object],
        said: str = "",
        parent: QWidget | None = None,
    ) -> None:
        ready = plan.ready
        first = ready[0]
        one = " ".join(part for part in (first.number, first.title) if part)
        what = one if len(ready) == 1 else f"共 {len(ready)} 份文书"
        posted = sum(is_posted(paper.title) for paper in ready)
        count = len(ready)
        only = pages if count == 1 else 0
        super().__init__(what, printers, only, go, parent, posted=posted, count=count)
        self._width = _WIDTH
        self.setWindowTitle("签发并打印")
        self.heading.setText("签发这一份" if len(ready) == 1 else f"签发这 {len(ready)} 份")
        words = f"将编文号：{plan.numbers}" if plan.numbers else "这类文书不编文号。"
        self.numbers = label(words, "strong", wrap=True)
        self.papers = _table(plan, wanted)
        self.body.insertWidget(0, self.numbers)
        self.body.insertWidget(1, self.papers)
        warning = "签发后内容不能再改，文号不能收回；发错了只能作废。"
        self.body.insertWidget(2, label(warning, "hint", wrap=True))
        if refused := _refused(plan, wanted):
            self.body.insertWidget(3, label(refused, "warn", wrap=True))
        if said:
            self.banner.tell(said, "banner-error")
        self.print_button.setText("签发并打印")

        def sign_only() -> None:
            self.close()
            go(None)

        self.sign_only = self.add_button("只签发", sign_only)
        self._buttons.removeWidget(self.sign_only)
        self._buttons.insertWidget(self._buttons.indexOf(self.print_button), self.sign_only)
        self.print_button.setFocus()


def _table(plan: SigningPlan, wanted: Sequence[Wanted]) -> QTreeWidget:
    """Number, kind, person and day of each that will be signed off."""
    table = QTreeWidget()
    table.setAccessibleName("要签发的文书")
    table.setRootIsDecorated(False)
    table.setHeaderLabels(["文号", "文书", "姓名或标题", "成文日期"])
    for one, planned in zip(wanted, plan.papers, strict=True):
        if planned is not None:
            number = planned.number or "（不编号）"
            about = one.name or planned.title
            row = QTreeWidgetItem([number, one.words, about, chinese_date(planned.dated)])
            row.setToolTip(2, planned.title)
            table.addTopLevelItem(row)
    header = table.header()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
    header.setStretchLastSection(False)
    rows = min(table.topLevelItemCount(), _ROWS_SHOWN)
    table.setFixedHeight(
        header.sizeHint().height() + rows * table.sizeHintForRow(0) + 2 * table.frameWidth() + px(4)
    )
    return table


def _refused(plan: SigningPlan, wanted: Sequence[Wanted]) -> str:
    """Those that cannot be signed off, each with its reason."""
    lines = [
        f"· {one.label}：{problem.sentence}"
        for one, problem in zip(wanted, plan.problems, strict=True)
        if problem is not None
    ]
    return "\n".join((f"另有 {len(lines)} 份这次不能签发：", *lines)) if lines else ""


@dataclass(frozen=True, slots=True)
class Ended:
    """How far it came: the documents as they are now, which must be seen anew, and what to say."""

    wanted: list[Wanted]
    stale: int | None
    error: DaomaoError | None


class SigningOff:
    """Plans, asks, signs off and prints, over a ``sheet``; ``on_ended`` hears how it ended.

    ``print_signed(uids, order)`` prints what was signed off. Nothing is signed off that was not
    planned and confirmed; where the plan no longer holds it is made and asked anew.
    """

    def __init__(
        self,
        sheet: Sheet,
        context: Context,
        on_ended: Callable[[Ended], object],
        print_signed: Callable[[list[str], PrintOrder], object],
    ) -> None:
        self._sheet = sheet
        self._context = context
        self._on_ended = on_ended
        self._print_signed = print_signed
        self._job: Job | None = None
        self._wanted: list[Wanted] = []
        self._orders: list[ToSign] = []
        self._pages = 0
        self._signed: list[str] = []

    @property
    def job(self) -> Job | None:
        """What is being planned or signed off now."""
        return self._job

    def begin(self, wanted: Sequence[Wanted], orders: Sequence[ToSign], pages: int) -> None:
        """Plans the orders and asks; ``pages``: of the page shown, where there is one order."""
        self._wanted, self._orders, self._pages = list(wanted), list(orders), pages
        self._signed = []
        self._plan("")

    def _plan(self, said: str) -> None:
        desk, orders = self._context.desk, self._orders

        def work(job: Job) -> tuple[SigningPlan, list[str]]:
            return notice_runs.plan_signing(desk, orders, job.go_on), output.printers()

        def planned(found: tuple[SigningPlan, list[str]]) -> None:
            self._job = None
            self._ask(*found, said)

        self._job = self._context.operations.long(
            work, planned, self._on_refused, owner=self._sheet, title="正在核对文号…"
        )

    def _ask(self, plan: SigningPlan, printers: list[str], said: str) -> None:
        stopped = len(plan.orders) < len(self._orders)
        stale = any(isinstance(problem, PreviewStale) for problem in plan.problems)
        if stopped or stale or not plan.ready:
            rest = (None,) * (len(self._orders) - len(plan.orders))
            nobody = SignedRun((None,) * len(self._orders), (*plan.problems, *rest), stopped)
            self._tell(nobody)
            return
        drafts = [one for one in self._wanted if not one.issued]

        def go(order: PrintOrder | None) -> None:
            self._sign(plan, order)

        sheet = SigningSheet(plan, drafts, printers, self._pages, go, said, self._sheet)
        # Every way out closes it; only afterwards is it known whether that was to sign.
        sheet.rejected.connect(lambda: QTimer.singleShot(0, self._on_closed))
        sheet.open()

    def _on_closed(self) -> None:
        if self._job is None and shiboken6.isValid(self._sheet):
            self._on_ended(Ended(self._wanted, None, None))

    def _sign(self, plan: SigningPlan, order: PrintOrder | None) -> None:
        desk = self._context.desk

        # Without an owner: what is signed off is told although the dialog may be closed by then.
        def done(run: SignedRun) -> None:
            self._job = None
            if shiboken6.isValid(self._sheet):
                self._on_run(plan, run, order)

        def refused(error: DaomaoError) -> None:
            if shiboken6.isValid(self._sheet):
                self._on_refused(error)
            else:
                self._context.operations.failed.emit(error)

        self._job = self._context.operations.long(
            lambda job: notice_runs.sign_all(desk, plan, job.go_on),
            done,
            refused,
            title="正在签发…",
            changes=lambda _run: Changes(frozenset({Area.NOTICES})),
        )

    def _on_run(self, plan: SigningPlan, run: SignedRun, order: PrintOrder | None) -> None:
        """Goes on to the printer where all went as planned; else says what was not signed, why."""
        self._signed += [uid for uid in run.uids if uid is not None]
        changed = run.changed
        if changed is not None:
            self._tell(run)
            self._orders = orders_of(self._wanted, plan.orders[0].dated)
            self._plan(changed.sentence)
            return
        self._tell(run)
        if order is not None and run.uids.count(None) == plan.papers.count(None):
            self._print_signed(self._signed, order)

    def _tell(self, run: SignedRun) -> None:
        drafts = [n for n, one in enumerate(self._wanted) if not one.issued]
        stale = [
            n
            for n, problem in zip(drafts, run.problems, strict=True)
            if isinstance(problem, PreviewStale)
        ]
        self._wanted, error = outcome(self._wanted, run)
        self._on_ended(Ended(self._wanted, stale[0] if stale else None, error))

    def _on_refused(self, error: DaomaoError) -> None:
        self._job = None
        self._on_ended(Ended(self._wanted, None, error))
