"""What the JSON of the service looks like: the only pydantic models, one word per thing."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, PlainSerializer, WithJsonSchema

# Numbers leave as JSON numbers; a Decimal with no fraction leaves as an integer.
Number = Annotated[
    Decimal,
    PlainSerializer(lambda d: int(d) if d == int(d) else float(d), when_used="json"),
    WithJsonSchema({"type": "number"}),
]


class Box(BaseModel):
    """A rectangle on a page (from 1) of the file, in points from the page's top left corner."""

    page: int
    left: float
    top: float
    width: float
    height: float


class Evidence(BaseModel):
    """Words of a report: `start` and `end` are code points in the text of `/api/v1/reports/{name}/text`;
    a PDF has them in `boxes`, a workbook in `cells` (收支总表!B3)."""

    report: str
    start: int
    end: int
    quote: str
    boxes: list[Box] = []
    cells: list[str] = []


class Hit(BaseModel):
    report: str
    start: int
    end: int
    text: str
    score: float
    kind: str
    heading_path: list[str]
    department: str | None = None
    fiscal_year: int | None = None
    reason: str
    places: list[tuple[int, int]] = []


class SearchResult(BaseModel):
    query: str
    count: int
    hits: list[Hit]


class AnswerResult(BaseModel):
    """`answerable` false means that the data does not say, which is not the same as none. `truncated` where
    `rows` are a part of `total`, which is null where there are too many to count."""

    question: str
    answerable: bool
    text: str
    columns: list[str]
    rows: list[list[Any]]
    truncated: bool = False
    total: int | None = None
    sparql: str | None = None
    evidence: list[Evidence]
    passages: list[Hit] = []
    note: str = ""


class Gap(BaseModel):
    """A piece of the text that could not be read, and why."""

    start: int
    end: int
    reason: str


class Report(BaseModel):
    """A report as it was read; `facts` and `findings` count."""

    name: str
    iri: str
    title: str
    department: str | None
    fiscal_year: int | None
    report_type: str | None
    sha256: str
    media_type: str
    facts: int
    findings: int
    gaps: list[Gap] = []


class DepartmentYear(BaseModel):
    """Money in yuan, rates in percent; what a report does not give is null. One row a year and report."""

    iri: str
    name: str
    fiscal_year: int | None
    report: str
    report_type: str | None
    execution_rate: Number | None
    execution_rate_basis: str | None
    stated_execution_rate: Number | None
    computed_execution_rate: Number | None
    initial_budget: Number | None
    adjusted_budget: Number | None
    total_income: Number | None
    total_expenditure: Number | None
    basic_expenditure: Number | None
    project_expenditure: Number | None
    staff_count: Number | None
    overall_score: Number | None
    overall_grade: str | None


class YearList(BaseModel):
    items: list[DepartmentYear]
    count: int


class DepartmentProfile(BaseModel):
    """`iris` are more than one where departments of different places have one name."""

    name: str
    iris: list[str]
    aliases: list[str]
    region: list[str]
    rank: list[str]
    nature: list[str]
    funding: list[str]
    years: list[DepartmentYear]
    reports: list[Report]


class DutyWords(BaseModel):
    iri: str
    report: str
    start: int
    end: int
    text: str
    fiscal_year: int | None


class DutyPair(BaseModel):
    """`similarity` is the cosine of the two."""

    here: DutyWords
    there: DutyWords
    similarity: float


class DutyComparison(BaseModel):
    here: str
    there: str
    shared: list[DutyPair]
    only_here: list[DutyWords]
    only_there: list[DutyWords]


class Verdict(BaseModel):
    """Whether the words stand in the text that is kept, and in what the reader makes of the file anew."""

    in_text: bool
    in_file: bool
    reason: str | None = None


class EvidenceShown(Evidence):
    """Words with what stands around them, and the facts (exchange format) that rest on them."""

    before: str
    after: str
    facts: list[dict[str, Any]]
    verified: Verdict | None = None


class Suggestion(BaseModel):
    """`alias` is the spelling that was found, where it is not the name; `score` is from 0 to 1."""

    iri: str
    name: str
    kind: str
    score: float
    alias: str | None = None
    description: str | None = None


class SuggestionList(BaseModel):
    items: list[Suggestion]
    count: int


class Outcome(BaseModel):
    """What became of one file: added, changed, unchanged, duplicate, removed, refused or failed."""

    name: str
    status: str
    code: str = ""
    message: str = ""
    place: str = ""
    facts: int = 0
    findings: int = 0
    notes: list[str] = []


class JobShown(BaseModel):
    """`state` is waiting, running, done, failed, cancelled or lost; `done` of `total` files are through."""

    id: str
    act: str
    state: str
    ended: bool
    made: str
    done: int
    total: int | None
    outcomes: list[Outcome]
    generation: int | None
    code: str
    message: str


class JobList(BaseModel):
    items: list[JobShown]
    count: int


class DecisionGiven(BaseModel):
    """`status` is confirmed, dismissed (then with a reason), fixed or open (the decision is taken back)."""

    status: str
    reason: str = ""


class DecisionShown(BaseModel):
    """`finding` is the key; `at` is UTC. `rule`, `reports` and `explanation` say what was decided on."""

    finding: str
    status: str
    by: str
    at: str
    reason: str = ""
    rule: str = ""
    reports: list[str] = []
    explanation: str = ""


class FindingShown(BaseModel):
    """`key` is what decisions name it by; `status` is open, confirmed, dismissed, fixed or stale (decided
    before its numbers changed). Every place in `evidence` names its report; the first is where to look."""

    key: str
    report: str
    type: str
    severity: str
    rule: str
    explanation: str
    explanation_en: str | None = None
    recomputation: str | None = None
    subject: str | None = None
    department: str | None = None
    fiscal_year: int | None = None
    between_reports: bool = False
    status: str
    decision: DecisionShown | None = None
    evidence: list[Evidence]


class FindingList(BaseModel):
    """`total` counts all that fit; `next` is the address of the next page."""

    items: list[FindingShown]
    count: int
    total: int
    truncated: bool
    next: str | None = None


class DecisionTaken(BaseModel):
    """`in_graph` is false where a build is running: SPARQL sees the decision once that is done."""

    decision: DecisionShown
    in_graph: bool


class DecisionList(BaseModel):
    items: list[DecisionShown]
    count: int


class CheckShown(BaseModel):
    """What a rule looked at: `outcome` is holds, within_rounding, contradicts or not_computable, `reason`
    why it cannot be told, or what is wrong."""

    rule: str
    outcome: str
    subject: str | None = None
    recomputation: str | None = None
    reason: str | None = None
    reason_en: str | None = None
    places: list[Evidence]


class CheckList(BaseModel):
    """`counts` tells how often each outcome came, before `outcome` and `limit` chose."""

    items: list[CheckShown]
    count: int
    total: int
    counts: dict[str, int]


class TallyShown(BaseModel):
    """How many are read, set aside (they state nothing) and unread."""

    read: int
    aside: int
    unread: int


class LedgerShown(BaseModel):
    """How much of a report was read; `unread` are the numbers, `unread_sections` the headings of the
    sections, that no fact is from."""

    report: str
    numbers: TallyShown
    sections: TallyShown
    unread: list[Evidence]
    unread_sections: list[Evidence]
