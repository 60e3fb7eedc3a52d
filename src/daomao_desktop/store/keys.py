"""Key slots: the data key, wrapped once per operator and once by the recovery code.

Knows no database. How ``keys.json`` and ``keys.backup.json`` are read and mended is in key_file.
"""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from daomao_desktop.errors import StoreError
from daomao_desktop.files import rename
from daomao_desktop.store import attempts, key_file
from daomao_desktop.store.attempts import FailedLogins
from daomao_desktop.store.key_file import (
    Cost,
    KeyFile,
    Slot,
    SlotInfo,
    founded,
    labels,
)
from daomao_desktop.store.recovery_code import new_code, read_code
from daomao_desktop.store.write_problem import cannot_write

DATA_KEY_BYTES = 32
_CODE_LABEL = "恢复码"
INTERACTIVE = Cost(operations=2, memory=64 << 20)  # libsodium's own "interactive" argon2id

__all__ = [
    "INTERACTIVE",
    "Cost",
    "DrawnCode",
    "FailedLogins",
    "NewKeys",
    "SlotInfo",
    "add_slot",
    "change_password",
    "clear_failures",
    "create",
    "draw_recovery_code",
    "failures",
    "founded",
    "labels",
    "password_problem",
    "put_recovery_code",
    "recovery_slot",
    "remove_slot",
    "replace_password",
    "reset_password",
    "unlock",
    "unlock_one_of",
    "unlock_with_code",
]


@dataclass(frozen=True, slots=True)
class NewKeys:
    """What founding an office yields; ``recovery_code`` goes to paper and is never kept."""

    data_key: bytes = field(repr=False)
    recovery_code: str = field(repr=False)
    slot: str


@dataclass(frozen=True, slots=True)
class DrawnCode:
    """A recovery code that works only once it was put; ``slot`` is the data key wrapped by it."""

    code: str = field(repr=False)
    slot: Slot = field(repr=False)


def password_problem(password: str) -> str | None:
    """A sentence when there is no password; how good it must be is the windows' affair."""
    return None if _normalised(password).strip() else "口令不能为空。"


def create(folder: Path, label: str, password: str, *, cost: Cost = INTERACTIVE) -> NewKeys:
    """Makes the data key and its first two slots; raises StoreError when an office is here already.

    Key files left by a founding that was cut off are kept aside, not overwritten.
    """
    if founded(folder):
        raise StoreError(
            "这个资料文件夹里已经有一套资料，不能重新建立；请直接登录，或另选一个文件夹。"
        )
    _refuse_weak(password)
    import secrets  # with uuid below 9 ms, and the login window only reads

    data_key = secrets.token_bytes(DATA_KEY_BYTES)
    code = new_code()
    slot = _wrap(data_key, password, _new_slot_id(), label, cost, recovery=False)
    recovery = _wrap(data_key, code, _new_slot_id(), _CODE_LABEL, cost, recovery=True)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _keep_aside(folder)
        key_file.save(folder, KeyFile(revision=1, slots=(slot, recovery)))
        attempts.clear(folder)
    except OSError as error:
        raise cannot_write(error, folder) from error
    return NewKeys(data_key, code, slot.slot)


def unlock(
    folder: Path, slot: str, password: str, *, now: Callable[[], float] = time.time
) -> bytes:
    """The data key; raises StoreError for a wrong password, and while this slot has to wait.

    From the third failure on each further one doubles the wait; after ten the slot rests for a
    quarter of an hour.
    """
    held = _find(key_file.load(folder), slot)
    wait = attempts.seconds_to_wait(folder, slot, now())
    if wait:
        raise StoreError(f"口令连续输错，请过 {_spoken(wait)}再试。")
    data_key = _unwrap(held, password)
    if data_key is None:
        attempts.failed(folder, slot, now())
        wait = attempts.seconds_to_wait(folder, slot, now())
        after = f"请过 {_spoken(wait)}再试。" if wait else "请看清大小写和输入法后再试。"
        raise StoreError(f"口令不对，{after}")
    attempts.succeeded(folder, slot)
    return data_key


def unlock_one_of(
    folder: Path, slots: Sequence[str], password: str, *, now: Callable[[], float] = time.time
) -> tuple[str, bytes]:
    """The slot that the password opens and the data key, for somebody known by name only.

    A slot that has to wait is passed over; only when none opens is a failure counted, against each
    that was tried. Raises StoreError as ``unlock`` does.
    """
    keys = key_file.load(folder)
    tried = [slot for slot in slots if not attempts.seconds_to_wait(folder, slot, now())]
    for slot in tried:
        data_key = _unwrap(_find(keys, slot), password)
        if data_key is not None:
            attempts.succeeded(folder, slot)
            return slot, data_key
    if not tried:
        raise StoreError("口令连续输错，请稍后再试。")
    for slot in tried:
        attempts.failed(folder, slot, now())
    raise StoreError("口令不对，请看清大小写和输入法后再试。")


def unlock_with_code(folder: Path, code: str) -> bytes:
    """The data key by the recovery code; raises StoreError naming a mistyped group."""
    text = read_code(code)
    for slot in key_file.load(folder).slots:
        data_key = _unwrap(slot, text) if slot.recovery else None
        if data_key is not None:
            return data_key
    raise StoreError("这个恢复码不是本资料文件夹的（可能已换过新码），请找最近一次打印的那张。")


def change_password(
    folder: Path,
    slot: str,
    old: str,
    new: str,
    *,
    now: Callable[[], float] = time.time,
) -> None:
    """Rewrites one slot after its old password; raises StoreError as ``unlock`` does."""
    _refuse_weak(new)
    replace_password(folder, unlock(folder, slot, old, now=now), slot, new)


def reset_password(folder: Path, slot: str, code: str, new: str) -> None:
    """Gives a forgotten slot a new password by the recovery code, and ends its rest."""
    _refuse_weak(new)
    replace_password(folder, unlock_with_code(folder, code), slot, new)
    attempts.succeeded(folder, slot)


def replace_password(folder: Path, data_key: bytes, slot: str, new: str) -> None:
    """Rewrites one slot for somebody who holds the data key (an administrator)."""
    _refuse_weak(new)
    keys = key_file.load(folder)
    held = _find(keys, slot)
    fresh = _wrap(data_key, new, held.slot, held.label, held.cost, recovery=False)
    _save(folder, keys, tuple(fresh if other.slot == slot else other for other in keys.slots))


def add_slot(
    folder: Path, data_key: bytes, label: str, password: str, *, cost: Cost = INTERACTIVE
) -> str:
    """A slot for a further operator, returns its id; raises StoreError when the label is taken."""
    _refuse_weak(password)
    keys = key_file.load(folder)
    if any(slot.label == label for slot in keys.slots if not slot.recovery):
        raise StoreError(f"已经有名为“{label}”的登录名，请换一个。")
    fresh = _wrap(data_key, password, _new_slot_id(), label, cost, recovery=False)
    _save(folder, keys, (*keys.slots, fresh))
    return fresh.slot


def remove_slot(folder: Path, slot: str) -> None:
    """Takes an operator's slot out of both copies; raises StoreError for the last one.

    Whoever kept an old copy of ``keys.json`` and the password can still unwrap the data key.
    """
    keys = key_file.load(folder)
    held = _find(keys, slot)
    if sum(not other.recovery for other in keys.slots) == 1:
        raise StoreError("这是最后一个登录名，不能去掉，否则再也登录不了。")
    _save(folder, keys, tuple(other for other in keys.slots if other is not held))
    attempts.succeeded(folder, slot)


def draw_recovery_code(data_key: bytes, *, cost: Cost = INTERACTIVE) -> DrawnCode:
    """A fresh code for that key. Nothing is written: the code on the old sheet goes on working."""
    code = new_code()
    return DrawnCode(code, _wrap(data_key, code, _new_slot_id(), _CODE_LABEL, cost, recovery=True))


def put_recovery_code(folder: Path, drawn: DrawnCode) -> None:
    """Makes a drawn code the one that works, and the one on the old sheet stop, in one replacement.

    Raises StoreError, and then the old one works on.
    """
    keys = key_file.load(folder)
    _save(folder, keys, (*(slot for slot in keys.slots if not slot.recovery), drawn.slot))


def recovery_slot(folder: Path) -> str | None:
    """The id of the slot that the present code opens; raises StoreError without a key file."""
    return next((slot.slot for slot in key_file.load(folder).slots if slot.recovery), None)


def failures(folder: Path) -> tuple[FailedLogins, ...]:
    """Failed logins since ``clear_failures``, for the audit trail at the next good login."""
    return attempts.totals(folder)


def clear_failures(folder: Path) -> None:
    """Forgets the totals once they stand in the audit trail; waiting times stay."""
    attempts.forget_totals(folder)


def _normalised(password: str) -> str:
    # An input method left in full-width mode types other code points for the same keys.
    return unicodedata.normalize("NFKC", password)


def _refuse_weak(password: str) -> None:
    problem = password_problem(password)
    if problem:
        raise StoreError(problem)


def _new_slot_id() -> str:
    from uuid import uuid4

    return str(uuid4())  # needs no order, and uuid6 is slow to load


def _find(keys: KeyFile, slot: str) -> Slot:
    for held in keys.slots:
        if held.slot == slot and not held.recovery:
            return held
    raise StoreError("没有这个登录名，请重新选择。")


def _wrap(
    data_key: bytes, secret: str, slot: str, label: str, cost: Cost, *, recovery: bool
) -> Slot:
    from daomao_desktop.store import sealing  # libsodium must not delay the login window

    salt, wrapped = sealing.wrap(data_key, _normalised(secret), cost)
    return Slot(slot, label, recovery, cost, salt, wrapped)


def _unwrap(slot: Slot, secret: str) -> bytes | None:
    """The data key, None when the secret is not this slot's."""
    from daomao_desktop.store import sealing  # libsodium must not delay the login window

    return sealing.unwrap(slot.wrapped, _normalised(secret), slot.salt, slot.cost)


def _save(folder: Path, keys: KeyFile, slots: tuple[Slot, ...]) -> None:
    try:
        key_file.save(folder, replace(keys, revision=keys.revision + 1, slots=slots))
    except OSError as error:
        raise cannot_write(error, folder) from error


def _keep_aside(folder: Path) -> None:
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    for name in key_file.NAMES:
        if (folder / name).exists():
            rename(folder / name, folder / f"{name}.{stamp}.old")


def _spoken(seconds: int) -> str:
    return f"{seconds} 秒" if seconds < 60 else f"{-(-seconds // 60)} 分钟"
