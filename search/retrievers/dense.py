"""Meaning: embeddings of passages, kept by faiss, compared by cosine.

Up to some 10^5 passages every vector is compared, which is exact under any filter; beyond, the
vectors lie in cells of which an open query visits a few, and a filtered one more, the more the
filter leaves out. Which model made the vectors is written beside them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.errors import ModelError, WorkspaceError
from search.embedding import load_model
from search.passage import Passage
from search.retrievers import Found, Ordinals

WEIGHT = 1.0
EXACT = 20_000  # passages up to which vectors are kept as they are
COMPARED = 300_000  # passages up to which every vector, then of one byte a dimension, is compared
_VISITED = 32  # cells that an open query visits
_VECTORS, _ABOUT = "vectors.faiss", "about.json"
Vectors = NDArray[np.float32]


class DenseIndex:
    """The index in `folder`, opened for reading. ModelError `model-changed` where `model` is not
    the one that made its vectors."""

    def __init__(self, folder: Path, model: str) -> None:
        self._model = load_model(model)
        if not is_current(folder, model):
            message = "索引里的向量出自另一个模型：运行 jixiao build --again 重建，或换回原来的模型"
            raise ModelError("model-changed", message, file=model)
        self._vectors = _read(folder, mapped=True)

    def __len__(self) -> int:
        return int(self._vectors.ntotal)

    def search(self, query: str, k: int, allowed: Ordinals | None = None) -> Found:
        """The `k` passages nearest to `query`, of all or of `allowed`, with their cosines."""
        return self.nearest(self._model.encode_query(query), k, allowed)

    def nearest(self, vector: Vectors, k: int, allowed: Ordinals | None = None) -> Found:
        """The `k` passages nearest to `vector`, which has length 1."""
        most = min(k, len(self) if allowed is None else len(allowed))
        if most == 0:
            return []
        scores, ordinals = self._vectors.search(vector[None, :], most, params=self._scope(allowed))
        found = [(int(o), max(0.0, float(s))) for o, s in zip(ordinals[0], scores[0], strict=True) if o >= 0]
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))

    def scores(self, query: str, ordinals: Ordinals) -> dict[int, float]:
        """The cosines of just these passages."""
        return dict(self.search(query, len(ordinals), ordinals))

    def holding(self, query: str) -> None:
        """A vector does not know where words stand."""

    def _scope(self, allowed: Ordinals | None) -> Any:
        """Which vectors a search looks at."""
        faiss = _faiss()
        selector = None if allowed is None else faiss.IDSelectorBitmap(_bits(allowed))
        cells = getattr(faiss.downcast_index(self._vectors), "nlist", None)
        if cells is None:
            return faiss.SearchParameters(sel=selector)
        share = 1.0 if allowed is None else len(allowed) / len(self)
        return faiss.SearchParametersIVF(sel=selector, nprobe=min(cells, int(_VISITED / share**2)))


class DenseWriter:
    """The index in `folder`, opened for writing: made where there is none."""

    def __init__(self, folder: Path, model: str) -> None:
        folder.mkdir(exist_ok=True)
        self._folder, self._model = folder, load_model(model)
        self._vectors: Any = None
        self._fresh: list[tuple[Ordinals, Vectors]] = []
        if (folder / _ABOUT).exists():
            self._vectors = _read(folder, mapped=False)

    def remove(self, ordinals: Ordinals) -> None:
        if self._vectors is not None and len(ordinals):
            self._vectors.remove_ids(_faiss().IDSelectorBatch(ordinals))

    def add(self, ordinals: Ordinals, passages: Sequence[Passage]) -> None:
        if len(ordinals):
            self._fresh.append((ordinals, self._model.encode_passages([p.embedded for p in passages])))

    def close(self) -> None:
        size = sum(len(ordinals) for ordinals, _ in self._fresh)
        size += 0 if self._vectors is None else self._vectors.ntotal
        form, before = _form(size), "" if self._vectors is None else _about(self._folder)["form"]
        if _FORMS.index(form) > _FORMS.index(before):  # one that shrinks keeps its form
            self._reshape(form)
        else:
            form = before
        for ordinals, vectors in self._fresh:
            self._vectors.add_with_ids(vectors, ordinals)
        _faiss().write_index(self._vectors, str(self._folder / (_VECTORS + ".new")))
        about = {"model": self._model.identity, "dimension": self._model.dimension, "form": form}
        (self._folder / (_ABOUT + ".new")).write_text(json.dumps(about), "utf-8")
        for name in (_VECTORS, _ABOUT):
            (self._folder / (name + ".new")).replace(self._folder / name)

    def _reshape(self, form: str) -> None:
        """Begin an index of another form with all vectors there are."""
        if self._vectors is not None and self._vectors.ntotal:
            ordinals = _faiss().vector_to_array(self._vectors.id_map)
            self._fresh.insert(0, (ordinals, self._vectors.reconstruct_batch(ordinals)))
        vectors = [vectors for _, vectors in self._fresh]
        self._vectors = _empty(form, self._model.dimension, np.concatenate(vectors) if vectors else None)


def write(folder: Path, model: str) -> DenseWriter:
    return DenseWriter(folder, model)


def load(folder: Path, model: str) -> DenseIndex:
    return DenseIndex(folder, model)


def suits(model: str) -> bool:
    return True


def is_current(folder: Path, model: str) -> bool:
    return bool(_about(folder)["model"] == load_model(model).identity)


_FORMS = ("", "flat", "bytes", "cells")  # from none to the largest


def _form(size: int) -> str:
    if size <= EXACT:
        return "flat"
    return "bytes" if size <= COMPARED else "cells"


def _empty(form: str, dimension: int, sample: Vectors | None) -> Any:
    """An empty index of `form`, made for vectors like those of `sample`."""
    faiss = _faiss()
    cells = 0 if sample is None else 1 << round(np.log2(4 * np.sqrt(len(sample))))
    recipe = {"flat": "IDMap2,Flat", "bytes": "IDMap2,SQ8", "cells": f"IVF{cells},SQ8"}[form]
    index = faiss.index_factory(dimension, recipe, faiss.METRIC_INNER_PRODUCT)
    if form == "cells":
        index.cp.niter = 8
        index.cp.max_points_per_centroid = 64
    if sample is not None:
        index.train(sample)
    return index


def _read(folder: Path, *, mapped: bool) -> Any:
    """The vectors in `folder`: mapped from the file for reading, in memory for writing."""
    faiss = _faiss()
    try:
        return faiss.read_index(str(folder / _VECTORS), faiss.IO_FLAG_MMAP_IFC if mapped else 0)
    except RuntimeError as error:
        raise WorkspaceError("damaged", "向量索引已损坏，请重建", file=str(folder / _VECTORS)) from error


def _about(folder: Path) -> dict[str, Any]:
    try:
        about: dict[str, Any] = json.loads((folder / _ABOUT).read_bytes())
    except (OSError, ValueError) as error:
        raise WorkspaceError("damaged", "向量索引的说明缺失或损坏，请重建", file=str(folder / _ABOUT)) from error
    return about


def _bits(allowed: Ordinals) -> NDArray[np.uint8]:
    """A set of ordinals as bits, the lowest first."""
    flags = np.zeros(int(allowed.max()) + 1, dtype=np.uint8)
    flags[allowed] = 1
    return np.packbits(flags, bitorder="little")


def _faiss() -> Any:
    """faiss takes a sixth of a second to import, which only those who search by meaning should pay."""
    import faiss  # noqa: PLC0415

    faiss.omp_set_num_threads(1)  # with two, one busy neighbour makes a query three times slower
    return faiss
