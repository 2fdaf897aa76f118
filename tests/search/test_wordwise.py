"""Rating passages word by word."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kg.errors import WorkspaceError
from kg.text import Span
from search.passage import Passage
from search.retrievers import wordwise
from search.retrievers.wordwise import WordwiseIndex

TEXTS = ("水库防汛", "水库", "学校", "嗯", "防汛水库和学校")


def made(texts: tuple[str, ...]) -> list[Passage]:
    return [
        Passage(report="甲", sha256="甲", span=Span(i, i + 1), text=t[:1], sentence=t, kind="duty")
        for i, t in enumerate(texts)
    ]


def build(folder: Path, model: str, texts: tuple[str, ...] = TEXTS) -> WordwiseIndex:
    writer = wordwise.write(folder, model)
    writer.add(np.arange(len(texts)), made(texts))
    writer.close()
    return wordwise.load(folder, model)


def test_a_passage_that_says_all_of_the_query_has_1_in_whatever_order(tmp_path: Path, tiny_model: str) -> None:
    scores = build(tmp_path, tiny_model).scores("水库防汛", np.arange(5))
    assert scores[0] == pytest.approx(1, abs=1e-5)
    assert scores[4] == pytest.approx(1, abs=1e-5)
    assert 0 <= scores[2] < scores[1] < 1
    assert 0 <= scores[3] < 1


def test_it_rates_what_others_found_and_finds_nothing_itself(tmp_path: Path, tiny_model: str) -> None:
    index = build(tmp_path, tiny_model)
    assert len(index.find("水库", 10)) == 0
    assert all(index.scores("水库", np.array([1, 3])) > 0)
    assert index.scores("", np.array([1])).tolist() == [0]
    assert len(index.scores("水库", np.array([], dtype=np.int64))) == 0


def test_passages_are_taken_out_and_added_without_a_rebuild(tmp_path: Path, tiny_model: str) -> None:
    before = build(tmp_path, tiny_model).scores("学校", np.array([2]))
    writer = wordwise.write(tmp_path, tiny_model)
    writer.remove(np.array([0, 3]))
    writer.add(np.array([8, 9]), made(("校车", "水库")))
    writer.close()
    index = wordwise.load(tmp_path, tiny_model)
    assert len(index) == 5
    assert index.scores("学校", np.array([2])).tolist() == before.tolist()
    assert index.scores("水库", np.array([9]))[0] == pytest.approx(1, abs=1e-5)


def test_a_changed_model_and_damage_are_noticed(tmp_path: Path, tiny_model: str, other_model: str) -> None:
    build(tmp_path, tiny_model)
    assert wordwise.is_current(tmp_path, tiny_model)
    assert not wordwise.is_current(tmp_path, other_model)
    (tmp_path / "000001" / "tokens.npy").write_bytes(b"\x80\x04N.")
    with pytest.raises(WorkspaceError):
        wordwise.load(tmp_path, tiny_model)
    (tmp_path / "segments.json").unlink()
    assert not wordwise.is_current(tmp_path, tiny_model)


def test_an_empty_index_can_be_opened(tmp_path: Path, tiny_model: str) -> None:
    assert len(build(tmp_path, tiny_model, ())) == 0
