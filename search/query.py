"""SPARQL with search inside: the search pattern is found, searched for, and becomes VALUES.

    (?passage ?score ?text ?reason) search:query ("words" 10 "kind:duty" "mode:lexical" "min:0.3")
    ?passage search:query "words"
    SERVICE search: { ?passage search:words "words" ; search:score ?score ; search:limit 10 ; search:kind "duty" }

The query stays text all the way, so any SPARQL 1.1 engine can run the outcome. What the rest of
its group says about ?passage holds before the ranking is cut: the 10 best are the 10 best of
those that fit.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol

from rdflib import Dataset, Graph, URIRef
from rdflib.query import Result

from kg.errors import BadQuery
from ontology.terms import JX
from search.index import Hit, SearchIndex
from search.negation import with_minus
from search.pattern import BOUND, Pattern, QueryText, patterns, read
from search.results import GRAPHS, TABLES, Bounded, serialise
from search.sparql import Element, Group, body, check_read_only, place, prologue, tokens

_BINDS = ("triples", "values", "graph", "group", "select", "bind")
"""Elements that can give a variable its values; the others only choose among them."""


class Search(Protocol):
    """What finds passages: as SearchIndex.search."""

    def __call__(self, query: str, k: int = ..., **options: Any) -> list[Hit]: ...


def run(sparql: str, dataset: Dataset, index: Callable[[], SearchIndex]) -> Result:
    """The result of a query that only reads, search inside; `index` opens the index when it is
    first needed. BadQuery where the query cannot be run."""
    return _ask(dataset, _checked(sparql, dataset, index), sparql)


def written(
    sparql: str, dataset: Dataset, index: Callable[[], SearchIndex], wanted: Sequence[str], size: int
) -> tuple[str, bytes]:
    """The media type and the bytes of what `run` gives, in the first format of `wanted` that fits it;
    in its usual one where nothing is wanted. By the store itself, where it can: a result of thousands
    of rows then costs the engine's time. BadQuery also `not-acceptable` and `too-large` (more than
    `size` bytes)."""
    text = _checked(sparql, dataset, index)
    write = getattr(dataset.store, "write_result", None)
    if write is None:
        return serialise(_ask(dataset, text, sparql), wanted, size)
    out = Bounded(size)
    try:
        format = write(text, dict(_PREFIXES), wanted, out)
    except (SyntaxError, ValueError) as error:
        raise _syntax(error, sparql, text) from error
    if not format:
        raise BadQuery("not-acceptable", f"这种查询的结果没有所要的格式 {'、'.join(wanted)}")
    return (TABLES | GRAPHS)[format], out.content(format)


_PREFIXES: Mapping[str, str] = {name: str(iri) for name, iri in Graph().namespaces()}
"""What rdflib lets a query use undeclared."""


def _checked(sparql: str, dataset: Dataset, index: Callable[[], SearchIndex]) -> str:
    """The query as the engine is to run it."""
    check_read_only(sparql, lambda iri: any(True for _ in Graph(dataset.store, URIRef(iri))))
    return rewrite(sparql, lambda *words, **options: index().search(*words, **options), dataset)


def rewrite(sparql: str, search: Search, dataset: Dataset) -> str:
    """The query with VALUES in place of its search patterns, MINUS in place of a negation that the
    engine would take minutes for, and with the known prefixes that it uses declared. `search` finds
    passages; `dataset` is asked which of them fit the rest."""
    query, found = _read(sparql)
    text = query.text
    for pattern in sorted(found, key=lambda p: p.element.first, reverse=True):
        hits = _hits(query, pattern, found, search, dataset)
        start, end = query.found[pattern.element.first].start, query.found[pattern.element.last - 1].end
        text = f"{text[:start]}{_values(pattern, hits)} {pattern.rest}{text[end:]}"
    return text


@lru_cache(maxsize=64)  # of the same text always the same
def _read(sparql: str) -> tuple[QueryText, Sequence[Pattern]]:
    """The query without slow negations and with all its prefixes, and its search patterns."""
    query = read(with_minus(prologue(sparql) + body(sparql)))
    return query, patterns(query)


def _ask(dataset: Dataset, sparql: str, given: str = "") -> Result:
    """What the engine gives; errors are placed in the query as it was `given`."""
    try:
        if any(token.says("from") for token in tokens(sparql)):
            # A default graph that is said to be the union of all would win over FROM.
            chosen: Result = dataset.store.query(sparql, {}, {}, "")
            return chosen
        return dataset.query(sparql)
    except (SyntaxError, ValueError) as error:
        raise _syntax(error, given, sparql) from error


_AT = re.compile(r"error at (\d+):(\d+): ([^\[]*)")  # characters that would do are in brackets


def _syntax(error: Exception, given: str, ran: str) -> BadQuery:
    """What the engine says of the query that `ran`, placed in the one that was given: as far as both say
    the same up to there."""
    told = str(error)
    if not (found := _AT.match(told)) or not given:
        return BadQuery("syntax", f"查询有语法错误：{told}")
    line, column = int(found[1]), int(found[2])
    at = sum(len(one) for one in ran.splitlines(keepends=True)[: line - 1]) + column - 1
    own, head = body(given), len(prologue(given))
    same = head <= at and ran[head:at] == own[: at - head]
    where = place(given, len(given) - len(own) + at - head) if same else ""
    fault = "前缀没有声明 Prefix not found" if "Prefix not found" in told else found[3].rstrip(", ")
    return BadQuery("syntax", f"查询有语法错误：{fault}", place=where)


def _values(pattern: Pattern, hits: Sequence[Hit]) -> str:
    """The hits as inline data, one row each."""
    bound = [name for name in BOUND if name in pattern.variables]
    rows = []
    for hit in hits:
        terms = {
            "passage": f"<{hit.iri}>",
            "score": f"{hit.score:.4f}",
            "text": json.dumps(hit.passage.text, ensure_ascii=False),
            "reason": json.dumps(hit.reason, ensure_ascii=False),
        }
        rows.append(f"({' '.join(terms[name] for name in bound)})")
    variables = " ".join(f"?{pattern.variables[name]}" for name in bound)
    return f"VALUES ({variables}) {{ {' '.join(rows)} }}"


def _hits(query: QueryText, pattern: Pattern, others: Sequence[Pattern], search: Search, dataset: Dataset) -> list[Hit]:
    """The best passages of those that fit what the pattern is joined with.

    A filter never changes a score, so the first that fit in the open ranking are the best that
    fit; only where too few of its head do, all that fit are asked for."""
    options = dict(pattern.options)
    k = int(options.pop("k", 10))
    rest = _rest(query, pattern, others)
    if rest is None:
        return search(pattern.words, k=k, **options)
    reach = 5 * k + 50
    head = search(pattern.words, k=reach, **options)
    among = f"VALUES ?{pattern.variables['passage']} {{ {' '.join(f'<{hit.iri}>' for hit in head)} }}"
    fitting = _fitting(dataset, query, _rest(query, pattern, others, among) or "", pattern)
    best = [hit for hit in head if hit.iri in fitting][:k]
    if len(best) == k or len(head) < reach:
        return best
    return search(pattern.words, k=k, allowed=_fitting(dataset, query, rest, pattern), **options)


def _fitting(dataset: Dataset, query: QueryText, rest: str, pattern: Pattern) -> set[str]:
    """The IRIs that ?passage has in the solutions of `rest`."""
    datasets = " ".join(_datasets(query, pattern.path[0][0]))
    select = f"SELECT DISTINCT ?{pattern.variables['passage']}"
    rows = _ask(dataset, f"{prologue(query.text)}{select} {datasets} WHERE {{ {rest} }}")
    return {str(row[0]) for row in rows}  # type: ignore[index]


def _datasets(query: QueryText, root: Group) -> Iterator[str]:
    """The FROM clauses."""
    for i in range(root.first):
        if query.found[i].says("from"):
            yield query.words(i, i + (3 if query.found[i + 1].says("named") else 2))


def _rest(query: QueryText, pattern: Pattern, others: Sequence[Pattern], among: str = "") -> str | None:
    """What `pattern` is joined with, as far as it can be evaluated before any search is; None where
    nothing there speaks of its passages. `among` stands where the pattern does: outside a GRAPH the
    engine would go through all graphs before it looked at it."""
    passage = pattern.variables["passage"]
    joined: list[Element] = []
    inner, first = pattern.rest, among
    for depth in reversed(range(len(pattern.path))):
        group, on_the_way = pattern.path[depth]
        kept = [e for e in _known(query, group, others) if e is not on_the_way]
        joined += kept
        inner = " ".join([first, *(query.words(e.first, e.last) for e in kept), inner])
        first = ""
        graphs = [e for _, e in pattern.path[:depth] if e.kind == "graph"]
        around = pattern.path[depth - 1][1].kind if depth else ""
        if around != "group" and graphs:
            inner = f"GRAPH {query.words(graphs[-1].first + 1, graphs[-1].first + 2)} {{ {inner} }}"
        if around not in ("group", "graph"):
            break  # what is optional, negated or a subquery is evaluated by itself
        inner = f"{{ {inner} }}"
    speaking = [e for e in joined if passage in query.variables(e)]
    if pattern.rest or any(e.kind in _BINDS for e in speaking):
        return inner
    return f"?{passage} a {JX.Passage.n3()} . {inner}" if speaking else None


def _known(query: QueryText, group: Group, others: Sequence[Pattern]) -> list[Element]:
    """The elements of `group` without a search inside that speak of nothing which a search finds
    out, directly or through BIND."""
    unknown = {name for p in others for part, name in p.variables.items() if part != "passage"}
    searches = [p.element for p in others]
    elements = [e for e in group.elements if not any(e.first <= s.first and s.last <= e.last for s in searches)]
    while later := [e for e in elements if query.variables(e) & unknown]:
        elements = [e for e in elements if e not in later]
        unknown |= {v for e in later if e.kind == "bind" for v in query.variables(e)}
    return elements
