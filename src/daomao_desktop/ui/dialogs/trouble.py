"""An unexpected error: what to do, and a report without anybody's data to copy."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from daomao_desktop.trouble import TroubleLog
from daomao_desktop.ui.dialogs.base import Sheet
from daomao_desktop.ui.opening import open_path
from daomao_desktop.ui.widgets.fields import TextArea
from daomao_desktop.ui.widgets.parts import label

_BROKE = "这一步没有完成，已经保存的资料不受影响，可以继续使用。如果再次出现，请"
_CRASHED = "上次程序没有正常退出（例如被系统强行结束）。已经保存的资料不受影响。如果再次出现，请"


class TroubleSheet(Sheet):
    """The window stays open; saved records are safe."""

    def __init__(
        self,
        report: str,
        log: TroubleLog,
        parent: QWidget | None = None,
        *,
        logged: bool,
        crashed: bool = False,
    ) -> None:
        super().__init__("程序上次意外退出" if crashed else "程序遇到意外情况", parent, width=680)
        self._log = log
        self.body.addWidget(
            label(
                (_CRASHED if crashed else _BROKE)
                + "把下面的报告复制给维护人员；报告里没有任何人的姓名和资料，"
                "程序也不会把它发送出去。",
                wrap=True,
            )
        )
        self.report = TextArea(10)
        self.report.setReadOnly(True)
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPointSizeF(self.font().pointSizeF() * 0.9)  # 大字 as well
        self.report.setFont(fixed)
        self.report.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.report.set_text(report)
        self.report.setAccessibleName("错误报告")
        self.body.addWidget(self.report)
        where = f"同样的内容已经写进日志：{log.path}" if logged else "日志没有写成。"
        self.body.addWidget(label(where, "muted", wrap=True))
        self.add_button("复制", self._on_copy)
        self.add_button("打开日志文件夹", self._on_folder).setEnabled(log.folder.exists())
        self.add_button("继续使用", self.close, "primary", default=True)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.text())
        self.banner.tell("已复制，可以粘贴到微信或文档里。", "banner-good")

    def _on_folder(self) -> None:
        if not open_path(self._log.folder):
            self.refuse(f"这台电脑没有打开文件夹的程序，请自己打开：{self._log.folder}")
