"""Writing files so that a power cut leaves the old one or the new one, never half of one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from daomao_desktop.errors import FileProblem


def replace_file(path: Path, content: bytes) -> None:
    """Writes ``content`` under ``path``, replacing an older file atomically.

    Temporary file in the same folder → fsync → rename → fsync of the folder (where the system
    knows that). Raises FileProblem in one sentence; nothing half-written is left behind.
    """
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    except OSError as error:
        raise FileProblem(_sentence(path, error)) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        _take_over_mode(Path(temporary), path)
        Path(temporary).replace(path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise FileProblem(_sentence(path, error)) from error
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _take_over_mode(temporary: Path, path: Path) -> None:
    """mkstemp makes files only their owner can read; an output file follows the usual rule."""
    if os.name == "nt":
        return
    if path.exists():
        temporary.chmod(path.stat().st_mode & 0o777)
        return
    mask = os.umask(0)
    os.umask(mask)
    temporary.chmod(0o666 & ~mask)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # folders cannot be opened there; NTFS journals the rename
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:
        pass  # some network and FUSE file systems refuse it; the file itself is synced
    finally:
        os.close(descriptor)


def _sentence(path: Path, error: OSError) -> str:
    if path.is_dir():
        return f"「{path}」是文件夹，不能当作文件写入，请换一个文件名。"
    if isinstance(error, FileNotFoundError):
        return f"文件夹「{path.parent}」不存在，请先建立或换一个位置。"
    if isinstance(error, PermissionError):
        return f"「{path}」写不进去：没有权限，或正被别的程序打开，请关闭后再试。"
    if error.errno == 28:  # ENOSPC
        return f"磁盘已满，「{path}」没有写成，请腾出空间后再试。"
    return f"「{path}」写不进去，请检查磁盘或U盘后再试。"
