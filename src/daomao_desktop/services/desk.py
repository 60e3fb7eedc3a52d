"""The desk a service works at: an open store, the operator sitting there, and today's date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from daomao_desktop.domain.accounts import OperatorRole, Permission
from daomao_desktop.domain.scheme import Edition
from daomao_desktop.errors import Refused
from daomao_desktop.store.engine import Store


class Area(Enum):
    """Business areas; the same words name the rooms of every layer."""

    ROSTER = "小组长"
    DUTIES = "履职记录"
    CONDUCT = "底线"
    ASSESSMENT = "年度考核"
    NOTICES = "奖惩文书"
    ACCOUNTS = "系统"


@dataclass(frozen=True, slots=True)
class Changes:
    """What a service changed: pages refresh only if they show one of these areas.

    ``brought_back``: by undo or redo; ``uids`` then name the records and the persons concerned.
    """

    areas: frozenset[Area]
    uids: tuple[str, ...] = ()
    brought_back: bool = False


@dataclass(frozen=True, slots=True)
class OperatorInfo:
    """Who is signed in; ``label`` is the login label, ``name`` the person."""

    uid: str
    slot: str
    label: str
    name: str
    role: OperatorRole


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a service needs; ``today`` is a function so that the demo can fix the day."""

    store: Store
    operator: OperatorInfo
    edition: Edition
    today: Callable[[], date] = date.today

    def require(self, permission: Permission) -> None:
        """Raises Refused when the operator's role does not allow it."""
        if not self.operator.role.may(permission):
            raise Refused(
                f"当前操作员（{self.operator.role.value}）不能{permission.value}，请换管理员登录。"
            )
