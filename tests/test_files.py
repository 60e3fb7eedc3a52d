"""Atomic replacement of output files."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from daomao_desktop.errors import FileProblem
from daomao_desktop.files import replace_bytes, replace_file


def test_writes_and_replaces(tmp_path: Path) -> None:
    target = tmp_path / "通报.pdf"
    replace_file(target, b"one")
    replace_file(target, b"two")
    assert target.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [target]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="不存在，请先建立"):
        replace_file(tmp_path / "没有" / "a.pdf", b"x")


def test_a_folder_in_the_way_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.mkdir()
    with pytest.raises(FileProblem, match="是文件夹"):
        replace_file(target, b"x")
    assert list(tmp_path.iterdir()) == [target]


def test_a_failing_rename_keeps_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")

    def refuse(self: Path, other: Path) -> Path:
        raise PermissionError(13, "in use", str(other))

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(FileProblem, match="正被别的程序打开"):
        replace_file(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(os.name == "nt", reason="modes are a POSIX matter")
def test_new_files_follow_the_usual_mode(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_bytes(b"")
    replace_file(tmp_path / "ours", b"")
    assert (tmp_path / "ours").stat().st_mode == plain.stat().st_mode


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_failure_on_the_way_leaves_the_old_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    path = tmp_path / "keys.json"
    replace_bytes(path, b"old")

    def fails(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "no space")

    if call == "fsync":
        monkeypatch.setattr(os, "fsync", fails)
    else:
        monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(OSError, match="no space"):
        replace_bytes(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
    replace_bytes(path, b"new")
    assert path.read_bytes() == b"new"
