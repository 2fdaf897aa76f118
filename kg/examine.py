"""One report from bytes to facts, values and findings: the order of the stages that know no store."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import kg.extractors
import kg.layouts
import kg.rules
from kg import dropin, reader
from kg.checks import Check, Verdict
from kg.derived import Derived, derive
from kg.document import Document, Part
from kg.errors import UnreadableFile
from kg.facts import Amount, Department, Fact, Finding, Report
from kg.gathered import Gathered
from kg.header import read_header
from kg.reading import Header, Reading
from kg.renaming import renamed
from ontology.loader import scheme

_FEW = 3  # facts of a text without a title that names an office: fewer make no report
_LISTED = 5  # file names in a text without a title: it tells of reports and is none
_FILE_NAME = re.compile(r"(?<![\w-])[\w-]{1,200}\.(?:md|txt|docx?|pdf|xlsx?|html?)(?!\w)")
_SOME = 20  # facts of one that names none
_ACCOUNTS = 3  # amounts of known measures: a notice on 三公经费 has no more, and no title of a report


@dataclass(frozen=True, slots=True)
class Examined:
    """All that one file says. `readings` are its parts, `facts` in reading order without findings;
    `findings` are what does not hold together, `checks` whatever else the rules looked at."""

    document: Document
    readings: tuple[Reading, ...]
    facts: tuple[Fact, ...]
    derived: tuple[Derived, ...]
    findings: tuple[Finding, ...]
    checks: tuple[Check, ...]

    @property
    def header(self) -> Header:
        return self.readings[0].header


def examine(data: bytes, name: str) -> Examined:
    """Read the file `name` whole. UnreadableFile where no reader can, or `no-report` where the text has no
    report's title and states next to nothing."""
    document = reader.read(data, name)
    readings = tuple(_readings(document))
    facts = renamed(tuple(fact for reading in readings for fact in extract(reading)))
    if not _is_report(readings, facts):
        message = "认不出是哪种报告，也没有读出多少事实。No known kind of report, and hardly a fact in it."
        raise UnreadableFile("no-report", message, file=name)
    gathered = Gathered(facts)
    derived = derive(gathered)
    verdicts = judge(readings, gathered)
    findings = tuple(verdict for verdict in verdicts if isinstance(verdict, Finding))
    checks = tuple(verdict for verdict in verdicts if isinstance(verdict, Check))
    return Examined(document, readings, facts, derived, findings, checks)


def _is_report(readings: Sequence[Reading], facts: Sequence[Fact]) -> bool:
    """Whether the text is a report: by its title, by headings of a known kind, else by what it states. A
    README beside reports names kinds of reports and offices too, and a saved page may be nothing but navigation."""
    if not readings:
        return False
    stated = sum(not isinstance(fact, Report | Department) for fact in facts)
    known = any(reading.header.report_type for reading in readings)
    if any(reading.part.title for reading in readings) and (known or stated):
        return True
    text = readings[0].source.text
    if len({match.group() for match in _FILE_NAME.finditer(text)}) >= _LISTED:
        return False
    accounts = sum(isinstance(fact, Amount) and fact.measure in scheme("measures") for fact in facts)
    headed = sum(1 for reading in readings for section in reading.roles if section.title)
    enough = _FEW if readings[0].header.department else _SOME
    return (known and headed > 1) or accounts >= _ACCOUNTS or stated >= enough


def _readings(document: Document) -> Iterator[Reading]:
    main: Header | None = None
    for part in document.parts:
        header = read_header(document, part, main)
        main = main or header
        layout = best_layout(document, part)
        roles = dropin.one(kg.layouts, layout).roles(document.source, part)
        yield Reading(document, part, header, layout, roles)


def best_layout(document: Document, part: Part) -> str:
    """The layout that fits `part` best; of equals the first by name, so that a build can be repeated."""
    scores = {name: layout.fits(document.source, part) for name, layout in dropin.every(kg.layouts).items()}
    return max(scores, key=lambda name: scores[name])


def extract(reading: Reading) -> list[Fact]:
    """Every fact of one part, in reading order, none twice."""
    facts = {fact: None for extractor in dropin.every(kg.extractors).values() for fact in extractor.extract(reading)}
    return sorted(facts, key=lambda fact: (fact.evidence.start, fact.evidence.end, fact.kind))


def judge(readings: Sequence[Reading], facts: Sequence[Fact]) -> list[Verdict]:
    """What every rule says of one report, of its facts or of its words, nothing twice."""
    rules = dropin.every(kg.rules).values()
    said = (rule.review(readings, facts) if hasattr(rule, "review") else rule.check(facts) for rule in rules)
    return list(dict.fromkeys(verdict for verdicts in said for verdict in verdicts))
