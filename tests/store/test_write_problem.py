"""What a refused write into the data folder says."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from daomao_desktop.store.write_problem import cannot_write, disk_failed


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EROFS, "不能写入"),
        (errno.EACCES, "不能写入"),
        (errno.EIO, "读写失败"),
    ],
)
def test_each_refusal_has_its_sentence(number: int, words: str) -> None:
    sentence = cannot_write(OSError(number, "refused"), Path("资料")).sentence
    assert words in sentence
    assert "资料" in sentence
    assert sentence.endswith("。")


def test_a_disk_without_any_room_is_full_and_not_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite, which cannot even make its files there, says "disk I/O error"."""
    assert "是否损坏" in disk_failed(Path()).sentence
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=4096))
    assert "磁盘空间不足" in disk_failed(Path()).sentence
