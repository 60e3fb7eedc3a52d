"""What the login window needs before a store is opened; must not load SQLAlchemy."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from daomao_desktop.errors import StoreError
from daomao_desktop.store import keys
from daomao_desktop.store.lock import FolderLock


class FolderState(Enum):
    """What stands in a data folder: nothing yet, an office, or an office that lost its keys."""

    NEW = "尚未建立"
    READY = "可以登录"
    DAMAGED = "密钥文件缺失或损坏"


def folder_state(folder: Path) -> FolderState:
    """Decides between the first-run wizard, the login window and the help for a damaged folder."""
    if not keys.founded(folder):
        return FolderState.NEW
    try:
        keys.labels(folder)
    except StoreError:
        return FolderState.DAMAGED
    return FolderState.READY


def sign_in_labels(folder: Path) -> tuple[str, ...]:
    """The login labels in the order they were made; raises StoreError without a key file."""
    return tuple(info.label for info in keys.labels(folder))


def refuse_busy(folder: Path) -> None:
    """Raises StoreError while another process has the folder open."""
    if folder.is_dir():
        with FolderLock(folder):
            pass
