"""奖惩文书 → 表册: the year's registration forms, its summary, the register of documents."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from daomao_desktop.domain.notices import DocumentKind
from daomao_desktop.errors import Refused
from daomao_desktop.services import year_tables
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.year_tables import TablePaper
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.table_preview import TablePreviewSheet, open_kind, tables_of
from daomao_desktop.ui.pages.table_page import Tab, TablePane
from daomao_desktop.ui.table_models.year_tables import form_columns
from daomao_desktop.ui.widgets.buttons import button, menu_button
from daomao_desktop.ui.widgets.row_menu import RowStep


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of a year, or the sentence why there are none."""

    papers: tuple[TablePaper, ...]
    reason: str


def read_forms(desk: Desk, year: int) -> Forms:
    """For the worker: what can be printed of the year."""
    try:
        return Forms(year_tables.table_papers(desk, year, DocumentKind.REGISTRATION), "")
    except Refused as error:
        return Forms((), error.sentence)


class TablesTab(Tab):
    """A row for each form; the two lists of everyone have buttons of their own."""

    def __init__(
        self, context: Context, tell: Callable[[str], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._tell = tell
        self._year = 0
        self.pane: TablePane[TablePaper] = TablePane(
            "forms",
            form_columns(),
            context,
            title="登记表清单",
            key=lambda row: row.person_uid,
            unit="人",
        )
        self.all = button("全部登记表", self._on_all, tip="所有人的登记表，一次看完、打印")
        self.summary = button("考核结果汇总表", self._on_summary)
        self.register = menu_button("发文登记簿", [])
        self.register.setToolTip("按文号的年份，如〔2026〕")
        self.fill(self.pane, (self.all, self.summary, self.register))
        self.pane.steps = lambda rows: (
            RowStep("预览…", self.preview, "回车", "" if rows else "请先选人。"),
        )
        self.pane.table.opened.connect(lambda _row: self.preview())

    def show_forms(self, year: int, forms: Forms, numbered: Collection[int]) -> None:
        """The forms of a year; without any, what is lacking. ``numbered``: years with papers."""
        self._year = year
        menu = self.register.menu()
        menu.clear()
        for one in sorted({*numbered, year}, reverse=True):
            action = menu.addAction(f"{one}年")
            action.triggered.connect(lambda _checked=False, one=one: self._on_register(one))
        self.pane.set_rows(forms.papers)
        self.pane.empty.tell(f"{year}年还没有考核登记表", forms.reason)
        self.all.setEnabled(bool(forms.papers))
        self.summary.setEnabled(bool(forms.papers))

    def preview(self) -> None:
        """Enter and 预览: the forms selected, several in one."""
        chosen = self.pane.selected()
        if not chosen:
            self._tell("请先选人：按住 Ctrl 或 Shift 可以选几位；所有人的用“全部登记表”。")
            return
        self._tell("")
        self._open(chosen, everyone=False)

    def _on_all(self) -> None:
        self._open(self.pane.model.rows, everyone=True)

    def _open(self, papers: tuple[TablePaper, ...], *, everyone: bool) -> None:
        tables = tables_of(self._year, papers, everyone=everyone)
        TablePreviewSheet(self._context, tables, self.window()).open()

    def _on_summary(self) -> None:
        open_kind(self._context, self._year, DocumentKind.SUMMARY, self.window(), self._tell)

    def _on_register(self, year: int) -> None:
        open_kind(self._context, year, DocumentKind.REGISTER, self.window(), self._tell)
