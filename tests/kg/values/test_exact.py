"""Decimals have one exact form."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.values.exact import plain


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("1.50", "1.5"),
        ("1E+2", "100"),
        ("-0.00", "0"),
        ("0.10", "0.1"),
        ("100", "100"),
        ("12345678901234567890.5", None),
    ],
)
def test_decimals_have_one_form(value: str, written: str | None) -> None:
    assert plain(Decimal(value)) == (written or value)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20))
def test_no_digit_is_lost(value: Decimal) -> None:
    assert Decimal(plain(value)) == value
