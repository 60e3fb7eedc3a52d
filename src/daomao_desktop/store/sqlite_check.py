"""What SQLite and SQLCipher say about the file: damaged pages, structure, dangling references."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from daomao_desktop.store import sqlite_connection

_SHOWN = 10


def revision(connection: Connection) -> str | None:
    """The schema revision the file was written with; None when it holds none."""
    tables = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
    )
    if tables.first() is None:
        return None
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return None if found is None else str(found[0])


def file_problems(engine: Engine) -> list[str]:
    """Sentences about damaged pages, structure and references; empty when the file is whole.

    Pages that are still in the WAL are not looked at: checkpoint before.
    """
    try:
        raw = engine.raw_connection()
        try:
            pages = _rows(raw, "PRAGMA cipher_integrity_check")
            if pages:
                raw.invalidate()  # after an HMAC error a connection stays unusable
                return [_page_sentence(pages)]
            structure = [row for row in _rows(raw, "PRAGMA quick_check") if row != ("ok",)]
            if structure:
                return [f"资料库的结构有 {len(structure)} 处损坏，请用最近的备份恢复。"]
            return reference_problems(_rows(raw, "PRAGMA foreign_key_check"))
        finally:
            raw.close()
    except (DBAPIError, sqlite_connection.Error) as error:
        engine.dispose()
        explained = sqlite_connection.explained(error, Path(str(engine.url.database)))
        return [(explained or sqlite_connection.damaged()).sentence]


def reference_problems(rows: list[tuple[object, ...]]) -> list[str]:
    """A sentence for each of the first rows of ``foreign_key_check`` (table, rowid, parent, …)."""
    sentences = [
        f"表 {table} 的第 {rowid} 行指向 {parent} 中不存在的记录，请用备份核对。"
        for table, rowid, parent, *_ in rows[:_SHOWN]
    ]
    if len(rows) > _SHOWN:
        sentences.append(f"另有 {len(rows) - _SHOWN} 处同类问题。")
    return sentences


def _rows(raw: object, pragma: str) -> list[tuple[object, ...]]:
    return list(raw.driver_connection.execute(pragma).fetchall())  # type: ignore[attr-defined]


def _page_sentence(rows: list[tuple[object, ...]]) -> str:
    numbers = [found.group() for row in rows if (found := re.search(r"\d+$", str(row[0])))]
    named = f"（第 {'、'.join(numbers[:_SHOWN])} 页）" if numbers else ""
    return f"资料库有 {len(rows)} 处页面损坏{named}，请用最近的备份恢复。"
