"""Ctrl+P: the list as it is shown, looked at, printed or saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from daomao_desktop.services.list_paper import ShownList, list_pdf
from daomao_desktop.services.notice_steps import safe_name
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.made_paper import MadePaper, MadePaperSheet
from daomao_desktop.ui.pages.table_page import TablePane


def shown_list(pane: TablePane[Any]) -> Callable[[], ShownList]:
    """The columns and rows as they stand there now, in that order.

    What is called afterwards, in the worker, writes out their texts: of thousands of rows that is
    no work for the window.
    """
    columns, rows = pane.shown_columns(), pane.filter.shown()
    title, words, unit = pane.title, pane.filters.words(), pane.unit

    def written() -> ShownList:
        return ShownList(
            title,
            words,
            tuple(column.title for column in columns),
            tuple(tuple(column.text(row) for column in columns) for row in rows),
            unit,
            frozenset(at for at, column in enumerate(columns) if column.right),
        )

    return written


def print_list(pane: TablePane[Any], context: Context, parent: QWidget) -> None:
    """Looks at the list; it is made from what the table shows at this moment."""
    written = shown_list(pane)
    paper = MadePaper(
        title=pane.title,
        file_name=safe_name(pane.title),
        words="照现在显示的行和列制成，证件号、电话和账号隐去；打印后不另存档。",
        busy="正在制表…",
        make=lambda _job: list_pdf(context.desk, written()),
    )
    MadePaperSheet(context, paper, parent).open()
