"""The client against the real service: what it gives is what the collection holds."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from api.client import Client
from kg.errors import JixiaoError
from search.collection import Collection

WATER = "青岭区水利局"


@pytest.fixture(scope="module")
def jixiao(server: str) -> Iterator[Client]:
    with Client(server) as client:
        yield client


def test_rows_are_all_there_and_numbers_exact(jixiao: Client, collection: Collection) -> None:
    rows = list(jixiao.rows("amounts"))
    amounts = [fact for fact in collection.facts() if fact.kind == "amount"]
    assert len(rows) == len(amounts)
    assert {Decimal(row["value"]) for row in rows} == {getattr(fact, "value", None) for fact in amounts}
    chosen = list(jixiao.rows("amounts", sort="-value_yuan", department=WATER, value_yuan_min=1_000_000))
    assert chosen
    assert all(row["department"] == WATER and row["value_yuan"] >= 1_000_000 for row in chosen)


def test_a_report_its_text_and_its_facts(jixiao: Client) -> None:
    name = next(jixiao.rows("reports"))["name"]
    assert jixiao.report(name).name == name
    text = jixiao.text(name)
    assert all(text[fact["start"] : fact["end"]] == fact["quote"] for fact in jixiao.facts(name))


def test_departments_are_shown_and_compared(jixiao: Client) -> None:
    assert [year.fiscal_year for year in jixiao.department(WATER).years] == [2023, 2024]
    assert jixiao.compare(WATER, "云溪县教育局").only_here
    assert jixiao.suggest("水利", "department")[0].name == WATER


def test_questions_searches_queries_and_evidence(jixiao: Client) -> None:
    answer = jixiao.ask("执行率低于100%的部门有哪些")
    assert answer.answerable
    place = answer.evidence[0]
    shown = jixiao.evidence(place.report, place.start, place.end, verify=True)
    assert shown.quote == place.quote
    assert shown.verified
    assert shown.verified.in_file
    assert jixiao.search("外商来投诉找谁", k=3, kind="duty").count == 3
    assert jixiao.query("SELECT (COUNT(?r) AS ?n) { ?r a jx:Report }") == [{"n": "13"}]


def test_errors_come_with_the_code_of_the_service(jixiao: Client) -> None:
    for code, act in (
        ("no-such-report", lambda: jixiao.report("没有.txt")),
        ("unknown-column", lambda: list(jixiao.rows("amounts", sort="nothing"))),
        ("update", lambda: jixiao.query("DELETE WHERE { ?s ?p ?o }")),
        ("no-key", lambda: jixiao.remove("没有.txt")),
    ):
        with pytest.raises(JixiaoError) as told:
            act()
        assert told.value.code == code
    with pytest.raises(JixiaoError, match="out-of-reach"):
        Client("http://127.0.0.1:9", seconds=2).text("x")
