"""What a refused write into the data folder says."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from daomao_desktop.store.write_problem import cannot_write


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
