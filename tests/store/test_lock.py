"""One process at a time in a data folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from daomao_desktop.errors import StoreError
from daomao_desktop.store.engine import Store
from daomao_desktop.store.lock import FolderLock

HOLDER = """
import sys, pathlib
from daomao_desktop.store.lock import FolderLock
lock = FolderLock(pathlib.Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""
ASKER = """
import sys, pathlib
from daomao_desktop.errors import StoreError
from daomao_desktop.store.engine import Store
try:
    Store.open(pathlib.Path(sys.argv[1]), bytes(range(32))).close()
except StoreError as error:
    print(ascii(error.sentence))
else:
    print("opened")
"""


def run(program: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def ask(folder: Path) -> str:
    with run(ASKER, folder) as asker:
        return asker.communicate()[0].strip()


def test_a_second_process_is_told_until_the_first_closes(store: Store) -> None:
    assert "另一个窗口正在使用" in eval(ask(store.folder))  # ascii() of a sentence
    store.close()
    assert ask(store.folder) == "opened"


def test_the_lock_of_a_killed_process_is_taken_over(fresh_folder: Path) -> None:
    with run(HOLDER, fresh_folder) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreError, match="另一个窗口正在使用"):
            FolderLock(fresh_folder).acquire()
        holder.kill()
    with FolderLock(fresh_folder) as lock:
        assert lock.held


def test_within_one_process_it_is_counted(fresh_folder: Path) -> None:
    with FolderLock(fresh_folder) as outer:
        with FolderLock(fresh_folder):
            pass
        assert outer.held
    assert not outer.held


def test_a_file_in_place_of_the_folder_is_a_sentence(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_bytes(b"")
    with pytest.raises(StoreError, match="资料文件夹"):
        FolderLock(place).acquire()
