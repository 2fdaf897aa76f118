"""The index of one generation: written, changed, opened, searched."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import BadQuery, ModelError, WorkspaceError
from kg.text import Span
from search.embedding import load_model
from search.index import SearchIndex, drafting
from search.passage import Passage


def named(passage: Passage) -> str:
    return f"https://example.org/{passage.report}/{passage.span.start}-{passage.span.end}"


def made(texts: Sequence[str], report: str = "甲.txt", **fields: object) -> list[Passage]:
    record = {"kind": "duty", "department": "", "region": ""} | fields
    return [
        Passage(report=report, sha256=report, span=Span(i * 100, i * 100 + len(t)), text=t, sentence=t, **record)  # type: ignore[arg-type]
        for i, t in enumerate(texts)
    ]


REPORTS = [
    *made(
        ["负责水库防汛调度", "受理投诉信访"], "水利.txt", department="青川县水利局", region="青川县", fiscal_year=2023
    ),
    *made(
        ["负责学校校车安全", "受理投诉信访"], "教育.txt", department="白石区教育局", region="白石区", fiscal_year=2024
    ),
    *made(["学校道路路灯不足"], "教育二.txt", department="白石区教育局", kind="problem", fiscal_year=2023),
]


@pytest.fixture
def folder(tmp_path: Path, tiny_model: str) -> Path:
    with drafting(tmp_path / "search", tiny_model) as draft:
        draft.add(REPORTS, named)
    return tmp_path / "search"


def texts(index: SearchIndex, query: str, k: int = 10, **options: object) -> list[str]:
    return [hit.passage.text for hit in index.search(query, k, **options)]  # type: ignore[arg-type]


def test_a_hit_says_where_it_stands_and_why_it_is_there(folder: Path, tiny_model: str) -> None:
    hit = SearchIndex.open(folder, tiny_model).search("水库防汛", 1)[0]
    assert hit.passage == REPORTS[0]
    assert 0 < hit.score <= 1
    assert hit.votes["lexical"].rank == hit.votes["dense"].rank == 1
    assert hit.votes["wordwise"].rank is None
    assert hit.words == ("水库", "防汛")
    assert "水库" in hit.reason
    assert hit.to_json() | {"reason": "", "score": 0} == {
        "report": "水利.txt",
        "start": 0,
        "end": 8,
        "text": "负责水库防汛调度",
        "score": 0,
        "kind": "duty",
        "iri": named(REPORTS[0]),
        "heading_path": [],
        "department": "青川县水利局",
        "region": "青川县",
        "fiscal_year": 2023,
        "reason": "",
        "places": [],
    }


def test_every_filter_holds_before_the_ranking_is_cut(folder: Path, tiny_model: str) -> None:
    index = SearchIndex.open(folder, tiny_model)
    assert [h.passage.report for h in index.search("投诉信访", 1, department="教育局", kind="duty")] == ["教育.txt"]
    assert [h.passage.report for h in index.search("投诉信访", 1, region="青川")] == ["水利.txt"]
    assert texts(index, "投诉信访", 1, kind="problem") == ["学校道路路灯不足"]
    assert {h.passage.fiscal_year for h in index.search("投诉信访", year=2024)} == {2024}
    assert texts(index, "水库", 1, allowed=[named(REPORTS[4]), "https://example.org/unknown"]) == ["学校道路路灯不足"]
    assert texts(index, "水库", kind="person") == []


@pytest.mark.parametrize("mode", ["lexical", "dense", "hybrid"])
def test_each_mode_finds(folder: Path, tiny_model: str, mode: str) -> None:
    assert texts(SearchIndex.open(folder, tiny_model), "校车", 1, mode=mode) == ["负责学校校车安全"]


def test_an_unknown_mode_names_the_known_ones(folder: Path, tiny_model: str) -> None:
    with pytest.raises(BadQuery, match="hybrid、dense、lexical、wordwise"):
        SearchIndex.open(folder, tiny_model).search("校车", mode="psychic")


def test_below_the_least_score_nothing_fits(folder: Path, tiny_model: str) -> None:
    index = SearchIndex.open(folder, tiny_model)
    scores = [hit.score for hit in index.search("校车")]
    assert len(index.search("校车", minimum=scores[0])) == 1
    assert index.search("校车", minimum=1.1) == []


def test_a_filter_never_changes_a_score(folder: Path, tiny_model: str) -> None:
    index = SearchIndex.open(folder, tiny_model)
    whole = {hit.iri: hit.score for hit in index.search("学校投诉")}
    for hit in index.search("学校投诉", department="教育局"):
        assert hit.score == pytest.approx(whole[hit.iri])


def test_words_in_quotation_marks_stand_just_so_in_every_mode(folder: Path, tiny_model: str) -> None:
    index = SearchIndex.open(folder, tiny_model)
    for mode in ("lexical", "dense", "hybrid"):
        assert texts(index, "“校车安全”", mode=mode) == ["负责学校校车安全"]
        assert texts(index, "“车校”", mode=mode) == []


@pytest.mark.parametrize("query", ["", "   ", "？！", "\x00", "\ud800", "<>{}|", "a" * 5000, "“”", "OR AND (", "*:*"])
def test_any_query_is_answered(folder: Path, tiny_model: str, query: str) -> None:
    assert isinstance(SearchIndex.open(folder, tiny_model).search(query, 3), list)


def test_traditional_and_simplified_wide_and_narrow_find_each_other(tmp_path: Path, tiny_model: str) -> None:
    with drafting(tmp_path, tiny_model) as draft:
        draft.add(made(["負責學校校車", "负责水库防汛ＡＢ１２", "医院看病"]), named)
    index = SearchIndex.open(tmp_path, tiny_model)
    for mode in ("lexical", "dense", "hybrid"):
        assert texts(index, "学校校车", 1, mode=mode) == ["負責學校校車"]
        assert texts(index, "水庫防汛ab12", 1, mode=mode) == ["负责水库防汛ＡＢ１２"]
        assert texts(index, "“學校校车”", mode=mode) == ["負責學校校車"]


def test_a_report_is_replaced_without_touching_the_others(folder: Path, tiny_model: str) -> None:
    with drafting(folder, tiny_model) as draft:
        draft.remove(["教育.txt"])
        draft.add(made(["负责医院看病"], "教育.txt"), named)
    index = SearchIndex.open(folder, tiny_model)
    assert index.catalogue.reports() == {"水利.txt": 2, "教育.txt": 1, "教育二.txt": 1}
    assert all(len(index.retriever(mode)) == 4 for mode in index.modes())
    assert texts(index, "医院看病", 1) == ["负责医院看病"]
    assert "负责学校校车安全" not in texts(index, "校车")


def test_an_index_changed_step_by_step_answers_like_one_built_at_once(tmp_path: Path, tiny_model: str) -> None:
    with drafting(tmp_path / "once", tiny_model) as draft:
        draft.add(REPORTS, named)
    for report in dict.fromkeys(p.report for p in REPORTS):
        with drafting(tmp_path / "steps", tiny_model) as draft:
            draft.remove([report])
            draft.add([p for p in REPORTS if p.report == report], named)
    once, steps = (SearchIndex.open(tmp_path / name, tiny_model) for name in ("once", "steps"))
    for query in ("投诉", "学校路灯", "水库防汛"):
        assert texts(once, query) == texts(steps, query)


def test_a_changed_model_is_refused_by_readers_and_rebuilt_by_the_next_writer(
    folder: Path, tiny_model: str, other_model: str
) -> None:
    with pytest.raises(ModelError):
        SearchIndex.open(folder, other_model).search("校车")
    with drafting(folder, other_model) as draft:
        assert draft.rebuilt == ("dense", "wordwise")
    index = SearchIndex.open(folder, other_model)
    assert len(index.retriever("dense")) == len(REPORTS)
    assert texts(index, "校车", 1) == ["负责学校校车安全"]


def test_codes_and_amounts_are_found_just_so(tmp_path: Path, tiny_model: str) -> None:
    rows = [
        f"科目{code}支出{amount}万元，用于学校"
        for code, amount in ((2050201, 98.35), (2050202, 98.36), (2050203, 8.35))
    ]
    with drafting(tmp_path, tiny_model) as draft:
        draft.add(made([*rows, "学校校车预算", "2050"]), named)
    index = SearchIndex.open(tmp_path, tiny_model)
    assert texts(index, "2050202", 1) == [rows[1]]
    assert texts(index, "学校 8.35", 1) == [rows[2]]


def test_what_is_said_in_other_words_comes_before_what_shares_a_word_by_chance(tmp_path: Path, tiny_model: str) -> None:
    """The second look rates every word of the query by the nearest word of the passage."""
    with drafting(tmp_path, tiny_model) as draft:
        draft.add(made(["学校校车学校校车学校校车投诉", "投诉信访"]), named)
    hits = SearchIndex.open(tmp_path, tiny_model).search("信访", 2)
    assert hits[0].passage.text == "投诉信访"
    assert hits[0].votes["wordwise"].score == pytest.approx(1.0, abs=1e-5)


def test_a_model_without_single_words_does_without_rating_them(
    folder: Path, tiny_model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load_model(tiny_model), "words", None)
    with drafting(folder, tiny_model) as draft:
        assert draft.rebuilt == ("wordwise",)
    index = SearchIndex.open(folder, tiny_model)
    assert index.modes() == ("dense", "lexical")
    assert texts(index, "校车", 1) == ["负责学校校车安全"]


def test_a_folder_without_an_index_is_an_error_of_ours(tmp_path: Path, tiny_model: str) -> None:
    with pytest.raises(WorkspaceError) as error:
        SearchIndex.open(tmp_path, tiny_model)
    assert error.value.code == "no-index"


def test_an_empty_index_finds_nothing(tmp_path: Path, tiny_model: str) -> None:
    with drafting(tmp_path, tiny_model):
        pass
    assert SearchIndex.open(tmp_path, tiny_model).search("校车") == []


def test_threads_search_side_by_side(folder: Path, tiny_model: str) -> None:
    index = SearchIndex.open(folder, tiny_model)
    expected, found = texts(index, "投诉"), []
    threads = [threading.Thread(target=lambda: found.append(texts(index, "投诉"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 8


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_filtered_search_is_the_filtered_ranking(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory, tiny_model: str
) -> None:
    words = st.text("水库防汛学校车投诉", min_size=1, max_size=6)
    passages = made(data.draw(st.lists(words, min_size=1, max_size=15)))
    query, k = data.draw(words), data.draw(st.integers(1, 15))
    folder = tmp_path_factory.mktemp("index")
    with drafting(folder, tiny_model) as draft:
        draft.add(passages, named)
    index = SearchIndex.open(folder, tiny_model)
    allowed = {named(p) for p in data.draw(st.sets(st.sampled_from(passages), min_size=1))}
    whole = [hit for hit in index.search(query, len(passages)) if hit.iri in allowed]
    found = index.search(query, k, allowed=allowed)
    assert [(h.iri, pytest.approx(h.score)) for h in found] == [(h.iri, h.score) for h in whole[:k]]
