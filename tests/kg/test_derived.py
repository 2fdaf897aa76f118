"""Execution rates are computed only from a budget and an outturn of one account."""

from __future__ import annotations

from decimal import Decimal

from kg.derived import Derived, beside, derive
from kg.examine import examine

TITLE = "青山县水利局2024年度部门整体支出绩效自评报告\n一、预算执行情况\n"


def _rates(values: list[Derived]) -> list[tuple[str, str, Decimal]]:
    return [(value.subject, value.measure, value.value) for value in values]


def _derived(body: str) -> list[tuple[str, str, Decimal]]:
    return _rates(list(derive(examine(f"{TITLE}{body}".encode(), "报告.txt").facts)))


def test_a_budget_is_paired_with_the_outturn_told_beside_it() -> None:
    assert _derived("年初预算500万元，年中追加100万元，调整后预算600万元，全年支出540万元。\n") == [
        ("青山县水利局", "预算执行率", Decimal("108.00")),
        ("青山县水利局", "调整后预算执行率", Decimal("90.00")),
    ]


def test_a_budget_is_not_paired_with_money_of_another_block() -> None:
    far = "我局严格执行财务管理制度，专款专用，按月通报支出进度，及时清理结余资金，做到账实相符。" * 2
    assert _derived(f"年初预算500万元。\n{far}\n维修养护方面，实际支出36万元。\n") == []


def test_nothing_of_another_account_stands_between() -> None:
    assert _derived("年初预算500万元，其中公务接待费预算3万元，实际支出2万元。\n") == []


def test_the_whole_is_preferred_to_its_parts() -> None:
    body = (
        "全年预算600万元，实际执行540万元，预算执行率90%。\n"
        "1.河道保洁方面，全年预算100万元，实际执行100万元。\n2.水质监测方面，全年预算50万元，实际执行40万元。\n"
    )
    assert _derived(body) == [("青山县水利局", "调整后预算执行率", Decimal("90.00"))]


def test_parts_without_a_whole_give_no_rate_but_each_stands_beside_its_own() -> None:
    body = (
        "1.河道保洁方面，全年预算100万元，实际执行90万元，执行率90%。\n"
        "2.水质监测方面，全年预算80万元，实际执行40万元，执行率50%。\n"
        "3.堤防巡查方面，全年预算60万元，实际执行60万元，执行率100%。\n"
    )
    assert _derived(body) == []
    facts = examine(f"{TITLE}{body}".encode(), "报告.txt").facts
    assert [value.value for value in beside(facts)] == [
        Decimal("90.00"),
        Decimal("50.00"),
        Decimal("100.00"),
    ]
