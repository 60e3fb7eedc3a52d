"""系统 → 字体: the fonts that documents are set in, with a sample page beside the choices."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.errors import DaomaoError
from daomao_desktop.services import fonts
from daomao_desktop.services.fonts import FaceList
from daomao_desktop.services.unsaved import Slot
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.print_sheet import PrintSheet
from daomao_desktop.ui.forms.fonts import FacesForm
from daomao_desktop.ui.printing import Printed, PrintOrder, PrintPaper, print_papers, printer_names
from daomao_desktop.ui.theme import px, set_role
from daomao_desktop.ui.typing_keeper import TypingKeeper
from daomao_desktop.ui.widgets.buttons import allow, button
from daomao_desktop.ui.widgets.parts import Banner, Card, label, scrolling
from daomao_desktop.ui.widgets.pdf_pane import PdfPane

NOTHING = "这台电脑没有找到可用的公文字体，用自带字体即可。"
_ABOUT = (
    "公文默认用自带字体，在哪台电脑上印都一样。单位有正版公文字体的，可以改用这台电脑上的；"
    "已经签发的文书不变。"
)
_SAMPLE_OFFICE = "示例资料始终用自带字体；可以选来看样张，不能保存。"
_SETTLED_MS = 150  # after the last change, the sample is set anew


class FontsTab(QWidget):
    """Reads what the PC has whenever it is shown; ``refuse`` shows an error at the page's top."""

    def __init__(
        self,
        context: Context,
        refuse: Callable[[DaomaoError], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        set_role(self, "plain")
        self._context = context
        self._refuse = refuse
        self._asked = 0
        self._pdf = b""
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, px(8), 0, 0)
        layout.setSpacing(px(12))
        layout.addWidget(self._choices(), 5)
        layout.addLayout(self._preview(), 6)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLED_MS)
        self._timer.timeout.connect(self._set_sample)

    def _choices(self) -> QWidget:
        card = Card(heading="公文字体")
        card.body.addWidget(label(_ABOUT, "muted", wrap=True))
        self.note = label("正在查找这台电脑的字体…", wrap=True)
        card.body.addWidget(self.note)
        self.form = FacesForm(self._on_chosen)
        self.form.setEnabled(False)
        self.banner = Banner()
        card.body.addWidget(self.banner)
        self._keeper = TypingKeeper(self.form, self._context, self.banner)
        card.body.addWidget(scrolling(self.form), 1)
        row = QHBoxLayout()
        self.shipped = button("恢复自带", self._on_shipped)
        self.save = button("保存", self.save_entry, role="primary")
        row.addStretch(1)
        row.addWidget(self.shipped)
        row.addWidget(self.save)
        card.body.addLayout(row)
        self._allow_saving("")
        return card

    def _preview(self) -> QVBoxLayout:
        column = QVBoxLayout()
        row = QHBoxLayout()
        row.addWidget(label("样张", "muted"))
        row.addStretch(1)
        self.zoom = button("放大", self._on_zoom, tip="整页显示或放大到满宽（Ctrl+滚轮也可以）")
        self.print = button("打印样张…", self.print_entry)
        self.print.setEnabled(False)
        row.addWidget(self.zoom)
        row.addWidget(self.print)
        column.addLayout(row)
        self.pane = PdfPane(self)
        self.pane.setAccessibleName("字体样张")
        self.pane.zoomModeChanged.connect(self._on_zoomed)
        column.addWidget(self.pane, 1)
        return column

    def _allow_saving(self, refusal: str) -> None:
        refusal = refusal or self._context.refusal(Permission.ADMINISTER)
        allow(self.save, refusal, "保存（Ctrl+S）")
        allow(self.shipped, refusal, "五种字体都用自带的，保存后有效")

    # Reading

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Looks through the PC's fonts, if the tab is seen; what was chosen and not saved stays."""
        if self.form.dirty or not self.isVisible():
            return
        desk = self._context.desk
        self._context.operations.long(
            lambda job: fonts.list_faces(desk, job.progress),
            self._on_found,
            owner=self,
            title="正在查找字体…",
        )

    def _on_found(self, found: FaceList) -> None:
        if self.form.dirty:
            return
        nothing = not any(row.fonts for row in found.rows)
        self.note.setText(NOTHING if nothing else _SAMPLE_OFFICE if found.sample else "")
        self.note.setVisible(bool(self.note.text()))
        self._allow_saving(_SAMPLE_OFFICE if found.sample else "")
        self.form.offer(found.rows)
        self.form.setEnabled(True)
        if self.save.isEnabled():
            self._keeper.watch(Slot("system", "faces"), "公文字体", stored=True)
        self._set_sample()

    def _on_chosen(self) -> None:
        self._timer.start()

    def _set_sample(self) -> None:
        desk, draft = self._context.desk, self.form.draft()
        self._timer.stop()
        self._asked += 1

        def ready(pdf: bytes, asked: int) -> None:
            if asked == self._asked:  # else another choice was made meanwhile
                self._pdf = pdf
                self.pane.show_bytes(pdf)
                self.print.setEnabled(True)

        self._context.operations.query(
            lambda: fonts.sample_pdf(desk, draft),
            partial(ready, asked=self._asked),
            self._refuse,
            owner=self,
            title="正在排样张…",
        )

    def release(self) -> None:
        """Lets go of the page before the pane dies."""
        self.pane.release()

    # Steps

    def save_entry(self) -> None:
        self.save_then(lambda: None)

    def save_then(self, then: Callable[[], object]) -> None:
        """Saves the choice, and goes on when that went well."""
        draft = self.form.check() if self.save.isEnabled() else None
        if draft is None:
            return
        desk = self._context.desk

        def done(_changes: object) -> None:
            self.form.saved()
            self.refresh()
            self._context.tell("字体已保存，以后的文书用这些字体。")
            then()

        def refused(error: DaomaoError) -> None:
            if not self.form.show_error(error):
                self._refuse(error)

        self._context.operations.command(
            lambda: fonts.choose_faces(desk, draft), done, refused, owner=self
        )

    @property
    def unsaved(self) -> bool:
        """Whether something was chosen that could be saved and is not."""
        return self.form.dirty and self.save.isEnabled()

    def discard(self) -> None:
        """Drops what is chosen but not saved."""
        self.form.saved()
        self.refresh()

    def _on_shipped(self) -> None:
        self.form.set_shipped()

    def _on_zoom(self) -> None:
        self.pane.toggle_zoom()

    def _on_zoomed(self) -> None:
        whole = self.pane.zoomMode() is QPdfView.ZoomMode.FitInView
        self.zoom.setText("放大" if whole else "整页")

    def print_refusal(self) -> str:
        """Why the sample cannot be printed now."""
        return "" if self.print.isEnabled() else "样张还没有排好。"

    def print_entry(self) -> None:
        """Asks for the printer and prints the page shown."""
        if not self.print.isEnabled():
            return
        paper = PrintPaper("", "公文字体样张", self._pdf)

        def ready(printers: list[str]) -> None:
            PrintSheet(paper.title, printers, 1, partial(self._send, paper), self.window()).open()

        self._context.operations.query(printer_names, ready, self._refuse, owner=self)

    def _send(self, paper: PrintPaper, order: PrintOrder) -> None:
        def printed(_done: Printed) -> None:
            self._context.tell(order.told("样张"))

        self._context.operations.long(
            lambda job: print_papers(order, [paper], job, lambda _uid: None),
            printed,
            self._refuse,
            owner=self,
            title="正在打印…",
        )
