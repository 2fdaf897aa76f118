"""Queries with a name and typed parameters, one file each in api/queries/.

    # 预算执行率低于某数的部门                                  what it asks, in Chinese
    # Departments that executed less than a share              and in English
    # @below decimal=100 低于百分之几 · below how many percent   a parameter with what holds if it is not given
    # @year integer? 年度 · fiscal year                         one that may be left out
    # @department text:青岭区水利局 部门 · department            one that must be given, with an example

A value is bound to the variable of its parameter, never pasted: it stands in the query as one term of
the parameter's type, in VALUES or, for `words`, as what a search looks for; and the query is read
again to see that nothing else in it has changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from kg.errors import BadQuery, JixiaoError
from search.sparql import tokens, unquoted, where

HERE = Path(__file__).parent / "queries"
LONGEST = 1000  # characters of a value
_DIGITS = 18
_PARAMETER = re.compile(
    r"# @(?P<name>[a-z_]{1,40}) (?P<type>[a-z]{1,20})(?:(?P<mark>[=:])(?P<value>\S{1,100})|(?P<optional>\?))?"
    r" (?P<label>[^·]{1,200}) · (?P<label_en>.{1,200})"
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Parameter:
    """`type` is text, words, integer or decimal. Where it is not given, `default` holds; it may be left
    out where it is `optional`; else `example` is one."""

    name: str
    type: str
    label: str
    label_en: str
    default: str = ""
    example: str = ""
    optional: bool = False

    @property
    def required(self) -> bool:
        return not self.optional and not self.default


@dataclass(frozen=True, slots=True)
class Named:
    """A query of the catalogue."""

    name: str
    title: str
    title_en: str
    parameters: tuple[Parameter, ...]
    sparql: str


@cache
def catalogue() -> Mapping[str, Named]:
    """Every query by its name."""
    return {path.stem: _read(path) for path in sorted(HERE.glob("*.rq"))}


def one(name: str) -> Named:
    """JixiaoError `no-such-query`."""
    if name not in catalogue():
        raise JixiaoError("no-such-query", f"没有名为 {name[:40]} 的查询；有：{'、'.join(catalogue())}")
    return catalogue()[name]


def bound(named: Named, given: Mapping[str, str]) -> str:
    """The query with these values for its parameters. BadQuery `no-such-parameter`, `missing-parameter`
    or `bad-parameter`, with the parameter as its place."""
    for name in given:
        if name not in {parameter.name for parameter in named.parameters}:
            known = "、".join(parameter.name for parameter in named.parameters)
            raise BadQuery("no-such-parameter", f"没有参数 {name[:40]}；有：{known}", place=name[:40])
    terms = {parameter: _term(parameter, given.get(parameter.name, "")) for parameter in named.parameters}
    data = [f"VALUES ?{p.name} {{ {term} }}" for p, term in terms.items() if term and p.type != "words"]
    return _placed(named.sparql, {p.name: term for p, term in terms.items() if p.type == "words"}, " ".join(data))


def _placed(sparql: str, words: Mapping[str, str], data: str) -> str:
    """The query with terms for the variables of `words`, and `data` at the start of its pattern."""
    found = tokens(sparql)
    opening = where(found).first
    edits = [(found[opening].end, found[opening].end, f" {data}" if data else "")]
    edits += [
        (token.start, token.end, words[token.text[1:]])
        for token in found
        if token.kind == "variable" and token.text[1:] in words
    ]
    made = sparql
    for start, end, text in sorted(edits, reverse=True):
        made = made[:start] + text + made[end:]
    others = len(tokens(made)) - len(tokens(data))
    assert others == len(found), "a value is one term"
    return made


def _term(parameter: Parameter, given: str) -> str:
    """The value as a term of SPARQL; empty where there is none."""
    value = given or parameter.default
    if value:
        return _TERMS[parameter.type](parameter, value)
    if parameter.required:
        raise _wrong(parameter, "缺少参数", "missing-parameter")
    return ""


def _text(parameter: Parameter, value: str) -> str:
    if len(value) > LONGEST or _CONTROL.search(value):
        raise _wrong(parameter, f"至多 {LONGEST} 个字符，不能有控制字符：")
    term = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    assert unquoted(term) == value
    return term


def _integer(parameter: Parameter, value: str) -> str:
    if not re.fullmatch(rf"[+-]?\d{{1,{_DIGITS}}}", value, re.ASCII):
        raise _wrong(parameter, f"要是一个整数，而不是 {value[:40]}：")
    return f'"{int(value)}"^^xsd:integer'


def _decimal(parameter: Parameter, value: str) -> str:
    try:
        number = Decimal(value)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number.adjusted() > _DIGITS or len(value) > 2 * _DIGITS:
        raise _wrong(parameter, f"要是一个数，而不是 {value[:40]}：")
    return f'"{number:f}"^^xsd:decimal'


def _wrong(parameter: Parameter, message: str, code: str = "bad-parameter") -> BadQuery:
    return BadQuery(code, f"{message}{parameter.name}（{parameter.label}）", place=parameter.name)


_TERMS: Mapping[str, Callable[[Parameter, str], str]] = {
    "text": _text,
    "words": _text,
    "integer": _integer,
    "decimal": _decimal,
}


def _read(path: Path) -> Named:
    """A file of the catalogue. ValueError where its head cannot be read."""
    text = path.read_text("utf-8")
    head = [line for line in text.splitlines() if line.startswith("#")]
    found = [_PARAMETER.fullmatch(line) for line in head[2:]]
    parameters = tuple(
        Parameter(
            name=match["name"],
            type=match["type"],
            label=match["label"],
            label_en=match["label_en"],
            default=match["value"] if match["mark"] == "=" else "",
            example=match["value"] or "",
            optional=bool(match["optional"]),
        )
        for match in found
        if match and match["type"] in _TERMS
    )
    if len(parameters) != len(head) - 2:
        raise ValueError(f"{path}: 参数写不对 · a parameter cannot be read")
    sparql = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    return Named(path.stem, head[0][2:], head[1][2:], parameters, sparql)
