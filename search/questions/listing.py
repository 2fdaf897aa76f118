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
from search.grammar.facts import Row
from search.grammar.reading import Answer, Question, Reading
from search.grammar.table import Table, sparql, where
from search.grammar.things import FINDING, KINDS, PROJECT, UNIT, Things

EXAMPLES = (
    "望川县公安局有哪些下属单位？",
    "云溪县教育局评价了几个项目？",
    "哪些部门设有下属事业单位，叫什么名字？",
    "白泽县民政局存在哪些问题？",
    "云溪县教育局的报告里有哪些矛盾？",
    "How many internal divisions does the Yunxi education bureau have?",
    "Which departments have no subordinate units?",
)
_SUCH = {  # what the words for some units say of them
    "division": 'FILTER(?relation = "内设机构")',
    "subordinate": 'FILTER(?relation = "下属单位")',
    "institution": 'FILTER(?relation = "下属单位" || (?relation != "本级" && CONTAINS(?nature, "事业")))',
    "unit": 'FILTER(?relation != "本级")',
}
_ROLES = {kind.role: kind for kind in KINDS} | {"division": UNIT, "subordinate": UNIT, "institution": UNIT}
_DOING = re.compile(
    r"[\s\d.]|设置?|内设|下设|下属|评价|自评|实施|安排|纳入|承认|存在|主要|提出|叫什么|名字|名称|什么|预算|部门|哪|项|个|家|条|份"
    r"|\b(?:ha|have|list|set up|evaluated|evaluate|run|report|reported|admit|propose|proposed|budget|name|called)\b"
)
_QUOTED = re.compile(r"[“\"‘「《](?P<words>[^”\"’」》]{2,40})[”\"’」》]")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """`stated` are the words that reports use where they give only a number of such things."""

    things: Things
    role: str
    stated: tuple[str, ...]


def read(question: Question) -> Reading | None:
    """A word for a kind of thing, with a department, or with which departments."""
    slots = question.slots
    cues = [cue for cue in slots.cues if cue.role in _ROLES and not cue.inner]
    if not cues or question.unknown or slots.measures:
        return None
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
    if slots.has("how-many") and not _only_list(question):
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
    such = [_SUCH[role]] if role in _SUCH else []
    quoted = _QUOTED.search(slots.text)
    if quoted and kind in (UNIT, PROJECT):
        such.append(f"FILTER(CONTAINS(LCASE(?label), {things.text(quoted['words'].strip())}))")
    table = Table(departments=question.departments, years=slots.all_years, no_years=slots.no_years)
    words = next(c for c in scheme("question-words").values() if c.notation == role)
    return _Wanted(
        Things(kind=kind, table=table, fields=kind.fields, such=tuple(such)), role, (words.label, *words.aliases)
    )


def _list(question: Question, wanted: _Wanted) -> Answer | None:
    found = things.rows(question, wanted.things)
    if not found:
        return _none(question, wanted)
    given = things.told(question, wanted.things, found)
    departments = list(dict.fromkeys(row["name"] for row in found))
    label = question.say(wanted.things.kind.label.chinese, wanted.things.kind.label.english)
    who = question.say("、", ", ").join(departments[:4]) + (
        question.say("等", " and others") if len(departments) > 4 else ""
    )
    text = question.say(
        f"{who}的{label}共{len(found)}项：{things.listed(question, found)}。",
        f"{who}: {len(found)} ({label}): {things.listed(question, found)}.",
    )
    return replace(given, text=text)


def _count(question: Question, wanted: _Wanted) -> Answer | None:
    counts = _counts(question, wanted)
    if not counts:
        return _none(question, wanted)
    name = question.say(wanted.stated[0] + "数", "number of " + wanted.things.kind.label.english + "s")
    told = question.say("；", "; ").join(f"{c.name}{question.say('：', ': ')}{c.number}" for c in counts[:5])
    return Answer(
        answerable=True,
        text=told + question.say("。", "."),
        columns=(question.say("部门", "department"), question.say("年度", "year"), name),
        rows=tuple((c.name, c.year, c.number) for c in counts),
        sparql=things.sparql(wanted.things),
        evidence=things.evidence(question, (thing for c in counts for thing in c.things)),
    )


def _most(question: Question, wanted: _Wanted) -> Answer | None:
    """The departments with the most or the fewest such things."""
    counts = _counts(question, wanted)
    if not counts:
        return None
    down = question.slots.has("most")
    best = (max if down else min)(count.number for count in counts)
    first = [count for count in counts if count.number == best]
    name = question.say(wanted.stated[0] + "数", "number of " + wanted.things.kind.label.english + "s")
    told = question.say("、", ", ").join(c.name for c in first)
    return Answer(
        answerable=True,
        text=question.say(f"{name}{'最多' if down else '最少'}的是{told}：{best}。", f"{told}: {best}."),
        columns=(question.say("部门", "department"), question.say("年度", "year"), name),
        rows=tuple((c.name, c.year, c.number) for c in first),
        sparql=things.sparql(wanted.things),
        evidence=things.evidence(question, (thing for c in first for thing in c.things)),
    )


@dataclass(frozen=True, slots=True)
class _Count:
    """How many things a department has in one report, and the facts that say so."""

    name: str
    year: int | None
    number: int
    things: tuple[str, ...]


_STATED = """SELECT DISTINCT ?department ?name ?report ?year ?thing ?label ?value WHERE {{
{where}
    ?thing a jx:Quantity ; jx:subject ?department ; jx:name ?label ; jx:value ?value .
    FILTER(REGEX(?label, {pattern}))
  }}
}}"""


def _counts(question: Question, wanted: _Wanted) -> list[_Count]:
    """The number of things that each report names, or the number it states where it names fewer."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in things.rows(question, wanted.things):
        found.setdefault((row["department"], row["report"]), []).append(row)
    counts = {
        key: _Count(rows[0]["name"], rows[0].get("year"), len(rows), tuple(r["thing"] for r in rows))
        for key, rows in found.items()
    }
    words = "|".join(re.escape(word) for word in sorted(wanted.stated, key=len, reverse=True))
    pattern = (
        f"^(设|设有|内设|设立|共|共有|下设|下属|部门|单位|年度|支出|纳入|评价|实施|安排)*({words})(数|数量|总数)?$"
    )
    lines = "\n".join(list(where(wanted.things.table))[:-1])
    for row in question.graph.rows(_STATED.format(where=lines, pattern=things.text(pattern))):
        key = row["department"], row["report"]
        if key not in counts or counts[key].number < row["value"]:
            counts[key] = _Count(row["name"], row.get("year"), int(row["value"]), (row["thing"],))
    return sorted(counts.values(), key=lambda count: (-count.number, count.name))


def _without(question: Question, wanted: _Wanted) -> Answer | None:
    """The departments of which no such thing is told."""
    have = {count.name for count in _counts(question, wanted)}
    rows = [row for row in question.graph.rows(sparql(wanted.things.table)) if row["name"] not in have]
    label = question.say(wanted.stated[0], wanted.things.kind.label.english)
    told = question.say("、", ", ").join(row["name"] for row in rows[:6])
    return Answer(
        answerable=True,
        text=question.say(
            f"报告没有写{label}的部门有{len(rows)}个：{told}。", f"{len(rows)} without any {label}: {told}."
        ),
        columns=(question.say("部门", "department"), question.say("年度", "year")),
        rows=tuple((row["name"], row.get("year")) for row in rows),
        sparql=things.sparql(wanted.things),
    )


def _none(question: Question, wanted: _Wanted) -> Answer | None:
    """No such thing: said outright for findings, whose absence is known; else another reading may know more."""
    if wanted.things.kind is FINDING:
        text = question.say("没有发现对不上的地方。", "Nothing was found that does not hold together.")
        return Answer(answerable=True, text=text, sparql=things.sparql(wanted.things))
    if not question.departments:
        return None
    names = question.say("、", ", ").join(question.called(iri) for iri in question.departments[:3])
    label = question.say(wanted.stated[0], wanted.things.kind.label.english)
    text = question.say(f"不知道：{names}的报告没有写{label}。", f"Not known: the report of {names} states no {label}.")
    return Answer(answerable=False, text=text, sparql=things.sparql(wanted.things), passages=question.closest())
