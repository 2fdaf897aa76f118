"""Words: BM25 over our own cuts, kept by tantivy.

A passage is found by any word that it shares with the query, by pairs of characters where the
words were cut differently, and, at less weight, by what the vocabulary says in other words.
Words in quotation marks must stand in the passage just so.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tantivy import Document, Index, IndexWriter, Occur, Query, Schema, SchemaBuilder

from kg.errors import WorkspaceError
from search.paraphrase import paraphrases
from search.passage import Passage
from search.retrievers import NOTHING, Found, Progress, Scores, best
from search.segments import Ordinals
from search.words import cut, identity

WEIGHT = 1.0
_PAIR = 0.75  # a pair of characters says less than a word
_NAME = 0.5  # a word of the department's or the region's name
_SECOND_WAY = 0.2  # of several words for one thing the best counts, the others this much
_HEAP = 64_000_000  # bytes tantivy gathers before it writes a segment
_SELECTED = 5_000  # up to so many allowed ordinals go into the query; beyond, hits are sorted out after it
_FEW = 500  # up to so many as one query each
_MADE = "segmenter.txt"  # which segmenter cut the passages
_PHRASE = re.compile(r"[“\"「『]([^“”\"「」『』]+)[”\"」』]")


class LexicalIndex:
    """The index in `folder`, opened for reading."""

    def __init__(self, folder: Path) -> None:
        self._index = Index.open(str(folder))
        self._searcher = self._index.searcher()
        self._full = lru_cache(maxsize=64)(self._worth)  # one search asks twice

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def search(self, query: str, k: int, allowed: Ordinals | None = None) -> Found:
        """The `k` best passages for `query`, of all or of `allowed`."""
        found = self._search(_query(query), k, allowed)
        return Found(found.ordinals, found.scores / (found.scores + self._full(query)))

    def scores(self, query: str, ordinals: Ordinals) -> Scores:
        """The scores of just these passages; 0 for those without any word of the query."""
        found = self.search(query, len(ordinals), ordinals)
        scores = np.zeros(len(ordinals))
        scores[np.searchsorted(ordinals, found.ordinals)] = found.scores
        return scores

    def holding(self, query: str) -> Ordinals | None:
        """The passages that hold every phrase that `query` has in quotation marks."""
        phrases = [(Occur.Must, _phrase(phrase)) for phrase in _PHRASE.findall(query)]
        return np.sort(self._run(Query.boolean_query(phrases), len(self)).ordinals) if phrases else None

    def _worth(self, query: str) -> float:
        """The BM25 of a passage of middling length that says every word of `query` once."""
        return sum(weight * self._rarity(field, token) for field, token, weight in _tokens(query) if field != "names")

    def _rarity(self, field: str, token: str) -> float:
        holding = self._searcher.doc_freq(field, token)
        return math.log1p((len(self) - min(holding, len(self)) + 0.5) / (holding + 0.5))

    def _search(self, query: Query, k: int, allowed: Ordinals | None) -> Found:
        if allowed is None:
            return self._run(query, k)
        if not len(allowed):
            return NOTHING
        if len(allowed) <= _SELECTED:
            among = Query.const_score_query(_among(allowed), 0.0)
            return self._run(Query.boolean_query([(Occur.Must, query), (Occur.Must, among)]), k)
        reach = k
        while True:
            reach *= 4
            found = self._run(query, reach)
            kept = np.flatnonzero(_holds(allowed, found.ordinals))
            if len(kept) >= k or len(found.ordinals) < reach:
                return Found(found.ordinals[kept[:k]], found.scores[kept[:k]])

    def _run(self, query: Query, k: int) -> Found:
        hits = self._searcher.search(query, max(1, min(k, len(self))), count=False).hits
        ordinals = self._searcher.fast_field_values("ordinal", [address for _, address in hits])
        scores = np.array([score for score, _ in hits], np.float64)
        return best(np.array(ordinals, np.int64), scores, k)


class LexicalWriter:
    """The index in `folder`, opened for writing: made where there is none."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._index = Index.open(str(folder)) if Index.exists(str(folder)) else Index(_schema(), path=str(folder))
        (folder / _MADE).write_text(identity(), "utf-8")
        self._writer: IndexWriter = self._index.writer(_HEAP, 1)

    def remove(self, ordinals: Ordinals) -> None:
        if len(ordinals):
            self._writer.delete_documents_by_query(Query.term_set_query(_schema(), "ordinal", ordinals.tolist()))

    def add(self, ordinals: Ordinals, passages: Sequence[Passage]) -> None:
        for ordinal, passage in zip(ordinals, passages, strict=True):
            document = Document()
            document.add_unsigned("ordinal", int(ordinal))
            for field, tokens in _fields(passage):
                document.add_text(field, " ".join(tokens))
            self._writer.add_document(document)

    def close(self) -> None:
        self._writer.commit()
        self._writer.wait_merging_threads()


def write(folder: Path, model: str, progress: Progress = lambda done: None) -> LexicalWriter:
    return LexicalWriter(folder)


def load(folder: Path, model: str) -> LexicalIndex:
    if not is_current(folder, model):
        raise WorkspaceError("old-index", "字词索引是按旧的分词方法建的；运行 jixiao build 重建", file=str(folder))
    return LexicalIndex(folder)


def suits(model: str) -> bool:
    return True


def is_current(folder: Path, model: str) -> bool:
    return (folder / _MADE).is_file() and (folder / _MADE).read_text("utf-8") == identity()


@cache
def _schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_unsigned_field("ordinal", indexed=True, fast=True)
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("names", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("pairs", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("characters", tokenizer_name="whitespace", index_option="position")
    return builder.build()


def _fields(passage: Passage) -> Iterator[tuple[str, Sequence[str]]]:
    tokens = cut(passage.indexed)
    yield "words", tokens.words
    yield "pairs", tokens.pairs
    yield "characters", tokens.characters
    # Whose words they are hardly ever stands in them, and people ask by it: 水利局怎么防汛.
    yield "names", list(dict.fromkeys(cut(f"{passage.region} {passage.department}").words))


@lru_cache(maxsize=64)  # one search asks twice
def _query(words: str) -> Query:
    """Any of the words, or what else they are called."""
    clauses = [(Occur.Should, _term(field, token, weight)) for field, token, weight in _tokens(words)]
    clauses += [(Occur.Should, _any(paraphrase.others)) for paraphrase in paraphrases(words)]
    return Query.boolean_query(clauses) if clauses else Query.empty_query()


def _tokens(query: str) -> list[tuple[str, str, float]]:
    """What is looked for, each with its field and its weight."""
    tokens = cut(query)
    # 的, 了 and 谁 are shared by chance; a query of nothing but single characters needs them.
    telling = [word for word in tokens.words if len(word) > 1] or tokens.words
    words = [("words", word, 1.0) for word in dict.fromkeys(telling)]
    names = [("names", word, _NAME) for _, word, _ in words]
    return words + names + [("pairs", pair, _PAIR) for pair in dict.fromkeys(tokens.pairs)]


def _among(ordinals: Ordinals) -> Query:
    """Any of these passages. For a few, tantivy finds single terms four times as fast as a set of them."""
    if len(ordinals) > _FEW:
        return Query.term_set_query(_schema(), "ordinal", ordinals.tolist())
    return Query.boolean_query(
        [(Occur.Should, Query.term_query(_schema(), "ordinal", o, "basic")) for o in ordinals.tolist()]
    )


@lru_cache(maxsize=1024)
def _any(ways: tuple[str, ...]) -> Query:
    """Any of several words for one thing."""
    return Query.disjunction_max_query([_together(way) for way in ways], _SECOND_WAY)


def _together(text: str) -> Query:
    """The words of `text`, which weigh as much as one."""
    tokens = cut(text).words
    return Query.boolean_query([(Occur.Should, _term("words", t, 1 / len(tokens))) for t in tokens])


def _term(field: str, token: str, weight: float) -> Query:
    return Query.boost_query(Query.term_query(_schema(), field, token, "freq"), weight)


def _phrase(phrase: str) -> Query:
    """The characters of `phrase` side by side, as they stand."""
    characters = cut(phrase).characters
    if len(characters) > 1:
        return Query.phrase_query(_schema(), "characters", list(characters))
    return Query.term_query(_schema(), "characters", characters[0]) if characters else Query.empty_query()


def _holds(allowed: Ordinals, ordinals: Ordinals) -> NDArray[np.bool_]:
    """Which of `ordinals` are in `allowed`, which ascends."""
    at = np.searchsorted(allowed, ordinals).clip(max=len(allowed) - 1)
    held: NDArray[np.bool_] = allowed[at] == ordinals
    return held
