"""The search index of one generation: a catalogue of passages and the retrievers over it.

catalogue/          the passages, and what they are filtered by
model.txt           the embedding model, as its user named it; empty for the one that is shipped
lexical/ dense/ …   one folder a retriever, with nothing that the catalogue could not give back
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial, reduce
from pathlib import Path
from typing import Any, cast

import numpy as np

from kg import dropin
from kg.errors import BadQuery, WorkspaceError
from search import reranking, retrievers
from search.catalogue import FOLDER, Catalogue, Draft
from search.embedding import DEFAULT
from search.fitting import bar, language_of
from search.fusion import Ballot, Vote, ballot
from search.matches import matched
from search.passage import Passage
from search.retrievers import Opener, Retriever, Scores, Writer
from search.segments import Ordinals
from search.words import codes, simplified

HYBRID = "hybrid"
_EXACT = "lexical"  # the retriever that knows where words stand just so
_MODEL = "model.txt"
_NEAR = "dense"  # the one that knows how near anything is
_FOUND = 50  # passages that each retriever gives for a page of ten; with a hundred the same ones come first
_RATED = 50  # of all these, how many are rated by those that find nothing themselves
_CODES, _CODES_WEIGHT = "codes", 2.0  # codes and amounts are meant just so, and to a model all look alike
_READER = "reranker"
_NAMES = {"lexical": "词", "dense": "义", "wordwise": "逐词", _CODES: "数码", _READER: "重排"}


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for `query`. `score` is from 0 to 1; `votes` say what each retriever gave it."""

    iri: str
    passage: Passage
    score: float
    votes: Mapping[str, Vote] = field(default_factory=dict)
    query: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """Which words of the query, or others for them, stand in it."""
        return matched(self.query, self.passage)

    @property
    def reason(self) -> str:
        """Why it was found, for people: 词 #1 0.83 · 义 #4 0.52 · 逐词 0.71 · 投诉、信访."""
        votes = [
            " ".join([_NAMES.get(name, name), *([f"#{vote.rank}"] if vote.rank else []), f"{vote.score:.2f}"])
            for name, vote in self.votes.items()
        ]
        words = "、".join(self.words)
        return " · ".join([*votes, *([words] if words else [])])

    def to_json(self) -> dict[str, Any]:
        """The hit as one JSON object; offsets are code points in the report's text."""
        p = self.passage
        return {
            "report": p.report,
            "start": p.span.start,
            "end": p.span.end,
            "text": p.text,
            "score": round(self.score, 4),
            "kind": p.kind,
            "iri": self.iri,
            "heading_path": list(p.headings),
            "department": p.department or None,
            "region": p.region or None,
            "fiscal_year": p.fiscal_year,
            "reason": self.reason,
            "places": [(span.start, span.end) for span in p.places],
        }


class SearchIndex:
    """The index in a folder, opened for reading; any thread may use it. `model` is the embedding model,
    the one that the index was made with if not said; `reranker` a cross-encoder, none if not said."""

    def __init__(self, folder: Path, model: str | None = None, reranker: str = "") -> None:
        if not (folder / FOLDER).is_dir():
            raise WorkspaceError("no-index", "这里没有检索索引；先运行 jixiao build", file=str(folder))
        self._folder, self.model, self._reranker = folder, model or recorded(folder), reranker
        self._opened: dict[str, Retriever] = {}
        # What is found without a filter also tells whether anything fits.
        self._open = lru_cache(maxsize=64)(lambda query, depth: self._polled(self.modes(), query, depth))
        self._bar = cache(partial(bar, lambda stranger: _best(self._open(stranger, _FOUND))))
        self._modes = tuple(name for name in dropin.names(retrievers) if (folder / name).is_dir())
        self.catalogue = Catalogue(folder)

    @classmethod
    def open(cls, folder: Path, model: str | None = None, reranker: str = "") -> SearchIndex:
        """WorkspaceError `no-index` where there is none. Retrievers are opened when first asked."""
        return cls(folder, model, reranker)

    def search(
        self,
        query: str,
        k: int = 10,
        *,
        kind: str | None = None,
        department: str | None = None,
        region: str | None = None,
        year: int | None = None,
        allowed: Collection[str] | None = None,
        mode: str = HYBRID,
        minimum: float | None = None,
    ) -> list[Hit]:
        """The `k` passages that fit `query` best, best first.

        The filters hold before the ranking is cut: `department` and `region` fit where the name
        holds them, `allowed` are IRIs of passages. `mode` is hybrid or the name of one retriever;
        hits that score below `minimum` are left out, and where none is given everything, if nothing
        fits (see `fits`); words in quotation marks must stand in the passage just so. BadQuery
        `unknown-mode`."""
        query = simplified(query.encode("utf-8", "replace").decode("utf-8"))  # half a surrogate pair is no text
        within = self._within(query, kind, department, region, year, allowed)
        if not query.strip() or k < 1 or (within is not None and not len(within)):
            return []
        said = self._ballot(query, k, within, mode)
        if mode == HYBRID and minimum is None and not self._admits(query, said):
            return []
        best = [hit for hit in said.ranking(k) if hit[1] >= (minimum or 0.0)]
        known = self.catalogue.passages(ordinal for ordinal, _, _ in best)
        return [Hit(*known[o], score, votes, query) for o, score, votes in best]

    def fits(self, query: str) -> bool:
        """Whether anything here, whatever the filters, is nearer to `query` than to a question that has
        nothing to do with such reports. What demands words or codes just so is taken at its word."""
        return self._admits(query, self._open(query, _FOUND))

    def _admits(self, query: str, said: Ballot) -> bool:
        """The same where `said` is known of some passages: if these are near enough, all are."""
        if codes(query) or self.retriever(_EXACT).holding(query) is not None:
            return True
        least = self._bar(language_of(query))
        return least.admits(*_best(said)) or least.admits(*_best(self._open(query, _FOUND)))

    def modes(self) -> tuple[str, ...]:
        """The retrievers that this index has, sorted."""
        return self._modes

    def retriever(self, name: str) -> Retriever:
        """The retriever `name`, opened once. BadQuery `unknown-mode` where the index has none such."""
        if name not in self._opened:
            if name not in self.modes():
                known = "、".join((HYBRID, *self.modes()))
                raise BadQuery("unknown-mode", f"没有名为 {name} 的检索方式；可用的有：{known}")
            self._opened[name] = _opener(name).load(self._folder / name, self.model)
        return self._opened[name]

    def _within(
        self,
        query: str,
        kind: str | None,
        department: str | None,
        region: str | None,
        year: int | None,
        allowed: Collection[str] | None,
    ) -> Ordinals | None:
        """The ordinals that all filters let through, ascending; None where there is no filter."""
        quoted = self.retriever(_EXACT).holding(query)
        sets = [] if quoted is None else [quoted]
        if (kind, department, region, year) != (None, None, None, None):
            sets.append(self.catalogue.allowed(kind, department, region, year))
        if allowed is not None:
            sets.append(self.catalogue.ordinals(allowed))
        return reduce(np.intersect1d, sets) if sets else None

    def _ballot(self, query: str, k: int, within: Ordinals | None, mode: str) -> Ballot:
        """What the retrievers say of all that any of them finds. Those that only rate see the best of it."""
        names, depth = self.modes() if mode == HYBRID else (mode,), max(_FOUND, 2 * k)
        is_open = mode == HYBRID and within is None
        said = self._open(query, depth) if is_open else self._polled(names, query, depth, within)
        if mode == HYBRID and (exact := codes(query)):
            said = said.joined_by(_CODES, _CODES_WEIGHT, partial(self.retriever(_EXACT).scores, " ".join(exact)))
        said = said.best(max(_RATED, 2 * k))
        for name in names:
            if name not in said.scores:
                said = said.joined_by(name, _opener(name).WEIGHT, partial(self.retriever(name).scores, query))
        if mode == HYBRID and self._reranker:
            said = said.best(max(reranking.READ, 2 * k)).joined_by(
                _READER, reranking.WEIGHT, partial(self._read, query)
            )
        return said

    def _polled(self, names: Sequence[str], query: str, depth: int, within: Ordinals | None = None) -> Ballot:
        """What those of `names` that find anything say of all that any of them finds."""
        found = {name: self.retriever(name).find(query, depth, within) for name in names}
        finders = {name: hits for name, hits in found.items() if len(hits)} or found
        weights = {name: _opener(name).WEIGHT for name in finders}
        return ballot(finders, weights, lambda name, ordinals: self.retriever(name).scores(query, ordinals))

    def _read(self, query: str, ordinals: Ordinals) -> Scores:
        """What the re-ranker says of these passages."""
        known = self.catalogue.passages(ordinals)
        texts = [known[ordinal][1].embedded for ordinal in ordinals.tolist()]
        return reranking.load_reranker(self._reranker).scores(query, texts)


def _best(said: Ballot) -> tuple[float, float]:
    """The best that is said by meaning, and by words."""
    near, exact = (said.scores[name].max(initial=0.0) if name in said.scores else 0.0 for name in (_NEAR, _EXACT))
    return float(near), float(exact)


class IndexDraft:
    """An index being written. `rebuilt` names the retrievers that had to be made anew, because the
    model or the segmenter is no longer the one they were made with."""

    def __init__(self, folder: Path, model: str | None, progress: Tell) -> None:
        model = model or recorded(folder)
        self._catalogue = Draft(folder)
        self.rebuilt = outdated(folder, model)
        record(folder, model)
        self._writers: list[Writer] = []
        for name in dropin.names(retrievers):
            opener, place = _opener(name), folder / name
            if name in self.rebuilt:
                shutil.rmtree(place)
            if not opener.suits(model):
                continue
            fresh = not place.is_dir()
            writer = opener.write(place, model, partial(progress, name))
            if fresh:
                for ordinals, passages in self._catalogue.all(_BATCH):
                    writer.add(ordinals, passages)
            self._writers.append(writer)

    def remove(self, reports: Collection[str]) -> None:
        """Take out all passages of these reports."""
        ordinals = self._catalogue.remove(reports)
        for writer in self._writers:
            writer.remove(ordinals)

    def add(self, passages: Sequence[Passage], name: Callable[[Passage], str]) -> None:
        """Put `passages` in; `name` gives their IRIs."""
        ordinals = self._catalogue.add(passages, name)
        for writer in self._writers:
            writer.add(ordinals, passages)

    def close(self) -> None:
        for writer in self._writers:
            writer.close()
        self._catalogue.close()


_BATCH = 1024
Tell = Callable[[str, int], None]
"""Told the name of a retriever and how many more passages it has done."""


@contextmanager
def drafting(folder: Path, model: str | None = None, progress: Tell = lambda name, done: None) -> Iterator[IndexDraft]:
    """The index in `folder` for writing, made where there is none; written whole at the end, and
    by nobody else meanwhile. Where it is left by an error, the folder is of no use any more."""
    folder.mkdir(parents=True, exist_ok=True)
    draft = IndexDraft(folder, model, progress)
    yield draft
    draft.close()


def recorded(folder: Path) -> str:
    """The embedding model that the index in `folder` was made with; the shipped one where there is none yet."""
    try:
        return (folder / _MODEL).read_text("utf-8") or DEFAULT
    except OSError:
        return DEFAULT


def record(folder: Path, model: str) -> None:
    # The shipped model has no path of its own to go stale.
    (folder / _MODEL).write_text("" if model == DEFAULT else model, "utf-8")


def outdated(folder: Path, model: str | None = None) -> tuple[str, ...]:
    """The retrievers of the index in `folder` that the next writer will make anew or drop, because `model`
    (the recorded one if not said) or the segmenter is no longer the one they were made with."""
    model = model or recorded(folder)
    there = [name for name in dropin.names(retrievers) if (folder / name).is_dir()]
    return tuple(n for n in there if not (_opener(n).suits(model) and _opener(n).is_current(folder / n, model)))


@cache
def _opener(name: str) -> Opener:
    return cast(Opener, dropin.one(retrievers, name))
