"""Evidence: the words of a report in their context, and whether they still stand there."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api import evidence
from api.routes.lists import json_response
from api.schema import EvidenceShown
from api.serving import Live
from kg.facts import to_json

router = APIRouter(prefix="/api/v1", tags=["evidence"])
Offset = Annotated[int, Query(ge=0, le=10**9, description="原文中的字符位置 · code points in the report's text")]


@router.get("/evidence", operation_id="get_evidence", responses={200: {"model": EvidenceShown}})
def get_evidence(
    collection: Live,
    report: Annotated[str, Query(max_length=300, description="报告名 · name of the report")],
    start: Offset,
    end: Offset,
    context: Annotated[int, Query(ge=0, le=2000, description="前后各几个字符 · characters on both sides")] = 80,
    verify: Annotated[bool, Query(description="重读原件核对 · read the file again and compare")] = False,
) -> Response:
    """一段原文和它的上下文，以及它证明的事实。Words with their context, and the facts that rest on them."""
    found = evidence.shown(collection, report, start, end, context)
    body = {
        "report": report,
        "start": start,
        "end": end,
        "before": found.before,
        "quote": found.quote,
        "after": found.after,
        "boxes": [box._asdict() for box in found.boxes],
        "cells": list(found.cells),
        "facts": [to_json(fact) for fact in found.facts],
    }
    if verify:
        verdict = evidence.verified(collection, report, start, end, found.quote)
        body["verified"] = {"in_text": verdict.in_text, "in_file": verdict.in_file, "reason": verdict.reason or None}
    return json_response(body)
