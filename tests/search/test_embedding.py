"""Embedding models behind their one seam."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from kg.errors import ModelError
from search.embedding import load_model

TEXTS = ["水库防汛", "学校和校车", "", "hello 水"]


@pytest.fixture(scope="module")
def saved_static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A static model as sentence-transformers itself saves it."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding

    vocabulary = {char: i for i, char in enumerate(["[UNK]", *"水库防汛学校车查"])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    table = np.random.default_rng(3).normal(size=(len(vocabulary), 12)).astype(np.float32)
    model = SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_weights=table), Normalize()],
        prompts={"query": "查"},
        device="cpu",
    )
    folder = tmp_path_factory.mktemp("static") / "model"
    model.save(str(folder))
    return folder


def test_the_short_way_gives_the_vectors_of_sentence_transformers(saved_static: Path) -> None:
    from sentence_transformers import SentenceTransformer

    theirs = SentenceTransformer(str(saved_static), device="cpu")
    ours = load_model(str(saved_static))
    assert np.abs(ours.encode_passages(TEXTS) - theirs.encode_document(TEXTS)).max() < 1e-5
    assert np.abs(ours.encode_query("水库") - theirs.encode_query("水库")).max() < 1e-5


def test_a_static_model_knows_single_words(saved_static: Path) -> None:
    words = load_model(str(saved_static)).words
    assert words is not None
    (tokens,) = words.tokens(["水库水"])
    assert len(tokens) == 3
    assert tokens[0] == tokens[2]
    assert words.directions(tokens).shape == (3, 12)


def test_the_short_way_imports_no_torch(saved_static: Path) -> None:
    code = (
        "import sys; from search.embedding import load_model\n"
        f"load_model({str(saved_static)!r}).encode_query('水库')\n"
        "assert 'torch' not in sys.modules and 'sentence_transformers' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


@pytest.fixture(scope="module")
def saved_transformer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny transformer in a folder, as a hub name would bring it."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    base = tmp_path_factory.mktemp("transformer")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"水库防汛学校车"]
    (base / "vocab.txt").write_text("\n".join(words), "utf-8")
    BertTokenizerFast(str(base / "vocab.txt")).save_pretrained(base / "bert")
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16
    )
    BertModel(config).save_pretrained(base / "bert")
    bert = Transformer(str(base / "bert"))
    SentenceTransformer(modules=[bert, Pooling(16)], device="cpu").save(str(base / "model"))
    return base / "model"


def test_any_other_model_goes_through_sentence_transformers(
    saved_transformer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    model = load_model(str(saved_transformer))
    vectors = model.encode_passages(["水库", "学校"])
    assert vectors.shape == (2, model.dimension) == (2, 16)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.allclose(model.encode_query("水库"), vectors[0], atol=1e-5)
    assert model.identity.startswith("model:")
    assert model.words is None


@pytest.mark.parametrize("name", ["/nowhere/model", "./nowhere", "nobody/no-such-model"])
def test_a_missing_model_says_what_to_do(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import huggingface_hub.constants

    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError) as error:
        load_model(name)
    assert error.value.code == "model-missing"
    assert "模型" in error.value.message


def test_identity_follows_the_weights_and_not_the_card(saved_static: Path, tmp_path: Path) -> None:
    import shutil

    copy = tmp_path / "model"
    shutil.copytree(saved_static, copy)
    (copy / "README.md").write_text("another card")
    assert load_model(str(copy)).identity == load_model(str(saved_static)).identity
    load_model.cache_clear()
    with (copy / "model.safetensors").open("r+b") as weights:
        weights.seek(-4, 2)
        weights.write(b"\0\0\0\0")
    assert load_model(str(copy)).identity != load_model(str(saved_static)).identity


def test_a_damaged_model_is_an_error_of_ours(saved_static: Path, tmp_path: Path) -> None:
    import shutil

    copy = tmp_path / "model"
    shutil.copytree(saved_static, copy)
    (copy / "model.safetensors").write_bytes(b"no weights")
    with pytest.raises(ModelError) as error:
        load_model(str(copy))
    assert error.value.code == "model-damaged"
