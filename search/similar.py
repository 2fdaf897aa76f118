"""More like this, and what two departments have in common.

A passage is its own query: whatever says it in other words is near it, in other departments and
other years. Two departments' duties are paired by their vectors, each with one other at most.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from kg.errors import BadQuery, JixiaoError
from kg.text import Span
from search.embedding import load_model
from search.index import Hit, SearchIndex
from search.passage import Passage

LEAST = 0.75
"""The cosine from which two duties are taken for one: with the shipped model 拟订规划 and 制定规划 of
the same matter are above it, another duty of the same trade is mostly below."""

_QUOTES = re.compile(r"[“”\"「」『』]")  # in a query they demand the very words
Named = tuple[str, Passage]
"""A passage with its IRI."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two passages that say the same; `similarity` is their cosine."""

    here: Named
    there: Named
    similarity: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two departments state: `shared` the most alike first, the others as they stand in the
    reports."""

    shared: tuple[Pair, ...]
    only_here: tuple[Named, ...]
    only_there: tuple[Named, ...]

    def to_json(self) -> dict[str, Any]:
        """The comparison as one JSON object; offsets are code points in the report's text."""
        return {
            "shared": [
                {"here": _shown(p.here), "there": _shown(p.there), "similarity": round(p.similarity, 4)}
                for p in self.shared
            ],
            "only_here": [_shown(named) for named in self.only_here],
            "only_there": [_shown(named) for named in self.only_there],
        }


def by_iri(index: SearchIndex, iri: str) -> Named:
    """The passage of that IRI. JixiaoError `no-such-passage`."""
    known = index.catalogue.passages(index.catalogue.ordinals([iri]).tolist())
    if not known:
        raise JixiaoError("no-such-passage", "没有这个段落", place=iri)
    return next(iter(known.values()))


def by_span(index: SearchIndex, report: str, span: Span) -> Named:
    """The passage that says most of `span` (code points of the report's text), at any of its places.
    JixiaoError `no-such-passage` where there is none."""

    def shared(named: Named) -> int:
        places = (named[1].span, *named[1].places)
        return max(min(span.end, place.end) - max(span.start, place.start) for place in places)

    best = max(index.catalogue.of(report), key=shared, default=None)
    if best is None or shared(best) <= 0:
        raise JixiaoError("no-such-passage", "这里没有段落", file=report, place=f"{span.start}-{span.end}")
    return best


def similar(index: SearchIndex, named: Named, k: int = 10, *, elsewhere: bool = False, **filters: Any) -> list[Hit]:
    """The `k` passages most like this one, best first, itself left out; of its own kind where
    `filters` (those of SearchIndex.search) say no other. `elsewhere` leaves out its department."""
    iri, passage = named
    words = _QUOTES.sub("", passage.sentence)
    options: dict[str, Any] = {"kind": passage.kind, "minimum": 0.0} | filters
    reach = k + 1
    while True:
        hits = index.search(words, reach, **options)
        others = [hit for hit in hits if hit.iri != iri and not (elsewhere and _is_akin(hit.passage, passage))]
        if len(others) >= k or len(hits) < reach:
            return others[:k]
        reach *= 4


def compare(
    index: SearchIndex,
    here: str,
    there: str,
    *,
    kind: str = "duty",
    year: int | None = None,
    year_there: int | None = None,
    least: float = LEAST,
) -> Comparison:
    """What two departments state, of one kind: shared, only here, only there.

    `here` and `there` are departments' names, or words in them; `year` takes the reports of one
    fiscal year only, `year_there` those of another year for `there` (one department in two years
    says what changed). Two passages are shared where they are alike by `least` or more, the most
    alike paired first. BadQuery `no-such-department` where one states nothing of the kind."""
    asked = ((here, year), (there, year if year_there is None else year_there))
    ours, theirs = (_stated(index, department, kind, of) for department, of in asked)
    pairs = _paired(index, ours, theirs, least)
    paired = {named[0] for pair in pairs for named in (pair.here, pair.there)}
    return Comparison(
        tuple(pairs),
        tuple(named for named in ours if named[0] not in paired),
        tuple(named for named in theirs if named[0] not in paired),
    )


def _stated(index: SearchIndex, department: str, kind: str, year: int | None) -> list[Named]:
    """What a department states, once where several years or parts say it in the same words."""
    ordinals = index.catalogue.allowed(kind, department, None, year)
    known = index.catalogue.passages(ordinals.tolist())
    if not known:
        raise BadQuery("no-such-department", f"没有名称含“{department}”的部门的这类内容（{kind}）")
    own = {known[o][1].saying: known[o] for o in sorted(known, reverse=True)}
    return sorted(own.values(), key=lambda named: (named[1].report, named[1].span))


def _paired(index: SearchIndex, ours: list[Named], theirs: list[Named], least: float) -> list[Pair]:
    """The pairs alike by `least` or more, one to one, the most alike first."""
    model = load_model(index.model)
    here, there = (model.encode_passages([p.embedded for _, p in named]) for named in (ours, theirs))
    cosines = here @ there.T
    pairs: list[Pair] = []
    taken: tuple[set[int], set[int]] = (set(), set())
    for at in np.argsort(-cosines, axis=None, kind="stable"):
        i, j = divmod(int(at), len(theirs))
        if cosines[i, j] < least:
            break
        if i not in taken[0] and j not in taken[1]:
            pairs.append(Pair(ours[i], theirs[j], min(1.0, float(cosines[i, j]))))
            taken[0].add(i)
            taken[1].add(j)
    return pairs


def _shown(named: Named) -> dict[str, Any]:
    iri, passage = named
    return {
        "iri": iri,
        "report": passage.report,
        "start": passage.span.start,
        "end": passage.span.end,
        "text": passage.text,
        "fiscal_year": passage.fiscal_year,
    }


def _is_akin(one: Passage, other: Passage) -> bool:
    """Whether both are of one department; where a report names none, of one report."""
    if one.department and other.department:
        return (one.department, one.region) == (other.department, other.region)
    return one.report == other.report
