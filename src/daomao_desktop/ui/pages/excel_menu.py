"""The button Excel of a page: import, the empty form for it, and export of what is shown or all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QToolButton, QWidget

from daomao_desktop.ui import excel
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.excel import ImportStep
from daomao_desktop.ui.pages.table_page import TablePane
from daomao_desktop.ui.widgets.buttons import allow, menu_button


@dataclass(frozen=True, slots=True)
class Import:
    """One kind of file taken in; ``template``: the empty one shipped, its name for the office."""

    title: str
    step: ImportStep
    refusal: str = ""
    template: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Export:
    """One kind of file written: ``what`` is in it, as 的建议等次.

    ``prepare`` gets the keys of the rows shown, their uids, in the order shown, or None for
    everything; what it gives writes the file, in the worker.
    """

    title: str
    what: str
    file_name: Callable[[], str]
    prepare: Callable[[Sequence[str] | None], Callable[[Path], object]]
    refusal: Callable[[], str] = str


class ExcelMenu:
    """Keeps the entries true: how many rows are shown, and of how many."""

    def __init__(
        self,
        page: QWidget,
        context: Context,
        pane: Callable[[], TablePane[Any]],
        imports: Sequence[Import],
        exports: Sequence[Export],
    ) -> None:
        self._page = page
        self._context = context
        self._pane = pane
        self.button: QToolButton = menu_button("Excel", [])
        menu = self.button.menu()
        menu.setToolTipsVisible(True)
        for one in imports:
            entry = menu.addAction(f"{one.title}…")
            entry.triggered.connect(partial(self._on_import, one))
            allow(entry, one.refusal)
        for one in imports:
            if one.template is not None:
                words = f"：{one.template[1]}" if len(imports) > 1 else ""
                entry = menu.addAction(f"下载模板{words}…")
                entry.triggered.connect(partial(self.save_template, one.template))
        menu.addSeparator()
        self._exports = [(one, menu.addAction(""), menu.addAction("")) for one in exports]
        for kind, shown, everything in self._exports:
            shown.triggered.connect(partial(self._on_export, kind, False))
            everything.triggered.connect(partial(self._on_export, kind, True))
        menu.aboutToShow.connect(self.count)

    def count(self) -> None:
        """The entries as the table is now."""
        pane = self._pane()
        for kind, shown, everything in self._exports:
            refusal = kind.refusal()
            for entry, words, number in (
                (shown, "导出显示的", pane.shown_count),
                (everything, "导出全部", pane.total_count),
            ):
                entry.setText(f"{words} {number} {pane.unit}{kind.what}…")
                allow(entry, refusal or ("" if number else "没有可以导出的。"))
            shown.setVisible(pane.narrowed)

    def _on_import(self, kind: Import, _checked: bool = False) -> None:
        excel.choose_and_import(self._page, self._context, kind.title, kind.step)

    def save_template(self, template: tuple[str, str], _checked: bool = False) -> None:
        """Lets the clerk choose where the empty form goes."""
        excel.choose_template(self._page, self._context, *template)

    def _on_export(self, kind: Export, everything: bool, _checked: bool = False) -> None:
        pane = self._pane()
        # Everything, and nothing hidden: then the order is the one on the screen, too.
        uids = None
        if not (everything and pane.narrowed):
            uids = [str(key) for key in pane.shown_keys()]
        excel.choose_and_export(
            self._page,
            self._context,
            kind.title,
            kind.file_name(),
            kind.prepare(uids),
        )
