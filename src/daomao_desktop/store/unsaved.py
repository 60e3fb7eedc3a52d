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

    def read(self, name: str) -> dict[str, Any] | None:
        """What was kept under the name; None where there is nothing, or nothing readable."""
        try:
            found = json.loads(self._box.decrypt(self._path(name).read_bytes()))
        except (OSError, nacl.exceptions.CryptoError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def forget(self, name: str) -> None:
        """The text was saved or given up."""
        with suppress(OSError):  # what cannot be removed is offered once more, nothing worse
            self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / _digest(name.encode(), key=self._name_key).hex()


def _derived(data_key: bytes, purpose: bytes) -> bytes:
    return _digest(purpose, key=data_key)


def _digest(data: bytes, *, key: bytes) -> bytes:
    return nacl.hash.blake2b(data, digest_size=32, key=key, encoder=nacl.encoding.RawEncoder)
