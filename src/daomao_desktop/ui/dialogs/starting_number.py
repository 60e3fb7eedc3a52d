"""The first number the program gives, where an office has numbered by hand so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QWidget

from daomao_desktop.domain.notices import certificate_prefix, document_number
from daomao_desktop.domain.scheme import Edition
from daomao_desktop.errors import FieldProblem
from daomao_desktop.services import accounts, freeform, notices
from daomao_desktop.services.notices import SeriesRow
from daomao_desktop.services.unsaved import Slot
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.form_sheet import FormSheet
from daomao_desktop.ui.forms.base import Form
from daomao_desktop.ui.widgets.fields import NumberField


@dataclass(frozen=True, slots=True)
class StartDraft:
    """Prefix and year of the series, and its first number."""

    prefix: str
    year: int
    n: int


class StartForm(Form[StartDraft]):
    """One series; ``prefixes`` of the organs here are offered, others can be typed."""

    def __init__(self, prefixes: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        prefix = QComboBox()
        prefix.setEditable(True)
        prefix.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        prefix.addItems(["", *prefixes])
        hint = "例如：联光党支"
        self.rows.add("prefix", "发文代字", prefix, hint, required=True)
        self.rows.add("year", "年份", NumberField(2000, 2099))
        self.rows.add("n", "下一个号", NumberField(1, 99_999))
        self.watch()

    def draft(self) -> StartDraft:
        year, n = self.rows.field("year"), self.rows.field("n")
        assert isinstance(year, NumberField)
        assert isinstance(n, NumberField)
        return StartDraft(self.text("prefix"), year.value(), n.value())

    def fill(self, draft: StartDraft) -> None:
        for name in self.rows.names:
            self.put(name, getattr(draft, name))

    def problems(self, draft: StartDraft) -> Sequence[FieldProblem]:
        return [] if draft.prefix else [FieldProblem("prefix", "请填写发文机关代字。")]


def open_starting_number(context: Context, parent: QWidget) -> None:
    """Reads the series in use and opens the form on the first that may still be set."""
    desk = context.desk

    def read() -> tuple[tuple[SeriesRow, ...], tuple[str, ...]]:
        office = accounts.office(desk)
        prefixes = [one.prefix for one in freeform.issuing_organs(desk)]
        if office.edition is Edition.TOWN:
            prefixes.append(certificate_prefix(office.town))
        return notices.list_series(desk), tuple(dict.fromkeys(prefixes))

    def ready(found: tuple[tuple[SeriesRow, ...], tuple[str, ...]]) -> None:
        series, prefixes = found
        form = StartForm(prefixes)
        free = next((one for one in series if not one.given), None)
        year = desk.today().year
        form.load(StartDraft(free.prefix if free else "", year, free.next_number if free else 1))
        used = "；".join(
            f"已用到{document_number(one.prefix, one.year, one.next_number - 1)}"
            for one in series
            if one.given
        )
        FormSheet(
            "发文起始号",
            form,
            context,
            lambda draft: notices.set_starting_number(desk, draft.prefix, draft.year, draft.n),
            Slot("system", "start"),
            note="以前手工编过号的，从下一个号接着编。本程序编过号以后不能再改。" + used,
            parent=parent,
        ).open()

    context.operations.query(read, ready, owner=parent)
