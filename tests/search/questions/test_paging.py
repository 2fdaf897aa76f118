"""Long lists a page at a time, a clock that stops what takes too long, and where evidence stands on its page."""

from __future__ import annotations

from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest

from kg.facts import Amount, Department, Evidence, Report
from kg.graph import Record, add
from kg.imprint import Box
from kg.stores import memory
from kg.text import Source
from search import answer as answering
from search.answer import answer
from search.collection import Collection
from search.grammar import columns, facts, paging, table, things
from search.grammar.measures import direct
from search.grammar.table import Condition, Table, sparql


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> int:
    """Pages of three rows."""
    for module in (answering, paging, table, things):
        monkeypatch.setattr(module, "PAGE", 3)
    return 3


@pytest.mark.parametrize(
    "question",
    [
        "各部门的项目支出是多少？",
        "支出总计超过1元的部门有哪些？",
        "写明了项目支出的部门有哪些？",
        "各部门按项目支出从高到低排名",
        "有哪些项目？",
        "各部门存在哪些问题？",
    ],
)
def test_a_long_list_gives_a_page_and_says_so(made_up: Any, short_pages: int, question: str) -> None:
    found = made_up.ask(question)
    assert found.truncated
    assert len(found.rows) == short_pages
    assert found.total > short_pages
    assert str(found.total) in found.text
    assert len(list(made_up.query(found.sparql))) == short_pages
    told = found.to_json()
    assert told["truncated"] is True
    assert told["total"] == found.total


def test_the_next_page_has_other_rows(made_up: Any, short_pages: int) -> None:
    found = made_up.ask("各部门的项目支出是多少？")
    offsets = range(0, found.total, short_pages)
    pages = [made_up.query(found.sparql.replace("OFFSET 0", f"OFFSET {at}")) for at in offsets]
    assert len({tuple(row) for page in pages for row in page}) == found.total


def test_a_ranking_gives_the_first_of_all(made_up: Any, short_pages: int) -> None:
    ranked = sorted(made_up.offices, key=lambda office: -office.money["项目支出"])
    found = made_up.ask("各部门按项目支出从高到低排名")
    assert [row[0] for row in found.rows] == [office.name for office in ranked[:short_pages]]


def test_how_many_counts_all_of_a_long_list(made_up: Any, short_pages: int) -> None:
    found = made_up.ask("写明了项目支出的部门有几个？")
    assert found.rows == ((len(made_up.offices),),)
    assert not found.truncated


@pytest.mark.parametrize("years", [{}, {"years": (2023,)}, {"no_years": (2023,)}])
def test_a_table_put_together_by_columns_is_what_its_query_gives(made_up: Any, years: dict[str, Any]) -> None:
    spending, rate, grade = (direct()[name] for name in ("totalExpenditure", "executionRate", "overallGrade"))
    above = Condition(spending, ">", Decimal(1))
    graph = facts.Graph(made_up.dataset, made_up.query)
    for shown in ({"columns": (spending, rate)}, {"columns": (spending,), "beside": (rate, grade)}):
        table = Table(**shown, conditions=(above,), order=(spending, True), **years)
        assert columns.fits(table)
        found = paging.page(graph, table)
        assert [dict(row) for row in found.rows] == paging.ordered(table, graph.rows(sparql(table)))
        assert found.sparql == sparql(table)
        assert found.rows or years


def test_evidence_is_of_the_rows_of_the_page(made_up: Any, short_pages: int) -> None:
    found = made_up.ask("各部门的项目支出是多少？")
    assert 0 < len(found.evidence) <= short_pages
    assert all(any(str(row[0]) in evidence.report for row in found.rows) for evidence in found.evidence)


def test_a_list_that_fits_its_page_is_whole(made_up: Any) -> None:
    found = made_up.ask("各部门的项目支出是多少？")
    assert not found.truncated
    assert found.to_json()["total"] == len(found.rows) == len(made_up.offices)
    assert "LIMIT" not in found.sparql


def test_what_takes_too_long_is_stopped_and_says_so(made_up: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "SECONDS", -1.0)
    for question, words in (("各部门的项目支出是多少？", "没有算完"), ("Which department spent most?", "Stopped")):
        found = made_up.ask(question)
        assert not found.answerable
        assert words in found.text
        assert found.rows == ()


def test_names_are_learnt_also_when_the_time_is_up(made_up: Any) -> None:
    graph = facts.Graph(made_up.dataset, made_up.query, until=0.0)
    assert len(graph.names().departments) == len(made_up.offices)
    with pytest.raises(facts.TooSlow):
        graph.rows("SELECT ?s { ?s ?p ?o }")


def test_evidence_says_where_it_stands_on_its_page() -> None:
    quote, boxes = "支出总计120万元", (Box(2, 72.0, 90.0, 300.0, 14.0),)
    text = f"麓泽县水利局\n{quote}"
    head = Evidence("甲.pdf", 0, 6, "麓泽县水利局")
    said = (
        Report(evidence=head, title="报告", department="麓泽县水利局", fiscal_year=2024),
        Department(evidence=head, name="麓泽县水利局"),
        Amount(
            evidence=Evidence("甲.pdf", 7, len(text), quote, boxes),
            subject="麓泽县水利局",
            measure="支出总计",
            value=Decimal(120),
            value_yuan=Decimal(1_200_000),
            unit="万元",
            year=2024,
        ),
    )
    dataset = memory.open_store()
    add(dataset, Record(Source("甲.pdf", text, sha256(text.encode()).hexdigest()), said))

    class Asked:
        def __init__(self) -> None:
            self.dataset = dataset

        def query(self, sparql: str) -> Any:
            return dataset.query(sparql)

        def search(self, words: str, **options: Any) -> list[Any]:
            return []

    found = answer("麓泽县水利局2024年支出总计是多少？", Asked())
    assert [evidence.boxes for evidence in found.evidence] == [boxes]
    [place] = found.to_json()["evidence"]
    assert place["boxes"] == [{"page": 2, "left": 72.0, "top": 90.0, "width": 300.0, "height": 14.0}]


def test_an_answer_from_text_has_no_boxes(collection: Collection) -> None:
    found = collection.ask("青岭区水利局2024年的支出总计是多少？").to_json()
    assert found["evidence"]
    assert all(set(place) == {"report", "start", "end", "quote"} for place in found["evidence"])
