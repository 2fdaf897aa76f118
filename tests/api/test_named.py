"""Queries with a name: each finds something, and a value is one term, whatever it holds."""

from __future__ import annotations

import re

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.named import Named, bound, catalogue
from kg.errors import BadQuery
from search.collection import Collection
from search.sparql import check_read_only, tokens, unquoted

NAMES = sorted(catalogue())
TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=60)
ATTACKS = st.sampled_from(
    ['" } INSERT DATA { <a:a> <a:b> <a:c> } #', "\\", '\\" . ?s ?p ?o', "?x", "} UNION {", "'''", '"""']
)


def examples(named: Named) -> dict[str, str]:
    """What is to be given so that the query can be run."""
    return {parameter.name: parameter.example for parameter in named.parameters if parameter.required}


@pytest.mark.parametrize("name", NAMES)
def test_a_query_of_the_catalogue_finds_something(collection: Collection, name: str) -> None:
    named = catalogue()[name]
    assert re.search("[一-鿿]", named.title)
    assert re.search("[A-Za-z]", named.title_en)
    assert list(collection.query(bound(named, examples(named))))


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_chooses_among_the_rows(collection: Collection, name: str) -> None:
    named = catalogue()[name]
    everything = set(collection.query(bound(named, examples(named))))
    for parameter in named.parameters:
        value = {"integer": "1950", "decimal": "-1e15" if parameter.name == "below" else "1e15"}.get(
            parameter.type, "无"
        )
        if parameter.type != "words":  # what is searched for always finds something near
            assert set(collection.query(bound(named, examples(named) | {parameter.name: value}))) < everything


@given(value=TEXTS | ATTACKS, name=st.sampled_from(NAMES))
def test_a_text_is_one_term_whatever_it_holds(value: str, name: str) -> None:
    named = catalogue()[name]
    for parameter in named.parameters:
        if parameter.type in ("text", "words"):
            query = bound(named, examples(named) | {parameter.name: value})
            check_read_only(query)
            made, ordinary = tokens(query), tokens(bound(named, examples(named) | {parameter.name: "普通"}))
            assert [token.kind for token in made] == [token.kind for token in ordinary]
            changed = {a.text for a, b in zip(made, ordinary, strict=True) if a.text != b.text}
            assert {unquoted(text) for text in changed} == {value} - {"普通"}


@pytest.mark.parametrize(
    ("name", "given", "code", "place"),
    [
        ("execution-rate-below", {"below": "很低"}, "bad-parameter", "below"),
        ("execution-rate-below", {"below": "1e400"}, "bad-parameter", "below"),
        ("execution-rate-below", {"year": "2024 } #"}, "bad-parameter", "year"),
        ("execution-rate-below", {"yaer": "2024"}, "no-such-parameter", "yaer"),
        ("department-by-year", {}, "missing-parameter", "department"),
        ("department-by-year", {"department": "一\n二"}, "bad-parameter", "department"),
        ("department-by-year", {"department": "长" * 1001}, "bad-parameter", "department"),
    ],
)
def test_an_error_names_its_parameter(name: str, given: dict[str, str], code: str, place: str) -> None:
    with pytest.raises(BadQuery) as wrong:
        bound(catalogue()[name], given)
    assert (wrong.value.code, wrong.value.place) == (code, place)


def test_the_service_lists_its_queries_and_runs_them_in_every_format(client: httpx.Client) -> None:
    listed = client.get("/api/v1/queries").json()["items"]
    assert [one["name"] for one in listed] == NAMES
    path = "/api/v1/queries/execution-rate-below"
    for format, begins in (("csv", "name,year"), ("tsv", "?name\t?year"), ("xml", "<?xml"), ("json", "{")):
        answer = client.get(path, params={"below": "99.5", "year": 2024, "format": format})
        assert answer.status_code == 200, answer.text
        assert answer.text.startswith(begins)
    rates = [float(row["rate"]["value"]) for row in answer.json()["results"]["bindings"]]
    assert rates
    assert max(rates) < 99.5


@pytest.mark.parametrize(
    ("path", "status", "named"),
    [
        ("execution-rate-below?below=low", 422, "below"),
        ("execution-rate-below?nothing=1", 400, "nothing"),
        ("department-by-year", 400, "department"),
        ("no-such", 404, "no-such"),
        ("execution-rate-below?format=docx", 400, "docx"),
    ],
)
def test_the_service_says_what_is_wrong(client: httpx.Client, path: str, status: int, named: str) -> None:
    answer = client.get(f"/api/v1/queries/{path}")
    assert answer.status_code == status, answer.text
    assert named in answer.text
