"""A tab of records: table on the left, form on the right; duties and findings share it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.services.unsaved import Slot
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.forms.base import Form
from daomao_desktop.ui.pages.record_kind import Draft, RecordRow, RecordService, RecordWords, Row
from daomao_desktop.ui.pages.record_panel import RecordPanel
from daomao_desktop.ui.pages.table_page import TablePane
from daomao_desktop.ui.table_models.base import Column
from daomao_desktop.ui.theme import px, set_role


class _Recorded(RecordRow, Protocol):
    @property
    def uid(self) -> str: ...


Recorded = TypeVar("Recorded", bound=_Recorded)


class _EntryPanel(RecordPanel[Row, Draft]):
    """``begin`` makes the draft a new entry starts from."""

    begin: Callable[[], Draft]

    def fresh(self) -> Draft:
        return self.begin()

    def caption(self, _draft: Draft, _row: Row | None, /) -> tuple[str, str]:
        return (f"{'登记' if self.uid is None else '修改'}{self._words.noun}", "")


class RecordTab(QWidget, Generic[Recorded, Draft]):
    """``fresh()`` makes the draft a new entry starts from."""

    def __init__(
        self,
        name: str,
        columns: Sequence[Column[Recorded]],
        form: Form[Draft],
        service: RecordService[Draft],
        context: Context,
        permission: Permission,
        fresh: Callable[[], Draft],
        noun: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        set_role(self, "plain")
        self.form = form
        self.pane: TablePane[Recorded] = TablePane(name, columns, context, title=noun, key=_uid)
        self.panel: _EntryPanel[Recorded, Draft] = _EntryPanel(
            form,
            [self.pane],
            _uid,
            service,
            permission,
            RecordWords(noun, Slot("duties", name)),
            context,
        )
        self.panel.begin = fresh
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(self.pane, 1)
        row.addWidget(self.panel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, px(8), 0, 0)
        layout.addLayout(row)


def _uid(row: _Recorded) -> str:
    return row.uid
