"""Composition root without Qt: data folder → store → desk; the command line uses it alone.

Light to import, because the window is built on it too: the services come where they are used.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from daomao_desktop.paths import default_data_dir, log_dir

if TYPE_CHECKING:
    from daomao_desktop.services.desk import Desk


def data_folder(given: str | None) -> Path:
    """The folder named by ``--data``, else the platform's own."""
    if not given:
        return default_data_dir()
    try:
        return Path(given).expanduser()
    except RuntimeError:  # ~name, and there is no such user: a folder called so, as a shell has it
        return Path(given)


def keep_report(error: Exception, data: str | None) -> str:
    """Writes an error into the log; returns the sentence for an unexpected one, naming the log."""
    from daomao_desktop.trouble import TroubleLog, describe, surroundings

    log = TroubleLog(log_dir())
    about = surroundings(data_folder(data), "command line")
    if log.record(f"{about}\n{describe(error)}"):
        return f"程序遇到意外情况，这一步没有完成，请把日志“{log.path}”交给维护人员。"
    kind = type(error).__name__
    return f"程序遇到意外情况（{kind}），这一步没有完成，日志“{log.path}”也写不进去，请检查磁盘。"


def password_from_environment() -> str | None:
    """Scripts pass the password here; it never reaches argv."""
    return os.environ.get("DAOMAO_PASSWORD")


@contextmanager
def opened_desk(folder: Path, password: str) -> Iterator[Desk]:
    """Opens the office in ``folder`` and closes it again.

    ``DAOMAO_OPERATOR`` names the operator where there is more than one. Raises StoreError.
    """
    from daomao_desktop.services import accounts

    desk = accounts.open_desk(folder, password, os.environ.get("DAOMAO_OPERATOR") or None)
    try:
        yield desk
    finally:
        accounts.close_desk(desk)


@contextmanager
def demo_desk(*, village: bool = False) -> Iterator[Desk]:
    """The sample office in a temporary folder that is gone afterwards; always the same content."""
    from daomao_desktop.services import accounts, demo

    with sample_place() as folder:
        demo.build(folder, village=village)
        desk = accounts.open_desk(folder, demo.PASSWORD, today=demo.today)
        try:
            yield desk
        finally:
            accounts.close_desk(desk)


@contextmanager
def sample_place() -> Iterator[Path]:
    """Where a sample office can be made: a folder that is gone afterwards, with all in it."""
    import tempfile  # the demo only

    # ignore_cleanup_errors: a virus scanner may hold a file on Windows; the data is fictional
    with tempfile.TemporaryDirectory(prefix="daomao-", ignore_cleanup_errors=True) as name:
        yield Path(name) / "资料"
