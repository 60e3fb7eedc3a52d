"""Run by Alembic, which gets the connection from its caller and needs no alembic.ini."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy.types import TypeDecorator

attributes = context.config.attributes


def _render(kind: str, item: Any, _autogenerate: Any) -> str | Literal[False]:
    """A revision names plain types: it must still run when our own types are gone."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


context.configure(
    connection=attributes["connection"],
    target_metadata=attributes.get("metadata"),  # only when a new revision is written
    render_item=_render,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
