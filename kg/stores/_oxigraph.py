"""Oxigraph seen through rdflib, on disk or in memory.

The default graph is kept as the union of all named graphs. Oxigraph can also compute the union,
but then a triple that two reports state (the name of their department) is there twice, and every
count over it is wrong. What is written by SPARQL update is not followed: reports come and go by
`kg.graph`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from itertools import chain
from typing import IO, Any

from oxrdflib import OxigraphStore
from pyoxigraph import (
    DefaultGraph,
    Literal,
    Quad,
    QueryResultsFormat,
    QueryTriples,
    RdfFormat,
    Store,
    serialize,
)
from rdflib import Dataset, Graph, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.query import Result

from kg.graph.dataset import PREFIXES, bind
from kg.graph.lines import END, term
from kg.graph.statements import READ

_TABLES: Mapping[str, QueryResultsFormat] = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
_GRAPHS: Mapping[str, RdfFormat] = {
    "turtle": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
    "trig": RdfFormat.TRIG,
}
_LOADS = 4  # of the engine's, after which it lets go of what it has read of its files
_LARGE = 1 << 24  # bytes of one graph, of which no copy is made to write it together with others
_HELD = 50_000  # triples; the engine holds what is written at about 2 kB each until it must let go


class _Store(OxigraphStore):
    """oxrdflib's store, but what is added is one transaction, nobody is told of each triple, and
    the default graph follows."""

    def __init__(self, store: Store, folder: str) -> None:
        super().__init__(store=store)
        self._folder = folder
        self._waiting = 0  # triples written and held in memory
        self._loads = 0

    def add(self, triple: Any, context: Graph, quoted: bool = False) -> None:
        self.addN([(*triple, context)])

    def addN(self, quads: Iterable[Any]) -> None:  # noqa: N802  (rdflib's name)
        made = cache(term)  # the same few things are named again and again
        found = [Quad(made(s), made(p), made(o), _name(g)) for s, p, o, g in quads]
        self._inner.extend([*found, *map(_in_default, found)])
        self._waiting += len(found)
        if self._folder and self._waiting > _HELD:
            self._inner.flush()
            self._waiting = 0

    def load(self, graphs: Mapping[URIRef, bytes]) -> None:
        """Write named graphs, none of them there yet, each given as N-Triples. They become files of the
        store at once, at half the cost of adding them; every time costs some, so many should come together."""
        small = {name: lines for name, lines in graphs.items() if len(lines) <= _LARGE}
        quads = ((lines.replace(END, b" <%b>%b" % (name.encode(), END)), lines) for name, lines in small.items())
        self._inner.bulk_load(b"".join(chain.from_iterable(quads)), format=RdfFormat.N_QUADS)
        for name in graphs.keys() - small.keys():
            for place in (term(name), DefaultGraph()):
                self._inner.bulk_load(graphs[name], format=RdfFormat.N_TRIPLES, to_graph=place)
        self._loads += 1
        if self._folder and self._loads % _LOADS == 0:
            self._let_go()

    def _let_go(self) -> None:
        """Open the store anew: the engine keeps what queries read of its files until it is closed, a quarter
        of a megabyte for every report."""
        self._inner.flush()
        self._store = None  # so that the engine is closed before the next is opened
        self._store = Store(self._folder)

    def remove(self, triple: Any, context: Graph | None = None) -> None:
        s, p, o = (None if part is None else term(part) for part in triple)
        for quad in list(self._inner.quads_for_pattern(s, p, o, _name(context) if context else None)):
            if not self._shared(quad):
                self._inner.remove(_in_default(quad))
            self._inner.remove(quad)

    def remove_graph(self, graph: Graph) -> None:
        name = _name(graph)
        if next(self._inner.quads_for_pattern(None, None, None, name), None) is None:
            return
        elsewhere = [
            _in_default(quad) for quad in self._inner.quads_for_pattern(None, None, None, name) if self._shared(quad)
        ]
        self._inner.update(f"DELETE {{ ?s ?p ?o }} WHERE {{ GRAPH {name} {{ ?s ?p ?o }} }} ; DROP SILENT GRAPH {name}")
        self._inner.extend(elsewhere)

    def query(self, query: Any, initNs: Any, initBindings: Any, queryGraph: str, **kwargs: object) -> Result:  # noqa: N803
        graph = DATASET_DEFAULT_GRAPH_ID if queryGraph == "__UNION__" else queryGraph  # rdflib's word for the union
        result = super().query(query, initNs, initBindings, graph, **kwargs)
        if result.type == "SELECT":
            # rdflib keeps every row in any case; the engine's end of it must not be left to the garbage
            # collector, which may come by in another thread than the one that asked.
            result.bindings = list(result.bindings)
        return result

    def write_result(self, query: str, prefixes: Mapping[str, str], wanted: Sequence[str], out: IO[bytes]) -> str:
        """Write what `query` gives to `out` in the first of the formats `wanted` that fits it, in the
        usual one where nothing is wanted; the format, empty where none fits. Written by the engine as it
        finds it: no term is made here. SyntaxError or ValueError where it cannot be run."""
        result = self._inner.query(query, prefixes=dict(prefixes))
        if isinstance(result, QueryTriples):
            format = _first(wanted, _GRAPHS)
            if format:
                serialize(result, out, format=_GRAPHS[format], prefixes=PREFIXES)
        else:
            format = _first(wanted, _TABLES)
            if format:
                result.serialize(out, format=_TABLES[format])
        return format

    def select(self, query: str, prefixes: Mapping[str, str]) -> tuple[tuple[str, ...], Iterator[tuple[Any, ...]]]:
        """The variables of a SELECT query and its rows as plain values (kg.graph.statements.Value), None where
        nothing is bound: rdflib's terms cost ten times as much as the rows."""
        result: Any = self._inner.query(query, prefixes=dict(prefixes))
        return tuple(v.value for v in result.variables), (tuple(map(_value, row)) for row in result)

    def _shared(self, quad: Quad) -> bool:
        """Whether another named graph holds the same triple."""
        places = self._inner.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        return any(place.graph_name not in (quad.graph_name, DefaultGraph()) for place in places)

    def close(self, commit_pending_transaction: bool = False) -> None:
        """Push everything to the disk and let go of it; to close again does nothing."""
        if self._store is not None and self._folder:
            self._store.flush()
            self._store = None
            # The log of what was flushed, often larger than the data, goes when the store is next opened.
            with suppress(OSError):
                Store(self._folder)
        self._store = None


def _first(wanted: Sequence[str], known: Mapping[str, object]) -> str:
    return next((name for name in wanted or known if name in known), "")


def _value(given: Any) -> Any:
    if isinstance(given, Literal):
        read = READ.get(given.datatype.value)
        return read(given.value) if read else given.value
    return None if given is None else given.value


def _name(graph: Graph) -> Any:
    return DefaultGraph() if graph.identifier == DATASET_DEFAULT_GRAPH_ID else term(graph.identifier)


def _in_default(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object)


def dataset(store: Store, written: str = "") -> Dataset:
    """`store` as a dataset whose default graph is the union of all; `written` is the folder that it
    is written to, where it is."""
    return bind(Dataset(store=_Store(store, written), default_union=True))
