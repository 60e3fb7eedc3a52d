"""Small files of the data folder, replaced so that a power cut leaves the old or the new one."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path

from daomao_desktop.errors import StoreError

_NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_WRITING = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def replace_file(path: Path, content: bytes, *, durable: bool = True) -> None:
    """Temp → fsync → rename → fsync of the folder; raises OSError with nothing half-written.

    ``durable=False`` leaves out both fsyncs, for files that may lag.
    """
    temporary = path.with_name(path.name + ".tmp")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        rename(temporary, path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    if durable:
        sync_folder(path.parent)


def rename(source: Path, target: Path) -> None:
    """``os.replace``, tried again while a virus scanner of Windows holds the file."""
    for pause in (0.02, 0.1, 0.3):
        try:
            source.replace(target)
        except PermissionError:
            if os.name != "nt":
                raise
            time.sleep(pause)
        else:
            return
    source.replace(target)


def sync_folder(folder: Path) -> None:
    """Makes a rename durable; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def cannot_write(error: OSError, folder: Path) -> StoreError:
    """The sentence for a write into the data folder that the system refused."""
    if error.errno in _NO_SPACE:
        return StoreError(f"磁盘空间不足，没有保存：请清理“{folder}”所在的磁盘后再试。")
    if error.errno in _NO_WRITING:
        return StoreError(f"资料夹“{folder}”不能写入，请检查它的权限或存储盘的写保护开关。")
    return StoreError(f"资料夹“{folder}”读写失败，请检查存储盘是否插好、是否损坏。")
