"""``keys.json`` and its second copy: what a slot holds, how the two are read, mended and saved."""

from __future__ import annotations

import base64
import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from daomao_desktop.errors import StoreError
from daomao_desktop.files import replace_bytes

RECORDS = "records.db"
NAMES = ("keys.json", "keys.backup.json")
_FORMAT = 1
_MOST_MEMORY = 1 << 30
_MOST_OPERATIONS = 64


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: argon2id passes and bytes of memory."""

    operations: int
    memory: int


@dataclass(frozen=True, slots=True)
class Slot:
    """The data key wrapped under one password, or under the recovery code."""

    slot: str
    label: str
    recovery: bool
    cost: Cost
    salt: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class SlotInfo:
    """A slot as the login window lists it; ``label`` is readable without a password."""

    slot: str
    label: str


@dataclass(frozen=True, slots=True)
class KeyFile:
    """Both copies' content; ``revision`` grows with every save and tells which copy is newer."""

    revision: int
    slots: tuple[Slot, ...]


def founded(folder: Path) -> bool:
    """Whether an office lives here: the store appears under its name only when it is complete.

    Raises StoreError when the system does not let us look.
    """
    try:
        return (folder / RECORDS).exists()
    except OSError as error:  # no permission on the way there, or too long a name
        raise StoreError(f"打不开资料文件夹“{folder}”，请检查它的名称和权限。") from error


def load(folder: Path) -> KeyFile:
    """The newest undamaged copy, mending the other one; raises StoreError when neither is left."""
    copies = [_read(folder / name) for name in NAMES]
    good = [copy for copy in copies if copy is not None]
    if not good:
        if not any((folder / name).exists() for name in NAMES):
            raise StoreError("这个文件夹里没有本程序的资料（缺 keys.json），请检查选对了没有。")
        raise StoreError("密钥文件 keys.json 和它的副本都已损坏，请从备份恢复这两个文件。")
    newest = max(good, key=lambda copy: copy.revision)
    with suppress(OSError):  # a write-protected disk may still be read
        content = _to_bytes(newest)
        for name, copy in zip(NAMES, copies, strict=True):
            if copy != newest:
                replace_bytes(folder / name, content)
    return newest


def labels(folder: Path) -> tuple[SlotInfo, ...]:
    """The operators' slots in the order they were made; raises StoreError without a key file."""
    return tuple(
        SlotInfo(slot.slot, slot.label) for slot in load(folder).slots if not slot.recovery
    )


def save(folder: Path, keys: KeyFile) -> None:
    """Writes one copy after the other, so that one is whole at any instant; raises OSError, and
    then nothing has changed.

    From the first copy on the change counts, since the newer one is read: it is no failure when
    the second cannot be written. The next ``load`` mends that.
    """
    content = _to_bytes(keys)
    first, second = NAMES
    replace_bytes(folder / first, content)
    with suppress(OSError):
        replace_bytes(folder / second, content)


def _checksum(body: dict[str, Any]) -> str:
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=32).hexdigest()


def _to_bytes(keys: KeyFile) -> bytes:
    body: dict[str, Any] = {
        "format": _FORMAT,
        "revision": keys.revision,
        "slots": [
            {
                "slot": slot.slot,
                "label": slot.label,
                "recovery": slot.recovery,
                "operations": slot.cost.operations,
                "memory": slot.cost.memory,
                "salt": base64.b64encode(slot.salt).decode(),
                "wrapped": base64.b64encode(slot.wrapped).decode(),
            }
            for slot in keys.slots
        ],
    }
    return json.dumps({**body, "checksum": _checksum(body)}, ensure_ascii=False, indent=1).encode()


def _read(path: Path) -> KeyFile | None:
    """None for a copy that is missing or damaged; raises StoreError for a newer format."""
    try:
        body = json.loads(path.read_bytes())
        if body.pop("checksum") != _checksum(body):
            return None
        if body["format"] > _FORMAT:
            raise StoreError("密钥文件由更新版本的程序写成，请先更新本程序。")
        return KeyFile(body["revision"], tuple(_slot(slot) for slot in body["slots"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _slot(body: dict[str, Any]) -> Slot:
    cost = Cost(body["operations"], body["memory"])
    # A forged file must not make the program ask for all memory or hash for hours.
    if cost.operations > _MOST_OPERATIONS or cost.memory > _MOST_MEMORY:
        raise ValueError("cost out of bounds")
    return Slot(
        body["slot"],
        body["label"],
        body["recovery"],
        cost,
        base64.b64decode(body["salt"]),
        base64.b64decode(body["wrapped"]),
    )
