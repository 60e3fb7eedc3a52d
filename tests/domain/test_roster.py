"""Leaders, groups and months in post."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.roster import (
    GroupName,
    LeaderDraft,
    Period,
    check_leader,
    matches,
    months_in_post,
    normalise_phone,
    parse_group,
    phone_problem,
    post_months,
    term_ends,
    tidy_leader,
    verify_reasons,
)
from daomao_desktop.domain.scheme import Sex

TODAY = date(2026, 1, 15)
GOOD = LeaderDraft(
    village_uid="v",
    group="3",
    name="王大海",
    sex=Sex.MALE,
    birth=PartialDate(1987, 6),
    id_number="460006198706150036",
    started=PartialDate(2021, 6),
    phone="13812341234",
    subsidy=Money(50_000),
)


@pytest.mark.parametrize(
    "text", ["第3村民小组", "3组", "第三组", "3", "3.0", "３ 组", "三组", "第 3 小组"]
)
def test_spellings_of_one_group(text: str) -> None:
    assert parse_group(text) == GroupName(3, "第3村民小组")


@pytest.mark.parametrize(
    ("text", "number"), [("第十二村民小组", 12), ("12组", 12), ("二十一组", 21), ("十", 10)]
)
def test_higher_numbers(text: str, number: int) -> None:
    assert parse_group(text).number == number


def test_groups_that_go_by_a_name() -> None:
    assert parse_group("东坡组") == GroupName(None, "东坡组")
    assert parse_group("东坡村民小组").key == parse_group("东坡组").key == parse_group("东坡").key
    assert parse_group("东坡").key != parse_group("西坡").key
    assert parse_group("联光村第3村民小组", village="联光村").number == 3
    assert parse_group("联光村第3村民小组").number is None


@pytest.mark.parametrize("text", ["", "  ", "组", "村民小组", "0", "0组", "3.5", "-3", "1000"])
def test_what_is_no_group(text: str) -> None:
    with pytest.raises(ValueError, match="不是村民小组"):
        parse_group(text)


@given(st.integers(1, 999))
def test_a_groups_own_name_reads_back(number: int) -> None:
    group = parse_group(f"{number}组")
    assert parse_group(group.name) == group


def period(start: str, end: str | None = None) -> Period:
    return Period(PartialDate.from_iso(start), date.fromisoformat(end) if end else None)


@pytest.mark.parametrize(
    ("periods", "months"),
    [
        ([period("2021-06")], 12),
        ([period("2025-06-15")], 7),
        ([period("2025-06-16")], 6),
        ([period("2025-06")], 7),
        ([period("2021-06", "2025-05-15")], 5),
        ([period("2021-06", "2025-05-14")], 4),
        ([period("2025-03-16", "2025-04-14")], 0),
        ([period("2026-01-01")], 0),
        ([period("2020-01", "2024-12-31")], 0),
        ([period("2025-01", "2025-03-20"), period("2025-03-10", "2025-06-30")], 6),
        ([period("2025-01", "2025-03-10"), period("2025-03-20")], 11),
        ([], 0),
    ],
)
def test_a_month_counts_when_in_post_on_its_15th(periods: list[Period], months: int) -> None:
    assert months_in_post(periods, 2025) == months


PERIODS = st.lists(
    st.tuples(st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.integers(0, 600) | st.none()).map(
        lambda span: Period(
            PartialDate.of(span[0]),
            None if span[1] is None else span[0] + timedelta(days=span[1]),
        )
    ),
    max_size=4,
)


@given(PERIODS, PERIODS)
def test_months_are_the_union_over_posts(first: list[Period], second: list[Period]) -> None:
    one, two = set(post_months(first, 2025)), set(post_months(second, 2025))
    assert set(post_months([*first, *second], 2025)) == one | two
    assert 0 <= months_in_post([*first, *second], 2025) <= 12
    assert months_in_post(first * 2, 2025) == len(one)


def test_terms_are_five_years() -> None:
    assert term_ends(PartialDate(2021, 6, 20)) == date(2026, 6, 19)
    assert term_ends(PartialDate(2021, 6)) == date(2026, 5, 31)
    assert term_ends(PartialDate(2024, 2, 29)) == date(2029, 2, 28)
    assert term_ends(PartialDate(2021, 1, 1)) == date(2025, 12, 31)


def test_a_complete_draft_passes() -> None:
    assert check_leader(GOOD, TODAY) == ()


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"village_uid": ""}, "village_uid", "请选择村"),
        ({"group": " "}, "group", "请填写村民小组"),
        ({"group": "0"}, "group", "看不懂"),
        ({"name": ""}, "name", "请填写姓名"),
        ({"name": "王3"}, "name", "只能有"),
        ({"sex": None}, "sex", "性别"),
        ({"started": None}, "started", "任职时间"),
        ({"started": PartialDate(2026, 2)}, "started", "晚于今天"),
        ({"started": PartialDate(1980, 1)}, "started", "早于出生"),
        ({"birth": PartialDate(2026, 2)}, "birth", "晚于今天"),
        ({"birth": PartialDate(2010, 2)}, "birth", "不满16岁"),
        ({"birth": PartialDate(1925, 1, 1)}, "birth", "超过100岁"),
        ({"id_number": "46000619870615"}, "id_number", "18位"),
        ({"phone": "1381234"}, "phone", "联系电话"),
        ({"subsidy": Money(-1)}, "subsidy", "负数"),
        ({"meeting_on": date(2026, 1, 16)}, "meeting_on", "晚于今天"),
        ({"branch_decided_on": date(2026, 1, 16)}, "branch_decided_on", "晚于今天"),
    ],
)
def test_each_mistake_stands_at_its_field(
    changes: dict[str, object], field: str, words: str
) -> None:
    (problem,) = check_leader(replace(GOOD, **changes), TODAY)  # type: ignore[arg-type]
    assert problem.field == field
    assert words in problem.sentence


def test_the_edges_of_what_passes() -> None:
    for changes in (
        {"started": PartialDate(2026, 1)},  # this month, the day unknown
        {"birth": PartialDate(2010, 1)},
        {"birth": PartialDate(1925, 1)},
        {"id_number": "460006************", "phone": "138****1234"},
        {"id_number": None, "birth": None, "phone": "", "subsidy": None},
        {"phone": "0898-62221234"},
        {"meeting_on": TODAY},
    ):
        assert check_leader(replace(GOOD, **changes), TODAY) == ()


def test_an_import_keeps_odd_private_values_for_verification() -> None:
    odd = replace(GOOD, id_number="46000619870615", phone="1381234")
    assert check_leader(odd, TODAY, imported=True) == ()
    assert len(verify_reasons(odd, TODAY)) == 2
    assert verify_reasons(GOOD, TODAY) == ()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"id_number": "460006198706150031"}, "校验位"),
        ({"birth": PartialDate(1987, 7)}, "出生年月与身份证号码不一致"),
        ({"birth": PartialDate(1987, 6, 16)}, "出生年月与身份证号码不一致"),
        ({"sex": Sex.FEMALE}, "性别与身份证号码不一致"),
        ({"phone": "12345678901"}, "联系电话"),
        ({"name": "王\ue000"}, "造字"),
        ({"name": "王"}, "只有一个字"),
        ({"birth": None, "id_number": "460006201806150038"}, "年龄不符"),
    ],
)
def test_reasons_to_verify(changes: dict[str, object], words: str) -> None:
    draft = replace(GOOD, **changes)  # type: ignore[arg-type]
    (reason,) = verify_reasons(draft, TODAY)
    assert words in reason
    assert (draft.id_number or "-") not in reason


def test_masks_are_not_verified() -> None:
    masked = replace(GOOD, id_number="460006************", phone="138****1234", sex=Sex.FEMALE)
    assert verify_reasons(masked, TODAY) == ()
    assert tidy_leader(masked) == masked


def test_a_draft_is_kept_in_one_spelling() -> None:
    tidy = tidy_leader(
        replace(
            GOOD,
            name="王　强",
            ethnicity="汉",
            id_number=" 11010519491231002x",
            phone="+86 138-1234-1234",
            remark="  ",
            education=" 初中 ",
        )
    )
    assert (tidy.name, tidy.ethnicity, tidy.id_number) == ("王强", "汉族", "11010519491231002X")
    assert (tidy.phone, tidy.remark, tidy.education) == ("13812341234", None, "初中")
    assert tidy_leader(tidy) == tidy


@pytest.mark.parametrize("phone", ["13812341234", "19912341234", "0898-62221234", "01062221234"])
def test_phones(phone: str) -> None:
    assert phone_problem(normalise_phone(phone)) is None
    assert phone_problem(phone[:-4]) is not None


def test_a_landline_in_brackets() -> None:
    assert normalise_phone("（0898）62221234") == "0898-62221234"


@pytest.mark.parametrize(
    "query",
    [
        "",
        "王",
        "大海",
        "wang",
        "wdh",
        "dahai",
        "W",
        "wangdahai",
        "3",
        "3组",
        "第三组",
        "王 3组",
        "ＷＤＨ",
        "村民小组",
    ],
)
def test_a_person_is_found(query: str) -> None:
    assert matches(query, "王大海", "wang da hai", "wdh", "第3村民小组")


@pytest.mark.parametrize("query", ["李", "angda", "13组", "1", "王 4组", "ahai"])
def test_a_person_is_not_found(query: str) -> None:
    assert not matches(query, "王大海", "wang da hai", "wdh", "第3村民小组")


def test_a_group_number_is_not_found_in_a_longer_one() -> None:
    assert not matches("3", "王大海", "wang da hai", "wdh", "第13村民小组")


def test_named_groups_are_found_by_a_part() -> None:
    assert matches("东坡", "王大海", "", "", "东坡组")
    assert not matches("西坡", "王大海", "", "", "东坡组")
