"""What a department can be asked for: each measure with the pattern that finds it in the graph.

The direct properties of the ontology come first (jx:totalExpenditure, one value a report); what
has none is found among the facts by its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from ontology.loader import Concept, scheme, summaries
from search.grammar.wording import plain

YUAN, PERCENT, POINTS, PEOPLE = "元", "%", "分", "人"
_UNITS = {
    "executionRate": PERCENT,
    "statedExecutionRate": PERCENT,
    "computedExecutionRate": PERCENT,
    "overallScore": POINTS,
    "overallGrade": "",
    "staffCount": PEOPLE,
}  # fmt: skip
_RATES = ("率", "度")
_RELATIVE = ("增减额", "增长率", "占比", "完成率", "满意度", "增加", "减少")  # of something else, never asked for alone


@dataclass(frozen=True, slots=True)
class Measure:
    """`label` and `english` name it to people; `unit` is 元, %, 分, 人, or '' where its values are
    words. It is the direct property `property`, or else what `facts` (a predicate list) describes,
    with its value in the property `value`."""

    label: str
    english: str
    unit: str
    property: str = ""
    facts: str = ""
    value: str = "jx:value"

    def pattern(self, variable: str) -> str:
        """The triples that give ?department its value, within the graph of one report of ?year."""
        if self.property:
            return f"?department jx:{self.property} ?{variable} ."
        by = f"?{variable}Fact"
        return (
            f"{by} {self.facts} ; jx:subject ?department ; {self.value} ?{variable} .\n"
            f"  FILTER NOT EXISTS {{ {by} jx:year|jx:asOf ?{variable}Year FILTER(?{variable}Year != ?year) }}"
        )

    def proof(self) -> str:
        """The triples that lead from ?department to ?by, the fact or derived value behind its value."""
        found = f"jx:supports jx:{self.property}" if self.property else self.facts
        return f"?by {found} ; jx:subject ?department ."

    def name(self, english: bool) -> str:
        return self.english if english and self.english else self.label


EXECUTION = ("executionRate", "computedExecutionRate", "statedExecutionRate")
ON_INITIAL_BUDGET = Measure(
    "预算执行率（按年初预算）",
    "execution rate on the initial budget",
    PERCENT,
    facts='a jx:DerivedValue ; jx:measureName "预算执行率"',
)


@cache
def direct() -> Mapping[str, Measure]:
    """The measures that are direct properties, by the property's name."""
    return {
        c.notation: Measure(c.label, c.label_en, _UNITS.get(c.notation, YUAN), c.notation)
        for c in scheme("measure-aliases").values()
        if c.notation
    }


@cache
def measures() -> Mapping[str, Measure]:
    """Every spelling of every measure of the vocabulary, folded as questions are → the measure.

    How people ask wins over what documents write."""
    by_label = {c.label: _of_facts(c) for c in scheme("measures").values()}
    by_label |= {c.label: _of_staff(c) for c in scheme("staffing-measures").values()}
    by_label |= {labels[0]: direct()[name] for name, labels in summaries().items() if _is_plain(name)}
    known: dict[str, Measure] = {}
    for name in ("staffing-measures", "measures"):
        for concept in (c for c in scheme(name).values() if c.label not in _RELATIVE):
            known |= dict.fromkeys(_spellings(concept), by_label[concept.label])
    for concept in scheme("measure-aliases").values():
        known |= dict.fromkeys(_spellings(concept), direct().get(concept.notation) or by_label[concept.label])
    return known


def _is_plain(name: str) -> bool:
    """Whether a direct property stands for its measure as such: total expenditure does, the stated
    execution rate is one of two ways to read a rate."""
    return name in direct() and not name.endswith("ExecutionRate")


def _of_facts(concept: Concept) -> Measure:
    if concept.label.endswith(_RATES):
        return Measure(concept.label, concept.label_en, PERCENT, facts=f'a jx:Rate ; jx:measureName "{concept.label}"')
    facts = f'a jx:Amount ; jx:measureName "{concept.label}"'
    return Measure(concept.label, concept.label_en, YUAN, facts=facts, value="jx:valueYuan")


def _of_staff(concept: Concept) -> Measure:
    facts = f'a jx:Staffing ; jx:measureName "{concept.label}" ; jx:category "总计"'
    return Measure(concept.label, concept.label_en, PEOPLE, facts=facts)


def of_every_kind(measure: Measure) -> Measure:
    """The same number of people, of whatever kind of staff it is given."""
    name = "实有" if measure.property == "staffCount" else measure.label
    return replace(measure, property="", facts=f'a jx:Staffing ; jx:measureName "{name}"')


def _spellings(concept: Concept) -> list[str]:
    words = (concept.label, *concept.aliases, concept.label_en, *concept.aliases_en)
    return [plain(word) for word in words if word and not word.startswith("部门")]  # 各部门收入总计: whose, not what
