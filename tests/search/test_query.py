"""SPARQL with search inside, over a real store and a real index."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import RDF, BNode, Dataset, Literal, Namespace, URIRef
from rdflib.query import Result

from kg.errors import BadQuery
from kg.text import Span
from search.collection import Collection
from search.index import SearchIndex, drafting
from search.passage import Passage
from search.query import rewrite, run

JX = Namespace("https://w3id.org/jixiao/ontology#")
EX = Namespace("https://example.org/")
DUTIES = {
    "水利局": ("负责水库防汛调度", "负责水库大坝维修", "受理投诉信访"),
    "教育局": ("负责学校校车安全", "负责学校食堂监督", "受理投诉信访"),
}
SCORES = {"水利局": 97, "教育局": 99}


def named(passage: Passage) -> str:
    return str(EX[f"{passage.report}-{passage.span.start}"])


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, tiny_model: str) -> SearchIndex:
    folder = tmp_path_factory.mktemp("index")
    with drafting(folder, tiny_model) as draft:
        draft.add(list(_passages()), named)
    return SearchIndex.open(folder, tiny_model)


def _passages() -> list[Passage]:
    return [
        Passage(report=d, sha256=d, span=Span(i, i + len(t)), text=t, sentence=t, kind="duty", department=d)
        for d, texts in DUTIES.items()
        for i, t in enumerate(texts)
    ]


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    """One named graph a report, the union of all as default graph."""
    dataset = Dataset(store="Oxigraph", default_union=True)
    for passage in _passages():
        graph = dataset.graph(EX[passage.report])
        iri = URIRef(named(passage))
        graph.add((iri, RDF.type, JX.Passage))
        graph.add((iri, JX.department, EX[f"d-{passage.report}"]))
        graph.add((EX[f"d-{passage.report}"], JX.overallScore, Literal(SCORES[passage.report])))
        graph.add((EX[f"d-{passage.report}"], JX.name, Literal(passage.report)))
        graph.add((iri, JX.evidence, BNode()))
    return dataset


Ask = Callable[[str], Result]


@pytest.fixture
def ask(dataset: Dataset, index: SearchIndex) -> Ask:
    return lambda sparql: run(sparql, dataset, lambda: index)


def column(result: Result, name: str = "p") -> list[str]:
    return [str(row[name]).rsplit("/", 1)[-1] for row in result]  # type: ignore[index, call-overload]


def test_the_list_form_binds_passage_score_text_and_reason(ask: Ask) -> None:
    rows = list(ask('SELECT * { (?p ?score ?text ?why) search:query ("水库防汛" 1) }'))
    assert len(rows) == 1
    assert str(rows[0]["text"]) == "负责水库防汛调度"  # type: ignore[index, call-overload]
    assert 0 < float(rows[0]["score"]) <= 1  # type: ignore[index, call-overload, arg-type]
    assert "水库" in rows[0]["why"]  # type: ignore[index, call-overload]


@pytest.mark.parametrize(
    "pattern",
    [
        '?p search:query "水库防汛" .',
        '?p search:query ("水库防汛" 1)',
        '(?p) search:query ("水库防汛"@zh 1 "kind:duty")',
        '$p <https://w3id.org/jixiao/search#query> """水库防汛"""',
        '?p search:query ("水库防汛" 1) ; jx:department ?d .',
        '?p a jx:Passage ; search:query ("水库防汛" 1) ; jx:department ?d',
        'SERVICE search: { ?p search:words "水库防汛" ; search:score ?s ; search:limit 1 ; search:kind "duty" . }',
        'SERVICE search: { ?p search:query "水库防汛" . ?p search:limit 1 }',
    ],
)
def test_every_form_finds_the_same(ask: Ask, pattern: str) -> None:
    assert column(ask(f"SELECT ?p {{ {pattern} }}"))[0] == "水利局-0"


def test_a_search_joins_with_facts_before_its_ranking_is_cut(ask: Ask) -> None:
    """The duties of a department that ranks behind have full recall."""
    query = """SELECT ?p ?name {
        (?p ?score) search:query ("受理水库投诉信访" 2) .
        ?p jx:department ?d . ?d jx:overallScore ?points ; jx:name ?name . FILTER(?points > 98)
    } ORDER BY DESC(?score)"""
    result = ask(query)
    assert column(result)[0] == "教育局-2"
    assert all(p.startswith("教育局") for p in column(result))


def test_the_first_of_those_that_fit_are_those_of_the_whole_ranking(ask: Ask) -> None:
    whole = ask('SELECT ?p { (?p ?s) search:query ("学校投诉" 50) } ORDER BY DESC(?s)')
    fitting = [p for p in column(whole) if p.startswith("水利局")]
    query = 'SELECT ?p {{ (?p ?s) search:query ("学校投诉" {}) . ?p jx:department <{}> }} ORDER BY DESC(?s)'
    for k in (1, 2, 3, 10):
        assert column(ask(query.format(k, EX["d-水利局"]))) == fitting[:k]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.text("水库防汛学校车投诉", min_size=1, max_size=6),
    k=st.integers(1, 7),
    least=st.sampled_from([0, 98, 100]),
    named=st.sets(st.sampled_from(sorted(DUTIES)), min_size=1),
)
def test_what_the_facts_filter_is_the_exact_ranking_filtered(
    ask: Ask, words: str, k: int, least: int, named: set[str]
) -> None:

    def scored(pattern: str) -> list[tuple[str, str]]:
        result = list(ask(f"SELECT ?p ?s {{ {pattern} }} ORDER BY DESC(?s) ?p"))
        return list(zip(column(result), column(result, "s"), strict=True))  # type: ignore[arg-type]

    ranking = scored(f'(?p ?s) search:query ("{words}" 100 "min:0")')
    facts = f"?p jx:department ?d . ?d jx:overallScore ?o ; jx:name ?n . FILTER(?o >= {least})"
    among = " ".join(f'"{name}"' for name in named)
    forms = (
        f'(?p ?s) search:query ("{words}" {k} "min:0") . {facts} VALUES ?n {{ {among} }}',
        f'{facts} FILTER(?n IN ({among.replace(" ", ", ")})) {{ (?p ?s) search:query ("{words}" {k} "min:0") }}',
        f'SERVICE search: {{ ?p search:words "{words}" ; search:score ?s ; search:limit {k} ; search:min 0 }} '
        f"{facts} VALUES ?n {{ {among} }}",
    )
    fitting = [(p, s) for p, s in ranking if p.split("-")[0] in named and SCORES[p.split("-")[0]] >= least]
    for form in forms:
        found = scored(form)
        assert [s for _, s in found] == [s for _, s in fitting[:k]], form
        assert set(found) <= set(fitting)  # equals may stand in for each other at the cut


def test_a_filter_on_the_score_does_not_empty_what_fits(ask: Ask) -> None:
    query = """SELECT ?p ?half { (?p ?score) search:query ("水库" 1) . ?p jx:department ?d .
        BIND(?score / 2 AS ?half) FILTER(?half > 0) FILTER(?score > 0) }"""
    assert len(ask(query)) == 1


def test_several_searches_in_one_query(ask: Ask) -> None:
    query = """SELECT ?p ?q { (?p ?s) search:query ("水库防汛" 1) . (?q ?t) search:query ("校车" 1) .
        FILTER(?s + ?t > 0) }"""
    result = ask(query)
    assert (column(result), column(result, "q")) == (["水利局-0"], ["教育局-0"])


def test_in_optional_union_graph_and_subquery(ask: Ask, dataset: Dataset) -> None:
    optional = 'SELECT ?d ?p { ?d jx:name "教育局" OPTIONAL { (?p ?s) search:query ("校车" 1) . ?p jx:department ?d } }'
    assert column(ask(optional)) == ["教育局-0"]
    union = 'SELECT ?p { { ?p search:query ("校车" 1) } UNION { ?p search:query ("防汛" 1) } }'
    assert set(column(ask(union))) == {"教育局-0", "水利局-0"}
    graph = f'SELECT ?p {{ GRAPH <{EX["教育局"]}> {{ ?p search:query ("水库防汛" 1) . ?p a jx:Passage }} }}'
    assert column(ask(graph)) == [p for p in column(ask(graph)) if p.startswith("教育局")]
    assert len(ask(graph)) == 1
    subquery = 'SELECT ?p ?n { { SELECT ?p { ?p search:query ("校车" 1) } } ?p jx:department/jx:name ?n }'
    assert column(ask(subquery)) == ["教育局-0"]


def test_what_stands_around_a_union_restricts_its_branches(ask: Ask) -> None:
    query = f'SELECT ?p {{ {{ ?p search:query ("水库防汛" 1) }} UNION {{ }} ?p jx:department <{EX["d-教育局"]}> }}'
    assert all(p.startswith("教育局") for p in column(ask(query)))


def test_what_else_the_statement_says_restricts_it(ask: Ask) -> None:
    query = f'SELECT ?p {{ ?p a jx:Passage ; search:query ("水库防汛" 1) ; jx:department <{EX["d-教育局"]}> }}'
    assert [p[:3] for p in column(ask(query))] == ["教育局"]


def test_what_is_excluded_does_not_take_a_place(ask: Ask) -> None:
    for excluding in ("FILTER NOT EXISTS { ?p jx:department ?d . ?d jx:name '水利局' }",
                      "MINUS { ?p jx:department ?d . ?d jx:name '水利局' }",
                      f"FILTER(?p NOT IN (<{EX['水利局-0']}>, <{EX['水利局-1']}>, <{EX['水利局-2']}>))"):  # fmt: skip
        result = ask(f'SELECT ?p {{ ?p search:query ("水库" 1) . {excluding} }}')
        assert [p[:3] for p in column(result)] == ["教育局"], excluding


def test_ask_construct_and_describe(ask: Ask) -> None:
    assert ask('ASK { ?p search:query ("校车" 1) }').askAnswer
    graph = ask('CONSTRUCT { ?p jx:found ?s } WHERE { (?p ?s) search:query ("校车" 2) }').graph
    assert graph is not None
    assert len(graph) == 2
    assert ask('DESCRIBE ?p { ?p search:query ("校车" 1) }').graph
    assert ask(f"DESCRIBE <{EX['教育局-0']}>").graph


def test_nothing_found_is_no_row(ask: Ask) -> None:
    assert len(ask('SELECT ?p { ?p search:query ("校车" 10 "kind:person") }')) == 0
    assert len(ask('SELECT ?p { (?p ?s) search:query ("校车" 10 "min:1.0") }')) == 0


def test_comments_and_strings_that_look_like_searches_are_left_alone(ask: Ask) -> None:
    query = """SELECT ?p { # ?p search:query "校车"
        ?p search:query ("防汛" 1) . # (?p) search:query
        FILTER("?x search:query 'a'" != '') }"""
    assert column(ask(query)) == ["水利局-0"]


def test_passage_texts_cannot_break_out_of_the_query(dataset: Dataset) -> None:
    from search.index import Hit

    evil = '"} INSERT DATA { <a:a> <a:b> "\\\n\'\'\'"""\u2028'
    passage = Passage(report="恶", sha256="恶", span=Span(0, len(evil)), text=evil, sentence=evil, kind="duty")
    text = rewrite(
        'SELECT ?t { (?p ?s ?t) search:query "x" }',
        lambda *_, **__: [Hit("https://example.org/e", passage, 0.5)],
        dataset,
    )
    assert [str(row[0]) for row in dataset.query(text)] == [evil]  # type: ignore[index]


def test_a_query_without_search_does_not_open_the_index(dataset: Dataset) -> None:
    def index() -> SearchIndex:
        raise AssertionError("opened")

    assert len(run("SELECT ?d { ?d jx:overallScore ?r FILTER(?r < 98) }", dataset, index)) == 1


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("SELECT * { ?p search:query ?words }", "search-pattern"),
        ("SELECT * { ?p search:query () }", "search-pattern"),
        ("SELECT * { ?p search:query (10) }", "search-pattern"),
        ('SELECT * { <a:a> search:query "x" }', "search-pattern"),
        ('SELECT * { () search:query "x" }', "search-pattern"),
        ('SELECT * { (?a ?b ?c ?d ?e) search:query "x" }', "search-pattern"),
        ('SELECT * { (?p ?s) search:query "x" ; jx:kind ?k }', "search-pattern"),
        ('SELECT * { ?p search:query "x" ; search:query "y" }', "search-pattern"),
        ('SELECT * { ?p search:query ("x" ?k) }', "search-pattern"),
        ('SELECT * { ?p search:query ("x" "colour:red") }', "search-option"),
        ('SELECT * { ?p search:query ("x" "min:high") }', "search-option"),
        ('SELECT * { ?p search:query ("x" 0) }', "search-option"),
        ('SELECT * { ?p search:query ("x" 100000) }', "search-option"),
        ('SELECT * { ?p search:query ("x" "mode:psychic") }', "unknown-mode"),
        ('SELECT * { ?p ^search:query "x" }', "search-pattern"),
        ('SELECT * { ?p jx:a [ search:query "x" ] }', "search-pattern"),
        ("SELECT * { ?s ?p ?o FILTER(?p = search:query) }", "search-place"),
        ("SELECT * { SERVICE search: { ?p search:limit 3 } }", "search-pattern"),
        ('SELECT * { SERVICE search: { ?p search:words "x" ; jx:kind "duty" } }', "search-pattern"),
        ('SELECT * { SERVICE search: { ?p search:words "x" FILTER(1) } }', "search-pattern"),
        ("SELECT * { ?p search:query 'x' . ?p jx:name }", "syntax"),
        ("SELECT * { ?s ?p }", "syntax"),
        ("SELECT * FROM <https://example.org/unknown> { ?s ?p ?o }", "unknown-graph"),
        ("DELETE WHERE { ?s ?p ?o }", "update"),
    ],
)
def test_what_cannot_be_evaluated_is_a_clear_error(ask: Ask, query: str, code: str) -> None:
    with pytest.raises(BadQuery) as error:
        ask(query)
    assert error.value.code == code


def test_from_chooses_among_the_reports(ask: Ask) -> None:
    query = 'SELECT ?p FROM <%s> { ?p search:query ("投诉信访" 1) . ?p a jx:Passage }'
    assert column(ask(query % EX["教育局"])) == ["教育局-2"]
    assert column(ask(query % EX["水利局"])) == ["水利局-2"]


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("SELECT", "第 1 行第 7 列"),
        ("SELECT ?s {\n  ?s jx:name }", "第 2 行第 14 列"),
        ("PREFIX a: <http://a/>\n\n# 注\nSELECT ?s {\n  ?s a:b ^ \n}", "第 5 行第 11 列"),
    ],
)
def test_a_syntax_error_is_placed_in_the_query_as_it_was_given(collection: Collection, query: str, place: str) -> None:
    for ask in (collection.query, lambda text: collection.written(text, ("json",), 10_000)):
        with pytest.raises(BadQuery) as caught:
            ask(query)
        assert caught.value.place == place
