"""The sentence for what the system refused in the data folder."""

from __future__ import annotations

import shutil
from pathlib import Path

from daomao_desktop.errors import StoreError
from daomao_desktop.files import NO_SPACE, NO_WRITING

ROOM = 1 << 20  # bytes; with less SQLite cannot even make the files it works with


def cannot_write(error: OSError, folder: Path) -> StoreError:
    """The sentence for a write into the data folder that the system refused."""
    if error.errno in NO_SPACE:
        return no_space(folder)
    if error.errno in NO_WRITING:
        return no_writing(folder)
    return disk_failed(folder)


def no_space(folder: Path) -> StoreError:
    """The disk is full."""
    return StoreError(f"磁盘空间不足，没有保存：请清理“{folder}”所在的磁盘后再试。")


def no_writing(folder: Path) -> StoreError:
    """Writing is not allowed there."""
    return StoreError(f"资料文件夹“{folder}”不能写入，请检查它的权限或存储盘的写保护开关。")


def disk_failed(folder: Path) -> StoreError:
    """Reading or writing failed; on a disk without any room SQLite says no more than that."""
    try:
        full = shutil.disk_usage(folder).free < ROOM
    except OSError:
        full = False
    if full:
        return no_space(folder)
    return StoreError(f"资料文件夹“{folder}”读写失败，请检查存储盘是否插好、是否损坏。")
