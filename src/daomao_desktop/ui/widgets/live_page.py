"""The page of a paper being written, renewed a moment after the last key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from daomao_desktop.domain.freeform import FreeformDraft
from daomao_desktop.errors import DaomaoError
from daomao_desktop.services import freeform
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.theme import px, set_role
from daomao_desktop.ui.widgets.buttons import button
from daomao_desktop.ui.widgets.parts import EmptyState, label
from daomao_desktop.ui.widgets.pdf_pane import PdfPane

RENEW_AFTER_MS = 600


@dataclass(frozen=True, slots=True)
class _Proof:
    """The page as one version of the text gives it, or the sentences why there is none."""

    version: int
    pdf: bytes | None
    problems: tuple[str, ...]
    cautions: tuple[str, ...]


class LivePage(QWidget):
    """Asks ``draft`` for the text and sets it in the worker, one version at a time.

    What comes back for an older version than the present one is dropped. Without a page the last
    one stays, and the sentences above it say what is lacking.
    """

    def __init__(
        self,
        context: Context,
        draft: Callable[[], FreeformDraft],
        on_example: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        set_role(self, "plain")
        self._context = context
        self._draft = draft
        self._version = 0
        self._shown = -1
        self._setting = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(8), 0, 0, 0)
        layout.setSpacing(px(6))
        row = QHBoxLayout()
        self.words = label("", "muted", wrap=True)
        self.zoom = button("放大", role="flat", tip="整页显示，或放大来读")
        row.addWidget(self.words, 1)
        row.addWidget(self.zoom)
        layout.addLayout(row)
        self.pane = PdfPane(self)
        self.zoom.clicked.connect(lambda _checked=False: self.pane.toggle_zoom())
        self.pane.zoomModeChanged.connect(self._on_zoomed)
        self.empty = EmptyState()
        self.empty.tell(
            "这里显示版面",
            "会议通知、请示、报告、函，程序里没有的都可以自己写。\n"
            "填了标题和正文，这里就照公文格式排好。",
            ("填一个例子看看", on_example),
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.pane)
        self.zoom.hide()
        layout.addWidget(self.stack, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(RENEW_AFTER_MS)
        self._timer.timeout.connect(self.renew)

    def typed(self) -> None:
        """The text is another one now."""
        self._version += 1
        self._timer.start()

    def renew(self) -> None:
        """Sets the page anew now, if it is not the present text's."""
        if self._setting or self._shown == self._version:
            return
        desk, draft, version = self._context.desk, self._draft(), self._version
        self._setting = True

        def work() -> _Proof:
            review = freeform.review_freeform(desk, draft)
            problems = tuple(problem.sentence for problem in review.problems)
            try:
                pdf = freeform.preview_freeform(desk, draft)
            except DaomaoError as error:  # lacking things are among the problems already
                return _Proof(version, None, problems or (error.sentence,), review.cautions)
            return _Proof(version, pdf, problems, review.cautions)

        self._context.operations.query(work, self._on_proof, owner=self, title="正在排版…")

    def release(self) -> None:
        """Lets go of the page before the widget dies; nothing is set any more."""
        self._timer.stop()
        self.pane.release()

    def _on_proof(self, proof: _Proof) -> None:
        self._setting = False
        if proof.version != self._version:
            if not self._timer.isActive():
                self.renew()
            return
        self._shown = proof.version
        if proof.pdf is not None and self.pane.show_bytes(proof.pdf, stay=True):
            self.stack.setCurrentWidget(self.pane)
        shown = self.stack.currentWidget() is self.pane
        self.zoom.setVisible(shown)
        words = "　".join((*proof.problems, *proof.cautions))
        if shown and proof.pdf is None:
            words += "　下面是改动之前的版面。"
        self.words.setText(words or f"共 {self.pane.pages} 页，签发时编文号。")
        set_role(self.words, "warn" if words and shown else "muted")

    def _on_zoomed(self) -> None:
        self.zoom.setText("放大" if self.pane.whole else "整页")
