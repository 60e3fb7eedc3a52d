"""操作: what the menu and its keys ask of the page in front; grey, with the reason, where it
cannot be done now.

The keys stay alive while an entry is grey: one that can do nothing says why.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from daomao_desktop.ui.pages.base import Ask, Page
from daomao_desktop.ui.widgets.buttons import allow

_KEYS = {
    Ask.NEW: "Ctrl+N",
    Ask.SAVE: "Ctrl+S",
    Ask.FIND: "Ctrl+F",
    Ask.PRINT: "Ctrl+P",
    Ask.REFRESH: "F5",
}


class PageActions(QObject):
    """``page`` gives the page in front, ``tell`` writes into the line at the foot."""

    def __init__(
        self,
        menu: QMenu,
        page: Callable[[], Page | None],
        tell: Callable[[str], object],
    ) -> None:
        super().__init__(menu)
        self._page = page
        self._tell = tell
        self.actions: dict[Ask, QAction] = {}
        for ask, keys in _KEYS.items():
            action = menu.addAction(ask.value)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(partial(self._on_asked, ask))
            self.actions[ask] = action
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(self._on_shown)
        menu.aboutToHide.connect(self._on_hidden)

    def _refusal(self, ask: Ask) -> str:
        page = self._page()
        return page.refusal(ask) if page is not None else "请先打开一页。"

    def _on_asked(self, ask: Ask, _checked: bool = False) -> None:
        refusal, page = self._refusal(ask), self._page()
        if refusal or page is None:
            self._tell(refusal)
        else:
            page.ask(ask)
            if ask is Ask.REFRESH:  # what is read again mostly looks the same
                self._tell("已重新读取。")

    def _on_shown(self) -> None:
        for ask, action in self.actions.items():
            refusal = self._refusal(ask)
            allow(action, refusal)
            action.setStatusTip(refusal)

    def _on_hidden(self) -> None:
        for action in self.actions.values():
            action.setEnabled(True)
