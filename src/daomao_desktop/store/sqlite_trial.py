"""Whether this program could upgrade a store: every revision run on an empty encrypted one."""

from __future__ import annotations

import secrets
from pathlib import Path

from daomao_desktop.store import sqlite_check, sqlite_connection
from daomao_desktop.store.keys import DATA_KEY_BYTES
from daomao_desktop.store.migrations import NEWEST, configuration


def upgrade_problems(folder: Path) -> list[str]:
    """Sentences; ``folder`` is a temporary one. Alembic's errors pass through."""
    from alembic import command  # as in store/migrations

    path = folder / "trial.db"
    engine = sqlite_connection.make_engine(path, secrets.token_bytes(DATA_KEY_BYTES))
    try:
        with engine.execution_options(**{sqlite_connection.WRITING: True}).begin() as connection:
            command.upgrade(configuration(connection), "head")
            reached = sqlite_check.revision(connection)
    finally:
        engine.dispose()
    if reached != NEWEST:
        return [f"资料升级只能到 {reached}，应到 {NEWEST}，请重新安装程序。"]
    return []
