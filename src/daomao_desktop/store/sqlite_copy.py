"""A consistent, verified copy: the backup API, never a file copy of a live WAL store."""

from __future__ import annotations

import shutil
from pathlib import Path

from daomao_desktop.errors import StoreError
from daomao_desktop.files import rename, sync_folder
from daomao_desktop.store import audit, key_file, sqlite_check, sqlite_connection
from daomao_desktop.store.key_file import RECORDS
from daomao_desktop.store.write_problem import cannot_write


def copy_verified(path: Path, data_key: bytes, target: Path) -> None:
    """Copies store and key files into the folder ``target``, which appears only when proven good.

    Raises StoreError when the disk refuses or the copy does not pass every check.
    """
    unfinished = target.with_name(target.name + ".part")
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        _copy(path, data_key, unfinished / RECORDS)
        for name in key_file.NAMES:
            if (path.parent / name).exists():
                shutil.copyfile(path.parent / name, unfinished / name)
        problems = _problems(unfinished / RECORDS, data_key)
        if problems:
            raise StoreError(f"资料库的副本没有通过核对：{problems[0]}")
        rename(unfinished, target)
        sync_folder(target.parent)
    except OSError as error:
        raise cannot_write(error, path.parent) from error
    except sqlite_connection.Error as error:
        raise sqlite_connection.explained(error, path) or sqlite_connection.damaged() from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _copy(path: Path, data_key: bytes, target: Path) -> None:
    source = sqlite_connection.connect(path, data_key)
    try:
        copy = sqlite_connection.connect(target, data_key)
        try:
            source.backup(copy)
            copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            copy.close()
    finally:
        source.close()


def _problems(path: Path, data_key: bytes) -> list[str]:
    """What is wrong with a closed store, audit chain included."""
    engine = sqlite_connection.make_engine(path, data_key)
    try:
        problems = sqlite_check.file_problems(engine)
        if not problems:
            with engine.connect() as connection:
                broken = audit.verify_chain(connection)
            problems = [broken] if broken else []
        return problems
    finally:
        engine.dispose()
