"""How a rule says how it ended: with what proves it, first the one that is wrong or stated."""

from __future__ import annotations

from collections.abc import Sequence

from kg.checks import Check, in_order
from kg.facts import Evidence, Fact, Finding

Proof = Fact | Evidence
"""A fact, or words that are none."""


def finding(
    rule: str,
    type: str,
    severity: str,
    proof: Sequence[Proof],
    zh: str,
    en: str,
    recomputation: str,
    subject: str | None = None,
    part: str | None = None,
) -> Finding:
    """It contradicts: at the place of the first of `proof`, every other place as further proof.
    `subject` and `part` are those of the first where they are not given."""
    first, *others = dict.fromkeys(map(_place, proof))
    return Finding(
        evidence=first,
        part=part or getattr(proof[0], "part", None),
        type=type,
        severity=severity,
        rule=rule,
        subject=subject or _subject(proof),
        explanation=zh,
        explanation_en=en,
        recomputation=recomputation,
        others=tuple(others),
    )


def held(rule: str, proof: Sequence[Proof], recomputation: str, *, exactly: bool = True) -> Check:
    """It holds: `exactly`, or within the digits that were written."""
    return Check(
        rule=rule,
        outcome="holds" if exactly else "within_rounding",
        places=in_order(map(_place, proof)),
        subject=_subject(proof),
        recomputation=recomputation,
    )


def unsure(rule: str, proof: Sequence[Proof], zh: str, en: str) -> Check:
    """It cannot be told, and why."""
    return Check(
        rule=rule,
        outcome="not_computable",
        places=in_order(map(_place, proof)),
        subject=_subject(proof),
        reason=zh,
        reason_en=en,
    )


def _place(proof: Proof) -> Evidence:
    return proof if isinstance(proof, Evidence) else proof.evidence


def _subject(proof: Sequence[Proof]) -> str | None:
    subject: str | None = getattr(proof[0], "subject", None)
    return subject
