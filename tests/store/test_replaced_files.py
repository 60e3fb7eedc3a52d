"""Small files: the old or the new content, never half of it; and what a refusal says."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from daomao_desktop.store.files import cannot_write, replace_file


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_failure_on_the_way_leaves_the_old_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    path = tmp_path / "keys.json"
    replace_file(path, b"old")

    def fails(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "no space")

    if call == "fsync":
        monkeypatch.setattr(os, "fsync", fails)
    else:
        monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(OSError, match="no space"):
        replace_file(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
    replace_file(path, b"new")
    assert path.read_bytes() == b"new"


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
