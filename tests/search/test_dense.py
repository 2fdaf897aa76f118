"""The vector index, on disk."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ModelError, WorkspaceError
from kg.text import Span
from search.embedding import load_model
from search.passage import Passage
from search.retrievers import dense
from search.retrievers.dense import DenseIndex

TEXTS = ("水库防汛", "学校校车", "医院看病", "道路路灯", "投诉信访", "预算")


def made(texts: tuple[str, ...]) -> list[Passage]:
    return [
        Passage(report="甲", sha256="甲", span=Span(i, i + 1), text=t[:1], sentence=t, kind="duty")
        for i, t in enumerate(texts)
    ]


def build(folder: Path, model: str, texts: tuple[str, ...] = TEXTS) -> DenseIndex:
    writer = dense.write(folder, model)
    writer.add(np.arange(len(texts)), made(texts))
    writer.close()
    return dense.load(folder, model)


def test_the_nearest_passage_comes_first_with_its_cosine(tmp_path: Path, tiny_model: str) -> None:
    index = build(tmp_path, tiny_model)
    found = index.search("信访投诉", 3)
    assert found[0] == (4, pytest.approx(1.0, abs=1e-5))
    assert len(found) == 3


def test_passages_are_taken_out_and_added_without_a_rebuild(tmp_path: Path, tiny_model: str) -> None:
    build(tmp_path, tiny_model)
    writer = dense.write(tmp_path, tiny_model)
    writer.remove(np.array([4]))
    writer.add(np.array([11]), made(("信访",)))
    writer.close()
    index = dense.load(tmp_path, tiny_model)
    assert len(index) == len(TEXTS)
    assert index.search("信访", 1)[0][0] == 11


def test_nothing_in_it_is_pickled(tmp_path: Path, tiny_model: str) -> None:
    build(tmp_path, tiny_model)
    assert {path.name for path in tmp_path.iterdir()} == {"vectors.faiss", "about.json"}


def test_a_changed_model_is_noticed(tmp_path: Path, tiny_model: str, other_model: str) -> None:
    build(tmp_path / "index", tiny_model)
    assert dense.is_current(tmp_path / "index", tiny_model)
    assert not dense.is_current(tmp_path / "index", other_model)
    with pytest.raises(ModelError) as error:
        dense.load(tmp_path / "index", other_model)
    assert error.value.code == "model-changed"


def test_damaged_vectors_are_an_error_not_a_crash(tmp_path: Path, tiny_model: str) -> None:
    build(tmp_path, tiny_model)
    (tmp_path / "vectors.faiss").write_bytes(b"IxMp" + b"\0" * 20)
    with pytest.raises(WorkspaceError):
        dense.load(tmp_path, tiny_model)


def test_an_empty_index_finds_nothing(tmp_path: Path, tiny_model: str) -> None:
    assert build(tmp_path, tiny_model, ()).search("水库", 5) == []


@pytest.mark.parametrize(("exact", "compared", "form"), [(50, 10**9, "bytes"), (50, 200, "cells")])
def test_an_index_that_grows_changes_its_form_and_still_finds(
    tmp_path: Path, tiny_model: str, monkeypatch: pytest.MonkeyPatch, exact: int, compared: int, form: str
) -> None:
    monkeypatch.setattr(dense, "EXACT", exact)
    monkeypatch.setattr(dense, "COMPARED", compared)
    texts = tuple(dict.fromkeys(a + b + c for a in "水库防汛学校" for b in "车医院看病" for c in "道路灯投诉信访"))
    build(tmp_path, tiny_model, texts[:40])
    writer = dense.write(tmp_path, tiny_model)
    writer.add(np.arange(40, len(texts)), made(texts[40:]))
    writer.close()
    assert f'"form": "{form}"' in (tmp_path / "about.json").read_text()
    index = dense.load(tmp_path, tiny_model)
    assert len(index) == len(texts)
    for place in (3, 45, len(texts) - 1):
        assert place in [ordinal for ordinal, _ in index.search(texts[place], 3)]
        assert index.search(texts[place], 3, np.array([place])) == [(place, pytest.approx(1.0, abs=0.02))]
    writer = dense.write(tmp_path, tiny_model)
    writer.remove(np.arange(40))
    writer.close()
    assert len(dense.load(tmp_path, tiny_model)) == len(texts) - 40


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_filtering_first_is_filtering_the_whole_ranking(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory, tiny_model: str
) -> None:
    texts = tuple(data.draw(st.lists(st.text("水库防汛学校车", min_size=1, max_size=6), min_size=1, max_size=20)))
    query = data.draw(st.text("水库防汛学校车", min_size=1, max_size=6))
    index = build(tmp_path_factory.mktemp("dense"), tiny_model, texts)
    allowed = np.array(sorted(data.draw(st.sets(st.integers(0, len(texts) - 1), min_size=1))))
    whole = index.search(query, len(texts))
    assert index.search(query, len(texts), allowed) == [hit for hit in whole if hit[0] in allowed]


def test_faiss_is_not_imported_before_it_is_needed() -> None:
    code = "import sys, search.index; assert 'faiss' not in sys.modules and 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


def test_the_model_is_loaded_once(tiny_model: str) -> None:
    assert load_model(tiny_model) is load_model(tiny_model)
