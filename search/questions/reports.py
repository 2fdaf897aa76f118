"""有哪些报告、各是哪一年的、共几份；某部门的报告是什么类型、哪天落款。

Which reports there are, of which years, how many; of what type a report is and when it was signed.
"""

from __future__ import annotations

from functools import partial

from kg.facts import Evidence
from search.grammar.reading import Answer, Question, Reading
from search.grammar.table import Table, where
from search.grammar.things import evidence

EXAMPLES = (
    "2024年度的报告有几份？",
    "哪些报告不是2024年度的？",
    "松洲市的部门有哪些？",
    "青岭区水利局的报告是什么时候填报的？",
    "Which of the reports are not for fiscal year 2024?",
)
_FIELDS = ("title", "reportType", "date")


def read(question: Question) -> Reading | None:
    """A word for reports, or a question for a year, a type or a day."""
    slots = question.slots
    if question.unknown or slots.measures or slots.comparisons:
        return None
    if slots.has("report") and slots.has("how-many") and not slots.has("finding", "which"):
        return Reading(0.74, partial(_count, question))
    if slots.has("report") and (slots.has("which") or slots.years) and not _other(question):
        return Reading(0.73, partial(_list, question))
    if slots.has("department") and slots.has("which", "how-many") and not _other(question):
        return Reading(
            0.66 if slots.years or question.departments else 0.5,
            partial(_count if slots.has("how-many") else _list, question),
        )
    if question.departments and (slots.has("when", "type") or _asks_year(question)) and not _other(question):
        return Reading(0.7, partial(_list, question))
    return None


def _asks_year(question: Question) -> bool:
    return question.slots.has("year") and question.slots.has("which") and not question.slots.years


def _other(question: Question) -> bool:
    """Whether something in the reports is asked for rather than the reports."""
    roles = (
        "problem",
        "improvement",
        "duty",
        "indicator",
        "project",
        "finding",
        "unit",
        "subordinate",
        "division",
        "agree",
        "who",
    )
    return question.slots.has(*roles, "institution")


def _sparql(question: Question) -> str:
    slots = question.slots
    table = Table(departments=question.departments, years=slots.all_years, no_years=slots.no_years)
    optional = "\n".join(f"    OPTIONAL {{ ?report jx:{field} ?{field} }}" for field in _FIELDS)
    lines = "\n".join(list(where(table))[:-1])
    shown = " ".join(f"?{field}" for field in _FIELDS)
    return (
        f"SELECT DISTINCT ?department ?name ?report ?year ?fileName {shown}\nWHERE {{\n{lines}\n"
        f"    ?report jx:fileName ?fileName .\n{optional}\n  }}\n}}\nORDER BY ?year ?name"
    )


def _list(question: Question) -> Answer | None:
    query = _sparql(question)
    rows = question.graph.rows(query)
    if not rows:
        return _count(question)
    dated = question.slots.has("when")
    told = question.say("；", "; ").join(
        f"{row['name']} {row.get('year', '')}{' ' + str(row['date']) if dated and 'date' in row else ''}"
        for row in rows[:6]
    )
    return Answer(
        answerable=True,
        text=question.say(f"共{len(rows)}份报告：{told}。", f"{len(rows)} reports: {told}."),
        columns=tuple(
            question.say(zh, en)
            for zh, en in (
                ("部门", "department"),
                ("年度", "year"),
                ("标题", "title"),
                ("类型", "type"),
                ("日期", "date"),
                ("文件", "file"),
            )
        ),
        rows=tuple(
            (row["name"], row.get("year"), *(row.get(field) for field in _FIELDS), row["fileName"]) for row in rows
        ),
        sparql=query,
        evidence=_proof(question, [row["report"] for row in rows]),
    )


def _count(question: Question) -> Answer:
    query = _sparql(question)
    rows = question.graph.rows(query)
    told = question.say("、", ", ").join(row["name"] for row in rows[:6])
    return Answer(
        answerable=True,
        text=question.say(f"共{len(rows)}份：{told}。", f"{len(rows)}: {told}.")
        if rows
        else question.say("没有。", "None."),
        columns=(question.say("份数", "reports"),),
        rows=((len(rows),),),
        sparql=query,
        evidence=_proof(question, [row["report"] for row in rows]),
    )


def _proof(question: Question, reports: list[str]) -> tuple[Evidence, ...]:
    return evidence(question, reports)
