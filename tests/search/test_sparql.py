"""SPARQL as text: tokens, and what is let through."""

from __future__ import annotations

import contextlib

import pytest

from kg.errors import BadQuery
from search.sparql import LONGEST, check_read_only, limited, prologue, tokens, unquoted, where


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o }",
        "# a comment with INSERT and SERVICE\nselect ?s where { ?s ?p 'DROP # no comment' }",
        'PREFIX a: <http://a/#x> ASK { a:b.c a:d%20e -1.5e3 . ?x a:f\\,g """say "yes" \n"""@zh-CN }',
        "BASE <http://x/> CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(?o<3 && ?o>=1) }",
        "DESCRIBE <http://a/b>",
        "SELECT * { SERVICE search: { ?p search:words '路灯' } }",
        "SELECT * { service silent <https://w3id.org/jixiao/search#> { ?p search:words '路灯' } }",
        "SELECT * FROM <http://known/> FROM NAMED <http://known/> { ?s ?p ?o }",
        "SELECT ?load { ?load ?insert '\\u4e2d' }",
        "SELECT * { VALUES (?a ?b) { " + "(1 2)" * 5000 + " } }",
        "SELECT * { ?s (^<http://a>|!(<http://b>|^<http://c>))* ?o }",
    ],
)
def test_reading_is_let_through(query: str) -> None:
    check_read_only(query, lambda iri: iri == "http://known/")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "update"),
        ("DELETE WHERE { ?s ?p ?o }", "update"),
        ("LOAD <file:///etc/hostname>", "update"),
        ("load silent <http://example.org/> into graph <a:a>", "update"),
        ("CLEAR ALL", "update"),
        ("WITH <a:a> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "update"),
        ("SELECT * { ?s ?p ?o } ; DROP ALL", "update"),
        ("PREFIX a: <http://a> CREATE GRAPH <a:a>", "update"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "service"),
        ("SELECT * { sErViCe SILENT ?where { ?s ?p ?o } }", "service"),
        ("PREFIX s: <http://x/> SELECT * { OPTIONAL { SERVICE s:y { } } }", "service"),
        ("PREFIX search: <http://x/> SELECT * { SERVICE search: { } }", "service"),
        ("SELECT * { SERVICE#\n<http://x/> { } }", "service"),
        ("SELECT * FROM <file:///etc/hostname> { ?s ?p ?o }", "unknown-graph"),
        ("SELECT * FROM NAMED <http://unknown/> { ?s ?p ?o }", "unknown-graph"),
        ("", "syntax"),
        ("# nothing", "syntax"),
        ("hello", "syntax"),
        ('SELECT * { ?s ?p "open }', "syntax"),
        ("SELECT * { ?s ?p \x00 }", "syntax"),
        ("S\\u0045RVICE", "syntax"),
        ("SELECT * { ?s ?p '\\u0027 } SERVICE <http://x/> { }' }", "syntax"),
        ("SELECT * { <http://a\\u003E> ?p ?o }", "syntax"),
        ("SELECT * { ?s ?p '" + "x" * LONGEST + "' }", "too-long"),
        ("SELECT * " + "{" * 60 + "}" * 60, "too-deep"),
        ("SELECT * { ?s " + "(" * 60 + "<a:b>" + ")" * 60 + " ?o }", "too-deep"),
        ("SELECT * { ?s ?p " + "[ ?p " * 60 + "]" * 60 + " }", "too-deep"),
        ("SELECT * { FILTER(" + "!" * 60 + "true) }", "too-deep"),
        ("SELECT * { FILTER(" + "1+" * 3000 + "1) }", "too-complex"),
        ("SELECT * { ?s ?p (" + "1 " * 3000 + ") }", "too-complex"),
        ("SELECT * { VALUES ?a { 1 } " + "{} UNION " * 3000 + "{} }", "too-complex"),
        ("SELECT * { FILTER(" + "- " * 60 + "1) }", "too-deep"),
    ],
)
def test_everything_else_is_refused_with_its_reason(query: str, code: str) -> None:
    with pytest.raises(BadQuery) as error:
        check_read_only(query)
    assert error.value.code == code


@pytest.mark.parametrize("piece", ["a-", "a.", "<", '"""', "'", "\\", "::", "{", "a:b.", "#", "?x ", "\u202e", "_:a."])
def test_hostile_tokens_come_to_an_end(piece: str) -> None:
    hostile = piece * (LONGEST // len(piece))
    with contextlib.suppress(BadQuery):
        tokens(hostile)


def test_a_wrong_place_is_named_by_line_and_column() -> None:
    with pytest.raises(BadQuery) as error:
        tokens("SELECT *\n{ ?s \\ }")
    assert error.value.place == "第 2 行第 6 列"


def test_known_prefixes_need_no_declaration_and_declared_ones_stay() -> None:
    text = prologue("PREFIX jx: <http://mine/> SELECT * { ?s jx:a skos:Concept ; other:b 'rdf:x' }")
    assert "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>" in text
    assert text.count("jx:") == 1
    assert "rdf:" not in text
    assert "other:" not in text


@pytest.mark.parametrize(
    ("literal", "text"),
    [
        ('"a"', "a"),
        ("''", ""),
        ('""', ""),
        ('"""a"b"""', 'a"b'),
        (r"'it\'s\t\\n'", "it's\t\\n"),
        (r'"\u8def\U0000706F"', "路灯"),
    ],
)
def test_strings_are_read_with_their_escapes(literal: str, text: str) -> None:
    assert unquoted(literal) == text


def test_groups_and_their_elements() -> None:
    query = """SELECT (COUNT(*) AS ?n) (EXISTS { ?a ?b ?c } AS ?e) FROM <a:g> WHERE {
        ?s a <a:C> ; <a:p> [ <a:q> (1 2) ] . # a comment . with dots
        OPTIONAL { ?s <a:r> ?r FILTER NOT EXISTS { ?r ?x ?y } }
        { ?s <a:t> 1.5 } UNION { GRAPH ?g { ?s <a:u> ?u } }
        FILTER regex(?r, "{", "i") BIND (?r + 1 AS ?z)
        VALUES (?v ?w) { (1 UNDEF) }
        { SELECT ?s { ?s ?p ?o } GROUP BY ?s } MINUS { ?s <a:v> ?v }
    } ORDER BY ?s"""
    root = where(tokens(query))
    assert [e.kind for e in root.elements] == [
        "triples", "optional", "group", "filter", "bind", "values", "group", "minus",
    ]  # fmt: skip
    union, subquery = root.elements[2], root.elements[6]
    assert len(union.groups) == 2
    assert union.groups[1].elements[0].kind == "graph"
    assert subquery.groups[0].elements[0].kind == "select"
    assert root.elements[1].groups[0].elements[1].groups[0].elements[0].kind == "triples"


@pytest.mark.parametrize(
    "query",
    ["SELECT *", "SELECT * {", "SELECT * { ( }", "SELECT * { OPTIONAL ?x }", "SELECT * { GRAPH }", "ASK { FILTER }"],
)
def test_broken_groups_are_an_error_of_ours(query: str) -> None:
    with pytest.raises(BadQuery):
        where(tokens(query))


@pytest.mark.parametrize(
    ("query", "bounded"),
    [
        ("SELECT * { ?s ?p ?o }", "SELECT * { ?s ?p ?o } LIMIT 9 "),
        ("SELECT * { ?s ?p ?o } # LIMIT 3", "SELECT * { ?s ?p ?o } LIMIT 9  # LIMIT 3"),
        (
            "SELECT ?limit { { SELECT * { ?s ?p ?o } LIMIT 2 } }",
            "SELECT ?limit { { SELECT * { ?s ?p ?o } LIMIT 2 } } LIMIT 9 ",
        ),
        ("SELECT * { ?s ?p ?o } ORDER BY ?s OFFSET 4", "SELECT * { ?s ?p ?o } ORDER BY ?s  LIMIT 9 OFFSET 4"),
        ("SELECT * { ?s ?p ?o } VALUES ?s { 1 }", "SELECT * { ?s ?p ?o }  LIMIT 9 VALUES ?s { 1 }"),
    ],
)
def test_a_select_that_sets_no_bound_gets_one(query: str, bounded: str) -> None:
    assert limited(query, 9) == bounded


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o } limit 3",
        "ASK { ?s ?p ?o }",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "DESCRIBE <a:b>",
    ],
)
def test_any_other_query_stays_as_it_is(query: str) -> None:
    assert limited(query, 9) == query
