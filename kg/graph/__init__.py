"""The graph: what a report says, as RDF in a named graph of its own, and back.

add(dataset, record)        write one report            facts_from(dataset, name)   its facts
remove(dataset, iri)        take it out                 report_iris(dataset)        which there are
triples(record)             what would be written       ground(dataset)             ontology, vocabulary
"""

from kg.graph.dataset import PREFIXES, add, bind, facts_from, ground, remove, report_iris
from kg.graph.iris import BASE, fact_iri, graph_iri, passage_iri, report_iri
from kg.graph.record import Record, triples

__all__ = [
    "BASE",
    "PREFIXES",
    "Record",
    "add",
    "bind",
    "fact_iri",
    "facts_from",
    "graph_iri",
    "ground",
    "passage_iri",
    "remove",
    "report_iri",
    "report_iris",
    "triples",
]
