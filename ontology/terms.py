# ruff: noqa: N815  (the names are those of the ontology)
"""One Python name for every term of ontology.ttl (a test keeps the two equal)."""

from __future__ import annotations

from typing import TypeVar

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace

ONTOLOGY = URIRef("https://w3id.org/jixiao/ontology")
Terms = TypeVar("Terms", bound=type[DefinedNamespace])


def _known(terms: Terms) -> Terms:
    """Make every term a plain attribute: rdflib would look each up anew, thousands of times a report."""
    for name in terms.__annotations__:
        setattr(terms, name, terms[name])
    return terms


@_known
class OA(DefinedNamespace):
    """What we use of the Web Annotation model."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/oa#")

    FragmentSelector: URIRef
    TextPositionSelector: URIRef
    TextQuoteSelector: URIRef
    end: URIRef
    exact: URIRef
    hasSelector: URIRef
    hasSource: URIRef
    start: URIRef


@_known
class JX(DefinedNamespace):
    """`JX.executionRate` is the IRI; a name that the ontology does not have is an AttributeError."""

    _fail = True
    _NS = Namespace("https://w3id.org/jixiao/ontology#")

    # classes: who and what a report speaks of
    Report: URIRef
    Subject: URIRef
    Department: URIRef
    Unit: URIRef
    Project: URIRef
    Region: URIRef

    # classes: what a report says
    Fact: URIRef
    Description: URIRef
    Staffing: URIRef
    Duty: URIRef
    Amount: URIRef
    Rate: URIRef
    Indicator: URIRef
    Score: URIRef
    Quantity: URIRef
    Problem: URIRef
    Improvement: URIRef
    Person: URIRef
    Finding: URIRef
    Check: URIRef
    Decision: URIRef
    DerivedValue: URIRef
    Evidence: URIRef
    Passage: URIRef

    # links
    inReport: URIRef
    evidence: URIRef
    primaryEvidence: URIRef
    decides: URIRef
    describes: URIRef
    department: URIRef
    subject: URIRef
    parent: URIRef
    measure: URIRef
    functionalClass: URIRef
    province: URIRef
    supports: URIRef
    states: URIRef
    alsoAt: URIRef
    hasReport: URIRef
    hasDuty: URIRef
    hasUnit: URIRef
    hasProject: URIRef
    hasIndicator: URIRef
    hasProblem: URIRef
    hasImprovement: URIRef
    hasFinding: URIRef

    # direct properties of departments and reports
    executionRate: URIRef
    executionRateBasis: URIRef
    computedExecutionRate: URIRef
    statedExecutionRate: URIRef
    initialBudget: URIRef
    adjustedBudget: URIRef
    executedAmount: URIRef
    totalIncome: URIRef
    totalExpenditure: URIRef
    basicExpenditure: URIRef
    projectExpenditure: URIRef
    personnelExpenditure: URIRef
    publicExpenditure: URIRef
    totalAssets: URIRef
    fixedAssets: URIRef
    liabilities: URIRef
    overallScore: URIRef
    overallGrade: URIRef
    staffCount: URIRef

    # fields of facts and of what they describe
    kind: URIRef
    part: URIRef
    name: URIRef
    alias: URIRef
    title: URIRef
    departmentName: URIRef
    subjectName: URIRef
    parentName: URIRef
    measureName: URIRef
    region: URIRef
    fiscalYear: URIRef
    reportType: URIRef
    date: URIRef
    rank: URIRef
    nature: URIRef
    funding: URIRef
    relation: URIRef
    category: URIRef
    value: URIRef
    valueYuan: URIRef
    unit: URIRef
    year: URIRef
    asOf: URIRef
    period: URIRef
    comparator: URIRef
    code: URIRef
    relativeTo: URIRef
    item: URIRef
    level1: URIRef
    level2: URIRef
    level3: URIRef
    operator: URIRef
    target: URIRef
    targetUnit: URIRef
    actual: URIRef
    actualUnit: URIRef
    weight: URIRef
    score: URIRef
    completion: URIRef
    deviationReason: URIRef
    met: URIRef
    dimension: URIRef
    parentDimension: URIRef
    max: URIRef
    grade: URIRef
    ordinal: URIRef
    text: URIRef
    role: URIRef
    responsibility: URIRef
    type: URIRef
    severity: URIRef
    rule: URIRef
    explanation: URIRef
    explanationEn: URIRef
    recomputation: URIRef
    outcome: URIRef
    reason: URIRef
    reasonEn: URIRef
    status: URIRef
    evidenceKey: URIRef
    formula: URIRef

    # where the words stand
    start: URIRef
    end: URIRef
    quote: URIRef
    page: URIRef
    cell: URIRef
    wording: URIRef
    headingPath: URIRef
    searchText: URIRef
    fileName: URIRef
    sha256: URIRef
    mediaType: URIRef
    encoding: URIRef
    length: URIRef
    numbersRead: URIRef
    numbersSetAside: URIRef
    numbersUnread: URIRef
    sectionsRead: URIRef
    sectionsUnread: URIRef
    unreadNumber: URIRef
    unreadSection: URIRef

    # about the ontology itself
    summarises: URIRef
    orElse: URIRef
    valuesFrom: URIRef
