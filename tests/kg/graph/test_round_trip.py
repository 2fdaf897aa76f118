"""What goes into the graph comes out of it: every kind of fact, whatever its fields say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Dataset

from kg.facts import KINDS, Department, Evidence, Fact, Finding
from kg.graph import Record, add, facts_from, remove
from kg.stores import memory, oxigraph
from kg.text import Source, Span

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NUMBERS = st.decimals(min_value=-(10**15), max_value=10**15, allow_nan=False, places=4)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "str": WORDS,
    "str | None": st.none() | WORDS | st.sampled_from(["2024", "2024-05", "2024-05-31", "2024-02-30"]),
    "int": st.integers(1, 3000),
    "int | None": st.none() | st.integers(1, 3000),
    "bool | None": st.none() | st.booleans(),
    "Decimal": NUMBERS,
    "Decimal | None": st.none() | NUMBERS,
    "Decimal | str | None": st.none() | NUMBERS | WORDS,
    "tuple[str, ...]": st.sets(WORDS, max_size=3).map(lambda words: tuple(sorted(words))),
}


@st.composite
def records(draw: st.DrawFn) -> Record:
    """A report with any text and any facts cut from it."""
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
    source = Source(draw(WORDS), text, sha256(text.encode()).hexdigest())

    def evidence() -> Evidence:
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        return Evidence(source.name, start, end, source.quote(Span(start, end)))

    def fact() -> Fact:
        kind = KINDS[draw(st.sampled_from(list(KINDS)))]
        values: dict[str, Any] = {
            f.name: draw(VALUES[str(f.type)]) for f in fields(kind) if f.name not in ("evidence", "others")
        }
        if kind is Finding:
            values["others"] = tuple(evidence() for _ in range(draw(st.integers(0, 3))))
        return kind(evidence=evidence(), **values)

    return Record(source, tuple(dict.fromkeys(fact() for _ in range(draw(st.integers(0, 6))))))


@pytest.fixture(scope="module", params=["memory", "oxigraph"])
def opened(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Dataset]]:
    """A dataset behind a function: a failing example is printed, and to print a Dataset warns."""
    store = {"memory": memory, "oxigraph": oxigraph}[request.param]
    location: Path = tmp_path_factory.mktemp("store")
    dataset = store.open_store(str(location))
    yield lambda: dataset
    dataset.store.close()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(record=records())
def test_any_facts_come_back_as_they_went_in(opened: Callable[[], Dataset], record: Record) -> None:
    dataset = opened()
    add(dataset, record)
    back = list(facts_from(dataset, record.source.name))
    assert set(back) == {ordered(fact) for fact in record.facts}
    assert len(back) == len(set(back))
    assert [f.evidence.start for f in back] == sorted(f.evidence.start for f in back)
    remove(dataset, record.iri())


def ordered(fact: Fact) -> Fact:
    """The graph does not keep the order of aliases and of further places: they come back sorted."""
    if isinstance(fact, Finding):
        others = {e for e in fact.others if e != fact.evidence}
        return replace(fact, others=tuple(sorted(others, key=lambda e: (e.start, e.end))))
    if isinstance(fact, Department):
        return replace(fact, aliases=tuple(sorted(set(fact.aliases))))
    return fact


def test_numbers_come_back_exact(opened: Callable[[], Dataset], record: Record) -> None:
    dataset = opened()
    large = Decimal("123456789012345678901234567890.12")
    changed = tuple(
        replace(f, value_yuan=large) if f.kind == "amount" else f  # type: ignore[type-var]
        for f in record.facts
    )
    add(dataset, replace(record, facts=changed, derived=()))
    amounts = [f for f in facts_from(dataset, record.source.name) if f.kind == "amount"]
    assert {f.value_yuan for f in amounts} == {large}  # type: ignore[attr-defined]
