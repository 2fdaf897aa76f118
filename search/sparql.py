"""SPARQL as text: its tokens, its groups, and whether it only reads.

No parser of an engine sees a query before `check_read_only` has let it through: engines recurse,
reach out to the network and read files where a query tells them to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple
from urllib.parse import urljoin

from rdflib.namespace import DCTERMS, ORG, PROV, RDF, RDFS, SKOS, XSD

from kg.errors import BadQuery
from ontology.terms import JX, OA

NAMESPACE = "https://w3id.org/jixiao/search#"
PREFIXES = {
    "jx": str(JX),
    "search": NAMESPACE,
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "xsd": str(XSD),
    "skos": str(SKOS),
    "org": str(ORG),
    "prov": str(PROV),
    "oa": str(OA),
    "dcterms": str(DCTERMS),
}
"""Prefixes that a query may use without declaring them."""

LONGEST = 64 * 1024  # bytes
DEEPEST = 50  # brackets within brackets, or signs in a row
MOST_TOKENS = 3000  # outside VALUES: engines recurse over chains (a || b || …), some 4,000 of which end them
_FORMS = frozenset({"select", "ask", "construct", "describe"})
_MODIFIERS = ("group", "having", "order", "limit", "offset", "values")
_ABSOLUTE = re.compile(r"""[A-Za-z][A-Za-z0-9+.-]*:[^<>"{}|^`\\\x00-\x20]*""")
_UPDATES = frozenset({"insert", "delete", "load", "clear", "drop", "create", "add", "move", "copy"})

_TOKEN = re.compile(
    r"""(?P<space>\s+|\#[^\n\r]*)
      | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
      | (?P<string>\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
                 | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
      | (?P<variable>[?$]\w+)
      | (?P<name>_:\w(?:[\w-]|\.(?=[\w.-]))*
               | (?:[^\W\d_][\w.-]{0,40}+)?:(?:[\w:-]|%[0-9A-Fa-f]{2}|\\.|\.(?=[\w:%\\.-]))*)
      | (?P<number>(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)
      | (?P<word>@[A-Za-z]+(?:-[A-Za-z0-9]+)*|[^\W\d]\w*)
      | (?P<sign>\^\^|&&|\|\||!=|<=|>=|<<|>>|[{}()\[\].;,*/|^?+=<>!~-])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}
_OPEN = {"{": "}", "(": ")", "[": "]"}


class Token(NamedTuple):
    """`kind` is iri, string, variable, name, number, word or sign; `start` and `end` count characters."""

    kind: str
    text: str
    start: int
    end: int

    def says(self, *words: str) -> bool:
        """Whether it is one of these keywords or signs (keywords in lower case)."""
        return self.kind in ("word", "sign") and self.text.lower() in words


@lru_cache(maxsize=64)  # one query is read for its checks, its prefixes and its searches
def tokens(sparql: str) -> tuple[Token, ...]:
    """The tokens of a query, without blanks and comments. BadQuery `syntax` where there is none."""
    found: list[Token] = []
    at = 0
    while at < len(sparql):
        match = _TOKEN.match(sparql, at)
        if match is None:
            raise BadQuery("syntax", f"这里不是 SPARQL：{sparql[at : at + 20]!r}", place=place(sparql, at))
        if match.lastgroup and match.lastgroup != "space":
            found.append(Token(match.lastgroup, match.group(), at, match.end()))
        at = match.end()
    return tuple(found)


def place(sparql: str, at: int) -> str:
    """Line and column of a character, for people."""
    before = sparql[:at]
    return f"第 {before.count(chr(10)) + 1} 行第 {at - before.rfind(chr(10))} 列"


def unquoted(literal: str) -> str:
    """What a string token says."""
    marks = 3 if literal[:3] in ('"""', "'''") and len(literal) > 5 else 1

    def plain(match: re.Match[str]) -> str:
        code = match.group(1) or match.group(2)
        return chr(int(code, 16)) if code else _ESCAPED.get(match.group(3), match.group(3))

    return _ESCAPE.sub(plain, literal[marks:-marks])


def check_read_only(sparql: str, known_graph: Callable[[str], bool] = lambda iri: False) -> None:
    """Let through only a query that reads what is here. BadQuery says what is not allowed:
    `too-long`, `too-deep`, `too-complex`, `syntax`, `update`, `service` or `unknown-graph`."""
    for iri, start in _named_graphs(sparql):
        if not known_graph(iri):
            raise BadQuery("unknown-graph", "FROM 所指的图不在这里", place=place(sparql, start))


@lru_cache(maxsize=64)  # programs ask the same again, and to check it takes longer than many an answer
def _named_graphs(sparql: str) -> tuple[tuple[str, int], ...]:
    """The graphs after FROM with the characters where they start, of a query whose text lets it through."""
    if len(sparql.encode("utf-8", "replace")) > LONGEST:
        raise BadQuery("too-long", f"查询超过 {LONGEST // 1024} KB")
    found = tokens(sparql)
    _check_size(found)
    _check_escapes(sparql, found)
    names = prefixes(found)
    form = next((t.text.lower() for t in found[_after_prologue(found) :]), "")
    for token in found:
        if token.says(*_UPDATES):
            raise BadQuery("update", "这里只能查询，不能改动数据", place=place(sparql, token.start))
    if form not in _FORMS:
        raise BadQuery("syntax", "查询要以 SELECT、ASK、CONSTRUCT 或 DESCRIBE 开头")
    graphs = []
    for i, token in enumerate(found):
        if token.says("service") and target(found, i, names) != NAMESPACE:
            raise BadQuery("service", "不能调用别的服务；只有 SERVICE search: 可用", place=place(sparql, token.start))
        if token.says("from"):
            graphs.append((urljoin(_base(found), target(found, i, names)), token.start))
    return tuple(graphs)


def _check_size(found: Sequence[Token]) -> None:
    depth = 0
    for token in found:
        depth += token.says(*_OPEN) - token.says(*_OPEN.values())
        if depth > DEEPEST:
            raise BadQuery("too-deep", f"括号嵌套超过 {DEEPEST} 层")
    for is_sign, run in groupby(found, lambda t: t.says("!", "^", "-", "+")):
        if is_sign and sum(1 for _ in run) > DEEPEST:
            raise BadQuery("too-deep", f"连续符号超过 {DEEPEST} 个")
    if len(found) - _data(found) > MOST_TOKENS:
        raise BadQuery("too-complex", f"查询超过 {MOST_TOKENS} 个词；成批的值请放进 VALUES")


def _data(found: Sequence[Token]) -> int:
    """How many tokens are inline data."""
    count = at = 0
    while at < len(found):
        if found[at].says("values"):
            opening = next((i for i in range(at, len(found)) if found[i].says("{")), at)
            closing = next((i for i in range(opening, len(found)) if found[i].says("}")), opening)
            count += closing - opening
            at = closing
        at += 1
    return count


def _check_escapes(sparql: str, found: Sequence[Token]) -> None:
    """Engines disagree on when they read an escaped quotation mark, which could hide a query in a string."""
    for token in found:
        for match in _ESCAPE.finditer(token.text):
            code = match.group(1) or match.group(2)
            if code and (token.kind != "string" or int(code, 16) < 0x80):
                raise BadQuery("syntax", "这里不能用 \\u 转义，请直接写出字符", place=place(sparql, token.start))


def prefixes(found: Sequence[Token]) -> dict[str, str]:
    """Every prefix that the query may use, declared or not, with its namespace."""
    declared = {
        found[i + 1].text.removesuffix(":"): found[i + 2].text[1:-1]
        for i in range(_after_prologue(found))
        if found[i].says("prefix") and i + 2 < len(found)
    }
    return PREFIXES | declared


def _base(found: Sequence[Token]) -> str:
    """What relative IRIs are relative to; empty where the query does not say."""
    bases = [found[i + 1].text[1:-1] for i in range(_after_prologue(found)) if found[i].says("base")]
    return bases[-1] if bases else ""


def _after_prologue(found: Sequence[Token]) -> int:
    at = 0
    while at < len(found) and found[at].says("prefix", "base"):
        at += 3 if found[at].says("prefix") else 2
    return at


def prologue(sparql: str) -> str:
    """The declarations of the query, and those of the known prefixes that it uses without one."""
    found = tokens(sparql)
    end = _after_prologue(found)
    own = sparql[found[0].start : found[end - 1].end] + "\n" if end else ""
    declared = {found[i + 1].text.removesuffix(":") for i in range(end) if found[i].says("prefix")}
    used = {token.text.split(":", 1)[0] for token in found[end:] if token.kind == "name"}
    missing = sorted((used & PREFIXES.keys()) - declared)
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in missing) + own


def body(sparql: str) -> str:
    """The query without its declarations."""
    found = tokens(sparql)
    end = _after_prologue(found)
    return sparql[found[end].start :] if end < len(found) else ""


def over(sparql: str, default: Sequence[str], named: Sequence[str]) -> str:
    """The query over these graphs (IRIs) instead of those that it names; as it is where none are
    given. BadQuery `syntax` or `unknown-graph`."""
    if not default and not named:
        return sparql
    if not all(_ABSOLUTE.fullmatch(iri) for iri in (*default, *named)):
        raise BadQuery("unknown-graph", "图要用完整的 IRI 指明")
    found = tokens(sparql)
    at = _after_form(found)
    clauses = [i for i in range(_after_prologue(found), at) if found[i].says("from")]
    start = found[clauses[0]].start if clauses else _start(sparql, found, at)
    chosen = "".join([*(f" FROM <{iri}>" for iri in default), *(f" FROM NAMED <{iri}>" for iri in named)])
    return f"{sparql[:start]}{chosen} {sparql[_start(sparql, found, at) :]}"


def limited(sparql: str, most: int) -> str:
    """The query with at most `most` rows, where it is a SELECT that says nothing of how many itself; any
    other as it is. BadQuery `syntax`."""
    found = tokens(sparql)
    if not _says(found, _after_prologue(found), "select"):
        return sparql
    after = found[where(found).last :]
    if any(token.says("limit") for token in after):
        return sparql
    at = next((token.start for token in after if token.says("values", "offset")), found[-1].end)
    return f"{sparql[:at]} LIMIT {most} {sparql[at:]}"


def _after_form(found: Sequence[Token]) -> int:
    """Past SELECT … FROM …: the token at which the pattern begins, or what comes instead of one."""
    at = _after_prologue(found)
    if _says(found, at, "construct") and _says(found, at + 1, "{"):
        at = _closing(found, at + 1)
    depth = 0
    while at < len(found):
        depth += found[at].says("(") - found[at].says(")")
        if depth == 0 and found[at].says("where", "{", *_MODIFIERS):
            break
        at += 1
    return at


def _start(sparql: str, found: Sequence[Token], at: int) -> int:
    """The character at which a token starts, or the last one's end: no comment may hide what is put there."""
    return found[at].start if at < len(found) else found[-1].end if found else len(sparql)


def expanded(token: Token, names: dict[str, str]) -> str:
    """The IRI that an iri or name token stands for; empty for any other token."""
    if token.kind == "iri":
        return token.text[1:-1]
    prefix, colon, local = token.text.partition(":")
    return names[prefix] + local if token.kind == "name" and colon and prefix in names else ""


def target(found: Sequence[Token], at: int, names: dict[str, str]) -> str:
    """The IRI after SERVICE [SILENT] or FROM [NAMED] at `at`; empty where there is none."""
    rest = [token for token in found[at + 1 : at + 3] if not token.says("silent", "named")]
    return expanded(rest[0], names) if rest else ""


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """One member of a group: tokens `first` up to `last`. `kind` is triples (one statement with
    its dot), filter, bind, values, optional, minus, graph, service, group (with its UNIONs) or
    select (a subquery); `groups` are the groups inside it."""

    kind: str
    first: int
    last: int
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """A group in braces: tokens `first` (the brace) up to `last` (past the other brace)."""

    first: int
    last: int
    elements: tuple[Element, ...] = field(default=())


def where(found: Sequence[Token]) -> Group:
    """The WHERE group of a query. BadQuery `syntax` where it has none or its brackets do not match."""
    for i in range(_after_form(found), len(found)):
        if found[i].says("{"):
            return _group(found, i)
    raise BadQuery("syntax", "查询没有 { … } 部分")


def _says(found: Sequence[Token], at: int, *words: str) -> bool:
    return at < len(found) and found[at].says(*words)


def _closing(found: Sequence[Token], at: int) -> int:
    """The index past the bracket that closes the one at `at`."""
    expected: list[str] = []
    for i in range(at, len(found)):
        if found[i].kind == "sign" and found[i].text in _OPEN:
            expected.append(_OPEN[found[i].text])
        elif expected and found[i].text == expected[-1] and found[i].kind == "sign":
            expected.pop()
        if not expected:
            return i + 1
    raise BadQuery("syntax", "括号没有配对")


def _group(found: Sequence[Token], at: int) -> Group:
    if not _says(found, at, "{"):
        raise BadQuery("syntax", "这里应当是 {")
    last = _closing(found, at)
    return Group(at, last, tuple(_elements(found, at + 1, last - 1)))


def _elements(found: Sequence[Token], at: int, end: int) -> Iterator[Element]:
    while at < end:
        element = _element(found, at, end)
        if element.last > element.first:
            yield element
        at = max(element.last, at + 1)


def _element(found: Sequence[Token], at: int, end: int) -> Element:
    token = found[at]
    if token.says("select"):
        inner = next((i for i in range(at, end) if found[i].says("{")), at)
        return Element("select", at, end, (_group(found, inner),))
    if token.says("optional", "minus"):
        group = _group(found, at + 1)
        return Element(token.text.lower(), at, group.last, (group,))
    if token.says("graph", "service"):
        opening = at + (3 if _says(found, at + 1, "silent") else 2)
        group = _group(found, opening)
        return Element(token.text.lower(), at, group.last, (group,))
    if token.says("{"):
        groups = [_group(found, at)]
        while _says(found, groups[-1].last, "union"):
            groups.append(_group(found, groups[-1].last + 1))
        return Element("group", at, groups[-1].last, tuple(groups))
    if token.says("filter", "bind", "values"):
        return _expression(found, at, end)
    if token.says("."):
        return Element("triples", at, at)
    return Element("triples", at, _statement_end(found, at, end))


def _expression(found: Sequence[Token], at: int, end: int) -> Element:
    """FILTER (…), FILTER name(…), FILTER [NOT] EXISTS {…}, BIND (…), VALUES … {…}."""
    wanted = ("{",) if found[at].says("values") else ("(", "{")
    opening = next((i for i in range(at, end) if found[i].says(*wanted)), end)
    if opening == end:
        raise BadQuery("syntax", f"{found[at].text} 后面缺少括号")
    last = _closing(found, opening)
    braces: list[Group] = []
    if not found[at].says("values"):
        i = opening
        while i < last:
            if found[i].says("{"):
                braces.append(_group(found, i))
                i = braces[-1].last
            i += 1
    return Element(found[at].text.lower(), at, last, tuple(braces))


def _statement_end(found: Sequence[Token], at: int, end: int) -> int:
    """Past the dot that ends the statement at `at`, or before what cannot be part of it."""
    i = at
    while i < end:
        if found[i].says("."):
            return i + 1
        if found[i].says("{", "filter", "bind", "values", "optional", "minus", "graph", "service"):
            return i
        i = _closing(found, i) if found[i].says("(", "[") else i + 1
    return end
