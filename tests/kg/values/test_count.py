"""Counts with their counters, and ranks."""

from decimal import Decimal

import pytest

from kg.values import count

COUNTERS = ("个", "家", "人", "人次", "次", "辆", "所", "名", "平方米")
FOUND = [
    ("走访85余家", "85余家", "85", "家", "85", "余"),
    ("惠及3.5万人", "3.5万人", "3.5", "万人", "35000", ""),
    ("新建学校三十二所", "三十二所", "32", "所", "32", ""),
    ("培训100多人次", "100多人次", "100", "人次", "100", "多"),
    ("面积1,472.7平方米", "1,472.7平方米", "1472.7", "平方米", "1472.7", ""),
]


@pytest.mark.parametrize(("text", "quote", "value", "unit", "total", "hedge"), FOUND)
def test_a_count_keeps_number_and_counter(text: str, quote: str, value: str, unit: str, total: str, hedge: str) -> None:
    (found,) = count.find(text, COUNTERS)
    assert text[found.start : found.end] == quote
    assert (found.value, found.unit, found.total, found.hedge) == (Decimal(value), unit, Decimal(total), hedge)


@pytest.mark.parametrize("text", ["支出120万元", "第5名", "2023年", "A4个"])
def test_what_is_no_count_is_none(text: str) -> None:
    assert list(count.find(text, COUNTERS)) == []


@pytest.mark.parametrize(
    ("text", "places"),
    [("全市排名第13。", [13]), ("获第三名", [3]), ("第三季度", []), ("第一部分", []), ("位列第2位，第10", [2, 10])],
)
def test_ranks_are_places_in_a_ranking_only(text: str, places: list[int]) -> None:
    assert [rank.value for rank in count.ranks(text)] == places


def test_a_cell_is_read_as_a_whole() -> None:
    found = count.read("1472.7平方米", COUNTERS)
    assert found is not None
    assert count.show(found.value, found.unit) == "1,472.7平方米"
    assert count.read("约5个", COUNTERS) is None
