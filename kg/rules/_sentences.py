"""The sentences of a report, for rules about words that are no fact."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.facts import Evidence, cut
from kg.grammar.prose import Prose, prose
from kg.once import once
from kg.reading import Reading

_SENTENCE = re.compile(r"[^。;!?]+")
_CLAUSE = re.compile(r"[^,。;!?]+")


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """`text` is folded and stands at `start` of the view of its paragraph."""

    reading: Reading
    prose: Prose
    start: int
    text: str

    @property
    def part(self) -> str | None:
        return self.reading.part.label or None

    def cut(self, start: int = 0, end: int | None = None) -> Evidence:
        """The words of the source behind characters `start` up to `end` of the sentence."""
        last = len(self.text) if end is None else end
        return cut(self.reading.source, self.prose.view.span(self.start + start, self.start + last))

    def clauses(self) -> Iterator[Sentence]:
        """The pieces between commas."""
        return _pieces(self.reading, self.prose, _CLAUSE, self.start, self.start + len(self.text))


def sentences(readings: Sequence[Reading]) -> Iterator[Sentence]:
    """Every sentence of running text, in reading order."""
    for reading in readings:
        yield from _of(reading)


@once  # many rules read the same report
def _of(reading: Reading) -> tuple[Sentence, ...]:
    return tuple(s for p in prose(reading) for s in _pieces(reading, p, _SENTENCE, 0, len(p.view)))


def _pieces(reading: Reading, of: Prose, pattern: re.Pattern[str], start: int, end: int) -> Iterator[Sentence]:
    for match in pattern.finditer(of.view.text, start, end):
        yield Sentence(reading, of, match.start(), match.group())
