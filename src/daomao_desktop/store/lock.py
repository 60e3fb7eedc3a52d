"""One process at a time in a data folder; knows no database, so the login window may import it."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from filelock import BaseFileLock, FileLock, Timeout

from daomao_desktop.errors import StoreError
from daomao_desktop.store.write_problem import cannot_write


class FolderLock:
    """The operating system's lock on ``folder/lock``; it ends with its process or this object.

    Counted within one process: the login window and the store may both hold it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        # thread_local=False: a store opened by a worker may be closed by another thread.
        self._lock: BaseFileLock = FileLock(
            self.folder / "lock", timeout=0, thread_local=False, is_singleton=True
        )

    def acquire(self) -> None:
        """Raises StoreError when another process holds it or the folder cannot be written."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
        except Timeout:
            raise StoreError(
                "另一个窗口正在使用这个资料文件夹，请回到那个窗口，或先把它关掉再试。"
            ) from None
        except OSError as error:
            raise cannot_write(error, self.folder) from error

    def release(self) -> None:
        """Gives back one ``acquire``."""
        self._lock.release()

    @property
    def held(self) -> bool:
        return bool(self._lock.is_locked)

    def __enter__(self) -> FolderLock:
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()
