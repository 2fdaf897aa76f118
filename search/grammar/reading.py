"""What is asked, one way of taking it, and what is answered."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from kg.facts import Evidence
from search.grammar.facts import Graph
from search.grammar.names import Named
from search.grammar.slots import Asked, Cue, Number, Slots, Years
from search.index import Hit

_ASKING = (  # words that ask, and say nothing of what is asked for
    "how-much",
    "how-many",
    "which",
    "who",
    "when",
    "each",
    "year",
    "all",
    "report",
    "quote",
)
_FILLERS = re.compile(
    r"[“”\"'‘’「」《》()（）?？!！,，。；;：:]|请问|其中|分别|以及|里面?|中的|当中|方面|情况|一共|总共|共有?|(?<!实)(?<!国)(?<!所)有(?!限|色|关|效)|[是为的了吗呢呀么]"
    r"|\b(?:the|a|an|of|in|on|at|for|to|by|and|or|doe|did|do|ha|have|had|was|were|are|is|be|it|its|them|there|that|this|"
    r"their|with|from|total)\b"
)


class Search(Protocol):
    """What finds passages, best first: as SearchIndex.search."""

    def __call__(self, words: str, **options: Any) -> list[Hit]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`answerable` false means that the data does not say, which is not the same as none.

    `columns` carry the units, numbers in `rows` are Decimals; `sparql` is the query that gave
    them, as it can be run again; `evidence` are the words behind the rows, in their order; `note` says
    what a language model had to do with it, if any. Where `truncated`, the query finds more rows than
    these: `total`, or None where they were not counted."""

    answerable: bool
    text: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    sparql: str | None = None
    evidence: tuple[Evidence, ...] = ()
    passages: tuple[Hit, ...] = ()
    note: str = ""
    truncated: bool = False
    total: int | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "answerable": self.answerable,
            "text": self.text,
            "columns": list(self.columns),
            "rows": [list(row) for row in self.rows],
            "truncated": self.truncated,
            "total": len(self.rows) if self.total is None and not self.truncated else self.total,
            "sparql": self.sparql,
            "evidence": [_place(e) for e in self.evidence],
            "passages": [hit.to_json() for hit in self.passages],
            "note": self.note,
        }


def _place(evidence: Evidence) -> dict[str, Any]:
    """The words with their place in the text, and on pages or in sheets where the report has such."""
    place: dict[str, Any] = {
        "report": evidence.report,
        "start": evidence.start,
        "end": evidence.end,
        "quote": evidence.quote,
    }
    if evidence.boxes:
        place["boxes"] = [box._asdict() for box in evidence.boxes]
    if evidence.cells:
        place["cells"] = list(evidence.cells)
    return place


@dataclass(frozen=True, slots=True)
class Question:
    """A question with all that it was read for: its slots, the departments, and the projects
    and units (IRIs of `things`) that it names, and the graph and the passages that can answer it."""

    asked: str
    slots: Slots
    named: tuple[Named, ...]
    things: tuple[str, ...]
    graph: Graph
    search: Search

    @property
    def departments(self) -> tuple[str, ...]:
        """The IRIs of all departments named, in the order of the question."""
        return tuple(dict.fromkeys(iri for named in self.named for iri in named.departments))

    @property
    def unknown(self) -> tuple[str, ...]:
        """What the question calls departments that the graph does not know."""
        return tuple(named.said for named in self.named if not named.departments)

    def called(self, iri: str) -> str:
        return self.graph.names().departments[iri].name

    def content(self, start: int = 0, end: int | None = None, *, measures: bool = True) -> str:
        """What stands in the question between two places beside departments, years and the words of
        asking; without `measures` also beside measures and numbers."""
        slots = self.slots
        asking = [c for c in slots.cues if c.role in _ASKING and not c.inner]
        others: tuple[Asked | Number, ...] = () if measures else (*slots.measures, *slots.numbers)
        hidden: set[int] = set()
        claimed: tuple[Cue | Years | Named | Asked | Number, ...] = (*asking, *slots.years, *self.named, *others)
        for word in claimed:
            hidden.update(range(word.start, word.end))
        stop = len(slots.text) if end is None else end
        kept = "".join("\0" if i in hidden else c for i, c in enumerate(slots.text) if start <= i < stop)
        pieces = (" ".join(_FILLERS.sub(" ", piece).split()) for piece in kept.split("\0"))
        return " ".join(filter(None, pieces))

    def say(self, chinese: str, english: str) -> str:
        return english if self.slots.english else chinese

    def closest(self, k: int = 3) -> tuple[Hit, ...]:
        """The passages that come closest to the question, of the departments it names."""
        only = self.called(self.departments[0]) if len(self.departments) == 1 else None
        return tuple(self.search(self.asked[:500], k=k, department=only))


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to take a question: the surer, the higher the score (0 to 1). `answer` works it out, or
    gives None where that leads nowhere and another reading should be tried."""

    score: float
    answer: Callable[[], Answer | None]
