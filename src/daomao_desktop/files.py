"""Writing files so that a power cut leaves the old one or the new one, never half of one."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path

from daomao_desktop.errors import FileProblem

NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
NO_WRITING = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def replace_file(path: Path, content: bytes) -> None:
    """Writes an output file under ``path``, replacing an older one atomically.

    Raises FileProblem in one sentence; nothing half-written is left behind.
    """
    try:
        if path.is_dir():  # also "", "." and "/", which have no name to write under
            raise FileProblem(f"「{path}」是文件夹，不能当作文件写入，请换一个文件名。")
        replace_bytes(path, content)
    except OSError as error:
        raise FileProblem(_sentence(path, error)) from error


def replace_bytes(path: Path, content: bytes) -> None:
    """Temp → fsync → rename → fsync of the folder; raises OSError with nothing half-written."""
    temporary = path.with_name(f".{path.name}.part")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        rename(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
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
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network and FUSE file systems
            raise
    finally:
        os.close(descriptor)


def _sentence(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"文件夹「{path.parent}」不存在，请先建立或换一个位置。"
    if error.errno in NO_WRITING:
        return f"「{path}」写不进去：没有权限，或正被别的程序打开，请关闭后再试。"
    if error.errno in NO_SPACE:
        return f"磁盘已满，「{path}」没有写成，请腾出空间后再试。"
    return f"「{path}」写不进去，请检查磁盘或U盘后再试。"
