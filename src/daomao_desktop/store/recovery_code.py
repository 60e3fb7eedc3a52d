"""The recovery code on paper: 8 groups of 4 characters, each group with its own check character.

The alphabet has 31 symbols (no 0, 1, I, L, O): with a prime modulus every single wrong character
and every exchange of two characters or of two groups is noticed, and the group is named.
"""

from __future__ import annotations

from daomao_desktop.domain.accounts import code_symbols
from daomao_desktop.errors import StoreError

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
GROUPS = 8
_PRIME = len(ALPHABET)


def new_code() -> str:
    """A fresh code of 24 random characters (118 bits), printed as ABCD-EFGH-…"""
    import secrets  # see keys.create

    groups = []
    for index in range(GROUPS):
        body = "".join(secrets.choice(ALPHABET) for _ in range(3))
        groups.append(body + _check_character(body, index))
    return "-".join(groups)


def read_code(text: str) -> str:
    """The code as ``new_code`` printed it; case, spaces, dashes and full width do not matter.

    Raises StoreError naming the group that was mistyped.
    """
    symbols = code_symbols(text)
    strange = sorted({symbol for symbol in symbols if symbol not in ALPHABET})
    if strange:
        raise StoreError(
            f"恢复码里没有“{strange[0]}”这个字符（恢复码不用 0、1、I、L、O），请对照原件重新输入。"
        )
    if len(symbols) != GROUPS * 4:
        raise StoreError(f"恢复码应为 32 个字符，现在是 {len(symbols)} 个，请对照原件重新输入。")
    groups = [symbols[start : start + 4] for start in range(0, len(symbols), 4)]
    for index, group in enumerate(groups):
        if group[3] != _check_character(group[:3], index):
            raise StoreError(f"恢复码第 {index + 1} 组“{group}”有错，请对照原件重新输入。")
    return "-".join(groups)


def _check_character(body: str, index: int) -> str:
    total = 5 * index + sum(
        weight * ALPHABET.index(symbol) for weight, symbol in enumerate(body, start=1)
    )
    return ALPHABET[total % _PRIME]
