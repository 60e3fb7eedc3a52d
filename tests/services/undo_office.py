"""What the tests of undo look at: every record of every table, without the stamps."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from daomao_desktop.services.desk import Desk
from daomao_desktop.store.audit import canonical, head, verify_chain
from daomao_desktop.store.base import Base, Record
from daomao_desktop.store.session import STAMPS
from daomao_desktop.store.steps import Step

Dump = dict[str, dict[str, Any]]

KINDS: tuple[type[Record], ...] = tuple(
    mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Record)
)


def dump(desk: Desk) -> Dump:
    """Table → uid → columns, word for word; who made a record and when is among them."""
    left_out = STAMPS - {"created_at", "created_by", "origin"}
    with desk.store.reading() as session:
        return {
            kind.__name__: {
                row.uid: json.loads(
                    canonical(
                        {
                            name: getattr(row, name)
                            for name in kind.__mapper__.column_attrs.keys()  # type: ignore[attr-defined]  # noqa: SIM118
                            if name not in left_out
                        }
                    )
                )
                for row in session.scalars(select(kind))
            }
            for kind in KINDS
        }


class Trail:
    """Where the chain stands; ``step`` is what was written since the last look at it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._seen = self._last()

    def step(self) -> Step:
        first, self._seen = self._seen + 1, self._last()
        assert self._seen >= first, "nothing was written"
        return Step(first, self._seen)

    def _last(self) -> int:
        with self._desk.store.reading() as session:
            return head(session).sequence


def whole(desk: Desk) -> None:
    """The chain holds from its first entry to its last."""
    with desk.store.reading() as session:
        assert verify_chain(session) is None
