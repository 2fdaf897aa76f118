"""The word index, on disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import WorkspaceError
from search.passage import Passage
from search.retrievers import Found, lexical, search
from search.retrievers.lexical import LexicalIndex

TEXTS = (
    "负责水库大坝安全监测和防汛调度",
    "负责校车安全管理和学校食堂监督",
    "承办路灯维修养护工作",
    "受理群众投诉和信访事项",
    "2050201学前教育支出98.35万元",
    "负责学前教育机构审批",
)


def build(folder: Path, passages: Sequence[Passage]) -> LexicalIndex:
    writer = lexical.write(folder, "")
    writer.add(np.arange(len(passages)), passages)
    writer.close()
    return lexical.load(folder, "")


def ordinals(found: Found) -> list[int]:
    return found.ordinals.tolist()  # type: ignore[no-any-return]


def test_shared_words_are_found_best_first_with_scores_between_0_and_1(tmp_path: Path, passage) -> None:  # type: ignore[no-untyped-def]
    index = build(tmp_path, [passage(text) for text in TEXTS])
    found = search(index, "学前教育", 10)
    assert set(ordinals(found)) == {4, 5}
    assert all(0 < score < 1 for score in found.scores)
    assert sorted(found.scores, reverse=True) == found.scores.tolist()


def test_codes_and_amounts_are_words(tmp_path: Path, passage) -> None:  # type: ignore[no-untyped-def]
    index = build(tmp_path, [passage(text) for text in TEXTS])
    assert ordinals(search(index, "2050201", 10)) == [4]
    assert ordinals(search(index, "９８．３５", 10)) == [4]


def test_a_word_cut_differently_is_found_by_its_characters(tmp_path: Path, passage) -> None:  # type: ignore[no-untyped-def]
    index = build(tmp_path, [passage("负责维修路灯"), passage("校车安全")])
    assert ordinals(search(index, "修路", 10)) == [0]


def test_another_word_for_the_same_thing_finds_it(tmp_path: Path, passage) -> None:  # type: ignore[no-untyped-def]
    index = build(tmp_path, [passage("加强养老服务体系建设"), passage("加强学校建设")])
    assert ordinals(search(index, "敬老院在哪", 10))[0] == 0
    assert ordinals(search(index, "nursing homes", 10)) == [0]


def test_a_word_of_the_department_or_the_region_prefers_their_passages(tmp_path: Path, passage) -> None:  # type: ignore[no-untyped-def]
    texts = [passage("加强安全管理", department=f"{place}教育局", region=place) for place in ("青川县", "白石区")]
    index = build(tmp_path, [*texts, passage("加强安全管理", department="白石区水利局", region="白石区")])
    assert ordinals(search(index, "青川县的安全", 1)) == [0]
    assert ordinals(search(index, "水利局安全管理", 1)) == [2]
    assert ordinals(search(index, "白石区教育局安全", 1)) == [1]


def test_words_in_quotation_marks_stand_just_so(tmp_path: Path, passage) -> None:  # type: ignore[no-untyped-def]
    index = build(tmp_path, [passage("信访和投诉"), passage("投诉和信访"), passage("投诉，和信访")])
    held = index.holding("“投诉和信访”")
    assert held is not None
    assert held.tolist() == [1, 2]
    assert index.holding("投诉和信访") is None


def test_passages_are_taken_out_and_added_without_a_rebuild(tmp_path: Path, passage) -> None:  # type: ignore[no-untyped-def]
    build(tmp_path, [passage(text) for text in TEXTS])
    writer = lexical.write(tmp_path, "")
    writer.remove(np.array([5]))
    writer.add(np.array([9]), [passage("学前教育经费保障")])
    writer.close()
    index = lexical.load(tmp_path, "")
    assert len(index) == len(TEXTS)
    assert set(ordinals(search(index, "学前教育", 10))) == {4, 9}


def test_an_index_of_another_segmenter_is_not_current(tmp_path: Path, passage) -> None:  # type: ignore[no-untyped-def]
    build(tmp_path, [passage("路灯")])
    assert lexical.is_current(tmp_path, "")
    (tmp_path / "segmenter.txt").write_text("another")
    assert not lexical.is_current(tmp_path, "")
    with pytest.raises(WorkspaceError, match="old-index"):
        lexical.load(tmp_path, "")


def test_a_query_of_no_words_finds_nothing(tmp_path: Path, passage) -> None:  # type: ignore[no-untyped-def]
    index = build(tmp_path, [passage("路灯")])
    for query in ("", "？！", "“”", '"'):
        assert ordinals(search(index, query, 5)) == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_filtering_first_is_filtering_the_whole_ranking(data: st.DataObject, tmp_path_factory, passage) -> None:  # type: ignore[no-untyped-def]
    characters = st.text(alphabet="水库学校路灯医院", min_size=1, max_size=8)
    texts = data.draw(st.lists(characters, min_size=1, max_size=20))
    query = data.draw(characters)
    index = build(tmp_path_factory.mktemp("lexical"), [passage(text) for text in texts])
    allowed = np.array(sorted(data.draw(st.sets(st.integers(0, len(texts) - 1), min_size=1))))
    everything = search(index, query, len(texts))
    for even in (10**6, 0):  # both ways of filtering
        lexical._EVEN = even
        found, kept = search(index, query, len(texts), allowed), np.isin(everything.ordinals, allowed)
        assert ordinals(found) == everything.ordinals[kept].tolist()
        assert found.scores.tolist() == everything.scores[kept].tolist()
    lexical._EVEN = 1.0
