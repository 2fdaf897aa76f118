"""Lists as programs read them: every list by the same rules, whatever it lists."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import httpx
import pyarrow.parquet
import pytest
from openpyxl import load_workbook

from api import ranking
from api.lists import every, page
from api.resource import Column
from api.routes.lists import RESOURCES
from api.tables import FORMATS
from api.wanted import Wanted
from search.collection import Collection

LISTS = sorted(RESOURCES)


def items(client: httpx.Client, address: str) -> list[dict[str, object]]:
    """All rows of a list, page after page."""
    found: list[dict[str, object]] = []
    following: str | None = address
    while following:
        answer = client.get(following)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        assert page["count"] == len(page["items"])
        assert page["truncated"] == (page["next"] is not None)
        found += page["items"]
        following = page["next"]
    return found


@pytest.mark.parametrize("name", LISTS)
def test_pages_put_together_are_the_whole_list_and_no_row_comes_twice(client: httpx.Client, name: str) -> None:
    whole = client.get(f"/api/v1/{name}", params={"limit": 1000}).json()
    assert not whole["truncated"]
    assert items(client, f"/api/v1/{name}?limit=7") == whole["items"] != []


@pytest.mark.parametrize("kind", ["amount", "rate", "staffing", "duty", "indicator", "score", "quantity", "unit"])
def test_a_list_of_facts_has_just_the_facts_of_its_kind(
    client: httpx.Client, collection: Collection, kind: str
) -> None:
    name = {"duty": "duties", "staffing": "staffing", "quantity": "quantities"}.get(kind, f"{kind}s")
    rows = items(client, f"/api/v1/{name}?limit=1000&fields=report,start,end,quote")
    facts = [fact.evidence for fact in collection.facts() if fact.kind == kind]
    assert sorted(map(repr, rows)) == sorted(
        repr({"report": e.report, "start": e.start, "end": e.end, "quote": e.quote}) for e in facts
    )


def test_filters_hold_for_every_row_and_leave_out_none(client: httpx.Client) -> None:
    everything = items(client, "/api/v1/amounts?limit=1000")
    chosen = items(client, "/api/v1/amounts?limit=5&measure=年初预算&value_yuan_min=1000000")
    wanted = [r for r in everything if r["measure"] == "年初预算" and Decimal(str(r["value_yuan"])) >= 1_000_000]
    assert chosen == wanted != []
    water = items(client, "/api/v1/duties?department=水利局&fiscal_year=2024")
    assert {(row["department"], row["fiscal_year"]) for row in water} == {("青岭区水利局", 2024)}


@pytest.mark.parametrize("sort", ["value_yuan", "-value_yuan"])
def test_a_list_sorted_by_a_number_is_in_its_order_across_pages(client: httpx.Client, sort: str) -> None:
    values = [Decimal(str(r["value_yuan"])) for r in items(client, f"/api/v1/amounts?limit=90&sort={sort}")]
    assert values == sorted(values, reverse=sort.startswith("-"))
    assert len(values) == len(items(client, "/api/v1/amounts?limit=1000"))


def test_reports_are_sorted_by_what_they_hold(client: httpx.Client) -> None:
    counts = [row["facts"] for row in items(client, "/api/v1/reports?limit=4&sort=-facts")]
    assert counts == sorted(counts, reverse=True)  # type: ignore[type-var]
    assert len(counts) == 13


def test_only_the_columns_asked_for_are_shown(client: httpx.Client) -> None:
    rows = items(client, "/api/v1/departments?fields=name,execution_rate")
    assert all(list(row) == ["name", "execution_rate"] for row in rows)


def test_numbers_have_just_the_digits_of_the_report(client: httpx.Client, collection: Collection) -> None:
    text = client.get("/api/v1/scores?limit=1000&fields=value").text
    numbers = [row["value"] for row in json.loads(text, parse_float=Decimal, parse_int=Decimal)["items"]]
    facts = [getattr(fact, "value", None) for fact in collection.facts() if fact.kind == "score"]
    assert sorted(filter(None, numbers)) == sorted(filter(None, facts))


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("mesure=年初预算", "unknown-parameter"),
        ("sort=nothing", "unknown-column"),
        ("fields=nothing", "unknown-column"),
        ("value_yuan_min=many", "bad-number"),
        ("value_yuan_min=NaN", "bad-number"),
        ("value_yuan_min=1e999999", "bad-number"),
        ("cursor=%00", "bad-cursor"),
        ("cursor=WzEsMiwzXQ", "bad-cursor"),
        ("sort=value_yuan&cursor=Wy0xXQ", "bad-cursor"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(client: httpx.Client, query: str, code: str) -> None:
    answer = client.get(f"/api/v1/amounts?{query}")
    assert answer.status_code == 400
    assert answer.json()["code"] == code


@pytest.mark.parametrize("format", sorted(FORMATS))
@pytest.mark.parametrize("name", ["reports", "departments", "scores", "units"])
def test_a_file_has_every_row_of_the_list(client: httpx.Client, name: str, format: str) -> None:
    rows = items(client, f"/api/v1/{name}?limit=1000")
    answer = client.get(f"/api/v1/{name}", params={"format": format})
    assert answer.headers["content-type"] == FORMATS[format][0]
    assert f"{name}.{format}" in answer.headers["content-disposition"]
    assert len(_read(format, answer.content)) == len(rows)


def _read(format: str, data: bytes) -> list[object]:
    if format == "csv":
        return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    if format == "jsonl":
        return [json.loads(line) for line in data.splitlines()]
    if format == "xlsx":
        [sheet] = load_workbook(io.BytesIO(data), read_only=True).worksheets
        return list(sheet.iter_rows(min_row=2, values_only=True))
    table = pyarrow.parquet.read_table(io.BytesIO(data))
    return list(table.to_pylist())


@pytest.mark.parametrize("hostile", ['=HYPERLINK("x")', "+cmd", "-cmd", "@sum", "\tcmd"])
def test_a_cell_that_a_spreadsheet_would_run_is_inert(hostile: str) -> None:
    columns, rows = [Column("text")], [{"text": hostile}]
    written = b"".join(FORMATS["csv"][1](columns, rows))
    [_, [cell]] = csv.reader(io.StringIO(written.decode("utf-8-sig")))
    assert cell[0] not in "=+-@\t"
    book = load_workbook(io.BytesIO(b"".join(FORMATS["xlsx"][1](columns, rows))))
    assert book.worksheets[0].cell(2, 1).data_type != "f"


def test_every_list_says_what_it_is_in_two_languages() -> None:
    for name, resource in RESOURCES.items():
        assert resource.name == name
        assert resource.title_en[0].isupper()
        assert resource.example
        assert resource.example.keys() <= {column.name for column in resource.columns}
        assert all(resource.column(filter) for filter in resource.filters)


def test_a_sorted_list_goes_on_to_its_end_and_names_every_row_once(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    resource = RESOURCES["amounts"]
    whole = [row["iri"] for row in every(collection, resource, Wanted(sort="-value_yuan"))]
    collection.memory.clear()
    monkeypatch.setattr(ranking, "RANKED", 3)
    monkeypatch.setattr(ranking, "KEPT", 30)
    found, cursor = [], ""
    while True:
        shown = page(collection, resource, Wanted(sort="-value_yuan", limit=7, cursor=cursor))
        found += [row["iri"] for row in shown.rows]
        if not shown.truncated:
            break
        cursor = shown.next
    assert found == whole
    assert len(set(found)) == len(found) > 100
    collection.memory.clear()
