"""Dates of day and month precision."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daomao_desktop.domain.dates import PartialDate, parse_date, parse_day

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2021.6", "2021-06"),
        ("2021.06", "2021-06"),
        ("2021年6月", "2021-06"),
        ("2021 年 6 月", "2021-06"),
        ("2021-06", "2021-06"),
        ("202106", "2021-06"),
        ("２０２１．６", "2021-06"),
        ("二〇二一年六月", "2021-06"),
        ("二○二一年十二月二十日", "2021-12-20"),
        ("2021/6/20", "2021-06-20"),
        ("2021.6.20", "2021-06-20"),
        ("2021年6月20日", "2021-06-20"),
        ("2021年6月20号", "2021-06-20"),
        ("20210620", "2021-06-20"),
        ("2021-06-20 00:00:00", "2021-06-20"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_dates_as_people_write_them(text: str, iso: str) -> None:
    assert parse_date(text).iso == iso


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2021",
        "2021年",
        "1988.13",
        "87.6",
        "2021.620",
        "2021.6.0",
        "20210600",
        "20211320",
        "2023-02-29",
        "2021-06-20 08:30",
        "1899.12",
        "2101.1",
        "六月",
        "2021.6.20.1",
        "-2021.6",
        "٢٠٢١.٦",
    ],
)
def test_what_is_no_date_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(ValueError, match="不是日期") as caught:
        parse_date(text)
    assert text in str(caught.value)


@given(DAYS)
def test_every_day_reads_back_in_every_spelling(day: date) -> None:
    whole = PartialDate.of(day)
    for text in (whole.iso, str(whole), f"{day:%Y%m%d}", f"{day.year}/{day.month}/{day.day}"):
        assert parse_date(text) == whole
        assert parse_day(text) == day
    month = PartialDate(day.year, day.month)
    for text in (month.iso, str(month), f"{day.year}.{day.month}", f"{day:%Y%m}"):
        assert parse_date(text) == month
    assert PartialDate.from_iso(whole.iso) == whole


@given(DAYS)
def test_a_month_means_any_of_its_days(day: date) -> None:
    month = PartialDate(day.year, day.month)
    assert month.first <= day <= month.last
    assert (month.first.month, month.last.month) == (day.month, day.month)
    assert PartialDate.of(day).first == PartialDate.of(day).last == day


def test_a_day_is_asked_for_where_only_a_month_stands() -> None:
    with pytest.raises(ValueError, match="请写到日"):
        parse_day("2021.6")


def test_days_that_do_not_exist_cannot_be_made() -> None:
    for parts in ((2021, 13, 1), (2021, 6, 31), (2021, 6, 0)):
        with pytest.raises(ValueError, match=r"must be in|out of range"):
            PartialDate(*parts)


def test_order_and_wording() -> None:
    assert PartialDate(1987, 6) < PartialDate(1987, 6, 1) < PartialDate(1987, 7)
    assert str(PartialDate(1987, 6)) == "1987年6月"
    assert str(PartialDate(1987, 6, 5)) == "1987年6月5日"
