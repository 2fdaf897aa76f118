"""Meaning: embeddings of passages, kept by faiss, compared by cosine.

A segment of up to some 10^5 passages compares every vector (numbers of half length: as near to
exact as makes no difference, and twice as fast). A larger one goes through codes of a sixteenth of
that length first, and compares the vectors of the best by these; where a filter lets through more
than a few passages, all of theirs. Beside the vectors stand digests of the texts that they were
made from: a text that comes again, as all do when reports are read anew, is not embedded again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.errors import ModelError, WorkspaceError
from search import segments
from search.embedding import load_model
from search.passage import Passage
from search.retrievers import Found, Progress, Scores, best
from search.segments import Ordinals, Segment, Segments
from search.spool import Spool

WEIGHT = 1.0
COMPARED = 60_000  # passages up to which every vector of a segment is compared
LOOKED_AT = (
    500  # of the nearest by their codes, how many are compared for a page of ten: 99 of 100 exact ones are there
)
_FURTHEST = 5_000  # of the nearest by their codes, how many are gone through for those that a filter lets through
_LEARNT = 1 << 15  # vectors from which the codes are learnt
_SINGLY = 2_000  # allowed passages up to which their vectors are looked up one by one
_AT_ONCE = 64  # vectors compared at once: large arrays cost more to be had from the system than to be filled
_ADDED = 1 << 14  # vectors brought to full length at once
_TOGETHER = 256  # texts embedded at once, between two signs of progress
_NOBODY = np.zeros(0, np.int64)
_VECTORS, _CODES, _DIGESTS = "vectors.faiss", "codes.faiss", "digests.npy"
Vectors = NDArray[np.float32]
Rows = NDArray[np.int64]


class _Shelf:
    """The vectors of one segment, mapped from their file."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self._index = _read(segment.folder / _VECTORS)
        self._codes: Any = _read(segment.folder / _CODES) if (segment.folder / _CODES).is_file() else None
        self._rows = _as_rows(self._index)

    def nearest(self, vector: Vectors, k: int, rows: Rows | None = None) -> Found:
        """The `k` nearest, of all that live or of `rows`."""
        if self._codes is not None and (rows is None or len(rows) > _SINGLY):
            near = self._likely(vector, k, rows)
            rows = near if len(near) >= k else rows
        if rows is not None and len(rows) <= _SINGLY:
            return best(self.segment.ordinals[rows], self.cosines(vector, rows), k)
        selector = self._living if rows is None else _selector(rows)
        scope = _faiss().SearchParameters(sel=selector) if selector else None
        most = min(k, len(self.segment) if rows is None else len(rows))
        scores, found = self._index.search(vector[None, :], most, params=scope)
        known = found[0] >= 0
        return Found(self.segment.ordinals[found[0][known]], scores[0][known].astype(np.float64))

    def _likely(self, vector: Vectors, k: int, rows: Rows | None) -> Rows:
        """Of all that live or of `rows` those that are nearest by their codes, ascending: many more than
        `k`, or none where too few of all are allowed."""
        size, allowed = len(self.segment.ordinals), len(self.segment) if rows is None else len(rows)
        reach = min(size, max(LOOKED_AT, 10 * k) * size // max(allowed, 1))
        if reach > max(_FURTHEST, 10 * k):
            return _NOBODY
        _, found = self._codes.search(vector[None, :], reach)
        near: Rows = np.sort(found[0][found[0] >= 0])
        if rows is not None:
            near = near[rows.take(rows.searchsorted(near), mode="clip") == near]
        elif len(self.segment.removed):
            near = near[~np.isin(self.segment.ordinals[near], self.segment.removed)]
        return near

    def cosines(self, vector: Vectors, rows: Rows) -> Scores:
        """The same for a row whatever others are asked for with it."""
        exact = vector.astype(np.float64)
        some = (self._rows[rows[at : at + _AT_ONCE]] for at in range(0, len(rows), _AT_ONCE))
        cosines: Scores = np.concatenate([np.zeros(0), *(one.astype(np.float64) @ exact for one in some)])
        return np.clip(cosines.round(6), 0.0, 1.0)

    def vectors(self, rows: Rows) -> NDArray[np.float16]:
        return self._rows[rows]

    @cached_property
    def digests(self) -> NDArray[np.uint64]:
        digests: NDArray[np.uint64] = np.asarray(np.load(self.segment.folder / _DIGESTS, "r"))
        return digests

    @cached_property
    def _living(self) -> Any:
        """Lets through what is not removed; None where nothing is."""
        return _selector(self.segment.living) if len(self.segment.removed) else None


class DenseIndex:
    """The index in `folder`, opened for reading. ModelError `model-changed` where `model` is not
    the one that made its vectors."""

    def __init__(self, folder: Path, model: str) -> None:
        embedder = load_model(model)
        if segments.opened(folder).about.get("model") != embedder.identity:
            message = "索引里的向量出自另一个模型：用 jixiao build --model 指定模型重建，或换回原来的模型"
            raise ModelError("model-changed", message, file=model)
        if not _is_formed(segments.opened(folder)):
            raise WorkspaceError("old-index", "向量索引是旧的形式；运行 jixiao build 重建", file=str(folder))
        self._segments, self._shelves = _opened(folder)
        self._vector = lru_cache(maxsize=64)(embedder.encode_query)  # one search asks twice

    def __len__(self) -> int:
        return len(self._segments)

    def find(self, query: str, k: int, allowed: Ordinals | None = None) -> Ordinals:
        """The `k` passages nearest to `query`, of all or of `allowed`."""
        vector = self._vector(query)
        if allowed is None:
            found = [shelf.nearest(vector, k) for shelf in self._shelves]
        else:
            found = [self._shelves[n].nearest(vector, k, rows) for n, _, rows in self._segments.rows(allowed)]
        ordinals = np.concatenate([_NOBODY, *(f.ordinals for f in found)])
        if len(found) > 1:
            ordinals = best(ordinals, np.concatenate([f.scores for f in found]), k).ordinals
        ordinals.sort()
        return ordinals

    def scores(self, query: str, ordinals: Ordinals) -> Scores:
        """The cosines of just these passages."""
        vector, scores = self._vector(query), np.zeros(len(ordinals))
        for number, places, rows in self._segments.rows(ordinals):
            scores[places] = self._shelves[number].cosines(vector, rows)
        return scores

    def holding(self, query: str) -> None:
        """A vector does not know where words stand."""


class DenseWriter:
    """The index in `folder`, opened for writing: made where there is none."""

    def __init__(self, folder: Path, model: str, progress: Progress) -> None:
        folder.mkdir(exist_ok=True)
        self._folder, self._model, self._progress = folder, load_model(model), progress
        _, self._before = _opened(folder)
        self._gone: list[Ordinals] = []
        self._fresh, self._digests = Spool(folder, np.int64), Spool(folder, np.uint64)
        self._vectors = Spool(folder, np.float16, self._model.dimension)
        self._waiting: list[str] = []

    def remove(self, ordinals: Ordinals) -> None:
        self._gone.append(ordinals)

    def add(self, ordinals: Ordinals, passages: Sequence[Passage]) -> None:
        self._fresh.add(ordinals)
        self._waiting += [passage.embedded for passage in passages]
        while len(self._waiting) >= 16 * _TOGETHER:
            self._embed(self._waiting[: 16 * _TOGETHER])
            del self._waiting[: 16 * _TOGETHER]

    def close(self) -> None:
        if self._waiting:
            self._embed(self._waiting)
        about = {"model": self._model.identity, "dimension": self._model.dimension}
        gone = np.concatenate([*self._gone, _NOBODY])
        segments.save(self._folder, about, self._fresh.rows(), gone, self._write)

    def _embed(self, texts: Sequence[str]) -> None:
        """Vectors of `texts`, made only for those that are new."""
        digests, first, places = np.unique(list(map(_digest, texts)), return_index=True, return_inverse=True)
        vectors = np.zeros((len(digests), self._model.dimension), np.float16)
        new = np.ones(len(digests), bool)
        for known, remembered in self._remembered(digests):
            vectors[known], new[known] = remembered, False
        missing = np.flatnonzero(new)
        self._progress(len(texts) - len(missing))
        for at in range(0, len(missing), _TOGETHER):
            some = missing[at : at + _TOGETHER]
            vectors[some] = self._model.encode_passages([texts[first[i]] for i in some])
            self._progress(len(some))
        self._digests.add(digests[places])
        self._vectors.add(vectors[places])

    def _remembered(self, digests: NDArray[np.uint64]) -> Iterator[tuple[Rows, NDArray[np.float16]]]:
        """Places in `digests` (ascending) of texts that were embedded before, with their vectors."""
        for shelf in self._before:
            at = np.searchsorted(digests, shelf.digests).clip(max=len(digests) - 1)
            rows = np.flatnonzero(digests[at] == shelf.digests)
            if len(rows):
                yield at[rows], shelf.vectors(rows)

    def _write(self, folder: Path, merged: Sequence[Segment]) -> None:
        shelves = [shelf for shelf in self._before if shelf.segment.folder in {part.folder for part in merged}]
        living = [part.living for part in merged]
        old = [shelf.vectors(rows) for shelf, rows in zip(shelves, living, strict=True)]
        digests = [shelf.digests[rows] for shelf, rows in zip(shelves, living, strict=True)]
        np.save(folder / _DIGESTS, np.concatenate([*digests, self._digests.rows()]))
        for name, index in _filled([*old, self._vectors.rows()]).items():
            _faiss().write_index(index, str(folder / name))


def write(folder: Path, model: str, progress: Progress = lambda done: None) -> DenseWriter:
    return DenseWriter(folder, model, progress)


def load(folder: Path, model: str) -> DenseIndex:
    return DenseIndex(folder, model)


def suits(model: str) -> bool:
    return True


def is_current(folder: Path, model: str) -> bool:
    found = segments.opened(folder)
    return found.about.get("model") == load_model(model).identity and _is_formed(found)


def _is_formed(found: Segments) -> bool:
    """Whether every segment has the files that one of its size is written with."""
    return all(len(part.ordinals) <= COMPARED or (part.folder / _CODES).is_file() for part in found.parts)


def _opened(folder: Path) -> tuple[Segments, list[_Shelf]]:
    found = segments.opened(folder)
    return found, [_Shelf(part) for part in found.parts]


def _digest(text: str) -> np.uint64:
    return np.uint64(int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest()))


def _filled(vectors: Sequence[NDArray[np.float16]]) -> dict[str, Any]:
    """What is written of these vectors, by the name of the file: the vectors, and codes where there are many."""
    faiss = _faiss()
    size, dimension = sum(map(len, vectors)), vectors[0].shape[1]
    files = {_VECTORS: faiss.index_factory(dimension, "SQfp16", faiss.METRIC_INNER_PRODUCT)}
    if size > COMPARED:
        parts = next(n for n in range(max(1, dimension // 4), 0, -1) if dimension % n == 0)
        files[_CODES] = faiss.index_factory(dimension, f"PQ{parts}x4fs", faiss.METRIC_INNER_PRODUCT)
        step = max(1, size // _LEARNT)
        files[_CODES].train(np.concatenate([some[::step] for some in vectors]).astype(np.float32))
    for some in vectors:
        for at in range(0, len(some), _ADDED):
            for index in files.values():
                index.add(some[at : at + _ADDED].astype(np.float32))
    return files


def _read(path: Path) -> Any:
    faiss = _faiss()
    try:
        return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    except RuntimeError as error:
        raise WorkspaceError("damaged", "向量索引已损坏，请重建", file=str(path)) from error


def _as_rows(index: Any) -> NDArray[np.float16]:
    """The vectors as they lie in the file, without faiss, which takes a microsecond for each."""
    codes = _faiss().rev_swig_ptr(index.codes.data(), index.ntotal * index.sa_code_size())
    rows: NDArray[np.float16] = codes.view(np.float16).reshape(index.ntotal, index.d)
    return rows


def _selector(rows: Rows) -> Any:
    """Lets through only these rows."""
    flags = np.zeros(int(rows.max(initial=-1)) + 1, np.uint8)
    flags[rows] = 1
    return _faiss().IDSelectorBitmap(np.packbits(flags, bitorder="little"))


def _faiss() -> Any:
    """faiss takes a sixth of a second to import, which only those who search by meaning should pay."""
    import faiss  # noqa: PLC0415

    faiss.omp_set_num_threads(1)  # with two, one busy neighbour makes a query three times slower
    return faiss
