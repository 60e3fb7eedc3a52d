"""What this program is, where its data and logs are, and whose work it is built on."""

from __future__ import annotations

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QWidget

from daomao_desktop import __version__
from daomao_desktop.paths import log_dir
from daomao_desktop.trouble import surroundings
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.base import Sheet
from daomao_desktop.ui.opening import open_path
from daomao_desktop.ui.theme import px
from daomao_desktop.ui.widgets.parts import label


class AboutSheet(Sheet):
    """Name, version, licence, places; all of it can be copied for whoever helps."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("关于本程序", parent, width=620)
        self._context = context
        self._logs = log_dir()
        edition = f"{context.desk.edition.value}版"
        self.facts = {
            "版本": f"{__version__}（{edition}）",
            "许可": "MIT；用到的软件和字体各有许可，见“第三方许可”",
            "资料文件夹": f"{context.folder}（加密）",
            "日志文件夹": f"{self._logs}（没有任何人的姓名和资料）",
            "运行环境": surroundings(context.folder, f"Qt {qVersion()}"),
        }
        self.body.addWidget(label("村民小组长工作台", "strong"))
        self.body.addWidget(
            label(
                "按《关于加强村民小组长队伍建设的实施方案（试行）》管理村民小组长：选配登记、履职、"
                "考核、奖惩文书。完全离线工作，不向任何地方发送任何内容；资料加密保存在本机。",
                wrap=True,
            )
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(16))
        grid.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(self.facts.items()):
            title = label(name, "muted")
            title.setAlignment(Qt.AlignmentFlag.AlignTop)
            words = label(value, wrap=True)
            words.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            words.setAccessibleName(name)
            grid.addWidget(title, row, 0)
            grid.addWidget(words, row, 1)
        self.body.addLayout(grid)
        self.body.addStretch(1)
        self.add_button("第三方许可…", self._on_licences)
        self.add_button("打开日志文件夹", self._on_folder).setEnabled(self._logs.exists())
        self.add_button("复制", self._on_copy)
        self.add_button("关闭", self.close, "primary", default=True)

    def _on_copy(self) -> None:
        lines = (f"{name}：{value}" for name, value in self.facts.items())
        QGuiApplication.clipboard().setText("\n".join(lines))
        self.banner.tell("已复制。", "banner-good")

    def _on_folder(self) -> None:
        if not open_path(self._logs):
            self.refuse(f"这台电脑没有打开文件夹的程序，请自己打开：{self._logs}")

    def _on_licences(self) -> None:
        LicencesSheet(self._context, self).open()


class LicencesSheet(Sheet):
    """The licences of everything the program is made of, in full."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("第三方许可", parent, width=760)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("第三方许可")
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPointSizeF(self.font().pointSizeF() * 0.9)
        self.text.setFont(fixed)
        self.text.setPlaceholderText("正在整理…")
        self.outer.insertWidget(self.outer.indexOf(self._scroll), self.text, 1)
        self._scroll.hide()
        self.add_button("复制", self._on_copy)
        self.add_button("关闭", self.close, "primary", default=True)
        context.operations.query(_third_party, self.text.setPlainText, owner=self)

    def fit(self) -> None:
        """Tall: it is long."""
        area = self.screen().availableGeometry()
        self.resize(min(px(760), area.width() - 40), min(px(600), area.height() - 70))
        frame = self.frameGeometry()
        frame.moveCenter(area.center())
        self.move(frame.topLeft())

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.banner.tell("已复制。", "banner-good")


def _third_party() -> str:
    from daomao_desktop.services.licences import third_party

    return third_party()
