"""The recovery code goes to paper: shown once, printed or saved, never kept by the program."""

from __future__ import annotations

import html
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from daomao_desktop.errors import FileProblem
from daomao_desktop.files import replace_file
from daomao_desktop.ui.theme import px, set_role
from daomao_desktop.ui.widgets.buttons import button
from daomao_desktop.ui.widgets.parts import label


def sheet_text(code: str, office: str, login: str) -> str:
    """What stands on the paper, as plain text."""
    return (
        f"村民小组长工作台　恢复码\n\n单位：{office}\n登录名：{login}\n恢复码：{code}\n\n"
        "忘记口令时，在登录窗口点“忘记口令”，用恢复码重设口令。\n"
        "没有口令也没有恢复码，资料就再也打不开。请把这张纸锁好，不要拍照，不要和电脑放在一起。\n"
    )


class RecoveryCode(QWidget):
    """Shows the code and brings it to a printer or a file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "plain")
        self._code = self._office = self._login = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        layout.addWidget(
            label(
                "这是恢复码，只显示这一次。忘记口令时只有它能打开资料，请现在就打印或抄在纸上，"
                "锁好，不要存在这台电脑里。",
                wrap=True,
            )
        )
        self._words = label("", "code", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setAccessibleName("恢复码")
        layout.addWidget(self._words)
        row = QHBoxLayout()
        row.addWidget(button("打印…", self._on_print))
        row.addWidget(button("存到 U 盘…", self._on_save))
        row.addStretch(1)
        layout.addLayout(row)
        self._result = label("", "good", wrap=True)
        layout.addWidget(self._result)

    def show_code(self, code: str, office: str, login: str) -> None:
        """Shows the code in two lines of four groups."""
        self._code, self._office, self._login = code, office, login
        groups = code.split("-")
        half = len(groups) // 2
        self._words.setText("-".join(groups[:half]) + "-\n" + "-".join(groups[half:]))

    def save_to(self, path: Path) -> None:
        """Writes a PDF or, for any other ending, plain text; raises FileProblem."""
        text = sheet_text(self._code, self._office, self._login)
        replace_file(path, self._pdf(text) if path.suffix.lower() == ".pdf" else text.encode())
        self._result.setText(f"✓ 已写到 {path}")

    def _pdf(self, text: str) -> bytes:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        writer.setPageMargins(QMarginsF(25, 30, 25, 25), QPageLayout.Unit.Millimeter)
        self._document(text).print_(writer)
        del writer  # lets go of the buffer
        return bytes(buffer.data().data())

    def _document(self, text: str) -> QTextDocument:
        document = QTextDocument()
        document.setDefaultFont(self.font())
        title, _, rest = text.partition("\n\n")
        body = "<br>".join(html.escape(line) for line in rest.splitlines())
        document.setHtml(
            f"<h2>{html.escape(title)}</h2><p style='font-size:14pt;line-height:170%'>{body}</p>"
        )
        return document

    def _on_print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # only here, at set-up

        dialog = QPrintDialog(QPrinter(), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def accepted() -> None:
            printer = dialog.printer()
            self._document(sheet_text(self._code, self._office, self._login)).print_(printer)
            self._result.setText("✓ 已送到打印机，请确认纸上的恢复码清楚可读。")

        dialog.accepted.connect(accepted)
        QDialog.open(dialog)  # its own open() takes other arguments

    def _on_save(self) -> None:
        dialog = QFileDialog(self, "保存恢复码", "恢复码.pdf", "PDF (*.pdf);;文本 (*.txt)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_chosen)
        dialog.open()

    def _on_chosen(self, name: str) -> None:
        try:
            self.save_to(Path(name))
        except FileProblem as problem:
            self._result.setText(f"{problem}也可以改用打印。")
