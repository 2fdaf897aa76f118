"""Numbers in every writing become the same exact decimals."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.values import numeral

READ = [
    ("1,202.95", "1202.95"),
    ("1，202.95", "1202.95"),
    ("１２．５", "12.5"),
    ("-37.5", "-37.5"),
    ("0", "0"),
    ("十", "10"),
    ("二十三", "23"),
    ("三百二十", "320"),
    ("一千零二", "1002"),
    ("一千二", "1200"),
    ("一万零三十", "10030"),
    ("十二万", "120000"),
    ("壹佰万", "1000000"),
    ("一亿五千万", "150000000"),
    ("三万亿", "3000000000000"),
    ("二〇二四", "2024"),
    ("两", "2"),
    ("一点五", "1.5"),
]


@pytest.mark.parametrize(("written", "value"), READ)
def test_a_number_is_read_exactly(written: str, value: str) -> None:
    assert numeral.read(written) == Decimal(value)


@pytest.mark.parametrize("written", ["", "无", "百分", "点五", "1.2.3", "12,34", "9" * 60, "一点"])
def test_what_is_no_number_is_none(written: str) -> None:
    assert numeral.read(written) is None


def test_numbers_are_found_where_they_stand() -> None:
    text = "共3项，完成1,234.5万元和二十家"
    assert [(text[n.start : n.end], n.value) for n in numeral.find(text)] == [
        ("3", Decimal(3)),
        ("1,234.5", Decimal("1234.5")),
        ("二十", Decimal(20)),
    ]


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_what_is_shown_reads_back(value: Decimal) -> None:
    assert numeral.read(numeral.show(value)) == value


@given(st.text(alphabet="一二三千百十万亿零1,.５点两-", max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    for found in numeral.find(text):
        assert 0 <= found.start < found.end <= len(text)
