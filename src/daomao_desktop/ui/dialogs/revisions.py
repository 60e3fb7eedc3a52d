"""历次修改: one record's changes, the latest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from daomao_desktop.services.revisions import Revision
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.base import Sheet
from daomao_desktop.ui.pages.table_page import TablePane
from daomao_desktop.ui.table_models.base import Column
from daomao_desktop.ui.theme import px

_COLUMNS: tuple[Column[Revision], ...] = (
    Column("时间", lambda r: f"{r.at.astimezone():%Y-%m-%d %H:%M}", lambda r: r.at),
    Column("操作员", lambda r: r.who),
    Column("做了什么", lambda r: r.what),
    Column("栏目", lambda r: r.label),
    Column("原来", lambda r: r.before),
    Column("改为", lambda r: r.after, grows=True),
)


class RevisionsSheet(Sheet):
    """``read`` gives the rows, in the worker."""

    def __init__(
        self,
        context: Context,
        about: str,
        read: Callable[[], Sequence[Revision]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(f"历次修改：{about}", parent, width=900)
        self.pane: TablePane[Revision] = TablePane(
            "revisions", _COLUMNS, context, title=f"{about}历次修改"
        )
        self.pane.empty.tell("没有修改的记录", "")
        self.pane.setMinimumHeight(px(340))
        self.body.addWidget(self.pane)
        self.add_button("关闭", self.close, "primary", default=True)
        context.operations.query(read, self.pane.set_rows, self.refuse, owner=self)
