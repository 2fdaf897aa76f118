"""部门有哪些单位、职责、项目、问题、改进措施、指标、矛盾之处，各有多少；哪些部门有、哪些没有。

What departments have: units, duties, projects, problems, remedies, indicators, inconsistencies; how many; who has none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from ontology.loader import scheme
from search.grammar import things
from search.grammar.facts import Row, literal
from search.grammar.paging import cut, one_column, page
from search.grammar.reading import Answer, Question, Reading
from search.grammar.table import Table, where
from search.grammar.things import FINDING, KINDS, PROJECT, RELATION, UNIT, Things

EXAMPLES = (
    "望川县公安局有哪些下属单位？",
    "云溪县教育局评价了几个项目？",
    "哪些部门设有下属事业单位，叫什么名字？",
    "白泽县民政局存在哪些问题？",
    "云溪县教育局的报告里有哪些矛盾？",
    "How many internal divisions does the Yunxi education bureau have?",
    "Which departments have no subordinate units?",
)
_SUCH = {  # what the words for some units say of them, and what they need for it
    "division": ('VALUES ?relation { "内设机构" }', (RELATION,)),
    "subordinate": ('VALUES ?relation { "下属单位" }', (RELATION,)),
    "institution": (
        'FILTER(?relation = "下属单位" || (?relation != "本级" && CONTAINS(?nature, "事业")))',
        (RELATION,),
    ),
    "unit": ('FILTER(?relation != "本级")', (RELATION,)),
}
_ROLES = {kind.role: kind for kind in KINDS} | {"division": UNIT, "subordinate": UNIT, "institution": UNIT}
_DOING = re.compile(
    r"[\s\d.]|设置?|内设|下设|下属|评价|自评|实施|安排|纳入|管着|管理|管辖|下辖|承认|存在|主要|提出|叫什么|名字|名称|什么|预算|部门|哪|项|个|家|条|份"
    r"|\b(?:ha|have|list|set up|evaluated|evaluate|run|report|reported|admit|propose|proposed|budget|name|called)\b"
)
_NUMBER = re.compile(r"数量|个数|总数|number")
_QUOTED = re.compile(r"[“\"‘「《](?P<words>[^”\"’」》]{2,40})[”\"’」》]")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """`words` are what such things are called, `stated` what reports call a number of them where they give
    only that, as far as anybody asks for a number."""

    things: Things
    words: tuple[str, ...]
    stated: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        return self.words[0]


def read(question: Question) -> Reading | None:
    """A word for a kind of thing, with a department, or with which departments."""
    slots = question.slots
    cues = [cue for cue in slots.cues if cue.role in _ROLES and not cue.inner]
    if not cues or question.unknown or slots.measures or slots.comparisons:
        return None  # a list that leaves a condition out answers another question
    role = _closest(question, [cue.role for cue in cues])
    wanted = _wanted(question, role)
    asks = slots.has("which", "how-many", "how-much", "without", "who", "most", "least", "all") or bool(
        question.departments
    )
    if not asks:
        return None
    if slots.has("most", "least") and slots.has("department"):
        return Reading(0.86, partial(_most, question, wanted))
    if _denied(question, role) and slots.has("department"):
        return Reading(0.85, partial(_without, question, wanted))
    plain = len(_beside(question, wanted)) < 2
    counts = slots.has("how-many") or _NUMBER.search(slots.text) is not None
    if counts and not _only_list(question):
        return Reading(0.72 if plain else 0.6, partial(_count, question, wanted))
    return Reading(0.71 if plain else 0.59, partial(_list, question, wanted))


def _closest(question: Question, roles: Sequence[str]) -> str:
    """The kind that is asked for: the most special of units, else the first named."""
    for special in ("institution", "division", "subordinate"):
        if special in roles:
            return special
    return roles[0]


def _only_list(question: Question) -> bool:
    """内设哪几个机构 asks which, not how many."""
    return question.slots.has("which")


def _beside(question: Question, wanted: _Wanted) -> str:
    """What the question says beside the things asked for and what one does with them (设有, 评价了)."""
    words = question.content()
    for cue in question.slots.cues:
        if not cue.inner:
            words = words.replace(question.slots.text[cue.start : cue.end], "")
    return _DOING.sub("", words)


def _denied(question: Question, role: str) -> bool:
    """没有下属单位, no subordinate units: the word stands right before what is missing."""
    nots = [cue.end for cue in question.slots.cues if cue.role == "without"]
    return any(0 <= cue.start - end <= 4 for cue in question.slots.cues if cue.role == role for end in nots)


def _wanted(question: Question, role: str) -> _Wanted:
    slots = question.slots
    kind = _ROLES[role]
    line, needed = _SUCH.get(role, ("", ()))
    such = [line] if line else []
    quoted = _QUOTED.search(slots.text)
    if quoted and kind in (UNIT, PROJECT):
        such.append(f"FILTER(CONTAINS(LCASE(?label), {literal(quoted['words'].strip())}))")
    table = Table(departments=question.departments, years=slots.all_years, no_years=slots.no_years)
    words = next(c for c in scheme("question-words").values() if c.notation == role)
    wanted = Things(kind=kind, table=table, fields=kind.fields, such=tuple(such), needed=needed)
    return _Wanted(wanted, (words.label, *words.aliases))


def _with_numbers(question: Question, wanted: _Wanted) -> _Wanted:
    """With what the reports here call a number of such things: 内设科室, 下设机构数."""
    verbs = "设|设有|内设|设立|共|共有|下设|下属|部门|单位|年度|支出|纳入|评价|实施|安排"
    said = "|".join(re.escape(word) for word in sorted(wanted.words, key=len, reverse=True))
    number = re.compile(f"(?:{verbs})*(?:{said})(?:数|数量|总数)?")
    return replace(wanted, stated=tuple(filter(number.fullmatch, question.graph.labels("quantity"))))


def _counts(question: Question, wanted: _Wanted) -> list[Row]:
    """How many such things each department has, the most first."""
    return sorted(question.graph.rows(_counted(wanted)), key=lambda row: (-row["count"], row["name"]))


def _list(question: Question, wanted: _Wanted) -> Answer | None:
    found = things.page(question, wanted.things)
    if not found.rows:
        return _none(question, wanted)
    given = things.told(question, wanted.things, found)
    departments = list(dict.fromkeys(row["name"] for row in found.rows))
    label = question.say(wanted.things.kind.label.chinese, wanted.things.kind.label.english)
    who = question.say("、", ", ").join(departments[:4]) + (
        question.say("等", " and others") if len(departments) > 4 else ""
    )
    size, told = found.size(question), things.listed(question, found.rows)
    text = question.say(f"{who}的{label}共{size}项：{told}。", f"{who}: {size} ({label}): {told}.")
    return replace(given, text=text)


def _count(question: Question, wanted: _Wanted) -> Answer | None:
    wanted = _with_numbers(question, wanted)
    counts = _counts(question, wanted)
    if not counts:
        return _none(question, wanted)
    if wanted.things.kind is UNIT and question.departments:  # of two names of one unit one counts
        named = [row["report"] for row in things.page(question, wanted.things).rows]
        counts = [{**row, "count": max(named.count(row["report"]), int(row.get("stated", 0)))} for row in counts]
    told = question.say("；", "; ").join(
        f"{row['name']}{question.say('：', ': ')}{int(row['count'])}" for row in counts[:5]
    )
    given = _numbers(question, wanted, counts, told + question.say("。", "."))
    if not question.slots.has("sum") or question.slots.has("each"):
        return given
    total = sum(int(row["count"]) for row in counts)
    text = question.say(f"一共{total}（{told}）。", f"{total} in all ({told}).")
    return replace(given, columns=given.columns[-1:], rows=((total,),), text=text, truncated=False, total=None)


def _most(question: Question, wanted: _Wanted) -> Answer | None:
    """The departments with the most or the fewest such things."""
    wanted = _with_numbers(question, wanted)
    counts = _counts(question, wanted)
    if not counts:
        return None
    down = question.slots.has("most")
    best = counts[0 if down else -1]["count"]
    first = [row for row in counts if row["count"] == best]
    told = question.say("、", ", ").join(row["name"] for row in first[:6])
    text = question.say(
        f"{wanted.word}数{'最多' if down else '最少'}的是{told}：{int(best)}。", f"{told}: {int(best)}."
    )
    return _numbers(question, wanted, first, text)


def _numbers(question: Question, wanted: _Wanted, counts: list[Row], text: str) -> Answer:
    """Departments with the number of things that each has, and the words behind the first of them."""
    name = question.say(wanted.word + "数", f"number of {_plural(wanted.things.kind.label.english)}")
    found = cut(counts, _counted(wanted))
    few = replace(wanted.things.table, departments=tuple(row["department"] for row in counts[:_PROVEN]))
    reports = {row["report"] for row in counts[:_PROVEN]}
    proof = [
        *question.graph.rows(things.sparql(replace(wanted.things, table=few))),
        *(question.graph.rows(_stated(wanted, few)) if wanted.stated else ()),
    ]
    given = Answer(
        answerable=True,
        text=text,
        columns=(question.say("部门", "department"), question.say("年度", "year"), name),
        rows=tuple((row["name"], row.get("year"), int(row["count"])) for row in found.rows),
        evidence=things.evidence(question, (row["thing"] for row in proof if row["report"] in reports)),
    )
    return found.of(given)


def _plural(word: str) -> str:
    return word[:-1] + "ies" if word.endswith("y") else word + "s"


_PROVEN = 30  # departments whose things are shown in their reports, where only numbers are asked for


def _counted(wanted: _Wanted) -> str:
    """The query for ?count: the things that a report names, or the number it states where it names fewer."""
    of = wanted.things
    named = [*list(where(of.table, things.needed(of)))[1:-1], *things.asked(things.bare(of))]
    numbers = list(where(of.table, (_quantity(wanted),)))[1:-1]
    both = ["    {", *named, "    } UNION {", *numbers, "    }"] if wanted.stated else named
    number = "MAX(?number)" if wanted.stated else "0"
    return "\n".join(
        [
            f"SELECT ?department ?name ?report ?year ({number} AS ?stated)",
            f"  (IF(COALESCE({number}, 0) > COUNT(DISTINCT ?label), {number}, COUNT(DISTINCT ?label)) AS ?count)",
            "WHERE {",
            "  GRAPH ?graph {",
            *both,
            "  }",
            "}",
            "GROUP BY ?department ?name ?report ?year",
            f"ORDER BY DESC(?count){' ?name' if of.table.departments else ''}",
        ]
    )


def _quantity(wanted: _Wanted) -> str:
    """The pattern for the number that a report states of such things, as ?number."""
    names = " ".join(map(literal, wanted.stated))
    said = "?said a jx:Quantity ; jx:subject ?department ; jx:name ?words ; jx:value ?number ."
    return f"{said} VALUES ?words {{ {names} }}"


def _stated(wanted: _Wanted, table: Table) -> str:
    lines = "\n".join(where(table, (_quantity(wanted),)))
    return f"SELECT DISTINCT ?report (?said AS ?thing)\nWHERE {{\n{lines}\n}}"


def _without(question: Question, wanted: _Wanted) -> Answer | None:
    """The departments of which no such thing is told."""
    wanted = _with_numbers(question, wanted)
    of = wanted.things
    told = [" ".join(line.strip() for line in (*things.needed(of), *things.asked(things.bare(of))))]
    told += [f"{_quantity(wanted)} FILTER(?number > 0)"] if wanted.stated else []
    # Of all departments those that have some are found faster at once than one by one.
    such = tuple(f"FILTER NOT EXISTS {{ {p} }}" if of.table.departments else f"MINUS {{ {p} }}" for p in told)
    found = page(question.graph, replace(of.table, such=such))
    label = question.say(wanted.word, of.kind.label.english)
    names = question.say("、", ", ").join(row["name"] for row in found.rows[:6])
    count = found.departments
    given = Answer(
        answerable=True,
        text=question.say(f"报告没有写{label}的部门有{count}个：{names}。", f"{count} without any {label}: {names}."),
        columns=(question.say("部门", "department"), question.say("年度", "year")),
        rows=tuple((row["name"], row.get("year")) for row in found.rows),
    )
    return one_column(found.of(given), question, count)


def _none(question: Question, wanted: _Wanted) -> Answer | None:
    """No such thing: said outright for findings, whose absence is known; else another reading may know more."""
    if wanted.things.kind is FINDING:
        text = question.say("没有发现对不上的地方。", "Nothing was found that does not hold together.")
        return Answer(answerable=True, text=text, sparql=things.sparql(wanted.things))
    if not question.departments:
        return None
    names = question.say("、", ", ").join(question.called(iri) for iri in question.departments[:3])
    label = question.say(wanted.word, wanted.things.kind.label.english)
    text = question.say(f"不知道：{names}的报告没有写{label}。", f"Not known: the report of {names} states no {label}.")
    return Answer(answerable=False, text=text, sparql=things.sparql(wanted.things), passages=question.closest())
