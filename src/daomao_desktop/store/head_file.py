"""``head``: the end of the audit chain kept outside the store; tells when a commit was lost."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from daomao_desktop.files import replace_bytes
from daomao_desktop.store.audit import Head

NAME = "head"
LENGTH = 256


def read(folder: Path) -> Head | None:
    """None when there is none yet or it was cut off: the file may lag, so that is no damage."""
    try:
        body = json.loads((folder / NAME).read_bytes())
        return Head(int(body["sequence"]), str(body["hash"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def write(folder: Path, head: Head) -> None:
    """Best effort: a commit that is on the disk does not fail for it.

    Always as long as before and in its place, within one sector, so that it changes nothing else
    on the disk: on a FAT stick a file renamed without waiting for the disk was left without its
    content by a power cut, and Linux refused to write on the stick.
    """
    body = json.dumps({"sequence": head.sequence, "hash": head.hash}).encode().ljust(LENGTH)
    path = folder / NAME
    with suppress(OSError):
        if path.is_file() and path.stat().st_size == LENGTH:
            with path.open("r+b", buffering=0) as file:
                file.write(body)
        else:
            replace_bytes(path, body)
