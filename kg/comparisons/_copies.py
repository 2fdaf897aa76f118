"""Two passages in the same words: which numbers differ, and the finding that shows both."""

from __future__ import annotations

from kg.facts import Evidence, Finding
from kg.wording import numbers, telling

OWN_WORDS = ("problem", "improvement")  # what a department should find in its own work
ENOUGH = 2  # numbers in common that are no coincidence


def changes(here: Evidence, there: Evidence) -> str:
    """The numbers that differ, old → new: 12 → 15、3.4 → 3.5."""
    now, then = numbers(here.quote), numbers(there.quote)
    return "、".join(f"{old} → {new}" for old, new in zip(then, now, strict=False) if old != new)


def same_numbers(here: Evidence, there: Evidence) -> bool:
    """Whether all their numbers that are no coincidence are the same, and there are several."""
    ours = telling(here.quote)
    return ours == telling(there.quote) and len(set(ours)) >= ENOUGH


def copied(rule: str, severity: str, here: Evidence, there: Evidence, zh: str, en: str, changed: str) -> Finding:
    return Finding(
        evidence=here,
        others=(there,),
        type="contradiction",
        severity=severity,
        rule=rule,
        explanation=zh,
        explanation_en=en,
        recomputation=changed or None,
    )
