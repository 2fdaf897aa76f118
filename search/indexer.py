"""What a build asks of search: a report's passages, an index to write, and whether an index is whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from rdflib import Dataset, Variable

from kg.facts import Fact
from kg.reading import Reading
from kg.verify import Damage
from kg.workspace import Generation
from ontology.terms import JX
from search.embedding import DEFAULT
from search.index import IndexDraft, SearchIndex, drafting
from search.passage import Passage, passages


@dataclass(frozen=True, slots=True)
class SearchIndexer:
    """`model` is a folder or the name of a sentence-transformers model; the one that is shipped if not said."""

    model: str = DEFAULT

    def passages(self, readings: Sequence[Reading], facts: Sequence[Fact]) -> Sequence[Passage]:
        return passages(readings, facts)

    def drafting(self, folder: Path) -> AbstractContextManager[IndexDraft]:
        return drafting(folder, self.model)

    def damage(self, generation: Generation, dataset: Dataset) -> Iterator[Damage]:
        """The passages that the graph has and the index has not, and the other way round."""
        index = SearchIndex.open(generation.search, self.model)
        indexed = set(index.catalogue.iris())
        rows = dataset.query(f"SELECT ?passage {{ ?passage a <{JX.Passage}> }}")
        known = {str(row[Variable("passage")]) for row in rows.bindings}
        for iri in sorted(known - indexed):
            yield Damage("not-indexed", "图中的段落不在索引里", place=iri)
        for iri in sorted(indexed - known):
            yield Damage("stray-passage", "索引里的段落不在图中", place=iri)
        for name in index.modes():
            count = len(index.retriever(name))
            if count != len(indexed):
                yield Damage("index-size", f"{name} 索引有 {count} 段，应有 {len(indexed)} 段", place=name)
