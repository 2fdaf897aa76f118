"""Sums of money as written and in exact yuan."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.values import money

FOUND = [
    ("收入1,202.95万元，", "1,202.95万元", "1202.95", "万元", "12029500"),
    ("总投资12.5亿，", "12.5亿", "12.5", "亿", "1250000000"),
    ("补贴0.8万元", "0.8万元", "0.8", "万元", "8000"),
    ("年初预算数100万，执行", "100万", "100", "万", "1000000"),
    ("金额壹佰万元整", "壹佰万元", "100", "万元", "1000000"),
    ("补助三万五千元", "三万五千元", "35000", "元", "35000"),
    ("安排一亿五千万元", "一亿五千万元", "150000000", "元", "150000000"),
    ("投入3亿5000万元", "3亿5000万元", "35000", "万元", "350000000"),
    ("增加-37.5万元", "-37.5万元", "-37.5", "万元", "-375000"),
    ("出资10万美元", "10万美元", "10", "万美元", None),
    ("2050元", "2050元", "2050", "元", "2050"),
    ("5000万以上项目", "5000万", "5000", "万", "50000000"),
]


@pytest.mark.parametrize(("text", "quote", "value", "unit", "yuan"), FOUND)
def test_money_is_found_as_written(text: str, quote: str, value: str, unit: str, yuan: str | None) -> None:
    found = list(money.find(text))
    assert [text[m.start : m.end] for m in found] == [quote]
    assert (found[0].value, found[0].unit) == (Decimal(value), unit)
    assert found[0].yuan == (None if yuan is None else Decimal(yuan))


@pytest.mark.parametrize("text", ["服务100万人次", "二元结构", "亿元以上项目28个", "2023年", "完成98%", "3万亩，共"])
def test_what_only_looks_like_money_is_none(text: str) -> None:
    assert list(money.find(text)) == []


def test_a_hedge_inside_the_number_is_kept() -> None:
    assert [(m.value, m.unit, m.hedge) for m in money.find("300余万元、5亿多元和十余万元")] == [
        (Decimal(300), "万元", "余"),
        (Decimal(5), "亿元", "多"),
        (Decimal(10), "万元", "余"),
    ]


@pytest.mark.parametrize(
    ("cell", "unit", "yuan"),
    [
        ("358.20", "万元", "3582000"),
        ("（12.5）", "万元", "-125000"),
        ("30万元", "", "300000"),
        (" ¥1,000元 ", "", "1000"),
        ("无", "万元", None),
        ("12.5", "", None),
        ("", "万元", None),
    ],
)
def test_a_cell_is_read_in_the_unit_of_its_table(cell: str, unit: str, yuan: str | None) -> None:
    found = money.read(cell, unit)
    assert (found.yuan if found else None) == (Decimal(yuan) if yuan else None)


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from(["元", "万元", "亿元", "千元"]))
def test_what_is_shown_is_found_again(value: Decimal, unit: str) -> None:
    found = list(money.find("支出" + money.show(value, unit) + "。"))
    assert [(m.value, m.unit, m.yuan) for m in found] == [(value, unit, money.in_yuan(value, unit))]
