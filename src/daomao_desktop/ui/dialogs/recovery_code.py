"""The recovery code goes to paper: shown once, printed, saved or copied, and then read back."""

from __future__ import annotations

import html
import random
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from daomao_desktop.domain.accounts import code_symbols, is_code_group
from daomao_desktop.errors import DaomaoError
from daomao_desktop.files import replace_file
from daomao_desktop.ui.dialogs.file_dialog import FileDialog
from daomao_desktop.ui.operations import Operations
from daomao_desktop.ui.theme import px, set_role
from daomao_desktop.ui.widgets.buttons import button
from daomao_desktop.ui.widgets.parts import label

if TYPE_CHECKING:
    from daomao_desktop.ui.printing import Printed, PrintOrder

_GROUP_LENGTH = 4
_IN_A_ROW = 4
_TITLE = "恢复码"
_TITLE_OF_SHEET = "村民小组长工作台　恢复码"


@dataclass(frozen=True, slots=True)
class CodeSheet:
    """What stands on the paper, or in the file: the code by groups, with their numbers."""

    code: str
    office: str
    login: str

    _ADVICE = (
        "忘记口令时，在登录窗口点“忘记口令”，用恢复码重设口令。",
        "没有口令也没有恢复码，资料就再也打不开。请把这张纸锁好，不要拍照，不要和电脑放在一起。",
    )

    @property
    def rows(self) -> list[list[tuple[int, str]]]:
        """Number and group, four in a row."""
        groups = list(enumerate(self.code.split("-"), start=1))
        return [groups[start : start + _IN_A_ROW] for start in range(0, len(groups), _IN_A_ROW)]

    def text(self) -> str:
        """As plain text."""
        rows = "\n".join(
            "　　".join(f"第{number}组 {group}" for number, group in row) for row in self.rows
        )
        head = (
            f"{_TITLE_OF_SHEET}\n\n单位：{self.office}\n登录名：{self.login}\n恢复码：{self.code}"
        )
        return f"{head}\n\n{rows}\n\n" + "\n".join(self._ADVICE) + "\n"

    def pdf(self, font: QFont) -> bytes:
        """As one page of A4; runs in the worker."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setTitle(_TITLE)
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        writer.setPageMargins(QMarginsF(25, 30, 25, 25), QPageLayout.Unit.Millimeter)
        document = QTextDocument()
        document.setDefaultFont(font)
        document.documentLayout().setPaintDevice(writer)
        document.setPageSize(QSizeF(writer.width(), writer.height()))  # else Qt numbers the page
        document.setHtml(self._html())
        document.print_(writer)
        del writer  # lets go of the buffer
        return bytes(buffer.data().data())

    def _html(self) -> str:
        cells = "".join(
            "<tr>"
            + "".join(
                f"<td align='center'><span style='font-size:9pt'>第{number}组</span><br>"
                f"<b style='font-size:20pt'>{group}</b></td>"
                for number, group in row
            )
            + "</tr>"
            for row in self.rows
        )
        who = f"单位：{html.escape(self.office)}<br>登录名：{html.escape(self.login)}"
        advice = "".join(f"<p>{html.escape(line)}</p>" for line in self._ADVICE)
        return (
            f"<body style='font-size:12pt'><h2>{_TITLE_OF_SHEET}</h2><p>{who}</p>"
            f"<table width='100%' border='1' cellspacing='0' cellpadding='6'>{cells}</table>"
            f"{advice}</body>"
        )


class RecoveryCode(QWidget):
    """Shows the code, brings it to a printer or a file, and asks for one of its groups back.

    ``confirmed`` fires once: the code is on paper (or in a file) and was read back from there.
    ``submitted`` when Enter is pressed after that. ``grown``: it needs more room now.
    """

    grown = Signal()
    confirmed = Signal()
    submitted = Signal()

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "plain")
        self._operations = operations
        self._sheet = CodeSheet("", "", "")
        self.is_confirmed = False
        self.asked = 0
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        layout.addWidget(
            label(
                "这是恢复码，只显示这一次。忘记口令时只有它能打开资料。请现在就打印或抄在纸上，"
                "锁好，不要存在这台电脑里；收好以后照着填一组，核对无误才算完成。",
                wrap=True,
            )
        )
        self._words = label("", "code", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setAccessibleName(_TITLE)
        layout.addWidget(self._words)
        row = QHBoxLayout()
        self.print_button = button("打印…", self._on_print)
        self.save_button = button("存到 U 盘…", self._on_save)
        self.copied_button = button("已经抄在纸上", self._on_copied)
        self.again_button = button("再看恢复码", self._show_all, role="link")
        for one in (self.print_button, self.save_button, self.copied_button):
            row.addWidget(one)
        row.addStretch(1)
        row.addWidget(self.again_button)
        layout.addLayout(row)
        self.result = label("", "good", wrap=True)
        layout.addWidget(self.result)
        self._check = QWidget()
        set_role(self._check, "plain")
        check = QVBoxLayout(self._check)
        check.setContentsMargins(0, 0, 0, 0)
        check.setSpacing(px(4))
        self._question = label("", "strong", wrap=True)
        self.group = QLineEdit()
        self.group.setMaximumWidth(px(160))
        self._question.setBuddy(self.group)
        self._verdict = label("", "hint", wrap=True)
        for widget in (self._question, self.group, self._verdict):
            check.addWidget(widget)
        layout.addWidget(self._check)
        self.group.textChanged.connect(self._on_typed)
        self.group.returnPressed.connect(self._on_enter)
        self._show_all()

    def show_code(self, code: str, office: str, login: str) -> None:
        """Shows the code in two lines of four groups."""
        self._sheet = CodeSheet(code, office, login)
        self._show_all()

    def save_to(self, path: Path) -> None:
        """Writes a PDF or, for any other ending, plain text, in the worker; then asks back."""
        sheet, font = self._sheet, self.font()

        def write() -> None:
            pdf = path.suffix.lower() == ".pdf"
            replace_file(path, sheet.pdf(font) if pdf else sheet.text().encode())

        def refused(error: DaomaoError) -> None:
            self._tell(f"{error}也可以改用打印，或者抄在纸上。", "error")

        self._operations.query(
            write, lambda _none: self._kept(f"✓ 已写到 {path}"), refused, owner=self
        )

    # Showing and asking back

    def _show(self, *, hidden: bool) -> None:
        lines = (
            "-".join("*" * _GROUP_LENGTH if hidden else group for _number, group in row)
            for row in self._sheet.rows
        )
        self._words.setText("-\n".join(lines))

    def _show_all(self) -> None:
        self._show(hidden=False)
        self._check.hide()
        self.again_button.hide()

    @property
    def refusal(self) -> str:
        """What is still to be done before going on; empty once the code was read back."""
        return "" if self.is_confirmed else "请先收好恢复码，再照着填一组，核对无误。"

    def _kept(self, sentence: str) -> None:
        """Printed, saved or copied: now the code is hidden, and one group of it is asked for."""
        self._tell(sentence)
        if self.is_confirmed:
            return
        self.asked = random.randrange(self._sheet.code.count("-") + 1) + 1  # needs no secrecy
        self._show(hidden=True)
        line, place = divmod(self.asked - 1, _IN_A_ROW)
        self._question.setText(
            f"请看着纸上（或文件里）的恢复码，填第 {self.asked} 组"
            f"（第{'一二'[line]}行第 {place + 1} 组）的四个字符："
        )
        self.group.setAccessibleName(f"恢复码第 {self.asked} 组")
        self.group.clear()
        self._check.show()
        self.again_button.show()
        self._say("大小写和短横都可以不管。", "hint")
        self.group.setFocus()
        self.grown.emit()
        QTimer.singleShot(0, self, self._bring_into_view)  # once the layout has heard of it

    def _bring_into_view(self) -> None:
        holder = self.parentWidget()
        while holder is not None and not isinstance(holder, QScrollArea):
            holder = holder.parentWidget()
        if holder is not None:
            holder.ensureWidgetVisible(self._verdict)

    def _on_typed(self, text: str) -> None:
        if self.is_confirmed:
            return
        if is_code_group(self._sheet.code, self.asked, text):
            self.is_confirmed = True
            self.group.setReadOnly(True)
            self._say("✓ 核对无误。请把恢复码锁好。", "good")
            self.again_button.hide()
            self.confirmed.emit()
        elif len(code_symbols(text)) >= _GROUP_LENGTH:
            self._say_wrong()
        else:
            self._say("大小写和短横都可以不管。", "hint")

    def _on_enter(self) -> None:
        if self.is_confirmed:
            self.submitted.emit()
        else:
            self._say_wrong()

    def _say_wrong(self) -> None:
        self._say(
            f"和第 {self.asked} 组不一样，请对照纸上的再填；看不清的，点“再看恢复码”。",
            "error",
        )

    def _say(self, sentence: str, role: str) -> None:
        set_role(self._verdict, role)
        self._verdict.setText(sentence)

    def _tell(self, sentence: str, role: str = "good") -> None:
        set_role(self.result, role)
        self.result.setText(sentence)

    # Ways to keep it

    def _on_copied(self) -> None:
        self._kept("")

    def _on_print(self) -> None:
        sheet, font = self._sheet, self.font()

        def work() -> tuple[bytes, list[str]]:
            from daomao_desktop.ui.printing import printer_names  # QtPdf: only here, at set-up

            return sheet.pdf(font), printer_names()

        def ready(found: tuple[bytes, list[str]]) -> None:
            from daomao_desktop.ui.dialogs.print_sheet import PrintSheet

            pdf, printers = found
            PrintSheet(_TITLE, printers, 1, partial(self._send, pdf), self.window()).open()

        self._operations.query(work, ready, self._on_not_printed, owner=self)

    def _send(self, pdf: bytes, order: PrintOrder) -> None:
        from daomao_desktop.ui.printing import PrintPaper, print_papers

        def printed(_done: Printed) -> None:
            self._kept(
                f"✓ 已写到 {order.file}，请拷到 U 盘上，不要留在这台电脑里。"
                if order.file
                else f"✓ 已送到打印机“{order.target}”，请确认纸上的恢复码清楚可读。"
            )

        self._operations.long(
            lambda job: print_papers(order, [PrintPaper("", _TITLE, pdf)], job, lambda _uid: None),
            printed,
            self._on_not_printed,
            owner=self,
            title="正在打印…",
        )

    def _on_not_printed(self, error: DaomaoError) -> None:
        self._tell(f"{error}也可以存到 U 盘，或者抄在纸上。", "error")

    def _on_save(self) -> None:
        dialog = FileDialog(self, "保存恢复码", "恢复码.pdf", "PDF (*.pdf);;文本 (*.txt)")
        dialog.fileSelected.connect(lambda name: self.save_to(Path(name)))
        dialog.ask_to_save("")
