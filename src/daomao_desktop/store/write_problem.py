"""The sentence for a write into the data folder that the system refused."""

from __future__ import annotations

from pathlib import Path

from daomao_desktop.errors import StoreError
from daomao_desktop.files import NO_SPACE, NO_WRITING


def cannot_write(error: OSError, folder: Path) -> StoreError:
    """The sentence for a write into the data folder that the system refused."""
    if error.errno in NO_SPACE:
        return StoreError(f"磁盘空间不足，没有保存：请清理“{folder}”所在的磁盘后再试。")
    if error.errno in NO_WRITING:
        return StoreError(f"资料夹“{folder}”不能写入，请检查它的权限或存储盘的写保护开关。")
    return StoreError(f"资料夹“{folder}”读写失败，请检查存储盘是否插好、是否损坏。")
