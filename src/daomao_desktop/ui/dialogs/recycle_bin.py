"""回收站: what was removed, and taking it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from daomao_desktop.services.desk import Changes
from daomao_desktop.ui.dialogs.base import Sheet
from daomao_desktop.ui.operations import Operations
from daomao_desktop.ui.theme import px
from daomao_desktop.ui.widgets.parts import label


class RecycleBinSheet(Sheet):
    """``read`` gives (uid, text); ``restore`` takes one back."""

    def __init__(
        self,
        operations: Operations,
        read: Callable[[], Sequence[tuple[str, str]]],
        restore: Callable[[str], Changes],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("回收站", parent, width=560)
        self._operations = operations
        self._read = read
        self._restore = restore
        self._empty = label("回收站是空的。删除的记录会放在这里，可以恢复。", "muted", wrap=True)
        self.body.addWidget(self._empty)
        self.list = QListWidget()
        self.list.setAccessibleName("删除的记录")
        self.list.setMinimumHeight(px(220))
        self.list.itemActivated.connect(lambda _item: self._on_restore())
        self.body.addWidget(self.list)
        self.add_button("关闭", self.close)
        self._button = self.add_button("恢复", self._on_restore, "primary", default=True)
        self._refresh()

    def _refresh(self) -> None:
        self._operations.query(self._read, self._on_read, self.refuse, owner=self)

    def _on_read(self, rows: Sequence[tuple[str, str]]) -> None:
        self.list.clear()
        for uid, text in rows:
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, uid)
            self.list.addItem(item)
        self._empty.setVisible(not rows)
        self._button.setEnabled(bool(rows))
        self.list.setCurrentRow(0)

    def _on_restore(self) -> None:
        if self.list.currentRow() < 0:
            return
        uid = str(self.list.currentItem().data(Qt.ItemDataRole.UserRole))
        self._operations.command(
            lambda: self._restore(uid), lambda _changes: self._refresh(), self.refuse, owner=self
        )
