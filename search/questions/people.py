"""谁是填报人、项目负责人、评价工作组组长，哪天填报。

Who filled in a report, leads a project or the evaluation group; and on what day the report is signed.
"""

from __future__ import annotations

from functools import partial

from search.grammar.facts import Row, literal
from search.grammar.reading import Answer, Question, Reading
from search.grammar.roles import roles, spellings
from search.grammar.table import Table, where
from search.grammar.things import evidence

EXAMPLES = (
    "松洲市文化和旅游局的报告由谁填报，哪一天填报？",
    "绩效评价工作组的组长是谁？",
    "Who is the head of the evaluation group?",
)


def read(question: Question) -> Reading | None:
    """A role with a word for who, or people asked for by name."""
    slots = question.slots
    wanted = roles(slots.text)
    if question.unknown or slots.measures or slots.comparisons:
        return None
    if wanted and (slots.has("who", "which", "person") or slots.text.rstrip("?。. ").endswith(("人", "长"))):
        return Reading(0.83 if slots.has("who", "person") else 0.6, partial(_named, question, wanted))
    if slots.has("person") and question.departments:
        return Reading(0.7, partial(_named, question, ()))
    return None


def _named(question: Question, wanted: tuple[str, ...]) -> Answer | None:
    query = _sparql(question, wanted)
    rows = question.graph.rows(query)
    if not rows:
        return _unknown(question, wanted, query)
    of_role = {role: [row for row in rows if row["role"] in spellings(role)] for role in wanted} or {"": rows}
    if len(wanted) > 1 or question.slots.has("when"):
        return _together(question, of_role, rows, query)
    return Answer(
        answerable=True,
        text=question.say("；", "; ").join(_told(row) for row in rows[:8]) + question.say("。", "."),
        columns=(
            question.say("部门", "department"),
            question.say("年度", "year"),
            question.say("姓名", "person"),
            question.say("身份", "role"),
            question.say("分工", "responsibility"),
        ),
        rows=tuple(
            (row["name"], row.get("year"), row["person"], row["role"], row.get("responsibility")) for row in rows
        ),
        sparql=query,
        evidence=evidence(question, (row["thing"] for row in rows)),
    )


def _together(question: Question, of_role: dict[str, list[Row]], rows: list[Row], query: str) -> Answer:
    """One row a report with a column for each role, and the day where it is asked for."""
    reports = list(dict.fromkeys((row["report"], row["name"], row.get("year")) for row in rows))
    dated = question.slots.has("when")
    cells = []
    for report, name, year in reports:
        people = [
            question.say("、", ", ").join(dict.fromkeys(r["person"] for r in found if r["report"] == report)) or None
            for found in of_role.values()
        ]
        day = next((row.get("date") for row in rows if row["report"] == report), None)
        cells.append((name, year, *people, *((day,) if dated else ())))
    heads = (question.say("部门", "department"), question.say("年度", "year"), *of_role)
    things = [row["thing"] for row in rows] + ([report for report, _, _ in reports] if dated else [])
    told = question.say("；", "; ").join(dict.fromkeys(_told(row) for row in rows))
    days = question.say("；日期 ", "; date ") + "、".join(str(c[-1]) for c in cells) if dated else ""
    return Answer(
        answerable=True,
        text=told + days + question.say("。", "."),
        columns=(*heads, *((question.say("填报日期", "date"),) if dated else ())),
        rows=tuple(cells),
        sparql=query,
        evidence=evidence(question, things),
    )


def _told(row: Row) -> str:
    return f"{row['name']} {row['role']} {row['person']}"


def _sparql(question: Question, wanted: tuple[str, ...]) -> str:
    slots = question.slots
    table = Table(departments=question.departments, years=slots.all_years, no_years=slots.no_years)
    words = [word for role in wanted for word in spellings(role)]
    such = f"VALUES ?role {{ {' '.join(literal(word) for word in words)} }}" if words else ""
    lines = "\n".join(list(where(table, ("?thing a jx:Person ; jx:name ?person ; jx:role ?role .", such)))[:-1])
    return (
        "SELECT DISTINCT ?department ?name ?report ?year ?date ?thing ?person ?role ?responsibility\nWHERE {\n"
        f"{lines}\n"
        "    OPTIONAL { ?thing jx:responsibility ?responsibility }\n    OPTIONAL { ?report jx:date ?date }\n"
        "  }\n}\nORDER BY ?name ?year"
    )


def _unknown(question: Question, wanted: tuple[str, ...], query: str) -> Answer | None:
    if not question.departments:
        return None
    names = question.say("、", ", ").join(question.called(iri) for iri in question.departments[:3])
    role = "、".join(wanted)
    text = question.say(f"不知道：{names}的报告没有写{role}。", f"Not known: the report of {names} names no {role}.")
    return Answer(answerable=False, text=text, sparql=query, passages=question.closest())
