"""Reconciliation API v0.2: tables of names matched to departments, projects and measures (OpenRefine)."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Annotated, Any
from urllib.parse import unquote

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from api import linked
from api.names import KINDS, Named, suggest
from api.resources.departments import FIGURES
from api.serving import Live
from kg.errors import BadQuery
from kg.graph.iris import BASE
from ontology import loader
from search.collection import Collection

router = APIRouter(prefix="/reconcile", tags=["reconciliation"])
SURE = 0.999  # the very name: OpenRefine may match without asking
MOST = 50  # queries of a batch
TYPES = {"department": "部门 Department", "project": "项目 Project", "unit": "单位 Unit", "measure": "度量 Measure"}
PROPERTIES = {
    "region": "region",
    "fiscalYear": "fiscalYear",
    "name": "name",
    "alias": "alias",
    "department": "department",
}
PROPERTIES |= {term: term for term in FIGURES.values()}


class Asked(BaseModel):
    """One query of a batch. `properties` are accepted and not weighed: a name decides."""

    query: str = Field(min_length=1, max_length=300)
    type: str | None = None
    limit: int = Field(5, ge=1, le=50)
    properties: list[dict[str, Any]] = []
    type_strict: str | None = None


class Extension(BaseModel):
    """What columns to add to which things."""

    ids: list[str] = Field(max_length=1000)
    properties: list[dict[str, Any]] = Field(max_length=50)


_BATCH = TypeAdapter(dict[str, Asked])


@router.get("", operation_id="get_reconciliation", response_class=Response)
def get_service(
    request: Request,
    collection: Live,
    queries: Annotated[str | None, Query(max_length=8_000)] = None,
    extend: Annotated[str | None, Query(max_length=8_000)] = None,
) -> Response:
    """服务说明；带 queries 或 extend 时回答。The manifest, or the answer to `queries` or `extend`."""
    return _answer(request, collection, queries, extend)


@router.post("", operation_id="post_reconciliation", response_class=Response)
async def post_service(request: Request, collection: Live) -> Response:
    """同上，查询放在表单里。The same with the queries in a form."""
    form = await request.form()
    given = {name: value for name, value in form.items() if isinstance(value, str)}
    return _answer(request, collection, given.get("queries"), given.get("extend"))


def _answer(request: Request, collection: Collection, queries: str | None, extend: str | None) -> Response:
    if queries is not None:
        return JSONResponse(_matched(collection, queries))
    if extend is not None:
        return JSONResponse(_extended(collection, extend))
    return JSONResponse(_manifest(str(request.base_url).rstrip("/")))


def _manifest(address: str) -> dict[str, Any]:
    service = f"{address}/reconcile"
    suggested = {kind: {"service_url": service, "service_path": f"/suggest/{kind}"} for kind in _SUGGESTS}
    return {
        "versions": ["0.2"],
        "name": "绩效 Jixiao",
        "identifierSpace": BASE,
        "schemaSpace": loader.NAMESPACE,
        "defaultTypes": _types(),
        "view": {"url": address + "/id/{{id}}"},
        "preview": {"url": service + "/preview?id={{id}}", "width": 420, "height": 200},
        "suggest": suggested,
        "extend": {
            "propose_properties": {"service_url": service, "service_path": "/properties"},
            "property_settings": [],
        },
    }


def _types() -> list[dict[str, str]]:
    return [{"id": kind, "name": name} for kind, name in TYPES.items()]


def _matched(collection: Collection, queries: str) -> dict[str, Any]:
    try:
        batch = _BATCH.validate_json(queries)
    except ValidationError as error:
        raise BadQuery("bad-queries", f"queries 读不懂：{error.errors()[0]['msg']}") from error
    if len(batch) > MOST:
        raise BadQuery("too-large", f"一批至多 {MOST} 个查询")
    return {name: {"result": _candidates(collection, asked)} for name, asked in batch.items()}


def _candidates(collection: Collection, asked: Asked) -> list[dict[str, Any]]:
    if asked.type and asked.type not in KINDS:
        return []
    found = suggest(collection, asked.query, asked.type or "", asked.limit)
    sure = [named for named in found if named.score >= SURE]
    return [_candidate(named, match=len(sure) == 1 and named is sure[0]) for named in found]


def _candidate(named: Named, *, match: bool) -> dict[str, Any]:
    return {
        "id": _id(named.iri),
        "name": named.name,
        "description": named.description,
        "type": [{"id": named.kind, "name": TYPES[named.kind]}],
        "score": round(named.score * 100, 2),
        "match": match,
    }


def _id(iri: str) -> str:
    """What stands for a thing in the table: the end of its IRI, or all of it where it is not of our data."""
    return iri.removeprefix(BASE)


def _iri(name: str) -> str:
    return name if name.startswith(loader.VOCABULARY) else BASE + name


@router.get("/suggest/{what}", operation_id="suggest_reconciliation", response_class=Response)
def get_suggested(
    collection: Live, what: str, prefix: Annotated[str, Query(max_length=300)] = "", cursor: int = 0
) -> Response:
    """补全实体、属性和类型。Entities, properties and types that begin so."""
    if what not in _SUGGESTS:
        raise BadQuery("unknown-suggestion", f"可补全的有：{'、'.join(_SUGGESTS)}")
    if what == "type":
        found = [known for known in _types() if prefix.lower() in known["name"].lower()]
    elif what == "property":
        found = [known for known in _properties() if prefix.lower() in f"{known['name']} {known['id']}".lower()]
    else:
        named = suggest(collection, prefix, "", 20)
        found = [{"id": _id(n.iri), "name": n.name, "description": TYPES[n.kind]} for n in named]
    return JSONResponse({"result": found[max(cursor, 0) :]})


_SUGGESTS = ("entity", "property", "type")


@router.get("/properties", operation_id="propose_properties", response_class=Response)
def get_properties(
    type: Annotated[str, Query(max_length=100)] = "", limit: Annotated[int, Query(ge=1, le=1000)] = 100
) -> Response:
    """可以补充的列。Columns that can be added."""
    return JSONResponse({"type": type, "limit": limit, "properties": _properties()[:limit]})


def _properties() -> list[dict[str, str]]:
    zh, en = loader.labels(), loader.labels("en")
    return [{"id": name, "name": f"{zh.get(name, name)} {en.get(name, '')}".strip()} for name in PROPERTIES]


def _extended(collection: Collection, extend: str) -> dict[str, Any]:
    try:
        asked = Extension.model_validate_json(extend)
        names = [str(given["id"]) for given in asked.properties]
    except (ValidationError, KeyError) as error:
        raise BadQuery("bad-extension", "extend 读不懂：要有 ids 和 properties") from error
    known = {known["id"]: known["name"] for known in _properties()}
    wanted = [name for name in names if name in known]
    rows = {name: _values(collection, _iri(name), wanted) for name in asked.ids}
    return {"meta": [{"id": name, "name": known[name]} for name in wanted], "rows": rows}


def _values(collection: Collection, iri: str, wanted: list[str]) -> Mapping[str, Any]:
    if not linked.is_iri(iri):
        return {name: [] for name in wanted}
    row: dict[str, list[dict[str, Any]]] = {}
    for name in wanted:
        found = collection.dataset.query(f"SELECT DISTINCT ?o {{ <{iri}> jx:{name} ?o }} ORDER BY ?o LIMIT 50")
        row[name] = [_value(str(value), getattr(value, "datatype", None)) for (value,) in found]  # type: ignore[misc]
    return row


def _value(text: str, datatype: Any) -> dict[str, Any]:
    if str(datatype or "").endswith(("decimal", "integer")):
        number = float(text)
        return {"int": int(number)} if number.is_integer() else {"float": number}
    return {"id": _id(text), "name": unquote(text.rsplit("/", 1)[-1])} if text.startswith(BASE) else {"str": text}


@router.get("/preview", operation_id="preview_reconciliation", response_class=HTMLResponse)
def get_preview(collection: Live, id: Annotated[str, Query(max_length=1000)]) -> Response:
    """一个候选的小页。A few lines on a candidate."""
    iri = _iri(id)
    lines = []
    if linked.is_iri(iri):
        labels = loader.labels()
        for term, value in collection.dataset.query(f"SELECT ?p ?o {{ <{iri}> ?p ?o FILTER(ISLITERAL(?o)) }} LIMIT 12"):  # type: ignore[misc]
            label = labels.get(str(term).removeprefix(loader.NAMESPACE))
            lines += [f"<tr><th>{escape(label)}</th><td>{escape(str(value))}</td></tr>"] if label else []
    body = f'<!doctype html><meta charset="utf-8"><title>{escape(id)}</title><table>{"".join(lines)}</table>'
    return HTMLResponse(body)
