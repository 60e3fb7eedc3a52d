"""``head``: the end of the audit chain kept outside the store; tells when a commit was lost."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from daomao_desktop.files import replace_bytes
from daomao_desktop.store.audit import Head

NAME = "head"


def read(folder: Path) -> Head | None:
    """None when there is none yet or it was cut off: the file may lag, so that is no damage."""
    try:
        body = json.loads((folder / NAME).read_bytes())
        return Head(int(body["sequence"]), str(body["hash"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def write(folder: Path, head: Head) -> None:
    """Best effort: a commit that is on the disk does not fail for it."""
    body = {"sequence": head.sequence, "hash": head.hash}
    with suppress(OSError):
        replace_bytes(folder / NAME, json.dumps(body).encode(), durable=False)
