"""One generation opened for reading: the graph and the index that belong together, and what can be asked of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from rdflib import Dataset

from kg import dropin, stores, workspace
from kg.checks import Check, told
from kg.decisions import Decision, decisions
from kg.errors import JixiaoError, WorkspaceError
from kg.facts import KINDS, Fact, Finding
from kg.findings import Brief, Filters, Found, briefs, chosen, known_rule, read
from kg.graph import across
from kg.graph.books import Book, books
from kg.graph.dataset import checks_from, facts_from, facts_of
from kg.text import Source
from kg.workspace import Entry, Generation, Workspace
from search import query as queries
from search.answer import Answer, answer
from search.index import Hit, SearchIndex
from search.language.assisted import assisted
from search.language.model import LanguageModel
from search.language.translation import Query


@dataclass(frozen=True)
class Collection:
    """What a reader holds: never changes, also while a builder makes the next generation.

    A language model, where there is one, helps to ask; queries that it writes run by `guarded`."""

    place: Workspace
    generation: Generation
    model: LanguageModel | None = None
    guarded: Query | None = None

    @cached_property
    def dataset(self) -> Dataset:
        dataset: Dataset = dropin.one(stores, "oxigraph").open_store(str(self.generation.graph), read_only=True)
        return dataset

    @cached_property
    def index(self) -> SearchIndex:
        """Opened when something is first searched: facts and queries do not pay for it."""
        return SearchIndex.open(self.generation.search, reranker=os.environ.get("JIXIAO_RERANKER", ""))

    @cached_property
    def memory(self) -> dict[str, Any]:
        """What was worked out of this generation, kept as long as somebody reads it."""
        return {}

    @property
    def digests(self) -> dict[str, str]:
        """The SHA-256 of each report's file, by name: what the reports' IRIs are made of."""
        return {name: entry.sha256 for name, entry in self.generation.entries.items()}

    def entry(self, report: str) -> Entry:
        """JixiaoError `no-such-report` where the collection has none of that name."""
        if report not in self.generation.entries:
            raise JixiaoError("no-such-report", "没有这份报告；问“有哪些报告”可列出全部", file=report)
        return self.generation.entries[report]

    def source(self, report: str) -> Source:
        return workspace.source(self.place, self.entry(report))

    def facts(self, report: str | None = None, kind: str = "") -> Iterator[Fact]:
        """Every fact, of one report or of all, read back from the graph; of one report also of one kind.
        JixiaoError `unknown-kind`."""
        if kind and kind not in KINDS:
            raise JixiaoError("unknown-kind", f"没有 {kind} 这类事实；有：{'、'.join(KINDS)}")
        if report is None:
            return facts_from(self.dataset)
        return facts_of(self.dataset, self.entry(report).iri, report, kind)

    def briefs(self, filters: Filters | None = None) -> list[Brief]:
        """What does not hold together, in reports and between them, with what people decided about it by now;
        in brief, which costs the same for any number of words."""
        taken = decisions(self.place)
        found = self._briefs.get(taken)  # another thread may put its own in place at any time
        if found is None:
            found = briefs(self.dataset, self.generation.entries, taken)
            self._briefs.clear()
            self._briefs[taken] = found
        return chosen(found, filters) if filters else found

    def findings(self, filters: Filters | None = None) -> list[Found]:
        """The same in full."""
        return self.read(self.briefs(filters))

    def read(self, found: Iterable[Brief]) -> list[Found]:
        """These findings in full."""
        return read(self.dataset, found)

    @cached_property
    def _briefs(self) -> dict[tuple[Decision, ...], list[Brief]]:
        """The findings as they stand, by the decisions that were known; one entry, until there is another."""
        return {}

    def told(self, report: str | None = None, kind: str = "") -> Iterator[Fact | Found]:
        """What is exported: every fact, of one report or of all, of one kind or of all; findings as they
        stand, those between reports last."""
        facts = (fact for fact in self.facts(report, kind) if kind in ("", fact.kind))
        if kind not in ("", Finding.kind):
            yield from facts
            return
        found = {one.finding: one for one in self.findings(Filters(report=report))}
        yield from (found.get(fact, fact) if isinstance(fact, Finding) else fact for fact in facts)
        for finding, one in found.items():
            if one.between and report in (None, finding.evidence.report):
                yield one

    def checks(self, report: str | None = None, rule: str | None = None) -> list[Check]:
        """How every rule, or this one, ended for everything it looked at, of one report or of all; then what
        was held against other reports. JixiaoError `unknown-rule`."""
        known_rule(rule)
        iri = self.entry(report).iri if report is not None else None
        between = (told(one.finding) for one in self.findings(Filters(report=report)) if one.between)
        every = chain(checks_from(self.dataset, report), across.checks(self.dataset, iri), between)
        return [check for check in every if rule in (None, check.rule)]

    def books(self, report: str | None = None) -> Iterator[Book]:
        """How much of each report was read, and what was not, of one report or of all."""
        if report is not None:
            self.entry(report)
        return books(self.dataset, report)

    def search(self, words: str, **options: Any) -> list[Hit]:
        return self.index.search(words, **options)

    def query(self, sparql: str) -> Any:
        """A SPARQL query, search inside. BadQuery where it cannot be run."""
        return queries.run(sparql, self.dataset, lambda: self.index)

    def written(self, sparql: str, wanted: Sequence[str], size: int) -> tuple[str, bytes]:
        """The result of `query` as media type and bytes: search.query.written."""
        return queries.written(sparql, self.dataset, lambda: self.index, wanted, size)

    def ask(self, question: str) -> Answer:
        return assisted(question, self, self.model, self.guarded) if self.model else answer(question, self)


def open_collection(folder: Path, model: LanguageModel | None = None, number: int | None = None) -> Collection:
    """A generation of the workspace in `folder`, the live one where none is named. WorkspaceError
    `no-workspace` or `empty`."""
    place = workspace.existing(folder)
    generation = workspace.live(place) if number is None else workspace.numbered(place, number)
    if generation is None:
        raise WorkspaceError("empty", "工作区里还没有报告；先运行 jixiao build", file=str(folder))
    return Collection(place, generation, model)
