"""A cross-encoder behind its seam."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from kg.errors import ModelError
from kg.text import Span
from search import reranking
from search.index import SearchIndex, drafting
from search.passage import Passage
from search.reranking import load_reranker

TEXTS = ("水库防汛", "学校校车", "医院看病", "水库学校")


@pytest.fixture(scope="module")
def saved_cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny cross-encoder in a folder, as a hub name would bring it."""
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder = tmp_path_factory.mktemp("cross") / "encoder"
    folder.mkdir()
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"水库防汛学校车医院看病"]
    (folder / "vocab.txt").write_text("\n".join(words), "utf-8")
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        num_labels=1,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


@pytest.fixture
def folder(tmp_path: Path, tiny_model: str) -> Path:
    with drafting(tmp_path, tiny_model) as draft:
        passages = [
            Passage(report="甲", sha256="甲", span=Span(9 * i, 9 * i + len(t)), text=t, sentence=t, kind="duty")
            for i, t in enumerate(TEXTS)
        ]
        draft.add(passages, lambda passage: f"https://example.org/{passage.span.start}")
    return tmp_path


def test_a_cross_encoder_says_how_well_each_text_fits(
    saved_cross_encoder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    reranker = load_reranker(str(saved_cross_encoder))
    scores = reranker.scores("水库", TEXTS)
    assert scores.shape == (4,)
    assert ((scores >= 0) & (scores <= 1)).all()
    assert reranker.scores("水库", TEXTS[1:2]) == pytest.approx(scores[1:2], abs=1e-5)
    assert len(reranker.scores("水库", [])) == 0


def test_its_word_counts_and_is_told_in_the_reason(
    folder: Path, tiny_model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Contrary:
        def scores(self, query: str, texts: Sequence[str]) -> np.ndarray:
            return np.array([float("学校" in text and "水库" in text) for text in texts])

    monkeypatch.setattr(reranking, "load_reranker", lambda name: Contrary())
    plain, read = SearchIndex.open(folder), SearchIndex.open(folder, reranker="any")
    assert plain.search("水库防汛", 1)[0].passage.text == "水库防汛"
    hit = read.search("水库防汛", 1)[0]
    assert hit.passage.text == "水库学校"
    assert "重排" in hit.reason


def test_a_missing_reranker_says_what_to_do(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import huggingface_hub.constants

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError) as error:
        SearchIndex.open(folder, reranker="nobody/no-such-reranker").search("水库")
    assert error.value.code == "model-missing"
