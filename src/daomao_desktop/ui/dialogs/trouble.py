"""An unexpected error: what to do, and a report without anybody's data to copy."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QWidget

from daomao_desktop import __version__
from daomao_desktop.ui.dialogs.base import Sheet
from daomao_desktop.ui.widgets.fields import TextArea
from daomao_desktop.ui.widgets.parts import label


class TroubleSheet(Sheet):
    """The window stays open; saved records are safe."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__("程序遇到意外情况", parent, width=620)
        self.body.addWidget(
            label(
                "这一步没有完成，已经保存的资料不受影响，可以继续使用。"
                "如果再次出现，请把下面的报告复制给维护人员；报告里没有任何人的姓名和资料。",
                wrap=True,
            )
        )
        self._report = TextArea(10)
        self._report.setReadOnly(True)
        self._report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._report.set_text(f"daomao-desktop {__version__}\n{report}")
        self._report.setAccessibleName("错误报告")
        self.body.addWidget(self._report)
        self.add_button("复制报告", self._on_copy)
        self.add_button("继续使用", self.close, "primary", default=True)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report.text())
