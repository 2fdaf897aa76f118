"""Every IRI of the graph, answered: people get a page, programs get RDF."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from api import linked
from api.pages.language import chosen
from api.pages.rendering import page
from api.serving import Live
from ontology import loader

router = APIRouter(tags=["linked data"])
Format = Annotated[str | None, Query(max_length=20, description=f"html {' '.join(linked.FORMATS)}")]
FORMS: dict[int | str, dict[str, Any]] = {
    200: {"content": {media: {"schema": {"type": "string"}} for media in ("text/html", *linked.FORMATS.values())}}
}


@router.get("/id/{path:path}", operation_id="get_thing", response_class=Response, responses=FORMS)
def get_thing(request: Request, collection: Live, path: str, format: Format = None) -> Response:
    """图里的一个东西：给人看的页面，给程序的 RDF。A thing of the graph, as a page or as RDF."""
    iri, graph = linked.thing(collection, path)
    form = linked.preferred(request.headers.get("accept", ""), format)
    if form != "html":
        return _rdf(graph, form)
    labels = loader.labels(chosen(request).code)
    rows = [
        (labels.get(term.removeprefix(loader.NAMESPACE), term.rsplit("/", 1)[-1].rsplit("#", 1)[-1]), value, leads)
        for term, value, leads in linked.statements(graph, iri)
    ]
    others = [(name, f"{request.url.path}?format={name}") for name in linked.FORMATS]
    answer = page(request, "thing.html", iri=str(iri), rows=rows, others=others)
    answer.headers["Link"] = f'<{quote(request.url.path)}?format=turtle>; rel="alternate"; type="text/turtle"'
    return answer


@router.get("/.well-known/void", operation_id="get_void", response_class=Response, responses=FORMS)
def get_void(request: Request, collection: Live, format: Format = None) -> Response:
    """数据集说明（VoID）。What the data set is and where to ask it."""
    form = linked.preferred(request.headers.get("accept", ""), format)
    address = str(request.base_url).rstrip("/")
    return _rdf(linked.void(collection, address), "turtle" if form == "html" else form)


@router.get("/context.jsonld", operation_id="get_context", response_class=Response)
def get_context() -> Response:
    """JSON-LD 用的词。The words of the JSON-LD, for those who keep it beside their data."""
    return JSONResponse({"@context": linked.CONTEXT}, media_type="application/ld+json")


def _rdf(graph: Any, form: str) -> Response:
    return Response(linked.written(graph, form), media_type=linked.FORMATS[form], headers={"Vary": "Accept"})
