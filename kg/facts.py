"""The kinds of fact that a careful reader finds in a report, as frozen records.

Field names are the words of the exchange format (one JSON object per fact), and the
graph's properties are the same words in camel case. Every fact carries `evidence`, cut
from the source; a field that the source does not give is None and is left out everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any, ClassVar

from kg.imprint import Box
from kg.text import Source, Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that prove a fact: `report` is the source's name, `start` and `end` are code
    points in its text, and `quote` is what stands there. `boxes` and `cells` say where that is on the
    pages or in the sheets of the file, where it has any; they follow from the rest."""

    report: str
    start: int
    end: int
    quote: str
    boxes: tuple[Box, ...] = field(default=(), compare=False)
    cells: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        if not self.quote or len(self.quote) != self.end - self.start:
            raise ValueError(f"evidence without its words: {self.report} {self.start}..{self.end}")

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def cut(source: Source, span: Span) -> Evidence:
    """The evidence at `span`, blanks at both ends left out. ValueError where nothing is left."""
    tight = source.trim(span)
    return Evidence(source.name, tight.start, tight.end, source.quote(tight), source.boxes(tight), source.cells(tight))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What all facts share. `part` is the label of the attachment it stands in (附件1)."""

    kind: ClassVar[str]
    evidence: Evidence
    part: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Fact):
    """`date` is ISO; `report_type` is a label of the scheme report-types."""

    kind: ClassVar[str] = "report"
    title: str
    department: str | None = None
    region: str | None = None
    fiscal_year: int | None = None
    report_type: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Department(Fact):
    """`name` at its fullest as the report gives it; `rank` 正科级, `nature` 行政机关, `funding` 财政拨款."""

    kind: ClassVar[str] = "department"
    name: str
    aliases: tuple[str, ...] = ()
    region: str | None = None
    rank: str | None = None
    nature: str | None = None
    funding: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit(Fact):
    """An organisation in or under the department; `relation` is 下属单位, 内设机构 or 本级."""

    kind: ClassVar[str] = "unit"
    name: str
    parent: str | None = None
    relation: str | None = None
    rank: str | None = None
    nature: str | None = None
    funding: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffing(Fact):
    """`measure` 编制, 实有, 领导职数 …; `category` 行政, 事业, 工勤, 总计 …; `as_of` a year."""

    kind: ClassVar[str] = "staffing"
    subject: str
    measure: str
    category: str
    value: Decimal
    unit: str | None = None
    as_of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty(Fact):
    """`ordinal` counts the duties of the part from 1; `text` is without its list number."""

    kind: ClassVar[str] = "duty"
    subject: str
    text: str
    ordinal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount(Fact):
    """Money of the department or of a project. `value` counts in `unit` as written,
    `value_yuan` in yuan; `code` and `name` are those of a functional class (功能分类支出);
    `relative_to` is the base of an 增减额 and `item` the measure that rose or fell, its sign in `value`."""

    kind: ClassVar[str] = "amount"
    subject: str
    measure: str
    value: Decimal
    value_yuan: Decimal
    unit: str | None = None
    year: int | None = None
    comparator: str | None = None
    code: str | None = None
    name: str | None = None
    relative_to: str | None = None
    item: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate(Fact):
    """A share or rate as the report states it, `value` in percent."""

    kind: ClassVar[str] = "rate"
    subject: str
    measure: str
    value: Decimal
    unit: str = "%"
    year: int | None = None
    comparator: str | None = None
    relative_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Project(Fact):
    """A budget project that is evaluated or budgeted."""

    kind: ClassVar[str] = "project"
    name: str
    code: str | None = None
    department: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Fact):
    """`subject` is the project or department; `target` and `actual` are numbers, or words where
    they are no numbers (控制在预算内); `comparator` hedges `actual`; `completion` in percent; `met`
    only where the report says it or the numbers show it."""

    kind: ClassVar[str] = "indicator"
    subject: str
    level1: str | None = None
    level2: str | None = None
    level3: str | None = None
    operator: str | None = None
    target: Decimal | str | None = None
    target_unit: str | None = None
    actual: Decimal | str | None = None
    actual_unit: str | None = None
    weight: Decimal | None = None
    score: Decimal | None = None
    completion: Decimal | None = None
    deviation_reason: str | None = None
    comparator: str | None = None
    met: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score(Fact):
    """`dimension` is 综合 or the dimension's own name; `grade` as written (优秀)."""

    kind: ClassVar[str] = "score"
    subject: str
    dimension: str
    value: Decimal | None = None
    max: Decimal | None = None
    grade: str | None = None
    comparator: str | None = None
    parent_dimension: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity(Fact):
    """A result of the work in prose; `period` as written (截至11月底); a rank has unit 名."""

    kind: ClassVar[str] = "quantity"
    subject: str
    name: str
    value: Decimal
    unit: str | None = None
    year: int | None = None
    period: str | None = None
    comparator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem(Fact):
    kind: ClassVar[str] = "problem"
    text: str
    subject: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Improvement(Fact):
    kind: ClassVar[str] = "improvement"
    text: str
    subject: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Fact):
    kind: ClassVar[str] = "person"
    name: str
    role: str | None = None
    unit: str | None = None
    responsibility: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Fact):
    """What does not hold together. `type` and `severity` are the exchange format's words;
    `rule` is the drop-in that found it; `explanation` is the Chinese sentence for people and
    `explanation_en` its twin; `recomputation` is the sum as a line that one can check by hand;
    `others` are the further places (with `evidence`, every place that proves it)."""

    kind: ClassVar[str] = "finding"
    type: str
    severity: str
    rule: str
    explanation: str
    explanation_en: str | None = None
    recomputation: str | None = None
    subject: str | None = None
    others: tuple[Evidence, ...] = ()


KINDS: Mapping[str, type[Fact]] = {
    cls.kind: cls
    for cls in (
        Report, Department, Unit, Staffing, Duty, Amount, Rate, Project,
        Indicator, Score, Quantity, Problem, Improvement, Person, Finding,
    )
}  # fmt: skip


def to_json(fact: Fact, *, imprint: bool = True) -> dict[str, Any]:
    """The fact as one object of the exchange format; Decimals stay Decimals, what is not given is left
    out. Without `imprint`, boxes and cells are too."""
    record: dict[str, Any] = {"kind": fact.kind, "report": fact.evidence.report}
    for f in fields(fact):
        value = getattr(fact, f.name)
        if f.name not in ("evidence", "others") and value is not None and value != ():
            record[f.name] = list(value) if isinstance(value, tuple) else value
    record |= shown(fact.evidence, imprint=imprint)
    if isinstance(fact, Finding):
        record["evidence"] = [shown(e, imprint=imprint) for e in (fact.evidence, *fact.others)]
    return record


def shown(evidence: Evidence, *, imprint: bool = True) -> dict[str, Any]:
    """The words and their place, with boxes and cells for files that have pages or sheets."""
    place: dict[str, Any] = {"quote": evidence.quote, "start": evidence.start, "end": evidence.end}
    if imprint and evidence.boxes:
        place["boxes"] = [box._asdict() for box in evidence.boxes]
    if imprint and evidence.cells:
        place["cells"] = list(evidence.cells)
    return place


def from_json(record: Mapping[str, Any]) -> Fact:
    """The fact that `record` describes; numbers may be int, str or Decimal, never float.

    Raises KeyError for an unknown kind, TypeError for a missing or unknown field,
    ValueError where the quote does not fit its offsets.
    """
    kind = KINDS[record["kind"]]
    report = record["report"]
    known = {f.name: f for f in fields(kind)}
    given = {name: value for name, value in record.items() if name in known and name not in ("evidence", "others")}
    values: dict[str, Any] = {name: _typed(known[name].type, value) for name, value in given.items()}
    values["evidence"] = _evidence(report, record)
    if kind is Finding:
        places = [_evidence(report, place) for place in record.get("evidence", ())]
        values["others"] = tuple(p for p in places if p != values["evidence"])
    return kind(**values)


def _evidence(report: str, place: Mapping[str, Any]) -> Evidence:
    boxes = tuple(Box(**box) for box in place.get("boxes", ()))
    return Evidence(report, place["start"], place["end"], place["quote"], boxes, tuple(place.get("cells", ())))


def _typed(annotation: Any, value: Any) -> Any:
    if isinstance(value, float):
        raise TypeError("a number of a fact is never a float")
    if "Decimal" in str(annotation) and isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    return tuple(value) if isinstance(value, list) else value
