"""The store: one encrypted file of one office, opened by one process."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from daomao_desktop.errors import StoreError
from daomao_desktop.files import rename, sync_folder
from daomao_desktop.store import audit, head_file, sqlite_check, sqlite_connection
from daomao_desktop.store.base import Base, new_uid
from daomao_desktop.store.key_file import RECORDS, founded
from daomao_desktop.store.lock import FolderLock
from daomao_desktop.store.migrations import NEWEST
from daomao_desktop.store.session import Session
from daomao_desktop.store.unsaved import Unsaved
from daomao_desktop.store.write_problem import cannot_write

__all__ = ["Session", "Store"]

# As Alembic itself would make it; a fresh store is stamped without loading Alembic.
VERSION_TABLE = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)
_NEW = RECORDS + ".new"
_ORIGIN = "origin"
_AREAS = ("accounts", "assessment", "conduct", "duties", "notices", "roster")
_TURN_SECONDS = 30
_TICK = timedelta(seconds=1)  # no clock is coarser


def load_tables() -> None:
    """Imports every area, which completes ``Base.metadata``; areas themselves may import us."""
    for area in _AREAS:
        import_module(f"daomao_desktop.store.{area}")


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Store:
    """Opened by ``create`` or ``open``; holds the folder's lock until ``close``.

    ``origin`` is the uid of this installation, stamped on every record made here. Sessions may be
    opened from any thread; writing ones take turns. ``unsaved`` keeps what is still being typed.
    ``committed``, where somebody set it, is told the first and last audit entry of every
    transaction that wrote, in the thread that wrote it.
    """

    def __init__(
        self, folder: Path, path: Path, data_key: bytes, now: Callable[[], datetime] = _utc_now
    ) -> None:
        load_tables()
        self.folder = folder
        self.origin = ""
        self.unsaved = Unsaved(folder, data_key)
        self.committed: Callable[[int, int], None] | None = None
        self._path = path
        self._engine = sqlite_connection.make_engine(path, data_key)
        self._writer = self._engine.execution_options(**{sqlite_connection.WRITING: True})
        self._now = now
        self._last_time: datetime | None = None
        self._turn = threading.Lock()
        self._turn_of: int | None = None
        self._lock = FolderLock(folder)
        self._lost: str | None = None
        self._head: audit.Head | None = None  # none is kept while the store has its first name

    @classmethod
    def create(
        cls,
        folder: Path,
        data_key: bytes,
        first: Callable[[Session], None] | None = None,
        *,
        now: Callable[[], datetime] = _utc_now,
    ) -> Store:
        """Makes and opens the store; raises StoreError when one is here already.

        ``first`` fills in what an office needs (operator, names) in the same step: the file gets
        its name ``records.db`` only when complete, so a crash leaves a folder to be founded anew.
        """
        with FolderLock(folder):
            if founded(folder):
                raise StoreError("这个资料文件夹里已经有一套资料，不能重新建立；请另选一个文件夹。")
            _discard_unfinished(folder)
            unfinished = cls(folder, folder / _NEW, data_key, now)
            try:
                unfinished._found(first)
                unfinished._settle()
                _publish(folder)
            except BaseException as error:
                unfinished._engine.dispose()
                with suppress(OSError):  # gives the space back at once when the disk was full
                    _discard_unfinished(folder)
                if isinstance(error, OSError):
                    raise cannot_write(error, folder) from error
                raise
            return cls.open(folder, data_key, now=now)

    @classmethod
    def open(
        cls, folder: Path, data_key: bytes, *, now: Callable[[], datetime] = _utc_now
    ) -> Store:
        """Opens the office's store, upgrading an older one after a verified copy.

        Raises StoreError: no store, in use, wrong key or damage, newer than this program.
        """
        if not founded(folder):
            raise StoreError("这个文件夹里没有资料库（缺 records.db），请检查选对了没有。")
        store = cls(folder, folder / RECORDS, data_key, now)
        store._lock.acquire()
        try:
            store._upgrade_if_older(data_key)
            store._compare_head()
        except BaseException:
            store._engine.dispose()
            store._lock.release()
            raise
        return store

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session on one consistent state; anything added or changed in it is a mistake."""
        with self._sentences(), Session(self._engine, info={"writing": False}) as session:
            try:
                yield session
                if session.new or session.deleted or any(map(session.is_modified, session.dirty)):
                    raise RuntimeError("a reading session was asked to write")
            except DBAPIError:
                session.invalidate()  # after an HMAC error a connection stays unusable
                raise

    @contextmanager
    def writing(self, actor_uid: str | None) -> Iterator[Session]:
        """A transaction in the operator's name: commits at the end, any error rolls all back.

        Raises StoreError when it could not be saved. What was added stays readable afterwards.
        """
        info: dict[str, object] = {"writing": True, "actor": actor_uid, "origin": self.origin}
        with self._in_turn():
            info["at"] = self._time()  # one transaction, one time
            with (
                self._sentences(),
                Session(self._writer, expire_on_commit=False, info=info) as session,
            ):
                try:
                    session.connection()  # BEGIN IMMEDIATE now, not at the first statement
                    yield session
                    session.flush()
                    head = audit.head(session)
                    session.commit()
                except DBAPIError:
                    session.invalidate()
                    raise
            self._keep_head(head)
        if self.committed is not None and "begun" in session.info:
            self.committed(session.info["begun"], head.sequence)

    def check(self) -> list[str]:
        """Walks the whole store: one sentence a problem, an empty list when all is well."""
        problems = []
        try:
            self.checkpoint()  # pages still in the WAL would not be looked at
        except StoreError as error:  # a full disk hinders this, which is no damage
            problems.append(error.sentence)
        damage = sqlite_check.file_problems(self._engine)
        if damage:
            problems = damage
        else:
            known = self._head  # before the session begins: another thread may commit meanwhile
            try:
                with self.reading() as session:
                    broken = audit.verify_chain(session)
                    problems += [broken] if broken else []
                    self._compare(session, known)
            except StoreError as error:
                problems.append(error.sentence)
        if self._lost:
            problems.append(self._lost)
        return problems

    def checkpoint(self) -> None:
        """Empties the WAL into the main file; call it when idle and before any copy.

        Raises StoreError on a full disk; nothing is lost then, the WAL stays.
        """
        with self._sentences():
            sqlite_connection.checkpoint(self._engine)

    def close(self) -> None:
        """Checkpoints, closes every connection and gives the folder back; again does nothing."""
        if not self._lock.held:
            return
        with suppress(DBAPIError, sqlite_connection.Error, StoreError):
            self.checkpoint()  # a full disk must not keep the clerk from leaving
        self._engine.dispose()
        self._lock.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _found(self, first: Callable[[Session], None] | None) -> None:
        from daomao_desktop.store.accounts import put_setting

        self.origin = new_uid()
        with self.writing(None) as session:
            connection = session.connection()
            Base.metadata.create_all(connection)
            connection.execute(text(VERSION_TABLE))
            connection.execute(
                text("INSERT INTO alembic_version VALUES (:newest)"), {"newest": NEWEST}
            )
            put_setting(session, _ORIGIN, self.origin)
            if first is not None:
                first(session)

    def _settle(self) -> None:
        """All content in the main file, on the disk."""
        self.checkpoint()
        self._engine.dispose()
        with self._path.open("rb+") as file:
            os.fsync(file.fileno())

    def _upgrade_if_older(self, data_key: bytes) -> None:
        with self._sentences(), self._engine.connect() as connection:
            revision = sqlite_check.revision(connection)
        if revision != NEWEST:
            self._engine.dispose()
            # Alembic costs more than the rest of a start; most starts do not need it.
            from daomao_desktop.store.sqlite_upgrade import upgrade

            upgrade(self._path, data_key, revision, self._now())

    def _compare_head(self) -> None:
        from daomao_desktop.store.accounts import get_setting

        with self.reading() as session:
            self.origin = get_setting(session, _ORIGIN, "")
            known = head_file.read(self.folder)
            if self._compare(session, known):
                self._head = known or audit.Head(0, audit.GENESIS)
                self._keep_head(audit.head(session))

    def _compare(self, session: Session, known: audit.Head | None) -> bool:
        """Whether the chain has the head kept outside; if not, the loss is told until mended.

        The file then stays as it is: the witness of what was lost must not be overwritten.
        """
        if known is None or audit.knows(session, known):
            return True
        self._head = None
        self._lost = (
            f"资料库里找不到第 {known.sequence} 条操作记录，最近的登记可能已经丢失，"
            "请用最近的备份核对。"
        )
        return False

    def _keep_head(self, head: audit.Head) -> None:
        if self._head is not None and head != self._head:
            self._head = head
            head_file.write(self.folder, head)

    def _time(self) -> datetime:
        """Now, but after the transaction before, however coarse the clock: entries of one time in
        the trail are those of one transaction. A clock set back by more is believed."""
        now, last = self._now(), self._last_time
        if last is not None and timedelta(0) <= last - now <= _TICK:
            now = last + timedelta(microseconds=1)
        self._last_time = now
        return now

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """One writer at a time, in line on a Python lock: SQLite's own waiting is not fair."""
        me = threading.get_ident()
        if self._turn_of == me:
            raise RuntimeError("a writing session inside a writing session of the same thread")
        if not self._turn.acquire(timeout=_TURN_SECONDS):
            raise StoreError("资料库正忙，这次没有保存，请稍等片刻再试。")
        self._turn_of = me
        try:
            yield
        finally:
            self._turn_of = None
            self._turn.release()

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        """Turns errors of the disk and the file into sentences; our own mistakes pass through."""
        try:
            yield
        except DBAPIError as error:
            explained = sqlite_connection.explained(error, self._path)
            if explained is None:
                raise
            self._engine.dispose()
            raise explained from error
        except sqlite_connection.Error as error:
            explained = sqlite_connection.explained(error, self._path)
            raise (explained or sqlite_connection.damaged()) from error


def _discard_unfinished(folder: Path) -> None:
    """Removes what a founding that was cut off left behind; nothing in it was ever acknowledged."""
    for name in (_NEW, _NEW + "-wal", _NEW + "-shm", _NEW + "-journal", head_file.NAME):
        (folder / name).unlink(missing_ok=True)


def _publish(folder: Path) -> None:
    rename(folder / _NEW, folder / RECORDS)
    sync_folder(folder)
