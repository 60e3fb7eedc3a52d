"""Connections to the encrypted file: key, pragmas, and what its errors mean in a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from daomao_desktop.errors import StoreError
from daomao_desktop.store.write_problem import disk_failed, no_space, no_writing

Error = driver.Error
WRITING = "daomao_writing"
_BUSY_SECONDS = 10

_DAMAGED = (
    "file is not a database",
    "malformed",
    "file is encrypted",
    "hmac check failed",
)


def connect(path: Path, data_key: bytes) -> Any:
    """A keyed DBAPI connection that leaves BEGIN to SQLAlchemy; the file is made if missing."""
    connection = driver.connect(
        str(path),
        timeout=_BUSY_SECONDS,
        # The driver's own implicit BEGIN would leave DDL of a failed migration behind.
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # else an HMAC error floods stderr
        connection.execute(f"PRAGMA key = \"x'{data_key.hex()}'\"")
        # The key lies in Python's memory anyway; locking every page costs speed and mlock limits.
        connection.execute("PRAGMA cipher_memory_security = OFF")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        # Temporary tables and sorters must not spill records in clear next to the store.
        connection.execute("PRAGMA temp_store = MEMORY")
    except BaseException:
        connection.close()
        raise
    return connection


def make_engine(path: Path, data_key: bytes) -> Engine:
    """An engine usable from any thread; option ``WRITING`` makes a transaction BEGIN IMMEDIATE."""
    engine = create_engine(
        f"sqlite+pysqlite:///{path}",
        module=driver,
        creator=lambda: connect(path, data_key),
        hide_parameters=True,  # an error text must not print names and ID numbers
        pool_size=4,
        max_overflow=12,
        pool_timeout=_BUSY_SECONDS,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def explained(error: DBAPIError | driver.Error, path: Path) -> StoreError | None:
    """The sentence for an error of the disk or the file; None for one that is our own mistake."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    text = str(cause).lower()
    if "disk is full" in text:
        return no_space(path.parent)
    if "readonly database" in text or "unable to open" in text:
        return no_writing(path.parent)
    if "locked" in text or "busy" in text:
        return StoreError("资料库正忙，这次没有保存，请稍等片刻再试。")
    if "i/o error" in text:
        return disk_failed(path.parent)
    if any(sign in text for sign in _DAMAGED):
        return damaged()
    return None


def damaged() -> StoreError:
    """A damaged first page and a wrong key look alike, so the sentence names both."""
    return StoreError(
        "资料库打不开：文件 records.db 已损坏，或与密钥文件 keys.json 不是同一套；"
        "请不要改动这个资料文件夹，用最近的备份恢复。"
    )


def checkpoint(engine: Engine) -> None:
    """Moves the WAL into the main file and empties it; a reader in the way makes it do nothing.

    A flipped bit in a WAL frame makes SQLite drop that transaction silently, so it is kept short.
    """
    raw = engine.raw_connection()  # without a transaction, which a checkpoint does not allow
    try:
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()
