"""Key slots: unlocking, changing, resetting, and two copies of which one is always whole."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from nacl.pwhash import argon2id

from daomao_desktop.errors import StoreError
from daomao_desktop.store import key_file, keys
from daomao_desktop.store.keys import Cost, NewKeys

PASSWORD = "正确的口令2024"
OTHER = "另一个口令2025"


class Clock:
    """A clock that moves only when told."""

    def __init__(self) -> None:
        self.time = 1_700_000_000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def made(fresh_folder: Path, cheap: Cost) -> NewKeys:
    return keys.create(fresh_folder, "文书", PASSWORD, cost=cheap)


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_password_and_code_open_the_same_key(fresh_folder: Path, made: NewKeys) -> None:
    assert len(made.data_key) == 32
    assert [info.label for info in keys.labels(fresh_folder)] == ["文书"]
    assert keys.unlock(fresh_folder, made.slot, PASSWORD) == made.data_key
    typed = made.recovery_code.lower().replace("-", " ")
    assert keys.unlock_with_code(fresh_folder, typed) == made.data_key


def test_full_width_typing_is_the_same_password(fresh_folder: Path, cheap: Cost) -> None:
    made = keys.create(fresh_folder, "文书", "abcd１２３４", cost=cheap)
    assert keys.unlock(fresh_folder, made.slot, "ａｂｃｄ1234") == made.data_key


def test_the_usual_cost_is_interactive_argon2id(fresh_folder: Path) -> None:
    keys.create(fresh_folder, "文书", PASSWORD)
    slots = json.loads((fresh_folder / "keys.json").read_text(encoding="utf-8"))["slots"]
    costs = {(slot["operations"], slot["memory"]) for slot in slots}
    assert costs == {(argon2id.OPSLIMIT_INTERACTIVE, argon2id.MEMLIMIT_INTERACTIVE)}


def test_neither_key_nor_password_nor_code_is_in_clear(fresh_folder: Path, made: NewKeys) -> None:
    keys.add_slot(fresh_folder, made.data_key, "支书", OTHER, cost=Cost(1, 8192))
    with pytest.raises(StoreError):
        keys.unlock(fresh_folder, made.slot, OTHER)
    secrets = [PASSWORD.encode(), OTHER.encode(), made.recovery_code.encode(), made.data_key]
    secrets += [made.data_key.hex().encode(), made.recovery_code.replace("-", "").encode()]
    for path in fresh_folder.iterdir():
        content = path.read_bytes()
        assert not any(secret in content for secret in secrets), path.name


def test_a_traceback_does_not_print_the_keys(made: NewKeys) -> None:
    assert made.recovery_code not in repr(made)
    assert repr(made.data_key) not in repr(made)


@pytest.mark.parametrize("password", ["", " ", "　"])
def test_no_password_is_refused(fresh_folder: Path, cheap: Cost, password: str) -> None:
    with pytest.raises(StoreError, match="口令"):
        keys.create(fresh_folder, "文书", password, cost=cheap)
    assert not fresh_folder.exists()


def test_creating_over_an_office_is_refused(fresh_folder: Path, made: NewKeys, cheap: Cost) -> None:
    (fresh_folder / "records.db").write_bytes(b"an office")
    before = (fresh_folder / "keys.json").read_bytes()
    with pytest.raises(StoreError, match="不能重新建立"):
        keys.create(fresh_folder, "文书", PASSWORD, cost=cheap)
    assert (fresh_folder / "keys.json").read_bytes() == before


def test_an_unfinished_founding_is_repeated_and_its_keys_kept_aside(
    fresh_folder: Path, made: NewKeys, cheap: Cost
) -> None:
    before = (fresh_folder / "keys.json").read_bytes()
    assert not keys.founded(fresh_folder)
    again = keys.create(fresh_folder, "支书", OTHER, cost=cheap)
    assert keys.unlock(fresh_folder, again.slot, OTHER) == again.data_key
    kept = list(fresh_folder.glob("keys.json.*.old"))
    assert [path.read_bytes() for path in kept] == [before]


@pytest.mark.parametrize("name", key_file.NAMES)
@pytest.mark.parametrize("how", ["flip", "cut", "empty", "gone", "list"])
def test_one_damaged_copy_is_mended_from_the_other(
    fresh_folder: Path, made: NewKeys, name: str, how: str
) -> None:
    path = fresh_folder / name
    good = path.read_bytes()
    match how:
        case "flip":
            damage(path)
        case "cut":
            path.write_bytes(good[: len(good) // 2])
        case "empty":
            path.write_bytes(b"")
        case "gone":
            path.unlink()
        case "list":
            path.write_bytes(b"[1]")
    assert keys.unlock(fresh_folder, made.slot, PASSWORD) == made.data_key
    assert path.read_bytes() == good


def test_both_copies_damaged_or_missing_is_said(fresh_folder: Path, made: NewKeys) -> None:
    for name in key_file.NAMES:
        damage(fresh_folder / name)
    with pytest.raises(StoreError, match="都已损坏"):
        keys.labels(fresh_folder)
    for name in key_file.NAMES:
        (fresh_folder / name).unlink()
    with pytest.raises(StoreError, match=r"缺 keys\.json"):
        keys.labels(fresh_folder)


def test_every_flipped_bit_of_a_copy_is_noticed(fresh_folder: Path, made: NewKeys) -> None:
    path = fresh_folder / "keys.json"
    good = path.read_bytes()
    for place in range(0, len(good), 7):
        path.write_bytes(good[:place] + bytes([good[place] ^ 4]) + good[place + 1 :])
        assert keys.labels(fresh_folder)[0].label == "文书"
        assert path.read_bytes() == good


def test_a_newer_format_is_refused(fresh_folder: Path, made: NewKeys) -> None:
    for name in key_file.NAMES:
        body = json.loads((fresh_folder / name).read_text(encoding="utf-8"))
        del body["checksum"]
        body["format"] = 2
        body["checksum"] = key_file._checksum(body)
        (fresh_folder / name).write_text(json.dumps(body), encoding="utf-8")
    with pytest.raises(StoreError, match="请先更新本程序"):
        keys.labels(fresh_folder)


def test_a_forged_cost_is_not_obeyed(fresh_folder: Path, made: NewKeys) -> None:
    for name in key_file.NAMES:
        body = json.loads((fresh_folder / name).read_text(encoding="utf-8"))
        del body["checksum"]
        body["slots"][0]["memory"] = 1 << 40
        body["checksum"] = key_file._checksum(body)
        (fresh_folder / name).write_text(json.dumps(body), encoding="utf-8")
    with pytest.raises(StoreError, match="损坏"):
        keys.unlock(fresh_folder, made.slot, PASSWORD)


def test_changing_a_password_touches_one_slot(fresh_folder: Path, made: NewKeys) -> None:
    other = keys.add_slot(fresh_folder, made.data_key, "支书", OTHER, cost=Cost(1, 8192))
    keys.change_password(fresh_folder, made.slot, PASSWORD, "全新的口令2026")
    assert keys.unlock(fresh_folder, made.slot, "全新的口令2026") == made.data_key
    assert keys.unlock(fresh_folder, other, OTHER) == made.data_key
    assert keys.unlock_with_code(fresh_folder, made.recovery_code) == made.data_key
    with pytest.raises(StoreError, match="口令不对"):
        keys.unlock(fresh_folder, made.slot, PASSWORD)


def test_changing_needs_the_old_password_and_a_good_new_one(
    fresh_folder: Path, made: NewKeys
) -> None:
    before = (fresh_folder / "keys.json").read_bytes()
    with pytest.raises(StoreError, match="口令不对"):
        keys.change_password(fresh_folder, made.slot, OTHER, "全新的口令2026")
    with pytest.raises(StoreError, match="不能为空"):
        keys.change_password(fresh_folder, made.slot, PASSWORD, "　 ")
    assert (fresh_folder / "keys.json").read_bytes() == before


@pytest.mark.parametrize("step", range(1, 5))
def test_a_cut_at_any_step_of_a_change_leaves_a_way_in(
    fresh_folder: Path, made: NewKeys, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Two copies, each written and renamed: the power goes before the n-th of these four steps."""
    steps = 0

    def interrupted(original):  # type: ignore[no-untyped-def]
        def wrapper(*arguments: object, **options: object) -> object:
            nonlocal steps
            steps += 1
            if steps == step:
                raise KeyboardInterrupt
            return original(*arguments, **options)

        return wrapper

    from daomao_desktop import files

    monkeypatch.setattr(files, "rename", interrupted(files.rename))
    monkeypatch.setattr(files, "sync_folder", interrupted(files.sync_folder))
    with pytest.raises(KeyboardInterrupt):
        keys.change_password(fresh_folder, made.slot, PASSWORD, "全新的口令2026")
    monkeypatch.undo()
    expected = PASSWORD if step == 1 else "全新的口令2026"
    assert keys.unlock(fresh_folder, made.slot, expected) == made.data_key
    assert keys.unlock_with_code(fresh_folder, made.recovery_code) == made.data_key


def test_the_code_resets_a_forgotten_password(fresh_folder: Path, made: NewKeys) -> None:
    keys.reset_password(fresh_folder, made.slot, made.recovery_code, "全新的口令2026")
    assert keys.unlock(fresh_folder, made.slot, "全新的口令2026") == made.data_key


def test_a_renewed_code_replaces_the_old_one(
    fresh_folder: Path, made: NewKeys, cheap: Cost
) -> None:
    before = keys.recovery_slot(fresh_folder)
    fresh = keys.draw_recovery_code(made.data_key, cost=cheap)
    assert fresh.code not in repr(fresh)
    assert keys.unlock_with_code(fresh_folder, made.recovery_code) == made.data_key
    with pytest.raises(StoreError, match="不是本资料文件夹的"):
        keys.unlock_with_code(fresh_folder, fresh.code)
    keys.put_recovery_code(fresh_folder, fresh)
    assert keys.recovery_slot(fresh_folder) not in (None, before)
    assert keys.unlock_with_code(fresh_folder, fresh.code) == made.data_key
    with pytest.raises(StoreError, match="不是本资料文件夹的"):
        keys.unlock_with_code(fresh_folder, made.recovery_code)


def test_a_change_that_counts_is_not_called_a_failure(
    fresh_folder: Path, made: NewKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newer copy is read: with the first one written the new password is the one that works."""
    first, second = key_file.NAMES
    real = key_file.replace_bytes

    def refusing(name: str) -> None:
        def replace_bytes(path: Path, content: bytes) -> None:
            if path.name == name:
                raise OSError(28, "No space left on device")
            real(path, content)

        monkeypatch.setattr(key_file, "replace_bytes", replace_bytes)

    refusing(first)
    with pytest.raises(StoreError, match="空间不足"):
        keys.change_password(fresh_folder, made.slot, PASSWORD, OTHER)
    monkeypatch.undo()
    assert keys.unlock(fresh_folder, made.slot, PASSWORD) == made.data_key
    refusing(second)
    keys.change_password(fresh_folder, made.slot, PASSWORD, OTHER)
    monkeypatch.undo()
    assert keys.unlock(fresh_folder, made.slot, OTHER) == made.data_key
    copies = [(fresh_folder / name).read_bytes() for name in key_file.NAMES]
    assert copies[0] == copies[1]  # mended by the reading


def test_two_slots_cannot_share_a_label(fresh_folder: Path, made: NewKeys, cheap: Cost) -> None:
    with pytest.raises(StoreError, match="已经有名为“文书”"):
        keys.add_slot(fresh_folder, made.data_key, "文书", OTHER, cost=cheap)


def test_a_slot_taken_out_opens_nothing(fresh_folder: Path, made: NewKeys, cheap: Cost) -> None:
    second = keys.add_slot(fresh_folder, made.data_key, "支书", OTHER, cost=cheap)
    keys.remove_slot(fresh_folder, second)
    assert [info.label for info in keys.labels(fresh_folder)] == ["文书"]
    with pytest.raises(StoreError, match="没有这个登录名"):
        keys.unlock(fresh_folder, second, OTHER)
    for name in ("keys.json", "keys.backup.json"):
        assert second not in (fresh_folder / name).read_text(encoding="utf-8")
    with pytest.raises(StoreError, match="最后一个"):
        keys.remove_slot(fresh_folder, made.slot)
    assert keys.unlock(fresh_folder, made.slot, PASSWORD) == made.data_key


def test_failures_back_off_from_the_third_and_rest_after_ten(
    fresh_folder: Path, made: NewKeys
) -> None:
    clock = Clock()

    def wrong() -> str:
        with pytest.raises(StoreError) as told:
            keys.unlock(fresh_folder, made.slot, OTHER, now=clock)
        return told.value.sentence

    assert "秒" not in wrong()
    assert "秒" not in wrong()
    assert "2 秒" in wrong()
    assert "连续输错" in wrong(), "within the wait nothing is tried"
    with pytest.raises(StoreError, match="连续输错"):
        keys.unlock(fresh_folder, made.slot, PASSWORD, now=clock)
    for seconds in (4, 8, 16, 32):
        clock.time += seconds / 2
        assert f"{seconds} 秒" in wrong()
    for minutes in (2, 3, 15):
        clock.time += 300
        assert f"过 {minutes} 分钟" in wrong()
    clock.time += 15 * 60 - 1
    assert "1 秒" in wrong()
    clock.time += 1
    assert keys.unlock(fresh_folder, made.slot, PASSWORD, now=clock) == made.data_key


def test_a_good_login_ends_the_wait_and_keeps_the_total(fresh_folder: Path, made: NewKeys) -> None:
    clock = Clock()
    for _ in range(2):
        with pytest.raises(StoreError):
            keys.unlock(fresh_folder, made.slot, OTHER, now=clock)
        clock.time += 60
    keys.unlock(fresh_folder, made.slot, PASSWORD, now=clock)
    (counted,) = keys.failures(fresh_folder)
    assert (counted.slot, counted.in_a_row, counted.total) == (made.slot, 0, 2)
    assert counted.last - counted.first == 60
    keys.clear_failures(fresh_folder)
    assert keys.failures(fresh_folder) == ()


def test_a_person_known_by_name_is_found_by_the_password(
    fresh_folder: Path, made: NewKeys, cheap: Cost
) -> None:
    clock = Clock()
    other = keys.add_slot(fresh_folder, made.data_key, "支书", OTHER, cost=cheap)
    slots = [made.slot, other]
    found = keys.unlock_one_of(fresh_folder, slots, OTHER, now=clock)
    assert found == (other, made.data_key)
    assert keys.failures(fresh_folder) == (), "trying the others is no failure"
    for _ in range(3):
        with pytest.raises(StoreError, match="口令不对"):
            keys.unlock_one_of(fresh_folder, slots, "完全不对的口令", now=clock)
    assert [one.total for one in keys.failures(fresh_folder)] == [3, 3]
    with pytest.raises(StoreError, match="连续输错"):
        keys.unlock_one_of(fresh_folder, slots, OTHER, now=clock)


def test_a_clock_set_back_does_not_lock_out_for_years(fresh_folder: Path, made: NewKeys) -> None:
    clock = Clock()
    for _ in range(3):
        with pytest.raises(StoreError):
            keys.unlock(fresh_folder, made.slot, OTHER, now=clock)
    clock.time -= 10 * 365 * 86400
    with pytest.raises(StoreError, match="2 秒"):
        keys.unlock(fresh_folder, made.slot, PASSWORD, now=clock)
    clock.time += 2
    assert keys.unlock(fresh_folder, made.slot, PASSWORD, now=clock) == made.data_key


@pytest.mark.parametrize("content", [b"", b"{", b"[{}]", b"[1]", b'{"a": 1}'])
def test_a_damaged_count_locks_nobody_out(
    fresh_folder: Path, made: NewKeys, content: bytes
) -> None:
    (fresh_folder / "attempts.json").write_bytes(content)
    assert keys.unlock(fresh_folder, made.slot, PASSWORD) == made.data_key


def test_the_login_window_gets_keys_and_lock_without_sqlalchemy() -> None:
    program = (
        "import sys, daomao_desktop.store.keys, daomao_desktop.store.lock;"
        "heavy = {'sqlalchemy', 'sqlcipher3', 'alembic', 'nacl', 'PySide6'} & set(sys.modules);"
        "print(sorted(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")
