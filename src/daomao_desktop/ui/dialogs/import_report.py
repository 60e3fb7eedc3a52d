"""What an Excel import would do, shown before anything is written."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QWidget

from daomao_desktop.services.imports import ImportReport
from daomao_desktop.ui.dialogs.base import Sheet
from daomao_desktop.ui.theme import px
from daomao_desktop.ui.widgets.fields import TextArea
from daomao_desktop.ui.widgets.parts import label


class ImportReportSheet(Sheet):
    """The dry run's report; nothing is written before ``write(skip_bad, village_differs)``.

    Where the workbook names another village, that has to be confirmed first.
    """

    def __init__(
        self,
        report: ImportReport,
        file_name: str,
        write: Callable[[bool, bool], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(f"导入{report.area.value}：{file_name}", parent, width=760)
        self._write = write
        errors, warnings = len(report.errors), len(report.warnings)
        parts = [
            f"{words} {len(lines)} 条"
            for words, lines in (
                ("新增", report.added),
                ("修改", report.changed),
                ("调组", report.moved),
                ("新建村组", report.created),
            )
            if lines
        ]
        if report.unchanged:
            parts.append(f"没有变化 {report.unchanged} 条")
        self.summary = label("将会：" + ("，".join(parts) or "没有可写入的行"), "strong", wrap=True)
        self.body.addWidget(self.summary)
        differing = report.differing
        if differing is not None:
            self.banner.tell(differing.sentence, "banner-error")
        elif errors:
            self.banner.tell(
                f"有 {errors} 处错误，现在不能整份导入。请在表格里改好再来，或者跳过有错的行。",
                "banner-error",
            )
        elif warnings:
            self.banner.tell(f"有 {warnings} 处需要留意，会照样导入，其中可疑的标为待核实。")
        self.lines = TextArea(12)
        self.lines.setReadOnly(True)
        self.lines.setAccessibleName("导入报告")
        self.lines.setMinimumWidth(px(400))
        self.lines.set_text("\n".join(report.lines()))
        self.body.addWidget(self.lines)
        self.body.addWidget(label("还没有写入任何内容。", "muted"))
        self.sure = QCheckBox(f"确实要导入到{differing.place if differing else ''}")
        self.sure.setVisible(differing is not None)
        self.outer.insertWidget(self.outer.count() - 1, self.sure)  # never scrolled out of sight
        useful = bool(report.added or report.changed or report.moved or report.created)
        self.add_button("复制报告", self._on_copy)
        self.add_button("取消", self.close)
        if errors:
            self.write_button = self.add_button("跳过有错的行，导入其余", lambda: self._go(True))
            useful = True  # what the other rows would do is not known yet
        else:
            self.write_button = self.add_button(
                "写入", lambda: self._go(False), "primary", default=True
            )
        self.write_button.setEnabled(useful and differing is None)
        self.sure.toggled.connect(lambda sure: self.write_button.setEnabled(useful and sure))

    def _go(self, skip_bad: bool) -> None:
        self.close()
        self._write(skip_bad, self.sure.isChecked())

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.lines.text())
