"""Which of the values that a report gives becomes the direct property."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from kg.derived import derive
from kg.facts import Fact
from kg.graph import report_iri
from kg.graph.entities import entities
from kg.graph.onehop import figures
from kg.text import Source

NAME = "青山县水利局"
SOURCE = Source("r.txt", "甲乙丙丁戊己庚辛壬癸", "07" * 32)
Given = tuple[str, str, dict[str, Any]]


def amount(place: str, measure: str, yuan: int, **more: Any) -> Given:
    fields = {"subject": NAME, "measure": measure, "value": Decimal(yuan), "value_yuan": Decimal(yuan), "year": 2024}
    return "amount", place, fields | more


def rate(place: str, measure: str, value: int, **more: Any) -> Given:
    return "rate", place, {"subject": NAME, "measure": measure, "value": Decimal(value), "year": 2024} | more


@pytest.fixture
def one_hop(make: Callable[..., Fact]) -> Callable[..., dict[str, Any]]:
    """The direct properties of the department in a report that says just this."""

    def one_hop(*given: Given, year: int | None = 2024) -> dict[str, Any]:
        report = ("report", "甲", {"title": "决算", "department": NAME, "fiscal_year": year})
        facts = [make(SOURCE, kind, place, **fields) for kind, place, fields in (report, *given)]
        known = entities(report_iri(SOURCE.sha256), facts)
        found = [f for f in figures(known, facts, list(derive(facts))) if f.of == known.department]
        assert len({f.property for f in found}) == len(found), "one value each"
        return {str(f.property).rsplit("#", 1)[-1]: f.value for f in found}

    return one_hop


OneHop = Callable[..., dict[str, Any]]


def test_the_computed_rate_comes_before_the_stated_one(one_hop: OneHop) -> None:
    found = one_hop(amount("乙", "年初预算", 200), amount("丙", "预算执行数", 50), rate("丁", "预算执行率", 100))
    assert (found["executionRate"], found["executionRateBasis"]) == (25, "computed")
    assert (found["computedExecutionRate"], found["statedExecutionRate"]) == (25, 100)


def test_the_adjusted_budget_is_the_base_where_there_is_one(one_hop: OneHop) -> None:
    found = one_hop(amount("乙", "年初预算", 200), amount("丙", "调整后预算", 100), amount("丁", "预算执行数", 50))
    assert found["computedExecutionRate"] == 50


def test_a_stated_rate_stands_in_where_nothing_can_be_computed(one_hop: OneHop) -> None:
    found = one_hop(rate("乙", "执行率", 97))
    assert (found["executionRate"], found["executionRateBasis"]) == (97, "stated")


def test_the_rate_of_a_part_is_not_the_departments(one_hop: OneHop) -> None:
    assert one_hop(rate("乙", "公务接待费预算执行率", 40)) == {}
    assert one_hop(rate("乙", "预算执行率", 40, subject="堤防项目")) == {}


@pytest.mark.parametrize(
    "part",
    [{"item": "公务接待费"}, {"code": "205", "name": "教育支出"}, {"relative_to": "上年"}, {"subject": "堤防项目"}],
)
def test_money_of_a_part_is_not_the_departments(one_hop: OneHop, part: dict[str, Any]) -> None:
    assert one_hop(amount("乙", "年初预算", 7, **part)) == {}


def test_total_expenditure_falls_back_on_the_years(one_hop: OneHop) -> None:
    assert one_hop(amount("乙", "本年支出", 8))["totalExpenditure"] == 8
    assert one_hop(amount("乙", "本年支出", 8), amount("丙", "支出总计", 9))["totalExpenditure"] == 9


def test_only_the_reports_own_year_counts(one_hop: OneHop) -> None:
    last_year = amount("乙", "支出总计", 7, year=2023)
    assert one_hop(last_year) == {}
    assert one_hop(last_year, amount("丙", "支出总计", 9))["totalExpenditure"] == 9
    assert one_hop(amount("乙", "支出总计", 5, year=None))["totalExpenditure"] == 5


def test_without_a_fiscal_year_the_one_year_of_all_figures_counts(one_hop: OneHop) -> None:
    assert one_hop(amount("乙", "支出总计", 9), year=None)["totalExpenditure"] == 9
    both = (amount("乙", "支出总计", 9), amount("丙", "支出总计", 7, year=2023))
    assert one_hop(*both, year=None) == {}


def test_the_plain_number_of_the_main_report_that_stands_first_is_taken(one_hop: OneHop) -> None:
    found = one_hop(
        amount("乙", "总资产", 1, comparator="超"),
        amount("丙", "总资产", 2, part="附件1"),
        amount("丁", "总资产", 3),
        amount("戊", "总资产", 4),
    )
    assert found["totalAssets"] == 3


def test_staff_are_counted_where_the_report_totals_them(one_hop: OneHop) -> None:
    people = {"subject": NAME, "measure": "实有", "value": Decimal(12)}
    assert one_hop(("staffing", "乙", people | {"category": "行政"})) == {}
    assert one_hop(("staffing", "乙", people | {"category": "总计"}))["staffCount"] == 12


def test_score_and_grade_are_those_of_the_whole(one_hop: OneHop) -> None:
    found = one_hop(
        ("score", "乙", {"subject": NAME, "dimension": "过程", "value": Decimal(20)}),
        ("score", "丙", {"subject": NAME, "dimension": "综合", "value": Decimal(96)}),
        ("score", "丁", {"subject": NAME, "dimension": "综合", "grade": "优秀"}),
    )
    assert found == {"overallScore": 96, "overallGrade": "优秀"}
