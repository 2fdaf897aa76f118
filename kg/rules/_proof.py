"""How a rule says how it ended: with the facts that prove it, first the one that is wrong or stated."""

from __future__ import annotations

from collections.abc import Sequence

from kg.checks import Check, in_order
from kg.facts import Fact, Finding


def finding(
    rule: str,
    type: str,
    severity: str,
    facts: Sequence[Fact],
    zh: str,
    en: str,
    recomputation: str,
    subject: str | None = None,
) -> Finding:
    """It contradicts: at the place of the first of `facts`, every other place as further proof.
    `subject` is that of the first fact where it is not given."""
    first, *others = dict.fromkeys(fact.evidence for fact in facts)
    return Finding(
        evidence=first,
        part=facts[0].part,
        type=type,
        severity=severity,
        rule=rule,
        subject=subject or _subject(facts),
        explanation=zh,
        explanation_en=en,
        recomputation=recomputation,
        others=tuple(others),
    )


def held(rule: str, facts: Sequence[Fact], recomputation: str, *, exactly: bool = True) -> Check:
    """It holds: `exactly`, or within the digits that were written."""
    return Check(
        rule=rule,
        outcome="holds" if exactly else "within_rounding",
        places=in_order(fact.evidence for fact in facts),
        subject=_subject(facts),
        recomputation=recomputation,
    )


def unsure(rule: str, facts: Sequence[Fact], zh: str, en: str) -> Check:
    """It cannot be told, and why."""
    return Check(
        rule=rule,
        outcome="not_computable",
        places=in_order(fact.evidence for fact in facts),
        subject=_subject(facts),
        reason=zh,
        reason_en=en,
    )


def _subject(facts: Sequence[Fact]) -> str | None:
    subject: str | None = getattr(facts[0], "subject", None)
    return subject
