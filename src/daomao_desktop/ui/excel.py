"""Excel in and out as every page does it: choose, dry run, report, write; or choose and save."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QWidget

from daomao_desktop.errors import DaomaoError
from daomao_desktop.files import replace_file
from daomao_desktop.paths import resource
from daomao_desktop.services.desk import Changes
from daomao_desktop.services.imports import ImportReport
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.base import tell_error
from daomao_desktop.ui.dialogs.file_dialog import FileDialog
from daomao_desktop.ui.dialogs.import_report import ImportReportSheet
from daomao_desktop.ui.opening import opening


class ImportStep(Protocol):
    """A service that imports a file of one area."""

    def __call__(
        self, path: Path, *, dry_run: bool, skip_bad: bool, village_differs: bool
    ) -> ImportReport: ...


FILTER_IN = "表格 (*.xlsx *.xlsm *.xls *.csv);;所有文件 (*)"
FILTER_OUT = "Excel 表格 (*.xlsx)"


def choose_and_import(page: QWidget, context: Context, title: str, step: ImportStep) -> None:
    """Lets the clerk choose a file and goes on with ``import_file``."""
    dialog = FileDialog(page, title, pattern=FILTER_IN)
    dialog.fileSelected.connect(lambda name: import_file(page, context, step, Path(name)))
    dialog.ask_for(FileDialog.FileMode.ExistingFile)


def import_file(page: QWidget, context: Context, step: ImportStep, path: Path) -> None:
    """The dry run first; its report offers to write."""

    def write(skip_bad: bool, village_differs: bool) -> None:
        written: list[ImportReport] = []

        def work() -> Changes:
            written.append(
                step(path, dry_run=False, skip_bad=skip_bad, village_differs=village_differs)
            )
            return written[0].changes

        context.operations.command(
            work,
            lambda _changes: _written(page, context, written[0]),
            lambda error: tell_error(page, error),
            owner=page,
            title="正在导入…",
        )

    def checked(report: ImportReport) -> None:
        ImportReportSheet(report, path.name, write, page.window()).open()

    def refused(error: DaomaoError) -> None:
        tell_error(page, error)

    context.operations.query(
        lambda: step(path, dry_run=True, skip_bad=False, village_differs=False),
        checked,
        refused,
        owner=page,
        title="正在检查表格…",
    )


def _written(page: QWidget, context: Context, report: ImportReport) -> None:
    if report.refused:
        ImportReportSheet(report, "", lambda _skip, _differs: None, page.window()).open()
        return
    done = len(report.added) + len(report.changed) + len(report.moved)
    context.tell(f"已导入：{done} 条有变化，{report.unchanged} 条没有变化。")


def choose_template(page: QWidget, context: Context, template: str, name: str) -> None:
    """下载模板: lets the clerk choose where an empty form goes; the import understands it."""

    def step(path: Path) -> None:
        replace_file(path, resource(f"templates/{template}").read_bytes())

    choose_and_export(page, context, "下载模板", f"{name}.xlsx", step, "模板已存到")


def choose_and_export(
    page: QWidget,
    context: Context,
    title: str,
    name: str,
    step: Callable[[Path], object],
    done: str = "已导出到",
) -> None:
    """Lets the clerk choose where to, and writes there in the worker."""
    dialog = FileDialog(page, title, name, FILTER_OUT)
    dialog.fileSelected.connect(lambda chosen: export_file(page, context, step, Path(chosen), done))
    dialog.ask_to_save("xlsx")


def export_file(
    page: QWidget,
    context: Context,
    step: Callable[[Path], object],
    path: Path,
    done: str = "已导出到",
) -> None:
    """Writes the file, says where it is, and offers to open it."""
    context.operations.query(
        lambda: step(path),
        lambda _result: context.tell(f"{done} {path}", *opening(path, context.tell)),
        lambda error: tell_error(page, error),
        owner=page,
        title="正在导出…",
    )
