"""The department that the report is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg import organisations
from kg.extractors import _roster, _standing
from kg.extractors._standing import Standing
from kg.facts import Department, Fact, cut
from kg.reading import Reading
from kg.text import Span

_REACH = 400  # code points within which clauses prove one fact together


def extract(reading: Reading) -> Iterator[Fact]:
    """One fact, from the part that names the department first; an attachment that only has it from
    the main report states none. What the text says of its standing is proved by the stretch of
    clauses that say it, a table of units by the department's own row."""
    name, place = reading.header.department, reading.header.department_span
    if not name or not place or not reading.part.span.covers(place):
        return
    said: dict[str, str] = {}
    proof: list[Span] = []
    for entry in _roster.entries(reading):
        if _is_own(entry.name, name):
            said = _standing.listed(reading.source, entry)
            proof = [entry.span] if said else []
            break
    for standing in _standing.standings(reading):
        news = standing.field not in said or _says_more(said, standing)
        if standing.subject == name and news and not _far(proof, standing.span):
            said[standing.field] = standing.value
            proof.append(standing.span)
    span = Span(min(p.start for p in proof), max(p.end for p in proof)) if proof else place
    yield Department(
        name=name,
        aliases=reading.header.aliases,
        region=reading.header.region,
        rank=said.get("rank"),
        nature=said.get("nature"),
        funding=said.get("funding"),
        evidence=cut(reading.source, span),
        part=reading.part.label or None,
    )


def _says_more(said: Mapping[str, str], standing: Standing) -> bool:
    """Whether a later clause tells the nature more exactly: 是区政府工作部门，为正科级行政单位."""
    known = said.get(standing.field, "")
    return standing.field == "nature" and known.endswith("部门") and standing.value.endswith("单位")


def _far(proof: list[Span], span: Span) -> bool:
    return bool(proof) and abs(span.start - proof[0].start) > _REACH


def _is_own(entry: str, department: str) -> bool:
    bare = entry.replace("（", "(").split("(")[0].removesuffix("本级").removesuffix("本部").removesuffix("机关")
    return bare == department or organisations.same(bare, department)
