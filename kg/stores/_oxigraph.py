"""Oxigraph seen through rdflib, on disk or in memory."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from oxrdflib import OxigraphStore
from pyoxigraph import Literal, NamedNode, Quad, Store
from rdflib import Dataset
from rdflib import Literal as RdflibLiteral
from rdflib.term import Node

from kg.graph.dataset import bind


class _Store(OxigraphStore):
    """oxrdflib's store, but what is added is one transaction, and nobody is told of each triple."""

    def __init__(self, store: Store, flushes: bool) -> None:
        super().__init__(store=store)
        self._flushes = flushes

    def addN(self, quads: Iterable[Any]) -> None:  # noqa: N802  (rdflib's name)
        term = cache(_term)  # the same few things are named again and again
        self._inner.extend([Quad(term(s), term(p), term(o), term(g.identifier)) for s, p, o, g in quads])

    def close(self, commit_pending_transaction: bool = False) -> None:
        """Push everything to the disk and let go of it; to close again does nothing."""
        store, self._store = self._store, None
        if store is not None and self._flushes:
            store.flush()


def _term(term: Node) -> Any:
    if isinstance(term, RdflibLiteral):
        datatype = NamedNode(term.datatype) if term.datatype else None
        return Literal(str(term), datatype=datatype, language=term.language)
    return NamedNode(str(term))


def dataset(store: Store, *, flushes: bool = False) -> Dataset:
    """`store` as a dataset whose default graph is the union of all; `flushes` when it is closed."""
    return bind(Dataset(store=_Store(store, flushes), default_union=True))
