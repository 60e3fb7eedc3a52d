"""Ctrl+P: the list as it is shown, looked at, printed or saved."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from daomao_desktop.services.list_paper import ShownList, list_pdf
from daomao_desktop.services.notice_steps import safe_name
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.made_paper import MadePaper, MadePaperSheet
from daomao_desktop.ui.pages.table_page import TablePane


def shown_list(pane: TablePane[Any]) -> ShownList:
    """The columns and rows as they stand there now, in that order."""
    headings, rows, right = pane.table.cells()
    words = pane.filters.words()
    return ShownList(pane.title, words, headings, rows, pane.unit, right)


def print_list(pane: TablePane[Any], context: Context, parent: QWidget) -> None:
    """Looks at the list; it is made from what the table shows at this moment."""
    shown = shown_list(pane)
    paper = MadePaper(
        title=shown.title,
        file_name=safe_name(shown.title),
        words="照现在显示的行和列制成，证件号、电话和账号隐去；打印后不另存档。",
        busy="正在制表…",
        make=lambda _job: list_pdf(context.desk, shown),
    )
    MadePaperSheet(context, paper, parent).open()
