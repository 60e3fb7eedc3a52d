"""Brings an older store to the newest schema, or leaves it exactly as it was."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event

from daomao_desktop.errors import StoreError
from daomao_desktop.store import audit, sqlite_check, sqlite_connection
from daomao_desktop.store.migrations import NEWEST, configuration
from daomao_desktop.store.sqlite_copy import copy_verified

BACKUPS = "backups"


def upgrade(path: Path, data_key: bytes, revision: str | None, now: datetime) -> None:
    """Copies, verifies the copy, migrates in one transaction.

    Raises StoreError for a store of a newer program, and when the upgrade fails: then nothing
    has changed.
    """
    if revision is None:
        raise StoreError("这个文件夹里的 records.db 不是本程序的资料库，请检查选对了没有。")
    engine = sqlite_connection.make_engine(path, data_key)
    # Rebuilding a table drops the old one; inside a transaction this switch would do nothing.
    event.listen(engine, "connect", _without_foreign_keys)
    try:
        with engine.execution_options(**{sqlite_connection.WRITING: True}).connect() as connection:
            known = {script.revision for script in _scripts(connection)}
            connection.rollback()
            if revision not in known:
                raise StoreError("这套资料由更新版本的程序写成，请先更新本程序再打开。")
            copy = path.parent / BACKUPS / f"before-upgrade-{revision}-{now:%Y%m%d-%H%M%S}"
            copy_verified(path, data_key, copy)
            _remove_earlier(copy, revision)
            try:
                with connection.begin():
                    _migrate(connection, revision, now)
            except Exception as error:  # whatever a migration stumbles over, the file is unchanged
                raise StoreError(
                    f"资料升级没有成功，原来的资料没有改动；升级前的副本在“{copy}”。请联系提供本程序的人。"
                ) from error
    finally:
        engine.dispose()


def _remove_earlier(copy: Path, revision: str) -> None:
    """Each try that fails makes a copy; only the newest is worth the room."""
    for earlier in copy.parent.glob(f"before-upgrade-{revision}-*"):
        if earlier != copy:
            shutil.rmtree(earlier, ignore_errors=True)


def _scripts(connection: Connection) -> list[Any]:
    return list(ScriptDirectory.from_config(configuration(connection)).walk_revisions())


def _migrate(connection: Connection, revision: str, now: datetime) -> None:
    command.upgrade(configuration(connection), "head")
    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if dangling:
        raise StoreError(sqlite_check.reference_problems([tuple(row) for row in dangling])[0])
    step = {"what": "资料升级", "from": revision, "to": NEWEST}
    happened = audit.Event("accounts", audit.Action.NOTE, "", None, None, step)
    audit.append(connection, [happened], actor=None, origin=None, now=now)


def _without_foreign_keys(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys = OFF")
