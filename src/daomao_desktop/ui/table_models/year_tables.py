"""The columns of the registration forms there are to print."""

from __future__ import annotations

from daomao_desktop.services.year_tables import TablePaper
from daomao_desktop.ui.table_models.base import Column


def form_columns() -> tuple[Column[TablePaper], ...]:
    """Whose form it is; in the order of lists until sorted."""
    return (
        Column("姓名", lambda r: r.name),
        Column("村", lambda r: r.village),
        Column("村民小组", lambda r: r.group, grows=True),
    )
