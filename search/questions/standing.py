"""部门或下属单位是什么规格、什么性质、经费怎么保障；某一规格的部门有哪些。

The rank, nature and funding of departments and units; which departments have a certain rank.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial

from ontology.loader import scheme
from search.grammar.facts import literal
from search.grammar.reading import Answer, Question, Reading
from search.grammar.table import Table, where
from search.grammar.things import evidence
from search.grammar.wording import plain

EXAMPLES = (
    "望川县公安局是什么规格，什么性质？",
    "正科级的部门有哪些？",
    "What is the administrative rank of the Yunxi education bureau?",
)
_FIELDS = {"rank": ("规格", "rank"), "nature": ("性质", "nature"), "funding": ("经费形式", "funding")}


def read(question: Question) -> Reading | None:
    """A word for rank, nature or funding of someone named, or the name of a rank."""
    slots = question.slots
    asked = tuple(role for role in _FIELDS if slots.has(role))
    rank = next((label for word, label in _ranks().items() if word in slots.text), "")
    if question.unknown or slots.measures or slots.comparisons or slots.has("institution", "subordinate", "division"):
        return None
    if asked and (question.departments or question.things):
        return Reading(0.76, partial(_answer, question, asked, ""))
    if rank and slots.has("department") and slots.has("which", "how-many"):
        return Reading(0.76, partial(_answer, question, ("rank",), rank))
    return None


@cache
def _ranks() -> Mapping[str, str]:
    """The names of ranks, longest first → the rank."""
    found = {plain(word): label for label, c in scheme("ranks").items() for word in (label, *c.aliases)}
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


def _answer(question: Question, asked: tuple[str, ...], rank: str) -> Answer | None:
    query = _sparql(question, asked, rank)
    rows = [row for row in question.graph.rows(query) if any(field in row for field in asked)]
    if not rows:
        return None
    told = question.say("；", "; ").join(
        f"{row['called']} {question.say('，', ', ').join(str(row[field]) for field in asked if field in row)}"
        for row in rows[:8]
    )
    heads = (
        question.say("单位", "body"),
        question.say("年度", "year"),
        *(question.say(*_FIELDS[field]) for field in asked),
    )
    return Answer(
        answerable=True,
        text=told + question.say("。", "."),
        columns=heads,
        rows=tuple((row["called"], row.get("year"), *(row.get(field) for field in asked)) for row in rows),
        sparql=query,
        evidence=evidence(question, (row["of"] for row in rows)),
    )


def _sparql(question: Question, asked: tuple[str, ...], rank: str) -> str:
    """The query for what is said of the units named, else of the departments."""
    slots = question.slots
    table = Table(departments=question.departments, years=slots.all_years, no_years=slots.no_years)
    things = " ".join(f"<{iri}>" for iri in question.things)
    whom = f"VALUES ?of {{ {things} }}" if things else "BIND(?department AS ?of)"
    words = ", ".join(literal(word) for word in (rank, *scheme("ranks")[rank].aliases)) if rank else ""
    lines = [
        f"SELECT DISTINCT ?of ?called ?report ?year {' '.join(f'?{field}' for field in asked)}",
        "WHERE {",
        *list(where(table))[:-1],
        f"    {whom}",
        "    ?of jx:name ?called .",
        *(f"    OPTIONAL {{ ?of jx:{field} ?{field} }}" for field in asked),
        *((f"    FILTER(?rank IN ({words}))",) if rank else ()),
        "  }",
        "}",
        "ORDER BY ?called ?year",
    ]
    return "\n".join(lines)
