"""Findings: what does not hold together, in reports and between them, and what people decide about it."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query, Request, Response

from api.schema import (
    CheckList,
    CheckShown,
    DecisionGiven,
    DecisionList,
    DecisionShown,
    DecisionTaken,
    Evidence,
    FindingList,
    FindingShown,
)
from api.serving import Live, MayWrite
from kg import exports
from kg.checks import OUTCOMES
from kg.checks import to_json as check_to_json
from kg.decisions import LONGEST, STATUSES, Decision, decision, decisions
from kg.errors import BadQuery
from kg.findings import SEVERITIES, Filters, Found, fits, one
from kg.review import decide
from search.collection import Collection

router = APIRouter(prefix="/api/v1", tags=["findings"])
Word = Annotated[str | None, Query(max_length=300)]


@router.get("/findings", operation_id="list_findings", response_model=FindingList)
def list_findings(
    request: Request,
    collection: Live,
    rule: Word = None,
    type: Word = None,
    severity: Annotated[str | None, Query(description=" · ".join(SEVERITIES))] = None,
    department: Annotated[str | None, Query(max_length=300, description="部门名里的字 · in the name")] = None,
    year: Annotated[int | None, Query(ge=1900, le=2200, description="年度 · fiscal year")] = None,
    status: Annotated[str | None, Query(description=" · ".join(STATUSES))] = None,
    report: Annotated[str | None, Query(max_length=300, description="任一处原文所在的报告 · of any place")] = None,
    key: Annotated[str | None, Query(max_length=40, description="编号，或其开头 · its key or how that begins")] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
    cursor: Annotated[int | None, Query(ge=0, description="上一页给出的 · from `next` of the page before")] = None,
    format: Annotated[str, Query(description="json，或 jsonl、csv、xlsx 等，不分页 · or a file of all")] = "json",
) -> FindingList | Response:
    """对不上的地方，由重到轻，可按规则、程度、部门、年度、状态挑选。What does not hold together, gravest first."""
    wanted = Filters(
        rule=rule, type=type, severity=severity, department=department, year=year, status=status, report=report, key=key
    )
    found = collection.briefs(wanted)
    if format != "json":
        out = BytesIO()
        media_type = exports.write(format, collection.read(found), out, collection.digests, str(request.base_url))
        return Response(out.getvalue(), media_type=media_type)
    rest = [(at, one) for at, one in enumerate(collection.briefs()) if at >= (cursor or 0) and fits(one, wanted)]
    page = [one for _, one in rest[:limit]]
    asked = dict(request.query_params) | {"cursor": str(rest[limit][0]) if len(rest) > limit else ""}
    return FindingList(
        items=[shown(one) for one in collection.read(page)],
        count=len(page),
        total=len(found),
        truncated=len(rest) > limit,
        next=f"{request.url.path}?{urlencode(asked, quote_via=quote)}" if len(rest) > limit else None,
    )


@router.get("/findings/{key}", operation_id="get_finding")
def get_finding(collection: Live, key: str) -> FindingShown:
    """一项发现；编号可只写开头几位。One finding, by its key or how that begins."""
    return shown(_one(collection, key))


@router.post("/findings/{key}/decisions", operation_id="decide_finding", status_code=201)
def decide_finding(collection: Live, key: str, given: DecisionGiven, who: MayWrite) -> DecisionTaken:
    """确认、不予采纳、标记已改正或收回，以密钥的名义。Confirm, dismiss, mark fixed or reopen, as the key's owner."""
    if len(given.reason) > LONGEST:
        raise BadQuery("too-large", f"理由不超过 {LONGEST} 字")
    new = decision(_one(collection, key).finding, given.status, who.name, given.reason)
    return DecisionTaken(in_graph=decide(collection.place, [new]), decision=_decision(new))


@router.get("/checks", operation_id="list_checks")
def list_checks(
    collection: Live,
    report: Annotated[str, Query(max_length=300, description="报告名 · name of the report")],
    rule: Word = None,
    outcome: Annotated[str | None, Query(description=" · ".join(OUTCOMES))] = None,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 1000,
) -> CheckList:
    """一份报告核对过的每一处和结果，与别的报告比对的也在内。All that was checked in a report, and how it ended."""
    checked = collection.checks(report, rule)
    wanted = [check for check in checked if outcome in (None, check.outcome)]
    items = [CheckShown.model_validate(check_to_json(check)) for check in wanted[:limit]]
    return CheckList(
        items=items, count=len(items), total=len(wanted), counts=Counter(check.outcome for check in checked)
    )


@router.get("/decisions", operation_id="list_decisions")
def list_decisions(
    collection: Live, finding: Annotated[str | None, Query(max_length=40, description="发现编号 · its key")] = None
) -> DecisionList:
    """作过的全部决定，按先后，也包括后来改了的和发现已不在的。Every decision ever taken, in order."""
    taken = [_decision(one) for one in decisions(collection.place) if finding in (None, one.key)]
    return DecisionList(items=taken, count=len(taken))


def _one(collection: Collection, key: str) -> Found:
    return collection.read([one(collection.briefs(), key)])[0]


def shown(found: Found) -> FindingShown:
    """A finding as JSON shows it."""
    finding = found.finding
    places = [
        Evidence.model_validate(
            {
                "report": place.report,
                "start": place.start,
                "end": place.end,
                "quote": place.quote,
                "boxes": [box._asdict() for box in place.boxes],
                "cells": list(place.cells),
            }
        )
        for place in found.places
    ]
    return FindingShown(
        key=found.key,
        report=finding.evidence.report,
        type=finding.type,
        severity=finding.severity,
        rule=finding.rule,
        explanation=finding.explanation,
        explanation_en=finding.explanation_en,
        recomputation=finding.recomputation,
        subject=finding.subject,
        department=found.department or None,
        fiscal_year=found.fiscal_year,
        between_reports=found.between,
        status=found.status,
        decision=_decision(found.decision) if found.decision else None,
        evidence=places,
    )


def _decision(taken: Decision) -> DecisionShown:
    return DecisionShown(
        finding=taken.key,
        status=taken.status,
        by=taken.by,
        at=taken.at,
        reason=taken.reason,
        rule=taken.rule,
        reports=list(taken.reports),
        explanation=taken.explanation,
    )
