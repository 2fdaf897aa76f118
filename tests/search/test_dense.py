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
from search.retrievers import dense, search
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
    found = search(index, "信访投诉", 3)
    assert (found.ordinals[0], found.scores[0]) == (4, pytest.approx(1.0, abs=1e-3))
    assert len(found.ordinals) == 3


def test_passages_are_taken_out_and_added_without_a_rebuild(tmp_path: Path, tiny_model: str) -> None:
    build(tmp_path, tiny_model)
    writer = dense.write(tmp_path, tiny_model)
    writer.remove(np.array([4]))
    writer.add(np.array([11]), made(("信访",)))
    writer.close()
    index = dense.load(tmp_path, tiny_model)
    assert len(index) == len(TEXTS)
    assert search(index, "信访", 1).ordinals.tolist() == [11]


def test_nothing_in_it_is_pickled(tmp_path: Path, tiny_model: str) -> None:
    build(tmp_path, tiny_model)
    files = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert files == {"segments.json", "removed.npy", "ordinals.npy", "vectors.faiss", "digests.npy"}


def test_a_changed_model_is_noticed(tmp_path: Path, tiny_model: str, other_model: str) -> None:
    build(tmp_path / "index", tiny_model)
    assert dense.is_current(tmp_path / "index", tiny_model)
    assert not dense.is_current(tmp_path / "index", other_model)
    with pytest.raises(ModelError) as error:
        dense.load(tmp_path / "index", other_model)
    assert error.value.code == "model-changed"


def test_damaged_vectors_are_an_error_not_a_crash(tmp_path: Path, tiny_model: str) -> None:
    build(tmp_path, tiny_model)
    (tmp_path / "000001" / "vectors.faiss").write_bytes(b"IxMp" + b"\0" * 20)
    with pytest.raises(WorkspaceError):
        dense.load(tmp_path, tiny_model)


def test_an_empty_index_finds_nothing(tmp_path: Path, tiny_model: str) -> None:
    assert len(build(tmp_path, tiny_model, ()).find("水库", 5)) == 0


@pytest.mark.parametrize("compared", [10**9, 200])
def test_a_segment_of_any_form_is_searched_changed_and_filtered(
    tmp_path: Path, tiny_model: str, monkeypatch: pytest.MonkeyPatch, compared: int
) -> None:
    monkeypatch.setattr(dense, "COMPARED", compared)
    monkeypatch.setattr(dense, "_SINGLY", 3)
    texts = tuple(dict.fromkeys(a + b + c for a in "水库防汛学校" for b in "车医院看病" for c in "道路灯投诉信访"))
    build(tmp_path, tiny_model, texts[:40])
    writer = dense.write(tmp_path, tiny_model)
    writer.add(np.arange(40, len(texts)), made(texts[40:]))
    writer.close()
    index = dense.load(tmp_path, tiny_model)
    assert len(index) == len(texts)
    for place in (3, 45, len(texts) - 1):
        assert place in search(index, texts[place], 3).ordinals
        for allowed in ([place], [place, *range(50, 60)]):
            found = search(index, texts[place], 3, np.unique(allowed))
            assert (found.ordinals[0], found.scores[0]) == (place, pytest.approx(1.0, abs=1e-3))
    writer = dense.write(tmp_path, tiny_model)
    writer.remove(np.arange(40))
    writer.close()
    index = dense.load(tmp_path, tiny_model)
    assert len(index) == len(texts) - 40
    assert min(search(index, texts[3], len(texts)).ordinals) == 40


def test_a_text_that_was_embedded_before_is_not_embedded_again(tmp_path: Path, tiny_model: str) -> None:
    build(tmp_path, tiny_model)
    model, asked = load_model(tiny_model), []

    class Watched:
        identity, dimension = model.identity, model.dimension

        def encode_passages(self, texts: list[str]) -> object:
            asked.extend(texts)
            return model.encode_passages(texts)

    writer = dense.write(tmp_path, tiny_model)
    writer._model = Watched()  # type: ignore[assignment]
    writer.remove(np.arange(len(TEXTS)))
    writer.add(np.arange(10, 10 + len(TEXTS)), made(TEXTS))
    writer.add(np.array([20, 21]), made(("新的预算", "新的预算")))
    writer.close()
    assert asked == ["新的预算"]
    index = dense.load(tmp_path, tiny_model)
    assert search(index, "信访投诉", 1).ordinals.tolist() == [14]
    assert search(index, "新的预算", 2).ordinals.tolist() == [20, 21]


def test_progress_counts_every_passage_once(tmp_path: Path, tiny_model: str) -> None:
    told: list[int] = []
    writer = dense.write(tmp_path, tiny_model, told.append)
    writer.add(np.arange(len(TEXTS)), made(TEXTS))
    writer.close()
    assert sum(told) == len(TEXTS)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_filtering_first_is_filtering_the_whole_ranking(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory, tiny_model: str
) -> None:
    texts = tuple(data.draw(st.lists(st.text("水库防汛学校车", min_size=1, max_size=6), min_size=1, max_size=20)))
    query = data.draw(st.text("水库防汛学校车", min_size=1, max_size=6))
    index = build(tmp_path_factory.mktemp("dense"), tiny_model, texts)
    allowed = np.array(sorted(data.draw(st.sets(st.integers(0, len(texts) - 1), min_size=1))))
    whole, found = search(index, query, len(texts)), search(index, query, len(texts), allowed)
    kept = np.isin(whole.ordinals, allowed)
    assert found.ordinals.tolist() == whole.ordinals[kept].tolist()
    assert found.scores.tolist() == whole.scores[kept].tolist()


def test_faiss_is_not_imported_before_it_is_needed() -> None:
    code = "import sys, search.index; assert 'faiss' not in sys.modules and 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


def test_the_model_is_loaded_once(tiny_model: str) -> None:
    assert load_model(tiny_model) is load_model(tiny_model)
