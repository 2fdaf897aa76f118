"""SPARQL 1.1 Protocol, the query part: GET, and POST in both forms. Read-only, with limits."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qs

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from api.serving import Killable
from api.workers import Workers
from kg.errors import BadQuery
from search.results import GRAPHS, TABLES

router = APIRouter(tags=["sparql"])
LONGEST = 64 * 1024  # characters of a query
NAMES = {media.split(";")[0]: name for name, media in (TABLES | GRAPHS).items()}
NAMES |= {"application/json": "json", "application/xml": "xml", "text/xml": "xml", "text/n3": "turtle"}


@router.get("/sparql", operation_id="query_sparql", response_class=Response)
def get_sparql(
    request: Request,
    workers: Killable,
    query: Annotated[str, Query(description="SPARQL 1.1 查询 · the query")],
    format: Annotated[str | None, Query(description="json · xml · csv · tsv · turtle · nt · rdfxml · jsonld")] = None,
) -> Response:
    """SPARQL 查询，可在其中检索。SPARQL query with search inside; read-only, limited in time and size."""
    return _answer(workers, query, request, format)


@router.post("/sparql", operation_id="post_sparql", response_class=Response)
async def post_sparql(request: Request, workers: Killable) -> Response:
    """同上，查询放在正文里。The same with the query in the body (form or application/sparql-query)."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > 4 * LONGEST:
            raise BadQuery("too-large", "请求正文太长")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadQuery("bad-encoding", "请求正文不是 UTF-8") from error
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    format = request.query_params.get("format")
    if kind == "application/x-www-form-urlencoded":
        fields = parse_qs(text)
        text, format = fields.get("query", [""])[0], fields.get("format", [format])[0]
    elif kind != "application/sparql-query":
        message = "正文类型应为 application/sparql-query 或 application/x-www-form-urlencoded"
        raise BadQuery("unsupported-media-type", message)
    return await run_in_threadpool(_answer, workers, text, request, format)


def _answer(workers: Workers, query: str, request: Request, format: str | None) -> Response:
    if not query.strip():
        raise BadQuery("no-query", "没有查询；参数 query 里写 SPARQL")
    if len(query) > LONGEST:
        raise BadQuery("too-large", f"查询超过 {LONGEST} 个字符")
    media_type, data = workers.query(query, _wanted(format, request.headers.get("accept", "")))
    return Response(data, media_type=media_type, headers={"Vary": "Accept"})


def _wanted(format: str | None, accept: str) -> tuple[str, ...]:
    """Formats in the order in which they are wanted: the parameter, else Accept by its weights."""
    if format:
        name = NAMES.get(format, format)
        if name not in TABLES | GRAPHS:
            raise BadQuery("unknown-format", f"没有 {format} 格式；可用：{'、'.join(TABLES | GRAPHS)}")
        return (name,)
    weighted = []
    for item in accept.split(","):
        media, *parameters = (part.strip() for part in item.split(";"))
        weight = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        if media in NAMES:
            weighted.append((-float(weight) if weight.replace(".", "", 1).isdigit() else 0.0, NAMES[media]))
    return tuple(name for _, name in sorted(weighted, key=lambda pair: pair[0]))
