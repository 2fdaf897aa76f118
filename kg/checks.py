"""What a rule looked at and how it ended: a report shows what was checked, not only what was wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any, Literal

from kg.facts import Evidence, Fact, Finding

Outcome = Literal["holds", "within_rounding", "contradicts", "not_computable"]
OUTCOMES: tuple[Outcome, ...] = ("holds", "within_rounding", "contradicts", "not_computable")
"""It is so · it is so within the digits that were written · it is not so · it cannot be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that `rule` looked at. `places` prove it, in reading order; `recomputation` is the line
    that one can check by hand; `reason` (Chinese) and `reason_en` say why it is not computable, or what
    is wrong."""

    rule: str
    outcome: Outcome
    places: tuple[Evidence, ...]
    subject: str | None = None
    recomputation: str | None = None
    reason: str | None = None
    reason_en: str | None = None

    def __post_init__(self) -> None:
        if not self.places or self.outcome not in OUTCOMES:
            raise ValueError(f"a check without a place or an outcome: {self.rule} {self.outcome}")
        if self.outcome in ("contradicts", "not_computable") and not self.reason:
            raise ValueError(f"a check that does not say why: {self.rule} {self.outcome}")


Verdict = Check | Finding
"""What a rule says: a finding contradicts, a check is any of the other three outcomes."""


def told(verdict: Verdict) -> Check:
    """Any verdict as a check: a finding is one that contradicts, its sentence the reason."""
    if isinstance(verdict, Check):
        return verdict
    return Check(
        rule=verdict.rule,
        outcome="contradicts",
        places=in_order((verdict.evidence, *verdict.others)),
        subject=verdict.subject,
        recomputation=verdict.recomputation,
        reason=verdict.explanation,
        reason_en=verdict.explanation_en,
    )


def in_order(places: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Each place once, in reading order."""
    return tuple(sorted(set(places), key=lambda place: (place.report, place.start, place.end)))


def without(checks: Iterable[Check], refused: Iterable[Fact | None]) -> tuple[Check, ...]:
    """The checks that rest on none of the facts `refused`."""
    lost = {fact.evidence for fact in refused if fact}
    return tuple(check for check in checks if lost.isdisjoint(check.places))


def to_json(check: Check) -> dict[str, Any]:
    """The check as one object; what is not given is left out."""
    given = {f.name: getattr(check, f.name) for f in fields(check) if f.name != "places"}
    places = [{"report": p.report, "quote": p.quote, "start": p.start, "end": p.end} for p in check.places]
    return {name: value for name, value in given.items() if value is not None} | {"places": places}
