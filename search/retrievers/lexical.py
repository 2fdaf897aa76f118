"""Words: BM25 over our own cuts, found by tantivy.

A passage is found by any word that it shares with the query, by pairs of characters where the
words were cut differently, and, at less weight, by what the vocabulary says in other words.
Words in quotation marks must stand in the passage just so. tantivy finds by plain sums, which it
can cut short; what is found is rated from a forward index, where several words for one thing count
as one.
"""

from __future__ import annotations

import re
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tantivy import Document, Index, IndexWriter, Occur, Query, Schema, SchemaBuilder, Searcher

from kg.errors import WorkspaceError
from search import bm25
from search.bm25 import Wanted
from search.forward import Forward, ForwardWriter
from search.paraphrase import paraphrases
from search.passage import Passage
from search.retrievers import Progress, Scores, best
from search.segments import Ordinals
from search.words import cut, identity

WEIGHT = 1.0
_PAIR = 0.75  # a pair of characters says less than a word
_NAME = 0.5  # a word of the department's or the region's name
_HEAP = 64_000_000  # bytes tantivy gathers before it writes a segment
_EVEN = 1.0  # what it costs to go past a passage that is not allowed, for what it costs to rate one
_MADE = "segmenter.txt"  # which segmenter cut the passages
_SAID = "said"  # the forward index
_RATED = ("words", "pairs", "names")  # the fields that count
_PHRASE = re.compile(r"[“\"「『]([^“”\"「」『』]+)[”\"」』]")


class LexicalIndex:
    """The index in `folder`, opened for reading."""

    def __init__(self, folder: Path) -> None:
        self._searcher = _opened(folder)
        self._said = Forward(folder / _SAID)
        self._known = lru_cache(maxsize=1 << 14)(self._of_token)
        self._way = lru_cache(maxsize=1 << 12)(self._of_way)
        self._asked = lru_cache(maxsize=64)(self._wanted)  # one search asks twice

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def find(self, query: str, k: int, allowed: Ordinals | None = None) -> Ordinals:
        """The `k` best passages for `query`, of all or of `allowed`."""
        if allowed is None:
            found = self._run(_query(query), k)
        # To rate all that are allowed costs their number; to search on until k of them came by, what of
        # all passages that takes.
        elif len(allowed) ** 2 <= _EVEN * k * len(self):
            found = self._best_of(query, k, allowed)
        else:
            found = self._sought_out(_query(query), k, allowed)
        found.sort()
        return found

    def scores(self, query: str, ordinals: Ordinals) -> Scores:
        """The scores of just these passages; 0 for those without any word of the query."""
        asked, full = self._asked(query)
        scores = np.zeros(len(ordinals))
        for places, said in self._said.of(ordinals):
            scores[places] = bm25.rated(asked, said, self._said.length)
        return scores / np.maximum(scores + full, 1e-12)

    def holding(self, query: str) -> Ordinals | None:
        """The passages that hold every phrase that `query` has in quotation marks."""
        phrases = [(Occur.Must, _phrase(phrase)) for phrase in _PHRASE.findall(query)]
        return np.sort(self._run(Query.boolean_query(phrases), len(self))) if phrases else None

    def _wanted(self, query: str) -> tuple[Wanted, float]:
        """What `query` wants, and the BM25 of a passage of middling length that says every word of it once."""
        own, full = {}, 0.0
        for field, token, weight in _tokens(query):
            number, rarity = self._known(field, token)
            own[number] = weight * rarity
            full += own[number] if field != "names" else 0.0
        return bm25.wanted(own, [list(map(self._way, said.others)) for said in paraphrases(query)]), full

    def _of_way(self, way: str) -> dict[int, float]:
        """What the words of one other way to say something are worth."""
        known = [(*self._known(field, word), weight) for field, word, weight in _parts(way)]
        return {number: weight * rarity for number, rarity, weight in known}

    def _of_token(self, field: str, token: str) -> tuple[int, float]:
        """The number that stands for a token, and what it is worth."""
        return _number(field, token), bm25.rarity(len(self), self._searcher.doc_freq(field, token))

    def _best_of(self, query: str, k: int, allowed: Ordinals) -> Ordinals:
        scores = self.scores(query, allowed)
        found = best(allowed, scores, k)
        return found.ordinals[found.scores > 0]

    def _sought_out(self, query: Query, k: int, allowed: Ordinals) -> Ordinals:
        """The first `k` that are allowed, as tantivy ranks them."""
        reach = 2 * k * len(self) // len(allowed)
        while True:
            found = self._run(query, reach)
            kept = found[_holds(allowed, found)]
            if len(kept) >= k or len(found) < reach:
                return kept[:k]
            reach *= 4

    def _run(self, query: Query, k: int) -> Ordinals:
        hits = self._searcher.search(query, max(1, min(k, len(self))), count=False).hits
        return np.array(self._searcher.fast_field_values("ordinal", [address for _, address in hits]), np.int64)


def _opened(folder: Path) -> Searcher:
    """tantivy takes a lock in the folder even to read. On a disk that takes no writing it gets another
    folder for that, which leads to the same files and is needed no longer once they are open."""
    try:
        return Index.open(str(folder)).searcher()
    except ValueError as error:
        if "Lockfile" not in str(error):
            raise
    with tempfile.TemporaryDirectory() as elsewhere:
        for file in folder.iterdir():
            if file.suffix != ".lock":
                (Path(elsewhere) / file.name).symlink_to(file.absolute())
        return Index.open(elsewhere).searcher()


class LexicalWriter:
    """The index in `folder`, opened for writing: made where there is none."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._index = Index.open(str(folder)) if Index.exists(str(folder)) else Index(_schema(), path=str(folder))
        (folder / _MADE).write_text(identity(), "utf-8")
        self._writer: IndexWriter = self._index.writer(_HEAP, 1)
        self._said = ForwardWriter(folder / _SAID, {}, np.uint32)

    def remove(self, ordinals: Ordinals) -> None:
        self._said.remove(ordinals)
        if len(ordinals):
            self._writer.delete_documents_by_query(Query.term_set_query(_schema(), "ordinal", ordinals.tolist()))

    def add(self, ordinals: Ordinals, passages: Sequence[Passage]) -> None:
        said: list[list[int]] = []
        for ordinal, passage in zip(ordinals, passages, strict=True):
            document = Document()
            document.add_unsigned("ordinal", int(ordinal))
            numbers: list[int] = []
            for field, tokens in _fields(passage):
                document.add_text(field, " ".join(tokens))
                if field in _RATED:
                    numbers += [_number(field, token) for token in tokens]
            self._writer.add_document(document)
            said.append(numbers)
        self._said.add(ordinals, said)

    def close(self) -> None:
        self._writer.commit()
        self._writer.wait_merging_threads()
        self._said.close()


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
    # What is found by must all be kept with its frequencies, or tantivy cannot cut a search short.
    builder.add_text_field("names", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("pairs", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("characters", tokenizer_name="whitespace", index_option="position")
    return builder.build()


def _fields(passage: Passage) -> Iterator[tuple[str, Sequence[str]]]:
    tokens = cut(passage.indexed)
    yield "words", tokens.words
    yield "pairs", tokens.pairs
    yield "characters", tokens.characters
    # Whose words they are hardly ever stands in them, and people ask by it: 水利局怎么防汛.
    yield "names", _named(passage.region, passage.department)


@lru_cache(maxsize=256)
def _named(region: str, department: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cut(f"{region} {department}").words))


@lru_cache(maxsize=64)
def _query(words: str) -> Query:
    """Any of the words, or of what else they are called."""
    wanted = {(field, token): weight for field, token, weight in _tokens(words)}
    for paraphrase in paraphrases(words):
        for way in paraphrase.others:
            for field, token, weight in _parts(way):
                wanted[field, token] = max(weight, wanted.get((field, token), 0.0))
    clauses = [(Occur.Should, _term(field, token, weight)) for (field, token), weight in wanted.items()]
    return Query.boolean_query(clauses) if clauses else Query.empty_query()


@lru_cache(maxsize=64)
def _tokens(query: str) -> tuple[tuple[str, str, float], ...]:
    """What is looked for, each with its field and its weight."""
    tokens = cut(query)
    # 的, 了 and 谁 are shared by chance; a query of nothing but single characters needs them.
    telling = [word for word in tokens.words if len(word) > 1] or tokens.words
    words = [("words", word, 1.0) for word in dict.fromkeys(telling)]
    names = [("names", word, _NAME) for _, word, _ in words]
    pairs = [("pairs", pair, _PAIR) for pair in dict.fromkeys(tokens.pairs)]
    return (*words, *names, *pairs)


@lru_cache(maxsize=4096)
def _parts(way: str) -> tuple[tuple[str, str, float], ...]:
    """The words of one way to say something, which weigh as much as one."""
    words = cut(way).words
    return tuple(("words", word, 1 / len(words)) for word in words)


@lru_cache(maxsize=1 << 14)
def _term(field: str, token: str, weight: float) -> Query:
    return Query.boost_query(Query.term_query(_schema(), field, token, "freq"), weight)


@lru_cache(maxsize=1 << 16)
def _number(field: str, token: str) -> int:
    """What stands for the token in the forward index."""
    return zlib.crc32(f"{field}:{token}".encode())


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
