"""What a service asks of the database, statement by statement."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from daomao_desktop.services.desk import Desk


@contextmanager
def statements(desk: Desk) -> Iterator[list[str]]:
    """Those sent while it lasts."""
    seen: list[str] = []

    def saw(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(desk.store._engine, "before_cursor_execute", saw)
    try:
        yield seen
    finally:
        event.remove(desk.store._engine, "before_cursor_execute", saw)
