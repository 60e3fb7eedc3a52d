"""Composition root without Qt: data folder → store → desk; the command line uses it alone."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from daomao_desktop.errors import StoreError
from daomao_desktop.paths import default_data_dir
from daomao_desktop.services import accounts, demo
from daomao_desktop.services.desk import Desk


def data_folder(given: str | None) -> Path:
    """The folder named by ``--data``, else the platform's own."""
    return Path(given).expanduser() if given else default_data_dir()


def password_from_environment() -> str | None:
    """Scripts pass the password here; it never reaches argv."""
    return os.environ.get("DAOMAO_PASSWORD")


@contextmanager
def opened_desk(folder: Path, password: str) -> Iterator[Desk]:
    """Opens the office in ``folder`` and closes it again.

    ``DAOMAO_OPERATOR`` names the operator where there is more than one. Raises StoreError.
    """
    desk = accounts.open_desk(folder, password, os.environ.get("DAOMAO_OPERATOR") or None)
    try:
        yield desk
    finally:
        accounts.close_desk(desk)


@contextmanager
def demo_desk(*, village: bool = False) -> Iterator[Desk]:
    """The sample office in a temporary folder that is gone afterwards; always the same content."""
    with demo_folder(village=village) as folder:
        desk = accounts.open_desk(folder, demo.PASSWORD, today=demo.today)
        try:
            yield desk
        finally:
            accounts.close_desk(desk)


@contextmanager
def demo_folder(*, village: bool = False) -> Iterator[Path]:
    """A temporary data folder holding the sample office, for the window to sign in to."""
    # ignore_cleanup_errors: a virus scanner may hold a file on Windows; the data is fictional
    with tempfile.TemporaryDirectory(prefix="daomao-", ignore_cleanup_errors=True) as name:
        folder = Path(name) / "资料"
        demo.build(folder, village=village)
        yield folder


def refuse_missing(folder: Path) -> None:
    """Raises StoreError naming the command that makes a data folder, where there is none."""
    if not (folder / "keys.json").exists() and not (folder / "keys.backup.json").exists():
        raise StoreError(
            f"「{folder}」里还没有资料；请先打开窗口完成首次设置，或运行 daomao-desktop init。"
        )
