"""Printer, copies, both sides, pages: always at 100 %."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from daomao_desktop.ui.dialogs.base import Sheet
from daomao_desktop.ui.dialogs.file_dialog import FileDialog, usual_folder
from daomao_desktop.ui.printing import TO_FILE, PrintOrder
from daomao_desktop.ui.theme import set_role
from daomao_desktop.ui.widgets.buttons import button
from daomao_desktop.ui.widgets.choices import ChoiceBox
from daomao_desktop.ui.widgets.fields import NumberField
from daomao_desktop.ui.widgets.form_rows import FormRows
from daomao_desktop.ui.widgets.parts import label


class PrintSheet(Sheet):
    """``go(order)`` prints; ``pages`` is the number of pages of a single document, 0 for many.

    ``printers`` are the queues to offer, asked for outside the window's thread. ``posted`` of
    ``count`` papers will hang on a wall, which is no place for a sheet's back. ``blank``: pages of
    the one paper, from 0, that are there for printing on both sides only.
    """

    def __init__(
        self,
        what: str,
        printers: Sequence[str],
        pages: int,
        go: Callable[[PrintOrder], object],
        parent: QWidget | None = None,
        *,
        posted: int = 0,
        count: int = 1,
        blank: Collection[int] = (),
    ) -> None:
        super().__init__("打印", parent, width=480)
        self._go = go
        self._pages = pages
        self._sides = pages != 1 and posted < count
        self.body.addWidget(label(what, "muted", wrap=True))
        self.rows = FormRows()
        self.printer = ChoiceBox()
        choices = [(name, name) for name in printers]
        self.printer.set_choices([*choices, (TO_FILE, f"{TO_FILE}…")])
        self.rows.add("target", "打印机", self.printer)
        self.file = QLineEdit()
        self.file.setPlaceholderText("文件的完整路径，以 .pdf 结尾")
        self.file.setText(str(_usual_file(what)))
        holder = QWidget()
        set_role(holder, "plain")
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.file, 1)
        line.addWidget(button("选择…", self._on_browse))
        holder.setFocusProxy(self.file)
        self.file.setAccessibleName("文件")
        self.rows.add("file", "文件", holder)
        self.copies = NumberField(1, 99)
        self.rows.add("copies", "份数", self.copies)
        self.duplex = QCheckBox("双面打印（沿长边翻）")
        self.duplex.setChecked(self._sides)
        self.rows.add("duplex", "双面", self.duplex)
        self.rows.set_visible("duplex", self._sides)
        self.range = QLineEdit()
        self.range.setPlaceholderText(f"全部 {pages} 页；只打几页写成 1-2")
        self.rows.add("range", "页码", self.range)
        self.rows.set_visible("range", pages > 1)
        self.body.addWidget(self.rows)
        if posted:
            which = "这份文书" if count == 1 else f"其中 {posted} 份"
            words = f"{which}要贴在墙上，背面看不到，只印单面，每页一张纸。"
            self.body.addWidget(label(words, "muted", wrap=True))
        if blank and self._sides:
            which = "、".join(str(page + 1) for page in sorted(blank))
            words = f"第 {which} 页留空，让回证另起一张纸；只印单面时不出空白纸。"
            self.body.addWidget(label(words, "muted", wrap=True))
        self.body.addWidget(label("按 100% 原大打印，纸张 A4，不缩放。", "hint", wrap=True))
        self.printer.currentIndexChanged.connect(lambda _index: self._on_printer())
        self.add_button("取消", self.close)
        self.print_button = self.add_button("打印", self._on_print, "primary", default=True)
        self._on_printer()

    def _on_printer(self) -> None:
        to_file = self.printer.value() == TO_FILE
        self.rows.set_visible("file", to_file)
        self.rows.set_visible("copies", not to_file)
        if to_file and self.isVisible():
            self.file.setFocus()

    def _on_browse(self) -> None:
        dialog = FileDialog(self, "打印到文件", self.file.text(), "PDF (*.pdf)")
        dialog.fileSelected.connect(self.file.setText)
        dialog.ask_to_save("pdf")

    def _on_print(self) -> None:
        self.rows.clear_errors()
        to_file = self.printer.value() == TO_FILE
        path = self.file.text().strip()
        if to_file and not path:
            self.rows.set_error("file", "请写明文件，或者选择一台打印机。")
            self.file.setFocus()
            return
        if to_file:  # a bare name does not mean the folder the program was started in
            path = str(usual_folder() / path)
        if to_file and not path.lower().endswith(".pdf"):
            path += ".pdf"  # without it no program opens the file
        first, last = 0, 0
        text = self.range.text().strip()
        if text and self._pages > 1:
            parts = text.replace("—", "-").replace("－", "-").split("-")
            if not all(part.strip().isdecimal() for part in parts) or len(parts) > 2:
                self.rows.set_error("range", "页码写成 2 或 1-2。")
                return
            first, last = int(parts[0]), int(parts[-1])
            if not 1 <= first <= last <= self._pages:
                self.rows.set_error("range", f"页码应在 1 到 {self._pages} 之间。")
                return
        order = PrintOrder(
            target=str(self.printer.value()),
            file=path if to_file else "",
            copies=1 if to_file else self.copies.value(),
            duplex=self.duplex.isChecked() and self._sides,
            first=first,
            last=last,
        )
        self.close()
        self._go(order)


def _usual_file(what: str) -> Path:
    """In the operator's documents, under the paper's own name."""
    name = re.sub(r'[\\/:*?"<>|]', "_", what).strip(" .") or "公文"
    return usual_folder() / f"{name}.pdf"
