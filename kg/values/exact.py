"""Decimals in their one exact form, for programs: no separators, no exponent, no empty decimals."""

from __future__ import annotations

from decimal import Decimal


def plain(value: Decimal) -> str:
    """1.50 → 1.5, 1E+2 → 100, -0.0 → 0; every digit is kept."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
