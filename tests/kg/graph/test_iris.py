"""Names are made from content and can be read."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kg.facts import Amount
from kg.graph import Record, iris, report_iri
from kg.text import Span

REPORT = report_iri("ab" * 32)


def test_a_report_is_named_by_its_bytes_under_any_base() -> None:
    assert str(REPORT) == "https://w3id.org/jixiao/id/report/" + "ab" * 16
    assert str(report_iri("ab" * 32, "http://example.org/")).startswith("http://example.org/report/")


def test_a_department_has_one_readable_name_in_all_reports() -> None:
    here, there = report_iri("01" * 32), report_iri("02" * 32)
    name = iris.department_iri("青山县教育局", "青山县", here)
    assert str(name).endswith("/id/department/青山县教育局")
    assert name == iris.department_iri("青山县 教育局", None, there)
    assert name == iris.department_iri("教育局", "青山县", there)


def test_a_department_without_a_region_is_not_merged_across_reports() -> None:
    here, there = report_iri("01" * 32), report_iri("02" * 32)
    assert iris.department_iri("教育局", None, here) != iris.department_iri("教育局", None, there)


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("学生营养餐（一期）", "学生营养餐%28一期%29"),
        ("a b/c?d#e", "ab%2Fc%3Fd%23e"),
        ('<"{}|\\^`>', "%3C%22%7B%7D%7C%5C%5E%60%3E"),
        ("２０２４年", "2024年"),
    ],
)
def test_names_become_steps_of_a_path(name: str, step: str) -> None:
    assert iris.segment(name) == step


def test_facts_that_are_equal_have_one_name_and_others_have_others(record: Record) -> None:
    amount = next(f for f in record.facts if isinstance(f, Amount))
    name = iris.fact_iri(REPORT, amount)
    assert iris.fact_iri(REPORT, replace(amount, value=Decimal("1200.5"))) == name
    assert iris.fact_iri(REPORT, replace(amount, value=Decimal("1200.51"))) != name
    assert iris.fact_iri(REPORT, replace(amount, unit=None)) != name


def test_evidence_is_a_fragment_of_its_report() -> None:
    assert str(iris.evidence_iri(REPORT, Span(3, 9))) == f"{REPORT}#char=3,9"
