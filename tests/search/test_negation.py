"""FILTER NOT EXISTS becomes MINUS where both mean the same, and only there."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from search.negation import with_minus

A = "PREFIX : <http://a/> "
SAME = (
    "SELECT * { ?x :p ?y FILTER NOT EXISTS { ?x :q ?z } }",
    "SELECT * { ?x :p ?y . FILTER(NOT EXISTS { ?x :q ?y }) . ?y :p ?z }",
    "SELECT * { FILTER NOT EXISTS { ?y :q ?z FILTER(?z != :n1) } ?x :p ?y }",
    "SELECT ?x (COUNT(*) AS ?n) { ?x :p ?y FILTER NOT EXISTS { ?x :q ?z . ?z :p ?w } } GROUP BY ?x",
    "SELECT * { ?x :p ?y OPTIONAL { ?y :q ?z } FILTER NOT EXISTS { ?x :q ?z } }",
    "SELECT * { { ?x :p ?y } UNION { ?x :q ?y } FILTER NOT EXISTS { { ?y :p ?x } UNION { ?y :q ?x } } }",
    "SELECT * { ?x :p ?y FILTER NOT EXISTS { ?x :q ?z } FILTER NOT EXISTS { ?y :r ?z } FILTER(?x != ?y) }",
    "SELECT * { VALUES ?x { :n0 :n1 :n2 } ?x ?p ?y BIND(?y AS ?b) FILTER NOT EXISTS { VALUES ?y { :n1 } ?x :q ?y } }",
    "SELECT * { { SELECT ?x { ?x :p ?y FILTER NOT EXISTS { ?y :q ?z } } } ?x :r ?w }",
    "SELECT * { ?x :p ?y MINUS { ?y :q ?z FILTER NOT EXISTS { ?z :r ?w } } }",
    "SELECT * { ?x :p ?y FILTER NOT EXISTS { ?x :q+ ?z ; :r [ :p ?w ] } }",
    "ASK { ?x :p ?y FILTER NOT EXISTS { ?x :q ?z } }",
)
OTHER = (
    "SELECT * { ?x :p ?y FILTER NOT EXISTS { ?a :q ?b } }",
    "SELECT * { ?x :p ?y FILTER NOT EXISTS { :n0 :q :n1 } }",
    "SELECT * { ?x :p ?y FILTER NOT EXISTS { ?x :q ?z FILTER(?z = ?y) } }",
    "SELECT * { ?x :p ?y FILTER NOT EXISTS { ?x :q ?z OPTIONAL { ?z :r ?y } } }",
    "SELECT * { ?x :p ?y FILTER NOT EXISTS { ?x :q ?z FILTER NOT EXISTS { ?z :r ?y } } }",
    "SELECT * { ?x :p ?y FILTER NOT EXISTS { ?x :q ?z MINUS { ?z :r ?y } } }",
    "SELECT * { ?x :p ?y FILTER NOT EXISTS { ?x :q ?z BIND(?y AS ?b) } }",
    "SELECT * { ?x :p ?y FILTER NOT EXISTS { ?x :q* ?y } }",
    "SELECT * { ?x :p ?y OPTIONAL { ?y :q ?z FILTER NOT EXISTS { ?z :r ?x } } }",
    "SELECT * { ?x :p ?y OPTIONAL { ?y :q ?z } FILTER NOT EXISTS { ?z :r ?w } }",
    "SELECT * { { ?x :p ?y } UNION { ?a :q ?b } FILTER NOT EXISTS { ?x :q ?z } }",
    "SELECT * { ?x :p ?y FILTER(NOT EXISTS { ?x :q ?z } || ?x = :n1) }",
    "SELECT * { ?x :p ?y FILTER EXISTS { ?x :q ?z } }",
    "SELECT * { ?x :p ?y FILTER NOT EXISTS { SELECT ?x { ?x :q ?z } LIMIT 1 } }",
    "SELECT * { GRAPH ?g { ?x :p ?y FILTER NOT EXISTS { ?x :q ?z } } }",
)
NODES = st.sampled_from([NamedNode(f"http://a/n{at}") for at in range(4)])
STATEMENTS = st.builds(
    Quad,
    NODES,
    st.sampled_from([NamedNode(f"http://a/{name}") for name in "pqr"]),
    NODES | st.sampled_from([Literal(1), Literal("1")]),
)


def rows(store: Store, sparql: str) -> Counter[object]:
    found = store.query(sparql)
    if not isinstance(found, QuerySolutions):
        return Counter([bool(found)])
    names = [variable.value for variable in found.variables]
    return Counter(frozenset((name, str(row[name])) for name in names if row[name] is not None) for row in found)


@pytest.mark.parametrize("query", SAME)
def test_what_means_the_same_is_written_with_minus(query: str) -> None:
    assert "MINUS" in with_minus(A + query)
    assert "EXISTS" not in with_minus(A + query)


@pytest.mark.parametrize("query", OTHER)
def test_what_may_mean_something_else_stays(query: str) -> None:
    assert with_minus(A + query) == A + query


@given(statements=st.sets(STATEMENTS, max_size=14), query=st.sampled_from(SAME))
def test_both_give_the_same(statements: set[Quad], query: str) -> None:
    store = Store()
    store.extend(statements)
    assert rows(store, with_minus(A + query)) == rows(store, A + query)


OUTSIDE = (
    "?x :p ?y",
    "?y :q ?z",
    "OPTIONAL { ?x :r ?w }",
    "{ ?x :q ?y } UNION { ?y :r ?z }",
    "VALUES ?x { :n0 :n1 UNDEF }",
    "VALUES ?y { :n0 :n1 }",
    "FILTER(?x != ?y)",
    "MINUS { ?x :q :n1 }",
)
INSIDE = (*OUTSIDE, "?x :q* ?z", "FILTER(?z != :n2)", "?w ?x ?z", "{ SELECT ?x { ?x :p ?z } }", "FILTER(BOUND(?w))")


@settings(max_examples=300)
@given(
    statements=st.sets(STATEMENTS, max_size=14),
    outside=st.lists(st.sampled_from(OUTSIDE), min_size=1, max_size=3, unique=True),
    inside=st.lists(st.sampled_from(INSIDE), min_size=1, max_size=3, unique=True),
    at=st.integers(0, 3),
)
def test_whatever_stands_in_it_a_query_gives_the_same(
    statements: set[Quad], outside: list[str], inside: list[str], at: int
) -> None:
    store = Store()
    store.extend(statements)
    outside.insert(at, f"FILTER NOT EXISTS {{ {' . '.join(inside)} }}")
    query = f"{A}SELECT * {{ {' . '.join(outside)} }}"
    assert rows(store, with_minus(query)) == rows(store, query)


def test_a_query_without_negation_is_left_as_it_is() -> None:
    assert with_minus("DESCRIBE <http://a/b>") == "DESCRIBE <http://a/b>"
