"""Shares and rates, always in percent."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.values import percent

FOUND = [
    ("完成率100%", "100", "%"),
    ("占99.5％。", "99.5", "%"),
    ("下降-57.10%", "-57.10", "%"),
    ("百分之九十五点五", "95.5", "%"),
    ("百分之百达标", "100", "%"),
    ("百分百覆盖", "100", "%"),
    ("增长两成", "20", "成"),
    ("九成五", "95", "成"),
    ("增加3.4倍", "340", "倍"),
    ("翻了一倍", "100", "倍"),
    ("提高2.5个百分点", "2.5", "百分点"),
    ("3‰", "0.3", "‰"),
]


@pytest.mark.parametrize(("text", "value", "form"), FOUND)
def test_a_share_is_found_in_percent(text: str, value: str, form: str) -> None:
    assert [(p.value, p.form) for p in percent.find(text)] == [(Decimal(value), form)]


@pytest.mark.parametrize("text", ["完成立项", "二成立", "全年12次", "五成员单位", ""])
def test_what_only_looks_like_a_share_is_none(text: str) -> None:
    assert list(percent.find(text)) == []


def test_both_ends_of_a_range_are_found() -> None:
    assert [p.value for p in percent.find("完成率为100%-150%")] == [Decimal(100), Decimal(150)]


def test_only_a_whole_cell_is_read() -> None:
    found = percent.read(" 98.2% ")
    assert found is not None
    assert found.value == Decimal("98.2")
    assert percent.read("98.2%左右") is None


@given(st.decimals(min_value=0, max_value=1000, places=2))
def test_what_is_shown_reads_back(value: Decimal) -> None:
    found = percent.read(percent.show(value))
    assert found is not None
    assert found.value == value
