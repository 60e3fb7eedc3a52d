"""Duty records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from daomao_desktop.domain.duties import LONGEST_TEXT, DutyDraft, check_duty, parse_role
from daomao_desktop.domain.scheme import Role

TODAY = date(2026, 1, 15)
GOOD = DutyDraft("p", "g", Role.MEDIATION, TODAY, "调解一起宅基地纠纷")


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("政策宣传员", Role.PUBLICITY),
        ("政策宣传", Role.PUBLICITY),
        ("民意收集员", Role.OPINION),
        ("纠纷调解 员", Role.MEDIATION),
        ("“三资”管理员", Role.FUNDS),
        ("三资管理员", Role.FUNDS),
        ('"三资"管理员', Role.FUNDS),
        ("三资", Role.FUNDS),
        ("D4", Role.FUNDS),
        ("d4", Role.FUNDS),
        ("4", Role.FUNDS),
        ("４", Role.FUNDS),
        ("4.“三资”管理员", Role.FUNDS),
        ("会议召集员", Role.CONVENER),
        ("发展统筹员", Role.DEVELOPMENT),
    ],
)
def test_roles_as_people_write_them(text: str, role: Role) -> None:
    assert parse_role(text) is role


def test_every_role_reads_back_by_word_clause_and_number() -> None:
    for number, role in enumerate(Role, 1):
        assert {parse_role(text) for text in (role.value, role.clause, str(number))} == {role}


@pytest.mark.parametrize("text", ["", "员", "7", "0", "D", "管理员", "组长", "D44"])
def test_what_is_no_role(text: str) -> None:
    with pytest.raises(ValueError, match="六员"):
        parse_role(text)


def test_a_complete_record_passes() -> None:
    assert check_duty(GOOD, TODAY) == ()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"person_uid": ""}, "person_uid"),
        ({"group_uid": ""}, "group_uid"),
        ({"role": None}, "role"),
        ({"on": None}, "on"),
        ({"on": date(2026, 1, 16)}, "on"),
        ({"content": " \n"}, "content"),
        ({"content": "字" * (LONGEST_TEXT + 1)}, "content"),
        ({"result": "字" * (LONGEST_TEXT + 1)}, "result"),
        ({"remark": "字" * (LONGEST_TEXT + 1)}, "remark"),
    ],
)
def test_each_mistake_stands_at_its_field(changes: dict[str, object], field: str) -> None:
    problems = check_duty(replace(GOOD, **changes), TODAY)  # type: ignore[arg-type]
    assert [problem.field for problem in problems] == [field]
