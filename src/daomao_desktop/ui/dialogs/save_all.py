"""全部存为 PDF: one file each, or all in one, into a folder the clerk can find again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QRadioButton, QWidget

from daomao_desktop.errors import DaomaoError
from daomao_desktop.services import notice_runs
from daomao_desktop.services.desk import Area, Changes
from daomao_desktop.services.notice_runs import SavedRun
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.base import Sheet
from daomao_desktop.ui.dialogs.file_dialog import FileDialog, usual_folder
from daomao_desktop.ui.opening import opening
from daomao_desktop.ui.operations import Job
from daomao_desktop.ui.theme import px, set_role
from daomao_desktop.ui.widgets.buttons import button
from daomao_desktop.ui.widgets.form_rows import FormRows
from daomao_desktop.ui.widgets.parts import label
from daomao_desktop.ui.widgets.work_bar import WorkBar


class SaveAllSheet(Sheet):
    """Writes documents signed off, in the order of ``uids``; ``name``: of the file or folder."""

    def __init__(
        self, context: Context, uids: Sequence[str], name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__("全部存为 PDF", parent, width=600)
        self._context = context
        self._uids = tuple(uids)
        self._name = name
        self._job: Job | None = None
        self.body.addWidget(
            label(
                f"共 {len(self._uids)} 份已签发的文书；同名的旧文件会被换成新的。",
                "muted",
                wrap=True,
            )
        )
        self.each = QRadioButton("每份一个文件，文件名是文号和标题")
        self.merged = QRadioButton("合成一个文件，便于一次打印或转发")
        self.each.setChecked(True)
        self.sides = QCheckBox("双面打印时，每份从一张纸的正面开始")
        self.sides.setContentsMargins(px(22), 0, 0, 0)
        for choice in (self.each, self.merged, self.sides):
            self.body.addWidget(choice)
        self.rows = FormRows()
        self.path = QLineEdit()
        holder = QWidget()
        set_role(holder, "plain")
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.path, 1)
        self.browse = button("选择…", self._on_browse)
        line.addWidget(self.browse)
        holder.setFocusProxy(self.path)
        self.path.setAccessibleName("存到")
        self.rows.add("path", "存到", holder)
        self.body.addWidget(self.rows)
        self.work = WorkBar(context.operations)
        self.outer.insertWidget(self.outer.count() - 1, self.work)
        self.close_button = self.add_button("关闭", self.reject)
        self.save = self.add_button("保存", self._on_save, "primary", default=True)
        self.each.toggled.connect(lambda _on: self._fill_path())
        self._fill_path()

    def _fill_path(self) -> None:
        """A folder of its own, or a file, among the operator's documents or where was chosen."""
        chosen = self.path.text().strip() or str(usual_folder() / self._name)
        stem = chosen.removesuffix(".pdf")
        self.sides.setVisible(self.merged.isChecked())
        self._refit()
        self.path.setText(stem if self.each.isChecked() else f"{stem}.pdf")
        self.path.setCursorPosition(0)

    def _refit(self) -> None:
        """Room for a line that has come or gone."""
        if self.isVisible():
            self.fit()

    def _on_browse(self) -> None:
        if self.each.isChecked():
            dialog = FileDialog(self, "存到哪个文件夹")
            dialog.fileSelected.connect(self.path.setText)
            dialog.ask_for(FileDialog.FileMode.Directory)
        else:
            dialog = FileDialog(self, "存为一个 PDF", self.path.text(), "PDF (*.pdf)")
            dialog.fileSelected.connect(self.path.setText)
            dialog.ask_to_save("pdf")

    def _on_save(self) -> None:
        if self._job is not None:
            return
        self.rows.clear_errors()
        text = self.path.text().strip()
        if not text:
            self.rows.set_error("path", "请写明存到哪里。")
            self.path.setFocus()
            return
        each, path = self.each.isChecked(), Path(text).expanduser()
        if not each and path.suffix.lower() != ".pdf":
            path = path.with_name(path.name + ".pdf")
        desk, uids, sides = self._context.desk, self._uids, self.sides.isChecked()

        def work(job: Job) -> SavedRun:
            if each:
                return notice_runs.save_each(desk, uids, path, job.go_on)
            return notice_runs.save_merged(desk, uids, path, sides=sides)

        self._set_working(True)
        self.banner.tell("")
        self._job = self._context.operations.long(
            work,
            self._on_saved,
            self._on_refused,
            owner=self,
            title="正在存…",
            changes=lambda _run: Changes(frozenset({Area.NOTICES})),
        )

    def _on_saved(self, run: SavedRun) -> None:
        self._set_working(False)
        if run.stopped:
            self.refuse(f"已停止，存了 {len(run.paths)} 份，其余没有存。")
        elif self.each.isChecked():
            self._tell_saved(f"{len(run.paths)} 份已存到", run.paths[0].parent)
        else:
            self._tell_saved("已存到", run.paths[0])
        self._refit()
        self.close_button.setFocus()

    def _tell_saved(self, words: str, path: Path) -> None:
        self.banner.tell(f"{words} {path}", "banner-good", *opening(path, self.refuse))

    def _on_refused(self, error: DaomaoError) -> None:
        self._set_working(False)
        self.refuse(error)
        self._refit()

    def _set_working(self, working: bool) -> None:
        if not working:
            self._job = None
        for widget in (self.save, self.path, self.browse, self.each, self.merged, self.sides):
            widget.setEnabled(not working)

    def reject(self) -> None:
        """Esc and 关闭; while it works, they stop it."""
        if self._job is not None and not self._job.cancelled:
            self._job.cancel()
            return
        super().reject()
