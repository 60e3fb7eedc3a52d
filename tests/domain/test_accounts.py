"""What each operator may do."""

from __future__ import annotations

import pytest

from daomao_desktop.domain.accounts import OperatorRole, Permission
from daomao_desktop.domain.scheme import Edition


@pytest.mark.parametrize("role", OperatorRole)
def test_roles_of_operators(role: OperatorRole) -> None:
    assert role.edition is (Edition.TOWN if "镇" in role.value else Edition.VILLAGE)
    assert role.may(Permission.READ)
    assert role.permissions == {one for one in Permission if role.may(one)}


def test_only_the_town_and_administrators_decide() -> None:
    deciding = [role.value for role in OperatorRole if role.may(Permission.DECIDE)]
    assert deciding == ["村管理员", "镇管理员", "镇经办"]
    watch = OperatorRole.VILLAGE_WATCH
    assert {one for one in Permission if watch.may(one)} == {Permission.READ, Permission.FINDINGS}
