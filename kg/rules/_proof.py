"""How a rule says what it found: the facts that prove it, first the one that is wrong or stated."""

from __future__ import annotations

from collections.abc import Sequence

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
    """The finding of `rule` at the place of the first of `facts`, every other place as further proof.
    `subject` is that of the first fact where it is not given."""
    first, *others = dict.fromkeys(fact.evidence for fact in facts)
    return Finding(
        evidence=first,
        part=facts[0].part,
        type=type,
        severity=severity,
        rule=rule,
        subject=subject or getattr(facts[0], "subject", None),
        explanation=zh,
        explanation_en=en,
        recomputation=recomputation,
        others=tuple(others),
    )
