"""Targets and actual values as cells write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.values import goal
from kg.values.goal import Goal


@pytest.mark.parametrize(
    ("text", "sign", "value", "unit"),
    [
        ("≥100家", "≥", "100", "家"),
        ("151个。", "", "151", "个"),
        ("=100.00(%)", "＝", "100", "%"),
        (">150(家)", "＞", "150", "家"),
        ("不低于50%", "≥", "50", "%"),
        ("8天以内", "≤", "8", "天"),
        ("100%以上", "≥", "100", "%"),
        ("超2000亿元", "＞", "2000", "亿元"),
        ("1,234.5万元", "", "1234.5", "万元"),
        ("300元/人", "", "300", "元/人"),
        ("≥50百分比", "≥", "50", "%"),
        ("≥5↑", "≥", "5", ""),
        ("3年", "", "3", "年"),
        ("0", "", "0", ""),
    ],
)
def test_a_cell_that_is_one_number(text: str, sign: str, value: str, unit: str) -> None:
    found = goal.read(text)
    assert found
    assert (found.sign, found.value, found.unit) == (sign, Decimal(value), unit)


@pytest.mark.parametrize("text", ["控制在预算内", "2023年12月", "12月底前", "2023年", "90%-95%", "覆盖率不低于80%"])
def test_anything_else_stays_words(text: str) -> None:
    assert goal.read(text) == Goal(text)


@pytest.mark.parametrize("text", ["", "/", "—", "--", "无", "…"])
def test_a_stroke_says_nothing(text: str) -> None:
    assert goal.read(text) is None


@pytest.mark.parametrize(
    ("target", "actual", "met"),
    [
        ("≥95%", "95%", True),
        ("≥95%", "94.9%", False),
        ("≤8天", "9天", False),
        ("100%", "100%", True),
        ("100家", "120家", None),
        ("≥5家", "6个", None),
        ("提升", "提升", True),
        ("提升", "有所提升", None),
    ],
)
def test_numbers_show_whether_a_target_was_met(target: str, actual: str, met: bool | None) -> None:
    aimed, reached = goal.read(target), goal.read(actual)
    assert aimed
    assert reached
    assert goal.meets(aimed, reached) is met


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("已完成", True),
        ("均达标", True),
        ("达成预期指标。", True),
        ("未完成", False),
        ("部分达成预期指标", False),
        ("良好", None),
    ],
)
def test_words_say_whether_a_target_was_met(text: str, met: bool | None) -> None:
    assert goal.verdict(text) is met


@given(
    st.decimals(0, 10**9, places=2), st.sampled_from(["≥", "≤", "＝", "＞", "＜"]), st.sampled_from(["家", "%", "万元"])
)
def test_what_is_written_is_read_back(value: Decimal, sign: str, unit: str) -> None:
    found = goal.read(f"{sign}{value}{unit}".replace("＝", "=").replace("＞", ">").replace("＜", "<"))
    assert found == Goal(value, unit, sign, found.hedge if found else "")
