"""What departments have: units, duties, projects, indicators and so on, as lists and as counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from kg import organisations
from kg.facts import Evidence
from search.grammar.facts import Row
from search.grammar.paging import MANY, Page
from search.grammar.reading import Answer, Question
from search.grammar.table import PAGE, Table, where


@dataclass(frozen=True, slots=True)
class Field:
    """Something that is said of a thing: a property path with its column heads."""

    path: str
    chinese: str
    english: str

    @property
    def variable(self) -> str:
        return self.path.removeprefix("jx:").replace("/jx:", "")


@dataclass(frozen=True, slots=True)
class Kind:
    """Things of one kind: `role` is the word of questions for them, `link` leads to them from
    ?department (or says what they are), `label` is the property that shows them."""

    role: str
    link: str
    label: Field
    fields: tuple[Field, ...] = ()


RELATION, NATURE = Field("jx:relation", "关系", "relation"), Field("jx:nature", "性质", "nature")
RANK = Field("jx:rank", "规格", "rank")
SUBJECT = Field("jx:subjectName", "对象", "subject")
LEVEL1, LEVEL2 = Field("jx:level1", "一级指标", "level 1"), Field("jx:level2", "二级指标", "level 2")
TARGET, ACTUAL = Field("jx:target", "目标值", "target"), Field("jx:actual", "完成值", "actual")
TARGET_UNIT, ACTUAL_UNIT = Field("jx:targetUnit", "目标值单位", "unit"), Field("jx:actualUnit", "单位", "unit")
WEIGHT, POINTS = Field("jx:weight", "分值", "weight"), Field("jx:score", "得分", "score")
MET, REASON = Field("jx:met", "是否完成", "met"), Field("jx:deviationReason", "偏差原因", "reason")
COMPLETION = Field("jx:completion", "完成率（%）", "completion (%)")

_NAME = Field("jx:name", "名称", "name")
UNIT = Kind("unit", "jx:hasUnit", replace(_NAME, chinese="单位", english="unit"), (RELATION, NATURE, RANK))
PROJECT = Kind(
    "project", "jx:hasProject", replace(_NAME, chinese="项目", english="project"), (Field("jx:code", "编码", "code"),)
)
DUTY = Kind("duty", "jx:hasDuty", Field("jx:text", "职责", "duty"))
PROBLEM = Kind("problem", "jx:hasProblem", Field("jx:text", "问题", "problem"))
IMPROVEMENT = Kind("improvement", "jx:hasImprovement", Field("jx:text", "改进措施", "improvement"))
INDICATOR = Kind(
    "indicator",
    "jx:hasIndicator",
    Field("jx:level3", "指标", "indicator"),
    (SUBJECT, LEVEL1, LEVEL2, TARGET, TARGET_UNIT, ACTUAL, ACTUAL_UNIT, WEIGHT, POINTS, COMPLETION, MET, REASON),
)
FINDING = Kind(
    "finding",
    "jx:hasFinding",
    Field("jx:explanation", "发现", "finding"),
    (
        Field("jx:type", "类型", "type"),
        Field("jx:severity", "程度", "severity"),
        Field("jx:recomputation", "复算", "sum"),
    ),
)
KINDS = (UNIT, PROJECT, DUTY, PROBLEM, IMPROVEMENT, INDICATOR, FINDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Things:
    """All things of `kind` that `table` (departments and years) and `such` (lines of SPARQL on ?thing, ?label
    and the fields) leave. Without a field of `needed` nothing can be such."""

    kind: Kind
    table: Table
    fields: tuple[Field, ...] = ()
    such: tuple[str, ...] = ()
    needed: tuple[Field, ...] = ()


def sparql(things: Things, limit: int = 0) -> str:
    """The query: ?department ?name ?report ?year ?thing ?label and a variable for each field; a part of all
    is not sorted, as tables are not."""
    fields = "".join(f" ?{field.variable}" for field in things.fields)
    order = f"LIMIT {limit}" if limit else "ORDER BY ?name ?year"
    head = f"SELECT DISTINCT ?department ?name ?report ?year ?thing ?label{fields}"
    return "\n".join(
        [head, "WHERE {", *list(where(_begun(things), needed(things)))[:-1], *asked(things), "  }", "}", order]
    )


def _begun(things: Things) -> Table:
    """The table with where the engine begins. Of all departments it goes through the reports one by one;
    where a value that it can look up says which things are meant, it goes from them to their reports, and
    what a report is must then be a condition: as a pattern it would be where the engine begins after all."""
    table = things.table
    if table.departments or not any(line.startswith("VALUES") for line in things.such):
        return table
    lines = f"?report {things.kind.link} ?thing ; jx:department ?department .", "FILTER EXISTS { ?report a jx:Report }"
    return replace(table, reports=lines)


def needed(things: Things) -> list[str]:
    """The lines of the pattern from ?department to ?thing, with all that it must have."""
    kind = things.kind
    label = [kind.label] if kind is not INDICATOR or kind.label in things.needed else []
    fields = [*(field for field in things.needed if field is not kind.label)]
    return [
        f"?department {kind.link} ?thing .",
        *(f"?thing {field.path} ?{field.variable} ." for field in fields),
        *(f"?thing {field.path} ?label ." for field in label),
        *things.such,
    ]


def asked(things: Things) -> Iterator[str]:
    """The lines for what ?thing may have."""
    kind = things.kind
    if kind is INDICATOR and kind.label not in things.needed:
        yield f"    OPTIONAL {{ ?thing {kind.label.path} ?label }}"
    for field in things.fields:
        if field not in things.needed:
            yield f"    OPTIONAL {{ ?thing {field.path} ?{field.variable} }}"


def bare(things: Things) -> Things:
    """Without the fields that nothing is said of."""
    return replace(things, fields=tuple(field for field in things.fields if f"?{field.variable}" in str(things.such)))


def page(question: Question, things: Things) -> Page:
    """The things in the order in which they stand in their reports; a unit that goes by two names of which
    one is short for the other is one."""
    few = things.table.departments
    rows = question.graph.rows(sparql(things, 0 if few else PAGE + 1))
    more = not few and len(rows) > PAGE
    if more:
        [count] = question.graph.rows(_up_to(things, MANY + 1))
        total = int(count["count"]) if count["count"] <= MANY else None
        return _sorted(question, Page(rows[:PAGE], f"{sparql(things, PAGE)} OFFSET 0", total))
    rows = _fullest(rows) if things.kind is UNIT else rows
    return _sorted(question, Page(rows, sparql(things), len(rows)))


def _up_to(things: Things, most: int) -> str:
    """The query for ?count, of no more than `most`."""
    lines = "\n".join([*list(where(_begun(things), needed(things)))[:-1], *asked(bare(things)), "  }"])
    return f"SELECT (COUNT(*) AS ?count) {{ {{ SELECT DISTINCT ?report ?thing WHERE {{\n{lines}\n}} LIMIT {most} }} }}"


def _sorted(question: Question, page: Page) -> Page:
    """In the order of the reports, with the words behind each thing."""
    places = question.graph.places(row["thing"] for row in page.rows)
    starts = {thing: min(e.start for e in several) for thing, several in places.items()}
    rows = sorted(page.rows, key=lambda row: (row["name"], row.get("year", 0), starts.get(row["thing"], 0)))
    return replace(page, rows=rows, places=places)


def _fullest(rows: Sequence[Row]) -> list[Row]:
    of: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        of[row["department"]].append(row["label"])
    return [row for row in rows if not _short(row["label"], of[row["department"]])]


def _short(label: str, labels: Iterable[str]) -> bool:
    return any(len(other) > len(label) and organisations.same(label, other) for other in labels)


def told(question: Question, things: Things, page: Page) -> Answer:
    """The page as an answer without its sentence; fields that nothing says are left out."""
    english = question.slots.english
    found = page.rows
    fields = [field for field in things.fields if any(field.variable in row for row in found)]
    several = len({row["department"] for row in found}) > 1 or not question.departments
    heads = [question.say("部门", "department"), question.say("年度", "year")] if several else []
    label = things.kind.label
    heads += [label.english if english else label.chinese, *(f.english if english else f.chinese for f in fields)]
    cells = tuple(
        (
            *((row["name"], row.get("year")) if several else ()),
            row.get("label") or row.get("level2") or row.get("level1"),
            *(_cell(question, row.get(field.variable)) for field in fields),
        )
        for row in found
    )
    given = Answer(
        answerable=True,
        text="",
        columns=tuple(heads),
        rows=cells,
        evidence=evidence(question, (row["thing"] for row in found), page.places),
    )
    return page.of(given)


def _cell(question: Question, value: Any) -> Any:
    if isinstance(value, bool):
        return question.say("是" if value else "否", "yes" if value else "no")
    return value


def evidence(
    question: Question, things: Iterable[str], known: Mapping[str, tuple[Evidence, ...]] | None = None
) -> tuple[Evidence, ...]:
    """The words behind things, in their order; behind those of a page. They are looked up where they are not
    `known`."""
    wanted = list(islice(dict.fromkeys(things), PAGE))
    places = question.graph.places(wanted) if known is None else known
    return tuple(dict.fromkeys(e for thing in wanted for e in places.get(thing, ())))


def listed(question: Question, found: Sequence[Row], most: int = 6) -> str:
    """The first labels in one line."""
    labels = list(dict.fromkeys(row.get("label") or row.get("level2") or "" for row in found))
    more = question.say(" 等", " and so on") if len(labels) > most else ""
    return question.say("、", "; ").join(labels[:most]) + more
