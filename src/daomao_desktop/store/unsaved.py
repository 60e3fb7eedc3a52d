"""``unsaved/``: what is being typed and not saved yet, sealed, so that a power cut costs seconds.

It is no record: the audit trail does not know it, a backup leaves it out, and it goes when the text
is saved or given up.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import nacl.encoding
import nacl.exceptions
import nacl.hash
import nacl.secret

from daomao_desktop.files import replace_bytes

FOLDER = "unsaved"
_NAME = 64  # characters of a file's name; others are no texts, or half written


class Unsaved:
    """Texts by name, one sealed file each; the files' names tell nothing."""

    def __init__(self, folder: Path, data_key: bytes) -> None:
        self._folder = folder / FOLDER
        # Keys of their own: no key serves two purposes.
        self._name_key = _derived(data_key, b"unsaved names")
        self._box = nacl.secret.SecretBox(_derived(data_key, b"unsaved texts"))

    def keep(self, name: str, content: dict[str, Any]) -> None:
        """Replaces what was kept under the name; on the disk when it returns. Raises OSError."""
        self._folder.mkdir(exist_ok=True)
        replace_bytes(self._path(name), bytes(self._box.encrypt(json.dumps(content).encode())))

    def _open(self, path: Path) -> dict[str, Any] | None:
        try:
            found = json.loads(self._box.decrypt(path.read_bytes()))
        except (OSError, nacl.exceptions.CryptoError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def everything(self) -> list[dict[str, Any]]:
        """All that is kept and readable, the oldest first."""
        with suppress(OSError):
            paths = [path for path in self._folder.iterdir() if len(path.name) == _NAME]
            found = [self._open(path) for path in sorted(paths, key=_changed)]
            return [one for one in found if one is not None]
        return []

    def forget(self, name: str) -> None:
        """The text was saved or given up."""
        with suppress(OSError):  # what cannot be removed is offered once more, nothing worse
            self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / _digest(name.encode(), key=self._name_key).hex()


def _changed(path: Path) -> int:
    return path.stat().st_mtime_ns


def _derived(data_key: bytes, purpose: bytes) -> bytes:
    return _digest(purpose, key=data_key)


def _digest(data: bytes, *, key: bytes) -> bytes:
    return nacl.hash.blake2b(data, digest_size=32, key=key, encoder=nacl.encoding.RawEncoder)
