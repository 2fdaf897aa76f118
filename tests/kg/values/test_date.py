"""Dates, years and periods."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.values import date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("填报日期：2025年4月18日", ["2025-04-18"]),
        ("2024-06-09", ["2024-06-09"]),
        ("2024.6.9", ["2024-06-09"]),
        ("二〇二四年六月九日", ["2024-06-09"]),
        ("2024年6月", ["2024-06"]),
        ("2023年度决算", ["2023"]),
        ("2021-2023年", ["2021", "2023"]),
        ("2023年2月30日", []),
        ("12024年", []),
        ("3.25.1", []),
    ],
)
def test_dates_name_their_year(text: str, iso: list[str]) -> None:
    assert [found.iso for found in date.find(text)] == iso


def test_years_come_in_order() -> None:
    assert list(date.years("2023年比2022年增长，2023年末")) == [2023, 2022, 2023]


@given(st.dates(min_value=datetime.date(1950, 1, 1), max_value=datetime.date(2099, 12, 31)))
def test_what_is_shown_reads_back(day: datetime.date) -> None:
    found = date.read(date.show(date.Date(0, 0, day.year, day.month, day.day)))
    assert found is not None
    assert found.iso == day.isoformat()
