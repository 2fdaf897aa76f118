"""Text to vectors: one seam for every embedding model.

A model is a folder, or a name on the hub, that sentence-transformers can read. A folder that
holds nothing but a table of token vectors (StaticEmbedding), as the shipped model does, is read
without that library: importing it takes seconds, the table a twentieth of one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from kg.errors import ModelError

DEFAULT = str(Path(__file__).parent / "models" / "jixiao-static")
Vectors = NDArray[np.float32]

_BATCH = 256
# What the makers of a model want put before a query, where the model's own files do not say it.
_QUERY_PROMPTS = dict.fromkeys(
    ("bge-small-zh", "bge-base-zh", "bge-large-zh"), "为这个句子生成表示以用于检索相关文章："
)


class Embedder(Protocol):
    """A loaded model. `identity` names exactly these weights: vectors are only comparable within it."""

    identity: str
    dimension: int

    @property
    def words(self) -> WordVectors | None:
        """Its vectors of single words, where the model knows words out of their sentence."""

    def encode_query(self, text: str) -> Vectors:
        """The vector of a query, of length 1 (0 where the model knows no word of it)."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """One such vector a row for texts that are to be found."""


class WordVectors(Protocol):
    """The vectors of single tokens, which a token keeps whatever stands around it."""

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """The tokens of each text, in order."""

    def directions(self, tokens: Sequence[int] | NDArray[Any]) -> Vectors:
        """Their vectors, one a row, each brought to length 1."""

    def lengths(self, tokens: Sequence[int] | NDArray[Any]) -> Vectors:
        """The lengths of their vectors, none 0; the longer, the more a token says."""


@cache
def load_model(name: str = DEFAULT) -> Embedder:
    """The model in the folder `name`, or of that name on the hub or in its local cache.

    ModelError `model-missing` or `model-damaged`, saying what to do, where it cannot be had."""
    folder = Path(name)
    if not folder.is_dir():
        if name == DEFAULT or folder.is_absolute() or name.startswith("."):
            raise ModelError("model-missing", "找不到向量模型：给出存在的模型文件夹，或重新安装 jixiao", file=name)
        return _Transformer(name, f"{name}")
    if _is_static(folder):
        return _Static(folder)
    return _Transformer(name, _fingerprint(folder))


class _Static:
    """The mean of its tokens' vectors, brought to length 1."""

    def __init__(self, folder: Path) -> None:
        self.identity = _fingerprint(folder)
        module = folder / _modules(folder)[0]["path"]
        try:
            tensors: dict[str, NDArray[Any]] = load_file(module / "model.safetensors")
            self._table = tensors["embedding.weight"]
            self._tokenizer: Tokenizer = Tokenizer.from_file(str(module / "tokenizer.json"))
        except Exception as error:  # tokenizers raises bare Exception
            raise ModelError("model-damaged", "向量模型的文件缺失或损坏，请重新取得模型", file=str(folder)) from error
        self._tokenizer.no_padding()
        self.dimension = int(self._table.shape[1])
        self.words = self
        self._prompts = _prompts(folder)
        # Half precision is slow to read: what was asked for stays, and the rest takes no memory.
        self._directions = np.zeros(self._table.shape, np.float32)
        self._lengths = np.zeros(len(self._table), np.float32)
        self._ids = lru_cache(maxsize=64)(self._tokens)  # one search asks twice

    def encode_query(self, text: str) -> Vectors:
        row: Vectors = _unit(self._mean(self._ids(self._prompts.get("query", "") + text))[None, :])[0]
        return row

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        prompt = self._prompts.get("document", "")
        rows = [self._encode([prompt + t for t in texts[i : i + _BATCH]]) for i in range(0, len(texts), _BATCH)]
        return np.concatenate(rows) if rows else np.zeros((0, self.dimension), np.float32)

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        if len(texts) == 1:
            return [self._ids(texts[0])]
        return [encoding.ids for encoding in self._tokenizer.encode_batch(texts, add_special_tokens=False)]

    def directions(self, tokens: Sequence[int] | NDArray[Any]) -> Vectors:
        return self._directions.take(self._met(tokens), axis=0)

    def lengths(self, tokens: Sequence[int] | NDArray[Any]) -> Vectors:
        return self._lengths.take(self._met(tokens))

    def _met(self, tokens: Sequence[int] | NDArray[Any]) -> NDArray[np.int64]:
        """The tokens, all of which have a length now, and so a direction."""
        tokens = np.asarray(tokens, np.int64)
        new = tokens[self._lengths[tokens] == 0]
        if len(new):
            vectors = self._vectors(new)
            lengths = np.maximum(np.linalg.norm(vectors, axis=1), np.float32(1e-12))
            self._directions[new] = vectors / lengths[:, None]
            self._lengths[new] = lengths  # last, for other threads read without a lock
        return tokens

    def _encode(self, texts: Sequence[str]) -> Vectors:
        return _unit(np.stack([self._mean(tokens) for tokens in self.tokens(texts)]))

    def _mean(self, tokens: Sequence[int]) -> Vectors:
        mean: Vectors = np.add.reduce(self._vectors(tokens), axis=0) / max(len(tokens), 1)
        return mean

    def _tokens(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids

    def _vectors(self, tokens: Sequence[int] | NDArray[Any]) -> Vectors:
        return self._table[np.asarray(tokens, np.int64)].astype(np.float32)


class _Transformer:
    """Any other model, through sentence-transformers."""

    def __init__(self, name: str, identity: str) -> None:
        self._model = _fetched("SentenceTransformer", name)
        self.identity = identity
        self.words = None
        self.dimension = int(self._model.get_embedding_dimension() or 0)
        prompts = {key: value for key, value in self._model.prompts.items() if value}
        known = next((words for part, words in _QUERY_PROMPTS.items() if part in name), "")
        self._prompts = {"query": known} | prompts

    def encode_query(self, text: str) -> Vectors:
        row: Vectors = self._encode([text], "query")[0]
        return row

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts, "document")

    def _encode(self, texts: Sequence[str], use: str) -> Vectors:
        prompt = self._prompts.get(use) or self._prompts.get("passage" if use == "document" else use) or ""
        raw = self._model.encode(list(texts), prompt=prompt, convert_to_numpy=True, show_progress_bar=False)
        return _unit(np.asarray(raw, np.float32).reshape(len(texts), -1))


def crossing(name: str) -> Any:
    """The CrossEncoder in the folder `name` or of that name on the hub. ModelError `model-missing`."""
    return _fetched("CrossEncoder", name)


def _fetched(kind: str, name: str) -> Any:
    import sentence_transformers  # noqa: PLC0415 - takes seconds

    try:
        return getattr(sentence_transformers, kind)(name, trust_remote_code=False)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        message = "这个模型取不到或读不了：检查名称；离线时先把模型文件夹放到本机，再给出它的路径"
        raise ModelError("model-missing", message, file=name) from error


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = vectors / np.maximum(lengths, np.float32(1e-12))
    return unit


def _modules(folder: Path) -> list[dict[str, Any]]:
    try:
        modules: list[dict[str, Any]] = json.loads((folder / "modules.json").read_bytes())
    except (OSError, ValueError):
        return []
    return modules


def _is_static(folder: Path) -> bool:
    """Whether the model is a table of token vectors and nothing more that changes a direction."""
    kinds = [module["type"].rsplit(".", 1)[-1] for module in _modules(folder)]
    return kinds in (["StaticEmbedding"], ["StaticEmbedding", "Normalize"])


def _prompts(folder: Path) -> Mapping[str, str]:
    path = folder / "config_sentence_transformers.json"
    config = json.loads(path.read_bytes()) if path.is_file() else {}
    return {name: words for name, words in config.get("prompts", {}).items() if words}


def _fingerprint(folder: Path) -> str:
    """The folder's name and a digest of all that shapes its vectors (not the card)."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".md" and ".git" not in p.parts):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        with path.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return f"{folder.name}:{digest.hexdigest()[:16]}"
