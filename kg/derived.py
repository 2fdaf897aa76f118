"""Values that are computed, never stated: each lists the facts that it came from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from kg.facts import Amount, Department, Fact, Project
from kg.gathered import of
from kg.once import once
from kg.places import Places, distance, places

CENT = Decimal("0.01")
EXECUTED = ("预算执行数", "支出总计", "本年支出")  # what was spent: the execution figure itself before the year's total
BASES = {"年初预算": "预算执行率", "调整后预算": "调整后预算执行率"}
NEAR = 60  # characters between a budget and what was spent of it; beyond, they may be of two accounts
_CHANGE = "增减额"  # 年中追加 stands between a budget and its outturn

Pair = tuple[Amount, Amount]


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """`measure` of `subject` in `year`, worked out by `formula` (a line that one can check by
    hand: 62.4万元 ÷ 100万元 = 62.4%) from `facts`. `unit` is % or 元."""

    subject: str
    measure: str
    value: Decimal
    unit: str
    formula: str
    facts: tuple[Fact, ...]
    year: int | None = None


@once  # for the graph, and for every rule about execution
def derive(facts: Sequence[Fact]) -> tuple[Derived, ...]:
    """The execution rates that the amounts of one report allow, one for each subject, base and year:
    of the department and of each project as a whole. A department that tells no money of its own gets
    the rate over its projects."""
    return tuple(_derived(facts))


def _derived(facts: Sequence[Fact]) -> Iterator[Derived]:
    department = next((f.name for f in of(facts, Department)), None)
    projects = {f.name for f in of(facts, Project)}
    telling = {a.subject for a in _wholes(facts)}
    for base, measure in BASES.items():
        told: dict[tuple[str, int | None], list[Amount]] = defaultdict(list)
        for amount in _wholes(facts):
            if amount.measure == base:
                told[amount.subject, amount.year].append(amount)
        found = _accounts(facts)[base]
        whole = {key: pair for key, pairs in found.items() if (pair := _of_the_whole(pairs, told[key]))}
        for (subject, _), pair in whole.items():
            yield _rate(subject, measure, [pair])
        ours = [pair for (subject, _), pair in whole.items() if subject in projects]
        if department and department not in telling and len({budget.year for budget, _ in ours}) == 1:
            yield _rate(department, measure, ours)


def beside(facts: Sequence[Fact]) -> Iterator[Derived]:
    """The rate of every budget and what was spent of it that stand side by side, in the order of the
    text: what a rate stated next to them can be held against."""
    for base, measure in BASES.items():
        for (subject, _), pairs in _accounts(facts)[base].items():
            yield from (_rate(subject, measure, [pair]) for pair in pairs)


@once
def _wholes(facts: Sequence[Fact]) -> Sequence[Amount]:
    """Amounts of a whole department or project: the budget of one item (三公经费, 财政资金) is not the
    budget of the whole."""
    named = (f for f in of(facts, Amount) if f.measure in (*BASES, *EXECUTED))
    return [a for a in named if not (a.code or a.name or a.item or a.comparator)]


@once
def _accounts(facts: Sequence[Fact]) -> Mapping[str, Mapping[tuple[str, int | None], Sequence[Pair]]]:
    """Each budget with what was spent of it, where the two stand side by side: by the kind of budget, and by
    subject and year."""
    amounts = _wholes(facts)
    near, around = places(amounts), places(facts)
    found: dict[str, dict[tuple[str, int | None], list[Pair]]] = {base: {} for base in BASES}
    for budget in amounts:
        if budget.measure in BASES and budget.value_yuan > 0 and (outturn := _outturn(budget, near, around)):
            found[budget.measure].setdefault((budget.subject, budget.year), []).append((budget, outturn))
    return found


def _outturn(budget: Amount, amounts: Places[Amount], facts: Places[Fact]) -> Amount | None:
    """What was spent of `budget`: the nearest execution figure beside it, nothing of another account
    between."""
    for spent in EXECUTED:
        fitting = [
            a
            for a in amounts.near(budget.evidence, NEAR)
            if (a.measure, a.subject, a.year, a.part) == (spent, budget.subject, budget.year, budget.part)
            and not _parted(budget, a, facts)
        ]
        if fitting:
            return min(fitting, key=lambda a: distance(a.evidence, budget.evidence))
    return None


def _parted(budget: Amount, spent: Amount, facts: Places[Fact]) -> bool:
    """Whether a fact of another account stands between the two: 年初预算|X项目预算|支出."""
    first, last = sorted((budget.evidence, spent.evidence), key=lambda e: e.start)
    return any(_is_apart(fact, budget) for fact in facts.between(first.end, last.start))


def _is_apart(fact: Fact, budget: Amount) -> bool:
    """Whether `fact` is of another account than `budget`."""
    if isinstance(fact, Project):
        return fact.name != budget.subject
    if not isinstance(fact, Amount) or fact.measure == _CHANGE:
        return False
    return fact.subject != budget.subject or bool(fact.code or fact.name or fact.item)


def _of_the_whole(pairs: Sequence[Pair], alike: Sequence[Amount]) -> Pair | None:
    """The pair that is of the subject as a whole: its budget is the largest of those `alike` that the subject
    has, and no smaller than the others together. Where none is, some are of accounts that nobody named."""
    budget, spent = max(pairs, key=lambda pair: pair[0].value_yuan)
    others = {a.value_yuan for a in alike} - {budget.value_yuan}
    return (budget, spent) if sum(others, Decimal(0)) <= budget.value_yuan else None


def _rate(subject: str, measure: str, pairs: Sequence[Pair]) -> Derived:
    budget = sum((b.value_yuan for b, _ in pairs), Decimal(0))
    spent = sum((e.value_yuan for _, e in pairs), Decimal(0))
    value = (spent / budget * 100).quantize(CENT, ROUND_HALF_UP)
    top = " + ".join(written(e) for _, e in pairs)
    bottom = " + ".join(written(b) for b, _ in pairs)
    if len(pairs) > 1:
        top, bottom = f"({top})", f"({bottom})"
    return Derived(
        subject=subject,
        measure=measure,
        value=value,
        unit="%",
        formula=f"{top} ÷ {bottom} = {value}%",
        facts=tuple(f for pair in pairs for f in pair),
        year=pairs[0][0].year,
    )


def written(amount: Amount) -> str:
    """The amount as the report writes it; where it writes no unit, with what it was taken for."""
    if amount.unit:
        return f"{amount.value}{amount.unit}"
    return f"{amount.value}（未写单位，按{amount.value_yuan.normalize():f}元计）"
