"""The recovery code after the first day: never kept, made anew, and one that works at any time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from daomao_desktop.domain.accounts import OperatorRole
from daomao_desktop.errors import Refused, StoreError
from daomao_desktop.services import accounts, founding, overview, recovery
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.overview import DueKind
from daomao_desktop.store import key_file, keys
from daomao_desktop.store.audit import AuditEntry
from daomao_desktop.store.keys import Cost
from tests.services.office import PASSWORD, VILLAGE, acting_as, today


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch, cheap: Cost) -> None:
    monkeypatch.setitem(keys.draw_recovery_code.__kwdefaults__, "cost", cheap)


@pytest.fixture
def founded(fresh_folder: Path, cheap: Cost) -> tuple[Path, str]:
    """A village's office and the code of its first run."""
    return fresh_folder, founding.found_office(fresh_folder, VILLAGE, cost=cheap).recovery_code


def _opened(folder: Path) -> Desk:
    return accounts.open_desk(folder, PASSWORD, today=today)


def _notes(desk: Desk) -> list[str]:
    with desk.store.reading() as session:
        entries = session.query(AuditEntry).order_by(AuditEntry.sequence).all()
        return [json.loads(e.after or "{}")["what"] for e in entries if e.action == "事件"]


def _is_told(desk: Desk) -> bool:
    return any(due.kind is DueKind.RECOVERY for due in overview.overview(desk, 2026).due)


def test_a_first_run_broken_off_is_told_to_the_administrator(founded: tuple[Path, str]) -> None:
    folder, _lost = founded
    desk = _opened(folder)
    assert not recovery.code_is_kept(desk)
    assert _is_told(desk)
    assert not _is_told(acting_as(desk, OperatorRole.VILLAGE_CLERK))  # he cannot mend it
    accounts.close_desk(desk)
    recovery.first_code_kept(folder, "文书", PASSWORD)
    desk = _opened(folder)
    assert recovery.code_is_kept(desk)
    assert not _is_told(desk)
    assert _notes(desk)[-1] == "核对恢复码"
    accounts.close_desk(desk)


def test_a_code_that_reset_a_password_is_not_lost(founded: tuple[Path, str]) -> None:
    folder, code = founded
    accounts.reset_password(folder, "文书", code, "xin-kouling-1")
    desk = accounts.open_desk(folder, "xin-kouling-1", today=today)
    assert recovery.code_is_kept(desk)
    accounts.close_desk(desk)


def test_the_old_code_works_until_the_new_one_is_put(founded: tuple[Path, str]) -> None:
    folder, old = founded
    desk = _opened(folder)
    with pytest.raises(StoreError, match="口令不对"):
        recovery.draw_code(desk, "wrong-password")
    drawn = recovery.draw_code(desk, PASSWORD)
    assert keys.unlock_with_code(folder, old)
    with pytest.raises(StoreError, match="不是本资料文件夹的"):
        keys.unlock_with_code(folder, drawn.code)
    recovery.put_code(desk, drawn)
    assert keys.unlock_with_code(folder, drawn.code)
    with pytest.raises(StoreError, match="已换过新码"):
        keys.unlock_with_code(folder, old)
    assert recovery.code_is_kept(desk)
    assert not _is_told(desk)
    assert _notes(desk)[-2:] == ["开始更换恢复码", "更换恢复码"]
    accounts.close_desk(desk)
    with pytest.raises(StoreError):
        accounts.reset_password(folder, "文书", old, "xin-kouling-1")
    accounts.reset_password(folder, "文书", drawn.code, "xin-kouling-1")
    content = (folder / "records.db").read_bytes() + (folder / "keys.json").read_bytes()
    assert drawn.code.encode() not in content


@pytest.mark.parametrize("role", [OperatorRole.VILLAGE_CLERK, OperatorRole.VILLAGE_WATCH])
def test_only_an_administrator_makes_a_new_code(
    founded: tuple[Path, str], role: OperatorRole
) -> None:
    folder, old = founded
    desk = _opened(folder)
    with pytest.raises(Refused, match=role.value):
        recovery.draw_code(acting_as(desk, role), PASSWORD)
    drawn = recovery.draw_code(desk, PASSWORD)
    with pytest.raises(Refused, match=role.value):
        recovery.put_code(acting_as(desk, role), drawn)
    assert keys.unlock_with_code(folder, old)
    accounts.close_desk(desk)


def test_a_refused_write_leaves_the_old_code(
    founded: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, old = founded
    desk = _opened(folder)
    drawn = recovery.draw_code(desk, PASSWORD)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(key_file, "replace_bytes", full)
        with pytest.raises(StoreError, match="没有保存"):
            recovery.put_code(desk, drawn)
    assert keys.unlock_with_code(folder, old)
    accounts.close_desk(desk)


def test_a_trail_that_cannot_be_written_is_said_and_the_new_code_works(
    founded: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _old = founded
    desk = _opened(folder)
    drawn = recovery.draw_code(desk, PASSWORD)

    def refusing(*_: object) -> None:
        raise StoreError("磁盘空间不足。")

    with monkeypatch.context() as patched:
        patched.setattr(recovery, "put_setting", refusing)
        with pytest.raises(StoreError, match="新的恢复码已经启用，旧的已作废"):
            recovery.put_code(desk, drawn)
    assert keys.unlock_with_code(folder, drawn.code)
    assert _is_told(desk)  # so that it comes into order
    accounts.close_desk(desk)


_DYING = """
import os, shutil, sys
from pathlib import Path
from daomao_desktop.errors import StoreError
from daomao_desktop.services import accounts, recovery
from daomao_desktop.store import keys
from tests.conftest import CHEAP

folder, password, old = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
data_key = keys.unlock(folder, keys.labels(folder)[0].slot, password)
drawn = keys.draw_recovery_code(data_key, cost=CHEAP)

def die_after(left):
    def counted(real):
        def step(*args, **kwargs):
            nonlocal left
            if left == 0:
                os._exit(9)
            left -= 1
            done = real(*args, **kwargs)
            if left == 0:
                os._exit(9)
            left -= 1
            return done
        return step
    os.fsync = counted(os.fsync)
    Path.replace = counted(Path.replace)
    recovery.note = counted(recovery.note)
    keys.put_recovery_code = counted(keys.put_recovery_code)

for left in range(60):
    copy = folder.with_name(f"copy{left}")
    shutil.copytree(folder, copy)
    child = os.fork()
    if child == 0:
        desk = accounts.open_desk(copy, password)
        die_after(left)
        recovery.put_code(desk, drawn)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    works = []
    for name, one in (("old", old), ("new", drawn.code)):
        try:
            keys.unlock_with_code(copy, one)
        except StoreError:
            continue
        works.append(name)
    accounts.close_desk(accounts.open_desk(copy, password))  # and the office opens
    print(code, *works, flush=True)
    if code == 0:
        break
"""


def test_a_kill_at_any_step_leaves_a_code_that_somebody_has_seen(
    founded: tuple[Path, str],
) -> None:
    folder, old = founded
    arguments = [sys.executable, "-c", _DYING, str(folder), PASSWORD, old]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    told = [line.split() for line in done.stdout.splitlines()]
    assert len(told) > 6
    assert {code for code, *_ in told} == {"9", "0"}
    assert all(len(works) == 1 for _code, *works in told), told
    works = [works[0] for _code, *works in told]
    assert (works[0], works[-1]) == ("old", "new")
    assert works == sorted(works, reverse=True)  # once the new one works it goes on working
