"""Wrapping the data key: argon2id makes a key of a secret, secretbox seals with it."""

from __future__ import annotations

import nacl.exceptions
import nacl.pwhash
import nacl.secret
import nacl.utils

from daomao_desktop.store.key_file import Cost


def wrap(data_key: bytes, secret: str, cost: Cost) -> tuple[bytes, bytes]:
    """A fresh salt and the sealed data key."""
    salt = nacl.utils.random(nacl.pwhash.argon2id.SALTBYTES)
    return salt, bytes(_box(secret, salt, cost).encrypt(data_key))


def unwrap(wrapped: bytes, secret: str, salt: bytes, cost: Cost) -> bytes | None:
    """The data key, None when the secret is wrong."""
    try:
        return _box(secret, salt, cost).decrypt(wrapped)
    except nacl.exceptions.CryptoError:
        return None


def _box(secret: str, salt: bytes, cost: Cost) -> nacl.secret.SecretBox:
    key = nacl.pwhash.argon2id.kdf(
        nacl.secret.SecretBox.KEY_SIZE,
        secret.encode(),
        salt,
        opslimit=cost.operations,
        memlimit=cost.memory,
    )
    return nacl.secret.SecretBox(key)
