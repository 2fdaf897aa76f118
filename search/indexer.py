"""What a build asks of search: a report's passages, an index to write, and whether an index is whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from rdflib import Dataset, Variable

from kg.harvest import Passages
from kg.verify import Damage
from kg.workspace import Generation
from ontology.terms import JX
from search.index import IndexDraft, SearchIndex, drafting, outdated
from search.passage import passages

_REASONS = {
    "dense": "向量模型变了，或索引换了形式，向量全部重算 · model or form of index changed: all vectors are made anew",
    "wordwise": "向量模型变了，逐词索引重建 · the embedding model changed: the word-by-word index is made anew",
    "lexical": "分词方法变了，字词索引重建 · texts are cut differently now: the word index is made anew",
}


@dataclass(frozen=True, slots=True)
class SearchIndexer:
    """`model` is a folder or the name of a sentence-transformers model; if not said, the one that the
    index was made with, at first the one that is shipped. `progress` is told how many more passages
    are embedded, `notice` what has to be made anew and why, as a sentence."""

    model: str | None = None
    progress: Callable[[int], None] = lambda done: None
    notice: Callable[[str], None] = lambda sentence: None

    @property
    def passages(self) -> Passages:
        return passages

    def drafting(self, folder: Path) -> AbstractContextManager[IndexDraft]:
        for name in outdated(folder, self.model):
            self.notice(_REASONS.get(name, f"{name} 索引要重建 · the {name} index is made anew"))
        return drafting(folder, self.model, lambda name, done: self.progress(done))

    def is_current(self, folder: Path) -> bool:
        """Whether the index in `folder` is as this indexer would make it."""
        return not outdated(folder, self.model)

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
