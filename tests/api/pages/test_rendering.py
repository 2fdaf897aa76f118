"""Numbers as people read them, and addresses that keep what was chosen."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from fastapi import Request
from hypothesis import given
from hypothesis import strategies as st

from api.pages.rendering import address, environment, number, wan


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Decimal("1202.95"), "1,202.95"),
        (Decimal("1E+6"), "1,000,000"),
        (Decimal("-0.50"), "-0.5"),
        (2024, "2024"),
        (12_345, "12,345"),
        (None, ""),
        (True, "True"),
        ("控制在预算内", "控制在预算内"),
    ],
)
def test_a_number_keeps_every_digit(value: Any, shown: str) -> None:
    assert number(value) == shown


@given(st.decimals(-(10**12), 10**12, places=2))
def test_yuan_as_wan_is_exact_and_has_two_decimals_at_least(yuan: Decimal) -> None:
    shown = wan(yuan)
    assert Decimal(shown.replace(",", "")) * 10_000 == yuan
    assert len(shown.partition(".")[2]) >= 2


def request(query: str) -> Request:
    scope = {"type": "http", "path": "/findings", "query_string": query.encode(), "headers": [], "server": ("x", 80)}
    return Request({**scope, "scheme": "http", "method": "GET", "root_path": ""})


def test_an_address_changes_one_thing_and_goes_back_to_the_first_page() -> None:
    asked = request("severity=error&page=3&lang=en")
    assert address(asked, year=2024) == "/findings?severity=error&year=2024"
    assert address(asked, severity=None) == "/findings"
    assert address(asked, page=4) == "/findings?severity=error&page=4"


def test_what_templates_show_is_escaped() -> None:
    shown = environment.from_string("{{ text }}").render(text="<script>alert(1)</script>")
    assert shown == "&lt;script&gt;alert(1)&lt;/script&gt;"
