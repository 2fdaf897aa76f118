"""Bars that are as long as their numbers say."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from api.pages.charts import Group, bars, stacked

amounts = st.decimals(0, 10**12, places=2)


@given(st.lists(amounts, min_size=1, max_size=20))
def test_bars_are_in_proportion_and_fit_the_drawing(values: list[Decimal]) -> None:
    drawn = bars([Group("年", ((value, str(value)),)) for value in values])
    if max(values) == 0:
        assert drawn is None
        return
    assert drawn is not None
    assert [bar.value for bar in drawn.bars] == [str(value) for value in values]
    longest = max(bar.width for bar in drawn.bars)
    assert longest < 100
    for bar, value in zip(drawn.bars, values, strict=True):
        assert bar.y + 14 <= drawn.height
        assert abs(bar.width - longest * float(value / max(values))) < 0.35


def test_what_is_not_given_has_no_bar_and_what_is_below_zero_no_chart() -> None:
    drawn = bars([Group("2023", ((None, ""), (Decimal(5), "5")))])
    assert drawn is not None
    assert [(bar.series, bar.label) for bar in drawn.bars] == [(2, "2023")]
    assert bars([Group("2023", ((Decimal(-1), "-1"),))]) is None
    assert bars([]) is None


@given(st.lists(st.integers(0, 10_000), max_size=6))
def test_shares_fill_the_bar_and_nought_has_none(counts: list[int]) -> None:
    shares = stacked([(str(n), count) for n, count in enumerate(counts)])
    assert [share.count for share in shares] == [count for count in counts if count]
    if shares:
        assert abs(sum(share.width for share in shares) - 100) < 0.1
