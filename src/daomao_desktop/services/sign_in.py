"""What the login window needs before a store is opened; light, and without SQLAlchemy."""

from __future__ import annotations

from pathlib import Path

from daomao_desktop.errors import StoreError
from daomao_desktop.store import key_file


def is_new(folder: Path) -> bool:
    """Whether the first-run wizard has to make an office here."""
    return not key_file.founded(folder)


def refuse_new(folder: Path) -> None:
    """Raises StoreError naming the step that makes an office, where there is none."""
    if is_new(folder):
        raise StoreError(
            f"“{folder}”里还没有资料，请先打开窗口完成首次设置，或运行 daomao-desktop init。"
        )


def sign_in_labels(folder: Path) -> tuple[str, ...]:
    """The login labels in the order they were made; raises StoreError without a key file."""
    return tuple(info.label for info in key_file.labels(folder))


def refuse_busy(folder: Path) -> None:
    """Raises StoreError while another process has the folder open."""
    from daomao_desktop.store.lock import FolderLock  # 15 ms that the first window does without

    if folder.is_dir():
        with FolderLock(folder):
            pass
