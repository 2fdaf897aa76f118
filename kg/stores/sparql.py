"""Any server with a SPARQL 1.1 endpoint: Oxigraph server, Fuseki, Virtuoso, GraphDB, QLever …

Its default graph must be the union of its named graphs (Oxigraph `--union-default-graph`, Fuseki
`tdb2:unionDefaultGraph true`; Virtuoso and GraphDB are so by nature). A server that does not merge
the graphs of its union gives rows twice that two reports state: count DISTINCT there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.error import URLError

from rdflib import Dataset, Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore
from rdflib.query import Result

from kg.errors import WorkspaceError
from kg.graph.dataset import bind


class _Store(SPARQLUpdateStore):
    """rdflib's store, whose failures say what happened."""

    def query(self, *args: Any, **kwargs: Any) -> Result:
        try:
            result = super().query(*args, **kwargs)
        except (URLError, OSError) as error:
            raise self._failure(str(error)) from error
        if not isinstance(result, Result):  # rdflib hands a refusal back as a tuple
            raise self._failure(str(result[1]))
        return result

    def commit(self) -> None:
        try:
            super().commit()
        except (URLError, OSError) as error:
            raise self._failure(str(error)) from error

    def load(self, graphs: Mapping[URIRef, bytes]) -> None:
        """Write named graphs, none of them there yet, each given as N-Triples."""
        for name, lines in graphs.items():
            graph = Graph(identifier=name)
            self.addN((*triple, graph) for triple in Graph().parse(data=lines, format="nt"))

    def remove_graph(self, graph: Graph) -> None:
        self.update(f"DROP SILENT GRAPH {graph.identifier.n3()}")

    def _failure(self, reason: str) -> WorkspaceError:
        return WorkspaceError("store", f"SPARQL 服务没有照办：{reason}", file=self.query_endpoint or "")


def open_store(location: str, *, read_only: bool = False) -> Dataset:
    """The dataset behind the query endpoint `location`, an http address; for writing, a second
    address after a blank is the update endpoint, else …/query is written at …/update and any other
    address at itself."""
    query, _, update = location.partition(" ")
    if not update:
        update = query.removesuffix("/query") + "/update" if query.endswith("/query") else query
    store = _Store(query, None if read_only else update, returnFormat="json", method="POST")
    return bind(Dataset(store=store, default_union=True))
