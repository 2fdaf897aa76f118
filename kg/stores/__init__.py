"""Stores: where the graph is kept (a drop-in folder).

A file offers `open_store(location: str, *, read_only: bool = False) -> rdflib.Dataset` with
the union of all named graphs as default graph, in which a triple of several graphs is one. Beside
what rdflib asks of a store, that of the dataset has `load(graphs: Mapping[URIRef, bytes])`, which
writes named graphs given as N-Triples.
"""
