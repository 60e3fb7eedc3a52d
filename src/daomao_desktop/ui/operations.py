"""Everything slow goes through here: one background worker, cancellable, with progress."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from daomao_desktop.errors import DaomaoError, StoreError
from daomao_desktop.trouble import describe
from daomao_desktop.ui.collector import Collector

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from daomao_desktop.services.desk import Changes

T = TypeVar("T")

SHOW_PROGRESS_AFTER_MS = 300


class Cancelled(Exception):  # not an error: the operator asked for it
    """Raised inside the work when the operator has cancelled it."""


class Job:
    """One piece of work; ``progress`` may be called from the work itself."""

    def __init__(self, title: str, owner: QObject | None, tell: Callable[[Job], None]) -> None:
        self.title = title
        self.owner = owner
        self.cancellable = False
        self.sure = False
        self.done = 0
        self.total = 0
        self.work: Callable[[Job], Any] | None = None
        self.on_done: Callable[[Any], None] | None = None
        self.on_error: Callable[[DaomaoError], None] | None = None
        self.result: Any = None
        self.error: BaseException | None = None
        self._tell = tell
        self._cancel = threading.Event()

    def cancel(self) -> None:
        """Asks the work to stop at its next progress call."""
        self._cancel.set()

    @property
    def cancelled(self) -> bool:
        return self._cancel.is_set()

    def progress(self, done: int, total: int) -> None:
        """Tells how far the work is; raises Cancelled once the operator has cancelled."""
        if self._cancel.is_set():
            raise Cancelled
        self.done, self.total = done, total
        self._tell(self)

    def go_on(self, done: int, total: int) -> bool:
        """As ``progress``, for work that ends tidily by itself: False once it is to stop."""
        try:
            self.progress(done, total)
        except Cancelled:
            return False
        return True


class Operations(QObject):
    """Runs queries and commands one after another, outside the window's thread.

    ``changed`` carries the Changes of every command; ``failed`` an expected error nobody took;
    ``broke`` the report of an unexpected one, ``noted`` what was behind one of the store;
    ``busy`` the job shown to the operator, or None.
    """

    changed = Signal(object)
    failed = Signal(object)
    broke = Signal(str)
    noted = Signal(str)
    busy = Signal(object)
    _progressed = Signal(object)
    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: list[Job] = []
        self._shown: Job | None = None
        self._closed = False
        self.collector = Collector(self)  # no worker without it
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOW_PROGRESS_AFTER_MS)
        self._timer.timeout.connect(self._on_long)
        # Queued: emitted by the worker, received in the window's thread.
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)
        self._progressed.connect(self._on_progressed, Qt.ConnectionType.QueuedConnection)

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        # 20 ms to import, and nothing is worked on before the first window is painted
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(max_workers=1, thread_name_prefix="operations")

    @property
    def idle(self) -> bool:
        return not self._jobs

    def query(
        self,
        work: Callable[[], T],
        on_done: Callable[[T], None],
        on_error: Callable[[DaomaoError], None] | None = None,
        *,
        owner: QObject | None = None,
        title: str = "正在读取…",
        sure: bool = False,
    ) -> Job:
        """Reads in the background; ``on_done`` gets the result unless ``owner`` is gone by then.

        ``sure``: done even if the program is closed before its turn comes, as commands are.
        """
        job = self._start(lambda _job: work(), on_done, on_error, owner, title)
        job.sure = sure
        return job

    def command(
        self,
        work: Callable[[], Changes],
        on_done: Callable[[Changes], None] | None = None,
        on_error: Callable[[DaomaoError], None] | None = None,
        *,
        owner: QObject | None = None,
        title: str = "正在保存…",
    ) -> Job:
        """Changes something; its Changes go to ``changed`` and then to ``on_done``."""
        job = self._change(lambda _job: work(), _themselves, on_done, on_error, owner, title)
        job.sure = True
        return job

    def long(
        self,
        work: Callable[[Job], T],
        on_done: Callable[[T], None],
        on_error: Callable[[DaomaoError], None] | None = None,
        *,
        owner: QObject | None = None,
        title: str,
        changes: Callable[[T], Changes] | None = None,
    ) -> Job:
        """Work in many steps that calls ``job.progress`` and so can be cancelled.

        ``changes``: what the result says was changed, for ``changed``, as of a command.
        """
        if changes is None:
            job = self._start(work, on_done, on_error, owner, title)
        else:
            job = self._change(work, changes, on_done, on_error, owner, title)
        job.cancellable = True
        return job

    def cancel_shown(self) -> None:
        """Cancels the job the operator sees."""
        if self._shown is not None:
            self._shown.cancel()

    def close(self) -> None:
        """Cancels what only reads and waits for the rest; nothing calls back afterwards."""
        self._closed = True
        for job in self._jobs:
            if not job.sure:
                job.cancel()
        self._pool.shutdown(wait=True)  # a job cancelled before its turn ends at once
        self._jobs.clear()
        self._timer.stop()
        self.collector.close()

    def _change(
        self,
        work: Callable[[Job], T],
        changes: Callable[[T], Changes],
        on_done: Callable[[T], None] | None,
        on_error: Callable[[DaomaoError], None] | None,
        owner: QObject | None,
        title: str,
    ) -> Job:
        """The pages hear of it although whoever asked is gone by then."""

        def finished(result: T) -> None:
            self.changed.emit(changes(result))
            if on_done is not None and _alive(owner):
                on_done(result)

        job = self._start(work, finished, on_error, None, title)
        if owner is not None and on_error is not None:

            def refused(error: DaomaoError) -> None:
                if _alive(owner):
                    on_error(error)
                else:
                    self.failed.emit(error)

            job.on_error = refused
        return job

    def _start(
        self,
        work: Callable[[Job], T],
        on_done: Callable[[T], None],
        on_error: Callable[[DaomaoError], None] | None,
        owner: QObject | None,
        title: str,
    ) -> Job:
        job = Job(title, owner, self._progressed.emit)
        job.work, job.on_done, job.on_error = work, on_done, on_error
        if self._closed:
            return job  # the program is ending: nothing is started, nothing calls back
        self._jobs.append(job)
        if not self._timer.isActive() and self._shown is None:
            self._timer.start()
        self._pool.submit(_run, job, self._ended.emit)
        return job

    @Slot(object)
    def _on_ended(self, job: Job) -> None:
        self._finish(job)
        on_done, on_error = job.on_done, job.on_error
        job.on_done = job.on_error = None
        if self._closed:
            return
        error = job.error
        if error is None:
            if on_done is not None and _alive(job.owner):
                on_done(job.result)
        elif isinstance(error, DaomaoError):
            if isinstance(error, StoreError) and error.__cause__ is not None:
                self.noted.emit(describe(error))
            if on_error is not None and _alive(job.owner):
                on_error(error)
            else:
                self.failed.emit(error)
        elif not isinstance(error, Cancelled):
            self.broke.emit(describe(error))

    def _finish(self, job: Job) -> None:
        if job in self._jobs:
            self._jobs.remove(job)
        if not self._jobs:
            self._timer.stop()
        if self._shown is job:
            self._shown = None
            self.busy.emit(None)
            if self._jobs:
                self._timer.start()

    @Slot()
    def _on_long(self) -> None:
        if self._jobs and self._shown is None:
            self._shown = self._jobs[0]
            self.busy.emit(self._shown)

    @Slot(object)
    def _on_progressed(self, job: Job) -> None:
        if job is self._shown:
            self.busy.emit(job)


def _run(job: Job, ended: Callable[[Job], None]) -> None:
    # The work is let go of here, so that a window it refers to never dies in this thread.
    work, job.work = job.work, None
    try:
        if job.cancelled or work is None:
            raise Cancelled
        job.result = work(job)
    except BaseException as error:  # handed to the window, which tells what it was
        job.error = error
    del work
    ended(job)


def _themselves(changes: Changes) -> Changes:
    return changes


def _alive(owner: QObject | None) -> bool:
    return owner is None or shiboken6.isValid(owner)
