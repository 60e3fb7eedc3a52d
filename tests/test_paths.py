"""Where the office's data lies when nobody says: beside a portable program, or with the user."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from daomao_desktop import paths


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a frozen program; the user's own data folder is elsewhere."""
    folder = tmp_path / "U盘 程序"
    folder.mkdir()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "daomao-desktop.exe"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    return folder


def test_a_portable_program_keeps_its_data_beside_itself(program: Path) -> None:
    (program / paths.PORTABLE).touch()
    assert paths.default_data_dir() == program / "data"


def test_data_beside_the_program_is_used_even_when_the_mark_is_lost(program: Path) -> None:
    (program / "data").mkdir()
    (program / "data" / "keys.json").touch()
    assert paths.default_data_dir() == program / "data"


def test_an_installed_program_keeps_its_data_with_the_user(program: Path, tmp_path: Path) -> None:
    assert paths.default_data_dir() == tmp_path / "home" / "daomao-desktop"
    (program / "data").mkdir()  # another program's
    assert paths.default_data_dir() == tmp_path / "home" / "daomao-desktop"


def test_a_program_from_source_never_looks_beside_python(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (program / paths.PORTABLE).touch()
    monkeypatch.delattr(sys, "frozen")
    assert paths.default_data_dir() == tmp_path / "home" / "daomao-desktop"
