"""Stores that released programs wrote (``tests/databases/``) open in this one, upgraded or refused.

One folder for each schema, written by ``tools/keep_store.py`` of its time.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from daomao_desktop.domain.notices import DocumentState
from daomao_desktop.errors import StoreError
from daomao_desktop.services import accounts, assessment, demo, notices, roster
from daomao_desktop.services.desk import Desk
from daomao_desktop.store import migrations
from daomao_desktop.store.key_file import RECORDS
from daomao_desktop.store.migrations import NEWEST
from tests.store.test_migrations import FAILS, GOOD, with_revision

DATABASES = Path(__file__).parents[1] / "databases"
RELEASED = sorted(folder.name for folder in DATABASES.iterdir() if folder.is_dir())
LEADERS = 8
SIGNED = 2


@pytest.fixture(params=RELEASED)
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of a released store that may be written to."""
    folder = tmp_path / "资料 文件夹"
    shutil.copytree(DATABASES / request.param, folder)
    return folder


def opened(folder: Path) -> Desk:
    return accounts.open_desk(folder, demo.PASSWORD, today=demo.today)


def everything_is_there(desk: Desk) -> None:
    assert accounts.check_store(desk) == []
    names = [leader.name for leader in roster.list_leaders(desk)]
    assert len(names) == LEADERS
    assert {"王䶮", "吴𠮷"} < set(names)
    for year in (2024, 2025):
        assert None not in {row.decision for row in assessment.list_assessments(desk, year)}
    signed = [row for row in notices.list_notices(desk) if row.state is DocumentState.ISSUED]
    assert len(signed) == SIGNED
    for row in signed:
        assert notices.stored_pdf(desk, row.uid).startswith(b"%PDF")


def contents(folder: Path) -> dict[str, str]:
    """What the files are, but for the lock."""
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.iterdir()
        if file.is_file() and file.name != "lock"
    }


def test_every_schema_has_its_store() -> None:
    revisions = Path(migrations.__file__).parent / "versions"
    assert {file.name[:4] for file in revisions.glob("[0-9]*.py")} == set(RELEASED)
    assert NEWEST in RELEASED


def test_todays_program_opens_it(kept: Path) -> None:
    desk = opened(kept)
    try:
        everything_is_there(desk)
    finally:
        accounts.close_desk(desk)


def test_it_is_upgraded_after_a_verified_copy(
    kept: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = contents(kept)
    with_revision(monkeypatch, tmp_path, GOOD)
    desk = opened(kept)
    try:
        everything_is_there(desk)
        with desk.store.reading() as session:
            found = session.connection().exec_driver_sql("SELECT nickname FROM person")
            assert all(row[0].startswith("小") for row in found)
    finally:
        accounts.close_desk(desk)
    (copy,) = (kept / "backups").iterdir()
    assert copy.name.startswith("before-upgrade-")
    monkeypatch.undo()
    with pytest.raises(StoreError, match="由更新版本的程序写成，请先更新本程序"):
        opened(kept)  # the program of before
    desk = opened(copy)  # and its way back
    try:
        everything_is_there(desk)
    finally:
        accounts.close_desk(desk)
    assert contents(copy)["keys.json"] == before["keys.json"]


def test_a_failed_upgrade_leaves_it_as_it_was(
    kept: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = contents(kept)
    with_revision(monkeypatch, tmp_path, FAILS)
    with pytest.raises(StoreError, match="原来的资料没有改动"):
        opened(kept)
    after = contents(kept)
    assert after[RECORDS] == before[RECORDS]
    assert after == before
    monkeypatch.undo()
    desk = opened(kept)
    try:
        everything_is_there(desk)
    finally:
        accounts.close_desk(desk)


def test_a_newer_store_is_refused_on_the_command_line_in_one_sentence(
    kept: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with_revision(monkeypatch, tmp_path, GOOD)
    accounts.close_desk(opened(kept))
    monkeypatch.undo()
    before = contents(kept)
    done = subprocess.run(
        [sys.executable, "-m", "daomao_desktop", "--data", kept, "year", "2025"],
        capture_output=True,
        text=True,
        env={"PATH": "", "DAOMAO_PASSWORD": demo.PASSWORD},
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == "这套资料由更新版本的程序写成，请先更新本程序再打开。\n"
    assert contents(kept) == before


def test_a_kept_store_is_not_kept_anew() -> None:
    tool = Path(__file__).parents[2] / "tools" / "keep_store.py"
    before = contents(DATABASES / NEWEST)
    done = subprocess.run([sys.executable, tool], capture_output=True, text=True)
    assert done.returncode == 1
    assert "never kept anew" in done.stderr
    assert contents(DATABASES / NEWEST) == before
