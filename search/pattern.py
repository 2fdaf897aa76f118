"""Search patterns in a query: where they stand, what they look for, and what they bind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from kg.errors import BadQuery
from search.sparql import NAMESPACE, Element, Group, Token, expanded, place, prefixes, target, tokens, unquoted, where

MOST = 1000
"""Hits that one pattern can bind: more rows of inline data slow every engine down."""

BOUND = ("passage", "score", "text", "reason")
"""What the variables of the list form stand for, in their order."""

_QUERY = NAMESPACE + "query"
_OPTIONS = {
    "limit": "k",
    "min": "minimum",
    "kind": "kind",
    "mode": "mode",
    "department": "department",
    "region": "region",
    "year": "year",
}  # as users write them → as SearchIndex.search takes them
_NUMBERS: Mapping[str, type[int] | type[float]] = {"k": int, "year": int, "minimum": float}


@dataclass(frozen=True, slots=True)
class QueryText:
    """A query as text, as tokens, and with its prefixes."""

    text: str
    found: Sequence[Token]
    names: dict[str, str]

    def words(self, first: int, last: int) -> str:
        """Tokens `first` up to `last` as text, without comments."""
        gaps = ["", *(" " if b.start > a.end else "" for a, b in pairwise(self.found[first:last]))]
        return "".join(gap + token.text for gap, token in zip(gaps, self.found[first:last], strict=False))

    def says(self, at: int) -> str:
        """The IRI of the token at `at`; empty where it has none."""
        return expanded(self.found[at], self.names)

    def variables(self, element: Element) -> set[str]:
        return {variable(t) for t in self.found[element.first : element.last] if t.kind == "variable"}

    def wrong(self, code: str, message: str, at: int) -> BadQuery:
        return BadQuery(code, message, place=place(self.text, self.found[at].start))


def read(sparql: str) -> QueryText:
    """BadQuery `syntax` where it has no tokens of SPARQL."""
    found = tokens(sparql)
    return QueryText(sparql, found, prefixes(found))


Path = tuple[tuple[Group, Element], ...]
"""The way to an element: groups, outermost first, each with its element on the way."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A search pattern: what to look for, how, and the variables that it binds, by what they stand
    for. `rest` is what remains of its statement without it."""

    path: Path
    words: str
    options: Mapping[str, Any]
    variables: Mapping[str, str]
    rest: str = ""

    @property
    def element(self) -> Element:
        return self.path[-1][1]


def patterns(query: QueryText) -> list[Pattern]:
    """Every search pattern of the query. BadQuery `search-place` or `search-pattern` for one that
    cannot be understood."""
    if not any(token.says("{") for token in query.found):
        return []  # DESCRIBE <iri>
    known = [p for path in _walk(query, where(query.found), ()) if (p := _pattern(query, path))]
    spans = [(p.element.first, p.element.last) for p in known]
    for i in range(len(query.found)):
        if any(first <= i < last for first, last in spans):
            continue
        if query.says(i) == _QUERY:
            raise query.wrong("search-place", "search:query 只能写在 { … } 里的三元组中作谓词", i)
        if query.found[i].says("service"):  # left in, the engine would call it over the network
            raise query.wrong("search-place", "SERVICE search: 只能写在 { … } 里，与三元组并列", i)
    return known


def _walk(query: QueryText, group: Group, path: Path) -> Iterator[Path]:
    for element in group.elements:
        here = (*path, (group, element))
        yield here
        if element.kind != "service":
            for inner in element.groups:
                yield from _walk(query, inner, here)


def _pattern(query: QueryText, path: Path) -> Pattern | None:
    """The search pattern that the last element of `path` is, or None."""
    element = path[-1][1]
    if element.kind == "service" and target(query.found, element.first, query.names) == NAMESPACE:
        return _service(query, path)
    if element.kind == "triples" and any(query.says(i) == _QUERY for i in range(element.first, element.last)):
        return _statement(query, path)
    return None


def _statement(query: QueryText, path: Path) -> Pattern:
    """(?passage ?score …) search:query (…), or ?passage search:query …, with more said of ?passage."""
    element = path[-1][1]
    subject, segments = _segments(query, element.first, element.last)
    ours = [(first, last) for first, last in segments if query.says(first) == _QUERY]
    if len(ours) != 1:
        raise query.wrong("search-pattern", "一个三元组里只能有一个 search:query，且要写作谓词", element.first)
    others = [query.words(first, last) for first, last in segments if (first, last) != ours[0]]
    names = [t for t in query.found[element.first : subject] if not t.says("(", ")")]
    if not 1 <= len(names) <= len(BOUND) or any(t.kind != "variable" for t in names):
        message = "search:query 前要写 ?passage 或 (?passage ?score ?text ?reason)"
        raise query.wrong("search-pattern", message, element.first)
    if others and subject - element.first > 1:
        raise query.wrong("search-pattern", "写成 (…) search:query (…) 时后面不能再接 ;", element.first)
    words, options = _arguments(query, *ours[0])
    variables = {part: variable(token) for part, token in zip(BOUND, names, strict=False)}
    rest = f"{names[0].text} {' ; '.join(others)} ." if others else ""
    return Pattern(path, words, options, variables, rest)


def _arguments(query: QueryText, first: int, last: int) -> tuple[str, dict[str, Any]]:
    """The words and the options behind search:query at `first`: "words", or a list of words,
    limit, least score and "option:value"."""
    items = [t for t in query.found[first + 1 : last] if not t.says("(", ")") and not t.text.startswith("@")]
    if not items or items[0].kind != "string":
        message = 'search:query 后要直接写出要找的话（不能是变量），如 ("优化营商环境" 10)'
        raise query.wrong("search-pattern", message, first)
    options: dict[str, Any] = {}
    for token in items[1:]:
        if token.kind == "number":
            name, value = ("limit", token.text) if token.text.isdigit() else ("min", token.text)
        elif token.kind == "string":
            name, _, value = unquoted(token.text).partition(":")
        else:
            raise query.wrong("search-pattern", f"这里不能写 {token.text}", first)
        options |= _option(query, name, value, first)
    return unquoted(items[0].text), options


def _option(query: QueryText, name: str, value: str, at: int) -> dict[str, Any]:
    if name not in _OPTIONS:
        raise query.wrong("search-option", f"没有检索选项 {name}；可用的有：{'、'.join(_OPTIONS)}", at)
    key = _OPTIONS[name]
    try:
        number = _NUMBERS[key](value) if key in _NUMBERS else None
    except ValueError:
        raise query.wrong("search-option", f"{name} 要是一个数，而不是 {value}", at) from None
    if key == "k" and number is not None and not 1 <= number <= MOST:
        raise query.wrong("search-option", f"limit 要在 1 到 {MOST} 之间", at)
    return {key: value if number is None else number}


def _service(query: QueryText, path: Path) -> Pattern:
    """SERVICE search: { ?passage search:words "…" ; search:score ?score ; … }."""
    element = path[-1][1]
    words = ""
    variables: dict[str, str] = {}
    options: dict[str, Any] = {}
    for statement in element.groups[0].elements:
        subject, segments = _segments(query, statement.first, statement.last)
        if statement.kind != "triples" or query.found[statement.first].kind != "variable":
            raise query.wrong("search-pattern", "SERVICE search: 里只写 ?passage 的 search: 属性", statement.first)
        variables["passage"] = variable(query.found[statement.first])
        for first, last in segments:
            said = query.says(first).removeprefix(NAMESPACE)
            value = query.found[first + 1] if last == first + 2 else query.found[first]
            if said in ("words", "query") and value.kind == "string":
                words = unquoted(value.text)
            elif said in BOUND[1:] and value.kind == "variable":
                variables[said] = variable(value)
            elif said in _OPTIONS and value.kind in ("string", "number"):
                plain = unquoted(value.text) if value.kind == "string" else value.text
                options |= _option(query, said, plain, first)
            else:
                known = "、".join(("words", *BOUND[1:], *_OPTIONS))
                raise query.wrong("search-pattern", f"读不懂这个属性；SERVICE search: 里可用的有：{known}", first)
    if not words or "passage" not in variables:
        raise query.wrong("search-pattern", 'SERVICE search: 里要有 ?passage search:words "要找的话"', element.first)
    return Pattern(path, words, options, variables)


def _segments(query: QueryText, first: int, last: int) -> tuple[int, list[tuple[int, int]]]:
    """Where the subject of a statement ends, and its predicates, each with its objects."""
    if query.found[last - 1].says("."):
        last -= 1
    depth, cuts = 0, []
    subject = first + 1
    for i in range(first, last):
        depth += query.found[i].says("(", "[") - query.found[i].says(")", "]")
        if depth == 0 and query.found[first].says("(", "[") and subject == first + 1 and i > first:
            subject = i + 1
        if depth == 0 and query.found[i].says(";"):
            cuts.append(i)
    bounds = zip([subject, *(c + 1 for c in cuts)], [*cuts, last], strict=True)
    return subject, [(start, end) for start, end in bounds if end > start]


def variable(token: Token) -> str:
    return token.text[1:]
