"""Faces are prepared in the worker while the clerk looks at a list, so that a preview is there."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from daomao_desktop.errors import DaomaoError
from daomao_desktop.services.preparation import Preparation
from daomao_desktop.ui.context import Context


class Preparing:
    """Goes on as long as the page is on screen: a short job at a time, whatever is asked before."""

    def __init__(self, context: Context, page: QWidget) -> None:
        self._operations = context.operations
        self._preparation = Preparation(context.desk)
        self._page = page
        self._at_work = False
        self._begun = False

    def go_on(self) -> None:
        """Queues the next steps, behind everything the clerk asked for; again is no harm."""
        self._begun = True
        if self._at_work or self._preparation.done or not self._page.isVisible():
            return
        self._at_work = True
        self._operations.query(
            self._preparation.advance,
            lambda _done: self._on_advanced(),
            self._on_refused,
            owner=self._page,
            title="",
        )

    def resume(self) -> None:
        """The page is back on screen: goes on where it had begun."""
        if self._begun:
            self.go_on()

    def _on_advanced(self) -> None:
        self._at_work = False
        self.go_on()

    def _on_refused(self, _error: DaomaoError) -> None:
        """A damaged font: the document that needs it tells it, where it can be helped."""
        self._at_work = False
