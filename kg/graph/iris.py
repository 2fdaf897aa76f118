"""The names of things, made from content: building twice gives the same graph.

A report is named by the SHA-256 of its bytes, what stands in it by its place, a fact by its
kind, place and fields. A department is named in words that one can read in the address line;
one whose name has no region (教育局) is named within its report, since a wrong merge is worse
than a missed one.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from rdflib import URIRef

from kg import organisations
from kg.checks import Check
from kg.checks import to_json as check_to_json
from kg.derived import Derived
from kg.facts import Fact, to_json
from kg.imprint import Box
from kg.text import Span
from kg.values.exact import plain

BASE = "https://w3id.org/jixiao/id/"
_UNSAFE = re.compile(r"[^\w·]+")


def report_iri(digest: str, base: str = BASE) -> URIRef:
    """The report whose bytes have the SHA-256 `digest` (hexadecimal)."""
    return URIRef(f"{base}report/{digest[:32]}")


def graph_iri(report: str) -> URIRef:
    """The named graph that holds what is known from `report`."""
    return URIRef(f"{report}/graph")


def department_iri(name: str, region: str | None, report: str, base: str = BASE) -> URIRef:
    """The department called `name`, one and the same in all reports where its region is known."""
    full = folded(name)
    if organisations.region(full):
        return URIRef(f"{base}department/{segment(full)}")
    if region:
        return URIRef(f"{base}department/{segment(region + full)}")
    return URIRef(f"{report}/department/{segment(full)}")


def unit_iri(owner: str, name: str) -> URIRef:
    """The unit `name` of the department (or report) `owner`."""
    return URIRef(f"{owner}/unit/{segment(name)}")


def project_iri(report: str, name: str) -> URIRef:
    """The project `name` of one report."""
    return URIRef(f"{report}/project/{segment(name)}")


def subject_iri(report: str, name: str) -> URIRef:
    """What one report calls `name` without saying what it is."""
    return URIRef(f"{report}/subject/{segment(name)}")


def measure_iri(name: str, base: str = BASE) -> URIRef:
    """A measure that the vocabulary does not have, by its own words."""
    return URIRef(f"{base}measure/{segment(name)}")


def evidence_iri(report: str, span: Span) -> URIRef:
    """The words at `span` of the report's text, as a fragment of RFC 5147."""
    return URIRef(f"{report}#char={span.start},{span.end}")


def selector_iri(report: str, span: Span) -> URIRef:
    return URIRef(f"{report}/selector/{span.start}-{span.end}")


def box_iri(report: str, box: Box) -> URIRef:
    """A rectangle on a page of the file, in points, as a fragment: page of RFC 8118, xywh of Media Fragments."""
    place = ",".join(f"{size:g}" for size in (box.left, box.top, box.width, box.height))
    return URIRef(f"{report}#page={box.page}&xywh={place}")


def passage_iri(report: str, span: Span) -> URIRef:
    return URIRef(f"{report}/passage/{span.start}-{span.end}")


@lru_cache(maxsize=2048)  # a fact is named by itself, by its passage, and by what was worked out from it
def fact_iri(report: str, fact: Fact) -> URIRef:
    """`fact` of `report`; facts that are equal by value (1.50 and 1.5) have one name."""
    fields = {name: value for name, value in to_json(fact, imprint=False).items() if name != "report"}
    place = fact.evidence
    return URIRef(f"{report}/fact/{fact.kind}-{place.start}-{place.end}-{_digest(fields)}")


def check_iri(report: str, check: Check) -> URIRef:
    fields = check_to_json(check)
    fields["places"] = [(place.start, place.end) for place in check.places]
    return URIRef(f"{report}/check/{_digest(fields)}")


def derived_iri(report: str, value: Derived) -> URIRef:
    fields = [value.subject, value.measure, value.year, value.unit, value.value, value.formula]
    return URIRef(f"{report}/derived/{_digest(fields)}")


def segment(name: str) -> str:
    """`name` as one readable step of a path: Chinese stays, what an IRI may not hold is escaped."""
    return _UNSAFE.sub(lambda match: quote(match.group(), safe=""), folded(name))


def folded(name: str) -> str:
    """`name` for comparing: width and blanks make no difference."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def _digest(fields: Any) -> str:
    return sha256("".join(_canonical(fields)).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _canonical(fields: Any) -> Iterator[str]:
    yield json.dumps(fields, ensure_ascii=False, sort_keys=True, default=lambda value: f"={plain(value)}")
