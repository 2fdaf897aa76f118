"""Two passages in the same words, or nearly: what differs, and the finding that shows both."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher

from kg.facts import Evidence, Finding
from kg.neighbours import Passage
from kg.wording import numbers, skeleton, telling

OWN_WORDS = ("problem", "improvement")  # what a department should find in its own work
RUN = 6  # characters
NEARLY = 0.7  # of the runs: a word in ten may be another
ENOUGH = 2  # numbers in common that are no coincidence


def nearest(passages: Iterable[Passage]) -> Callable[[Passage], Passage | None]:
    """A function that finds the one of `passages` that says nearly the same in the same words, None where
    none does. Runs of characters are looked up, so that it costs what is alike and not what there is."""
    known = [(passage, _runs(passage)) for passage in passages]
    holding: dict[str, list[int]] = defaultdict(list)
    for at, (_, runs) in enumerate(known):
        for run in runs:
            holding[run].append(at)

    def find(passage: Passage) -> Passage | None:
        runs = _runs(passage)
        shared = Counter(at for run in runs for at in holding.get(run, ()))
        for at, count in shared.most_common(1):
            if count >= NEARLY * max(len(runs), len(known[at][1])):
                return known[at][0]
        return None

    return find


def _runs(passage: Passage) -> frozenset[str]:
    text = skeleton(passage.evidence.quote)
    return frozenset(text[at : at + RUN] for at in range(len(text) - RUN + 1))


def rewritten(here: Evidence, there: Evidence) -> str:
    """The words that differ, old → new: 乡村 → 农村、（无） → 及时."""
    then, now = ("".join(place.quote.split()) for place in (there, here))
    told = []
    for what, a, b, c, d in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        if what != "equal":
            told.append(f"{then[a:b] or '（无）'} → {now[c:d] or '（删去）'}")
    return "、".join(told)


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
