"""The ledger in the graph: counts on the report, and the places of what was not read."""

from __future__ import annotations

from kg import dropin, stores
from kg.examine import examine
from kg.graph import dataset as graph
from kg.graph.books import books
from kg.graph.record import Record
from kg.ledger import ledger, tally

TEXT = (
    "青山县水务局2024年度部门整体支出绩效自评报告\n\n一、部门概况\n核定行政编制12名。\n"
    "二、资金拨付\n预付款按合同的37.5成支付。\n三、自评方法\n采取查阅资料的方法。\n"
)


def test_what_was_not_read_comes_back_from_the_graph() -> None:
    examined = examine(TEXT.encode(), "报告.txt")
    written = ledger(examined.readings, examined.facts)
    dataset = dropin.one(stores, "memory").open_store("")
    graph.add(dataset, Record(examined.document.source, examined.facts, ledger=written))
    [book] = books(dataset)
    assert book.report == "报告.txt"
    assert book.numbers == tally(written.numbers)
    assert (book.sections.read, book.sections.unread) == (1, 2)
    assert [place.quote for place in book.unread] == ["37.5"]
    assert [place.quote for place in book.unread_sections] == ["二、资金拨付", "三、自评方法"]
    assert list(books(dataset, "别的.txt")) == []


def test_a_query_finds_the_reports_that_were_not_read_whole() -> None:
    examined = examine(TEXT.encode(), "报告.txt")
    dataset = graph.bind(dropin.one(stores, "memory").open_store(""))
    written = ledger(examined.readings, examined.facts)
    graph.add(dataset, Record(examined.document.source, examined.facts, ledger=written))
    found = dataset.query(
        "SELECT ?words { ?report jx:numbersUnread ?n ; jx:unreadNumber/jx:quote ?words FILTER(?n > 0) }"
    )
    assert [str(words) for (words,) in found] == ["37.5"]  # type: ignore[misc]
