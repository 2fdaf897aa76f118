"""What a report says an organisation is: its rank (正科级), its nature (行政机关), its funding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.extractors._clauses import clauses, passages
from kg.extractors._roster import Entry
from kg.grammar.lexicon import either, folded
from kg.once import once
from kg.reading import Reading
from kg.text import Source, Span, View
from ontology.loader import spellings

SAYS = ("rank", "nature", "funding")
_SCHEMES = {"rank": "ranks", "nature": "natures", "funding": "funding"}


@dataclass(frozen=True, slots=True)
class Standing:
    """One thing said of `subject`: `field` is rank, nature or funding, `value` as written, `span`
    the clause that says it."""

    subject: str
    field: str
    value: str
    span: Span


_MANY = r"的?(?:补助|拨款|供给|保障)?(?:事业)?单位[共有]?\d"  # 自收自支事业单位1个 is said of no unit


@cache
def _pattern(field: str) -> re.Pattern[str]:
    """What says `field` at the place where a clause begins to speak of its subject."""
    words = either(folded(word) for word in spellings(_SCHEMES[field]))
    end = "$|[,。;、(]"
    patterns = {
        # 核定股级领导职数 and 正科级干部 are about people: a rank stands after 规格 or 为, or before what it ranks.
        "rank": rf"(?:.{{0,8}}?(?:规格|级别)(?:为|是|:|相当于)*|(?:为|是|属|系)(?:[^,]{{0,24}}?的)?|)(?P<word>{words})"
        rf"(?={end}|建制|全额|财政|参公|参照|公益|行政|事业|群团|单位|机关|机构|规格|政府(?!下[属辖])|党)",
        "nature": rf"(?:.{{0,8}}?性质(?:为|是|属于|:)*|(?:属于|属|为|是|系).{{0,24}}?)(?P<word>{words})(?={end}|编制)",
        "funding": r"(?:.{0,8}?(?:来源|形式|方式|渠道|供给|保障|管理)(?:为|是|属于|:|实行)*|(?:为|是|属于|属)?.{0,8}?)"
        rf"(?P<word>{words})(?!供给|{_MANY})(?={end}|事业|单位)",
    }
    return re.compile(patterns[field])


@once  # for the department, and again for its units
def standings(reading: Reading) -> tuple[Standing, ...]:
    """Everything that paragraphs say of the standing of the department and its units, in order."""
    return tuple(said for text in passages(reading) if _words().search(text.text) for said in _said(reading, text))


@cache
def _words() -> re.Pattern[str]:
    """Any word of a standing: most paragraphs have none."""
    return re.compile(either(folded(word) for scheme in _SCHEMES.values() for word in spellings(scheme)))


def _said(reading: Reading, text: View) -> Iterator[Standing]:
    for clause in clauses(text, reading.header):
        for field in SAYS:
            if match := _pattern(field).match(text.text, clause.predicate, clause.end):
                value = reading.source.plain(text.group(match, "word"))
                yield Standing(clause.subject, field, value, text.span(clause.start, clause.end))


def listed(source: Source, entry: Entry) -> dict[str, str]:
    """What a row of a table of units says of the unit's standing."""
    cells = {field: text for field, text in entry.fields.items() if field in SAYS}
    return {field: source.plain(text.span(0, len(text))) for field, text in cells.items()}
