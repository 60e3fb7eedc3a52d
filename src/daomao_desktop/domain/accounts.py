"""Operators' roles and what each may do (one table, checked in services)."""

from __future__ import annotations

import unicodedata
from enum import Enum

from daomao_desktop.domain.scheme import Edition

PASSWORD_LENGTH = 8
PASSWORD_HINT = f"至少 {PASSWORD_LENGTH} 个字符"


def weak_password(password: str) -> str | None:
    """A sentence when the password is too easily guessed by someone who took the PC.

    The windows refuse such a password; scripts are only warned, they answer for their own.
    """
    if len(password.strip()) < PASSWORD_LENGTH:
        return f"口令少于{PASSWORD_LENGTH}个字符，容易被猜到。"
    if len(set(password)) < 4:
        return "口令里重复的字符太多，容易被猜到。"
    return None


def code_symbols(text: str) -> str:
    """The letters and digits of a recovery code as typed: case, spaces, dashes and full width do
    not matter, whatever a printer or an input method put between is passed over."""
    wide = unicodedata.normalize("NFKC", text).upper()
    return "".join(symbol for symbol in wide if symbol.isalnum())


def is_code_group(code: str, number: int, typed: str) -> bool:
    """Whether ``typed`` is the group ``number`` (from 1) of a recovery code ABCD-EFGH-…"""
    return code_symbols(typed) == code.split("-")[number - 1]


class Permission(Enum):
    """One thing an operator may do; the value completes 「当前操作员不能……」."""

    READ = "查看资料"
    RECORD = "登记和修改记录"
    PROPOSE = "提出考核建议"
    DECIDE = "确定考核等次"
    ISSUE = "签发和作废文书"
    ADMINISTER = "管理操作员和系统设置"
    REVEAL = "查看或导出完整的身份证号和电话"
    FINDINGS = "登记本人监督发现"


class OperatorRole(Enum):
    """Roles of trust.md section 1."""

    VILLAGE_ADMIN = "村管理员"
    VILLAGE_CLERK = "村经办"
    VILLAGE_WATCH = "村务监督"
    TOWN_ADMIN = "镇管理员"
    TOWN_CLERK = "镇经办"
    TOWN_READER = "镇只读"

    @property
    def edition(self) -> Edition:
        return Edition.VILLAGE if self.value.startswith("村") else Edition.TOWN

    @property
    def permissions(self) -> frozenset[Permission]:
        return _PERMISSIONS[self.name]

    def may(self, permission: Permission) -> bool:
        return permission in _PERMISSIONS[self.name]


_CLERK = frozenset(
    {
        Permission.READ,
        Permission.RECORD,
        Permission.FINDINGS,
        Permission.PROPOSE,
        Permission.REVEAL,
    }
)
_ADMIN = frozenset(Permission)
_PERMISSIONS: dict[str, frozenset[Permission]] = {
    "VILLAGE_ADMIN": _ADMIN,
    "VILLAGE_CLERK": _CLERK | {Permission.ISSUE},
    "VILLAGE_WATCH": frozenset({Permission.READ, Permission.FINDINGS}),
    "TOWN_ADMIN": _ADMIN,
    "TOWN_CLERK": _CLERK | {Permission.ISSUE, Permission.DECIDE},
    "TOWN_READER": frozenset({Permission.READ}),
}
