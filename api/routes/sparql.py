"""SPARQL 1.1 Protocol, the query part, and the reading half of the Graph Store Protocol.

A GET without a query is answered with a description of the service. Read-only, with limits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.message import Message
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from api import linked
from api.description import described
from api.serving import opened
from api.workers import Workers
from kg.errors import BadQuery, JixiaoError
from search.collection import Collection
from search.results import GRAPHS, TABLES
from search.sparql import over

router = APIRouter(tags=["sparql"])
LONGEST = 64 * 1024  # characters of a query
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
_OFFERED = {name: media.split(";")[0] for name, media in (TABLES | GRAPHS).items()}
_SPELT = {
    "application/json": ("json", "jsonld"),
    "application/xml": ("xml", "rdfxml"),
    "text/xml": ("xml", "rdfxml"),
    "text/n3": ("turtle",),
    "text/plain": ("nt",),
}  # what programs also call them
_GRAPH = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_TEXT: dict[str, Any] = {"schema": {"type": "string"}}
_JSON: dict[str, Any] = {"schema": {"type": ["object", "array"]}}
DONE: dict[int | str, dict[str, Any]] = {
    200: {"content": {media: _JSON if media.endswith("json") else _TEXT for media in _OFFERED.values()}}
}
"""What the document says of results: read as JSON where they are JSON, else as text."""
_PAGE: dict[int | str, dict[str, Any]] = {303: {"description": "浏览器去查询页 · browsers are led to the page"}}
_BODY = {"requestBody": {"required": True, "content": {DIRECT: _TEXT, FORM: {"schema": {"type": "object"}}}}}

Format = Annotated[str | None, Query(description=" · ".join(_OFFERED))]


def _parameter(name: str, says: str, *, many: bool = False) -> dict[str, Any]:
    one = {"type": "string"}
    schema = {"type": "array", "items": one} if many else one
    return {"name": name, "in": "query", "required": False, "description": says, "schema": schema}


_ASKED = {
    "parameters": [
        _parameter("query", "SPARQL 1.1 查询；不写则得到服务说明 · the query"),
        _parameter("default-graph-uri", "只查这些图 · the graphs to ask, merged", many=True),
        _parameter("named-graph-uri", "GRAPH 可用的图 · graphs for GRAPH", many=True),
        _parameter("format", " · ".join(_OFFERED)),
    ]
}
"""Said here and read by `_fields`: were they parameters of the function they would be read twice, which
takes longer than most queries."""


@router.get(
    "/sparql", operation_id="query_sparql", response_class=Response, responses=DONE | _PAGE, openapi_extra=_ASKED
)
async def get_sparql(request: Request) -> Response:
    """SPARQL 查询，可在其中检索。SPARQL query with search inside; read-only, limited in time and size."""
    fields, live = _fields(request.url.query), await opened(request)
    if "query" not in fields:
        format = next(iter(fields.get("format", ())), None)
        return await run_in_threadpool(_description, request, live.collection, format)
    return await _answer(live.workers, fields, request)


router.add_api_route("/sparql", get_sparql, methods=["HEAD"], include_in_schema=False, response_class=Response)


@router.post("/sparql", operation_id="post_sparql", response_class=Response, responses=DONE, openapi_extra={**_BODY})
async def post_sparql(request: Request) -> Response:
    """同上，查询放在正文里。The same with the query in the body (form or application/sparql-query)."""
    kind = _kind(request)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > 4 * LONGEST:
            raise BadQuery("too-large", "请求正文太长")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadQuery("bad-encoding", "请求正文不是 UTF-8") from error
    fields = _fields(request.url.query)
    if kind == FORM:
        fields |= _fields(text)
    elif "query" in fields:
        raise BadQuery("two-queries", "查询只能写一处：地址里或正文里")
    else:
        fields["query"] = [text]
    return await _answer((await opened(request)).workers, fields, request)


@router.get("/rdf-graph-store", operation_id="get_graph", response_class=Response, responses=DONE)
async def get_graph(
    request: Request,
    graph: Annotated[
        str | None, Query(description="图的 IRI，即报告的 IRI 后加 /graph · the IRI of a report and /graph")
    ] = None,
    default: Annotated[str | None, Query(description="所有图的并 · the union of all graphs")] = None,
    format: Format = None,
) -> Response:
    """一份报告的图，或所有图的并。One report's graph, or the union of all (SPARQL 1.1 Graph Store Protocol)."""
    if (graph is None) == (default is None):
        raise BadQuery("no-graph", "要写 graph=<IRI> 或 default，二者之一")
    fields = {"query": [_GRAPH], "default-graph-uri": [graph] if graph is not None else []}
    fields["format"] = [format] if format else []
    try:
        return await _answer((await opened(request)).workers, fields, request)
    except BadQuery as error:
        if error.code != "unknown-graph":
            raise
        raise JixiaoError("no-such-thing", "没有这个图", place=(graph or "")[:300]) from error


router.add_api_route("/rdf-graph-store", get_graph, methods=["HEAD"], include_in_schema=False, response_class=Response)


def _kind(request: Request) -> str:
    """The form of a POST. BadQuery `unsupported-media-type` for one that is no form of the protocol."""
    told = Message()
    told["Content-Type"] = request.headers.get("content-type", "")
    kind = told.get_content_type() if told["Content-Type"] else ""
    charset = told.get_content_charset("utf-8")
    if kind not in (FORM, DIRECT) or charset not in ("utf-8", "us-ascii"):
        raise BadQuery("unsupported-media-type", f"正文应为 UTF-8 的 {DIRECT} 或 {FORM}")
    return kind


def _fields(text: str) -> dict[str, list[str]]:
    """What an address or a form says. BadQuery `two-queries` where it says something twice that is one."""
    try:
        fields = parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except UnicodeDecodeError as error:
        raise BadQuery("bad-encoding", "参数不是 UTF-8") from error
    except ValueError as error:
        raise BadQuery("too-large", "参数太多") from error
    if any(len(fields.get(name, ())) > 1 for name in ("query", "format")):
        raise BadQuery("two-queries", "query 和 format 各只能写一个")
    return fields


async def _answer(workers: Workers, fields: dict[str, list[str]], request: Request) -> Response:
    query = next(iter(fields.get("query", ())), "")
    if not query.strip():
        raise BadQuery("no-query", "没有查询；参数 query 里写 SPARQL")
    if len(query) > LONGEST:
        raise BadQuery("too-large", f"查询超过 {LONGEST} 个字符")
    format = next(iter(fields.get("format", ())), "")
    chosen = over(query, fields.get("default-graph-uri", ()), fields.get("named-graph-uri", ()))
    return await answered(workers, chosen, format, request)


async def answered(workers: Workers, query: str, format: str, request: Request) -> Response:
    """What the query gives, in the format that is named or else the one that the request likes best."""
    wanted = _wanted(format, request.headers.get("accept", ""))
    media_type, data = await workers.awaited(query, wanted)
    return Response(data, media_type=media_type, headers={"Vary": "Accept"})


def _description(request: Request, collection: Collection, format: str | None) -> Response:
    form = linked.preferred(request.headers.get("accept", ""), format)
    if form == "html":
        return RedirectResponse("/query", 303, {"Vary": "Accept"})
    graph = described(collection, f"{str(request.base_url).rstrip('/')}/sparql")
    return Response(linked.written(graph, form), media_type=linked.FORMATS[form], headers={"Vary": "Accept"})


def _wanted(format: str, accept: str) -> Sequence[str]:
    """Formats in the order in which they are wanted: the parameter, else Accept by its weights. Empty
    where anything will do. BadQuery `unknown-format` or `not-acceptable`."""
    if format:
        names = [name for name, media in _OFFERED.items() if format in (name, media)] or _SPELT.get(format, ())
        if not names:
            raise BadQuery("unknown-format", f"没有 {format[:40]} 格式；可用：{'、'.join(_OFFERED)}")
        return names
    if not accept.strip():
        return ()
    ranges = _ranges(accept)
    liked = [(*min(found), name) for name in _OFFERED if (found := _likings(name, ranges)) and min(found)[0] < 0]
    if not liked:
        raise BadQuery("not-acceptable", f"没有 Accept 所要的格式；可用：{'、'.join(_OFFERED.values())}")
    return [name for _, _, name in sorted(liked, key=lambda one: one[:2])]


def _ranges(accept: str) -> dict[str, tuple[float, int]]:
    """What an Accept header likes: media ranges with their weight (below 0, so that the best comes
    first) and their place in it."""
    ranges: dict[str, tuple[float, int]] = {}
    for place, item in enumerate(accept.split(",")):
        media, *parameters = (part.strip().lower() for part in item.split(";"))
        weight = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        ranges.setdefault(media, (-float(weight) if re.fullmatch(r"[01](\.\d{0,3})?", weight) else 0.0, place))
    return ranges


def _likings(name: str, ranges: dict[str, tuple[float, int]]) -> list[tuple[float, int]]:
    """What `ranges` say of a format: by the names that it has, else by the widest that take it in."""
    media = _OFFERED[name]
    spelt = [other for other, names in _SPELT.items() if name in names]
    exact = [ranges[one] for one in (media, *spelt) if one in ranges]
    wide = [ranges[one] for one in (media.split("/")[0] + "/*", "*/*") if one in ranges]
    return exact or wide[:1]
