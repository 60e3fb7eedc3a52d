"""The short manual of F1, opened at the present page, and what this program is."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from daomao_desktop import __version__
from daomao_desktop.paths import resource
from daomao_desktop.ui.dialogs.base import Sheet
from daomao_desktop.ui.theme import px
from daomao_desktop.ui.widgets.parts import label


class HelpSheet(Sheet):
    """Shows the manual from the heading of the page in front."""

    def __init__(self, page: str, parent: QWidget | None = None) -> None:
        super().__init__("使用说明", parent, width=720)
        self.text = QTextBrowser()
        self.text.setAccessibleName("使用说明")
        self.text.setMinimumHeight(px(420))
        self.text.document().setDefaultFont(self.font())
        self.text.setMarkdown(resource("help/clerk.md").read_text(encoding="utf-8"))
        self.body.addWidget(self.text)
        self._page = page
        self.add_button("关闭", self.close, "primary", default=True)
        if page:
            # Searching from the end backwards finds the heading of a later mention last.
            self.text.moveCursor(QTextCursor.MoveOperation.End)
            found = self.text.document().find(page, 0, QTextDocument.FindFlag.FindCaseSensitively)
            while not found.isNull() and found.block().blockFormat().headingLevel() == 0:
                found = self.text.document().find(
                    page, found, QTextDocument.FindFlag.FindCaseSensitively
                )
            if not found.isNull():
                found.clearSelection()
                self.text.setTextCursor(found)


class AboutSheet(Sheet):
    """Name, version, what it is made of."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("关于本程序", parent, width=480)
        self.body.addWidget(label(f"村民小组长工作台　{__version__}", "strong"))
        self.body.addWidget(
            label(
                "按《关于加强村民小组长队伍建设的实施方案（试行）》管理村民小组长：选配登记、履职、"
                "考核、奖惩文书。完全离线工作，不向任何地方发送任何内容；资料加密保存在本机。",
                wrap=True,
            )
        )
        self.body.addWidget(
            label(
                "界面使用 Qt（LGPL），随附字体的许可证在程序的 resources/fonts/licences 文件夹里。",
                "muted",
                wrap=True,
            )
        )
        self.add_button("关闭", self.close, "primary", default=True)
